//! A template engine per dialect.
use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow};
use serde::Serialize;
use tera::value::Key;
use tera::{Context, EscapeFn, Tera, Value};

use crate::emit::templates::TEMPLATES;

use super::make_format::Style;
use super::refused::{self, Refused};
use super::text::{Text, stuff};
use super::{
    guard, login_conf, make, make_format, openbsd_format, openbsd_make, packing_list, pkg_plist, plist, prose, sh,
    toml, ucl, xml,
};

/// The language of a generated file; it says how values are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// BSD make: values of assignments. The output is aligned as pkglint wants it.
    Make,
    /// POSIX sh: a value is one complete word, in single quotes when it needs them.
    Sh,
    /// XML: attributes in double quotes and text.
    Xml,
    /// TOML: a value is a string with its quotes.
    Toml,
    /// A pkgsrc PLIST: a value is a path or a piece of one.
    Plist,
    /// A pkg-plist of FreeBSD's ports: a value is a path, or one argument of a keyword.
    PkgPlist,
    /// A pkg-message of FreeBSD's ports: UCL; a value is a line of a message.
    Ucl,
    /// Plain text for people.
    Text,
    /// OpenBSD's make: values of assignments. The output is laid out as its ports are.
    OpenbsdMake,
    /// A packing list for OpenBSD's `pkg_create(1)`: a value is a path or a piece of one.
    PackingList,
    /// A class for login.conf(5): a value is that of an environment variable.
    LoginConf,
}

/// Who reads the file next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A packaging system that replaces `@NAME@` (pkgsrc's `FILES_SUBST`): tokens are written, look-alikes kept apart.
    Package,
    /// OpenBSD's `pkg_subst(1)`, which replaces `${NAME}`: tokens are written, look-alikes kept apart.
    PkgSubst,
    /// FreeBSD's ports, which replace `%%NAME%%` (`SUB_FILES`): the same with that spelling.
    Ports,
    /// The system itself: every name is filled in, a token is refused.
    Resolved,
}

/// The templates of one dialect, ready to render.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
    dialect: Dialect,
    form: Form,
}

impl Dialect {
    /// Renders an embedded template. For several files of one dialect, keep an [`Engine`].
    ///
    /// Fails with a [`Diagnostic`](crate::diag::Diagnostic) when the dialect cannot hold a value.
    pub fn render(self, form: Form, template: &str, context: &impl Serialize) -> anyhow::Result<String> {
        Engine::new(self, form)?.render(template, context)
    }

    fn escape_fn(self, form: Form) -> EscapeFn {
        macro_rules! by {
            ($escape:expr) => {
                |text, out| {
                    let escape: fn(&Text) -> Result<String, Refused> = $escape;
                    out.write_all(escape(&Text::decode(text)).map_err(refused::stop_io)?.as_bytes())
                }
            };
        }
        match (self, form) {
            (Self::Make, _) => by!(make::value),
            (Self::Sh, Form::Package) => by!(|text| sh::word(text, Form::Package)),
            (Self::Sh, Form::PkgSubst) => by!(|text| sh::word(text, Form::PkgSubst)),
            (Self::Sh, Form::Ports) => by!(|text| sh::word(text, Form::Ports)),
            (Self::Sh, Form::Resolved) => by!(|text| sh::word(text, Form::Resolved)),
            (Self::Xml, Form::Package) => by!(|text| xml::attribute(text, Form::Package)),
            (Self::Xml, Form::Ports | Form::PkgSubst | Form::Resolved) => {
                by!(|text| xml::attribute(text, Form::Resolved))
            }
            (Self::Toml, _) => by!(toml::string),
            (Self::Plist, _) => by!(plist::path),
            (Self::PkgPlist, _) => by!(pkg_plist::word),
            (Self::Ucl, Form::Ports) => by!(|text| ucl::line(text, Form::Ports)),
            (Self::Ucl, _) => by!(|text| ucl::line(text, Form::Resolved)),
            (Self::Text, Form::PkgSubst) => by!(prose::for_pkg_subst),
            (Self::Text, _) => by!(prose::plain),
            (Self::OpenbsdMake, _) => by!(openbsd_make::value),
            (Self::PackingList, _) => by!(packing_list::path),
            (Self::LoginConf, _) => by!(login_conf::value),
        }
    }
}

impl Engine {
    /// The embedded templates of a dialect.
    pub fn new(dialect: Dialect, form: Form) -> anyhow::Result<Self> {
        let own: Vec<_> =
            TEMPLATES.iter().filter(|(of, ..)| *of == dialect).map(|(_, name, text)| (*name, *text)).collect();
        Self::with_templates(dialect, form, &own)
    }

