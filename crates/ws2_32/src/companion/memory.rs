//! Heaps and pages.
//!
//! Every block comes from malloc, so that `LocalFree` and `HeapFree` take what any function here allocated. The exact
//! size that was asked for stands at the very end of what malloc gave, beside a mark; `HeapSize` and its like read it.

use std::collections::{HashMap, HashSet};
use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use winbase::{Code, error};
use winsock::set_last_error;

use super::{handle, or, truth};
use crate::boundary::usable;
use crate::types::HANDLE;

const HEAP_ZERO_MEMORY: u32 = 8;
const HEAP_REALLOC_IN_PLACE_ONLY: u32 = 0x10;
const LMEM_MOVEABLE: u32 = 2;
const LMEM_ZEROINIT: u32 = 0x40;
const LMEM_MODIFY: u32 = 0x80;

/// What the size is mixed with: the address makes a stale copy invalid.
const MARK: usize = 0x7773_615f_6865_6170;
const TRAILER: usize = size_of::<usize>();

/// The process's own heap; others are numbered from here on.
const PROCESS_HEAP: usize = 0x4000_0000;

/// The blocks of each heap that `HeapCreate` made: `HeapDestroy` frees them.
static HEAPS: LazyLock<Mutex<Heaps>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Heaps {
    blocks: HashMap<usize, HashSet<usize>>,
    made: usize,
}

fn heaps() -> MutexGuard<'static, Heaps> {
    HEAPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A block of exactly `size` bytes; null if there is no memory.
fn allocate(size: usize, zeroed: bool) -> *mut c_void {
    let Some(whole) = size.checked_add(TRAILER) else { return null_mut() };
    // SAFETY: both take any size; null is looked at.
    let block = unsafe { if zeroed { libc::calloc(1, whole) } else { libc::malloc(whole) } };
    if !block.is_null() {
        // SAFETY: the block was just allocated with room for the trailer.
        unsafe { mark(block, size) };
    }
    block
}

/// # Safety
/// The block is malloc's, with room for the trailer behind `size` bytes.
unsafe fn mark(block: *mut c_void, size: usize) {
    // SAFETY: what malloc_usable_size counts is the block's.
    unsafe {
        let end = block.byte_add(libc::malloc_usable_size(block) - TRAILER);
        end.cast::<usize>().write_unaligned(size ^ MARK ^ block.addr());
    }
}

/// The size that was asked for; of a block that another function allocated, all that there is.
///
/// # Safety
/// The block is malloc's.
unsafe fn size_of_block(block: *mut c_void) -> usize {
    // SAFETY: as above; a foreign block has bytes there too, that are no size with our mark.
    unsafe {
        let usable = libc::malloc_usable_size(block);
        if usable < TRAILER {
            return usable;
        }
        let size = block.byte_add(usable - TRAILER).cast::<usize>().read_unaligned() ^ MARK ^ block.addr();
        if size <= usable - TRAILER { size } else { usable }
    }
}

/// Another size for a block, which may move; null, with the block as it was, if there is no memory.
///
/// # Safety
/// The block is malloc's.
unsafe fn reallocate(block: *mut c_void, size: usize, zeroed: bool) -> *mut c_void {
    let Some(whole) = size.checked_add(TRAILER) else { return null_mut() };
    // SAFETY: the caller's promise; the new part is within the new block.
    unsafe {
        let before = size_of_block(block);
        let moved = libc::realloc(block, whole);
        if !moved.is_null() {
            if zeroed && size > before {
                moved.byte_add(before).cast::<u8>().write_bytes(0, size - before);
            }
            mark(moved, size);
        }
        moved
    }
}

fn noted(heap: usize, block: *mut c_void) -> *mut c_void {
    if let Some(blocks) = heaps().blocks.get_mut(&heap).filter(|_| !block.is_null()) {
        blocks.insert(block.addr());
    }
    block
}

/// The process's heap.
#[unsafe(export_name = "ws2_GetProcessHeap")]
pub extern "system" fn GetProcessHeap() -> HANDLE {
    handle(PROCESS_HEAP)
}

/// A heap of its own. Its size is not limited.
#[unsafe(export_name = "ws2_HeapCreate")]
pub extern "system" fn HeapCreate(_floptions: u32, _dwinitialsize: usize, _dwmaximumsize: usize) -> HANDLE {
    let mut heaps = heaps();
    heaps.made += 1;
    let number = PROCESS_HEAP + 16 * heaps.made;
    heaps.blocks.insert(number, HashSet::new());
    handle(number)
}

