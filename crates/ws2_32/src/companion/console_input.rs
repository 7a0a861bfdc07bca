//! Keys of the terminal as events of the console.
//!
//! A key goes down and up again: a terminal tells only that it was pressed. Mice, windows and menus have no events here.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use winbase::console_keys::{self, Key};
use winbase::{Code, console, error};

use super::{keyboard, truth};
use crate::boundary::usable;
use crate::text::Unit;
use crate::types::HANDLE;

const KEY_EVENT: u16 = 1;

/// `INPUT_RECORD` with a `KEY_EVENT_RECORD`. `W` is as wide as the caller's `WCHAR`, also where the text is narrow.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct INPUT_RECORD<W> {
    pub EventType: u16,
    pub bKeyDown: i32,
    pub wRepeatCount: u16,
    pub wVirtualKeyCode: u16,
    pub wVirtualScanCode: u16,
    pub uChar: W,
    pub dwControlKeyState: u32,
}

/// Events that were taken from the terminal and not read.
static EVENTS: Mutex<VecDeque<(Key, bool)>> = Mutex::new(VecDeque::new());

fn events() -> MutexGuard<'static, VecDeque<(Key, bool)>> {
    EVENTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many events were taken and not read.
pub(super) fn taken() -> usize {
    events().len()
}

/// Forgets them.
pub(super) fn forget() {
    events().clear();
}

/// Takes all keys that wait; waits for the first if `waits`.
fn take(waits: bool) {
    let mut bytes = Vec::new();
    while let Some(byte) = keyboard::byte(waits && bytes.is_empty()) {
        bytes.push(byte);
    }
    let mut rest = &bytes[..];
    let mut all = events();
    while let Some((key, length)) = console_keys::first(rest) {
        all.extend([(key, true), (key, false)]);
        rest = &rest[length..];
    }
    keyboard::put_back(rest);
}

/// # Safety
/// If usable, the places are good for writing.
unsafe fn read<W: Unit>(
    console: HANDLE,
    place: *mut INPUT_RECORD<W>,
    room: u32,
    count: *mut u32,
    waits: bool,
    encode: fn(char) -> W,
) -> Result<(), Code> {
    console::require(console.addr())?;
    if !usable(count) || room > 0 && !usable(place) {
        return Err(error::INVALID_PARAMETER);
    }
    if events().is_empty() {
        take(waits);
    }
    let mut all = events();
    let told = all.len().min(room as usize);
    for (index, (key, is_down)) in all.iter().take(told).enumerate() {
        let record = INPUT_RECORD {
            EventType: KEY_EVENT,
            bKeyDown: (*is_down).into(),
            wRepeatCount: 1,
            wVirtualKeyCode: key.code,
            wVirtualScanCode: 0,
            uChar: encode(key.letter),
            dwControlKeyState: key.state,
        };
        // SAFETY: the caller gives room for so many.
        unsafe { place.add(index).write_unaligned(record) };
    }
    if waits {
        all.drain(..told);
    }
    // SAFETY: the caller gives a place for the number.
    unsafe { count.write_unaligned(told as u32) };
    Ok(())
}

/// A letter in one wide unit, cut where it needs two.
fn wide<W: Unit>(letter: char) -> W {
    W::encode(letter.encode_utf8(&mut [0; 4])).first().copied().unwrap_or_default()
}

/// A letter in one byte: what has none is a question mark.
fn narrow<W: Unit>(letter: char) -> W {
    wide(if letter.is_ascii() { letter } else { '?' })
}

/// Exports a function that reads events, for a width of `WCHAR`, taking them away or not, with letters in one form.
macro_rules! readers {
    ($($name:ident, $unit:ty, $takes:expr, $encode:ident;)*) => {$(
        const _: () = {
            #[unsafe(no_mangle)]
            unsafe extern "system" fn $name(
                hconsoleinput: HANDLE,
                lpbuffer: *mut INPUT_RECORD<$unit>,
                nlength: u32,
                lpnumberofeventsread: *mut u32,
            ) -> i32 {
                // SAFETY: the caller gives room for so many records, and a place for their number.
                truth(unsafe { read(hconsoleinput, lpbuffer, nlength, lpnumberofeventsread, $takes, $encode) })
            }
        };
    )*};
}

readers! {
    ws2_ReadConsoleInputA, u16, true, narrow;
    ws2_ReadConsoleInputA_utf32, u32, true, narrow;
    ws2_ReadConsoleInputW, u16, true, wide;
    ws2_ReadConsoleInputW_utf32, u32, true, wide;
    ws2_PeekConsoleInputA, u16, false, narrow;
    ws2_PeekConsoleInputA_utf32, u32, false, narrow;
    ws2_PeekConsoleInputW, u16, false, wide;
    ws2_PeekConsoleInputW_utf32, u32, false, wide;
}
