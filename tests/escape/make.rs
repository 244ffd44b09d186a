//! bmake as judge.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use portwright::emit::dialect::{Dialect, Form, format_make};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::judges::{judge, output, split_nul};
use crate::values::{accepted, assert_same, hostile, render};

fn holds(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

/// bmake without its own rules, on a makefile.
fn bmake(bmake: &PathBuf, makefile: &str, dir: &Path) -> Command {
    let path = dir.join("makefile.mk");
    fs::write(&path, makefile).unwrap();
    let mut command = Command::new(bmake);
    command.args(["-r", "-s", "-f"]).arg(path);
    command
}

/// The expanded values of V0, V1 …
fn values(make: &PathBuf, makefile: &str, count: usize, dir: &Path) -> Vec<String> {
    let mut command = bmake(make, makefile, dir);
    for i in 0..count {
        command.args(["-v", &format!("V{i}")]);
    }
    let printed = String::from_utf8(output(&mut command, dir)).unwrap();
    printed.lines().map(str::to_owned).collect()
}

/// A makefile with `template` for each text, in paragraphs, with names of many lengths for the layout.
fn makefile(template: &str, texts: &impl serde::Serialize) -> String {
    let filler = "{% if loop.index0 % 5 == 0 %}\n{% elif loop.index0 % 3 == 0 %}A_NAME_THAT_IS.{{ loop.index0 }}= x\n{% endif %}";
    let whole = format!("{{% for v in x %}}{template}\n{filler}{{% endfor %}}");
    let text = render(Dialect::Make, Form::Package, &whole, texts).unwrap();
    assert_eq!(format_make(&text), text, "formatting what is formatted changes nothing");
    text
}

#[test]
fn values_of_assignments() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let texts = accepted(Dialect::Make, Form::Package, "X= {{ x }}", holds);
    let text = makefile("V{{ loop.index0 }}={{ v }}", &texts);
    assert_same("bmake", &texts, &values(&make, &text, texts.len(), dir.path()));
    let text = makefile("V{{ loop.index0 }}= x{{ v }}{{ v }}y", &texts);
    let twice: Vec<_> = texts.iter().map(|text| format!("x{text}{text}y")).collect();
    assert_same("bmake", &twice, &values(&make, &text, texts.len(), dir.path()));
}

#[test]
fn words_of_commands() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let texts = accepted(Dialect::Make, Form::Package, "X= {{ x | shell }}", holds);
    let commands = makefile("V{{ loop.index0 }}= printf '%s\\0' {{ v | shell }}", &texts);
    // A list of commands in one shell: hundreds of shells would take a second.
    let joined = |name: &str| (0..texts.len()).map(|i| format!("${{{name}{i}}}")).collect::<Vec<_>>().join("; \\\n\t");
    let text = format!("{commands}\nall:\n\t{}\n", joined("V"));
    assert_same("bmake (shell)", &texts, &split_nul(&output(bmake(&make, &text, dir.path()).arg("all"), dir.path())));
    let recipe = "all:\n{% for v in x %}\tprintf '%s\\0' {{ v | recipe }}\n{% endfor %}";
    let text = render(Dialect::Make, Form::Package, recipe, &texts).unwrap();
    assert_same("bmake (recipe)", &texts, &split_nul(&output(bmake(&make, &text, dir.path()).arg("all"), dir.path())));
}

#[test]
fn lists() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let texts: Vec<_> = hostile().into_iter().filter(|text| holds(text)).collect();
    for filter in ["words", "lines"] {
        let groups: Vec<_> = texts.chunks(7).collect();
        let assignments = makefile(&format!("V{{{{ loop.index0 }}}}= {{{{ v | {filter} }}}}"), &groups);
        let lines = assignments.lines().filter(|line| line.ends_with('\\')).count();
        assert!(lines > groups.len() / 2, "long lists go on: {lines}");
        let commands: Vec<_> = (0..groups.len()).map(|i| format!("\tprintf '%s\\0' ${{V{i}}}\n")).collect();
        let text = format!("{assignments}\nall:\n{}", commands.concat());
        let back = split_nul(&output(bmake(&make, &text, dir.path()).arg("all"), dir.path()));
        assert_same(&format!("bmake ({filter})"), &texts, &back);
    }
}

#[test]
fn modifiers() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "_./+~-".contains(c));
    let texts = accepted(Dialect::Make, Form::Package, "X= {{ x | modword }}", plain);
    let text = makefile("V{{ loop.index0 }}= ${:Ux:S,x,{{ v | modword }},}${:Uy:={{ v | modword }}}", &texts);
    let want: Vec<_> = texts.iter().map(|text| format!("{text}y{text}")).collect();
    assert_same("bmake", &want, &values(&make, &text, texts.len(), dir.path()));
}

