//! `: ${x:=…}`, and what is written by mistake instead.
use super::super::model::{Call, Model};
use crate::finding::{Example, Finding, Fix, Rule, Severity};
use crate::lint::shell::{Operator, Parameter, Part};

pub(super) static DEFAULT: Rule = Rule {
    code: "PW2016",
    title: "a default that is none",
    severity: Severity::Error,
    what: "A default for a variable is written `: ${lantern_enable:=\"NO\"}`. This looks like it and does something else.",
    effect: "`${x=:NO}` sets x to `:NO`. `: ${x:-NO}` sets nothing. `${x:=NO}` without the colon before it runs the value as \
             a command. `${name_enable:=NO}` sets a variable called name_enable, which nobody reads.",
    mend: "Write `: ${lantern_enable:=\"NO\"}`, with the colon and a blank before it, and the service's own name.",
    source: "POSIX XCU 2.6.2, Parameter Expansion",
    examples: &[
        Example { bad: ": ${lantern_enable=:\"NO\"}", good: ": ${lantern_enable:=\"NO\"}" },
        Example { bad: "\n${lantern_enable:=\"NO\"}", good: "\n: ${lantern_enable:=\"NO\"}" },
        Example { bad: ": ${lantern_enable:-\"NO\"}", good: ": ${lantern_enable:=\"NO\"}" },
        Example { bad: ": ${name_enable:=\"NO\"}", good: ": ${lantern_enable:=\"NO\"}" },
    ],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    for call in &model.calls {
        if call.name.as_deref() == Some(":") {
            for word in &call.simple.words[1..] {
                if let Some(parameter) = alone(&word.parts) {
                    no_default(model, parameter, out);
                }
            }
        } else {
            command(model, call, out);
        }
    }
}

/// The parameter that is all of a word, be it quoted or not.
fn alone(parts: &[Part]) -> Option<&Parameter> {
    match parts {
        [Part::Parameter(parameter)] => Some(parameter),
        [Part::Double(inner, _)] => alone(inner),
        _ => None,
    }
}

/// `${x:=y}` as a command.
fn command(model: &Model<'_>, call: &Call<'_>, out: &mut Vec<Finding>) {
    let [word] = call.simple.words.as_slice() else { return };
    let Some(parameter) = alone(&word.parts) else { return };
    // In a function the value may be meant as a command.
    let Operator::Assign(_) = parameter.operator else { return };
    if call.place.function.is_some() || call.place.tested || call.place.substituted {
        return;
    }
    let message = format!("the value of `{}` is run as a command", &model.text[parameter.name.clone()]);
    let start = word.span.start;
    let name = &model.text[parameter.name.clone()];
    let effect =
        format!("`{name}` gets its default, and the shell looks for a program of that name and does not find it.");
    out.push(
        Finding::new(&DEFAULT, model.at(word.span.clone()), message)
            .effect(effect)
            .mend("Put a colon and a blank before it: `: ${x:=y}`.")
            .fix(Fix::new("put `: ` before it", start..start, ": ")),
    );
}

/// Whether `:=` is meant: a value may begin with a colon (`:80`, `::1`), but none goes on with a quote or a word of rc.conf.
fn is_slip(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("=:") else { return false };
    rest.starts_with(['"', '\'', '$', '%', '@', '}']) || rest.starts_with("NO") || rest.starts_with("YES")
}

fn no_default(model: &Model<'_>, parameter: &Parameter, out: &mut Vec<Finding>) {
    let name = &model.text[parameter.name.clone()];
    let operator = parameter.name.end;
    match parameter.operator {
        Operator::Assign(false) if is_slip(&model.text[operator..]) => {
            let message = format!("`=:` sets `{name}` to a text that begins with a colon; `:=` is meant");
            let fix = Fix::new("write `:=`", operator..operator + 2, ":=");
            let finding = Finding::new(&DEFAULT, model.at(parameter.span.clone()), message)
                .effect("The value begins with a colon: it is neither YES nor NO, no path and no name.")
                .mend("Write `:=`.");
            out.push(finding.fix(fix));
        }
        Operator::Default(colon) => {
            let length = usize::from(colon);
            let message = format!("`{}-` does not set `{name}`", if colon { ":" } else { "" });
            let fix = Fix::new("write `=`", operator + length..operator + length + 1, "=");
            let finding = Finding::new(&DEFAULT, model.at(parameter.span.clone()), message)
                .effect(format!("The line does nothing: `{name}` has no default."))
                .mend("Write `:=`.");
            out.push(finding.severity(Severity::Warning).fix(fix));
        }
        _ => {}
    }
    if let (Operator::Assign(_), Some(service)) = (parameter.operator, &model.service)
        && let Some(suffix) = name.strip_prefix("name_").filter(|_| service != "name")
        && !model.uses_of(name).any(|one| one.span != parameter.span)
    {
        let message = format!("`{name}` is a variable of that name; `{service}_{suffix}` is meant");
        let good = format!("{service}_{suffix}");
        let fix = Fix::new("write the service's name", parameter.name.clone(), good.clone());
        let finding = Finding::new(&DEFAULT, model.at(parameter.name.clone()), message)
            .effect(format!("`{name}` gets a value that nobody reads, and `{good}` has no default."))
            .mend(format!("Write `: ${{{good}:=…}}`."));
        out.push(finding.fix(fix));
    }
}
