//! A stand-in for OpenBSD's `pkg_subst(1)`, after src `usr.sbin/pkg_add/OpenBSD/Subst.pm`: it fills in names that it
//! knows, here all that are in upper case, whatever quotes are around them.

/// What comes out of a file.
pub(crate) fn pkg_subst(text: &str) -> String {
    text.split_inclusive('\n').map(line).collect()
}

fn line(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("${") {
        let name: Option<&str> = rest[at + 2..].split_once('}').map(|(name, _)| name);
        let starts = rest[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let Some(name) = name.filter(|_| starts) else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        out.push_str(&rest[..at]);
        if name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') {
            out.push_str("REPLACED");
        } else {
            out.extend(["$\\{", name, "}"]);
        }
        rest = &rest[at + 2 + name.len() + 1..];
    }
    out.push_str(rest);
    let mut back = String::new();
    let mut rest = out.as_str();
    while let Some(at) = rest.find("$\\{") {
        let after = &rest[at + 3..];
        let starts = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        back.push_str(&rest[..at]);
        back.push_str(if starts { "${" } else { "$\\{" });
        rest = after;
    }
    back + rest
}

#[test]
fn as_the_source_has_it() {
    assert_eq!(
        pkg_subst("a ${PREFIX}/${_i} $\\{PREFIX} $\\{1} ${1} ${x"),
        "a REPLACED/${_i} ${PREFIX} $\\{1} ${1} ${x"
    );
}
