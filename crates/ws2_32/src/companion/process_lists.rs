//! The processes of this computer: `tlhelp32.h` and `psapi.h`.

use std::collections::VecDeque;
use std::fs::File as LinuxFile;
use std::sync::{Mutex, PoisonError};

use winbase::process_list::{self as list, Module, Process};
use winbase::{Code, error, file, process};
use winsock::file::File;

use super::names::fill_counted;
use super::{handle, or, text_function, truth};
use crate::boundary::usable;
use crate::text::Unit;
use crate::types::HANDLE;

const INVALID_HANDLE_VALUE: usize = usize::MAX;
const TH32CS_SNAPPROCESS: u32 = 2;
const TH32CS_SNAPTHREAD: u32 = 4;
const TH32CS_SNAPMODULE: u32 = 8;
/// `ERROR_BAD_LENGTH`: a structure that is not as long as it says.
const BAD_LENGTH: Code = Code::new(24);
const NORMAL_PRIORITY: i32 = 8;

/// What was there when it was asked for, and how far each list was read.
#[derive(Default)]
struct Snapshot {
    processes: Vec<Process>,
    /// A thread and its process.
    threads: Vec<(u32, u32)>,
    modules: Vec<Module>,
    of_modules: u32,
    places: [usize; 3],
}

/// Which list of a snapshot.
#[derive(Clone, Copy)]
enum Which {
    Processes,
    Threads,
    Modules,
}

/// Takes down which processes, threads or modules there are.
#[unsafe(export_name = "ws2_CreateToolhelp32Snapshot")]
pub extern "system" fn CreateToolhelp32Snapshot(dwflags: u32, th32processid: u32) -> HANDLE {
    or(handle(INVALID_HANDLE_VALUE), snapshot(dwflags, th32processid).map(handle))
}

fn snapshot(flags: u32, process: u32) -> Result<usize, Code> {
    let of_modules = if process == 0 { std::process::id() } else { process };
    let wants = |flag| flags & flag != 0;
    let mut taken = Snapshot { of_modules, ..Snapshot::default() };
    if wants(TH32CS_SNAPPROCESS) {
        taken.processes = list::all();
    }
    if wants(TH32CS_SNAPTHREAD) {
        // One that has ended meanwhile has none.
        let threads_of = |id| list::threads(id).unwrap_or_default().into_iter().map(move |thread| (thread, id));
        taken.threads = list::ids().into_iter().flat_map(threads_of).collect();
    }
    if wants(TH32CS_SNAPMODULE) {
        taken.modules = list::modules(of_modules)?;
    }
    // A handle has to stand for something.
    let stand_in = LinuxFile::open("/dev/null").map_err(|failure| error::from_io(&failure))?;
    winsock::file::insert(File::new(stand_in.into()).with(Mutex::new(taken)))
}

/// The next of a list, or its first, as `make` makes it.
fn next<E>(
    number: usize,
    which: Which,
    is_first: bool,
    make: impl FnOnce(&Snapshot, usize) -> Option<E>,
) -> Result<E, Code> {
    let file = file::get(number)?;
    let snapshot = file.extra::<Mutex<Snapshot>>().ok_or(error::INVALID_HANDLE)?;
    let mut snapshot = snapshot.lock().unwrap_or_else(PoisonError::into_inner);
    let place = if is_first { 0 } else { snapshot.places[which as usize] };
    let entry = make(&snapshot, place).ok_or(error::NO_MORE_FILES)?;
    snapshot.places[which as usize] = place + 1;
    Ok(entry)
}

/// # Safety
/// If usable, the place is of an entry whose first field is its size, as the caller set it.
unsafe fn give<E>(place: *mut E, entry: impl FnOnce() -> Result<E, Code>) -> i32 {
    if !usable(place) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise.
    truth(unsafe {
        if (place.cast::<u32>().read_unaligned() as usize) < size_of::<E>() {
            Err(BAD_LENGTH)
        } else {
            entry().map(|entry| place.write_unaligned(entry))
        }
    })
}

/// Text in an array, cut if it must be, with its zero.
fn array<T: Unit, const N: usize>(text: &str) -> [T; N] {
    let mut units = [T::default(); N];
    for (place, unit) in units[..N - 1].iter_mut().zip(T::encode(text)) {
        *place = unit;
    }
    units
}

