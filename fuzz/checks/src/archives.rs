//! Archives and compressed files.

use std::io::{Cursor, Write as _};

use cleancopy::ingest::{Format, Options, load, read_from};

use crate::records::Portions;

/// Longest document, bytes.
const MAX_DOC_BYTES: u64 = 4096;

/// Longest document that can be made of others: what is longer, in bytes, is left to the fuzzer of its format.
const LOADED_BYTES: usize = 1024;

/// Reads the bytes behind the first, which says how they come: as they are, inside gzip, inside zstd, twice gzip; and
/// whether they are a web archive whatever they look like. What they unfold to is bounded by what they are, each
/// document has its address, and a stream that gives little at a time gives the same.
pub fn archives(input: &[u8]) {
    let Some((&choice, bytes)) = input.split_first() else { return };
    let bytes = match choice % 4 {
        0 => bytes.to_vec(),
        1 => gzip(bytes),
        2 => zstd::encode_all(bytes, 1).unwrap_or_default(),
        _ => gzip(&gzip(bytes)),
    };
    let format = (choice / 4 % 2 == 1).then_some(Format::Warc);
    let options = Options { max_doc_bytes: MAX_DOC_BYTES, keep_between: choice >= 128, ..Options::default() };
    let whole = documents(Cursor::new(bytes.clone()), format, &options, bytes.len());
    let portions = Portions { bytes: Cursor::new(bytes.clone()), at_most: usize::from(choice / 8 % 16) + 1 };
    assert_eq!(documents(portions, format, &options, bytes.len()), whole, "portions");
}

/// Address, and bytes or cause, of each document.
fn documents(
    stream: impl std::io::Read + Send + 'static,
    format: Option<Format>,
    options: &Options,
    n_bytes: usize,
) -> Vec<(String, Result<Vec<u8>, String>)> {
    let bound = options.unfolded_freely().max(n_bytes as u64 * options.max_ratio);
    let mut reader = read_from("in/archive", stream, format, options);
    let (mut documents, mut n_given) = (Vec::new(), 0);
    while let Some(read) = reader.next() {
        n_given += read.as_ref().map_or(0, |raw| raw.len() as u64) + 1;
        // Unfolded outside, and then the members or pages inside.
        assert!(n_given <= 3 * bound, "{n_given} bytes of {n_bytes}");
        drop((reader.marks(), reader.between(), reader.left_out()));
        let document = match read {
            Ok(raw) => {
                assert!(raw.len() as u64 <= MAX_DOC_BYTES);
                let (source, bytes) = (raw.source.to_string(), raw.bytes.clone());
                assert!(raw.source.member.as_deref().is_none_or(|member| !member.split('/').any(|part| part == "..")));
                if bytes.len() <= LOADED_BYTES {
                    drop(load(raw, options));
                }
                (source, Ok(bytes))
            }
            Err(failure) => (failure.source.to_string(), Err(failure.cause.to_string())),
        };
        documents.push(document);
    }
    documents
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}
