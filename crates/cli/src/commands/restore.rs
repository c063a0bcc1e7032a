//! `cleancopy restore`.

use super::{Done, Error};
use crate::args::RestoreArgs;

pub(crate) fn restore(args: &RestoreArgs) -> Result<Done, Error> {
    let restored = cleancopy::restore(&args.output, &args.ledger, &args.folder)?;
    anstream::eprintln!(
        "restored {} documents in {} files into {}",
        restored.n_documents,
        restored.n_files,
        args.folder.display()
    );
    if restored.n_rendered > 0 {
        anstream::eprintln!("of {} HTML pages: their rendered text and element paths", restored.n_rendered);
    }
    for (name, why) in &restored.failed {
        anstream::eprintln!("not restored: {name}: {why}");
    }
    Ok(if restored.failed.is_empty() { Done::All } else { Done::SomeFailed })
}
