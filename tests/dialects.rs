//! What templates of each dialect make of values, by example. tests/escape.rs has the real tools judge.
use std::collections::BTreeMap;

use portwright::diag::{Diagnostic, Fault};
use portwright::emit::dialect::{Dialect, Engine, Form, Refused, Text, format_make};
use serde::Serialize;

fn rendered(dialect: Dialect, template: &str, x: &impl Serialize) -> anyhow::Result<String> {
    let context = BTreeMap::from([("x", x)]);
    Engine::with_templates(dialect, Form::Package, &[("t", template)])?.render("t", &context)
}

fn shown(dialect: Dialect, template: &str, x: impl Into<Text>) -> String {
    rendered(dialect, template, &x.into()).unwrap().trim_end_matches('\n').to_owned()
}

fn refusal(dialect: Dialect, template: &str, x: impl Into<Text>) -> String {
    let error = rendered(dialect, template, &x.into()).unwrap_err();
    error.downcast_ref::<Diagnostic>().unwrap_or_else(|| panic!("no diagnostic: {error:?}")).message.clone()
}

#[test]
fn a_text_in_every_dialect() {
    let path = Text::token("PREFIX").lit("/sbin/it's");
    assert_eq!(shown(Dialect::Make, "X= {{ x }}", path.clone()), "X=\t${PREFIX}/sbin/it's");
    assert_eq!(shown(Dialect::Make, "X= {{ x | shell }}", path.clone()), r"X=	${PREFIX}'/sbin/it'\''s'");
    assert_eq!(shown(Dialect::Sh, "{{ x }}", path.clone()), r"@PREFIX@'/sbin/it'\''s'");
    assert_eq!(shown(Dialect::Sh, "\"{{ x | dq }}\"", path.clone()), "\"@PREFIX@/sbin/it's\"");
    assert_eq!(shown(Dialect::Xml, "{{ x }}", path.clone()), "@PREFIX@/sbin/it&apos;s");
    assert_eq!(shown(Dialect::Plist, "{{ x }}", Text::from("bin/").tok("NAME")), "bin/${NAME}");
    assert!(refusal(Dialect::Toml, "{{ x }}", path).contains("nothing fills in"));
}

#[test]
fn variables_stay_variables() {
    let argument = Text::from("--config=").var("pictrs_config");
    assert_eq!(shown(Dialect::Sh, "{{ x }}", argument.clone()), "--config=\"${pictrs_config}\"");
    assert_eq!(shown(Dialect::Sh, "\"{{ x | rcargs }}\"", argument), "\"--config=${pictrs_config}\"");
    let argument = Text::from("100%=").var("config/main");
    assert_eq!(shown(Dialect::Xml, "\"{{ x | smf_exec }}\"", argument), "\"100%%=%{config/main}\"");
}

#[test]
fn lists() {
    let list = ["a b", "c"];
    assert_eq!(rendered(Dialect::Sh, "{{ x | words }}", &list).unwrap(), "'a b' c\n");
    assert_eq!(rendered(Dialect::Make, "X= {{ x | words }}", &list).unwrap(), "X=\t'a b' c\n");
    assert_eq!(rendered(Dialect::Make, "X= {{ x | lines }}", &list).unwrap(), "X=\t'a b' \\\n\tc\n");
    assert_eq!(rendered(Dialect::Toml, "x = [{{ x | items }}]", &list).unwrap(), "x = [\"a b\", \"c\"]\n");
}

#[test]
fn tokens_cannot_be_forged() {
    assert_eq!(shown(Dialect::Sh, "{{ x }}", "@PREFIX@"), "'@'PREFIX'@'");
    assert_eq!(shown(Dialect::Sh, "{{ x }}", "a @PREFIX@"), "'a ''@''PREFIX''@'''");
    assert_eq!(shown(Dialect::Sh, "\"{{ x | dq }}\"", "@PREFIX@"), "\"\"\"@\"\"PREFIX\"\"@\"\"\"");
    assert_eq!(shown(Dialect::Xml, "{{ x }}", "@PREFIX@"), "&#64;PREFIX&#64;");
    assert!(refusal(Dialect::Sh, "{{ x | rcargs }}", "@PREFIX@").contains("\"@PREFIX@\""));
    assert_eq!(shown(Dialect::Sh, "{{ x | rcargs }}", "me@example.org"), "me@example.org");
    let carried = rendered(Dialect::Sh, "{{ x }}", &"\u{2}PREFIX\u{e}").unwrap_err();
    assert!(carried.downcast_ref::<Diagnostic>().unwrap().message.contains("U+0002"));
}

#[test]
fn refusals_name_the_text() {
    assert_eq!(
        refusal(Dialect::Make, "{{ x }}", "a\nb"),
        "the text \"a\\nb\" has a line break, which a makefile cannot hold"
    );
    assert!(refusal(Dialect::Sh, "{{ x }}", "a\0b").contains("U+0000"));
    assert!(refusal(Dialect::Sh, "{{ x | rcargs }}", "a b").contains("evaluated several times"));
    assert!(refusal(Dialect::Xml, "{{ x }}", "\u{1}").contains("XML does not know"));
    assert!(refusal(Dialect::Plist, "{{ x }}", "a b").contains("PLIST"));
    assert!(refusal(Dialect::Plist, "{{ x }}", "../x").contains("leads out"));
    assert!(refusal(Dialect::Text, "{{ x | wrap(width=4, lines=1) }}", "long words").contains("room for 1"));
}

