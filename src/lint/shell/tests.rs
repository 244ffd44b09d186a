//! The reader, tried on made-up scripts, on junk, and beside real shells.
use std::process::Command as Process;

use proptest::prelude::*;

use super::{Command, Found, Kind, Operator, Part, Script, TroubleKind, parts, read, walk, words};

/// Names and arguments of all simple commands, in order.
fn commands(text: &str) -> Vec<String> {
    let script = read(text);
    assert_eq!(script.trouble, None, "{text}");
    let mut found = Vec::new();
    walk(&script, &mut |one, _| {
        if let Found::Simple(simple) = one {
            let words: Vec<&str> = simple.words.iter().map(|word| &text[word.span.clone()]).collect();
            found.push(words.join(" "));
        }
    });
    found
}

#[test]
fn commands_in_order() {
    assert_eq!(commands("a b; c && d | e & f\n# g\nh \\\n i # j\n"), ["a b", "c", "d", "e", "f", "h i"]);
    assert_eq!(commands("if a; then b; elif c\nthen d; else e; fi >f"), ["a", "b", "c", "d", "e"]);
    assert_eq!(commands("case $x in (a|b) c;; *) d; e ;; esac"), ["c", "d", "e"]);
    assert_eq!(
        commands("for i in 1 2; do a; done; while b; do c; done; until d; do e; done"),
        ["a", "b", "c", "d", "e"]
    );
    assert_eq!(commands("f() { a; }\ng () ( b )\nfunction h { c; }"), ["a", "b", "c"]);
    assert_eq!(
        commands("a \"$(b 'c d' `e`)\" ${x:-$(f)}"),
        ["a \"$(b 'c d' `e`)\" ${x:-$(f)}", "b 'c d' `e`", "e", "f"]
    );
    assert_eq!(commands("a <<E b\n$(c) `d`\nE\ne <<-'F'\n\t$(g)\n\tF\nh"), ["a b", "e", "h", "c", "d"]);
    assert_eq!(commands("! a; { b; } 2>&1; (c)"), ["a", "b", "c"]);
    assert_eq!(commands("$_rc_subr_loaded . /etc/rc.subr"), ["$_rc_subr_loaded . /etc/rc.subr"]);
    assert_eq!(commands("echo a}b {c} }"), ["echo a}b {c} }"]);
    assert_eq!(commands("%%OPTION%%# a\n%%OTHER%%\tb\n%%PREFIX%%/bin/c"), ["b", "%%PREFIX%%/bin/c"]);
}

#[test]
fn values_and_operators() {
    let text = "x=a\"b $y\"'c'\\d; : ${u:=v} ${w=} ${z-1} ${#q} ${r%%.*} ${s/a/b} \"${t:+\"n\"}\" ${%%P%%_e:=1} $((k + 1)) $'m'";
    let script = read(text);
    assert_eq!(script.trouble, None);
    let mut seen = Vec::new();
    walk(&script, &mut |one, _| {
        if let Found::Simple(simple) = one {
            for word in words(simple) {
                parts(&word.parts, &mut |part| {
                    if let Part::Parameter(parameter) = part {
                        seen.push((&text[parameter.name.clone()], parameter.operator));
                    }
                });
            }
        }
    });
    let wanted = [
        ("y", Operator::None),
        ("u", Operator::Assign(true)),
        ("w", Operator::Assign(false)),
        ("z", Operator::Default(false)),
        ("q", Operator::Length),
        ("r", Operator::Trim),
        ("s", Operator::Foreign),
        ("t", Operator::Alternative(true)),
        ("%%P%%_e", Operator::Assign(true)),
        ("k", Operator::None),
    ];
    assert_eq!(seen, wanted);
    let Command::Simple(first) = &script.body.items[0].first.commands[0] else { panic!() };
    assert_eq!(&text[first.assignments[0].name.clone()], "x");
    assert_eq!(first.assignments[0].value.literal(text), None);
    let text = "'a b'\"c\"\\d";
    let script = read(text);
    let Command::Simple(first) = &script.body.items[0].first.commands[0] else { panic!() };
    assert_eq!(first.words[0].literal(text).as_deref(), Some("a bcd"));
}

#[test]
fn pipelines_and_the_background() {
    let script = read("a 2>&1 | b &");
    let item = &script.body.items[0];
    assert_eq!((item.first.commands.len(), item.background.clone()), (2, Some(11..12)));
    let script = read("if [ -n x ]; then (a); fi");
    let mut places = Vec::new();
    walk(&script, &mut |found, place| {
        if let Found::Simple(_) = found {
            places.push((place.tested, place.conditional, place.subshell));
        }
    });
    assert_eq!(places, [(true, false, false), (false, true, true)]);
    let Command::Compound(compound) = &script.body.items[0].first.commands[0] else { panic!() };
    assert!(matches!(compound.kind, Kind::If(..)));
}

