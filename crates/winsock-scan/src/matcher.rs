//! Many phrases at once: which of a fixed list stand at a place in a text.
//!
//! Every phrase has a fingerprint, three or four consecutive bytes of it, as rare as can be. A text is walked byte by
//! byte; where a fingerprint may stand (a table that fits the first-level cache says so) the eight bytes around it are
//! compared at once, and only where those agree the whole phrase is, in both directions. The comparison forgives what
//! happens to texts on their way into a log: see [`Phrase::find_at`].

use std::ops::Range;

/// A phrase: lower case, one blank for any white space. `<` at its beginning and `>` at its end ask for the edge of a
/// word there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    text: &'static [u8],
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
    /// font made of them.
    fn find_at<const WIDTH: usize>(&self, text: Text<'_>, at: usize, offset: usize) -> Option<Range<usize>> {
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
    fn has_edges_at(&self, text: &[u8], range: &Range<usize>) -> bool {
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

/// What is searched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'t> {
    bytes: &'t [u8],
    /// Printable ASCII without two blanks in a row or anything written out: all white space is one blank.
    even: bool,
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

/// Whether a byte of a phrase belongs to a letter or mark that is compared softly.
const fn is_soft(byte: u8) -> bool {
    matches!(byte, b'\'' | 0xC3..=0xC5 | 0xE2)
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
const SLOTS: usize = 1 << BITS;

const fn slot(fingerprint: u32) -> usize {
    (fingerprint.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize
}

/// Where a phrase's fingerprint lies, and what is compared before the phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// The bytes around the fingerprint, folded, where `mask` is set: as many as must be there as they are.
    around: u64,
    mask: u64,
    fingerprint: u32,
    phrase: u16,
    offset: u8,
    /// How far before the fingerprint `around` begins.
    back: u8,
    /// Whether an even text that agrees with `around` holds the whole phrase.
    whole: bool,
    /// Index + 1 of the next entry of the same slot.
    next: u16,
}

impl Entry {
    const fn new<const WIDTH: usize>(phrase: &Phrase, index: usize, offset: usize) -> Entry {
        let mut fingerprint = 0;
        let mut place = WIDTH;
        while place > 0 {
            place -= 1;
            fingerprint = fingerprint << 8 | (phrase.text[offset + place] | 0x20) as u32;
        }
        // Bytes that are compared as they are, from the fingerprint in both directions, up to a blank or a soft letter.
        let (mut from, mut to) = (offset, offset + WIDTH);
        while to < phrase.text.len() && to - from < 8 && is_exact(phrase.text, to) {
            to += 1;
        }
        while from > 0 && to - from < 8 && is_exact(phrase.text, from - 1) {
            from -= 1;
        }
        let (mut around, mut mask) = (0_u64, 0_u64);
        let mut place = to;
        while place > from {
            place -= 1;
            around = around << 8 | (phrase.text[place] | 0x20) as u64;
            mask = mask << 8 | 0xFF;
        }
        Entry {
            around,
            mask,
            fingerprint,
            phrase: index as u16,
            offset: offset as u8,
            back: (offset - from) as u8,
            whole: to - from == phrase.text.len() && folds_alone(phrase.text),
            next: 0,
        }
    }

    /// Whether the bytes around the fingerprint are the phrase's, or may be with a line break inside a word.
    #[inline]
    fn may_go_on(&self, text: Text<'_>, at: usize) -> bool {
        let Text { bytes: text, even } = text;
        let Some(start) = at.checked_sub(usize::from(self.back)) else { return true };
        let Some(bytes) = text.get(start..start + 8) else { return true };
        let bytes = u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        ((bytes | FOLD) ^ self.around) & self.mask == 0 || !even && may_hold_break(bytes)
    }
}

const FOLD: u64 = 0x2020_2020_2020_2020;

/// Whether one of eight bytes is CR or LF; now and then yes for nothing.
#[inline]
fn may_hold_break(bytes: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zero_in = |x: u64| x.wrapping_sub(ONES) & !x & (ONES << 7);
    zero_in(bytes ^ (ONES * b'\n' as u64)) | zero_in(bytes ^ (ONES * b'\r' as u64)) != 0
}

/// Whether printable ASCII that folds to the same bytes can only be the phrase: letters, and what lies below them.
const fn folds_alone(phrase: &[u8]) -> bool {
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
const fn is_exact(phrase: &[u8], at: usize) -> bool {
    phrase[at] < 0x80 && matches!(want(phrase, at), Want::Exact)
}

/// The tables of a [`Matcher`], as they are computed, at compile time or at run time.
#[derive(Debug)]
pub(crate) struct Tables<E> {
    pub(crate) entries: E,
    pub(crate) heads: [u16; SLOTS],
}

/// A list of phrases, ready to be found. `WIDTH` is the length of a fingerprint, three or four.
#[derive(Debug)]
pub(crate) struct Matcher<const WIDTH: usize> {
    phrases: &'static [Phrase],
    entries: &'static [Entry],
    heads: &'static [u16; SLOTS],
}

impl<const WIDTH: usize> Matcher<WIDTH> {
    const MASK: u32 = if WIDTH == 4 { u32::MAX } else { 0x00FF_FFFF };

    /// A matcher whose tables were made by [`link`](Matcher::link) from the same phrases.
    pub(crate) const fn from_tables<const N: usize>(
        phrases: &'static [Phrase; N],
        tables: &'static Tables<[Entry; N]>,
    ) -> Self {
        Matcher { phrases, entries: &tables.entries, heads: &tables.heads }
    }

    /// The tables for phrases whose fingerprints begin at `offsets`. For constants.
    pub(crate) const fn link<const N: usize>(phrases: &[Phrase; N], offsets: &[u8; N]) -> Tables<[Entry; N]> {
        let none = Entry { around: 0, mask: 0, fingerprint: 0, phrase: 0, offset: 0, back: 0, whole: false, next: 0 };
        let mut tables = Tables { entries: [none; N], heads: [0; SLOTS] };
        let mut index = 0;
        while index < N {
            let entry = Entry::new::<WIDTH>(&phrases[index], index, offsets[index] as usize);
            let head = &mut tables.heads[slot(entry.fingerprint)];
            tables.entries[index] = Entry { next: *head, ..entry };
            *head = index as u16 + 1;
            index += 1;
        }
        tables
    }

    /// Every phrase gets one of the `preferred` fingerprints, or the one whose bytes are the rarest in ordinary logs.
    /// The tables stay for as long as the process: matchers made so are meant for statics.
    pub(crate) fn new(phrases: Vec<Phrase>, preferred: &[[u8; 4]]) -> Self {
        let mut tables = Tables { entries: Vec::with_capacity(phrases.len()), heads: [0; SLOTS] };
        let preferred = Preferred::new(preferred);
        for (index, phrase) in phrases.iter().enumerate() {
            // A phrase without a stretch of plain bytes cannot be found; `every_phrase_can_be_found` forbids such phrases.
            let Some(offset) = Self::best_offset(phrase, &tables, &preferred) else { continue };
            let entry = Entry::new::<WIDTH>(phrase, index, offset);
            let head = &mut tables.heads[slot(entry.fingerprint)];
            tables.entries.push(Entry { next: *head, ..entry });
            *head = tables.entries.len() as u16;
        }
        Matcher { phrases: phrases.leak(), entries: tables.entries.leak(), heads: Box::leak(Box::new(tables.heads)) }
    }

    /// Where the fingerprint of a phrase should begin, given those that are taken already.
    fn best_offset(phrase: &Phrase, taken: &Tables<Vec<Entry>>, preferred: &Preferred) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for (offset, bytes) in phrase.text.windows(WIDTH).enumerate() {
            if bytes.iter().any(|byte| is_soft(*byte)) {
                continue; // matched softly, and so of no use as a fingerprint
            }
            let fingerprint = Self::fingerprint_of(bytes);
            let shared = if preferred.holds(fingerprint) {
                10_000
            } else {
                // In a record every phrase behind a stretch is compared: sharing one costs.
                same_fingerprint(taken, fingerprint) * -8
            };
            let score = bytes.iter().map(|byte| i32::from(RARITY[usize::from(*byte)])).sum::<i32>() + shared;
            if best.is_none_or(|(least, _)| score > least) {
                best = Some((score, offset));
            }
        }
        best.map(|(_, offset)| offset)
    }

    /// Where the fingerprints of all phrases begin, for [`link`](Matcher::link).
    #[cfg(test)]
    pub(crate) fn offsets(&self) -> Vec<u8> {
        self.entries.iter().map(|entry| entry.offset).collect()
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
    pub(crate) fn at(&self, text: &[u8], at: usize, found: impl FnMut(usize, Range<usize>)) {
        self.at_in(Text { bytes: text, even: false }, at, found);
    }

    /// [`at`](Matcher::at) for a text that was looked over.
    #[inline]
    pub(crate) fn at_in(&self, text: Text<'_>, at: usize, found: impl FnMut(usize, Range<usize>)) {
        // Four bytes are loaded even for three: one load instead of three.
        let fingerprint = match text.bytes.get(at..at + 4) {
            Some(bytes) => fold(u32::from_le_bytes(bytes.try_into().expect("four bytes"))) & Self::MASK,
            None => match text.bytes.get(at..at + WIDTH) {
                Some(bytes) => Self::fingerprint_of(bytes),
                None => return,
            },
        };
        let first = self.heads[slot(fingerprint)];
        if first != 0 {
            self.compare(text, at, fingerprint, first, found);
        }
    }

    /// [`at`](Matcher::at) for every place of a text. For fingerprints of four bytes.
    pub(crate) fn everywhere(&self, text: Text<'_>, mut found: impl FnMut(usize, Range<usize>)) {
        const { assert!(WIDTH == 4) }
        for (at, four) in text.bytes.windows(4).enumerate() {
            let fingerprint = fold(u32::from_le_bytes(four.try_into().expect("four bytes")));
            let first = self.heads[slot(fingerprint)];
            if first != 0 {
                self.compare(text, at, fingerprint, first, &mut found);
            }
        }
    }

    /// Compares the phrases of a slot.
    #[inline(never)]
    fn compare(
        &self,
        text: Text<'_>,
        at: usize,
        fingerprint: u32,
        first: u16,
        mut found: impl FnMut(usize, Range<usize>),
    ) {
        let mut next = first;
        while next != 0 {
            let entry = &self.entries[usize::from(next) - 1];
            if entry.fingerprint == fingerprint && entry.may_go_on(text, at) {
                let phrase = &self.phrases[usize::from(entry.phrase)];
                let offset = usize::from(entry.offset);
                let start = at.wrapping_sub(offset);
                let range = if entry.whole && text.even && start.saturating_add(8) <= text.bytes.len() {
                    let range = start..start + phrase.text.len();
                    phrase.has_edges_at(text.bytes, &range).then_some(range)
                } else {
                    phrase.find_at::<WIDTH>(text, at, offset)
                };
                if let Some(range) = range {
                    found(usize::from(entry.phrase), range);
                }
            }
            next = entry.next;
        }
    }
}

/// The fingerprints to take where there is a choice.
struct Preferred {
    sorted: Vec<u32>,
    /// A bit for every slot that one of them has.
    slots: [u64; SLOTS / 64],
}

impl Preferred {
    fn new(list: &[[u8; 4]]) -> Preferred {
        let mut sorted: Vec<u32> = list.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        sorted.sort_unstable();
        let mut slots = [0; SLOTS / 64];
        for fingerprint in &sorted {
            slots[slot(*fingerprint) / 64] |= 1 << (slot(*fingerprint) % 64);
        }
        Preferred { sorted, slots }
    }

    fn holds(&self, fingerprint: u32) -> bool {
        let slot = slot(fingerprint);
        self.slots[slot / 64] >> (slot % 64) & 1 == 1 && self.sorted.binary_search(&fingerprint).is_ok()
    }
}

/// How many phrases have a fingerprint already.
fn same_fingerprint(taken: &Tables<Vec<Entry>>, fingerprint: u32) -> i32 {
    let mut next = taken.heads[slot(fingerprint)];
    let mut count = 0;
    while next != 0 {
        let entry = &taken.entries[usize::from(next) - 1];
        count += i32::from(entry.fingerprint == fingerprint);
        next = entry.next;
    }
    count
}

static RARITY: [u8; 256] = {
    let mut all = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        all[byte] = rarity(byte as u8);
        byte += 1;
    }
    all
};

/// How rare a byte is in ordinary logs, in tenths of a bit or so: measured on mixed server logs, rounded.
const fn rarity(byte: u8) -> u8 {
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
