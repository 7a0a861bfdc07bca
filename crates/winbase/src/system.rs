//! The computer, the process and its environment.

use std::ffi::OsString;

use winsock::Code;

use crate::error;

/// The version that Windows tells programs which do not say that they know newer ones: 6.2, build 9200.
/// Docs: "GetVersionExA function", Remarks.
pub const VERSION: (u32, u32, u32) = (6, 2, 9200);

/// The longest NetBIOS name.
const NETBIOS_NAME: usize = 15;

/// The NetBIOS name: the host's name in capitals, cut after 15 letters.
#[doc(alias = "GetComputerName")]
#[must_use]
pub fn computer_name() -> String {
    host_name().to_uppercase().chars().take(NETBIOS_NAME).collect()
}

/// The host's name without its domain.
#[must_use]
pub fn host_name() -> String {
    let name = node_name();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// The host's domain, empty if it has none: of its name, else the first that the resolver searches.
#[must_use]
pub fn domain() -> String {
    if let Some((_, domain)) = node_name().split_once('.') {
        return domain.to_owned();
    }
    let settings = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let mut words = settings.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let named = |words: &Vec<&str>| words.len() > 1 && matches!(words[0], "search" | "domain");
    words.rfind(named).map_or_else(String::new, |words| words[1].trim_end_matches('.').to_owned())
}

fn node_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// A name of the computer by Windows' number of its format.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for a format that does not exist.
#[doc(alias = "GetComputerNameEx")]
pub fn computer_name_by_format(format: u32) -> Result<String, Code> {
    match format {
        0 | 4 => Ok(computer_name()),
        1 | 5 => Ok(host_name()),
        2 | 6 => Ok(domain()),
        3 | 7 => {
            let (host, domain) = (host_name(), domain());
            Ok(if domain.is_empty() { host } else { format!("{host}.{domain}") })
        }
        _ => Err(error::INVALID_PARAMETER),
    }
}

/// The name by which a variable is there: as it is spelt, or else in another case, which Windows takes for the same.
///
/// ```
/// use winbase::system::variable_name;
///
/// assert_eq!(variable_name("Path"), "PATH");
/// assert_eq!(variable_name("No such variable"), "No such variable");
/// ```
#[must_use]
pub fn variable_name(name: &str) -> String {
    let is_there = std::env::var_os(name).is_some();
    let other = || {
        let mut all = std::env::vars_os().filter_map(|(other, _)| other.into_string().ok());
        all.find(|other| other.eq_ignore_ascii_case(name))
    };
    if is_there { name.to_owned() } else { other().unwrap_or_else(|| name.to_owned()) }
}

/// A variable of the environment. Windows does not tell case apart; a few of its variables have other names here.
///
/// # Errors
/// [`error::ENVVAR_NOT_FOUND`].
#[doc(alias = "GetEnvironmentVariable")]
pub fn variable(name: &str) -> Result<String, Code> {
    let text = |value: OsString| value.to_string_lossy().into_owned();
    let exact = std::env::var_os(variable_name(name));
    let other = || match name.to_ascii_uppercase().as_str() {
        "COMPUTERNAME" => Some(computer_name()),
        "USERNAME" => user_name(),
        "USERPROFILE" => std::env::var_os("HOME").map(text),
        "TEMP" | "TMP" => Some(std::env::temp_dir().to_string_lossy().into_owned()),
        "NUMBER_OF_PROCESSORS" => Some(processors().to_string()),
        _ => None,
    };
    exact.map(text).or_else(other).ok_or(error::ENVVAR_NOT_FOUND)
}

/// The text with every `%NAME%` that is set replaced.
///
/// ```
/// assert_eq!(winbase::system::expand("50% of %no such variable%"), "50% of %no such variable%");
/// assert_ne!(winbase::system::expand("%path%"), "%path%");
/// ```
#[doc(alias = "ExpandEnvironmentStrings")]
#[must_use]
pub fn expand(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        rest = match after.split_once('%').map(|(name, after)| (variable(name), after)) {
            Some((Ok(value), after)) => {
                out.push_str(&value);
                after
            }
            _ => {
                out.push('%');
                after
            }
        };
    }
    out + rest
}

