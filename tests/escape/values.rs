//! Hostile text, and what becomes of it.
use std::collections::BTreeMap;

use portwright::diag::Diagnostic;
use portwright::emit::dialect::{Dialect, Engine, Form};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde::Serialize;

const FRAGMENTS: &[&str] = &[
    "$(touch pwned)",
    "${HOME}",
    "$HOME",
    "$",
    "$$",
    "${:U}",
    "`id`",
    "'",
    "\"",
    "#",
    "\\#",
    "\\\\#",
    "\\",
    "]]>",
    "&",
    "&amp;",
    "<",
    ">",
    "-->",
    "--",
    "\n",
    "\t",
    "\r",
    "\r\n",
    "\u{1}",
    "\u{2}PREFIX\u{e}",
    "\u{10}",
    "\u{1b}[1m",
    "\u{1e}",
    "\u{1f}",
    "\u{7f}",
    "\u{85}",
    "\u{fffe}",
    "\0",
    "%%PREFIX%%",
    "%%PRE",
    "FIX%%",
    "EOM",
    "@PREFIX@",
    "@PRE",
    "FIX@",
    "@",
    "@@",
    "{{ x }}",
    "{% raw %}",
    "{# c #}",
    "-",
    "~",
    "~root",
    " ",
    "  ",
    "é",
    "日本",
    "\u{1f980}",
    "!",
    "!!",
    "%",
    "%%",
    "%{a/b}",
    "%r",
    ";",
    "|",
    "*",
    "?",
    "[",
    "]",
    "[#",
    "=",
    ":",
    ",",
    "/",
    ".",
    "+",
    "(",
    ")",
    "{",
    "}",
    "a",
    "bc",
    "DEF",
    "7",
    "_",
    "^",
    "\u{a0}",
    "\u{2028}",
    ":kill",
    "&&",
    ">x",
    "<x",
    "\\n",
    "\\c",
];

/// The same some hundred texts for every test: each fragment alone, at both ends of a word, doubled, and random runs.
pub(crate) fn hostile() -> Vec<String> {
    let mut texts = vec![String::new()];
    for fragment in FRAGMENTS {
        texts.extend([(*fragment).to_owned(), format!("{fragment}x"), format!("x{fragment}"), fragment.repeat(2)]);
    }
    let mut runner = TestRunner::deterministic();
    let runs = prop::collection::vec(prop::sample::select(FRAGMENTS), 2..7).prop_map(|parts| parts.concat());
    // Few fragments are harmless; without these most runs would be refused, and prove little.
    let printable: Vec<_> = FRAGMENTS.iter().copied().filter(|part| !part.chars().any(char::is_control)).collect();
    let clean = prop::collection::vec(prop::sample::select(printable), 2..7).prop_map(|parts| parts.concat());
    for _ in 0..150 {
        texts.push(runs.new_tree(&mut runner).unwrap().current());
        texts.push(clean.new_tree(&mut runner).unwrap().current());
        texts.push(any::<String>().new_tree(&mut runner).unwrap().current());
        texts.push("[A-Za-z0-9_./:=,@%+-]{1,12}".new_tree(&mut runner).unwrap().current());
    }
    texts
}

pub(crate) fn render(dialect: Dialect, form: Form, template: &str, x: &impl Serialize) -> anyhow::Result<String> {
    Engine::with_templates(dialect, form, &[("t", template)])?.render("t", &BTreeMap::from([("x", x)]))
}

/// The texts that `template` takes, after checking that it takes `representable` ones and refuses all others with a
/// diagnostic.
pub(crate) fn accepted(
    dialect: Dialect,
    form: Form,
    template: &str,
    representable: impl Fn(&str) -> bool,
) -> Vec<String> {
    accepted_behind("", dialect, form, template, representable)
}

/// As [`accepted`], each text behind `start`.
pub(crate) fn accepted_behind(
    start: &str,
    dialect: Dialect,
    form: Form,
    template: &str,
    representable: impl Fn(&str) -> bool,
) -> Vec<String> {
    let engine = Engine::with_templates(dialect, form, &[("t", template)]).unwrap();
    let mut taken = Vec::new();
    for text in hostile() {
        let text = format!("{start}{text}");
        match engine.render("t", &BTreeMap::from([("x", &text)])) {
            Ok(out) => {
                assert!(representable(&text), "{text:?} should be refused by `{template}`, gave {out:?}");
                taken.push(text);
            }
            Err(error) => {
                let diagnostic = error.downcast_ref::<Diagnostic>();
                let diagnostic = diagnostic.unwrap_or_else(|| panic!("{text:?}: no diagnostic: {error:?}"));
                assert!(!representable(&text), "{text:?} should be taken by `{template}`: {}", diagnostic.message);
            }
        }
    }
    assert!(taken.len() > 40, "`{template}` took only {}", taken.len());
    taken
}

/// Compares what came back with what went in, one by one, so that a failure names the text.
pub(crate) fn assert_same(judge: &str, sent: &[String], back: &[String]) {
    for (sent, back) in sent.iter().zip(back) {
        assert_eq!(sent, back, "read back by {judge}");
    }
    assert_eq!(sent.len(), back.len(), "number of values read back by {judge}");
}
