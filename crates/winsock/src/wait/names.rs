//! Names of objects: those of this process. Other processes do not see them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, Weak};

use winsock_codes::Code;

use super::object::Waitable;
use crate::handle::codes::INVALID_HANDLE;
use crate::sync::Arc;

/// `ERROR_FILE_NOT_FOUND`: no object has this name.
const FILE_NOT_FOUND: Code = Code::new(2);
/// `ERROR_PATH_NOT_FOUND`: the name lies in a folder that does not exist.
const PATH_NOT_FOUND: Code = Code::new(3);
/// `ERROR_FILENAME_EXCED_RANGE`.
const NAME_TOO_LONG: Code = Code::new(206);
/// `MAX_PATH`.
const LONGEST: usize = 260;

static NAMES: Mutex<Option<HashMap<String, Weak<Waitable>>>> = Mutex::new(None);

/// The object of this name, or a new one under it; true if it existed.
///
/// # Errors
/// `INVALID_HANDLE` if the name is another sort of object's. Docs: "CreateEventW function", lpName.
pub(super) fn find_or_make(
    name: &str,
    is_wanted: impl Fn(&Waitable) -> bool,
    make: impl FnOnce() -> Arc<Waitable>,
) -> Result<(Arc<Waitable>, bool), Code> {
    let name = plain(name)?;
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    if let Some(object) = names.get(name).and_then(Weak::upgrade) {
        return if is_wanted(&object) { Ok((object, true)) } else { Err(INVALID_HANDLE) };
    }
    // Those whose last handle was closed go when the table would grow.
    if names.len() == names.capacity() {
        names.retain(|_, object| object.strong_count() > 0);
    }
    let object = make();
    names.insert(name.to_owned(), Arc::downgrade(&object));
    Ok((object, false))
}

/// The object of this name.
pub(super) fn find(name: &str, is_wanted: impl Fn(&Waitable) -> bool) -> Result<Arc<Waitable>, Code> {
    let name = plain(name)?;
    let names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let known = names.as_ref().and_then(|names| names.get(name)).and_then(Weak::upgrade);
    let object = known.ok_or(FILE_NOT_FOUND)?;
    if is_wanted(&object) { Ok(object) } else { Err(INVALID_HANDLE) }
}

/// The name without the session's prefix, which one process has only one of.
fn plain(name: &str) -> Result<&str, Code> {
    if name.chars().count() > LONGEST {
        return Err(NAME_TOO_LONG);
    }
    let plain = ["Local\\", "Global\\"].into_iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    if plain.contains('\\') { Err(PATH_NOT_FOUND) } else { Ok(plain) }
}
