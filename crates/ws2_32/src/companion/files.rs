//! Files by name and by handle.

use std::ffi::c_void;

use winbase::error;
use winbase::file::{self, Creation, Request, directory, information};
use winbase::time::FileTime;
use winsock::{Code, set_last_error};

use super::{handle, or, text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};
use crate::types::HANDLE;

const INVALID_HANDLE_VALUE: usize = usize::MAX;
const MOVEFILE_REPLACE_EXISTING: u32 = 1;

/// A name that a caller gives.
///
/// # Safety
/// If usable, the pointer is to a zero-terminated string.
pub(super) unsafe fn name<T: Unit>(pointer: *const T) -> Result<String, Code> {
    // SAFETY: the caller's promise.
    unsafe { text::units(pointer) }.map(|units| T::decode(&units)).map_err(|_| error::INVALID_PARAMETER)
}

text_function! {
    /// Opens or makes a file.
    ws2_CreateFileA, ws2_CreateFileW, ws2_CreateFileW_utf32,
    (
        lpfilename: *const T,
        dwdesiredaccess: u32,
        _dwsharemode: u32,
        _lpsecurityattributes: *const c_void,
        dwcreationdisposition: u32,
        dwflagsandattributes: u32,
        _htemplatefile: HANDLE,
    ) -> HANDLE {
        // SAFETY: the caller gives a string.
        let opened = unsafe { name(lpfilename) }.and_then(|name| {
            let creation = Creation::new(dwcreationdisposition)?;
            file::open(&name, Request { access: dwdesiredaccess, creation, flags: dwflagsandattributes })
        });
        match opened {
            Ok(opened) => {
                // Docs: "CreateFileW function", Return value: success with either creation tells whether it was there.
                if matches!(Creation::new(dwcreationdisposition), Ok(Creation::Always | Creation::OpenAlways)) {
                    set_last_error(if opened.existed { error::ALREADY_EXISTS } else { Code::new(0) });
                }
                handle(opened.handle)
            }
            Err(code) => or(handle(INVALID_HANDLE_VALUE), Err(code)),
        }
    }
}

text_function! {
    /// Removes a file.
    ws2_DeleteFileA, ws2_DeleteFileW, ws2_DeleteFileW_utf32,
    (lpfilename: *const T) -> i32 {
        // SAFETY: the caller gives a string.
        truth(unsafe { name(lpfilename) }.and_then(|name| directory::delete(&name)))
    }
}

text_function! {
    /// Makes a folder.
    ws2_CreateDirectoryA, ws2_CreateDirectoryW, ws2_CreateDirectoryW_utf32,
    (lppathname: *const T, _lpsecurityattributes: *const c_void) -> i32 {
        // SAFETY: the caller gives a string.
        truth(unsafe { name(lppathname) }.and_then(|name| directory::create(&name)))
    }
}

text_function! {
    /// Bytes of the file system that a folder is on; without a folder, the current one.
    ws2_GetDiskFreeSpaceExA, ws2_GetDiskFreeSpaceExW, ws2_GetDiskFreeSpaceExW_utf32,
    (
        lpdirectoryname: *const T,
        lpfreebytesavailabletocaller: *mut u64,
        lptotalnumberofbytes: *mut u64,
        lptotalnumberoffreebytes: *mut u64,
    ) -> i32 {
        // SAFETY: the caller gives a string or null.
        let folder = unsafe { text::optional(lpdirectoryname) }.map_err(|_| error::INVALID_PARAMETER);
        truth(folder.and_then(|folder| information::space(folder.as_deref().unwrap_or("."))).map(|(own, all, left)| {
            let places = [lpfreebytesavailabletocaller, lptotalnumberofbytes, lptotalnumberoffreebytes];
            for (place, bytes) in places.into_iter().zip([own, all, left]).filter(|(place, _)| usable(*place)) {
                // SAFETY: the caller gives places for what it wants told.
                unsafe { place.write_unaligned(bytes) };
            }
        }))
    }
}

text_function! {
    /// Removes an empty folder.
    ws2_RemoveDirectoryA, ws2_RemoveDirectoryW, ws2_RemoveDirectoryW_utf32,
    (lppathname: *const T) -> i32 {
        // SAFETY: the caller gives a string.
        truth(unsafe { name(lppathname) }.and_then(|name| directory::remove(&name)))
    }
}

