//! Options for Windows' linkers that a linker for Linux does not know.

/// Options of GNU ld for Windows that stand alone.
const ALONE: [&str; 17] = [
    "--add-stdcall-alias",
    "--disable-auto-import",
    "--disable-dynamicbase",
    "--disable-runtime-pseudo-reloc",
    "--dynamicbase",
    "--enable-auto-image-base",
    "--enable-auto-import",
    "--enable-runtime-pseudo-reloc",
    "--enable-stdcall-fixup",
    "--export-all-symbols",
    "--high-entropy-va",
    "--kill-at",
    "--large-address-aware",
    "--no-insert-timestamp",
    "--no-seh",
    "--nxcompat",
    "--tsaware",
];

/// Those with a value, which follows behind `=` or as the next part.
const WITH_VALUE: [&str; 9] = [
    "--image-base",
    "--major-image-version",
    "--major-os-version",
    "--major-subsystem-version",
    "--minor-image-version",
    "--minor-os-version",
    "--minor-subsystem-version",
    "--out-implib",
    "--output-def",
];

/// `--subsystem`, which is known by its beginning: `--subsystem,console` and `--subsystem=windows`.
const SUBSYSTEM: &str = "--subsystem";

/// What is left of `-Wl,...` for Linux' linker, and whether something was left out.
pub(crate) fn without_windows(option: &str) -> Option<String> {
    let parts: Vec<&str> = option.strip_prefix("-Wl,")?.split(',').collect();
    let mut kept = Vec::new();
    let mut parts_left = parts.iter().copied();
    while let Some(part) = parts_left.next() {
        let name = part.split_once('=').map_or(part, |(name, _)| name);
        if ALONE.contains(&name) {
            continue;
        }
        if WITH_VALUE.contains(&name) || name == SUBSYSTEM {
            if name == part {
                parts_left.next();
            }
            continue;
        }
        kept.push(part);
    }
    (kept.len() < parts.len()).then(|| if kept.is_empty() { String::new() } else { format!("-Wl,{}", kept.join(",")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_windows_has_is_left_out() {
        let left = |option| without_windows(option);
        assert_eq!(left("-Wl,--out-implib,libx.dll.a").as_deref(), Some(""));
        assert_eq!(left("-Wl,--major-image-version,0,--minor-image-version,0").as_deref(), Some(""));
        assert_eq!(left("-Wl,--subsystem,console,--gc-sections").as_deref(), Some("-Wl,--gc-sections"));
        assert_eq!(left("-Wl,-s,--output-def=x.def,--kill-at").as_deref(), Some("-Wl,-s"));
        assert_eq!(left("-Wl,--gc-sections"), None);
        assert_eq!(left("-lx"), None);
    }

    #[test]
    fn names_are_in_order() {
        assert!(ALONE.is_sorted() && WITH_VALUE.is_sorted());
    }
}
