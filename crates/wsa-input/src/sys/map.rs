//! A file mapped whole, of which only the parts being read are held, and which survives the file's truncation.
//!
//! One mapping for the whole file, and pages given back part by part, instead of a mapping for each part: making and
//! ending a mapping takes the lock of the process's address space for writing, and threads that do so wait for each
//! other's page faults. Faults and giving back share the lock.
//!
//! The hazard of mapping a log: its writer truncates it, and the next touch of a page past the new end raises SIGBUS,
//! which kills. Here a handler puts zero pages in place of the lost ones and marks the mapping, so the reader sees zeros,
//! finishes, asks [`Mapping::lost_pages`] and reports. Wayland compositors read their clients' shared memory this way
//! (`wl_shm_buffer_begin_access`).
//!
//! The other hazard, bytes that change under a `&[u8]`, cannot be excluded for any mapping of a shared file. It is kept
//! harmless: the bytes are only ever read as bytes (no `str`, no references into them that outlive the mapping), so the
//! worst case is a finding in text that was half rewritten, as with `read`.
#![expect(unsafe_code, reason = "mmap, madvise and the SIGBUS handler; each block says why it is sound")]

use std::fs::File;
use std::hint::black_box;
use std::io;
use std::ops::Range;
use std::os::fd::AsRawFd as _;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The kernel maps more than the page that was touched: as a rule the 64 KiB of addresses that it lies in
/// (`fault_around_bytes`).
const FAULT_AROUND_BYTES: usize = 64 << 10;

/// Or, where the cache holds the file so, the 2 MiB of one large page. What is given back is rounded out to that: no margin
/// of a part stays, and none of these pages is parted, for which the kernel would interrupt all processors of the process
/// once more and let other threads' faults wait.
const LARGE_PAGE_BYTES: usize = 2 << 20;

/// A read-only mapping of a file.
pub(crate) struct Mapping {
    address: usize,
    bytes: usize,
    slot: &'static Slot,
}

impl Mapping {
    /// Maps the first `bytes` of a file. It should be that long; pages that it lacks read as zeros.
    pub(crate) fn new(file: &File, bytes: usize) -> io::Result<Mapping> {
        install_handler()?;
        let slot = Slot::claim().ok_or(io::ErrorKind::QuotaExceeded)?;
        // SAFETY: a fresh mapping at an address of the kernel's choice touches no memory of ours; the descriptor is
        // open for the duration of the call, and the arguments are plain numbers.
        let address =
            unsafe { libc::mmap(ptr::null_mut(), bytes, libc::PROT_READ, libc::MAP_PRIVATE, file.as_raw_fd(), 0) };
        if address == libc::MAP_FAILED {
            let error = io::Error::last_os_error();
            slot.release();
            return Err(error);
        }
        // From the disk the file is read far ahead, and its pages do not push others out of the cache. A kernel that
        // does not follow the advice only takes longer.
        // SAFETY: the range is the mapping just made; the advice changes no content.
        unsafe { libc::madvise(address, bytes, libc::MADV_SEQUENTIAL) };
        let mapping = Mapping { address: address as usize, bytes, slot };
        slot.watch(mapping.address, mapping.address + bytes.next_multiple_of(page_bytes()));
        Ok(mapping)
    }

    /// Part of the bytes, cut at the mapping's end. [`give_back`](Self::give_back) it after reading.
    pub(crate) fn part(&self, part: Range<usize>) -> &[u8] {
        let end = part.end.min(self.bytes);
        let start = part.start.min(end);
        // SAFETY: the range lies inside the mapping, which is readable and lives until `self` is dropped. A page that
        // the file loses is replaced by a zero page in the SIGBUS handler before the access continues; a page given back
        // comes again from the file when it is touched. See the module head on bytes that change.
        unsafe { std::slice::from_raw_parts((self.address as *const u8).add(start), end - start) }
    }

    /// Brings the pages of a part into the mapping, which touching them would do as well: with a call for all (Linux 5.14 and
    /// later) that takes two thirds of the time of a fault for every 64 KiB.
    pub(crate) fn bring(&self, part: Range<usize>) {
        let bytes = self.part(part);
        let margin = bytes.as_ptr().addr() % page_bytes();
        let start = bytes.as_ptr().wrapping_sub(margin);
        // SAFETY: the range lies inside the mapping and begins on a page; the advice changes no content. Pages that the file
        // lost are an error, which leaves them to the handler.
        let brought =
            unsafe { libc::madvise(start as *mut libc::c_void, bytes.len() + margin, libc::MADV_POPULATE_READ) };
        if brought != 0 {
            bytes.iter().step_by(FAULT_AROUND_BYTES).for_each(|byte| _ = black_box(*byte));
        }
    }

