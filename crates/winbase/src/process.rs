//! Child processes: `CreateProcess` and what follows from it.

use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, getpriority_process, kill_process, pidfd_open, setpriority_process,
    waitid,
};
use winsock::Code;
use winsock::wait;

use crate::command_line::split;
use crate::error::{self, from_errno, from_io};
use crate::{file, path, times};

/// `ERROR_BAD_EXE_FORMAT`: the file is no program.
const BAD_EXE_FORMAT: Code = Code::new(193);

/// What a process is to be.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The program's file; `None` to take it from the command line.
    pub program: Option<String>,
    /// Whether a program that is named without a folder is looked for in `PATH` too; one of the command line always is.
    pub searches: bool,
    /// The command line, the program's name first.
    pub command_line: String,
    /// The variables, if not those of this process.
    pub environment: Option<Vec<(String, String)>>,
    /// Its current folder, if not that of this process.
    pub folder: Option<String>,
    /// The HANDLEs of files, pipes or sockets that become its standard input, output and error; `None` passes on those of
    /// this process.
    pub standard: Option<[usize; 3]>,
    /// Whether Ctrl-C in the terminal is not for it: `CREATE_NEW_PROCESS_GROUP`, `DETACHED_PROCESS`.
    pub is_apart: bool,
}

/// A process that was begun.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// The HANDLE of the process.
    pub process: usize,
    /// The HANDLE of its first thread, which ends with the process.
    pub thread: usize,
    /// Linux' number of both.
    pub id: u32,
}

/// Begins a process.
///
/// The program is looked for as on Windows: beside this one, in the current folder, in `PATH`; `x.exe` may be the file
/// `x`. `cmd.exe` is the system's shell: `cmd /c LINE` runs `sh -c LINE`.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`], [`error::PATH_NOT_FOUND`] if the program is named with a folder that is not there,
/// [`error::ACCESS_DENIED`], `ERROR_BAD_EXE_FORMAT` for a file that is no program, `ERROR_DIRECTORY` for a folder that is
/// none, [`error::INVALID_HANDLE`] for a standard handle that is neither file, pipe nor socket,
/// [`error::INVALID_PARAMETER`] without any name. Docs: "CreateProcessW function".
///
/// ```
/// use std::time::Duration;
/// use winbase::process::{Request, begin, exit_code};
///
/// let begun = begin(&Request { command_line: r#"cmd.exe /c "exit 3""#.into(), ..Request::default() })?;
/// winsock::wait::wait_for_object(begun.process, None, false)?;
/// assert_eq!(exit_code(begun.process)?, 3);
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "CreateProcess")]
pub fn begin(request: &Request) -> Result<Begun, Code> {
    let child = prepare(request)?.spawn().map_err(|failure| refusal(&failure))?;
    watch(child)
}

/// Becomes another program; comes back only if it cannot.
///
/// # Errors
/// Those of [`begin`].
///
/// ```
/// use winbase::process::{Request, become_program};
///
/// let missing = Request { program: Some("no-such-program".into()), ..Request::default() };
/// assert_eq!(become_program(&missing), winbase::error::FILE_NOT_FOUND);
/// ```
#[doc(alias = "_execve")]
#[must_use]
pub fn become_program(request: &Request) -> Code {
    match prepare(request) {
        Ok(mut command) => refusal(&command.exec()),
        Err(code) => code,
    }
}

fn prepare(request: &Request) -> Result<Command, Code> {
    let mut command = command(request)?;
    if let Some(variables) = &request.environment {
        command.env_clear().envs(variables.iter().map(|(name, value)| (name, value)));
    }
    if let Some(folder) = &request.folder {
        let folder = path::to_linux(folder);
        if !folder.is_dir() {
            return Err(Code::new(267)); // ERROR_DIRECTORY
        }
        command.current_dir(folder);
    }
    if let Some([input, output, failures]) = request.standard {
        command.stdin(stream(input)?).stdout(stream(output)?).stderr(stream(failures)?);
    }
    if request.is_apart {
        command.process_group(0);
    }
    Ok(command)
}

