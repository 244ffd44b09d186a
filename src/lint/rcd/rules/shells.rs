//! What ksh and bash have and the system's shell has not.
use super::super::facts::constructs;
use super::super::model::Model;
use crate::finding::{Example, Finding, Fix, Rule, Severity};
use crate::lint::shell::{Kind, Operator, Part, Span, parts, words};

pub(super) static LACKS: Rule = Rule {
    code: "PW2024",
    title: "the system's shell has not got this",
    severity: Severity::Error,
    what: "rc.d scripts are read into the shell that runs rc: /bin/sh on NetBSD and FreeBSD, /bin/ksh on OpenBSD. What \
           stands here is bash's, or ksh's where sh is asked.",
    effect: "Depends on what it is; the finding says. A syntax error ends the script before it has done anything.",
    mend: "Write it in what POSIX has; the finding says how.",
    source: "bin/sh of FreeBSD and NetBSD, bin/ksh of OpenBSD (tried with its sources)",
    examples: &[
        Example { bad: "if [[ -n \"${rc_pid}\" ]]; then", good: "if [ -n \"${rc_pid}\" ]; then" },
        Example { bad: "source /etc/rc.subr\n", good: ". /etc/rc.subr\n" },
    ],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    for (compound, _) in &model.compounds {
        let opening = compound.opening.clone();
        match &compound.kind {
            Kind::Test(_) => say(model, "double-brackets", opening, out),
            Kind::Arithmetic => say(model, "double-parentheses", opening.start..opening.start + 2, out),
            Kind::For(..) if model.text[opening.clone()] == *"select" => say(model, "select", opening, out),
            _ => {}
        }
        for redirect in &compound.redirects {
            redirected(model, redirect.operator.clone(), out);
        }
    }
    for function in &model.functions {
        if let Some(keyword) = &function.keyword {
            say(model, "function-word", keyword.clone(), out);
        }
    }
    for call in &model.calls {
        // A shell that is started for it may be another one.
        for assignment in &call.simple.assignments {
            if let Some(array) = &assignment.array {
                say(model, "array", array.clone(), out);
            } else if assignment.append {
                say(model, "append", assignment.name.start..assignment.value.span.start, out);
            }
        }
        for redirect in &call.simple.redirects {
            redirected(model, redirect.operator.clone(), out);
        }
        if let Some(pipeline) = call.place.pipeline {
            for pipe in pipeline.pipes.iter().filter(|pipe| pipe.len() == 2) {
                say(model, "both-pipe", pipe.clone(), out);
            }
        }
        if let Some(name) = call.name.as_deref().filter(|name| model.function(name).is_none()) {
            let found = constructs().iter().find(|(_, one)| one.command.split(' ').any(|command| command == name));
            if let Some((key, _)) = found {
                say(model, key, call.simple.words[0].span.clone(), out);
            }
        }
        for word in words(call.simple) {
            expanded(model, &word.parts, out);
        }
    }
    out.dedup_by(|one, other| {
        one.rule.code == LACKS.code && other.rule.code == LACKS.code && one.place.start() == other.place.start()
    });
}

fn redirected(model: &Model<'_>, operator: Span, out: &mut Vec<Finding>) {
    match &model.text[operator.clone()] {
        "<<<" => say(model, "here-string", operator, out),
        "&>" | "&>>" => say(model, "both-outputs", operator, out),
        _ => {}
    }
}

fn expanded(model: &Model<'_>, list: &[Part], out: &mut Vec<Finding>) {
    parts(list, &mut |part| match part {
        Part::DollarSingle(span) => say(model, "dollar-single", span.clone(), out),
        Part::Process(span) => say(model, "process", span.clone(), out),
        Part::Pattern(span) => say(model, "pattern", span.clone(), out),
        // ksh has `${x[0]}` and `${#x[@]}`.
        Part::Parameter(parameter) if parameter.operator == Operator::Foreign => {
            let index = model.text[parameter.name.end..].starts_with('[');
            if !(index && model.family.is_openbsd()) {
                say(model, "foreign-expansion", parameter.span.clone(), out);
            }
        }
        _ => {}
    });
}

fn say(model: &Model<'_>, key: &str, span: Span, out: &mut Vec<Finding>) {
    let Some(construct) = constructs().get(key) else { return };
    if !construct.lacks.contains(&model.family.name) {
        return;
    }
    let message = format!("{}'s {} has not got {}", model.family.name, model.family.shell, construct.what);
    let mut finding = Finding::new(&LACKS, model.at(span.clone()), message)
        .effect(construct.effect.as_str())
        .mend(construct.instead.as_str());
    if key == "source" {
        finding = finding.fix(Fix::new("write a dot", span, "."));
    }
    // Without a syntax error the rest of the script does what it does.
    let stops = construct.effect.contains("syntax error") || construct.effect.contains("bad substitution");
    out.push(if stops { finding } else { finding.severity(Severity::Warning) });
}
