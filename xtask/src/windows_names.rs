//! Which functions and types Windows has: read from the sources of the `windows-sys` crate, which are made from
//! Microsoft's own metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// Libraries whose functions console programs may use; the other thousands would only make the table long.
const LIBRARIES: [&str; 44] = [
    "advapi32", "bcrypt", "comctl32", "comdlg32", "crypt32", "dbghelp", "dhcpcsvc", "dnsapi", "fwpuclnt", "gdi32",
    "httpapi", "icmp", "iphlpapi", "kernel32", "mpr", "mswsock", "ncrypt", "netapi32", "ntdll", "ntdsapi", "ole32",
    "oleaut32", "pdh", "powrprof", "psapi", "qwave", "rpcrt4", "secur32", "setupapi", "shell32", "shlwapi", "traffic",
    "urlmon", "user32", "userenv", "version", "wevtapi", "winhttp", "wininet", "winmm", "winspool", "wlanapi",
    "ws2_32", "wtsapi32",
];

/// Modules of the crate whose types are Windows' for C programs too.
const MODULES: [&str; 21] = [
    "Foundation",
    "Graphics/Gdi",
    "NetworkManagement/Dns",
    "NetworkManagement/IpHelper",
    "NetworkManagement/Ndis",
    "NetworkManagement/QoS",
    "Networking/WinHttp",
    "Networking/WinInet",
    "Networking/WinSock",
    "Security",
    "Storage/FileSystem",
    "System/Com",
    "System/Console",
    "System/Diagnostics/Debug",
    "System/IO",
    "System/Memory",
    "System/Registry",
    "System/Services",
    "System/SystemInformation",
    "System/Threading",
    "UI/WindowsAndMessaging",
];

/// Makes the table: a heading for each library, then its functions; last, the types.
pub(crate) fn table(windows_sys: &Path) -> Result<String> {
    let root = windows_sys.join("src/Windows/Win32");
    let mut functions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    walk(&root, &mut |text| {
        for (library, name) in text.lines().filter_map(function) {
            functions.entry(library).or_default().insert(name);
        }
    })?;
    functions.retain(|library, _| LIBRARIES.contains(&library.as_str()));
    let mut types = BTreeSet::new();
    for module in MODULES {
        walk_files(&root.join(module), &mut |text| types.extend(text.lines().filter_map(type_name)))?;
    }
    ensure!(functions.len() > 30 && types.len() > 500, "{} is not windows-sys' source", windows_sys.display());
    let mut out =
        "# Functions of Windows by library, and types. From windows-sys' sources, by `cargo xtask windows-names`.\n"
            .to_owned();
    for (library, names) in functions {
        out += &format!("[{library}]\n");
        names.iter().for_each(|name| out += &format!("{name}\n"));
    }
    out += "[types]\n";
    types.iter().for_each(|name| out += &format!("{name}\n"));
    Ok(out)
}

fn walk(folder: &Path, read: &mut impl FnMut(&str)) -> Result<()> {
    walk_files(folder, read)?;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, read)?;
        }
    }
    Ok(())
}

fn walk_files(folder: &Path, read: &mut impl FnMut(&str)) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_file() {
            read(&fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?);
        }
    }
    Ok(())
}

/// Library and name of a line `windows_link::link!("ws2_32.dll" "system" fn send(...)`.
fn function(line: &str) -> Option<(String, String)> {
    let (_, rest) = line.split_once("windows_link::link!(\"")?;
    let (library, rest) = rest.split_once('"')?;
    let (_, rest) = rest.split_once(" fn ")?;
    let library = library.split_once('.').map_or(library, |(stem, _)| stem);
    Some((library.to_ascii_lowercase(), rest.split_once('(')?.0.trim().to_owned()))
}

fn type_name(line: &str) -> Option<String> {
    let (kind, rest) = line.strip_prefix("pub ")?.split_once(' ')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    // Enumerations are numbers here; parts of unions have a number for a name.
    let is_type = match kind {
        "struct" | "union" => true,
        "type" => rest.contains("= *mut") || rest.contains("= Option<"),
        _ => false,
    };
    let is_part = name.rsplit('_').next().is_some_and(|end| end.bytes().all(|byte| byte.is_ascii_digit()));
    (is_type && !is_part && name.starts_with(|c: char| c.is_ascii_uppercase())).then(|| name.to_owned())
}
