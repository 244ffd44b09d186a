//! The `toml` crate as judge, for sample configurations.
use portwright::emit::dialect::{Dialect, Form};

use crate::values::{accepted, assert_same, render};

fn read(text: &str) -> Vec<String> {
    let table: toml::Table = text.parse().unwrap();
    table["x"].as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_text_is_a_string() {
    let texts = accepted(Dialect::Toml, Form::Resolved, "{{ x }}", |_| true);
    assert_same(
        "toml",
        &texts,
        &read(&render(Dialect::Toml, Form::Resolved, "x = [{{ x | items }}]", &texts).unwrap()),
    );
    let inside = "x = [{% for v in x %}\"{{ v | inside }}\", {% endfor %}]";
    assert_same("toml", &texts, &read(&render(Dialect::Toml, Form::Resolved, inside, &texts).unwrap()));
}

#[test]
fn comments() {
    let holds = |text: &str| text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t');
    let texts = accepted(Dialect::Toml, Form::Resolved, "# {{ x | comment }}", holds);
    let all = "{% for v in x %}# {{ v | comment }}\n{% endfor %}x = []";
    assert!(read(&render(Dialect::Toml, Form::Resolved, all, &texts).unwrap()).is_empty());
}
