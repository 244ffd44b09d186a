//! Digests of many files: each is read once, several are hashed together.
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use blake2s_simd::many::{HashManyJob, hash_many};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256, Sha512};

use super::distribution::unreadable;
use super::known_digests::KnownDigests;
use super::progress::Progress;
use super::registry::wrong_checksum;

/// As much is in memory per thread, in bytes; a larger file is read piece by piece.
const BATCH: u64 = 8 << 20;
/// Pieces of a large file, in bytes.
const PIECE: usize = 256 << 10;

/// What ports trees want to know of a distfile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digests {
    /// BLAKE2s with 32 bytes, pkgsrc's.
    pub blake2s: [u8; 32],
    /// SHA-256, cargo's and FreeBSD's and OpenBSD's.
    pub sha256: [u8; 32],
    /// SHA-512, pkgsrc's.
    pub sha512: [u8; 64],
    /// In bytes.
    pub size: u64,
}

/// A file, and the SHA-256 that it must have when that is known beforehand.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The file.
    pub path: PathBuf,
    /// From a lock or an index.
    pub sha256: Option<[u8; 32]>,
}

/// The digests of files, in the order of `files`.
///
/// A file whose expected SHA-256 is in `known` is not opened; what is computed is added there. A file that is not what
/// was expected is an error that names it.
pub fn digest_files(
    files: &[Wanted],
    known: &mut KnownDigests,
    progress: &dyn Progress,
) -> anyhow::Result<Vec<Digests>> {
    let mut results: Vec<Option<Digests>> =
        files.iter().map(|file| file.sha256.and_then(|sum| known.get(&sum))).collect();
    let mut todo = Vec::new();
    for (at, file) in files.iter().enumerate().filter(|(at, _)| results.get(*at).is_some_and(Option::is_none)) {
        let size = file.path.metadata().map_err(|error| unreadable(&file.path, &error))?.len();
        todo.push((size, at, file));
    }
    // Files of similar size side by side keep every lane of BLAKE2s busy; the order of results does not depend on it.
    todo.sort_by_key(|(size, at, _)| (*size, *at));
    progress.start("hashing", todo.iter().map(|(size, ..)| size).sum());
    let computed: anyhow::Result<Vec<_>> =
        batches(&todo).into_par_iter().map(|batch| digest_batch(batch, progress)).collect();
    progress.finish();
    for (at, digests) in computed?.into_iter().flatten() {
        known.insert(digests);
        if let Some(result) = results.get_mut(at) {
            *result = Some(digests);
        }
    }
    // Every position was either known or in a batch.
    Ok(results.into_iter().flatten().collect())
}

/// The digests of what is in memory.
pub(super) fn of_bytes(content: &[u8]) -> Digests {
    Digests {
        blake2s: *blake2s_simd::blake2s(content).as_array(),
        sha256: Sha256::digest(content).into(),
        sha512: Sha512::digest(content).into(),
        size: content.len() as u64,
    }
}

type Todo<'a> = (u64, usize, &'a Wanted);

/// Cuts the list into runs that fit into memory.
fn batches<'a, 'b>(todo: &'b [Todo<'a>]) -> Vec<&'b [Todo<'a>]> {
    let mut total = 0;
    todo.chunk_by(|(before, ..), (size, ..)| {
        total += before;
        let together = total + size <= BATCH;
        if !together {
            total = 0;
        }
        together
    })
    .collect()
}

