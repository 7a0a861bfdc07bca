//! The files that decide what names mean, and where they are.

use std::io;
use std::path::{Path, PathBuf};

use crate::sys::host;

/// Where the name files are.
///
/// The environment can point each of them elsewhere, for tests and for running several configurations on one machine:
/// `WSA_HOSTS`, `WSA_RESOLV_CONF`, `WSA_NSSWITCH_CONF`, `WSA_SERVICES`. A process with borrowed privileges (set-user-id
/// and the like) does not listen to them, as glibc does not listen to `HOSTALIASES`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// Names and their addresses: `/etc/hosts`.
    pub hosts: PathBuf,
    /// Name servers and search list: `/etc/resolv.conf`.
    pub resolv_conf: PathBuf,
    /// The order of sources: `/etc/nsswitch.conf`.
    pub nsswitch_conf: PathBuf,
    /// Services and their ports: `/etc/services`.
    pub services: PathBuf,
}

impl Files {
    /// The system's files, or where the environment says.
    #[must_use]
    pub fn system() -> Files {
        let listens = !host::is_privileged();
        let place = |variable: &str, default: &str| {
            let set = if listens { std::env::var_os(variable) } else { None };
            set.map_or_else(|| PathBuf::from(default), PathBuf::from)
        };
        Files {
            hosts: place("WSA_HOSTS", "/etc/hosts"),
            resolv_conf: place("WSA_RESOLV_CONF", "/etc/resolv.conf"),
            nsswitch_conf: place("WSA_NSSWITCH_CONF", "/etc/nsswitch.conf"),
            services: place("WSA_SERVICES", "/etc/services"),
        }
    }
}

/// More than any of these files should hold: a hosts file used as a block list has a few megabytes.
const MAX_BYTES: u64 = 64 << 20;

/// The text of a file; empty if it is missing or cannot be read, which these files may be.
pub(super) fn read(path: &Path) -> String {
    let bytes = std::fs::File::open(path).and_then(|file| {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::Read::take(file, MAX_BYTES), &mut bytes)?;
        Ok(bytes)
    });
    bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// The words of each line that has any, without what follows `#`.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>())
        .filter(|words| !words.is_empty())
}
