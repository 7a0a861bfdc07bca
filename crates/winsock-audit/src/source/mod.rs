//! Opt-in checks of C and C++ code: what happens around the calls, in the order of the text. No control flow is
//! followed; what a `return` or the end of a function separates is separate.

mod calls;
mod strip;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::Kind;
use crate::finding::Finding;
use calls::{is_clobber, is_socket_call};

/// The kinds found here.
pub(crate) const KINDS: &[Kind] = &[Kind::ErrnoAfterWinsock, Kind::LateLastError, Kind::PlainErrno];

static INCLUDES_WINSOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)#\s*include\s*[<"](?:winsock2?|ws2tcpip|mswsock)\.h[>"]"#).expect("a valid pattern")
});
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z_]\w*|[;{}()<>,&|?:\]]|==|!=|=|->|\.").expect("a valid pattern"));

/// A failing call is asked about within this many statements, or the question belongs to something else.
const NEAR: usize = 5;

/// Appends what the opt-in checks find. Files that do not include Winsock's headers are not meant.
pub(crate) fn check(text: &str, findings: &mut Vec<Finding>) {
    if !INCLUDES_WINSOCK.is_match(text) {
        return;
    }
    let code = strip::strip(text);
    let words: Vec<Range<usize>> = WORD.find_iter(&code).map(|word| word.range()).collect();
    let mut reader = Reader { text, code: &code, words: &words, findings, state: State::default() };
    for index in 0..words.len() {
        reader.step(index);
    }
}

/// What was seen since the function began.
#[derive(Default)]
struct State {
    depth: usize,
    statement: usize,
    /// The last socket call and the statement it stands in.
    call: Option<(String, usize)>,
    /// A call after it that may overwrite the thread's last error.
    clobber: Option<String>,
    /// A `return` or `goto` ends what was going on when its statement ends.
    leaving: bool,
    /// Variables that hold what WSAGetLastError returned.
    holders: Vec<String>,
    /// The depth of braces in which a `switch` over the last error lies.
    switch: Option<usize>,
}

struct Reader<'a> {
    text: &'a str,
    code: &'a str,
    words: &'a [Range<usize>],
    findings: &'a mut Vec<Finding>,
    state: State,
}

impl Reader<'_> {
    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |span| &self.code[span.clone()])
    }

    fn step(&mut self, index: usize) {
        let word = self.word(index).to_owned();
        let before = index.checked_sub(1).map_or("", |before| self.word(before)).to_owned();
        let called = self.word(index + 1) == "(" && !matches!(before.as_str(), "." | "->") && !is_declared(&before);
        match word.as_str() {
            "{" => self.state.depth += 1,
            "}" => self.leave_block(),
            ";" => self.end_statement(),
            "return" | "goto" | "throw" => self.state.leaving = true,
            "WSAGetLastError" if called => self.ask(index),
            "errno" if self.word(index + 1) != "=" && before != "." && before != "->" => {
                self.read_errno(index, "errno")
            }
            "perror" if called => self.read_errno(index, "perror"),
            "errno" => self.state.call = None,
            "case" => self.compare(index, index + 1),
            "==" | "!=" => self.compare_operands(index),
            _ if called && is_socket_call(&word) => {
                self.state.call = Some((word, self.state.statement));
                self.state.clobber = None;
            }
            _ if called && is_clobber(&word) && self.state.call.is_some() => self.state.clobber = Some(word),
            _ => {}
        }
    }

    fn leave_block(&mut self) {
        self.state.depth = self.state.depth.saturating_sub(1);
        if self.state.switch.is_some_and(|depth| self.state.depth < depth) {
            self.state.switch = None;
        }
        if self.state.depth == 0 {
            self.state = State::default();
        }
    }

    fn end_statement(&mut self) {
        self.state.statement += 1;
        if std::mem::take(&mut self.state.leaving) {
            self.state.call = None;
            self.state.clobber = None;
        }
    }

    /// `WSAGetLastError()`
    fn ask(&mut self, index: usize) {
        if let (Some((call, at)), Some(clobber)) = (&self.state.call, &self.state.clobber)
            && self.state.statement - at <= NEAR
        {
            let message = format!("{clobber} after {call} may overwrite the error that WSAGetLastError returns here");
            self.report(Kind::LateLastError, index, message, "call it directly after the failing function");
        }
        self.state.call = None;
        self.state.clobber = None;
        // `int e = WSAGetLastError()`, `switch (WSAGetLastError())`
        if index >= 2 && self.word(index - 1) == "=" {
            let holder = self.word(index - 2).to_owned();
            self.state.holders.push(holder);
        }
        if index >= 2 && self.word(index - 1) == "(" && self.word(index - 2) == "switch" {
            self.state.switch = Some(self.state.depth + 1);
        }
    }

    fn read_errno(&mut self, index: usize, what: &str) {
        if let Some((call, at)) = &self.state.call
            && self.state.statement - at <= NEAR
        {
            let message = format!("{call} does not set errno on Windows; {what} shows an older error of the C library");
            self.report(Kind::ErrnoAfterWinsock, index, message, "WSAGetLastError()");
            self.state.call = None;
        }
    }

    /// `e == EWOULDBLOCK`, `EWOULDBLOCK == WSAGetLastError()`
    fn compare_operands(&mut self, index: usize) {
        let right = index + 1;
        let left = index.saturating_sub(1);
        // `WSAGetLastError() ==`: the words are the name and its brackets.
        let asked = |at: usize| self.word(at) == "WSAGetLastError";
        let holds = |at: usize| self.state.holders.iter().any(|holder| holder == self.word(at));
        if asked(left.saturating_sub(2)) && self.word(left) == ")" || holds(left) {
            self.compare(index, right);
        } else if asked(right) || holds(right) {
            self.compare(index, left);
        }
    }

    /// Reports a constant of `errno.h` at this place.
    fn compare(&mut self, index: usize, constant: usize) {
        let name = self.word(constant).to_owned();
        let in_switch = self.word(index) != "case"
            || self.state.switch.is_some_and(|depth| depth == self.state.depth)
            || self.holds_switch(index);
        let plain = name.starts_with('E') && (winsock_codes::errno::number(&name).is_some() || is_plain_name(&name));
        if !plain
            || !in_switch
            || self.text.contains(&format!("define {name} "))
            || self.text.contains(&format!("define {name}\t"))
        {
            return;
        }
        let twin =
            winsock_codes::by_name(&format!("WSA{name}")).map_or("no Winsock code has this name", |entry| entry.name);
        let message = format!("{name} is errno's constant, not the code that WSAGetLastError returns");
        self.report(Kind::PlainErrno, constant, message, twin);
    }

    /// Whether the innermost `switch` before a `case` is over a variable that holds the last error.
    fn holds_switch(&self, index: usize) -> bool {
        let mut depth = 0_i32;
        for at in (0..index).rev() {
            match self.word(at) {
                "}" => depth += 1,
                "{" => depth -= 1,
                "switch" if depth < 0 => {
                    let over = self.word(at + 2);
                    return self.state.holders.iter().any(|holder| holder == over);
                }
                _ => {}
            }
            if depth < -1 {
                return false;
            }
        }
        false
    }

    fn report(&mut self, kind: Kind, index: usize, message: String, expected: &str) {
        self.findings.push(Finding {
            kind,
            span: self.words[index].clone(),
            message,
            expected: expected.to_owned(),
            name: None,
            value: None,
            code: None,
            related: Vec::new(),
            number_fix: None,
            name_fix: None,
        });
    }
}

