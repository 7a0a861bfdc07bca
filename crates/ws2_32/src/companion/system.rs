//! The computer, the process and its environment.

use std::ffi::{CString, c_void};
use std::ptr::null_mut;

use winbase::system::{self, VERSION};
use winbase::{Code, error};

use super::files::name;
use super::names::{fill, fill_counted};
use super::{or, text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};

/// `ERROR_BUFFER_OVERFLOW`, which `GetComputerName` has for a small buffer.
const BUFFER_OVERFLOW: Code = Code::new(111);

text_function! {
    /// The NetBIOS name of the computer.
    ws2_GetComputerNameA, ws2_GetComputerNameW, ws2_GetComputerNameW_utf32,
    (lpbuffer: *mut T, nsize: *mut u32) -> i32 {
        // SAFETY: the caller gives room for `*nsize` units.
        truth(unsafe { fill_counted(&system::computer_name(), lpbuffer, nsize, BUFFER_OVERFLOW) })
    }
}

text_function! {
    /// A name of the computer.
    ws2_GetComputerNameExA, ws2_GetComputerNameExW, ws2_GetComputerNameExW_utf32,
    (nametype: u32, lpbuffer: *mut T, nsize: *mut u32) -> i32 {
        truth(system::computer_name_by_format(nametype).and_then(|name| {
            // SAFETY: the caller gives room for `*nsize` units.
            unsafe { fill_counted(&name, lpbuffer, nsize, error::MORE_DATA) }
        }))
    }
}

text_function! {
    /// The name of the user. The length that comes back counts the zero, unlike that of the other names.
    ws2_GetUserNameA, ws2_GetUserNameW, ws2_GetUserNameW_utf32,
    (lpbuffer: *mut T, pcbbuffer: *mut u32) -> i32 {
        let name = system::user_name().unwrap_or_else(|| "SYSTEM".to_owned());
        // SAFETY: the caller gives room for `*pcbbuffer` units.
        truth(unsafe {
            fill_counted(&name, lpbuffer, pcbbuffer, error::INSUFFICIENT_BUFFER)
                .map(|()| pcbbuffer.write_unaligned(pcbbuffer.read_unaligned() + 1))
        })
    }
}

text_function! {
    /// A variable of the environment.
    ws2_GetEnvironmentVariableA, ws2_GetEnvironmentVariableW, ws2_GetEnvironmentVariableW_utf32,
    (lpname: *const T, lpbuffer: *mut T, nsize: u32) -> u32 {
        // SAFETY: the caller gives a string.
        let value = unsafe { name(lpname) }.and_then(|name| system::variable(&name));
        // SAFETY: the caller gives room for so many units.
        or(0, value.map(|value| unsafe { fill(&value, lpbuffer, nsize) }))
    }
}

text_function! {
    /// Sets a variable of the environment, or takes it away.
    ws2_SetEnvironmentVariableA, ws2_SetEnvironmentVariableW, ws2_SetEnvironmentVariableW_utf32,
    (lpname: *const T, lpvalue: *const T) -> i32 {
        // SAFETY: the caller gives strings.
        truth(unsafe { name(lpname).and_then(|name| set_variable(name, text::optional(lpvalue))) })
    }
}

fn set_variable(name: String, value: Result<Option<String>, Code>) -> Result<(), Code> {
    if name.is_empty() || name.contains('=') {
        return Err(error::INVALID_PARAMETER);
    }
    let name = CString::new(system::variable_name(&name)).map_err(|_| error::INVALID_PARAMETER)?;
    let value = value.map_err(|_| error::INVALID_PARAMETER)?.map(CString::new).transpose();
    // SAFETY: two C strings. As on Windows, a thread that reads the environment meanwhile is the program's own business.
    unsafe {
        match value.map_err(|_| error::INVALID_PARAMETER)? {
            Some(value) => libc::setenv(name.as_ptr(), value.as_ptr(), 1),
            None => libc::unsetenv(name.as_ptr()),
        }
    };
    Ok(())
}

text_function! {
    /// Text with its `%NAME%` replaced; the length counts the zero.
    ws2_ExpandEnvironmentStringsA, ws2_ExpandEnvironmentStringsW, ws2_ExpandEnvironmentStringsW_utf32,
    (lpsrc: *const T, lpdst: *mut T, nsize: u32) -> u32 {
        // SAFETY: the caller gives a string, and room for so many units.
        or(0, unsafe { name(lpsrc) }.map(|text| {
            let text = system::expand(&text);
            let length = T::encode(&text).len() as u32 + 1;
            // SAFETY: the caller gives room for so many units.
            let _ = unsafe { fill(&text, lpdst, nsize) };
            length
        }))
    }
}