text_function! {
    /// Gives a file another name.
    ws2_MoveFileA, ws2_MoveFileW, ws2_MoveFileW_utf32,
    (lpexistingfilename: *const T, lpnewfilename: *const T) -> i32 {
        // SAFETY: the caller gives two strings.
        truth(unsafe { rename(lpexistingfilename, lpnewfilename, false) })
    }
}

text_function! {
    /// Gives a file another name, which may be taken.
    ws2_MoveFileExA, ws2_MoveFileExW, ws2_MoveFileExW_utf32,
    (lpexistingfilename: *const T, lpnewfilename: *const T, dwflags: u32) -> i32 {
        // SAFETY: the caller gives two strings.
        truth(unsafe { rename(lpexistingfilename, lpnewfilename, dwflags & MOVEFILE_REPLACE_EXISTING != 0) })
    }
}

/// # Safety
/// If usable, both are zero-terminated strings.
unsafe fn rename<T: Unit>(from: *const T, to: *const T, replace: bool) -> Result<(), Code> {
    // SAFETY: the caller's promise.
    let (from, to) = unsafe { (name(from)?, name(to)?) };
    directory::rename(&from, &to, replace)
}

text_function! {
    /// Copies a file.
    ws2_CopyFileA, ws2_CopyFileW, ws2_CopyFileW_utf32,
    (lpexistingfilename: *const T, lpnewfilename: *const T, bfailifexists: i32) -> i32 {
        // SAFETY: the caller gives two strings.
        let names = unsafe { name(lpexistingfilename).and_then(|from| Ok((from, name(lpnewfilename)?))) };
        truth(names.and_then(|(from, to)| directory::copy(&from, &to, bfailifexists == 0)))
    }
}

text_function! {
    /// `FILE_ATTRIBUTE_` bits, or `INVALID_FILE_ATTRIBUTES`.
    ws2_GetFileAttributesA, ws2_GetFileAttributesW, ws2_GetFileAttributesW_utf32,
    (lpfilename: *const T) -> u32 {
        // SAFETY: the caller gives a string.
        let found = unsafe { name(lpfilename) }.and_then(|name| information::by_name(&name));
        or(u32::MAX, found.map(|found| found.attributes))
    }
}

text_function! {
    /// Makes a file read-only, or writable.
    ws2_SetFileAttributesA, ws2_SetFileAttributesW, ws2_SetFileAttributesW_utf32,
    (lpfilename: *const T, dwfileattributes: u32) -> i32 {
        // SAFETY: the caller gives a string.
        truth(unsafe { name(lpfilename) }.and_then(|name| information::set_attributes(&name, dwfileattributes)))
    }
}

/// `WIN32_FILE_ATTRIBUTE_DATA`, and the beginning of `WIN32_FIND_DATA`.
#[derive(Clone, Copy)]
#[repr(C)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct WIN32_FILE_ATTRIBUTE_DATA {
    pub dwFileAttributes: u32,
    pub ftCreationTime: [u32; 2],
    pub ftLastAccessTime: [u32; 2],
    pub ftLastWriteTime: [u32; 2],
    pub nFileSizeHigh: u32,
    pub nFileSizeLow: u32,
}

impl WIN32_FILE_ATTRIBUTE_DATA {
    pub(super) fn of(found: &information::Information) -> WIN32_FILE_ATTRIBUTE_DATA {
        WIN32_FILE_ATTRIBUTE_DATA {
            dwFileAttributes: found.attributes,
            ftCreationTime: halves(found.created),
            ftLastAccessTime: halves(found.accessed),
            ftLastWriteTime: halves(found.written),
            nFileSizeHigh: (found.size >> 32) as u32,
            nFileSizeLow: found.size as u32,
        }
    }
}

/// `FILETIME` has the low half first, and only 32-bit alignment.
pub(super) fn halves(time: FileTime) -> [u32; 2] {
    [time.0 as u32, (time.0 >> 32) as u32]
}

