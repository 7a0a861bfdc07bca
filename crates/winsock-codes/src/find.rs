//! Finding entries: by value, by name, by any system's spelling, by likeness.

use crate::generated::names::{NAME_SEED, NAME_SLOTS};
use crate::generated::spellings::SPELLINGS;
use crate::generated::table::{FIRST_HIGH, FIRST_LOW, LOW, TABLE, index_of_small};
use crate::name_hash::hash;
use crate::{Code, Entry};

/// All entries, in order of value.
///
/// ```
/// assert_eq!(winsock_codes::entries().len(), 97);
/// ```
#[must_use]
pub const fn entries() -> &'static [Entry] {
    &TABLE
}

/// The entry with this value.
///
/// ```
/// assert_eq!(winsock_codes::by_value(10054).unwrap().name, "WSAECONNRESET");
/// assert!(winsock_codes::by_value(10055 + 20).is_none());
/// ```
#[must_use]
pub const fn by_value(value: i32) -> Option<&'static Entry> {
    match index_of(value) {
        Some(index) => Some(&TABLE[index]),
        None => None,
    }
}

/// Position in [`entries`]. A table over the sparse range 10000-10112, arithmetic for 11001-11033, which has no gaps.
pub(crate) const fn index_of(value: i32) -> Option<usize> {
    let low = value.wrapping_sub(FIRST_LOW).cast_unsigned() as usize;
    if low < LOW.len() {
        // 0xFF marks the gaps.
        return if LOW[low] == 0xFF { None } else { Some(LOW[low] as usize) };
    }
    let high = value.wrapping_sub(FIRST_HIGH.0).cast_unsigned() as usize;
    if high < TABLE.len() - FIRST_HIGH.1 {
        return Some(FIRST_HIGH.1 + high);
    }
    index_of_small(value)
}

/// The entry with this Winsock name or alias, in any mixture of case; the `WSA` prefix may be missing.
///
/// Only Winsock's own names count. For other systems' words see [`spellings`].
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Entry> {
    let bytes = name.as_bytes();
    let bare = match bytes.get(..3) {
        Some(prefix) if prefix.eq_ignore_ascii_case(b"WSA") => &bytes[3..],
        _ => bytes,
    };
    let slot = NAME_SLOTS[hash(bare, NAME_SEED) as usize % NAME_SLOTS.len()];
    let entry = TABLE.get(usize::from(slot))?;
    // Written as Microsoft writes it, as nearly always.
    if entry.name == name {
        return Some(entry);
    }
    // The hash only proposes: names that are not ours fall on a slot too.
    let same = |known: &str| {
        known.eq_ignore_ascii_case(name)
            || known.as_bytes().get(..3) == Some(b"WSA") && known.as_bytes()[3..].eq_ignore_ascii_case(bytes)
    };
    entry.names().any(same).then_some(entry)
}

/// Which system a spelling belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum System {
    /// Winsock's own name or alias.
    Winsock,
    /// Linux `errno`.
    Errno,
    /// `getaddrinfo` result.
    Eai,
    /// libuv constant.
    Libuv,
    /// Node.js `error.code`.
    Node,
    /// .NET `SocketError`.
    DotNet,
    /// Rust `std::io::ErrorKind`.
    Rust,
    /// Python exception, where it stands for few codes; so not `OSError`.
    Python,
    /// Java exception, where it stands for few codes; so not `SocketException`.
    Java,
    /// C++ `std::errc`.
    Cpp,
    /// Kernel status.
    NtStatus,
    /// Win32 error.
    Win32,
}

impl System {
    /// What people call the system.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            System::Winsock => "Winsock",
            System::Errno => "errno",
            System::Eai => "getaddrinfo",
            System::Libuv => "libuv",
            System::Node => "Node.js",
            System::DotNet => ".NET SocketError",
            System::Rust => "Rust io::ErrorKind",
            System::Python => "Python exception",
            System::Java => "Java exception",
            System::Cpp => "C++ std::errc",
            System::NtStatus => "NTSTATUS",
            System::Win32 => "Win32",
        }
    }
}

/// One system's word for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spelling {
    /// The word, as that system writes it.
    pub text: &'static str,
    /// The system.
    pub system: System,
    /// The code.
    pub code: Code,
}