    /// Templates given as names and texts.
    pub fn with_templates(dialect: Dialect, form: Form, templates: &[(&str, &str)]) -> anyhow::Result<Self> {
        let mut tera = Tera::new();
        tera.set_escape_fn(dialect.escape_fn(form));
        // The empty suffix: every template escapes.
        tera.autoescape_on([""]);
        match dialect {
            Dialect::Make => make::register(&mut tera),
            Dialect::Sh => sh::register(&mut tera, form),
            Dialect::Xml => xml::register(&mut tera, form),
            Dialect::Toml => toml::register(&mut tera),
            Dialect::Text => prose::register(&mut tera, form),
            Dialect::OpenbsdMake => openbsd_make::register(&mut tera),
            Dialect::PackingList => packing_list::register(&mut tera),
            Dialect::LoginConf => login_conf::register(&mut tera),
            Dialect::Plist | Dialect::PkgPlist | Dialect::Ucl => {}
        }
        // No way round the dialect.
        for name in ["safe", "escape", "escape_html", "escape_xml"] {
            tera.register_filter(name, move |_: Value, _: tera::Kwargs, _: &tera::State| {
                tera::TeraResult::<Value>::Err(tera::Error::message(format!(
                    "the filter `{name}` is not for templates"
                )))
            });
        }
        tera.add_raw_templates(templates.iter().copied())
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| format!("templates of {dialect:?}"))?;
        Ok(Self { tera, dialect, form })
    }

    /// Renders a template; the result ends in exactly one line break.
    ///
    /// Fails with a [`Diagnostic`](crate::diag::Diagnostic) that names the text when the dialect cannot hold a value;
    /// the error can also be downcast to [`Refused`], so that the caller can find the text in the recipe. Fails with a
    /// plain error when the template itself is wrong.
    pub fn render(&self, template: &str, context: &impl Serialize) -> anyhow::Result<String> {
        let context = carry(context).with_context(|| format!("values for `{template}`"))?;
        refused::take();
        let rendered = self.tera.render(template, &context);
        let rendered = match (rendered, refused::take()) {
            (Ok(text), _) => text,
            (Err(_), Some(refused)) => return Err(refused.into_error(template)),
            (Err(error), None) => return Err(anyhow!("{error}").context(format!("template `{template}`"))),
        };
        let settled = match self.form {
            Form::Package | Form::Ports => {
                guard::settle(&rendered, self.form).map_err(|refused| refused.into_error(template))?
            }
            Form::PkgSubst | Form::Resolved => rendered,
        };
        let formatted = match self.dialect {
            Dialect::Make => make_format::styled(&settled, Style::of(self.form)),
            Dialect::OpenbsdMake => openbsd_format::format(&settled),
            _ => settled,
        };
        // Values bring no carriage return of their own; one in front of a line break is an editor's, in a template.
        Ok(format!("{}\n", formatted.replace("\r\n", "\n").trim_end_matches('\n')))
    }
}

/// The context in the form in which [`Text`] travels: plain strings cannot pose as tokens.
fn carry(context: &impl Serialize) -> anyhow::Result<Context> {
    let value = Value::try_from_serializable(context).map_err(|error| anyhow!("{error}"))?;
    let Some(map) = value.as_map() else {
        return Err(anyhow!("expected a map or a struct, found {}", value.name()));
    };
    let mut carried = Context::new();
    for (key, value) in map {
        carried.insert_value(key.to_string(), carry_value(value)?);
    }
    Ok(carried)
}

fn carry_value(value: &Value) -> anyhow::Result<Value> {
    if let Some(text) = value.as_str() {
        return Ok(Value::normal_string(&stuff(text)));
    }
    if let Some(bytes) = value.as_bytes() {
        return Ok(Value::normal_string(std::str::from_utf8(bytes).context("bytes that are no Text")?));
    }
    if let Some(items) = value.as_array() {
        return Ok(Value::from(items.iter().map(carry_value).collect::<anyhow::Result<Vec<_>>>()?));
    }
    if let Some(map) = value.as_map() {
        let carried: anyhow::Result<BTreeMap<Key<'static>, Value>> = map
            .iter()
            .map(|(key, value)| {
                let key = key.as_str().map_or_else(|| key.clone(), |text| Key::from(stuff(text)));
                Ok((key, carry_value(value)?))
            })
            .collect();
        return Ok(Value::from(carried?));
    }
    Ok(value.clone())
}
