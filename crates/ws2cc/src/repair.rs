//! What compilers complain of, and Microsoft's takes: which words of a source want a repair, by the complaint's own words.

use std::path::{Path, PathBuf};

/// A repair of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repair {
    /// The file as the compiler names it.
    pub(crate) file: PathBuf,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) what: What,
}

/// What a line wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// `typename` before a type that depends on a parameter: its template and its last name.
    Typename { template: String, last: String },
    /// A temporary is passed to a function that takes a reference: the function, and which argument, from 0.
    Lvalue { function: String, argument: usize },
    /// This temporary is passed to a method that takes a reference.
    Temporary { text: String },
    /// A reference of this name is bound to a temporary.
    Reference { name: String },
    /// A file stream of this name, or its `open`, is given a path in wide characters.
    WidePath { name: String },
    /// A name that nothing declares: perhaps the variable of a loop that ended, which lived on in older C++.
    LoopVariable { name: String },
    /// A type that the source defines anew, and differently: of C's library, or as the other of two integers that are one
    /// on Windows.
    OwnType { name: String },
}

/// Types that are made of Microsoft's where their library has none: `typedef __int64 int64_t;`, `typedef int uid_t;`.
const OWN_TYPES: [&str; 15] = [
    "int8_t",
    "int16_t",
    "int32_t",
    "int64_t",
    "uint8_t",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "intptr_t",
    "uintptr_t",
    "off_t",
    "ssize_t",
    "uid_t",
    "gid_t",
    "key_t",
];

/// The repairs that complaints ask for, each once.
pub(crate) fn read(complaints: &str) -> Vec<Repair> {
    let lines: Vec<&str> = complaints.lines().collect();
    let mut repairs = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some((place, message)) = line.split_once(" error: ") else { continue };
        let Some((file, line)) = position(place) else { continue };
        let details = &lines[number + 1..];
        for what in wanted(message, details) {
            let repair = Repair { file: file.to_owned(), line, what };
            if !repairs.contains(&repair) {
                repairs.push(repair);
            }
        }
    }
    repairs
}

/// `name:line:column:`.
fn position(place: &str) -> Option<(&Path, usize)> {
    let mut parts = place.trim_end_matches(':').rsplitn(3, ':');
    let (_column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
    Some((Path::new(file), line.parse().ok()?))
}

fn wanted(message: &str, details: &[&str]) -> Vec<What> {
    let quoted = quoted(message);
    if message.starts_with("missing 'typename'") || message.starts_with("need 'typename' before") {
        return quoted.iter().filter(|name| **name != "typename").take(1).filter_map(|name| typename(name)).collect();
    }
    if message.starts_with("non-const lvalue reference to type") && message.contains("cannot bind to a temporary") {
        let is_passed = details_of(details).any(|line| line.contains("note: passing argument to parameter"));
        return if is_passed {
            marked(details).map(|text| What::Temporary { text }).into_iter().collect()
        } else {
            name_at_caret(details).map(|name| What::Reference { name }).into_iter().collect()
        };
    }
    let is_undeclared =
        message.starts_with("use of undeclared identifier") || message.contains("was not declared in this");
    if is_undeclared {
        return quoted.iter().take(1).map(|name| What::LoopVariable { name: (*name).to_owned() }).collect();
    }
    let redefines = ["typedef redefinition with", "conflicting types for", "conflicting declaration"];
    if redefines.iter().any(|start| message.starts_with(start)) {
        let is_own = |name: &str| OWN_TYPES.contains(&name) || has_twins(message);
        let name = name_at_caret(details).filter(|name| is_own(name));
        return name.map(|name| What::OwnType { name }).into_iter().collect();
    }
    let is_stream = message.contains("stream'") || message.contains("call to 'open'");
    if message.starts_with("no matching") && is_stream {
        return name_at_caret(details).map(|name| What::WidePath { name }).into_iter().collect();
    }
    if message.starts_with("no matching function for call to") || message.starts_with("no matching member function") {
        let (Some(function), Some(argument)) = (quoted.first(), lvalue_argument(details)) else { return Vec::new() };
        return vec![What::Lvalue { function: (*function).to_owned(), argument }];
    }
    Vec::new()
}

/// Whether the two types of `('SOCKET' (aka 'unsigned long') vs 'unsigned long long')` differ here only: `SOCKET` and
/// `size_t` are `unsigned __int64` on Windows.
fn has_twins(message: &str) -> bool {
    let Some((one, other)) = message.split_once(" vs ") else { return false };
    let plain = |types: &str| quoted(types).last().map(|name| name.replace("long long", "long"));
    let is_long = |name: &String| matches!(name.as_str(), "long" | "unsigned long");
    plain(one).filter(is_long).is_some_and(|name| plain(other) == Some(name))
}

/// What stands in quotes.
fn quoted(message: &str) -> Vec<&str> {
    message
        .split('\'')
        .skip(1)
        .step_by(2)
        .chain(message.rsplit_once("type name '").map(|(_, name)| name.trim_end_matches('\'')))
        .collect()
}

/// The template and the last name of `std::vector<T>::iterator`.
fn typename(dependent: &str) -> Option<What> {
    let (before, _) = dependent.split_once('<')?;
    let (_, last) = dependent.rsplit_once("::")?;
    let template = before.rsplit("::").next()?.trim();
    Some(What::Typename { template: template.to_owned(), last: last.trim().to_owned() })
}

/// Which argument has to be a variable, as a note of the same complaint says.
fn lvalue_argument(details: &[&str]) -> Option<usize> {
    let note = details_of(details)
        .filter_map(|line| line.split_once("expects an lvalue for "))
        .map(|(_, rest)| rest)
        .next()?;
    if note.starts_with("single argument") {
        return Some(0);
    }
    let number: String = note.chars().take_while(char::is_ascii_digit).collect();
    number.parse::<usize>().ok()?.checked_sub(1)
}

/// What belongs to the same complaint.
fn details_of<'a>(details: &'a [&str]) -> impl Iterator<Item = &'a str> {
    details.iter().copied().take_while(|line| !line.contains(" error: "))
}

