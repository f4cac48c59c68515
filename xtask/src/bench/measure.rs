//! One run of a command: how long it took, and the most memory it held.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// Time by the wall, memory in bytes where the system tells.
pub(super) struct Measured {
    pub(super) time: Duration,
    pub(super) peak: Option<u64>,
}

/// Runs `program`, its output thrown away.
pub(super) fn measure(program: &str, arguments: &[&str]) -> Result<Measured> {
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    let mut peak = None;
    let status = loop {
        peak = peak.max(resident_peak(child.id()));
        match child.try_wait()? {
            Some(status) => break status,
            // Short against a run, long against a look into /proc.
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let time = started.elapsed();
    ensure!(status.success(), "{program} {} ended with {status}", arguments.join(" "));
    Ok(Measured { time, peak })
}

/// The high-water mark of a process, from Linux's /proc.
fn resident_peak(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}
