//! From the text of a makefile to statements.
//!
//! `makefile-lossless` reads the text: it keeps every byte with its place, knows BSD make's conditionals, loops and
//! modifiers, and never fails. Here its tree becomes the few shapes that rules ask for.
use std::ops::Range;
use std::sync::Arc;

use makefile_lossless::{
    AssignmentOperator, ConditionalItem, DirectiveKind, ForLoop, Makefile as Tree, MakefileItem, MakefileVariant,
    Recipe, RuleOperator, TextRange, VariableDefinition,
};

use super::Makefile;
use super::statement::{Assign, Branch, Command, For, Include, Op, Statement, Target};
use super::words::logical;
use crate::finding::Source;

/// The largest makefile that is read, in bytes. The largest of packages have a tenth of it; the parser needs a second
/// for a few hundred kilobytes of the worst junk.
pub const LARGEST: usize = 256 << 10;

/// A line that BSD make does not understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// What is wrong with it.
    pub message: String,
    /// Where.
    pub span: Range<usize>,
}

impl Makefile {
    /// Reads a text; nothing when it is too large to be a makefile.
    #[must_use]
    pub fn read(source: &Arc<Source>) -> Option<Self> {
        if source.text.len() > LARGEST {
            return None;
        }
        let parsed = Tree::parse_with_variant(&source.text, MakefileVariant::BSDMake);
        let tree = parsed.tree();
        let unclear = parsed
            .positioned_errors()
            .iter()
            .map(|error| Unclear { message: error.message.clone(), span: bytes(error.range) })
            .collect();
        let reader = Reader { text: &source.text };
        let mut statements = Vec::new();
        tree.items().for_each(|item| reader.item(&item, &mut statements));
        let comments = tree.comment_ranges().map(bytes).collect();
        Some(Self { source: Arc::clone(source), statements, comments, unclear })
    }
}

