//! `spec/exports.toml` and the shared library say the same.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
struct Exports {
    function: Vec<Function>,
}

#[derive(Deserialize)]
struct Function {
    name: String,
    status: String,
    shim: Option<String>,
    #[serde(default)]
    wide: bool,
}

impl Function {
    /// The names it has in the library, without their prefix.
    fn exported(&self) -> Vec<String> {
        let second = self.wide.then(|| format!("{}_utf32", self.name));
        std::iter::once(self.name.clone()).chain(second).collect()
    }
}

fn exports() -> Vec<Function> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/exports.toml");
    toml::from_str::<Exports>(&std::fs::read_to_string(file).unwrap()).unwrap().function
}

#[test]
fn every_listed_function_is_exported_by_its_shim_and_no_other() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for folder in ["", "companion"] {
        for entry in std::fs::read_dir(sources.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let shim = path.strip_prefix(&sources).unwrap().with_extension("").to_str().unwrap().to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                found.extend(exported_by(&text).into_iter().map(|name| (name, shim.clone())));
            }
        }
    }
    let listed: BTreeSet<_> = exports()
        .into_iter()
        .filter(|function| function.status != "absent")
        .flat_map(|function| {
            let shim = function.shim.clone().expect("an exported function names its shim");
            function.exported().into_iter().map(move |name| (name, shim.clone()))
        })
        .collect();
    assert_eq!(Vec::from_iter(listed.symmetric_difference(&found)), Vec::<&(String, String)>::new());
}

/// The names that a source exports: by an attribute of its own, or by the macros for text and for functions of C.
fn exported_by(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("#[unsafe(export_name = \"ws2_") {
            names.push(name.trim_end_matches("\")]").to_owned());
        } else if line.starts_with("ws2_") {
            let words = line.split([',', ' ', ';', '=']).filter_map(|word| word.strip_prefix("ws2_"));
            names.extend(words.map(str::to_owned));
        }
    }
    names
}

/// Exporting `connect` or `send` would replace libc's for the whole process.
#[test]
fn the_shared_library_exports_prefixed_names_only() {
    let here = std::env::current_exe().unwrap();
    let deps = here.parent().unwrap();
    let library = [deps, deps.parent().unwrap()]
        .into_iter()
        .map(|folder| folder.join("libws2_32.so"))
        .find(|path| path.exists())
        .unwrap();
    let Ok(output) = Command::new("nm").args(["-D", "--defined-only"]).arg(library).output() else {
        eprintln!("skipped: nm is not installed");
        return;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    let names: BTreeSet<&str> = text.lines().filter_map(|line| line.split(' ').nth(2)).collect();
    let expected: Vec<String> = exports()
        .into_iter()
        .filter(|function| function.status != "absent")
        .flat_map(|function| function.exported())
        .map(|name| format!("ws2_{name}"))
        .collect();
    let expected: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
    assert_eq!(Vec::from_iter(names.symmetric_difference(&expected)), Vec::<&&str>::new());
}