#[test]
fn comments() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let holds = |text: &str| text.chars().all(|c| !c.is_control() || c == '\n');
    let texts = accepted(Dialect::Make, Form::Package, "# {{ x | comment }}", holds);
    let text = makefile("# {{ v | comment }}\nV{{ loop.index0 }}= {{ loop.index0 }}", &texts);
    let want: Vec<_> = (0..texts.len()).map(|i| i.to_string()).collect();
    assert_same("bmake", &want, &values(&make, &text, texts.len(), dir.path()));
    let others = text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', 'V', 'A']));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// Makefiles as people write them: any gaps, operators, names and follow-up lines.
fn written_by_hand() -> impl Strategy<Value = Vec<String>> {
    let gap = prop::sample::select(vec!["", " ", "\t", "\t\t\t", "  \t"]);
    let operator = prop::sample::select(vec!["=", "+=", "?=", ":="]);
    let tail = prop::sample::select(vec!["", ".sub", ".a-very-long-file-name-1.0.2.tar.gz", "_AND_MORE_OF_IT"]);
    let word = prop::sample::select(vec![
        "a",
        "'b c'",
        "\\#d",
        "$$e",
        "${:Uf}",
        "a-long-word-that-takes-room",
        "x\\\\",
        "# c",
    ]);
    let joint = prop::sample::select(vec![
        " ",
        "  ",
        "\t",
        " \\\n",
        "\\\n\t",
        "\t\\\n  ",
        " \\\n\t\t\t\t\t",
        "\u{1f}",
        "\u{1e}",
    ]);
    let value = prop::collection::vec((word, joint), 0..14).prop_map(|words| {
        let mut value: String = words.iter().flat_map(|(word, joint)| [*word, *joint]).collect();
        value.truncate(value.len() - words.last().map_or(0, |(_, joint)| joint.len()));
        value
    });
    let end =
        prop::sample::select(vec!["\n", " \n", "\n\n", "\n# why\n", "\n.if 1\n.endif\n", "\n.for i in 1\n.endfor\n"]);
    prop::collection::vec((gap, operator, tail, value, end), 1..9).prop_map(|lines| {
        let line = |(i, (gap, operator, tail, value, end))| format!("V{i}{tail}{operator}{gap}{value}{end}");
        lines.into_iter().enumerate().map(line).collect()
    })
}

#[test]
fn layout_keeps_the_words() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let words = |text: &str, names: &[String]| {
        let mut command = bmake(&make, text, dir.path());
        for name in names {
            command.args(["-v", name]);
        }
        let printed = String::from_utf8(output(&mut command, dir.path())).unwrap();
        printed.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect::<Vec<Vec<_>>>()
    };
    for _ in 0..300 {
        let lines = written_by_hand().new_tree(&mut runner).unwrap().current();
        let text = lines.concat();
        let names: Vec<_> =
            lines.iter().map(|line| line.split(['=', '+', '?', ':']).next().unwrap().to_owned()).collect();
        let formatted = format_make(&text);
        assert_eq!(format_make(&formatted), formatted, "formatting what is formatted changes nothing:\n{text}");
        let before = text.replace(['\u{1e}', '\u{1f}'], " ");
        assert_eq!(words(&before, &names), words(&formatted, &names), "{text}\nbecame\n{formatted}");
    }
}

#[test]
fn values_and_lists_in_freebsds_layout() {
    let Some(make) = judge("bmake") else { return };
    let dir = tempfile::tempdir().unwrap();
    let texts: Vec<_> = hostile().into_iter().filter(|text| holds(text)).collect();
    let filler =
        "{% if loop.index0 % 5 == 0 %}\n{% elif loop.index0 % 3 == 0 %}LICENSE_FILE_{{ loop.index0 }}= x\n{% endif %}";
    let whole = format!("{{% for v in x %}}V{{{{ loop.index0 }}}}={{{{ v }}}}\n{filler}{{% endfor %}}");
    let text = render(Dialect::Make, Form::Ports, &whole, &texts).unwrap();
    assert_same("bmake", &texts, &values(&make, &text, texts.len(), dir.path()));
    let first = text.lines().find(|line| line.starts_with("V1=")).unwrap();
    assert!(first.starts_with("V1=\t\t"), "values start at column 16: {first:?}");

    let groups: Vec<_> = texts.chunks(7).collect();
    let all = "{% for v in x %}V{{ loop.index0 }}= {{ v | words }}\n{% endfor %}";
    let assignments = render(Dialect::Make, Form::Ports, all, &groups).unwrap();
    let long = assignments.lines().filter(|line| line.ends_with('\\') && line.chars().count() > 80 - 14);
    assert!(long.clone().count() < groups.len(), "lines keep to the width where words let them");
    let commands: Vec<_> = (0..groups.len()).map(|i| format!("\tprintf '%s\\0' ${{V{i}}}\n")).collect();
    let text = format!("{assignments}\nall:\n{}", commands.concat());
    let back = split_nul(&output(bmake(&make, &text, dir.path()).arg("all"), dir.path()));
    assert_same("bmake (words)", &texts, &back);
}
