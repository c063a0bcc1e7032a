//! Packing a batch of rows as one complete gzip member or zstd frame.
//!
//! Members and frames may follow one another in a file, and every decoder reads them as one stream. So workers pack
//! their batches side by side, the writer only appends, and an interrupted file can be cut at the end of any batch.

use std::io::{self, Write};

use flate2::GzBuilder;

use crate::format::Compression;

/// gzip's own default; 9 takes about three times as long for 1 % less.
const GZIP_LEVEL: u32 = 6;

/// zstd's own default.
const ZSTD_LEVEL: i32 = 3;

/// Appends `rows` to `out` as one complete frame; with [`Compression::None`], as they are.
///
/// Empty rows give no frame at all, so that a batch from which nothing was kept leaves no trace; an output that is
/// empty to the end gets its one empty frame from [`Sink::finish`](crate::Sink::finish). The same rows always give the
/// same bytes: the gzip header carries neither time nor name.
///
/// # Errors
/// Only if the compressor cannot get its memory.
pub fn compress_frame(compression: Compression, rows: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
    if rows.is_empty() { Ok(()) } else { frame(compression, rows, out) }
}

/// A frame that holds nothing, which is what a decoder needs to accept a file without rows.
pub(crate) fn empty_frame(compression: Compression) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    frame(compression, &[], &mut out)?;
    Ok(out)
}

fn frame(compression: Compression, rows: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
    match compression {
        Compression::None => out.extend_from_slice(rows),
        Compression::Gzip => {
            let mut encoder = GzBuilder::new().write(out, flate2::Compression::new(GZIP_LEVEL));
            encoder.write_all(rows)?;
            encoder.finish()?;
        }
        Compression::Zstd => {
            let mut encoder = zstd::Encoder::new(out, ZSTD_LEVEL)?;
            encoder.set_pledged_src_size(Some(rows.len() as u64))?;
            encoder.include_checksum(true)?;
            encoder.write_all(rows)?;
            encoder.finish()?;
        }
    }
    Ok(())
}
