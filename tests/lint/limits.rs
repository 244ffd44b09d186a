//! Whatever is thrown at lint, it answers. No clock: what is quadratic in texts of these lengths does not end in CI's time;
//! how long it takes is measured in `benches/lint.rs`.
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use portwright::finding::{Severity, Source};
use portwright::lint::judge;

use crate::support::{findings, sample};

fn said(text: &str) -> Vec<&'static str> {
    findings(text).iter().map(|finding| finding.rule.code).collect()
}

const HEAD: &str =
    "<?xml version='1.0'?>\n<!DOCTYPE service_bundle SYSTEM \"/usr/share/lib/xml/dtd/service_bundle.dtd.1\">\n";

#[test]
fn ten_megabytes_of_junk() {
    for junk in ["<a>", "<a b='c'/>", "&amp;", "<!-- x -->", "\u{1}", "]]>", "<service name='", "x", "<![CDATA[", "--"]
    {
        let text = format!("{HEAD}<service_bundle type='manifest' name='x'>{}", junk.repeat((10 << 20) / junk.len()));
        assert_eq!(said(&text), ["PW1001"], "{junk}");
    }
}

#[test]
fn as_much_as_is_read() {
    // Half of what is read at most, all of it one thing.
    let room = 1 << 20;
    let fill = |piece: &str| piece.repeat(room / piece.len());
    for (piece, end) in [
        ("<service name='a' version='1' type='service'/>", true),
        ("<property_group name='a' type='b'/>", true),
        ("<!-- portwright: allow PW1113: x -->", true),
        ("<?pi?>", true),
        ("<a", false),
        ("&#65;", true),
        ("<x a='' b='' c='' d='' e='' f='' g='' h=''/>", true),
    ] {
        let text = format!(
            "{HEAD}<service_bundle type='manifest' name='x'>{}{}",
            fill(piece),
            if end { "</service_bundle>" } else { "" }
        );
        assert!(!said(&text).is_empty(), "{piece}");
    }
}

#[test]
fn a_billion_laughs() {
    let mut entities = String::from("<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        let ten = format!("&a{};", n - 1).repeat(10);
        entities.extend([format!("<!ENTITY a{n} \"{ten}\">")]);
    }
    let text = format!(
        "<!DOCTYPE service_bundle [{entities}]>\n<service_bundle type='manifest' name='x'>&a29;</service_bundle>"
    );
    assert_eq!(said(&text), ["PW1001"]);
    // One large entity many times.
    let text = format!(
        "<!DOCTYPE service_bundle [<!ENTITY a '{}'>]>\n<service_bundle type='manifest' name='x'>{}</service_bundle>",
        "x".repeat(3000),
        "&a;".repeat(100_000)
    );
    assert_eq!(said(&text), ["PW1001"]);
}

#[test]
fn nothing_is_loaded() {
    // Neither the DTD nor an entity from elsewhere.
    let text = "<!DOCTYPE service_bundle SYSTEM \"/etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<service_bundle type='manifest' name='&x;'/>";
    assert_eq!(said(text), ["PW1001"]);
}

#[test]
fn a_sample_cut_anywhere() {
    let text = sample("acme.xml");
    for (at, _) in text.char_indices().step_by(7) {
        let _ = findings(&text[..at]);
        let _ = findings(&format!(
            "{}{}",
            &text[..at],
            &text[text.len() / 2..].trim_start_matches(|c: char| !c.is_ascii())
        ));
    }
}

/// Beginnings of packages that include `more.mk`.
const PACKAGES: [(&str, &str); 3] = [
    ("pkgsrc", "# $NetBSD$\n\nDISTNAME=\tx-1.0\n.include \"more.mk\"\n.include \"../../mk/bsd.pkg.mk\"\n"),
    ("openbsd", "COMMENT =\tx\nDISTNAME =\tx-1.0\nCATEGORIES =\tnet\n.include \"more.mk\"\n.include <bsd.port.mk>\n"),
    ("freebsd", "PORTNAME=\tx\nDISTVERSION=\t1.0\n\n.include \"more.mk\"\n.include <bsd.port.mk>\n"),
];

