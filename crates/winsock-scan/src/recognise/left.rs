//! What stands before a number: the words that say what kind of number it is.

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

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
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
        if ends(self.gaps[0]) || self.gaps[0].len() > 12 {
            return Label::Other;
        }
        let mut code = false;
        let mut at = 0;
        while at < self.count && at < 4 && is_filler(self.words[at]) {
            code |= is_code(self.words[at]);
            at += 1;
            if at < self.count && ends(self.gaps[at]) {
                return if code { Label::Code } else { Label::Other };
            }
        }
        // `WSAGetLastError() after connect is 10061`: the function may stand further away.
        if at < 3
            && (0..self.count.min(at + 3)).any(|index| contains(self.words[index], b"lasterror"))
            && !is_negative(self.word(0))
        {
            return Label::Strong;
        }
        let label = self.label_of(at, code);
        if code && !matches!(label, Label::Strong | Label::Error | Label::Function) { Label::Code } else { label }
    }

    fn label_of(&self, at: usize, code: bool) -> Label {
        let word = self.word(at);
        let before = self.word(at + 1);
        if word.is_empty() {
            return Label::Other;
        }
        if is_strong(word) || code && word.eq_ignore_ascii_case(b"os") {
            return Label::Strong;
        }
        if word.eq_ignore_ascii_case(b"os") && matches!(self.gaps[at], b" " | b"(") {
            return Label::Strong;
        }
        if word.eq_ignore_ascii_case(b"tcp") && is_error(before) {
            return Label::Strong;
        }
        // "ошибка сокета 10053": the error of a socket, the words the other way round.
        if any(word, &["winsock", "сокета", "сокет", "套接字", "ソケット", "소켓", "通訊端"]) && is_error(before)
        {
            return Label::Strong;
        }
        if word.eq_ignore_ascii_case(b"system") && self.gaps[at] == b":" {
            return Label::Strong; // asio: [system:10054]
        }
        if is_error(word) {
            let strong = any(before, STRONG_OWNERS) && !self.gaps[at + 1].contains(&b',');
            let run_time = any(before, &["time"]) && any(self.word(at + 2), &["run"]);
            let call = self.gaps[at] == b"(" && word == b"error";
            return if strong || run_time || call { Label::Strong } else { Label::Error };
        }
        let bare = word.strip_suffix(b"W").or_else(|| word.strip_suffix(b"A")).unwrap_or(word);
        if any(bare, FUNCTIONS) {
            // `recv: 10054`, `bind() 10048`, `bind returns 10048`; but `socket 10054` and `recv=10054` are counts and handles.
            let called = at > 0 || self.gaps[0].iter().any(|byte| matches!(byte, b':' | b'(' | b')'));
            return if called { Label::Function } else { Label::Negative };
        }
        if is_negative(word) { Label::Negative } else { Label::Other }
    }
}

const STRONG_OWNERS: &[&str] = &[
    "socket", "sockets", "sock", "os", "winapi", "winsock", "winsock2", "wsa", "tcp", "udp", "network", "native",
    "last", "system", "dns", "h",
];

const FUNCTIONS: &[&str] = &[
    "recv",
    "recvfrom",
    "wsarecv",
    "wsarecvfrom",
    "send",
    "sendto",
    "wsasend",
    "wsasendto",
    "connect",
    "connectex",
    "wsaconnect",
    "accept",
    "acceptex",
    "wsaaccept",
    "bind",
    "listen",
    "socket",
    "wsasocket",
    "wsasocketw",
    "wsasocketa",
    "select",
    "wsapoll",
    "closesocket",
    "shutdown",
    "setsockopt",
    "getsockopt",
    "ioctlsocket",
    "wsaioctl",
    "getaddrinfo",
    "getaddrinfow",
    "gethostbyname",
    "getnameinfo",
    "wsastartup",
    "wsaenumnetworkevents",
    "wsaeventselect",
    "getpeername",
    "getsockname",
    "gethostname",
    "disconnectex",
    "transmitfile",
    "wsagetoverlappedresult",
    "wsaasyncselect",
    "gethostbyaddr",
    "getaddrinfoex",
];

