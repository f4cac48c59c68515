//! The command `bantin`; everything is in the library beside it.

fn main() -> std::process::ExitCode {
    bantin::main()
}
