//! Files to documents: finding them, decompressing, decoding, splitting into records, parsing.
//!
//! [`walk`] finds the files, [`read()`] cuts them into [`Raw`] documents on one thread, and [`load`] makes a
//! [`Loaded`] document of each in any thread. What cannot be read is a [`Failure`] that names its [`Source`]; only
//! a request that makes no sense is an [`Error`].

mod decode;
mod error;
mod failure;
mod load;
mod options;
mod own;
mod parse;
mod read;
mod sniff;
mod source;
mod spell;
mod walk;

pub use decode::{Decoded, Encoding, Found, Hint, decode, encoding_for, encoding_names, round_trips};
pub use error::Error;
pub use failure::{Cause, Failure};
pub use load::{Loaded, load};
pub use options::{Format, InputFormat, Options};
pub use own::OwnRow;
pub use parse::parse;
pub use read::{Form, Mark, Raw, Reader, Stored, read, read_from};
pub use source::Source;
pub use spell::{Spelling, mark_of, spell};
pub use walk::{File, LeftOut, Reason, Walk, walk};
