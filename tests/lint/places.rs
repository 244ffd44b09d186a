//! Where findings are, what comments allow, what fixes do, and what files mean for each other.
use std::sync::Arc;

use portwright::finding::{Finding, Place, Source};
use portwright::lint::{Report, judge, mend};

use crate::support::{changed, codes, follows_dtd, lines, sample};

fn report(text: &str) -> Report {
    judge(&[Arc::new(Source::new("manifest.xml", text))])
}

fn shown(finding: &Finding) -> String {
    let Place::Text { source, span } = &finding.place else { panic!("{finding:?}") };
    source.text[span.clone()].to_owned()
}

#[test]
fn a_finding_points_at_what_is_wrong() {
    for (name, from, to, wanted) in [
        ("acme.xml", "name=\"config-file\"", "name=\"config.file\"", "config.file"),
        ("acme.xml", "exec=\":kill\"", "exec=\":kill -SIGHUP\"", ":kill -SIGHUP"),
        ("acme.xml", " restart_on=\"error\"", "", "<dependency"),
        ("acme.xml", "acme server", "", "<loctext"),
        ("values.xml", "\"größe\" ", "\"größe\" x=\"1\" ", ""),
        ("values.xml", "<value_node value=\"2001:db8::1\"/>", "<value_node value=\"2001:db8::g\"/>", "2001:db8::g"),
        ("values.xml", "type=\"count\" value=\"512\"", "type=\"count\" value=\"\"", "value=\"\""),
        ("instances.xml", "name=\"green\"", "name=\"blue\"", "blue"),
    ] {
        if wanted.is_empty() {
            continue;
        }
        let found = report(&changed(name, from, to)).findings;
        assert!(
            found.iter().any(|finding| shown(finding) == wanted),
            "{to}: {:?}",
            found.iter().map(shown).collect::<Vec<_>>()
        );
    }
}

#[test]
fn columns_count_characters() {
    let text = changed(
        "values.xml",
        "<propval name=\"ustring\" type=\"ustring\" value=\"größe\"/>",
        "<propval name=\"ü\" type=\"count\" value=\"größe\"/>",
    );
    assert_eq!(
        lines(&text),
        [
            "PW1011 error 13:22 `ü` cannot be the name of a property",
            "PW1035 error 13:45 `größe` is no value of type count"
        ]
    );
}

#[test]
fn a_document_in_another_encoding() {
    let text = sample("values.xml").replace("UTF-8", "ISO-8859-1");
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(portwright::lint::decode(&bytes), Some((text.clone(), None)));
    let (text, wrong) = portwright::lint::decode(&[sample("acme.xml").as_bytes(), b"<!-- \xfc -->"].concat()).unwrap();
    let source = Source::new("manifest.xml", text).with_wrong_byte(wrong);
    let found = judge(&[Arc::new(source)]).findings;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule.code, shown(&found[0]).as_str()), ("PW1001", ""));
}

#[test]
fn a_comment_allows_what_follows_it() {
    let enabled = "<create_default_instance enabled=\"true\"/>";
    let allowed = |comment: &str| {
        report(&changed("acme.xml", "<create_default_instance enabled=\"false\"/>", &format!("{comment}{enabled}")))
    };
    let by_comment = allowed("<!-- portwright: allow PW1113: an image -->");
    assert!(by_comment.findings.is_empty());
    assert_eq!((by_comment.allowed.len(), by_comment.allowed[0].reason.as_str()), (1, "an image"));
    // Another code, and nothing that it allows.
    let other: Vec<_> = allowed("<!-- portwright: allow PW1111: an image -->")
        .findings
        .iter()
        .map(|finding| finding.rule.code)
        .collect();
    assert_eq!(other, ["PW0002", "PW1113"]);
    // Without a reason it allows nothing.
    let none: Vec<_> =
        allowed("<!-- portwright: allow PW1113 -->").findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(none, ["PW0001", "PW1113"]);
}

#[test]
fn a_comment_before_the_root_is_about_the_whole_file() {
    let text = changed(
        "acme.xml",
        "<create_default_instance enabled=\"false\"/>",
        "<create_default_instance enabled=\"true\"/>",
    );
    let text = text
        .replacen("<service_bundle", "<!-- portwright: allow PW1113, PW1030: an image -->\n<service_bundle", 2)
        .replacen(
            "<!-- portwright: allow PW1113, PW1030: an image -->\n<service_bundle SYSTEM",
            "<service_bundle SYSTEM",
            1,
        );
    let report = report(&text);
    let codes: Vec<_> = report.findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!((codes, report.allowed.len()), (vec!["PW0002"], 1), "PW1030 is not there");
}

/// The text with all fixes.
fn mended(text: &str) -> String {
    match mend(&report(text)).as_slice() {
        [one] => one.after.clone(),
        others => panic!("{others:?}"),
    }
}

