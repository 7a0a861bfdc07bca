//! The words that tell what kind of number stands behind them, and a table to find them in.

/// What a word is, a bit for each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u16);

impl Kinds {
    pub(super) const FILLER: Kinds = Kinds(1);
    pub(super) const CODE: Kinds = Kinds(2);
    pub(super) const STRONG: Kinds = Kinds(4);
    pub(super) const ERROR: Kinds = Kinds(8);
    pub(super) const OWNER: Kinds = Kinds(16);
    pub(super) const FUNCTION: Kinds = Kinds(32);
    pub(super) const NEGATIVE: Kinds = Kinds(64);
    pub(super) const SOCKET: Kinds = Kinds(128);
    /// `GetLastError` and its like: strong also from further away.
    pub(super) const LAST_ERROR: Kinds = Kinds(256);

    pub(super) const fn is(self, kind: Kinds) -> bool {
        self.0 & kind.0 != 0
    }

    const fn and(self, kind: Kinds) -> Kinds {
        Kinds(self.0 | kind.0)
    }
}

/// `code`: what it is a code of another word says.
const CODES: &str = "\
    code código codigo codice kode kod kodu kód cod mã koodi コード 코드 代码 代碼 код קוד";

/// Words that say nothing; what stands before them does.
const FILLERS: &str = "\
    number no nr num is was of returned returns return returning value with the a got gave gives reports reported \
    status rc ret result false information numero número nummer to x s completed and by mit di de d avec con due says said n° nº №";

/// Winsock errors or any system errors.
const STRONGS: &str = "\
    oserror connectionreseterror connectionabortederror connectionrefusederror ioerror timeouterror permissionerror \
    brokenpipeerror blockingioerror interruptederror gaierror herror wsa wsaerror eunknownerr wsae oserrno oserr \
    nativeerrorcode raw_os_error os_error invalid_socket socket_error socketfout socketfel";

/// Errors of something.
const ERRORS: &str = "\
    error err nok ng blad errcode errorcode error_code err_code errornumber failed failure fail fails failing exception fehler \
    fehlercode erreur errore erro fout foutcode wsafout błąd chyba hata fel ошибка ошибки ошибкой Ошибка 错误 \
    错误码 錯誤 エラー 오류 reason hr hresult scode ec hata hatası hatasi hiba virhe feil fejl eroare помилка помилки libuv gle \
    errn errnum errorno errval nerrorcode 错误代码 錯誤代碼 エラーコード 오류코드 błędu chyby hibakód felkod feilkode \
    fejlkode virhekoodi σφάλμα lỗi kesalahan greška грешка Грешка שגיאה שגיאת خطأ الخطأ ข้อผิดพลาด รหัสข้อผิดพลาด \
    errorlevel arithinsert1 arithinsert2 ibm_arithinsert1 ibm_arithinsert2";

/// What makes an error behind them strong.
const OWNERS: &str = "\
    socket sockets sock soket os winapi win32 winsock winsock2 wsa tcp udp network native last system dns so h";

/// Sockets, where the error stands before: "ошибка сокета 10053".
const SOCKETS: &str = "\
    winsock сокета сокет gniazda socketu soketu 套接字 ソケット 소켓 通訊端";

/// Functions of the socket interface.
const FUNCTIONS: &str = "\
    recv recvfrom wsarecv wsarecvfrom send sendto wsasend wsasendto connect connectex wsaconnect accept acceptex \
    wsaaccept bind listen socket wsasocket wsasocketw wsasocketa select wsapoll closesocket shutdown setsockopt \
    getsockopt ioctlsocket wsaioctl getaddrinfo getaddrinfow gethostbyname getnameinfo wsastartup wsaenumnetworkevents \
    wsaeventselect getpeername getsockname gethostname disconnectex transmitfile wsagetoverlappedresult wsaasyncselect \
    gethostbyaddr getaddrinfoex connect_ex wsaaddresstostring wsastringtoaddress wsaduplicatesocket wsarecvmsg wsasendmsg \
    wsajoinleaf wsanspioctl wsalookupservicebegin wsalookupservicenext wsaenumprotocols wsacreateevent wsacleanup";

/// What is no error.
pub(super) const NEGATIVES: &str = "\
    port ports pid ppid tid thread process line lineno id ids event eventid size length len bytes offset count seq \
    sequence version build ticket order user uid gid page item session conn channel index ttl delay took after in \
    interval duration elapse elapsed expected worker job task rule case issue bug zip room on at from listening local \
    remote src dst sport dport sent received wrote row record sqlstate http api messageid msgid instance handle fd \
    position";

