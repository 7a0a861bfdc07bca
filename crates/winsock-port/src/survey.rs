//! Reads the files of a tree.

use std::collections::{BTreeMap, HashSet};

use winsock_source::{Directive, Include, Kind as TokenKind, Token, compiled_on_windows, decode, tokens};

use crate::names::{Name, names};
use crate::report::{Kind, Place, Report, State, Use};

/// Gathers what the files of a source tree use.
#[derive(Debug, Default)]
pub struct Survey {
    files: Vec<String>,
    /// Names of Windows in the sources, functions and types.
    words: BTreeMap<String, Vec<Place>>,
    includes: BTreeMap<String, Vec<Place>>,
    /// Names that the tree defines itself.
    own: HashSet<String>,
    imports: Vec<(String, Place)>,
}

/// What cannot be a type before a name that is declared.
const BEFORE_CALLS: [&str; 12] =
    ["return", "else", "do", "case", "goto", "throw", "and", "or", "not", "co_return", "co_await", "new"];

impl Survey {
    /// A survey of nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a source or header, whose name is a path with slashes.
    pub fn add(&mut self, file: &str, bytes: &[u8]) {
        let decoded = decode(bytes, None);
        let text = decoded.text.as_ref();
        let all: Vec<Token> = tokens(text).filter(|token| token.kind != TokenKind::Comment).collect();
        let read = compiled_on_windows(text, &all);
        let tokens: Vec<Token> = all.into_iter().zip(read).filter(|(_, read)| *read).map(|(token, _)| token).collect();
        self.files.push(file.to_owned());
        let mut reader = Reader { survey: self, text, tokens: &tokens, file, line: 1, counted: 0 };
        for at in 0..tokens.len() {
            reader.token(at);
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Report {
        let mut report = Report { files: self.files.len(), ..Report::default() };
        let paths: Vec<String> = self.files.iter().map(|file| file.to_lowercase()).collect();
        for (name, places) in self.words {
            if let Some(known) = names().word(&name).filter(|_| !self.own.contains(&name)) {
                report.uses.push(used(name, known, places));
            }
        }
        let mut headers: BTreeMap<String, (String, Vec<Place>)> = BTreeMap::new();
        for (name, places) in self.includes {
            let entry = headers.entry(name.to_lowercase()).or_insert_with(|| (name, Vec::new()));
            entry.1.extend(places);
        }
        for (lower, (name, mut places)) in headers {
            places.sort();
            let bare = lower.trim_start_matches("../").trim_start_matches("./");
            if paths.iter().any(|path| path == bare || path.ends_with(&format!("/{bare}"))) {
                continue;
            }
            match names().header(&lower) {
                Some(known) => report.uses.push(used(name, known, places)),
                None if is_standard(&lower) => {}
                None => report.other_headers.push((name, places)),
            }
        }
        for (library, place) in self.imports {
            let known = Name { kind: Kind::Header, state: State::Missing, library: None, header: None, note: "" };
            let mut import = used(library, known, vec![place]);
            "#import of a COM type library".clone_into(&mut import.note);
            report.uses.push(import);
        }
        report.uses.sort_by(|a, b| (a.state, a.kind, &a.name).cmp(&(b.state, b.kind, &b.name)));
        report
    }
}

fn used(name: String, known: Name, places: Vec<Place>) -> Use {
    Use { name, kind: known.kind, state: known.state, library: known.library, note: known.note.to_owned(), places }
}

/// A header of C, C++ or POSIX.
fn is_standard(name: &str) -> bool {
    const C: &str = "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign \
        stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype \
        unistd fcntl pthread dirent netdb poll sched semaphore strings syslog termios dlfcn memory getopt ifaddrs pwd";
    let stem = name.strip_suffix(".h").unwrap_or(name);
    !name.contains('.')
        || ["sys/", "netinet/", "arpa/", "net/", "linux/"].iter().any(|folder| name.starts_with(folder))
        || C.split_whitespace().any(|standard| standard == stem)
}

struct Reader<'a> {
    survey: &'a mut Survey,
    text: &'a str,
    tokens: &'a [Token],
    file: &'a str,
    /// The line at byte `counted`.
    line: usize,
    counted: usize,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    fn place(&mut self, at: usize) -> Place {
        let start = self.tokens[at].start;
        self.line += self.text[self.counted..start].bytes().filter(|byte| *byte == b'\n').count();
        self.counted = start;
        Place { file: self.file.to_owned(), line: self.line }
    }

    fn token(&mut self, at: usize) {
        match self.tokens[at].kind {
            TokenKind::Directive => self.directive(at),
            TokenKind::Word => self.name(at),
            _ => {}
        }
    }

    fn directive(&mut self, at: usize) {
        let text = self.tokens[at].text(self.text);
        if let Some(include) = Include::parse(text) {
            let place = self.place(at);
            self.survey.includes.entry(include.portable_name(text).into_owned()).or_default().push(place);
            return;
        }
        let directive = Directive::parse(text);
        match directive.name {
            "define" => {
                let end = directive
                    .rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(directive.rest.len());
                self.survey.own.insert(directive.rest[..end].to_owned());
                self.macro_body(at, end);
            }
            "import" => {
                let place = self.place(at);
                let library = directive.rest.trim_matches(['"', '<', '>']).split(['"', '>']).next().unwrap_or("");
                self.survey.imports.push((library.to_owned(), place));
            }
            _ => {}
        }
    }

    /// What a macro stands for is used where the macro is defined.
    fn macro_body(&mut self, at: usize, name_length: usize) {
        let text = self.tokens[at].text(self.text);
        let body = &Directive::parse(text).rest[name_length..];
        let inner: Vec<Token> = tokens(body).collect();
        let words: Vec<String> = inner
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind == TokenKind::Word)
            .filter(|(at, _)| inner.get(at + 1).is_some_and(|next| next.text(body) == "("))
            .map(|(_, token)| token.text(body).to_owned())
            .collect();
        for word in words {
            if names().word(&word).is_some_and(|known| known.kind == Kind::Function) {
                let place = self.place(at);
                self.survey.words.entry(word).or_default().push(place);
            }
        }
    }