/// The name of the user.
#[doc(alias = "GetUserName")]
#[must_use]
pub fn user_name() -> Option<String> {
    let own = rustix::process::getuid().as_raw().to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let listed = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|user| user.get(2) == Some(&&*own));
    listed.map(|user| user[0].to_owned()).or_else(|| std::env::var("USER").ok())
}

/// How many processors this process may use.
#[must_use]
pub fn processors() -> u32 {
    std::thread::available_parallelism().map_or(1, |count| count.get() as u32)
}

/// The program's own file.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`] if the system does not tell.
#[doc(alias = "GetModuleFileName")]
pub fn program() -> Result<String, Code> {
    let path = std::env::current_exe().map_err(|_| error::FILE_NOT_FOUND)?;
    // What Linux adds when the file was removed is no part of its name.
    Ok(path.to_string_lossy().trim_end_matches(" (deleted)").to_owned())
}

/// The command line as Windows would have it: one text, with quotes around what has spaces.
#[doc(alias = "GetCommandLine")]
#[must_use]
pub fn command_line() -> String {
    let arguments: Vec<String> = std::env::args_os().map(|argument| quoted(&argument.to_string_lossy())).collect();
    arguments.join(" ")
}

/// An argument so that `CommandLineToArgvW` and the C runtime of Windows read it back.
///
/// ```
/// use winbase::system::quoted;
///
/// assert_eq!(quoted("plain"), "plain");
/// assert_eq!(quoted(r#"a "b" \"#), r#""a \"b\" \\""#);
/// ```
#[must_use]
pub fn quoted(argument: &str) -> String {
    if !argument.is_empty() && !argument.contains([' ', '\t', '"']) {
        return argument.to_owned();
    }
    let mut out = String::from('"');
    let mut backslashes = 0;
    for letter in argument.chars() {
        if letter == '\\' {
            backslashes += 1;
            continue;
        }
        // Backslashes count double only before a quote.
        let times = if letter == '"' { 2 * backslashes + 1 } else { backslashes };
        out.extend(std::iter::repeat_n('\\', times));
        out.push(letter);
        backslashes = 0;
    }
    out.extend(std::iter::repeat_n('\\', 2 * backslashes));
    out + "\""
}

/// The computer's memory, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// All of it.
    pub total: u64,
    /// What programs can have.
    pub available: u64,
    /// The space on disk for what does not fit.
    pub swap: u64,
    /// What of that is free.
    pub swap_free: u64,
}

/// The computer's memory; zeros where the system does not tell.
#[doc(alias = "GlobalMemoryStatusEx")]
#[must_use]
pub fn memory() -> Memory {
    let lines = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let bytes = |name: &str| {
        let line = lines.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kibibytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        kibibytes.unwrap_or(0) * 1024
    };
    Memory {
        total: bytes("MemTotal"),
        available: bytes("MemAvailable"),
        swap: bytes("SwapTotal"),
        swap_free: bytes("SwapFree"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_forms() {
        let name = computer_name();
        assert!(!name.is_empty() && name.chars().count() <= NETBIOS_NAME && name == name.to_uppercase());
        assert_eq!(computer_name_by_format(8), Err(error::INVALID_PARAMETER));
        assert!(computer_name_by_format(3).unwrap().starts_with(&host_name()));
    }

    #[test]
    fn variables_are_found_in_any_case() {
        assert_eq!(variable("path"), variable("PATH"));
        assert_eq!(variable("no such variable"), Err(error::ENVVAR_NOT_FOUND));
    }

    #[test]
    fn there_is_memory() {
        let memory = memory();
        assert!(memory.total > memory.available && memory.available > 0);
    }
}