fn any(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

fn contains(word: &[u8], part: &[u8]) -> bool {
    word.windows(part.len()).any(|bytes| bytes.eq_ignore_ascii_case(part))
}

fn is_code(word: &[u8]) -> bool {
    any(word, &["code", "código", "codigo", "codice", "kode", "kod", "コード", "코드", "代码", "代碼", "код"])
}

fn is_filler(word: &[u8]) -> bool {
    is_code(word)
        || any(
            word,
            &[
                "number",
                "no",
                "nr",
                "num",
                "is",
                "was",
                "of",
                "returned",
                "returns",
                "return",
                "returning",
                "value",
                "with",
                "the",
                "a",
                "got",
                "gave",
                "gives",
                "reports",
                "reported",
                "status",
                "rc",
                "ret",
                "result",
                "numero",
                "número",
                "nummer",
                "to",
                "x",
                "s",
                "completed",
                "and",
                "by",
                "mit",
                "di",
                "de",
                "d",
                "avec",
                "con",
                "due",
            ],
        )
}

fn is_strong(word: &[u8]) -> bool {
    const PARTS: [&[u8]; 15] = [
        b"winerror",
        b"wsaerr",
        b"wsa_err",
        b"winsock",
        b"sockerr",
        b"sock_err",
        b"socketerr",
        b"socket_err",
        b"nativeerror",
        b"errno",
        b"lasterror",
        b"last_error",
        b"socketexception",
        b"win32exception",
        b"wsaget",
    ];
    PARTS.iter().any(|part| contains(word, part))
        || any(
            word,
            &[
                "oserror",
                "connectionreseterror",
                "connectionabortederror",
                "connectionrefusederror",
                "ioerror",
                "timeouterror",
                "permissionerror",
                "brokenpipeerror",
                "blockingioerror",
                "interruptederror",
                "gaierror",
                "herror",
                "wsa",
                "wsaerror",
                "eunknownerr",
                "wsae",
                "oserrno",
                "nativeerrorcode",
            ],
        )
}

fn is_error(word: &[u8]) -> bool {
    any(
        word,
        &[
            "error",
            "err",
            "errcode",
            "errorcode",
            "error_code",
            "err_code",
            "errornumber",
            "failed",
            "failure",
            "fail",
            "fails",
            "failing",
            "exception",
            "fehler",
            "fehlercode",
            "erreur",
            "errore",
            "erro",
            "fout",
            "foutcode",
            "błąd",
            "chyba",
            "hata",
            "fel",
            "ошибка",
            "ошибки",
            "ошибкой",
            "错误",
            "错误码",
            "錯誤",
            "エラー",
            "오류",
            "reason",
            "hr",
            "hresult",
            "scode",
        ],
    )
}

fn is_negative(word: &[u8]) -> bool {
    any(
        word,
        &[
            "port",
            "ports",
            "pid",
            "ppid",
            "tid",
            "thread",
            "process",
            "line",
            "lineno",
            "id",
            "ids",
            "event",
            "eventid",
            "size",
            "length",
            "len",
            "bytes",
            "offset",
            "count",
            "seq",
            "sequence",
            "version",
            "build",
            "ticket",
            "order",
            "user",
            "uid",
            "gid",
            "page",
            "item",
            "session",
            "conn",
            "channel",
            "index",
            "ttl",
            "delay",
            "took",
            "after",
            "in",
            "interval",
            "duration",
            "elapsed",
            "worker",
            "job",
            "task",
            "rule",
            "case",
            "issue",
            "bug",
            "zip",
            "room",
            "on",
            "at",
            "from",
            "listening",
            "local",
            "remote",
            "src",
            "dst",
            "sport",
            "dport",
            "sent",
            "received",
            "wrote",
            "row",
            "record",
            "sqlstate",
            "http",
            "api",
            "messageid",
            "msgid",
            "instance",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "system error: 10054",
        ] {
            assert_eq!(label(text), Label::Strong, "{text}");
        }
        for text in ["failed with error: 10054", "error code 10054", "failed (10054", "ERROR: 10054"] {
            assert_eq!(label(text), Label::Error, "{text}");
        }
        assert_eq!(label("{\"code\":10054"), Label::Code);
        assert_eq!(label("bind returns 10054"), Label::Function);
        for text in ["port 10054", "Event ID 10054", "pid=10054", "sent 10054"] {
            assert_eq!(label(text), Label::Negative, "{text}");
        }
    }
}
