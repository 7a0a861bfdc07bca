//! Serial ports, which are terminals to Linux.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::termios::{
    ControlModes, InputModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr, tcsetattr,
};
use winsock::Code;
use winsock::file::File;

use crate::error::{self, from_errno};
use crate::file::get;

/// What a port is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Bits per second.
    pub baud: u32,
    /// Bits of a byte, 5 to 8.
    pub bits: u8,
    /// How bytes are checked.
    pub parity: Parity,
    /// Two stop bits instead of one.
    pub has_two_stop_bits: bool,
    /// The CTS line holds output back.
    pub hardware_flow: bool,
    /// XOFF holds output back; is sent when input is full.
    pub software_flow: (bool, bool),
}

/// How bytes are checked: `NOPARITY` and its kin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Parity {
    None = 0,
    Odd = 1,
    Even = 2,
    Mark = 3,
    Space = 4,
}

impl Parity {
    /// By Windows' number.
    ///
    /// # Errors
    /// [`error::INVALID_PARAMETER`].
    pub fn new(number: u8) -> Result<Parity, Code> {
        [Parity::None, Parity::Odd, Parity::Even, Parity::Mark, Parity::Space]
            .into_iter()
            .find(|parity| *parity as u8 == number)
            .ok_or(error::INVALID_PARAMETER)
    }
}

/// How long transfers wait, in milliseconds: `COMMTIMEOUTS`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timeouts {
    /// Between two bytes that are read; 0 for ever, `u32::MAX` with both others 0: not at all.
    pub read_interval: u32,
    /// For each byte that is wanted.
    pub read_multiplier: u32,
    /// Beside that; both 0 is for ever.
    pub read_constant: u32,
    /// The same for writing, which waits for nothing here.
    pub write_multiplier: u32,
    /// As above.
    pub write_constant: u32,
}

static ANY: AtomicBool = AtomicBool::new(false);
static TIMEOUTS: LazyLock<Mutex<HashMap<usize, Timeouts>>> = LazyLock::new(Mutex::default);

fn all_timeouts() -> MutexGuard<'static, HashMap<usize, Timeouts>> {
    TIMEOUTS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn modes(file: &File) -> Result<Termios, Code> {
    tcgetattr(file).map_err(|errno| if errno == Errno::NOTTY { Code::new(1) } else { from_errno(errno) })
}

/// What a port is set to.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; `ERROR_INVALID_FUNCTION` for what is no serial port.
#[doc(alias = "GetCommState")]
pub fn settings(port: usize) -> Result<Settings, Code> {
    let modes = modes(&*get(port)?)?;
    let control = modes.control_modes;
    let parity = match (control.contains(ControlModes::PARENB), control.contains(ControlModes::PARODD)) {
        (false, _) => Parity::None,
        (true, is_odd) if control.contains(ControlModes::CMSPAR) => {
            if is_odd {
                Parity::Mark
            } else {
                Parity::Space
            }
        }
        (true, true) => Parity::Odd,
        (true, false) => Parity::Even,
    };
    let size = control & ControlModes::CSIZE;
    let bits = [(ControlModes::CS5, 5), (ControlModes::CS6, 6), (ControlModes::CS7, 7)];
    Ok(Settings {
        baud: modes.output_speed(),
        bits: bits.into_iter().find(|(flag, _)| size == *flag).map_or(8, |(_, bits)| bits),
        parity,
        has_two_stop_bits: control.contains(ControlModes::CSTOPB),
        hardware_flow: control.contains(ControlModes::CRTSCTS),
        software_flow: (modes.input_modes.contains(InputModes::IXON), modes.input_modes.contains(InputModes::IXOFF)),
    })
}

/// Sets a port, whose bytes pass unchanged from then on.
///
/// # Errors
/// Those of [`settings`]; [`error::INVALID_PARAMETER`] for what a port cannot be set to.
#[doc(alias = "SetCommState")]
pub fn set(port: usize, wanted: &Settings) -> Result<(), Code> {
    let file = get(port)?;
    let mut modes = modes(&file)?;
    modes.make_raw();
    let control = &mut modes.control_modes;
    control.remove(ControlModes::CSIZE | ControlModes::PARENB | ControlModes::PARODD | ControlModes::CMSPAR);
    control.insert(match wanted.bits {
        5 => ControlModes::CS5,
        6 => ControlModes::CS6,
        7 => ControlModes::CS7,
        8 => ControlModes::CS8,
        _ => return Err(error::INVALID_PARAMETER),
    });
    control.insert(match wanted.parity {
        Parity::None => ControlModes::empty(),
        Parity::Even => ControlModes::PARENB,
        Parity::Odd => ControlModes::PARENB | ControlModes::PARODD,
        Parity::Space => ControlModes::PARENB | ControlModes::CMSPAR,
        Parity::Mark => ControlModes::PARENB | ControlModes::PARODD | ControlModes::CMSPAR,
    });
    control.set(ControlModes::CSTOPB, wanted.has_two_stop_bits);
    control.set(ControlModes::CRTSCTS, wanted.hardware_flow);
    control.insert(ControlModes::CREAD | ControlModes::CLOCAL);
    modes.input_modes.set(InputModes::IXON, wanted.software_flow.0);
    modes.input_modes.set(InputModes::IXOFF, wanted.software_flow.1);
    modes.special_codes[SpecialCodeIndex::VMIN] = 1;
    modes.special_codes[SpecialCodeIndex::VTIME] = 0;
    modes.set_speed(wanted.baud).map_err(|_| error::INVALID_PARAMETER)?;
    tcsetattr(&*file, OptionalActions::Now, &modes).map_err(|_| error::INVALID_PARAMETER)
}

