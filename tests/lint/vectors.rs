//! Names, FMRIs and values with the verdicts of illumos' own code, each put into a manifest.
use portwright::finding::Severity;
use portwright::lint::smf::value::{ident, parse_fmri, service_name, valid};

use crate::support::{changed, codes};

const VECTORS: &str = include_str!("../data/smf/smf-vectors.tsv");

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\t', "&#9;").replace('\n', "&#10;")
}

/// A manifest that has the value in each place that it is for.
fn manifests(kind: &str, value: &str) -> Vec<String> {
    let value = escaped(value);
    let acme = |from: &str, to: String| changed("acme.xml", from, &to);
    let typed = format!("<propval name=\"new\" type=\"{kind}\" value=\"{value}\"/>");
    let listed = format!(
        "<property name=\"new\" type=\"{kind}\"><{kind}_list><value_node value=\"{value}\"/></{kind}_list></property>"
    );
    let group = "<property_group name=\"config\" type=\"application\">";
    let in_group = |property: &str| acme(group, format!("{group}{property}"));
    match kind {
        "service" => vec![acme("name=\"site/acme\"", format!("name=\"{value}\""))],
        "name" => vec![
            acme("name=\"acme_multi-user\"", format!("name=\"{value}\"")),
            acme("name=\"config-file\"", format!("name=\"{value}\"")),
            in_group(&format!("<propval name=\"{value}\" type=\"count\" value=\"1\"/>")),
            acme("type=\"application\">", format!("type=\"{value}\">")),
            changed("instances.xml", "name=\"blue\"", &format!("name=\"{value}\"")),
            changed(
                "patterns.xml",
                "colour\" type=\"astring\" required=\"true\"",
                &format!("{value}\" type=\"astring\""),
            ),
        ],
        "envvar-name" => vec![acme("envvar name=\"PATH\"", format!("envvar name=\"{value}\""))],
        "document-type" => vec![acme("type=\"manifest\"", format!("type=\"{value}\""))],
        // A dependency's type goes with its FMRI.
        "fmri" => {
            let path = if value.starts_with("file:") { "path" } else { "service" };
            let dependency = format!("restart_on=\"error\" type=\"{path}\">\n      <service_fmri value=\"{value}\"/>");
            vec![
                in_group(&typed),
                in_group(&listed),
                acme(
                    "restart_on=\"error\" type=\"service\">\n      <service_fmri value=\"svc:/milestone/network:default\"/>",
                    dependency,
                ),
            ]
        }
        _ => vec![in_group(&typed), in_group(&listed)],
    }
}

#[test]
fn every_vector_verdict_for_verdict() {
    let mut judged = 0;
    for line in VECTORS.lines().skip(1) {
        let [kind, value, verdict, ..] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let good = verdict == "valid";
        let by_function = match kind {
            "service" => Some(service_name(value)),
            "name" => Some(ident(value)),
            "fmri" => Some(parse_fmri(value).is_some()),
            "envvar-name" | "document-type" => None,
            _ => Some(valid(kind, value)),
        };
        assert_eq!(by_function.unwrap_or(good), good, "{line}");
        for manifest in manifests(kind, value) {
            let found = codes(&manifest);
            // `method_context` is a good name, and taken in this manifest; the vectors are about the syntax.
            let taken = |code: &str| kind == "name" && ["PW1026", "PW1027", "PW1029"].contains(&code);
            let error = found.iter().any(|(code, severity)| *severity == Severity::Error && !taken(code));
            assert_eq!(!error, good, "{line}: {found:?}\n{manifest}");
        }
        judged += 1;
    }
    assert_eq!(judged, 80);
}

#[test]
fn a_property_without_a_name_is_refused() {
    for bad in ["<propval name=\"\" type=\"count\" value=\"1\"/>", "<property name=\"\" type=\"count\"/>"] {
        let text = changed("acme.xml", "<propval name=\"file\"", &format!("{bad}<propval name=\"file\""));
        assert_eq!(codes(&text), [("PW1045", Severity::Error)]);
    }
}

#[test]
fn names_of_patterns_have_less_room() {
    // tm_proppat_nt_GROUP_PROPERTY and value_BASE32_description_%s have 119 bytes at most.
    let optional = |text: String| text.replace(" required=\"true\"", " required=\"false\"");
    for (from, to, longest) in [
        ("pg_pattern name=\"paint\"", "pg_pattern name=\"NAME\"", 119 - "tm_proppat_nt__colour".len()),
        ("prop_pattern name=\"colour\"", "prop_pattern name=\"NAME\"", 119 - "tm_proppat_nt_paint_".len()),
        ("<value name=\"green\"", "<value name=\"NAME\"", 60),
    ] {
        for (length, found) in [(longest, &[][..]), (longest + 1, &[("PW1015", Severity::Error)])] {
            let text = optional(changed("patterns.xml", from, &to.replace("NAME", &"a".repeat(length))));
            assert_eq!(codes(&text), found, "{to} of {length}");
        }
    }
}
