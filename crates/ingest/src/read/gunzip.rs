//! gzip: members one after another, with what else stands in such files.

use super::input::Input;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// What a member of gzip begins with: its mark and the method, of which there is one.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// How much is looked at in search of the next member, bytes.
const STRETCH_BYTES: usize = 64 << 10;

/// The members of a gzip stream as one.
///
/// After an error it goes on with the next member, if it is read on: in files that have a member for each record one
/// damaged record does not take the others with it.
pub(super) enum Gunzip {
    /// Inside a member.
    Member(Box<GzDecoder<Input>>),
    /// Behind something that was no member.
    Lost(Box<Input>),
    Done,
}

impl Gunzip {
    /// `input` stands before its first member.
    pub(super) fn new(input: Input) -> Self {
        Self::Member(Box::new(GzDecoder::new(input)))
    }

    /// What comes behind a member.
    fn behind(mut input: Input) -> io::Result<Self> {
        // Tapes and downloads are filled up with zeros.
        while let [first, ..] = *input.peek(STRETCH_BYTES) {
            if first != 0 {
                break;
            }
            let stretch = input.peek(STRETCH_BYTES);
            let n_zeros = stretch.iter().position(|&byte| byte != 0).unwrap_or(stretch.len());
            input.consume(n_zeros);
        }
        input.error()?;
        match input.peek(2) {
            [] => Ok(Self::Done),
            [0x1F, 0x8B] => Ok(Self::new(input)),
            _ => Ok(Self::Lost(Box::new(input))),
        }
    }

    /// The next member, wherever it begins.
    fn found(mut input: Input) -> io::Result<Self> {
        loop {
            let stretch = input.peek(STRETCH_BYTES);
            if stretch.len() < MAGIC.len() {
                return input.error().map(|()| Self::Done);
            }
            if let Some(at) = memchr::memmem::find(stretch, &MAGIC) {
                input.consume(at);
                return Ok(Self::new(input));
            }
            // The mark may begin with the last bytes of the stretch.
            let n_passed = stretch.len() - (MAGIC.len() - 1);
            input.consume(n_passed);
        }
    }
}

impl Read for Gunzip {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !out.is_empty() {
            *self = match std::mem::replace(self, Self::Done) {
                Self::Done => return Ok(0),
                Self::Lost(input) => Self::found(*input)?,
                Self::Member(mut member) => match member.read(out) {
                    Ok(0) => match Self::behind(member.into_inner())? {
                        lost @ Self::Lost(_) => {
                            *self = lost;
                            let why = "what stands behind the compressed data is no gzip";
                            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
                        }
                        next => next,
                    },
                    Ok(n) => {
                        *self = Self::Member(member);
                        return Ok(n);
                    }
                    Err(error) => {
                        *self = Self::Lost(Box::new(member.into_inner()));
                        return Err(error);
                    }
                },
            };
        }
        Ok(0)
    }
}
