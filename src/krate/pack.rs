//! A distribution packed from a directory: the same files give the same bytes.
use std::io::Write as _;

use anyhow::{Context as _, Result};
use flate2::{Compression, GzBuilder};

use super::{Digests, Krate, digests};

/// A packed distribution.
#[derive(Clone, Debug)]
pub struct Packed {
    /// `NAME-VERSION.tar.gz`.
    pub file_name: String,
    /// The archive.
    pub bytes: Vec<u8>,
    /// Its digests.
    pub digests: Digests,
}

/// Packs the files of a crate in a directory below `NAME-VERSION/`.
///
/// Owners, times and the compressor's header carry nothing of this machine.
///
/// # Errors
/// A file cannot be read.
pub fn pack(krate: &Krate) -> Result<Packed> {
    let top = format!("{}-{}", krate.name, krate.version);
    let gzip = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut tar = tar::Builder::new(gzip);
    for file in krate.dist.files() {
        let content = krate.dist.read(&file.path)?;
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(if file.executable { 0o755 } else { 0o644 });
        // Not 0: some tools take that for "no time". The registry's archives have this one.
        header.set_mtime(1_153_704_088);
        header.set_uid(0);
        header.set_gid(0);
        tar.append_data(&mut header, format!("{top}/{}", file.path), content.as_slice())
            .with_context(|| file.path.clone())?;
    }
    let mut gzip = tar.into_inner()?;
    gzip.flush()?;
    let bytes = gzip.finish()?;
    let digests = digests::of_bytes(&bytes);
    Ok(Packed { file_name: format!("{top}.tar.gz"), bytes, digests })
}
