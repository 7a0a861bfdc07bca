//! The process-wide table from SOCKET values to sockets.
//!
//! Values are small multiples of 4, as programs expect: they loop over them, cast them to `int`, put them into arrays.
//! A value is not given out again before [`QUARANTINE`] others were freed after it, oldest first, so that a stale value
//! meets an empty slot (10038) and not somebody else's connection. A call that is under way holds the object itself, not
//! its number: closing and reusing the number cannot redirect it.
//!
//! Looking up takes no lock: see [`super::slot`]. A closing thread learns from the object's count whether calls are under
//! way: the slot's share goes with the last of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use winsock_codes::Code;

use super::slot::{self, InUse};
use crate::socket::{Socket, fresh};
use crate::wait::Waitable;
use crate::win32::SOCKET;

/// The table of this process.
pub(crate) static TABLE: Table = Table::new();

/// The first value is small but clear of 0 and of the values that programs use for standard handles.
const FIRST_VALUE: usize = 0x60;
/// Values step by 4, as Windows' handles do; the two low bits are always clear.
const STEP: usize = 4;
const CHUNK: usize = 1024;
/// A process can have no more sockets than this at once; Linux's own limit is reached long before.
const CHUNKS: usize = 1024;
/// How many freed numbers wait before the oldest is used again.
const QUARANTINE: usize = 4_096;

type Slot = slot::Slot<Socket>;

pub(crate) struct Table {
    chunks: [OnceLock<Box<[Slot]>>; CHUNKS],
    numbers: Mutex<Numbers>,
}

/// Which slots can be given out.
struct Numbers {
    freed: VecDeque<u32>,
    /// The first that never was used.
    fresh: u32,
}

