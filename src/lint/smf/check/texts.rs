//! Texts and references of templates (`lxml_get_loctext`, `lxml_get_tm_manpage`, `lxml_get_tm_doclink`).
use std::collections::BTreeMap;

use super::super::model::{Bundle, Kind};
use super::super::rules::{OLD_SECTION, R67, R68, R69};
use super::super::xml::{Element, Gap};
use super::Out;
use super::out::short;
use crate::finding::{Fix, Severity};

/// Elements that hold texts.
const HOLDERS: [&str; 3] = ["common_name", "description", "units"];

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    // A profile may have no template, and svccfg ends before it looks into it.
    if bundle.kind == Kind::Profile {
        return;
    }
    for element in bundle.tree.elements() {
        match element.name() {
            name if HOLDERS.contains(&name) => texts(element, out),
            "documentation" => references(element, out),
            _ => {}
        }
    }
}

fn texts(holder: Element<'_>, out: &mut Out) {
    let mut known: BTreeMap<String, Element<'_>> = BTreeMap::new();
    for text in holder.all("loctext") {
        let language = sanitised(text.value("xml:lang"));
        if let Some(first) = known.get(&language) {
            let other = out.place(first.head());
            let message = format!("a second text in the language `{}`", short(text.value("xml:lang")));
            out.say_with(&R67, text.value_span("xml:lang"), message, |finding| finding.related(other, "the first one"));
        } else {
            known.insert(language, text);
        }
        let content = text.text();
        let cdata = text.gaps().iter().any(|gap| matches!(gap, Gap::Cdata(_)));
        if content.is_empty() && !cdata {
            out.say(&R67, text.head(), "a text without any");
        } else if content.trim().is_empty() && !cdata {
            out.say_with(&R67, text.head(), "a text of nothing but blanks", |finding| {
                finding
                    .severity(Severity::Warning)
                    .effect("svccfg reads in front of the text to find its end, and stores what it finds there.")
            });
        }
        let length = content.trim().chars().count();
        if holder.is("common_name") && length >= 60 && in_template(holder) {
            out.say(&R69, text.head(), format!("the common name has {length} characters"));
        }
    }
}

/// Values and patterns have common names, too; nobody prints those in a line.
fn in_template(holder: Element<'_>) -> bool {
    holder.parent().is_some_and(|parent| parent.is("template"))
}

fn references(documentation: Element<'_>, out: &mut Out) {
    let mut known: BTreeMap<String, Element<'_>> = BTreeMap::new();
    for one in documentation.children() {
        let (group, span) = match one.name() {
            "manpage" => {
                let section = one.value_span("section");
                if one.value("section") == "1M" {
                    out.say_with(&OLD_SECTION, section.clone(), "section 1M is section 8 now", |finding| {
                        finding.fix(Fix::new("the section's new number", section, "8"))
                    });
                }
                (format!("man_{}", sanitised(&format!("{}{}", one.value("title"), one.value("section")))), "title")
            }
            "doc_link" => (format!("doc_{}", sanitised(one.value("name"))), "name"),
            _ => continue,
        };
        if let Some(first) = known.get(&group) {
            let other = out.place(first.head());
            let message = format!("`{}` becomes the same as another one", short(one.value(span)));
            out.say_with(&R68, one.value_span(span), message, |finding| finding.related(other, "the other one"));
        } else {
            known.insert(group, one);
        }
    }
}

/// What a text becomes in a name: everything but letters, digits and, as svccfg has it, `-` is `_`.
fn sanitised(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() || byte == b'-' { char::from(byte) } else { '_' }).collect()
}
