//! C and C++ sources as Windows programs are written, for tools that read them on other systems.
//!
//! * [`decode`](decode()): bytes to text: UTF-8, UTF-16 with a mark, or a legacy code page.
//! * [`tokens`]: text to tokens, each with its place; comments, literals and directives are whole.
//! * [`Directive`]: the name of a directive and what follows; [`Include`] for `#include` in all its spellings.
//! * [`compiled_on_windows`]: which directives and tokens a Windows compiler reads, by the conditions that programs use
//!   to tell systems apart.
//!
//! Nothing here expands macros, opens files or knows what Windows provides.
//!
//! ```
//! use winsock_source::{Include, Kind, tokens};
//!
//! let text = "#include <Sys\\Types.h> // for size_t\nint s;\n";
//! let first = tokens(text).next().unwrap();
//! assert_eq!(first.kind, Kind::Directive);
//! let include = Include::parse(first.text(text)).unwrap();
//! assert_eq!(include.written(first.text(text)), "Sys\\Types.h");
//! assert_eq!(include.portable_name(first.text(text)), "Sys/Types.h");
//! ```

mod branches;
mod decode;
mod directive;
mod token;

pub use branches::compiled_on_windows;
pub use decode::{Decoded, Encoding, decode};
pub use directive::{Directive, Include};
pub use token::{Kind, Token, Tokens, tokens};
