//! The user's compiler.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A compiler for C and C++ of the family of gcc or clang.
#[derive(Debug, Clone)]
pub(crate) struct Compiler {
    c: String,
    cxx: String,
    pub(crate) family: Family,
    system_folders: OnceCell<Vec<PathBuf>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Gcc,
    Clang,
}

impl Compiler {
    /// The compilers to use, best first: the one that is named, or clang and gcc as far as they are installed.
    ///
    /// Clang comes first for what it takes of Microsoft's C and C++.
    pub(crate) fn choose(named: Option<&str>) -> Vec<Self> {
        match named {
            Some(name) => vec![Self::named(name)],
            None => ["clang", "gcc"].into_iter().filter(|name| is_installed(name)).map(Self::named).collect(),
        }
    }

    fn named(name: &str) -> Self {
        let (c, cxx) = both_names(name);
        let family = if is_clang(&c) { Family::Clang } else { Family::Gcc };
        Self { c, cxx, family, system_folders: OnceCell::new() }
    }

    /// The program to call.
    pub(crate) fn program(&self, cxx: bool) -> &str {
        if cxx { &self.cxx } else { &self.c }
    }

    /// The folders that it searches for headers of the system, as it says itself.
    pub(crate) fn system_folders(&self) -> &[PathBuf] {
        self.system_folders.get_or_init(|| {
            let output =
                Command::new(&self.cxx).args(["-E", "-v", "-x", "c++", "/dev/null"]).stdin(Stdio::null()).output();
            let said = output.map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).unwrap_or_default();
            let folders = said.lines().skip_while(|line| !line.starts_with("#include <...>")).skip(1);
            folders.take_while(|line| line.starts_with(' ')).map(|line| PathBuf::from(line.trim())).collect()
        })
    }
}

/// Of `gcc-12` or `g++-12`, both.
fn both_names(name: &str) -> (String, String) {
    let file = Path::new(name).file_name().and_then(|file| file.to_str()).unwrap_or(name);
    let folder = &name[..name.len() - file.len()];
    let pairs = [("clang++", "clang++"), ("g++", "g++"), ("clang", "clang++"), ("gcc", "g++"), ("cc", "c++")];
    for (part, cxx) in pairs {
        if let Some(at) = file.rfind(part) {
            let c = match cxx {
                "clang++" => "clang",
                "g++" => "gcc",
                _ => "cc",
            };
            let (before, after) = (&file[..at], &file[at + part.len()..]);
            return (format!("{folder}{before}{c}{after}"), format!("{folder}{before}{cxx}{after}"));
        }
    }
    (name.to_owned(), name.to_owned())
}

fn is_clang(program: &str) -> bool {
    let file = Path::new(program).file_name().and_then(|file| file.to_str()).unwrap_or(program);
    if file.contains("clang") {
        return true;
    }
    if file.contains("gcc") {
        return false;
    }
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("clang"))
}

fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_name_gives_both() {
        for name in ["/usr/bin/gcc-12", "/usr/bin/g++-12"] {
            assert_eq!(both_names(name), ("/usr/bin/gcc-12".to_owned(), "/usr/bin/g++-12".to_owned()));
        }
        assert_eq!(both_names("clang++-14"), ("clang-14".to_owned(), "clang++-14".to_owned()));
        assert_eq!(both_names("cc"), ("cc".to_owned(), "c++".to_owned()));
        assert_eq!(both_names("tcc-like"), ("tcc-like".to_owned(), "tc++-like".to_owned()));
    }
}
