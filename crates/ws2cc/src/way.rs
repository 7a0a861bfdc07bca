//! Ways to compile a program: the plain one, and what else to try for what it refuses.

use crate::compiler::{Compiler, Family};
use crate::options::Request;
use crate::repair::{self, Repair, What};

/// A way to compile a program.
#[derive(Clone)]
pub(crate) struct Way<'a> {
    pub(crate) compiler: &'a Compiler,
    pub(crate) leniency: Leniency,
    /// What the complaints of earlier tries asked for.
    pub(crate) repairs: Vec<Repair>,
}

/// What more than usual is asked of the compiler.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Leniency {
    None,
    /// Clang's imitation of Microsoft's C and C++: a jump past an initialisation, a missing `typename` and others.
    Microsoft,
    /// The same, in the language of another year.
    MicrosoftStandard(&'static str),
    /// The language of another year, where the command line names none: `byte` is a type of Windows up to C++14.
    Standard(&'static str),
    /// `long` has 32 bits, as a pointer to it that is passed for a `DWORD *` shows.
    NarrowLong,
    /// Names of the program's own that Linux' headers have too, such as `index` or `getline`, are changed.
    Renamed(Vec<String>),
    /// Wide text where a name has both widths, as Visual Studio's projects have it unless they say otherwise.
    Unicode,
    /// A header is included first, for what is used without a declaration.
    Including(&'static str),
}

/// Functions that programs call without including their header: C allows it, and Microsoft's library has these names.
const UNDECLARED: [(&str, &[&str]); 5] = [
    (
        "conio.h",
        &["getch", "_getch", "getche", "_getche", "kbhit", "_kbhit", "putch", "_putch", "ungetch", "cputs", "cprintf"],
    ),
    (
        "io.h",
        &[
            "_access",
            "_close",
            "_filelength",
            "_fileno",
            "_get_osfhandle",
            "_open",
            "_open_osfhandle",
            "_read",
            "_setmode",
            "_unlink",
            "_write",
        ],
    ),
    ("direct.h", &["_chdir", "_getcwd", "_mkdir", "_rmdir", "mkdir"]),
    ("process.h", &["_beginthread", "_beginthreadex", "_endthread", "_endthreadex", "_getpid"]),
    // What Microsoft's <time.h>, <string.h> and others declare, and Linux' do not: a source may include no more than these.
    (
        "crtdefs.h",
        &[
            "_aligned_malloc",
            "_alloca",
            "_atoi64",
            "_dupenv_s",
            "_fseeki64",
            "_ftelli64",
            "_fullpath",
            "_i64toa",
            "_itoa",
            "_itoa_s",
            "_localtime64_s",
            "_ltoa",
            "_makepath",
            "_memicmp",
            "_mkgmtime",
            "_mkgmtime64",
            "_pclose",
            "_popen",
            "_putenv",
            "_putenv_s",
            "_snprintf",
            "_snprintf_s",
            "_splitpath",
            "_strdate",
            "_strdup",
            "_stricmp",
            "_strlwr",
            "_strnicmp",
            "_strrev",
            "_strtime",
            "_strtoi64",
            "_strtoui64",
            "_strupr",
            "_ui64toa",
            "_ultoa",
            "_vsnprintf",
            "_vsnprintf_s",
            "asctime_s",
            "ctime_s",
            "fopen_s",
            "fprintf_s",
            "freopen_s",
            "getenv_s",
            "gmtime_s",
            "itoa",
            "localtime_s",
            "ltoa",
            "memcpy_s",
            "memmove_s",
            "printf_s",
            "rand_s",
            "scanf_s",
            "sprintf_s",
            "sscanf_s",
            "strcat_s",
            "strcpy_s",
            "strerror_s",
            "stricmp",
            "strncat_s",
            "strncpy_s",
            "strnicmp",
            "strnlen_s",
            "strtok_s",
            "vsprintf_s",
        ],
    ),
];

/// A leniency that C++ may need, and what compilers say when it does. A program that is simply wrong is not compiled again
/// and again.
const FURTHER: [(Leniency, &[&str]); 9] = [
    (Leniency::Unicode, &["wchar_t"]),
    (
        Leniency::Including("ws2/keywords.h"),
        &["__int8", "__int16", "__int32", "__int64", "__stdcall", "__cdecl", "__forceinline", "__declspec"],
    ),
    // A function of the program's own, such as `detail::snprintf`, that has another name from `windows.h` on.
    (Leniency::Including("ws2/crt.h"), &["'ws2_", "::ws2_"]),
    (
        Leniency::Including("ws2/cxx/usual.h"),
        &["member of 'std", "namespace 'std'", "incomplete type", "implicit instantiation", "undeclared"],
    ),
    (
        Leniency::Microsoft,
        &[
            "jump",
            "goto",
            "loses information",
            "typename",
            "dependent",
            "qualification",
            "specialization",
            "__uuidof",
            "__super",
            "forward references to 'enum'",
            "undeclared identifier",
            "was not declared",
            "without previous declaration",
        ],
    ),
    (Leniency::Standard("gnu++14"), &["byte", "ambiguous", "throw", "C++17", "c++17"]),
    (Leniency::Standard("gnu++20"), &["C++20", "c++20", "c++2a", "member of 'std", "namespace 'std'"]),
    (Leniency::NarrowLong, &["long"]),
    (Leniency::MicrosoftStandard("gnu++17"), &["C++17", "c++17", "member named", "namespace 'std'"]),
];

impl Leniency {
    /// Whether clang imitates Microsoft's compiler.
    pub(crate) fn is_clangs(&self) -> bool {
        matches!(self, Self::Microsoft | Self::MicrosoftStandard(_))
    }
}

impl<'a> Way<'a> {
    /// The first way to try.
    pub(crate) fn first(compiler: &'a Compiler) -> Self {
        Self::with(compiler, Leniency::None)
    }

    /// A way without repairs.
    pub(crate) fn with(compiler: &'a Compiler, leniency: Leniency) -> Self {
        Self { compiler, leniency, repairs: Vec::new() }
    }

    /// Further ways, after the first one failed with these complaints.
    pub(crate) fn further(request: &Request, compilers: &'a [Compiler], complaints: &str) -> Vec<Self> {
        let mut ways: Vec<Self> = compilers.iter().skip(1).map(Self::first).collect();
        let clashes = clashes(complaints);
        if !clashes.is_empty() {
            ways.extend(compilers.iter().map(|compiler| Self::with(compiler, Leniency::Renamed(clashes.clone()))));
        }
        if !request.is_cxx() {
            if is_in_system_header(complaints) {
                let including = |compiler| Self::with(compiler, Leniency::Including("ws2/base.h"));
                ways.extend(compilers.iter().map(including));
            }
            let clang = compilers.iter().filter(|compiler| compiler.family == Family::Clang);
            ways.extend(clang.map(|compiler| Self::with(compiler, Leniency::Microsoft)));
            return ways;
        }
        let has_standard = request.value_of("-std=").is_some();
        for (leniency, signs) in FURTHER {
            let is_possible =
                !(has_standard && matches!(leniency, Leniency::Standard(_) | Leniency::MicrosoftStandard(_)));
            if is_possible && signs.iter().any(|sign| complaints.contains(sign)) {
                let able = |compiler: &&Compiler| !leniency.is_clangs() || compiler.family == Family::Clang;
                ways.extend(compilers.iter().filter(able).map(|compiler| Self::with(compiler, leniency.clone())));
            }
        }
        ways
    }

    /// The way in which a program in C compiles with the header that its undeclared functions need.
    pub(crate) fn declaring(&self, complaints: &str) -> Option<Self> {
        let is_undeclared = |name: &str| complaints.contains(&format!("implicit declaration of function '{name}'"));
        let (header, _) = UNDECLARED.iter().find(|(_, names)| names.iter().any(|name| is_undeclared(name)))?;
        Some(Self::with(self.compiler, Leniency::Including(header)))
    }

    /// Where renaming brought other names to light, the way in which they are renamed too.
    pub(crate) fn renaming_more(&self, complaints: &str) -> Option<Self> {
        let Leniency::Renamed(names) = &self.leniency else { return None };
        let mut more = names.clone();
        more.extend(clashes(complaints).into_iter().filter(|name| !names.contains(name)));
        (more.len() > names.len()).then_some(Self { leniency: Leniency::Renamed(more), ..self.clone() })
    }

    /// Where complaints ask for repairs that are not made yet, the way in which they are.
    pub(crate) fn repairing(&self, request: &Request, complaints: &str) -> Option<Self> {
        let mut repairs = self.repairs.clone();
        // The others are of C++.
        let is_possible = |repair: &Repair| request.is_cxx() || matches!(repair.what, What::OwnType { .. });
        let more = repair::read(complaints).into_iter().filter(|repair| !self.repairs.contains(repair));
        repairs.extend(more.filter(is_possible));
        (repairs.len() > self.repairs.len()).then_some(Self { repairs, ..self.clone() })
    }

    /// What is said of a program that only compiles in this way.
    pub(crate) fn note(&self, request: &Request) -> String {
        let program = self.compiler.program(request.is_cxx());
        let how = match &self.leniency {
            Leniency::None => String::new(),
            Leniency::Microsoft => " in its imitation of Microsoft's".to_owned(),
            Leniency::MicrosoftStandard(standard) => format!(" in its imitation of Microsoft's, as {standard}"),
            Leniency::Standard(standard) => format!(" as {standard}"),
            Leniency::NarrowLong => " with a long of 32 bits".to_owned(),
            Leniency::Including(header @ "ws2/crt.h") => {
                return format!("<{header}> is included first, as it changes names that are used before");
            }
            Leniency::Including(header @ "ws2/base.h") => {
                return format!(
                    "<{header}> is included first, as the source defines names of Linux' headers before them"
                );
            }
            Leniency::Including(header) => {
                return format!("<{header}> is included first, for what is used undeclared");
            }
            Leniency::Unicode => " with UNICODE defined".to_owned(),
            Leniency::Renamed(names) => format!(" with {} renamed, which Linux' headers have too", names.join(", ")),
        };
        let repaired = if self.repairs.is_empty() { "" } else { ", repaired where it complained" };
        format!("compiled by {program}{how}{repaired}, as it did not compile otherwise")
    }
}

/// Whether a compiler complains that the address of a `long` is passed for that of a 32-bit number.
pub(crate) fn passes_long_for_dword(complaints: &str) -> bool {
    const LONG: [&str; 4] =
        ["passing 'unsigned long *'", "passing 'long *'", "type 'long unsigned int *'", "type 'long int *'"];
    const DWORD: [&str; 4] = ["(aka 'unsigned int *')", "(aka 'int *')", "{aka 'unsigned int *'}", "{aka 'int *'}"];
    mixes(complaints, &LONG, &DWORD)
}

/// Whether a compiler complains that wide text is passed to a function of Windows that takes narrow text: of the two that a
/// plain name stands for, the program means the other.
pub(crate) fn passes_wide_for_narrow(complaints: &str) -> bool {
    const WIDE: [&str; 4] = ["wchar_t", "'int *'", "'const int *'", "'int["];
    const NARROW: [&str; 4] = ["'PCSTR'", "'PSTR'", "'LPCSTR'", "'LPSTR'"];
    mixes(complaints, &WIDE, &NARROW)
}

/// Whether a compiler complains of the opposite.
pub(crate) fn passes_narrow_for_wide(complaints: &str) -> bool {
    const NARROW: [&str; 4] = ["passing 'char", "passing 'const char", "of type 'char *'", "of type 'const char *'"];
    mixes(complaints, &NARROW, &["'PCWSTR'", "'PWSTR'", "'LPCWSTR'", "'LPWSTR'"])
}

fn mixes(complaints: &str, given: &[&str], wanted: &[&str]) -> bool {
    complaints
        .lines()
        .any(|line| given.iter().any(|sign| line.contains(sign)) && wanted.iter().any(|sign| line.contains(sign)))
}

/// Whether a compiler complains that a `long` of 64 bits is wanted where there is none.
pub(crate) fn misses_long(complaints: &str) -> bool {
    const SIGNS: [&str; 3] = ["incompatible pointer type", "type 'long *'", "type 'long int *'"];
    SIGNS.iter().any(|sign| complaints.contains(sign))
}

/// Whether a source in C includes a header of the C++ library: its project compiles `.c` as C++.
pub(crate) fn misses_cxx_header(complaints: &str) -> bool {
    const HEADERS: [&str; 8] = ["iostream", "string", "vector", "map", "thread", "fstream", "algorithm", "cstdio"];
    HEADERS.iter().any(|header| {
        complaints.contains(&format!("fatal error: '{header}' file not found"))
            || complaints.contains(&format!("fatal error: {header}: No such file"))
    })
}

/// Whether everything compiled, and the linker complains.
pub(crate) fn is_linkers(complaints: &str) -> bool {
    const LAST: [&str; 2] = ["error: linker command failed", "error: ld returned"];
    let errors = || complaints.lines().filter(|line| line.contains("error: "));
    errors().next().is_some() && errors().all(|line| LAST.iter().any(|sign| line.contains(sign)))
}

/// Whether a header of the system does not compile: the source has defined names of it, such as `uint32_t`, before.
fn is_in_system_header(complaints: &str) -> bool {
    complaints.lines().any(|line| line.starts_with("/usr/") && line.contains(" error: "))
}

/// Names that the compiler says are declared twice, once by a header of the system, or are macros of one.
fn clashes(complaints: &str) -> Vec<String> {
    const SIGNS: [&str; 8] = [
        "conflicting types for",
        "static declaration of",
        "redefinition of",
        "different kind of symbol",
        "ambiguating new declaration of",
        "conflicting declaration",
        "different exception specif",
        "' is ambiguous",
    ];
    let mut names = Vec::new();
    let lines: Vec<&str> = complaints.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let is_clash = line.contains(" error: ") && SIGNS.iter().any(|sign| line.contains(sign));
        let is_typedef = line.contains(" error: typedef redefinition with different types");
        // The note about the other declaration follows, behind the source and what included it.
        let notes = || lines[number + 1..].iter().take_while(|line| !line.contains(" error: "));
        let is_with_system = notes().any(|note| note.starts_with("/usr/"));
        if line.contains(" error: ") {
            names.extend(notes().filter_map(|note| macro_of_system(note)).find(|name| !names.contains(name)));
        }
        let name = if is_typedef { repair::name_at_caret(&lines[number + 1..]) } else { quoted_name(line) };
        if let Some(name) = name.filter(|_| (is_clash || is_typedef) && is_with_system)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// The macro of a header of Linux that a note names, such as `sa_handler`: a member of the program's own may be called so.
/// A constant is no such name.
fn macro_of_system(note: &str) -> Option<String> {
    let (_, name) = note.strip_prefix("/usr/include/")?.split_once("expanded from macro '")?;
    let name = name.trim_end_matches('\'');
    name.bytes().any(|byte| byte.is_ascii_lowercase()).then(|| name.to_owned())
}

/// The name that is declared by what stands in quotes: `getline` of `int getline(char*, int)`.
fn quoted_name(line: &str) -> Option<String> {
    let (_, quoted) = line.split_once('\'')?;
    let (quoted, _) = quoted.split_once('\'')?;
    let declared = quoted.split(['(', '[']).next()?.trim_end();
    let name = declared.rsplit([' ', '*', '&', ':']).next()?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && name != "main").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clashes_with_headers_of_the_system_are_read_from_what_compilers_say() {
        let clang = "a.c:2:5: error: conflicting types for 'getline'\nint getline(char *s);\n    ^\n/usr/include/stdio.h:1: note: x\n\
                     a.c:9:5: error: redefinition of 'index' as different kind of symbol\nint index;\n/usr/include/strings.h:2: note: y";
        assert_eq!(clashes(clang), ["getline", "index"]);
        let gcc = "a.cpp:2:5: error: 'int index' redeclared as different kind of symbol entity\n/usr/include/strings.h:68: note: x\n\
                   a.cpp:3:5: error: ambiguating new declaration of 'int read(int*, int)'\n  3 |\n/usr/include/unistd.h:371: note: y";
        assert_eq!(clashes(gcc), ["index", "read"]);
        let member = "a.h:4:9: error: expected ')'\n  void (*sa_handler)(int);\n/usr/include/bits/sigaction.h:38:22: note: expanded \
                      from macro 'sa_handler'\n# define sa_handler\na.h:5:1: error: x\n/usr/include/e.h:1:2: note: expanded \
                      from macro 'EINTR'";
        assert_eq!(clashes(member), ["sa_handler"]);
        let own = "a.c:4:1: error: static declaration of 'strsep' follows non-static declaration\n  4 |\n/usr/include/string.h:1: note: x";
        assert_eq!(clashes(own), ["strsep"]);
    }

    #[test]
    fn what_the_linker_says_is_told_from_what_the_compiler_says() {
        let linker = "ld: a.o: undefined reference to `f'\nclang: error: linker command failed with exit code 1";
        assert!(is_linkers(linker) && is_linkers("collect2: error: ld returned 1 exit status"));
        assert!(!is_linkers(&format!("a.c:1:1: error: x\n{linker}")) && !is_linkers("a.c:1:1: warning: x"));
    }

    #[test]
    fn undeclared_functions_name_their_header() {
        let compiler = Compiler::choose(Some("gcc")).remove(0);
        let header = |complaints| match Way::first(&compiler).declaring(complaints)?.leniency {
            Leniency::Including(header) => Some(header),
            _ => None,
        };
        assert_eq!(
            header("a.c:3:5: warning: implicit declaration of function 'getch' is invalid in C99"),
            Some("conio.h")
        );
        assert_eq!(
            header("a.c:3:5: warning: implicit declaration of function '_mkdir'; did you mean"),
            Some("direct.h")
        );
        assert_eq!(header("a.c:3:5: warning: implicit declaration of function 'getchx'"), None);
    }

    #[test]
    fn wide_text_for_narrow_is_read_from_what_compilers_say() {
        for complaint in [
            "a.cpp:9:1: error: cannot convert 'PCWSTR' {aka 'const wchar_t*'} to 'PCSTR' {aka 'const char*'}",
            "candidate function not viable: no known conversion from 'const wchar_t[5]' to 'LPCSTR' (aka 'const char *')",
            "note: expected 'LPCSTR' {aka 'const char *'} but argument is of type 'int *'",
            "passing 'int[5]' to parameter of type 'LPCSTR' (aka 'const char *')",
        ] {
            assert!(passes_wide_for_narrow(complaint) && !passes_narrow_for_wide(complaint), "{complaint}");
        }
        assert!(passes_narrow_for_wide("passing 'char[5]' to parameter of type 'LPCWSTR' (aka 'const int *')"));
        assert!(!passes_wide_for_narrow("cannot convert 'const wchar_t*' to 'const char*'"));
    }

    #[test]
    fn clashes_within_the_program_are_its_own_affair() {
        assert_eq!(
            clashes("a.c:2:5: error: conflicting types for 'f'\na.c:1:5: note: previous declaration"),
            Vec::<String>::new()
        );
    }
}
