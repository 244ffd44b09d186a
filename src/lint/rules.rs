//! The rules of the core, which are about lint itself, and the way to all others.
use crate::finding::{Example, Rule, Severity, markdown};

/// A comment that is to allow something and cannot be understood.
pub(super) static ALLOW_UNCLEAR: Rule = Rule {
    code: "PW0001",
    title: "a comment that is to allow a finding allows nothing",
    severity: Severity::Warning,
    what: "A comment that begins with `portwright:` is read as `portwright: allow CODE[, CODE …]: REASON`. It is about \
           the element or line that follows it; before the root element of an XML document, about the whole file. \
           Something is missing in this one.",
    effect: "Nothing is allowed: the findings are reported as without the comment.",
    mend: "Write `portwright: allow PW1113: the reason in a few words`.",
    source: "portwright",
    examples: &[Example {
        bad: "<!-- portwright: allow PW1113 -->",
        good: "<!-- portwright: allow PW1113: part of the system image, which is complete when it boots -->",
    }],
};

/// A comment that allows what is not there.
pub(super) static ALLOW_UNUSED: Rule = Rule {
    code: "PW0002",
    title: "a comment allows what is not found",
    severity: Severity::Warning,
    what: "A comment allows a code, and nothing with that code is found where the comment reaches.",
    effect: "Nothing now; when the finding comes back some day, the comment hides it, whether or not its reason still \
             holds.",
    mend: "Remove the code, or the whole comment; or move it directly before what it is about.",
    source: "portwright",
    examples: &[Example {
        bad: "<!-- portwright: allow PW1111: never stopped -->",
        good: "<!-- portwright: allow PW1113: part of the system image, which is complete when it boots -->",
    }],
};

/// A comment that allows a code that does not exist.
pub(super) static ALLOW_UNKNOWN: Rule = Rule {
    code: "PW0003",
    title: "a comment allows a code that does not exist",
    severity: Severity::Warning,
    what: "The code in the comment is none of those that `portwright explain` lists.",
    effect: "Nothing is allowed by it.",
    mend: "Write the code as it stands in the finding.",
    source: "portwright",
    examples: &[Example {
        bad: "<!-- portwright: allow PW9999: no reason -->",
        good: "<!-- portwright: allow PW1113: part of the system image, which is complete when it boots -->",
    }],
};

/// More of the same in a file than anybody reads.
pub(super) static MORE: Rule = Rule {
    code: "PW0004",
    title: "more of the same is not listed",
    severity: Severity::Note,
    what: "A file has more than 1000 findings of one code. The first 1000 are listed and counted.",
    effect: "The others are as those that are listed.",
    mend: "Look at the first ones: the file is broken as a whole, or it is none of packaging.",
    source: "portwright",
    examples: &[],
};

/// The rules of the core, by code.
static CORE: &[&Rule] = &[&ALLOW_UNCLEAR, &ALLOW_UNUSED, &ALLOW_UNKNOWN, &MORE];

/// All rules of all rule sets and of the doctor, by code.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    let sets = super::rule_sets().iter().flat_map(|set| set.rules());
    CORE.iter().chain(sets).chain(crate::doctor::rules::RULES).copied()
}

/// The rule with a code; case does not matter.
#[must_use]
pub fn find_rule(code: &str) -> Option<&'static Rule> {
    all_rules().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

/// A chapter of the documentation: its title, what it says at its beginning, and whether a code belongs to it.
type Chapter<'a> = (&'a str, &'a str, &'a dyn Fn(&str) -> bool);

/// The documentation of all rules, as it stands in the repository.
#[must_use]
pub fn documentation() -> String {
    let chapters: [Chapter<'_>; 11] = [
        ("Lint itself", "", &|code| code < "PW1000"),
        (
            "SMF: what svccfg refuses",
            "The rules of svccfg, libscf and svc.configd by number, for manifests, profiles and archives. An error is \
             what makes `svccfg validate` fail.",
            &|code| ("PW1000".."PW1100").contains(&code),
        ),
        (
            "SMF: what fails at run time",
            "svccfg takes all of this. With PW1130 and up lint says what a file alone does not decide.",
            &|code| ("PW1100".."PW2000").contains(&code),
        ),
        (
            "rc.d scripts",
            "What holds on several systems: NetBSD with pkgsrc, OpenBSD, FreeBSD. A rule speaks of a system only when its \
             rc.subr, its shell or its boot is so.",
            &|code| ("PW2000".."PW2100").contains(&code),
        ),
        ("rc.d scripts of NetBSD and pkgsrc", "", &|code| ("PW2100".."PW2200").contains(&code)),
        ("rc.d scripts of OpenBSD", "", &|code| ("PW2200".."PW2300").contains(&code)),
        ("rc.d scripts of FreeBSD", "", &|code| ("PW2300".."PW2400").contains(&code)),
        (
            "Packages of pkgsrc",
            "A directory whose Makefile ends with mk/bsd.pkg.mk is judged as a whole: Makefile, options.mk, distinfo, PLIST, \
             patches and files/. What Cargo.lock decides is decided when it is at hand.",
            &|code| ("PW3000".."PW4000").contains(&code),
        ),
        (
            "Ports of OpenBSD",
            "A directory whose Makefile ends with `<bsd.port.mk>`: portcheck's rules for texts, and what a cargo port needs \
             beyond them.",
            &|code| ("PW4000".."PW5000").contains(&code),
        ),
        (
            "Ports of FreeBSD",
            "A directory whose Makefile has PORTNAME, USES and the like and ends with `<bsd.port.mk>`: portlint's rules for \
             order and form, and what the framework does not say.",
            &|code| ("PW5000".."PW6000").contains(&code),
        ),
        (
            "The doctor",
            "What is said of a host rather than of files: each check comes out as bad, warn, unknown or ok.",
            &|code| ("PW6000".."PW7000").contains(&code),
        ),
    ];
    let mut text = String::from(
        "# What lint finds\n\n\
         Written by `portwright explain --markdown`; a test compares. Codes are stable: one that is given up is never \
         given to another rule.\n\n\
         An *error* is refused by the OS or cannot work, a *warning* is accepted and goes wrong at run time, a *note* \
         breaks nothing. *Unknown* is what could not be decided; it is never counted as good. Errors make lint exit \
         with 1, and with `--strict` warnings do, too.\n",
    );
    for (title, about, part) in chapters {
        let about = if about.is_empty() { String::new() } else { format!("\n{about}\n") };
        text = format!("{text}\n## {title}\n{about}{}", markdown(all_rules().filter(|rule| part(rule.code))));
    }
    text
}
