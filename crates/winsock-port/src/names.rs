//! The names of Windows, and what is provided of them.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::report::{Kind, State};

const PROVIDED: &str = include_str!("../data/provided.tsv");
const WINDOWS: &str = include_str!("../data/windows.txt");
const HEADERS: &str = include_str!("../data/headers.txt");
const TYPES: &str = include_str!("../data/types.txt");
const CRT: &str = include_str!("../data/crt.txt");

/// What is known of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) kind: Kind,
    pub(crate) state: State,
    /// The library of Windows that has it, where that is known.
    pub(crate) library: Option<&'static str>,
    /// The header that declares it, if it is provided.
    pub(crate) header: Option<&'static str>,
    pub(crate) note: &'static str,
}

/// All names.
pub(crate) struct Names {
    words: HashMap<&'static str, Name>,
    headers: HashMap<&'static str, Name>,
}

/// The tables, read once.
pub(crate) fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(Names::read)
}

impl Names {
    /// A function, by its own name or by the one that stands for its A and W forms, or a type.
    pub(crate) fn word(&self, word: &str) -> Option<Name> {
        let generic = || {
            let ansi = self.words.get(format!("{word}A").as_str())?;
            (ansi.kind == Kind::Function && self.words.contains_key(format!("{word}W").as_str())).then_some(ansi)
        };
        self.words.get(word).or_else(generic).copied()
    }

    /// A header of Windows, by its name in any case.
    pub(crate) fn header(&self, name: &str) -> Option<Name> {
        self.headers.get(name.to_ascii_lowercase().as_str()).copied()
    }

    fn read() -> Self {
        let mut names = Self { words: HashMap::new(), headers: HashMap::new() };
        names.read_windows();
        for name in listed(TYPES) {
            names.words.entry(name).or_insert(missing(Kind::Type, None));
        }
        for name in listed(CRT) {
            names.words.insert(name, missing(Kind::Function, Some("C run-time")));
        }
        for name in listed(HEADERS) {
            names.headers.insert(name, missing(Kind::Header, None));
        }
        names.read_provided();
        names
    }

    fn read_windows(&mut self) {
        let mut library = "";
        for line in WINDOWS.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(heading) => library = heading,
                None if library == "types" => drop(self.words.entry(line).or_insert(missing(Kind::Type, None))),
                None => drop(self.words.insert(line, missing(Kind::Function, Some(library)))),
            }
        }
    }

    fn read_provided(&mut self) {
        let standard: HashSet<&str> = NOT_WINDOWS.into_iter().collect();
        for line in PROVIDED.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or("");
            let (name, state, kind, header, note) = (next(), next(), next(), next(), next());
            let known = self.words.get(name).copied();
            let state = match state {
                "complete" => State::Provided,
                "absent" => State::Missing,
                _ => State::Partial,
            };
            let kind = match (kind, known) {
                ("header", _) => {
                    self.headers
                        .insert(name, Name { state, header: Some(header), note, ..missing(Kind::Header, None) });
                    continue;
                }
                ("type", _) if !standard.contains(name) && !name.starts_with("ws2_") => Kind::Type,
                ("function" | "absent", _) => Kind::Function,
                // A macro that takes the place of a function or type; other macros are constants.
                ("macro", Some(known)) => known.kind,
                ("macro", None) if matches!(name, "u_long" | "fd_set" | "socklen_t") => Kind::Type,
                _ => continue,
            };
            let library = known.and_then(|known| known.library);
            self.words.insert(name, Name { kind, state, library, header: Some(header), note });
        }
    }
}

/// Types that our headers define but that are not Windows' own: C programs everywhere have them.
const NOT_WINDOWS: [&str; 8] =
    ["int64_t", "uint64_t", "size_t", "timeval", "time_t", "wchar_t", "intptr_t", "uintptr_t"];

fn listed(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

fn missing(kind: Kind, library: Option<&'static str>) -> Name {
    Name { kind, state: State::Missing, library, header: None, note: "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_they_are() {
        let of = |name| names().word(name).unwrap();
        assert_eq!((of("closesocket").kind, of("closesocket").state), (Kind::Function, State::Provided));
        assert_eq!(of("SOCKET").kind, Kind::Type);
        assert_eq!((of("CreateWindowExA").state, of("CreateWindowExA").library), (State::Missing, Some("user32")));
        assert_eq!(of("RegisterClass").library, Some("user32"));
        assert_eq!(of("_heapwalk").library, Some("C run-time"));
        assert!(names().word("printf").is_none() && names().word("AF_INET").is_none());
    }

    #[test]
    fn headers_are_known_in_any_case() {
        assert_eq!(names().header("WinSock2.h").unwrap().state, State::Provided);
        assert_eq!(names().header("AfxWin.h").unwrap().state, State::Missing);
        assert!(names().header("stdio.h").is_none());
    }

    #[test]
    fn every_winsock_function_of_windows_is_known() {
        let winsock = WINDOWS.split("[ws2_32]").nth(1).unwrap().split('[').next().unwrap();
        assert!(winsock.lines().filter(|name| !name.is_empty()).count() > 150);
    }
}
