//! Wrong recipes: what a user reads.
use insta::assert_snapshot;

use crate::support::{Env, servers};

/// What `generate` says to the plain server's recipe with one change.
fn changed(from: &str, to: &str) -> String {
    let env = Env::new();
    servers::hearth(&env);
    assert!(servers::HEARTH.contains(from), "`{from}` is not in the recipe");
    env.write("hearth.toml", servers::HEARTH.replacen(from, to, 1).trim_start());
    let ran = env.run(&["generate", "--offline", "hearth.toml"]);
    assert!(!env.work().join("pkgsrc").exists(), "nothing is written");
    assert!(ran.status == 2 && ran.stdout.is_empty(), "{ran}");
    assert!(ran.stderr.contains("--> hearth.toml:"), "names the place: {ran}");
    // What there is to choose from is a way out, too.
    assert!(ran.stderr.contains("= help:") || ran.stderr.contains("= note: "), "has a way out: {ran}");
    ran.stderr
}

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
fn two_sources() {
    assert_snapshot!(changed("version = \"1.2.3\"", "version = \"1.2.3\"\npath = \".\""), @r#"
    error: `crate`, `path` and `github` exclude each other
     --> hearth.toml:4:8
      |
    4 | path = "."
      |        ^^^
      |
      = help: keep the one that the package is to be made from
    "#);
}

#[test]
fn no_source() {
    assert_snapshot!(changed("crate = \"hearth\"", "name = \"hearth\""), @r#"
    error: nothing says where the source comes from
     --> hearth.toml:1:2
      |
    1 | [upstream]
      |  ^^^^^^^^
      |
      = help: [upstream] crate = "server" (or `path`, or `github`)
    "#);
}

#[test]
fn no_version() {
    assert_snapshot!(changed("version = \"1.2.3\"\n", ""), @r#"
    error: the release to package is not named
     --> hearth.toml:1:2
      |
    1 | [upstream]
      |  ^^^^^^^^
      |
      = help: version = "1.2.3"
    "#);
}

#[test]
fn a_version_that_is_none() {
    assert_snapshot!(changed("version = \"1.2.3\"\n", "version = \"latest\"\n"), @r#"
    error: `latest` is not a version
     --> hearth.toml:3:11
      |
    3 | version = "latest"
      |           ^^^^^^^^
      |
      = note: unexpected character 'l' while parsing major version number
      = help: write all three numbers, as in `1.2.3`
    "#);
}

#[test]
fn an_unknown_placeholder() {
    assert_snapshot!(changed("{config.main}", "{config.mian}"), @r#"
    error: unknown placeholder `{config.mian}`
      --> hearth.toml:16:40
       |
    16 | command = ["{bin}/hearth", "--config", "{config.mian}", "serve"]
       |                                        ^^^^^^^^^^^^^^^
       |
       = note: known here: prefix, bin, sbin, libexec, sysconf, state, log, run, examples, doc, man, data, config.main
       = help: did you mean `{config.main}`?
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
fn an_unknown_program() {
    assert_snapshot!(changed("name = \"ffmpeg\"", "name = \"fmpeg\""), @r#"
    error: no package of the profile `netbsd` has a program `fmpeg`
      --> hearth.toml:36:8
       |
    36 | name = "fmpeg"
       |        ^^^^^^^
       |
       = help: did you mean `ffmpeg`?
       = help: say which package has it in a profile of your own and give that with --profile-file:
               name = "netbsd"
               extends = "netbsd"
               [programs]
               fmpeg = { package = "category/package", name = "package" }
    "#);
}

#[test]
fn a_program_version_that_is_none() {
    assert_snapshot!(changed("\">=5\"", "\"5\""), @r#"
    error: `5` is not a least version
      --> hearth.toml:37:11
       |
    37 | version = "5"
       |           ^^^
       |
       = help: write `>=5` or `>=12.50`
    "#);
}

#[test]
fn an_unknown_feature() {
    assert_snapshot!(changed("[build]", "[build]\nfeatures = [\"turbo\"]"), @r#"
    error: the crate has no feature `turbo`
      --> hearth.toml:11:13
       |
    11 | features = ["turbo"]
       |             ^^^^^^^
       |
       = note: features:
    "#);
}

#[test]
fn an_unknown_system_of_an_option() {
    assert_snapshot!(changed("[[program]]", "[[option]]\nname = \"x\"\n[option.on.netbds]\nbroken = \"no\"\n[[program]]"), @"
    error: unknown OS `netbds`
      --> hearth.toml:37:12
       |
    37 | [option.on.netbds]
       |            ^^^^^^
       |
       = note: known: netbsd, illumos, linux, openbsd, freebsd
       = help: did you mean `netbsd`?
    ");
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
fn an_unknown_category() {
    assert_snapshot!(changed("\"www\"", "\"wwww\""), @r#"
    error: the tree has no category `wwww`
     --> hearth.toml:6:22
      |
    6 | categories = ["net", "wwww"]
      |                      ^^^^^^
      |
      = help: did you mean `www`?
    "#);
}

#[test]
fn a_maintainer_that_is_no_address() {
    assert_snapshot!(changed("\"porter@example.org\"", "\"A Porter <porter@example.org>\""), @r#"
    error: `A Porter <porter@example.org>` is not a plain mail address
     --> hearth.toml:7:14
      |
    7 | maintainer = "A Porter <porter@example.org>"
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `porter@example.org`, without a name around it
    "#);
}

#[test]
fn a_comment_as_porters_do_not_write_it() {
    assert_snapshot!(changed("[package]", "[package]\ncomment = \"a warm place.\""), @r#"
    error: `a warm place.` has an article, the package's name, quotes or a full stop, which porters leave out
     --> hearth.toml:6:11
      |
    6 | comment = "a warm place."
      |           ^^^^^^^^^^^^^^^
      |
      = help: write `Warm place`
    "#);
}

#[test]
fn a_homepage_that_is_none() {
    assert_snapshot!(changed("https://hearth.example/", "hearth.example"), @r#"
    error: `hearth.example` is not a web address
     --> hearth.toml:8:12
      |
    8 | homepage = "hearth.example"
      |            ^^^^^^^^^^^^^^^^
      |
      = help: [package] homepage = "https://…"
    "#);
}

#[test]
fn a_service_whose_program_nobody_installs() {
    assert_snapshot!(changed("{bin}/hearth", "{bin}/hearthd"), @r#"
    error: the package installs no program `hearthd`
      --> hearth.toml:16:12
       |
    16 | command = ["{bin}/hearthd", "--config", "{config.main}", "serve"]
       |            ^^^^^^^^^^^^^^^
       |
       = note: binaries: hearth
       = help: did you mean `{bin}/hearth`?
    "#);
}

#[test]
fn a_binary_that_the_crate_does_not_have() {
    assert_snapshot!(changed("[build]", "[build]\nbins = [\"hearht\"]"), @r#"
    error: the crate builds no binary `hearht`
      --> hearth.toml:11:9
       |
    11 | bins = ["hearht"]
       |         ^^^^^^^^
       |
       = note: binaries: hearth
       = help: did you mean `hearth`?
    "#);
}

#[test]
fn an_argument_that_rc_subr_cannot_carry() {
    assert_snapshot!(changed("\"serve\"", "\"it's $(warm)\""), @r#"
    error: an argument of an rc.d service cannot hold `'`
      --> hearth.toml:16:57
       |
    16 | command = ["{bin}/hearth", "--config", "{config.main}", "it's $(warm)"]
       |                                                         ^^^^^^^^^^^^^^
       |
       = note: rc.subr(8) hands the command through two shells, and nothing that a shell reads survives both
       = help: put the value into the server's configuration file
    "#);
}

#[test]
fn a_user_that_cannot_be_one() {
    assert_snapshot!(changed("user = \"hearth\"", "user = \"Hearth Keeper\""), @r#"
    error: `Hearth Keeper` cannot be an account's name
      --> hearth.toml:17:8
       |
    17 | user = "Hearth Keeper"
       |        ^^^^^^^^^^^^^^^
       |
       = help: write lower-case letters, digits, `-` and `_`, starting with a letter, at most 31 characters
    "#);
}

#[test]
fn a_file_that_the_distribution_does_not_have() {
    assert_snapshot!(changed("from = \"hearth.toml\"", "from = \"heart.toml\""), @r#"
    error: the distribution has no file `heart.toml`
      --> hearth.toml:12:8
       |
    12 | from = "heart.toml"
       |        ^^^^^^^^^^^^
       |
       = help: did you mean `hearth.toml`?
    "#);
}

#[test]
fn a_sample_that_nothing_installs() {
    assert_snapshot!(changed("sample = \"{examples}/hearth.toml\"", "sample = \"{examples}/other.toml\""), @r#"
    error: nothing installs `{examples}/other.toml`
      --> hearth.toml:28:10
       |
    28 | sample = "{examples}/other.toml"
       |          ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: [[build.install]]
               from = "a file of the distribution"
               to = "{examples}/other.toml"
    "#);
}

#[test]
fn a_template_that_is_not_there() {
    assert_snapshot!(changed("sample = \"{examples}/hearth.toml\"", "template = \"other.toml\""), @r#"
    error: cannot read the template: ./other.toml: No such file or directory (os error 2)
      --> hearth.toml:28:12
       |
    28 | template = "other.toml"
       |            ^^^^^^^^^^^^
       |
       = help: the path is relative to the recipe
    "#);
}

#[test]
fn a_setting_of_no_configuration() {
    assert_snapshot!(changed("[[program]]", "[[option]]\nname = \"x\"\nsettings = { \"mian:listen\" = \"y\" }\n[[program]]"), @r#"
    error: `mian:listen` names no configuration file of this recipe
      --> hearth.toml:37:30
       |
    37 | settings = { "mian:listen" = "y" }
       |                              ^^^
       |
       = note: configuration files: main
       = help: write it as "main:key" = "value", with the id of a [[service.config]]
    "#);
}

#[test]
fn a_choice_with_two_defaults() {
    let two = "[[option]]\nname = \"x\"\ngroup = \"g\"\ndefault = true\n[[option]]\nname = \"y\"\ngroup = \"g\"\ndefault = true\n[[program]]";
    assert_snapshot!(changed("[[program]]", two), @"
    error: `x` and `y` are both on by default, but only one of `g` may be
      --> hearth.toml:39:1
       |
    39 | [[option]]
       | ^^^^^^^^^^
       |
       = help: say `default = true` for one and `default = false` for the others
    ");
}

#[test]
fn an_environment_that_is_the_service_managers() {
    assert_snapshot!(changed("RUST_LOG = \"warn\"", "PATH = \"/opt/bin\""), @r#"
    error: `PATH` is set by the service manager's side
      --> hearth.toml:20:24
       |
    20 | environment = { PATH = "/opt/bin" }
       |                        ^^^^^^^^^^
       |
       = help: PATH follows from [[program]], HOME is the state directory
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
