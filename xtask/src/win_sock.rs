//! The functions of Winsock as the `windows-sys` crate declares them, under the names that this library exports.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// Libraries whose functions Winsock programs call.
const LIBRARIES: [&str; 2] = ["\"ws2_32.dll\" ", "\"mswsock.dll\" "];

/// Declares every function of windows-sys' `Networking::WinSock` that is among `exported`.
pub(crate) fn declarations(windows_sys: &Path, exported: &BTreeSet<&str>) -> Result<String> {
    let file = windows_sys.join("src/Windows/Win32/Networking/WinSock/mod.rs");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let functions: Vec<String> = text.lines().filter_map(|line| declaration(line, exported)).collect();
    ensure!(functions.len() > 100, "{} is not windows-sys' source", windows_sys.display());
    Ok(format!(
        "// Made by `cargo xtask windows-names` from windows-sys' sources and spec/exports.toml. Do not edit.\n\n\
         unsafe extern \"system\" {{\n{}}}\n",
        functions.concat()
    ))
}

/// One line of windows-sys: `windows_link::link!("LIBRARY" "system" fn NAME(..) -> ..);`.
fn declaration(line: &str, exported: &BTreeSet<&str>) -> Option<String> {
    let declared = line.strip_prefix("windows_link::link!(")?;
    let signature = LIBRARIES.iter().find_map(|library| declared.strip_prefix(library))?;
    let signature = signature.strip_prefix("\"system\" fn ")?.strip_suffix(");")?;
    let name = signature.split('(').next()?;
    // C's select has libc's timeval.
    if name == "select" || !exported.contains(name) {
        return None;
    }
    let signature = signature
        .replace("super::super::", "windows_sys::Win32::")
        .replace("windows_sys::", "::windows_sys::")
        .replace(" : ", ": ")
        .replace(":: ", "::");
    Some(format!("    #[link_name = \"ws2_{name}\"]\n    pub fn {signature};\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_declaration_of_what_is_exported() {
        let line = "windows_link::link!(\"ws2_32.dll\" \"system\" fn WSASetEvent(hevent : super::super::Foundation:: HANDLE) -> windows_sys::core::BOOL);";
        let made = declaration(line, &BTreeSet::from(["WSASetEvent"])).unwrap();
        assert_eq!(
            made,
            "    #[link_name = \"ws2_WSASetEvent\"]\n    pub fn WSASetEvent(hevent: ::windows_sys::Win32::Foundation::HANDLE) -> ::windows_sys::core::BOOL;\n"
        );
        assert_eq!(declaration(line, &BTreeSet::new()), None);
    }
}
