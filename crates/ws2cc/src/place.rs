//! Where the headers and libraries are.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// The folders that a compilation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The folder that holds `winsock2.h`.
    pub(crate) include: PathBuf,
    /// The folder that holds `libws2_32.so` and `libws2_32.a`.
    pub(crate) library: PathBuf,
}

impl Place {
    /// Finds them: in `WS2_PREFIX`; in the prefix that this program is installed in; in the source tree it was built in.
    ///
    /// # Errors
    ///
    /// None of these holds the headers.
    pub(crate) fn find() -> Result<Self> {
        if let Some(prefix) = std::env::var_os("WS2_PREFIX").filter(|prefix| !prefix.is_empty()) {
            return match Self::in_prefix(Path::new(&prefix)) {
                Some(place) => Ok(place),
                None => bail!("WS2_PREFIX={}: no include/ws2_32/winsock2.h there", prefix.display()),
            };
        }
        let program = std::env::current_exe()?;
        let folder = program.parent().unwrap_or(Path::new("/"));
        match folder.parent().and_then(Self::in_prefix).or_else(|| Self::in_source_tree(folder)) {
            Some(place) => Ok(place),
            None => {
                bail!("cannot find the headers: neither in {}/../include/ws2_32 nor in WS2_PREFIX", folder.display())
            }
        }
    }

    fn in_prefix(prefix: &Path) -> Option<Self> {
        let include = prefix.join("include/ws2_32");
        include.join("winsock2.h").is_file().then(|| Self { include, library: prefix.join("lib") })
    }

    /// Cargo builds the library beside this program, or beside the tests that call it; there may be one of each age.
    fn in_source_tree(folder: &Path) -> Option<Self> {
        let include = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("ws2_32/include");
        let built = |folder: &PathBuf| folder.join("libws2_32.so").metadata().and_then(|file| file.modified()).ok();
        let folders = [folder.to_owned(), folder.join("deps")];
        let library = folders.into_iter().max_by_key(built).unwrap_or_default();
        include.join("winsock2.h").is_file().then_some(Self { include, library })
    }
}
