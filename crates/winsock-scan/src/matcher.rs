//! Many phrases at once: which of a fixed list stand at a place in a text.
//!
//! Every phrase has a fingerprint, three or four consecutive bytes of it, as rare as can be. A text is walked byte by
//! byte; where a fingerprint may stand (one bit in a table that fits the first-level cache) its phrases are compared in
//! both directions. The comparison forgives what happens to texts on their way into a log: see [`Phrase::find_at`].

use std::ops::Range;

/// A phrase: lower case, one blank for any white space. `<` at its beginning and `>` at its end ask for the edge of a
/// word there.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    text: &'static [u8],
    word_start: bool,
    word_end: bool,
}

impl Phrase {
    pub(crate) fn new(written: &'static str) -> Phrase {
        let text = written.strip_prefix('<').unwrap_or(written);
        let bare = text.strip_suffix('>').unwrap_or(text);
        Phrase { text: bare.as_bytes(), word_start: text.len() < written.len(), word_end: bare.len() < text.len() }
    }

    /// The phrase without the marks of its edges.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> &'static [u8] {
        self.text
    }

    /// Where the phrase lies in `text`, if its byte `offset` lies at `at`.
    ///
    /// Forgiven are: case (ASCII), any white space for a blank, including written-out `\r\n` and `\t`, a line break inside
    /// a word (consoles wrap there), and for accented Latin letters and apostrophes whatever a wrong code page or a
    /// font made of them.
    fn find_at<const WIDTH: usize>(&self, text: &[u8], at: usize, offset: usize) -> Option<Range<usize>> {
        // The fingerprint itself is known to be there.
        let end = forward(text, at + WIDTH, &self.text[offset + WIDTH..])?;
        let start = backward(text, at, &self.text[..offset])?;
        let free = |edge: Option<&u8>| edge.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
        let start_ok = !self.word_start || start == 0 || free(text.get(start - 1)) || is_escape(text, start);
        (start_ok && (!self.word_end || free(text.get(end)))).then_some(start..end)
    }
}

/// Whether the letter before `at` belongs to a written-out `\n`, `\r` or `\t`, as in JSON.
fn is_escape(text: &[u8], at: usize) -> bool {
    at >= 2 && text[at - 2] == b'\\' && matches!(text[at - 1], b'n' | b'r' | b't')
}

/// Length of the white space at the front of `text`, line breaks and tabs that are written out included.
fn blank_ahead(text: &[u8]) -> usize {
    match text {
        [b' ' | b'\t' | b'\r' | b'\n', ..] => 1,
        [b'\\', b'r' | b'n' | b't', ..] => 2,
        [0xC2, 0xA0, ..] => 2,
        _ => 0,
    }
}

fn blank_behind(text: &[u8]) -> usize {
    match text {
        [.., b'\\', b'r' | b'n' | b't'] => 2,
        [.., b' ' | b'\t' | b'\r' | b'\n'] => 1,
        [.., 0xC2, 0xA0] => 2,
        _ => 0,
    }
}

/// How the byte of a phrase may be matched.
enum Want {
    Blank,
    /// An accented Latin letter or an apostrophe of so many bytes.
    Soft(usize),
    Exact,
}

fn want(phrase: &[u8], at: usize) -> Want {
    match phrase[at] {
        b' ' => Want::Blank,
        b'\'' => Want::Soft(1),
        0xC3..=0xC5 => Want::Soft(2),
        0xE2 => Want::Soft(3),
        _ => Want::Exact,
    }
}

fn forward(text: &[u8], mut at: usize, phrase: &[u8]) -> Option<usize> {
    let mut i = 0;
    while i < phrase.len() {
        match want(phrase, i) {
            Want::Blank => {
                let begin = at;
                while at < text.len() && blank_ahead(&text[at..]) > 0 {
                    at += blank_ahead(&text[at..]);
                }
                if at == begin {
                    return None;
                }
                i += 1;
            }
            Want::Soft(length) => {
                at += soft_ahead(&text[at.min(text.len())..])?;
                i += length;
            }
            Want::Exact => {
                let byte = *text.get(at)?;
                if byte.eq_ignore_ascii_case(&phrase[i]) {
                    i += 1;
                } else if !wraps(byte, phrase[i]) {
                    return None;
                }
                at += 1;
            }
        }
    }
    Some(at)
}

