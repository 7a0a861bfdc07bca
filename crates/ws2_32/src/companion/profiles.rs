//! Ini files.

use winbase::{Code, error, profile};
use winsock::set_last_error;

use super::{text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};

text_function! {
    /// The value of a key; without a key the keys of the section, without a section the names of all.
    ws2_GetPrivateProfileStringA, ws2_GetPrivateProfileStringW, ws2_GetPrivateProfileStringW_utf32,
    (
        lpappname: *const T,
        lpkeyname: *const T,
        lpdefault: *const T,
        lpreturnedstring: *mut T,
        nsize: u32,
        lpfilename: *const T,
    ) -> u32 {
        if !usable(lpreturnedstring) || nsize == 0 {
            return 0;
        }
        // SAFETY: the caller gives strings or null, and room for so many characters.
        unsafe {
            let file = file(lpfilename);
            let found = match (bytes(lpappname), bytes(lpkeyname)) {
                (None, _) => profile::sections(&file).map(Answer::List),
                (Some(section), None) => profile::keys(&file, &section).map(Answer::List),
                (Some(section), Some(key)) => profile::value(&file, &section, &key).map(Answer::One),
            };
            let found = noted(found).ok().filter(|answer| !matches!(answer, Answer::List(list) if list.is_empty()));
            let answer = found.unwrap_or_else(|| Answer::One(bytes(lpdefault).unwrap_or_default().trim_ascii_end().to_vec()));
            answer.write(lpreturnedstring, nsize as usize)
        }
    }
}

text_function! {
    /// The number that the value of a key begins with.
    ws2_GetPrivateProfileIntA, ws2_GetPrivateProfileIntW, ws2_GetPrivateProfileIntW_utf32,
    (lpappname: *const T, lpkeyname: *const T, ndefault: i32, lpfilename: *const T) -> u32 {
        // SAFETY: the caller gives strings or null.
        let found = unsafe {
            let names = bytes(lpappname).zip(bytes(lpkeyname)).ok_or(error::INVALID_PARAMETER);
            names.and_then(|(section, key)| profile::value(&file(lpfilename), &section, &key))
        };
        match noted(found) {
            // Docs name only a key that is not there; Windows takes an empty value for none, too.
            Ok(value) if !value.is_empty() => profile::number(&value),
            _ => ndefault.cast_unsigned(),
        }
    }
}

text_function! {
    /// The lines of a section.
    ws2_GetPrivateProfileSectionA, ws2_GetPrivateProfileSectionW, ws2_GetPrivateProfileSectionW_utf32,
    (lpappname: *const T, lpreturnedstring: *mut T, nsize: u32, lpfilename: *const T) -> u32 {
        if !usable(lpreturnedstring) || nsize == 0 {
            set_last_error(error::INVALID_PARAMETER);
            return 0;
        }
        // SAFETY: the caller gives strings or null, and room for so many characters.
        unsafe {
            let section = bytes(lpappname).ok_or(error::INVALID_PARAMETER);
            let lines = noted(section.and_then(|section| profile::lines(&file(lpfilename), &section)));
            Answer::List(lines.unwrap_or_default()).write(lpreturnedstring, nsize as usize)
        }
    }
}

text_function! {
    /// The names of the sections.
    ws2_GetPrivateProfileSectionNamesA, ws2_GetPrivateProfileSectionNamesW, ws2_GetPrivateProfileSectionNamesW_utf32,
    (lpszreturnbuffer: *mut T, nsize: u32, lpfilename: *const T) -> u32 {
        if !usable(lpszreturnbuffer) || nsize == 0 {
            return 0;
        }
        // SAFETY: the caller gives a string or null, and room for so many characters.
        unsafe {
            let names = noted(profile::sections(&file(lpfilename))).unwrap_or_default();
            Answer::List(names).write(lpszreturnbuffer, nsize as usize)
        }
    }
}

