//! What rcorder(8) reads of one script.
use super::super::model::Model;
use crate::diag::did_you_mean;
use crate::finding::{Example, Finding, Fix, Rule, Severity};

pub(super) static PROVIDE: Rule = Rule {
    code: "PW2009",
    title: "the script provides nothing",
    severity: Severity::Warning,
    what: "rcorder(8) orders scripts by the names behind `# PROVIDE:`. There is none.",
    effect: "NetBSD: the script runs at boot at a place that nothing decides, and no other script can ask for it. FreeBSD: \
             rc takes scripts of packages only when they have a line that begins with `# PROVIDE:`; this one is never run \
             at boot.",
    mend: "Write `# PROVIDE: lantern` and `# REQUIRE: DAEMON` at the top, directly below each other.",
    source: "sbin/rcorder/rcorder.c of both; freebsd-src libexec/rc/rc.subr, find_local_scripts_new",
    examples: &[Example { bad: "# PROVIDER lantern\n", good: "# PROVIDE: lantern\n" }],
};

pub(super) static IGNORED: Rule = Rule {
    code: "PW2010",
    title: "a line is meant for rcorder and not read by it",
    severity: Severity::Warning,
    what: "rcorder(8) reads lines that begin exactly with `# PROVIDE:`, `# REQUIRE:`, `# BEFORE:` or `# KEYWORD:`. The \
           first line that is none of them, be it `#` alone, ends the block for good.",
    effect: "The line is a comment: what it asks for is not waited for, and without `KEYWORD: shutdown` the service is not \
             stopped when the system goes down.",
    mend: "Write it as the others, directly below them.",
    source: "sbin/rcorder/rcorder.c of NetBSD and FreeBSD, crunch_file",
    examples: &[Example { bad: "#KEYWORD: shutdown\n", good: "# KEYWORD: shutdown\n" }],
};

pub(super) static KEYWORD: Rule = Rule {
    code: "PW2011",
    title: "a keyword that means nothing",
    severity: Severity::Warning,
    what: "The words behind `# KEYWORD:` are what rc tells rcorder(8) to leave out or to take alone. This one is none of \
           them.",
    effect: "Nothing looks for it. When `shutdown` was meant, the service is not stopped when the system goes down.",
    mend: "Write `# KEYWORD: shutdown` for a server, or remove the line.",
    source: "etc/rc and etc/rc.shutdown of NetBSD; libexec/rc/rc and rc.shutdown of FreeBSD",
    examples: &[Example { bad: "# KEYWORD: rust\n", good: "# KEYWORD: shutdown\n" }],
};

pub(super) static SHUTDOWN: Rule = Rule {
    code: "PW2033",
    title: "the service is not stopped when the system goes down",
    severity: Severity::Note,
    what: "rc.shutdown runs the scripts with `# KEYWORD: shutdown` only. This one has a way of its own to stop a program \
           (stop_precmd, stop_cmd, stop_postcmd, sig_stop), and has not got it.",
    effect: "When the system goes down the server runs until init sends all processes SIGTERM and, soon after, SIGKILL: its \
             own way to stop is not used, it has seconds to write what it has in memory, and what it depends on may go first.",
    mend: "Write `# KEYWORD: shutdown` below the REQUIRE line.",
    source: "etc/rc.shutdown of NetBSD and FreeBSD; init(8)",
    examples: &[Example {
        bad: "# REQUIRE: DAEMON NETWORKING\n\n",
        good: "# REQUIRE: DAEMON NETWORKING\n# KEYWORD: shutdown\n\n",
    }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    if model.family.is_openbsd() {
        return;
    }
    ignored(model, out);
    keywords(model, out);
    let started_at_boot = !model.header.keyword.iter().any(|word| word.name == "nostart");
    if model.header.provide.is_empty() && model.run.is_some() && started_at_boot {
        let finding = Finding::new(&PROVIDE, model.top(), "there is no line `# PROVIDE:`");
        // What is called NAME.sh is run at boot in the old way, by localpkg.
        let old = model.source.path.to_string_lossy().contains(".sh");
        out.push(if model.family.is_freebsd() && !old { finding.severity(Severity::Error) } else { finding });
    } else if model.header.keyword.is_empty() && model.header.ignored.is_empty() {
        shutdown(model, out);
    }
}

/// Most servers may be ended by init's signals; one with a stop of its own is meant to be stopped.
fn shutdown(model: &Model<'_>, out: &mut Vec<Finding>) {
    let stops = ["stop_precmd", "stop_cmd", "stop_postcmd", "sig_stop"];
    let Some(set) = stops.iter().find_map(|name| model.sets_of(name).next()) else { return };
    let nothing = matches!(model.text[set.value_span.clone()].trim_matches('"'), ":" | "" | "KILL");
    if nothing || !model.is_set("command") {
        return;
    }
    let span = model.header.block.clone().unwrap_or(0..0);
    let start = model.text[..span.end].rfind('\n').map_or(0, |end| end + 1);
    out.push(
        Finding::new(&SHUTDOWN, model.at(start..span.end), "there is no `KEYWORD: shutdown`")
            .related(model.at(set.span.clone()), "it has a way of its own to stop"),
    );
}

fn ignored(model: &Model<'_>, out: &mut Vec<Finding>) {
    // A header of Linux' own kind has the same words.
    let linux = model.text.contains("### BEGIN INIT INFO");
    for line in model.header.ignored.iter().filter(|line| !(linux && line.spelt.is_some())) {
        let text = &model.text[line.span.clone()];
        let why = if line.spelt.is_some() { "is not written as rcorder reads it" } else { "stands behind the block" };
        let mut finding = Finding::new(&IGNORED, model.at(line.span.clone()), format!("`{}` {why}", text.trim_end()));
        // What stands elsewhere has to be moved, which is for a person to do.
        let before = model.text[..line.span.start.saturating_sub(1)].rfind('\n').map_or(0, |end| end + 1);
        let above = &model.text[before..line.span.start];
        let joins = ["# PROVIDE", "# REQUIRE", "# BEFORE", "# KEYWORD"].iter().any(|tag| above.starts_with(tag));
        if let Some(spelt) = line.spelt.as_ref().filter(|_| joins || model.header.block.is_none()) {
            finding = finding.fix(Fix::new("write it as rcorder reads it", line.span.clone(), spelt.clone()));
        }
        out.push(finding);
    }
}

fn keywords(model: &Model<'_>, out: &mut Vec<Finding>) {
    for word in &model.header.keyword {
        if model.family.keywords.contains(&word.name) || word.name.contains(['%', '@']) {
            continue;
        }
        let known = model.family.keywords.iter().map(String::as_str);
        let near = did_you_mean(&word.name.to_ascii_lowercase(), known);
        let mut finding = Finding::new(
            &KEYWORD,
            model.at(word.span.clone()),
            match near {
                Some(near) => format!("`{}` means nothing; did you mean `{near}`?", word.name),
                None => format!("`{}` means nothing", word.name),
            },
        );
        if let Some(near) = near.filter(|near| near.eq_ignore_ascii_case(&word.name)) {
            finding = finding.fix(Fix::new("write it in small letters", word.span.clone(), near));
        }
        out.push(finding);
    }
}
