//! The document as a whole: what svccfg asks before it looks at a service (`lxml_get_bundle_file`, `lxml_get_bundle`).
use super::super::model::{Bundle, Kind};
use super::super::rules::{INCLUDED, R01, R02, R03, R04, R07, R08};
use super::super::xml::{Gap, Tree, Unreadable};
use super::out::short;
use super::{Out, delegated, entities, fmris, grammar, methods, names, notify, template, texts, values};
use crate::lint::smf::{pattern, run_time};

/// The one system identifier that svccfg takes.
const SYSTEM: &str = "/usr/share/lib/xml/dtd/service_bundle.dtd.1";

/// All checks of one document.
pub(crate) fn check_all(tree: &Tree, out: &mut Out) {
    let bundle = Bundle::new(tree);
    doctype(tree, out);
    if !tree.root().is("service_bundle") {
        let message = format!("the root element is `{}`, not `service_bundle`", short(tree.root().name()));
        out.say(&R02, tree.root().head(), message);
        return;
    }
    bundles(&bundle, out);
    between(tree, out);
    grammar::check(&bundle, out);
    names::check(&bundle, out);
    fmris::check(&bundle, out);
    entities::check(&bundle, out);
    values::check(&bundle, out);
    methods::check(&bundle, out);
    template::check(&bundle, out);
    texts::check(&bundle, out);
    notify::check(&bundle, out);
    delegated::check(&bundle, out);
    // Templates are applied to manifests only, and what happens at run time is decided by them.
    if bundle.kind == Kind::Manifest {
        pattern::check(&bundle, out);
        run_time::check(&bundle, out);
    }
}

/// A text that is no XML.
pub(crate) fn unreadable(error: &Unreadable, out: &mut Out) {
    out.say(&R01, error.span.clone(), format!("not well-formed XML: {}", error.why));
}

/// A text that is not in the encoding that it says, or in UTF-8 if it says none.
pub(crate) fn wrong_byte(at: usize, out: &mut Out) {
    out.say_with(&R01, at..at, "a byte that is not UTF-8", |finding| {
        finding.mend("save the file as UTF-8, or name its encoding: <?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")
    });
}

fn doctype(tree: &Tree, out: &mut Out) {
    let Some(doctype) = &tree.doctype else {
        out.say(&R01, tree.root().head(), "the document has no document type");
        return;
    };
    match &doctype.system {
        Some(span) if out.written(span.clone()) == SYSTEM => {
            if doctype.name != tree.root().name() {
                let message =
                    format!("the document type is for `{}`, the root element is another", short(&doctype.name));
                out.say(&R01, doctype.span.clone(), message);
            }
        }
        Some(span) => {
            let message = format!("`{}` is not the document type of service bundles", short(out.written(span.clone())));
            out.say_with(&R01, span.clone(), message, |finding| {
                let what = "the system identifier that svccfg wants";
                let fix = crate::finding::Fix::new(what, span.clone(), SYSTEM);
                finding.mend(format!("write \"{SYSTEM}\"")).fix(fix)
            });
        }
        None => out.say(&R01, doctype.span.clone(), "the document type has no system identifier"),
    }
}

fn bundles(bundle: &Bundle<'_>, out: &mut Out) {
    let outer = bundle.tree.root().value("type");
    for one in bundle.tree.elements().filter(|element| element.is("service_bundle")) {
        let kind = one.value("type");
        // A missing attribute is the DTD's to report, but profiles are not held against it.
        let said = one.attribute("type").is_some() || bundle.kind == Kind::Other;
        if one.parent().is_none() {
            if bundle.kind == Kind::Other && said {
                let message = format!("`{}` is no type of bundles", short(kind));
                out.say(&R03, one.value_span("type"), message);
            }
        } else if said && kind != outer {
            let message = format!("a bundle of type `{}` in one of type `{}`", short(kind), short(outer));
            out.say(&R02, one.value_span("type"), message);
        }
        if one.value("name").is_empty() {
            out.say(&R04, one.value_span("name"), "the bundle has no name");
        }
    }
    for include in bundle.tree.elements().filter(|element| element.is("xi:include")) {
        let message = format!("`{}` is not read", short(include.value("href")));
        out.say(&INCLUDED, include.head(), message);
    }
    if bundle.kind == Kind::Profile {
        for template in bundle.tree.elements().filter(|element| element.is("template")) {
            out.say(&R07, template.head(), "a profile cannot change a template");
        }
    }
}

/// What stands between elements.
fn between(tree: &Tree, out: &mut Out) {
    for element in tree.elements() {
        for gap in element.gaps() {
            match gap {
                Gap::Instruction(span) => out.say(&R08, span.clone(), "a processing instruction in the bundle"),
                Gap::Cdata(span) => out.say(&R08, span.clone(), "a CDATA section in the bundle"),
                Gap::Reference(span) if !out.written(span.clone()).starts_with("&#") && !is_text(element.name()) => {
                    out.say(&R08, span.clone(), "a reference to an entity between elements");
                }
                Gap::Reference(_) | Gap::Text(_) | Gap::Comment(_) | Gap::Blank(_) => {}
            }
        }
    }
}

fn is_text(name: &str) -> bool {
    matches!(name, "loctext" | "internal_separators")
}
