//! `lint` on rc.d scripts.
use std::path::Path;

use serde_json::Value;

use crate::support::{Env, Ran};

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran}"))
}

/// Code, line and column of what was found, in order.
fn found(env: &Env, paths: &[&str]) -> Vec<String> {
    let answer = json(&env.run(&[&["lint", "--format", "json"], paths].concat()));
    answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}:{}:{}", text(&one["code"]), text(&one["path"]), one["line"], one["column"]))
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A script as packagers write them for a server of the fediverse.
const LIGHTHOUSE: &str = r#"#!@RCD_SCRIPTS_SHELL@
#
# $NetBSD$
#
# PROVIDE: lighthouse
# REQUIRE: NETWORKING DAEMON

if [ -f @SYSCONFBASE@/rc.subr ]; then
	. @SYSCONFBASE@/rc.subr
fi

name="lighthouse"
rcvar=${name}

command="@PREFIX@/bin/pict-rs"
: ${lighthouse_config:=@PKG_SYSCONFDIR@/lighthouse.yaml}
command_args="--config ${lighthouse_config} run 2>&1 | logger -t ${name} &"

start_precmd="lighthouse_precmd"

lighthouse_precmd()
{
	@MKDIR@ @LIGHTHOUSE_DATA@
	@CHOWN@ @LIGHTHOUSE_USER@:@LIGHTHOUSE_GROUP@ @LIGHTHOUSE_DATA@
}

load_rc_config $name
run_rc_command "$1"
"#;

#[test]
fn a_server_as_root_behind_logger() {
    let env = Env::new();
    env.write("lighthouse/files/lighthouse.sh", LIGHTHOUSE);
    let wanted = [
        "PW2026 lighthouse/files/lighthouse.sh:15:1",
        "PW2027 lighthouse/files/lighthouse.sh:15:10",
        "PW2014 lighthouse/files/lighthouse.sh:17:24",
        "PW2101 lighthouse/files/lighthouse.sh:17:54",
        "PW2102 lighthouse/files/lighthouse.sh:17:74",
    ];
    assert_eq!(found(&env, &["lighthouse"]), wanted);
    let ran = env.run(&["lint", "lighthouse"]);
    assert_eq!(ran.status, 0, "{ran}");
    for mend in [
        "mend: Write `: ${lighthouse_user:=\"@LIGHTHOUSE_USER@\"}` behind load_rc_config",
        "mend: Write `: ${lighthouse_env:=\"PATH=@PREFIX@/sbin:@PREFIX@/bin:/usr/sbin:/usr/bin:/sbin:/bin\"}",
        "mend: Write to a file (`>>${lighthouse_log} 2>&1 </dev/null &`)",
        "mend: Set start_postcmd to a function that waits a second",
        "mend: Call load_rc_config first",
    ] {
        assert!(ran.stdout.contains(mend), "{mend}: {ran}");
    }
    assert_eq!(env.run(&["lint", "--strict", "lighthouse"]).status, 1);
}

#[test]
fn the_package_says_which_user_and_which_programs() {
    let env = Env::new();
    let script = LIGHTHOUSE
        .replace("	@CHOWN@ @LIGHTHOUSE_USER@:@LIGHTHOUSE_GROUP@ @LIGHTHOUSE_DATA@\n", "")
        .replace("bin/pict-rs", "bin/lighthouse");
    env.write("chat/lighthouse/files/lighthouse.sh", &script);
    let codes = |env: &Env| -> Vec<String> {
        found(env, &["chat"]).iter().map(|one| one.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&env), ["PW2014", "PW2101", "PW2102"], "nothing is known of a user or of programs");
    let makefile =
        "RCD_SCRIPTS=\tlighthouse\nPKG_USERS=\tlight:light\nDEPENDS+=\tffmpeg7-[0-9]*:../../multimedia/ffmpeg7\n";
    env.write("chat/lighthouse/Makefile", makefile);
    assert_eq!(codes(&env), ["PW2026", "PW2027", "PW2014", "PW2101", "PW2102"]);
}

