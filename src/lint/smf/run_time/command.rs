//! What a start method runs, and whether that stays.
use super::shell::{Piece, split};
use crate::lint::smf::value::plain;

/// Whether a start method ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// Nothing is run.
    Nothing,
    /// It ends: why.
    Ends(String),
    /// It ends unless its configuration says otherwise.
    EndsUnlessConfigured,
    /// It stays: why.
    Stays(String),
    /// Who knows: why not.
    Unknown(String),
}

/// The program that a method runs, behind everything that only prepares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Program {
    /// As it is written.
    pub(super) path: String,
    pub(super) arguments: Vec<String>,
}

impl Program {
    /// Its name without directories.
    pub(super) fn name(&self) -> &str {
        // A token of svc.startd has a slash of its own.
        if self.path.ends_with('}') {
            return &self.path;
        }
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Its directory with known placeholders filled in, when it has one.
    pub(super) fn directory(&self) -> Option<String> {
        let (directory, _) = self.path.rsplit_once('/')?;
        Some(plain(directory))
    }

    /// Whether it is a script that knows what svc.startd wants.
    pub(super) fn is_method_script(&self) -> bool {
        let path = plain(&self.path);
        path.contains("/svc/method/")
            || path.contains("/init.d/")
            || path.rsplit_once('.').is_some_and(|(_, extension)| extension == "sh")
            || path.starts_with("/lib/svc/")
    }

    fn is_shell(&self) -> bool {
        matches!(self.name(), "sh" | "ksh" | "ksh93" | "bash" | "dash" | "zsh")
    }
}

/// Programs that do something and then become their argument, with their options that have a value.
const PREPARING: &[(&str, &str)] = &[
    ("env", "u"),
    ("exec", ""),
    ("nohup", ""),
    ("nice", "n"),
    ("ctrun", "ilortf"),
    ("pfexec", "P"),
    ("newtask", "pcv"),
    ("setsid", ""),
];

/// Arguments that keep a server in the foreground.
const FOREGROUND: &[&str] = &[
    "--foreground",
    "-foreground",
    "--no-daemon",
    "--nodaemon",
    "-nodaemon",
    "--no-daemonize",
    "--nodaemonize",
    "--no-fork",
    "--nofork",
    "--no-detach",
    "--nodetach",
    "-no-detach",
    "--daemon=false",
    "--daemonize=no",
    "daemon off;",
];

/// Arguments that send a server into the background.
const BACKGROUND: &[&str] = &[
    "--daemon",
    "-daemon",
    "--daemonize",
    "-daemonize",
    "--background",
    "-background",
    "--fork",
    "--detach",
    "-detach",
    "--detached",
    "--daemon=true",
    "--daemonize=yes",
    "--daemonize=true",
];

/// Servers that go into the background unless they are told otherwise, and the arguments that tell them: by their manuals.
const DAEMONS: &[(&str, &[&str])] = &[
    ("asterisk", &["-f", "-c", "-F"]),
    ("chronyd", &["-d", "-n", "-Q", "-q"]),
    ("clamd", &["-F"]),
    ("dnsmasq", &["-d", "-k", "--no-daemon", "--keep-in-foreground"]),
    ("dovecot", &["-F"]),
    ("haproxy", &["-d", "-db", "-W", "-Ws"]),
    ("httpd", &["-X", "-DFOREGROUND", "-DNO_DETACH"]),
    ("lighttpd", &["-D", "-i"]),
    ("lldpd", &["-d"]),
    ("named", &["-f", "-g"]),
    ("nginx", &["daemon off;"]),
    ("nsd", &["-d"]),
    ("opendkim", &["-f"]),
    ("opendmarc", &["-f"]),
    ("php-fpm", &["-F", "--nodaemonize"]),
    ("proftpd", &["-n", "--nodaemon"]),
    ("radiusd", &["-f", "-X"]),
    ("saslauthd", &["-d"]),
    ("sendmail", &["-bD"]),
    ("slapd", &["-d"]),
    ("smartd", &["-n", "--no-fork", "-d"]),
    ("smbd", &["-F", "-i"]),
    ("nmbd", &["-F", "-i"]),
    ("winbindd", &["-F", "-i"]),
    ("snmpd", &["-f"]),
    ("squid", &["-N", "--foreground"]),
    ("sshd", &["-D", "-d"]),
    ("unbound", &["-d"]),
    ("varnishd", &["-F", "-d"]),
    ("zabbix_agentd", &["-f", "--foreground"]),
    ("zabbix_proxy", &["-f", "--foreground"]),
    ("zabbix_server", &["-f", "--foreground"]),
];

/// Commands of programs with several that mean: be the server.
const SERVING: &[&str] = &["serve", "server", "run", "runserver", "run-server"];

/// Servers that stay in the foreground: the runtimes of Go, Java and Node cannot fork, and these servers in Rust do not.
const STAYING: &[&str] = &[
    "java",
    "node",
    "caddy",
    "consul",
    "etcd",
    "forgejo",
    "garage",
    "gitea",
    "gogs",
    "gotosocial",
    "grafana-server",
    "hbbr",
    "hbbs",
    "influxd",
    "minio",
    "nats-server",
    "node_exporter",
    "nostr-rs-relay",
    "pict-rs",
    "prometheus",
    "alertmanager",
    "promtail",
    "loki",
    "redis_exporter",
    "syncthing",
    "tailscaled",
    "telegraf",
    "traefik",
    "vault",
    "vaultwarden",
    "victoria-metrics",
    "cloudflared",
    "deno",
];

/// The first program of a method.
pub(super) fn program(pieces: &[Piece]) -> Option<Program> {
    let words = pieces.iter().map_while(|piece| match piece {
        Piece::Word(word) => Some(word.clone()),
        Piece::Operator(_) => None,
    });
    let found = behind_preparing(words)?;
    if found.is_shell()
        && let Some(at) = found.arguments.iter().position(|word| word == "-c")
        && let Some(script) = found.arguments.get(at + 1)
        && script.contains("exec \"$@\"")
    {
        // The word behind the script is its $0; then comes what it becomes.
        let became = found.arguments.iter().skip(at + 3).cloned();
        return behind_preparing(became).or(Some(found));
    }
    Some(found)
}

fn behind_preparing(words: impl Iterator<Item = String>) -> Option<Program> {
    let mut words = words.peekable();
    loop {
        let first = words.next()?;
        let name = first.rsplit('/').next().unwrap_or_default();
        let Some((_, valued)) = PREPARING.iter().find(|(preparing, _)| *preparing == name) else {
            return Some(Program { path: first, arguments: words.collect() });
        };
        // Options, and for env the variables.
        while let Some(word) = words.peek() {
            let assigns = name == "env" && (word.contains('=') || word.starts_with("%{") || word.starts_with('$'));
            let takes = word.len() == 2 && word.starts_with('-') && valued.contains(&word[1..]);
            if !(word.starts_with('-') || assigns) {
                break;
            }
            words.next();
            if takes {
                words.next();
            }
        }
    }
}

/// Whether a start method ends.
pub(super) fn life(exec: &str) -> Life {
    if exec.trim() == ":true" {
        return Life::Nothing;
    }
    let pieces = split(exec);
    if pieces.contains(&Piece::Operator("&")) {
        return Life::Ends("of the ampersand".to_owned());
    }
    let Some(program) = program(&pieces) else { return Life::Unknown("no program is named".to_owned()) };
    if program.is_shell() {
        let script = program.arguments.iter().skip_while(|word| *word != "-c").nth(1);
        return match script {
            Some(script) if split(script).contains(&Piece::Operator("&")) => Life::Ends("of the ampersand".to_owned()),
            _ => Life::Unknown(format!("`{}` runs a script", program.name())),
        };
    }
    if program.is_method_script() {
        return Life::Unknown(format!("that is up to the script `{}`", program.name()));
    }
    let says = |list: &[&str]| program.arguments.iter().find(|word| list.contains(&word.as_str())).cloned();
    if let Some(word) = says(BACKGROUND) {
        return Life::Ends(format!("of `{word}`"));
    }
    if let Some(word) = says(FOREGROUND) {
        return Life::Stays(format!("`{word}` keeps it there"));
    }
    let control = program.name().ends_with("ctl") || program.arguments.windows(2).any(|pair| pair == ["-k", "start"]);
    if control {
        return Life::Ends(format!("`{}` starts a server and ends", program.name()));
    }
    if let Some((name, stay)) = DAEMONS.iter().find(|(name, _)| *name == program.name()) {
        return match says(stay) {
            Some(word) => Life::Stays(format!("`{word}` keeps `{name}` there")),
            // haproxy is the one that must be told to go.
            None if *name == "haproxy" && says(&["-D"]).is_none() => {
                Life::Stays("`haproxy` stays there without `-D`".to_owned())
            }
            None => Life::EndsUnlessConfigured,
        };
    }
    if STAYING.contains(&program.name()) {
        return Life::Stays(format!("`{}` does not go into the background by itself", program.name()));
    }
    if let Some(word) = says(SERVING) {
        return Life::Stays(format!("`{} … {word}` looks like a server that stays there", program.name()));
    }
    Life::Unknown(format!("nothing says whether `{}` goes into the background", program.name()))
}

#[cfg(test)]
mod tests {
    use super::{Life, life, program, split};

