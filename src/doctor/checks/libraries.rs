//! Shared libraries of the server and its programs, resolved below the root.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file};
use crate::doctor::elf::{Needs, Program, look};
use crate::doctor::root::safe;
use crate::doctor::rules::LIBRARIES;

use super::Checks;
use super::find_program::search;

/// A program has no more libraries than this; ffmpeg has two hundred.
const MOST: usize = 2000;
/// Names of a directory of libraries that are looked at.
const NAMES: usize = 20_000;

/// Each program's.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let mut programs: Vec<String> = subject.met.program.value.iter().cloned().collect();
    if let Ok(path) = &subject.met.path.value {
        let wanted = subject.port.programs.iter().filter(|program| subject.is_chosen(program.option.as_deref()));
        programs.extend(wanted.filter_map(|program| search(subject, path, &program.name).hit.map(|(file, _)| file)));
    }
    // Many programs share most of their libraries.
    let mut known = Known { standard: standard(subject), files: BTreeMap::new() };
    let mut told = BTreeSet::new();
    programs
        .iter()
        .filter(|program| subject.host.root.find(program).is_ok_and(|found| told.insert(found.path)))
        .map(|program| one(subject, program, &mut known))
        .collect()
}

/// What is known already.
struct Known {
    /// Where the dynamic linker looks by itself.
    standard: Vec<String>,
    /// Files that were looked at.
    files: BTreeMap<String, Result<Needs, String>>,
}

/// Bytes of a list of directories that are read.
const LIST: u64 = 256 * 1024;
/// Lists of directories that are read.
const LISTS: usize = 500;

/// The directories of the profile, and those that the host's own lists add.
fn standard(subject: &Subject<'_>) -> Vec<String> {
    let facts = &subject.host.profile.host;
    let prefix = &subject.port.profile.paths.prefix;
    let mut directories: Vec<String> =
        facts.libraries.iter().map(|directory| directory.replace("{prefix}", prefix)).collect();
    for list in &facts.library_lists {
        let files = match subject.host.root.names(list, LISTS) {
            Ok(names) => names.iter().map(|name| format!("{list}/{}", safe(name))).collect(),
            Err(_) => vec![list.clone()],
        };
        // One that is missing or cannot be read adds nothing: what is not found then is said to be missing, with the
        // command that shows what the dynamic linker finds.
        for text in files.iter().filter_map(|file| subject.host.root.text(file, LIST).ok()) {
            let lines = text.lines().filter_map(|line| line.split_whitespace().next());
            directories.extend(lines.filter(|word| word.starts_with('/')).map(ToOwned::to_owned));
        }
    }
    let mut seen = BTreeSet::new();
    directories.retain(|directory| seen.insert(directory.clone()));
    directories
}

fn one(subject: &Subject<'_>, program: &str, known: &mut Known) -> Check {
    let at = || file(program);
    let looked = format!("what {program} needs, below RPATH or RUNPATH and in {}", known.standard.join(", "));
    let check = match walk(subject, program, known) {
        Ok(Walked::Whole(count)) => Check::new(
            &LIBRARIES,
            Status::Ok,
            at(),
            match count {
                0 => "it needs no shared library".to_owned(),
                count => format!("its {count} shared libraries are there"),
            },
        ),
        Ok(Walked::Missing(missing)) => {
            let all = missing.join(", ");
            Check::new(&LIBRARIES, Status::Bad, at(), format!("not there: {all}")).next(format!("ldd {program}"))
        }
        Err(why) => Check::new(&LIBRARIES, Status::Unknown, at(), why).next(format!("ldd {program}")),
    };
    check.looked(looked)
}

enum Walked {
    Whole(usize),
    Missing(Vec<String>),
}

