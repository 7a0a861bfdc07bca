//! What stands before a number: the words that say what kind of number it is.

mod words;

pub(crate) use words::without_wide_sign;
use words::{Kinds, kinds};

/// What the words before a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A Winsock error or any system error: `WinError`, `WSAGetLastError() returned`, `Socket Error #`.
    Strong,
    /// An error of something: `error`, `failed with`.
    Error,
    /// A function of the socket interface: `recv:`, `bind returns`.
    Function,
    /// `code`, without a word that says of what.
    Code,
    /// Something that is no error: `port`, `pid`, `size`.
    Negative,
    /// Nothing known.
    Other,
}

const MAX_WORDS: usize = 6;
const MAX_BYTES: usize = 80;

/// The words before a place, nearest first, and what lies between.
#[derive(Debug)]
pub(crate) struct Left<'t> {
    words: [&'t [u8]; MAX_WORDS],
    /// `gaps[0]` lies between the nearest word and the place.
    gaps: [&'t [u8]; MAX_WORDS],
    count: usize,
}

/// Whether a byte belongs to words.
static WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_' || byte >= 0x80;
        byte += 1;
    }
    table
};

fn is_word(byte: u8) -> bool {
    WORD[usize::from(byte)]
}

/// Whether the nearest word before a place speaks of errors.
pub(crate) fn speaks_of_error(text: &[u8], place: usize) -> bool {
    let gap = text[..place].iter().rev().take(3).take_while(|byte| !is_word(**byte)).count();
    let end = place - gap;
    let length = text[..end].iter().rev().take(MAX_BYTES).take_while(|byte| is_word(**byte)).count();
    let kinds = kinds(&text[end - length..end]);
    kinds.is(Kinds::ERROR) || kinds.is(Kinds::STRONG)
}

/// Whether the word before a place says that the number there is no error, and one sign stands between: then [`Left::label`] is
/// [`Label::Negative`].
pub(crate) fn is_named_otherwise(text: &[u8], place: usize) -> bool {
    let Some((b'=' | b' ' | b':', before)) = text[..place].split_last() else { return false };
    let length = before.iter().rev().take(MAX_BYTES).take_while(|byte| is_word(**byte)).count();
    // Where a letter is a line break that is written out, the word begins behind it.
    let (before, word) = before.split_at(before.len() - length);
    !before.ends_with(b"\\") && words::is_negative_alone(word)
}

/// Whether a word is a function of the socket interface.
pub(crate) fn is_function(word: &[u8]) -> bool {
    kinds(word).is(Kinds::FUNCTION)
}

/// ` ....... : `, `            : `: dots or blanks that lead from a label to its value.
fn is_leader(gap: &[u8]) -> bool {
    let gap = gap.trim_ascii();
    if matches!(gap, b":" | b"=") {
        return true;
    }
    let dots = gap.strip_suffix(b":").or_else(|| gap.strip_suffix(b"=")).unwrap_or(gap).trim_ascii_end();
    dots.len() > 1 && dots.iter().all(|byte| *byte == b'.')
}

impl<'t> Left<'t> {
    pub(crate) fn of(text: &'t [u8], place: usize) -> Left<'t> {
        let mut left = Left { words: [b""; MAX_WORDS], gaps: [b""; MAX_WORDS], count: 0 };
        let lowest = place.saturating_sub(MAX_BYTES);
        let mut at = place;
        while left.count < MAX_WORDS {
            let gap_end = at;
            while at > lowest && !is_word(text[at - 1]) && text[at - 1] != b'\n' {
                at -= 1;
            }
            let word_end = at;
            while at > lowest && is_word(text[at - 1]) {
                at -= 1;
            }
            if at == word_end {
                break;
            }
            let mut word = &text[at..word_end];
            // `\nerror` in JSON is a line break and a word.
            if at > lowest && text[at - 1] == b'\\' && matches!(word[0], b'n' | b'r' | b't') {
                word = &word[1..];
            }
            if !word.is_empty() {
                left.gaps[left.count] = &text[word_end..gap_end];
                left.words[left.count] = word;
                left.count += 1;
            }
        }
        left
    }

    /// The bytes between the nearest word and the place.
    pub(crate) fn gap(&self) -> &'t [u8] {
        self.gaps[0]
    }

