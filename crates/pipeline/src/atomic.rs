//! Files that are there whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

const ENDING: &str = ".bantin-tmp";

const BUFFER: usize = 128 << 10;

/// The unfinished files of this process, to be removed when it is interrupted.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that appears under its name by [`AtomicFile::commit`], which is a rename in its folder.
///
/// Dropped before, it leaves nothing. While it is written its lock is held, so that another
/// process can tell it from what a killed one left. A link is followed; a device or a pipe
/// (`/dev/null`) is written at once, since it has no whole.
pub struct AtomicFile {
    target: PathBuf,
    /// Empty for what is written at once.
    temporary: PathBuf,
    writer: BufWriter<File>,
    bytes: u64,
}

impl AtomicFile {
    /// Begins the file `target`; its folder must exist.
    pub fn create(target: &Path) -> io::Result<AtomicFile> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        if fs::metadata(&target).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
            let file = File::options().write(true).open(&target)?;
            let writer = BufWriter::with_capacity(BUFFER, file);
            return Ok(AtomicFile { target, temporary: PathBuf::new(), writer, bytes: 0 });
        }
        let folder = target.parent().unwrap_or(Path::new(""));
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let id = std::process::id();
            let temporary = folder.join(format!(".{name}.{id}-{count}{ENDING}"));
            let mut list = unfinished();
            let file = match File::create_new(&temporary) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            // A sweeper may have been quicker; where files cannot be locked none sweeps.
            let swept =
                matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) || !temporary.exists();
            if !swept {
                list.insert(temporary.clone());
                let writer = BufWriter::with_capacity(BUFFER, file);
                return Ok(AtomicFile { target, temporary, writer, bytes: 0 });
            }
        }
    }

    /// Bytes written so far.
    pub fn len(&self) -> u64 {
        self.bytes
    }

    /// True when nothing was written so far.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Brings everything to the disk and gives the file its name.
    pub fn commit(mut self) -> io::Result<()> {
        self.writer.flush()?;
        if self.temporary.as_os_str().is_empty() {
            return Ok(());
        }
        self.writer.get_ref().sync_all()?;
        let mut list = unfinished();
        fs::rename(&self.temporary, &self.target)?;
        list.remove(&self.temporary);
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(buffer)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        let mut list = unfinished();
        if list.remove(&self.temporary) {
            // Nothing better can be done than to leave it to the next sweep.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Writes a file whole.
pub fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicFile::create(target)?;
    file.write_all(bytes)?;
    file.commit()
}

/// Removes the unfinished files of this process and lets no other begin or be committed: the last
/// act of a process that is interrupted.
pub fn abandon() {
    let list = unfinished();
    for path in list.iter() {
        let _ = fs::remove_file(path);
    }
    std::mem::forget(list);
}

/// Removes what killed processes left unfinished in a folder.
pub(crate) fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name();
        if !name.to_string_lossy().ends_with(ENDING) {
            continue;
        }
        if let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            // Gone already when another process sweeps too.
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_appears_when_it_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.jsonl");
        let mut file = AtomicFile::create(&target).unwrap();
        file.write_all(b"x\n").unwrap();
        assert!(!target.exists());
        file.commit().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"x\n");
        assert_eq!(names(folder.path()), ["a.jsonl"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_a_device_stays_one() {
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("a"), folder.path().join("link"));
        fs::write(&target, b"old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let device = Path::new("/dev/null");
        write(device, b"x").unwrap();
        assert!(fs::metadata(device).unwrap().file_type().is_char_device());
    }

    #[test]
    fn a_file_that_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        drop(AtomicFile::create(&folder.path().join("a.jsonl")).unwrap());
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_sweep_takes_what_a_killed_process_left_and_nothing_that_is_being_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(format!(".b.jsonl.1-0{ENDING}")), b"half").unwrap();
        let file = AtomicFile::create(&folder.path().join("a.jsonl")).unwrap();
        sweep(folder.path()).unwrap();
        assert_eq!(names(folder.path()).len(), 1);
        file.commit().unwrap();
        assert_eq!(names(folder.path()), ["a.jsonl"]);
    }
}
