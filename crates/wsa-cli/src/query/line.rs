//! Log lines and messages: every code in them that an error would be written as.
//!
//! What `wsa scan` finds in the line comes first: it knows runtimes' own wordings, and ports and sizes from codes. It is
//! strict, though, and the user has said that the line is about an error; so where it finds nothing, any number that is a
//! code counts.

use std::ops::ControlFlow;

use winsock_codes::errno::by_text;
use winsock_codes::message::{recognise, recognise_lookalike};
use winsock_codes::{Code, is_winsock_range};
use winsock_scan::{Finding, Scanner, ScannerBuilder};

use super::{Answer, Form, Reading, number, push, word};

/// Every code, look-alike or misnamed code in a line; likeliest first. Empty if there is none.
///
/// ```
/// let found = wsa_cli::query::read_line("connect to 10.0.0.7:443 failed (os error 10061)");
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].text, "10061");
/// ```
#[must_use]
pub fn read_line(line: &str) -> Vec<Reading> {
    // A number that claims to be the number of a name is to be shown as claimed, not explained away.
    let contradicts = contradiction(line).is_some();
    let mut readings = if contradicts { Vec::new() } else { scan(line, &Scanner::default(), None) };
    let scanned = readings.len();
    for token in tokens(line) {
        read_token(&mut readings, token);
    }
    for entry in recognise(line) {
        let note = Some("by the system's message text".to_owned());
        push(&mut readings, entry.detail().phrase, Form::Message, Answer::Code(entry), note);
    }
    if !has_code(&readings) {
        for known in recognise_lookalike(line) {
            push(&mut readings, known.phrase, Form::Message, Answer::Lookalike(known), None);
        }
    }
    if let Some((number, text)) = by_text(line).filter(|_| readings.is_empty()) {
        word::push_errno(&mut readings, text, number);
    }
    if readings.is_empty() {
        return scan(line, &ScannerBuilder::new().assume_windows(true).build(), Some("if this was written on Windows"));
    }
    // A bare number is more likely a port or a size where the line has a real code too.
    if !contradicts {
        let (sure, any) = (scanned > 0, has_code(&readings));
        let mut index = 0;
        readings.retain(|reading| {
            index += 1;
            let is_bare = matches!(reading.form, Form::Decimal | Form::Hex);
            match reading.answer {
                Answer::Unassigned(_) => !any,
                Answer::Code(_) => index <= scanned || !(sure && is_bare),
                _ => true,
            }
        });
    }
    readings
}

/// What the log scanner finds in a line.
fn scan(line: &str, scanner: &Scanner, note: Option<&str>) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut keep = |finding: &Finding<'_>| {
        if let Some(entry) = finding.code.entry() {
            let text = String::from_utf8_lossy(finding.written());
            push(&mut readings, &text, form(finding.form), Answer::Code(entry), note.map(str::to_owned));
        }
        ControlFlow::Continue(())
    };
    scanner.scan_slice(line.as_bytes(), &mut keep);
    readings
}

/// The scanner's forms in the words of this module.
fn form(form: winsock_scan::Form) -> Form {
    use winsock_scan::Form as Scanned;
    match form {
        Scanned::Decimal => Form::Decimal,
        Scanned::Hex => Form::Hex,
        Scanned::Hresult | Scanned::HresultDecimal => Form::Hresult,
        Scanned::Apr => Form::Apr,
        Scanned::Libuv => Form::Libuv,
        Scanned::Name => Form::Name,
        Scanned::Minus10000 => Form::MinusBase,
        Scanned::Text | Scanned::LocalizedText => Form::Message,
        _ => Form::Runtime,
    }
}

fn has_code(readings: &[Reading]) -> bool {
    readings.iter().any(|reading| matches!(reading.answer, Answer::Code(_)))
}

/// The pieces of a line that may be a number or a name, without what a wider number would make of them: `10.0.0.7` and
/// `localhost:10048` are addresses, `10054.5` is a measure.
fn tokens(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || ",;()[]{}<>\"'`=|".contains(c))
        .flat_map(|piece| match piece.trim_matches(PUNCTUATION).split_once(':') {
            Some((left, right)) if introduces_a_code(left) => [Some(left), Some(right)],
            Some(_) => [None, None],
            None => [Some(piece), None],
        })
        .flatten()
        .map(|token| token.trim_matches(PUNCTUATION))
        .filter(|token| !token.is_empty())
}

