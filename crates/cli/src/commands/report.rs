//! `cleancopy report`: the page of a run that is over.

use cleancopy::output::report::Report;

use super::clean::N_SAMPLES;
use super::{Done, Error};
use crate::args::ReportArgs;

pub(crate) fn report(args: &ReportArgs) -> Result<Done, Error> {
    if args.page.exists() && !args.force {
        let message = format!("{}: is there already; --force replaces it", args.page.display());
        return Err(Error::new(message));
    }
    let (summary, survey) = cleancopy::survey(&args.output, &args.ledger, N_SAMPLES)?;
    let rules: Vec<_> = cleancopy::rules::all().collect();
    let title = args.output.to_string_lossy();
    super::write_report(&args.page, &Report { title: &title, summary: &summary, survey: &survey, rules: &rules })?;
    anstream::eprintln!("written: {}", args.page.display());
    Ok(Done::All)
}
