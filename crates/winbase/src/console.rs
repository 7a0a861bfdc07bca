//! The terminal as a console.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use winsock::Code;

use crate::error;
use crate::file::{get, write};

const ENABLE_PROCESSED_INPUT: u32 = 1;
const ENABLE_LINE_INPUT: u32 = 2;
const ENABLE_ECHO_INPUT: u32 = 4;
const ENABLE_PROCESSED_OUTPUT: u32 = 1;
const ENABLE_WRAP_AT_EOL_OUTPUT: u32 = 2;
const ENABLE_VIRTUAL_TERMINAL_PROCESSING: u32 = 4;

/// White on black, which is the terminal's own.
pub const USUAL_ATTRIBUTES: u16 = 7;

/// What a terminal does not tell: what was set last.
struct State {
    title: String,
    attributes: u16,
    cursor: (i16, i16),
    cursor_visible: bool,
    output_mode: u32,
}

static STATE: Mutex<State> = Mutex::new(State {
    title: String::new(),
    attributes: USUAL_ATTRIBUTES,
    cursor: (0, 0),
    cursor_visible: true,
    output_mode: ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING,
});

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a handle is a terminal; [`error::INVALID_HANDLE`] if not, as Windows says of a file or pipe.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
pub fn require(handle: usize) -> Result<(), Code> {
    if rustix::termios::isatty(&*get(handle)?) { Ok(()) } else { Err(error::INVALID_HANDLE) }
}

fn settings(handle: usize) -> Result<Termios, Code> {
    tcgetattr(&*get(handle)?).map_err(|_| error::INVALID_HANDLE)
}

/// How the terminal treats input, or output: a handle that can be read and is not one of the output handles has the
/// input's modes.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal.
#[doc(alias = "GetConsoleMode")]
pub fn mode(handle: usize) -> Result<u32, Code> {
    let now = settings(handle)?;
    if !is_input(handle) {
        return Ok(state().output_mode);
    }
    let local = now.local_modes;
    let bit = |mode, value| if local.contains(mode) { value } else { 0 };
    Ok(bit(LocalModes::ISIG, ENABLE_PROCESSED_INPUT)
        | bit(LocalModes::ICANON, ENABLE_LINE_INPUT)
        | bit(LocalModes::ECHO, ENABLE_ECHO_INPUT))
}

/// Sets how the terminal treats input: signals by keys, whole lines, echo. Modes of output are kept and have no effect.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal; [`error::INVALID_PARAMETER`] for echo without lines, as Windows has it.
#[doc(alias = "SetConsoleMode")]
pub fn set_mode(handle: usize, mode: u32) -> Result<(), Code> {
    let mut now = settings(handle)?;
    if !is_input(handle) {
        state().output_mode = mode;
        return Ok(());
    }
    if mode & ENABLE_ECHO_INPUT != 0 && mode & ENABLE_LINE_INPUT == 0 {
        return Err(error::INVALID_PARAMETER);
    }
    now.local_modes.set(LocalModes::ISIG, mode & ENABLE_PROCESSED_INPUT != 0);
    now.local_modes.set(LocalModes::ICANON, mode & ENABLE_LINE_INPUT != 0);
    now.local_modes.set(LocalModes::ECHO, mode & ENABLE_ECHO_INPUT != 0);
    tcsetattr(&*get(handle)?, OptionalActions::Now, &now).map_err(error::from_errno)
}

fn is_input(handle: usize) -> bool {
    use crate::file::{Standard, standard};
    let is = |which| standard(which) == Ok(handle);
    is(Standard::Input) || !(is(Standard::Output) || is(Standard::Error))
}

/// Colours what is written from now on.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal.
#[doc(alias = "SetConsoleTextAttribute")]
pub fn set_attributes(handle: usize, attributes: u16) -> Result<(), Code> {
    require(handle)?;
    state().attributes = attributes;
    write(handle, colours(attributes).as_bytes()).map(drop)
}

/// The escape sequence for an attribute of Windows.
///
/// ```
/// use winbase::console::colours;
///
/// assert_eq!(colours(0x0c), "\x1b[0;91m"); // bright red
/// assert_eq!(colours(0x1f), "\x1b[0;97;44m"); // white on blue
/// assert_eq!(colours(0x07), "\x1b[0m");
/// ```
#[must_use]
pub fn colours(attributes: u16) -> String {
    const UNDERSCORE: u16 = 0x8000;
    const REVERSE: u16 = 0x4000;
    // Windows counts blue, green, red; terminals red, green, blue.
    let colour = |bits: u16| (bits & 1) << 2 | bits & 2 | (bits & 4) >> 2;
    let mut codes = vec![0];
    let (front, back) = (attributes & 0xf, attributes >> 4 & 0xf);
    if front != USUAL_ATTRIBUTES {
        codes.push(colour(front) + if front & 8 != 0 { 90 } else { 30 });
    }
    if back != 0 {
        codes.push(colour(back) + if back & 8 != 0 { 100 } else { 40 });
    }
    codes.extend((attributes & UNDERSCORE != 0).then_some(4));
    codes.extend((attributes & REVERSE != 0).then_some(7));
    let codes: Vec<String> = codes.iter().map(u16::to_string).collect();
    format!("\x1b[{}m", codes.join(";"))
}

