//! Texts made to break out of what they are written into, in FreeBSD ports: read back by bmake and sh they are those very
//! texts, or generating refused; nothing of them ever runs.
use std::process::Command;

use crate::hostile::{HOSTILE, anvil, generated, inert, quoted, recipe};
use crate::support::{Env, FreebsdPort, judge};

const PORT: &str = "ports/freebsd/net/anvil";

fn port(env: &Env, recipe: &str) -> Option<FreebsdPort> {
    generated(env, recipe, &["--profile", "freebsd"])?;
    FreebsdPort::of(env, PORT)
}

#[test]
fn make_and_the_shell_read_what_the_recipe_said() {
    let Some(sh) = judge("dash") else { return };
    let mut carried = 0;
    for text in HOSTILE {
        let env = anvil();
        let recipe = recipe("", &format!("environment = {{ ANVIL = {} }}", quoted(text)), "", "");
        let Some(port) = port(&env, &recipe) else { continue };
        // cargo.mk puts CARGO_ENV in front of a command, which a shell then reads.
        let environment = port.ask(&[], "${CARGO_ENV}").unwrap();
        let command = format!("env -i {environment} /bin/sh -c 'printf \"%s|\" \"$ANVIL\"'");
        let output = Command::new(&sh).arg("-c").arg(command).current_dir(env.work()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{text}|"), "{text:?}");
        inert(&env, text);
        carried += 1;
    }
    assert!(carried > HOSTILE.len() / 2, "most can be carried: {carried}");
}

#[test]
fn descriptions_of_options_and_reasons_are_inert() {
    let mut carried = 0;
    for text in HOSTILE {
        let env = anvil();
        let options = format!(
            "[[option]]\nname = \"tongs\"\ndescription = {0}\n[[option]]\nname = \"bellows\"\n[option.on.freebsd]\nbroken = {0}\n",
            quoted(text)
        );
        if let Some(port) = port(&env, &recipe("", "", "", &options)) {
            let said = port.ask(&[], "${TONGS_DESC}").unwrap();
            let wanted = if text.is_empty() { "Enable tongs" } else { text };
            assert_eq!(said, wanted, "{text:?}");
            assert_eq!(port.ask(&[], "${OPTIONS_DEFINE:MBELLOWS}").unwrap(), "", "it is not offered");
            carried += 1;
        }
        inert(&env, text);
    }
    assert!(carried > HOSTILE.len() / 2, "most can be carried: {carried}");
}

#[test]
fn what_the_service_is_called_is_inert_in_its_script() {
    let Some(sh) = judge("dash") else { return };
    let mut carried = 0;
    for text in HOSTILE {
        let env = anvil();
        let service = format!("summary = {}\n", quoted(text));
        let Some(port) = port(&env, &recipe("", "", &service, "")) else { continue };
        // Both forms of the script, up to where it reads rc.conf, with an rc.subr that does nothing.
        port.stage(&[], &env.cargo_home().join("registry/cache/made-up/anvil-1.0.0.crate"), &["anvil"]);
        for script in [env.read("rc.d/freebsd/anvil"), port.filled_in("anvil")] {
            let head = script.split("load_rc_config").next().unwrap().replace(". /etc/rc.subr", "");
            let output = Command::new(&sh)
                .arg("-c")
                .arg(format!("{head}\nprintf '%s|' \"$desc\""))
                .current_dir(env.work())
                .output()
                .unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{text}|"), "{text:?}\n{script}");
        }
        inert(&env, text);
        carried += 1;
    }
    assert!(carried > HOSTILE.len() / 2, "most can be carried: {carried}");
}

#[test]
fn what_the_server_listens_on_stays_in_the_message() {
    for text in HOSTILE {
        let env = anvil();
        let service = format!("listen = [{}]\n", quoted(text));
        if generated(&env, &recipe("", "", &service, ""), &["--profile", "freebsd"]).is_some() {
            let message = env.read(&format!("{PORT}/pkg-message"));
            let ends: Vec<usize> =
                message.lines().enumerate().filter(|(_, line)| *line == "EOM").map(|(index, _)| index).collect();
            assert_eq!(ends, [message.lines().count() - 3], "one end, before the object's and the array's:\n{message}");
        }
        inert(&env, text);
    }
}
