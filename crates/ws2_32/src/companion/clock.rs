//! Time of day and time since the start.

use std::sync::LazyLock;
use std::time::Instant;

use winbase::time::{FileTime, SystemTime};
use winbase::{Code, error};

use super::files::{halves, whole};
use super::truth;
use crate::boundary::usable;

/// The units of `FILETIME` in a second.
const PER_SECOND: i64 = 10_000_000;

/// The moment the library was loaded: near enough when the program began.
static LOADED: LazyLock<Instant> = LazyLock::new(Instant::now);

extern "C" fn begin() {
    LazyLock::force(&LOADED);
}

// SAFETY: a function without arguments, called once before the program's main.
#[unsafe(link_section = ".init_array")]
#[used]
static BEGIN: extern "C" fn() = begin;

/// Milliseconds since the program began, whether it worked or waited: so Windows counts.
/// Docs: "clock" of the C run-time library.
#[unsafe(export_name = "ws2_clock")]
pub extern "C" fn program_clock() -> libc::clock_t {
    LOADED.elapsed().as_millis() as libc::clock_t
}

/// Seconds that local time is ahead of UTC at this moment of UTC, by the C library's time zone.
fn ahead(unix: i64) -> i64 {
    // SAFETY: tm is plain data; zeroes are a valid value, and localtime_r fills it.
    unsafe {
        let mut parts: libc::tm = std::mem::zeroed();
        if libc::localtime_r(&raw const unix, &raw mut parts).is_null() { 0 } else { parts.tm_gmtoff }
    }
}

fn shifted(time: FileTime, seconds: i64) -> FileTime {
    FileTime(time.0.saturating_add_signed(seconds * PER_SECOND))
}

pub(super) fn local(time: FileTime) -> FileTime {
    shifted(time, ahead(time.to_unix().0))
}

/// Writes a date.
///
/// # Safety
/// If usable, the place is good for writing.
unsafe fn tell(time: FileTime, place: *mut SystemTime) -> Result<(), Code> {
    if !usable(place) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    time.to_date().map(|date| unsafe { place.write_unaligned(date) })
}

/// The date and time, UTC.
#[unsafe(export_name = "ws2_GetSystemTime")]
pub unsafe extern "system" fn GetSystemTime(lpsystemtime: *mut SystemTime) {
    // SAFETY: the caller gives a place. There is nothing to tell of a failure, as on Windows.
    let _ = unsafe { tell(FileTime::now(), lpsystemtime) };
}

/// The date and time of the time zone.
#[unsafe(export_name = "ws2_GetLocalTime")]
pub unsafe extern "system" fn GetLocalTime(lpsystemtime: *mut SystemTime) {
    // SAFETY: as above.
    let _ = unsafe { tell(local(FileTime::now()), lpsystemtime) };
}

/// The time, UTC, as a count.
#[unsafe(export_name = "ws2_GetSystemTimeAsFileTime")]
pub unsafe extern "system" fn GetSystemTimeAsFileTime(lpsystemtimeasfiletime: *mut [u32; 2]) {
    if usable(lpsystemtimeasfiletime) {
        // SAFETY: the caller gives a place for it.
        unsafe { lpsystemtimeasfiletime.write_unaligned(halves(FileTime::now())) };
    }
}

/// A count as a date.
#[unsafe(export_name = "ws2_FileTimeToSystemTime")]
pub unsafe extern "system" fn FileTimeToSystemTime(lpfiletime: *const [u32; 2], lpsystemtime: *mut SystemTime) -> i32 {
    // SAFETY: the caller gives a time, and a place for the answer.
    truth(unsafe { given(lpfiletime).and_then(|time| tell(time, lpsystemtime)) })
}

/// A date as a count.
#[unsafe(export_name = "ws2_SystemTimeToFileTime")]
pub unsafe extern "system" fn SystemTimeToFileTime(lpsystemtime: *const SystemTime, lpfiletime: *mut [u32; 2]) -> i32 {
    if !usable(lpsystemtime) || !usable(lpfiletime) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives a date, and a place for the answer.
    truth(unsafe { lpsystemtime.read_unaligned().to_file_time().map(|time| lpfiletime.write_unaligned(halves(time))) })
}

/// UTC as local time, with today's distance between them, as Windows has it.
#[unsafe(export_name = "ws2_FileTimeToLocalFileTime")]
pub unsafe extern "system" fn FileTimeToLocalFileTime(lpfiletime: *const [u32; 2], lplocal: *mut [u32; 2]) -> i32 {
    // SAFETY: the caller gives a time, and a place for the answer.
    truth(unsafe { shift(lpfiletime, lplocal, ahead(FileTime::now().to_unix().0)) })
}

/// Local time as UTC, with today's distance between them.
#[unsafe(export_name = "ws2_LocalFileTimeToFileTime")]
pub unsafe extern "system" fn LocalFileTimeToFileTime(lplocal: *const [u32; 2], lpfiletime: *mut [u32; 2]) -> i32 {
    // SAFETY: the caller gives a time, and a place for the answer.
    truth(unsafe { shift(lplocal, lpfiletime, -ahead(FileTime::now().to_unix().0)) })
}

