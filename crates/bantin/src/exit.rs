//! How the process ends: exit codes, closed pipes, interrupts.

use std::io;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use anyhow::Error;

/// What a task that ran came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every record is a document.
    Fine,
    /// Some records are error records.
    SomeFailed,
}

impl Outcome {
    pub(crate) fn of(errors: u64) -> Outcome {
        if errors == 0 { Outcome::Fine } else { Outcome::SomeFailed }
    }
}

/// 0 all fine, 1 some records failed, 2 could not run. A reader that has seen enough and closes
/// the pipe is fine.
pub(crate) fn code(result: Result<Outcome, Error>) -> ExitCode {
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            crate::console::say(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Held while a block of whole lines is written to stdout.
static WRITING: Mutex<()> = Mutex::new(());

pub(crate) fn writing() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long an interrupt waits for stdout to take the rest of a block.
const PATIENCE: Duration = Duration::from_millis(500);

/// On Ctrl-C, termination or hang-up: no line is cut in two, no unfinished file stays.
pub(crate) fn on_interrupt() {
    let handler = || {
        let start = Instant::now();
        let mut guard = WRITING.try_lock();
        while matches!(guard, Err(TryLockError::WouldBlock)) && start.elapsed() < PATIENCE {
            drop(guard);
            std::thread::sleep(Duration::from_millis(5));
            guard = WRITING.try_lock();
        }
        bantin_pipeline::abandon();
        #[expect(clippy::exit, reason = "an interrupt ends the process from whatever it does")]
        std::process::exit(130);
    };
    // Without a handler an interrupt still ends the process, and the next run sweeps.
    let _ = ctrlc::set_handler(handler);
}