fn digest_batch(batch: &[Todo<'_>], progress: &dyn Progress) -> anyhow::Result<Vec<(usize, Digests)>> {
    if let [(size, at, file)] = batch
        && *size > BATCH
    {
        return Ok(vec![(*at, checked(file, digest_large(&file.path, progress)?)?)]);
    }
    let contents = batch
        .iter()
        .map(|(size, _, file)| {
            // A file that grew since it was measured is not what its checksum says; reading more would not help.
            let mut content = Vec::with_capacity(usize::try_from(*size).unwrap_or_default() + 1);
            let read = File::open(&file.path).and_then(|opened| opened.take(size + 1).read_to_end(&mut content));
            read.map_err(|error| unreadable(&file.path, &error)).map(|_| content)
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let params = blake2s_simd::Params::new();
    let mut jobs: Vec<_> = contents.iter().map(|content| HashManyJob::new(&params, content)).collect();
    hash_many(jobs.iter_mut());
    let mut results = Vec::with_capacity(batch.len());
    for (((_, at, file), content), job) in batch.iter().zip(&contents).zip(&jobs) {
        let digests = Digests {
            blake2s: *job.to_hash().as_array(),
            sha256: Sha256::digest(content).into(),
            sha512: Sha512::digest(content).into(),
            size: content.len() as u64,
        };
        progress.step(digests.size);
        results.push((*at, checked(file, digests)?));
    }
    Ok(results)
}

fn digest_large(path: &Path, progress: &dyn Progress) -> anyhow::Result<Digests> {
    let fail = |error: std::io::Error| unreadable(path, &error);
    let mut file = File::open(path).map_err(fail)?;
    let (mut blake2s, mut sha256, mut sha512) = (blake2s_simd::State::new(), Sha256::new(), Sha512::new());
    let mut size = 0;
    let mut buffer = vec![0; PIECE];
    loop {
        let count = file.read(&mut buffer).map_err(fail)?;
        let piece = buffer.get(..count).unwrap_or_default();
        if piece.is_empty() {
            break;
        }
        blake2s.update(piece);
        sha256.update(piece);
        sha512.update(piece);
        size += count as u64;
        progress.step(count as u64);
    }
    Ok(Digests {
        blake2s: *blake2s.finalize().as_array(),
        sha256: sha256.finalize().into(),
        sha512: sha512.finalize().into(),
        size,
    })
}

fn checked(file: &Wanted, digests: Digests) -> anyhow::Result<Digests> {
    match file.sha256 {
        Some(expected) if expected != digests.sha256 => Err(wrong_checksum(&file.path, &expected, &digests.sha256)),
        _ => Ok(digests),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{BATCH, Wanted, digest_files};
    use crate::krate::{KnownDigests, Silent, to_hex};

    fn file(dir: &tempfile::TempDir, name: &str, content: &[u8]) -> Wanted {
        let path = dir.path().join(name);
        fs::write(&path, content).expect("write");
        Wanted { path, sha256: None }
    }

    #[test]
    fn published_test_vectors_in_the_order_asked_for() {
        let dir = tempfile::tempdir().expect("tempdir");
        let files = [file(&dir, "abc", b"abc"), file(&dir, "empty", b"")];
        let digests = digest_files(&files, &mut KnownDigests::none(), &Silent).expect("digests");
        assert_eq!(to_hex(&digests[0].blake2s), "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
        assert_eq!(to_hex(&digests[0].sha256), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(to_hex(&digests[0].sha512).starts_with("ddaf35a193617abacc417349ae204131"));
        assert_eq!((digests[0].size, digests[1].size), (3, 0));
    }

    #[test]
    fn large_and_small_files_agree() {
        let dir = tempfile::tempdir().expect("tempdir");
        let content = vec![7; usize::try_from(BATCH).expect("size") + 1];
        let files: Vec<_> = (0_u8..40).map(|n| file(&dir, &n.to_string(), &vec![n; 300_000])).collect();
        let large = file(&dir, "large", &content);
        let all = [files.as_slice(), &[large]].concat();
        let digests = digest_files(&all, &mut KnownDigests::none(), &Silent).expect("digests");
        for (file, digests) in all.iter().zip(&digests) {
            let content = fs::read(&file.path).expect("read");
            assert_eq!(digests.blake2s, *blake2s_simd::blake2s(&content).as_array());
            assert_eq!(digests.size, content.len() as u64);
        }
    }

    #[test]
    fn a_changed_file_is_refused_and_a_known_one_not_opened() {
        let dir = tempfile::tempdir().expect("tempdir");
        let mut known = KnownDigests::none();
        let mut wanted = file(&dir, "abc", b"abc");
        let digests = digest_files(&[wanted.clone()], &mut known, &Silent).expect("digests")[0];
        wanted.sha256 = Some(digests.sha256);
        fs::remove_file(&wanted.path).expect("remove");
        assert_eq!(digest_files(&[wanted.clone()], &mut known, &Silent).expect("known"), [digests]);
        fs::write(&wanted.path, "abd").expect("write");
        let error = digest_files(&[wanted.clone()], &mut KnownDigests::none(), &Silent).expect_err("changed");
        assert!(error.to_string().contains("rm '"), "{error}");
    }
}