fn backward(text: &[u8], mut at: usize, phrase: &[u8]) -> Option<usize> {
    let mut i = phrase.len();
    while i > 0 {
        // The first byte of a character of several decides what it is.
        let mut first = i - 1;
        while first > 0 && phrase[first] & 0xC0 == 0x80 {
            first -= 1;
        }
        match want(phrase, first) {
            Want::Blank => {
                let begin = at;
                while at > 0 && blank_behind(&text[..at]) > 0 {
                    at -= blank_behind(&text[..at]);
                }
                if at == begin {
                    return None;
                }
                i = first;
            }
            Want::Soft(_) => {
                at -= soft_behind(&text[..at])?;
                i = first;
            }
            Want::Exact => {
                let byte = *text[..at].last()?;
                if byte.eq_ignore_ascii_case(&phrase[i - 1]) {
                    i -= 1;
                } else if !wraps(byte, phrase[i - 1]) {
                    return None;
                }
                at -= 1;
            }
        }
    }
    Some(at)
}

/// A line break that a console put into a word, or a stray blank inside Chinese or Japanese text.
fn wraps(byte: u8, wanted: u8) -> bool {
    matches!(byte, b'\r' | b'\n') || byte == b' ' && wanted >= 0x80
}

/// What stands for an accented letter: any run of up to six bytes that are not ASCII, or one `?`, quote or plain letter.
fn soft_ahead(text: &[u8]) -> Option<usize> {
    match text.iter().take(6).take_while(|byte| **byte >= 0x80).count() {
        0 => text.first().filter(|byte| byte.is_ascii_alphabetic() || b"?'`\"".contains(byte)).map(|_| 1),
        length => Some(length),
    }
}

fn soft_behind(text: &[u8]) -> Option<usize> {
    match text.iter().rev().take(6).take_while(|byte| **byte >= 0x80).count() {
        0 => text.last().filter(|byte| byte.is_ascii_alphabetic() || b"?'`\"".contains(byte)).map(|_| 1),
        length => Some(length),
    }
}

/// Sets the bit that tells small letters from capital ones: what fingerprints compare.
pub(crate) const fn fold(bytes: u32) -> u32 {
    bytes | 0x2020_2020
}

const BITS: u32 = 13;

const fn slot(fingerprint: u32) -> usize {
    (fingerprint.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    fingerprint: u32,
    phrase: u16,
    offset: u8,
    /// The byte of the phrase behind the fingerprint, folded, or before it if `before`; 0 if it is none to compare.
    check: u8,
    before: bool,
    /// Index + 1 of the next entry of the same slot.
    next: u16,
}

impl Entry {
    /// Whether the byte beside the fingerprint is the phrase's, or a line break inside a word.
    #[inline]
    fn may_go_on<const WIDTH: usize>(&self, text: &[u8], at: usize) -> bool {
        let place = if self.before { at.wrapping_sub(1) } else { at + WIDTH };
        self.check == 0
            || text.get(place).is_some_and(|byte| byte | 0x20 == self.check || matches!(byte, b'\r' | b'\n'))
    }
}

/// A list of phrases, ready to be found. `WIDTH` is the length of a fingerprint, three or four.
#[derive(Debug)]
pub(crate) struct Matcher<const WIDTH: usize> {
    phrases: Vec<Phrase>,
    entries: Vec<Entry>,
    heads: Vec<u16>,
}

impl<const WIDTH: usize> Matcher<WIDTH> {
    const MASK: u32 = if WIDTH == 4 { u32::MAX } else { 0x00FF_FFFF };

    /// Every phrase gets one of the `preferred` fingerprints, or the one whose bytes are the rarest in ordinary logs.
    pub(crate) fn new(phrases: Vec<Phrase>, preferred: &[[u8; 4]]) -> Self {
        let mut this = Matcher { phrases: Vec::new(), entries: Vec::new(), heads: vec![0; 1 << BITS] };
        let mut chosen: Vec<u32> = Vec::new();
        for (index, phrase) in phrases.iter().enumerate() {
            let mut best: Option<(i32, u32, usize)> = None;
            for offset in 0..(phrase.text.len() + 1).saturating_sub(WIDTH) {
                let bytes = &phrase.text[offset..offset + WIDTH];
                if bytes.contains(&b'\'') || bytes.iter().any(|byte| matches!(byte, 0xC3..=0xC5 | 0xE2)) {
                    continue; // matched softly, and so of no use as a fingerprint
                }
                let fingerprint = Self::fingerprint_of(bytes);
                // In a record every phrase behind a stretch is compared: sharing one costs.
                let others = chosen.iter().filter(|other| **other == fingerprint).count() as i32;
                let listed = preferred.contains(&fingerprint.to_le_bytes());
                let shared = if listed { 10_000 } else { others * -8 };
                let score = bytes.iter().map(|byte| rarity(*byte)).sum::<i32>() + shared;
                if best.is_none_or(|(least, ..)| score > least) {
                    best = Some((score, fingerprint, offset));
                }
            }
            // A phrase without a stretch of plain bytes cannot be found; `every_phrase_can_be_found` forbids such phrases.
            let Some((_, fingerprint, offset)) = best else { continue };
            chosen.push(fingerprint);
            let plain = |place: usize| {
                phrase
                    .text
                    .get(place)
                    .copied()
                    .filter(|byte| matches!(want(phrase.text, place), Want::Exact) && *byte < 0x80)
            };
            let behind = plain(offset + WIDTH);
            let before = if offset > 0 { plain(offset - 1) } else { None };
            let check = behind.or(before).map_or(0, |byte| byte | 0x20);
            let head = &mut this.heads[slot(fingerprint)];
            this.entries.push(Entry {
                fingerprint,
                phrase: index as u16,
                offset: offset as u8,
                check,
                before: behind.is_none(),
                next: *head,
            });
            *head = this.entries.len() as u16;
        }
        this.phrases = phrases;
        this
    }

    fn fingerprint_of(bytes: &[u8]) -> u32 {
        let mut four = [0_u8; 4];
        four[..WIDTH].copy_from_slice(&bytes[..WIDTH]);
        fold(u32::from_le_bytes(four)) & Self::MASK
    }

    /// The phrases that have no fingerprint: there should be none.
    #[cfg(test)]
    pub(crate) fn lost(&self) -> usize {
        self.phrases.len() - self.entries.len()
    }

    /// The fingerprints in use, for the prefilter.
    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = [u8; 4]> + '_ {
        self.entries.iter().map(|entry| entry.fingerprint.to_le_bytes())
    }

    /// Calls `found` with every phrase whose fingerprint lies at `at`, and where the phrase lies.
    #[inline]
    pub(crate) fn at(&self, text: &[u8], at: usize, mut found: impl FnMut(usize, Range<usize>)) {
        // Four bytes are loaded even for three: one load instead of three.
        let fingerprint = match text.get(at..at + 4) {
            Some(bytes) => fold(u32::from_le_bytes(bytes.try_into().expect("four bytes"))) & Self::MASK,
            None => match text.get(at..at + WIDTH) {
                Some(bytes) => Self::fingerprint_of(bytes),
                None => return,
            },
        };
        let mut next = self.heads[slot(fingerprint)];
        while next != 0 {
            let entry = self.entries[usize::from(next) - 1];
            if entry.fingerprint == fingerprint && entry.may_go_on::<WIDTH>(text, at) {
                let phrase = &self.phrases[usize::from(entry.phrase)];
                if let Some(range) = phrase.find_at::<WIDTH>(text, at, usize::from(entry.offset)) {
                    found(usize::from(entry.phrase), range);
                }
            }
            next = entry.next;
        }
    }
}