fn walk(subject: &Subject<'_>, program: &str, known: &mut Known) -> Result<Walked, String> {
    let found = subject.host.root.find(program).map_err(|failure| failure.to_string())?;
    let opened = found.open().map_err(|failure| failure.to_string())?;
    let needs = match look(&opened)? {
        Program::Script(interpreter) => {
            return Ok(match subject.host.root.find(&interpreter) {
                Ok(_) => Walked::Whole(0),
                Err(failure) if failure.is_absent() => Walked::Missing(vec![format!("the interpreter {interpreter}")]),
                Err(failure) => return Err(failure.to_string()),
            });
        }
        Program::Other => return Err("it is neither an ELF file nor a script".to_owned()),
        Program::Elf(needs) => needs,
    };
    let mut missing = Vec::new();
    if let Some(interpreter) = &needs.interpreter
        && subject.host.root.find(interpreter).is_err()
    {
        missing.push(format!("the dynamic linker {interpreter}"));
    }
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut queue: VecDeque<(String, Needs)> = VecDeque::from([(found.path, needs)]);
    let kind = queue[0].1.kind;
    let mut above: Option<Vec<String>> = None;
    while let Some((path, needs)) = queue.pop_front() {
        let own: Vec<String> = needs.run_path.iter().map(|part| origin(part, &path)).collect();
        // RPATH of the program holds for what its libraries need, too, where the linker does that; RUNPATH never does.
        let inherits = subject.host.profile.host.inherits_rpath && needs.is_rpath;
        let inherited = above.get_or_insert_with(|| if inherits { own.clone() } else { Vec::new() });
        for library in &needs.libraries {
            if !done.insert(library.clone()) || done.len() > MOST {
                continue;
            }
            let inherited = inherited.iter().filter(|_| inherits);
            match resolve(subject, library, kind, own.iter().chain(inherited), known) {
                Some((path, needs)) => queue.push_back((path, needs?)),
                None => missing.push(format!("{library} (needed by {path})")),
            }
        }
    }
    Ok(if missing.is_empty() { Walked::Whole(done.len()) } else { Walked::Missing(missing) })
}

/// `$ORIGIN` is the directory of the file that says it.
fn origin(part: &str, path: &str) -> String {
    let directory = path.rsplit_once('/').map_or("/", |(directory, _)| directory);
    part.replace("${ORIGIN}", directory).replace("$ORIGIN", directory)
}

/// Where a library is: in the run paths, then where the dynamic linker looks by itself.
fn resolve<'d>(
    subject: &Subject<'_>,
    library: &str,
    kind: (bool, u16),
    run_path: impl Iterator<Item = &'d String>,
    known: &mut Known,
) -> Option<(String, Result<Needs, String>)> {
    let host = subject.host;
    let candidates: Vec<String> = if library.contains('/') {
        vec![library.to_owned()]
    } else {
        let directories = run_path.cloned().chain(known.standard.iter().cloned());
        directories.map(|directory| format!("{directory}/{}", at_least(subject, &directory, library))).collect()
    };
    for candidate in candidates {
        let Ok(found) = host.root.find(&candidate) else { continue };
        let needs = known.files.entry(found.path.clone()).or_insert_with(|| {
            let opened = found.open().map_err(|failure| failure.to_string())?;
            match look(&opened).map_err(|why| format!("{}: {why}", found.path))? {
                Program::Elf(needs) => Ok(needs),
                _ => Err(format!("{} is no library", found.path)),
            }
        });
        // A 32-bit library beside the 64-bit one, say.
        if needs.as_ref().is_ok_and(|needs| needs.kind != kind) {
            continue;
        }
        return Some((found.path, needs.clone()));
    }
    None
}

/// The file that stands for a library in a directory: `libc.so.100.3` for `libc.so.100.1`, where the linker takes it.
fn at_least(subject: &Subject<'_>, directory: &str, library: &str) -> String {
    let parts = |name: &str| {
        let (stem, minor) = name.rsplit_once('.')?;
        Some((stem.to_owned(), minor.parse::<u32>().ok()?))
    };
    let exact = library.to_owned();
    if !subject.host.profile.host.higher_minor || subject.host.root.find(&format!("{directory}/{library}")).is_ok() {
        return exact;
    }
    let Some((wanted, least)) = parts(library) else { return exact };
    let names = subject.host.root.names(directory, NAMES).unwrap_or_default();
    let near = names.iter().map(|name| safe(name)).filter_map(|name| {
        let (stem, minor) = parts(&name)?;
        (stem == wanted && minor >= least).then_some((minor, name))
    });
    near.max().map_or(exact, |(_, name)| name)
}
