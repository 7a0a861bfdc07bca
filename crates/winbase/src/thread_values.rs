//! `TlsAlloc` and its family: a value for each thread under one number.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::sync::{Mutex, MutexGuard, PoisonError};

use winsock::Code;

use crate::error;

/// How many places there are at most. Docs: "Thread Local Storage": 64 and 1024 more.
const PLACES: usize = 1088;

/// How often each place was allocated; odd while it is. Values that were set under an earlier number do not count.
static TURNS: Mutex<Vec<u32>> = Mutex::new(Vec::new());

thread_local! {
    /// The turn that a value belongs to, and the value. Never dropped, as destructors of the program's own still ask: those
    /// of C++'s global objects run on the main thread after its thread-local variables are gone.
    static VALUES: ManuallyDrop<RefCell<Vec<(u32, usize)>>> = const { ManuallyDrop::new(RefCell::new(Vec::new())) };
    static END: End = const { End };
}

/// Gives the values' memory back when a thread ends, but for the main thread, which ends with the process.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        if !is_main_thread() {
            VALUES.with(|values| values.take());
        }
    }
}

/// Whether this is the thread that the process began with. Its thread-local variables are gone while functions of the
/// program still run on it: what `atexit` names, and destructors of global objects.
pub(crate) fn is_main_thread() -> bool {
    rustix::thread::gettid() == rustix::process::getpid()
}

fn turns() -> MutexGuard<'static, Vec<u32>> {
    TURNS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place that is free; every thread's value is 0.
///
/// # Errors
/// `ERROR_NO_MORE_ITEMS` (259) if all are taken.
///
/// ```
/// use winbase::thread_values as values;
///
/// let place = values::allocate()?;
/// values::set(place, 5)?;
/// assert_eq!(values::get(place), Ok(5));
/// std::thread::spawn(move || assert_eq!(values::get(place), Ok(0))).join().unwrap();
/// values::free(place)?;
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "TlsAlloc")]
pub fn allocate() -> Result<u32, Code> {
    let mut turns = turns();
    let free = turns.iter().position(|turn| turn.is_multiple_of(2)).unwrap_or_else(|| {
        turns.push(0);
        turns.len() - 1
    });
    if free >= PLACES {
        turns.pop();
        return Err(Code::new(259));
    }
    turns[free] += 1;
    Ok(free as u32)
}

/// Gives a place back.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if it is not allocated.
#[doc(alias = "TlsFree")]
pub fn free(place: u32) -> Result<(), Code> {
    let mut turns = turns();
    let turn = turns.get_mut(place as usize).filter(|turn| !turn.is_multiple_of(2)).ok_or(error::INVALID_PARAMETER)?;
    *turn += 1;
    Ok(())
}

/// The calling thread's value.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if the place is not allocated.
#[doc(alias = "TlsGetValue")]
pub fn get(place: u32) -> Result<usize, Code> {
    let turn = turn(place)?;
    let kept = VALUES.with(|values| values.borrow().get(place as usize).copied());
    Ok(kept.filter(|(of, _)| *of == turn).map_or(0, |(_, value)| value))
}

/// Sets the calling thread's value.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if the place is not allocated.
#[doc(alias = "TlsSetValue")]
pub fn set(place: u32, value: usize) -> Result<(), Code> {
    let turn = turn(place)?;
    // Where the thread is past its end already, the values stay until the process ends.
    let _ = END.try_with(|_| ());
    VALUES.with(|values| {
        let mut values = values.borrow_mut();
        let needed = place as usize + 1;
        if values.len() < needed {
            values.resize(needed, (0, 0));
        }
        values[place as usize] = (turn, value);
    });
    Ok(())
}

fn turn(place: u32) -> Result<u32, Code> {
    let turn = turns().get(place as usize).copied();
    turn.filter(|turn| !turn.is_multiple_of(2)).ok_or(error::INVALID_PARAMETER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_comes_back_is_empty() {
        let place = allocate().unwrap();
        set(place, 7).unwrap();
        free(place).unwrap();
        assert_eq!(get(place), Err(error::INVALID_PARAMETER));
        assert_eq!(free(place), Err(error::INVALID_PARAMETER));
        let mut again = Vec::new();
        while !again.contains(&place) {
            again.push(allocate().unwrap());
        }
        assert_eq!(get(place), Ok(0));
        again.into_iter().for_each(|place| free(place).unwrap());
    }
}