#[test]
fn what_portwright_writes_is_clean() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let env = Env::new();
    for tree in ["rc.d", "pkgsrc", "ports", "tests/golden"] {
        let path = top.join(tree);
        if !path.is_dir() {
            continue;
        }
        let answer = json(&env.run(&["lint", "--format", "json", &path.display().to_string()]));
        let scripts: Vec<&Value> = answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| {
                text(&one["code"]).starts_with("PW2") && !["unknown", "note"].contains(&text(&one["severity"]))
            })
            .collect();
        assert!(scripts.is_empty(), "{scripts:#?}");
        assert!(answer["judged"]["rc.d"].as_u64().is_some_and(|files| files > 0), "{answer}");
    }
}

#[test]
fn scripts_that_wait_for_each_other() {
    let env = Env::new();
    let script = |name: &str, header: &str| {
        format!(
            "#!/bin/sh\n# PROVIDE: {name}\n{header}\n. /etc/rc.subr\nname={name}\nrcvar={name}_enable\n: ${{{name}_enable:=NO}}\ncommand=/usr/local/bin/{name}\nload_rc_config {name}\nrun_rc_command \"$1\"\n"
        )
    };
    env.write("tree/egg.in", &script("egg", "# REQUIRE: DAEMON hen"));
    env.write("tree/hen.in", &script("hen", "# REQUIRE: LOGIN cock"));
    env.write("tree/cock.in", &script("cock", "# REQUIRE: egg DEAMON netif"));
    env.write("tree/early.in", &script("early", "# REQUIRE: LOGIN\n# BEFORE: NETWORKING"));
    let wanted = ["PW2013 tree/cock.in:3:12", "PW2012 tree/cock.in:3:16", "PW2013 tree/early.in:3:12"];
    assert_eq!(found(&env, &["tree"]), wanted);
    let ran = env.run(&["lint", "tree"]);
    assert!(ran.stdout.contains("a circle: cock after egg after hen after cock"), "{ran}");
    assert!(ran.stdout.contains("a circle: early after LOGIN after DAEMON after NETWORKING after early"), "{ran}");
    assert!(ran.stdout.contains("nothing provides `DEAMON`; did you mean `DAEMON`?"), "{ran}");
    assert_eq!(ran.status, 1);
}

#[test]
fn a_base_system_that_is_complete_knows_every_name() {
    let env = Env::new();
    let script = |name: &str, header: &str| {
        format!(
            "#!/bin/sh\n# $FreeBSD$\n# PROVIDE: {name}\n{header}\n. /etc/rc.subr\nname={name}\nload_rc_config {name}\nrun_rc_command \"$1\"\n"
        )
    };
    for (name, header) in [("NETWORKING", ""), ("DAEMON", "# REQUIRE: NETWORKING"), ("LOGIN", "# REQUIRE: DAEMON")] {
        env.write(&format!("rc.d/{name}"), &script(name, header));
    }
    env.write("rc.d/owl", &script("owl", "# REQUIRE: LOGIN forest"));
    assert_eq!(found(&env, &["rc.d"]), ["PW2012 rc.d/owl:4:18"]);
    // One script of a package says nothing of what other packages provide.
    env.write("alone/owl", &script("owl", "# REQUIRE: LOGIN forest"));
    assert_eq!(found(&env, &["alone"]), [""; 0]);
}

