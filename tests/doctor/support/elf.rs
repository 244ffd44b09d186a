//! ELF files as small as they can be: headers, one loaded segment, and what the dynamic linker reads.

/// A 64-bit little-endian file with an interpreter, needed libraries and a run path.
pub(crate) fn elf(interpreter: &str, needed: &[&str], run_path: &str) -> Vec<u8> {
    let mut strings = vec![0u8];
    let mut name = |text: &str| {
        let at = strings.len() as u64;
        strings.extend(text.as_bytes());
        strings.push(0);
        at
    };
    let mut dynamic: Vec<(u64, u64)> = needed.iter().map(|library| (1, name(library))).collect();
    if !run_path.is_empty() {
        dynamic.push((29, name(run_path)));
    }
    let segments: u64 = if interpreter.is_empty() { 2 } else { 3 };
    let tables = 64 + 56 * segments;
    let interp = [interpreter.as_bytes(), &[0]].concat();
    let strings_at = tables + interp.len() as u64;
    let dynamic_at = (strings_at + strings.len() as u64).next_multiple_of(8);
    dynamic.extend([(5, strings_at), (10, strings.len() as u64), (0, 0)]);
    let size = dynamic_at + 16 * dynamic.len() as u64;

    let mut file = b"\x7fELF\x02\x01\x01".to_vec();
    file.resize(16, 0);
    file.extend([2u16, 62].iter().flat_map(|half| half.to_le_bytes()));
    file.extend(1u32.to_le_bytes());
    file.extend([0u64, 64, 0].iter().flat_map(|word| word.to_le_bytes()));
    file.extend(0u32.to_le_bytes());
    let halves = [64u16, 56, u16::try_from(segments).unwrap(), 0, 0, 0];
    file.extend(halves.iter().flat_map(|half| half.to_le_bytes()));
    let mut segment = |kind: u32, offset: u64, length: u64| {
        file.extend([kind, 4].iter().flat_map(|word| word.to_le_bytes()));
        let words = [offset, offset, offset, length, length, 8];
        file.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    };
    segment(1, 0, size);
    if !interpreter.is_empty() {
        segment(3, tables, interp.len() as u64);
    }
    segment(2, dynamic_at, 16 * dynamic.len() as u64);
    file.extend(interp);
    file.extend(strings);
    file.resize(usize::try_from(dynamic_at).unwrap(), 0);
    file.extend(dynamic.iter().flat_map(|(tag, value)| [tag.to_le_bytes(), value.to_le_bytes()].concat()));
    file
}
