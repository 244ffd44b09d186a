//! A reader of pkg-message files as judge: a stand-in, written from libucl's documentation (doc/api.md and the README on
//! multiline strings), for Debian has no libucl.
use portwright::emit::dialect::{Dialect, Form, Text, sub_file};

use crate::values::{accepted, hostile, render};

/// An array of objects, whose values are words or `<<EOM` strings: `[`, `{ type: install`, `message: <<EOM`, …, `EOM`,
/// `}`, `]`. The messages with their types.
fn read(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut lines = text.lines();
    if lines.next() != Some("[") {
        return Err("no array".into());
    }
    let mut messages = Vec::new();
    loop {
        let Some(line) = lines.next() else { return Err("no end of the array".into()) };
        if line == "]" {
            break;
        }
        let kind = line.strip_prefix("{ type: ").ok_or(format!("no object: {line:?}"))?;
        if lines.next() != Some("  message: <<EOM") {
            return Err("no message".into());
        }
        let mut message = String::new();
        loop {
            match lines.next() {
                None => return Err("the message has no end".into()),
                Some("EOM") => break,
                Some(line) => message.extend([line, "\n"]),
            }
        }
        if lines.next() != Some("}") {
            return Err("no end of the object".into());
        }
        messages.push((kind.to_owned(), message));
    }
    if lines.next().is_some() { Err("more than one array".into()) } else { Ok(messages) }
}

const TEMPLATE: &str = "[\n{% for v in x -%}\n{ type: install\n  message: <<EOM\n{{ v }}\nEOM\n}\n{% endfor -%}\n]\n";

fn name_between_signs(text: &str) -> bool {
    text.match_indices("%%").any(|(at, _)| {
        let rest = &text[at + 2..];
        let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_.-".contains(c)).len();
        name > 0 && rest[name..].starts_with("%%")
    })
}

#[test]
fn messages_are_read_as_they_were_written() {
    let holds = |text: &str| !text.chars().any(char::is_control) && text != "EOM";
    for form in [Form::Resolved, Form::Ports] {
        let texts = accepted(Dialect::Ucl, form, "{{ x }}", |text| {
            holds(text) && (form == Form::Resolved || !name_between_signs(text))
        });
        let file = render(Dialect::Ucl, form, TEMPLATE, &texts).unwrap();
        let read = read(&file).unwrap_or_else(|why| panic!("{why}\n{file}"));
        assert_eq!(read.len(), texts.len());
        for (text, (kind, message)) in texts.iter().zip(read) {
            assert_eq!((kind.as_str(), message), ("install", format!("{text}\n")));
        }
    }
}

#[test]
fn files_of_a_port_keep_all_text_but_names() {
    for text in hostile() {
        let holds = text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t') && !name_between_signs(&text);
        match sub_file(&Text::from(text.as_str())) {
            Ok(made) => assert!(holds && made == text, "{text:?} became {made:?}"),
            Err(refused) => assert!(!holds, "{text:?} should be taken: {refused}"),
        }
    }
    let with_name = Text::from("dir = \"").tok("ETCDIR").lit("/x\"\n");
    assert_eq!(sub_file(&with_name).unwrap(), "dir = \"%%ETCDIR%%/x\"\n");
}
