//! Recognising the system's own message text, as people paste it: with other quotes and case, cut short, glued to an
//! address, wrapped in another message.

use crate::generated::text::DETAILS;
use crate::name_hash::hash;
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
    let mut fits = [Fit::default(); ENTRIES];
    for window in windows(text) {
        for (fit, detail) in fits.iter_mut().zip(&DETAILS) {
            *fit = (*fit).max(Fit::new(detail, &window));
        }
    }
    for (fit, detail) in fits.iter_mut().zip(&DETAILS) {
        let found =
            detail.localized.iter().filter(|(_, known)| text.contains(known)).map(|(_, known)| known.len()).max();
        *fit = (*fit).max(Fit { score: found.unwrap_or(0), is_proof: found.is_some() });
    }
    let proven = fits.iter().any(|fit| fit.is_proof);
    // What fits as well or better is as likely, even where less of its own phrase was left.
    let best = fits.iter().map(|fit| fit.score).max().unwrap_or(0);
    entries().iter().zip(fits).filter(move |(_, fit)| proven && fit.score == best).map(|(entry, _)| entry)
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
        let wanted = known.phrase_words;
        !wanted.is_empty() && windows(text).any(|window| window.hashes().windows(wanted.len()).any(|run| run == wanted))
    })
}

const ENTRIES: usize = entries().len();

/// Words of a text that are compared at once.
const WINDOW: usize = 256;
/// More words than the longest message has: as many as two windows share, so that no message is cut in two.
const OVERLAP: usize = 48;

/// A stretch of a text, as hashes of its words.
struct Window<'t> {
    hashes: [u32; WINDOW],
    length: usize,
    /// The last word of the text, which may be cut short; empty if the text goes on behind this window.
    last: &'t str,
    /// Where the next window begins, if there is one.
    next: Option<&'t str>,
}

impl<'t> Window<'t> {
    fn new(text: &'t str) -> Window<'t> {
        let mut window = Window { hashes: [0; WINDOW], length: 0, last: "", next: None };
        let mut rest = text;
        let mut next = "";
        while let Some((word, behind)) = first_word(rest) {
            if window.length == WINDOW {
                window.last = "";
                window.next = Some(next);
                break;
            }
            if window.length == WINDOW - OVERLAP {
                next = rest;
            }
            window.hashes[window.length] = word_hash(word);
            window.length += 1;
            window.last = word;
            rest = behind;
        }
        window
    }

    fn hashes(&self) -> &[u32] {
        &self.hashes[..self.length]
    }
}

fn windows(text: &str) -> impl Iterator<Item = Window<'_>> {
    core::iter::successors(Some(Window::new(text)), |window| window.next.map(Window::new))
}

/// How well a text fits one entry's messages. The order is that of likelihood.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    score: usize,
    /// Whether so much of what is distinctive was found that it can be no other text.
    is_proof: bool,
}

impl Fit {
    fn new(detail: &Detail, text: &Window<'_>) -> Fit {
        let run = longest_run(detail, text);
        let complete = run.length == detail.message_words.len() && run.length >= 3;
        let score = 2 * run.length + usize::from(complete);
        if detail.phrase.is_empty() || detail.phrase_weak {
            // A text too common to trust in part counts only as a whole.
            return if complete { Fit { score, is_proof: true } } else { Fit::default() };
        }
        if run.length < 3 {
            return Fit::default();
        }
        let phrase_length = words(detail.phrase).count();
        let inside = words(detail.phrase).filter(|word| run.holds(detail, word)).count();
        // Three words in five of the phrase: "an existing connection was for..." is enough, "by the remote host" is not.
        Fit { score, is_proof: complete || inside * 5 >= phrase_length * 3 }
    }
}

/// A run of words of a message: the words `end - length .. end`.
#[derive(Clone, Copy, Default)]
struct Run {
    length: usize,
    end: usize,
}

impl Run {
    fn holds(self, detail: &Detail, word: &str) -> bool {
        detail.message_words[self.end - self.length..self.end].contains(&word_hash(word))
    }
}

/// The longest run of consecutive words that message and text share. The text's last word may be cut short.
fn longest_run(detail: &Detail, text: &Window<'_>) -> Run {
    let mut search = RunSearch { ending_here: [0; OVERLAP + 1], best: Run::default() };
    let message = &detail.message_words[..detail.message_words.len().min(OVERLAP)];
    let (last, whole) = match text.hashes().split_last() {
        Some((last, whole)) if text.last.len() >= 3 => (Some(*last), whole),
        _ => (None, text.hashes()),
    };
    for hash in whole {
        search.extend(message.len(), |index, _| message[index] == *hash);
    }
    if let Some(last) = last {
        let begins = |known: &str| {
            known
                .as_bytes()
                .get(..text.last.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(text.last.as_bytes()))
        };
        // Half a word proves nothing by itself and is looked at only where it continues a run.
        let is_same =
            |index, run| message[index] == last || run > 0 && words(detail.message).nth(index).is_some_and(begins);
        search.extend(message.len(), is_same);
    }
    search.best
}

struct RunSearch {
    /// Length of the common run that ends at the previous word of the text and at each word of the message.
    ending_here: [u8; OVERLAP + 1],
    best: Run,
}

impl RunSearch {
    fn extend(&mut self, message_length: usize, is_same: impl Fn(usize, u8) -> bool) {
        // `diagonal` is what the previous word of the text left at the previous word of the message.
        let mut diagonal = 0;
        for index in 0..message_length {
            let here = if is_same(index, diagonal) { diagonal + 1 } else { 0 };
            diagonal = core::mem::replace(&mut self.ending_here[index + 1], here);
            if usize::from(here) > self.best.length {
                self.best = Run { length: usize::from(here), end: index + 1 };
            }
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (word, behind) = first_word(rest)?;
        rest = behind;
        Some(word)
    })
}

/// The first word of a text, and what is behind it.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let start = text.find(char::is_alphanumeric)?;
    let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |length| start + length);
    Some((&text[start..end], &text[end..]))
}

/// What stands for a word, in any mixture of ASCII case. The generator makes `Detail::message_words` with the same hash.
fn word_hash(word: &str) -> u32 {
    hash(word.as_bytes(), 0) as u32
}