/// What is known of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns and rows.
    pub size: (i16, i16),
    /// Where the cursor was last put; a terminal does not tell where output has moved it.
    pub cursor: (i16, i16),
    /// The colours that were set last.
    pub attributes: u16,
}

/// What is known of the screen.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal.
#[doc(alias = "GetConsoleScreenBufferInfo")]
pub fn screen(handle: usize) -> Result<Screen, Code> {
    require(handle)?;
    let size = tcgetwinsize(&*get(handle)?).map_err(|_| error::INVALID_HANDLE)?;
    // A terminal that was never told its size says 0.
    let or = |size: u16, usual| if size == 0 { usual } else { size.min(i16::MAX as u16) as i16 };
    let now = state();
    Ok(Screen { size: (or(size.ws_col, 80), or(size.ws_row, 25)), cursor: now.cursor, attributes: now.attributes })
}

/// Puts the cursor on a column and row, from 0.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal; [`error::INVALID_PARAMETER`] outside of the screen.
#[doc(alias = "SetConsoleCursorPosition")]
pub fn set_cursor(handle: usize, column: i16, row: i16) -> Result<(), Code> {
    let (columns, rows) = screen(handle)?.size;
    if !(0..columns).contains(&column) || !(0..rows).contains(&row) {
        return Err(error::INVALID_PARAMETER);
    }
    state().cursor = (column, row);
    write(handle, format!("\x1b[{};{}H", row + 1, column + 1).as_bytes()).map(drop)
}

/// Whether the cursor is to be seen.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal.
#[doc(alias = "GetConsoleCursorInfo")]
pub fn cursor_visible(handle: usize) -> Result<bool, Code> {
    require(handle).map(|()| state().cursor_visible)
}

/// Shows or hides the cursor.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal.
#[doc(alias = "SetConsoleCursorInfo")]
pub fn show_cursor(handle: usize, visible: bool) -> Result<(), Code> {
    require(handle)?;
    state().cursor_visible = visible;
    write(handle, if visible { b"\x1b[?25h" } else { b"\x1b[?25l" }).map(drop)
}

/// Writes a character `count` times from a place on, at most to the end of the screen; the cursor stays where it is.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal.
#[doc(alias = "FillConsoleOutputCharacter")]
pub fn fill(handle: usize, letter: char, count: u32, column: i16, row: i16) -> Result<u32, Code> {
    let (columns, rows) = screen(handle)?.size;
    let most = i32::from(columns) * i32::from(rows);
    let count = count.min(most.cast_unsigned()) as usize;
    put(handle, &std::iter::repeat_n(letter, count).collect::<String>(), column, row)
}

/// Writes text at a place, at most to the end of the screen; the cursor stays where it is. How many letters were written.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if it is no terminal.
#[doc(alias = "WriteConsoleOutputCharacter")]
pub fn put(handle: usize, text: &str, column: i16, row: i16) -> Result<u32, Code> {
    let (columns, rows) = screen(handle)?.size;
    if !(0..columns).contains(&column) || !(0..rows).contains(&row) {
        return Ok(0);
    }
    let room = i32::from(columns) * i32::from(rows - row) - i32::from(column);
    let kept: String = text.chars().filter(|letter| !letter.is_control()).take(room as usize).collect();
    write(handle, format!("\x1b7\x1b[{};{}H{kept}\x1b8", row + 1, column + 1).as_bytes())?;
    Ok(kept.chars().count() as u32)
}

/// Names the terminal's window, if there is a terminal; the name is kept in any case.
#[doc(alias = "SetConsoleTitle")]
pub fn set_title(title: &str) {
    use std::io::{IsTerminal, Write};
    // A control character would end the sequence early.
    let plain: String = title.chars().filter(|letter| !letter.is_control()).collect();
    let mut out = std::io::stdout();
    if out.is_terminal() {
        let _ = write!(out, "\x1b]0;{plain}\x07").and_then(|()| out.flush());
    }
    state().title = title.to_owned();
}

/// The name that was set last.
#[doc(alias = "GetConsoleTitle")]
#[must_use]
pub fn title() -> String {
    state().title.clone()
}
