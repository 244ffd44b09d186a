//! pkg-message: messages in UCL, each between `<<EOM` and a line `EOM`, and other text in which a FreeBSD port fills in
//! names.
use super::engine::Form;
use super::guard::{At, marked, settle};
use super::refused::Refused;
use super::sh;
use super::text::{Part, Text};

/// What ends a message; it must stand alone on its line (libucl, `ucl_parse_multiline_string`).
const END: &str = "EOM";

/// One line of a message. Between its ends UCL gives no character a meaning.
pub(super) fn line(text: &Text, form: Form) -> Result<String, Refused> {
    let made = filled(text, form, &[], "a line of a pkg-message")?;
    if made == END {
        return Err(Refused::new(made, "would end the message"));
    }
    Ok(made)
}

/// The text of a file of a FreeBSD port whose names `SUB_FILES` fills in.
///
/// # Errors
/// Literal text that looks like such a name.
pub fn sub_file(text: &Text) -> Result<String, Refused> {
    settle(&filled(text, Form::Ports, &['\n', '\t'], "a file of a port")?, Form::Ports)
}

fn filled(text: &Text, form: Form, controls: &[char], place: &str) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                Refused::controls(literal, controls, place)?;
                made.push_str(&marked(literal, At::Never, form));
            }
            Part::Token(name) => made.push_str(&sh::token(name, form)?),
            Part::Var(name) => return Err(Refused::new(name, "is a variable, which nothing fills in here")),
        }
    }
    Ok(made)
}
