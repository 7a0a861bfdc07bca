//! Modules: the libraries of Windows whose functions this library has, and Linux' own.

use std::ffi::{CStr, CString, c_void};
use std::ptr::null_mut;

use winbase::error;

use super::files::name;
use super::{handle, or, text_function, truth};
use crate::boundary::usable;

/// What Windows spreads over these libraries is in this one.
const OURS: [&str; 21] = [
    "ws2_32",
    "wsock32",
    "mswsock",
    "kernel32",
    "kernelbase",
    "ntdll",
    "user32",
    "advapi32",
    "iphlpapi",
    "icmp",
    "dnsapi",
    "rpcrt4",
    "winmm",
    "msvcrt",
    "ucrtbase",
    "shell32",
    "ole32",
    "fwpuclnt",
    "wship6",
    "secur32",
    "api-ms-win-core-synch-l1-2-0",
];

/// The number of the program itself; our modules follow it. Linux' own are pointers, which lie far above.
const PROGRAM: usize = 0x40_0000;
const STEP: usize = 0x1_0000;

fn ours(file: &str) -> Option<*mut c_void> {
    let base = file.rsplit(['\\', '/']).next().unwrap_or(file).to_ascii_lowercase();
    let stem = base.strip_suffix(".dll").unwrap_or(&base);
    let at = OURS.iter().position(|name| *name == stem)?;
    Some(handle(PROGRAM + STEP * (at + 1)))
}

fn is_ours(module: *mut c_void) -> bool {
    (PROGRAM..=PROGRAM + STEP * OURS.len()).contains(&module.addr())
}

text_function! {
    /// Loads a module: one of Windows' that this library stands for, or a shared library of Linux.
    ws2_LoadLibraryA, ws2_LoadLibraryW, ws2_LoadLibraryW_utf32,
    (lplibfilename: *const T) -> *mut c_void {
        // SAFETY: the caller gives a string.
        or(null_mut(), unsafe { name(lplibfilename) }.and_then(|file| load(&file)))
    }
}

text_function! {
    /// Loads a module. The flags say where Windows would look for it.
    ws2_LoadLibraryExA, ws2_LoadLibraryExW, ws2_LoadLibraryExW_utf32,
    (lplibfilename: *const T, _hfile: *mut c_void, _dwflags: u32) -> *mut c_void {
        // SAFETY: the caller gives a string.
        or(null_mut(), unsafe { name(lplibfilename) }.and_then(|file| load(&file)))
    }
}

fn load(file: &str) -> Result<*mut c_void, winsock::Code> {
    if let Some(module) = ours(file) {
        return Ok(module);
    }
    let path = winbase::path::to_linux(file);
    let path = CString::new(path.to_string_lossy().as_ref()).map_err(|_| error::INVALID_PARAMETER)?;
    // SAFETY: a C string; a library's own start-up code is the caller's wish.
    let module = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW) };
    if module.is_null() { Err(error::MOD_NOT_FOUND) } else { Ok(module) }
}

text_function! {
    /// A module that is loaded; without a name, the program itself.
    ws2_GetModuleHandleA, ws2_GetModuleHandleW, ws2_GetModuleHandleW_utf32,
    (lpmodulename: *const T) -> *mut c_void {
        if lpmodulename.is_null() {
            return handle(PROGRAM);
        }
        // SAFETY: the caller gives a string.
        let found = unsafe { name(lpmodulename) }.and_then(|file| ours(&file).ok_or(error::MOD_NOT_FOUND));
        or(null_mut(), found)
    }
}

