//! From bytes to text.
use std::borrow::Cow;

/// The text of a file, and where in it the first byte stood that is none of its encoding; nothing when it is no text.
/// What is not UTF-8 is read as UTF-16 or Latin-1 where it says that it is; otherwise wrong bytes become U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<(String, Option<usize>)> {
    if let [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] = bytes {
        let unit = if bytes[0] == 0xff { u16::from_le_bytes } else { u16::from_be_bytes };
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        return String::from_utf16(&units).ok().map(|text| (text, None));
    }
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    match text {
        Cow::Borrowed(text) => Some((text.to_owned(), None)),
        Cow::Owned(_) if says_latin_1(bytes) => Some((bytes.iter().map(|byte| char::from(*byte)).collect(), None)),
        // All before the first wrong byte is as it was.
        Cow::Owned(text) => Some((text, std::str::from_utf8(bytes).err().map(|error| error.valid_up_to()))),
    }
}

/// Whether an XML declaration says so.
fn says_latin_1(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    head.starts_with("<?xml")
        && head
            .find("?>")
            .is_some_and(|end| ["iso-8859-1", "latin1", "latin-1"].iter().any(|name| head[..end].contains(name)))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encodings() {
        let text = |bytes: &[u8]| decode(bytes).map(|(text, _)| text);
        assert_eq!(decode("ü".as_bytes()), Some(("ü".to_owned(), None)));
        assert_eq!(text(b"\xff\xfea\0\xfc\0").as_deref(), Some("aü"));
        assert_eq!(text(b"\xfe\xff\0a").as_deref(), Some("a"));
        assert!(text(b"<?xml version='1.0' encoding='ISO-8859-1'?>\xfc").is_some_and(|text| text.ends_with('ü')));
        assert_eq!(decode(b"ab\xfcc"), Some(("ab\u{fffd}c".to_owned(), Some(2))));
        assert_eq!(decode(b"\x7fELF\0"), None);
    }
}
