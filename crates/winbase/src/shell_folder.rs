//! The folders that Windows has for a user's and the system's things, and where they are here.

use std::path::{Path, PathBuf};

use crate::{Code, error};

/// Where Windows would lie.
pub const WINDOWS: &str = r"C:\Windows";
/// Where Windows' own libraries would lie.
pub const SYSTEM: &str = r"C:\Windows\system32";

/// A folder by its `CSIDL` number. Settings and data are where programs of this system have theirs: in `XDG_CONFIG_HOME` and
/// `XDG_DATA_HOME`, for all users in `/var/lib`.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for a number that has no folder here, [`error::FILE_NOT_FOUND`] where it does not exist and
/// is not to be made, otherwise why it could not be made.
#[doc(alias = "SHGetFolderPath")]
#[doc(alias = "SHGetSpecialFolderPath")]
pub fn path(csidl: u32, is_to_be_made: bool) -> Result<String, Code> {
    let home = || std::env::var_os("HOME").map(PathBuf::from).ok_or(error::FILE_NOT_FOUND);
    let in_home = |variable: &str, usual: &str| match std::env::var_os(variable).filter(|value| !value.is_empty()) {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => home().map(|home| home.join(usual)),
    };
    let folder = match csidl {
        0x24 => return Ok(WINDOWS.to_owned()),
        0x25 | 0x29 => return Ok(SYSTEM.to_owned()),
        0x00 | 0x10 => home()?.join("Desktop"),
        0x05 | 0x28 => home()?,
        0x0d => home()?.join("Music"),
        0x0e => home()?.join("Videos"),
        0x1a => in_home("XDG_CONFIG_HOME", ".config")?,
        0x1c => in_home("XDG_DATA_HOME", ".local/share")?,
        0x23 => PathBuf::from("/var/lib"),
        0x27 => home()?.join("Pictures"),
        _ => return Err(error::INVALID_PARAMETER),
    };
    if !folder.is_dir() {
        make(&folder, is_to_be_made)?;
    }
    Ok(folder.to_string_lossy().into_owned())
}

fn make(folder: &Path, is_to_be_made: bool) -> Result<(), Code> {
    if !is_to_be_made {
        return Err(error::FILE_NOT_FOUND);
    }
    std::fs::create_dir_all(folder).map_err(|why| error::from_io(&why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_own_folders_have_their_usual_names() {
        assert_eq!(path(0x25, false).as_deref(), Ok(SYSTEM));
        assert_eq!(path(0x24, true).as_deref(), Ok(WINDOWS));
        assert_eq!(path(0x7f, true), Err(error::INVALID_PARAMETER));
    }

    #[test]
    fn a_folder_is_made_only_on_request() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/b");
        assert_eq!(make(&folder, false), Err(error::FILE_NOT_FOUND));
        assert_eq!(make(&folder, true), Ok(()));
        assert!(folder.is_dir());
    }
}
