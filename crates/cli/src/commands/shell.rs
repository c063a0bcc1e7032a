//! `cleancopy completions` and `cleancopy man`: written from the definitions of the command line.

use std::io::Write as _;
use std::path::Path;

use clap::CommandFactory;
use clap_mangen::Man;

use super::{Done, Error, unless_closed};
use crate::args::{Args, CompletionsArgs, ManArgs};

pub(crate) fn completions(args: &CompletionsArgs) -> Result<Done, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "cleancopy", &mut script);
    unless_closed(std::io::stdout().write_all(&script))?;
    Ok(Done::All)
}

/// The page of the program, or with a folder one page for it and each command.
pub(crate) fn man(args: &ManArgs) -> Result<Done, Error> {
    let mut program = Args::command();
    program.build();
    match &args.dir {
        Some(folder) => write_pages(program, folder)?,
        None => unless_closed(std::io::stdout().write_all(&page(program)?))?,
    }
    Ok(Done::All)
}

fn write_pages(program: clap::Command, folder: &Path) -> Result<(), Error> {
    let fail = |path: &Path, error: std::io::Error| Error::new(format!("writing {}: {error}", path.display()));
    std::fs::create_dir_all(folder).map_err(|error| fail(folder, error))?;
    let commands = program.get_subcommands().filter(|command| command.get_name() != "help").cloned();
    let commands: Vec<_> = commands.collect();
    for command in std::iter::once(program).chain(commands) {
        let name = command.get_display_name().unwrap_or("cleancopy").to_owned();
        let path = folder.join(format!("{name}.1"));
        std::fs::write(&path, page(command)?).map_err(|error| fail(&path, error))?;
    }
    Ok(())
}

fn page(command: clap::Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}
