//! Files of ports of OpenBSD.
//!
//! bmake reads the Makefiles: where it reads a value otherwise than OpenBSD's make does, the value is refused. A stand-in
//! written after src `usr.bin/make/lowparse.c` and `parsevar.c` reads them, too. Packing lists and `pkg_subst(1)` have
//! stand-ins after src `usr.sbin/pkg_add/OpenBSD/Subst.pm`.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use portwright::emit::dialect::{Dialect, Form};

use crate::judges::{judge, output, split_nul};
use crate::subst::pkg_subst;
use crate::values::{accepted, accepted_behind, assert_same, hostile, render};

fn holds(text: &str) -> bool {
    !text.chars().any(char::is_control)
        && !text.starts_with(' ')
        && !text.ends_with([' ', '\\'])
        && !text.contains("\\#")
}

/// A makefile with a line for each text.
fn makefile(line: &str, texts: &impl serde::Serialize) -> String {
    let whole = format!("{{% for v in x %}}{line}\n{{% endfor %}}");
    render(Dialect::OpenbsdMake, Form::Resolved, &whole, texts).unwrap()
}

/// bmake without its own rules, on a makefile.
fn bmake(make: &PathBuf, text: &str, dir: &Path) -> Command {
    let path = dir.join("makefile.mk");
    fs::write(&path, text).unwrap();
    let mut command = Command::new(make);
    command.args(["-r", "-s", "-f"]).arg(path);
    command
}

/// What OpenBSD's make has for the variables of a makefile of assignments of literals.
fn read(makefile: &str) -> Vec<String> {
    let joined = makefile.replace("\\\n", " ");
    let value = |line: &str| {
        let (_, value) = line.split_once('=').unwrap();
        let mut out = String::new();
        let mut chars = value.trim_start_matches([' ', '\t']).chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek()) {
                ('\\', Some('#')) if !out.ends_with('\\') => out.push(chars.next().unwrap()),
                ('#', _) => break,
                ('$', Some('$')) => out.push(chars.next().unwrap()),
                ('$', _) => panic!("expands something: {line}"),
                _ => out.push(c),
            }
        }
        out
    };
    joined.lines().filter(|line| line.contains('=')).map(value).collect()
}

