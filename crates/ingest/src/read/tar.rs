//! Tar: members one after another, each behind a header of one block.

use super::input::Input;
use super::members::{Member, Next};
use crate::Cause;
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tar::{EntryType, Header, PaxExtensions};

const BLOCK_BYTES: usize = 512;

/// Longest name, and longest list of attributes, that is taken for one, bytes.
const NAME_BYTES: u64 = 64 << 10;

/// The archive, and how much of the member that is being read has not been passed.
struct Stream {
    input: Input,
    n_left: u64,
    n_padding: u64,
    /// Whether it ended inside a member, and that has been told.
    ended: bool,
}

/// A tar archive.
pub(super) struct Tar {
    stream: Arc<Mutex<Stream>>,
    done: bool,
}

/// The bytes of one member.
struct Part(Arc<Mutex<Stream>>);

fn lock(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a block is the header of a member: its checksum is right.
pub(crate) fn is_header(block: &[u8]) -> bool {
    let Some(block) = block.get(..BLOCK_BYTES) else { return false };
    let sum: u32 = block[..148].iter().chain(&block[156..]).map(|&byte| u32::from(byte)).sum::<u32>() + 8 * 32;
    Header::from_byte_slice(block).cksum().is_ok_and(|written| written == sum)
}

impl Tar {
    pub(super) fn new(input: Input) -> Self {
        let stream = Stream { input, n_left: 0, n_padding: 0, ended: false };
        Self { stream: Arc::new(Mutex::new(stream)), done: false }
    }

    /// The next member that is a file.
    pub(super) fn next(&mut self) -> Option<Next> {
        if self.done {
            return None;
        }
        let next = self.member();
        self.done = !matches!(next, Some(Next::Member(_) | Next::Bad(..)));
        next
    }

    fn member(&self) -> Option<Next> {
        let mut stream = lock(&self.stream);
        let mut long_name = None;
        let mut long_size = None;
        loop {
            match stream.skip() {
                Ok(()) => {}
                // Whoever read the member has said so.
                Err(_) if stream.ended => return None,
                Err(error) => return Some(Next::End(stream.input.cause(&error))),
            }
            let header = match stream.header() {
                Ok(Some(header)) => header,
                Ok(None) => return None,
                Err(Block::Damaged) => {
                    let why = "a damaged header; reading goes on with the next that is whole".to_owned();
                    return Some(Next::Bad(String::new(), Cause::Damaged(why)));
                }
                Err(Block::Error(error)) => return Some(Next::End(stream.input.cause(&error))),
            };
            let kind = header.entry_type();
            let Ok(mut size) = header.entry_size() else {
                let why = "a header without a size; reading goes on with the next that is whole".to_owned();
                return Some(Next::Bad(text(&header.path_bytes()), Cause::Damaged(why)));
            };
            let speaks_of_next = kind.is_gnu_longname() || kind.is_pax_local_extensions();
            if !speaks_of_next && !kind.is_pax_global_extensions() && !kind.is_gnu_longlink() {
                size = long_size.take().unwrap_or(size);
            }
            stream.n_left = size;
            stream.n_padding = size.wrapping_neg() % BLOCK_BYTES as u64;
            if speaks_of_next {
                let mut bytes = Vec::new();
                let read = stream.by_ref().take(NAME_BYTES).read_to_end(&mut bytes);
                if let Err(error) = read {
                    return Some(Next::End(stream.input.cause(&error)));
                }
                if kind.is_gnu_longname() {
                    bytes.truncate(bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len()));
                    long_name = Some(bytes);
                } else {
                    for extension in PaxExtensions::new(&bytes).flatten() {
                        match extension.key_bytes() {
                            b"path" => long_name = Some(extension.value_bytes().to_vec()),
                            b"size" => long_size = extension.value().ok().and_then(|size| size.parse().ok()),
                            _ => {}
                        }
                    }
                }
                continue;
            }
            let name = long_name.take().unwrap_or_else(|| header.path_bytes().into_owned());
            match kind {
                EntryType::Regular | EntryType::Continuous if !name.ends_with(b"/") => {
                    let stream = Box::new(Part(self.stream.clone()));
                    return Some(Next::Member(Member { name: text(&name), size: Some(size), stream }));
                }
                EntryType::GNUSparse => {
                    return Some(Next::Bad(text(&name), Cause::OtherCompression("holes (a sparse file)".to_owned())));
                }
                // Folders and links hold nothing; what a link leads to is a member of its own.
                _ => {}
            }
        }
    }
}

/// A name as it is shown.
fn text(name: &[u8]) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = crate::source::write_bytes(&mut text, name);
    text
}

/// Why there is no header.
enum Block {
    Damaged,
    Error(io::Error),
}

impl Stream {
    /// Passes over the rest of the member.
    fn skip(&mut self) -> io::Result<()> {
        let mut n = self.n_left.saturating_add(self.n_padding);
        while n > 0 {
            let available = self.input.fill_buf()?.len();
            // An archive that ends before the last padding has lost nothing.
            if available == 0 && n > self.n_padding {
                return Err(cut_off());
            } else if available == 0 {
                break;
            }
            let n_now = available.min(usize::try_from(n).unwrap_or(usize::MAX));
            self.input.consume(n_now);
            n -= n_now as u64;
        }
        self.n_left = 0;
        self.n_padding = 0;
        Ok(())
    }

    /// The next header, passed; `None` at the end, which is a block of zeros or no block at all.
    fn header(&mut self) -> Result<Option<Header>, Block> {
        let block = self.input.peek(BLOCK_BYTES);
        if block.iter().all(|&byte| byte == 0) {
            return self.input.error().map(|()| None).map_err(Block::Error);
        }
        if is_header(block) {
            let mut header = Header::new_old();
            header.as_mut_bytes().copy_from_slice(block);
            self.input.consume(BLOCK_BYTES);
            return Ok(Some(header));
        }
        loop {
            let n = self.input.peek(BLOCK_BYTES).len();
            self.input.consume(n);
            let block = self.input.peek(BLOCK_BYTES);
            if block.is_empty() {
                return Err(self.input.error().map_or_else(Block::Error, |()| Block::Damaged));
            } else if is_header(block) {
                return Err(Block::Damaged);
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.n_left == 0 || out.is_empty() {
            return Ok(0);
        }
        let n = out.len().min(usize::try_from(self.n_left).unwrap_or(usize::MAX));
        let read = self.input.read(&mut out[..n]).and_then(|n| if n == 0 { Err(cut_off()) } else { Ok(n) });
        match &read {
            Ok(n) => self.n_left -= *n as u64,
            Err(_) => self.ended = true,
        }
        read
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends inside a member")
}

impl Read for Part {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        lock(&self.0).read(out)
    }
}
