//! One record a line.

use super::between::Between;
use super::input::Input;
use super::{Charset, Form, Raw};
use crate::{Cause, Failure, Source};
use std::io::BufRead;

pub(super) struct Lines {
    input: Input,
    charset: Charset,
    limit: u64,
    /// Lines begun so far.
    number: u64,
    done: bool,
    /// What stood between the record before and the next, if it is asked for.
    pub(super) between: Between,
}

/// How much is kept of a record that is over the limit, bytes.
pub(super) const KEPT_BYTES: usize = 1024;

/// How a line ended.
enum End {
    LineFeed,
    File,
    Error(Cause),
}

impl Lines {
    pub(super) fn new(input: Input, charset: Charset, limit: u64, between: Between) -> Self {
        Self { input, charset, limit, number: 0, done: false, between }
    }

    /// The next line that is not blank. Lines are numbered as an editor numbers them.
    pub(super) fn next(&mut self, source: &Source) -> Option<Result<Raw, Failure>> {
        while !self.done {
            self.between.begin();
            let (mut line, too_large, end) = self.line();
            self.number += 1;
            let source = || source.record(self.number);
            if let End::Error(cause) = end {
                self.done = true;
                if too_large {
                    line.clear();
                }
                return Some(Err(Failure { source: source(), cause, bytes: (!line.is_empty()).then_some(line) }));
            }
            self.done = matches!(end, End::File);
            if too_large {
                let cause = Cause::TooLarge { limit: self.limit, head: line };
                return Some(Err(Failure { source: source(), cause, bytes: None }));
            }
            if line.iter().any(|byte| !byte.is_ascii_whitespace()) {
                return Some(Ok(Raw { source: source(), bytes: line, form: Form::Line, charset: self.charset }));
            }
            self.between.blank(&line);
        }
        None
    }

    /// One line without its end, and whether it was over the limit; then only its beginning is there.
    fn line(&mut self) -> (Vec<u8>, bool, End) {
        let mut line = Vec::new();
        let mut too_large = false;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) => {
                    let cause = self.input.cause(&error);
                    return (line, too_large, End::Error(cause));
                }
            };
            if available.is_empty() {
                return (line, too_large, End::File);
            }
            let feed = memchr::memchr(b'\n', available);
            let part = &available[..feed.unwrap_or(available.len())];
            if !too_large {
                line.extend_from_slice(part);
                too_large = line.len() as u64 > self.limit;
                if too_large {
                    line = line[..line.len().min(KEPT_BYTES)].to_vec();
                }
            }
            let n = part.len() + usize::from(feed.is_some());
            self.input.consume(n);
            if feed.is_some() {
                let return_too = line.last() == Some(&b'\r');
                if return_too {
                    line.pop();
                }
                self.between.ended(if return_too { b"\r\n" } else { b"\n" });
                return (line, too_large, End::LineFeed);
            }
        }
    }
}