/// Writes times to the places that are given.
///
/// # Safety
/// Places that are usable are good for writing.
pub(super) unsafe fn tell_times<const N: usize>(times: [FileTime; N], places: [*mut [u32; 2]; N]) {
    for (time, place) in times.into_iter().zip(places).filter(|(_, place)| usable(*place)) {
        // SAFETY: the caller's promise.
        unsafe { place.write_unaligned(halves(time)) };
    }
}

pub(super) fn whole([low, high]: [u32; 2]) -> FileTime {
    FileTime(u64::from(high) << 32 | u64::from(low))
}

text_function! {
    /// What is known of a file by name.
    ws2_GetFileAttributesExA, ws2_GetFileAttributesExW, ws2_GetFileAttributesExW_utf32,
    (lpfilename: *const T, finfolevelid: i32, lpfileinformation: *mut WIN32_FILE_ATTRIBUTE_DATA) -> i32 {
        if finfolevelid != 0 || !usable(lpfileinformation) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        // SAFETY: the caller gives a string, and a place for the answer.
        truth(unsafe {
            name(lpfilename).and_then(|name| information::by_name(&name)).map(|found| {
                lpfileinformation.write_unaligned(WIN32_FILE_ATTRIBUTE_DATA::of(&found));
            })
        })
    }
}

/// `BY_HANDLE_FILE_INFORMATION`.
#[derive(Clone, Copy)]
#[repr(C)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct BY_HANDLE_FILE_INFORMATION {
    pub dwFileAttributes: u32,
    pub ftCreationTime: [u32; 2],
    pub ftLastAccessTime: [u32; 2],
    pub ftLastWriteTime: [u32; 2],
    pub dwVolumeSerialNumber: u32,
    pub nFileSizeHigh: u32,
    pub nFileSizeLow: u32,
    pub nNumberOfLinks: u32,
    pub nFileIndexHigh: u32,
    pub nFileIndexLow: u32,
}

/// What is known of an open file.
#[unsafe(export_name = "ws2_GetFileInformationByHandle")]
pub unsafe extern "system" fn GetFileInformationByHandle(
    hfile: HANDLE,
    lpfileinformation: *mut BY_HANDLE_FILE_INFORMATION,
) -> i32 {
    if !usable(lpfileinformation) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    truth(information::by_handle(hfile.addr()).map(|found| {
        let told = BY_HANDLE_FILE_INFORMATION {
            dwFileAttributes: found.attributes,
            ftCreationTime: halves(found.created),
            ftLastAccessTime: halves(found.accessed),
            ftLastWriteTime: halves(found.written),
            dwVolumeSerialNumber: found.volume,
            nFileSizeHigh: (found.size >> 32) as u32,
            nFileSizeLow: found.size as u32,
            nNumberOfLinks: found.links,
            nFileIndexHigh: (found.index >> 32) as u32,
            nFileIndexLow: found.index as u32,
        };
        // SAFETY: the caller gives a place for it.
        unsafe { lpfileinformation.write_unaligned(told) }
    }))
}

/// The kind of what is behind a handle; 0 for none.
#[unsafe(export_name = "ws2_GetFileType")]
pub extern "system" fn GetFileType(hfile: HANDLE) -> u32 {
    or(0, information::kind(hfile.addr()))
}

/// The size of a file; its high half to `lpfilesizehigh`, if that is wanted.
#[unsafe(export_name = "ws2_GetFileSize")]
pub unsafe extern "system" fn GetFileSize(hfile: HANDLE, lpfilesizehigh: *mut u32) -> u32 {
    // SAFETY: the caller gives a place for the high half, or none.
    or(u32::MAX, file::size(hfile.addr()).map(|size| unsafe { low_half(size, lpfilesizehigh) }))
}

/// # Safety
/// If usable, the pointer is good for writing.
unsafe fn low_half(size: u64, high: *mut u32) -> u32 {
    if usable(high) {
        // SAFETY: the caller's promise.
        unsafe { high.write_unaligned((size >> 32) as u32) };
    }
    if size as u32 == u32::MAX {
        // Docs: "GetFileSize function": the failure value is a size if the last error says so.
        set_last_error(Code::new(0));
    }
    size as u32
}

