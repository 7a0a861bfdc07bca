//! Random bytes, and the handles of the providers that programs open for them.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::{Code, error};

/// The system's random bytes, good for keys.
///
/// # Errors
/// None on a system that has started; what the kernel says otherwise.
#[doc(alias = "CryptGenRandom")]
#[doc(alias = "BCryptGenRandom")]
pub fn fill(bytes: &mut [u8]) -> Result<(), Code> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match rustix::rand::getrandom(&mut *rest, rustix::rand::GetRandomFlags::empty()) {
            Ok(count) => rest = &mut rest[count..],
            Err(rustix::io::Errno::INTR) => {}
            Err(errno) => return Err(error::from_errno(errno)),
        }
    }
    Ok(())
}

/// A provider that a program has open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provider(pub usize);

/// The open ones and the next number. A number never comes back, so a closed handle stays wrong.
static OPEN: Mutex<(BTreeSet<Provider>, usize)> = Mutex::new((BTreeSet::new(), 1));

/// Handles are apart from small numbers, and multiples of a pointer's size as on Windows.
const STEP: usize = 16;

impl Provider {
    /// Opens one.
    #[must_use]
    pub fn open() -> Self {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        let provider = Self(open.1 * STEP);
        open.1 += 1;
        open.0.insert(provider);
        provider
    }

    /// Whether the handle is an open one.
    #[must_use]
    pub fn is_open(self) -> bool {
        OPEN.lock().unwrap_or_else(PoisonError::into_inner).0.contains(&self)
    }

    /// Closes it: whether it was open.
    #[must_use]
    pub fn close(self) -> bool {
        OPEN.lock().unwrap_or_else(PoisonError::into_inner).0.remove(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_differ_each_time() {
        let (mut one, mut two) = ([0; 300], [0; 300]);
        fill(&mut one).unwrap();
        fill(&mut two).unwrap();
        assert_ne!(one, two);
        assert!(one[256..].iter().any(|byte| *byte != 0));
    }

    #[test]
    fn a_closed_provider_stays_closed() {
        let provider = Provider::open();
        assert!(provider.is_open() && provider.close());
        let other = Provider::open();
        assert!(!provider.is_open() && !provider.close() && other.close());
    }
}
