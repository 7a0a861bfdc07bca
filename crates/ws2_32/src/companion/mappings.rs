//! File mappings and their views.

use std::collections::HashMap;
use std::ffi::c_void;
use std::os::fd::{AsFd, AsRawFd};
use std::ptr::null_mut;
use std::sync::{LazyLock, Mutex, PoisonError};

use winbase::file::mapping::{self, Created, Protection};
use winbase::{Code, error, file};
use winsock::set_last_error;

use super::{handle, or, text_function, truth};
use crate::text;
use crate::types::HANDLE;

const INVALID_HANDLE_VALUE: usize = usize::MAX;
const FILE_MAP_COPY: u32 = 1;
const FILE_MAP_WRITE: u32 = 2;
/// Where in a file views begin, in bytes: what `GetSystemInfo` calls the allocation granularity.
const GRANULARITY: u64 = 0x1_0000;
/// Where a view may be wanted, in bytes: at what is a view's address here, which is Linux' choice.
const PAGE: usize = 4096;
/// `ERROR_MAPPED_ALIGNMENT`.
const MAPPED_ALIGNMENT: Code = Code::new(1132);
/// `ERROR_INVALID_ADDRESS`.
const INVALID_ADDRESS: Code = Code::new(487);

/// The length of each view, by its address.
static VIEWS: LazyLock<Mutex<HashMap<usize, usize>>> = LazyLock::new(Mutex::default);

text_function! {
    /// Makes a mapping of a file, or of memory.
    ws2_CreateFileMappingA, ws2_CreateFileMappingW, ws2_CreateFileMappingW_utf32,
    (
        hfile: HANDLE,
        _lpfilemappingattributes: *const c_void,
        flprotect: u32,
        dwmaximumsizehigh: u32,
        dwmaximumsizelow: u32,
        lpname: *const T,
    ) -> HANDLE {
        // SAFETY: the caller gives a string or null.
        created(unsafe { text::optional(lpname) }.map_err(|_| error::INVALID_NAME).and_then(|name| {
            let size = u64::from(dwmaximumsizehigh) << 32 | u64::from(dwmaximumsizelow);
            let file = (hfile.addr() != INVALID_HANDLE_VALUE).then_some(hfile.addr());
            mapping::create(file, Protection::new(flprotect)?, size, name.as_deref())
        }))
    }
}

/// The handle, or null. The last error tells whether the name belonged to a mapping already.
fn created(result: Result<Created, Code>) -> HANDLE {
    match result {
        Ok((number, existed)) => {
            set_last_error(if existed { error::ALREADY_EXISTS } else { Code::new(0) });
            handle(number)
        }
        Err(code) => or(null_mut(), Err(code)),
    }
}

text_function! {
    /// One more handle of the mapping of this name.
    ws2_OpenFileMappingA, ws2_OpenFileMappingW, ws2_OpenFileMappingW_utf32,
    (_dwdesiredaccess: u32, _binherithandle: i32, lpname: *const T) -> HANDLE {
        // SAFETY: the caller gives a string.
        let name = unsafe { super::files::name(lpname) };
        or(null_mut(), name.and_then(|name| mapping::open(&name)).map(handle))
    }
}

/// Maps bytes of a mapping into memory.
#[unsafe(export_name = "ws2_MapViewOfFile")]
pub extern "system" fn MapViewOfFile(
    hfilemappingobject: HANDLE,
    dwdesiredaccess: u32,
    dwfileoffsethigh: u32,
    dwfileoffsetlow: u32,
    dwnumberofbytestomap: usize,
) -> *mut c_void {
    let offset = u64::from(dwfileoffsethigh) << 32 | u64::from(dwfileoffsetlow);
    or(null_mut(), view(hfilemappingobject.addr(), dwdesiredaccess, offset, dwnumberofbytestomap, null_mut()))
}

