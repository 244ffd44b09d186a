//! `lint`: what a user sees.
use insta::assert_snapshot;

use crate::support::manifest::{GOOD, lint, with_change, with_manifest};

#[test]
fn nothing_found() {
    assert_snapshot!(lint(&with_manifest(GOOD), &["hearth.xml"]), @"
    exit 0
    --- stdout
    --- stderr
    1 file judged: nothing found
    ");
}

#[test]
fn an_error() {
    assert_snapshot!(lint(&with_change("<exec_method", "<exec_metod"), &["hearth.xml"]), @r#"
    exit 1
    --- stdout
    error[PW1055]: no method `start`
     --> hearth.xml:4:18
      |
    4 |   <service name="site/hearth" type="service" version="1">
      |                  ^^^^^^^^^^^
      |
      = at run time: `svccfg validate` and `svccfg import -V` fail, and so does a package build that runs them; plain `svccfg import` prints a warning and goes on. svc.startd takes a missing method for one that succeeded: nothing is started, or nothing is stopped.
      = mend: add <exec_method type="method" name="start" exec="…" timeout_seconds="60"/>, with exec=":true" if there is nothing to do

    error[PW1005]: `exec_metod` is no element of `service`
     --> hearth.xml:6:5
      |
    6 |     <exec_metod type="method" name="start" exec="/usr/bin/hearth &amp;" timeout_seconds="60"/>
      |     ^^^^^^^^^^^
      |
      = at run time: `svccfg import` and `svccfg validate` refuse the whole file; at boot manifest-import reports it and goes on without the service.
      = mend: did you mean `exec_method`?

    --- stderr
    1 file judged: 2 errors
    more about a code: portwright explain PW1055
    "#);
}

#[test]
fn a_warning_is_no_failure_unless_strict() {
    let env = with_change("timeout_seconds=\"60\"/>\n  </service>", "timeout_seconds=\"0\"/>\n  </service>");
    assert_snapshot!(lint(&env, &["hearth.xml"]), @r#"
    exit 0
    --- stdout
    warning[PW1111]: the stop method may take for ever (timeout_seconds="0")
     --> hearth.xml:7:74
      |
    7 |     <exec_method type="method" name="stop" exec=":kill" timeout_seconds="0"/>
      |                                                                          ^
      |
      = at run time: A server that hangs keeps `svcadm disable -s`, the update of its package, and the shutdown of the machine waiting until somebody kills it by hand.
      = mend: Give it a little more than it takes to finish its work: `timeout_seconds="60"`. When the time is over, svc.startd kills what is left.

    --- stderr
    1 file judged: 1 warning
    more about a code: portwright explain PW1111
    "#);
    assert_eq!(lint(&env, &["hearth.xml", "--strict"]).status, 1);
}

#[test]
fn unknown_is_said_and_is_no_failure() {
    let ran = lint(&with_change(" &amp;", ""), &["hearth.xml", "--strict"]);
    assert_snapshot!(ran, @"
    exit 0
    --- stdout
    unknown[PW1101]: hearth.xml:6:51: whether the start method `/usr/bin/hearth` returns is not known: nothing says whether `hearth` goes into the background
    --- stderr
    1 file judged: 1 unknown
    more about a code: portwright explain PW1101
    ");
}

#[test]
fn not_well_formed() {
    assert_snapshot!(lint(&with_change("</service>", ""), &["hearth.xml"]), @"
    exit 1
    --- stdout
    error[PW1001]: not well-formed XML: expected 'service' tag, not 'service_bundle'
     --> hearth.xml:9:1
      |
    9 | </service_bundle>
      | ^
      |
      = at run time: `svccfg import` and `svccfg validate` refuse the whole file; at boot manifest-import reports it and goes on without the service.
      = mend: Correct the place, or write the document type exactly so.

    --- stderr
    1 file judged: 1 error
    more about a code: portwright explain PW1001
    ");
}

#[test]
fn two_places() {
    let env = with_change(
        "<create_default_instance enabled=\"false\"/>",
        "<create_default_instance enabled=\"false\"/>\n    <instance name=\"default\" enabled=\"false\"/>",
    );
    assert_snapshot!(lint(&env, &["hearth.xml"]), @r#"
    exit 1
    --- stdout
    error[PW1005]: `instance` must come after `exec_method`
     --> hearth.xml:6:5
      |
    6 |     <instance name="default" enabled="false"/>
      |     ^^^^^^^^^
      |
      = at run time: `svccfg import` and `svccfg validate` refuse the whole file; at boot manifest-import reports it and goes on without the service.
      = mend (--fix does it): move it behind the last `exec_method`

    error[PW1022]: a second instance `default`
     --> hearth.xml:6:21
      |
    6 |     <instance name="default" enabled="false"/>
      |                     ^^^^^^^
      |
     ::: hearth.xml:5:5
      |
    5 |     <create_default_instance enabled="false"/>
      |     ------------------------ the first one
      |
      = at run time: `svccfg import` and `svccfg validate` refuse the whole file; at boot manifest-import reports it and goes on without the service.
      = mend: Keep one of the two.

    --- stderr
    1 file judged: 2 errors
    more about a code: portwright explain PW1005
    --fix mends 1 of them; --diff shows how
    "#);
}

#[test]
fn a_tree_is_searched_by_content() {
    let env = with_manifest(GOOD);
    env.write("deep/er/manifest.xml.in", &GOOD.replace("hearth", "stove"));
    env.write("deep/.git/manifest.xml", &GOOD.replace("type=\"manifest\"", "type=\"nothing\""));
    env.write("notes.xml", "<notes/>");
    env.write("README", "A <service_bundle> in a text.\n");
    std::fs::write(env.work().join("program"), b"\x7fELF\0<service_bundle").unwrap();
    assert_snapshot!(lint(&env, &["."]), @"
    exit 0
    --- stdout
    --- stderr
    2 files judged: nothing found
    ");
}

#[test]
fn files_judged_together() {
    let env = with_manifest(GOOD);
    let needs = |name: &str, target: &str| {
        GOOD.replace("hearth", name).replacen(
            "<exec_method",
            &format!("<dependency name=\"needs\" grouping=\"require_all\" restart_on=\"none\" type=\"service\"><service_fmri value=\"svc:/site/{target}\"/></dependency>\n    <exec_method"),
            1,
        )
    };
    env.write("a/chicken.xml", &needs("chicken", "egg")).write("a/egg.xml", &needs("egg", "chicken"));
    assert_snapshot!(lint(&env, &["a"]), @r#"
    exit 1
    --- stdout
    error[PW1112]: a cycle of dependencies: svc:/site/chicken → svc:/site/egg → svc:/site/chicken
     --> a/chicken.xml:6:107
      |
    6 |     <dependency name="needs" grouping="require_all" restart_on="none" type="service"><service_fmri value="svc:/site/egg"/></dependency>
      |                                                                                                           ^^^^^^^^^^^^^
      |
     ::: a/egg.xml:6:107
      |
    6 | ...ype="service"><service_fmri value="svc:/site/chicken"/></dependency>
      |                                       ----------------- svc:/site/egg depends on svc:/site/chicken
      |
      = at run time: svc.startd puts the instance that closes the circle into maintenance ("completes a dependency cycle").
      = mend: Remove one of the dependencies; a dependent and a dependency between the same two services are the usual reason.

    --- stderr
    2 files judged: 1 error
    more about a code: portwright explain PW1112
    "#);
}

#[test]
fn nothing_to_judge() {
    let env = with_manifest(GOOD);
    env.write("empty/notes.txt", "nothing\n");
    assert_snapshot!(lint(&env, &["empty"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is nothing in `empty` that can be judged
     |
     = note: known so far: SMF manifests, profiles and archives (XML with a service_bundle in it); rc.d scripts of NetBSD, OpenBSD and FreeBSD (shell scripts that read rc.subr); package directories of pkgsrc; port directories of OpenBSD; port directories of FreeBSD
    ");
    assert_snapshot!(lint(&env, &["empty/notes.txt", "hearth.xml"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `empty/notes.txt` is nothing that can be judged
     |
     = note: known so far: SMF manifests, profiles and archives (XML with a service_bundle in it); rc.d scripts of NetBSD, OpenBSD and FreeBSD (shell scripts that read rc.subr); package directories of pkgsrc; port directories of OpenBSD; port directories of FreeBSD
    ");
    assert_snapshot!(lint(&env, &["missing.xml"]), @"
    exit 2
    --- stdout
    --- stderr
    error: cannot read `missing.xml`: No such file or directory (os error 2)
    ");
    assert_eq!(lint(&env, &[]).status, 2);
}

#[test]
fn ten_megabytes_of_junk() {
    let env = with_manifest("");
    let junk: Vec<u8> =
        (0..10_u32 << 20).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap() | 1).collect();
    std::fs::write(env.work().join("junk"), &junk).unwrap();
    assert_snapshot!(lint(&env, &["junk"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `junk` is nothing that can be judged
     |
     = note: known so far: SMF manifests, profiles and archives (XML with a service_bundle in it); rc.d scripts of NetBSD, OpenBSD and FreeBSD (shell scripts that read rc.subr); package directories of pkgsrc; port directories of OpenBSD; port directories of FreeBSD
    ");
}
