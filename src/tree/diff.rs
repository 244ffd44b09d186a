//! What would change, as a patch that `patch` and `git apply` take.
use similar::TextDiff;

use super::files::Mode;
use super::plan::{Entry, Plan, Status};

impl Plan {
    /// A unified diff from the directory to the generated files, `a/` to `b/`; empty when nothing would change.
    /// Edited files are in it, although [`apply`](super::apply) refuses them.
    #[must_use]
    pub fn diff(&self) -> String {
        self.entries.iter().map(diff).collect()
    }
}

/// The diff of one file.
pub(super) fn diff(entry: &Entry) -> String {
    if matches!(entry.status, Status::Same | Status::Kept | Status::StaleEdited) {
        return String::new();
    }
    let old = entry.old.as_ref().map(|(bytes, mode)| (bytes.as_slice(), *mode));
    let new = entry.new.as_ref().map(|file| (file.content.as_slice(), file.mode));
    let path = &entry.path;
    let mut text = format!("diff --git a/{path} b/{path}\n");
    match (old, new) {
        (None, None) => return String::new(),
        (None, Some((_, mode))) => text.extend(["new file mode ", bits(mode), "\n"]),
        (Some((_, mode)), None) => text.extend(["deleted file mode ", bits(mode), "\n"]),
        (Some((_, from)), Some((_, to))) if from != to => {
            text.extend(["old mode ", bits(from), "\nnew mode ", bits(to), "\n"]);
        }
        _ => {}
    }
    let name = |side: &str, there: bool| {
        // A tab ends a name that has a blank in it.
        let end = if path.as_str().contains(' ') { "\t" } else { "" };
        if there { format!("{side}/{path}{end}") } else { "/dev/null".to_owned() }
    };
    let (from, to) = (name("a", old.is_some()), name("b", new.is_some()));
    let (old, new) = (old.map_or(&[][..], |(bytes, _)| bytes), new.map_or(&[][..], |(bytes, _)| bytes));
    if let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) {
        text += &TextDiff::from_lines(old, new).unified_diff().header(&from, &to).to_string();
    } else if old != new {
        text.extend(["Binary files ", &from, " and ", &to, " differ\n"]);
    }
    text
}

fn bits(mode: Mode) -> &'static str {
    match mode {
        Mode::Regular => "100644",
        Mode::Executable => "100755",
    }
}
