//! What is done to files and folders by name.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use winsock::Code;

use super::open::{folder_is_there, is_read_only};
use crate::error::{self, from_io};
use crate::path::to_linux;

/// Removes a file.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`], [`error::PATH_NOT_FOUND`], [`error::ACCESS_DENIED`] for a folder, a
/// read-only file or one without the right.
#[doc(alias = "DeleteFile")]
pub fn delete(name: &str) -> Result<(), Code> {
    // Linux asks the folder, Windows the file.
    if is_read_only(&to_linux(name)) {
        return Err(error::ACCESS_DENIED);
    }
    on(name, |path| fs::remove_file(path))
}

/// Makes a folder.
///
/// # Errors
/// [`error::ALREADY_EXISTS`], [`error::PATH_NOT_FOUND`] if what should hold it is not there.
#[doc(alias = "CreateDirectory")]
pub fn create(name: &str) -> Result<(), Code> {
    let made = on(name, |path| fs::create_dir(path));
    made.map_err(|code| if code == error::FILE_NOT_FOUND { error::PATH_NOT_FOUND } else { code })
}

/// Removes an empty folder.
///
/// # Errors
/// `ERROR_DIR_NOT_EMPTY` (145); `ERROR_DIRECTORY` (267) if it is none.
#[doc(alias = "RemoveDirectory")]
pub fn remove(name: &str) -> Result<(), Code> {
    let path = to_linux(name);
    if path.is_file() {
        return Err(Code::new(267));
    }
    fs::remove_dir(&path).map_err(|failure| refusal(&failure, &path))
}

/// Gives a file or folder another name.
///
/// # Errors
/// [`error::ALREADY_EXISTS`] if the name is another file's and `replace` is not wanted; [`error::ACCESS_DENIED`] if it is a
/// folder's and is; [`error::FILE_NOT_FOUND`].
#[doc(alias = "MoveFileEx")]
pub fn rename(from: &str, to: &str, replace: bool) -> Result<(), Code> {
    let (from, to) = (to_linux(from), to_linux(to));
    if let (Ok(old), Ok(new)) = (from.symlink_metadata(), to.symlink_metadata()) {
        let is_same = (old.dev(), old.ino()) == (new.dev(), new.ino());
        if !replace && !is_same {
            return Err(error::ALREADY_EXISTS);
        }
        // Source: dlls/kernel32/tests/file.c, test_move_file, checked on Windows: no folder is replaced.
        if replace && !is_same && new.is_dir() {
            return Err(error::ACCESS_DENIED);
        }
    }
    fs::rename(&from, &to).map_err(|failure| refusal(&failure, &from))
}

/// Copies a file with its rights.
///
/// # Errors
/// [`error::FILE_EXISTS`] if the name is taken and `replace` is not wanted; [`error::FILE_NOT_FOUND`].
#[doc(alias = "CopyFile")]
pub fn copy(from: &str, to: &str, replace: bool) -> Result<(), Code> {
    let (from, to) = (to_linux(from), to_linux(to));
    if !replace && from.exists() && to.exists() {
        return Err(error::FILE_EXISTS);
    }
    fs::copy(&from, &to).map(drop).map_err(|failure| refusal(&failure, &from))
}

/// The folder that names without a beginning are in.
///
/// # Errors
/// [`error::PATH_NOT_FOUND`] if it was removed.
#[doc(alias = "GetCurrentDirectory")]
pub fn current() -> Result<String, Code> {
    let path = std::env::current_dir().map_err(|failure| from_io(&failure))?;
    Ok(path.to_string_lossy().into_owned())
}

/// Makes another folder the current one.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`], [`error::PATH_NOT_FOUND`]; `ERROR_DIRECTORY` (267) if it is no folder.
#[doc(alias = "SetCurrentDirectory")]
pub fn set_current(name: &str) -> Result<(), Code> {
    let path = to_linux(name);
    if path.is_file() {
        return Err(Code::new(267));
    }
    std::env::set_current_dir(&path).map_err(|failure| refusal(&failure, &path))
}

/// The whole name: without `.` and `..`, from the root on. The file need not be there.
///
/// # Errors
/// [`error::INVALID_NAME`] for an empty name.
#[doc(alias = "GetFullPathName")]
pub fn full_name(name: &str) -> Result<String, Code> {
    let path = std::path::absolute(to_linux(name)).map_err(|_| error::INVALID_NAME)?;
    let mut full = std::path::PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => drop(full.pop()),
            other => full.push(other),
        }
    }
    Ok(full.to_string_lossy().into_owned())
}

/// The whole name of the first file of this name in the folders, which semicolons part; without folders in the program's own,
/// in the current one and in those of `PATH`. A name without an ending gets `extension`, where one is given.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for an empty name; [`error::FILE_NOT_FOUND`].
#[doc(alias = "SearchPath")]
pub fn search(folders: Option<&str>, name: &str, extension: &str) -> Result<String, Code> {
    if name.is_empty() {
        return Err(error::INVALID_PARAMETER);
    }
    let mut file = to_linux(name);
    if file.extension().is_none() {
        file.as_mut_os_string().push(extension);
    }
    let folders = match folders {
        Some(folders) => folders.split(';').map(to_linux).collect(),
        None => {
            let own = std::env::current_exe().ok().and_then(|own| own.parent().map(Path::to_owned));
            let listed = std::env::var_os("PATH").unwrap_or_default();
            own.into_iter().chain([".".into()]).chain(std::env::split_paths(&listed)).collect::<Vec<_>>()
        }
    };
    // An absolute name takes the place of each folder.
    let found = folders.iter().map(|folder| folder.join(&file)).find(|path| path.exists());
    full_name(&found.ok_or(error::FILE_NOT_FOUND)?.to_string_lossy())
}

fn on(name: &str, f: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), Code> {
    if name.is_empty() {
        return Err(error::PATH_NOT_FOUND);
    }
    let path = to_linux(name);
    f(&path).map_err(|failure| refusal(&failure, &path))
}

fn refusal(failure: &std::io::Error, path: &Path) -> Code {
    match from_io(failure) {
        error::FILE_NOT_FOUND if !folder_is_there(path) => error::PATH_NOT_FOUND,
        other => other,
    }
}
/// A name for a short time: `prefix`, cut to three letters, and a number in hexadecimals; with the number. Number 0 finds
/// one that is free, and makes the file.
///
/// # Errors
/// `ERROR_DIRECTORY` for a folder that is none; [`error::FILE_EXISTS`] if no number is free.
#[doc(alias = "GetTempFileName")]
pub fn temporary(folder: &str, prefix: &str, number: u32) -> Result<(String, u32), Code> {
    const NUMBERS: u32 = 0xffff;
    let path = to_linux(folder);
    if !path.is_dir() {
        return Err(Code::new(267));
    }
    let prefix: String = prefix.chars().take(3).collect();
    let named = |number: u32| path.join(format!("{prefix}{number:X}.TMP")).to_string_lossy().into_owned();
    if number & NUMBERS != 0 {
        return Ok((named(number & NUMBERS), number & NUMBERS));
    }
    let start =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |time| time.subsec_micros());
    for step in 0..NUMBERS {
        let number = (start.wrapping_add(step) % NUMBERS) + 1;
        match std::fs::File::create_new(named(number)) {
            Ok(_) => return Ok((named(number), number)),
            Err(failure) if failure.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(failure) => return Err(error::from_io(&failure)),
        }
    }
    Err(error::FILE_EXISTS)
}
