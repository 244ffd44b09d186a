//! What a script is made of. Nothing holds text of its own: everything is a place in the source.
use std::borrow::Cow;
use std::ops::Range;

use super::Trouble;

/// Bytes of the source.
pub type Span = Range<usize>;

/// A whole script.
#[derive(Debug, Default)]
pub struct Script {
    /// Its commands; what stands before the trouble, if there is one.
    pub body: List,
    /// Its comments, from the `#` to the end of the line.
    pub comments: Vec<Span>,
    /// What is expanded in the lines of its here-documents.
    pub documents: Vec<Part>,
    /// Where reading ended before the end.
    pub trouble: Option<Trouble>,
}

/// Commands one after another.
#[derive(Debug, Default)]
pub struct List {
    /// The commands.
    pub items: Vec<AndOr>,
}

/// Pipelines joined by `&&` and `||`.
#[derive(Debug)]
pub struct AndOr {
    /// The first one.
    pub first: Pipeline,
    /// The others.
    pub rest: Vec<(Connector, Pipeline)>,
    /// The `&` behind it.
    pub background: Option<Span>,
}

/// What joins two pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connector {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// Commands joined by `|`.
#[derive(Debug)]
pub struct Pipeline {
    /// Whether `!` stands before it.
    pub negated: bool,
    /// The commands.
    pub commands: Vec<Command>,
    /// The signs between them.
    pub pipes: Vec<Span>,
}

/// One command.
#[derive(Debug)]
pub enum Command {
    /// Words, assignments and redirections.
    Simple(Simple),
    /// A command with a reserved word or parenthesis of its own.
    Compound(Box<Compound>),
    /// The definition of a function.
    Function(Box<Function>),
}

/// Words, assignments and redirections.
#[derive(Debug)]
pub struct Simple {
    /// Assignments before the first word.
    pub assignments: Vec<Assignment>,
    /// The command's name and arguments.
    pub words: Vec<Word>,
    /// Where it reads and writes.
    pub redirects: Vec<Redirect>,
    /// All of it.
    pub span: Span,
}

/// `NAME=VALUE`
#[derive(Debug)]
pub struct Assignment {
    /// The name.
    pub name: Span,
    /// Whether it is `+=`.
    pub append: bool,
    /// The parentheses of `NAME=(…)`.
    pub array: Option<Span>,
    /// The value; empty for an array.
    pub value: Word,
    /// All of it.
    pub span: Span,
}

/// `2>file`
#[derive(Debug)]
pub struct Redirect {
    /// The sign, without the number before it.
    pub operator: Span,
    /// The number before it.
    pub number: Option<Span>,
    /// What stands behind it.
    pub target: Word,
    /// All of it, without the lines of a here-document.
    pub span: Span,
}

/// A command with a reserved word or parenthesis of its own.
#[derive(Debug)]
pub struct Compound {
    /// Which.
    pub kind: Kind,
    /// Where it reads and writes.
    pub redirects: Vec<Redirect>,
    /// All of it.
    pub span: Span,
    /// Its first word or sign.
    pub opening: Span,
}

/// The kinds of compound commands.
#[derive(Debug)]
pub enum Kind {
    /// `{ …; }`
    Group(List),
    /// `( … )`
    Subshell(List),
    /// `if`: conditions with what they lead to, and the rest.
    If(Vec<(List, List)>, Option<List>),
    /// `while` and `until`: condition and body.
    Loop(List, List),
    /// `for` and `select`: the variable, the words, the body.
    For(Span, Vec<Word>, List),
    /// `case`
    Case(Word, Vec<Arm>),
    /// `[[ … ]]`
    Test(Vec<Word>),
    /// `(( … ))`
    Arithmetic,
}

/// A branch of `case`.
#[derive(Debug)]
pub struct Arm {
    /// What it is for.
    pub patterns: Vec<Word>,
    /// What it does.
    pub body: List,
}

