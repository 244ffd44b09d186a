//! The rules, each with its page: PW1001 to PW1070 are the rules of svccfg and its libraries by number, PW1101 and up
//! what fails only at run time, PW1130 and up what the file alone does not decide.
mod document;
mod effects;
mod entities;
mod installed;
mod method_has;
mod method_runs;
mod methods;
mod names;
mod open;
mod patterns;
mod templates;
mod values;

pub(super) use document::{R01, R02, R03, R04, R05, R06, R07, R08, R09, R10};
pub(super) use entities::{R22, R23, R24, R25, R26, R27, R28, R29, R30, R31, R32, R33};
pub(super) use installed::{CYCLE, ENABLED, FAILURE_RATE, OLD_SECTION};
pub(super) use method_has::{DROPPED_ENVIRONMENT, NO_DIRECTORY, PATH, STOPPED_BY_ROOT, VARIABLE_TWICE};
pub(super) use method_runs::{
    BACKGROUND_CHILD, EXEC_CANNOT, FOREGROUND, KILL_MALFORMED, KILL_TRANSIENT, NEVER_REACHED, REFRESH_ENDS,
    REFRESH_NOTHING, STOP_WITHOUT_END, TOKEN,
};
pub(super) use methods::{R46, R47, R48, R49, R50, R52, R53};
pub(super) use names::{R11, R12, R13, R14, R15, R16, R17, R18, R19, R20, R21};
pub(super) use open::{INCLUDED, OPEN, OTHER_RESTARTER};
pub(super) use patterns::{R51, R54, R55, R56, R57, R58, R59, R60, R61, R62, R63, R64};
pub(super) use templates::{R65, R66, R67, R68, R69, R70};
pub(super) use values::{R34, R35, R36, R37, R38, R39, R40, R41, R42, R43, R44, R45};

use crate::finding::Rule;

/// All of them, by code.
pub(super) static ALL: &[&Rule] = &[
    &R01,
    &R02,
    &R03,
    &R04,
    &R05,
    &R06,
    &R07,
    &R08,
    &R09,
    &R10,
    &R11,
    &R12,
    &R13,
    &R14,
    &R15,
    &R16,
    &R17,
    &R18,
    &R19,
    &R20,
    &R21,
    &R22,
    &R23,
    &R24,
    &R25,
    &R26,
    &R27,
    &R28,
    &R29,
    &R30,
    &R31,
    &R32,
    &R33,
    &R34,
    &R35,
    &R36,
    &R37,
    &R38,
    &R39,
    &R40,
    &R41,
    &R42,
    &R43,
    &R44,
    &R45,
    &R46,
    &R47,
    &R48,
    &R49,
    &R50,
    &R51,
    &R52,
    &R53,
    &R54,
    &R55,
    &R56,
    &R57,
    &R58,
    &R59,
    &R60,
    &R61,
    &R62,
    &R63,
    &R64,
    &R65,
    &R66,
    &R67,
    &R68,
    &R69,
    &R70,
    &FOREGROUND,
    &BACKGROUND_CHILD,
    &EXEC_CANNOT,
    &NEVER_REACHED,
    &NO_DIRECTORY,
    &PATH,
    &DROPPED_ENVIRONMENT,
    &STOPPED_BY_ROOT,
    &REFRESH_ENDS,
    &REFRESH_NOTHING,
    &STOP_WITHOUT_END,
    &CYCLE,
    &ENABLED,
    &KILL_TRANSIENT,
    &KILL_MALFORMED,
    &TOKEN,
    &VARIABLE_TWICE,
    &FAILURE_RATE,
    &OLD_SECTION,
    &OTHER_RESTARTER,
    &OPEN,
    &INCLUDED,
];
