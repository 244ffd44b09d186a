//! Checks of the machine.
use crate::finding::{Rule, Severity};

/// An address that the server listens on is taken.
pub static LISTEN: Rule = Rule {
    code: "PW6040",
    title: "an address that the server listens on is taken",
    severity: Severity::Error,
    what: "On the live host: the recipe's addresses can be bound, or the service itself holds them, as the OS's \
              own command says (sockstat, fstat, netstat -u, ss).",
    effect: "The server ends at once.",
    mend: "Stop what holds the address, or configure another.",
    source: "bind(2)",
    examples: &[],
};

/// The user may not listen on a port.
pub static LOW_PORT: Rule = Rule {
    code: "PW6041",
    title: "the user may not listen on a port",
    severity: Severity::Error,
    what: "Ports below the first free one of the OS, when the service does not run as root and has no privilege \
              for it.",
    effect: "The server ends at once with a permission error.",
    mend: "Listen on a high port behind a proxy, or give the privilege (SMF: net_privaddr).",
    source: "ip(4), privileges(7), the profile's first-free-port",
    examples: &[],
};

/// There is not enough memory.
pub static MEMORY: Rule = Rule {
    code: "PW6050",
    title: "there is not enough memory",
    severity: Severity::Error,
    what: "The memory that the chosen build option needs, against physical memory (of the live host, of its \
              last boot messages, or as --memory says), caps of the zone, limits of the login class, of limits(1) \
              and of ulimit in the script or rc.conf.",
    effect: "The server does not start, or is ended when it grows.",
    mend: "Choose another build option, or give the machine or zone more.",
    source: "the recipe's `memory`; sysctl(7), resource_controls(7), login.conf(5)",
    examples: &[],
};

/// Too few files may be open.
pub static OPEN_FILES: Rule = Rule {
    code: "PW6051",
    title: "too few files may be open",
    severity: Severity::Error,
    what: "The soft limit of open files that the service gets against what the recipe needs.",
    effect: "Under load, connections and files fail with EMFILE.",
    mend: "Raise the limit where the service gets it from.",
    source: "getrlimit(2), login.conf(5), limits(1), process.max-file-descriptor in resource_controls(7)",
    examples: &[],
};

/// The clock is wrong.
pub static CLOCK: Rule = Rule {
    code: "PW6070",
    title: "the clock is wrong",
    severity: Severity::Error,
    what: "On the live host: the clock is not before this program was written, nor files of the system in its \
              future by more than a day.",
    effect: "Certificates and signatures of other servers are refused.",
    mend: "Set the clock and start a time service.",
    source: "the mtime of the host's own files",
    examples: &[],
};

/// This does not work on this system.
pub static OPTION: Rule = Rule {
    code: "PW6071",
    title: "this does not work on this system",
    severity: Severity::Error,
    what: "Whether the recipe calls the server, or the build option in use, broken on this OS. Which option is \
              in use is known from --option or from the package database.",
    effect: "It does not build, does not start or dies.",
    mend: "Use another option, or another system.",
    source: "the recipe's `broken`",
    examples: &[],
};
