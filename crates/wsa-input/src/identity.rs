//! [`FileIdentity`]: which file it is, whatever its name.

use std::fs::Metadata;

/// What tells one file from another, under the same name or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileIdentity(u64, u64);

impl FileIdentity {
    /// The identity of the file that this was asked of.
    ///
    /// ```
    /// use wsa_input::FileIdentity;
    ///
    /// let directory = tempfile::tempdir()?;
    /// let path = |name| directory.path().join(name);
    /// std::fs::write(path("a.log"), "one\n")?;
    /// let before = FileIdentity::of(&path("a.log").metadata()?);
    /// std::fs::rename(path("a.log"), path("b.log"))?;
    /// assert_eq!(FileIdentity::of(&path("b.log").metadata()?), before);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[cfg(unix)]
    #[must_use]
    pub fn of(metadata: &Metadata) -> FileIdentity {
        use std::os::unix::fs::MetadataExt as _;
        FileIdentity(metadata.dev(), metadata.ino())
    }

    /// The identity of the file that this was asked of.
    #[cfg(windows)]
    #[must_use]
    pub fn of(metadata: &Metadata) -> FileIdentity {
        use std::os::windows::fs::MetadataExt as _;
        FileIdentity(0, metadata.creation_time())
    }
}