/// How long transfers on a port wait.
///
/// # Errors
/// Those of [`settings`].
#[doc(alias = "GetCommTimeouts")]
pub fn timeouts(port: usize) -> Result<Timeouts, Code> {
    modes(&*get(port)?)?;
    Ok(all_timeouts().get(&port).copied().unwrap_or_default())
}

/// Sets how long transfers on a port wait.
///
/// # Errors
/// Those of [`settings`].
#[doc(alias = "SetCommTimeouts")]
pub fn set_timeouts(port: usize, timeouts: Timeouts) -> Result<(), Code> {
    modes(&*get(port)?)?;
    all_timeouts().insert(port, timeouts);
    ANY.store(true, Ordering::Release);
    Ok(())
}

/// Throws away what waits to be read, to be written, or both.
///
/// # Errors
/// Those of [`settings`].
#[doc(alias = "PurgeComm")]
pub fn purge(port: usize, read: bool, written: bool) -> Result<(), Code> {
    let queue = match (read, written) {
        (true, true) => QueueSelector::IOFlush,
        (true, false) => QueueSelector::IFlush,
        (false, true) => QueueSelector::OFlush,
        (false, false) => return Ok(()),
    };
    let file = get(port)?;
    modes(&file)?;
    tcflush(&*file, queue).map_err(from_errno)
}

/// How many bytes wait to be read.
///
/// # Errors
/// Those of [`settings`].
#[doc(alias = "ClearCommError")]
pub fn waiting(port: usize) -> Result<u64, Code> {
    let file = get(port)?;
    modes(&file)?;
    rustix::io::ioctl_fionread(&*file).map_err(from_errno)
}

/// Reads from a port with its time-outs; `None` for a handle that has none.
pub(crate) fn read(port: usize, file: &File, into: &mut [u8]) -> Option<Result<usize, Code>> {
    if !ANY.load(Ordering::Acquire) {
        return None;
    }
    let timeouts = all_timeouts().get(&port).copied()?;
    modes(file).ok()?;
    Some(read_within(file, into, timeouts))
}

fn read_within(file: &File, into: &mut [u8], timeouts: Timeouts) -> Result<usize, Code> {
    let Timeouts { read_interval, read_multiplier, read_constant, .. } = timeouts;
    let at_once = read_interval == u32::MAX && read_multiplier == 0 && read_constant == 0;
    let total = u64::from(read_multiplier) * into.len() as u64 + u64::from(read_constant);
    let end = (total != 0 || at_once).then(|| Instant::now() + Duration::from_millis(total));
    let mut done = 0;
    while done < into.len() {
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        let gap = (done > 0 && read_interval != 0 && read_interval != u32::MAX)
            .then(|| Duration::from_millis(read_interval.into()));
        let wait = left.into_iter().chain(gap).min();
        if !is_ready(file, wait)? {
            break;
        }
        match retry_on_intr(|| rustix::io::read(file, &mut into[done..])).map_err(from_errno)? {
            0 => break,
            count => done += count,
        }
        // Docs: "COMMTIMEOUTS structure", Remarks: these settings return what comes first.
        if read_interval == u32::MAX && read_multiplier == u32::MAX {
            break;
        }
    }
    Ok(done)
}

fn is_ready(file: &File, wait: Option<Duration>) -> Result<bool, Code> {
    let time = wait.map(|wait| Timespec { tv_sec: wait.as_secs().cast_signed(), tv_nsec: wait.subsec_nanos().into() });
    let mut asked = [PollFd::new(file, PollFlags::IN)];
    if wait != Some(Duration::ZERO) {
        winsock::port::before_blocking();
    }
    Ok(retry_on_intr(|| poll(&mut asked, time.as_ref())).map_err(from_errno)? == 1)
}
