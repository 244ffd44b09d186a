//! Time spans of systemd.time(7).

/// `90`, `5min 20s`, `1.5h` … in seconds, at least one; nothing for `infinity` and what is no span.
pub(in crate::draft) fn seconds(text: &str) -> Option<u64> {
    let mut total = 0.0_f64;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number: f64 = rest.get(..digits)?.parse().ok()?;
        let after = rest.get(digits..)?.trim_start();
        let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        total += number * factor(after.get(..letters)?)?;
        rest = after.get(letters..)?.trim_start();
    }
    // What a recipe takes at most; `format` writes it without a fraction.
    (0.0..=31_536_000.0).contains(&total).then(|| format!("{:.0}", total.max(1.0)).parse().ok()).flatten()
}

fn factor(unit: &str) -> Option<f64> {
    Some(match unit {
        "us" | "usec" | "µs" | "μs" => 0.000_001,
        "ms" | "msec" => 0.001,
        "" | "s" | "sec" | "second" | "seconds" => 1.0,
        "m" | "min" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86400.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn spans() {
        let cases = [("90", 90), ("5min 20s", 320), ("1.5h", 5400), ("100ms", 1), ("0", 1), ("2min30s", 150)];
        for (text, expected) in cases {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for wrong in ["", "infinity", "s", "-1", "1w2", "9999999999999d", "1..2"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