/// Frees every block of a heap and ends it.
#[unsafe(export_name = "ws2_HeapDestroy")]
pub extern "system" fn HeapDestroy(hheap: HANDLE) -> i32 {
    let Some(blocks) = heaps().blocks.remove(&hheap.addr()) else { return truth(Err(error::INVALID_HANDLE)) };
    for block in blocks {
        // SAFETY: the heap's own block, which was not freed before: then it would not be listed.
        unsafe { libc::free(std::ptr::with_exposed_provenance_mut(block)) };
    }
    1
}

/// A block of a heap.
#[unsafe(export_name = "ws2_HeapAlloc")]
pub extern "system" fn HeapAlloc(hheap: HANDLE, dwflags: u32, dwbytes: usize) -> *mut c_void {
    let block = noted(hheap.addr(), allocate(dwbytes, dwflags & HEAP_ZERO_MEMORY != 0));
    block.expose_provenance();
    block
}

/// Another size for a block.
#[unsafe(export_name = "ws2_HeapReAlloc")]
pub unsafe extern "system" fn HeapReAlloc(
    hheap: HANDLE,
    dwflags: u32,
    lpmem: *mut c_void,
    dwbytes: usize,
) -> *mut c_void {
    if !usable(lpmem) {
        return null_mut();
    }
    // SAFETY: the caller gives a block of this heap.
    unsafe {
        if dwflags & HEAP_REALLOC_IN_PLACE_ONLY != 0 {
            let fits = dwbytes <= libc::malloc_usable_size(lpmem).saturating_sub(TRAILER);
            if fits {
                mark(lpmem, dwbytes);
            }
            return if fits { lpmem } else { null_mut() };
        }
        let before = lpmem.addr();
        let moved = reallocate(lpmem, dwbytes, dwflags & HEAP_ZERO_MEMORY != 0);
        if !moved.is_null()
            && let Some(blocks) = heaps().blocks.get_mut(&hheap.addr())
        {
            blocks.remove(&before);
            blocks.insert(moved.expose_provenance());
        }
        moved
    }
}

/// Gives a block back.
#[unsafe(export_name = "ws2_HeapFree")]
pub unsafe extern "system" fn HeapFree(hheap: HANDLE, _dwflags: u32, lpmem: *mut c_void) -> i32 {
    if let Some(blocks) = heaps().blocks.get_mut(&hheap.addr()) {
        blocks.remove(&lpmem.addr());
    }
    // SAFETY: null, or the caller's block.
    unsafe { libc::free(lpmem) };
    1
}

/// The size of a block.
#[unsafe(export_name = "ws2_HeapSize")]
pub unsafe extern "system" fn HeapSize(_hheap: HANDLE, _dwflags: u32, lpmem: *const c_void) -> usize {
    // SAFETY: the caller gives a block.
    if usable(lpmem) { unsafe { size_of_block(lpmem.cast_mut()) } } else { usize::MAX }
}

/// Whether a heap is sound. malloc checks itself.
#[unsafe(export_name = "ws2_HeapValidate")]
pub extern "system" fn HeapValidate(_hheap: HANDLE, _dwflags: u32, _lpmem: *const c_void) -> i32 {
    1
}

fn moveable(uflags: u32, ubytes: usize) -> *mut c_void {
    let block = allocate(ubytes, uflags & LMEM_ZEROINIT != 0);
    if block.is_null() {
        set_last_error(error::NOT_ENOUGH_MEMORY);
    }
    block
}

/// A block. Handles of moveable blocks are their addresses: `GlobalLock` has nothing to do.
#[unsafe(export_name = "ws2_LocalAlloc")]
pub extern "system" fn LocalAlloc(uflags: u32, ubytes: usize) -> *mut c_void {
    moveable(uflags, ubytes)
}

/// As [`LocalAlloc`].
#[unsafe(export_name = "ws2_GlobalAlloc")]
pub extern "system" fn GlobalAlloc(uflags: u32, dwbytes: usize) -> *mut c_void {
    moveable(uflags, dwbytes)
}

/// Another size for a block of [`LocalAlloc`]: one that must not move fails, as on Windows, unless `LMEM_MOVEABLE` allows
/// it here.
#[unsafe(export_name = "ws2_LocalReAlloc")]
pub unsafe extern "system" fn LocalReAlloc(hmem: *mut c_void, ubytes: usize, uflags: u32) -> *mut c_void {
    // SAFETY: the caller gives a block.
    or(null_mut(), unsafe { resize(hmem, ubytes, uflags) })
}

