//! [`PollRecord`]: what the caller of a poll through `\Device\Afd` lends: its IO_STATUS_BLOCK, and room for what is found.
//!
//! The contract is that of [`super`], with the difference that NT's calls write nothing before the end: a caller that
//! compares the status with `STATUS_PENDING` has put that there itself.

use std::mem::offset_of;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};

use winsock_codes::Code;

use super::place::is_gone_with_its_thread;
use super::{Routine, Told};
use crate::overlapped::Status;
use crate::wait::{self, Call, Words};

/// Windows' `IO_STATUS_BLOCK`: the beginning of an OVERLAPPED.
#[repr(C)]
struct StatusBlock {
    status: usize,
    information: usize,
}

/// Windows' `AFD_POLL_INFO`, up to its handles.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct PollInfo {
    /// In units of 100 ns: a time since 1601, so many from now on if negative, the greatest number for ever.
    pub timeout: i64,
    /// How many handles follow.
    pub handles: u32,
    /// Its lowest byte is a BOOLEAN.
    pub exclusive: u32,
}

/// Windows' `AFD_POLL_HANDLE_INFO`: a socket, and what is asked or was found of it.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The socket as the caller has named it.
    pub handle: usize,
    /// `AFD_POLL_` bits.
    pub events: u32,
    /// Why a connect has failed.
    pub status: u32,
}

const _: () = assert!(size_of::<PollInfo>() == 16 && size_of::<Found>() == 16 && offset_of!(Found, events) == 8);

/// The lent memory of one poll, and who is told besides a port.
pub struct PollRecord {
    block: NonNull<StatusBlock>,
    room: NonNull<u8>,
    info: PollInfo,
    told: Told,
}

// SAFETY: the lending contract makes the memory good from every thread.
unsafe impl Send for PollRecord {}

impl PollRecord {
    /// Borrows the caller's status block and room; `None` if the block is null or not aligned, or the room is null. `info` is
    /// what the caller has asked.
    ///
    /// # Safety
    /// The lending contract at the head of `overlapped/buffers.rs`. The room is good for writing a `PollInfo` and as many
    /// [`Found`] as `info` has handles.
    #[must_use]
    pub unsafe fn lend(block: *mut u8, room: *mut u8, info: PollInfo) -> Option<PollRecord> {
        let block = NonNull::new(block.cast::<StatusBlock>()).filter(|block| block.is_aligned())?;
        Some(PollRecord { block, room: NonNull::new(room)?, info, told: Told::Nobody })
    }

    /// Has this event set at the end. It is not set until then.
    ///
    /// # Errors
    /// `WSA_INVALID_HANDLE` if it is no event's.
    pub fn tell_event(mut self, event: usize) -> Result<PollRecord, Code> {
        self.told = Told::Event(wait::event(event).map_err(|_| Code::WSA_INVALID_HANDLE)?);
        Ok(self)
    }

    /// Has the calling thread run this in an alertable wait after the end, with these words: `routine`, `context`, the
    /// address of the status block and 0.
    #[must_use]
    pub fn tell_routine(mut self, run: fn(Words), routine: usize, context: usize) -> PollRecord {
        wait::expect_calls();
        let words = [routine, context, self.address(), 0];
        self.told = Told::Routine(Box::new(Routine { thread: wait::current(), run, routine, words: Some(words) }));
        self
    }

    pub(crate) fn info(&self) -> PollInfo {
        self.info
    }

    /// What cancellations name.
    #[must_use]
    pub fn address(&self) -> usize {
        self.block.as_ptr().addr()
    }

    /// How many bytes it is to have found this.
    pub(crate) fn bytes_of(found: &[Found]) -> u32 {
        (size_of::<PollInfo>() + size_of_val(found)) as u32
    }

    pub(crate) fn has_event(&self) -> bool {
        matches!(self.told, Told::Event(_))
    }

    pub(crate) fn has_routine(&self) -> bool {
        matches!(self.told, Told::Routine(_))
    }

    /// The poll begins.
    pub(crate) fn begin(&self) {
        if let Told::Event(event) = &self.told {
            wait::reset(event);
        }
    }

    /// Writes what was found and how it ended, and tells that. A failure leaves the room as it is. Nothing of what was lent is
    /// touched after the status.
    pub(crate) fn conclude(self, status: Status, found: &[Found]) {
        if status != Status::CANCELLED || !is_gone_with_its_thread(self.address()) {
            self.write(status, found);
        }
        match self.told {
            Told::Nobody => {}
            Told::Event(event) => wait::set(&event),
            Told::Routine(routine) => {
                let Routine { thread, run, words, .. } = *routine;
                if let Some(words) = words {
                    wait::queue(&thread, Call::new(run, words));
                }
            }
        }
    }

    fn write(&self, status: Status, found: &[Found]) {
        let mut information = 0;
        if !status.is_failure() {
            let info = PollInfo { handles: found.len() as u32, ..self.info };
            information = PollRecord::bytes_of(found) as usize;
            let handles = self.room.as_ptr().wrapping_add(size_of::<PollInfo>());
            // SAFETY: the contract: there is room for these, of which there are no more than was asked about.
            unsafe {
                self.room.as_ptr().cast::<PollInfo>().write_unaligned(info);
                handles.copy_from_nonoverlapping(found.as_ptr().cast(), size_of_val(found));
            }
        }
        let block = self.block.as_ptr();
        // SAFETY: the contract; the block is aligned. Callers look at the status from other threads.
        unsafe {
            AtomicUsize::from_ptr(&raw mut (*block).information).store(information, Ordering::Relaxed);
            AtomicUsize::from_ptr(&raw mut (*block).status).store(status.0 as usize, Ordering::Release);
        }
    }
}
