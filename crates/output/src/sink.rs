//! Where finished bytes go: a file that appears only when complete, or standard output.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::mem;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::format::{Compression, is_stdout};
use crate::frame::empty_frame;

/// How a [`Sink`] treats its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SinkOptions {
    /// What the appended frames are packed with. The sink packs nothing; it only knows what an output without a single
    /// frame must hold.
    pub compression: Compression,
    /// Whether a file of that name may be replaced.
    pub overwrite: bool,
}

/// An output under construction.
///
/// Bytes go to `NAME.part` beside the named file, which takes the name in [`finish`](Sink::finish). Until then whatever
/// had the name keeps it. A sink dropped before `finish` removes its unfinished file, unless
/// [`keep_unfinished`](Sink::keep_unfinished) was called. The unfinished file is locked, so that two runs cannot write
/// the same output; one left behind by a killed run is replaced.
///
/// A name that is not a regular file (`/dev/null`, a named pipe) is written directly.
///
/// ```
/// use cleancopy_output::{Compression, Sink, SinkOptions, compress_frame};
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("corpus.jsonl.zst");
/// let options = SinkOptions { compression: Compression::Zstd, overwrite: false };
/// let mut sink = Sink::create(&path, options)?;
/// let mut frame = Vec::new();
/// compress_frame(Compression::Zstd, b"{\"id\":\"cc-1\"}\n", &mut frame).unwrap();
/// sink.append(&frame)?;
/// assert!(!path.exists());
/// sink.finish()?;
/// assert!(path.exists());
/// # Ok::<(), cleancopy_output::Error>(())
/// ```
pub struct Sink {
    /// The name as the user gave it, for messages.
    path: PathBuf,
    target: Target,
    options: SinkOptions,
    n_bytes: u64,
}

enum Target {
    /// Becomes `path` on `finish`.
    Partial { file: File, partial: PathBuf, path: PathBuf, keep: bool },
    /// Nothing to rename: standard output, a device, a pipe.
    Direct(Box<dyn Write + Send>),
}

impl Sink {
    /// Opens the output of that name; `-` is standard output.
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] if the file is there and may not be replaced, [`ErrorKind::Folder`] and
    /// [`ErrorKind::NoFolder`] for a name that cannot be a file, [`ErrorKind::Busy`] if another run is writing it,
    /// [`ErrorKind::Io`] if the system refuses.
    pub fn create(path: &Path, options: SinkOptions) -> Result<Self, Error> {
        let resolved = match destination(path, options.overwrite)? {
            Destination::File(resolved) => resolved,
            Destination::Stdout => return Ok(Self::to_writer(path, Box::new(io::stdout()), options)),
            Destination::Device => {
                let device = OpenOptions::new().write(true).open(path).map_err(|cause| Error::io(path, cause))?;
                return Ok(Self::to_writer(path, Box::new(device), options));
            }
        };
        let partial = partial_path(&resolved);
        let file = open_partial(path, &partial, OpenOptions::new().write(true).create(true).truncate(false))?;
        file.set_len(0).map_err(|cause| Error::io(path, cause))?;
        if let Ok(replaced) = fs::metadata(&resolved) {
            // Who could not read the old file shall not read the new one.
            file.set_permissions(replaced.permissions()).map_err(|cause| Error::io(path, cause))?;
        }
        let target = Target::Partial { file, partial, path: resolved, keep: false };
        Ok(Self { path: path.to_owned(), target, options, n_bytes: 0 })
    }

    /// Goes on with the unfinished file that an earlier run kept, after cutting it to `n_bytes`.
    ///
    /// # Errors
    /// [`ErrorKind::NotResumable`] if there is no unfinished file or it is shorter than that; otherwise as
    /// [`create`](Sink::create).
    pub fn resume(path: &Path, options: SinkOptions, n_bytes: u64) -> Result<Self, Error> {
        let not_resumable = || Error::new(ErrorKind::NotResumable, path);
        let Destination::File(resolved) = destination(path, options.overwrite)? else {
            return Err(not_resumable());
        };
        let partial = partial_path(&resolved);
        if !partial.is_file() {
            return Err(not_resumable());
        }
        let mut file = open_partial(path, &partial, OpenOptions::new().write(true))?;
        let found = file.metadata().map_err(|cause| Error::io(path, cause))?;
        if found.len() < n_bytes {
            return Err(not_resumable());
        }
        file.set_len(n_bytes).and_then(|()| file.seek(SeekFrom::End(0))).map_err(|cause| Error::io(path, cause))?;
        let target = Target::Partial { file, partial, path: resolved, keep: true };
        Ok(Self { path: path.to_owned(), target, options, n_bytes })
    }

    /// Sends the bytes to `writer`; `name` stands in messages.
    pub fn to_writer(name: &Path, writer: Box<dyn Write + Send>, options: SinkOptions) -> Self {
        Self { path: name.to_owned(), target: Target::Direct(writer), options, n_bytes: 0 }
    }

    /// Appends one frame, or any other run of bytes.
    ///
    /// # Errors
    /// [`ErrorKind::ClosedPipe`] if the reader went away, [`ErrorKind::Io`] for a full disk and the like.
    pub fn append(&mut self, frame: &[u8]) -> Result<(), Error> {
        let written = match &mut self.target {
            Target::Partial { file, .. } => file.write_all(frame),
            // Standard output holds back what follows the last line feed.
            Target::Direct(writer) => writer.write_all(frame).and_then(|()| writer.flush()),
        };
        written.map_err(|cause| Error::io(&self.path, cause))?;
        self.n_bytes += frame.len() as u64;
        Ok(())
    }

    /// How many bytes the output holds so far, those of the run before a resume included.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Waits until the disk holds everything appended so far, so that a checkpoint may count on it.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the disk does not take it.
    pub fn sync(&self) -> Result<(), Error> {
        match &self.target {
            Target::Partial { file, .. } => file.sync_data().map_err(|cause| Error::io(&self.path, cause)),
            Target::Direct(_) => Ok(()),
        }
    }

    /// Makes the unfinished file stay when the sink is dropped, for a later [`resume`](Sink::resume).
    pub fn keep_unfinished(&mut self) {
        if let Target::Partial { keep, .. } = &mut self.target {
            *keep = true;
        }
    }

    /// Whether there is a file that becomes the output in the end, which a later run could go on with.
    pub fn is_resumable(&self) -> bool {
        matches!(self.target, Target::Partial { .. })
    }

    /// Makes the unfinished file go when the sink is dropped.
    pub fn discard_unfinished(&mut self) {
        if let Target::Partial { keep, .. } = &mut self.target {
            *keep = false;
        }
    }

    /// Completes the output and gives it its name; returns its length in bytes.
    ///
    /// The file is on the disk before it is renamed. If that fails the unfinished file is treated as on drop.
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] if a file of that name came into being meanwhile, otherwise as
    /// [`append`](Sink::append).
    pub fn finish(mut self) -> Result<u64, Error> {
        if self.n_bytes == 0 {
            let frame = empty_frame(self.options.compression).map_err(|cause| Error::io(&self.path, cause))?;
            self.append(&frame)?;
        }
        if let Target::Partial { file, partial, path, .. } = &self.target {
            file.sync_all().map_err(|cause| Error::io(&self.path, cause))?;
            if !self.options.overwrite && path.symlink_metadata().is_ok() {
                return Err(Error::new(ErrorKind::Exists, &self.path));
            }
            fs::rename(partial, path).map_err(|cause| Error::io(&self.path, cause))?;
            sync_folder(path);
            // Nothing is left to clean up.
            self.target = Target::Direct(Box::new(io::sink()));
        }
        Ok(self.n_bytes)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let target = mem::replace(&mut self.target, Target::Direct(Box::new(io::sink())));
        if let Target::Partial { file, partial, keep: false, .. } = target {
            // Removed while still locked, so that no other run's file is hit. There is nobody to tell of a failure.
            let _ = fs::remove_file(partial);
            drop(file);
        }
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").field("path", &self.path).field("n_bytes", &self.n_bytes).finish_non_exhaustive()
    }
}