text_function! {
    /// The program's own file. A buffer that is too small holds the beginning and a zero.
    ws2_GetModuleFileNameA, ws2_GetModuleFileNameW, ws2_GetModuleFileNameW_utf32,
    (_hmodule: *const c_void, lpfilename: *mut T, nsize: u32) -> u32 {
        if nsize == 0 || !usable(lpfilename) {
            return or(0, Err(error::INSUFFICIENT_BUFFER));
        }
        or(0, system::program().map(|path| {
            let units = T::encode(&path);
            let room = nsize as usize - 1;
            if units.len() > room {
                winsock::set_last_error(error::INSUFFICIENT_BUFFER);
            }
            let kept = &units[..units.len().min(room)];
            for (index, unit) in kept.iter().copied().chain([T::default()]).enumerate() {
                // SAFETY: the caller gives room for `nsize` units.
                unsafe { lpfilename.add(index).write_unaligned(unit) };
            }
            if units.len() > room { nsize } else { units.len() as u32 }
        }))
    }
}

text_function! {
    /// The command line, in memory that stays.
    ws2_GetCommandLineA, ws2_GetCommandLineW, ws2_GetCommandLineW_utf32,
    () -> *const T {
        static LINE: std::sync::OnceLock<Vec<T>> = std::sync::OnceLock::new();
        LINE.get_or_init(|| {
            let mut units = T::encode(&system::command_line());
            units.push(T::default());
            units
        }).as_ptr()
    }
}

text_function! {
    /// Text for a debugger. There is none; with WS2_DEBUG_OUTPUT in the environment it goes to the error stream.
    ws2_OutputDebugStringA, ws2_OutputDebugStringW, ws2_OutputDebugStringW_utf32,
    (lpoutputstring: *const T) -> () {
        if std::env::var_os("WS2_DEBUG_OUTPUT").is_some() {
            // SAFETY: the caller gives a string.
            if let Ok(text) = unsafe { name(lpoutputstring) } {
                eprint!("{text}");
            }
        }
    }
}

/// `SYSTEM_INFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct SYSTEM_INFO {
    pub wProcessorArchitecture: u16,
    pub wReserved: u16,
    pub dwPageSize: u32,
    pub lpMinimumApplicationAddress: usize,
    pub lpMaximumApplicationAddress: usize,
    pub dwActiveProcessorMask: usize,
    pub dwNumberOfProcessors: u32,
    pub dwProcessorType: u32,
    pub dwAllocationGranularity: u32,
    pub wProcessorLevel: u16,
    pub wProcessorRevision: u16,
}

/// The computer's processors and pages.
#[unsafe(export_name = "ws2_GetSystemInfo")]
pub unsafe extern "system" fn GetSystemInfo(lpsysteminfo: *mut SYSTEM_INFO) {
    const PROCESSOR_ARCHITECTURE: u16 = if cfg!(target_arch = "aarch64") { 12 } else { 9 };
    const PROCESSOR_TYPE: u32 = if cfg!(target_arch = "aarch64") { 0 } else { 8664 };
    let processors = system::processors();
    let info = SYSTEM_INFO {
        wProcessorArchitecture: PROCESSOR_ARCHITECTURE,
        wReserved: 0,
        // SAFETY: sysconf takes any number.
        dwPageSize: unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as u32,
        lpMinimumApplicationAddress: 0x1_0000,
        lpMaximumApplicationAddress: 0x7fff_fffe_ffff,
        dwActiveProcessorMask: if processors >= 64 { usize::MAX } else { (1 << processors) - 1 },
        dwNumberOfProcessors: processors,
        dwProcessorType: PROCESSOR_TYPE,
        dwAllocationGranularity: 0x1_0000,
        wProcessorLevel: 6,
        wProcessorRevision: 0,
    };
    if usable(lpsysteminfo) {
        // SAFETY: the caller gives a place for it.
        unsafe { lpsysteminfo.write_unaligned(info) };
    }
}

