//! The system's own message texts, as `FormatMessage` gives them, and `gai_strerror`.
//!
//! Programs log these texts and people search for them, so they are the system's and not ours: the catalogue holds
//! them for every Winsock code, and the Win32 errors that stand beside those are here.

mod inserts;

use winsock_codes::Code;

pub use inserts::{Arguments, Characters};

/// `FORMAT_MESSAGE_MAX_WIDTH_MASK`: the low byte of the flags is a line width; all ones keep the text on one line.
pub const MAX_WIDTH_MASK: u32 = 0xff;

/// The system's English text of an error, without the line end that `FormatMessage` puts after it.
///
/// Knows every Winsock code, the Win32 errors that programs meet beside them, and both as HRESULT (`0x8007....`).
///
/// ```
/// use winsock::message::system_text;
///
/// assert_eq!(system_text(10061), Some("No connection could be made because the target machine actively refused it."));
/// assert_eq!(system_text(0x8007_274d), system_text(10061));
/// assert_eq!(system_text(1225), Some("The remote computer refused the network connection."));
/// assert_eq!(system_text(10099), None);
/// ```
#[must_use]
pub fn system_text(error: u32) -> Option<&'static str> {
    let error = if error >> 16 == 0x8007 { error & 0xffff } else { error };
    let winsock = i32::try_from(error).ok().and_then(|value| Code::new(value).entry()).map(|entry| entry.message());
    winsock.filter(|text| !text.is_empty()).or_else(|| win32_text(error))
}