const PUNCTUATION: [char; 5] = ['.', ':', '#', '!', '?'];

/// Whether a number behind this word and a colon is a code and not a port: `errno:10054`, `WSAECONNRESET:10054`,
/// `system:10054`, but not `localhost:10054`.
fn introduces_a_code(word: &str) -> bool {
    const WORDS: [&str; 9] = ["err", "errno", "error", "code", "system", "result", "status", "hr", "rc"];
    let word = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    WORDS.iter().any(|known| word.ends_with(known)) || Code::from_name(&word).is_some()
}

fn read_token(readings: &mut Vec<Reading>, token: &str) {
    let found = number::read(token);
    if found.is_empty() {
        read_name(readings, token);
        return;
    }
    for reading in found {
        let counts = match reading.form {
            // Small numbers and their readings as errno or Win32 are guesses that a line has too many of.
            Form::Decimal | Form::Hex => {
                matches!(reading.answer, Answer::Unassigned(value) if is_winsock_range(value))
                    || matches!(reading.answer, Answer::Code(entry) if is_winsock_range(entry.value()))
            }
            Form::Hresult | Form::NtStatus | Form::Apr | Form::Libuv | Form::BasePlus => true,
            _ => false,
        };
        if counts {
            push(readings, &reading.text, reading.form, reading.answer, reading.note);
        }
    }
}

/// Names count where they are unmistakable: Winsock's, or in the capitals or camel case of a constant.
fn read_name(readings: &mut Vec<Reading>, token: &str) {
    let token = token.rsplit(['.', ':', '/']).next().unwrap_or(token);
    let is_constant = token.len() > 4
        && token.bytes().any(|byte| byte.is_ascii_uppercase())
        && (token.starts_with("WSA") || is_screaming(token) || is_camel(token));
    if !is_constant {
        return;
    }
    let stands_alone = readings.is_empty();
    for reading in word::read(token) {
        let counts = match reading.answer {
            // The exception's own message, which the scanner reads, tells more than its name.
            Answer::Code(_) if matches!(reading.form, Form::Python | Form::Java) => stands_alone,
            Answer::Code(_) => reading.form != Form::Errno || reading.note.is_none(),
            Answer::MadeUp(_) | Answer::Lookalike(_) => true,
            Answer::Near(_) | Answer::Unassigned(_) => false,
        };
        if counts {
            push(readings, &reading.text, reading.form, reading.answer, reading.note);
        }
    }
}

fn is_screaming(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_camel(token: &str) -> bool {
    token.bytes().filter(u8::is_ascii_uppercase).count() >= 2 && token.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// A name and a number that stand side by side in a line and contradict each other, as in `10005 WSAEINTR`.
///
/// ```
/// use winsock_codes::Code;
/// use wsa_cli::query::contradiction;
///
/// assert_eq!(contradiction("10005 WSAEINTR"), Some((10005, Code::WSAEINTR)));
/// assert_eq!(contradiction("WSAEINTR (10004)"), None);
/// ```
#[must_use]
pub fn contradiction(line: &str) -> Option<(i32, Code)> {
    let tokens: Vec<&str> = tokens(line).collect();
    let pair = |number: &str, name: &str| {
        let value: i32 = number.parse().ok().filter(|value| is_winsock_range(*value))?;
        let code = name.starts_with("WSA").then(|| Code::from_name(name)).flatten()?;
        Some((value, code))
    };
    let pairs: Vec<(i32, Code)> = tokens
        .windows(2)
        .filter_map(|neighbours| pair(neighbours[0], neighbours[1]).or_else(|| pair(neighbours[1], neighbours[0])))
        .collect();
    // Where one name stands between two numbers, the one that fits is meant.
    let fits = |code: Code| pairs.iter().any(|(value, other)| *other == code && code.value() == *value);
    pairs.iter().copied().find(|(_, code)| !fits(*code))
}
