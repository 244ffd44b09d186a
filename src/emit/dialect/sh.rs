//! POSIX sh: rc.d scripts and SMF methods.
use tera::{Kwargs, State, Tera, Value};

use super::engine::Form;
use super::filters::{escaped, joined, texts};
use super::guard::{At, mark, marked};
use super::pkg_subst;
use super::refused::{Refused, stop};
use super::text::{Part, Text};

const PLACE: &str = "a shell script";

// What no shell gives a meaning to, anywhere in a word.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | ':' | '=' | ',' | '@' | '%' | '+' | '-')
}

/// The text as a shell word, or a piece of one; in single quotes when it needs any.
pub(super) fn quoted(text: &str) -> String {
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// A token in the form that the packaging system replaces.
pub(super) fn token(name: &str, form: Form) -> Result<String, Refused> {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')) {
        return Err(Refused::new(name, "is no name that a package can fill in"));
    }
    match form {
        Form::Package => Ok(format!("@{name}@")),
        Form::PkgSubst => pkg_subst::token(name),
        Form::Ports => Ok(format!("%%{name}%%")),
        Form::Resolved => Err(Refused::new(name, "is a name that only a package fills in")),
    }
}

fn variable(name: &str) -> Result<String, Refused> {
    let mut chars = name.chars();
    let start = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if !start || !chars.all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(Refused::new(name, "is no name of a shell variable"));
    }
    Ok(format!("${{{name}}}"))
}

fn literal(text: &str, at: At, form: Form) -> String {
    match form {
        Form::Package | Form::Ports | Form::Resolved => marked(text, at, form),
        // Between a dollar and what follows it two quotes keep pkg_subst(1) from seeing a name.
        Form::PkgSubst => match at {
            At::SingleQuoted => text.replace('$', "$''"),
            At::DoubleQuoted => text.replace('$', "$\"\""),
            At::Comment => text.replace("${", "$ {").replace("$\\{", "$ \\{"),
            At::Unquoted | At::Xml | At::Never => text.to_owned(),
        },
    }
}

/// A complete word, to stand unquoted in the template.
pub(super) fn word(text: &Text, form: Form) -> Result<String, Refused> {
    if text.is_empty() {
        return Ok("''".to_owned());
    }
    let mut word = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(text) if text.chars().all(is_plain) => {
                word.push_str(&literal(text, At::Unquoted, form));
            }
            Part::Literal(text) => {
                Refused::controls(text, &['\n', '\t'], PLACE)?;
                let inside = text.replace('\'', "'\\''");
                word.extend(["'", &literal(&inside, At::SingleQuoted, form), "'"]);
            }
            Part::Token(name) => word.push_str(&token(name, form)?),
            Part::Var(name) => word.extend(["\"", &variable(name)?, "\""]),
        }
    }
    Ok(word)
}

/// Text for the inside of double quotes.
fn double_quoted(text: &Text, form: Form) -> Result<String, Refused> {
    let mut inside = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(text) => {
                Refused::controls(text, &['\n', '\t'], PLACE)?;
                let mut escaped = String::new();
                for c in text.chars() {
                    if matches!(c, '\\' | '"' | '$' | '`') {
                        escaped.push('\\');
                    }
                    escaped.push(c);
                }
                inside.push_str(&literal(&escaped, At::DoubleQuoted, form));
            }
            Part::Token(name) => inside.push_str(&token(name, form)?),
            Part::Var(name) => inside.push_str(&variable(name)?),
        }
    }
    Ok(inside)
}

/// Text that survives being evaluated again and again, as rc.subr does with `command_args`: it builds a command
/// string, evaluates it, and hands it to `su -m user -c 'sh -c "…"'`. No quotes live through that.
fn evaluated(text: &Text, form: Form, place: &str) -> Result<String, Refused> {
    evaluated_with(text, form, place, "")
}

