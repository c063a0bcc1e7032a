//! What stands between the records of a file.

/// Keeps the bytes that belong to no record: byte order mark, header, blank lines, line ends.
#[derive(Debug, Default)]
pub(super) struct Between {
    /// Most bytes to keep at a time; 0 if nobody asked.
    limit: usize,
    /// Before the record at hand.
    before: Vec<u8>,
    /// The end of the line at hand, which stands before the record after it.
    end: &'static [u8],
    /// How many lines were over the limit and are lost.
    pub(super) lost: u64,
}

impl Between {
    /// Begins with what stood before the first line.
    pub(super) fn new(limit: usize, mark: &[u8]) -> Self {
        let before = if limit > 0 { mark.to_vec() } else { Vec::new() };
        Self { limit, before, end: b"", lost: 0 }
    }

    /// A line begins.
    pub(super) fn begin(&mut self) {
        let end = std::mem::take(&mut self.end);
        self.keep(end);
    }

    /// The line at hand ended with these bytes.
    pub(super) fn ended(&mut self, end: &'static [u8]) {
        self.end = end;
    }

    /// The line at hand was no record.
    pub(super) fn blank(&mut self, line: &[u8]) {
        self.keep(line);
    }

    /// What stood before the record at hand.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.before)
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.limit == 0 {
            return;
        }
        if self.before.len() + bytes.len() > self.limit {
            self.lost += 1;
        } else {
            self.before.extend_from_slice(bytes);
        }
    }
}