fn bytes(range: TextRange) -> Range<usize> {
    range.start().into()..range.end().into()
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn of(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// A span without the blanks and line ends around it.
    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        let text = self.of(&span);
        let start = span.start + (text.len() - text.trim_start().len());
        start..(span.start + text.trim_end().len()).max(start)
    }

    /// The same for a value: a backslash that joins it to an empty line is no part of it.
    fn continued(&self, span: Range<usize>) -> Range<usize> {
        let mut span = self.trimmed(span);
        while self.of(&span).ends_with('\\') && self.text[span.end..].trim_start_matches('\r').starts_with('\n') {
            span = self.trimmed(span.start..span.end - 1);
        }
        span
    }

    fn item(&self, item: &MakefileItem, out: &mut Vec<Statement>) {
        match item {
            MakefileItem::Variable(variable) => out.extend(self.assign(variable).map(Statement::Assign)),
            MakefileItem::Include(include) => {
                let span = self.trimmed(bytes(include.text_range()));
                let written = include.path_range().map_or("", |range| self.of(&bytes(range)));
                out.push(Statement::Include(Include {
                    path: written.trim_matches(['"', '<', '>']).to_owned(),
                    system: written.starts_with('<'),
                    optional: include.is_optional(),
                    span,
                }));
            }
            MakefileItem::Conditional(conditional) => {
                let branches = conditional.branches().map(|branch| {
                    let mut body = Vec::new();
                    branch.items().for_each(|item| self.inner(&item, &mut body));
                    let line = self.trimmed(bytes(branch.directive_line_range()));
                    Branch { condition: branch.condition(), line, body }
                });
                out.push(Statement::If(branches.collect()));
            }
            MakefileItem::ForLoop(one) => out.push(self.looped(one)),
            MakefileItem::Rule(rule) => {
                let mut after = Vec::new();
                let mut commands = Vec::new();
                rule.body_items().for_each(|item| self.body(&item, false, &mut commands, &mut after));
                let names = rule.target_ranges().map(bytes).map(|span| (self.of(&span).to_owned(), span)).collect();
                out.push(Statement::Target(Target {
                    names,
                    needs: rule.prerequisite_list_range().map_or("", |range| self.of(&bytes(range))).trim().to_owned(),
                    double: rule.operator() == Some(RuleOperator::DoubleColon),
                    commands,
                    span: self.trimmed(bytes(item.text_range())),
                }));
                out.append(&mut after);
            }
            MakefileItem::Directive(directive) if directive.directive_kind() == Some(DirectiveKind::BsdUndef) => {
                let names = directive.argument().unwrap_or_default();
                out.push(Statement::Undef(names.split_whitespace().map(str::to_owned).collect()));
            }
            // Commands behind a conditional whose branches end in targets: nobody packages like that.
            _ => {}
        }
    }

    fn inner(&self, item: &ConditionalItem, out: &mut Vec<Statement>) {
        if let ConditionalItem::Item(item) = item {
            self.item(item, out);
        }
    }

    /// A line below a target: a command, a conditional around commands, or what only stands there.
    fn body(&self, item: &ConditionalItem, inside: bool, commands: &mut Vec<Command>, after: &mut Vec<Statement>) {
        match item {
            ConditionalItem::Recipe(recipe) => commands.push(self.command(recipe, inside)),
            ConditionalItem::Item(MakefileItem::Conditional(conditional)) => {
                let branches = conditional.branches().map(|branch| {
                    let mut rest = Vec::new();
                    branch.items().for_each(|item| self.body(&item, true, commands, &mut rest));
                    let line = self.trimmed(bytes(branch.directive_line_range()));
                    Branch { condition: branch.condition(), line, body: rest }
                });
                let branches: Vec<Branch> = branches.collect();
                if branches.iter().any(|branch| !branch.body.is_empty()) {
                    after.push(Statement::If(branches));
                }
            }
            ConditionalItem::Item(MakefileItem::ForLoop(one)) => {
                let mut rest = Vec::new();
                one.body_items().for_each(|item| self.body(&item, true, commands, &mut rest));
                if !rest.is_empty() {
                    after.push(Statement::For(For { body: rest, ..self.header(one) }));
                }
            }
            ConditionalItem::Item(item) => self.item(item, after),
            _ => {}
        }
    }

    fn command(&self, recipe: &Recipe, conditional: bool) -> Command {
        let lines: Vec<Range<usize>> = recipe.line_ranges().map(bytes).collect();
        let span = lines.first().map_or(0, |line| line.start)..lines.last().map_or(0, |line| line.end);
        Command { text: logical(self.of(&span)).trim().to_owned(), span: self.trimmed(span), conditional }
    }

    fn header(&self, one: &ForLoop) -> For {
        let span = self.trimmed(bytes(MakefileItem::ForLoop(one.clone()).text_range()));
        For { variables: one.variables(), list: one.list().unwrap_or_default(), span, body: Vec::new() }
    }

    fn looped(&self, one: &ForLoop) -> Statement {
        let mut body = Vec::new();
        one.body_items().for_each(|item| self.inner(&item, &mut body));
        Statement::For(For { body, ..self.header(one) })
    }

    fn assign(&self, variable: &VariableDefinition) -> Option<Assign> {
        let name_span = bytes(variable.name_range()?);
        let span = self.trimmed(bytes(MakefileItem::Variable(variable.clone()).text_range()));
        let op = match variable.assignment_operator_kind()? {
            AssignmentOperator::Append => Op::Append,
            AssignmentOperator::IfUndefined => Op::Default,
            AssignmentOperator::Shell | AssignmentOperator::BsdShell => Op::Shell,
            _ => Op::Set,
        };
        let value = variable.value_range().map_or(span.end..span.end, |range| self.continued(bytes(range)));
        Some(Assign { name: self.of(&name_span).to_owned(), name_span, op, value, span })
    }
}