/// Maps bytes of a mapping into memory, at the address that the caller names, a multiple of a page: if that is taken,
/// the call fails with `ERROR_INVALID_ADDRESS`.
#[unsafe(export_name = "ws2_MapViewOfFileEx")]
pub extern "system" fn MapViewOfFileEx(
    hfilemappingobject: HANDLE,
    dwdesiredaccess: u32,
    dwfileoffsethigh: u32,
    dwfileoffsetlow: u32,
    dwnumberofbytestomap: usize,
    lpbaseaddress: *mut c_void,
) -> *mut c_void {
    let offset = u64::from(dwfileoffsethigh) << 32 | u64::from(dwfileoffsetlow);
    or(null_mut(), view(hfilemappingobject.addr(), dwdesiredaccess, offset, dwnumberofbytestomap, lpbaseaddress))
}

/// A view at `base`, or where the kernel likes if that is null.
fn view(mapping: usize, access: u32, offset: u64, bytes: usize, base: *mut c_void) -> Result<*mut c_void, Code> {
    let size = mapping::size(mapping)?;
    if !offset.is_multiple_of(GRANULARITY) || !base.addr().is_multiple_of(PAGE) {
        return Err(MAPPED_ALIGNMENT);
    }
    let rest =
        size.checked_sub(offset).filter(|rest| *rest > 0 && bytes as u64 <= *rest).ok_or(error::ACCESS_DENIED)?;
    let length = if bytes == 0 { rest as usize } else { bytes };
    let (protection, flags) = match access {
        FILE_MAP_COPY => (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE),
        access if access & FILE_MAP_WRITE != 0 => (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED),
        _ => (libc::PROT_READ, libc::MAP_SHARED),
    };
    let file = file::get(mapping)?;
    let descriptor = file.as_fd().as_raw_fd();
    let flags = if base.is_null() { flags } else { flags | libc::MAP_FIXED_NOREPLACE };
    // SAFETY: a fresh place, of the kernel's choice or the caller's; nothing that is mapped is replaced.
    let place = unsafe { libc::mmap(base, length, protection, flags, descriptor, offset.cast_signed()) };
    if place == libc::MAP_FAILED {
        return Err(match std::io::Error::last_os_error().raw_os_error() {
            _ if !base.is_null() => INVALID_ADDRESS,
            Some(libc::ENOMEM) => error::NOT_ENOUGH_MEMORY,
            _ => error::ACCESS_DENIED,
        });
    }
    // Kernels before 4.17, and valgrind's imitation, take the address for a wish.
    if !base.is_null() && place != base {
        // SAFETY: mapped just now, and nobody else knows of it.
        unsafe { libc::munmap(place, length) };
        return Err(INVALID_ADDRESS);
    }
    views().insert(place.addr(), length);
    Ok(place)
}

fn views() -> std::sync::MutexGuard<'static, HashMap<usize, usize>> {
    VIEWS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a view away.
#[unsafe(export_name = "ws2_UnmapViewOfFile")]
pub unsafe extern "system" fn UnmapViewOfFile(lpbaseaddress: *const c_void) -> i32 {
    truth(views().remove(&lpbaseaddress.addr()).ok_or(INVALID_ADDRESS).map(|length| {
        // SAFETY: a view that MapViewOfFile made; the caller is done with it.
        unsafe { libc::munmap(lpbaseaddress.cast_mut(), length) };
    }))
}

/// Writes what was changed in a view to its file.
#[unsafe(export_name = "ws2_FlushViewOfFile")]
pub unsafe extern "system" fn FlushViewOfFile(lpbaseaddress: *const c_void, dwnumberofbytestoflush: usize) -> i32 {
    let address = lpbaseaddress.addr();
    let end = views()
        .iter()
        .map(|(&start, &length)| (start, start + length))
        .find(|(start, end)| (*start..*end).contains(&address));
    truth(end.ok_or(INVALID_ADDRESS).map(|(_, end)| {
        let start = lpbaseaddress.cast_mut().map_addr(|address| address & !(PAGE - 1));
        let wanted = if dwnumberofbytestoflush == 0 { end } else { end.min(address + dwnumberofbytestoflush) };
        // SAFETY: pages of a view.
        unsafe { libc::msync(start, wanted - start.addr(), libc::MS_SYNC) };
    }))
}
