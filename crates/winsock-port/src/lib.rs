//! What a source tree uses of Windows, and how much of that the `ws2_32` library provides.
//!
//! * [`Survey`] takes the files of a tree one by one and makes a [`Report`].
//! * `names` knows which names are Windows', from Microsoft's metadata, and which are provided, from the library's spec
//!   and headers; all tables are files in `data/`.
//!
//! The sources are read, not compiled: a name counts if a compiler for Windows would read it (see
//! [`winsock_source::compiled_on_windows`]) and the tree does not define it itself. What only a macro puts together is
//! not seen, and names in parts that some setting of the program's own leaves out are.
//!
//! ```
//! use winsock_port::{State, Survey};
//!
//! let mut survey = Survey::new();
//! survey.add("main.c", b"#include <winsock2.h>\nint main(void) { CreateWindowExA(0); return WSACleanup(); }\n");
//! let report = survey.finish();
//! let of = |name| report.uses.iter().find(|used| used.name == name).unwrap();
//! assert_eq!(of("WSACleanup").state, State::Provided);
//! assert_eq!((of("CreateWindowExA").state, of("CreateWindowExA").library), (State::Missing, Some("user32")));
//! assert!(!report.is_provided());
//! ```

mod names;
mod report;
mod survey;

pub use report::{Kind, Place, Report, State, Use};
pub use survey::Survey;
