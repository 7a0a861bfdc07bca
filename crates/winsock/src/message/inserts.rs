//! The escapes of message strings: `%n` and its kin, and `%1` to `%99`, which stand for arguments.

use winsock_codes::Code;

use super::{ERROR_INVALID_PARAMETER, IGNORE_INSERTS, MAX_WIDTH_MASK};

/// How wide the characters of a string argument are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// As those of the function: `%1`, `%1!s!`.
    Own,
    /// Bytes: `%1!hs!`, or `%1!S!` of the wide function.
    Narrow,
    /// `WCHAR`: `%1!ls!`, `%1!ws!`, or `%1!S!` of the narrow function.
    Wide,
    /// The other width than the function's own: `%1!S!`.
    Other,
}

/// What inserts are filled in from; arguments are numbered from 1.
pub trait Arguments {
    /// An argument as a number of 64 bits, of which the lower ones count where the insert asks for fewer; `None` if
    /// there are no arguments.
    fn number(&mut self, index: usize) -> Option<u64>;

    /// An argument as text; `None` if there are no arguments.
    fn text(&mut self, index: usize, characters: Characters) -> Option<String>;
}

/// No arguments at all: every insert is an error.
impl Arguments for () {
    fn number(&mut self, _index: usize) -> Option<u64> {
        None
    }

    fn text(&mut self, _index: usize, _characters: Characters) -> Option<String> {
        None
    }
}

/// Breaks of the message itself, until [`finish`] knows what to do with those of its text.
const HARD_BREAK: char = '\0';
const HARD_RETURN: char = '\u{1}';

/// Docs: "FormatMessage function", the table of escapes.
pub(super) fn expand(text: &str, flags: u32, arguments: &mut dyn Arguments) -> Result<String, Code> {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('%') {
        expanded.push_str(&rest[..place]);
        rest = &rest[place + 1..];
        let escape = rest.chars().next();
        // Docs: the flag leaves inserts; source for the other escapes: dlls/kernel32/tests/format_msg.c,
        // test_message_ignore_inserts, checked on Windows.
        if flags & IGNORE_INSERTS != 0 && !matches!(escape, Some('0' | 'n' | 'r' | 't')) {
            expanded.push('%');
            if escape == Some('%') {
                expanded.push('%');
                rest = &rest[1..];
            }
            continue;
        }
        let escape = escape.ok_or(Code::new(ERROR_INVALID_PARAMETER))?;
        if matches!(escape, '1'..='9') {
            let (insert, behind) = Insert::read(rest).ok_or(Code::new(ERROR_INVALID_PARAMETER))?;
            expanded.push_str(&insert.fill(arguments).ok_or(Code::new(ERROR_INVALID_PARAMETER))?);
            rest = behind;
            continue;
        }
        rest = &rest[escape.len_utf8()..];
        match escape {
            '0' => return Ok(finish(&expanded, flags)),
            'n' => expanded.push(HARD_BREAK),
            'r' => expanded.push(HARD_RETURN),
            't' => expanded.push('\t'),
            'b' => expanded.push(' '),
            other => expanded.push(other),
        }
    }
    expanded.push_str(rest);
    Ok(finish(&expanded, flags))
}

/// Lays the lines out for the width in the flags: 0 makes each of the text's breaks a whole one, all ones make blanks of them, other widths
/// break where blanks allow. The message's own breaks stay.
fn finish(text: &str, flags: u32) -> String {
    let one_line = || with_breaks(text, " ");
    let laid_out: String = match flags & MAX_WIDTH_MASK {
        0 => with_breaks(text, "\r\n"),
        MAX_WIDTH_MASK => one_line(),
        width => one_line()
            .split_inclusive([HARD_BREAK, HARD_RETURN])
            .map(|line| {
                let own = line.trim_end_matches([HARD_BREAK, HARD_RETURN]);
                super::wrap(own, width as usize) + &line[own.len()..]
            })
            .collect(),
    };
    laid_out.replace(HARD_BREAK, "\r\n").replace(HARD_RETURN, "\r")
}

fn with_breaks(text: &str, a_break: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', a_break)
}

/// One insert: `%n!format!`.
struct Insert<'a> {
    index: usize,
    format: &'a str,
}

