//! Checks of accounts and of the service as its manager knows it.
use crate::finding::{Rule, Severity};

/// The user of the service is not as it should be.
pub static USER: Rule = Rule {
    code: "PW6010",
    title: "the user of the service is not as it should be",
    severity: Severity::Error,
    what: "The user that the installed script or manifest names is in the host's passwd; it is the recipe's and \
              not root.",
    effect: "Without the user the service does not start; as root, every hole of the server is one of the host.",
    mend: "Make the user, or set it in rc.conf.",
    source: "passwd(5), rc.subr(8), smf_method(7)",
    examples: &[],
};

/// The group of the service is not as it should be.
pub static GROUP: Rule = Rule {
    code: "PW6011",
    title: "the group of the service is not as it should be",
    severity: Severity::Error,
    what: "The group of the recipe is in the host's group file and the user belongs to it.",
    effect: "The server cannot read its configuration, which only its group may.",
    mend: "Make the group, or add the user to it.",
    source: "group(5)",
    examples: &[],
};

/// The home directory or the shell of the user is odd.
pub static HOME: Rule = Rule {
    code: "PW6012",
    title: "the home directory or the shell of the user is odd",
    severity: Severity::Warning,
    what: "The home directory that passwd names is there, and the shell is one that lets nobody in.",
    effect: "A server that looks for something at home fails; with a real shell the account can be logged in to.",
    mend: "Make the directory; usermod -s the shell.",
    source: "passwd(5), su(1)",
    examples: &[],
};

/// The service is not registered.
pub static REGISTERED: Rule = Rule {
    code: "PW6060",
    title: "the service is not registered",
    severity: Severity::Error,
    what: "An rc.d script where rc(8) looks, or an SMF manifest where it is imported from.",
    effect: "Nothing starts the server, now or at boot.",
    mend: "Put the script or manifest there.",
    source: "rc(8), smf(7); pkgsrc copies rc.d scripts only with PKG_RCD_SCRIPTS=yes",
    examples: &[],
};

/// The service is not enabled.
pub static ENABLED: Rule = Rule {
    code: "PW6061",
    title: "the service is not enabled",
    severity: Severity::Error,
    what: "The variable of rc.conf, pkg_scripts, or general/enabled of the instance.",
    effect: "The server is not there after the next boot.",
    mend: "Enable it.",
    source: "rc.conf(5), rcctl(8), svcadm(8)",
    examples: &[],
};

/// The service is not running as it should.
pub static RUNNING: Rule = Rule {
    code: "PW6062",
    title: "the service is not running as it should",
    severity: Severity::Warning,
    what: "On the live host: what the service manager says of it, with the last lines of its log.",
    effect: "Nobody is served.",
    mend: "Look at the log, mend what it says, and start the service (svcadm clear after maintenance).",
    source: "svcs(1), smf(7)",
    examples: &[],
};

/// The PATH of the service is not safe.
pub static PATH: Rule = Rule {
    code: "PW6063",
    title: "the PATH of the service is not safe",
    severity: Severity::Error,
    what: "The directories in the PATH that the service gets are absolute and nobody else may write to them.",
    effect: "Whoever may write there decides what the server runs.",
    mend: "Take the directory out of the PATH, or take the permission away.",
    source: "exec(3)",
    examples: &[],
};