/// As [`LocalReAlloc`].
#[unsafe(export_name = "ws2_GlobalReAlloc")]
pub unsafe extern "system" fn GlobalReAlloc(hmem: *mut c_void, dwbytes: usize, uflags: u32) -> *mut c_void {
    // SAFETY: the caller gives a block.
    or(null_mut(), unsafe { resize(hmem, dwbytes, uflags) })
}

/// # Safety
/// If usable, the block is malloc's.
unsafe fn resize(block: *mut c_void, size: usize, flags: u32) -> Result<*mut c_void, Code> {
    if !usable(block) {
        return Err(error::INVALID_HANDLE);
    }
    if flags & LMEM_MODIFY != 0 {
        return Ok(block);
    }
    // SAFETY: the caller's promise.
    unsafe {
        if flags & LMEM_MOVEABLE == 0 && size > libc::malloc_usable_size(block).saturating_sub(TRAILER) {
            return Err(error::NOT_ENOUGH_MEMORY);
        }
        let moved = reallocate(block, size, flags & LMEM_ZEROINIT != 0);
        if moved.is_null() { Err(error::NOT_ENOUGH_MEMORY) } else { Ok(moved) }
    }
}

/// The size of a block of [`LocalAlloc`]; 0 for none.
#[unsafe(export_name = "ws2_LocalSize")]
pub unsafe extern "system" fn LocalSize(hmem: *mut c_void) -> usize {
    // SAFETY: the caller gives a block.
    if usable(hmem) { unsafe { size_of_block(hmem) } } else { or(0, Err(error::INVALID_HANDLE)) }
}

/// As [`LocalSize`].
#[unsafe(export_name = "ws2_GlobalSize")]
pub unsafe extern "system" fn GlobalSize(hmem: *mut c_void) -> usize {
    // SAFETY: the caller gives a block.
    unsafe { LocalSize(hmem) }
}

/// Gives back what [`LocalAlloc`] and `FormatMessage` allocated. Returns null.
#[unsafe(export_name = "ws2_LocalFree")]
pub unsafe extern "system" fn LocalFree(hmem: *mut c_void) -> *mut c_void {
    // SAFETY: null, or the caller's memory of malloc.
    unsafe { libc::free(hmem) };
    null_mut()
}

/// As [`LocalFree`].
#[unsafe(export_name = "ws2_GlobalFree")]
pub unsafe extern "system" fn GlobalFree(hmem: *mut c_void) -> *mut c_void {
    // SAFETY: the caller gives a block.
    unsafe { LocalFree(hmem) }
}

/// What `VirtualAlloc` mapped: size and protection, by address.
static PAGES: LazyLock<Mutex<HashMap<usize, (usize, u32)>>> = LazyLock::new(Mutex::default);

const MEM_COMMIT: u32 = 0x1000;
const MEM_RESERVE: u32 = 0x2000;
const MEM_DECOMMIT: u32 = 0x4000;
const MEM_RELEASE: u32 = 0x8000;
const PAGE: usize = 4096;
const PAGE_NOACCESS: u32 = 1;

/// Linux's protection for a `PAGE_` number.
fn protection(windows: u32) -> Result<i32, Code> {
    Ok(match windows & 0xff {
        PAGE_NOACCESS => libc::PROT_NONE,
        2 => libc::PROT_READ,
        4 | 8 => libc::PROT_READ | libc::PROT_WRITE,
        0x10 => libc::PROT_EXEC,
        0x20 => libc::PROT_READ | libc::PROT_EXEC,
        0x40 | 0x80 => libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC,
        _ => return Err(error::INVALID_PARAMETER),
    })
}

/// Reserves pages, makes them usable, or both.
#[unsafe(export_name = "ws2_VirtualAlloc")]
pub unsafe extern "system" fn VirtualAlloc(
    lpaddress: *mut c_void,
    dwsize: usize,
    flallocationtype: u32,
    flprotect: u32,
) -> *mut c_void {
    // SAFETY: only fresh pages, or pages that this function reserved, are touched.
    or(null_mut(), unsafe { map(lpaddress, dwsize, flallocationtype, flprotect) })
}

