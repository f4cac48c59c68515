//! A folder to work in, and the command in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder that goes away with the test.
pub(crate) struct Bench(TempDir);

/// What a run of the command came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Bench {
    pub(crate) fn new() -> Bench {
        Bench(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders that it needs.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Bench {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    /// Names below a folder, sorted.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path().join(folder)).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
        command.args(words.split_whitespace()).current_dir(self.path()).stdin(Stdio::null());
        command
    }

    /// Runs `bantin WORDS`.
    pub(crate) fn run(&self, words: &str) -> Ran {
        ran(self.command(words).output().unwrap())
    }

    /// The same with bytes on stdin.
    pub(crate) fn feed(&self, words: &str, stdin: &[u8]) -> Ran {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let bytes = stdin.to_vec();
        let feeder = std::thread::spawn(move || {
            // The command may refuse to read to the end.
            let _ = pipe.write_all(&bytes);
        });
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        ran(output)
    }
}

fn ran(output: std::process::Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// Asserts the exit code; shows what was said when it is another.
    pub(crate) fn ends(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{}", self.stderr);
        self
    }

    /// The records on stdout.
    pub(crate) fn records(&self) -> Vec<Value> {
        records(&self.stdout)
    }

    pub(crate) fn text(&self) -> &str {
        simdutf8::basic::from_utf8(&self.stdout).unwrap()
    }
}

pub(crate) fn records(bytes: &[u8]) -> Vec<Value> {
    let text = simdutf8::basic::from_utf8(bytes).unwrap();
    text.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One field of each record.
pub(crate) fn column(records: &[Value], field: &str) -> Vec<Value> {
    records.iter().map(|record| record[field].clone()).collect()
}

pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// The seeds of the repository.
pub(crate) fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds")
}

/// So many documents as JSON Lines, each a little different.
pub(crate) fn corpus(documents: usize) -> String {
    (0..documents)
        .map(|n| {
            let text = format!(
                "Đoàn công tác số {n} thăm Hà Nội\nSáng {}/7, Bộ trưởng Ngô Xuân Lịch đã tiếp đoàn đại biểu thứ {n}.Hai bên trao đổi về hợp tác quốc phòng.\nẢnh: Phương Linh\n",
                1 + n % 28
            );
            let record = serde_json::json!({ "id": format!("d{n}"), "text": text, "views": n });
            format!("{record}\n")
        })
        .collect()
}
