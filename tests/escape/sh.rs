//! The shells as judges.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use portwright::emit::dialect::{Dialect, Form};

use crate::judges::{judge, output, shells, split_nul};
use crate::subst::pkg_subst;
use crate::values::{accepted, assert_same, hostile, render};

fn holds(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t')
}

fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || "_./:=,@%+-".contains(c))
}

/// Whether pkgsrc would find a name to replace in the text.
fn has_token(text: &str) -> bool {
    let parts: Vec<_> = text.split('@').collect();
    let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().any(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c)))
}

/// Whether FreeBSD's ports would find a name to replace in the text.
fn has_ports_token(text: &str) -> bool {
    text.match_indices("%%").any(|(at, _)| {
        let rest = &text[at + 2..];
        let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_.-".contains(c)).len();
        name > 0 && rest[name..].starts_with("%%")
    })
}

/// Whether the form would replace something in the text.
fn is_replaced(text: &str, form: Form) -> bool {
    match form {
        Form::Package => has_token(text),
        Form::Ports => has_ports_token(text),
        // Two quotes keep every dollar apart.
        Form::PkgSubst | Form::Resolved => false,
    }
}

/// What FreeBSD's ports do to `SUB_FILES`, for any name.
fn sub_files(script: &str, dir: &Path) -> String {
    let path = dir.join("sub.in");
    fs::write(&path, script).unwrap();
    let mut sed = Command::new("sed");
    sed.args(["-e", "s!%%[A-Za-z0-9_.-][A-Za-z0-9_.-]*%%!REPLACED!g"]).arg(&path);
    String::from_utf8(output(&mut sed, dir)).unwrap()
}

/// What pkgsrc does to rc.d scripts, for any name.
fn files_subst(script: &str, dir: &Path) -> String {
    let path = dir.join("subst.in");
    fs::write(&path, script).unwrap();
    let mut sed = Command::new("sed");
    sed.args(["-e", "s,@[A-Za-z0-9_.-][A-Za-z0-9_.-]*@,REPLACED,g"]).arg(&path);
    String::from_utf8(output(&mut sed, dir)).unwrap()
}

/// Renders the accepted texts with `template` for each, in both forms, and has the shells read them back.
fn read_back(shells: &[PathBuf], template: &str, expression: &str, representable: impl Fn(&str, Form) -> bool) {
    let dir = tempfile::tempdir().unwrap();
    for form in [Form::Package, Form::Ports, Form::PkgSubst, Form::Resolved] {
        let texts = accepted(Dialect::Sh, form, &expression.replace("{{ v", "{{ x"), |text| representable(text, form));
        let all = format!("{{% for v in x %}}{template}\n{{% endfor %}}");
        let mut script = render(Dialect::Sh, form, &all, &texts).unwrap();
        script = match form {
            Form::Package => files_subst(&script, dir.path()),
            Form::Ports => sub_files(&script, dir.path()),
            Form::PkgSubst => pkg_subst(&script),
            Form::Resolved => script,
        };
        let path = dir.path().join("script");
        fs::write(&path, script).unwrap();
        let helper = dir.path().join("show");
        fs::write(&helper, "if test \"$1\" = --env; then printf '%s\\0' \"$V\"; else printf '%s\\0' \"$@\"; fi\n")
            .unwrap();
        for shell in shells {
            let back = output(Command::new(shell).arg(&path).arg(&helper), dir.path());
            assert_same(&format!("{} ({form:?})", shell.display()), &texts, &split_nul(&back));
        }
    }
}

#[test]
fn words() {
    read_back(&shells(), "printf '%s\\0' {{ v }}", "{{ v }}", |text, _| holds(text));
}

#[test]
fn words_amid_words() {
    read_back(&shells(), "y=x{{ v }}y; y=${y#x}; printf '%s\\0' \"${y%y}\"", "{{ v }}", |text, _| holds(text));
}

