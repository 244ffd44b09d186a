//! What each system's rc.subr reads, what its boot gives, what its shell lacks: the tables in facts/.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A system with rc.d scripts of its own kind.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Family {
    /// Its name.
    pub(super) name: String,
    /// The shell that runs its scripts.
    pub(super) shell: String,
    /// Where packages are, as scripts write it.
    pub(super) prefixes: Vec<String>,
    /// The same with the packages' directories.
    pub(super) package_path: String,
    /// Words that mean something behind `KEYWORD:`.
    pub(super) keywords: Vec<String>,
    /// Names that only this system's base provides.
    pub(super) only_here: Vec<String>,
    /// Commands that rc.subr has by itself.
    pub(super) actions: Vec<String>,
    /// Variables that it reads, and what they are.
    pub(super) variables: BTreeMap<String, String>,
    /// What it reads behind the service's name and `_`.
    pub(super) suffixes: BTreeMap<String, String>,
    /// What it reads behind a command and `_`.
    pub(super) hooks: BTreeMap<String, String>,
    /// Functions that it calls or has.
    #[serde(default)]
    pub(super) functions: BTreeMap<String, String>,
    /// Suffixes that it passes over when there is a `start_cmd`.
    #[serde(default)]
    pub(super) ignored_by_start_cmd: BTreeMap<String, String>,
    /// What the base system's scripts provide, with what has to run before.
    pub(super) provisions: BTreeMap<String, Vec<String>>,
}

/// What ksh and bash have and some shell has not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Construct {
    pub(super) what: String,
    pub(super) lacks: Vec<String>,
    pub(super) effect: String,
    pub(super) instead: String,
    /// Commands that are this, separated by blanks.
    #[serde(default)]
    pub(super) command: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Constructs {
    construct: BTreeMap<String, Construct>,
}

/// A program that runs another one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Wrapper {
    /// Letters of options with an argument.
    pub(super) takes: String,
    /// Letters of long options.
    pub(super) long: BTreeMap<String, String>,
    /// The option that names the user, or `first`.
    pub(super) user: String,
    /// The option that writes the program's pid.
    pub(super) pid: String,
    /// The option that writes its own pid.
    pub(super) own_pid: String,
    /// The option whose argument is the command.
    pub(super) command_option: String,
    /// Whether assignments stand before the program.
    pub(super) assignments: bool,
    /// How many words stand before the program.
    pub(super) words: usize,
    /// Whether it goes into the background.
    pub(super) detaches: bool,
}

/// Names of programs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) programs: Vec<String>,
}

/// Programs that scripts and servers run.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Programs {
    /// Programs of packages, with the systems that have them in the base.
    pub(super) packaged: BTreeMap<String, Vec<String>>,
    /// Servers that run programs by name.
    pub(super) servers: BTreeMap<String, Vec<String>>,
    /// Options that keep a server in the foreground.
    pub(super) foreground: Names,
    /// Servers that change their user by themselves.
    #[serde(rename = "drops-root")]
    pub(super) drops_root: Names,
    /// Packages with such programs.
    pub(super) tools: BTreeMap<String, String>,
    /// Programs that run other programs.
    pub(super) wrapper: BTreeMap<String, Wrapper>,
}

static FAMILIES: LazyLock<[Family; 3]> = LazyLock::new(|| {
    [
        read("netbsd.toml", include_str!("facts/netbsd.toml")),
        read("openbsd.toml", include_str!("facts/openbsd.toml")),
        read("freebsd.toml", include_str!("facts/freebsd.toml")),
    ]
});

static CONSTRUCTS: LazyLock<BTreeMap<String, Construct>> =
    LazyLock::new(|| read::<Constructs>("shells.toml", include_str!("facts/shells.toml")).construct);

static PROGRAMS: LazyLock<Programs> = LazyLock::new(|| read("programs.toml", include_str!("facts/programs.toml")));

/// The tables are part of the program, and a test reads them all.
fn read<T: for<'a> Deserialize<'a>>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("facts/{name}: {error}"))
}

/// All systems.
pub(super) fn families() -> &'static [Family] {
    &*FAMILIES
}

/// NetBSD and pkgsrc.
pub(super) fn netbsd() -> &'static Family {
    &FAMILIES[0]
}

/// OpenBSD.
pub(super) fn openbsd() -> &'static Family {
    &FAMILIES[1]
}

/// FreeBSD.
pub(super) fn freebsd() -> &'static Family {
    &FAMILIES[2]
}

/// What ksh and bash have and some shell has not, by name.
pub(super) fn constructs() -> &'static BTreeMap<String, Construct> {
    &CONSTRUCTS
}

/// Programs that scripts and servers run.
pub(super) fn programs() -> &'static Programs {
    &PROGRAMS
}

/// What a server is known to run by name.
pub(in crate::lint) fn runs_by_name(server: &str) -> &'static [String] {
    PROGRAMS.servers.get(server).map_or(&[], Vec::as_slice)
}

impl PartialEq for Family {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Family {
    /// Whether it is NetBSD.
    pub(super) fn is_netbsd(&self) -> bool {
        self == netbsd()
    }

    /// Whether it is OpenBSD.
    pub(super) fn is_openbsd(&self) -> bool {
        self == openbsd()
    }

    /// Whether it is FreeBSD.
    pub(super) fn is_freebsd(&self) -> bool {
        self == freebsd()
    }

    /// Whether the base of this system has the program.
    pub(super) fn has_in_base(&self, systems: &[String]) -> bool {
        systems.contains(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::{constructs, families, programs};

    #[test]
    fn the_tables_can_be_read() {
        assert_eq!(
            families().iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
            ["NetBSD", "OpenBSD", "FreeBSD"]
        );
        for construct in constructs().values() {
            for system in &construct.lacks {
                assert!(families().iter().any(|one| one.name == *system), "{system}");
            }
        }
        assert!(programs().wrapper.contains_key("daemon"));
    }

    #[test]
    fn what_is_required_is_provided() {
        for family in families() {
            for needs in family.provisions.values() {
                for need in needs {
                    assert!(family.provisions.contains_key(need), "{}: {need}", family.name);
                }
            }
        }
    }
}