impl<'a> Insert<'a> {
    /// From the text behind the percent sign; also what follows the insert.
    fn read(text: &'a str) -> Option<(Insert<'a>, &'a str)> {
        let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
        let index = text[..digits].parse().ok()?;
        let behind = &text[digits..];
        match behind.strip_prefix('!') {
            None => Some((Insert { index, format: "s" }, behind)),
            Some(format) => {
                let (format, behind) = format.split_once('!')?;
                Some((Insert { index, format }, behind))
            }
        }
    }

    /// `None` where an argument is missing or the format is none that the function knows: floating point is none.
    fn fill(&self, arguments: &mut dyn Arguments) -> Option<String> {
        let mut next = self.index;
        let mut star = |arguments: &mut dyn Arguments| {
            let value = arguments.number(next)? as u32 as i32;
            next += 1;
            Some(value)
        };
        let flags = self.format.bytes().take_while(|byte| b"-+ 0#".contains(byte)).count();
        let (flags, mut rest) = self.format.split_at(flags);
        let mut left = flags.contains('-');
        let width = match rest.strip_prefix('*') {
            Some(behind) => {
                rest = behind;
                star(arguments)?
            }
            None => number(&mut rest)?.unwrap_or(0),
        };
        left |= width < 0;
        let precision = match rest.strip_prefix('.') {
            None => None,
            Some(behind) => {
                rest = behind;
                if let Some(behind) = rest.strip_prefix('*') {
                    rest = behind;
                    usize::try_from(star(arguments)?).ok()
                } else {
                    usize::try_from(number(&mut rest)?.unwrap_or(0)).ok()
                }
            }
        };
        let conversion = Conversion::read(rest)?;
        let plus = flags.chars().find(|flag| matches!(flag, '+' | ' ')).filter(|_| conversion.is_signed());
        let text = conversion.text(next, precision, flags.contains('#'), plus, arguments)?;
        let zeros = flags.contains('0') && !left && precision.is_none() && conversion.is_number();
        Some(pad(&text, width.unsigned_abs() as usize, left, zeros))
    }
}

/// The digits at the start, if any; a number past all reason is an error.
fn number(rest: &mut &str) -> Option<Option<i32>> {
    const MOST: i32 = 65_535;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, behind) = rest.split_at(digits);
    *rest = behind;
    if digits == 0 {
        return Some(None);
    }
    number.parse().ok().filter(|number| *number <= MOST).map(Some)
}

/// Size and letter of a `printf` format.
struct Conversion {
    bits: u32,
    characters: Characters,
    letter: char,
}

impl Conversion {
    /// Sizes are Windows': `long` has 32 bits.
    fn read(text: &str) -> Option<Conversion> {
        const SIZES: [(&str, u32, Characters); 8] = [
            ("I64", 64, Characters::Own),
            ("I32", 32, Characters::Own),
            ("I", 64, Characters::Own),
            ("ll", 64, Characters::Wide),
            ("l", 32, Characters::Wide),
            ("hh", 8, Characters::Narrow),
            ("h", 16, Characters::Narrow),
            ("w", 32, Characters::Wide),
        ];
        let size = SIZES.iter().find(|(size, ..)| text.starts_with(size));
        let (behind, bits, characters) = size
            .map_or((text, 32, Characters::Own), |(size, bits, characters)| (&text[size.len()..], *bits, *characters));
        let mut letters = behind.chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        let characters = if matches!(letter, 'S' | 'C') { Characters::Other } else { characters };
        "sScCdiuxXop".contains(letter).then_some(Conversion { bits, characters, letter })
    }

    fn is_number(&self) -> bool {
        "diuxXo".contains(self.letter)
    }

    fn is_signed(&self) -> bool {
        matches!(self.letter, 'd' | 'i')
    }

    fn text(
        &self,
        index: usize,
        precision: Option<usize>,
        prefix: bool,
        plus: Option<char>,
        arguments: &mut dyn Arguments,
    ) -> Option<String> {
        if matches!(self.letter, 's' | 'S') {
            let text = arguments.text(index, self.characters)?;
            return Some(precision.map_or_else(|| text.clone(), |most| text.chars().take(most).collect()));
        }
        let shift = 64 - self.bits;
        let raw = arguments.number(index)?;
        let value = raw << shift >> shift;
        let signed = (raw << shift).cast_signed() >> shift;
        let digits = |digits: String| format!("{digits:0>width$}", width = precision.unwrap_or(1));
        Some(match self.letter {
            'c' | 'C' => char::from_u32(raw as u32).unwrap_or(char::REPLACEMENT_CHARACTER).to_string(),
            'p' => format!("{raw:016X}"),
            'd' | 'i' if signed < 0 => format!("-{}", digits(signed.unsigned_abs().to_string())),
            'd' | 'i' => format!("{}{}", plus.map(String::from).unwrap_or_default(), digits(signed.to_string())),
            'x' => format!("{}{}", if prefix { "0x" } else { "" }, digits(format!("{value:x}"))),
            'X' => format!("{}{}", if prefix { "0X" } else { "" }, digits(format!("{value:X}"))),
            'o' => format!("{}{}", if prefix { "0" } else { "" }, digits(format!("{value:o}"))),
            _ => digits(value.to_string()),
        })
    }
}