/// # Safety
/// If usable, the first is good for reading and the second for writing.
unsafe fn shift(from: *const [u32; 2], to: *mut [u32; 2], seconds: i64) -> Result<(), Code> {
    // SAFETY: the caller's promise.
    unsafe {
        let time = given(from)?;
        if !usable(to) {
            return Err(error::INVALID_PARAMETER);
        }
        to.write_unaligned(halves(shifted(time, seconds)));
    }
    Ok(())
}

/// # Safety
/// If usable, the pointer is good for reading.
unsafe fn given(time: *const [u32; 2]) -> Result<FileTime, Code> {
    // SAFETY: the caller's promise.
    if usable(time) { Ok(whole(unsafe { time.read_unaligned() })) } else { Err(error::INVALID_PARAMETER) }
}

/// Which of two times is earlier: -1, 0, 1.
#[unsafe(export_name = "ws2_CompareFileTime")]
pub unsafe extern "system" fn CompareFileTime(first: *const [u32; 2], second: *const [u32; 2]) -> i32 {
    // SAFETY: the caller gives both.
    unsafe { whole(first.read_unaligned()).cmp(&whole(second.read_unaligned())) as i32 }
}

/// `TIME_ZONE_INFORMATION`; the unit is the program's wchar_t.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct TIME_ZONE_INFORMATION<T> {
    pub Bias: i32,
    pub StandardName: [T; 32],
    pub StandardDate: SystemTime,
    pub StandardBias: i32,
    pub DaylightName: [T; 32],
    pub DaylightDate: SystemTime,
    pub DaylightBias: i32,
}

/// # Safety
/// The place is good for writing.
unsafe fn zone<T: crate::text::Unit>(place: *mut TIME_ZONE_INFORMATION<T>) -> u32 {
    let now = FileTime::now().to_unix().0;
    // SAFETY: tm is plain data that localtime_r fills; its name of the zone is a C string of the C library.
    unsafe {
        let mut parts: libc::tm = std::mem::zeroed();
        libc::localtime_r(&raw const now, &raw mut parts);
        let summer = parts.tm_isdst > 0;
        let name = if parts.tm_zone.is_null() { c"" } else { std::ffi::CStr::from_ptr(parts.tm_zone) };
        let name = name.to_string_lossy();
        let mut told = TIME_ZONE_INFORMATION {
            Bias: -(parts.tm_gmtoff / 60) as i32 + if summer { 60 } else { 0 },
            StandardName: [T::default(); 32],
            StandardDate: SystemTime::default(),
            StandardBias: 0,
            DaylightName: [T::default(); 32],
            DaylightDate: SystemTime::default(),
            DaylightBias: -60,
        };
        let place_of_name = if summer { &mut told.DaylightName } else { &mut told.StandardName };
        let _ = crate::text::write(&name, place_of_name.as_mut_ptr(), 32);
        place.write_unaligned(told);
        if summer { 2 } else { 1 }
    }
}

/// The time zone as it is now: 1 in standard time, 2 in summer time. When it changes is not told.
#[unsafe(export_name = "ws2_GetTimeZoneInformation")]
pub unsafe extern "system" fn GetTimeZoneInformation(place: *mut TIME_ZONE_INFORMATION<u16>) -> u32 {
    // SAFETY: the caller gives a place for it.
    unsafe { zone(place) }
}

/// [`GetTimeZoneInformation`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetTimeZoneInformation_utf32")]
pub unsafe extern "system" fn GetTimeZoneInformation_utf32(place: *mut TIME_ZONE_INFORMATION<u32>) -> u32 {
    // SAFETY: the caller gives a place for it.
    unsafe { zone(place) }
}

fn clock(which: libc::clockid_t) -> (u64, u64) {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a live timespec; both clocks exist since Linux 2.6.39.
    unsafe { libc::clock_gettime(which, &raw mut now) };
    (now.tv_sec as u64, now.tv_nsec as u64)
}

/// Milliseconds since the computer started.
#[unsafe(export_name = "ws2_GetTickCount64")]
pub extern "system" fn GetTickCount64() -> u64 {
    let (seconds, nanoseconds) = clock(libc::CLOCK_BOOTTIME);
    seconds * 1000 + nanoseconds / 1_000_000
}

/// [`GetTickCount64`], starting anew every 49.7 days.
#[unsafe(export_name = "ws2_GetTickCount")]
pub extern "system" fn GetTickCount() -> u32 {
    GetTickCount64() as u32
}

/// A counter in units of 100 nanoseconds, as Windows 10 has it.
#[unsafe(export_name = "ws2_QueryPerformanceCounter")]
pub unsafe extern "system" fn QueryPerformanceCounter(place: *mut i64) -> i32 {
    if !usable(place) {
        return truth(Err(Code::new(998)));
    }
    let (seconds, nanoseconds) = clock(libc::CLOCK_MONOTONIC);
    // SAFETY: the caller gives a place for it.
    unsafe { place.write_unaligned((seconds as i64) * PER_SECOND + (nanoseconds / 100) as i64) };
    1
}

/// How often the counter counts in a second.
#[unsafe(export_name = "ws2_QueryPerformanceFrequency")]
pub unsafe extern "system" fn QueryPerformanceFrequency(place: *mut i64) -> i32 {
    if !usable(place) {
        return truth(Err(Code::new(998)));
    }
    // SAFETY: the caller gives a place for it.
    unsafe { place.write_unaligned(PER_SECOND) };
    1
}
