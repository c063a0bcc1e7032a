//! The bytes that a guess is made on: words that hold bytes past ASCII, and the words around them.

/// How many bytes of words with bytes past ASCII are looked at.
const TOUCHED_BYTES: usize = 2560;
/// How many bytes of the words around them are looked at.
const PLAIN_BYTES: usize = 2048;
/// How much of a stretch of such words is looked at, bytes.
const NEAR_BYTES: usize = 64;
/// The places in a file that words are taken from, so that a long file is not judged by its beginning.
const N_PLACES: usize = 4;

/// Words of a file, a space between them.
#[derive(Debug, Default)]
pub(super) struct Sample {
    /// Words with at least one byte past ASCII.
    pub(super) touched: Vec<u8>,
    /// The pairs of bytes in the words right before and after those.
    pub(super) plain: Pairs,
    /// How many of those words are of ASCII letters.
    pub(super) n_plain_words: usize,
}

/// Pairs of bytes and how often each is there.
pub(super) type Pairs = Vec<(u8, u8, u32)>;

/// Takes words from `bytes`.
///
/// Words are cut at bytes below 30 (hex), which no multi-byte encoding uses inside a character, so that each word is
/// whole in any of them.
pub(super) fn sample(bytes: &[u8]) -> Sample {
    let mut touched = Vec::with_capacity(TOUCHED_BYTES + 512);
    let mut plain = Vec::with_capacity(PLAIN_BYTES + 64);
    take_words(bytes, &mut touched, &mut plain);
    take_rare_words(bytes, &mut touched);
    let is_word = |word: &&[u8]| word.len() > 1 && word.iter().all(u8::is_ascii_alphabetic);
    let n_plain_words = plain.split(|&byte| !in_word(byte)).filter(is_word).count();
    Sample { touched, plain: count_pairs(&plain), n_plain_words }
}

fn take_words(bytes: &[u8], touched: &mut Vec<u8>, plain: &mut Vec<u8>) {
    let mut at = 0;
    for place in 0..N_PLACES {
        let start = bytes.len() / N_PLACES * place;
        if start > at {
            at = start + bytes[start..].iter().position(|&byte| !in_word(byte)).unwrap_or(bytes.len() - start);
        }
        let budget = TOUCHED_BYTES * (place + 1) / N_PLACES;
        while touched.len() < budget {
            let Some(high) = next_high(bytes, at) else { return };
            let start = bytes[at..high].iter().rposition(|&byte| !in_word(byte)).map_or(at, |gap| at + gap + 1);
            let end = high + bytes[high..].iter().position(|&byte| !in_word(byte)).unwrap_or(bytes.len() - high);
            if plain.len() < PLAIN_BYTES {
                plain.extend_from_slice(&bytes[start.saturating_sub(NEAR_BYTES).max(at)..start]);
            }
            let cut = end.min(start + TOUCHED_BYTES + 256 - touched.len());
            // The signs next to the word say whether a quotation mark opens or closes.
            touched.extend_from_slice(&bytes[start.saturating_sub(1)..(cut + 1).min(bytes.len())]);
            touched.push(b' ');
            at = end;
        }
    }
}

/// Takes a word for each byte past ASCII that the file has and the words so far have not: one euro sign late in a file
/// may be all that tells two encodings apart.
fn take_rare_words(bytes: &[u8], touched: &mut Vec<u8>) {
    /// Longer words are lines of Chinese, in which any byte may stand.
    const LONGEST: usize = 48;
    let mut seen: [bool; 256] = std::array::from_fn(|byte| byte < 128);
    for &byte in touched.iter() {
        seen[usize::from(byte)] = true;
    }
    let mut at = 0;
    while let Some(rare) = bytes[at..].iter().position(|&byte| !seen[usize::from(byte)]) {
        at += rare;
        seen[usize::from(bytes[at])] = true;
        let before = bytes[at.saturating_sub(LONGEST)..at].iter().rposition(|&byte| !in_word(byte));
        let after = bytes[at..bytes.len().min(at + LONGEST)].iter().position(|&byte| !in_word(byte));
        if let (Some(before), Some(after)) = (before, after) {
            touched.extend_from_slice(&bytes[at.saturating_sub(LONGEST) + before..=at + after]);
            touched.push(b' ');
        }
        at += 1;
    }
}

impl Sample {
    /// The first words, up to `n_bytes` of those with bytes past ASCII.
    pub(super) fn first(&self, n_bytes: usize) -> Self {
        let end = n_bytes + self.touched[n_bytes..].iter().position(|&byte| !in_word(byte)).unwrap_or(0);
        Self { touched: self.touched[..end].to_vec(), plain: self.plain.clone(), n_plain_words: self.n_plain_words }
    }
}

/// The pairs of bytes in words: those with a byte past ASCII, the commonest first, and the others.
pub(super) fn pairs(words: &[u8]) -> (Pairs, Pairs) {
    let (ascii, mut high): (Pairs, Pairs) =
        count_pairs(words).into_iter().partition(|&(a, b, _)| a.is_ascii() && b.is_ascii());
    high.sort_unstable_by_key(|&(a, b, n)| (u32::MAX - n, a, b));
    (high, ascii)
}

/// Counts pairs of bytes, in the order of the bytes.
fn count_pairs(words: &[u8]) -> Pairs {
    let mut index = [0u8; 256];
    index[usize::from(b' ')] = 1;
    for &byte in words {
        index[usize::from(byte)] = 1;
    }
    let bytes: Vec<u8> = (0..=255).filter(|&byte| index[usize::from(byte)] == 1).collect();
    for (at, &byte) in bytes.iter().enumerate() {
        index[usize::from(byte)] = at as u8;
    }
    let mut counts = vec![0u16; bytes.len() * bytes.len()];
    let mut row = usize::from(index[usize::from(b' ')]) * bytes.len();
    for &byte in words {
        let at = usize::from(index[usize::from(byte)]);
        counts[row + at] += 1;
        row = at * bytes.len();
    }
    let pair = |(at, &n): (usize, &u16)| (bytes[at / bytes.len()], bytes[at % bytes.len()], u32::from(n));
    counts.iter().enumerate().filter(|&(_, &n)| n > 0).map(pair).collect()
}

/// Whether a byte may be part of a word in some encoding.
fn in_word(byte: u8) -> bool {
    byte >= 0x30
}

/// Where the next byte past ASCII is.
pub(in crate::decode) fn next_high(bytes: &[u8], from: usize) -> Option<usize> {
    let (blocks, rest) = bytes[from..].as_chunks::<16>();
    let whole = blocks.iter().position(|block| !block.is_ascii());
    let block_start = from + whole.unwrap_or(blocks.len()) * 16;
    let tail = if whole.is_some() { &bytes[block_start..] } else { rest };
    tail.iter().position(|byte| !byte.is_ascii()).map(|at| block_start + at)
}