fn pad(text: &str, width: usize, left: bool, zeros: bool) -> String {
    let missing = width.saturating_sub(text.chars().count());
    if left {
        return format!("{text}{}", " ".repeat(missing));
    }
    if !zeros {
        return format!("{}{text}", " ".repeat(missing));
    }
    // Zeros go behind a sign or prefix.
    let head = text.bytes().take_while(|byte| b"+- xX".contains(byte)).count();
    let head = if text.starts_with("0x") || text.starts_with("0X") { 2 } else { head };
    format!("{}{}{}", &text[..head], "0".repeat(missing), &text[head..])
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Given {
        Number(u64),
        Text(&'static str),
    }
    use Given::{Number, Text};

    impl Arguments for &[Given] {
        fn number(&mut self, index: usize) -> Option<u64> {
            match self.get(index - 1)? {
                Number(number) => Some(*number),
                Text(_) => None,
            }
        }

        fn text(&mut self, index: usize, _characters: Characters) -> Option<String> {
            match self.get(index - 1)? {
                Number(_) => None,
                Text(text) => Some((*text).to_owned()),
            }
        }
    }

    fn format(text: &str, mut arguments: &[Given]) -> Result<String, i32> {
        expand(text, 0, &mut arguments).map_err(Code::value)
    }

    // Docs: "FormatMessage function", Examples.
    #[test]
    fn the_documented_examples_print_what_the_page_says() {
        let arguments = [Number(4), Number(2), Text("Bill"), Text("Bob"), Number(6), Text("Bill")];
        assert_eq!(format("%1!*.*s! %4 %5!*s!", &arguments).as_deref(), Ok("  Bi Bob   Bill"));
        let two = [Text("Bill"), Text("Bob")];
        assert_eq!(format("%1!4.2s! %1!4.2s! %2", &two).as_deref(), Ok("  Bi   Bi Bob"));
    }

    #[test]
    fn numbers_are_formatted_as_printf_does() {
        let cases = [
            ("%1!d!", u64::from(u32::MAX), "-1"),
            ("%1!u!", u64::from(u32::MAX), "4294967295"),
            ("%1!08X!", 0x2746, "00002746"),
            ("%1!#x!", 0x2746, "0x2746"),
            ("%1!#08x!", 0x2746, "0x002746"),
            ("%1!I64d!", u64::MAX, "-1"),
            ("%1!hd!", 0xffff_0001, "1"),
            ("%1!-6d!|", 42, "42    |"),
            ("%1!+d!", 42, "+42"),
            ("%1!.5d!", 42, "00042"),
            ("%1!c!", 65, "A"),
            ("%1!p!", 0x12ff7c, "000000000012FF7C"),
        ];
        for (text, number, expected) in cases {
            assert_eq!(format(text, &[Number(number)]).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_insert_is_refused() {
        for text in ["%1!f!", "%1!d", "%1!!", "%1!99999999s!", "%1!sd!", "%2"] {
            assert_eq!(format(text, &[Text("x")]), Err(87), "{text}");
        }
        assert_eq!(format("100%", &[]), Err(87));
        assert_eq!(format("%1", &[]), Err(87));
    }

    // Docs: "FormatMessage function", FORMAT_MESSAGE_MAX_WIDTH_MASK.
    #[test]
    fn hard_breaks_stay_where_soft_ones_go() {
        let one_line = |text: &str| expand(text, MAX_WIDTH_MASK, &mut ()).unwrap();
        assert_eq!(one_line("a\r\nb%nc\r\n"), "a b\r\nc ");
        assert_eq!(expand("one two%nthree", 6, &mut ()).unwrap(), "one\r\ntwo\r\nthree");
    }
}
