//! The process-wide table from HANDLE values to objects that are not sockets.
//!
//! Values are multiples of 4, as sockets' are, and lie above all of those, so that a call that takes either can tell.
//! They come back late, as in [`super::table`].

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::file::File;
use super::slot;
use crate::afd::Helper;
use crate::memory;
use crate::port::CompletionPort;
use crate::registered::CompletionQueue;
use crate::wait::{KeyedEvent, Waitable};

/// A HANDLE's value.
pub type Handle = usize;

/// The objects of this process.
pub(crate) static OBJECTS: Objects = Objects::new();

const FIRST_VALUE: usize = 0x1000_0000;
const STEP: usize = 4;
const CHUNK: usize = 256;
const CHUNKS: usize = 1024;
/// How many freed numbers wait before the oldest is used again.
const QUARANTINE: usize = 1024;

/// An object with a HANDLE.
pub(crate) enum Object {
    Port(Arc<CompletionPort>),
    File(Arc<File>),
    Waitable(Arc<Waitable>),
    Device(Arc<Helper>),
    KeyedEvent(Arc<KeyedEvent>),
    CompletionQueue(Arc<CompletionQueue>),
}

impl Object {
    /// The same for one more handle; `None` of a completion queue, which is no handle on Windows.
    pub(crate) fn share(&self) -> Option<Object> {
        Some(match self {
            Object::Port(port) => {
                port.add_handle();
                Object::Port(Arc::clone(port))
            }
            Object::Waitable(object) => Object::Waitable(Arc::clone(object)),
            Object::File(file) => Object::File(Arc::clone(file)),
            Object::Device(device) => Object::Device(Arc::clone(device)),
            Object::KeyedEvent(event) => Object::KeyedEvent(Arc::clone(event)),
            Object::CompletionQueue(_) => return None,
        })
    }
}

type Slot = slot::Slot<Object>;

pub(crate) struct Objects {
    chunks: [OnceLock<Box<[Slot]>>; CHUNKS],
    numbers: Mutex<Numbers>,
}

struct Numbers {
    freed: VecDeque<usize>,
    next: usize,
}

impl Numbers {
    fn take(&mut self) -> Option<usize> {
        if self.freed.len() > QUARANTINE || self.next == CHUNK * CHUNKS {
            return self.freed.pop_front();
        }
        self.next += 1;
        Some(self.next - 1)
    }
}

impl Objects {
    const fn new() -> Objects {
        let numbers = Mutex::new(Numbers { freed: VecDeque::new(), next: 0 });
        Objects { chunks: [const { OnceLock::new() }; CHUNKS], numbers }
    }

    /// Gives the object a number; `None` if there are too many, or if there is no memory for more.
    pub(crate) fn insert(&self, object: Object) -> Option<Handle> {
        if memory::is_short() {
            return None;
        }
        let empty = || std::iter::repeat_with(Slot::empty).take(CHUNK).collect();
        let mut object = Arc::new(object);
        loop {
            let index = self.numbers().take()?;
            match self.chunks[index / CHUNK].get_or_init(empty)[index % CHUNK].put(object) {
                Ok(()) => return Some(FIRST_VALUE + index * STEP),
                // A wait that was under way when the number was freed, a thousand closes ago, still is.
                Err(back) => {
                    object = back;
                    self.numbers().freed.push_back(index);
                }
            }
        }
    }

    /// Runs `f` on the object; `None` if the number is none now.
    pub(crate) fn with<T>(&self, handle: Handle, f: impl FnOnce(&Object) -> T) -> Option<T> {
        self.slot(handle)?.get().map(|object| f(&object))
    }

    /// Closes a handle; `None` if the number is none now. With a port's last one, waits on it end as abandoned.
    pub(crate) fn close(&self, handle: Handle) -> Option<()> {
        match &*self.remove(handle)? {
            Object::Port(port) => port.close_handle(),
            Object::CompletionQueue(queue) => queue.close(),
            _ => {}
        }
        Some(())
    }

    /// Takes the object out.
    pub(crate) fn remove(&self, handle: Handle) -> Option<Arc<Object>> {
        let object = self.slot(handle)?.take()?;
        self.numbers().freed.push_back((handle - FIRST_VALUE) / STEP);
        Some(object)
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slot(&self, handle: Handle) -> Option<&Slot> {
        // The two low bits of a handle are the program's: an event with one of them set is a packet less at a port.
        let index = handle.checked_sub(FIRST_VALUE)? / STEP;
        self.chunks.get(index / CHUNK)?.get()?.get(index % CHUNK)
    }
}
