//! What the filters of all dialects share.
use tera::{Error, TeraResult, Value};

use super::refused::{Refused, stop};
use super::text::Text;

/// The value of a filter's subject.
///
/// Text that an earlier filter made safe is a mistake of the template: it would be escaped twice.
pub(super) fn text(value: &Value) -> TeraResult<Text> {
    if let Some(encoded) = value.as_str() {
        return if value.is_safe() {
            Err(Error::message("the value is already escaped"))
        } else {
            Ok(Text::decode(encoded))
        };
    }
    if value.is_number() || value.is_bool() {
        return Ok(Text::from(value.to_string()));
    }
    Err(Error::message(format!("expected a text, found {}", value.name())))
}

/// The values of a list; a single value is a list of one.
pub(super) fn texts(value: &Value) -> TeraResult<Vec<Text>> {
    match value.as_array() {
        Some(items) => items.iter().map(text).collect(),
        None => Ok(vec![text(value)?]),
    }
}

/// The result of a filter whose work is done by `escape`.
pub(super) fn escaped(value: &Value, escape: impl Fn(&Text) -> Result<String, Refused>) -> TeraResult<Value> {
    Ok(Value::safe_string(&escape(&text(value)?).map_err(stop)?))
}

/// As [`escaped`] for each item of a list, with `separator` between.
pub(super) fn joined(
    value: &Value,
    separator: &str,
    escape: impl Fn(&Text) -> Result<String, Refused>,
) -> TeraResult<Value> {
    let words: Result<Vec<_>, _> = texts(value)?.iter().map(escape).collect();
    Ok(Value::safe_string(&words.map_err(stop)?.join(separator)))
}
