//! [`Phrase`]: one text, and the comparison that forgives what happens to texts on their way into a log.

use std::ops::Range;

/// A phrase: lower case, one blank for any white space. `<` at its beginning and `>` at its end ask for the edge of a
/// word there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub(super) text: &'static [u8],
    word_start: bool,
    word_end: bool,
    /// Whether text that equals the phrase byte for byte, but for case, is what the forgiving comparison finds too.
    plain: bool,
    /// Whether nothing but white space is forgiven in it.
    strict: bool,
}

impl Phrase {
    pub(crate) const fn new(written: &'static str) -> Phrase {
        let (mut text, mut word_start, mut word_end) = (written.as_bytes(), false, false);
        if let [b'<', bare @ ..] = text {
            (text, word_start) = (bare, true);
        }
        if let [bare @ .., b'>'] = text {
            (text, word_end) = (bare, true);
        }
        let plain = is_plain(text);
        Phrase { text, word_start, word_end, plain, strict: plain && is_strict(text) }
    }

    /// Whether the phrase is too short for a fingerprint of four bytes: `tcp`, `can't`.
    pub(crate) const fn is_short(&self) -> bool {
        let (mut run, mut at) = (0, 0);
        while at < self.text.len() && run < 4 {
            run = if is_soft(self.text[at]) { 0 } else { run + 1 };
            at += 1;
        }
        run < 4
    }

    /// The letter that the phrase begins with, if that may stand inside a word.
    pub(crate) const fn inner_letter(&self) -> Option<u8> {
        match self.text {
            [letter @ b'a'..=b'z', ..] if !self.word_start => Some(*letter),
            _ => None,
        }
    }

    /// Whether the phrase begins at the edge of a word.
    #[cfg(test)]
    pub(crate) fn has_edge(&self) -> bool {
        self.word_start
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
    /// font made of them, or how JSON and HTML write them out.
    pub(super) fn find_at<const WIDTH: usize>(&self, text: Text<'_>, at: usize, offset: usize) -> Option<Range<usize>> {
        let Text { bytes: text, even } = text;
        let range = match self.find_plain(text, at, offset) {
            Some(range) => range,
            None if even && self.strict => return None,
            None => {
                // The fingerprint itself is known to be there.
                let end = forward(text, at + WIDTH, &self.text[offset + WIDTH..])?;
                backward(text, at, &self.text[..offset])?..end
            }
        };
        self.has_edges_at(text, &range).then_some(range)
    }

    /// Whether words begin and end where the phrase asks for it.
    #[inline]
    pub(super) fn has_edges_at(&self, text: &[u8], range: &Range<usize>) -> bool {
        let free = |edge: Option<&u8>| edge.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
        let start = range.start;
        let start_ok = !self.word_start || start == 0 || free(text.get(start - 1)) || is_escape(text, start);
        start_ok && (!self.word_end || free(text.get(range.end)))
    }

    /// The usual case: nothing to forgive but capital letters.
    #[inline(always)]
    fn find_plain(&self, text: &[u8], at: usize, offset: usize) -> Option<Range<usize>> {
        let start = at.checked_sub(offset).filter(|_| self.plain)?;
        let there = text.get(start..start + self.text.len())?;
        equal_but_case(there, self.text).then_some(start..start + self.text.len())
    }
}

/// The bit that tells small letters from capital ones, in eight bytes.
pub(super) const FOLD: u64 = 0x2020_2020_2020_2020;

/// What is searched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'t> {
    pub(super) bytes: &'t [u8],
    /// Printable ASCII without two blanks in a row or anything written out: all white space is one blank.
    pub(super) even: bool,
}

