//! The header of an SQLite database (sqlite.org/fileformat2.html, 1.3), read by ourselves: opening a database with the
//! library could change it.

/// What a header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes of a page.
    pub(super) page: u64,
    /// Pages, when the header's count is valid.
    pub(super) pages: Option<u64>,
    /// The write-ahead log is in use.
    pub(super) wal: bool,
}

/// Bytes of the header.
pub(super) const LENGTH: usize = 100;

/// Reads a header; nothing when it is none.
pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let at =
        |offset: usize| bytes.get(offset..offset + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    if bytes.len() < LENGTH || !bytes.starts_with(b"SQLite format 3\0") {
        return None;
    }
    let page = match u16::from_be_bytes([bytes[16], bytes[17]]) {
        1 => 65536,
        size if size.is_power_of_two() && size >= 512 => u64::from(size),
        _ => return None,
    };
    // The count is valid when the version that wrote it is the one of the last change (1.3.7).
    let valid = at(24) == at(92) && at(28) != Some(0);
    Some(Header { page, pages: at(28).filter(|_| valid).map(u64::from), wal: bytes[18] == 2 || bytes[19] == 2 })
}
