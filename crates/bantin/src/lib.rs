//! The command: reads what the user asks for, builds the stages, and lets the engine
//! run documents through them.
//!
//! ```
//! let command = bantin::command();
//! assert!(command.get_subcommands().any(|sub| sub.get_name() == "explain"));
//! ```
//!
//! What it writes to stdout is data, what it writes to stderr is for people. The exit code is 0
//! when all is fine, 1 when some records failed, 2 when it could not run.

#![forbid(unsafe_code)]

mod cli; // read first
mod options;
mod source;
mod stages;

mod convert;
mod explain;
mod report;
mod run;
mod stage;

mod console;
mod exit;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::cli::{Cli, Task};

/// The definition of the command line, for completions and manual pages.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    exit::on_interrupt();
    exit::code(match cli.task {
        Task::Run(task) => run::start(task),
        Task::Clean(task) => stage::clean(task),
        Task::Segment(task) => stage::segment(task),
        Task::Tag(task) => stage::tag(task),
        Task::Report(task) => report::start(task),
        Task::Convert(task) => convert::start(task),
        Task::Explain(task) => explain::start(task),
    })
}
