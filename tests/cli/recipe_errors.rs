//! Recipes that ask for what is not there or cannot be: what a user reads.
use insta::assert_snapshot;

use crate::support::changed;

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
fn an_unknown_category() {
    assert_snapshot!(changed("\"www\"", "\"wwww\""), @r#"
    error: the tree of `netbsd` has no category `wwww`
     --> hearth.toml:6:22
      |
    6 | categories = ["net", "wwww"]
      |                      ^^^^^^
      |
      = help: did you mean `www`?
      = help: if only this tree lacks it: [os.netbsd] categories = ["…"]
    "#);
}

#[test]
fn a_maintainer_that_is_no_address() {
    assert_snapshot!(changed("\"porter@example.org\"", "\"A Porter <porter>\""), @r#"
    error: `A Porter <porter>` is not a plain mail address
     --> hearth.toml:7:14
      |
    7 | maintainer = "A Porter <porter>"
      |              ^^^^^^^^^^^^^^^^^^^
      |
      = help: write `porter@example.org` or `Jane Porter <porter@example.org>`
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
      --> hearth.toml:37:14
       |
    37 | settings = { "mian:listen" = "y" }
       |              ^^^^^^^^^^^^^
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
      --> hearth.toml:20:17
       |
    20 | environment = { PATH = "/opt/bin" }
       |                 ^^^^
       |
       = help: PATH follows from [[program]], HOME is the state directory
    "#);
}
