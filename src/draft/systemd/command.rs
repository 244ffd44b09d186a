//! Command lines of `ExecStart=` and its kind (systemd.service(5)).
use super::names;
use super::words;

/// A command line taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::draft) struct Command {
    /// The program, then its arguments: `$VAR` stands as written, specifiers are filled in.
    pub(in crate::draft) words: Vec<String>,
}

/// The commands in one value: systemd separates several by a lone `;`.
pub(super) fn parse(value: &str, unit: &str, user: Option<&str>) -> Result<Vec<Command>, String> {
    // A `;` that belongs to the command is written `\;`: told from the separator before escapes are gone.
    let Some(raw) = words::split(&value.replace(" \\; ", " '\\u001f;' ")) else {
        return Err("its quoting is not systemd's".into());
    };
    let mut commands = Vec::new();
    for part in raw.split(|word| word == ";") {
        let mut filled = Vec::new();
        for word in part {
            let word = word.trim_start_matches('\u{1f}');
            let word = names::fill(word, unit, user).map_err(|what| format!("only systemd can fill in `{what}`"))?;
            filled.push(word.replace("$$", "$"));
        }
        if let Some(first) = filled.first_mut() {
            let bare = first.trim_start_matches(['-', '@', ':', '+', '!', '|']);
            let own_name = first[..first.len() - bare.len()].contains('@');
            *first = bare.to_owned();
            // `@program name arguments`: the name that the program sees is no argument.
            if own_name && filled.len() > 1 {
                filled.remove(1);
            }
            if !filled[0].is_empty() {
                commands.push(Command { words: filled });
            }
        }
    }
    Ok(commands)
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn shown(value: &str) -> Result<Vec<String>, String> {
        Ok(parse(value, "srv.service", None)?.into_iter().map(|command| command.words.join("|")).collect())
    }

    #[test]
    fn prefixes_and_several_commands() {
        assert_eq!(shown("-@/bin/srv name -c /etc/x").unwrap(), ["/bin/srv|-c|/etc/x"]);
        assert_eq!(shown("!!/bin/a 'b c' ; :+/bin/d \\; e$$").unwrap(), ["/bin/a|b c", "/bin/d|;|e$"]);
        assert_eq!(shown("/bin/a --state %S/%p").unwrap(), ["/bin/a|--state|/var/lib/srv"]);
        assert!(shown("/bin/a %i").unwrap_err().contains("%i"));
        assert!(shown("/bin/a 'open").is_err());
        assert_eq!(shown("").unwrap(), Vec::<String>::new());
        assert_eq!(shown("-").unwrap(), Vec::<String>::new());
        assert_eq!(shown("@").unwrap(), Vec::<String>::new());
    }
}