    fn of(exec: &str) -> (String, String) {
        let program = program(&split(exec)).unwrap();
        (program.path, program.arguments.join(" "))
    }

    #[test]
    fn behind_what_prepares() {
        let is = |path: &str, arguments: &str| (path.to_owned(), arguments.to_owned());
        assert_eq!(of("/usr/bin/env -i A=b %{x} /x/y z"), is("/x/y", "z"));
        assert_eq!(of("ctrun -l child -o noorphan,regent /x/y &"), is("/x/y", ""));
        assert_eq!(of("nohup nice -n 5 y"), is("y", ""));
        assert_eq!(of("/x/y -c d"), is("/x/y", "-c d"));
        assert_eq!(of("/sbin/sh -c 'ulimit -n \"$0\"; exec \"$@\"' 99 /usr/bin/env %{a} /x/y z"), is("/x/y", "z"));
        assert_eq!(of("/sbin/sh -c 'exec /x/y'").0, "/sbin/sh");
        assert!(program(&split("env")).is_none());
    }

    #[test]
    fn what_stays_and_what_ends() {
        for exec in [
            "/x/acmed --foreground",
            "java -jar x",
            "@PREFIX@/bin/gotosocial --config-path c server start",
            "/x/y serve",
        ] {
            assert!(matches!(life(exec), Life::Stays(_)), "{exec}: {:?}", life(exec));
        }
        for exec in
            ["/x/acmed &", "sh -c 'a &'", "/x/y --daemon", "/x/apachectl start", "/x/httpd -k start", "java -jar x & "]
        {
            assert!(matches!(life(exec), Life::Ends(_)), "{exec}: {:?}", life(exec));
        }
        for exec in ["/x/acmed", "/lib/svc/method/acme start", "sh -c 'a 2>&1'", "/x/acme.sh", ""] {
            assert!(matches!(life(exec), Life::Unknown(_)), "{exec}: {:?}", life(exec));
        }
        assert_eq!(life(":true"), Life::Nothing);
    }
}