/// How often each finding of a package is said, at most.
fn most_often(kind: &str, makefile: &str, others: &[(String, String)]) -> usize {
    let mut sources = vec![Arc::new(Source::new("x/Makefile", makefile))];
    sources.extend(others.iter().map(|(path, text)| Arc::new(Source::new(path, text.as_str()))));
    let report = judge(&sources);
    assert_eq!(report.judged.get(kind), Some(&sources.len()), "{:?}", report.judged);
    let mut said = BTreeMap::new();
    for finding in &report.findings {
        let place = (finding.place.name(), finding.place.start(), finding.rule.code, &finding.message);
        *said.entry(format!("{place:?}")).or_insert(0) += 1;
    }
    said.into_values().max().unwrap_or(0)
}

#[test]
fn makefiles_that_include_each_other() {
    let lines = "CARGO_CRATES+=\ta-1.0\nMODCARGO_CRATES+=\tb 1.0\nX+=\t${NONE:M*} \n".repeat(20);
    let file = |name: &str, text: String| (format!("x/{name}.mk"), text);
    let include = |name: &str| format!(".include \"{name}.mk\"\n");
    let itself = vec![file("more", format!("{lines}{}{}", include("more"), include("more")))];
    let in_a_loop = vec![file("more", format!(".for a in {}\n{}.endfor\n{lines}", "1 ".repeat(99), include("more")))];
    let each_other = vec![
        file("more", format!("{lines}{}{}", include("other"), include("other"))),
        file("other", format!("{lines}{}{}", include("more"), include("more"))),
    ];
    // Twice as many lines with each level.
    let mut levels = vec![file("more", include("level1"))];
    for level in 1..=20 {
        let next = include(&format!("level{}", level + 1));
        levels.push(file(&format!("level{level}"), format!("{lines}{next}{next}")));
    }
    let loops = format!(".for a in {0}\n.for b in {0}\n{lines}.endfor\n.endfor\n", "1 2 3 ".repeat(20));
    for others in [itself, in_a_loop, each_other, levels, vec![file("more", loops)]] {
        for (kind, makefile) in PACKAGES {
            assert!(most_often(kind, makefile, &others) <= 1, "{kind}: {}", others[0].1);
        }
    }
}

#[test]
fn what_is_too_large_is_said() {
    let large = "A=\tb\n".repeat(100_000);
    for (kind, makefile) in PACKAGES {
        let sources = [("x/Makefile", makefile), ("x/more.mk", large.as_str())];
        let report = judge(&sources.map(|(path, text)| Arc::new(Source::new(path, text))));
        let said =
            report.findings.iter().find(|one| one.message.contains("too large")).unwrap_or_else(|| panic!("{kind}"));
        assert_eq!(said.severity, Severity::Unknown);
        assert!(said.place.name().ends_with("more.mk"), "{kind}: {}", said.place.name());
    }
    let sources =
        [("x/Makefile".to_owned(), PACKAGES[0].1.to_owned()), ("x/distinfo".to_owned(), "x\n".repeat(1 << 20))];
    let report = judge(&sources.map(|(path, text)| Arc::new(Source::new(path, text))));
    assert!(report.findings.len() < 5000, "{}", report.findings.len());
    assert!(report.findings.iter().any(|one| one.rule.code == "PW0004"));
}

#[test]
fn distinfo_of_many_files() {
    for algorithms in [&["SHA256"][..], &["SHA256", "SIZE"], &["SIZE", "SHA256", "SHA512", "BLAKE2s"]] {
        let mut distinfo = String::new();
        for algorithm in algorithms {
            for at in 0..30_000 {
                writeln!(distinfo, "{algorithm} (junk-{at}.tar.gz) = {at:064x}").expect("a String takes all");
            }
        }
        for (_, makefile) in PACKAGES {
            let sources = [("x/Makefile", makefile), ("x/distinfo", distinfo.as_str())];
            let report = judge(&sources.map(|(path, text)| Arc::new(Source::new(path, text))));
            assert!(!report.findings.is_empty());
        }
    }
}