/// The unfinished file's name: `NAME.part` in the same folder, so that renaming it is one step on one disk.
pub fn partial_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// The length of the unfinished file of the output at `path`, if an interrupted run left one.
///
/// # Errors
/// [`ErrorKind::Busy`] if a run is still writing it.
pub fn unfinished(path: &Path) -> Result<Option<u64>, Error> {
    let resolved = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let partial = partial_path(&resolved);
    let Ok(file) = OpenOptions::new().append(true).open(&partial) else { return Ok(None) };
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(Error::new(ErrorKind::Busy, path));
    }
    Ok(file.metadata().ok().filter(fs::Metadata::is_file).map(|found| found.len()))
}

/// Writes a small file so that at any moment, also after a power cut, either the old or the new one is there.
///
/// # Errors
/// [`ErrorKind::Io`] if the system refuses.
pub fn write_small(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let partial = partial_path(path);
    let write = || -> io::Result<()> {
        let mut file = File::create(&partial)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&partial, path)
    };
    write().map_err(|cause| Error::io(path, cause))?;
    sync_folder(path);
    Ok(())
}

/// What stands behind the name of an output.
enum Destination {
    Stdout,
    /// A device or a named pipe: written as it is, never replaced.
    Device,
    /// A file, there already or not, by the name at which it is renamed into place.
    File(PathBuf),
}

fn destination(path: &Path, overwrite: bool) -> Result<Destination, Error> {
    if is_stdout(path) {
        return Ok(Destination::Stdout);
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(Error::new(ErrorKind::Folder, path)),
        Ok(found) if !found.is_file() => Ok(Destination::Device),
        Ok(_) if !overwrite => Err(Error::new(ErrorKind::Exists, path)),
        // Through a symbolic link the file it leads to is replaced, not the link.
        Ok(_) => fs::canonicalize(path).map(Destination::File).map_err(|cause| Error::io(path, cause)),
        Err(_) => Ok(Destination::File(path.to_owned())),
    }
}

/// Opens and locks the unfinished file; `path` is the name for messages.
fn open_partial(path: &Path, partial: &Path, options: &OpenOptions) -> Result<File, Error> {
    let file = options.open(partial).map_err(|cause| match partial.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => Error::new(ErrorKind::NoFolder, path),
        _ => Error::io(path, cause),
    })?;
    match file.try_lock() {
        // A file system without locks is no reason not to write.
        Ok(()) | Err(TryLockError::Error(_)) => {}
        Err(TryLockError::WouldBlock) => return Err(Error::new(ErrorKind::Busy, path)),
    }
    if is_still_at(&file, partial) { Ok(file) } else { Err(Error::new(ErrorKind::Busy, path)) }
}

/// Whether `path` still names `file`: between opening and locking, another run may have finished and renamed it.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(opened), Ok(named)) => identity(opened) == identity(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Makes the rename itself last through a power cut, where the system can; the data is safe either way.
fn sync_folder(path: &Path) {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
