//! Paths of a Linux system, as a recipe writes them.
use super::is_config_name;

/// How the paths of one server are told from other ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// What the server's directories may be called.
    pub(super) names: Vec<String>,
    /// Programs of the crate.
    pub(super) binaries: Vec<String>,
    /// Directories that hold its state, whatever they are called: a container's volumes, a unit's working directory.
    pub(super) state: Vec<String>,
}

impl Places {
    /// A word as a recipe writes it: known paths become places, braces are doubled.
    pub(super) fn phrase(&self, word: &str) -> String {
        let start = path_start(word);
        let (head, path) = word.split_at(start);
        let escaped = |text: &str| text.replace('{', "{{").replace('}', "}}");
        match self.place(path) {
            Some(place) => format!("{}{place}", escaped(head)),
            None => escaped(word),
        }
    }

    /// The place of an absolute path.
    pub(super) fn place(&self, path: &str) -> Option<String> {
        if !path.starts_with('/') || path.contains(['{', '}']) || path.split('/').any(|part| part == "..") {
            return None;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let parent = path.strip_suffix(name).unwrap_or("").trim_end_matches('/');
        if self.binaries.iter().any(|binary| binary == name) && (parent.ends_with("bin") || parent.ends_with("release"))
        {
            return Some(format!("{{bin}}/{name}"));
        }
        for own in &self.names {
            let at = |directory: &str| below(path, &format!("{directory}/{own}"));
            if let Some(rest) = ["/etc", "/usr/local/etc", "/usr/etc"].into_iter().find_map(at) {
                return Some(format!("{{sysconf}}{rest}"));
            }
            if let Some(rest) = at("/var/log") {
                return Some(format!("{{log}}{rest}"));
            }
            if let Some(rest) = ["/run", "/var/run"].into_iter().find_map(at) {
                return Some(format!("{{run}}{rest}"));
            }
            if let Some(rest) = at("/var/cache") {
                return Some(format!("{{state}}/cache{rest}"));
            }
            if let Some(rest) = ["/usr/share", "/usr/local/share"].into_iter().find_map(at) {
                return Some(format!("{{data}}{rest}"));
            }
            if let Some(rest) =
                ["/var/lib", "/var/db", "/var", "/srv", "/opt", "/home", "/var/opt"].into_iter().find_map(at)
            {
                return Some(state(rest, name));
            }
            // Files named like the server beside other programs' files.
            if name.starts_with(own.as_str()) {
                match parent {
                    "/var/log" => return Some(format!("{{log}}/{name}")),
                    "/run" | "/var/run" => return Some(format!("{{run}}/{name}")),
                    _ => {}
                }
            }
        }
        if parent == "/etc" && (is_config_name(name) || self.names.iter().any(|own| name.starts_with(own.as_str()))) {
            return Some(format!("{{sysconf}}/{name}"));
        }
        self.state.iter().find_map(|directory| below(path, directory)).map(|rest| state(rest, name))
    }
}

/// A configuration file that lies with the state on Linux belongs with the configuration.
fn state(rest: &str, name: &str) -> String {
    if is_config_name(name) { format!("{{sysconf}}/{name}") } else { format!("{{state}}{rest}") }
}

/// What follows a directory in a path: empty, or from the `/` on.
fn below<'a>(path: &'a str, directory: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(directory)?;
    (directory.len() > 1 && (rest.is_empty() || rest.starts_with('/'))).then(|| rest.trim_end_matches('/'))
}

/// Where a path begins in `--option=/path`, `scheme:/path`, `scheme:///path`; the end when there is none.
fn path_start(word: &str) -> usize {
    if word.starts_with('/') {
        return 0;
    }
    if let Some(at) = word.find("=/") {
        return at + 1;
    }
    if let Some(at) = word.find(":///") {
        return at + 3;
    }
    match word.find(":/") {
        Some(at) if !word[at..].starts_with("://") => at + 1,
        _ => word.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn paths_of_the_server_become_places() {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let places = Places { names: own(&["srv"]), binaries: own(&["srvd"]), state: own(&["/data"]) };
        let cases = [
            ("/usr/local/bin/srvd", "{bin}/srvd"),
            ("--config=/etc/srv/config.toml", "--config={sysconf}/config.toml"),
            ("/etc/srv.toml", "{sysconf}/srv.toml"),
            ("/etc/other.yaml", "{sysconf}/other.yaml"),
            ("/etc/ssl/cert.pem", "/etc/ssl/cert.pem"),
            ("sqlite:///var/lib/srv/db.sqlite", "sqlite://{state}/db.sqlite"),
            ("unix:/run/srv/sock", "unix:{run}/sock"),
            ("http://host/var/lib/srv", "http://host/var/lib/srv"),
            ("/var/lib/srv-other", "/var/lib/srv-other"),
            ("/data/files/", "{state}/files"),
            ("/data/srv.toml", "{sysconf}/srv.toml"),
            ("/var/log/srv.log", "{log}/srv.log"),
            ("/var/lib/srv/../x", "/var/lib/srv/../x"),
            ("a{b}", "a{{b}}"),
        ];
        for (word, expected) in cases {
            assert_eq!(places.phrase(word), expected, "{word}");
        }
    }
}
