//! A reader of pkg-plist as judge: a stand-in, written from pkg-create(8). A line is a file, or a keyword with arguments
//! in parentheses and a path; blanks part words.
use portwright::emit::dialect::{Dialect, Form, Text};

use crate::values::{accepted, render};

#[derive(Debug, PartialEq, Eq)]
struct Line {
    keyword: String,
    arguments: Vec<String>,
    words: Vec<String>,
}

fn read(line: &str) -> Line {
    let Some(rest) = line.strip_prefix('@') else {
        return Line { keyword: String::new(), arguments: Vec::new(), words: vec![line.to_owned()] };
    };
    let (head, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let (keyword, arguments) = match head.split_once('(') {
        Some((keyword, inside)) => (keyword, inside.trim_end_matches(')').split(',').map(str::to_owned).collect()),
        None => (head, Vec::new()),
    };
    Line { keyword: keyword.to_owned(), arguments, words: words.split_whitespace().map(str::to_owned).collect() }
}

fn holds(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "_./+-=~:@".contains(c));
    plain && !text.is_empty() && !text.starts_with(['@', '-']) && !text.split('/').any(|part| part == "..")
}

#[test]
fn paths_and_arguments() {
    let texts = accepted(Dialect::PkgPlist, Form::Ports, "{{ x }}", holds);
    let template =
        "{% for v in x -%}\n{{ v }}\n@dir({{ v }},{{ v }},750) /var/{{ v }}\n@sample {{ v }} {{ v }}\n{% endfor -%}";
    let file = render(Dialect::PkgPlist, Form::Ports, template, &texts).unwrap();
    let lines: Vec<Line> = file.lines().map(read).collect();
    assert_eq!(lines.len(), texts.len() * 3);
    for (text, lines) in texts.iter().zip(lines.chunks(3)) {
        assert_eq!(lines[0].words, [text.as_str()]);
        assert_eq!(
            (lines[1].keyword.as_str(), lines[1].words.as_slice()),
            ("dir", [format!("/var/{text}")].as_slice())
        );
        assert_eq!(lines[1].arguments, [text.as_str(), text.as_str(), "750"]);
        assert_eq!(lines[2].words, [text.as_str(), text.as_str()]);
    }
}

#[test]
fn names_are_names() {
    let path = Text::token("ETCDIR").lit("/x.toml.sample");
    let made = render(Dialect::PkgPlist, Form::Ports, "@sample {{ x }}", &path).unwrap();
    assert_eq!(made, "@sample %%ETCDIR%%/x.toml.sample\n");
    assert!(render(Dialect::PkgPlist, Form::Ports, "{{ x }}", &Text::token("A%%B")).is_err());
    assert!(render(Dialect::PkgPlist, Form::Ports, "{{ x }}", &Text::from("%%ETCDIR%%/x")).is_err());
}