/// A socket that stays alive while a call uses it, whatever other threads close.
pub(crate) struct Held(InUse<'static, Socket>);

impl Table {
    const fn new() -> Table {
        let numbers = Mutex::new(Numbers { freed: VecDeque::new(), fresh: 0 });
        Table { chunks: [const { OnceLock::new() }; CHUNKS], numbers }
    }

    /// Gives the socket a number.
    pub(crate) fn insert(&self, mut socket: Arc<Socket>) -> Result<SOCKET, Code> {
        loop {
            let mut numbers = self.numbers();
            let index = numbers.take().ok_or(Code::WSAEMFILE)?;
            let expected = numbers.expected();
            drop(numbers);
            // It was last used thousands of sockets ago: waiting for its memory cost more than all the rest here.
            if let Some(slot) = expected.and_then(|expected| self.slot_of(expected)) {
                slot.prefetch();
            }
            let chunk = self.chunks[index / CHUNK].get_or_init(empty_chunk);
            match chunk[index % CHUNK].put(socket) {
                Ok(()) => return Ok(FIRST_VALUE + index * STEP),
                // A call that was under way when the number was freed, thousands of closes ago, still is.
                Err(back) => {
                    socket = back;
                    self.numbers().freed.push_back(index as u32);
                }
            }
        }
    }

    /// Runs `f` on the socket; `WSAENOTSOCK` for every number that is not one now.
    #[inline]
    pub(crate) fn with<T>(&self, value: SOCKET, f: impl FnOnce(&Socket) -> Result<T, Code>) -> Result<T, Code> {
        let slot = self.slot(value).ok_or(Code::WSAENOTSOCK)?;
        match slot.get() {
            Some(socket) => f(&socket),
            None => Err(Code::WSAENOTSOCK),
        }
    }

    /// [`Table::with`] for what keeps a share of the socket.
    #[inline]
    pub(crate) fn with_shared<T>(
        &self,
        value: SOCKET,
        f: impl FnOnce(&Arc<Socket>) -> Result<T, Code>,
    ) -> Result<T, Code> {
        let slot = self.slot(value).ok_or(Code::WSAENOTSOCK)?;
        match slot.get() {
            Some(socket) => f(&socket),
            None => Err(Code::WSAENOTSOCK),
        }
    }

    /// The socket, held for longer than one closure: for calls on several sockets.
    #[inline]
    pub(crate) fn hold(&'static self, value: SOCKET) -> Option<Held> {
        self.slot(value)?.get().map(Held)
    }

    /// The socket itself, for one more number.
    pub(crate) fn share(&self, value: SOCKET) -> Result<Arc<Socket>, Code> {
        self.with_shared(value, |socket| Ok(Arc::clone(socket)))
    }

    /// Where the place of this number lies, as a hint for the processor.
    pub(crate) fn place(&self, value: SOCKET) -> usize {
        self.slot(value).map_or(0, |slot| std::ptr::from_ref(slot).addr())
    }

    /// What a wait for the socket's handle waits for; `None` if the number is no socket.
    pub(crate) fn own_signal(&self, value: SOCKET) -> Option<crate::sync::Arc<Waitable>> {
        self.with_shared(value, |socket| Ok(Socket::own_signal(socket))).ok()
    }

    /// One more number for the socket; `None` if the number is no socket.
    pub(crate) fn duplicate(&self, value: SOCKET) -> Option<Result<SOCKET, Code>> {
        let socket = self.share(value).ok().filter(|socket| socket.add_number())?;
        let number = self.insert(Arc::clone(&socket));
        if number.is_err() {
            // The number that was counted goes, and the socket with it if the others went meanwhile.
            Socket::close(socket);
        }
        Some(number)
    }

    /// Whether the number is a socket's that no call uses at this moment.
    pub(crate) fn is_idle(&self, value: SOCKET) -> bool {
        self.slot(value).is_some_and(Slot::is_idle)
    }

    /// Takes the socket out, if it agrees; its number is free from here on.
    pub(crate) fn remove(
        &self,
        value: SOCKET,
        agrees: impl FnOnce(&Socket) -> Result<(), Code>,
    ) -> Result<Arc<Socket>, Code> {
        let in_use = self.slot(value).and_then(Slot::get).ok_or(Code::WSAENOTSOCK)?;
        agrees(&in_use)?;
        let socket = in_use.take().ok_or(Code::WSAENOTSOCK)?;
        let index = (value - FIRST_VALUE) / STEP;
        self.numbers().freed.push_back(index as u32);
        Ok(socket)
    }

    /// Closes every socket: what the last `WSACleanup` does.
    pub(crate) fn close_all(&self) {
        let used = self.numbers().fresh as usize;
        for index in 0..used {
            if let Ok(socket) = self.remove(FIRST_VALUE + index * STEP, |_| Ok(())) {
                Socket::close(socket);
            }
        }
        fresh::close_all();
    }

    #[inline]
    fn slot(&self, value: SOCKET) -> Option<&Slot> {
        let offset = value.wrapping_sub(FIRST_VALUE);
        if !offset.is_multiple_of(STEP) {
            return None;
        }
        self.slot_of(offset / STEP)
    }

    #[inline]
    fn slot_of(&self, index: usize) -> Option<&Slot> {
        self.chunks.get(index / CHUNK)?.get()?.get(index % CHUNK)
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        // Every change of the list is complete before the lock is let go.
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Numbers {
    fn take(&mut self) -> Option<usize> {
        if self.freed.len() > QUARANTINE || self.fresh as usize == CHUNK * CHUNKS {
            return self.freed.pop_front().map(|index| index as usize);
        }
        self.fresh += 1;
        Some(self.fresh as usize - 1)
    }

    /// What [`Numbers::take`] will give next, of the freed numbers, if one more is freed before.
    fn expected(&self) -> Option<usize> {
        self.freed.front().filter(|_| self.freed.len() >= QUARANTINE).map(|index| *index as usize)
    }
}

impl Held {
    #[inline]
    pub(crate) fn socket(&self) -> &Socket {
        &self.0
    }

    /// The socket, for what keeps a share of it.
    #[inline]
    pub(crate) fn shared(&self) -> &Arc<Socket> {
        &self.0
    }
}

fn empty_chunk() -> Box<[Slot]> {
    std::iter::repeat_with(Slot::empty).take(CHUNK).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::socket::kind::Kind;
    use crate::socket::state::Facts;
    use crate::win32::{AF_INET, IPPROTO_TCP, SOCK_STREAM};

    #[test]
    fn a_freed_number_waits_before_it_comes_back() {
        let mut numbers = Numbers { freed: VecDeque::new(), fresh: 0 };
        for expected in 0..QUARANTINE + 1 {
            assert_eq!(numbers.take(), Some(expected));
            numbers.freed.push_back(expected as u32);
        }
        // Only now, QUARANTINE frees later, does the first number come back, and the oldest one first.
        assert_eq!(numbers.take(), Some(0));
    }

    #[test]
    fn a_duplicate_that_finds_no_number_counts_for_none() {
        static FULL: Table = Table::new();
        let socket = Socket::open(Kind::find(AF_INET, SOCK_STREAM, IPPROTO_TCP).unwrap()).unwrap();
        let value = FULL.insert(Arc::clone(&socket)).unwrap();
        FULL.numbers().fresh = (CHUNK * CHUNKS) as u32;
        assert_eq!(FULL.duplicate(value), Some(Err(Code::WSAEMFILE)));
        assert!(!socket.state.has(Facts::CLOSED));
        Socket::close(FULL.remove(value, |_| Ok(())).unwrap());
        assert!(socket.state.has(Facts::CLOSED));
    }
}