#[test]
fn a_refusal_gives_the_text_to_look_for() {
    let error = rendered(Dialect::Sh, "{{ x | rcargs }}", &Text::token("PREFIX").lit("/a b")).unwrap_err();
    assert_eq!(error.downcast_ref::<Refused>().unwrap().text, "/a b");
    assert_eq!(error.downcast_ref::<Diagnostic>().unwrap().fault, Fault::Input);
}

#[test]
fn names_must_be_names() {
    for (dialect, template) in [
        (Dialect::Make, "{{ x }}"),
        (Dialect::Sh, "{{ x }}"),
        (Dialect::Xml, "{{ x | smf_exec }}"),
        (Dialect::Plist, "{{ x }}"),
    ] {
        assert!(refusal(dialect, template, Text::token("A B$(id)")).contains("is no name"), "{dialect:?}");
        assert!(refusal(dialect, template, Text::variable("a}b")).contains("is no name"), "{dialect:?}");
    }
    let resolved = Engine::with_templates(Dialect::Sh, Form::Resolved, &[("t", "{{ x }}")]).unwrap();
    let error = resolved.render("t", &BTreeMap::from([("x", Text::token("PREFIX"))])).unwrap_err();
    assert!(format!("{error}").contains("only a package fills in"));
}

#[test]
fn one_line_break_at_the_end() {
    assert_eq!(rendered(Dialect::Text, "{{ x }}\r\n\n\n", &"a\r\nb").unwrap(), "a\nb\n");
}

#[test]
fn comments_stay_comments() {
    assert_eq!(shown(Dialect::Make, "# {{ x | comment }}", "a\n\nall:\\"), "# a\n#\n# all:\\.");
    assert_eq!(shown(Dialect::Sh, "# {{ x | comment }}", "a\nrm -rf /"), "# a\n# rm -rf /");
    assert_eq!(shown(Dialect::Xml, "<!-- {{ x | comment }} -->", "--><x>-"), "<!-- - -><x>-  -->");
    assert_eq!(shown(Dialect::Toml, "# {{ x | comment }}", "a\nb"), "# a\n# b");
}

#[test]
fn no_way_round_the_dialect() {
    for filter in ["safe", "escape", "escape_html", "escape_xml"] {
        let error = rendered(Dialect::Sh, &format!("{{{{ x | {filter} }}}}"), &"$(id)").unwrap_err();
        assert!(format!("{error:#}").contains("not for templates"), "{error:#}");
    }
    let twice = rendered(Dialect::Make, "{{ x | shell | shell }}", &"x").unwrap_err();
    assert!(format!("{twice:#}").contains("already escaped"));
    let undefined = rendered(Dialect::Sh, "{{ y }}", &"x").unwrap_err();
    assert!(undefined.downcast_ref::<Diagnostic>().is_none());
    assert!(format!("{undefined:#}").contains("`t`"));
}

#[test]
fn loops_over_maps_are_in_order() {
    let map: BTreeMap<String, String> = (10..40).map(|i| (format!("k{i}"), format!("v{i}"))).collect();
    let all = rendered(Dialect::Text, "{% for k, v in x %}{{ k }}={{ v }} {% endfor %}", &map).unwrap();
    let want: Vec<_> = map.iter().map(|(k, v)| format!("{k}={v} ")).collect();
    assert_eq!(all, want.concat() + "\n");
}

#[test]
fn makefiles_are_aligned() {
    let messy = "# $NetBSD$\n\nDISTNAME= x\nCATEGORIES=\t\t\twww\nA_LONGER_NAME+=  y  \n# why\n.if 1\nZ=\t1\n.endif\n\nB=1\n\nall:\n\tcmd\n";
    let neat = "# $NetBSD$\n\nDISTNAME=\tx\nCATEGORIES=\twww\nA_LONGER_NAME+=\ty\n# why\n.if 1\nZ=\t\t1\n.endif\n\nB=\t1\n\nall:\n\tcmd\n";
    assert_eq!(format_make(messy), neat);
    assert_eq!(format_make(neat), neat);
}

#[test]
fn an_outlier_gets_a_blank() {
    let text = "A=\tx\nSITES.a-very-long-file-name-1.0.tar.gz=\ty\nBB=\tz\n";
    assert_eq!(format_make(text), "A=\tx\nSITES.a-very-long-file-name-1.0.tar.gz= y\nBB=\tz\n");
}

#[test]
fn long_lists_go_on() {
    let list: Vec<String> = (0..12).map(|i| format!("word-number-{i}")).collect();
    let text = rendered(Dialect::Make, "LIST= {{ x | words }}\nOTHER_NAME= 1\n", &list).unwrap();
    let want = "LIST=\t\tword-number-0 word-number-1 word-number-2 \\\n\
        \t\tword-number-3 word-number-4 word-number-5 \\\n\
        \t\tword-number-6 word-number-7 word-number-8 \\\n\
        \t\tword-number-9 word-number-10 word-number-11\nOTHER_NAME=\t1\n";
    assert_eq!(text, want);
    assert_eq!(format_make(&text), text);
}
