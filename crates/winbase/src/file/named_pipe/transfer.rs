//! What goes through a pipe.

use rustix::io::{Errno, retry_on_intr};
use rustix::net::{RecvFlags, SendFlags, recv, send};
use winsock::Code;
use winsock::file::File;

use super::{BAD_PIPE, PIPE_BUSY, PIPE_LISTENING, PIPE_NOT_CONNECTED, Phase, Pipe};
use crate::error::{self, from_errno};
use crate::sync::lock;

impl Pipe {
    /// Whether the mode of the end lets it wait. Takes a client that has come, whether it was waited for or not.
    pub(super) fn check(&self) -> Result<bool, Code> {
        if let Some(service) = &self.service {
            service.settle();
        }
        let end = lock(&self.state);
        match end.phase {
            Phase::Connected => Ok(end.waits),
            Phase::Listening => Err(PIPE_LISTENING),
            Phase::Disconnected => Err(PIPE_NOT_CONNECTED),
        }
    }

    /// Whether the end can make a transaction now.
    pub(super) fn check_transaction(&self, file: &File) -> Result<(), Code> {
        if !lock(&self.state).reads_messages {
            return Err(BAD_PIPE);
        }
        // Source: dlls/kernel32/tests/pipe.c, test_TransactNamedPipe.
        if self.peek(file, &mut [])?.1 > 0 { Err(PIPE_BUSY) } else { Ok(()) }
    }

    pub(super) fn read(&self, file: &File, into: &mut [u8]) -> Result<(usize, bool), Code> {
        let waits = self.check()?;
        self.read_now(file, into, waits)
    }

    /// Reads from a pipe that is connected; [`error::NO_DATA`] if nothing is there and it does not wait.
    pub(super) fn read_now(&self, file: &File, into: &mut [u8], waits: bool) -> Result<(usize, bool), Code> {
        if !self.is_message {
            return receive(file, into, waits, RecvFlags::empty()).map(|count| (count, false));
        }
        {
            let mut end = lock(&self.state);
            if !end.rest.is_empty() {
                let count = into.len().min(end.rest.len());
                into.iter_mut().zip(end.rest.drain(..count)).for_each(|(place, byte)| *place = byte);
                return Ok((count, end.reads_messages && !end.rest.is_empty()));
            }
        }
        // How long it is shows before it is taken.
        let length = receive(file, &mut [0], waits, RecvFlags::PEEK | RecvFlags::TRUNC)?;
        let mut message = vec![0; length];
        receive(file, &mut message, waits, RecvFlags::empty())?;
        let count = length.min(into.len());
        into[..count].copy_from_slice(&message[..count]);
        let mut end = lock(&self.state);
        end.rest.extend(&message[count..]);
        Ok((count, end.reads_messages && count < length))
    }

    pub(super) fn write(&self, file: &File, from: &[u8]) -> Result<usize, Code> {
        let waits = self.check()?;
        self.write_now(file, from, waits)
    }

    /// Writes to a pipe that is connected; less than all only if it does not wait.
    pub(super) fn write_now(&self, file: &File, from: &[u8], waits: bool) -> Result<usize, Code> {
        let flags = SendFlags::NOSIGNAL | if waits { SendFlags::empty() } else { SendFlags::DONTWAIT };
        let mut done = 0;
        while done < from.len() {
            match send(file, &from[done..], flags) {
                Ok(count) => done += count,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => break,
                // The other end is closed.
                Err(Errno::PIPE | Errno::CONNRESET) => return Err(error::NO_DATA),
                Err(errno) => return Err(from_errno(errno)),
            }
        }
        Ok(done)
    }

    pub(super) fn peek(&self, file: &File, into: &mut [u8]) -> Result<(usize, u64, u64), Code> {
        // Source: dlls/kernel32/tests/pipe.c, test_CreateNamedPipe and test_DisconnectNamedPipe, checked on Windows.
        self.check().map_err(|code| if self.service.is_some() { BAD_PIPE } else { code })?;
        let end = lock(&self.state);
        if !end.rest.is_empty() {
            let count = into.len().min(end.rest.len());
            into.iter_mut().zip(&end.rest).for_each(|(place, byte)| *place = *byte);
            return Ok((count, end.rest.len() as u64, (end.rest.len() - count) as u64));
        }
        let flags = RecvFlags::PEEK | if self.is_message { RecvFlags::TRUNC } else { RecvFlags::empty() };
        let mut one = [0];
        let place = if into.is_empty() { &mut one[..] } else { &mut *into };
        let length = match receive(file, place, false, flags) {
            Err(error::NO_DATA) => return Ok((0, 0, 0)),
            length => length?,
        };
        let count = length.min(into.len());
        if self.is_message {
            return Ok((count, length as u64, (length - count) as u64));
        }
        // Bytes have no message: Windows tells how far the copy goes beyond none. Source: dlls/kernel32/tests/pipe.c,
        // test_CreateNamedPipe.
        let left = 0u64.wrapping_sub(count as u64);
        Ok((count, rustix::io::ioctl_fionread(file).map_err(from_errno)?, left))
    }
}

/// Receives; nothing more is a broken pipe, and nothing yet is no data where the end does not wait.
fn receive(file: &File, into: &mut [u8], waits: bool, flags: RecvFlags) -> Result<usize, Code> {
    let flags = if waits { flags } else { flags | RecvFlags::DONTWAIT };
    match retry_on_intr(|| recv(file, &mut *into, flags)) {
        Ok((_, 0)) if !into.is_empty() => Err(error::BROKEN_PIPE),
        Ok((_, count)) => Ok(count),
        Err(Errno::AGAIN) => Err(error::NO_DATA),
        Err(Errno::CONNRESET) => Err(error::BROKEN_PIPE),
        Err(errno) => Err(from_errno(errno)),
    }
}
