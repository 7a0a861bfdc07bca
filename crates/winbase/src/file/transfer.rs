//! Reading and writing.

use rustix::io::{Errno, retry_on_intr};
use rustix::pipe::PipeFlags;
use winsock::Code;
use winsock::file::{File, insert};

use super::get;
use crate::error::{self, from_errno};

/// Reads at the position and moves it; 0 at the end of a file.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::ACCESS_DENIED`] if it was not opened for reading; [`error::BROKEN_PIPE`] at the
/// end of a pipe, where a file gives 0 bytes.
#[doc(alias = "ReadFile")]
pub fn read(handle: usize, into: &mut [u8]) -> Result<usize, Code> {
    winsock::port::before_blocking();
    let file = get(handle)?;
    if let Some(done) = crate::serial::read(handle, &file, into) {
        return done;
    }
    if let Some(done) = super::mailslot::read(handle, into) {
        return done;
    }
    if let Some(done) = super::named_pipe::read(&file, into) {
        return done.map(|(count, _)| count);
    }
    let count = retry_on_intr(|| rustix::io::read(&*file, &mut *into)).map_err(refusal)?;
    if count == 0 && !into.is_empty() && is_pipe(&file) { Err(error::BROKEN_PIPE) } else { Ok(count) }
}

/// [`read`], or [`read_at`] an offset; and whether more of a pipe's message is left, which Windows tells as
/// [`error::MORE_DATA`] beside the count.
///
/// # Errors
/// Those of the two.
#[doc(alias = "ReadFile")]
pub fn read_part(handle: usize, into: &mut [u8], offset: Option<u64>) -> Result<(usize, bool), Code> {
    winsock::port::before_blocking();
    if let Some(done) = super::named_pipe::read(&*get(handle)?, into) {
        return done;
    }
    let count = match offset {
        Some(offset) => read_at(handle, into, offset),
        None => read(handle, into),
    };
    Ok((count?, false))
}

/// Reads at `offset` bytes from the beginning.
///
/// # Errors
/// Those of [`read`], and [`error::HANDLE_EOF`] at or beyond the end. Docs: "ReadFile function", Remarks.
#[doc(alias = "ReadFile")]
pub fn read_at(handle: usize, into: &mut [u8], offset: u64) -> Result<usize, Code> {
    let file = get(handle)?;
    match retry_on_intr(|| rustix::io::pread(&*file, &mut *into, offset)) {
        Ok(0) if !into.is_empty() => Err(error::HANDLE_EOF),
        Ok(count) => Ok(count),
        Err(Errno::SPIPE) => read(handle, into),
        Err(errno) => Err(refusal(errno)),
    }
}

/// Writes all at the position and moves it.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::ACCESS_DENIED`] if it was not opened for writing; [`error::NO_DATA`] if nobody
/// reads the pipe any more; `ERROR_DISK_FULL`.
#[doc(alias = "WriteFile")]
pub fn write(handle: usize, from: &[u8]) -> Result<usize, Code> {
    winsock::port::before_blocking();
    let file = get(handle)?;
    if let Some(done) = super::named_pipe::write(&file, from) {
        return done;
    }
    all(from, |rest, _| rustix::io::write(&*file, rest))
}

/// Writes all at `offset` bytes from the beginning.
///
/// # Errors
/// Those of [`write()`].
#[doc(alias = "WriteFile")]
pub fn write_at(handle: usize, from: &[u8], offset: u64) -> Result<usize, Code> {
    winsock::port::before_blocking();
    let file = get(handle)?;
    if let Some(done) = super::named_pipe::write(&file, from) {
        return done;
    }
    all(from, |rest, done| match rustix::io::pwrite(&*file, rest, offset + done as u64) {
        Err(Errno::SPIPE) => rustix::io::write(&*file, rest),
        other => other,
    })
}

fn all(from: &[u8], once: impl Fn(&[u8], usize) -> rustix::io::Result<usize>) -> Result<usize, Code> {
    let mut done = 0;
    while done < from.len() {
        match once(&from[done..], done) {
            Ok(0) => break,
            Ok(count) => done += count,
            Err(Errno::INTR) => {}
            Err(_) if done > 0 => break,
            Err(errno) => return Err(refusal(errno)),
        }
    }
    Ok(done)
}

/// A file that is open the other way is a bad descriptor to Linux and a matter of rights to Windows.
fn refusal(errno: Errno) -> Code {
    match errno {
        Errno::BADF => error::ACCESS_DENIED,
        Errno::ISDIR => Code::new(1), // ERROR_INVALID_FUNCTION
        other => from_errno(other),
    }
}

fn is_pipe(file: &File) -> bool {
    rustix::fs::fstat(file).is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_fifo())
}

/// A pipe: the handle to read from and the one to write to.
///
/// # Errors
/// [`error::TOO_MANY_OPEN_FILES`].
#[doc(alias = "CreatePipe")]
pub fn pipe() -> Result<(usize, usize), Code> {
    let (reading, writing) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC).map_err(from_errno)?;
    Ok((insert(File::new(reading))?, insert(File::new(writing))?))
}

/// Copies what waits in a pipe, and leaves it there; the count, how many bytes wait in all, and how many of a message are
/// left.
///
/// # Errors
/// Those of [`available`].
#[doc(alias = "PeekNamedPipe")]
pub fn peek(handle: usize, into: &mut [u8]) -> Result<(usize, u64, u64), Code> {
    let file = get(handle)?;
    if let Some(seen) = super::named_pipe::peek(&file, into) {
        return seen;
    }
    let waiting = available(handle)?;
    if waiting == 0 || into.is_empty() {
        return Ok((0, waiting, 0));
    }
    let (reading, writing) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC).map_err(from_errno)?;
    let flags = rustix::pipe::SpliceFlags::NONBLOCK;
    rustix::pipe::tee(&*file, &writing, into.len(), flags).map_err(from_errno)?;
    drop(writing);
    let mut count = 0;
    while count < into.len() {
        match retry_on_intr(|| rustix::io::read(&reading, &mut into[count..])).map_err(from_errno)? {
            0 => break,
            more => count += more,
        }
    }
    Ok((count, waiting, 0))
}

/// How many bytes wait in a pipe.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::BROKEN_PIPE`] if there are none and nobody writes any more.
#[doc(alias = "PeekNamedPipe")]
pub fn available(handle: usize) -> Result<u64, Code> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let file = get(handle)?;
    // Asked in this order: nobody adds to a pipe that has no writer any more.
    let mut asked = [PollFd::new(&*file, PollFlags::IN)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut asked, Some(&now)).map_err(from_errno)?;
    let is_left = asked[0].revents().contains(PollFlags::HUP);
    let waiting = rustix::io::ioctl_fionread(&*file).map_err(from_errno)?;
    if waiting == 0 && is_left {
        return Err(error::BROKEN_PIPE);
    }
    Ok(waiting)
}