/// How rare a byte is in ordinary logs, in tenths of a bit or so: measured on mixed server logs, rounded.
fn rarity(byte: u8) -> i32 {
    match byte.to_ascii_lowercase() {
        b' ' | b'e' => 28,
        b't' | b'o' | b'r' | b'n' | b's' | b'i' | b'a' | b'0'..=b'9' => 36,
        b'c' | b'd' | b'l' | b'.' | b':' | b'-' | b'/' => 44,
        b'p' | b'u' | b'm' | b'h' | b'g' | b'f' | b',' | b'"' | b'=' => 50,
        b'b' | b'v' | b'w' | b'y' | b'(' | b'[' | b'_' => 56,
        b'k' | b'x' => 62,
        b'j' | b'q' | b'z' => 80,
        // Logs in other languages are full of a few lead bytes; the bytes behind them differ.
        0xC0..=0xFF => 20,
        _ => 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(phrase: &'static str, text: &str) -> bool {
        let matcher = Matcher::<4>::new(vec![Phrase::new(phrase)], &[]);
        let mut found = false;
        for at in 0..text.len() {
            matcher.at(text.as_bytes(), at, |_, _| found = true);
        }
        found
    }

    #[test]
    fn case_and_white_space_are_forgiven() {
        assert!(finds("existing connection was forcibly closed", "An EXISTING connection  was\tforcibly closed"));
        assert!(finds("actively refused it", r"actively\r\nrefused it"));
    }

    #[test]
    fn a_console_may_wrap_inside_a_word() {
        assert!(finds("existing connection was forcibly closed", "existing connec\r\ntion was forcibly closed"));
    }

    #[test]
    fn accents_may_be_lost() {
        for text in ["a été", "a ?t?", "a \u{FFFD}t\u{FFFD}", "a ete", "a Ã©tÃ©"] {
            assert!(finds("connexion a été fermée", &format!("connexion {text} fermée")), "{text}");
        }
    }

    #[test]
    fn words_have_edges() {
        assert!(finds("<recv>", "recv() failed"));
        assert!(!finds("<recv>", "recvmsg failed"));
        assert!(finds("<recv>", r"failed\nrecv failed"));
    }
}