#[test]
fn values_of_assignments() {
    let texts = accepted(Dialect::OpenbsdMake, Form::Resolved, "X =\t{{ x }}", holds);
    let text = makefile("V{{ loop.index0 }} =\t{{ v }}", &texts);
    assert_same("the stand-in for make", &texts, &read(&text));
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut command = bmake(&make, &text, dir.path());
    command.args((0..texts.len()).flat_map(|i| ["-v".to_owned(), format!("V{i}")]));
    let back = String::from_utf8(output(&mut command, dir.path())).unwrap();
    assert_same("bmake", &texts, &back.lines().map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn words_of_commands() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let quotable = |text: &str| !text.chars().any(char::is_control) && !text.contains("\\#");
    let texts = accepted(Dialect::OpenbsdMake, Form::Resolved, "X =\t{{ x | shell }}", quotable);
    for filter in ["words", "shell"] {
        let groups: Vec<_> = texts.chunks(if filter == "words" { 7 } else { 1 }).collect();
        let value = if filter == "words" { "{{ v | words }}" } else { "{{ v[0] | shell }}" };
        let assignments = makefile(&format!("V{{{{ loop.index0 }}}} =\t{value}"), &groups);
        let commands: Vec<_> = (0..groups.len()).map(|i| format!("printf '%s\\0' ${{V{i}}}")).collect();
        let text = format!("{assignments}\nall:\n\t{}\n", commands.join("; \\\n\t"));
        let back = split_nul(&output(bmake(&make, &text, dir.path()).arg("all"), dir.path()));
        assert_same(&format!("bmake ({filter})"), &texts, &back);
    }
    let texts: Vec<_> = hostile().into_iter().filter(|text| !text.chars().any(char::is_control)).collect();
    let recipe = format!("all:\n{}", makefile("\tprintf '%s\\0' {{ v | recipe_words }}", &chunks(&texts)));
    let back = split_nul(&output(bmake(&make, &recipe, dir.path()).arg("all"), dir.path()));
    assert_same("bmake (recipe)", &texts, &back);
}

fn chunks(texts: &[String]) -> Vec<&[String]> {
    texts.chunks(5).collect()
}

/// devel/cargo: `RUSTFLAGS="${MODCARGO_RUSTFLAGS}"` and `--features='${MODCARGO_FEATURES}'`.
#[test]
fn flags_and_features() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let flag = |text: &str| {
        let quoted = text.replace('\\', "\\\\");
        !text.is_empty()
            && !text.chars().any(|c| c.is_control() || c == ' ')
            && !quoted.contains("\\#")
            && !text.ends_with('\\')
    };
    let texts = accepted(Dialect::OpenbsdMake, Form::Resolved, "X =\t{{ [x] | rustflags }}", flag);
    let mut text = makefile("V{{ loop.index0 }} =\t{{ v | rustflags }}", &chunks(&texts));
    text.push_str("\nall:\n");
    for (i, _) in chunks(&texts).iter().enumerate() {
        text.extend([format!("\tenv RUSTFLAGS=\"${{V{i}}}\" sh -c 'printf \"%s\\0\" \"$$RUSTFLAGS\"'\n")]);
    }
    let back = split_nul(&output(bmake(&make, &text, dir.path()).arg("all"), dir.path()));
    // cargo cuts at blanks; where a line goes on there are two.
    let back: Vec<_> = back.iter().flat_map(|flags| flags.split(' ')).filter(|flag| !flag.is_empty()).collect();
    assert_same("the environment", &texts, &back.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let feature =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-+./?".contains(c));
    accepted(Dialect::OpenbsdMake, Form::Resolved, "X =\t{{ [x] | features }}", feature);
}

#[test]
fn comments_stay_comments() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let holds = |text: &str| text.chars().all(|c| !c.is_control() || c == '\n');
    let texts = accepted(Dialect::OpenbsdMake, Form::Resolved, "# {{ x | comment }}", holds);
    let text = makefile("# {{ v | comment }}\nV{{ loop.index0 }} =\t{{ loop.index0 }}", &texts);
    assert!(text.lines().all(|line| line.starts_with(['#', 'V'])), "{text}");
    let want: Vec<_> = (0..texts.len()).map(|i| i.to_string()).collect();
    let mut command = bmake(&make, &text, dir.path());
    command.args((0..texts.len()).flat_map(|i| ["-v".to_owned(), format!("V{i}")]));
    let back = String::from_utf8(output(&mut command, dir.path())).unwrap();
    assert_same("bmake", &want, &back.lines().map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn paths_of_a_packing_list() {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "_./+,-=~:@%".contains(c));
    let inside = |text: &str| plain(text) && !text.split('/').any(|part| part == ".." || part == ".");
    let below = |text: &str| inside(text) && !text.is_empty() && !text.starts_with(['@', '%', '/', '-']);
    let texts = accepted(Dialect::PackingList, Form::Package, "{{ x }}", below);
    let list = render(Dialect::PackingList, Form::Package, "{% for v in x %}{{ v }}\n{% endfor %}", &texts).unwrap();
    assert_same("pkg_create", &texts, &pkg_subst(&list).lines().map(str::to_owned).collect::<Vec<_>>());
    accepted_behind("/x", Dialect::PackingList, Form::Package, "@sample {{ x | absolute }}", inside);
    let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.-/".contains(c));
    accepted(Dialect::PackingList, Form::Package, "@owner {{ x | word }}", word);
}

/// DESCR is copied; README goes through `pkg_subst(1)`.
#[test]
fn texts_for_people() {
    let holds = |text: &str| {
        let text = text.replace("\r\n", "\n");
        let forged = text
            .match_indices("$\\{")
            .any(|(at, found)| text[at + found.len()..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
        text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t') && !forged
    };
    let texts = accepted(Dialect::Text, Form::PkgSubst, "{{ x }}", holds);
    for text in &texts {
        let made = render(Dialect::Text, Form::PkgSubst, "{{ x }}|", text).unwrap();
        assert_eq!(pkg_subst(&made), format!("{}|\n", text.replace("\r\n", "\n")), "{made:?}");
    }
}