/// `PROCESSENTRY32`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct PROCESSENTRY32<T> {
    pub dwSize: u32,
    pub cntUsage: u32,
    pub th32ProcessID: u32,
    pub th32DefaultHeapID: usize,
    pub th32ModuleID: u32,
    pub cntThreads: u32,
    pub th32ParentProcessID: u32,
    pub pcPriClassBase: i32,
    pub dwFlags: u32,
    pub szExeFile: [T; 260],
}

fn process_entry<T: Unit>(snapshot: &Snapshot, place: usize) -> Option<PROCESSENTRY32<T>> {
    let process = snapshot.processes.get(place)?;
    Some(PROCESSENTRY32 {
        dwSize: size_of::<PROCESSENTRY32<T>>() as u32,
        cntUsage: 0,
        th32ProcessID: process.id,
        th32DefaultHeapID: 0,
        th32ModuleID: 0,
        cntThreads: process.threads,
        th32ParentProcessID: process.parent,
        pcPriClassBase: NORMAL_PRIORITY,
        dwFlags: 0,
        szExeFile: array(&process.name),
    })
}

text_function! {
    /// The first process of a snapshot.
    ws2_Process32First, ws2_Process32FirstW, ws2_Process32FirstW_utf32,
    (hsnapshot: HANDLE, lppe: *mut PROCESSENTRY32<T>) -> i32 {
        // SAFETY: the caller gives an entry.
        unsafe { give(lppe, || next(hsnapshot.addr(), Which::Processes, true, process_entry)) }
    }
}

text_function! {
    /// The next process of a snapshot.
    ws2_Process32Next, ws2_Process32NextW, ws2_Process32NextW_utf32,
    (hsnapshot: HANDLE, lppe: *mut PROCESSENTRY32<T>) -> i32 {
        // SAFETY: the caller gives an entry.
        unsafe { give(lppe, || next(hsnapshot.addr(), Which::Processes, false, process_entry)) }
    }
}

/// `THREADENTRY32`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct THREADENTRY32 {
    pub dwSize: u32,
    pub cntUsage: u32,
    pub th32ThreadID: u32,
    pub th32OwnerProcessID: u32,
    pub tpBasePri: i32,
    pub tpDeltaPri: i32,
    pub dwFlags: u32,
}

fn thread_entry(snapshot: &Snapshot, place: usize) -> Option<THREADENTRY32> {
    let (thread, process) = *snapshot.threads.get(place)?;
    Some(THREADENTRY32 {
        dwSize: size_of::<THREADENTRY32>() as u32,
        cntUsage: 0,
        th32ThreadID: thread,
        th32OwnerProcessID: process,
        tpBasePri: NORMAL_PRIORITY,
        tpDeltaPri: 0,
        dwFlags: 0,
    })
}

/// The first thread of a snapshot.
#[unsafe(export_name = "ws2_Thread32First")]
pub unsafe extern "system" fn Thread32First(hsnapshot: HANDLE, lpte: *mut THREADENTRY32) -> i32 {
    // SAFETY: the caller gives an entry.
    unsafe { give(lpte, || next(hsnapshot.addr(), Which::Threads, true, thread_entry)) }
}

/// The next thread of a snapshot.
#[unsafe(export_name = "ws2_Thread32Next")]
pub unsafe extern "system" fn Thread32Next(hsnapshot: HANDLE, lpte: *mut THREADENTRY32) -> i32 {
    // SAFETY: the caller gives an entry.
    unsafe { give(lpte, || next(hsnapshot.addr(), Which::Threads, false, thread_entry)) }
}

/// `MODULEENTRY32`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MODULEENTRY32<T> {
    pub dwSize: u32,
    pub th32ModuleID: u32,
    pub th32ProcessID: u32,
    pub GlblcntUsage: u32,
    pub ProccntUsage: u32,
    pub modBaseAddr: usize,
    pub modBaseSize: u32,
    pub hModule: usize,
    pub szModule: [T; 256],
    pub szExePath: [T; 260],
}

