//! What begins with `$`, and backquotes.
use super::reader::{Read, Reader, TroubleKind};
use super::tree::{Operator, Parameter, Part};

fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where a name ends that begins here. Ports and packages have names that are filled in later: `%%NAME%%_user` at the
/// beginning, `@NAME@` anywhere.
pub(super) fn name_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = &text.as_bytes()[..end];
    let token = |at: usize, mark: &[u8]| {
        let inner = bytes.get(at..)?.strip_prefix(mark)?;
        let length = inner.iter().take_while(|byte| in_name(**byte)).count();
        (length > 0 && inner[length..].starts_with(mark)).then_some(at + length + 2 * mark.len())
    };
    let mut at = token(start, b"%%").unwrap_or(start);
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'@' => match token(at, b"@") {
                Some(after) => after,
                None => break,
            },
            byte if in_name(*byte) => at + 1,
            _ => break,
        };
    }
    at
}

impl Reader<'_> {
    /// What begins with `$`, inside double quotes or outside.
    pub(super) fn dollar(&mut self, quoted: bool) -> Read<Part> {
        let start = self.at;
        match self.ahead(1) {
            Some(b'{') => self.deeper(|reader| reader.braces(quoted)).map(Part::Parameter),
            Some(b'(') if self.ahead(2) == Some(b'(') => self.deeper(Self::arithmetic),
            Some(b'(') => {
                self.at += 2;
                let list = self.deeper(|reader| reader.list_until(b')', start))?;
                Ok(Part::Command(Some(list), start..self.at))
            }
            Some(b'\'') if !quoted => self.dollar_single(),
            // `$"…"` is the same as `"…"` where it is known, and a dollar before it elsewhere.
            Some(byte) if begins_name(byte) => {
                self.at += 1;
                while self.peek().is_some_and(in_name) {
                    self.at += 1;
                }
                Ok(simple(start, start + 1, self.at))
            }
            Some(b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' | b'0'..=b'9') => {
                self.at += 2;
                Ok(simple(start, start + 1, self.at))
            }
            _ => {
                self.at += 1;
                Ok(Part::Literal(start..self.at))
            }
        }
    }

    /// `${…}`
    fn braces(&mut self, quoted: bool) -> Read<Parameter> {
        let start = self.at;
        self.at += 2;
        let mut operator = Operator::None;
        match (self.peek(), self.ahead(1)) {
            (Some(b'#'), Some(next)) if next != b'}' && !matches!(next, b'#' | b'%' | b':' | b'-' | b'=' | b'+') => {
                operator = Operator::Length;
                self.at += 1;
            }
            (Some(b'!'), Some(next)) if begins_name(next) => {
                operator = Operator::Foreign;
                self.at += 1;
            }
            _ => {}
        }
        let name = self.at;
        self.at = name_end(self.text, name, self.end);
        if self.at == name {
            if !self.peek().is_some_and(|byte| b"@*#?-$!".contains(&byte)) {
                // `${}` and the like: no shell takes them, but what comes out of a template may be fine.
                return self.fail(start..self.at, TroubleKind::Unclear);
            }
            self.at += 1;
        }
        let name = name..self.at;
        if operator == Operator::None {
            operator = self.operator();
        }
        let argument = self.argument(start, quoted, operator)?;
        if operator == Operator::Length && !argument.is_empty() {
            operator = Operator::Foreign;
        }
        Ok(Parameter { name, operator, argument, braces: true, span: start..self.at })
    }

    fn operator(&mut self) -> Operator {
        let colon = self.peek() == Some(b':');
        let of = |byte| match byte {
            Some(b'-') => Some(Operator::Default(colon)),
            Some(b'=') => Some(Operator::Assign(colon)),
            Some(b'+') => Some(Operator::Alternative(colon)),
            Some(b'?') => Some(Operator::Complain(colon)),
            Some(b'#' | b'%') if !colon => Some(Operator::Trim),
            Some(b'}') if !colon => Some(Operator::None),
            _ => None,
        };
        let sign = self.ahead(usize::from(colon));
        match of(sign) {
            Some(Operator::None) => Operator::None,
            Some(operator) => {
                self.at += 1 + usize::from(colon);
                if operator == Operator::Trim && self.peek() == sign {
                    self.at += 1;
                }
                operator
            }
            None => Operator::Foreign,
        }
    }

    /// What stands behind the operator, up to the brace.
    fn argument(&mut self, start: usize, quoted: bool, operator: Operator) -> Read<Vec<Part>> {
        // Inside double quotes a single quote quotes only in patterns.
        let singles = !quoted || matches!(operator, Operator::Trim | Operator::Foreign);
        let mut parts = Vec::new();
        loop {
            let at = self.at;
            match self.peek() {
                None => return self.fail(start..start + 2, TroubleKind::Open("}")),
                Some(b'}') => {
                    self.at += 1;
                    return Ok(parts);
                }
                Some(b'\\') if self.ahead(1) == Some(b'\n') => self.at += 2,
                Some(b'\\') => parts.push(self.escaped()),
                Some(b'\'') if singles => parts.push(self.single()?),
                Some(b'"') => parts.push(self.double()?),
                Some(b'$') => parts.push(self.dollar(quoted)?),
                Some(b'`') => parts.push(self.backquotes(quoted)?),
                Some(_) => {
                    let ends = |byte: u8| b"}\\\"$`".contains(&byte) || (singles && byte == b'\'');
                    self.step();
                    let rest = &self.text.as_bytes()[self.at..self.end];
                    self.at += rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len());
                    parts.push(Part::Literal(at..self.at));
                }
            }
        }
    }

    /// `$((…))`
    fn arithmetic(&mut self) -> Read<Part> {
        let start = self.at;
        self.at += 3;
        let mut parts = Vec::new();
        let mut open = 0_usize;
        loop {
            match self.peek() {
                None => return self.fail(start..start + 3, TroubleKind::Open("))")),
                Some(b'(') => open += 1,
                Some(b')') if open > 0 => open -= 1,
                Some(b')') if self.ahead(1) == Some(b')') => {
                    self.at += 2;
                    return Ok(Part::Arithmetic(parts, start..self.at));
                }
                Some(b'$') => {
                    parts.push(self.dollar(true)?);
                    continue;
                }
                Some(b'`') => {
                    parts.push(self.backquotes(true)?);
                    continue;
                }
                // `$((…) …)` is a subshell in a substitution for some shells, and wrong for others.
                Some(b')' | b'\'' | b'"' | b'\\') => return self.fail(start..start + 3, TroubleKind::Unclear),
                Some(byte) if begins_name(byte) => {
                    let name = self.at;
                    while self.peek().is_some_and(in_name) {
                        self.at += 1;
                    }
                    parts.push(simple(name, name, self.at));
                    continue;
                }
                Some(_) => {}
            }
            self.step();
        }
    }

    /// `` `…` ``
    pub(super) fn backquotes(&mut self, quoted: bool) -> Read<Part> {
        let start = self.at;
        self.at += 1;
        let mut escapes = false;
        loop {
            match self.peek() {
                None => return self.fail(start..start + 1, TroubleKind::Open("`")),
                Some(b'`') => break,
                Some(b'\\') => {
                    escapes |= self.ahead(1) != Some(b'\n');
                    self.escaped();
                }
                // Inside double quotes shells differ in what a quote in backquotes is.
                Some(b'"') if quoted => {
                    escapes = true;
                    self.at += 1;
                }
                Some(_) => self.step(),
            }
        }
        let inner = start + 1..self.at;
        self.at += 1;
        // Each backslash takes one level of quoting: what is inside is not what stands there.
        let list = if escapes { None } else { Some(self.within(inner, Reader::whole)?) };
        Ok(Part::Command(list, start..self.at))
    }
}

fn simple(start: usize, name: usize, end: usize) -> Part {
    Part::Parameter(Parameter {
        name: name..end,
        operator: Operator::None,
        argument: Vec::new(),
        braces: false,
        span: start..end,
    })
}