/// Every reading of a word over all systems, in any mixture of case. One word may have several readings, of several
/// codes: `ERROR_NETNAME_DELETED` is what Win32 says for both a reset and a local abort.
///
/// ```
/// use winsock_codes::{Code, System, spellings};
///
/// let codes: Vec<Code> = spellings("ERROR_NETNAME_DELETED").iter().map(|s| s.code).collect();
/// assert_eq!(codes, [Code::WSAECONNABORTED, Code::WSAECONNRESET]);
/// assert!(spellings("uv_econnreset").iter().any(|s| s.system == System::Libuv));
/// ```
#[must_use]
pub fn spellings(word: &str) -> &'static [Spelling] {
    let start = SPELLINGS.partition_point(|known| fold_cmp(known.text, word).is_lt());
    let count = SPELLINGS[start..].partition_point(|known| fold_cmp(known.text, word).is_eq());
    &SPELLINGS[start..start + count]
}

/// All spellings of all systems, sorted without regard to case: for completion lists and the like.
#[must_use]
pub const fn all_spellings() -> &'static [Spelling] {
    SPELLINGS
}

fn fold_cmp(a: &str, b: &str) -> core::cmp::Ordering {
    a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// The assigned codes just below and just above a value, for saying where an unassigned number lies.
///
/// ```
/// use winsock_codes::neighbours;
///
/// let (below, above) = neighbours(10005);
/// assert_eq!(below.unwrap().name, "WSAEINTR");
/// assert_eq!(above.unwrap().name, "WSAEBADF");
/// ```
#[must_use]
pub fn neighbours(value: i32) -> (Option<&'static Entry>, Option<&'static Entry>) {
    let above = TABLE.partition_point(|entry| entry.value() <= value);
    let below = TABLE.partition_point(|entry| entry.value() < value);
    (below.checked_sub(1).map(|index| &TABLE[index]), TABLE.get(above))
}

/// Whether a number lies in the range that Winsock's error codes occupy, 10000-11999, assigned or not.
#[must_use]
pub const fn is_winsock_range(value: i32) -> bool {
    value >= 10_000 && value <= 11_999
}

/// The spelling most like this word, if any is like enough to be a slip of the fingers: at most one edit in three
/// letters, and at most four. An edit is a letter added, dropped, changed, or swapped with its neighbour.
///
/// ```
/// use winsock_codes::{Code, nearest};
///
/// assert_eq!(nearest("WSAECONRESET").unwrap().code, Code::WSAECONNRESET);
/// assert_eq!(nearest("WSAETIMEOUT").unwrap().code, Code::WSAETIMEDOUT);
/// assert!(nearest("banana").is_none());
/// ```
#[must_use]
pub fn nearest(word: &str) -> Option<&'static Spelling> {
    if word.len() > MAX_WORD || word.len() < 4 {
        return None;
    }
    let limit = (word.len() / 3).min(4);
    let mut best: Option<(usize, &Spelling)> = None;
    for spelling in SPELLINGS {
        let bound = best.map_or(limit, |(distance, _)| distance.saturating_sub(1));
        if spelling.text.len().abs_diff(word.len()) > bound {
            continue;
        }
        let distance = edit_distance(spelling.text.as_bytes(), word.as_bytes());
        if distance <= bound && best.is_none_or(|(so_far, _)| distance < so_far) {
            best = Some((distance, spelling));
        }
    }
    best.map(|(_, spelling)| spelling)
}

/// Longest word that [`nearest`] considers; the longest spelling has 40 bytes.
const MAX_WORD: usize = 63;

/// Optimal string alignment distance without regard to ASCII case, in three rows of fixed size.
fn edit_distance(a: &[u8], b: &[u8]) -> usize {
    let mut rows = [[0_u8; MAX_WORD + 1]; 3];
    for (column, cell) in rows[0].iter_mut().enumerate() {
        *cell = column as u8;
    }
    let same = |i: usize, j: usize| a[i - 1].eq_ignore_ascii_case(&b[j - 1]);
    for i in 1..=a.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i as u8;
        for j in 1..=b.len() {
            let change = rows[last][j - 1] + u8::from(!same(i, j));
            let mut cell = change.min(rows[last][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j) {
                cell = cell.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = cell;
        }
    }
    usize::from(rows[a.len() % 3][b.len()])
}
