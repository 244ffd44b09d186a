//! XML readers as judges, and a shell for the exec strings of SMF.
use std::fs;
use std::path::Path;
use std::process::Command;

use portwright::emit::dialect::{Dialect, Form};

use crate::judges::{judge, output, shells, split_nul};
use crate::values::{accepted, assert_same, render};

fn holds(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..))
}

/// What pkgsrc does to manifests, for any name.
fn files_subst(xml: &str, dir: &Path) -> String {
    let path = dir.join("subst.in");
    fs::write(&path, xml).unwrap();
    let mut sed = Command::new("sed");
    sed.args(["-e", "s,@[A-Za-z0-9_.-][A-Za-z0-9_.-]*@,REPLACED,g"]).arg(&path);
    String::from_utf8(output(&mut sed, dir)).unwrap()
}

fn well_formed(xml: &str, dir: &Path) {
    let Some(xmllint) = judge("xmllint") else { return };
    let path = dir.join("x.xml");
    fs::write(&path, xml).unwrap();
    output(Command::new(xmllint).arg("--noout").arg(&path), dir);
}

/// The manifest with `template` for each text, after pkgsrc has been over it.
fn document(template: &str, texts: &[String], dir: &Path) -> String {
    let whole = format!("<?xml version=\"1.0\"?>\n<all>\n{{% for v in x %}}{template}\n{{% endfor %}}</all>");
    let xml = files_subst(&render(Dialect::Xml, Form::Package, &whole, &texts).unwrap(), dir);
    well_formed(&xml, dir);
    xml
}

#[test]
fn attributes() {
    let dir = tempfile::tempdir().unwrap();
    let texts = accepted(Dialect::Xml, Form::Package, "{{ x }}", holds);
    let xml = document("<e a=\"{{ v }}\">{{ v }}</e>", &texts, dir.path());
    let read = roxmltree::Document::parse(&xml).unwrap();
    let elements: Vec<_> = read.descendants().filter(|node| node.has_tag_name("e")).collect();
    let attributes: Vec<_> = elements.iter().map(|node| node.attribute("a").unwrap().to_owned()).collect();
    let contents: Vec<_> = elements.iter().map(|node| node.text().unwrap_or("").to_owned()).collect();
    assert_same("roxmltree (attributes)", &texts, &attributes);
    assert_same("roxmltree (text)", &texts, &contents);
}

#[test]
fn xmllint_reads_the_same() {
    let Some(xmllint) = judge("xmllint") else { return };
    let dir = tempfile::tempdir().unwrap();
    let texts = accepted(Dialect::Xml, Form::Package, "{{ x }}", holds);
    fs::write(dir.path().join("x.xml"), document("<e a=\"{{ v }}\"/>", &texts, dir.path())).unwrap();
    // It writes what it read; had it read something else, that is what would be there now.
    let printed = output(Command::new(xmllint).arg("x.xml"), dir.path());
    let printed = String::from_utf8(printed).unwrap();
    let read = roxmltree::Document::parse(&printed).unwrap();
    let back: Vec<_> = read.descendants().filter_map(|node| node.attribute("a")).map(str::to_owned).collect();
    assert_same("xmllint", &texts, &back);
}

#[test]
fn prose_keeps_its_lines() {
    let dir = tempfile::tempdir().unwrap();
    let texts = accepted(Dialect::Xml, Form::Package, "{{ x | prose }}", holds);
    let xml = document("<e>{{ v | prose }}</e>", &texts, dir.path());
    let read = roxmltree::Document::parse(&xml).unwrap();
    let elements = read.descendants().filter(|node| node.has_tag_name("e"));
    let back: Vec<_> = elements.map(|node| node.text().unwrap_or("").to_owned()).collect();
    assert_same("roxmltree", &texts, &back);
}

#[test]
fn comments() {
    let dir = tempfile::tempdir().unwrap();
    let texts = accepted(Dialect::Xml, Form::Package, "{{ x | comment }}", holds);
    let xml = document("<!-- {{ v | comment }} --><e/><!--{{ v | comment }}-->", &texts, dir.path());
    assert!(!xml.contains("REPLACED"));
    let read = roxmltree::Document::parse(&xml).unwrap();
    assert_eq!(read.descendants().filter(|node| node.has_tag_name("e")).count(), texts.len());
    assert_eq!(read.descendants().filter(roxmltree::Node::is_element).count(), texts.len() + 1);
}

/// What svc.startd makes of `%` in an exec string. There are no properties here: only `%%` may be left.
fn expand(exec: &str) -> String {
    let mut expanded = String::new();
    let mut chars = exec.chars();
    while let Some(c) = chars.next() {
        if c == '%' {
            assert_eq!(chars.next(), Some('%'), "a token in {exec:?}");
        }
        expanded.push(c);
    }
    expanded
}

#[test]
fn exec_strings() {
    let dir = tempfile::tempdir().unwrap();
    let holds = |text: &str| holds(text) && text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t');
    let texts = accepted(Dialect::Xml, Form::Package, "{{ x | smf_exec }}", holds);
    assert!(!render(Dialect::Xml, Form::Package, "{{ x | smf_exec }}", &":kill").unwrap().starts_with(':'));
    // Twenty arguments to a command: two services with one argument would tell no more, and a shell for each is slow.
    let shown = dir.path().join("show");
    fs::write(&shown, "printf '%s\\0' \"$@\"\n").unwrap();
    let groups: Vec<Vec<String>> = texts.chunks(20).map(<[String]>::to_vec).collect();
    let whole = "<all>{% for v in x %}<m exec=\"sh ./show {{ v | smf_exec }}\"/>{% endfor %}</all>";
    let xml = files_subst(&render(Dialect::Xml, Form::Package, whole, &groups).unwrap(), dir.path());
    let read = roxmltree::Document::parse(&xml).unwrap();
    let methods: Vec<_> = read.descendants().filter_map(|node| node.attribute("exec")).collect();
    for shell in shells() {
        let mut back = Vec::new();
        for exec in &methods {
            let command = format!("exec {}", expand(exec));
            back.extend(split_nul(&output(Command::new(&shell).arg("-c").arg(command), dir.path())));
        }
        assert_same(&shell.display().to_string(), &texts, &back);
    }
}
