//! A reader of login classes as judge: a stand-in, written after OpenBSD's src `lib/libc/gen/getcap.c` (`getent`,
//! `cgetcap`, `cgetustr`) and `login_cap.c` (`setuserenv`, `expandstr`), with a user that is called `_u`, at home in
//! `/home/u`.
use portwright::emit::dialect::{Dialect, Form};

use crate::values::{accepted, accepted_behind, assert_same, render};

const USER: &str = "_u";
const HOME: &str = "/home/u";

fn holds(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t') && !text.ends_with('\\')
}

/// The record: its lines joined, comments dropped.
fn record(file: &str) -> String {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.strip_suffix('\\').map_or_else(|| format!("{line}\n"), ToOwned::to_owned)).collect()
}

/// The value of a string capability: up to the next colon, whatever stands before that.
fn capability<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    record.trim_end_matches('\n').split(':').find_map(|field| field.trim_start().strip_prefix(name)?.strip_prefix('='))
}

/// What `setenv` sets.
fn environment(list: &str) -> Vec<(String, String)> {
    let bytes: Vec<char> = list.chars().chain(['\0']).collect();
    let (mut begin, mut end) = (0, 0);
    let mut set = Vec::new();
    while end < bytes.len() {
        match bytes[end] {
            '\\' if bytes[end + 1] == ',' => end += 1,
            ',' | '\0' if begin == end => begin += 1,
            ',' | '\0' => {
                let piece: String = bytes[begin..end].iter().collect();
                let (name, value) = piece.split_once('=').unwrap_or((&piece, ""));
                set.push((name.to_owned(), expanded(value)));
                begin = end + 1;
            }
            _ => {}
        }
        end += 1;
    }
    set
}

fn expanded(value: &str) -> String {
    let mut chars = value.chars().peekable();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match (c, chars.peek().copied()) {
            ('~', _) => out.push_str(HOME),
            ('$', _) => out.push_str(USER),
            ('^', Some(next)) => {
                out.push(char::from(u8::try_from(next).unwrap_or_default() & 0o37));
                chars.next();
            }
            ('\\', Some('0'..='7')) => {
                let mut byte = 0;
                for _ in 0..3 {
                    let Some(digit) = chars.next_if(|c| ('0'..='7').contains(c)) else { break };
                    byte = byte * 8 + digit as u32 - '0' as u32;
                }
                out.push(char::from_u32(byte).unwrap());
            }
            ('\\', Some(next)) => {
                out.push(match next.to_ascii_lowercase() {
                    'b' => '\u{8}',
                    't' => '\t',
                    'n' => '\n',
                    'f' => '\u{c}',
                    'r' => '\r',
                    'e' => '\u{1b}',
                    'c' => ':',
                    _ => next,
                });
                chars.next();
            }
            (c, _) => out.push(c),
        }
    }
    out
}

#[test]
fn environment_of_a_class() {
    let texts = accepted(Dialect::LoginConf, Form::Resolved, "{{ x }}", holds);
    let template = "x:\\\n\t:openfiles=4:\\\n\t:setenv={% for v in x %}{% if not loop.first %},{% endif %}V{{ loop.index0 }}={{ v }}{% endfor %}:\\\n\t:tc=daemon:";
    let class = render(Dialect::LoginConf, Form::Resolved, template, &texts).unwrap();
    let record = record(&class);
    assert_eq!((capability(&record, "openfiles"), capability(&record, "tc")), (Some("4"), Some("daemon")), "{class}");
    let (names, back): (Vec<_>, Vec<_>) = environment(capability(&record, "setenv").unwrap()).into_iter().unzip();
    assert_eq!(names, (0..texts.len()).map(|i| format!("V{i}")).collect::<Vec<_>>());
    assert_same("the reader of login classes", &texts, &back);
}

#[test]
fn names_limits_and_directories() {
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    accepted(Dialect::LoginConf, Form::Resolved, "{{ x | name }}", plain);
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "/_.+-".contains(c));
    let texts = accepted_behind("/x", Dialect::LoginConf, Form::Resolved, "{{ x | directories }}", plain);
    let class = render(Dialect::LoginConf, Form::Resolved, "x:\\\n\t:path={{ x | directories }}:", &texts);
    let record = record(&class.unwrap());
    let back: Vec<_> = capability(&record, "path").unwrap().split(' ').map(ToOwned::to_owned).collect();
    assert_same("the reader of login classes", &texts, &back);
}

#[test]
fn comments_are_no_part_of_the_class() {
    let holds = |text: &str| text.chars().all(|c| !c.is_control() || c == '\n');
    let texts = accepted(Dialect::LoginConf, Form::Resolved, "# {{ x | comment }}", holds);
    let template = "{% for v in x %}# {{ v | comment }}\n{% endfor %}x:\\\n\t:openfiles=4:";
    let class = render(Dialect::LoginConf, Form::Resolved, template, &texts).unwrap();
    assert_eq!(class.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>(), ["x:\\", "\t:openfiles=4:"]);
    assert!(!class.lines().any(|line| line.starts_with('#') && line.ends_with('\\')), "{class}");
}