    fn name(&mut self, at: usize) {
        let word = self.word(at).to_owned();
        if self.defines_type(at) {
            self.survey.own.insert(word);
            return;
        }
        let Some(known) = names().word(&word) else { return };
        let is_member =
            matches!(self.before(at, 1), "." | ">") && (self.before(at, 1) == "." || self.before(at, 2) == "-");
        let is_qualified = self.before(at, 1) == ":" && self.before(at, 2) == ":" && self.is_name(at.wrapping_sub(3));
        if is_member || is_qualified {
            return;
        }
        let counts = match known.kind {
            Kind::Function if self.word(at + 1) == "(" => {
                if self.declares(at) {
                    self.survey.own.insert(word);
                    return;
                }
                true
            }
            // Where it is not called, only a name that means nothing else counts.
            Kind::Function => word.chars().skip(1).any(|c| c.is_ascii_uppercase()) && !self.is_name(at.wrapping_sub(1)),
            Kind::Type => known.state != State::Missing || self.stands_as_type(at),
            Kind::Header => false,
        };
        if counts {
            let place = self.place(at);
            self.survey.words.entry(word).or_default().push(place);
        }
    }

    fn is_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word) && !BEFORE_CALLS.contains(&self.word(at))
    }

    /// Whether the name before a bracket is declared there: a type stands before it, or a body behind it.
    fn declares(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        if self.is_name(before) && !matches!(self.word(before), "if" | "while" | "switch" | "for") {
            return true;
        }
        let mut depth = 0_usize;
        for inner in at + 1..self.tokens.len() {
            match self.word(inner) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return self.word(inner + 1) == "{" && matches!(self.before(at, 1), "*" | "&" | "" | "}" | ";");
            }
        }
        false
    }

    /// Whether the tree defines the type at `at`: `struct NAME {`, `using NAME =` or the end of a typedef.
    fn defines_type(&self, at: usize) -> bool {
        match self.before(at, 1) {
            "struct" | "class" | "union" | "enum" => matches!(self.word(at + 1), "{" | ":"),
            "using" => self.word(at + 1) == "=",
            "}" | "," | "*" => matches!(self.word(at + 1), ";" | ",") && self.ends_typedef(at),
            _ => self.word(at + 1) == ";" && self.is_name(at.wrapping_sub(1)) && self.ends_typedef(at),
        }
    }

    /// Whether the statement that ends behind `at` begins with `typedef`.
    fn ends_typedef(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        for before in (0..at).rev() {
            match self.word(before) {
                "}" => depth += 1,
                "{" if depth == 0 => return false,
                "{" => depth = depth.saturating_sub(1),
                ";" if depth == 0 => return false,
                "typedef" if depth == 0 => return true,
                _ => {}
            }
        }
        false
    }

    fn stands_as_type(&self, at: usize) -> bool {
        self.is_name(at + 1) || matches!(self.word(at + 1), "*" | "&" | ")" | ">")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(files: &[(&str, &str)]) -> Report {
        let mut survey = Survey::new();
        for (name, text) in files {
            survey.add(name, text.as_bytes());
        }
        survey.finish()
    }

    fn names_of(report: &Report) -> Vec<(&str, State)> {
        report.uses.iter().map(|used| (used.name.as_str(), used.state)).collect()
    }

    #[test]
    fn what_the_tree_defines_itself_is_not_windows() {
        let report = report(&[
            (
                "a.c",
                "#include \"Net.h\"\nvoid send(int x) { }\nstatic int connect(void);\nint f(void) { send(1); connect(); x.accept(); y->listen(); Z::bind(); return closesocket(3); }",
            ),
            (
                "inc/net.h",
                "typedef struct { int a; } RECT;\n#define Sleep(x) usleep(x)\nRECT r; void g(void) { Sleep(3); }",
            ),
        ]);
        assert_eq!(names_of(&report), [("closesocket", State::Provided)]);
    }

    #[test]
    fn branches_for_other_systems_do_not_count() {
        let report = report(&[(
            "a.c",
            "#ifdef _WIN32\n#include <WinSock2.h>\n#else\n#include <afxwin.h>\nint x = CreateWindowA(0);\n#endif\n",
        )]);
        assert_eq!(names_of(&report), [("WinSock2.h", State::Provided)]);
    }

    #[test]
    fn pointers_to_functions_and_macros_that_call_count() {
        let report = report(&[(
            "a.c",
            "#define CHECK() ExitWindowsEx(0, 0)\nvoid *p = &CreateWindowExW;\nint socket;\nBITMAPINFO *b;",
        )]);
        assert_eq!(
            names_of(&report),
            [("CreateWindowExW", State::Missing), ("ExitWindowsEx", State::Missing), ("BITMAPINFO", State::Missing)]
        );
    }

    #[test]
    fn places_are_lines_of_files() {
        let report = report(&[("d/a.c", "\n\nint x = WSACleanup();\n/* \n */ int y = WSACleanup();\n")]);
        let places: Vec<String> =
            report.uses[0].places.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
        assert_eq!(places, ["d/a.c:3", "d/a.c:5"]);
    }

    #[test]
    fn other_libraries_are_told_apart() {
        let report = report(&[(
            "a.c",
            "#include <boost/asio.hpp>\n#include <stdio.h>\n#include <sys/types.h>\n#import \"x.tlb\"\n",
        )]);
        assert_eq!(report.other_headers.len(), 1);
        assert_eq!(names_of(&report), [("x.tlb", State::Missing)]);
    }

    #[test]
    fn a_source_may_end_anywhere() {
        let whole = "#include <a.h>\n#define F(x) send(x)\ntypedef struct { int a; } RECT, *PRECT;\nusing X = SOCKET;\n\
            int f(SOCKET s) { a->b(); N::recv(s); ::closesocket(s); return send(s, (char *)&RECT, 1); }\n#import \"x.tlb\"\n";
        for at in 0..whole.len() {
            report(&[("a.c", &whole[..at]), ("b.c", &whole[at..])]);
        }
    }
}
