//! Addresses to listen on, in configuration and arguments.

/// `127.0.0.1:8080`, `[::1]:80` … in a text, the first of each line whose key speaks of listening.
pub(super) fn in_config(text: &str) -> Vec<(String, usize)> {
    const KEYS: &[&str] = &["listen", "bind", "addr", "host"];
    let mut found: Vec<(String, usize)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let trimmed = line.trim_start();
        let Some((key, value)) = trimmed.split_once(['=', ':']).filter(|_| !trimmed.starts_with(['#', ';', '/']))
        else {
            continue;
        };
        let key = key.to_ascii_lowercase();
        if KEYS.iter().any(|word| key.contains(word))
            && !["public", "remote", "upstream", "advertise", "peer", "proxy", "server_addr"]
                .iter()
                .any(|word| key.contains(word))
            && let Some(address) = address(value)
            && !found.iter().any(|(known, _)| *known == address)
        {
            found.push((address, number));
        }
    }
    found
}

/// The address in an argument.
pub(super) fn in_argument(word: &str) -> Option<String> {
    address(word.rsplit('=').next().unwrap_or(word)).filter(|found| word.ends_with(found.as_str()))
}

fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['"', '\'', '[', ' ']);
    let (host, rest) = if let Some(bare) = text.strip_prefix("::]:") {
        ("[::]".to_owned(), bare)
    } else {
        let (host, rest) = text.split_once(':')?;
        let plain = host == "localhost" || host.parse::<std::net::Ipv4Addr>().is_ok();
        if !plain {
            return None;
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
        let text = "listen = \"127.0.0.1:8080\"\n# bind = '1.2.3.4:5'\nremote_addr = \"1.2.3.4:80\"\nbind_addr: \"[::]:3901\"\nhost: 0.0.0.0\naddr = 'localhost:0'\n";
        let found = in_config(text);
        assert_eq!(found, [("127.0.0.1:8080".to_owned(), 1), ("[::]:3901".to_owned(), 4)]);
        assert_eq!(in_argument("--listen=0.0.0.0:80").as_deref(), Some("0.0.0.0:80"));
        assert_eq!(in_argument("http://x:80"), None);
        assert_eq!(in_argument("999.0.0.1:80"), None);
    }
}