fn is_plain_name(name: &str) -> bool {
    winsock_codes::by_name(name).is_some() && !name.starts_with("WSA")
}

/// `int connect(` declares; `return connect(` calls.
fn is_declared(before: &str) -> bool {
    let word = before.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    word && !matches!(before, "return" | "else" | "do" | "case" | "throw" | "not" | "and" | "or")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_body(body: &str) -> Vec<(Kind, String)> {
        let text = format!("#include <winsock2.h>\nint f(SOCKET s) {{\n{body}\n}}\n");
        let mut findings = Vec::new();
        check(&text, &mut findings);
        findings.into_iter().map(|finding| (finding.kind, text[finding.span].to_owned())).collect()
    }

    #[test]
    fn errno_after_a_socket_call_is_found_and_elsewhere_is_not() {
        let errno = |body| check_body(body).into_iter().filter(|(kind, _)| *kind == Kind::ErrnoAfterWinsock).count();
        assert_eq!(errno("if (recv(s, b, n, 0) < 0) { perror(\"recv\"); }"), 1);
        assert_eq!(errno("if (recv(s, b, n, 0) < 0 && errno == EINTR) return 1;"), 1);
        assert_eq!(errno("f = fopen(name, \"r\"); if (!f) perror(name);"), 0);
        assert_eq!(errno("recv(s, b, n, 0); e = WSAGetLastError(); f = fopen(n, m); perror(n);"), 0);
        assert_eq!(errno("#ifndef _WIN32\n if (recv(s, b, n, 0) < 0) perror(\"recv\");\n#endif"), 0);
        assert_eq!(errno("#ifdef _WIN32\n a();\n#else\n if (recv(s, b, n, 0) < 0) perror(\"recv\");\n#endif"), 0);
        assert_eq!(errno("// recv(s); perror(\"recv\");\n"), 0);
        assert_eq!(errno("list.send(s); perror(\"x\");"), 0);
    }

    #[test]
    fn a_late_question_is_found_and_a_saved_error_is_not() {
        let late = |body| check_body(body).into_iter().filter(|(kind, _)| *kind == Kind::LateLastError).count();
        assert_eq!(late("if (connect(s, a, n) < 0) { closesocket(s); return WSAGetLastError(); }"), 1);
        assert_eq!(late("if (connect(s, a, n) < 0) { e = WSAGetLastError(); closesocket(s); return e; }"), 0);
        assert_eq!(late("if (connect(s, a, n) < 0) { closesocket(s); return 1; } return WSAGetLastError();"), 0);
        assert_eq!(late("if (connect(s, a, n) < 0) return WSAGetLastError();"), 0);
    }

    #[test]
    fn a_plain_constant_beside_the_last_error_is_found() {
        let plain = |body| {
            let found = check_body(body).into_iter().filter(|(kind, _)| *kind == Kind::PlainErrno);
            found.map(|(_, word)| word).collect::<Vec<_>>()
        };
        assert_eq!(plain("if (WSAGetLastError() == EWOULDBLOCK) return 1;"), ["EWOULDBLOCK"]);
        assert_eq!(plain("int e = WSAGetLastError(); if (e != ECONNRESET) return 1;"), ["ECONNRESET"]);
        assert_eq!(plain("switch (WSAGetLastError()) { case EINTR: return 1; case WSAEINTR: return 2; }"), ["EINTR"]);
        assert_eq!(plain("int e = WSAGetLastError(); switch (e) { case EINTR: return 1; }"), ["EINTR"]);
        assert!(
            plain("if (errno == EWOULDBLOCK) return 1; if (WSAGetLastError() == WSAEWOULDBLOCK) return 2;").is_empty()
        );
        assert!(
            plain("#define EWOULDBLOCK WSAEWOULDBLOCK\nif (WSAGetLastError() == EWOULDBLOCK) return 1;").is_empty()
        );
    }
}
