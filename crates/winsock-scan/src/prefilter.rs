//! Where to look: the first place that may be part of an error.

use crate::scanner::ScannerBuilder;

/// The first hit in `from..to`, if any.
pub(crate) fn next_hit(data: &[u8], from: usize, to: usize, _: &ScannerBuilder) -> Option<usize> {
    memchr::memmem::find(&data[from..], b"WSA").map(|at| from + at).filter(|at| *at < to)
}