#[test]
fn inside_double_quotes() {
    read_back(&shells(), "y=\"{{ v | dq }}\"; printf '%s\\0' \"$y\"", "{{ v | dq }}", |text, _| holds(text));
}

#[test]
fn default_of_a_variable() {
    read_back(&shells(), "unset y; : ${y:=\"{{ v | dq }}\"}; printf '%s\\0' \"$y\"", "{{ v | dq }}", |text, _| {
        holds(text)
    });
}

/// Each text here takes several processes; the inner shells are `sh` anyway.
fn some_shells() -> Vec<PathBuf> {
    ["sh", "mksh"].iter().filter_map(|name| judge(name)).collect()
}

/// `command_args`, as NetBSD's rc.subr runs them as another user; `sh -c` stands for `su -m user -c`.
#[test]
fn arguments_that_rc_subr_evaluates() {
    let template =
        "command_args=\"{{ v | rcargs }}\"; _doit=\"sh $1 $command_args\"\neval \"sh -c 'sh -c \\\"$_doit\\\"'\"";
    read_back(&some_shells(), template, "{{ v | rcargs }}", |text, form| {
        !text.is_empty() && is_plain(text) && !is_replaced(text, form)
    });
}

/// `daemon_flags`, as OpenBSD's rc.subr has `su -c` run them.
#[test]
fn flags_that_su_hands_to_a_shell() {
    let template = "daemon_flags=\"{{ v | folded_rcargs(column=14) }}\"\nsh -c \"sh $1 $daemon_flags\"";
    let expression = "{{ v | folded_rcargs(column=14) }}";
    read_back(&some_shells(), template, expression, |text, form| {
        !text.is_empty() && is_plain(text) && !is_replaced(text, form)
    });
}

/// `${name}_env`, likewise.
#[test]
fn environment_that_rc_subr_evaluates() {
    let template =
        "x_env=\"A=1 V={{ v | env_word }}\"; _doit=\"env $x_env sh $1 --env\"\neval \"sh -c 'sh -c \\\"$_doit\\\"'\"";
    read_back(&some_shells(), template, "{{ v | env_word }}", |text, form| {
        let ordinary = |c: char| "?!#^".contains(c) || is_plain(&c.to_string());
        text.chars().all(ordinary) && !is_replaced(text, form)
    });
}

#[test]
fn comments() {
    let dir = tempfile::tempdir().unwrap();
    let template = "# {{ x | comment }}";
    for form in [Form::Package, Form::Ports, Form::PkgSubst, Form::Resolved] {
        let texts = accepted(Dialect::Sh, form, template, holds);
        let script =
            render(Dialect::Sh, form, "{% for v in x %}# {{ v | comment }}\n{% endfor %}printf end", &texts).unwrap();
        match form {
            Form::Package => assert_eq!(files_subst(&script, dir.path()), script, "nothing to replace"),
            Form::Ports => assert_eq!(sub_files(&script, dir.path()), script, "nothing to replace"),
            Form::PkgSubst => assert_eq!(pkg_subst(&script), script, "nothing to replace"),
            Form::Resolved => {}
        }
        assert!(script.lines().all(|line| line.starts_with('#') || line == "printf end"));
        let path = dir.path().join("script");
        fs::write(&path, &script).unwrap();
        for shell in shells() {
            assert_eq!(output(Command::new(&shell).arg(&path), dir.path()), b"end");
        }
    }
}

#[test]
fn shellcheck_reads_it() {
    let Some(shellcheck) = judge("shellcheck") else { return };
    let dir = tempfile::tempdir().unwrap();
    let texts: Vec<_> = hostile().into_iter().filter(|text| holds(text)).collect();
    let script =
        render(Dialect::Sh, Form::Resolved, "#!/bin/sh\n{% for v in x %}printf '%s' {{ v }}\n{% endfor %}", &texts);
    let path = dir.path().join("script");
    fs::write(&path, script.unwrap()).unwrap();
    output(Command::new(shellcheck).args(["--severity=error"]).arg(&path), dir.path());
}
