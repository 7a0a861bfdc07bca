//! A kernel for the model: a ring whose answers come when the test says so.
//!
//! It is strict where Linux would forgive or corrupt: a token that it holds is not given to it again.

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use crate::sync::{Condvar, Mutex, lock};
use crate::sys::uring::Request;
use crate::sys::{Errno, Result};

/// What names a request.
type Token = u32;

/// What the kernel made of the request with this token.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    pub(super) token: Token,
    result: i32,
}

impl Answer {
    pub(super) const EMPTY: Answer = Answer { token: 0, result: 0 };

    pub(super) fn result(self) -> Result<usize> {
        usize::try_from(self.result).map_err(|_| Errno(-self.result))
    }
}

/// A ring.
pub(super) struct Ring {
    state: Mutex<State>,
    changed: Condvar,
    fd: OwnedFd,
}

#[derive(Default)]
struct State {
    queued: VecDeque<Entry>,
    held: Vec<Token>,
    answers: VecDeque<Answer>,
    /// What has arrived and was not received.
    arrived: usize,
}

enum Entry {
    Work(Token),
    Nothing(Token),
    Cancel { target: Token, token: Token },
}

impl Ring {
    pub(super) fn new(_requests: u32, _answers: u32) -> io::Result<Ring> {
        let fd = OwnedFd::from(std::fs::File::open("/dev/null")?);
        Ok(Ring { state: Mutex::default(), changed: Condvar::new(), fd })
    }

    pub(super) fn push(&self, _request: Request, _fd: BorrowedFd<'_>, token: Token) -> Result<()> {
        let mut state = lock(&self.state);
        let is_known = state.held.contains(&token) || state.queued.iter().any(|entry| entry.is_work(token));
        assert!(!is_known, "token {token} is given to the kernel, which has it");
        state.queued.push_back(Entry::Work(token));
        Ok(())
    }

    pub(super) fn push_nothing(&self, token: Token) -> Result<()> {
        lock(&self.state).queued.push_back(Entry::Nothing(token));
        Ok(())
    }

    pub(super) fn push_cancel(&self, target: Token, token: Token) -> Result<()> {
        lock(&self.state).queued.push_back(Entry::Cancel { target, token });
        Ok(())
    }

    pub(super) fn submit(&self) -> Result<()> {
        let mut state = lock(&self.state);
        while let Some(entry) = state.queued.pop_front() {
            state.take(entry);
        }
        drop(state);
        self.changed.notify_all();
        Ok(())
    }

    pub(super) fn wait(&self, timeout_ms: i32) -> Result<()> {
        self.submit()?;
        let mut state = lock(&self.state);
        while state.answers.is_empty() && timeout_ms != 0 {
            state = self.changed.wait(state).unwrap();
        }
        Ok(())
    }

    pub(super) fn take<'a>(&self, answers: &'a mut [Answer]) -> &'a [Answer] {
        let mut state = lock(&self.state);
        let count = answers.len().min(state.answers.len());
        for (place, answer) in answers.iter_mut().zip(state.answers.drain(..count)) {
            *place = answer;
        }
        &answers[..count]
    }

    /// Something arrives for whichever work is held first, or comes next.
    pub(super) fn arrive(&self) {
        let mut state = lock(&self.state);
        match state.held.is_empty() {
            true => state.arrived += 1,
            false => {
                let token = state.held.remove(0);
                state.answer(token, 1);
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// How much work is with the kernel.
    pub(super) fn held(&self) -> usize {
        lock(&self.state).held.len()
    }
}

impl Entry {
    fn is_work(&self, wanted: Token) -> bool {
        matches!(self, Entry::Work(token) if *token == wanted)
    }
}

impl State {
    fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Work(token) if self.arrived > 0 => {
                self.arrived -= 1;
                self.answer(token, 1);
            }
            Entry::Work(token) => self.held.push(token),
            Entry::Nothing(token) => self.answer(token, 0),
            Entry::Cancel { target, token } => {
                let place = self.held.iter().position(|held| *held == target);
                if let Some(place) = place {
                    self.held.remove(place);
                    self.answer(target, -libc::ECANCELED);
                }
                self.answer(token, if place.is_some() { 0 } else { -libc::ENOENT });
            }
        }
    }

    fn answer(&mut self, token: Token, result: i32) {
        self.answers.push_back(Answer { token, result });
    }
}

impl AsFd for Ring {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}
