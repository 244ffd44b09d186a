//! Login classes (login.conf(5) of OpenBSD and FreeBSD): capability records with `tc=` inheritance.
use std::collections::BTreeMap;

use super::Limit;
use crate::doctor::root::{Failure, Root};

/// Bytes of a file with login classes that are read.
const LIMIT: u64 = 1 << 20;
/// How deep classes may inherit.
const DEEPEST: usize = 16;

/// The login classes of a host.
#[derive(Clone, Debug, Default)]
pub struct LoginConf {
    records: BTreeMap<String, Vec<String>>,
    /// Files that were read.
    pub read: Vec<String>,
}

/// A class with all that it inherits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Values, each with its place in the record: for some of them the order counts.
    fields: BTreeMap<String, (usize, String)>,
}

impl LoginConf {
    /// Reads files; those that are missing are none. The first record of a name holds.
    ///
    /// # Errors
    /// A file is there and cannot be read.
    pub fn read(root: &Root, files: &[String]) -> Result<Self, Failure> {
        let mut conf = Self::default();
        for file in files {
            match root.text(file, LIMIT) {
                Ok(text) => {
                    conf.add(&text);
                    conf.read.push(file.clone());
                }
                Err(failure) if failure.is_absent() => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(conf)
    }

    fn add(&mut self, text: &str) {
        let mut record = String::new();
        for line in text.lines() {
            if record.is_empty() && (line.starts_with('#') || line.trim().is_empty()) {
                continue;
            }
            if let Some(line) = line.trim_end().strip_suffix('\\') {
                record.push_str(line.trim());
            } else {
                record.push_str(line.trim());
                self.record(&std::mem::take(&mut record));
            }
        }
        self.record(&record);
    }

    fn record(&mut self, record: &str) {
        let mut fields = record.split(':').map(str::trim).filter(|field| !field.is_empty());
        let Some(names) = fields.next() else { return };
        let fields: Vec<String> = fields.map(ToOwned::to_owned).collect();
        for name in names.split('|') {
            self.records.entry(name.to_owned()).or_insert_with(|| fields.clone());
        }
    }

    /// Whether there is such a class.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.records.contains_key(name)
    }

    /// A class with what it inherits.
    ///
    /// # Errors
    /// It, or one that it inherits from, is not there.
    pub fn class(&self, name: &str) -> Result<Class, String> {
        let mut class = Class { name: name.to_owned(), fields: BTreeMap::new() };
        let mut next = Some(name.to_owned());
        for _ in 0..DEEPEST {
            let Some(name) = next.take() else { return Ok(class) };
            let record = self.records.get(&name).ok_or_else(|| format!("there is no login class `{name}`"))?;
            for field in record {
                let (key, value) = field.split_once(['=', '#']).unwrap_or((field, ""));
                if key == "tc" {
                    next = Some(value.to_owned());
                    break;
                }
                let place = class.fields.len();
                class.fields.entry(key.to_owned()).or_insert_with(|| (place, value.to_owned()));
            }
        }
        Err(format!("the login class `{name}` inherits without end"))
    }
}

impl Class {
    /// Its PATH; `~` becomes the home directory.
    #[must_use]
    pub fn path(&self, home: &str) -> Option<Vec<String>> {
        let (_, path) = self.fields.get("path")?;
        let words = path.split([' ', ',', '\t']).filter(|word| !word.is_empty());
        Some(
            words
                .map(|word| word.strip_prefix('~').map_or_else(|| word.to_owned(), |rest| format!("{home}{rest}")))
                .collect(),
        )
    }

    /// The soft limit of something: `openfiles`, `datasize`.
    ///
    /// # Errors
    /// What is written there is no limit.
    pub fn limit(&self, what: &str) -> Result<Option<Limit>, String> {
        let both = self.fields.get(what);
        let current = self.fields.get(&format!("{what}-cur"));
        // One for both limits that comes first, in the class itself say, hides what is inherited (OpenBSD's
        // lib/libc/gen/login_cap.c, gsetrl).
        let first = [both, current].into_iter().flatten().min_by_key(|(place, _)| *place);
        let Some((_, text)) = first else { return Ok(None) };
        parse(text).map(Some).ok_or_else(|| format!("`{what}={text}` of the login class {} is no limit", self.name))
    }
}

/// `unlimited`, `128`, `4096M`.
pub(super) fn parse(text: &str) -> Option<Limit> {
    let text = text.trim();
    if ["unlimited", "infinity", "inf", "-1"].contains(&text) {
        return Some(Limit::Unlimited);
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" => 1,
        "b" => 512,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        "t" => 1 << 40,
        _ => return None,
    };
    Some(Limit::Of(number.parse::<u64>().ok()?.saturating_mul(factor)))
}

#[cfg(test)]
mod tests {
    use super::{Limit, LoginConf};

    #[test]
    fn classes_inherit() {
        let mut conf = LoginConf::default();
        conf.add("default:\\\n\t:path=/usr/bin /usr/local/bin ~/bin:\\\n\t:openfiles-cur=512:\n# c\ndaemon:\\\n\t:openfiles-cur=128:\\\n\t:datasize=4096M:\\\n\t:tc=default:\nloop:tc=loop:\n");
        let daemon = conf.class("daemon").unwrap();
        assert_eq!(daemon.limit("openfiles"), Ok(Some(Limit::Of(128))));
        assert_eq!(daemon.limit("datasize"), Ok(Some(Limit::Of(4096 << 20))));
        assert_eq!(daemon.path("/home/x").unwrap(), ["/usr/bin", "/usr/local/bin", "/home/x/bin"]);
        conf.add("own:openfiles=4096:tc=daemon:\n");
        assert_eq!(conf.class("own").unwrap().limit("openfiles"), Ok(Some(Limit::Of(4096))));
        assert!(conf.class("loop").is_err());
        assert!(conf.class("none").is_err());
    }
}