#[test]
fn comments_allow_with_a_reason() {
    let env = Env::new();
    let commented = |before: &str, comment: &str| LIGHTHOUSE.replace(before, &format!("{comment}\n{before}"));
    let lines = |text: &str| {
        env.write("l.sh", text);
        found(&env, &["l.sh"]).iter().map(|one| one.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = "command_args=";
    let comment = "# portwright: allow PW2101, PW2102: the machine is watched from outside";
    assert_eq!(lines(&commented(before, comment)), ["PW2026", "PW2027", "PW2014"]);
    let comment = "# portwright: allow PW2101";
    assert_eq!(lines(&commented(before, comment)), ["PW2026", "PW2027", "PW0001", "PW2014", "PW2101", "PW2102"]);
    let whole = LIGHTHOUSE.replacen("#\n", "# portwright: allow PW2026 PW2027 PW2014 PW2101 PW2102: an example\n", 1);
    assert_eq!(lines(&whole), [""; 0]);
    let unused = commented("rcvar=", "# portwright: allow PW2030: no reason");
    assert_eq!(lines(&unused)[0], "PW0002");
}

#[test]
fn fix_mends_what_is_safe() {
    let env = Env::new();
    let script = "#!/bin/sh\n\n# PROVIDE: quarry\n#REQUIRE: LOGIN\n# KEYWORD: SHUTDOWN\n\n. /etc/rc.subr\n\nname=quarry\nrcvar=quarry_enable\n\nload_rc_config $name\n\n: ${name_enable=:\"NO\"}\n: ${quarry_user:-%%USERS%%}\n\ncommand=%%PREFIX%%/bin/quarry\nrequired_file=%%ETCDIR%%/quarry.conf\nstart_precmd=quarry_precmd\n\nquarry_precmd()\n{\n\tif [ -n $rc_pid ]; then\n\t\treturn 1\n\tfi\n}\n\nrun_rc_command \"$1\"\n";
    env.write("quarry.in", script);
    let diff = env.run(&["lint", "--diff", "quarry.in"]);
    assert_eq!(env.read("quarry.in"), script, "nothing is written");
    let ran = env.run(&["lint", "--fix", "quarry.in"]);
    let mended = "#!/bin/sh\n\n# PROVIDE: quarry\n# REQUIRE: LOGIN\n# KEYWORD: shutdown\n\n. /etc/rc.subr\n\nname=quarry\nrcvar=quarry_enable\n\nload_rc_config $name\n\n: ${quarry_enable:=\"NO\"}\n: ${quarry_user:=%%USERS%%}\n\ncommand=%%PREFIX%%/bin/quarry\nrequired_files=%%ETCDIR%%/quarry.conf\nstart_precmd=quarry_precmd\n\nquarry_precmd()\n{\n\tif [ -n \"$rc_pid\" ]; then\n\t\treturn 1\n\tfi\n}\n\nrun_rc_command \"$1\"\n";
    assert_eq!(env.read("quarry.in"), mended, "{ran}");
    assert!(diff.stdout.contains("+: ${quarry_enable:=\"NO\"}"), "{diff}");
    assert_eq!(ran.status, 0, "{ran}");
    assert_eq!(found(&env, &["quarry.in"]), [""; 0]);
}

#[test]
fn names_of_files_and_systems() {
    let env = Env::new();
    let port = "#!/bin/ksh\n\ndaemon=\"${TRUEPREFIX}/bin/x\"\n\n. /etc/rc.d/rc.subr\n\nrc_cmd $1\n";
    env.write("pkg/my-server.rc", port);
    assert_eq!(found(&env, &["pkg/my-server.rc"]), ["PW2201 pkg/my-server.rc:1:1"]);
    env.write("pkg/my_server.rc", port);
    assert_eq!(found(&env, &["pkg/my_server.rc"]), [""; 0]);
    env.write("plain", "#!/bin/sh\n. /etc/rc.subr\nname=x\nload_rc_config x\nrun_rc_command $1\n");
    let ran = env.run(&["lint", "plain"]);
    assert!(ran.stdout.contains("unknown[PW2003]: plain:1:1: nothing says for which system"), "{ran}");
    assert_eq!(ran.status, 0);
}

#[test]
fn ten_megabytes_of_junk() {
    let env = Env::new();
    let head = "#!/bin/sh\n# PROVIDE: x\n. /etc/rc.subr\nrun_rc_command \"$1\"\nname=x\n";
    let junk = |unit: &str| format!("{head}{}", unit.repeat((10 << 20) / unit.len()));
    for unit in ["$(", "x=`y`\n", "# REQUIRE: x\n", "\"${a:-"] {
        env.write("junk", &junk(unit));
        let ran = env.run(&["lint", "junk"]);
        assert!(ran.stdout.contains("unknown[PW2002]: junk:1:1: the script is too long to be judged"), "{unit}: {ran}");
    }
}
