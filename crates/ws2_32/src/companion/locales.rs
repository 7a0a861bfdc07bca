//! Locales: narrow text is UTF-8 whatever the locale, and Windows' names of locales are understood.
//!
//! Linux begins a process in the locale "C", where a wide character beyond ASCII cannot be written; programs for Windows
//! ask for "korean", "rus" or ".936" before they do. So characters are those of C.UTF-8 from the start, and stay UTF-8.

use std::ffi::{CStr, CString, c_char, c_int};

const UTF_8: &CStr = c"C.UTF-8";

/// Languages as Microsoft's library names them, beside `xx-YY`: whole, or by their three letters.
const LANGUAGES: [&str; 58] = [
    "american",
    "ara",
    "arabic",
    "bgr",
    "bulgarian",
    "chinese",
    "chinese-simplified",
    "chinese-traditional",
    "chs",
    "cht",
    "csy",
    "czech",
    "dan",
    "danish",
    "deu",
    "dutch",
    "ell",
    "enu",
    "english",
    "eng",
    "esn",
    "esp",
    "fin",
    "finnish",
    "fra",
    "french",
    "german",
    "greek",
    "hebrew",
    "heb",
    "hun",
    "hungarian",
    "italian",
    "ita",
    "japanese",
    "jpn",
    "kor",
    "korean",
    "nld",
    "norwegian",
    "plk",
    "polish",
    "portuguese",
    "ptb",
    "ptg",
    "rom",
    "romanian",
    "rus",
    "russian",
    "spanish",
    "sve",
    "swedish",
    "thai",
    "trk",
    "turkish",
    "ukr",
    "ukrainian",
    "usa",
];

/// Whether Windows has a locale of this name: `korean`, `Russian_Russia.1251`, `zh-CN`, `.UTF8`.
fn is_windows_name(name: &str) -> bool {
    let (place, page) = name.split_once('.').unwrap_or((name, ""));
    let language = place.split('_').next().unwrap_or_default().to_ascii_lowercase();
    let is_page = page.is_empty() || page.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_tag =
        matches!(language.as_bytes(), [a, b, b'-', ..] | [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    is_page && (LANGUAGES.contains(&language.as_str()) || is_tag || (language.is_empty() && !page.is_empty()))
}

/// Takes C.UTF-8 for characters, unless the locale has UTF-8 already.
fn keep_utf_8() {
    // SAFETY: the answer is a C string of the C library's.
    unsafe {
        let codeset = CStr::from_ptr(libc::nl_langinfo(libc::CODESET));
        if codeset != c"UTF-8" {
            libc::setlocale(libc::LC_CTYPE, UTF_8.as_ptr());
        }
    }
}

unsafe extern "C" {
    #[link_name = "stdout"]
    static mut STDOUT: *mut libc::FILE;
}

/// Lets output leave as on Windows: to a terminal at once, so that a question without a line's end is seen; to a pipe or a
/// file at least line by line. The system's library would keep 4096 bytes back, and a server that is stopped by a signal
/// would never tell what it did. A program that sets its buffers itself does so later, and prevails.
fn loosen_output() {
    // SAFETY: the stream exists before any code of the program runs, and makes its buffer itself.
    unsafe {
        let how = if libc::isatty(libc::STDOUT_FILENO) == 1 { libc::_IONBF } else { libc::_IOLBF };
        libc::setvbuf(STDOUT, std::ptr::null_mut(), how, 0);
    }
}

/// When the library is loaded: UTF-8 for the program's characters, and its output.
extern "C" fn begin() {
    keep_utf_8();
    loosen_output();
}

// SAFETY: a function without arguments, called once before the program's main.
#[unsafe(link_section = ".init_array")]
#[used]
static BEGIN: extern "C" fn() = begin;

/// Sets a locale by the system's name or Windows'. Characters stay UTF-8.
#[unsafe(export_name = "ws2_setlocale")]
pub unsafe extern "C" fn setlocale(category: c_int, name: *const c_char) -> *mut c_char {
    // SAFETY: the caller gives a C string, or null to ask.
    unsafe {
        if name.is_null() {
            return libc::setlocale(category, name);
        }
        let mut set = libc::setlocale(category, name);
        if set.is_null() && CStr::from_ptr(name).to_str().is_ok_and(is_windows_name) {
            set = libc::setlocale(category, UTF_8.as_ptr());
        }
        if set.is_null() {
            return set;
        }
        keep_utf_8();
        libc::setlocale(category, std::ptr::null())
    }
}

/// The system's name of a locale: C.UTF-8 for one of Windows' that the system has not.
#[unsafe(export_name = "ws2_locale_name")]
pub unsafe extern "C" fn locale_name(name: *const c_char) -> *const c_char {
    // SAFETY: the caller gives a C string; what is made is freed.
    unsafe {
        let known = libc::newlocale(libc::LC_ALL_MASK, name, std::ptr::null_mut());
        if !known.is_null() {
            libc::freelocale(known);
            return name;
        }
        if CStr::from_ptr(name).to_str().is_ok_and(is_windows_name) { UTF_8.as_ptr() } else { name }
    }
}

/// [`setlocale`] by a wide name; what it returns is in the thread's own memory.
unsafe fn wide<T: crate::text::Unit>(category: c_int, name: *const T) -> *mut T {
    use std::any::Any;
    use std::cell::RefCell;
    thread_local! {
        static ANSWER: RefCell<Box<dyn Any>> = RefCell::new(Box::new(()));
    }
    // SAFETY: the caller gives a string that ends with a zero, or null.
    let set = unsafe {
        let name = crate::text::optional(name).ok().flatten().and_then(|name| CString::new(name).ok());
        setlocale(category, name.as_ref().map_or(std::ptr::null(), |name| name.as_ptr()))
    };
    if set.is_null() {
        return std::ptr::null_mut();
    }
    // SAFETY: a C string of the C library's.
    let text = unsafe { CStr::from_ptr(set) }.to_string_lossy().into_owned();
    let mut units: Vec<T> = T::encode(&text);
    units.push(T::default());
    ANSWER.with(|answer| {
        let mut boxed = Box::new(units);
        let place = boxed.as_mut_ptr();
        *answer.borrow_mut() = boxed;
        place
    })
}

/// [`setlocale`] by a name of 16-bit units.
#[unsafe(export_name = "ws2__wsetlocale")]
pub unsafe extern "C" fn _wsetlocale(category: c_int, name: *const u16) -> *mut u16 {
    // SAFETY: the caller's promise.
    unsafe { wide(category, name) }
}

/// [`setlocale`] by a name of 32-bit units.
#[unsafe(export_name = "ws2__wsetlocale_utf32")]
pub unsafe extern "C" fn _wsetlocale_utf32(category: c_int, name: *const u32) -> *mut u32 {
    // SAFETY: the caller's promise.
    unsafe { wide(category, name) }
}

#[cfg(test)]
mod tests {
    use super::is_windows_name;

    #[test]
    fn windows_names_of_locales_are_recognised() {
        for name in ["korean", "Russian_Russia.1251", "rus", ".936", ".UTF8", "zh-CN", "en_US.utf8", "chs"] {
            assert!(is_windows_name(name), "{name}");
        }
        for name in ["", "nonsense", "a/b", "_x.1251!"] {
            assert!(!is_windows_name(name), "{name}");
        }
    }
}
