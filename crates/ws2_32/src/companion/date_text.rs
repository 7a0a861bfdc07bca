//! Dates and times as text.

use winbase::date_text as core;
use winbase::time::{FileTime, SystemTime};
use winbase::{Code, error};

use super::{clock, or, text_function};
use crate::boundary::usable;
use crate::text::{self, Unit};

text_function! {
    /// The time of day as text: its length with the zero.
    ws2_GetTimeFormatA, ws2_GetTimeFormatW, ws2_GetTimeFormatW_utf32,
    (
        locale: u32,
        dwflags: u32,
        lptime: *const SystemTime,
        lpformat: *const T,
        lptimestr: *mut T,
        cchtime: i32,
    ) -> i32 {
        // SAFETY: the caller gives a time and a picture or null, and room for so many units.
        or(0, unsafe { tell(core::time, (locale, dwflags), lptime, lpformat, lptimestr, cchtime) })
    }
}

text_function! {
    /// The date as text: its length with the zero.
    ws2_GetDateFormatA, ws2_GetDateFormatW, ws2_GetDateFormatW_utf32,
    (
        locale: u32,
        dwflags: u32,
        lpdate: *const SystemTime,
        lpformat: *const T,
        lpdatestr: *mut T,
        cchdate: i32,
    ) -> i32 {
        // SAFETY: the caller gives a date and a picture or null, and room for so many units.
        or(0, unsafe { tell(core::date, (locale, dwflags), lpdate, lpformat, lpdatestr, cchdate) })
    }
}

/// # Safety
/// The pointers are those of `GetTimeFormat`.
unsafe fn tell<T: Unit>(
    print: fn(SystemTime, u32, u32, Option<&str>) -> Result<String, Code>,
    (locale, flags): (u32, u32),
    time: *const SystemTime,
    picture: *const T,
    place: *mut T,
    room: i32,
) -> Result<i32, Code> {
    if room < 0 || (room > 0 && !usable(place)) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    let (time, picture) = unsafe {
        let time = if usable(time) { time.read_unaligned() } else { clock::local(FileTime::now()).to_date()? };
        (time, text::optional(picture).map_err(|_| error::INVALID_PARAMETER)?)
    };
    let text = print(time, locale, flags, picture.as_deref())?;
    if room > 0 {
        // SAFETY: the caller's promise.
        unsafe { text::write(&text, place, room as usize) }.map_err(|_| error::INSUFFICIENT_BUFFER)?;
    }
    Ok(T::encode(&text).len() as i32 + 1)
}
