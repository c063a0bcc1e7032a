//! `cleancopy verify`.

use super::{Done, Error};
use crate::args::VerifyArgs;

/// How many faults are named before the rest is only counted.
const N_NAMED: usize = 20;

pub(crate) fn verify(args: &VerifyArgs) -> Result<Done, Error> {
    let verified = cleancopy::verify(&args.output, &args.ledger, &args.inputs)?;
    let sums = &verified.sums;
    anstream::eprintln!(
        "{} documents read = {} written + {} dropped + {} quarantined",
        sums.read,
        sums.written,
        sums.dropped,
        sums.quarantined
    );
    anstream::eprintln!("{} bytes in = {} kept + {} removed", sums.bytes_in, sums.bytes_kept, sums.bytes_removed);
    anstream::eprintln!("{} bytes out = {} kept + {} inserted", sums.bytes_out, sums.bytes_kept, sums.bytes_inserted);
    for fault in verified.faults.iter().take(N_NAMED) {
        anstream::eprintln!("does not hold: {fault}");
    }
    if verified.faults.len() > N_NAMED {
        anstream::eprintln!("does not hold: and {} more", verified.faults.len() - N_NAMED);
    }
    if verified.faults.is_empty() {
        anstream::eprintln!("verified: each document gives its row, and the bytes add up");
        Ok(Done::All)
    } else {
        Ok(Done::SomeFailed)
    }
}
