//! Windows' names of files, read as Linux's.
//!
//! A backslash is a slash, and a drive is dropped: `C:\data\x.txt` is `/data/x.txt`, `C:x.txt` is `x.txt`. Windows does
//! not tell case apart, so a name that is not there as written is looked for in any case; where nothing fits, the name
//! stays as written.

use std::path::{Path, PathBuf};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A file or folder.
    Path(PathBuf),
    /// `NUL`: reads nothing, swallows everything.
    Null,
    /// `CONIN$`: the terminal's keyboard.
    ConsoleInput,
    /// `CONOUT$` and `CON`: the terminal's screen.
    ConsoleOutput,
}

/// Reads a name as `CreateFile` does.
///
/// ```
/// use winbase::path::{Name, read};
///
/// assert_eq!(read(r"C:\no such folder\x.txt"), Name::Path("/no such folder/x.txt".into()));
/// assert_eq!(read("nul"), Name::Null);
/// assert_eq!(read(r"\\.\COM10"), Name::Path("/dev/ttyS9".into()));
/// ```
#[must_use]
pub fn read(name: &str) -> Name {
    let bare = name.strip_prefix(r"\\.\").or_else(|| name.strip_prefix(r"\\?\")).unwrap_or(name);
    match bare.to_ascii_uppercase().as_str() {
        "NUL" => Name::Null,
        "CONIN$" => Name::ConsoleInput,
        "CONOUT$" | "CON" => Name::ConsoleOutput,
        upper if port_number(upper).is_some() => {
            Name::Path(format!("/dev/ttyS{}", port_number(upper).unwrap_or_default()).into())
        }
        _ => Name::Path(to_linux(bare)),
    }
}

/// Linux' number of a serial port: `COM1` is the first.
fn port_number(name: &str) -> Option<u32> {
    let number: u32 = name.strip_prefix("COM").filter(|digits| !digits.starts_with('0'))?.parse().ok()?;
    (1..=256).contains(&number).then(|| number - 1)
}

/// The Linux path of a Windows path.
#[must_use]
pub fn to_linux(name: &str) -> PathBuf {
    let bytes = name.as_bytes();
    let has_drive = bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':';
    let name = if has_drive { &name[2..] } else { name };
    let path = PathBuf::from(name.replace('\\', "/"));
    if name.is_empty() || path.symlink_metadata().is_ok() {
        return path;
    }
    in_any_case(&path).unwrap_or(path)
}

/// The path with the longest beginning that exists in some case; `None` if no part of it is spelled otherwise.
fn in_any_case(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    let mut parts = path.components();
    let mut differs = false;
    for part in parts.by_ref() {
        let exact = found.join(part);
        if exact.symlink_metadata().is_ok() {
            found = exact;
            continue;
        }
        let Some(other) = entry_in_any_case(&found, part.as_os_str().to_str()?) else {
            found = exact;
            break;
        };
        differs = true;
        found = other;
    }
    found.extend(parts);
    differs.then_some(found)
}

fn entry_in_any_case(folder: &Path, name: &str) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let wanted = name.to_lowercase();
    let same = |entry: &std::fs::DirEntry| entry.file_name().to_str().is_some_and(|name| name.to_lowercase() == wanted);
    let entry = std::fs::read_dir(folder).ok()?.flatten().find(same)?;
    Some(if folder == Path::new(".") { entry.file_name().into() } else { entry.path() })
}

/// Whether a file's name fits a pattern with `*` and `?`, case aside. `*.*` fits every name, one without a dot too.
///
/// ```
/// use winbase::path::matches;
///
/// assert!(matches("*.TXT", "notes.txt") && matches("*.*", "makefile") && matches("a?c*", "abcdef"));
/// assert!(!matches("*.txt", "notes.md"));
/// ```
#[must_use]
pub fn matches(pattern: &str, name: &str) -> bool {
    if pattern == "*.*" {
        return true;
    }
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let name: Vec<char> = name.to_lowercase().chars().collect();
    // Where to go on when the letters after the last star do not fit: the star takes one letter more.
    let (mut at, mut letter, mut star) = (0, 0, None);
    while letter < name.len() {
        if at < pattern.len() && pattern[at] == '*' {
            star = Some((at + 1, letter));
            at += 1;
        } else if at < pattern.len() && (pattern[at] == '?' || pattern[at] == name[letter]) {
            at += 1;
            letter += 1;
        } else if let Some((after, taken)) = star {
            star = Some((after, taken + 1));
            at = after;
            letter = taken + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|&rest| rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_another_case_finds_the_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("Data")).unwrap();
        std::fs::write(folder.path().join("Data/Read.Me"), "").unwrap();
        let base = folder.path().to_str().unwrap().replace('/', r"\");
        assert_eq!(to_linux(&format!(r"C:{base}\dATA\read.me")), folder.path().join("Data/Read.Me"));
        assert_eq!(to_linux(&format!(r"{base}\DATA\new.TXT")), folder.path().join("Data/new.TXT"));
        assert_eq!(to_linux(&format!(r"{base}\other\New.TXT")), folder.path().join("other/New.TXT"));
    }

    #[test]
    fn stars_take_as_little_as_fits() {
        for (pattern, name, fits) in [
            ("*", "", true),
            ("", "a", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("?", "ä", true),
            ("*.c", "x.cc", false),
            ("**", "x", true),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }
}