    /// Lets the pages around a part go: they no longer count as the process's memory.
    ///
    /// A thread that reads beside it, or even inside it, goes on reading the same bytes; its next touch costs a fault.
    pub(crate) fn give_back(&self, part: Range<usize>) {
        let around = LARGE_PAGE_BYTES.max(page_bytes());
        let mapped = self.address..self.address + self.bytes.next_multiple_of(page_bytes());
        let start = ((self.address + part.start.min(self.bytes)) / around * around).max(mapped.start);
        let end = (self.address + part.end.min(self.bytes)).next_multiple_of(around).min(mapped.end);
        if start < end {
            // SAFETY: the range lies inside the mapping and begins on a page. The pages are never written to by us, so
            // dropping them loses nothing: the next access brings the file's content, or zeros where they replaced it.
            unsafe { libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_DONTNEED) };
        }
    }

    /// Whether a page was missing because the file had become shorter. What was read since may be zeros.
    pub(crate) fn lost_pages(&self) -> bool {
        self.slot.lost.load(Ordering::Acquire)
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        self.slot.release();
        // SAFETY: the range was mapped in `new`, nobody else unmaps it, and `part` borrows `self`, so no reference is
        // left.
        unsafe { libc::munmap(self.address as *mut libc::c_void, self.bytes) };
    }
}

/// One watched mapping. Fixed and static, because a signal handler may neither lock nor allocate.
struct Slot {
    claimed: AtomicBool,
    start: AtomicUsize,
    end: AtomicUsize,
    lost: AtomicBool,
}

/// How many files may be mapped at once. Past that, files are read instead.
const SLOTS: usize = 128;

static WATCHED: [Slot; SLOTS] = [const {
    Slot {
        claimed: AtomicBool::new(false),
        start: AtomicUsize::new(0),
        end: AtomicUsize::new(0),
        lost: AtomicBool::new(false),
    }
}; SLOTS];

impl Slot {
    fn claim() -> Option<&'static Slot> {
        let free =
            |slot: &&Slot| slot.claimed.compare_exchange(false, true, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        WATCHED.iter().find(free)
    }

    fn watch(&self, start: usize, end: usize) {
        self.lost.store(false, Ordering::Release);
        self.start.store(start, Ordering::Release);
        self.end.store(end, Ordering::Release);
    }

    fn release(&self) {
        self.end.store(0, Ordering::Release);
        self.start.store(0, Ordering::Release);
        self.claimed.store(false, Ordering::Release);
    }

    fn contains(&self, address: usize) -> bool {
        self.start.load(Ordering::Acquire) <= address && address < self.end.load(Ordering::Acquire)
    }
}

static PAGE_BYTES: AtomicUsize = AtomicUsize::new(0);

fn page_bytes() -> usize {
    match PAGE_BYTES.load(Ordering::Relaxed) {
        0 => {
            // SAFETY: sysconf has no preconditions.
            let bytes = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
            let bytes = usize::try_from(bytes).ok().filter(|bytes| bytes.is_power_of_two()).unwrap_or(4096);
            PAGE_BYTES.store(bytes, Ordering::Relaxed);
            bytes
        }
        bytes => bytes,
    }
}

/// What handled SIGBUS before: the Rust runtime's check for stack overflow, usually.
struct Previous(libc::sigaction);

static PREVIOUS: OnceLock<Result<Previous, i32>> = OnceLock::new();

fn install_handler() -> io::Result<()> {
    let installed = PREVIOUS.get_or_init(|| {
        page_bytes(); // known before the handler can run
        // SAFETY: a zeroed sigaction is a valid value (no flags, empty mask, default handler), and both pointers are to
        // live locals. The handler has the signature that SA_SIGINFO asks for.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = on_sigbus as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            let mut previous: libc::sigaction = std::mem::zeroed();
            match libc::sigaction(libc::SIGBUS, &raw const action, &raw mut previous) {
                0 => Ok(Previous(previous)),
                _ => Err(io::Error::last_os_error().raw_os_error().unwrap_or(libc::EINVAL)),
            }
        }
    });
    match installed {
        Ok(_) => Ok(()),
        Err(errno) => Err(io::Error::from_raw_os_error(*errno)),
    }
}

