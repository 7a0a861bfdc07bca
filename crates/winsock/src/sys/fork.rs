//! Telling a process from one that it was forked from, without asking Linux each time.

use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use super::{Result, call};

/// A flag that is down at first, and down again in each process that is forked; `None` where Linux has no memory that behaves
/// so.
///
/// Source: madvise(2), MADV_WIPEONFORK: since Linux 4.14.
pub(crate) fn flag() -> Option<&'static AtomicBool> {
    static FLAG: OnceLock<Option<&'static AtomicBool>> = OnceLock::new();
    *FLAG.get_or_init(|| wiped_memory().ok())
}

fn wiped_memory() -> Result<&'static AtomicBool> {
    const BYTES: usize = size_of::<AtomicBool>();
    let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: new memory wherever Linux likes; no memory of ours is touched. A length means the pages that it touches.
    let start = unsafe { call!(mmap, 0, BYTES, access, kind, -1i32, 0) }?;
    // SAFETY: the memory is the one just made, and nobody knows it yet.
    if let Err(errno) = unsafe { call!(madvise, start, BYTES, libc::MADV_WIPEONFORK) } {
        // SAFETY: as above.
        let _ = unsafe { call!(munmap, start, BYTES) };
        return Err(errno);
    }
    // SAFETY: a page of zeros, which is never given back, and a flag that is down is a byte of zero.
    Ok(unsafe { &*ptr::with_exposed_provenance::<AtomicBool>(start) })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::*;

    #[test]
    fn a_forked_process_finds_the_flag_down() {
        // A flag of its own: that of the process belongs to others.
        let flag = wiped_memory().unwrap();
        assert!(!flag.swap(true, Ordering::Relaxed));
        // SAFETY: the child does nothing but look and leave.
        let child = unsafe { libc::fork() };
        if child == 0 {
            // SAFETY: no pointers.
            unsafe { libc::_exit(if flag.load(Ordering::Relaxed) { 1 } else { 0 }) };
        }
        let mut status = -1;
        // SAFETY: the pointer is to a live value.
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0);
        assert!(flag.load(Ordering::Relaxed));
    }
}