#[test]
fn fixes_mend_and_change_nothing_else() {
    let acme = sample("acme.xml");
    for (name, from, to) in [
        ("acme.xml", "enabled=\"false\"/>\n", "enabled=\"false\"/>\n    <single_instance/>\n"),
        ("acme.xml", "file://localhost/opt", "file:/opt"),
        ("acme.xml", "\"/usr/share/lib/xml/dtd/service_bundle.dtd.1\"", "\"service_bundle.dtd.1\""),
        ("acme.xml", "section=\"8\"", "section=\"1M\""),
        ("acme.xml", "exec=\":true\" timeout_seconds=\"0\"", "exec=\":true\" timeout_seconds=\"-1\""),
    ] {
        let broken = changed(name, from, to);
        assert_eq!(mended(&broken), acme, "{to}");
    }
}

#[test]
fn elements_are_put_into_order_with_their_comments() {
    let from = "<stability value=\"Unstable\"/>\n    <template>";
    let stability = "\n    <!-- About the stability. -->\n    <stability value=\"Unstable\"/>";
    let broken = changed("acme.xml", from, "<template>").replacen(
        "<create_default_instance enabled=\"false\"/>",
        &format!("<create_default_instance enabled=\"false\"/>{stability}"),
        1,
    );
    assert_eq!(codes(&broken).len(), 1);
    let after = mended(&broken);
    assert_eq!(codes(&after), []);
    assert!(after.contains(&format!("</property_group>{stability}\n    <template>")), "{after}");
    assert_ne!(follows_dtd(&after), Some(false));
    // Nothing is lost.
    let sorted = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.join("\n")
    };
    assert_eq!(sorted(&after), sorted(&broken));
}

#[test]
fn several_fixes_of_one_place_come_one_after_the_other() {
    let broken = changed(
        "acme.xml",
        "<create_default_instance enabled=\"false\"/>\n",
        "<single_instance/>\n    <create_default_instance enabled=\"false\"/>\n",
    );
    let after = mended(&broken);
    assert_eq!(codes(&after), [], "{after}");
    assert!(!after.contains("single_instance"));
}

#[test]
fn a_fix_that_would_break_something_is_not_made() {
    // The second `template` stays wrong whatever is moved, and nothing gets worse.
    let broken = changed(
        "acme.xml",
        "<stability value=\"Unstable\"/>",
        "<template><common_name><loctext xml:lang=\"C\">x</loctext></common_name></template><stability value=\"Unstable\"/>",
    );
    let before = codes(&broken).len();
    for one in mend(&report(&broken)) {
        assert!(codes(&one.after).len() <= before);
    }
}

fn services(names: &[(&str, &str)]) -> Vec<Arc<Source>> {
    names
        .iter()
        .map(|(name, target)| {
            let text = sample("values.xml").replace("site/values", name).replace(
                "<exec_method type=\"method\" name=\"start\"",
                &format!(
                    "<dependency name=\"needs\" grouping=\"require_all\" restart_on=\"none\" type=\"service\"><service_fmri value=\"{target}\"/></dependency>\n<exec_method type=\"method\" name=\"start\""
                ),
            );
            Arc::new(Source::new(format!("{}.xml", name.replace('/', "-")), text))
        })
        .collect()
}

#[test]
fn a_cycle_through_three_files() {
    let found = judge(&services(&[
        ("site/a1", "svc:/site/b1"),
        ("site/b1", "svc:/site/c1:default"),
        ("site/c1", "svc:/site/a1"),
    ]))
    .findings;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].rule.code, "PW1112");
    assert_eq!(found[0].message, "a cycle of dependencies: svc:/site/a1 → svc:/site/b1 → svc:/site/c1 → svc:/site/a1");
    let places: Vec<String> =
        found[0].related.iter().map(|one| one.place.path().unwrap().display().to_string()).collect();
    assert_eq!(places, ["site-b1.xml", "site-c1.xml"]);
    // Cut anywhere, it is none; and a service that is not here may depend on whom it wants.
    let cut =
        services(&[("site/a1", "svc:/site/b1"), ("site/b1", "svc:/site/c1:default"), ("site/c1", "svc:/site/d1")]);
    assert!(judge(&cut).findings.is_empty());
}

#[test]
fn neither_files_nor_exclusions_nor_placeholders_make_a_cycle() {
    for (from, to) in [
        (
            "grouping=\"require_all\" restart_on=\"none\" type=\"service\"><service_fmri value=\"svc:/site/b1\"",
            "grouping=\"exclude_all\" restart_on=\"none\" type=\"service\"><service_fmri value=\"svc:/site/b1\"",
        ),
        ("site/a1", "@SMF_PREFIX@/@SMF_NAME@"),
    ] {
        let mut sources = services(&[("site/a1", "svc:/site/b1"), ("site/b1", "svc:/site/a1")]);
        assert_eq!(judge(&sources).findings.len(), 1);
        assert!(sources[0].text.contains(from));
        sources[0] = Arc::new(Source::new("a.xml", sources[0].text.replace(from, to)));
        assert!(judge(&sources).findings.iter().all(|finding| finding.rule.code != "PW1112"), "{to}");
    }
}

#[test]
fn a_dependent_closes_a_cycle() {
    // acme makes acme-setup wait for it, and now waits for acme-setup, too.
    let text = changed("acme.xml", "svc:/milestone/network:default", "svc:/site/acme-setup:default");
    assert_eq!(codes(&text).iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["PW1112"]);
}
