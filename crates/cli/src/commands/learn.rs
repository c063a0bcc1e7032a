//! `cleancopy learn`: boilerplate that repeats in a corpus, as rules to read, edit and keep.

use std::path::Path;

use cleancopy::learn::{Include, LearnOptions, Learned, learn};
use cleancopy::{Progress, SiteFrom};

use super::{Done, Error, print};
use crate::args::{LearnArgs, LearningArgs, ProgressArg};
use crate::progress;

/// How many inputs that could not be read are named before the rest is only counted.
const N_NAMED: usize = 5;

pub(crate) fn learn_rules(args: &LearnArgs) -> Result<Done, Error> {
    let options = LearnOptions {
        inputs: args.inputs.clone(),
        ingest: args.reading.options()?,
        threads: args.threads,
        ..options(&args.learning, args.site_from.clone())
    };
    if args.output != Path::new("-") && args.output.exists() && !args.force {
        return Err(Error::new(format!("{} is there already; --force replaces it", args.output.display())));
    }
    let progress = Progress::default();
    let learned = progress::watched(&progress, ProgressArg::Auto, || learn(&options, &progress))?;
    if args.output == Path::new("-") {
        print(&learned.toml)?;
    } else {
        std::fs::write(&args.output, &learned.toml)
            .map_err(|error| Error::new(format!("writing {}: {error}", args.output.display())))?;
    }
    tell(&learned);
    Ok(if learned.failures.is_empty() { Done::All } else { Done::SomeFailed })
}

/// What the command line says about learning.
pub(super) fn options(args: &LearningArgs, site_from: SiteFrom) -> LearnOptions {
    LearnOptions {
        site_from,
        include: Include { legal: args.legal, quotes: args.quotes },
        memory_bytes: (args.memory as usize) << 20,
        ..LearnOptions::default()
    }
}

/// Says on standard error what was learned.
pub(super) fn tell(learned: &Learned) {
    let Learned { n_rules, n_documents, n_twins, n_sites, .. } = learned;
    anstream::eprintln!(
        "learned: {n_rules} rules from {n_documents} documents of {n_sites} sites; {n_twins} tell a story that another tells too"
    );
    for failure in learned.failures.iter().take(N_NAMED) {
        anstream::eprintln!("not learned from: {}: {}", failure.source, failure.cause);
    }
    if learned.failures.len() > N_NAMED {
        anstream::eprintln!("not learned from: and {} more", learned.failures.len() - N_NAMED);
    }
}