text_function! {
    /// Sets the value of a key; without a value takes the key away, without a key the section.
    ws2_WritePrivateProfileStringA, ws2_WritePrivateProfileStringW, ws2_WritePrivateProfileStringW_utf32,
    (lpappname: *const T, lpkeyname: *const T, lpstring: *const T, lpfilename: *const T) -> i32 {
        // SAFETY: the caller gives strings or null.
        truth(unsafe {
            bytes(lpappname).ok_or(error::FILE_NOT_FOUND).and_then(|section| match bytes(lpkeyname) {
                Some(key) => profile::set(&file(lpfilename), &section, &key, bytes(lpstring).as_deref()),
                None => profile::replace(&file(lpfilename), &section, None),
            })
        })
    }
}

text_function! {
    /// Replaces the lines of a section; without lines takes it away.
    ws2_WritePrivateProfileSectionA, ws2_WritePrivateProfileSectionW, ws2_WritePrivateProfileSectionW_utf32,
    (lpappname: *const T, lpstring: *const T, lpfilename: *const T) -> i32 {
        // SAFETY: the caller gives strings or null; the lines end with an empty one.
        truth(unsafe {
            let lines = usable(lpstring).then(|| list(lpstring));
            let section = bytes(lpappname).ok_or(error::FILE_NOT_FOUND);
            section.and_then(|section| profile::replace(&file(lpfilename), &section, lines.as_deref()))
        })
    }
}

/// Both outcomes are told by the last error, since neither shows in the return value.
fn noted<A>(found: Result<A, Code>) -> Result<A, Code> {
    set_last_error(*found.as_ref().err().unwrap_or(&Code::new(0)));
    found
}

/// # Safety
/// If usable, the pointer is to a zero-terminated string.
unsafe fn bytes<T: Unit>(pointer: *const T) -> Option<Vec<u8>> {
    // SAFETY: the caller's promise.
    unsafe { text::units(pointer) }.ok().map(|units| T::to_bytes(&units))
}

/// # Safety
/// As for [`bytes`]. No name is one of no file.
unsafe fn file<T: Unit>(pointer: *const T) -> String {
    // SAFETY: the caller's promise.
    unsafe { super::files::name(pointer) }.unwrap_or_default()
}

/// # Safety
/// The pointer is to zero-terminated strings, the last of them empty.
unsafe fn list<T: Unit>(mut pointer: *const T) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    // SAFETY: the caller's promise; each step goes behind a zero, and none behind the empty string.
    unsafe {
        while let Ok(units) = text::units(pointer) {
            if units.is_empty() {
                break;
            }
            lines.push(T::to_bytes(&units));
            pointer = pointer.add(units.len() + 1);
        }
    }
    lines
}

/// What goes into a caller's room.
enum Answer {
    One(Vec<u8>),
    /// Each with a zero, and one more at the end.
    List(Vec<Vec<u8>>),
}

impl Answer {
    /// Writes what fits, and tells how many characters that are without the last zero; of a list that does not fit,
    /// without its last two.
    ///
    /// # Safety
    /// There is room for `room` characters, at least one.
    unsafe fn write<T: Unit>(&self, place: *mut T, room: usize) -> u32 {
        let (mut units, zeros) = match self {
            Answer::One(text) => (T::from_bytes(text), 1),
            Answer::List(list) => {
                let units: Vec<T> =
                    list.iter().flat_map(|text| T::from_bytes(text).into_iter().chain([T::default()])).collect();
                // Source: test_profile_sections_names of Wine's dlls/kernel32/tests/profile.c, run on Windows: 27
                // characters want room for 29, though the last of them is a zero.
                let zeros = if units.len() + 2 > room { 2 } else { 1 };
                (units, zeros)
            }
        };
        units.truncate(room.saturating_sub(zeros));
        let length = units.len();
        units.resize((length + zeros).min(room), T::default());
        for (index, unit) in units.into_iter().enumerate() {
            // SAFETY: the caller's promise; there are at most `room`.
            unsafe { place.add(index).write_unaligned(unit) };
        }
        length as u32
    }
}
