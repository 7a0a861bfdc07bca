//! Ways to compile a program: the plain one, and what else to try for what it refuses.

use crate::compiler::{Compiler, Family};
use crate::options::Request;

/// A way to compile a program.
#[derive(Clone, Copy)]
pub(crate) struct Way<'a> {
    pub(crate) compiler: &'a Compiler,
    pub(crate) leniency: Leniency,
}

/// What more than usual is asked of the compiler.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leniency {
    None,
    /// Clang's imitation of Microsoft's C and C++: a jump past an initialisation, a missing `typename` and others.
    Microsoft,
    /// The language of another year, where the command line names none: `byte` is a type of Windows up to C++14.
    Standard(&'static str),
    /// `long` has 32 bits, as a pointer to it that is passed for a `DWORD *` shows.
    NarrowLong,
}

/// A leniency that C++ may need, and what compilers say when it does. A program that is simply wrong is not compiled again
/// and again.
const FURTHER: [(Leniency, &[&str]); 4] = [
    (
        Leniency::Microsoft,
        &["jump", "goto", "loses information", "typename", "dependent", "qualification", "specialization", "__uuidof"],
    ),
    (Leniency::Standard("gnu++14"), &["byte", "ambiguous", "throw", "C++17", "c++17"]),
    (
        Leniency::Standard("gnu++20"),
        &["C++20", "c++20", "c++2a", "member of 'std", "member of \u{2018}std", "namespace 'std'"],
    ),
    (Leniency::NarrowLong, &["long"]),
];

impl<'a> Way<'a> {
    /// The first way to try.
    pub(crate) fn first(compiler: &'a Compiler) -> Self {
        Self { compiler, leniency: Leniency::None }
    }

    /// Further ways, after the first one failed with these complaints.
    pub(crate) fn further(request: &Request, compilers: &'a [Compiler], complaints: &str) -> Vec<Self> {
        let mut ways: Vec<Self> = compilers.iter().skip(1).map(Self::first).collect();
        if !request.is_cxx() {
            let clang = compilers.iter().filter(|compiler| compiler.family == Family::Clang);
            ways.extend(clang.map(|compiler| Self { compiler, leniency: Leniency::Microsoft }));
            return ways;
        }
        let has_standard = request.value_of("-std=").is_some();
        for (leniency, signs) in FURTHER {
            let is_possible = !(has_standard && matches!(leniency, Leniency::Standard(_)));
            if is_possible && signs.iter().any(|sign| complaints.contains(sign)) {
                let able = |compiler: &&Compiler| leniency != Leniency::Microsoft || compiler.family == Family::Clang;
                ways.extend(compilers.iter().filter(able).map(|compiler| Self { compiler, leniency }));
            }
        }
        ways
    }

    /// What is said of a program that only compiles in this way.
    pub(crate) fn note(self, request: &Request) -> String {
        let program = self.compiler.program(request.is_cxx());
        let how = match self.leniency {
            Leniency::None => String::new(),
            Leniency::Microsoft => " in its imitation of Microsoft's".to_owned(),
            Leniency::Standard(standard) => format!(" as {standard}"),
            Leniency::NarrowLong => " with a long of 32 bits".to_owned(),
        };
        format!("compiled by {program}{how}, as it did not compile otherwise")
    }
}
