//! What the bytes of a record are, a bit for each: digits, words, colons. Everything that asks where numbers, words or
//! addresses begin asks here, and no byte is looked at again for it.
#![allow(unsafe_code, reason = "one call into a function compiled for SSE2, which every x86-64 processor has")]

use crate::lexicon::INNER_LETTER;

/// 64 bytes of a text; the first is the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Letters, digits and `_`.
    pub(crate) word: u64,
    pub(crate) digit: u64,
    /// Letters, digits, `_`, `.` and `-`: what names of hosts consist of.
    pub(crate) name: u64,
    pub(crate) dot: u64,
    pub(crate) colon: u64,
}

/// What else is asked about a record of an unknown shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Oddities {
    pub(crate) backslash: u64,
    pub(crate) blank: u64,
    /// What is not printable ASCII, and backslashes.
    pub(crate) odd: u64,
    /// The letter with which a short phrase may begin inside a word.
    pub(crate) inner: u64,
}

/// The blocks of a text.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    blocks: Vec<Block>,
    is_read: bool,
}

/// A block with the one before: what begins is known from both.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Where the block begins.
    pub(crate) base: usize,
    pub(crate) here: Block,
    pub(crate) before: Block,
}

impl Place {
    /// For each byte, whether the byte before is of a kind.
    #[inline(always)]
    pub(crate) fn behind(&self, kind: impl Fn(&Block) -> u64) -> u64 {
        kind(&self.here) << 1 | kind(&self.before) >> 63
    }

    /// Where runs of a kind begin.
    #[inline(always)]
    pub(crate) fn begins(&self, kind: impl Fn(&Block) -> u64) -> u64 {
        kind(&self.here) & !self.behind(&kind)
    }

    /// Where just one digit or two begin that no word goes on from, as in dates, clocks and addresses: no form of a code is so
    /// short.
    #[inline(always)]
    pub(crate) fn few_digits(&self) -> u64 {
        let Block { digit, word, .. } = self.here;
        let few = !(word >> 1) | digit >> 1 & !(word >> 2);
        // Of the last two bytes it is not known what stands behind.
        self.begins(|block| block.digit) & few & ((1 << 62) - 1)
    }

    /// How many digits stand at a place of the block; no end of them if they reach the end of the block.
    #[inline(always)]
    pub(crate) fn digits(&self, bit: u32) -> u32 {
        let count = (!(self.here.digit >> bit)).trailing_zeros();
        if bit + count < 64 { count } else { u32::MAX }
    }
}

impl Blocks {
    /// Forgets the text before.
    pub(crate) fn clear(&mut self) {
        self.is_read = false;
    }

    /// Looks over a text, unless that was done.
    pub(crate) fn read(&mut self, text: &[u8]) {
        if std::mem::replace(&mut self.is_read, true) {
            return;
        }
        self.blocks.clear();
        let (whole, rest) = text.as_chunks::<64>();
        self.blocks.extend(whole.iter().map(block));
        self.blocks.extend(filled(rest).as_ref().map(block));
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let before = std::iter::once(Block::default()).chain(self.blocks.iter().copied());
        before.zip(&self.blocks).enumerate().map(|(index, (before, here))| Place {
            base: 64 * index,
            here: *here,
            before,
        })
    }

    /// The block that begins at a place; nothing behind the last.
    pub(crate) fn at(&self, base: usize) -> Block {
        self.blocks.get(base / 64).copied().unwrap_or_default()
    }

    /// Whether the text holds a numeric address with a port.
    pub(crate) fn has_endpoint(&self, text: &[u8]) -> bool {
        self.places().any(|place| {
            let behind_bracket = place.here.colon & place.behind(|block| !block.word);
            if bits(behind_bracket).any(|bit| ends_bracketed_v6(text, place.base + bit as usize)) {
                return true;
            }
            let colons = place.here.colon & place.behind(|block| block.digit);
            bits(colons).any(|bit| {
                let colon = place.base + bit as usize;
                let octets = || text[..colon].rsplit(|byte| !byte.is_ascii_digit()).take(4);
                let run =
                    text[..colon].iter().rev().take(15).take_while(|byte| byte.is_ascii_digit() || **byte == b'.');
                text.get(colon + 1).is_some_and(u8::is_ascii_digit)
                    && run.filter(|byte| **byte == b'.').count() == 3
                    && octets().all(|octet| (1..=3).contains(&octet.len()))
            })
        })
    }

