//! What portable programs need of ntdll: `\Device\Afd` and its polls, keyed events, and the errors of statuses. These
//! functions answer with an `NTSTATUS` and touch no last error.

use std::ffi::c_void;
use std::time::Duration;

use winsock::afd::{self, Begun, Question};
use winsock::overlapped::{Found, PollInfo, PollRecord, Status};
use winsock::wait::{self, Words};

use super::handle;
use crate::boundary::usable;
use crate::text::{self, Unit};
use crate::types::HANDLE;

/// `IOCTL_AFD_POLL`.
const AFD_POLL: u32 = 0x0001_2024;

const DATATYPE_MISALIGNMENT: Status = Status(0x8000_0002);
const INVALID_DEVICE_REQUEST: Status = Status(0xC000_0010);
const OBJECT_NAME_INVALID: Status = Status(0xC000_0033);
const OBJECT_NAME_NOT_FOUND: Status = Status(0xC000_0034);
const INVALID_PARAMETER_1: Status = Status(0xC000_00EF);
const NOT_FOUND: Status = Status(0xC000_0225);
/// A routine of the caller, for the end of a poll.
type Routine = Option<unsafe extern "system" fn(*mut c_void, *mut IO_STATUS_BLOCK, u32)>;

/// Windows' `UNICODE_STRING`, with lengths in bytes.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct UNICODE_STRING {
    pub Length: u16,
    pub MaximumLength: u16,
    pub Buffer: *mut c_void,
}

/// Windows' `OBJECT_ATTRIBUTES`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct OBJECT_ATTRIBUTES {
    pub Length: u32,
    pub RootDirectory: HANDLE,
    pub ObjectName: *const UNICODE_STRING,
    pub Attributes: u32,
    pub SecurityDescriptor: *const c_void,
    pub SecurityQualityOfService: *const c_void,
}

/// Windows' `IO_STATUS_BLOCK`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IO_STATUS_BLOCK {
    pub Status: usize,
    pub Information: usize,
}

fn answer(status: Status) -> i32 {
    status.0.cast_signed()
}

fn answer_to(result: Result<(), Status>) -> i32 {
    answer(result.err().unwrap_or(Status::SUCCESS))
}

/// Opens a device: `\Device\Afd` and what lies below it.
#[unsafe(export_name = "ws2_NtCreateFile")]
pub unsafe extern "system" fn NtCreateFile(
    filehandle: *mut HANDLE,
    _desiredaccess: u32,
    objectattributes: *const OBJECT_ATTRIBUTES,
    iostatusblock: *mut IO_STATUS_BLOCK,
    _allocationsize: *const i64,
    _fileattributes: u32,
    _shareaccess: u32,
    _createdisposition: u32,
    _createoptions: u32,
    _eabuffer: *const c_void,
    _ealength: u32,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    answer_to(unsafe { open(filehandle, objectattributes, iostatusblock) })
}

/// Opens a device that is there.
#[unsafe(export_name = "ws2_NtOpenFile")]
pub unsafe extern "system" fn NtOpenFile(
    filehandle: *mut HANDLE,
    _desiredaccess: u32,
    objectattributes: *const OBJECT_ATTRIBUTES,
    iostatusblock: *mut IO_STATUS_BLOCK,
    _shareaccess: u32,
    _openoptions: u32,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    answer_to(unsafe { open(filehandle, objectattributes, iostatusblock) })
}