/// Hands the child to a thread that sees it end.
fn watch(mut child: Child) -> Result<Begun, Code> {
    let id = child.id();
    let (process, thread, end) = wait::add_process(id)?;
    let watcher = std::thread::Builder::new().name("ws2 process".into()).stack_size(64 * 1024).spawn(move || {
        // Linux keeps the times until somebody has asked for the end.
        let ended = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        if let Ok(number) = pid(id)
            && retry_on_intr(|| waitid(WaitId::Pid(number), ended)).is_ok()
            && let Some(times) = times::of_ended(id)
        {
            end.tell_times(times);
        }
        let code = child.wait().map_or(u32::MAX, ended_with);
        end.tell(code);
    });
    match watcher {
        Ok(_) => Ok(Begun { process, thread, id }),
        Err(_) => {
            // Nobody would see it end.
            let _ = signal(id);
            for handle in [process, thread] {
                let _ = wait::close(handle);
            }
            Err(error::NOT_ENOUGH_MEMORY)
        }
    }
}

/// How often it is looked whether anybody still has a handle of a process that was opened.
const LOOKS_EVERY: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

/// A HANDLE of a process that runs already. One that is no child of this one is said to have ended with 0.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if there is no such process; [`error::NOT_ENOUGH_MEMORY`] if no thread can begin.
///
/// ```
/// use winbase::process;
///
/// let opened = process::open(std::process::id())?;
/// assert_eq!(process::id(opened)?, std::process::id());
/// assert_eq!(process::exit_code(opened)?, 259);
/// assert!(process::open(u32::MAX).is_err());
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "OpenProcess")]
pub fn open(id: u32) -> Result<usize, Code> {
    let number = pid(id).map_err(|_| error::INVALID_PARAMETER)?;
    let watched = pidfd_open(number, PidfdFlags::empty()).map_err(|errno| match errno {
        Errno::MFILE | Errno::NFILE => error::TOO_MANY_OPEN_FILES,
        _ => error::INVALID_PARAMETER,
    })?;
    let (process, thread, end) = wait::add_process(id)?;
    wait::close(thread)?;
    let watcher = std::thread::Builder::new().name("ws2 process".into()).stack_size(64 * 1024).spawn(move || {
        while end.is_wanted() {
            if poll(&mut [PollFd::new(&watched, PollFlags::IN)], Some(&LOOKS_EVERY)).is_ok_and(|count| count > 0) {
                return end.tell(0);
            }
        }
    });
    if watcher.is_err() {
        wait::close(process)?;
        return Err(error::NOT_ENOUGH_MEMORY);
    }
    Ok(process)
}

/// The code that Windows tells of such an end: a fault is the status of its exception.
fn ended_with(status: ExitStatus) -> u32 {
    match status.signal() {
        None => status.code().unwrap_or(0).cast_unsigned(),
        Some(2) => 0xC000_013A,      // SIGINT: STATUS_CONTROL_C_EXIT
        Some(4) => 0xC000_001D,      // SIGILL: STATUS_ILLEGAL_INSTRUCTION
        Some(8) => 0xC000_0094,      // SIGFPE: STATUS_INTEGER_DIVIDE_BY_ZERO
        Some(7 | 11) => 0xC000_0005, // SIGBUS, SIGSEGV: STATUS_ACCESS_VIOLATION
        Some(6) => 3,                // SIGABRT: what Microsoft's abort ends with
        Some(other) => 128 + other.cast_unsigned(),
    }
}

fn refusal(failure: &std::io::Error) -> Code {
    const ENOEXEC: i32 = 8;
    match failure.raw_os_error() {
        Some(ENOEXEC) => BAD_EXE_FORMAT,
        _ => from_io(failure),
    }
}

/// A copy of what a HANDLE stands for.
fn stream(handle: usize) -> Result<Stdio, Code> {
    if handle == 0 || handle == usize::MAX {
        return Ok(Stdio::null());
    }
    if winsock::check(handle).is_ok() {
        return winsock::descriptor(handle).map(Stdio::from).map_err(|_| error::TOO_MANY_OPEN_FILES);
    }
    let copy: OwnedFd = file::get(handle)?.as_fd().try_clone_to_owned().map_err(|failure| from_io(&failure))?;
    Ok(copy.into())
}

fn command(request: &Request) -> Result<Command, Code> {
    let line = request.command_line.trim_start();
    let arguments = split(line);
    let named = request.program.as_deref().or(arguments.first().map(String::as_str)).unwrap_or_default();
    if named.is_empty() {
        return Err(error::INVALID_PARAMETER);
    }
    if let Some(file) = find(named, request.searches || request.program.is_none()) {
        let mut command = Command::new(file);
        command.arg0(arguments.first().map_or(named, String::as_str)).args(arguments.get(1..).unwrap_or_default());
        return Ok(command);
    }
    if is_shell(named) {
        return Ok(shell(line));
    }
    let linux = path::to_linux(named);
    let has_folder = linux.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    Err(if has_folder { error::FILE_NOT_FOUND } else { error::PATH_NOT_FOUND })
}

