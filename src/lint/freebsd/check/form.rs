//! The form of the Makefile.
use crate::finding::{Edit, Fix, Place};
use crate::lint::freebsd::facts::{NOT_A_PORTS, OBSOLETE};
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::makefile::{Makefile, Op, Statement};
use crate::lint::package::{Out, lines, trailing};

pub(super) fn check(package: &Package, out: &mut Out) {
    let makefile = &package.makefile;
    blank_lines(makefile, out);
    tabs(makefile, out);
    last_line(package, out);
    names(package, out);
    commands(package, out);
    texts(makefile, out);
    for name in ["Makefile", "pkg-descr", "pkg-plist"] {
        if let Some(source) = package.directory.get(name) {
            trailing(source, &rules::TRAILING, out);
        }
    }
    for (name, source) in package.directory.files.iter().filter(|(name, _)| !name.starts_with("files/patch-")) {
        let found = lines(&source.text)
            .find_map(|(line, span)| Some((line, span.clone(), span.start + line.find("$FreeBSD")?)));
        let Some((line, span, at)) =
            found.filter(|(line, _, _)| line.contains("$FreeBSD$") || line.contains("$FreeBSD:"))
        else {
            continue;
        };
        let alone = line.trim_start_matches(['#', ' ', '\t']).trim_start_matches("@comment ").starts_with("$FreeBSD");
        out.say_with(&rules::RCS_TAG, Place::text(source, at..span.end), format!("`{name}` has a tag"), |finding| {
            let line = span.start..(span.end + 1).min(source.text.len());
            if alone { finding.fix(Fix::new("take out the line with the tag", line, "")) } else { finding }
        });
    }
}

fn blank_lines(makefile: &Makefile, out: &mut Out) {
    let text = &makefile.source.text;
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("\n\n\n").map(|more| at + more) {
        let end = start + (text[start..].len() - text[start..].trim_start_matches('\n').len());
        edits.push(Edit { span: start + 2..end, text: String::new() });
        at = end;
    }
    if let Some(first) = edits.first() {
        let place = makefile.place(first.span.clone());
        let fix = Fix { what: "leave one empty line between blocks".to_owned(), edits: edits.clone() };
        out.say_with(&rules::BLANK_LINES, place, "there are several empty lines in a row", |finding| finding.fix(fix));
    }
}

fn tabs(makefile: &Makefile, out: &mut Out) {
    let mut edits = Vec::new();
    for (assign, _) in makefile.assignments() {
        if assign.value.is_empty() {
            continue;
        }
        let between = makefile.text(&(assign.name_span.end..assign.value.start));
        let Some(equals) = between.find('=') else { continue };
        let blanks = &between[equals + 1..];
        // A continuation line comes before the value.
        if blanks.contains(' ') && !blanks.contains('\\') {
            let start = assign.name_span.end + equals + 1;
            edits.push(Edit { span: start..assign.value.start, text: "\t".to_owned() });
        }
    }
    let indented = lines(&makefile.source.text).find(|(line, _)| line.starts_with("        "));
    match (edits.first(), indented) {
        (Some(first), _) => {
            let message = match edits.len() {
                1 => "a value is separated by blanks".to_owned(),
                count => format!("{count} values are separated by blanks"),
            };
            let place = makefile.place(first.span.clone());
            let fix = Fix { what: "write tabs before values".to_owned(), edits: edits.clone() };
            out.say_with(&rules::TABS, place, message, |finding| finding.fix(fix));
        }
        (None, Some((_, span))) => {
            out.say(&rules::TABS, makefile.place(span.start..span.start + 8), "the line is indented with blanks");
        }
        (None, None) => {}
    }
}

