//! [`Kind`]: what can be wrong, each with a stable id and its explanation.

use std::fmt;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, opt_in: $opt_in:literal;)*) => {
        /// What is wrong with a statement.
        ///
        /// The id is stable: it stands in configuration files, in suppression comments and in SARIF. The explanation is
        /// one Markdown file per kind, in `kinds/`.
        ///
        /// ```
        /// use winsock_audit::Kind;
        ///
        /// let kind = Kind::from_id("wrong-value").unwrap();
        /// assert_eq!(kind, Kind::WrongValue);
        /// assert!(kind.explanation().starts_with("# wrong-value"));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $(
                $(#[$doc])*
                #[doc = ""]
                #[doc = include_str!(concat!("../kinds/", $id, ".md"))]
                $variant,
            )*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// The stable id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Kind::$variant => $id,)* }
            }

            /// Whether the kind is reported only when asked for, because it needs judgement.
            #[must_use]
            pub const fn is_opt_in(self) -> bool {
                match self { $(Kind::$variant => $opt_in,)* }
            }

            /// What the kind means, why it happens and what to do: Markdown, beginning with a heading.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Kind::$variant => include_str!(concat!("../kinds/", $id, ".md")),)* }
            }
        }
    };
}

kinds! {
    /// A real name with another code's number.
    WrongValue = "wrong-value", opt_in: false;
    /// A number with a name that no Windows header has.
    MadeUpName = "made-up-name", opt_in: false;
    /// A real name with a number that nobody assigned.
    Unassigned = "unassigned", opt_in: false;
    /// One document gives a name two numbers, or a number two names.
    Conflict = "conflict", opt_in: false;
    /// A code with the message of another code.
    WrongText = "wrong-text", opt_in: false;
    /// A decimal beside a hexadecimal or HRESULT form of another number.
    WrongHex = "wrong-hex", opt_in: false;
    /// A made-up name that stands alone.
    UnknownName = "unknown-name", opt_in: true;
    /// `errno` read after a Winsock call.
    ErrnoAfterWinsock = "errno-after-winsock", opt_in: true;
    /// `WSAGetLastError` after a call that may overwrite it.
    LateLastError = "late-last-error", opt_in: true;
    /// The last error compared with a constant of `errno.h`.
    PlainErrno = "plain-errno", opt_in: true;
}

impl Kind {
    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// One line: the heading of the explanation without the id.
    #[must_use]
    pub fn title(self) -> &'static str {
        let heading = self.explanation().lines().next().unwrap_or_default();
        heading.split_once(": ").map_or(heading, |(_, title)| title)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_names_its_kind_shows_an_example_and_says_what_to_do() {
        for kind in Kind::ALL {
            let text = kind.explanation();
            assert!(text.starts_with(&format!("# {}: ", kind.id())), "{kind}");
            assert!(text.contains("\n## What to do\n") && text.contains("```"), "{kind}");
            assert_eq!(Kind::from_id(kind.id()), Some(*kind));
        }
    }
}
