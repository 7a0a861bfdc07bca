//! On which processors threads and processes run: Windows' masks, one bit for each of the first 64 processors.

use std::sync::{Mutex, PoisonError};

use rustix::io::Errno;
use rustix::thread::{CpuSet, Pid, sched_getaffinity, sched_setaffinity};
use winsock::{Code, wait};

use crate::error;
use crate::process;

/// Processors that a mask has room for.
const PROCESSORS: usize = 64;

/// The process's own mask, from the first time that it matters: Linux has one for each thread only.
static OWN: Mutex<Option<u64>> = Mutex::new(None);

/// Sets on which processors a thread runs, and tells where it ran until now.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for none, and for processors that the process does not run on; [`error::INVALID_HANDLE`].
///
/// ```
/// use winbase::affinity;
///
/// let (own, _) = affinity::of_process(winsock::wait::CURRENT_PROCESS)?;
/// let one = own & own.wrapping_neg();
/// assert_eq!(affinity::set_of_thread(winsock::wait::CURRENT_THREAD, one)?, own);
/// assert_eq!(affinity::set_of_thread(winsock::wait::CURRENT_THREAD, own)?, one);
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "SetThreadAffinityMask")]
pub fn set_of_thread(thread: usize, mask: u64) -> Result<u64, Code> {
    let id = pid(wait::thread_id(thread)?)?;
    let (allowed, _) = of_process(wait::CURRENT_PROCESS)?;
    if mask & !allowed != 0 {
        return Err(error::INVALID_PARAMETER);
    }
    let before = get(id)?;
    set(id, mask)?;
    Ok(before)
}

/// On which processor the calling thread runs at the moment.
#[doc(alias = "GetCurrentProcessorNumber")]
#[must_use]
pub fn current_processor() -> usize {
    rustix::thread::sched_getcpu()
}

/// On which processors a process may run, and which there are.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetProcessAffinityMask")]
pub fn of_process(process: usize) -> Result<(u64, u64), Code> {
    let id = process::id(process)?;
    let mask = if id == std::process::id() {
        let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
        match *own {
            Some(mask) => mask,
            None => *own.insert(get(pid(id)?)?),
        }
    } else {
        get(pid(id)?)?
    };
    Ok((mask, mask | existing()))
}

/// Sets on which processors a process runs: all the threads that it has, and those that they begin.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for none, and for processors that there are not; [`error::INVALID_HANDLE`],
/// [`error::ACCESS_DENIED`].
#[doc(alias = "SetProcessAffinityMask")]
pub fn set_of_process(process: usize, mask: u64) -> Result<(), Code> {
    let (_, existing) = of_process(process)?;
    if mask & !existing != 0 {
        return Err(error::INVALID_PARAMETER);
    }
    let id = process::id(process)?;
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).map_err(|error| crate::error::from_io(&error))?;
    for task in tasks.flatten().filter_map(|task| task.file_name().to_str()?.parse().ok()) {
        match set(pid(task)?, mask) {
            // A thread that ended meanwhile.
            Err(error::INVALID_HANDLE) => {}
            done => done?,
        }
    }
    if id == std::process::id() {
        *OWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(mask);
    }
    Ok(())
}

fn pid(id: u32) -> Result<Pid, Code> {
    i32::try_from(id).ok().and_then(Pid::from_raw).ok_or(error::INVALID_PARAMETER)
}

fn get(id: Pid) -> Result<u64, Code> {
    let set = sched_getaffinity(Some(id)).map_err(code)?;
    Ok((0..PROCESSORS).filter(|processor| set.is_set(*processor)).fold(0, |mask, processor| mask | 1 << processor))
}

fn set(id: Pid, mask: u64) -> Result<(), Code> {
    let mut set = CpuSet::new();
    (0..PROCESSORS).filter(|processor| mask >> processor & 1 != 0).for_each(|processor| set.set(processor));
    sched_setaffinity(Some(id), &set).map_err(code)
}

fn code(errno: Errno) -> Code {
    match errno {
        Errno::SRCH => error::INVALID_HANDLE,
        errno => error::from_errno(errno),
    }
}

/// The processors that are at work, or all 64 if the system does not tell.
fn existing() -> u64 {
    let list = std::fs::read_to_string("/sys/devices/system/cpu/online").unwrap_or_default();
    parse(list.trim()).unwrap_or(u64::MAX)
}

/// A mask from Linux' list: `0-3,6`.
fn parse(list: &str) -> Option<u64> {
    list.split(',').try_fold(0, |mask, range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
        Some(
            (first..=last)
                .take_while(|processor| *processor < PROCESSORS)
                .fold(mask, |mask, processor| mask | 1 << processor),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_processors_become_masks() {
        assert_eq!(parse("0-3,6"), Some(0x4f));
        assert_eq!(parse("0-127"), Some(u64::MAX));
        assert_eq!(parse("5"), Some(0x20));
        assert_eq!(parse(""), None);
    }

    #[test]
    fn no_processor_and_one_that_is_not_are_refused() {
        assert_eq!(set_of_thread(wait::CURRENT_THREAD, 0), Err(error::INVALID_PARAMETER));
        let (own, existing) = of_process(wait::CURRENT_PROCESS).unwrap();
        assert!(own != 0 && own & !existing == 0);
        if existing != u64::MAX {
            assert_eq!(set_of_thread(wait::CURRENT_THREAD, !existing), Err(error::INVALID_PARAMETER));
            assert_eq!(set_of_process(wait::CURRENT_PROCESS, !existing), Err(error::INVALID_PARAMETER));
        }
        assert_eq!(set_of_thread(12, 1), Err(error::INVALID_HANDLE));
    }
}
