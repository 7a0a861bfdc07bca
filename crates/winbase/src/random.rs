//! Random numbers that nobody can guess, of the system's own generator.

use rustix::io::Errno;
use rustix::rand::{GetRandomFlags, getrandom};

/// Fills all of it.
///
/// ```
/// let (mut one, mut other) = ([0; 16], [0; 16]);
/// winbase::random::fill(&mut one);
/// winbase::random::fill(&mut other);
/// assert_ne!(one, other);
/// ```
#[doc(alias = "CryptGenRandom")]
#[doc(alias = "BCryptGenRandom")]
#[doc(alias = "RtlGenRandom")]
pub fn fill(mut bytes: &mut [u8]) {
    while !bytes.is_empty() {
        match getrandom(&mut *bytes, GetRandomFlags::empty()) {
            Ok(count) => bytes = &mut bytes[count..],
            // Linux waits until it has enough, which a signal may interrupt; there is no other failure of this call.
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
