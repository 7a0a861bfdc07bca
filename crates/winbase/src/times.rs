//! How long processes, threads and processors have worked: what Linux counts, in hundredths of a second.

use std::fs;
use std::sync::OnceLock;

use winsock::wait;
pub use winsock::wait::ProcessTimes;

use crate::time::FileTime;
use crate::{Code, error, process};

/// The units of `FILETIME` in a second.
const PER_SECOND: u64 = 10_000_000;

/// The units of `FILETIME` in a tick of Linux, of which programs see 100 a second. Source: Linux,
/// include/uapi/asm-generic/param.h, `USER_HZ`.
const PER_TICK: u64 = PER_SECOND / 100;

/// The times of a process.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
///
/// ```
/// use winbase::times;
///
/// let own = times::of_process(winsock::wait::CURRENT_PROCESS)?;
/// assert!(own.created > 0 && own.exited == 0);
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "GetProcessTimes")]
pub fn of_process(handle: usize) -> Result<ProcessTimes, Code> {
    if handle != wait::CURRENT_PROCESS
        && let Some(times) = wait::process_times(handle)?
    {
        return Ok(times);
    }
    let id = process::id(handle)?;
    Ok(read(&format!("/proc/{id}/stat")).unwrap_or_default())
}

/// The times of a thread. One that has ended has none any more.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetThreadTimes")]
pub fn of_thread(handle: usize) -> Result<ProcessTimes, Code> {
    let id = wait::thread_id(handle)?;
    Ok(read(&format!("/proc/self/task/{id}/stat")).unwrap_or_default())
}

/// The times of all processors since the system began: idle, in the kernel with those idle, outside of it.
///
/// # Errors
/// [`error::NOT_SUPPORTED`] if Linux does not tell.
#[doc(alias = "GetSystemTimes")]
pub fn of_system() -> Result<[u64; 3], Code> {
    let all = fs::read_to_string("/proc/stat").map_err(|_| error::NOT_SUPPORTED)?;
    let line = all.lines().find_map(|line| line.strip_prefix("cpu ")).ok_or(error::NOT_SUPPORTED)?;
    let mut counts =
        line.split_ascii_whitespace().map(|count| count.parse::<u64>().map_or(0, |ticks| ticks * PER_TICK));
    // proc(5): user, nice, system, idle, iowait, irq, softirq, steal.
    let [user, nice, system, idle, waiting, interrupts, later, stolen] =
        std::array::from_fn(|_| counts.next().unwrap_or(0));
    let idle = idle + waiting;
    Ok([idle, idle + system + interrupts + later + stolen, user + nice])
}

/// The times of a child that has ended and was not waited for yet.
pub(crate) fn of_ended(id: u32) -> Option<ProcessTimes> {
    read(&format!("/proc/{id}/stat")).map(|times| ProcessTimes { exited: FileTime::now().0, ..times })
}

/// Source: proc(5), `/proc/PID/stat`: fields 14, 15 and 22. The name in the second may hold anything.
fn read(path: &str) -> Option<ProcessTimes> {
    let line = fs::read_to_string(path).ok()?;
    let fields: Vec<&str> = line.rsplit_once(')')?.1.split_ascii_whitespace().collect();
    let field = |number: usize| Some(fields.get(number - 3)?.parse::<u64>().ok()? * PER_TICK);
    Some(ProcessTimes { created: start_of_system()? + field(22)?, exited: 0, kernel: field(15)?, user: field(14)? })
}

/// When the system began. Worked out once, as programs tell processes with the same number apart by when they were created.
///
/// At most two ticks too early: a process seems to have been created before whatever it did. Read from /proc, not from the
/// clock that counts since then: what asks Linux for clocks directly ends a program under older valgrinds.
fn start_of_system() -> Option<u64> {
    static START: OnceLock<Option<u64>> = OnceLock::new();
    *START.get_or_init(|| {
        let uptime = fs::read_to_string("/proc/uptime").ok()?;
        let (seconds, hundredths) = uptime.split_ascii_whitespace().next()?.split_once('.')?;
        let ticks = seconds.parse::<u64>().ok()? * 100 + hundredths.parse::<u64>().ok()? + 1;
        FileTime::now().0.checked_sub(ticks * PER_TICK)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Request;

    #[test]
    fn what_a_child_used_up_is_known_when_it_has_ended() {
        let line = "cmd /c i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done";
        let begun = process::begin(&Request { command_line: line.into(), ..Request::default() }).unwrap();
        wait::wait_for_object(begun.process, None, false).unwrap();
        let times = of_process(begun.process).unwrap();
        assert!(times.user > 0 && times.created > 0 && times.exited >= times.created, "{times:?}");
        for handle in [begun.process, begun.thread] {
            wait::close(handle).unwrap();
        }
    }

    #[test]
    fn when_a_process_was_created_stays_the_same() {
        let created = || of_process(wait::CURRENT_PROCESS).unwrap().created;
        let [first, now] = [created(), FileTime::now().0];
        assert!(first <= now && now - first < 3600 * PER_SECOND, "{first} {now}");
        std::thread::sleep(std::time::Duration::from_millis(25));
        assert_eq!(created(), first);
    }

    #[test]
    fn processors_are_idle_at_most_as_long_as_they_are_in_the_kernel() {
        let [idle, kernel, user] = of_system().unwrap();
        assert!(idle <= kernel && user > 0);
    }
}