/// The text as `FormatMessage` lays it out for a width, the low byte of its flags: 0 ends it with a carriage return and
/// a line feed, 255 puts it on one line that ends with a blank, other widths break that into lines of fewer characters
/// where a blank allows.
///
/// ```
/// use winsock::message::{MAX_WIDTH_MASK, system_text, lay_out};
///
/// let text = system_text(11001).unwrap();
/// assert_eq!(lay_out(text, 0), "No such host is known.\r\n");
/// assert_eq!(lay_out(text, MAX_WIDTH_MASK), "No such host is known. ");
/// assert_eq!(lay_out(text, 14), "No such host\r\nis known. ");
/// ```
#[must_use]
pub fn lay_out(text: &str, width: u32) -> String {
    match width & MAX_WIDTH_MASK {
        0 => format!("{text}\r\n"),
        // A line break of the message counts as a blank, the last one too.
        MAX_WIDTH_MASK => one_line(text) + " ",
        width => wrap(&(one_line(text) + " "), width as usize),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line that is as long as the width is broken: at its last blanks, which go, or where it stands if it has none.
/// Source: dlls/kernel32/tests/format_msg.c, test_message_wrap, checked on Windows.
fn wrap(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    let mut column = 0;
    for letter in text.chars() {
        line.push(letter);
        column += 1;
        if column < width {
            continue;
        }
        let (head, tail) = match line.rfind(' ') {
            Some(last) => (line[..last].trim_end_matches(' '), &line[last + 1..]),
            None => (&line[..], ""),
        };
        lines.push_str(head);
        lines.push_str("\r\n");
        line = tail.to_owned();
        column = line.chars().count();
    }
    lines + &line
}

/// Where `FormatMessage` takes its text from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// The system's own table.
    System,
    /// A module's table: kernel32's is the system's, and the program itself has none.
    Module {
        /// Whether the module is another than the program.
        named: bool,
    },
    /// The caller's string.
    Text(&'a str),
}

/// `FORMAT_MESSAGE_IGNORE_INSERTS`: leave `%1` and the like as they are.
pub const IGNORE_INSERTS: u32 = 0x200;

/// What `FormatMessage` writes, without the terminating zero.
///
/// # Errors
/// Win32 errors, as the function sets: 317 `ERROR_MR_MID_NOT_FOUND` for a number without a text, 1815
/// `ERROR_RESOURCE_LANG_NOT_FOUND` for a language other than neutral or English, 1813 `ERROR_RESOURCE_TYPE_NOT_FOUND` for
/// a module without messages, 87 `ERROR_INVALID_PARAMETER` for an insert without its argument. Docs: "FormatMessage
/// function".
///
/// ```
/// use winsock::{Code, message::{Source, format_message}};
///
/// let text = format_message(Source::System, 10054, 0, 0, &mut ())?;
/// assert_eq!(text, "An existing connection was forcibly closed by the remote host.\r\n");
/// assert_eq!(format_message(Source::System, 10054, 0x0407, 0, &mut ()), Err(Code::new(1815)));
/// # Ok::<(), Code>(())
/// ```
#[doc(alias = "FormatMessageA")]
#[doc(alias = "FormatMessageW")]
pub fn format_message(
    source: Source<'_>,
    message: u32,
    language: u32,
    flags: u32,
    arguments: &mut dyn Arguments,
) -> Result<String, Code> {
    let text = match source {
        Source::Text(text) => return inserts::expand(text, flags, arguments),
        Source::Module { named: false } => return Err(Code::new(ERROR_RESOURCE_TYPE_NOT_FOUND)),
        Source::Module { named: true } | Source::System => system_text(message),
    };
    let text = text.ok_or(Code::new(ERROR_MR_MID_NOT_FOUND))?;
    // Neutral, the user's default, the system's default, English, English (United States).
    if !matches!(language, 0 | 0x0400 | 0x0800 | 0x0009 | 0x0409) {
        return Err(Code::new(ERROR_RESOURCE_LANG_NOT_FOUND));
    }
    if text.contains('%') {
        return inserts::expand(&format!("{text}\r\n"), flags, arguments);
    }
    Ok(lay_out(text, flags))
}

const ERROR_MR_MID_NOT_FOUND: i32 = 317;
const ERROR_RESOURCE_TYPE_NOT_FOUND: i32 = 1813;
const ERROR_RESOURCE_LANG_NOT_FOUND: i32 = 1815;
const ERROR_INVALID_PARAMETER: i32 = 87;

/// The text of `gai_strerror`, which on Windows is `FormatMessage` on one line; for an unknown code the text is empty.
///
/// ```
/// assert_eq!(winsock::message::gai_strerror(11001), "No such host is known. ");
/// ```
#[doc(alias = "gai_strerrorA")]
#[doc(alias = "gai_strerrorW")]
#[must_use]
pub fn gai_strerror(code: i32) -> String {
    system_text(code.cast_unsigned()).map(|text| lay_out(text, MAX_WIDTH_MASK)).unwrap_or_default()
}

/// Win32 errors that programs meet beside Winsock's: what `GetLastError` and completion packets show.
fn win32_text(error: u32) -> Option<&'static str> {
    WIN32.binary_search_by_key(&error, |row| row.0).ok().map(|index| WIN32[index].1)
}

/// In order of value. Source: the system's English texts, by `winerror.h` number.
const WIN32: [(u32, &str); 83] = [
    (0, "The operation completed successfully."),
    (1, "Incorrect function."),
    (2, "The system cannot find the file specified."),
    (3, "The system cannot find the path specified."),
    (4, "The system cannot open the file."),
    (5, "Access is denied."),
    (6, "The handle is invalid."),
    (8, "Not enough memory resources are available to process this command."),
    (13, "The data is invalid."),
    (14, "Not enough memory resources are available to complete this operation."),
    (21, "The device is not ready."),
    (32, "The process cannot access the file because it is being used by another process."),
    (38, "Reached the end of the file."),
    (50, "The request is not supported."),
    (
        51,
        "Windows cannot find the network path. Verify that the network path is correct and the destination computer is not busy or turned off. If Windows still cannot find the network path, contact your network administrator.",
    ),
    (
        52,
        "You were not connected because a duplicate name exists on the network. If joining a domain, go to System in Control Panel to change the computer name and try again. If joining a workgroup, choose another workgroup name.",
    ),
    (53, "The network path was not found."),
    (54, "The network is busy."),
    (55, "The specified network resource or device is no longer available."),
    (58, "The specified server cannot perform the requested operation."),
    (59, "An unexpected network error occurred."),
    (64, "The specified network name is no longer available."),
    (65, "Network access is denied."),
    (67, "The network name cannot be found."),
    (68, "The name limit for the local computer network adapter card was exceeded."),
    (
        71,
        "No more connections can be made to this remote computer at this time because there are already as many connections as the computer can accept.",
    ),
    (87, "The parameter is incorrect."),
    (109, "The pipe has been ended."),
    (120, "This function is not supported on this system."),
    (121, "The semaphore timeout period has expired."),
    (122, "The data area passed to a system call is too small."),
    (126, "The specified module could not be found."),
    (127, "The specified procedure could not be found."),
    (170, "The requested resource is in use."),
    (183, "Cannot create a file when that file already exists."),
    (203, "The system could not find the environment option that was entered."),
    (232, "The pipe is being closed."),
    (233, "No process is on the other end of the pipe."),
    (234, "More data is available."),
    (258, "The wait operation timed out."),
    (259, "No more data is available."),
    (317, "The system cannot find message text for message number 0x%1 in the message file for %2."),
    (433, "A device which does not exist was specified."),
    (487, "Attempt to access invalid address."),
    (534, "Arithmetic result exceeded 32 bits."),
    (735, "Address was not granted."),
    (995, "The I/O operation has been aborted because of either a thread exit or an application request."),
    (996, "Overlapped I/O event is not in a signaled state."),
    (997, "Overlapped I/O operation is in progress."),
    (998, "Invalid access to memory location."),
    (1168, "Element not found."),
    (1214, "The format of the specified network name is invalid."),
    (1223, "The operation was canceled by the user."),
    (1225, "The remote computer refused the network connection."),
    (1226, "The network connection was gracefully closed."),
    (1227, "The network transport endpoint already has an address associated with it."),
    (1228, "An address has not yet been associated with the network endpoint."),
    (1229, "An operation was attempted on a nonexistent network connection."),
    (1230, "An invalid operation was attempted on an active network connection."),
    (1231, "The network location cannot be reached. For information about network troubleshooting, see Windows Help."),
    (1232, "The network location cannot be reached. For information about network troubleshooting, see Windows Help."),
    (1233, "The network location cannot be reached. For information about network troubleshooting, see Windows Help."),
    (1234, "No service is operating at the destination network endpoint on the remote system."),
    (1235, "The request was aborted."),
    (1236, "The network connection was aborted by the local system."),
    (1237, "The operation could not be completed. A retry should be performed."),
    (1256, "The remote system is not available. For information about network troubleshooting, see Windows Help."),
    (1450, "Insufficient system resources exist to complete the requested service."),
    (1453, "Insufficient quota to complete the requested service."),
    (1454, "Insufficient quota to complete the requested service."),
    (1455, "The paging file is too small for this operation to complete."),
    (1460, "This operation returned because the timeout period expired."),
    (1722, "The RPC server is unavailable."),
    (1784, "The supplied user buffer is not valid for the requested operation."),
    (1816, "Not enough quota is available to process this command."),
    (9001, "DNS server unable to interpret format."),
    (9002, "DNS server failure."),
    (9003, "DNS name does not exist."),
    (9004, "DNS request not supported by name server."),
    (9005, "DNS operation refused."),
    (9501, "No records found for given DNS query."),
    (9502, "Bad DNS packet."),
    (9852, "No DNS servers configured for local system."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_winsock_code_has_its_text() {
        for entry in winsock_codes::entries() {
            let text = system_text(entry.value().cast_unsigned());
            assert!(text.is_some_and(|text| text.ends_with(['.', '!', ')'])), "{}: {text:?}", entry.name);
        }
    }

    #[test]
    fn every_win32_look_alike_has_its_text() {
        for known in winsock_codes::related::lookalikes().iter().filter(|known| known.owner == "Win32") {
            let text = system_text(known.value).unwrap_or_default().to_lowercase();
            assert!(text.contains(known.phrase), "{} {}: {text:?}", known.value, known.name);
        }
    }

    #[test]
    fn the_win32_errors_of_completion_packets_have_texts() {
        let missing: Vec<u32> = winsock_codes::entries()
            .iter()
            .flat_map(|entry| entry.twins.ntstatus.iter())
            .map(|status| status.win32_value)
            .filter(|&value| system_text(value).is_none())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(WIN32.is_sorted_by(|a, b| a.0 < b.0));
    }

    // Docs: "FormatMessage function", table of escapes.
    #[test]
    fn strings_of_the_caller_are_expanded() {
        let format = |text, flags| format_message(Source::Text(text), 0, 0, flags, &mut ());
        assert_eq!(format("a%nb%tc%%d%be%.f", 0).as_deref(), Ok("a\r\nb\tc%d e.f"));
        assert_eq!(format("cut%0 off", 0).as_deref(), Ok("cut"));
        assert_eq!(format("%1 and %2!s!", IGNORE_INSERTS).as_deref(), Ok("%1 and %2!s!"));
        assert_eq!(format("%1", 0), Err(Code::new(87)));
    }

    #[test]
    fn failures_have_the_errors_of_win32() {
        let format = |source, message, flags| format_message(source, message, 0, flags, &mut ());
        assert_eq!(format(Source::System, 10_099, 0), Err(Code::new(317)));
        assert_eq!(format(Source::Module { named: false }, 10_054, 0), Err(Code::new(1813)));
        assert_eq!(format(Source::Module { named: true }, 10_054, 0), format(Source::System, 10_054, 0));
        // A message with inserts, and nothing to fill in.
        assert_eq!(format(Source::System, 317, 0), Err(Code::new(87)));
        assert!(format(Source::System, 317, IGNORE_INSERTS).unwrap().contains("0x%1"));
    }

    #[test]
    fn unknown_numbers_have_no_text() {
        for error in [10_005, 10_099, 0xc000_0005, 0x8000_4005, u32::MAX] {
            assert_eq!(system_text(error), None, "{error:#x}");
        }
        assert_eq!(gai_strerror(-1), "");
    }
}