fn is_shell(program: &str) -> bool {
    let name = program.rsplit(['\\', '/']).next().unwrap_or(program);
    ["cmd", "cmd.exe", "command.com"].iter().any(|shell| shell.eq_ignore_ascii_case(name))
}

/// The system's shell in the place of cmd.exe.
fn shell(line: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    // What follows the switch is a line of its own, whose outer quotes go.
    let lower = line.to_ascii_lowercase();
    let switch = ["/c", "/k"].iter().filter_map(|switch| lower.find(&format!(" {switch}"))).min();
    if let Some(at) = switch {
        let rest = line[at + 3..].trim();
        let bare = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(rest);
        command.arg("-c").arg(bare);
    }
    command
}

/// The file of a program; from a command line, where Windows looks for it.
fn find(named: &str, searches: bool) -> Option<PathBuf> {
    let linux = path::to_linux(named);
    let bare =
        linux.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("exe")).then(|| linux.with_extension(""));
    let names: Vec<PathBuf> = std::iter::once(linux).chain(bare).collect();
    let has_folder = names[0].components().count() > 1;
    let here = PathBuf::from(".");
    let mut folders = vec![here.clone()];
    if searches && !has_folder {
        let own = std::env::current_exe().ok().and_then(|own| own.parent().map(Path::to_owned));
        let listed = std::env::var_os("PATH").unwrap_or_default();
        folders = own.into_iter().chain([here]).chain(std::env::split_paths(&listed)).collect();
    }
    let all = folders.iter().flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    all.map(|file| path::to_linux(&file.to_string_lossy())).find(|file| file.is_file())
}

/// What a process has ended with; 259 (`STILL_ACTIVE`) while it runs.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetExitCodeProcess")]
pub fn exit_code(process: usize) -> Result<u32, Code> {
    if process == wait::CURRENT_PROCESS {
        return Ok(STILL_ACTIVE);
    }
    wait::process_exit_code(process)
}

const STILL_ACTIVE: u32 = 259;

/// Linux' number of a process.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetProcessId")]
pub fn id(process: usize) -> Result<u32, Code> {
    if process == wait::CURRENT_PROCESS { Ok(std::process::id()) } else { wait::process_id(process) }
}

/// Ends a process at once; it will be said to have ended with this code.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::ACCESS_DENIED`] if it has ended already.
#[doc(alias = "TerminateProcess")]
pub fn terminate(process: usize, code: u32) -> Result<(), Code> {
    if exit_code(process)? != STILL_ACTIVE {
        return Err(error::ACCESS_DENIED);
    }
    wait::set_process_exit_code(process, code)?;
    signal(wait::process_id(process)?)
}

fn signal(id: u32) -> Result<(), Code> {
    kill_process(pid(id)?, Signal::KILL).map_err(from_errno)
}

fn pid(id: u32) -> Result<Pid, Code> {
    i32::try_from(id).ok().and_then(Pid::from_raw).ok_or(error::INVALID_PARAMETER)
}

/// Windows' priorities of threads, and the niceness that stands for each.
const THREAD_PRIORITIES: [(i32, i32); 7] = [(15, -20), (2, -10), (1, -5), (0, 0), (-1, 5), (-2, 10), (-15, 19)];
/// The same for the classes of processes: `REALTIME_`, `HIGH_`, `ABOVE_NORMAL_`, `NORMAL_`, `BELOW_NORMAL_`,
/// `IDLE_PRIORITY_CLASS`.
const PRIORITY_CLASSES: [(u32, i32); 6] = [(0x100, -20), (0x80, -10), (0x8000, -5), (0x20, 0), (0x4000, 5), (0x40, 19)];

/// Sets the priority of a thread or process by Linux' number. Rising takes a right on Linux; without it the priority
/// stays, and nothing fails, as nothing does on Windows.
fn set_niceness(id: u32, nice: i32) -> Result<(), Code> {
    match setpriority_process(Some(pid(id)?), nice) {
        Ok(()) | Err(Errno::ACCESS | Errno::PERM) => Ok(()),
        Err(_) => Err(error::INVALID_HANDLE),
    }
}

