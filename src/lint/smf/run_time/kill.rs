//! `:kill` (`restarter_is_kill_method`, usr/src/lib/librestart/common/librestart.c).

/// What a method that begins with a colon is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// `:true`
    True,
    /// `:kill`, with the name of the signal.
    Kill(String),
    /// It looks like one of them and is run as a command.
    Malformed,
}

/// Names of illumos' signals without SIG (signal.h(3HEAD)), in the order of their numbers from 1.
const SIGNALS: [&str; 41] = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "EMT", "FPE", "KILL", "BUS", "SEGV", "SYS", "PIPE", "ALRM", "TERM",
    "USR1", "USR2", "CHLD", "PWR", "WINCH", "URG", "POLL", "STOP", "TSTP", "CONT", "TTIN", "TTOU", "VTALRM", "PROF",
    "XCPU", "XFSZ", "WAITING", "LWP", "FREEZE", "THAW", "CANCEL", "LOST", "XRES", "JVM1", "JVM2", "INFO",
];
/// Other names for the same.
const ALIASES: [(&str, &str); 3] = [("IOT", "ABRT"), ("CLD", "CHLD"), ("IO", "POLL")];

/// What a method is that begins with a colon, blanks in front not counted; nothing for other methods.
pub(super) fn keyword(exec: &str) -> Option<Word> {
    if !exec.trim_start().starts_with(':') {
        return None;
    }
    if exec == ":true" {
        return Some(Word::True);
    }
    let Some(rest) = exec.strip_prefix(":kill").filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    else {
        return Some(Word::Malformed);
    };
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Some(Word::Kill("TERM".to_owned()));
    }
    Some(rest.strip_prefix('-').and_then(signal).map_or(Word::Malformed, |name| Word::Kill(name.to_owned())))
}

fn signal(text: &str) -> Option<&'static str> {
    if let Ok(number) = text.parse::<usize>() {
        return SIGNALS.get(number.checked_sub(1)?).copied();
    }
    let text = ALIASES.iter().find(|(alias, _)| *alias == text).map_or(text, |(_, name)| name);
    SIGNALS.into_iter().find(|name| *name == text)
}

#[cfg(test)]
mod tests {
    use super::{Word, keyword};

    #[test]
    fn as_librestart_reads_them() {
        let kill = |name: &str| Some(Word::Kill(name.to_owned()));
        assert_eq!(keyword(":kill"), kill("TERM"));
        assert_eq!(keyword(":kill  "), kill("TERM"));
        assert_eq!(keyword(":kill -HUP"), kill("HUP"));
        assert_eq!(keyword(":kill -9"), kill("KILL"));
        assert_eq!(keyword(":kill -CLD"), kill("CHLD"));
        assert_eq!(keyword(":true"), Some(Word::True));
        for malformed in
            [" :kill", ":kill HUP", ":kill -SIGHUP", ":kill -HUP ", ":killall", ":true ", ":kill -0", ":kill_process"]
        {
            assert_eq!(keyword(malformed), Some(Word::Malformed), "{malformed}");
        }
        assert_eq!(keyword("/bin/true"), None);
    }
}
