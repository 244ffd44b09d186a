//! Reading, always with a bound.
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::ops::ControlFlow;

use super::{Failure, Root};

/// After so many bytes of a file the clock is looked at.
const CLOCK: u64 = 64 * 1024;
/// No line is longer; what is behind is dropped.
const LONGEST_LINE: u64 = 64 * 1024;

impl Root {
    /// A whole file of at most `limit` bytes.
    ///
    /// # Errors
    /// It is none, is larger, or cannot be read.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, Failure> {
        let found = self.find(path)?;
        let file = found.open()?;
        if found.stat.size > limit {
            return Err(Failure::TooBig(found.path, found.stat.size, limit));
        }
        let mut bytes = Vec::new();
        // A file that grows while it is read ends here, too.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&found.path, &error))?;
        if bytes.len() as u64 > limit {
            return Err(Failure::TooBig(found.path, bytes.len() as u64, limit));
        }
        Ok(bytes)
    }

    /// A whole text of at most `limit` bytes.
    ///
    /// # Errors
    /// As [`Root::read`], or it is not UTF-8.
    pub fn text(&self, path: &str, limit: u64) -> Result<String, Failure> {
        String::from_utf8(self.read(path, limit)?).map_err(|_| Failure::NotText(path.to_owned()))
    }

    /// Hands the lines of a file to `each` until it breaks off; nothing is kept, so that the file may be large, but no
    /// more than `limit` bytes of it are read.
    ///
    /// # Errors
    /// It cannot be read, or `each` has not broken off after `limit` bytes.
    pub fn lines(&self, path: &str, limit: u64, mut each: impl FnMut(&[u8]) -> ControlFlow<()>) -> Result<(), Failure> {
        let found = self.find(path)?;
        let mut reader = BufReader::with_capacity(256 * 1024, found.open()?);
        let mut line = Vec::new();
        let mut all = 0u64;
        loop {
            line.clear();
            let read = reader
                .by_ref()
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut line)
                .map_err(|error| unreadable(&found.path, &error))?;
            if read == 0 {
                return Ok(());
            }
            if all / CLOCK != (all + read as u64) / CLOCK {
                self.in_time(path)?;
            }
            all += read as u64;
            if line.last() == Some(&b'\n') {
                line.pop();
            } else if read as u64 == LONGEST_LINE {
                all += skip_line(&mut reader).map_err(|error| unreadable(&found.path, &error))?;
            }
            if each(&line).is_break() {
                return Ok(());
            }
            if all > limit {
                return Err(Failure::TooBig(found.path, found.stat.size, limit));
            }
        }
    }
}

/// Drops the rest of a line that is longer than any that means something.
fn skip_line(reader: &mut BufReader<File>) -> std::io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let (used, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(used);
        skipped += used as u64;
        if ended || skipped > 1 << 30 {
            return Ok(skipped);
        }
    }
}

fn unreadable(path: &str, error: &std::io::Error) -> Failure {
    Failure::os(path, nix::errno::Errno::from_raw(error.raw_os_error().unwrap_or(0)))
}
