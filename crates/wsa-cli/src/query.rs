//! What a user's WHAT means: every reading of a number, a name or a pasted line, likeliest first.
//!
//! Nothing here knows of the terminal or of output. No input makes it panic; the work is linear in the input, and callers
//! bound the input's length.

mod line;
mod number;
mod word;

use winsock_codes::related::{Lookalike, MadeUp};
use winsock_codes::{Entry, Spelling};

pub use line::{contradiction, read_line};

/// One way to understand the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The part of the input that was read, as it stands there.
    pub text: String,
    /// What kind of thing that part is.
    pub form: Form,
    /// What it stands for.
    pub answer: Answer,
    /// Something to say beside the answer, such as when this reading holds.
    pub note: Option<String>,
}

/// What a part of the input stands for.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// A code of the catalogue.
    Code(&'static Entry),
    /// A number in Winsock's range that nobody assigned.
    Unassigned(i32),
    /// A neighbour of Winsock's codes.
    Lookalike(&'static Lookalike),
    /// A name that looks like Winsock's and is not.
    MadeUp(&'static MadeUp),
    /// Nothing known, but this spelling is near.
    Near(&'static Spelling),
}

impl PartialEq for Answer {
    fn eq(&self, other: &Answer) -> bool {
        match (self, other) {
            (Answer::Code(a), Answer::Code(b)) => a.value() == b.value(),
            (Answer::Unassigned(a), Answer::Unassigned(b)) => a == b,
            (Answer::Lookalike(a), Answer::Lookalike(b)) => a.value == b.value,
            (Answer::MadeUp(a), Answer::MadeUp(b)) => a.name == b.name,
            (Answer::Near(a), Answer::Near(b)) => a == b,
            _ => false,
        }
    }
}

/// The written form of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words of as_str say it")]
pub enum Form {
    Name,
    Decimal,
    Hex,
    Hresult,
    NtStatus,
    Win32,
    Errno,
    Apr,
    Libuv,
    MinusBase,
    BasePlus,
    DotNet,
    Rust,
    Python,
    Java,
    Cpp,
    Node,
    Eai,
    Message,
    Runtime,
}

impl Form {
    /// The form in words: for people, and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Name => "Winsock name",
            Form::Decimal => "decimal",
            Form::Hex => "hexadecimal",
            Form::Hresult => "HRESULT",
            Form::NtStatus => "NTSTATUS",
            Form::Win32 => "Win32 error",
            Form::Errno => "Linux errno",
            Form::Apr => "APR status",
            Form::Libuv => "libuv number or name",
            Form::MinusBase => "code minus 10000",
            Form::BasePlus => "WSABASEERR plus offset",
            Form::DotNet => ".NET SocketError",
            Form::Rust => "Rust ErrorKind",
            Form::Python => "Python exception",
            Form::Java => "Java exception",
            Form::Cpp => "C++ std::errc",
            Form::Node => "Node.js code",
            Form::Eai => "getaddrinfo result",
            Form::Message => "system message text",
            Form::Runtime => "runtime's own words",
        }
    }
}

/// Every reading of one WHAT, likeliest first. Empty if nothing in it is known.
#[must_use]
pub fn read(what: &str) -> Vec<Reading> {
    let trimmed = trim(what);
    if trimmed.is_empty() {
        return Vec::new();
    }
    let readings = read_term(trimmed);
    if readings.is_empty() || readings.iter().all(|reading| matches!(reading.answer, Answer::Near(_))) {
        let found = line::read_line(what);
        if !found.is_empty() {
            return found;
        }
    }
    readings
}

/// Reads a single number or word, not a line.
#[must_use]
pub fn read_term(term: &str) -> Vec<Reading> {
    // `errno:104`, `errno 104`, `errno = 104`
    const SEPARATORS: [char; 3] = [':', '=', ' '];
    if let Some((system, rest)) = term.split_once(SEPARATORS)
        && let Some(readings) = number::read_tagged(system, rest.trim_matches(SEPARATORS))
    {
        return readings;
    }
    let readings = number::read(term);
    if !readings.is_empty() {
        return readings;
    }
    match path_end(term) {
        Some(last) => word::read_known(last),
        None => word::read(term),
    }
}

/// The last name of a path: `io::ErrorKind::TimedOut`, `java.net.BindException`, `socket.gaierror`.
fn path_end(term: &str) -> Option<&str> {
    let mut names = term.split([':', '.']).filter(|name| !name.is_empty());
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let last = names.clone().next_back()?;
    (last.len() < term.len() && names.all(is_name)).then_some(last)
}

/// Takes off what surrounds a code in a log: quotes, brackets, full stops, commas.
fn trim(text: &str) -> &str {
    let is_wrapping = |c: char| c.is_whitespace() || "\"'`()[]{}<>,;.!?«»“”‘’「」".contains(c);
    text.trim_matches(is_wrapping)
}

/// Adds a reading unless the same part of the input already has the same answer.
fn push(readings: &mut Vec<Reading>, text: &str, form: Form, answer: Answer, note: Option<String>) {
    if !readings.iter().any(|known| known.answer == answer) {
        readings.push(Reading { text: text.to_owned(), form, answer, note });
    }
}

#[cfg(test)]
mod tests;
