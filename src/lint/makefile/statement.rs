//! What a makefile says, as far as lint wants to know.
use std::ops::Range;

/// One thing that a makefile says, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `NAME= value`.
    Assign(Assign),
    /// `.include "file"`.
    Include(Include),
    /// `.if` to `.endif`.
    If(Vec<Branch>),
    /// `.for` to `.endfor`.
    For(For),
    /// `target: prerequisites` with its commands.
    Target(Target),
    /// `.undef NAME`.
    Undef(Vec<String>),
}

/// An assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// The variable, with references in the name as they stand.
    pub name: String,
    /// Where the name is.
    pub name_span: Range<usize>,
    /// What kind of assignment.
    pub op: Op,
    /// Where the value is, with continuation lines, without blanks at its ends.
    pub value: Range<usize>,
    /// The whole of it, without the end of its last line.
    pub span: Range<usize>,
}

/// What an assignment does with the value that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `=` and `:=`.
    Set,
    /// `+=`.
    Append,
    /// `?=`.
    Default,
    /// `!=`.
    Shell,
}

/// An inclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// What stands between the quotes or angle brackets.
    pub path: String,
    /// `<path>`: searched where make's own files are.
    pub system: bool,
    /// `.sinclude`, `.-include`: may be missing.
    pub optional: bool,
    /// The whole of it, without the line's end.
    pub span: Range<usize>,
}

/// One branch of a conditional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The condition; none for `.else`.
    pub condition: Option<String>,
    /// The line with it.
    pub line: Range<usize>,
    /// What holds in it.
    pub body: Vec<Statement>,
}

/// A loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct For {
    /// Its variables.
    pub variables: Vec<String>,
    /// What they run over, unexpanded.
    pub list: String,
    /// The whole of it.
    pub span: Range<usize>,
    /// What is said for each.
    pub body: Vec<Statement>,
}

/// A target with its commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The names before the colon, and where they are.
    pub names: Vec<(String, Range<usize>)>,
    /// The names behind the colon, as they stand.
    pub needs: String,
    /// `::`.
    pub double: bool,
    /// The commands.
    pub commands: Vec<Command>,
    /// The whole of it.
    pub span: Range<usize>,
}

/// A command of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The command in one line, references unexpanded.
    pub text: String,
    /// Where it is, with continuation lines.
    pub span: Range<usize>,
    /// Within a conditional.
    pub conditional: bool,
}

impl Target {
    /// Whether it is the target of that name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.names.iter().any(|(one, _)| one == name)
    }
}

/// Calls `visit` with each statement, in the order of the file, those in conditionals and loops included; the flag says
/// whether it is in one.
pub fn each<'a>(statements: &'a [Statement], visit: &mut dyn FnMut(&'a Statement, bool)) {
    each_in(statements, false, visit);
}

fn each_in<'a>(statements: &'a [Statement], inside: bool, visit: &mut dyn FnMut(&'a Statement, bool)) {
    for statement in statements {
        visit(statement, inside);
        match statement {
            Statement::If(branches) => branches.iter().for_each(|branch| each_in(&branch.body, true, visit)),
            Statement::For(one) => each_in(&one.body, true, visit),
            _ => {}
        }
    }
}
