//! Which file an `#include` means.

use std::path::{Path, PathBuf};

use crate::compiler::Compiler;
use crate::folder::Folders;

/// What an `#include` means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A file of the program's own. `exact` if the compiler finds it by the name that is written.
    Own { path: PathBuf, exact: bool },
    /// A header of ours or of the system, by the name that its folder has for it.
    System { name: String, ours: bool },
    /// Not found: the compiler will say so.
    Unknown,
}

/// Resolves includes.
pub(crate) struct Resolver<'a> {
    folders: Folders,
    include_folders: &'a [PathBuf],
    ours: &'a Path,
    compiler: &'a Compiler,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(include_folders: &'a [PathBuf], ours: &'a Path, compiler: &'a Compiler) -> Self {
        Self { folders: Folders::default(), include_folders, ours, compiler }
    }

    /// What `name`, in portable spelling, means in a file whose folder is the first of `beside`; the others are those of
    /// the files that include it, which Microsoft's compiler searches too.
    pub(crate) fn resolve(&mut self, name: &str, quoted: bool, beside: &[PathBuf]) -> Meaning {
        let own: Vec<&PathBuf> = beside.iter().take(usize::from(quoted)).chain(self.include_folders).collect();
        if let Some(folder) = own.iter().find(|folder| folder.join(name).is_file()) {
            return Meaning::Own { path: folder.join(name), exact: true };
        }
        if is_standard(name) {
            return Meaning::System { name: name.to_owned(), ours: false };
        }
        if self.ours.join(name).is_file() {
            return Meaning::System { name: name.to_owned(), ours: true };
        }
        // In angle brackets a header of the system is meant before a file beside the including one.
        let is_systems = |folder: &PathBuf| folder.join(name).is_file();
        if !quoted && self.compiler.system_folders().iter().any(is_systems) {
            return Meaning::System { name: name.to_owned(), ours: false };
        }
        let nearby = if quoted { beside.get(1..).unwrap_or_default() } else { beside };
        for folder in own.into_iter().chain(nearby) {
            if let Some(path) = self.folders.find(folder, name).filter(|path| path.is_file()) {
                return Meaning::Own { path, exact: false };
            }
        }
        self.system(name)
    }

    fn system(&mut self, name: &str) -> Meaning {
        let lower = name.to_lowercase();
        // Microsoft's own, which no other system has: a program that includes one is a Windows program.
        let is_microsofts =
            ["afx", "atl", "concurrent_", "cstringt", "ppl"].iter().any(|begin| lower.starts_with(begin));
        if is_microsofts && self.ours.join("ws2/cxx").join(&lower).is_file() {
            return Meaning::System { name: lower, ours: true };
        }
        if is_standard(&lower) {
            return Meaning::System { name: lower, ours: false };
        }
        let compiler = self.compiler;
        // Headers that programs have themselves, unless their project lacks them: `stdafx.h`.
        let stand_ins = self.ours.join("absent");
        let system = compiler.system_folders().iter().map(PathBuf::as_path);
        for folder in std::iter::once(self.ours).chain(system).chain([stand_ins.as_path()]) {
            // Where a folder has several spellings, the plain one is the header and the others lead to it.
            let found = Some(folder.join(&lower))
                .filter(|path| path.is_file())
                .or_else(|| self.folders.find(folder, name).filter(|path| path.is_file()));
            if let Some(found) = found.as_ref().and_then(|path| path.strip_prefix(folder).ok()).and_then(Path::to_str) {
                return Meaning::System { name: found.to_owned(), ours: folder.starts_with(self.ours) };
            }
        }
        Meaning::Unknown
    }
}

/// Whether `name` is a header of C or C++ themselves, which every compiler finds, or `fcntl.h`, which is as much Linux' as
/// Windows' and does not make a Windows program.
fn is_standard(name: &str) -> bool {
    const C: [&str; 30] = [
        "assert.h",
        "complex.h",
        "ctype.h",
        "errno.h",
        "fcntl.h",
        "fenv.h",
        "float.h",
        "inttypes.h",
        "iso646.h",
        "limits.h",
        "locale.h",
        "math.h",
        "setjmp.h",
        "signal.h",
        "stdalign.h",
        "stdarg.h",
        "stdatomic.h",
        "stdbool.h",
        "stddef.h",
        "stdint.h",
        "stdio.h",
        "stdlib.h",
        "stdnoreturn.h",
        "string.h",
        "tgmath.h",
        "threads.h",
        "time.h",
        "uchar.h",
        "wchar.h",
        "wctype.h",
    ];
    C.binary_search(&name).is_ok()
        || !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn an_include_means_what_windows_would_find() {
        let folder = tempfile::tempdir().unwrap();
        let (source, ours) = (folder.path().join("src"), folder.path().join("ours"));
        fs::create_dir_all(source.join("sub")).unwrap();
        fs::create_dir_all(ours.join("absent")).unwrap();
        fs::write(ours.join("absent/stdafx.h"), "").unwrap();
        for name in ["Common.h", "sub/inner.h", "endian.h"] {
            fs::write(source.join(name), "").unwrap();
        }
        for name in ["winsock2.h", "WinSock2.h"] {
            fs::write(ours.join(name), "").unwrap();
        }
        let compiler = Compiler::choose(Some("gcc")).remove(0);
        let mut resolver = Resolver::new(&[], &ours, &compiler);
        let mut resolve = |name, quoted, beside: &[&Path]| {
            let beside: Vec<PathBuf> = beside.iter().map(|path| path.to_path_buf()).collect();
            resolver.resolve(name, quoted, &beside)
        };
        let own = |name: &str, exact| Meaning::Own { path: source.join(name), exact };
        let ours = |name: &str| Meaning::System { name: name.to_owned(), ours: true };
        assert_eq!(resolve("Common.h", true, &[&source]), own("Common.h", true));
        assert_eq!(resolve("common.H", true, &[&source]), own("Common.h", false));
        assert_eq!(resolve("Common.h", true, &[&source.join("sub"), &source]), own("Common.h", false));
        assert_eq!(resolve("WINSOCK2.H", false, &[&source]), ours("winsock2.h"));
        assert_eq!(resolve("WinSock2.h", false, &[&source]), ours("WinSock2.h"));
        assert_eq!(resolve("Stdio.h", false, &[&source]), Meaning::System { name: "stdio.h".to_owned(), ours: false });
        assert_eq!(
            resolve("Sys/Types.h", false, &[&source]),
            Meaning::System { name: "sys/types.h".to_owned(), ours: false }
        );
        let linux = Meaning::System { name: "endian.h".to_owned(), ours: false };
        assert_eq!(resolve("endian.h", false, &[&source]), linux);
        assert_eq!(resolve("endian.h", true, &[&source]), own("endian.h", true));
        assert_eq!(resolve("common.h", false, &[&source]), own("Common.h", false));
        assert_eq!(resolve("StdAfx.h", true, &[&source]), ours("stdafx.h"));
        assert_eq!(resolve("atlbase.h", false, &[&source]), Meaning::Unknown);
    }
}