/// # Safety
/// What is usable is good: the places for writing, the attributes and their name for reading.
unsafe fn open(
    place: *mut HANDLE,
    attributes: *const OBJECT_ATTRIBUTES,
    block: *mut IO_STATUS_BLOCK,
) -> Result<(), Status> {
    const ACCESS_VIOLATION: Status = Status(0xC000_0005);
    if !usable(place) || !usable(block) {
        return Err(ACCESS_VIOLATION);
    }
    if !usable(attributes) {
        return Err(Status::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    let name = unsafe { name_of(&attributes.read_unaligned()) }?;
    if !is_afd(&name) {
        return Err(OBJECT_NAME_NOT_FOUND);
    }
    let opened = afd::open()?;
    const FILE_OPENED: usize = 1;
    // SAFETY: the caller's promise.
    unsafe {
        place.write_unaligned(handle(opened));
        block.write_unaligned(IO_STATUS_BLOCK { Status: 0, Information: FILE_OPENED });
    }
    Ok(())
}

/// The name in an object's attributes.
///
/// Characters have the width of the program's `wchar_t`, and the function may have come by `GetProcAddress`, where nothing
/// tells which that is. But a name begins with a backslash, and behind that there is a zero only if it is a wide one.
///
/// # Safety
/// If they are usable, the name and its text are good for reading.
unsafe fn name_of(attributes: &OBJECT_ATTRIBUTES) -> Result<String, Status> {
    if !usable(attributes.ObjectName) {
        return Err(OBJECT_NAME_INVALID);
    }
    // SAFETY: the caller's promise; the text is as long as the name says.
    unsafe {
        let name = attributes.ObjectName.read_unaligned();
        let units = usize::from(name.Length) / 2;
        if units < 2 || !usable(name.Buffer) {
            return Err(OBJECT_NAME_INVALID);
        }
        let text = name.Buffer.cast::<u16>();
        if text.add(1).read_unaligned() == 0 {
            let wide = text.cast::<u32>();
            return Ok(u32::decode(&(0..units / 2).map(|unit| wide.add(unit).read_unaligned()).collect::<Vec<_>>()));
        }
        Ok(u16::decode(&(0..units).map(|unit| text.add(unit).read_unaligned()).collect::<Vec<_>>()))
    }
}

fn is_afd(name: &str) -> bool {
    const AFD: &str = "\\device\\afd";
    let name = name.to_ascii_lowercase();
    name.strip_prefix(AFD).is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'))
}

/// Asks a device something: `\Device\Afd` about sockets, with `IOCTL_AFD_POLL`.
#[unsafe(export_name = "ws2_NtDeviceIoControlFile")]
pub unsafe extern "system" fn NtDeviceIoControlFile(
    filehandle: HANDLE,
    event: HANDLE,
    apcroutine: Routine,
    apccontext: *mut c_void,
    iostatusblock: *mut IO_STATUS_BLOCK,
    iocontrolcode: u32,
    inputbuffer: *const c_void,
    inputbufferlength: u32,
    outputbuffer: *mut c_void,
    outputbufferlength: u32,
) -> i32 {
    if iocontrolcode != AFD_POLL {
        return answer(INVALID_DEVICE_REQUEST);
    }
    // SAFETY: the caller's promises are those of the page; all that is lent is so until the end is told.
    let begun = unsafe {
        poll(Call {
            handle: filehandle.addr(),
            event: event.addr(),
            routine: apcroutine,
            context: apccontext.expose_provenance(),
            block: iostatusblock,
            input: (inputbuffer.cast(), inputbufferlength as usize),
            output: (outputbuffer.cast(), outputbufferlength as usize),
        })
    };
    answer(match begun {
        Ok(Begun::Done) => Status::SUCCESS,
        Ok(Begun::Pending) => Status::PENDING,
        Err(status) => status,
    })
}

/// What a poll is called with.
struct Call {
    handle: usize,
    event: usize,
    routine: Routine,
    context: usize,
    block: *mut IO_STATUS_BLOCK,
    input: (*const u8, usize),
    output: (*mut u8, usize),
}

/// Source: test_poll of dlls/ws2_32/tests/afd.c, checked on Windows, for what is wrong with the buffers.
///
/// # Safety
/// What is usable is good for its length, and lent.
unsafe fn poll(call: Call) -> Result<Begun, Status> {
    let ((input, bytes), (output, room)) = (call.input, call.output);
    if bytes < size_of::<PollInfo>() || room < bytes || !usable(input) || !usable(output) {
        return Err(Status::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    let info = unsafe { input.cast::<PollInfo>().read_unaligned() };
    let count = info.handles as usize;
    if count == 0 || (bytes - size_of::<PollInfo>()) / size_of::<Found>() < count {
        return Err(Status::INVALID_PARAMETER);
    }
    if !call.block.is_aligned() {
        return Err(DATATYPE_MISALIGNMENT);
    }
    let handles = input.wrapping_add(size_of::<PollInfo>()).cast::<Found>();
    // SAFETY: as above, as many as there are.
    let about = |place: usize| unsafe { handles.wrapping_add(place).read_unaligned() };
    // SAFETY: the caller lends the block, and the room, which is as large as the input at least.
    let record = unsafe { PollRecord::lend(call.block.cast(), output, info) }.ok_or(Status::INVALID_PARAMETER)?;
    let record = match (call.event, call.routine) {
        (0, None) => record,
        (0, Some(routine)) => record.tell_routine(run, routine as usize, call.context),
        (event, _) => record.tell_event(event).map_err(|_| Status::INVALID_HANDLE)?,
    };
    let context = if call.routine.is_some() { 0 } else { call.context };
    match count {
        1 => afd::poll(call.handle, Question { about: &[about(0)], context }, record),
        count => {
            afd::poll(call.handle, Question { about: &(0..count).map(about).collect::<Vec<_>>(), context }, record)
        }
    }
}

/// Runs the program's routine. The last error is the thread's own.
fn run([routine, context, block, reserved]: Words) {
    // SAFETY: `poll` took the first word from such a function, and the second from a pointer.
    let routine: Routine = unsafe { std::mem::transmute(routine) };
    if let Some(routine) = routine {
        let context = std::ptr::with_exposed_provenance_mut(context);
        // SAFETY: the program gave it to be called so.
        unsafe { routine(context, std::ptr::with_exposed_provenance_mut(block), reserved as u32) };
    }
}

/// Ends what was asked by a handle with this status block, or all of it.
#[unsafe(export_name = "ws2_NtCancelIoFileEx")]
pub unsafe extern "system" fn NtCancelIoFileEx(
    filehandle: HANDLE,
    iorequesttocancel: *const IO_STATUS_BLOCK,
    iostatusblock: *mut IO_STATUS_BLOCK,
) -> i32 {
    let block = (!iorequesttocancel.is_null()).then_some(iorequesttocancel.addr());
    let found = afd::cancel(filehandle.addr(), block);
    // SAFETY: the caller gives a place for the end.
    answer_to(unsafe { told(found.and_then(|found| if found { Ok(()) } else { Err(NOT_FOUND) }), iostatusblock) })
}

/// Ends what the calling thread has asked by a handle.
#[unsafe(export_name = "ws2_NtCancelIoFile")]
pub unsafe extern "system" fn NtCancelIoFile(filehandle: HANDLE, iostatusblock: *mut IO_STATUS_BLOCK) -> i32 {
    // SAFETY: the caller gives a place for the end.
    answer_to(unsafe { told(afd::cancel_issued_here(filehandle.addr()), iostatusblock) })
}

/// # Safety
/// If usable, the block is good for writing.
unsafe fn told(ended: Result<(), Status>, block: *mut IO_STATUS_BLOCK) -> Result<(), Status> {
    if usable(block) {
        let status = ended.err().unwrap_or(Status::SUCCESS);
        // SAFETY: the caller's promise.
        unsafe { block.write_unaligned(IO_STATUS_BLOCK { Status: status.0 as usize, Information: 0 }) };
    }
    ended
}

/// Closes a handle.
#[unsafe(export_name = "ws2_NtClose")]
pub extern "system" fn NtClose(handle: HANDLE) -> i32 {
    let before = winsock::last_error();
    let closed = crate::CloseHandle(handle);
    winsock::set_last_error(before);
    answer_to(if closed != 0 { Ok(()) } else { Err(Status::INVALID_HANDLE) })
}

/// The Win32 error of a status.
#[unsafe(export_name = "ws2_RtlNtStatusToDosError")]
pub extern "system" fn RtlNtStatusToDosError(status: i32) -> u32 {
    Status(status.cast_unsigned()).dos_error()
}

/// Lets a counted string stand for a text, or for nothing.
///
/// # Safety
/// The string is good for writing; the text is null or ends with a zero.
unsafe fn init_unicode_string<T: Unit>(string: *mut UNICODE_STRING, source: *const T) {
    const MOST: usize = 0xFFFC;
    let bytes = match usable(source) {
        // SAFETY: the caller's promise.
        true => unsafe { text::units(source) }.map_or(0, |units| size_of_val(&units[..])).min(MOST),
        false => 0,
    };
    let with_end = if usable(source) { bytes + size_of::<T>() } else { 0 };
    let init = UNICODE_STRING {
        Length: bytes as u16,
        MaximumLength: with_end.min(usize::from(u16::MAX)) as u16,
        Buffer: source.cast_mut().cast(),
    };
    // SAFETY: the caller's promise.
    unsafe { string.write_unaligned(init) };
}

/// Lets a counted string stand for a text.
#[unsafe(export_name = "ws2_RtlInitUnicodeString")]
pub unsafe extern "system" fn RtlInitUnicodeString(destinationstring: *mut UNICODE_STRING, sourcestring: *const u16) {
    // SAFETY: the caller's promises are those of the page.
    unsafe { init_unicode_string(destinationstring, sourcestring) }
}

/// [`RtlInitUnicodeString`] for characters of 32 bits.
#[unsafe(export_name = "ws2_RtlInitUnicodeString_utf32")]
pub unsafe extern "system" fn RtlInitUnicodeString_utf32(
    destinationstring: *mut UNICODE_STRING,
    sourcestring: *const u32,
) {
    // SAFETY: the caller's promises are those of the page.
    unsafe { init_unicode_string(destinationstring, sourcestring) }
}

/// Makes a keyed event.
#[unsafe(export_name = "ws2_NtCreateKeyedEvent")]
pub unsafe extern "system" fn NtCreateKeyedEvent(
    keyedeventhandle: *mut HANDLE,
    _desiredaccess: u32,
    _objectattributes: *const OBJECT_ATTRIBUTES,
    _flags: u32,
) -> i32 {
    if !usable(keyedeventhandle) {
        return answer(Status::INVALID_PARAMETER);
    }
    let made = wait::create_keyed_event().map_err(|_| Status::INSUFFICIENT_RESOURCES);
    // SAFETY: the caller gives a place for the handle.
    answer_to(made.map(|made| unsafe { keyedeventhandle.write_unaligned(handle(made)) }))
}

/// Lets go one thread that waits at a key, or that will.
#[unsafe(export_name = "ws2_NtReleaseKeyedEvent")]
pub unsafe extern "system" fn NtReleaseKeyedEvent(
    keyedeventhandle: HANDLE,
    key: *const c_void,
    _alertable: u8,
    timeout: *const i64,
) -> i32 {
    // SAFETY: the caller gives a time, or none.
    answer_to(unsafe { meet(keyedeventhandle, key, timeout, wait::release_keyed_event) })
}

/// Waits until a thread releases a key.
#[unsafe(export_name = "ws2_NtWaitForKeyedEvent")]
pub unsafe extern "system" fn NtWaitForKeyedEvent(
    keyedeventhandle: HANDLE,
    key: *const c_void,
    _alertable: u8,
    timeout: *const i64,
) -> i32 {
    // SAFETY: the caller gives a time, or none.
    answer_to(unsafe { meet(keyedeventhandle, key, timeout, wait::wait_for_keyed_event) })
}

type Meet = fn(usize, usize, Option<Duration>) -> Result<bool, winsock::Code>;

/// # Safety
/// If usable, the time is good for reading.
unsafe fn meet(event: HANDLE, key: *const c_void, timeout: *const i64, meet: Meet) -> Result<(), Status> {
    // SAFETY: the caller's promise.
    let limit = usable(timeout).then(|| wait::delay(unsafe { timeout.read_unaligned() }));
    match meet(event.addr(), key.addr(), limit) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Status::TIMEOUT),
        Err(winsock::port::by_handle::INVALID_HANDLE) => Err(Status::INVALID_HANDLE),
        Err(_) => Err(INVALID_PARAMETER_1),
    }
}