fn last_line(package: &Package, out: &mut Out) {
    let makefile = &package.makefile;
    let last = makefile.statements.iter().rev().find(|statement| !matches!(statement, Statement::Undef(_)));
    let good = match last {
        Some(Statement::Include(include)) => {
            matches!(include.path.as_str(), "bsd.port.mk" | "bsd.port.post.mk" | "bsd.port.subdir.mk")
                || include.path.starts_with("${MASTERDIR}")
                || !include.system
        }
        // A conditional choice of master ports.
        Some(Statement::If(_)) => true,
        _ => false,
    };
    if !good {
        let included = makefile
            .includes()
            .into_iter()
            .find(|(include, _)| include.system && include.path.starts_with("bsd.port."));
        let place = included.map_or_else(
            || package.directory.place_of("Makefile"),
            |(include, _)| makefile.place(include.span.clone()),
        );
        out.say(&rules::LAST_LINE, place, "something follows the include of the framework, or there is none");
    }
}

fn names(package: &Package, out: &mut Out) {
    let makefile = &package.makefile;
    let mut uses = None;
    let mut late = None;
    for (assign, inside) in makefile.assignments() {
        let place = || makefile.place(assign.name_span.clone());
        let name = assign.name.as_str();
        if let Some((_, instead)) = OBSOLETE.iter().find(|(old, _)| *old == name) {
            out.say(&rules::OBSOLETE, place(), format!("`{name}` is not looked at any more; there is {instead}"));
        }
        if NOT_A_PORTS.contains(&name) {
            out.say(&rules::NOT_A_PORTS, place(), format!("`{name}` is not a port's"));
        }
        if assign.op == Op::Shell {
            out.say(&rules::SHELL, place(), format!("`{name}` is the output of a command"));
        }
        if name == "USES" && uses.is_none() {
            uses = Some(assign.span.start);
        }
        if name.starts_with("USE_") && !inside && late.is_none() {
            late = Some(assign);
        }
        if matches!(name, "ONLY_FOR_ARCHS" | "NOT_FOR_ARCHS") {
            let text = makefile.text(&assign.value);
            let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "\\").collect();
            if !words.is_sorted() && !text.contains('$') {
                out.say(&rules::UNSORTED, makefile.place(assign.value.clone()), format!("`{name}` is not sorted"));
            }
        }
    }
    if let (Some(uses), Some(late)) = (uses, late)
        && late.span.start < uses
    {
        let message = format!("`{}` stands before USES", late.name);
        out.say(&rules::USES_LATE, makefile.place(late.name_span.clone()), message);
    }
}

fn commands(package: &Package, out: &mut Out) {
    let makefile = &package.makefile;
    for (target, _) in makefile.targets() {
        for (name, span) in &target.names {
            if matches!(name.as_str(), "fetch" | "extract" | "patch" | "configure" | "build" | "install") {
                let message = format!("`{name}` is the framework's");
                out.say(&rules::TARGET, makefile.place(span.clone()), message);
            }
        }
        for command in &target.commands {
            if command.text.starts_with("@${INSTALL_") {
                out.say(&rules::MUTED, makefile.place(command.span.clone()), "the installation is not shown");
            }
        }
    }
}

/// References that are better written otherwise.
fn texts(makefile: &Makefile, out: &mut Out) {
    let text = &makefile.source.text;
    let comment = |at: usize| makefile.comments.iter().any(|comment| comment.contains(&at));
    if let Some(at) = text.match_indices("${ENV}").map(|(at, _)| at).find(|at| !comment(*at)) {
        out.say(&rules::ENV, makefile.place(at..at + 6), "`${ENV}` is the file that sh(1) reads");
    }
    let parenthesis = text.match_indices("$(").map(|(at, _)| at).find(|at| {
        let rest = &text[at + 2..];
        let length = rest.find(|one: char| !(one.is_ascii_alphanumeric() || one == '_')).unwrap_or(rest.len());
        length > 0 && rest[length..].starts_with(')') && !text[..*at].ends_with('$') && !comment(*at)
    });
    if let Some(at) = parenthesis {
        let end = text[at..].find(')').map_or(text.len(), |more| at + more + 1);
        out.say(
            &rules::PARENTHESES,
            makefile.place(at..end),
            format!("write `{}`", text[at..end].replace('(', "{").replace(')', "}")),
        );
    }
}