/// The size of a file.
#[unsafe(export_name = "ws2_GetFileSizeEx")]
pub unsafe extern "system" fn GetFileSizeEx(hfile: HANDLE, lpfilesize: *mut i64) -> i32 {
    if !usable(lpfilesize) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives a place for it.
    truth(file::size(hfile.addr()).map(|size| unsafe { lpfilesize.write_unaligned(size as i64) }))
}

/// Moves the position of a file by a distance in one or two halves.
#[unsafe(export_name = "ws2_SetFilePointer")]
pub unsafe extern "system" fn SetFilePointer(
    hfile: HANDLE,
    ldistancetomove: i32,
    lpdistancetomovehigh: *mut i32,
    dwmovemethod: u32,
) -> u32 {
    let high = lpdistancetomovehigh;
    let distance = if usable(high) {
        // SAFETY: the caller gives the high half.
        i64::from(unsafe { high.read_unaligned() }) << 32 | i64::from(ldistancetomove.cast_unsigned())
    } else {
        ldistancetomove.into()
    };
    // SAFETY: as above.
    or(u32::MAX, file::seek(hfile.addr(), distance, dwmovemethod).map(|to| unsafe { low_half(to, high.cast()) }))
}

/// Moves the position of a file.
#[unsafe(export_name = "ws2_SetFilePointerEx")]
pub unsafe extern "system" fn SetFilePointerEx(
    hfile: HANDLE,
    lidistancetomove: i64,
    lpnewfilepointer: *mut i64,
    dwmovemethod: u32,
) -> i32 {
    truth(file::seek(hfile.addr(), lidistancetomove, dwmovemethod).map(|to| {
        if usable(lpnewfilepointer) {
            // SAFETY: the caller gives a place for it.
            unsafe { lpnewfilepointer.write_unaligned(to as i64) }
        }
    }))
}

/// Ends a file at its position.
#[unsafe(export_name = "ws2_SetEndOfFile")]
pub extern "system" fn SetEndOfFile(hfile: HANDLE) -> i32 {
    truth(file::end_here(hfile.addr()))
}

/// Writes to the device what the system still holds.
#[unsafe(export_name = "ws2_FlushFileBuffers")]
pub extern "system" fn FlushFileBuffers(hfile: HANDLE) -> i32 {
    truth(file::flush(hfile.addr()))
}

/// The times of a file that are wanted.
#[unsafe(export_name = "ws2_GetFileTime")]
pub unsafe extern "system" fn GetFileTime(
    hfile: HANDLE,
    lpcreationtime: *mut [u32; 2],
    lplastaccesstime: *mut [u32; 2],
    lplastwritetime: *mut [u32; 2],
) -> i32 {
    let places = [lpcreationtime, lplastaccesstime, lplastwritetime];
    // SAFETY: the caller gives places for what it wants told.
    truth(information::by_handle(hfile.addr()).map(|found| unsafe {
        tell_times([found.created, found.accessed, found.written], places);
    }))
}

/// Sets the times of a file that are given; that of its making stays.
#[unsafe(export_name = "ws2_SetFileTime")]
pub unsafe extern "system" fn SetFileTime(
    hfile: HANDLE,
    _lpcreationtime: *const [u32; 2],
    lplastaccesstime: *const [u32; 2],
    lplastwritetime: *const [u32; 2],
) -> i32 {
    // SAFETY: the caller gives times, or none.
    let given = |place: *const [u32; 2]| usable(place).then(|| whole(unsafe { place.read_unaligned() }));
    truth(information::set_times(hfile.addr(), given(lplastaccesstime), given(lplastwritetime)))
}

/// The handle of a standard stream.
#[unsafe(export_name = "ws2_GetStdHandle")]
pub extern "system" fn GetStdHandle(nstdhandle: u32) -> HANDLE {
    handle(or(INVALID_HANDLE_VALUE, file::Standard::new(nstdhandle).and_then(file::standard)))
}

/// Puts a handle in the place of a standard one.
#[unsafe(export_name = "ws2_SetStdHandle")]
pub extern "system" fn SetStdHandle(nstdhandle: u32, hhandle: HANDLE) -> i32 {
    truth(file::Standard::new(nstdhandle).map(|which| file::set_standard(which, hhandle.addr())))
}