/// `OSVERSIONINFOEX`, whose first part is `OSVERSIONINFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct OSVERSIONINFOEX<T> {
    pub dwOSVersionInfoSize: u32,
    pub dwMajorVersion: u32,
    pub dwMinorVersion: u32,
    pub dwBuildNumber: u32,
    pub dwPlatformId: u32,
    pub szCSDVersion: [T; 128],
    pub wServicePackMajor: u16,
    pub wServicePackMinor: u16,
    pub wSuiteMask: u16,
    pub wProductType: u8,
    pub wReserved: u8,
}

text_function! {
    /// The version of Windows that programs are told.
    ws2_GetVersionExA, ws2_GetVersionExW, ws2_GetVersionExW_utf32,
    (place: *mut OSVERSIONINFOEX<T>) -> i32 {
        if !usable(place) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        const SHORT: usize = std::mem::offset_of!(OSVERSIONINFOEX<T>, wServicePackMajor);
        const SUITE_SINGLEUSERTS: u16 = 0x100;
        // SAFETY: the caller gives a structure of the size that its first field says, which must be one of the two.
        unsafe {
            let size = (&raw const (*place).dwOSVersionInfoSize).read_unaligned() as usize;
            if size != SHORT && size != size_of::<OSVERSIONINFOEX<T>>() {
                return truth(Err(error::INSUFFICIENT_BUFFER));
            }
            let full = OSVERSIONINFOEX {
                dwOSVersionInfoSize: size as u32,
                dwMajorVersion: VERSION.0,
                dwMinorVersion: VERSION.1,
                dwBuildNumber: VERSION.2,
                dwPlatformId: 2,
                szCSDVersion: [T::default(); 128],
                wServicePackMajor: 0,
                wServicePackMinor: 0,
                wSuiteMask: SUITE_SINGLEUSERTS,
                wProductType: 1,
                wReserved: 0,
            };
            std::ptr::copy_nonoverlapping((&raw const full).cast::<u8>(), place.cast::<u8>(), size);
        }
        1
    }
}

/// The version of Windows in one number.
#[unsafe(export_name = "ws2_GetVersion")]
pub extern "system" fn GetVersion() -> u32 {
    VERSION.2 << 16 | VERSION.1 << 8 | VERSION.0
}

/// `MEMORYSTATUSEX`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MEMORYSTATUSEX {
    pub dwLength: u32,
    pub dwMemoryLoad: u32,
    pub ullTotalPhys: u64,
    pub ullAvailPhys: u64,
    pub ullTotalPageFile: u64,
    pub ullAvailPageFile: u64,
    pub ullTotalVirtual: u64,
    pub ullAvailVirtual: u64,
    pub ullAvailExtendedVirtual: u64,
}

/// The computer's memory.
#[unsafe(export_name = "ws2_GlobalMemoryStatusEx")]
pub unsafe extern "system" fn GlobalMemoryStatusEx(place: *mut MEMORYSTATUSEX) -> i32 {
    let length = size_of::<MEMORYSTATUSEX>() as u32;
    // SAFETY: the caller gives a structure with its length.
    if !usable(place) || unsafe { (&raw const (*place).dwLength).read_unaligned() } != length {
        return truth(Err(error::INVALID_PARAMETER));
    }
    let memory = system::memory();
    let status = MEMORYSTATUSEX {
        dwLength: length,
        dwMemoryLoad: ((memory.total - memory.available.min(memory.total)) * 100 / memory.total.max(1)) as u32,
        ullTotalPhys: memory.total,
        ullAvailPhys: memory.available,
        ullTotalPageFile: memory.total + memory.swap,
        ullAvailPageFile: memory.available + memory.swap_free,
        ullTotalVirtual: 0x7fff_fffe_0000,
        ullAvailVirtual: 0x7fff_fffe_0000,
        ullAvailExtendedVirtual: 0,
    };
    // SAFETY: as above.
    unsafe { place.write_unaligned(status) };
    1
}

/// The number of this process.
#[unsafe(export_name = "ws2_GetCurrentProcessId")]
pub extern "system" fn GetCurrentProcessId() -> u32 {
    std::process::id()
}

/// Ends the process; what C's streams hold is written, functions of `atexit` are not called. Linux keeps the low 8 bits of
/// the number.
#[unsafe(export_name = "ws2_ExitProcess")]
pub extern "system" fn ExitProcess(uexitcode: u32) -> ! {
    winsock::port::flush();
    // SAFETY: null is every stream; ending the process is what is asked for.
    unsafe {
        libc::fflush(null_mut());
        libc::_exit(uexitcode.cast_signed())
    }
}