/// # Safety
/// None beyond what the page says: memory that is in use elsewhere is not given.
unsafe fn map(address: *mut c_void, size: usize, kind: u32, protect: u32) -> Result<*mut c_void, Code> {
    let prot = protection(protect)?;
    if size == 0 || kind & (MEM_COMMIT | MEM_RESERVE) == 0 {
        return Err(error::INVALID_PARAMETER);
    }
    let size = size.checked_next_multiple_of(PAGE).ok_or(error::INVALID_PARAMETER)?;
    let mut pages = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let reserved = pages.iter().any(|(&start, &(length, _))| {
        (start..start + length).contains(&address.addr()) && address.addr() + size <= start + length
    });
    if !address.is_null() && reserved && kind & MEM_COMMIT != 0 {
        let start = address.map_addr(|address| address & !(PAGE - 1));
        // SAFETY: within pages that are this function's.
        let done = unsafe { libc::mprotect(start, size + (address.addr() - start.addr()), prot) };
        return if done == 0 { Ok(start) } else { Err(error::NOT_ENOUGH_MEMORY) };
    }
    let usable_now = if kind & MEM_COMMIT != 0 { prot } else { libc::PROT_NONE };
    // SAFETY: the address is a wish; nothing that is mapped is replaced.
    let found = unsafe { libc::mmap(address, size, usable_now, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0) };
    if found == libc::MAP_FAILED {
        return Err(error::NOT_ENOUGH_MEMORY);
    }
    if !address.is_null() && found.addr() != address.addr() & !0xffff {
        // SAFETY: just mapped and told to nobody.
        unsafe { libc::munmap(found, size) };
        return Err(Code::new(487)); // ERROR_INVALID_ADDRESS
    }
    pages.insert(found.addr(), (size, if kind & MEM_COMMIT != 0 { protect } else { PAGE_NOACCESS }));
    Ok(found)
}

/// Gives pages back, or makes them unusable.
#[unsafe(export_name = "ws2_VirtualFree")]
pub unsafe extern "system" fn VirtualFree(lpaddress: *mut c_void, dwsize: usize, dwfreetype: u32) -> i32 {
    let mut pages = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    truth(match dwfreetype {
        MEM_RELEASE if dwsize != 0 => Err(error::INVALID_PARAMETER),
        MEM_RELEASE => match pages.remove(&lpaddress.addr()) {
            Some((size, _)) => {
                // SAFETY: pages that VirtualAlloc mapped; the caller is done with them.
                unsafe { libc::munmap(lpaddress, size) };
                Ok(())
            }
            None => Err(Code::new(487)),
        },
        MEM_DECOMMIT => {
            let whole = pages.get(&lpaddress.addr()).map_or(0, |(size, _)| *size);
            let size = if dwsize == 0 { whole } else { dwsize };
            // SAFETY: the caller is done with what the pages hold.
            let done = unsafe {
                libc::madvise(lpaddress, size, libc::MADV_DONTNEED) == 0
                    && libc::mprotect(lpaddress, size, libc::PROT_NONE) == 0
            };
            if done { Ok(()) } else { Err(error::INVALID_PARAMETER) }
        }
        _ => Err(error::INVALID_PARAMETER),
    })
}

/// Changes what may be done with pages. The protection before is told of whole regions of `VirtualAlloc`; of other memory
/// it is `PAGE_READWRITE`.
#[unsafe(export_name = "ws2_VirtualProtect")]
pub unsafe extern "system" fn VirtualProtect(
    lpaddress: *mut c_void,
    dwsize: usize,
    flnewprotect: u32,
    lpfloldprotect: *mut u32,
) -> i32 {
    const PAGE_READWRITE: u32 = 4;
    if !usable(lpfloldprotect) {
        return truth(Err(Code::new(998)));
    }
    truth(protection(flnewprotect).and_then(|prot| {
        let start = lpaddress.map_addr(|address| address & !(PAGE - 1));
        let size = (lpaddress.addr() - start.addr() + dwsize).next_multiple_of(PAGE);
        // SAFETY: the caller's memory and its wish.
        if unsafe { libc::mprotect(start, size, prot) } != 0 {
            return Err(Code::new(487));
        }
        let mut pages = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
        let before = pages.get_mut(&start.addr()).map(|(_, protect)| std::mem::replace(protect, flnewprotect));
        // SAFETY: the caller gives a place for it.
        unsafe { lpfloldprotect.write_unaligned(before.unwrap_or(PAGE_READWRITE)) };
        Ok(())
    }))
}
