//! Checks of files and directories.
use crate::finding::{Rule, Severity};

/// A configuration file cannot be read.
pub static CONFIG: Rule = Rule {
    code: "PW6020",
    title: "a configuration file cannot be read",
    severity: Severity::Error,
    what: "Each configuration file is where the service reads it, a regular file, and its user may read it.",
    effect: "The server does not start.",
    mend: "Copy the sample, or let the service's group read the file.",
    source: "the recipe's [[service.config]]",
    examples: &[],
};

/// A configuration file has an error in it.
pub static CONFIG_SYNTAX: Rule = Rule {
    code: "PW6021",
    title: "a configuration file has an error in it",
    severity: Severity::Error,
    what: "TOML, JSON, YAML and INI files are parsed; other formats are not judged.",
    effect: "The server does not start.",
    mend: "Mend the line.",
    source: "toml.io, RFC 8259, yaml.org, the formats of the `ini` crate",
    examples: &[],
};

/// A configuration file has the wrong permissions.
pub static CONFIG_MODE: Rule = Rule {
    code: "PW6022",
    title: "a configuration file has the wrong permissions",
    severity: Severity::Error,
    what: "A file that the recipe gives a mode without anything for others is not readable by others, and no \
              configuration is writable by others or by the service.",
    effect: "Everybody on the host reads the keys and passwords in it; a server that is broken into changes its \
              own configuration.",
    mend: "chown and chmod as the recipe says.",
    source: "the recipe's `mode`",
    examples: &[],
};

/// A setting that this system needs is missing.
pub static SETTING: Rule = Rule {
    code: "PW6023",
    title: "a setting that this system needs is missing",
    severity: Severity::Error,
    what: "The settings that the build option in use asks for on this OS are in the live configuration file.",
    effect: "What the recipe says of the option: GoToSocial with `nowasm` dies of SIGBUS on NetBSD with the \
              write-ahead log.",
    mend: "Write the setting, and restart the service.",
    source: "the recipe's [option.on.OS] settings",
    examples: &[],
};

/// A directory of the service is not usable.
pub static DIRECTORY: Rule = Rule {
    code: "PW6030",
    title: "a directory of the service is not usable",
    severity: Severity::Error,
    what: "Each directory of its state, and that of its log, is there, and the service's user may write to it: \
              by making and removing a file as that user on the live host, by owner and mode in a root. Others \
              may not.",
    effect: "The server does not start, or loses what it is given.",
    mend: "Make the directory with its owner and mode.",
    source: "the recipe's [[service.data]]",
    examples: &[],
};

/// The file system is nearly full.
pub static SPACE: Rule = Rule {
    code: "PW6031",
    title: "the file system is nearly full",
    severity: Severity::Warning,
    what: "The room on the file system of each directory of state: as much as its databases have once more, and \
              64 MiB in any case; not mounted for reading only.",
    effect: "Writing fails with a full disk; a dump or VACUUM of the database needs its size once more.",
    mend: "Make room.",
    source: "statvfs(3); sqlite.org/lang_vacuum.html",
    examples: &[],
};

/// A database is on a file system on which locks fail.
pub static FILE_SYSTEM: Rule = Rule {
    code: "PW6032",
    title: "a database is on a file system on which locks fail",
    severity: Severity::Warning,
    what: "The type of the file system under each SQLite database.",
    effect: "SQLite on a network file system corrupts its files when locks fail silently; the write-ahead log \
              needs shared memory.",
    mend: "Move the database to a local file system.",
    source: "sqlite.org/howtocorrupt.html, sqlite.org/wal.html",
    examples: &[],
};

/// A database file is none.
pub static SQLITE: Rule = Rule {
    code: "PW6080",
    title: "a database file is none",
    severity: Severity::Error,
    what: "The header of each SQLite database, and that its size is that of its pages.",
    effect: "The server does not start.",
    mend: "Restore the database from a backup.",
    source: "sqlite.org/fileformat2.html, 1.3",
    examples: &[],
};

/// A database was left with an open journal.
pub static JOURNAL: Rule = Rule {
    code: "PW6081",
    title: "a database was left with an open journal",
    severity: Severity::Warning,
    what: "The journal mode in the header, a rollback journal or write-ahead log beside the database, and who \
              owns them.",
    effect: "Files of another owner keep the server out of its own database. A copy without the log lacks the \
              last transactions.",
    mend: "Start and stop the server once, or chown the files.",
    source: "sqlite.org/fileformat2.html, 1.3.3 and 4; sqlite.org/wal.html",
    examples: &[],
};

/// A database is damaged.
pub static INTEGRITY: Rule = Rule {
    code: "PW6082",
    title: "a database is damaged",
    severity: Severity::Error,
    what: "PRAGMA quick_check by the sqlite3 of the machine that asks, for reading only: in a root, and with a \
              server that is stopped, in a way that touches neither locks nor logs.",
    effect: "Queries fail, or answer wrongly.",
    mend: "sqlite3 DATABASE .recover into a new file, or restore a backup.",
    source: "sqlite.org/pragma.html#pragma_quick_check, sqlite.org/uri.html",
    examples: &[],
};

/// The package is not installed.
pub static PACKAGE: Rule = Rule {
    code: "PW6090",
    title: "the package is not installed",
    severity: Severity::Warning,
    what: "The package database: the package that has the server's program.",
    effect: "Updates and security advice pass the server by.",
    mend: "Install the package.",
    source: "pkg_info(1), pkg-info(8)",
    examples: &[],
};

/// Files of the package are not as they were installed.
pub static PACKAGE_FILES: Rule = Rule {
    code: "PW6091",
    title: "files of the package are not as they were installed",
    severity: Severity::Error,
    what: "The checksums of the package's packing list, or of FreeBSD's database (read by sqlite3); where they \
              cannot be read, the OS's own command.",
    effect: "What runs is not what was packaged.",
    mend: "Install the package again.",
    source: "pkg_create(1), pkg_check(8), pkg-check(8)",
    examples: &[],
};