    /// Whether the text holds an IPv4 address.
    pub(crate) fn has_address(&self, text: &[u8]) -> bool {
        self.places().any(|place| {
            bits(place.here.dot & place.behind(|block| block.digit)).any(|bit| {
                let dot = place.base + bit as usize;
                let start = dot - text[..dot].iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
                let run =
                    text[start..].iter().take(16).take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
                let octets = || {
                    text[start..start + run]
                        .strip_suffix(b".")
                        .unwrap_or(&text[start..start + run])
                        .split(|byte| *byte == b'.')
                };
                octets().count() == 4
                    && octets().all(|octet| (1..=3).contains(&octet.len()))
                    && (start == 0
                        || !matches!(text[start - 1], b'.' | b'_' | b'-') && !text[start - 1].is_ascii_alphanumeric())
            })
        })
    }

    /// Whether an IPv6 address may stand in the text: it has `::`, not as `std::io` has it, or six colons with at most four
    /// bytes between one and the next.
    pub(crate) fn may_hold_v6(&self, text: &[u8]) -> bool {
        let (mut chain, mut last) = (0, 0);
        for place in self.places() {
            for bit in bits(place.here.colon) {
                let at = place.base + bit as usize;
                chain = if at - last <= 5 { chain + 1 } else { 1 };
                let doubled = at > 0 && at - last == 1 && text[at - 1] == b':';
                let in_name = at > 1 && is_word(text[at - 2]) && !text[at - 2].is_ascii_hexdigit();
                if chain >= 6 || doubled && !in_name {
                    return true;
                }
                last = at;
            }
        }
        false
    }
}

/// `[2001:db8::5]` before `:443`.
fn ends_bracketed_v6(text: &[u8], colon: usize) -> bool {
    let Some(before) = text[..colon].strip_suffix(b"]") else { return false };
    let run = before.iter().rev().take(48).take_while(|byte| byte.is_ascii_hexdigit() || b":.%".contains(byte)).count();
    let (head, inside) = before.split_at(before.len() - run);
    head.ends_with(b"[")
        && inside.iter().filter(|byte| **byte == b':').count() > 1
        && text.get(colon + 1).is_some_and(u8::is_ascii_digit)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The last, shorter piece of a text, filled up with something that is nothing.
fn filled(rest: &[u8]) -> Option<[u8; 64]> {
    let mut piece = [b'~'; 64];
    piece[..rest.len()].copy_from_slice(rest);
    (!rest.is_empty()).then_some(piece)
}

/// The oddities of a text, 64 bytes each.
pub(crate) fn oddities(text: &[u8]) -> impl Iterator<Item = Oddities> + '_ {
    let (whole, rest) = text.as_chunks::<64>();
    whole.iter().map(oddities_of).chain(filled(rest).as_ref().map(oddities_of))
}

/// Whether a text is printable ASCII without two blanks in a row or anything written out.
pub(crate) fn is_even(text: &[u8]) -> bool {
    let mut blank_before = 0;
    oddities(text).all(|piece| {
        let twice = piece.blank & (piece.blank << 1 | blank_before);
        blank_before = piece.blank >> 63;
        piece.odd | twice == 0
    })
}

/// The places of the bits that are set, lowest first.
pub(crate) fn bits(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        (set != 0).then(|| {
            set &= set - 1;
            bit
        })
    })
}

#[cfg(target_arch = "x86_64")]
fn block(bytes: &[u8; 64]) -> Block {
    // SAFETY: every x86-64 processor has SSE2.
    unsafe { sse2::block(bytes) }
}

#[cfg(target_arch = "x86_64")]
fn oddities_of(bytes: &[u8; 64]) -> Oddities {
    // SAFETY: every x86-64 processor has SSE2.
    unsafe { sse2::oddities(bytes) }
}

#[cfg(not(target_arch = "x86_64"))]
use plain::{block, oddities as oddities_of};

#[cfg(any(test, not(target_arch = "x86_64")))]
mod plain {
    use super::{Block, INNER_LETTER, Oddities};

    fn mask(bytes: &[u8; 64], is: impl Fn(u8) -> bool) -> u64 {
        bytes.iter().rev().fold(0, |mask, byte| mask << 1 | u64::from(is(*byte)))
    }

    pub(super) fn block(bytes: &[u8; 64]) -> Block {
        Block {
            word: mask(bytes, super::is_word),
            digit: mask(bytes, |byte| byte.is_ascii_digit()),
            name: mask(bytes, |byte| super::is_word(byte) || matches!(byte, b'.' | b'-')),
            dot: mask(bytes, |byte| byte == b'.'),
            colon: mask(bytes, |byte| byte == b':'),
        }
    }

