//! Stub.

mod decode;

pub use decode::{Decoded, Encoding, Found, Hint, decode, encoding_for, encoding_names, round_trips};
