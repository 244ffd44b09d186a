//! Profiles and archives, as svccfg treats them.
use portwright::finding::Severity;

use crate::support::{changed, codes, lines};

#[test]
fn a_profile_is_not_held_against_the_dtd() {
    // Order, types and `enabled` are free, and what is not known in a bundle is passed over.
    for (from, to) in [
        (" enabled=\"true\"", ""),
        ("</service_bundle>", "<unknown/></service_bundle>"),
        (
            "<service_bundle type=\"profile\" name=\"site\">",
            "<service_bundle type=\"profile\" name=\"site\" xmlns:xi=\"http://www.w3.org/2001/XInclude\">",
        ),
        ("<service name=", "<service unknown=\"\" name="),
    ] {
        assert_eq!(codes(&changed("profile.xml", from, to)), [], "{to}");
    }
}

#[test]
fn what_apply_validates_and_refuses() {
    let refused = |from: &str, to: &str| lines(&changed("profile.xml", from, to)).join("\n");
    assert_eq!(
        refused(" timeout_seconds=\"60\"", ""),
        "PW1006 error 11:7 `exec_method` lacks the attribute `timeout_seconds`"
    );
    assert_eq!(
        refused("<stability value=\"Unstable\"/>", "<stability value=\"Committed\"/>"),
        "PW1006 error 9:27 `Committed` is no value of `value`"
    );
    assert_eq!(
        refused(
            "<property_group name=\"more\">",
            "<stability value=\"Stable\"/><exec_metod/><property_group name=\"more\">"
        ),
        "PW1006 error 13:32 `exec_metod` is no element of `service`"
    );
    assert_eq!(refused(" version=\"1\"", ""), "PW1006 error 5:3 `service` lacks the attribute `version`");
    assert_eq!(refused("enabled=\"true\"", "enabled=\"yes\""), "PW1006 error 6:39 `yes` is no value of `enabled`");
    // In a method a type is needed, in a property group it is not.
    let typeless = "<propval name=\"restart_on\" value=\"all\"/>";
    let method = "timeout_seconds=\"60\"/>";
    assert_eq!(
        refused(method, &format!("timeout_seconds=\"60\">{typeless}</exec_method>")),
        "PW1006 error 11:99 `propval` lacks the attribute `type`"
    );
}

#[test]
fn values_in_a_profile_are_values() {
    let with = |property: &str| {
        codes(&changed("profile.xml", "<propval name=\"file\" value=\"/opt/local/etc/acme.toml\"/>", property))
    };
    assert_eq!(with("<propval name=\"n\" type=\"count\" value=\"x\"/>"), [("PW1035", Severity::Error)]);
    assert_eq!(
        with("<propval name=\"n\" type=\"cuont\" value=\"x\"/>"),
        [("PW1006", Severity::Error), ("PW1045", Severity::Error)]
    );
    assert_eq!(with("<propval name=\"n\" value=\"x\"/>"), []);
    assert_eq!(
        with("<property name=\"n\"><count_list><value_node value=\"x\"/></count_list></property>"),
        [("PW1035", Severity::Error)]
    );
    assert_eq!(with("<propval name=\"n.m\" value=\"x\"/>"), [("PW1011", Severity::Error)]);
}

#[test]
fn an_archive_follows_the_dtd_and_no_template() {
    let archive = |from: &str, to: &str| codes(&changed("archive.xml", from, to));
    assert_eq!(archive(" enabled=\"true\"", ""), [("PW1024", Severity::Error)]);
    assert_eq!(archive("<service name", "<stability value=\"Stable\"/><service name"), [("PW1005", Severity::Error)]);
    // Neither a missing start method nor an enabled instance is anything for an archive: it is what was there.
    assert_eq!(
        archive("<propval", "<propval name=\"enabled\" type=\"astring\" value=\"\"/><propval"),
        [("PW1028", Severity::Error)]
    );
    assert_eq!(
        archive("<propval", "<propval name=\"x\" type=\"count\" value=\"\"/><propval"),
        [("PW1035", Severity::Error)]
    );
}

#[test]
fn types_that_a_document_lets_be_missing() {
    // The two lines make profiles follow the DTD; a manifest has types all the same for svccfg.
    let doctype = "service_bundle.dtd.1\">";
    let lines = "service_bundle.dtd.1\" [\n<!ENTITY % profile \"INCLUDE\">\n<!ENTITY % manifest \"IGNORE\">\n]>";
    assert_eq!(codes(&changed("profile.xml", doctype, lines)), []);
    let manifest = changed("values.xml", doctype, lines).replacen(" type=\"count\"", "", 1);
    assert_eq!(codes(&manifest), [("PW1045", Severity::Error)]);
}
