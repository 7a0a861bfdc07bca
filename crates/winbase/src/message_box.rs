//! `MessageBox` on the terminal.

use std::io::{BufRead, IsTerminal, Write};

use winsock::Code;

use crate::error;

/// A button of a box: the number that a click on it returns, and its name.
type Button = (i32, &'static str);

const OK: Button = (1, "OK");
const CANCEL: Button = (2, "Cancel");
const ABORT: Button = (3, "Abort");
const RETRY: Button = (4, "Retry");
const IGNORE: Button = (5, "Ignore");
const YES: Button = (6, "Yes");
const NO: Button = (7, "No");
const TRY_AGAIN: Button = (10, "Try Again");
const CONTINUE: Button = (11, "Continue");

/// The buttons of a box by the low bits of its type.
///
/// # Errors
/// `ERROR_INVALID_MSGBOX_STYLE` (1438).
fn buttons(kind: u32) -> Result<&'static [Button], Code> {
    Ok(match kind & 0xf {
        0 => &[OK],
        1 => &[OK, CANCEL],
        2 => &[ABORT, RETRY, IGNORE],
        3 => &[YES, NO, CANCEL],
        4 => &[YES, NO],
        5 => &[RETRY, CANCEL],
        6 => &[CANCEL, TRY_AGAIN, CONTINUE],
        _ => return Err(Code::new(1438)),
    })
}

/// Shows a message on the standard error stream and returns the number of the chosen button.
///
/// Where input and the error stream are terminals, the user answers: Enter for the default button, else the beginning of a
/// button's name. Otherwise nobody can, and the default button is chosen at once.
///
/// # Errors
/// `ERROR_INVALID_MSGBOX_STYLE` (1438) for buttons that do not exist.
#[doc(alias = "MessageBox")]
pub fn show(text: &str, caption: &str, kind: u32) -> Result<i32, Code> {
    let buttons = buttons(kind)?;
    let usual = buttons.get((kind >> 8 & 0xf) as usize).unwrap_or(&buttons[0]);
    let mut screen = std::io::stderr();
    let lines = if caption.is_empty() { format!("{text}\n") } else { format!("{caption}: {text}\n") };
    // Without an error stream there is nobody to tell.
    let _ = screen.write_all(lines.as_bytes());
    if !std::io::stdin().is_terminal() || !screen.is_terminal() {
        return Ok(usual.0);
    }
    let names: Vec<&str> = buttons.iter().map(|button| button.1).collect();
    let question = format!("[{}] ", names.join(" / "));
    ask(&question, buttons, *usual, &mut std::io::stdin().lock(), &mut screen).ok_or(error::INVALID_HANDLE)
}

fn ask(
    question: &str,
    buttons: &[Button],
    usual: Button,
    answers: &mut dyn BufRead,
    screen: &mut dyn Write,
) -> Option<i32> {
    loop {
        screen.write_all(question.as_bytes()).and_then(|()| screen.flush()).ok()?;
        let mut line = String::new();
        if answers.read_line(&mut line).ok()? == 0 {
            // The end of input closes the box.
            return Some(buttons.iter().find(|button| **button == CANCEL).unwrap_or(&usual).0);
        }
        let answer = line.trim().to_lowercase();
        if answer.is_empty() {
            return Some(usual.0);
        }
        if let Some(button) = buttons.iter().find(|button| button.1.to_lowercase().starts_with(&answer)) {
            return Some(button.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_the_beginning_of_a_button() {
        let answer = |typed: &str, kind| {
            let buttons = buttons(kind).unwrap();
            ask("? ", buttons, buttons[0], &mut typed.as_bytes(), &mut Vec::new())
        };
        assert_eq!(answer("\n", 4), Some(6));
        assert_eq!(answer("n\n", 4), Some(7));
        assert_eq!(answer("what\nCAN\n", 3), Some(2));
        assert_eq!(answer("", 1), Some(2));
        assert!(buttons(9).is_err());
    }
}
