//! `lint --fix`, `--diff`, and comments that allow.
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::manifest::{GOOD, lint, with_change, with_manifest};

#[test]
fn fixes_are_shown_and_written() {
    let single = "<create_default_instance enabled=\"false\"/>\n    <single_instance/>";
    let env = with_change("<create_default_instance enabled=\"false\"/>", single);
    assert_snapshot!(lint(&env, &["hearth.xml", "--diff"]), @r#"
    exit 0
    --- stdout
    --- a/hearth.xml
    +++ b/hearth.xml
    @@ -3,7 +3,6 @@
     <service_bundle type="manifest" name="hearth">
       <service name="site/hearth" type="service" version="1">
         <create_default_instance enabled="false"/>
    -    <single_instance/>
         <exec_method type="method" name="start" exec="/usr/bin/hearth &amp;" timeout_seconds="60"/>
         <exec_method type="method" name="stop" exec=":kill" timeout_seconds="60"/>
       </service>
    note[PW1030]: `single_instance` does nothing
     --> hearth.xml:6:5
      |
    6 |     <single_instance/>
      |     ^^^^^^^^^^^^^^^^
      |
      = at run time: Nothing: several instances run all the same.
      = mend (--fix does it): Remove the element.

    --- stderr
    1 file judged: 1 note
    more about a code: portwright explain PW1030
    --fix mends 1 of them; --diff shows how
    "#);
    assert!(env.read("hearth.xml").contains("single_instance"), "--diff writes nothing");
    assert_snapshot!(lint(&env, &["hearth.xml", "--fix"]), @r#"
    exit 0
    --- stdout
    --- a/hearth.xml
    +++ b/hearth.xml
    @@ -3,7 +3,6 @@
     <service_bundle type="manifest" name="hearth">
       <service name="site/hearth" type="service" version="1">
         <create_default_instance enabled="false"/>
    -    <single_instance/>
         <exec_method type="method" name="start" exec="/usr/bin/hearth &amp;" timeout_seconds="60"/>
         <exec_method type="method" name="stop" exec=":kill" timeout_seconds="60"/>
       </service>
    --- stderr
    1 file judged: nothing found
    "#);
    assert_eq!(env.read("hearth.xml"), GOOD);
    let again = lint(&env, &["hearth.xml", "--fix"]);
    assert!(again.status == 0 && again.stdout.is_empty(), "{again}");
}

#[test]
fn a_fixed_file_keeps_its_mode_and_its_link() {
    use std::os::unix::fs::PermissionsExt as _;
    let env = with_change(
        "<create_default_instance enabled=\"false\"/>",
        "<create_default_instance enabled=\"false\"/><single_instance/>",
    );
    let file = env.work().join("hearth.xml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o604)).unwrap();
    std::os::unix::fs::symlink("hearth.xml", env.work().join("link.xml")).unwrap();
    assert_eq!(lint(&env, &["link.xml", "--fix"]).status, 0);
    assert_eq!(env.read("hearth.xml"), GOOD);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o604);
    assert!(env.work().join("link.xml").is_symlink());
}

#[test]
fn a_file_in_another_encoding_is_judged_and_not_fixed() {
    let env = with_manifest("");
    let text =
        GOOD.replacen("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><!-- \u{fc} -->", 1);
    let text = text.replacen(
        "<create_default_instance enabled=\"false\"/>",
        "<create_default_instance enabled=\"false\"/><single_instance/>",
        1,
    );
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    std::fs::write(env.work().join("hearth.xml"), &bytes).unwrap();
    assert_eq!(lint(&env, &["hearth.xml"]).status, 0);
    assert_snapshot!(lint(&env, &["hearth.xml", "--fix"]), @r#"
    exit 0
    --- stdout
    note[PW1030]: `single_instance` does nothing
     --> hearth.xml:5:47
      |
    5 |     <create_default_instance enabled="false"/><single_instance/>
      |                                               ^^^^^^^^^^^^^^^^
      |
      = at run time: Nothing: several instances run all the same.
      = mend (--fix does it): Remove the element.

    --- stderr
    `hearth.xml` is not UTF-8, or changed meanwhile: left as it is
    1 file judged: 1 note
    more about a code: portwright explain PW1030
    "#);
    assert_eq!(std::fs::read(env.work().join("hearth.xml")).unwrap(), bytes);
}

#[test]
fn comments_allow_with_a_reason() {
    let enabled = |comment: &str| {
        with_change(
            "<create_default_instance enabled=\"false\"/>",
            &format!("{comment}\n    <create_default_instance enabled=\"true\"/>"),
        )
    };
    assert_snapshot!(lint(&enabled("<!-- portwright: allow PW1113: part of the image -->"), &["hearth.xml", "--strict"]), @"
    exit 0
    --- stdout
    --- stderr
    1 file judged: nothing found, 1 allowed
    ");
    assert_snapshot!(lint(&enabled("<!-- portwright: allow PW1113 -->"), &["hearth.xml"]), @r#"
    exit 0
    --- stdout
    warning[PW0001]: no reason is given
     --> hearth.xml:5:10
      |
    5 |     <!-- portwright: allow PW1113 -->
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at run time: Nothing is allowed: the findings are reported as without the comment.
      = mend: Write `portwright: allow PW1113: the reason in a few words`.

    warning[PW1113]: the service starts when the manifest is imported
     --> hearth.xml:6:39
      |
    6 |     <create_default_instance enabled="true"/>
      |                                       ^^^^
      |
      = at run time: The server starts while its package is being installed, before anybody has configured it: it listens with its defaults, or fails into maintenance.
      = mend: Write `enabled="false"`. For the image of a whole system use a profile, or allow it: `<!-- portwright: allow PW1113: part of the image -->`.

    --- stderr
    1 file judged: 2 warnings
    more about a code: portwright explain PW0001
    "#);
    let json =
        lint(&enabled("<!-- portwright: allow PW1113: part of the image -->"), &["hearth.xml", "--format", "json"]);
    let answer: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_snapshot!(serde_json::to_string(&answer["allowed"]).unwrap(), @r#"
    [{"code":"PW1113","line":6,"path":"hearth.xml","reason":"part of the image"}]
    "#);
}
