//! Plain text for people: DESCR, README.
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::engine::Form;
use super::filters::text;
use super::pkg_subst::pkg_subst;
use super::refused::{Refused, stop};
use super::text::Text;

/// The text as it is, without control characters; a line break of Windows is one of ours.
pub(super) fn plain(text: &Text) -> Result<String, Refused> {
    let Some(literal) = text.as_literal() else {
        return Err(Refused::new(text.to_string(), "has a name to fill in, which nothing fills in in plain text"));
    };
    let literal = literal.replace("\r\n", "\n");
    Refused::controls(&literal, &['\n', '\t'], "plain text")?;
    Ok(literal)
}

/// As [`plain`], for a file that `pkg_subst(1)` fills in.
pub(super) fn for_pkg_subst(text: &Text) -> Result<String, Refused> {
    let made = pkg_subst(text)?.replace("\r\n", "\n");
    Refused::controls(&made, &['\n', '\t'], "plain text")?;
    Ok(made)
}

/// Paragraphs (parted by empty lines) filled to `width` columns; a longer word has a line of its own.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for source in text.lines().chain([""]) {
        for word in source.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if source.trim().is_empty() {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// `wrap(width=80, lines=…)`: more lines than `lines` are refused.
#[expect(clippy::needless_pass_by_value, reason = "the signature of a filter")]
fn wrap(value: &Value, options: Kwargs, form: Form) -> TeraResult<Value> {
    let width = options.get::<usize>("width")?.unwrap_or(80);
    if width == 0 || width > 80 {
        return Err(Error::message("wrap: the width is 1 to 80"));
    }
    let escape = if form == Form::PkgSubst { for_pkg_subst } else { plain };
    let filled = wrapped(&escape(&text(value)?).map_err(stop)?, width);
    let count = filled.lines().count();
    match options.get::<usize>("lines")? {
        Some(most) if count > most => {
            let why = format!("fills {count} lines of {width} columns; there is room for {most}");
            Err(stop(Refused::new(filled, why)))
        }
        _ => Ok(Value::safe_string(&filled)),
    }
}

pub(super) fn register(tera: &mut Tera, form: Form) {
    tera.register_filter("wrap", move |v: Value, options: Kwargs, _: &State| wrap(&v, options, form));
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn paragraphs_stay_apart() {
        assert_eq!(wrapped("a b\nc\n\n\n  d e f\n\n", 3), "a b\nc\n\nd e\nf");
        assert_eq!(wrapped("longword x", 4), "longword\nx");
        assert_eq!(wrapped("", 4), "");
    }
}
