//! Telling well-known licences by their wording.

/// A notice instead of a licence: what it names first is what holds, what comes later are permissions on top.
const NOTICES: &[(&str, &str)] = &[
    ("licensed under the agplv3", "AGPL-3.0-only"),
    ("licensed under the agpl 3 0", "AGPL-3.0-only"),
    ("licensed under the gplv3", "GPL-3.0-only"),
    ("licensed under the mit license", "MIT"),
    ("licensed under the isc license", "ISC"),
];

/// The SPDX expression of a licence text, by phrases that only that licence has.
#[must_use]
pub fn recognise(text: &str) -> Option<String> {
    let plain: String = text.chars().take(200_000).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let has = |phrase: &str| plain.contains(phrase);
    let mut found: Vec<&str> = Vec::new();
    if plain.len() < 1500
        && let Some((_, licence)) = NOTICES.iter().find(|(notice, _)| plain.starts_with(notice))
    {
        return Some((*licence).to_owned());
    }
    // The whole texts: that a name is mentioned says nothing.
    if has("gnu affero general public license version 3 19 november 2007") {
        found.push("AGPL-3.0-only");
    } else if has("gnu lesser general public license version 3 29 june 2007") {
        found.push("LGPL-3.0-only");
    } else if has("gnu lesser general public license version 2 1 february 1999") {
        found.push("LGPL-2.1-only");
    } else if has("gnu general public license version 3 29 june 2007") {
        found.push("GPL-3.0-only");
    } else if has("gnu general public license version 2 june 1991") {
        found.push("GPL-2.0-only");
    }
    if has("business source license 1 1") && has("change date") {
        // It names the licence that it changes to; until then it is the only one.
        return Some("BUSL-1.1".to_owned());
    }
    if has("apache license version 2 0 january 2004") {
        found.push("Apache-2.0");
    }
    if has("mozilla public license version 2 0")
        && has("means each individual or legal entity that creates contributes to the creation of")
    {
        found.push("MPL-2.0");
    }
    if has(
        "permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted",
    ) {
        found.push(if has("provided that the above copyright notice and this permission notice appear") {
            "ISC"
        } else {
            "0BSD"
        });
    }
    if has("permission is hereby granted free of charge to any person obtaining a copy of this software") {
        found.push(if has("the above copyright notice and this permission notice shall be included") {
            "MIT"
        } else {
            "MIT-0"
        });
    }
    // OpenSSL's own licence is two of the BSD kind with an advertising clause.
    if has("openssl license") && has("openssl project") {
        found.push("OpenSSL");
    } else if has("redistribution and use in source and binary forms with or without modification are permitted") {
        found.push(if has("all advertising materials mentioning features") {
            "BSD-4-Clause"
        } else if has("neither the name") || has("may not be used to endorse or promote") {
            "BSD-3-Clause"
        } else {
            "BSD-2-Clause"
        });
    }
    if has("unicode license v3") {
        found.push("Unicode-3.0");
    } else if has("unicode inc license agreement data files and software") {
        found.push("Unicode-DFS-2016");
    }
    if has("altered source versions must be plainly marked as such") {
        found.push("Zlib");
    }
    if has("boost software license version 1 0") {
        found.push("BSL-1.0");
    }
    if has("this is free and unencumbered software released into the public domain") {
        found.push("Unlicense");
    }
    if has("cc0 1 0 universal") {
        found.push("CC0-1.0");
    }
    if has("european union public licence v 1 2") {
        found.push("EUPL-1.2");
    }
    (!found.is_empty()).then(|| found.join(" AND "))
}

/// Whether a file at the top of a distribution is a licence.
#[must_use]
pub fn is_licence_file(path: &str) -> bool {
    let upper = path.to_ascii_uppercase();
    !path.contains('/') && ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"].iter().any(|name| upper.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::{is_licence_file, recognise};

    #[test]
    fn wordings() {
        let isc = "Permission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted, \
            provided that the above\ncopyright notice and this permission notice appear in all copies.";
        assert_eq!(recognise(isc).as_deref(), Some("ISC"));
        let mit = "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software and … \
            The above copyright notice and this permission notice shall be included in all";
        assert_eq!(
            recognise(&format!("{isc}\n// {mit}\nOpenSSL License\nThe OpenSSL Project")).as_deref(),
            Some("ISC AND MIT AND OpenSSL")
        );
        assert_eq!(recognise("Apache License\n  Version 2.0, January 2004").as_deref(), Some("Apache-2.0"));
        let busl =
            "Business Source License 1.1\nChange Date: 2029\nChange License: Apache License\nVersion 2.0, January 2004";
        assert_eq!(recognise(busl).as_deref(), Some("BUSL-1.1"));
        assert_eq!(recognise("All rights reserved."), None);
        let notice = "Licensed under the AGPLv3: http://x\nAlso the Mozilla Public\nLicense version 2.0.";
        assert_eq!(recognise(notice).as_deref(), Some("AGPL-3.0-only"));
        assert_eq!(recognise("not under the Mozilla Public License version 2.0"), None);
        assert!(is_licence_file("LICENSE-MIT") && !is_licence_file("src/LICENSE"));
    }
}