/// The definition of a function.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: Span,
    /// The word `function` before it.
    pub keyword: Option<Span>,
    /// What it does.
    pub body: Command,
    /// All of it.
    pub span: Span,
}

/// One word.
#[derive(Debug, Default)]
pub struct Word {
    /// What it is made of, in order.
    pub parts: Vec<Part>,
    /// All of it.
    pub span: Span,
}

/// A part of a word.
#[derive(Debug)]
pub enum Part {
    /// Characters that stand for themselves.
    Literal(Span),
    /// A character behind a backslash; the span is the character's.
    Escaped(Span),
    /// What is between single quotes.
    Single(Span),
    /// Double quotes.
    Double(Vec<Part>, Span),
    /// `$'…'`
    DollarSingle(Span),
    /// `$NAME` and `${NAME…}`
    Parameter(Parameter),
    /// `$(…)` and backquotes; nothing was read of backquotes with a backslash in them.
    Command(Option<List>, Span),
    /// `$((…))`
    Arithmetic(Vec<Part>, Span),
    /// `<(…)` and `>(…)`
    Process(Span),
    /// `@(…)`, `+(…)` and the like.
    Pattern(Span),
}

/// `$NAME` and `${NAME…}`
#[derive(Debug)]
pub struct Parameter {
    /// The name.
    pub name: Span,
    /// What is done to the value.
    pub operator: Operator,
    /// What stands behind the operator.
    pub argument: Vec<Part>,
    /// Whether there are braces.
    pub braces: bool,
    /// All of it.
    pub span: Span,
}

/// What is done to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Nothing.
    None,
    /// `${#x}`
    Length,
    /// `${x-y}`, and `${x:-y}` for which an empty value counts as none.
    Default(bool),
    /// `${x=y}` and `${x:=y}`
    Assign(bool),
    /// `${x+y}` and `${x:+y}`
    Alternative(bool),
    /// `${x?y}` and `${x:?y}`
    Complain(bool),
    /// `${x#y}`, `${x##y}`, `${x%y}` and `${x%%y}`
    Trim,
    /// What the POSIX shell has not: `${x/a/b}`, `${x:1}`, `${!x}`, `${x[0]}`, `${x^^}` …
    Foreign,
}

impl Part {
    /// Where it is.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(span)
            | Self::Escaped(span)
            | Self::Single(span)
            | Self::Double(_, span)
            | Self::DollarSingle(span)
            | Self::Command(_, span)
            | Self::Arithmetic(_, span)
            | Self::Process(span)
            | Self::Pattern(span) => span.clone(),
            Self::Parameter(parameter) => parameter.span.clone(),
        }
    }
}

impl Word {
    /// Its value when it is the same every time: quotes removed, nothing expanded. Nothing when something is.
    #[must_use]
    pub fn literal<'a>(&self, text: &'a str) -> Option<Cow<'a, str>> {
        fn plain<'a>(part: &Part, text: &'a str) -> Option<Cow<'a, str>> {
            match part {
                Part::Literal(span) | Part::Escaped(span) | Part::Single(span) => {
                    text.get(span.clone()).map(Cow::Borrowed)
                }
                Part::Double(parts, _) => all(parts, text),
                _ => None,
            }
        }
        fn all<'a>(parts: &[Part], text: &'a str) -> Option<Cow<'a, str>> {
            match parts {
                [] => Some(Cow::Borrowed("")),
                [one] => plain(one, text),
                more => more.iter().map(|part| plain(part, text)).collect::<Option<String>>().map(Cow::Owned),
            }
        }
        all(&self.parts, text)
    }

    /// Whether there is nothing of it in the source.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.parts.is_empty()
    }
}

impl Simple {
    /// The command's name when it is the same every time.
    #[must_use]
    pub fn name<'a>(&self, text: &'a str) -> Option<Cow<'a, str>> {
        self.words.first().and_then(|word| word.literal(text))
    }
}
