//! Recipes that cannot be read: what a user reads instead.
use insta::assert_snapshot;

use crate::support::{Env, changed};

#[test]
fn an_unknown_key() {
    assert_snapshot!(changed("listen =", "listne ="), @r#"
    error: unknown field `listne`
      --> hearth.toml:18:1
       |
    18 | listne = ["127.0.0.1:8080"]
       | ^^^^^^
       |
       = note: allowed here: command, user, group, summary, directory, listen, needs, environment, stop, reload, configtest, restart, workers, open-files, memory, config, data
       = help: did you mean `listen`?
    "#);
}

#[test]
fn an_unknown_table() {
    assert_snapshot!(changed("[service]", "[servcie]"), @"
    error: unknown field `servcie`
      --> hearth.toml:15:2
       |
    15 | [servcie]
       |  ^^^^^^^
       |
       = note: allowed here: upstream, package, build, service, program, option, licence, os, additions
       = help: did you mean `service`?
    ");
}

#[test]
fn an_unknown_value_of_a_few() {
    assert_snapshot!(changed("\"network\"", "\"netwrok\""), @r#"
    error: unknown variant `netwrok`
      --> hearth.toml:19:10
       |
    19 | needs = ["netwrok", "local-filesystems"]
       |          ^^^^^^^^^
       |
       = note: allowed here: network, local-filesystems, name-services, postgresql
       = help: did you mean `network`?
    "#);
}

#[test]
fn a_missing_field() {
    assert_snapshot!(changed("user = \"hearth\"\n", ""), @"
    error: missing field `user`
      --> hearth.toml:15:1
       |
    15 | [service]
       | ^^^^^^^^^
       |
       = help: add it below this line
    ");
}

#[test]
fn another_type() {
    assert_snapshot!(changed("open-files = 512", "open-files = \"many\""), @r#"
    error: invalid type: string "many"
      --> hearth.toml:23:14
       |
    23 | open-files = "many"
       |              ^^^^^^
       |
       = help: write a whole number here
    "#);
}

#[test]
fn no_toml() {
    assert_snapshot!(changed("user = \"hearth\"", "user = \"hearth"), @r#"
    error: invalid basic string
      --> hearth.toml:17:15
       |
    17 | user = "hearth
       |               ^
       |
       = help: write `"` here
    "#);
}

#[test]
fn a_brace_without_its_partner() {
    assert_snapshot!(changed("{config.main}", "{config.main"), @r#"
    error: a `{` without its partner
      --> hearth.toml:16:40
       |
    16 | command = ["{bin}/hearth", "--config", "{config.main", "serve"]
       |                                        ^^^^^^^^^^^^^^
       |
       = help: write `{{` for the character itself
    "#);
}

#[test]
fn a_duration_that_is_none() {
    assert_snapshot!(changed("\"30s\"", "\"half a minute\""), @r#"
    error: `half a minute` is not a duration
      --> hearth.toml:24:20
       |
    24 | stop = { timeout = "half a minute" }
       |                    ^^^^^^^^^^^^^^^
       |
       = help: write a number with `s`, `m` or `h`, as `60s`
    "#);
}

#[test]
fn a_size_that_is_none() {
    assert_snapshot!(changed("reload = \"HUP\"", "memory = \"4GB\""), @r#"
    error: `4GB` is not a size
      --> hearth.toml:21:10
       |
    21 | memory = "4GB"
       |          ^^^^^
       |
       = help: write a number with `K`, `M` or `G`, as `128M`
    "#);
}

#[test]
fn a_mode_that_is_none() {
    assert_snapshot!(changed("\"0640\"", "\"640\""), @r#"
    error: `640` is not a file mode
      --> hearth.toml:30:8
       |
    30 | mode = "640"
       |        ^^^^^
       |
       = help: write four octal digits, as `0640`
    "#);
}

#[test]
fn a_signal_that_is_none() {
    assert_snapshot!(changed("\"HUP\"", "\"SIGHUPP\""), @r#"
    error: `SIGHUPP` is not a signal to send to a server
      --> hearth.toml:21:10
       |
    21 | reload = "SIGHUPP"
       |          ^^^^^^^^^
       |
       = note: known: HUP, INT, QUIT, TERM, USR1, USR2, KILL, WINCH
    "#);
}

#[test]
fn a_recipe_in_a_cargo_toml_is_pointed_at_there() {
    let env = Env::new();
    env.write(
        "Cargo.toml",
        "[package]\nname = \"hearth\"\nversion = \"1.2.3\"\nedition = \"2021\"\n\n[package.metadata.portwright.upstream]\npath = \".\"\n\n\
         [package.metadata.portwright.service]\ncommand = [\"{bin}/hearth\"]\nuser = \"hearth\"\nneeds = [\"netwrok\"]\n",
    );
    let unknown = env.run(&["generate", "--offline"]);
    assert_eq!(unknown.status, 2, "{unknown}");
    assert_snapshot!(unknown.stderr, @r#"
    error: unknown variant `netwrok`
      --> ./Cargo.toml:12:10
       |
    12 | needs = ["netwrok"]
       |          ^^^^^^^^^
       |
       = note: allowed here: network, local-filesystems, name-services, postgresql
       = help: did you mean `network`?
    "#);
    env.write("Cargo.toml", "[package]\nname = \"hearth\"\nversion = \"1.2.3\"\n");
    assert_snapshot!(env.run(&["generate", "--offline"]).stderr, @"
    error: there is no [package.metadata.portwright] in this Cargo.toml
     --> ./Cargo.toml:1:1
      |
    1 | [package]
      | ^
      |
      = help: write a recipe there, or give a portwright.toml
    ");
}

#[test]
fn a_recipe_that_is_not_there() {
    let env = Env::new();
    assert_snapshot!(env.run(&["generate", "other.toml"]), @"
    exit 2
    --- stdout
    --- stderr
    error: cannot read the recipe `other.toml`: No such file or directory (os error 2)
     |
     = help: portwright init CRATE drafts one
    ");
    assert_snapshot!(env.run(&["generate"]), @"
    exit 2
    --- stdout
    --- stderr
    error: no portwright.toml and no Cargo.toml in `.`
     |
     = help: portwright init . drafts a recipe
    ");
}