/// As [`evaluated`], with more characters that mean nothing in that place.
fn evaluated_with(text: &Text, form: Form, place: &str, more: &str) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(text) => {
                if let Some(c) = text.chars().find(|c| !is_plain(*c) && !more.contains(*c)) {
                    let why = format!(
                        "has {c:?}; {place} is evaluated several times and can hold only A-Z a-z 0-9 _ . / : = , @ % + -{}{more}",
                        if more.is_empty() { "" } else { " " }
                    );
                    return Err(Refused::new(text, why));
                }
                made.push_str(&literal(text, At::Never, form));
            }
            Part::Token(name) => made.push_str(&token(name, form)?),
            Part::Var(name) => made.push_str(&variable(name)?),
        }
    }
    Ok(made)
}

/// One word of `command_args`, for the inside of the double quotes of that assignment.
fn rcargs(text: &Text, form: Form) -> Result<String, Refused> {
    if text.is_empty() {
        return Err(Refused::new("", "would vanish from `command_args` of an rc.d script, which knows no quotes"));
    }
    evaluated(text, form, "`command_args` of an rc.d script")
}

/// Words of a command inside double quotes, the first of which stands at `column`; a line that would be longer than 80
/// columns goes on below, where the shell joins it again.
fn folded_rcargs(words: &[Text], column: usize, form: Form) -> Result<String, Refused> {
    let mut folded = String::new();
    let mut end = column;
    for word in words {
        let word = rcargs(word, form)?;
        let length = word.chars().count();
        if !folded.is_empty() {
            folded.push(' ');
            // Room for a blank and a backslash, or for the closing quote.
            if end + 1 + length + 2 > 79 {
                folded.push_str("\\\n");
                end = 0;
            } else {
                end += 1;
            }
        }
        folded.push_str(&word);
        end += length;
    }
    Ok(folded)
}

/// The value in a `NAME=value` word of `${name}_env`, for the inside of the double quotes of that assignment.
fn env_word(text: &Text, form: Form) -> Result<String, Refused> {
    // Behind `NAME=` these are ordinary: URLs and passwords have them.
    evaluated_with(text, form, "an environment value of an rc.d script", "?!#^")
}

/// `: "${name:=text}"`: the default of a variable that rc.conf may set.
///
/// Several words have blanks between them: where the variable is evaluated, they are words again.
fn default_to(words: &[Text], name: &str, form: Form) -> Result<String, Refused> {
    let words: Result<Vec<_>, _> =
        words.iter().map(|word| evaluated(word, form, "a default in an rc.d script")).collect();
    Ok(format!(": \"${{{}:={}}}\"", variable(name)?.trim_matches(['$', '{', '}']), words?.join(" ")))
}

/// Text for behind `# `; further lines get their own `# `.
fn comment(text: &Text, form: Form) -> Result<String, Refused> {
    let text = literal(&text.to_string(), At::Comment, form);
    let visible = text.replace(mark(At::Comment), " ");
    Refused::controls(&visible, &['\n', '\t'], "a comment")?;
    let lines: Vec<_> = text.split('\n').map(str::trim_end).collect();
    Ok(lines.join("\n# ").replace("# \n", "#\n"))
}

pub(super) fn register(tera: &mut Tera, form: Form) {
    tera.register_filter("words", move |v: Value, _: Kwargs, _: &State| joined(&v, " ", |t| word(t, form)));
    tera.register_filter("dq", move |v: Value, _: Kwargs, _: &State| escaped(&v, |t| double_quoted(t, form)));
    tera.register_filter("rcargs", move |v: Value, _: Kwargs, _: &State| joined(&v, " ", |t| rcargs(t, form)));
    tera.register_filter("folded_rcargs", move |v: Value, options: Kwargs, _: &State| {
        let column = options.must_get::<usize>("column")?;
        Ok::<_, tera::Error>(Value::safe_string(&folded_rcargs(&texts(&v)?, column, form).map_err(stop)?))
    });
    tera.register_filter("env_word", move |v: Value, _: Kwargs, _: &State| escaped(&v, |t| env_word(t, form)));
    tera.register_filter("default_to", move |v: Value, options: Kwargs, _: &State| {
        let name = options.must_get::<String>("name")?;
        Ok::<_, tera::Error>(Value::safe_string(&default_to(&texts(&v)?, &name, form).map_err(stop)?))
    });
    tera.register_filter("comment", move |v: Value, _: Kwargs, _: &State| escaped(&v, |t| comment(t, form)));
}