fn module_entry<T: Unit>(snapshot: &Snapshot, place: usize) -> Option<MODULEENTRY32<T>> {
    let module = snapshot.modules.get(place)?;
    Some(MODULEENTRY32 {
        dwSize: size_of::<MODULEENTRY32<T>>() as u32,
        th32ModuleID: 1,
        th32ProcessID: snapshot.of_modules,
        GlblcntUsage: 1,
        ProccntUsage: 1,
        modBaseAddr: module.base,
        modBaseSize: u32::try_from(module.size).unwrap_or(u32::MAX),
        hModule: module.base,
        szModule: array(base_name(&module.path)),
        szExePath: array(&module.path),
    })
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

text_function! {
    /// The first module of a snapshot: the program.
    ws2_Module32First, ws2_Module32FirstW, ws2_Module32FirstW_utf32,
    (hsnapshot: HANDLE, lpme: *mut MODULEENTRY32<T>) -> i32 {
        // SAFETY: the caller gives an entry.
        unsafe { give(lpme, || next(hsnapshot.addr(), Which::Modules, true, module_entry)) }
    }
}

text_function! {
    /// The next module of a snapshot.
    ws2_Module32Next, ws2_Module32NextW, ws2_Module32NextW_utf32,
    (hsnapshot: HANDLE, lpme: *mut MODULEENTRY32<T>) -> i32 {
        // SAFETY: the caller gives an entry.
        unsafe { give(lpme, || next(hsnapshot.addr(), Which::Modules, false, module_entry)) }
    }
}

/// A handle of a process that runs already.
#[unsafe(export_name = "ws2_OpenProcess")]
pub extern "system" fn OpenProcess(_dwdesiredaccess: u32, _binherithandle: i32, dwprocessid: u32) -> HANDLE {
    or(std::ptr::null_mut(), process::open(dwprocessid).map(handle))
}

/// The numbers of all processes, as many as fit.
#[unsafe(export_name = "ws2_K32EnumProcesses")]
pub unsafe extern "system" fn K32EnumProcesses(lpidprocess: *mut u32, cb: u32, lpcbneeded: *mut u32) -> i32 {
    // SAFETY: the caller gives room for so many bytes, and a place for the count of bytes.
    truth(unsafe { give_all(list::ids(), lpidprocess, cb, lpcbneeded, false) })
}

/// Where the modules of a process are, as many as fit; how many bytes all of them need.
#[unsafe(export_name = "ws2_K32EnumProcessModules")]
pub unsafe extern "system" fn K32EnumProcessModules(
    hprocess: HANDLE,
    lphmodule: *mut usize,
    cb: u32,
    lpcbneeded: *mut u32,
) -> i32 {
    let modules = process::id(hprocess.addr()).and_then(list::modules);
    // SAFETY: the caller gives room for so many bytes, and a place for the count of bytes.
    truth(modules.and_then(|modules| unsafe {
        give_all(modules.iter().map(|module| module.base).collect(), lphmodule, cb, lpcbneeded, true)
    }))
}

/// # Safety
/// If usable, the place is good for writing so many bytes, and the other for the count.
unsafe fn give_all<E>(
    entries: Vec<E>,
    place: *mut E,
    bytes: u32,
    needed: *mut u32,
    tells_all: bool,
) -> Result<(), Code> {
    let room = bytes as usize / size_of::<E>();
    if !usable(needed) || room > 0 && !usable(place) {
        return Err(error::INVALID_PARAMETER);
    }
    let all = entries.len();
    let mut entries = VecDeque::from(entries);
    entries.truncate(room);
    let told = if tells_all { all } else { entries.len() };
    // SAFETY: the caller's promise; no more than fit.
    unsafe {
        needed.write_unaligned((told * size_of::<E>()) as u32);
        for (index, entry) in entries.into_iter().enumerate() {
            place.add(index).write_unaligned(entry);
        }
    }
    Ok(())
}

/// The path of a module of a process; without a module, of its program.
fn module_path(process: HANDLE, module: usize) -> Result<String, Code> {
    let id = process::id(process.addr())?;
    if module == 0 {
        return list::image(id);
    }
    let found = list::modules(id)?.into_iter().find(|own| own.base == module);
    found.map(|own| own.path).ok_or(error::INVALID_HANDLE)
}

/// Writes text, cut if it must be, and gives its length.
///
/// # Safety
/// If usable, the place is good for writing so many units.
unsafe fn write_cut<T: Unit>(text: &str, place: *mut T, room: u32) -> Result<u32, Code> {
    if !usable(place) || room == 0 {
        return Err(error::INSUFFICIENT_BUFFER);
    }
    let mut units = T::encode(text);
    units.truncate(room as usize - 1);
    let length = units.len();
    for (index, unit) in units.into_iter().chain([T::default()]).enumerate() {
        // SAFETY: the caller's promise; at most `room`.
        unsafe { place.add(index).write_unaligned(unit) };
    }
    Ok(length as u32)
}

text_function! {
    /// The name of a module's file.
    ws2_K32GetModuleBaseNameA, ws2_K32GetModuleBaseNameW, ws2_K32GetModuleBaseNameW_utf32,
    (hprocess: HANDLE, hmodule: usize, lpbasename: *mut T, nsize: u32) -> u32 {
        let path = module_path(hprocess, hmodule);
        // SAFETY: the caller gives room for so many units.
        or(0, path.and_then(|path| unsafe { write_cut(base_name(&path), lpbasename, nsize) }))
    }
}

text_function! {
    /// The path of a module's file.
    ws2_K32GetModuleFileNameExA, ws2_K32GetModuleFileNameExW, ws2_K32GetModuleFileNameExW_utf32,
    (hprocess: HANDLE, hmodule: usize, lpfilename: *mut T, nsize: u32) -> u32 {
        // SAFETY: the caller gives room for so many units.
        or(0, module_path(hprocess, hmodule).and_then(|path| unsafe { write_cut(&path, lpfilename, nsize) }))
    }
}

text_function! {
    /// The path of a process's program.
    ws2_QueryFullProcessImageNameA, ws2_QueryFullProcessImageNameW, ws2_QueryFullProcessImageNameW_utf32,
    (hprocess: HANDLE, _dwflags: u32, lpexename: *mut T, lpdwsize: *mut u32) -> i32 {
        // SAFETY: the caller gives room, and a place with its length.
        truth(module_path(hprocess, 0).and_then(|path| unsafe {
            fill_counted(&path, lpexename, lpdwsize, error::INSUFFICIENT_BUFFER)
        }))
    }
}

/// `PROCESS_MEMORY_COUNTERS`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct PROCESS_MEMORY_COUNTERS {
    pub cb: u32,
    pub PageFaultCount: u32,
    pub PeakWorkingSetSize: usize,
    pub WorkingSetSize: usize,
    pub QuotaPeakPagedPoolUsage: usize,
    pub QuotaPagedPoolUsage: usize,
    pub QuotaPeakNonPagedPoolUsage: usize,
    pub QuotaNonPagedPoolUsage: usize,
    pub PagefileUsage: usize,
    pub PeakPagefileUsage: usize,
    /// Of `PROCESS_MEMORY_COUNTERS_EX` only.
    pub PrivateUsage: usize,
}

