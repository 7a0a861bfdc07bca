//! Options of Microsoft's compiler, as makefiles for nmake and build scripts pass them.

use std::ffi::OsString;
use std::path::Path;

/// Options that gcc and clang have no need of.
const WITHOUT_MEANING: [&str; 20] = [
    "nologo",
    "MD",
    "MDd",
    "MT",
    "MTd",
    "LD",
    "EHsc",
    "EHa",
    "EHs",
    "GS",
    "GS-",
    "Gm",
    "Gm-",
    "GR",
    "Gy",
    "FS",
    "sdl",
    "permissive-",
    "utf-8",
    "Zc:wchar_t",
];

/// Turns options that begin with a slash into the compiler's own, where the command line is Microsoft's. An argument
/// that is a file stays one.
pub(crate) fn translate(arguments: Vec<OsString>, notes: &mut Vec<String>) -> Vec<OsString> {
    let mut translated = Vec::with_capacity(arguments.len());
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        let option = argument.to_str().and_then(|text| text.strip_prefix('/')).map(str::to_owned);
        match option {
            Some(option) if !Path::new(&argument).exists() => match one(&option) {
                Some(new) => {
                    notes.push(format!(
                        "/{option}: {}",
                        if new.is_empty() { "left out".to_owned() } else { new.join(" ") }
                    ));
                    translated.extend(new.into_iter().map(OsString::from));
                    // An option alone, `/I` or `/D`, is followed by its value.
                    if matches!(option.as_str(), "I" | "D" | "U" | "FI") {
                        translated.extend(rest.next());
                    }
                }
                None => translated.push(argument),
            },
            _ => translated.push(argument),
        }
    }
    translated
}

/// What an option is to gcc and clang; `None` for what is no option that we know.
fn one(option: &str) -> Option<Vec<String>> {
    let flags = |flags: &[&str]| Some(flags.iter().map(|flag| (*flag).to_owned()).collect());
    if WITHOUT_MEANING.contains(&option) || option.starts_with("Zc:") || option.starts_with("wd") {
        return flags(&[]);
    }
    match option {
        "c" => return flags(&["-c"]),
        "E" | "P" => return flags(&["-E"]),
        "I" | "D" | "U" => return flags(&[&format!("-{option}")]),
        "FI" => return flags(&["-include"]),
        "Od" => return flags(&["-O0"]),
        "O1" | "Os" => return flags(&["-Os"]),
        "O2" | "Ox" | "Ot" => return flags(&["-O2"]),
        "Zi" | "ZI" | "Z7" | "DEBUG" => return flags(&["-g"]),
        "W0" | "w" => return flags(&["-w"]),
        "W1" | "W2" | "W3" => return flags(&[]),
        "W4" | "Wall" => return flags(&["-Wall"]),
        "WX" => return flags(&["-Werror"]),
        "TP" => return flags(&["-x", "c++"]),
        "TC" => return flags(&["-x", "c"]),
        "link" | "LTCG" | "INCREMENTAL:NO" => return flags(&[]),
        _ => {}
    }
    let prefixed = |prefix: &str| option.strip_prefix(prefix).filter(|value| !value.is_empty());
    if let Some(value) = prefixed("std:") {
        return flags(&[&format!("-std={}", if value.ends_with("latest") { "gnu++23" } else { value })]);
    }
    if let Some(value) =
        prefixed("Fo").or_else(|| prefixed("Fe:")).or_else(|| prefixed("Fe")).or_else(|| prefixed("OUT:"))
    {
        return flags(&["-o", value.trim_start_matches(':')]);
    }
    if prefixed("SUBSYSTEM:").or_else(|| prefixed("MACHINE:")).or_else(|| prefixed("Fd")).is_some() {
        return flags(&[]);
    }
    if let Some(value) = prefixed("LIBPATH:") {
        return flags(&["-L", value]);
    }
    let (letter, value) = option.split_at_checked(1)?;
    (matches!(letter, "I" | "D" | "U") && !value.contains('/')).then(|| vec![format!("-{letter}{value}")])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(line: &str) -> String {
        let arguments = line.split_whitespace().map(OsString::from).collect();
        let new = translate(arguments, &mut Vec::new());
        new.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_command_line_of_cl_is_understood() {
        assert_eq!(
            translated("/nologo /W3 /O2 /MD /EHsc /DDEBUG=1 /D NDEBUG /Iinc /I src /c a.cpp /Foa.o"),
            "-O2 -DDEBUG=1 -D NDEBUG -Iinc -I src -c a.cpp -o a.o"
        );
        assert_eq!(translated("a.c /Fea.exe /link ws2_32.lib /SUBSYSTEM:CONSOLE"), "a.c -o a.exe ws2_32.lib");
    }

    #[test]
    fn files_and_unknown_options_stay() {
        assert_eq!(
            translated("/etc/passwd /tmp/there-is-no-such-file.c -c"),
            "/etc/passwd /tmp/there-is-no-such-file.c -c"
        );
    }
}