/// Runs on the thread that touched a lost page. Only atomics and system calls: async-signal-safe.
extern "C" fn on_sigbus(_signal: libc::c_int, info: *mut libc::siginfo_t, _context: *mut libc::c_void) {
    // SAFETY: with SA_SIGINFO the kernel passes a valid siginfo, and si_addr is set for SIGBUS.
    let address = unsafe { (*info).si_addr() } as usize;
    if let Some(slot) = WATCHED.iter().find(|slot| slot.contains(address)) {
        let start = address & !(page_bytes() - 1);
        let bytes = slot.end.load(Ordering::Acquire) - start;
        // SAFETY: the range lies inside a mapping of ours (the slot says so), so MAP_FIXED replaces nothing else. mmap
        // is a plain system call and changes no errno when it succeeds.
        let replaced = unsafe {
            libc::mmap(
                start as *mut libc::c_void,
                bytes,
                libc::PROT_READ,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED,
                -1,
                0,
            )
        };
        if replaced != libc::MAP_FAILED {
            slot.lost.store(true, Ordering::Release);
            return;
        }
    }
    // Not ours: give the signal back to whoever had it and return; the access faults again and reaches them.
    if let Some(Ok(previous)) = PREVIOUS.get() {
        // SAFETY: `previous` is what sigaction returned for this signal.
        unsafe { libc::sigaction(libc::SIGBUS, &raw const previous.0, ptr::null_mut()) };
    } else {
        // SAFETY: as above; the default action is always valid.
        unsafe { libc::signal(libc::SIGBUS, libc::SIG_DFL) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

    fn file_of(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[test]
    fn any_part_can_be_read_again_after_it_was_given_back() {
        let content: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
        let mapping = Mapping::new(&file_of(&content), content.len()).unwrap();
        for part in [0..1, 1..4097, 4095..4097, 4096..8192, 65_536..131_072, 100_000..300_000, 299_999..400_000] {
            let expected = &content[part.start..part.end.min(content.len())];
            assert_eq!(mapping.part(part.clone()), expected);
            mapping.give_back(part.clone());
            assert_eq!(mapping.part(part), expected);
        }
        assert_eq!(mapping.part(400_000..500_000), b"");
        mapping.give_back(400_000..500_000);
        assert!(!mapping.lost_pages());
    }

    #[test]
    fn what_is_given_back_is_no_memory_of_the_process() {
        let content = vec![b'x'; 1 << 20];
        let mapping = Mapping::new(&file_of(&content), content.len()).unwrap();
        for start in (0..content.len()).step_by(100_000) {
            let part = start..(start + 100_000).min(content.len());
            assert!(mapping.part(part.clone()).iter().all(|&byte| byte == b'x'));
            assert_eq!(resident_pages(&mapping, part.clone()), pages(&part).len());
            mapping.give_back(part.clone());
            assert_eq!(resident_pages(&mapping, part), 0, "after the part from {start}");
        }
    }

    fn pages(part: &Range<usize>) -> Range<usize> {
        part.start / page_bytes()..part.end.div_ceil(page_bytes())
    }

    /// How many pages around a part count as the process's memory. Of the part alone: while a page is being written to the
    /// disk, the kernel may map all that it keeps together with it, further than `FAULT_AROUND_BYTES`.
    fn resident_pages(mapping: &Mapping, part: Range<usize>) -> usize {
        let mut table = File::open("/proc/self/pagemap").unwrap();
        let pages = pages(&part);
        let mut entries = vec![[0; 8]; pages.len()];
        table.seek(SeekFrom::Start(((mapping.address / page_bytes() + pages.start) * 8) as u64)).unwrap();
        table.read_exact(entries.as_flattened_mut()).unwrap();
        entries.iter().filter(|entry| u64::from_ne_bytes(**entry) >> 63 == 1).count()
    }

    #[test]
    fn truncation_under_a_mapping_reads_as_zeros_and_is_reported() {
        let file = file_of(&vec![b'x'; 64 << 10]);
        let mapping = Mapping::new(&file, 64 << 10).unwrap();
        file.set_len(5000).unwrap();
        let bytes = mapping.part(0..64 << 10);
        assert_eq!(bytes[4999], b'x');
        assert_eq!(bytes[40_000], 0);
        assert_eq!(bytes.iter().filter(|&&byte| byte == b'x').count(), 5000);
        assert!(mapping.lost_pages());
        mapping.give_back(0..64 << 10);
        assert_eq!(mapping.part(0..64 << 10).iter().filter(|&&byte| byte == b'x').count(), 5000);
    }
}
