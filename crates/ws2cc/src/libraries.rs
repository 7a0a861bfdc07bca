//! Libraries that Windows programs name.

/// Import libraries of Windows and of its compilers' run time, and libraries that are part of Linux' C library. What this
/// project provides of any of them is in one library; a function that it does not provide fails to link, and the linker names
/// it.
const WINDOWS: [&str; 65] = [
    "advapi32",
    "avrt",
    "bcrypt",
    "cfgmgr32",
    "comctl32",
    "comdlg32",
    "crypt32",
    "dbghelp",
    "dnsapi",
    "fwpuclnt",
    "gdi32",
    "gdiplus",
    "gnurx",
    "imagehlp",
    "imm32",
    "iphlpapi",
    "kernel32",
    "legacy_stdio_definitions",
    "libcmt",
    "libcmtd",
    "libcpmt",
    "mingw32",
    "mingwex",
    "moldname",
    "mpr",
    "msimg32",
    "msvcrt",
    "msvcrtd",
    "mswsock",
    "ncrypt",
    "netapi32",
    "normaliz",
    "ntdll",
    "ntdsapi",
    "odbc32",
    "odbccp32",
    "ole32",
    "oleaut32",
    "pdh",
    "powrprof",
    "psapi",
    "qwave",
    "regex",
    "rpcrt4",
    "secur32",
    "setupapi",
    "shell32",
    "shlwapi",
    "strsafe",
    "synchronization",
    "ucrt",
    "urlmon",
    "user32",
    "userenv",
    "uuid",
    "vcruntime",
    "version",
    "winhttp",
    "wininet",
    "winmm",
    "winspool",
    "wldap32",
    "ws2_32",
    "wsock32",
    "wtsapi32",
];

/// Whether `name`, without prefix and ending, is a library of Windows itself.
pub(crate) fn is_windows_system_library(name: &str) -> bool {
    WINDOWS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// `ws2_32` of `Ws2_32.lib`.
pub(crate) fn stem_of_lib(name: &str) -> Option<&str> {
    let stem = name.len().checked_sub(4).filter(|at| name.is_char_boundary(*at) && *at > 0)?;
    name[stem..].eq_ignore_ascii_case(".lib").then_some(&name[..stem])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert!(WINDOWS.is_sorted());
        assert!(is_windows_system_library("Ws2_32") && is_windows_system_library("KERNEL32"));
        assert!(!is_windows_system_library("z"));
        assert_eq!(stem_of_lib("Ws2_32.LIB"), Some("Ws2_32"));
        assert_eq!((stem_of_lib(".lib"), stem_of_lib("liba.a"), stem_of_lib("é")), (None, None, None));
    }
}
