//! `explain`: what a user sees.
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::manifest::with_manifest;

#[test]
fn explain_a_code() {
    let env = with_manifest("");
    assert_snapshot!(env.run(&["explain", "pw1013"]), @r#"
    exit 0
    --- stdout
    PW1013: a category of one letter
    usually: error

    libuutil checks every component but the last without its last character. A category of one
    letter is therefore empty to it and refused, although the name looks right. (The other side: the
    last character of a longer category is not checked at all.)

    At run time:
      `svccfg import` and `svccfg validate` refuse the whole file; at boot manifest-import reports
      it and goes on without the service.

    Mend:
      Use a category of two letters or more.

    Instead of
        name="s/acme"
    write
        name="site/acme"

    Source: illumos-gate usr/src/lib/libuutil/common/uu_ident.c (uu_check_name:
            is_valid_component(name, p - 1, flags))
    --- stderr
    "#);
    assert_snapshot!(env.run(&["explain", "PW1193"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is no code `PW1193`
     |
     = help: did you mean `PW1103`?
     = help: portwright explain lists them
    ");
    let list = env.run(&["explain"]);
    assert!(
        list.stdout.lines().count() > 90 && list.stdout.contains("\nPW1013  error    a category of one letter\n"),
        "{list}"
    );
    let json: Value = serde_json::from_str(&env.run(&["explain", "--format", "json"]).stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), list.stdout.lines().count());
}
