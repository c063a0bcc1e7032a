//! A stream of bytes, decompressed, whose beginning can be looked at.

use super::gunzip::Gunzip;
use crate::{Cause, Options};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much is read at first, bytes: most articles whole.
const FIRST_BYTES: usize = 16 << 10;

/// How much is read at a time from a large file, bytes.
const BUFFER_BYTES: usize = 256 << 10;

/// Largest window of a zstd frame, as a power of two: all that `zstd --long=31` writes.
const ZSTD_WINDOW_LOG: u32 = 31;

/// How many bytes a stream has given.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(Arc<AtomicU64>);

impl Taken {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
}

/// The error of compressed data that unfolds to far more than text does.
#[derive(Debug)]
pub(super) struct Bomb {
    max_ratio: u64,
}

impl Bomb {
    pub(super) fn cause(&self) -> Cause {
        Cause::Bomb { max_ratio: self.max_ratio }
    }
}

impl std::error::Error for Bomb {}

impl std::fmt::Display for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cause().fmt(f)
    }
}

/// How far compressed data may unfold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    max_ratio: u64,
    freely: u64,
}

impl Limit {
    pub(super) fn of(options: &Options) -> Self {
        Self { max_ratio: options.max_ratio, freely: options.unfolded_freely() }
    }

    /// An error if `n_in` bytes that unfolded to `n_out` are a bomb.
    pub(super) fn check(self, n_in: u64, n_out: u64) -> Result<(), Bomb> {
        let is_bomb = n_out > self.freely && n_out / self.max_ratio.max(1) > n_in;
        if is_bomb { Err(Bomb { max_ratio: self.max_ratio }) } else { Ok(()) }
    }
}

/// How far everything that lies packed inside one archive may unfold together: many members that are no bombs, or one
/// listed many times, may be one.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    /// Bytes of the archive as stored.
    stored: Taken,
    /// Bytes that its members or records unfolded to.
    given: Taken,
    limit: Limit,
}

impl Whole {
    pub(super) fn new(stored: Taken, limit: Limit) -> Self {
        Self { stored, given: Taken::default(), limit }
    }

    /// Takes note of so many more bytes; an error if it is a bomb.
    pub(super) fn give(&self, n: u64) -> Result<(), Bomb> {
        self.given.add(n);
        self.limit.check(self.stored.get(), self.given.get())
    }
}

/// Decompressed data, cut off where it turns out to be a bomb.
struct Unfolded {
    stream: Box<dyn Read + Send>,
    taken: Taken,
    given: u64,
    limit: Limit,
    /// The archive in which it lies.
    whole: Option<Whole>,
}

impl Read for Unfolded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buffer)?;
        self.given += n as u64;
        let in_whole = self.whole.as_ref().map_or(Ok(()), |whole| whole.give(n as u64));
        if let Err(bomb) = self.limit.check(self.taken.get(), self.given).and(in_whole) {
            self.stream = Box::new(io::empty());
            return Err(io::Error::other(bomb));
        }
        Ok(n)
    }
}

struct Counted {
    stream: Box<dyn Read + Send>,
    taken: Taken,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buffer)?;
        self.taken.add(n as u64);
        Ok(n)
    }
}

/// A buffered stream.
pub(super) struct Input {
    stream: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    at: usize,
    /// How much to read next time, bytes.
    n_next: usize,
    failed: Option<io::Error>,
    compressed: bool,
}

impl Input {
    /// Takes a stream, and decompresses it if it begins like gzip or zstd.
    pub(super) fn open(stream: Box<dyn Read + Send>, taken: Taken, limit: Limit) -> Self {
        Self::open_in(stream, taken, limit, None)
    }

    /// The same for what lies in an archive.
    pub(super) fn open_in(stream: Box<dyn Read + Send>, taken: Taken, limit: Limit, whole: Option<Whole>) -> Self {
        let mut raw = Self::over(Box::new(Counted { stream, taken: taken.clone() }), false);
        let unfolded = |stream| Self::over(Box::new(Unfolded { stream, taken, given: 0, limit, whole }), true);
        match raw.peek(4) {
            [0x1F, 0x8B, ..] => unfolded(Box::new(Gunzip::new(raw))),
            [0x28, 0xB5, 0x2F, 0xFD] => unfolded(unzstd(raw)),
            // A skippable frame; zstd files may begin with one.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18] => unfolded(unzstd(raw)),
            _ => raw,
        }
    }

    /// A stream as it is.
    pub(super) fn over(stream: Box<dyn Read + Send>, compressed: bool) -> Self {
        Self { stream, buffer: Vec::new(), at: 0, n_next: FIRST_BYTES, failed: None, compressed }
    }

    /// Makes every error a damage: the stream lies in an archive.
    pub(super) fn is_of_archive(&mut self) {
        self.compressed = true;
    }

    /// Puts bytes back before what comes next.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.at, bytes.iter().copied());
        self.at = 0;
    }

    /// Whether the stream was decompressed.
    pub(super) fn is_compressed(&self) -> bool {
        self.compressed
    }

    /// The next `n` bytes or, before the end or an error, as many as there are. The error comes again when the
    /// bytes before it are used up.
    pub(super) fn peek(&mut self, n: usize) -> &[u8] {
        while self.buffer.len() - self.at < n && self.failed.is_none() {
            match self.fill() {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => self.failed = Some(error),
            }
        }
        let end = self.buffer.len().min(self.at + n);
        &self.buffer[self.at..end]
    }

    /// The error that comes next, if there is nothing before it.
    pub(super) fn error(&mut self) -> io::Result<()> {
        if self.at == self.buffer.len() { self.failed.take().map_or(Ok(()), Err) } else { Ok(()) }
    }

    /// What an error of this stream means for the document.
    pub(super) fn cause(&self, error: &io::Error) -> Cause {
        match error.get_ref().and_then(|error| error.downcast_ref::<Bomb>()) {
            Some(bomb) => bomb.cause(),
            None if self.compressed || error.kind() == io::ErrorKind::UnexpectedEof => {
                Cause::Damaged(error.to_string())
            }
            None => Cause::Unreadable(error.to_string()),
        }
    }

    /// Reads more behind what is in the buffer. An error that comes after bytes is kept for the next time.
    fn fill(&mut self) -> io::Result<usize> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let before = self.buffer.len();
        let n_next = self.n_next;
        self.n_next = (n_next * 2).min(BUFFER_BYTES);
        self.buffer.reserve(n_next);
        let read = (&mut self.stream).take(n_next as u64).read_to_end(&mut self.buffer);
        match (read, self.buffer.len() - before) {
            (Err(error), 0) => Err(error),
            (Err(error), n) => {
                self.failed = Some(error);
                Ok(n)
            }
            (Ok(_), n) => Ok(n),
        }
    }
}

impl Read for Input {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(out.len());
        out[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.buffer.len() {
            self.fill()?;
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, n: usize) {
        self.at += n;
    }
}

/// The frames of a zstd stream as one.
pub(super) fn unzstd(raw: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    let decoder = zstd::stream::read::Decoder::with_buffer(BufReader::new(raw)).and_then(|mut decoder| {
        decoder.window_log_max(ZSTD_WINDOW_LOG)?;
        Ok(decoder)
    });
    match decoder {
        Ok(decoder) => Box::new(decoder),
        Err(error) => Box::new(Broken(Some(error))),
    }
}

/// A stream that could not be begun.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
