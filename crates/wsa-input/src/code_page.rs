//! Code pages that are told by the bytes: of writings that are not Latin, as Windows programs log in where the system's
//! language is one of theirs.
//!
//! Latin text passes through as it is: the scanner reads its accented letters in any page, and a wrong guess would cost
//! letters. Of the others a guess costs little, for digits, ASCII and line ends stay what they are in all these pages.

use std::fs::File;
use std::io::{self, Cursor, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, KOI8_R,
    KOI8_U, SHIFT_JIS, WINDOWS_874, WINDOWS_1251, WINDOWS_1253, WINDOWS_1255, WINDOWS_1256,
};

use crate::encoding::{TextEncoding, Transcoded};
use crate::error::Problems;
use crate::layer::Layer;
use crate::mapped::read_at;

/// What is told; other guesses are of Latin text.
const PAGES: [&Encoding; 18] = [
    GBK,
    GB18030,
    BIG5,
    SHIFT_JIS,
    EUC_JP,
    EUC_KR,
    WINDOWS_1251,
    IBM866,
    KOI8_R,
    KOI8_U,
    ISO_8859_5,
    WINDOWS_1253,
    ISO_8859_7,
    WINDOWS_1255,
    ISO_8859_8,
    WINDOWS_1256,
    ISO_8859_6,
    WINDOWS_874,
];

/// How much text is looked at from its first byte on that is not ASCII.
const SAMPLE_BYTES: usize = 64 << 10;

/// Fewer such bytes tell nothing: three words.
const LEAST_BYTES: usize = 10;

/// So many are enough.
const ENOUGH_BYTES: usize = 256;

/// How many places of a large file are looked at, and how much there: together less than the smallest file that is large.
const SAMPLES: u64 = 16;
const LARGE_SAMPLE_BYTES: usize = 16 << 10;

/// What some text tells of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guess {
    TooLittle,
    /// UTF-8, or Latin in some code page.
    AsItIs,
    Page(TextEncoding),
}