#[test]
fn where_it_ends() {
    let kind = |text: &str| read(text).trouble.map(|trouble| (text[trouble.span].to_owned(), trouble.kind));
    let open = |what: &str, close| Some((what.to_owned(), TroubleKind::Open(close)));
    assert_eq!(kind("a 'b"), open("'", "'"));
    assert_eq!(kind("a \"b"), open("\"", "\""));
    assert_eq!(kind("a $(b"), open("$", ")"));
    assert_eq!(kind("a ${b"), open("${", "}"));
    assert_eq!(kind("if a; then b"), open("if", "fi"));
    assert_eq!(kind("while a; b"), open("while", "do"));
    assert_eq!(kind("f() {\na\n"), open("{", "}"));
    assert_eq!(kind("case a in b) c;;"), open("case", "esac"));
    assert_eq!(kind("a\n}\n"), Some(("}".to_owned(), TroubleKind::Unexpected)));
    assert_eq!(kind("a ; ; b"), Some((";".to_owned(), TroubleKind::Unexpected)));
    assert_eq!(kind("a ( b )"), Some(("b".to_owned(), TroubleKind::Unexpected)));
    assert_eq!(kind("a $((b) | c)"), Some(("$((".to_owned(), TroubleKind::Unclear)));
    assert_eq!(kind(&"$(".repeat(1000)).map(|(_, kind)| kind), Some(TroubleKind::Unclear));
    assert_eq!(kind(&"`".repeat(1000)), None);
    assert_eq!(kind("cat <<E\nnever closed\n"), None, "shells have it so");
}

/// Scripts that shells take, and scripts that they refuse.
const TAKEN: [&str; 12] = [
    "a() (b)",
    "if ! a | b; then :; fi &",
    "case x in x) ;; esac",
    "for i; do :; done",
    "x=\"a 'b' $(c \"d\" )\"",
    "cat <<A <<'B'\n$x\nA\n$(\nB\n",
    "a && \n# c\n b ||\n c",
    "echo \\\n a",
    "{ a; } >x 2>&1 </dev/null",
    "a=b c=d e >f; g=",
    "echo ${a:-${b:-\"c }\"}} }",
    "while :; do break; done | { read x; }",
];
const REFUSED: [&str; 8] =
    ["a )", "if a; fi; then", "a | | b", "a &&", "{ a; ", "case x in", "a > ", "for i in a; b; done"];

#[test]
fn shells_agree() {
    for shell in ["dash", "bash", "mksh", "ksh"] {
        let Ok(path) = which::which(shell) else {
            eprintln!("skipped: no {shell}");
            continue;
        };
        let takes = |text: &str| Process::new(&path).args(["-n", "-c", text]).output().unwrap().status.success();
        for text in TAKEN {
            assert!(takes(text) && read(text).trouble.is_none(), "{shell}: {text:?}: {:?}", read(text).trouble);
        }
        for text in REFUSED {
            assert!(!takes(text) && read(text).trouble.is_some(), "{shell}: {text:?}");
        }
    }
}

/// Every place is in the text and between characters; what is inside something else is inside.
fn places_are_right(text: &str, script: &Script) {
    let right = |span: &super::Span| {
        assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
    };
    script.comments.iter().for_each(right);
    script.trouble.iter().for_each(|trouble| right(&trouble.span));
    walk(script, &mut |found, _| match found {
        Found::Simple(simple) => {
            right(&simple.span);
            for word in words(simple) {
                right(&word.span);
                parts(&word.parts, &mut |part| right(&part.span()));
            }
        }
        Found::Compound(compound) => right(&compound.span),
        Found::Function(function) => right(&function.name),
    });
}

proptest! {
    #[test]
    fn junk_is_read_or_refused(text in "([ \\t\\n;&|<>()${}`'\"\\\\#=!*?@+%a-z0-9ü]|if |then|fi|do|done|case|esac|in|<<E|\\$\\(\\(){0,60}") {
        let script = read(&text);
        places_are_right(&text, &script);
    }
}

#[test]
fn much_junk_is_read() {
    for unit in
        ["$(", "((", "\"${a:-", "a=$((", "if a; then ", "`", "cat <<E; ", "'", "{ ", "case x in ", "a | ", "$\\\n"]
    {
        let text = unit.repeat((1 << 20) / unit.len());
        // It is linear, or it takes hours.
        places_are_right(&text, &read(&text));
    }
}
