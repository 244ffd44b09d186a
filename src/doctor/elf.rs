//! What an ELF file needs, read in small pieces: neither its size nor what its headers claim decides how much is read.
use std::fs::File;
use std::os::unix::fs::FileExt as _;

use elf::abi::{DT_NEEDED, DT_RPATH, DT_RUNPATH, DT_STRSZ, DT_STRTAB, PT_DYNAMIC, PT_INTERP, PT_LOAD};
use elf::dynamic::DynamicTable;
use elf::endian::AnyEndian;
use elf::file::{Class, FileHeader, parse_ident};
use elf::segment::{ProgramHeader, SegmentTable};
use elf::string_table::StringTable;

/// Bytes of any one table that are read.
const TABLE: u64 = 4 << 20;

/// What a file needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Its dynamic linker; nothing for a library or a program that is whole by itself.
    pub(super) interpreter: Option<String>,
    /// Names of libraries.
    pub(super) libraries: Vec<String>,
    /// Directories to look in first; `$ORIGIN` is the file's own.
    pub(super) run_path: Vec<String>,
    /// They are of an RPATH, without a RUNPATH that would hide it.
    pub(super) is_rpath: bool,
    /// Class and machine: a library of another one is passed over.
    pub(super) kind: (bool, u16),
}

/// What a program is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Program {
    /// An ELF file.
    Elf(Needs),
    /// A script, with its interpreter.
    Script(String),
    /// Something else.
    Other,
}

/// Looks at a file.
///
/// # Errors
/// It cannot be read, or begins as an ELF file and is none.
pub(super) fn look(file: &File) -> Result<Program, String> {
    let start = piece(file, 0, 256)?;
    if let Some(rest) = start.strip_prefix(b"#!") {
        let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let word = String::from_utf8_lossy(line).split_whitespace().next().unwrap_or_default().to_owned();
        return Ok(Program::Script(word));
    }
    if !start.starts_with(b"\x7fELF") {
        return Ok(Program::Other);
    }
    needs(file, &start).map(Program::Elf)
}

fn needs(file: &File, start: &[u8]) -> Result<Needs, String> {
    let wrong = |error: elf::ParseError| format!("it is no sound ELF file: {error}");
    let ident = parse_ident::<AnyEndian>(start.get(..16).ok_or("it is cut off")?).map_err(wrong)?;
    let class = ident.1;
    let tail = if class == Class::ELF64 { 48 } else { 36 };
    let header = FileHeader::parse_tail(ident, start.get(16..16 + tail).ok_or("it is cut off")?).map_err(wrong)?;
    let bytes = piece(file, header.e_phoff, u64::from(header.e_phentsize) * u64::from(header.e_phnum))?;
    let segments: Vec<ProgramHeader> = SegmentTable::new(header.endianness, class, &bytes).iter().collect();
    let mut needs = Needs { kind: (class == Class::ELF64, header.e_machine), ..Needs::default() };
    let segment = |kind| segments.iter().find(|segment| segment.p_type == kind);
    if let Some(segment) = segment(PT_INTERP) {
        let bytes = piece(file, segment.p_offset, segment.p_filesz)?;
        let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        needs.interpreter = Some(String::from_utf8_lossy(text).into_owned());
    }
    let Some(dynamic) = segment(PT_DYNAMIC) else { return Ok(needs) };
    let bytes = piece(file, dynamic.p_offset, dynamic.p_filesz)?;
    let entries: Vec<_> = DynamicTable::new(header.endianness, class, &bytes).iter().collect();
    let value = |tag| entries.iter().find(|entry| entry.d_tag == tag).map(elf::dynamic::Dyn::d_val);
    let (Some(address), Some(size)) = (value(DT_STRTAB), value(DT_STRSZ)) else { return Ok(needs) };
    // The table is named by its address in memory.
    let holds = |segment: &&ProgramHeader| {
        segment.p_type == PT_LOAD && address >= segment.p_vaddr && address - segment.p_vaddr < segment.p_filesz
    };
    let segment = segments.iter().find(holds).ok_or("it is no sound ELF file: its names are nowhere")?;
    let offset = segment.p_offset.checked_add(address - segment.p_vaddr).ok_or("it is no sound ELF file")?;
    let strings = piece(file, offset, size)?;
    let strings = StringTable::new(&strings);
    let name = |at: u64| usize::try_from(at).ok().and_then(|at| strings.get(at).ok()).map(ToOwned::to_owned);
    // Where there is a RUNPATH, an RPATH counts for nothing.
    let decisive = if value(DT_RUNPATH).is_some() { DT_RUNPATH } else { DT_RPATH };
    needs.is_rpath = decisive == DT_RPATH;
    for entry in &entries {
        match entry.d_tag {
            DT_NEEDED => needs.libraries.extend(name(entry.d_val())),
            tag if tag == decisive => {
                let path = name(entry.d_val()).unwrap_or_default();
                needs.run_path.extend(path.split(':').filter(|part| !part.is_empty()).map(ToOwned::to_owned));
            }
            _ => {}
        }
    }
    Ok(needs)
}

/// Bytes of a file; fewer at its end.
fn piece(file: &File, offset: u64, length: u64) -> Result<Vec<u8>, String> {
    if length > TABLE {
        return Err(format!("it is no sound ELF file: a table of {length} bytes"));
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(|error| error.to_string())?];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(&mut bytes[filled..], offset.saturating_add(filled as u64)) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