/// What a text tells.
pub(crate) fn guess(text: &[u8]) -> Guess {
    let text = beyond_ascii(text);
    let (mut letters, mut others) = (0, 0);
    for chunk in text.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        others += chunk.invalid().len();
    }
    // UTF-8 with something else in it, or cut in the middle of a letter.
    if letters > 0 && letters >= others {
        return Guess::AsItIs;
    }
    let high = text.iter().filter(|byte| !byte.is_ascii()).count();
    if high < LEAST_BYTES {
        return Guess::TooLittle;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(text, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    match PAGES.contains(&guessed) && are_words(&guessed.decode_without_bom_handling(text).0) {
        true => Guess::Page(TextEncoding::standard(guessed)),
        false => Guess::AsItIs,
    }
}

/// Whether what is not ASCII stands together, as words do. Latin text in a page of consoles has its accented letters one by
/// one, which a guess may take for Chinese signs.
fn are_words(text: &str) -> bool {
    let words = text.split(|letter: char| letter.is_ascii()).filter(|word| !word.is_empty()).count();
    let letters = text.chars().filter(|letter| !letter.is_ascii()).count();
    letters >= 2 * words
}

/// The code page that samples of a large file tell, if they do.
pub(crate) fn of_file(file: &File, bytes: u64) -> Option<TextEncoding> {
    let mut sample = vec![0; LARGE_SAMPLE_BYTES];
    for number in 0..SAMPLES {
        let from = bytes / SAMPLES * number;
        let read = read_at(file, &mut sample, from).unwrap_or(0);
        // A sample begins where a line does: a letter may have two bytes.
        let text = &sample[..read];
        let line = if from == 0 { Some(0) } else { text.iter().position(|byte| *byte == b'\n') };
        match guess(&text[line.unwrap_or(read)..]) {
            Guess::TooLittle => {}
            Guess::AsItIs => return None,
            Guess::Page(page) => return Some(page),
        }
    }
    None
}

/// A text from its first byte on that is not ASCII.
fn beyond_ascii(text: &[u8]) -> &[u8] {
    &text[Encoding::ascii_valid_up_to(text)..]
}

/// A reader of a text that may turn out to be in a code page, and is decoded then.
///
/// What is told depends on the text alone, not on the pieces it comes in.
pub(crate) struct Told {
    source: Source,
    problems: Problems,
}

enum Source {
    /// Nothing is told so far: what was looked at in vain, and what comes behind it.
    Untold(Cursor<Vec<u8>>, Box<dyn Read + Send>),
    Decided(Box<dyn Read + Send>),
}

impl Told {
    pub(crate) fn new(layer: Layer, problems: Problems) -> Told {
        Told { source: Source::Untold(Cursor::default(), Box::new(layer)), problems }
    }

    /// Decides on a text that goes on with `sample`, which is not ASCII.
    fn decide(&mut self, mut sample: Vec<u8>) -> io::Result<()> {
        let Source::Untold(_, source) = &mut self.source else { return Ok(()) };
        let guess = gather(&mut sample, source)?;
        let source = std::mem::replace(source, Box::new(io::empty()));
        if guess == Guess::TooLittle {
            self.source = Source::Untold(Cursor::new(sample), source);
            return Ok(());
        }
        let text = Box::new(Cursor::new(sample).chain(source));
        self.source = Source::Decided(match guess {
            Guess::Page(page) => Box::new(Transcoded::new(Layer::new(text), page, self.problems.clone())),
            _ => text,
        });
        Ok(())
    }
}

/// Reads on until the sample tells its encoding, is long enough, or ends.
fn gather(sample: &mut Vec<u8>, source: &mut dyn Read) -> io::Result<Guess> {
    let mut piece = [0; 4 << 10];
    loop {
        let line = sample.iter().position(|byte| *byte == b'\n');
        // Most logs that are not ASCII are UTF-8, and nobody shall wait for more of one than a line.
        if line.is_some_and(|end| str::from_utf8(&sample[..end]).is_ok()) {
            return Ok(Guess::AsItIs);
        }
        let enough = sample.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).nth(ENOUGH_BYTES);
        if let Some((end, _)) = enough {
            return Ok(guess(&sample[..end]));
        }
        // None when the sample is long enough: then nothing is read, as at the end.
        let room = piece.len().min(SAMPLE_BYTES - sample.len());
        match source.read(&mut piece[..room]) {
            Ok(0) => return Ok(guess(sample)),
            Ok(read) => sample.extend_from_slice(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Read for Told {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let (seen, source) = match &mut self.source {
            Source::Decided(text) => return text.read(buf),
            Source::Untold(seen, source) => (seen, source),
        };
        let read = seen.read(buf)?;
        if read > 0 || buf.is_empty() {
            return Ok(read);
        }
        let most = buf.len().min(SAMPLE_BYTES);
        let read = source.read(&mut buf[..most])?;
        let ascii = read - beyond_ascii(&buf[..read]).len();
        if ascii == read {
            return Ok(read);
        }
        self.decide(buf[ascii..read].to_vec())?;
        if ascii > 0 { Ok(ascii) } else { self.read(buf) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    /// What Windows says where the system's language is one of these, and how.
    const TEXTS: [(&Encoding, &str); 8] = [
        (WINDOWS_1251, "Удаленный хост принудительно разорвал существующее подключение"),
        (IBM866, "Подключение не установлено, т.к. конечный компьютер отверг запрос на подключение"),
        (GBK, "远程主机强迫关闭了一个现有的连接。"),
        (BIG5, "遠端主機已強制關閉一個現存的連線。"),
        (SHIFT_JIS, "既存の接続はリモート ホストに強制的に切断されました。"),
        (EUC_KR, "현재 연결은 원격 호스트에 의해 강제로 끊겼습니다"),
        (WINDOWS_1253, "Μια υπάρχουσα σύνδεση έκλεισε αναγκαστικά από τον απομακρυσμένο υπολογιστή"),
        (WINDOWS_1255, "חיבור קיים נסגר בכפייה על-ידי המחשב המארח המרוחק"),
    ];

    fn encoded(page: &'static Encoding, text: &str) -> Vec<u8> {
        let (bytes, _, has_others) = page.encode(text);
        assert!(!has_others, "{text}");
        bytes.into_owned()
    }

    fn read_in_pieces(bytes: &[u8], piece: usize) -> Vec<u8> {
        /// Gives a few bytes at a time.
        struct Bites(Cursor<Vec<u8>>, usize);
        impl Read for Bites {
            fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
                let most = buf.len().min(self.1);
                self.0.read(&mut buf[..most])
            }
        }
        let layer = Layer::new(Box::new(Bites(Cursor::new(bytes.to_vec()), piece)));
        let mut text = Vec::new();
        Told::new(layer, Problems::new("it")).read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn a_code_page_is_told_by_one_message() {
        for (page, text) in TEXTS {
            let log = format!("2025-02-03 10:11:12 start\r\n2025-02-03 10:11:13 recv: {text}\r\nend\r\n");
            for piece in [1, 7, 100, 100_000] {
                assert_eq!(
                    String::from_utf8_lossy(&read_in_pieces(&encoded(page, &log), piece)),
                    log,
                    "{}",
                    page.name()
                );
                assert_eq!(read_in_pieces(log.as_bytes(), piece), log.as_bytes());
            }
        }
    }

    #[test]
    fn a_code_page_is_told_far_behind_the_beginning() {
        let ascii = "2025-02-03 10:11:12 all is well\r\n".repeat(10_000);
        // A few letters of a name tell nothing; a message later does.
        let log = format!("{ascii}\u{441}\u{43E}\n{ascii}recv: {}\r\n{ascii}", TEXTS[0].1);
        let bytes = encoded(WINDOWS_1251, &log);
        let text = read_in_pieces(&bytes, 10_000);
        assert_eq!(text, read_in_pieces(&bytes, 77));
        assert!(String::from_utf8_lossy(&text).contains(TEXTS[0].1));
        assert_eq!(text.len(), log.len() - 2, "two letters stay as they are");
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&encoded(GBK, &TEXTS[2].1.repeat(10).replace('。', "。\r\n").repeat(5_000))).unwrap();
        assert_eq!(of_file(&file, file.metadata().unwrap().len()), Some(TextEncoding::standard(GBK)));
    }

    #[test]
    fn latin_text_and_damaged_utf8_stay_as_they_are() {
        let german = "für größere Überläufe: Eine vorhandene Verbindung wurde geschlossen, Gerät 7\r\n".repeat(20);
        let polish =
            "połączenie zostało przerwane przez oprogramowanie; żądany adres jest nieprawidłowy\r\n".repeat(20);
        let console = |page: &str, text: &str| {
            let number: u16 = page.parse().unwrap();
            oem_cp::encode_string_lossy(text, oem_cp::code_table::ENCODING_TABLE_CP_MAP[&number])
        };
        for bytes in [
            encoded(encoding_rs::WINDOWS_1252, &german),
            encoded(encoding_rs::WINDOWS_1250, &polish),
            console("437", &german),
            console("850", &german),
            console("852", &polish),
            [german.as_bytes(), b"\xC0\xC1 \xFE\n", german.as_bytes()].concat(),
        ] {
            assert!(read_in_pieces(&bytes, 1000) == bytes, "{}", String::from_utf8_lossy(&bytes[..60]));
        }
    }
}
