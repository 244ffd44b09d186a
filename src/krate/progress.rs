//! How a long step tells the caller that it is getting on.

/// Told about long steps: hashing, fetching. Called from several threads.
pub trait Progress: Sync {
    /// A step begins. `total` is in bytes; 0 when it cannot be known.
    fn start(&self, what: &str, total: u64);
    /// `n` more bytes are done.
    fn step(&self, n: u64);
    /// The step ended, well or not.
    fn finish(&self);
}

/// Says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _what: &str, _total: u64) {}
    fn step(&self, _n: u64) {}
    fn finish(&self) {}
}
