//! A kernel for the model: a ring whose answers come when the test says so.
//!
//! It is strict where Linux would forgive or corrupt: work that it holds is not given to it again.

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use crate::sync::{Arc, Condvar, Mutex, lock};
use crate::sys::uring::Request;
use crate::sys::{Errno, Result};

/// What names a request: its owner's address and its tag.
type Mark = (usize, bool);

/// What the kernel made of a request.
pub(super) enum Answer<T> {
    Request { owner: Arc<T>, tag: bool, result: Result<usize> },
    Nothing,
    Cancel,
}

/// Answers that were taken.
pub(super) struct Answers<T>(std::vec::IntoIter<Answer<T>>);

impl<T> Answers<T> {
    pub(super) fn none() -> Answers<T> {
        Answers(Vec::new().into_iter())
    }

    pub(super) fn have_nothing(&self) -> bool {
        self.0.as_slice().iter().any(|answer| matches!(answer, Answer::Nothing))
    }

    pub(super) fn have_question(&self) -> bool {
        false
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<&T> {
        match self.0.as_slice().get(ahead)? {
            Answer::Request { owner, .. } => Some(owner),
            _ => None,
        }
    }
}

impl<T> Iterator for Answers<T> {
    type Item = Answer<T>;

    fn next(&mut self) -> Option<Answer<T>> {
        self.0.next()
    }
}

/// A ring.
pub(super) struct Ring<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    fd: OwnedFd,
}

struct State<T> {
    queued: VecDeque<Entry<T>>,
    held: Vec<(Arc<T>, bool)>,
    answers: VecDeque<Answer<T>>,
    /// What has arrived and was not received.
    arrived: usize,
}

enum Entry<T> {
    Work(Arc<T>, bool),
    Nothing,
    Cancel(Mark),
}

impl<T> Ring<T> {
    pub(super) fn new(_requests: u32, _answers: u32) -> io::Result<Ring<T>> {
        let fd = OwnedFd::from(std::fs::File::open("/dev/null")?);
        let state = State { queued: VecDeque::new(), held: Vec::new(), answers: VecDeque::new(), arrived: 0 };
        Ok(Ring { state: Mutex::new(state), changed: Condvar::new(), fd })
    }

    pub(super) fn push(&self, _request: Request, _fd: BorrowedFd<'_>, owner: Arc<T>, tag: bool) -> Result<usize> {
        let mut state = lock(&self.state);
        let is_it = |(known, its): (&Arc<T>, bool)| Arc::ptr_eq(known, &owner) && its == tag;
        let is_held = state.held.iter().any(|(known, its)| is_it((known, *its)));
        let is_queued =
            state.queued.iter().any(|entry| matches!(entry, Entry::Work(known, its) if is_it((known, *its))));
        assert!(!is_held && !is_queued, "work is given to the kernel, which has it");
        state.queued.push_back(Entry::Work(owner, tag));
        Ok(state.queued.len())
    }

    pub(super) fn push_nothing(&self) -> Result<()> {
        lock(&self.state).queued.push_back(Entry::Nothing);
        Ok(())
    }

    /// No work of the models is told by readiness.
    pub(super) fn push_question(&self, _: BorrowedFd<'_>) -> Result<()> {
        Ok(())
    }

    pub(super) fn push_cancel(&self, owner: &T, tag: bool) -> Result<()> {
        lock(&self.state).queued.push_back(Entry::Cancel((std::ptr::from_ref(owner).addr(), tag)));
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

    pub(super) fn has_news(&self) -> bool {
        !lock(&self.state).answers.is_empty()
    }

    pub(super) fn wait(&self, timeout_ms: i32) -> Result<()> {
        self.submit()?;
        let mut state = lock(&self.state);
        while state.answers.is_empty() && timeout_ms != 0 {
            state = self.changed.wait(state).unwrap();
        }
        Ok(())
    }

    pub(super) fn take(&self, answers: &mut Answers<T>) {
        let taken: Vec<_> = lock(&self.state).answers.drain(..).collect();
        *answers = Answers(taken.into_iter());
    }

    /// Something arrives for whichever work is held first, or comes next.
    pub(super) fn arrive(&self) {
        let mut state = lock(&self.state);
        match state.held.is_empty() {
            true => state.arrived += 1,
            false => {
                let (owner, tag) = state.held.remove(0);
                state.answers.push_back(Answer::Request { owner, tag, result: Ok(1) });
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

impl<T> State<T> {
    fn take(&mut self, entry: Entry<T>) {
        match entry {
            Entry::Work(owner, tag) if self.arrived > 0 => {
                self.arrived -= 1;
                self.answers.push_back(Answer::Request { owner, tag, result: Ok(1) });
            }
            Entry::Work(owner, tag) => self.held.push((owner, tag)),
            Entry::Nothing => self.answers.push_back(Answer::Nothing),
            Entry::Cancel((owner, tag)) => {
                let is_it = |(held, its): &(Arc<T>, bool)| Arc::as_ptr(held).addr() == owner && *its == tag;
                if let Some(place) = self.held.iter().position(is_it) {
                    let (owner, tag) = self.held.remove(place);
                    self.answers.push_back(Answer::Request { owner, tag, result: Err(Errno::ECANCELED) });
                }
                self.answers.push_back(Answer::Cancel);
            }
        }
    }
}

impl<T> AsFd for Ring<T> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}
