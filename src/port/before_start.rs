//! The small things that must hold before a service starts: one table, in which the generated scripts and methods, which
//! test it at every start, and the doctor, which says it beforehand, both look.
use super::{Config, Link, Opt, Phrase, Port, Program, Service, Setting};

/// Something that must hold before the service starts.
#[derive(Clone, Copy, Debug)]
pub enum Before<'a> {
    /// A program is in the service's PATH under its exact name.
    Program(&'a Program),
    /// As [`Before::Program`], or the service can link it itself: the directory of the link, and the link.
    Linked(&'a Program, &'a Phrase, &'a Link),
    /// The service's user may read a configuration file.
    Readable(&'a Config),
    /// It may write to a directory.
    Writable(&'a Phrase),
    /// A configuration file has a setting that a build option asks for on this OS.
    Setting(&'a Opt, &'a Setting),
    /// So many files may be open.
    OpenFiles(u64),
}

/// The table for a service that was built with these options. What belongs to another option, or is optional, keeps
/// nothing from starting and is not in it.
pub fn before_start<'a>(
    port: &'a Port,
    service: &'a Service,
    chosen: impl Fn(&Opt) -> bool + Copy + 'a,
) -> impl Iterator<Item = Before<'a>> {
    let programs = port.programs.iter().filter(|program| !program.optional && program.option.is_none());
    let programs = programs.map(|program| match service.own_links.iter().find(|(_, link)| link.name == program.name) {
        Some((directory, link)) => Before::Linked(program, directory, link),
        None => Before::Program(program),
    });
    let readable = service.configs.iter().filter(|config| !config.optional).map(Before::Readable);
    let mut directories: Vec<&Phrase> = vec![&service.directory];
    for directory in &service.directories {
        if !directories.contains(&&directory.path) {
            directories.push(&directory.path);
        }
    }
    let writable = directories.into_iter().map(Before::Writable);
    let options = port.options.iter().filter(move |option| chosen(option));
    let settings =
        options.flat_map(|option| option.settings.iter().map(move |setting| Before::Setting(option, setting)));
    programs.chain(readable).chain(writable).chain(settings).chain(service.open_files.map(Before::OpenFiles))
}