impl<'t> Text<'t> {
    /// A text of which the caller knows whether it is even.
    pub(crate) const fn new(bytes: &'t [u8], even: bool) -> Text<'t> {
        Text { bytes, even }
    }
}
/// Whether a text equals a phrase of the same length but for the case of ASCII letters.
#[inline]
fn equal_but_case(text: &[u8], phrase: &[u8]) -> bool {
    let Some(last) = text.len().checked_sub(8).filter(|_| phrase.len() == text.len()) else {
        return text.eq_ignore_ascii_case(phrase);
    };
    // Eight bytes at a time, the last ones once more if need be.
    let eight = |bytes: &[u8], at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
    let mut at = 0;
    loop {
        let (one, other) = (eight(text, at), eight(phrase, at));
        if one != other && ((one ^ other) & !FOLD != 0 || !one.to_le_bytes().eq_ignore_ascii_case(&other.to_le_bytes()))
        {
            return false;
        }
        if at == last {
            return true;
        }
        at = last.min(at + 8);
    }
}

/// No edge that takes in more white space, no letter that is compared softly, nothing that may be a written-out blank.
const fn is_plain(phrase: &[u8]) -> bool {
    let mut at = 0;
    while at < phrase.len() {
        if matches!(phrase[at], b'\\' | 0xC2..=0xC5 | 0xE2) {
            return false;
        }
        at += 1;
    }
    !matches!(phrase, [] | [b' ', ..] | [.., b' '] | [b'n' | b'r' | b't', b' ', ..])
}

/// Whether a letter or mark that is compared softly begins with a byte.
pub(crate) const fn is_soft(byte: u8) -> bool {
    matches!(byte, b'\'' | 0xC3..=0xC5 | 0xE2)
}

/// Whether a byte of a phrase belongs to a letter or mark that is compared softly: only UTF-8 has its second byte.
pub(super) const fn is_soft_at(phrase: &[u8], at: usize) -> bool {
    is_soft(phrase[first_byte(phrase, at)])
}

/// Where the character begins that a byte belongs to: its first byte says what it is.
const fn first_byte(phrase: &[u8], at: usize) -> usize {
    let mut first = at;
    while first > 0 && phrase[first] & 0xC0 == 0x80 {
        first -= 1;
    }
    first
}

/// No apostrophe, which has many shapes, and nothing into which a blank may stray.
const fn is_strict(phrase: &[u8]) -> bool {
    let mut at = 0;
    while at < phrase.len() {
        if phrase[at] == b'\'' || phrase[at] >= 0x80 {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether the letter before `at` belongs to a written-out `\n`, `\r` or `\t`, as in JSON.
fn is_escape(text: &[u8], at: usize) -> bool {
    at >= 2 && text[at - 2] == b'\\' && matches!(text[at - 1], b'n' | b'r' | b't')
}

/// Length of the white space at the front of `text`, line breaks and tabs included that are written out, once or twice.
fn blank_ahead(text: &[u8]) -> usize {
    match text {
        [b' ' | b'\t' | b'\r' | b'\n', ..] => 1,
        [b'\\', b'r' | b'n' | b't', ..] => 2,
        [b'\\', b'\\', b'r' | b'n' | b't', ..] => 3,
        [0xC2, 0xA0, ..] => 2,
        [b'%', b'2', b'0', ..] => 3,
        _ => 0,
    }
}

fn blank_behind(text: &[u8]) -> usize {
    match text {
        [.., b'\\', b'\\', b'r' | b'n' | b't'] => 3,
        [.., b'\\', b'r' | b'n' | b't'] => 2,
        [.., b' ' | b'\t' | b'\r' | b'\n'] => 1,
        [.., 0xC2, 0xA0] => 2,
        [.., b'%', b'2', b'0'] => 3,
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

const fn want(phrase: &[u8], at: usize) -> Want {
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
            Want::Soft(_) => {
                let mut letters = 0;
                while i < phrase.len()
                    && let Want::Soft(length) = want(phrase, i)
                {
                    letters += 1;
                    i += length;
                }
                at += soft(letters, written_out_ahead, |place| text.get(at + place))?;
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
        let first = first_byte(phrase, i - 1);
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
                let mut letters = 0;
                while i > 0 && is_soft_at(phrase, i - 1) {
                    i = first_byte(phrase, i - 1);
                    letters += 1;
                }
                at -= soft(letters, written_out_behind, |place| text.get(at.checked_sub(place + 1)?))?;
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

/// How many bytes stand for so many accented letters in a row: any run of up to six bytes each that are not ASCII, and for
/// each letter of which nothing of that kind is there one that is written out, or one `?`, quote or plain letter. `byte` gives
/// the bytes one by one, and `written_out` says how many of them write one out.
fn soft<'t, B: Fn(usize) -> Option<&'t u8>>(
    letters: usize,
    written_out: fn(usize, &B) -> usize,
    byte: B,
) -> Option<usize> {
    let run =
        |from: usize| (from..from + 6 * letters).take_while(|at| byte(*at).is_some_and(|byte| *byte >= 0x80)).count();
    let is_plain = |at: usize| byte(at).is_some_and(|byte| byte.is_ascii_alphabetic() || b"?'`\"".contains(byte));
    let (mut at, mut left) = (0, letters);
    while left > 0 {
        match (run(at), written_out(at, &byte)) {
            (0, 0) if is_plain(at) => (at, left) = (at + 1, left - 1),
            (0, 0) => return None,
            (0, bytes) => (at, left) = (at + bytes, left - 1),
            (bytes, _) => (at, left) = (at + bytes, left.saturating_sub(bytes)),
        }
    }
    Some(at)
}

/// The longest name of a letter that HTML writes between `&` and `;`.
const LONGEST_ENTITY: usize = 8;

/// How many bytes from `at` on write out one letter: `\u00fb`, `&#251;`, `&apos;`. 0 if they do not.
fn written_out_ahead<'t>(at: usize, byte: &impl Fn(usize) -> Option<&'t u8>) -> usize {
    let is = |place: usize, wanted: u8| byte(place) == Some(&wanted);
    if is(at, b'\\') && is(at + 1, b'u') && four_digits(at + 2, byte) { 6 } else { entity(at, [b'&', b';'], byte) }
}

/// [`written_out_ahead`] where the bytes come from behind.
fn written_out_behind<'t>(at: usize, byte: &impl Fn(usize) -> Option<&'t u8>) -> usize {
    let is = |place: usize, wanted: u8| byte(place) == Some(&wanted);
    if four_digits(at, byte) && is(at + 4, b'u') && is(at + 5, b'\\') { 6 } else { entity(at, [b';', b'&'], byte) }
}

fn four_digits<'t>(at: usize, byte: &impl Fn(usize) -> Option<&'t u8>) -> bool {
    (at..at + 4).all(|place| byte(place).is_some_and(u8::is_ascii_hexdigit))
}

/// How many bytes an entity of HTML has between two signs, and with them.
fn entity<'t>(at: usize, [first, last]: [u8; 2], byte: &impl Fn(usize) -> Option<&'t u8>) -> usize {
    if byte(at) != Some(&first) {
        return 0;
    }
    let name = (1..=LONGEST_ENTITY).take_while(|place| byte(at + place).is_some_and(is_of_entity)).count();
    if name > 0 && byte(at + 1 + name) == Some(&last) { name + 2 } else { 0 }
}

fn is_of_entity(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'#'
}

/// Whether printable ASCII that folds to the same bytes can only be the phrase: letters, and what lies below them.
pub(super) const fn folds_alone(phrase: &[u8]) -> bool {
    let mut at = 0;
    while at < phrase.len() {
        if !matches!(phrase[at], b'a'..=b'z' | b' '..=b'?') {
            return false;
        }
        at += 1;
    }
    true
}

/// A byte that the comparison wants as it is, but for its case and a line break before it.
pub(super) const fn is_exact(phrase: &[u8], at: usize) -> bool {
    phrase[at] < 0x80 && matches!(want(phrase, at), Want::Exact)
}