const LISTS: [(Kinds, &str); 8] = [
    (Kinds::CODE.and(Kinds::FILLER), CODES),
    (Kinds::FILLER, FILLERS),
    (Kinds::STRONG, STRONGS),
    (Kinds::ERROR, ERRORS),
    (Kinds::OWNER, OWNERS),
    (Kinds::SOCKET, SOCKETS),
    (Kinds::FUNCTION, FUNCTIONS),
    (Kinds::NEGATIVE, NEGATIVES),
];

/// Twice as many as there are words, so that few share one.
const SLOTS: usize = 512;

/// Words with their kinds, each at its slot or at the next free one.
static TABLE: [(&[u8], Kinds); SLOTS] = {
    let mut table: [(&[u8], Kinds); SLOTS] = [(b"", Kinds(0)); SLOTS];
    let mut list = 0;
    while list < LISTS.len() {
        let (kinds, mut rest) = (LISTS[list].0, LISTS[list].1.as_bytes());
        while let Some((word, behind)) = first_word(rest) {
            let mut slot = slot(word);
            while !table[slot].0.is_empty() && !table[slot].0.eq_ignore_ascii_case(word) {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = (word, table[slot].1.and(kinds));
            rest = behind;
        }
        list += 1;
    }
    table
};

/// Cuts at blanks.
const fn first_word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.trim_ascii_start();
    let mut end = 0;
    while end < text.len() && text[end] != b' ' {
        end += 1;
    }
    if end == 0 { None } else { Some(text.split_at(end)) }
}

/// By length, the first two bytes, the middle and the last, small and capital letters alike.
const fn slot(word: &[u8]) -> usize {
    let length = word.len();
    let mut hash = length as u32;
    let places = [0, if length > 1 { 1 } else { 0 }, length / 2, length - 1];
    let mut index = 0;
    while index < places.len() {
        hash = hash.wrapping_mul(37) + (word[places[index]] | 0x20) as u32;
        index += 1;
    }
    (hash.wrapping_mul(0x9E37_79B1) >> 23) as usize
}

/// What a word is.
pub(super) fn kinds(word: &[u8]) -> Kinds {
    let word = without_wide_sign(word);
    listed(word).and(parts(word)).and(unspaced(word)).and(key(word))
}

/// `Failed：10093`: a bracket, colon or equals sign of full width, as East Asian keyboards write it, is no part of a word.
pub(crate) fn without_wide_sign(word: &[u8]) -> &[u8] {
    match word {
        [rest @ .., 0xEF, 0xBC, 0x88 | 0x9A | 0x9D] if !rest.is_empty() => rest,
        _ => word,
    }
}

/// `chat_id`, `SessionID`, `connect_timeout_ms`, `connectTimeoutMs`: what a key names or measures by a number, unless that is
/// an error.
fn key(word: &[u8]) -> Kinds {
    let is_id = match word {
        [.., b'_', b'i' | b'I', b'd' | b'D'] | [.., b'_', b'm' | b'u' | b'n', b's'] => word.len() > 3,
        [.., before, b'I', b'd' | b'D'] | [.., before, b'M', b's'] => before.is_ascii_lowercase(),
        _ => false,
    };
    let of_error = || word.windows(3).any(|part| part.eq_ignore_ascii_case(b"err"));
    if is_id && !of_error() { Kinds::NEGATIVE } else { Kinds::default() }
}

/// Whether a word says of a number that it is no error, and nothing else. No part of such a word says more.
pub(super) fn is_negative_alone(word: &[u8]) -> bool {
    listed(word) == Kinds::NEGATIVE
}

/// What the lists say of a word.
fn listed(word: &[u8]) -> Kinds {
    if word.is_empty() {
        return Kinds::default();
    }
    let mut slot = slot(word);
    while !TABLE[slot].0.is_empty() {
        if TABLE[slot].0.eq_ignore_ascii_case(word) {
            return TABLE[slot].1;
        }
        slot = (slot + 1) % SLOTS;
    }
    Kinds::default()
}

/// What words without blanks between them make of it: `错误代码：10061`, `ソケットエラー`.
fn unspaced(word: &[u8]) -> Kinds {
    const ERRORS: [&str; 6] = ["错误", "錯誤", "エラー", "오류", "错误码", "에러"];
    const SOCKETS: [&str; 4] = ["套接字", "ソケット", "소켓", "通訊端"];
    if word.len() < 6 || word[word.len() - 1] < 0xE0 && word[word.len() - 3] < 0xE0 {
        return Kinds::default();
    }
    let has = |parts: &[&str]| parts.iter().any(|part| memchr::memmem::find(word, part.as_bytes()).is_some());
    if ["失败", "失敗", "실패"].iter().any(|failed| word.ends_with(failed.as_bytes())) {
        return failed_unspaced(word, has(&["连接", "連接", "接続", "연결"]));
    }
    match (has(&ERRORS) || has(&["代码", "代碼", "コード", "코드"]), has(&SOCKETS)) {
        (true, true) => Kinds::STRONG,
        (true, false) if !has(&ERRORS) => Kinds::default(),
        (true, false) => Kinds::ERROR,
        _ => Kinds::default(),
    }
}

