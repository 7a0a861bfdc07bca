//! Recognising the system's own message text, as people paste it: with other quotes and case, cut short, glued to an
//! address, wrapped in another message.

use crate::related::{Lookalike, lookalikes};
use crate::{Detail, Entry, entries};

/// The entries whose system text this is most likely to be; several where the text was cut before the word that tells
/// them apart, or where Windows itself has one text for two codes. Empty if the text is not one of theirs.
///
/// The measure is the longest run of consecutive words that text and message share. It must hold most of the message's
/// distinctive phrase, so that "closed by the remote host" alone is no proof.
///
/// ```
/// use winsock_codes::message::recognise;
///
/// let names = |text| recognise(text).map(|entry| entry.name).collect::<Vec<_>>();
/// assert_eq!(names("wsarecv: An existing connection was FORCIBLY closed"), ["WSAECONNRESET"]);
/// assert_eq!(names("A socket operation was attempted to an unreach"), ["WSAENETUNREACH", "WSAEHOSTUNREACH"]);
/// assert!(names("connection closed by the remote host").is_empty());
/// ```
pub fn recognise(text: &str) -> impl Iterator<Item = &'static Entry> {
    let best = entries().iter().map(|entry| score(entry.detail(), text)).max().unwrap_or(0);
    entries().iter().filter(move |entry| best > 0 && score(entry.detail(), text) == best)
}

/// The look-alikes (Win32 and WinHTTP errors) whose system text occurs in this text.
///
/// ```
/// use winsock_codes::message::recognise_lookalike;
///
/// let text = "The semaphore timeout period has expired.";
/// assert_eq!(recognise_lookalike(text).next().unwrap().name, "ERROR_SEM_TIMEOUT");
/// ```
pub fn recognise_lookalike(text: &str) -> impl Iterator<Item = &'static Lookalike> {
    lookalikes().iter().filter(move |known| {
        let length = words(known.phrase).count();
        length > 0 && longest_run(known.phrase, text).length == length
    })
}

/// How well the text fits one entry's messages; 0 means not at all.
fn score(detail: &Detail, text: &str) -> usize {
    let localized = detail.localized.iter().filter(|(_, known)| text.contains(known)).map(|(_, known)| known.len());
    localized.max().unwrap_or(0).max(english_score(detail, text))
}

fn english_score(detail: &Detail, text: &str) -> usize {
    let run = longest_run(detail.message, text);
    let total = words(detail.message).count();
    let complete = run.length == total && total >= 3;
    if detail.phrase.is_empty() || detail.phrase_weak {
        // A text too common to trust in part counts only as a whole.
        return if complete { 2 * run.length + 1 } else { 0 };
    }
    let phrase_length = words(detail.phrase).count();
    let inside = words(detail.phrase).enumerate().filter(|(_, word)| run.holds(detail.message, word)).count();
    // Three words in five of the phrase: "an existing connection was for..." is enough, "by the remote host" is not.
    if complete || run.length >= 3 && inside * 5 >= phrase_length * 3 {
        2 * run.length + usize::from(complete)
    } else {
        0
    }
}

/// A run of words of a message: the words `end - length .. end`.
#[derive(Clone, Copy, Default)]
struct Run {
    length: usize,
    end: usize,
}

impl Run {
    fn holds(self, message: &str, word: &str) -> bool {
        words(message).take(self.end).skip(self.end - self.length).any(|known| known.eq_ignore_ascii_case(word))
    }
}

/// More words than the longest message has; the words beyond it do not count.
const MAX_WORDS: usize = 48;

/// The longest run of consecutive words that `message` and `text` share. The text's last word may be cut short.
fn longest_run(message: &str, text: &str) -> Run {
    let mut ending_here = [0_u16; MAX_WORDS + 1];
    let mut best = Run::default();
    let mut rest = words(text).peekable();
    while let Some(word) = rest.next() {
        let cut = rest.peek().is_none() && word.len() >= 3;
        // `diagonal` carries the cell that the previous word of the text left at the previous word of the message.
        let mut diagonal = 0;
        for (index, known) in words(message).take(MAX_WORDS).enumerate() {
            let same = known.eq_ignore_ascii_case(word)
                || cut
                    && known.len() > word.len()
                    && known.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes());
            let here = if same { diagonal + 1 } else { 0 };
            diagonal = core::mem::replace(&mut ending_here[index + 1], here);
            if usize::from(here) > best.length {
                best = Run { length: usize::from(here), end: index + 1 };
            }
        }
    }
    best
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
