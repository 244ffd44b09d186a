//! Recipes and crates with texts made to break out of what they are written into. What is read back by make, sh and
//! an XML reader is that very text, or generating refused; nothing of it ever runs. The dialects themselves are tested
//! in tests/escape.
use std::process::Command;

use crate::support::{Crate, Env, Package, Ran, judge};

/// If one of these is run, a file shows it.
pub(crate) const HOSTILE: &[&str] = &[
    "$(touch RAN)",
    "`touch RAN`",
    "${:!touch RAN!}",
    "${PREFIX}$$HOME",
    "a' touch RAN '",
    "a\" touch RAN \"",
    "; touch RAN #",
    "| touch RAN &",
    "\\",
    "a\\nb\\tc\\",
    "# comment",
    "!bang! ^caret^",
    "]]> --> <!-- &amp; <x y='z'>",
    "%{pg/prop} %% %s",
    "@PREFIX@ @USER@",
    "%%PREFIX%% 100%%",
    "EOM",
    "a,b,s,x,y,",
    "~root *?[a-z]",
    "two\nlines\n\ttouch RAN",
    ".include \"/etc/passwd\"",
    "tab\there",
    "bell\u{7}",
    "é 🦀",
    "-n",
    "",
    "a  b",
    "{state} {{x}}",
];

/// A TOML string.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

pub(crate) fn recipe(package: &str, build: &str, service: &str, rest: &str) -> String {
    format!(
        "[upstream]\ncrate = \"anvil\"\nversion = \"1.0.0\"\n[package]\n{package}\n[build]\n{build}\n\
         [service]\ncommand = [\"{{bin}}/anvil\"]\nuser = \"anvil\"\n{service}\n{rest}\n"
    )
}

/// Generates, in a directory where an anvil is for sale; nothing when it was refused, in which case nothing is written.
pub(crate) fn generated(env: &Env, recipe: &str, args: &[&str]) -> Option<Ran> {
    env.write("anvil.toml", recipe);
    let ran = env.run(&[&["generate", "--offline", "anvil.toml"], args].concat());
    if ran.status == 0 {
        return Some(ran);
    }
    assert!(ran.status == 2 && ran.stderr.contains("error:"), "{recipe}\n{ran}");
    assert!(!ran.stderr.contains('\u{7}'), "control characters reach the terminal: {ran}");
    for tree in ["pkgsrc", "ports"] {
        assert!(!env.work().join(tree).exists(), "refused, and written nevertheless");
    }
    None
}

pub(crate) fn anvil() -> Env {
    let env = Env::new();
    env.publish(&Crate::server("anvil", "1.0.0").file("it's.toml", "a = 1\n"));
    env
}

/// Nobody's command has run, neither where the package is nor where we are.
pub(crate) fn inert(env: &Env, what: &str) {
    let ran = env.files("").into_iter().find(|(name, _)| name.ends_with("RAN"));
    assert!(ran.is_none(), "{what:?} was run");
}

#[test]
fn make_reads_what_the_recipe_said() {
    let mut carried = 0;
    for text in HOSTILE {
        let env = anvil();
        // Braces are placeholders in paths and arguments, but nowhere here.
        let build = format!("environment = {{ ANVIL = {} }}", quoted(text));
        if generated(&env, &recipe("", &build, "", ""), &[]).is_none() {
            continue;
        }
        let Some(package) = Package::of(&env, "pkgsrc/net/anvil") else { return };
        // MAKE_ENV is put in front of a command by make, which a shell then reads.
        let mut env_command = package.bmake("NetBSD", &["-f", "Makefile", "-f", "-", "say"]);
        env_command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = env_command.spawn().unwrap();
        let rule = "say:\n\t@env -i ${MAKE_ENV:MANVIL=*} sh -c 'printf \"%s|\" \"$$ANVIL\"'\n.PHONY: say\n";
        // :M takes words apart; the whole of it is what pkgsrc uses.
        let rule = rule.replace("${MAKE_ENV:MANVIL=*}", "${MAKE_ENV}");
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), rule.as_bytes()).unwrap();
        let said = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&said.stdout), format!("{text}|"), "{text:?}");
        inert(&env, text);
        carried += 1;
    }
    assert!(carried > HOSTILE.len() / 2, "most can be carried: {carried}");
}

#[test]
fn texts_about_the_package_are_inert() {
    for text in HOSTILE {
        let env = anvil();
        let package = format!("comment = \"Thing to hammer on\"\ndescription = {}\n", quoted(text));
        if generated(&env, &recipe(&package, "", "", ""), &[]).is_some() {
            if let Some(package) = Package::of(&env, "pkgsrc/net/anvil") {
                assert_eq!(package.ask("NetBSD", &[], "${COMMENT}").unwrap(), "Thing to hammer on");
            }
            let descr = env.read("pkgsrc/net/anvil/DESCR");
            assert!(descr.lines().count() <= 24 && descr.lines().all(|line| line.len() <= 80), "{descr}");
            assert!(descr.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)), "{descr:?}");
            let manifest = env.read("smf/anvil.xml");
            let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
            let parsed = roxmltree::Document::parse_with_options(&manifest, options).unwrap();
            let methods = parsed.descendants().filter(|node| node.has_tag_name("exec_method")).count();
            assert_eq!(methods, 2, "the description adds nothing: {manifest}");
        }
        inert(&env, text);
        // A comment either comes out as it is, or is refused with what a porter would write.
        let env = anvil();
        if generated(&env, &recipe(&format!("comment = {}", quoted(text)), "", "", ""), &[]).is_some()
            && let Some(package) = Package::of(&env, "pkgsrc/net/anvil")
        {
            assert_eq!(package.ask("NetBSD", &[], "${COMMENT}").unwrap(), *text, "{text:?}");
        }
        inert(&env, text);
    }
}