fn niceness(id: u32) -> Result<i32, Code> {
    getpriority_process(Some(pid(id)?)).map_err(|_| error::INVALID_HANDLE)
}

fn nearest<T: Copy>(all: &[(T, i32)], nice: i32) -> T {
    all.iter().min_by_key(|(_, own)| own.abs_diff(nice)).expect("there are some").0
}

/// Sets the priority of a thread: `THREAD_PRIORITY_`.
///
/// # Errors
/// [`error::INVALID_PARAMETER`], [`error::INVALID_HANDLE`].
#[doc(alias = "SetThreadPriority")]
pub fn set_thread_priority(thread: usize, priority: i32) -> Result<(), Code> {
    let known = THREAD_PRIORITIES.iter().find(|(number, _)| *number == priority);
    set_niceness(wait::thread_id(thread)?, known.ok_or(error::INVALID_PARAMETER)?.1)
}

/// The priority of a thread, as Linux has it now.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetThreadPriority")]
pub fn thread_priority(thread: usize) -> Result<i32, Code> {
    niceness(wait::thread_id(thread)?).map(|nice| nearest(&THREAD_PRIORITIES, nice))
}

/// Sets the priority of a process: `_PRIORITY_CLASS`. Threads that run already keep theirs.
///
/// # Errors
/// [`error::INVALID_PARAMETER`], [`error::INVALID_HANDLE`].
#[doc(alias = "SetPriorityClass")]
pub fn set_priority_class(process: usize, class: u32) -> Result<(), Code> {
    let known = PRIORITY_CLASSES.iter().find(|(number, _)| *number == class);
    set_niceness(id(process)?, known.ok_or(error::INVALID_PARAMETER)?.1)
}

/// The priority of a process, as Linux has it now.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetPriorityClass")]
pub fn priority_class(process: usize) -> Result<u32, Code> {
    niceness(id(process)?).map(|nice| nearest(&PRIORITY_CLASSES, nice))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: &str) -> u32 {
        let begun = begin(&Request { command_line: line.into(), ..Request::default() }).unwrap();
        wait::wait_for_object(begun.process, None, false).unwrap();
        exit_code(begun.process).unwrap()
    }

    #[test]
    fn the_shell_takes_the_place_of_cmd() {
        assert_eq!(run("cmd /c exit 7"), 7);
        assert_eq!(run(r#"C:\Windows\System32\cmd.exe /C "test 1 = 1""#), 0);
    }

    #[test]
    fn a_program_is_found_with_and_without_exe() {
        assert_eq!(run("true.exe"), 0);
        assert_eq!(run("FALSE.EXE"), 1);
        let missing = Request { command_line: "no-such-program.exe x".into(), ..Request::default() };
        assert_eq!(begin(&missing).unwrap_err(), error::FILE_NOT_FOUND);
        let elsewhere = Request { command_line: r"C:\no-such-folder\x.exe".into(), ..Request::default() };
        assert_eq!(begin(&elsewhere).unwrap_err(), error::PATH_NOT_FOUND);
    }

    #[test]
    fn what_it_writes_comes_through_a_pipe() {
        let (reading, writing) = file::pipe().unwrap();
        let request = Request {
            command_line: "cmd /c echo $WORD".into(),
            environment: Some(vec![("WORD".into(), "hello".into())]),
            standard: Some([0, writing, 0]),
            ..Request::default()
        };
        let begun = begin(&request).unwrap();
        winsock::port::by_handle::close(writing).unwrap();
        let mut text = [0; 64];
        assert_eq!(file::read(reading, &mut text).map(|count| text[..count].to_vec()), Ok(b"hello\n".to_vec()));
        wait::wait_for_object(begun.thread, None, false).unwrap();
    }

    #[test]
    fn a_process_that_is_terminated_has_the_code_given() {
        let begun = begin(&Request { command_line: "sleep 100".into(), ..Request::default() }).unwrap();
        assert_eq!(exit_code(begun.process), Ok(STILL_ACTIVE));
        terminate(begun.process, 42).unwrap();
        wait::wait_for_object(begun.process, None, false).unwrap();
        assert_eq!(exit_code(begun.process), Ok(42));
        assert_eq!(terminate(begun.process, 1), Err(error::ACCESS_DENIED));
    }
}
