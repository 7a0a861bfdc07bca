//! What a survey found.

use std::fmt;

/// What is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A header.
    Header,
    /// A function.
    Function,
    /// A type.
    Type,
}

impl Kind {
    /// All kinds, in the order in which a compiler meets them.
    pub const ALL: [Self; 3] = [Self::Header, Self::Function, Self::Type];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Function => "function",
            Self::Type => "type",
        })
    }
}

/// Whether it is provided. In order of what stands most in the way of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The program does not build with it.
    Missing,
    /// It builds, and a note says what does not work.
    Partial,
    /// As Windows documents it.
    Provided,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Partial => "partial",
            Self::Provided => "provided",
        })
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named to the survey.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// A name of Windows that a tree uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The name, for headers in the spelling of the first place.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it is provided.
    pub state: State,
    /// The library of Windows that has it, where that is known: `user32`, `C run-time`.
    pub library: Option<&'static str>,
    /// What does not work, or else is to be known. Empty if there is nothing to say.
    pub note: String,
    /// Where it is used, in order.
    pub places: Vec<Place>,
}

/// What a tree uses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Names of Windows: what is missing first, then by kind and name.
    pub uses: Vec<Use>,
    /// Headers that are neither Windows', nor C's or C++'s own, nor in the tree: other libraries'.
    pub other_headers: Vec<(String, Vec<Place>)>,
    /// How many files were read.
    pub files: usize,
}

impl Report {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_provided(&self) -> bool {
        self.count(None, State::Missing) == 0
    }

    /// How many names are in a state, of one kind or of all.
    #[must_use]
    pub fn count(&self, kind: Option<Kind>, state: State) -> usize {
        self.uses.iter().filter(|used| used.state == state && kind.is_none_or(|kind| used.kind == kind)).count()
    }
}