/// What the compiler underlines, if that begins at its caret and ends in the same line.
fn marked(details: &[&str]) -> Option<String> {
    let (shown, marks) = (details.first()?, details.get(1)?);
    let at = marks.find('^')?;
    let length = 1 + marks[at + 1..].chars().take_while(|mark| *mark == '~').count();
    let text: String = shown.chars().skip(at).take(length).collect();
    let is_whole = text.matches('(').count() == text.matches(')').count();
    (is_whole && !marks[..at].contains('~') && text.contains('(')).then_some(text)
}

/// The name to which the compiler points below the line that it shows.
pub(crate) fn name_at_caret(details: &[&str]) -> Option<String> {
    let (shown, marks) = (details.first()?, details.get(1)?);
    let at = marks.find('^')?;
    let name: String = shown.chars().skip(at).take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(complaint: &str) -> What {
        let mut repairs = read(complaint);
        assert_eq!(repairs.len(), 1, "{repairs:?}");
        assert_eq!((repairs[0].file.as_path(), repairs[0].line), (Path::new("a.cpp"), 7));
        repairs.remove(0).what
    }

    #[test]
    fn both_compilers_say_where_a_typename_is_missing() {
        let wanted = What::Typename { template: "vector".into(), last: "iterator".into() };
        assert_eq!(
            only("a.cpp:7:3: error: missing 'typename' prior to dependent type name 'std::vector<T>::iterator'"),
            wanted
        );
        assert_eq!(
            only(
                "a.cpp:7:3: error: need 'typename' before 'std::vector<T>::iterator' because 'std::vector<T>' is a dependent scope"
            ),
            wanted
        );
    }

    #[test]
    fn temporaries_and_references_are_told_by_clang() {
        let call = "a.cpp:7:13: error: no matching function for call to 'take'\nint main(){ take(string(\"x\"));\n            ^~~~\n\
                    a.cpp:6:6: note: candidate function not viable: expects an lvalue for 2nd argument\n";
        assert_eq!(only(call), What::Lvalue { function: "take".into(), argument: 1 });
        let method = "a.cpp:7:8: error: non-const lvalue reference to type 'A' cannot bind to a temporary of type 'A'\n\ta.give(make() + 1);\n\
                      \t       ^~~~~~~~~~\na.cpp:6:3: note: passing argument to parameter 's' here\n";
        assert_eq!(only(method), What::Temporary { text: "make() + 1".into() });
        let reference = "a.cpp:7:10: error: non-const lvalue reference to type 'A' cannot bind to a temporary of type 'A'\n  A &one = A();\n     ^     ~~~\n";
        assert_eq!(only(reference), What::Reference { name: "one".into() });
    }

    #[test]
    fn streams_with_wide_paths_are_told_by_clang() {
        let stream = "a.cpp:7:10: error: no matching constructor for initialization of 'std::ofstream' (aka 'x')\n\tstd::ofstream out(path);\n\t              ^   ~~~~\n";
        assert_eq!(only(stream), What::WidePath { name: "out".into() });
    }

    #[test]
    fn both_compilers_say_what_is_undeclared() {
        let wanted = What::LoopVariable { name: "i".into() };
        assert_eq!(only("a.cpp:7:9: error: use of undeclared identifier 'i'; did you mean 'j'?"), wanted);
        assert_eq!(only("a.cpp:7:9: error: 'i' was not declared in this scope"), wanted);
    }

    #[test]
    fn both_compilers_point_to_a_type_of_the_library_that_is_defined_anew() {
        let shown = "typedef __int64 int64_t;\n                ^";
        for complaint in [
            "typedef redefinition with different types ('int' vs '__int64_t' (aka 'long'))",
            "conflicting types for 'int64_t'; have 'long long int'",
            "conflicting declaration 'typedef long long int int64_t'",
        ] {
            let complaint = format!("a.cpp:7:17: error: {complaint}\n{shown}~~~~~~\n");
            assert_eq!(only(&complaint), What::OwnType { name: "int64_t".into() });
            assert_eq!(read(&complaint.replace("int64_t", "number_")), Vec::new());
        }
    }

    #[test]
    fn clang_points_to_a_type_that_is_defined_as_the_twin_of_what_it_was() {
        let defined = |types: &str| {
            read(&format!(
                "a.cpp:7:16: error: typedef redefinition with different types ({types})\ntypedef SOCKET fd_t;\n               ^\n"
            ))
        };
        for types in ["'SOCKET' (aka 'unsigned long') vs 'unsigned long long'", "'__int64' (aka 'long long') vs 'long'"]
        {
            assert_eq!(defined(types)[0].what, What::OwnType { name: "fd_t".into() });
        }
        for types in ["'SOCKET' (aka 'unsigned long') vs 'long long'", "'int' vs 'int'", "'char *' vs 'long'"] {
            assert_eq!(defined(types), Vec::new());
        }
    }

    #[test]
    fn other_complaints_want_nothing() {
        for complaint in [
            "a.cpp:7:1: error: no matching function for call to 'f'\nf();\n^\na.cpp:1:1: note: requires 1 argument",
            "error: missing 'typename'",
        ] {
            assert_eq!(read(complaint), Vec::new());
        }
    }
}
