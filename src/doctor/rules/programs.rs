//! Checks of programs.
use crate::finding::{Rule, Severity};

/// A program that the server runs is not to be found.
pub static PROGRAM: Rule = Rule {
    code: "PW6001",
    title: "a program that the server runs is not to be found",
    severity: Severity::Error,
    what: "Each [[program]] of the recipe is looked for under its exact name in the PATH that the service gets, \
              as a regular file behind its links that the service's user may run. A similar name, and a hit in the \
              caller's PATH only, are named.",
    effect: "The server starts and fails at the first thing that needs the program, or does not start at all.",
    mend: "Give the program the name that the server looks for by a link in a directory of the service's own \
              PATH; installing it, or exporting PATH in a shell, does not reach a service.",
    source: "execvp(3); rc(8), smf_method(7) and login.conf(5) for the PATH of services",
    examples: &[],
};

/// A program is older than the server needs.
pub static VERSION: Rule = Rule {
    code: "PW6002",
    title: "a program is older than the server needs",
    severity: Severity::Error,
    what: "The version of a program whose recipe asks for one: by running the recipe's probe as the service's \
              user with a time limit, on the live host, and in a root with --run-programs; otherwise by the package \
              that has the very file which the service finds.",
    effect: "The server calls it with arguments that it does not know.",
    mend: "Update the package.",
    source: "the recipe's `version` and `probe`",
    examples: &[],
};

/// The server itself cannot be run.
pub static SERVER: Rule = Rule {
    code: "PW6003",
    title: "the server itself cannot be run",
    severity: Severity::Error,
    what: "The program of the service is there, is a regular file, and its user may run it.",
    effect: "The service does not start. rc.subr(8) even says nothing about it and ends with 0.",
    mend: "Install the package, or mend the permissions.",
    source: "rc.subr(8): `[ -x \"$_cmd\" ] || return 0`",
    examples: &[],
};

/// A shared library is missing.
pub static LIBRARIES: Rule = Rule {
    code: "PW6004",
    title: "a shared library is missing",
    severity: Severity::Error,
    what: "The libraries that the server and its programs need, and those that these need, are looked for below \
              the root, for the same machine: by RPATH and RUNPATH as the OS's dynamic linker takes them, then in \
              its own directories and those of ld.so.conf. On OpenBSD a higher minor number will do. The \
              interpreter of a script is looked for, too.",
    effect: "The dynamic linker ends the program before its first line.",
    mend: "Install the package that has the library.",
    source: "ELF gABI, chapter 5; ld.elf_so(1), ld.so(1)",
    examples: &[],
};
