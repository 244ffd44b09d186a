//! The lines of here-documents.
use super::reader::{Read, Reader, Waiting};

impl Reader<'_> {
    /// Reads the lines of all here-documents whose operators are on the line before. One that is not closed ends with
    /// the text, as shells have it.
    pub(super) fn here_documents(&mut self) -> Read<()> {
        for waiting in std::mem::take(&mut self.waiting) {
            self.here_document(&waiting)?;
        }
        Ok(())
    }

    fn here_document(&mut self, waiting: &Waiting) -> Read<()> {
        let start = self.at;
        let mut end = self.end;
        while self.at < self.end {
            let rest = &self.text.as_bytes()[self.at..self.end];
            let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let line = &rest[..length];
            let indent = if waiting.tabs { line.iter().take_while(|byte| **byte == b'\t').count() } else { 0 };
            let here = self.at;
            self.at = (here + length + 1).min(self.end);
            if &line[indent..] == waiting.delimiter.as_bytes() {
                end = here;
                break;
            }
        }
        if !waiting.quoted {
            let after = self.at;
            let mut parts = self.within(start..end, |inner| inner.double_parts(None))?;
            self.documents.append(&mut parts);
            self.at = after;
        }
        Ok(())
    }
}