    /// The nearest word, as written.
    pub(crate) fn word(&self, index: usize) -> &'t [u8] {
        if index < self.count { self.words[index] } else { b"" }
    }

    /// What the words make of the number behind them.
    pub(crate) fn label(&self) -> Label {
        // A sentence or a field has ended in between.
        let ends = |gap: &[u8]| gap.windows(2).any(|two| two == b". " || two == b"; ") || gap.contains(&b'|');
        // `error no. 10065`
        let is_short =
            self.gaps[0] == b". " && [&b"no"[..], b"nr"].iter().any(|short| self.words[0].eq_ignore_ascii_case(short));
        if !is_leader(self.gaps[0]) && (ends(self.gaps[0]) && !is_short || self.gaps[0].len() > 12) {
            return Label::Other;
        }
        let mut known = [Kinds::default(); MAX_WORDS];
        let mut code = false;
        let mut at = self.wrapping();
        while at < self.count {
            known[at] = kinds(self.words[at]);
            if at == 4 || !known[at].is(Kinds::FILLER) {
                break;
            }
            code |= known[at].is(Kinds::CODE);
            at += 1;
            if at < self.count && ends(self.gaps[at]) {
                return if code { Label::Code } else { Label::Other };
            }
        }
        let further = self.count.min(at + 3);
        for (known, word) in known[..further].iter_mut().zip(&self.words).skip(at + 1) {
            *known = kinds(word);
        }
        // `WSAGetLastError() after connect is 10061`: the function may stand further away.
        // Behind `GetLastError()=121, key=` it has its number already.
        let is_number = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
        let told = self.words[..further].iter().position(|word| is_number(word)).unwrap_or(further);
        if at < 3 && known[..told].iter().any(|word| word.is(Kinds::LAST_ERROR)) && !known[0].is(Kinds::NEGATIVE) {
            return Label::Strong;
        }
        let label = self.label_of(at, &known, code);
        if code && !matches!(label, Label::Strong | Label::Error | Label::Function) { Label::Code } else { label }
    }

    /// How many words say nothing of the number: a key and a pointer, `ERROR: io:00000166FBB96700 10053`; that there is a
    /// value, `errno: Some(10054)`, OpenTelemetry's `thread.id: Int(10048)`.
    fn wrapping(&self) -> usize {
        let word = self.word(0);
        if [&b"Some"[..], b"Int"].contains(&word) && self.gaps[0] == b"(" {
            return 1;
        }
        let is_pointer = matches!(word.len(), 8 | 16) && word[0] == b'0' && word.iter().all(u8::is_ascii_hexdigit);
        if is_pointer && self.count > 2 && matches!(self.gaps[1], b":" | b"=") { 2 } else { 0 }
    }

    /// `erreur de socket`, `errore di socket`, `erro de soquete`.
    fn is_socket_of_error(&self, at: usize) -> bool {
        let named =
            |index: usize, names: &[&[u8]]| names.iter().any(|name| self.word(index).eq_ignore_ascii_case(name));
        named(at, &[b"socket", b"sockets", b"soquete"])
            && named(at + 1, &[b"de", b"di", b"du", b"del"])
            && kinds(self.word(at + 2)).is(Kinds::ERROR)
    }

    /// `ошибка создания сокета`, `błąd tworzenia gniazda`: the error of doing something with a socket.
    fn is_socket_of_deed_of_error(&self, at: usize) -> bool {
        kinds(self.word(at)).is(Kinds::SOCKET)
            && self.gaps.get(at + 1..at + 3).is_some_and(|gaps| gaps[0] == b" " && gaps[1] == b" ")
            && kinds(self.word(at + 2)).is(Kinds::ERROR)
    }

    /// `erreur socket`; in English the number of a socket may stand behind such words.
    fn is_error_of_socket(&self, at: usize) -> bool {
        let errors = [&b"erreur"[..], b"errore", b"erro"];
        self.word(at).eq_ignore_ascii_case(b"socket")
            && errors.iter().any(|error| self.word(at + 1).eq_ignore_ascii_case(error))
    }

    /// What the word at an index makes of the number, with the kinds of the words around it.
    fn label_of(&self, at: usize, known: &[Kinds; MAX_WORDS], code: bool) -> Label {
        let word = self.word(at);
        if word.is_empty() {
            return Label::Other;
        }
        let (kinds, before) = (known[at], known[at + 1]);
        let named = |name: &[u8]| word.eq_ignore_ascii_case(name);
        let strong = kinds.is(Kinds::STRONG)
            || named(b"os") && (code || matches!(self.gaps[at], b" " | b"("))
            || named(b"tcp") && before.is(Kinds::ERROR)
            // InterSystems' `[Native Code 10054]`
            || named(b"native") && code
            // "ошибка сокета 10053", "код сокета 10060": the error of a socket, the words the other way round.
            || kinds.is(Kinds::SOCKET) && (before.is(Kinds::ERROR) || before.is(Kinds::CODE))
            || self.is_socket_of_error(at)
            // `échec réception, code socket 10054`
            || named(b"socket") && self.gaps[at + 1] == b" " && self.word(at + 1) == b"code"
            || self.is_error_of_socket(at)
            // `iErrorCode[FD_CLOSE_BIT]=10053` of WSANETWORKEVENTS.
            || word.starts_with(b"FD_") && self.word(at + 1) == b"iErrorCode"
            || named(b"sockets") && self.word(at + 1).eq_ignore_ascii_case(b"windows")
            // asio: [system:10054]
            || named(b"system") && self.gaps[at] == b":";
        if strong {
            return Label::Strong;
        }
        if kinds.is(Kinds::ERROR) {
            let owned = before.is(Kinds::OWNER) && !self.gaps[at + 1].contains(&b',');
            let run_time =
                self.word(at + 1).eq_ignore_ascii_case(b"time") && self.word(at + 2).eq_ignore_ascii_case(b"run");
            let call = self.gaps[at] == b"(" && word == b"error";
            return if owned || run_time || call { Label::Strong } else { Label::Error };
        }
        if self.is_socket_of_deed_of_error(at) {
            return Label::Error;
        }
        let bare = word.strip_suffix(b"W").or_else(|| word.strip_suffix(b"A")).unwrap_or(word);
        if words::kinds(bare).is(Kinds::FUNCTION) {
            // `recv: 10054`, `bind() 10048`, `bind returns 10048`; but `socket 10054` and `recv=10054` are counts and handles.
            let socket = named(b"socket");
            // The end of the C library's `Socket operation on non-socket`.
            if socket && self.gaps[at + 1] == b"-" && self.word(at + 1) == b"non" {
                return Label::Other;
            }
            let sign = |byte: &u8| matches!(byte, b':' | b'(' | b')') || *byte == b'[' && !socket;
            let wsa = word.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(b"wsa"));
            // StackExchange.Redis counts bytes: `last-recv: 10061`.
            if self.gaps[at + 1] == b"-" && self.word(at + 1) == b"last" {
                return Label::Negative;
            }
            // Python's returns the error.
            let wsa = wsa || named(b"connect_ex");
            let arrow = self.gaps[0] == b" -> " && !socket;
            let called = at > 0 || wsa || arrow || before.is(Kinds::OWNER) || self.gaps[0].iter().any(sign);
            return if called { Label::Function } else { Label::Negative };
        }
        // `on 'db1.corp.local' (10065)`: the end of a domain's name.
        let domain = named(b"local") && self.gaps[at + 1] == b".";
        if kinds.is(Kinds::NEGATIVE) && !domain { Label::Negative } else { Label::Other }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The words that stand before numbers that are no errors.
    pub(crate) fn negatives() -> impl Iterator<Item = &'static str> {
        words::NEGATIVES.split_ascii_whitespace()
    }

    fn label(text: &str) -> Label {
        Left::of(text.as_bytes(), text.find("10054").unwrap()).label()
    }

    #[test]
    fn words_before_a_number_tell_what_it_is() {
        for text in [
            "[WinError 10054]",
            "WSAGetLastError() returned 10054",
            "Socket Error # 10054",
            "(os error 10054)",
            "SocketException (10054)",
            "[system:10054]",
            "Os { code: 10054",
            "errno = 10054",
            "Codice di errore TCP 10054",
            "TCP 오류 코드 10054",
            "(OS 10054)text",
            "winapi error #10054",
            "ConnectionResetError(10054,",
            "Run-time error '10054'",
            "\"wsa_error\":10054",
            "WSAGetLastError() after SO_ERROR 10054",
            "system error: 10054",
            "Erreur de socket : 10054",
            "NativeErrorCode            : 10054",
            "iErrorCode[FD_CLOSE_BIT]=10054",
            "[Native Code 10054]",
        ] {
            assert_eq!(label(text), Label::Strong, "{text}");
        }
        for text in ["failed with error: 10054", "error code 10054", "failed (10054", "ERROR: 10054", "错误代码=10054"]
        {
            assert_eq!(label(text), Label::Error, "{text}");
        }
        assert_eq!(label("{\"code\":10054"), Label::Code);
        assert_eq!(label("bind returns 10054"), Label::Function);
        assert_eq!(label("closesocket -> 10054"), Label::Function);
        assert_eq!(label("Socket operation on non-socket [10054]"), Label::Other);
        assert_eq!(label("on 'db1.corp.local' (10054)"), Label::Other);
        assert_eq!(label("WSAGetLastError()=0, SO_RCVBUF=10054"), Label::Other);
        assert_eq!(label("GetLastError()=121, key=10054"), Label::Other);
        for text in ["port 10054", "local 10054", "Event ID 10054", "pid=10054", "sent 10054", "Elapse: 10054"] {
            assert_eq!(label(text), Label::Negative, "{text}");
        }
    }
}
