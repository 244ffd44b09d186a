//! Values with units.
use std::time::Duration;

/// Parses `60s`, `5m`, `2h` or plain seconds.
///
/// # Errors
/// A sentence that says what is allowed.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a duration: write a number with `s`, `m` or `h`, as `60s`");
    let (number, unit) = match text.strip_suffix(['s', 'm', 'h']) {
        Some(number) => (number, &text[number.len()..]),
        None => (text, "s"),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let factor = match unit {
        "m" => 60,
        "h" => 3600,
        _ => 1,
    };
    // A year: what is longer is a slip of the fingers, and far from any overflow.
    number.checked_mul(factor).filter(|seconds| *seconds <= 31_536_000).map(Duration::from_secs).ok_or_else(wrong)
}

/// Parses `512K`, `128M`, `4G` (powers of 1024) or plain bytes.
///
/// # Errors
/// A sentence that says what is allowed.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is not a size: write a number with `K`, `M` or `G`, as `128M`");
    let (number, shift) = match text.strip_suffix(['K', 'M', 'G']) {
        Some(number) if text.ends_with('K') => (number, 10),
        Some(number) if text.ends_with('M') => (number, 20),
        Some(number) => (number, 30),
        None => (text, 0),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).ok_or_else(wrong)
}

/// Parses octal permissions as `0640`.
///
/// # Errors
/// A sentence that says what is allowed.
pub fn parse_mode(text: &str) -> Result<u32, String> {
    let wrong = || format!("`{text}` is not a file mode: write four octal digits, as `0640`");
    let octal = text.len() == 4 && text.starts_with('0') && text.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    if octal { u32::from_str_radix(text, 8).map_err(|_| wrong()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(parse_duration("60s"), Ok(Duration::from_secs(60)));
        assert_eq!(parse_duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(parse_duration("7"), Ok(Duration::from_secs(7)));
        for wrong in ["", "s", "-1s", "1d", "1.5s", "99999999999999999999h", "60 s"] {
            assert!(parse_duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes() {
        assert_eq!(parse_size("4G"), Ok(4 << 30));
        assert_eq!(parse_size("128M"), Ok(128 << 20));
        for wrong in ["", "G", "4g", "4GB", "-1M", "99999999999999999999G", "17179869184G"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn modes() {
        assert_eq!(parse_mode("0640"), Ok(0o640));
        for wrong in ["640", "0888", "u+r", "06400", "+640"] {
            assert!(parse_mode(wrong).is_err(), "{wrong}");
        }
    }
}