    pub(super) fn oddities(bytes: &[u8; 64]) -> Oddities {
        Oddities {
            backslash: mask(bytes, |byte| byte == b'\\'),
            blank: mask(bytes, |byte| byte == b' '),
            odd: mask(bytes, |byte| !matches!(byte, b' '..=b'~') || byte == b'\\'),
            inner: mask(bytes, |byte| byte.to_ascii_lowercase() == INNER_LETTER),
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use std::arch::x86_64::*;

    use super::{Block, INNER_LETTER, Oddities};

    #[target_feature(enable = "sse2")]
    fn every(byte: u8) -> __m128i {
        _mm_set1_epi8(byte.cast_signed())
    }

    /// Bytes from `first` on, `count` values.
    #[target_feature(enable = "sse2")]
    fn among(bytes: __m128i, first: u8, count: u8) -> __m128i {
        let from = _mm_sub_epi8(bytes, every(first));
        _mm_cmpeq_epi8(_mm_min_epu8(from, every(count - 1)), from)
    }

    #[target_feature(enable = "sse2")]
    fn vector(sixteen: &[u8; 16]) -> __m128i {
        let whole = u128::from_le_bytes(*sixteen);
        _mm_set_epi64x((whole >> 64) as i64, whole as i64)
    }

    #[target_feature(enable = "sse2")]
    fn set(mask: &mut u64, part: usize, bytes: __m128i) {
        *mask |= u64::from(_mm_movemask_epi8(bytes).cast_unsigned()) << (16 * part);
    }

    #[target_feature(enable = "sse2")]
    pub(super) fn block(bytes: &[u8; 64]) -> Block {
        let mut block = Block::default();
        for (part, sixteen) in bytes.as_chunks::<16>().0.iter().enumerate() {
            let bytes = vector(sixteen);
            let small = _mm_or_si128(bytes, every(0x20));
            let is = |byte: u8| _mm_cmpeq_epi8(bytes, every(byte));
            let digit = among(bytes, b'0', 10);
            let word = _mm_or_si128(_mm_or_si128(digit, among(small, b'a', 26)), is(b'_'));
            let dot = is(b'.');
            set(&mut block.digit, part, digit);
            set(&mut block.word, part, word);
            set(&mut block.dot, part, dot);
            set(&mut block.name, part, _mm_or_si128(word, _mm_or_si128(dot, is(b'-'))));
            set(&mut block.colon, part, is(b':'));
        }
        block
    }

    #[target_feature(enable = "sse2")]
    pub(super) fn oddities(bytes: &[u8; 64]) -> Oddities {
        let mut found = Oddities::default();
        for (part, sixteen) in bytes.as_chunks::<16>().0.iter().enumerate() {
            let bytes = vector(sixteen);
            let is = |byte: u8| _mm_cmpeq_epi8(bytes, every(byte));
            set(&mut found.backslash, part, is(b'\\'));
            set(&mut found.blank, part, is(b' '));
            set(&mut found.odd, part, among(bytes, b' ', 95));
            let small = _mm_or_si128(bytes, every(0x20));
            set(&mut found.inner, part, _mm_cmpeq_epi8(small, every(INNER_LETTER)));
        }
        found.odd = !found.odd | found.backslash;
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_no_address() {
        for (text, wanted) in [
            ("::1", true),
            ("at [fe80::1%4]:80", true),
            ("2001:db8:0:0:0:0:0:1", true),
            ("1:2:3:4:5:6:7:8", true),
            ("x: 10:11:12 System::Net: failed: code: 5: end", false),
            ("10:11:12.345 a:b", false),
        ] {
            let mut blocks = Blocks::default();
            blocks.read(text.as_bytes());
            assert_eq!(blocks.may_hold_v6(text.as_bytes()), wanted, "{text}");
        }
    }

    #[test]
    fn the_vectorised_look_sees_what_the_plain_one_sees() {
        for rotation in 0..=255_u8 {
            let bytes = std::array::from_fn(|index| (index as u8).wrapping_mul(37).wrapping_add(rotation));
            assert_eq!(block(&bytes), plain::block(&bytes));
            assert_eq!(oddities_of(&bytes), plain::oddities(&bytes));
        }
    }

    #[test]
    fn runs_begin_across_blocks_once() {
        let text = [b"~".repeat(62), b"1234".to_vec(), b"~".repeat(10), b"5".to_vec()].concat();
        let mut blocks = Blocks::default();
        blocks.read(&text);
        let starts: Vec<usize> = blocks
            .places()
            .flat_map(|place| bits(place.begins(|block| block.digit)).map(move |bit| place.base + bit as usize))
            .collect();
        assert_eq!(starts, [62, 76]);
        assert!(is_even(&text) && !is_even(b"a  b") && !blocks.may_hold_v6(&text));
    }
}
