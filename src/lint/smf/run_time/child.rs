//! Whether the start method ends when svc.startd expects it to.
use super::command::{Life, life};
use super::service::{Duration, Run};
use crate::finding::Severity;
use crate::lint::smf::check::{FOR_EVER, Out, short};
use crate::lint::smf::rules::{BACKGROUND_CHILD, FOREGROUND};
use crate::lint::smf::value::count;

pub(super) fn check(run: &Run<'_>, out: &mut Out) {
    let Some(start) = run.method("start") else { return };
    let exec = start.exec();
    match (run.duration, life(exec)) {
        (Duration::Contract | Duration::Transient, Life::Stays(why)) => {
            let message = if run.duration == Duration::Contract {
                format!("the start method stays in the foreground ({why}), and no `startd/duration` says `child`")
            } else {
                format!("the start method stays in the foreground ({why}), and `startd/duration` is `transient`")
            };
            let effect = effect(start.element.value("timeout_seconds"));
            out.say_with(&FOREGROUND, start.exec_span(), message, |finding| finding.effect(effect));
        }
        (Duration::Contract, Life::Unknown(why)) => {
            let message = format!("whether the start method `{}` returns is not known: {why}", short(exec));
            out.say_with(&FOREGROUND, start.exec_span(), message, |finding| {
                finding
                    .severity(Severity::Unknown)
                    .effect("")
                    .mend("if it stays in the foreground, say startd/duration = child")
            });
        }
        (Duration::Child, Life::Ends(why)) => {
            let message = format!("the start method ends at once because {why}, and `startd/duration` is `child`");
            out.say(&BACKGROUND_CHILD, start.exec_span(), message);
        }
        (_, Life::Nothing | Life::Ends(_) | Life::EndsUnlessConfigured | Life::Unknown(_))
        | (Duration::Child, Life::Stays(_)) => {}
    }
}

fn effect(timeout: &str) -> String {
    let end = match count(timeout) {
        Some(0) => "There is no timeout: that is how it stays".to_owned(),
        Some(seconds) if seconds <= FOR_EVER => {
            format!("After {seconds} s the server is killed, and after three tries the service is in maintenance")
        }
        _ => "When the timeout is over the server is killed, and after three tries the service is in maintenance"
            .to_owned(),
    };
    format!(
        "svc.startd waits for the start method to end; until then the service is offline (`offline*`) and what depends on \
         it does not start. {end}. Nothing restarts the server as one that is watched."
    )
}
