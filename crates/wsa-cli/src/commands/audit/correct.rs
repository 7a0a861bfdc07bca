//! Writing corrections: whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use similar::TextDiff;
use tempfile::NamedTempFile;

/// Replaces a file's content: a new file beside it takes its permissions and owner, then its name. Whoever opens the
/// name sees the old bytes or the new ones, never a part. A link stays a link; its target is replaced.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = path.canonicalize()?;
    let metadata = fs::metadata(&target)?;
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut new = NamedTempFile::with_prefix_in(".wsa-audit-", folder)?;
    new.write_all(bytes)?;
    keep_owner(&metadata, new.as_file())?;
    fs::set_permissions(new.path(), metadata.permissions())?;
    new.as_file().sync_all()?;
    new.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(unix)]
fn keep_owner(metadata: &fs::Metadata, new: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let made = new.metadata()?;
    if (made.uid(), made.gid()) == (metadata.uid(), metadata.gid()) {
        return Ok(());
    }
    // Whoever may not give files away must not take them over silently either.
    fchown(new, Some(metadata.uid()), Some(metadata.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_metadata: &fs::Metadata, _new: &fs::File) -> io::Result<()> {
    Ok(())
}

/// The change as a unified diff that `patch -p1` and `git apply` read.
pub(super) fn patch(path: &str, before: &str, after: &str) -> String {
    let relative = path.trim_start_matches('/');
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{relative}"), &format!("b/{relative}"))
        .to_string()
}
