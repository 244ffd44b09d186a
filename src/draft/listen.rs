//! Addresses to listen on, in configuration, arguments and variables.

const KEYS: &[&str] = &["listen", "bind", "addr", "host"];
/// Words of keys that are about other people's addresses.
const OTHERS: &[&str] = &[
    "public",
    "remote",
    "upstream",
    "advertise",
    "peer",
    "proxy",
    "server_addr",
    "endpoint",
    "otlp",
    "console",
    "prometheus",
    "metrics",
];

/// Addresses in a configuration with the line of each: `listen = "127.0.0.1:8080"`, or an address and a port in one
/// table.
pub(super) fn in_config(text: &str) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    // The address and the port of the table that is being read.
    let (mut host, mut port): (Option<(String, usize)>, Option<u16>) = (None, None);
    let mut add = |address: String, line: usize| {
        if !found.iter().any(|(known, _)| *known == address) {
            found.push((address, line));
        }
    };
    for (number, line) in (1..).zip(text.lines()) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('[') {
            (host, port) = (None, None);
        }
        if trimmed.starts_with(['#', ';', '/']) {
            continue;
        }
        let Some((key, value)) = trimmed.split_once(['=', ':']) else { continue };
        let key = key.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
        let value = value.trim().trim_matches(['"', '\'', ',', ' ']);
        if !OTHERS.iter().any(|word| key.contains(word)) && is_key(&key) {
            if let Some(address) = address(value) {
                add(address, number);
            } else if let Some(ip) =
                value.split(['"', '\'', ' ']).next().filter(|ip| ip.parse::<std::net::IpAddr>().is_ok())
            {
                let ip = if ip.contains(':') { format!("[{ip}]") } else { ip.to_owned() };
                host = Some((ip, number));
            }
        }
        if ["port", "listen_port", "bind_port", "listen-port", "bind-port", "http_port"].contains(&key.as_str()) {
            port = value.split([' ', ',', '#']).next().and_then(|port| port.parse().ok()).filter(|port| *port > 0);
        }
        if let (Some((host, line)), Some(port)) = (&host, port) {
            add(format!("{host}:{port}"), *line);
        }
    }
    found
}

/// Whether the name of a setting or variable is about listening.
pub(super) fn is_key(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    KEYS.iter().any(|word| name.contains(word))
}

/// The address in an argument.
pub(super) fn in_argument(word: &str) -> Option<String> {
    let value = word.rsplit('=').next().unwrap_or(word);
    address(value).filter(|found| value == found)
}

fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['"', '\'', ' ']);
    let text = text
        .strip_prefix('[')
        .map_or(text, |list| if list.starts_with(['"', '\'']) { list.trim_start_matches(['"', '\'']) } else { text });
    let (host, rest) = if let Some(six) = text.strip_prefix('[') {
        let (host, rest) = six.split_once("]:")?;
        host.parse::<std::net::Ipv6Addr>().ok()?;
        (format!("[{host}]"), rest)
    } else {
        let (host, rest) = text.split_once(':')?;
        if host != "localhost" {
            host.parse::<std::net::Ipv4Addr>().ok()?;
        }
        (host.to_owned(), rest)
    };
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let end = rest.chars().nth(port.len()).is_none_or(|c| !c.is_alphanumeric());
    port.parse::<u16>().ok().filter(|port| *port > 0 && end).map(|port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::{in_argument, in_config};

    #[test]
    fn addresses() {
        let text = "listen = \"127.0.0.1:8080\"\n# bind = '1.2.3.4:5'\nremote_addr = \"1.2.3.4:80\"\nbind_addr: \"[::]:3901\"\n\
            host: 0.0.0.0\n[network]\nport = 8081 # x\naddress = \"0.0.0.0\"\n[other]\nport = 1\naddr = 'localhost:0'\nbinds = [\"1.1.1.1:53\"]\n";
        let found: Vec<_> = in_config(text).into_iter().map(|(address, line)| format!("{address} {line}")).collect();
        assert_eq!(found, ["127.0.0.1:8080 1", "[::]:3901 4", "0.0.0.0:8081 8", "1.1.1.1:53 12"]);
        assert_eq!(in_argument("--listen=0.0.0.0:80").as_deref(), Some("0.0.0.0:80"));
        for not in ["http://x:80", "999.0.0.1:80", "127.0.0.1:80/x", ":", "[::1:80", "[:"] {
            assert_eq!(in_argument(not), None, "{not}");
        }
    }
}