/// How much memory a process uses.
#[unsafe(export_name = "ws2_K32GetProcessMemoryInfo")]
pub unsafe extern "system" fn K32GetProcessMemoryInfo(
    process: HANDLE,
    ppsmemcounters: *mut PROCESS_MEMORY_COUNTERS,
    cb: u32,
) -> i32 {
    const SHORT: usize = std::mem::offset_of!(PROCESS_MEMORY_COUNTERS, PrivateUsage);
    let size = (cb as usize).min(size_of::<PROCESS_MEMORY_COUNTERS>());
    if !usable(ppsmemcounters) || size < SHORT {
        return truth(Err(error::INSUFFICIENT_BUFFER));
    }
    truth(process::id(process.addr()).and_then(list::memory).map(|memory| {
        let told = PROCESS_MEMORY_COUNTERS {
            cb,
            PageFaultCount: memory.page_faults,
            PeakWorkingSetSize: memory.working_set.1,
            WorkingSetSize: memory.working_set.0,
            PagefileUsage: memory.private.0,
            PeakPagefileUsage: memory.private.1,
            PrivateUsage: memory.private.0,
            ..PROCESS_MEMORY_COUNTERS::default()
        };
        // SAFETY: the caller gives room for so many bytes, one of the two sizes.
        unsafe { std::ptr::copy_nonoverlapping((&raw const told).cast::<u8>(), ppsmemcounters.cast(), size) };
    }))
}
