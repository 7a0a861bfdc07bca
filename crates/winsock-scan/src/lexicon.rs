//! The words and texts that the scanner knows: the catalogue's, and those of `data/`.
//!
//! They are constants: a scan of one line must not begin with reading tables. `generated` holds them, `source` makes it.

use winsock_codes::Code;

use crate::finding::{Operation, Runtime};
use crate::matcher::{Entry, Matcher, Phrase, Tables};

#[rustfmt::skip]
mod generated;
#[cfg(test)]
mod source;

pub(crate) use generated::ROWS;

/// What a phrase means where it is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meaning {
    /// A text that stands for a code.
    Text(Code, TextKind),
    /// A code's name; `wsa` if the phrase holds the prefix.
    Name { code: Code, wsa: bool },
    /// The name of a kernel status that only the network gives.
    Status(Code),
    /// A member of .NET's `SocketError`.
    DotNet(Code),
    /// A neighbour's text: an index into the catalogue's look-alikes.
    Neighbour(u16),
    /// Names an operation: 3 a function, 2 a method or a product's phrase, 1 a verb.
    Operation(Operation, u8),
    /// Shows who wrote the record; the smaller number is the surer sign.
    Run(Runtime, u16),
    /// Introduces the name of a host; how surely.
    Host(u8),
    /// Other evidence.
    Sign(Sign),
}

/// How a text stands for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// The system's English text.
    System,
    /// The system's English text, too common to count without a word of sockets.
    Weak,
    /// The system's text in another language.
    Local,
    /// A runtime's own wording.
    Own,
    /// The JDK's wording, which needs its suffix.
    Jdk,
    /// libcurl's wording, which needs libcurl's words before it.
    Curl,
}

/// What a word proves or hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Sockets are in use.
    Api,
    /// Networking.
    Net,
    /// Something went wrong.
    Fail,
    /// Written on Windows.
    Windows,
    /// Written on another system.
    Posix,
    /// Words inside mean nothing.
    Skip,
    /// The answer of a web service or another product, whose codes are its own.
    Service,
    /// Oracle Net: a code minus 10000 follows.
    Oracle,
}

/// A phrase, where its fingerprint begins, and what it means.
type Row = (&'static str, u8, Meaning);

/// Every phrase with its meaning.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The first phrases: all but the short ones.
    pub(crate) long: Matcher<4>,
    /// The phrases behind them, of three letters; they begin at the edge of a word or with an [`INNER`] letter.
    pub(crate) short: Matcher<3>,
    pub(crate) meanings: &'static [Meaning],
}

const COUNT: usize = ROWS.len();

/// How many phrases are long; they come first.
pub(crate) const LONG: usize = {
    let mut count = 0;
    while count < COUNT && !Phrase::new(ROWS[count].0).is_short() {
        count += 1;
    }
    count
};
const SHORT: usize = COUNT - LONG;

/// A part of the rows' phrases.
const fn phrases<const N: usize>(from: usize) -> [Phrase; N] {
    let mut phrases = [Phrase::new(""); N];
    let mut index = 0;
    while index < N {
        phrases[index] = Phrase::new(ROWS[from + index].0);
        index += 1;
    }
    phrases
}

/// Where the fingerprints of a part of the rows' phrases begin.
const fn offsets<const N: usize>(from: usize) -> [u8; N] {
    let mut offsets = [0; N];
    let mut index = 0;
    while index < N {
        offsets[index] = ROWS[from + index].1;
        index += 1;
    }
    offsets
}

static MEANINGS: [Meaning; COUNT] = {
    let mut meanings = [Meaning::Host(0); COUNT];
    let mut index = 0;
    while index < COUNT {
        meanings[index] = ROWS[index].2;
        index += 1;
    }
    meanings
};

static LONG_PHRASES: [Phrase; LONG] = phrases(0);
static LONG_TABLES: Tables<[Entry; LONG]> = Matcher::<4>::link(&LONG_PHRASES, &offsets(0));
static SHORT_PHRASES: [Phrase; SHORT] = phrases(LONG);
static SHORT_TABLES: Tables<[Entry; SHORT]> = Matcher::<3>::link(&SHORT_PHRASES, &offsets(LONG));

static LEXICON: Lexicon = Lexicon {
    long: Matcher::from_tables(&LONG_PHRASES, &LONG_TABLES),
    short: Matcher::from_tables(&SHORT_PHRASES, &SHORT_TABLES),
    meanings: &MEANINGS,
};

/// The letter with which a short phrase begins inside a word. Searched everywhere, so there is only one.
pub(crate) const INNER_LETTER: u8 = {
    let phrases = phrases::<SHORT>(LONG);
    let (mut letter, mut index) = (0, 0);
    while index < SHORT {
        if let Some(found) = phrases[index].inner_letter() {
            assert!(letter == 0 || letter == found, "two letters with which short phrases begin inside words");
            letter = found;
        }
        index += 1;
    }
    letter
};

/// The lexicon.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_loads() {
        assert!(lexicon().meanings.len() > 700, "{}", lexicon().meanings.len());
    }

    #[test]
    fn texts_are_found_whatever_a_code_page_made_of_their_letters() {
        let is_latin = |letter: char| matches!(letter, '\u{C0}'..='\u{17F}' | '’');
        let texts = ROWS.iter().filter_map(|(text, _, meaning)| match meaning {
            Meaning::Text(code, TextKind::Local) if !text.is_ascii() => Some((*text, *code)),
            _ => None,
        });
        let latin: Vec<_> = texts.filter(|(text, _)| text.chars().all(|c| c.is_ascii() || is_latin(c))).collect();
        assert!(latin.len() > 40, "{}", latin.len());
        let whole = |letter: char| letter.to_string().into_bytes();
        let misread = |letter: char| whole(letter).into_iter().flat_map(|byte| whole(char::from(byte))).collect();
        type Writing<'a> = (&'a str, &'a dyn Fn(char) -> Vec<u8>);
        let writings: [Writing<'_>; 5] = [
            ("UTF-8", &whole),
            ("a byte of a code page", &|letter| vec![0x80 | letter as u8]),
            ("UTF-8 read as a code page", &misread),
            ("lost", &|_| b"?".to_vec()),
            ("replaced", &|_| "\u{FFFD}".into()),
        ];
        for (text, code) in latin {
            for (name, write) in &writings {
                let letters = text.chars().map(|letter| if is_latin(letter) { write(letter) } else { whole(letter) });
                let line = [b"10:00:01 ", &letters.collect::<Vec<_>>().concat()[..], b".\n"].concat();
                let mut all = crate::Collect::default();
                crate::Scanner::new().scan_slice(&line, &mut all);
                let found: Vec<_> = all.findings.iter().map(|finding| finding.code).collect();
                assert_eq!(found, [code], "{name}: {text}");
            }
        }
    }
}
