//! distinfo: all SHA-256 lines, then all sizes, by file name.
use std::fmt::Write as _;

use super::{archives, source};
use crate::port::{Digests, Release};

/// The text.
pub(super) fn text(release: &Release) -> String {
    let mut files: Vec<(String, &Digests)> = vec![(source::distfile(release), &release.distfile.digests)];
    // devel/cargo: crates are in `cargo/`, and called .tar.gz.
    files.extend(release.crates.iter().map(|one| (format!("cargo/{}-{}.tar.gz", one.name, one.version), &one.digests)));
    let archives = release.git.iter();
    files.extend(archives.map(|one| (archives::file(&one.owner, &one.repo, &one.rev), &one.distfile.digests)));
    files.sort_by(|left, right| left.0.cmp(&right.0));
    files.dedup_by(|left, right| left.0 == right.0);
    let mut out = String::new();
    for (name, digests) in &files {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "SHA256 ({name}) = {}", base64(&digests.sha256));
    }
    for (name, digests) in &files {
        let _ = writeln!(out, "SIZE ({name}) = {}", digests.size);
    }
    out
}

/// The base64 of what `hex` says, as cksum(1) prints it.
fn base64(hex: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |c: u8| char::from(c).to_digit(16).unwrap_or(0);
    let bytes: Vec<u32> =
        hex.as_bytes().chunks(2).map(|pair| pair.iter().fold(0, |sum, c| sum * 16 + digit(*c))).collect();
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | group.get(at).copied().unwrap_or(0));
        for at in 0..4 {
            let index = (bits >> (18 - 6 * at) & 63) as usize;
            out.push(if at <= group.len() { char::from(ALPHABET[index]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn as_rfc_4648_has_it() {
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(&hex(plain)), coded);
        }
        // The empty file's SHA-256, as in every distinfo that has one.
        assert_eq!(
            base64("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
    }
}
