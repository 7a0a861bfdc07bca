//! The processes of this computer, as Linux shows them in `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Code;
use crate::error::{self, from_io};

/// One process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub id: u32,
    /// The number of the process that began it.
    pub parent: u32,
    /// How many threads it has.
    pub threads: u32,
    /// The name of its program's file; of one that may not be looked into, what Linux calls it, which is cut after 15 bytes.
    pub name: String,
}

/// One file that a process has in its memory: its program, or a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Where it begins in the process's memory.
    pub base: usize,
    /// From there to its last byte.
    pub size: usize,
    /// The file.
    pub path: String,
}

/// How much memory a process uses, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// How often it used memory that was not there yet.
    pub page_faults: u32,
    /// What is in the computer's memory, now and at most.
    pub working_set: (usize, usize),
    /// What is the process's own, now and at most.
    pub private: (usize, usize),
}

/// All processes, by number.
///
/// ```
/// let own = std::process::id();
/// assert!(winbase::process_list::all().iter().any(|process| process.id == own && process.threads > 0));
/// ```
#[doc(alias = "CreateToolhelp32Snapshot")]
#[must_use]
pub fn all() -> Vec<Process> {
    let mut found: Vec<Process> = ids().into_iter().filter_map(|id| read(id).ok()).collect();
    found.sort_by_key(|process| process.id);
    found
}

/// The numbers of all processes.
#[doc(alias = "EnumProcesses")]
#[must_use]
pub fn ids() -> Vec<u32> {
    numbers(Path::new("/proc"))
}

/// The numbers of a process's threads.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if there is no such process.
pub fn threads(id: u32) -> Result<Vec<u32>, Code> {
    let found = numbers(Path::new(&format!("/proc/{id}/task")));
    if found.is_empty() { Err(error::INVALID_PARAMETER) } else { Ok(found) }
}

fn numbers(folder: &Path) -> Vec<u32> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// One process.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if there is none.
pub fn read(id: u32) -> Result<Process, Code> {
    let stat = text(id, "stat")?;
    // The name stands in parentheses and may hold any others.
    let (head, rest) = stat.rsplit_once(')').ok_or(error::INVALID_PARAMETER)?;
    let name = head.split_once('(').map_or("", |(_, name)| name);
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let field = |place: usize| fields.get(place).and_then(|field| field.parse().ok()).unwrap_or(0);
    let name =
        image(id).ok().and_then(|path| Some(Path::new(&path).file_name()?.to_str()?.to_owned())).unwrap_or(name.into());
    Ok(Process { id, parent: field(1), threads: field(17), name })
}

/// The file of a process's program.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if there is no such process; [`error::ACCESS_DENIED`] of another user's.
#[doc(alias = "QueryFullProcessImageName")]
pub fn image(id: u32) -> Result<String, Code> {
    let path = fs::read_link(format!("/proc/{id}/exe")).map_err(|failure| refusal(&failure))?;
    Ok(path.to_string_lossy().into_owned())
}

/// The files that a process has in its memory, its program first.
///
/// # Errors
/// As [`image`].
#[doc(alias = "EnumProcessModules")]
pub fn modules(id: u32) -> Result<Vec<Module>, Code> {
    let program = image(id)?;
    let maps = text(id, "maps")?;
    let mut spans: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in maps.lines() {
        let Some(path) = line.find('/').map(|at| &line[at..]) else { continue };
        let range = line.split_whitespace().next().and_then(|range| range.split_once('-'));
        let Some((begin, end)) = range else { continue };
        let (Ok(begin), Ok(end)) = (usize::from_str_radix(begin, 16), usize::from_str_radix(end, 16)) else { continue };
        let span = spans.entry(path).or_insert((begin, end));
        *span = (span.0.min(begin), span.1.max(end));
    }
    let mut found: Vec<Module> = spans
        .into_iter()
        .map(|(path, (base, end))| Module { base, size: end - base, path: path.to_owned() })
        .filter(|module| module.path == program || module.path.contains(".so"))
        .collect();
    found.sort_by_key(|module| (module.path != program, module.base));
    Ok(found)
}

/// How much memory a process uses.
///
/// # Errors
/// As [`read`].
///
/// ```
/// let memory = winbase::process_list::memory(std::process::id()).unwrap();
/// assert!(memory.working_set.0 > 0 && memory.working_set.1 >= memory.working_set.0);
/// ```
#[doc(alias = "GetProcessMemoryInfo")]
pub fn memory(id: u32) -> Result<Memory, Code> {
    let status = text(id, "status")?;
    let bytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) * 1024
    };
    let stat = text(id, "stat")?;
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let fault = |place| fields.split_whitespace().nth(place).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    // Those that needed no disk, and those that did.
    let page_faults = (fault(7) + fault(9)) as u32;
    let (now, data) = (bytes("VmRSS"), bytes("VmData"));
    Ok(Memory { page_faults, working_set: (now, bytes("VmHWM").max(now)), private: (data, data) })
}

fn text(id: u32, file: &str) -> Result<String, Code> {
    let bytes = fs::read(format!("/proc/{id}/{file}")).map_err(|failure| refusal(&failure))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Docs: "OpenProcess function": a number without a process is an invalid parameter.
fn refusal(failure: &std::io::Error) -> Code {
    match from_io(failure) {
        error::ACCESS_DENIED => error::ACCESS_DENIED,
        _ => error::INVALID_PARAMETER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_among_them_with_its_program_and_its_threads() {
        let own = std::process::id();
        let process = read(own).unwrap();
        let program = std::env::current_exe().unwrap();
        assert_eq!(process.name, program.file_name().unwrap().to_str().unwrap());
        assert_eq!(process.parent, std::os::unix::process::parent_id());
        assert!(threads(own).unwrap().contains(&own));
        let modules = modules(own).unwrap();
        assert_eq!(Path::new(&modules[0].path), program);
        assert!(modules.iter().any(|module| module.path.contains("libc") && module.size > 0));
        assert_eq!(read(u32::MAX), Err(error::INVALID_PARAMETER));
        assert_eq!(threads(u32::MAX), Err(error::INVALID_PARAMETER));
    }
}
