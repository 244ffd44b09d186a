//! What a service unit says about running a server.
use super::command::{self, Command};
use super::names;
use super::syntax::{Assignment, assignments};
use super::words;

/// A value with the line that it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::draft) struct Placed<T> {
    /// The value.
    pub(in crate::draft) value: T,
    /// 1-based.
    pub(in crate::draft) line: usize,
}

/// A service unit.
#[derive(Clone, Debug, Default)]
pub(in crate::draft) struct Unit {
    /// Its path in the distribution.
    pub(in crate::draft) file: String,
    /// Commands of `ExecStart=`.
    pub(in crate::draft) start: Vec<Placed<Command>>,
    /// `ExecReload=`.
    pub(in crate::draft) reload: Option<Placed<Command>>,
    /// Variables of `Environment=`.
    pub(in crate::draft) environment: Vec<Placed<(String, String)>>,
    /// Files of `EnvironmentFile=`.
    pub(in crate::draft) environment_files: Vec<Placed<String>>,
    /// `After=`, `Requires=` and `Wants=`.
    pub(in crate::draft) after: Vec<Placed<String>>,
    /// What could not be read, with why.
    pub(in crate::draft) unreadable: Vec<Placed<String>>,
    single: Vec<Assignment>,
}

impl Unit {
    /// Reads a unit; nothing when it is not about a service.
    pub(super) fn parse(file: &str, text: &str) -> Option<Self> {
        let all = assignments(text);
        let name = file.rsplit('/').next().unwrap_or(file);
        let name = name.trim_end_matches(".in").trim_end_matches(".example");
        let user = last(&all, "User").map(|one| one.value.clone()).filter(|user| !user.contains('%'));
        let mut unit = Self { file: file.to_owned(), ..Self::default() };
        for one in &all {
            if one.section == "Unit" && ["After", "Requires", "Wants"].contains(&one.key.as_str()) {
                let words = one.value.split_whitespace().map(|word| Placed { value: word.to_owned(), line: one.line });
                unit.after.extend(words);
            }
            if one.section == "Service" {
                unit.take(one, name, user.as_deref());
            }
        }
        unit.single = all.into_iter().filter(|one| one.section == "Service").collect();
        (!unit.start.is_empty() || !unit.unreadable.is_empty()).then_some(unit)
    }

    fn take(&mut self, one: &Assignment, name: &str, user: Option<&str>) {
        let line = one.line;
        match one.key.as_str() {
            "ExecStart" if one.value.is_empty() => self.start.clear(),
            "ExecStart" => match command::parse(&one.value, name, user) {
                Ok(commands) => self.start.extend(commands.into_iter().map(|value| Placed { value, line })),
                Err(why) => self.unreadable.push(Placed { value: why, line }),
            },
            "ExecReload" => {
                let first =
                    command::parse(&one.value, name, user).ok().and_then(|commands| commands.into_iter().next());
                self.reload = first.map(|value| Placed { value, line });
            }
            "Environment" if one.value.is_empty() => self.environment.clear(),
            "Environment" => {
                for word in words::split(&one.value).unwrap_or_default() {
                    let Ok(word) = names::fill(&word, name, user) else { continue };
                    if let Some((key, value)) = word.split_once('=') {
                        self.environment.retain(|known| known.value.0 != key);
                        self.environment.push(Placed { value: (key.to_owned(), value.to_owned()), line });
                    }
                }
            }
            "EnvironmentFile" if one.value.is_empty() => self.environment_files.clear(),
            "EnvironmentFile" => {
                let path = one.value.trim_start_matches('-').to_owned();
                self.environment_files.push(Placed { value: path, line });
            }
            _ => {}
        }
    }

    /// The last value of a setting that holds one, with specifiers filled in; nothing when it is empty.
    pub(in crate::draft) fn setting(&self, key: &str) -> Option<Placed<String>> {
        let one = last(&self.single, key).filter(|one| !one.value.is_empty())?;
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        let value = names::fill(&one.value, name, None).ok()?;
        Some(Placed { value, line: one.line })
    }

    /// The words of a setting that holds several, as `StateDirectory=a b`.
    pub(in crate::draft) fn list(&self, key: &str) -> Vec<Placed<String>> {
        let Some(Placed { value, line }) = self.setting(key) else { return Vec::new() };
        let words = words::split(&value).unwrap_or_default();
        // `StateDirectory=real:alias`.
        words.into_iter().filter_map(|word| Some(Placed { value: word.split(':').next()?.to_owned(), line })).collect()
    }

    /// The unit's name without `.service` and `@`.
    pub(in crate::draft) fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        let name = name.split(".service").next().unwrap_or(name);
        name.split('@').next().unwrap_or(name)
    }

    /// Whether it is a template for several instances.
    pub(in crate::draft) fn is_template(&self) -> bool {
        self.file.rsplit('/').next().is_some_and(|name| name.contains('@'))
    }
}

fn last<'a>(all: &'a [Assignment], key: &str) -> Option<&'a Assignment> {
    all.iter().rev().find(|one| one.section == "Service" && one.key == key)
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn a_unit_with_everything() {
        let text = "[Unit]\nAfter=network-online.target postgresql.service\n[Service]\nExecStart=/bin/old\nExecStart=\n\
            ExecStart=-/usr/bin/srv --dir=%S/%p\nEnvironment=\"A=x y\" B=1\nEnvironment=B=2\nEnvironmentFile=-/etc/default/srv\n\
            User=srv\nStateDirectory=srv srv/files:alias\nExecReload=/bin/kill -HUP $MAINPID\nTimeoutStopSec=\n";
        let unit = Unit::parse("contrib/srv.service", text).unwrap();
        assert_eq!(unit.start[0].value.words, ["/usr/bin/srv", "--dir=/var/lib/srv"]);
        assert_eq!((unit.start.len(), unit.start[0].line), (1, 6));
        let environment: Vec<_> =
            unit.environment.iter().map(|one| (one.value.0.as_str(), one.value.1.as_str())).collect();
        assert_eq!(environment, [("A", "x y"), ("B", "2")]);
        assert_eq!(unit.environment_files[0].value, "/etc/default/srv");
        assert_eq!(unit.setting("User").unwrap().value, "srv");
        assert_eq!(unit.setting("TimeoutStopSec"), None);
        let directories: Vec<_> = unit.list("StateDirectory").into_iter().map(|one| one.value).collect();
        assert_eq!(directories, ["srv", "srv/files"]);
        assert_eq!(unit.reload.unwrap().value.words, ["/bin/kill", "-HUP", "$MAINPID"]);
        assert_eq!((unit.after.len(), Unit::parse("x.service", "[Timer]\nOnCalendar=daily\n").is_none()), (2, true));
    }
}