/// A function of a module. Ordinal numbers are not known.
#[unsafe(export_name = "ws2_GetProcAddress")]
pub unsafe extern "system" fn GetProcAddress(hmodule: *mut c_void, lpprocname: *const i8) -> *mut c_void {
    if !usable(lpprocname) {
        return or(null_mut(), Err(error::PROC_NOT_FOUND));
    }
    // SAFETY: the caller gives a string.
    let name = unsafe { CStr::from_ptr(lpprocname.cast()) };
    let found = if is_ours(hmodule) {
        own_function(name)
    } else {
        // SAFETY: a module that dlopen gave.
        unsafe { libc::dlsym(hmodule, name.as_ptr()) }
    };
    if found.is_null() { or(null_mut(), Err(error::PROC_NOT_FOUND)) } else { found }
}

/// What programs ask for by name because old systems lack it: found in a program that is linked statically, too.
const ASKED_FOR: [(&CStr, *const ()); 23] = [
    (c"getaddrinfo", crate::getaddrinfo as *const ()),
    (c"freeaddrinfo", crate::freeaddrinfo as *const ()),
    (c"getnameinfo", crate::getnameinfo as *const ()),
    (c"inet_ntop", crate::inet_ntop as *const ()),
    (c"inet_pton", crate::inet_pton as *const ()),
    (c"WSAPoll", crate::WSAPoll as *const ()),
    (c"WSAStartup", crate::WSAStartup as *const ()),
    (c"WSACleanup", crate::WSACleanup as *const ()),
    (c"CancelIoEx", crate::CancelIoEx as *const ()),
    (c"GetQueuedCompletionStatusEx", crate::GetQueuedCompletionStatusEx as *const ()),
    (c"GetTickCount64", super::clock::GetTickCount64 as *const ()),
    (c"GetAdaptersInfo", super::adapters::GetAdaptersInfo as *const ()),
    (c"IcmpCreateFile", super::icmp::IcmpCreateFile as *const ()),
    (c"IcmpSendEcho", super::icmp::IcmpSendEcho as *const ()),
    (c"IcmpCloseHandle", super::icmp::IcmpCloseHandle as *const ()),
    (c"NtCreateFile", super::nt::NtCreateFile as *const ()),
    (c"NtDeviceIoControlFile", super::nt::NtDeviceIoControlFile as *const ()),
    (c"NtCancelIoFileEx", super::nt::NtCancelIoFileEx as *const ()),
    (c"NtCreateKeyedEvent", super::nt::NtCreateKeyedEvent as *const ()),
    (c"NtReleaseKeyedEvent", super::nt::NtReleaseKeyedEvent as *const ()),
    (c"NtWaitForKeyedEvent", super::nt::NtWaitForKeyedEvent as *const ()),
    (c"RtlNtStatusToDosError", super::nt::RtlNtStatusToDosError as *const ()),
    (c"GetExtendedTcpTable", super::network_tables::GetExtendedTcpTable as *const ()),
];

/// A function of this library, as C programs with Linux' wide characters call it.
///
/// The dynamic linker knows them by name; of a program that is linked statically it knows those that the program
/// exports (`-rdynamic`), and the table has those that programs ask for.
fn own_function(name: &CStr) -> *mut c_void {
    if let Some((_, function)) = ASKED_FOR.iter().find(|(known, _)| *known == name) {
        return function.cast_mut().cast();
    }
    let symbol = |ending: &str| {
        let symbol = CString::new(format!("ws2_{}{ending}", name.to_string_lossy())).unwrap_or_default();
        // SAFETY: a C string.
        unsafe { libc::dlsym(libc::RTLD_DEFAULT, symbol.as_ptr()) }
    };
    let wide = symbol("_utf32");
    if wide.is_null() { symbol("") } else { wide }
}

/// Lets a module go.
#[unsafe(export_name = "ws2_FreeLibrary")]
pub unsafe extern "system" fn FreeLibrary(hlibmodule: *mut c_void) -> i32 {
    // SAFETY: a module that dlopen gave.
    let freed = !hlibmodule.is_null() && (is_ours(hlibmodule) || unsafe { libc::dlclose(hlibmodule) } == 0);
    truth(if freed { Ok(()) } else { Err(error::INVALID_HANDLE) })
}
