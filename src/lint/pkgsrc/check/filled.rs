//! Placeholders in the service's files.
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::scripts::named;
use crate::finding::{Place, Source};
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

/// What the framework fills in everywhere (mk/pkginstall/bsd.pkginstall.mk) and in SMF files (mk/init/smf.mk).
const FRAMEWORK: &[&str] = &[
    "PREFIX",
    "LOCALBASE",
    "X11BASE",
    "VARBASE",
    "PKGBASE",
    "PKGNAME",
    "PKGMANDIR",
    "PKG_SYSCONFBASE",
    "PKG_SYSCONFBASEDIR",
    "PKG_SYSCONFDIR",
    "SYSCONFBASE",
    "CONF_DEPENDS",
    "RCD_SCRIPTS_SHELL",
    "RCD_SCRIPTS_DIR",
    "PKG_USER_HOME",
    "PKG_USER_SHELL",
    "SMF_PREFIX",
    "SMF_NAME",
    "SMF_INSTANCES",
    "SMF_MANIFEST",
    "SMF_MANIFEST_FILE",
    "SMF_METHOD_SHELL",
    "PERL5",
    "DEPOTBASE",
    "PKG_INSTALLATION_TYPE",
    "PKG_INSTALLATION_PREFIX",
    // Tools with their paths.
    "AWK",
    "BASENAME",
    "CAT",
    "CHGRP",
    "CHMOD",
    "CHOWN",
    "CMP",
    "CP",
    "DATE",
    "DIRNAME",
    "ECHO",
    "ECHO_N",
    "EGREP",
    "EXPR",
    "FALSE",
    "FIND",
    "GREP",
    "GROUPADD",
    "GTAR",
    "HEAD",
    "HOSTNAME_CMD",
    "ID",
    "INSTALL_INFO",
    "LINKFARM",
    "LN",
    "LS",
    "MKDIR",
    "MKTEMP",
    "MV",
    "PKG_ADMIN",
    "PKG_INFO",
    "PS",
    "PWD_CMD",
    "RM",
    "RMDIR",
    "SED",
    "SETENV",
    "SH",
    "SORT",
    "SU",
    "TEST",
    "TOUCH",
    "TR",
    "TRUE",
    "USERADD",
    "XARGS",
    "TAIL",
    "PRINTF",
    "PKG_CONFIG",
    "PKG_CONFIG_PERMS",
    "PKG_CREATE_USERGROUP",
    "PKG_RCD_SCRIPTS",
    "PKG_REGISTER_SHELLS",
    "LDCONFIG_ADD_CMD",
    "LDCONFIG_REMOVE_CMD",
    "SHELL",
    "TARGET",
];

/// What included frameworks fill in: a part of the file's path, and the names (mk/java-vm.mk, lang/python/extension.mk …).
const BY_INCLUDE: &[(&str, &[&str])] = &[
    ("mk/java-vm.mk", &["PKG_JAVA_HOME"]),
    ("mk/java-env.mk", &["JAVA_HOME"]),
    ("lang/python/", &["PYVERSSUFFIX"]),
    ("lang/ruby/", &["RUBY", "RUBY_NAME", "RUBY_PKGPREFIX", "RUBY_SUFFIX", "RUBY_VER", "DATE"]),
    ("lang/perl5/", &["PERL5_COMMENT", "PERL5_PACKLIST"]),
    ("mk/emulator/", &["EMUL_PLATFORM", "EMUL_OPSYS", "EMUL_ARCH", "EMULDIR", "EMULSUBDIR", "OPSYS_EMULDIR"]),
];

pub(super) fn check(package: &Package, out: &mut Out) {
    let Some(filled) = filled(package) else { return };
    let mut sources: Vec<Arc<Source>> = named(package).into_iter().filter_map(|(_, _, source)| source).collect();
    sources.extend(package.directory.below("files/smf").map(|(_, source)| Arc::clone(source)));
    for source in sources {
        let mut said = BTreeSet::new();
        for (name, span) in placeholders(&source.text) {
            // What a comment of a script says is read by people only.
            let line = source.text[..span.start].rsplit('\n').next().unwrap_or_default();
            if line.trim_start().starts_with('#') {
                continue;
            }
            let known = FRAMEWORK.contains(&name) || name.starts_with("SMF_METHOD_FILE.") || filled.contains(name);
            if !known && said.insert(name) {
                let message = format!("nothing fills in `@{name}@`");
                out.say(&rules::UNFILLED, Place::text(&source, span), message);
            }
        }
    }
}

/// The names that `FILES_SUBST` fills in; nothing when they are not known.
fn filled(package: &Package) -> Option<BTreeSet<String>> {
    if package.program.open || !package.program.unnamed.is_empty() {
        return None;
    }
    let mut filled = BTreeSet::new();
    for (item, possible) in package.words("FILES_SUBST") {
        match item.word.text.split_once('=') {
            Some((name, _)) if !name.contains('$') => drop(filled.insert(name.trim_matches(['"', '\'']).to_owned())),
            // A list of variables: `${SOME_SUBST}`.
            _ => {
                let all = possible.all()?;
                let names = all.iter().flat_map(|text| text.split_whitespace()).filter_map(|word| word.split_once('='));
                filled.extend(names.map(|(name, _)| name.to_owned()));
            }
        }
    }
    for (part, names) in BY_INCLUDE {
        if package.program.includes.iter().any(|one| one.path.contains(part)) {
            filled.extend(names.iter().map(|name| (*name).to_owned()));
        }
    }
    // SUBST blocks fill in files of their own.
    for name in
        package.program.names().filter(|name| name.starts_with("SUBST_VARS.")).map(str::to_owned).collect::<Vec<_>>()
    {
        filled.extend(package.words(&name).into_iter().flat_map(|(_, possible)| possible.values));
    }
    Some(filled)
}

/// `@NAME@`, with where it is.
fn placeholders(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find('@').map(|at| rest + at) {
        let name_end = text[start + 1..]
            .find(|one: char| !(one.is_ascii_uppercase() || one.is_ascii_digit() || matches!(one, '_' | '.')))
            .map_or(text.len(), |at| start + 1 + at);
        let name = &text[start + 1..name_end];
        let closed = text[name_end..].starts_with('@') && name.starts_with(|one: char| one.is_ascii_uppercase());
        if closed {
            found.push((name, start..name_end + 1));
            rest = name_end + 1;
        } else {
            rest = start + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_in_texts() {
        let found: Vec<_> =
            super::placeholders("a@b.example @PREFIX@/x @A_1@@B@ @@ @lower@").into_iter().map(|one| one.0).collect();
        assert_eq!(found, ["PREFIX", "A_1", "B"]);
    }
}
