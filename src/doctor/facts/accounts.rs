//! Users and groups of a host, from its own files (passwd(5), group(5)); never those of the machine that asks.
use std::ops::ControlFlow;

use crate::doctor::root::{Failure, Root, safe};

/// More of passwd and group is not read.
const LIMIT: u64 = 8 << 20;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Name.
    pub name: String,
    /// Number.
    pub uid: u32,
    /// Number of the first group.
    pub gid: u32,
    /// Home directory.
    pub home: String,
    /// Shell.
    pub shell: String,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Name.
    pub name: String,
    /// Number.
    pub gid: u32,
}

/// The accounts of a host.
#[derive(Clone, Copy, Debug)]
pub struct Accounts<'a> {
    root: &'a Root,
}

impl<'a> Accounts<'a> {
    /// Those of a root.
    #[must_use]
    pub const fn new(root: &'a Root) -> Self {
        Self { root }
    }

    /// A user by name or number; nothing when the file has none.
    ///
    /// # Errors
    /// The file cannot be read to the place where the user is.
    pub fn user(&self, name: &str) -> Result<Option<Account>, Failure> {
        let number = name.parse::<u32>().ok();
        let mut found = None;
        self.root.lines("/etc/passwd", LIMIT, |line| {
            if number.is_none() && !names(line, name) {
                return ControlFlow::Continue(());
            }
            let fields = fields(line);
            let [first, _, uid, gid, _, home, shell, ..] = fields.as_slice() else { return ControlFlow::Continue(()) };
            let (Ok(uid), Ok(gid)) = (uid.parse(), gid.parse()) else { return ControlFlow::Continue(()) };
            if first == name || number == Some(uid) {
                found = Some(Account { name: first.clone(), uid, gid, home: home.clone(), shell: shell.clone() });
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// A group by name or number.
    ///
    /// # Errors
    /// As [`Accounts::user`].
    pub fn group(&self, name: &str) -> Result<Option<Group>, Failure> {
        let number = name.parse::<u32>().ok();
        let mut found = None;
        self.root.lines("/etc/group", LIMIT, |line| {
            if number.is_none() && !names(line, name) {
                return ControlFlow::Continue(());
            }
            let fields = fields(line);
            let [first, _, gid, ..] = fields.as_slice() else { return ControlFlow::Continue(()) };
            let Ok(gid) = gid.parse() else { return ControlFlow::Continue(()) };
            if first == name || number == Some(gid) {
                found = Some(Group { name: first.clone(), gid });
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// All groups of a user.
    ///
    /// # Errors
    /// The file cannot be read to its end.
    pub fn groups_of(&self, account: &Account) -> Result<Vec<u32>, Failure> {
        let mut groups = vec![account.gid];
        self.root.lines("/etc/group", LIMIT, |line| {
            let mut members = line.rsplit(|byte| *byte == b':').next().unwrap_or_default().split(|byte| *byte == b',');
            if !members.any(|member| member == account.name.as_bytes()) {
                return ControlFlow::Continue(());
            }
            if let [_, _, gid, members, ..] = fields(line).as_slice()
                && let Ok(gid) = gid.parse()
                && members.split(',').any(|member| member == account.name)
                && !groups.contains(&gid)
            {
                groups.push(gid);
            }
            ControlFlow::Continue(())
        })?;
        Ok(groups)
    }
}

/// Whether a line is about that name; most are not, and need not be taken apart.
fn names(line: &[u8], name: &str) -> bool {
    line.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&b':'))
}

/// `a:b:c`; comments and the lines of NIS are none.
fn fields(line: &[u8]) -> Vec<String> {
    if line.is_empty() || b"#+-".contains(&line[0]) {
        return Vec::new();
    }
    line.split(|byte| *byte == b':').map(safe).collect()
}