#[test]
fn a_crates_own_words_are_a_strangers() {
    for text in HOSTILE.iter().filter(|text| !text.is_empty()) {
        let env = Env::new();
        env.publish(&Crate::server("anvil", "1.0.0").package(&format!("description = {}\n", quoted(text))));
        if generated(&env, &recipe("", "", "", ""), &[]).is_none() {
            continue;
        }
        let Some(package) = Package::of(&env, "pkgsrc/net/anvil") else { return };
        let comment = package.ask("NetBSD", &[], "${COMMENT}").unwrap();
        assert!(
            !comment.is_empty() && comment.len() <= 60 && !comment.contains(['"', '\'', '`']),
            "{text:?}: {comment}"
        );
        assert_eq!(package.ask("NetBSD", &[], "${LICENSE}").unwrap(), "isc");
        inert(&env, text);
    }
}

#[test]
fn arguments_reach_the_server_under_smf_or_are_refused() {
    let Some(sh) = judge("dash") else { return };
    let mut carried = 0;
    for text in HOSTILE {
        let env = anvil();
        // illumos alone: rc.subr carries next to nothing of this.
        let escaped = text.replace('{', "{{").replace('}', "}}");
        let recipe = recipe("", "", "", "")
            .replace("[\"{bin}/anvil\"]", &format!("[\"{{bin}}/anvil\", {}, \"last\"]", quoted(&escaped)));
        if generated(&env, &recipe, &["--profile", "illumos", "--target", "smf"]).is_none() {
            continue;
        }
        let manifest = env.read("smf/anvil.xml");
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let parsed = roxmltree::Document::parse_with_options(&manifest, options).unwrap();
        let start = parsed.descendants().find(|node| node.attribute("name") == Some("start")).unwrap();
        // As svc.startd: properties in place of tokens, then a shell. Ours have no values to begin with, but for the
        // arguments, which are a list of words.
        let values = |name: &str| -> Vec<String> {
            let property = parsed.descendants().find(|node| node.attribute("name") == Some(name)).unwrap();
            property.descendants().filter_map(|node| node.attribute("value").map(ToOwned::to_owned)).collect()
        };
        let mut exec = String::new();
        let mut rest = start.attribute("exec").unwrap();
        while let Some(at) = rest.find('%') {
            exec.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            if let Some(token) = after.strip_prefix("{application/") {
                let (name, tail) = token.split_once('}').unwrap();
                // Characters that svc.startd puts a backslash in front of; `$` and `*` are not among them.
                let quoted = |c: char| if ";&()|^<>\n \t\\\"'`".contains(c) { vec!['\\', c] } else { vec![c] };
                let values: Vec<String> =
                    values(name).iter().map(|value| value.chars().flat_map(quoted).collect()).collect();
                exec.push_str(&values.join(" "));
                rest = tail;
            } else {
                assert!(after.starts_with('%'), "{exec} {rest}");
                exec.push('%');
                rest = &after[1..];
            }
        }
        exec.push_str(rest);
        let exec = exec.replace("/opt/local/sbin/anvil", "printf '%s|'").replace("/usr/bin/env ", "");
        let output = Command::new(sh.clone()).arg("-c").arg(&exec).current_dir(env.work()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{text}|last|"), "{exec}\n{manifest}");
        inert(&env, text);
        carried += 1;
    }
    assert!(carried > HOSTILE.len() / 3, "some can be carried: {carried}");
}

#[test]
fn names_of_files_and_accounts_are_plain_or_refused() {
    let mut refused = 0;
    for text in HOSTILE {
        for (build, service) in [
            (
                format!("[[build.install]]\nfrom = \"it's.toml\"\nto = {}", quoted(&format!("{{doc}}/{text}"))),
                String::new(),
            ),
            (String::new(), format!("user = {}", quoted(text))),
            (
                String::new(),
                format!("[[service.config]]\nid = \"main\"\npath = {}", quoted(&format!("{{sysconf}}/{text}"))),
            ),
        ] {
            let env = anvil();
            let mut recipe = recipe("", &build, &service, "");
            if service.starts_with("user") {
                recipe = recipe.replacen("user = \"anvil\"\n", "", 1);
            }
            match generated(&env, &recipe, &[]) {
                None => refused += 1,
                Some(_) => {
                    if let Some(package) = Package::of(&env, "pkgsrc/net/anvil") {
                        let words = package.words("NetBSD", &[], "CONF_FILES");
                        assert!(words.len().is_multiple_of(2), "{text:?}: {words:?}");
                        package.words("NetBSD", &[], "PKG_USERS");
                    }
                }
            }
            inert(&env, text);
        }
    }
    assert!(refused > HOSTILE.len(), "{refused}");
}