/// What a part of a word makes of it: `PyExc_OSError.winerror`, `WSAGetLastError`.
fn parts(word: &[u8]) -> Kinds {
    let mut kinds = Kinds::default();
    for at in 0..word.len().saturating_sub(4) {
        let known: &[&str] = match word[at] | 0x20 {
            b'e' => &["errno", "error_socket"],
            b'w' => &["winerror", "wsaerr", "wsa_err", "wserr", "winsock", "win32exception", "wsaget"],
            b's' => &["sockerr", "sock_err", "socketerr", "socket_err", "socketexception", "so_err", "syserr"],
            b'n' => &["nativeerr"],
            b'l' => &["lasterr", "last_err"],
            b'f' => &["fehler"],
            _ => continue,
        };
        let rest = &word[at..];
        let begins =
            |part: &&&str| rest.get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part.as_bytes()));
        if let Some(part) = known.iter().find(begins) {
            // German writes words in one: `Verbindungsfehler`, `Socketfehler`.
            let socket = || word[..at].to_ascii_lowercase().ends_with(b"socket");
            kinds = kinds.and(if *part != "fehler" || socket() { Kinds::STRONG } else { Kinds::ERROR });
            if *part == "lasterr" {
                kinds = kinds.and(Kinds::LAST_ERROR);
            }
        }
    }
    // `ConnectError(10061`, `net_err=10054`.
    let ends =
        |end: &str| word.len() > end.len() && word[word.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes());
    // `TXFAIL(10058)`, `SOCKFAIL(10065)`: a state.
    let is_state = word.len() > 5 && word.ends_with(b"FAIL");
    // `nErr`, `dwErr`: the type and what it is.
    let hungarian = word.len() < 7
        && matches!(word, [b'a'..=b'z', .., b'a'..=b'z', b'E', b'r', b'r'] | [b'a'..=b'z', b'E', b'r', b'r']);
    if is_state || hungarian || ["error", "_err", "errcode", "errorcode", "exception"].iter().any(|end| ends(end)) {
        kinds.and(Kinds::ERROR)
    } else {
        kinds
    }
}

/// `bind失败`, `设置setsockopt失败`, `连接失败`: that a function failed, or a connection.
fn failed_unspaced(word: &[u8], of_connection: bool) -> Kinds {
    let mut names = word.split(|byte| !byte.is_ascii_alphanumeric()).filter(|name| name.len() > 3);
    match names.any(|name| listed(name).is(Kinds::FUNCTION)) {
        true => Kinds::STRONG,
        false if of_connection => Kinds::ERROR,
        false => Kinds::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_with_all_its_kinds() {
        for (kind, list) in LISTS {
            for word in list.split_ascii_whitespace() {
                assert!(kinds(word.to_ascii_uppercase().as_bytes()).is(kind), "{word}");
            }
        }
        assert!(TABLE.iter().filter(|(word, _)| word.is_empty()).count() > SLOTS / 3);
        for (word, _) in TABLE.iter().filter(|(_, listed)| *listed == Kinds::NEGATIVE) {
            assert_eq!(kinds(word), Kinds::NEGATIVE, "{}", String::from_utf8_lossy(word));
        }
        assert_eq!(kinds(b"heartbeat"), Kinds::default());
        assert!(kinds("错误代码：".as_bytes()).is(Kinds::ERROR) && kinds(b"Verbindungsfehler").is(Kinds::ERROR));
        assert!(kinds("套接字错误".as_bytes()).is(Kinds::STRONG) && kinds(b"Socketfehler").is(Kinds::STRONG));
        assert!(kinds(b"GetLastError").is(Kinds::LAST_ERROR) && kinds(b"nWinErrorCode").is(Kinds::STRONG));
        assert!(kinds("Failed：".as_bytes()).is(Kinds::ERROR) && kinds("port：".as_bytes()).is(Kinds::NEGATIVE));
        assert!(kinds("bind失败：".as_bytes()).is(Kinds::STRONG) && kinds("连接失败".as_bytes()).is(Kinds::ERROR));
        assert_eq!(kinds("发送失败".as_bytes()), Kinds::default());
        assert!(
            ["chat_id", "SessionID", "userId", "connect_timeout_ms", "waitMs"]
                .iter()
                .all(|word| kinds(word.as_bytes()) == Kinds::NEGATIVE)
        );
        assert!(
            ["errorId", "ERR_ID", "valid", "ID", "_ms", "Items"]
                .iter()
                .all(|word| !key(word.as_bytes()).is(Kinds::NEGATIVE))
        );
    }
}
