//! Whether it works on this OS at all.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, thing};
use crate::doctor::rules::OPTION;

use super::Checks;

/// The server, and the build options in use.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let Subject { port, .. } = subject;
    if let Some(why) = &port.broken {
        let message = format!("{} does not work on {}: {why}", port.name, port.profile.os);
        return vec![Check::new(&OPTION, Status::Bad, thing(&port.name), message).next("run it on another system")];
    }
    if port.options.is_empty() {
        return Vec::new();
    }
    let by = match &subject.chosen_by {
        Ok(by) => by,
        Err(why) => {
            let message = format!("which build options are in use is not known: {why}");
            return vec![
                Check::new(&OPTION, Status::Unknown, thing(&port.name), message).next("say it with --option NAME"),
            ];
        }
    };
    let each = subject.chosen.iter().map(|option| match &option.broken {
        Some(why) => {
            let works: Vec<&str> =
                port.options.iter().filter(|one| one.broken.is_none()).map(|one| one.name.as_str()).collect();
            Check::new(
                &OPTION,
                Status::Bad,
                thing(&option.name),
                format!("the option {} does not work on {}: {why}", option.name, port.profile.os),
            )
            .looked(by.clone())
            .next(format!("install the package built with another option: {}", works.join(", ")))
        }
        None => Check::new(
            &OPTION,
            Status::Ok,
            thing(&option.name),
            format!("the option {} works on {}", option.name, port.profile.os),
        )
        .looked(by.clone()),
    });
    each.collect()
}
