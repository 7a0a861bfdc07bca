//! `FlsAlloc` and its family: a value for each fiber, and a call that lets go of it.
//!
//! A thread without fibers is its only fiber. A place's call runs at the end of each thread whose running fiber has a value
//! there, on that thread; where a fiber is deleted; and for every value when the place is given back.

use std::cell::Cell;
use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Code;
use crate::error;

/// Lets go of a value.
pub type LetGo = Arc<dyn Fn(usize) + Send + Sync>;

/// How many places there are at most: as many as in Windows 10.
const PLACES: usize = 4080;

struct Place {
    let_go: Option<LetGo>,
    values: HashMap<Owner, usize>,
}

/// The first place has the number 1.
static PLACES_IN_USE: Mutex<Vec<Option<Place>>> = Mutex::new(Vec::new());

/// Whose values they are: a fiber's, or a thread's that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Owner(u64);

impl Owner {
    /// One that has no values yet.
    ///
    /// ```
    /// use winbase::fiber_values::{self as values, Owner};
    ///
    /// let place = values::allocate(None)?;
    /// values::set(place, 1)?;
    /// let (mine, other) = (Owner::current(), Owner::fresh());
    /// other.take_over();
    /// assert_eq!(values::get(place), Ok(0));
    /// mine.take_over();
    /// assert_eq!(values::get(place), Ok(1));
    /// # Ok::<(), winbase::Code>(())
    /// ```
    #[must_use]
    pub fn fresh() -> Owner {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Owner(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// The one whose values the calling thread sees.
    #[must_use]
    pub fn current() -> Owner {
        RUNNING.with(|running| running.get())
    }

    /// From now on the calling thread sees these values.
    pub fn take_over(self) {
        end_with_thread();
        RUNNING.with(|running| running.set(self));
    }

    /// Ends the values: each place's call is made for its value.
    pub fn end(self) {
        let left: Vec<_> = {
            let mut places = places();
            let taken = places.iter_mut().flatten().filter_map(|place| Some((place.values.remove(&self)?, place)));
            taken.filter_map(|(value, place)| Some((value, place.let_go.clone()?))).collect()
        };
        left.iter().filter(|(value, _)| *value != 0).for_each(|(value, let_go)| let_go(*value));
    }
}

thread_local! {
    /// Never dropped, as functions that run while the process ends ask for their values.
    static RUNNING: ManuallyDrop<Cell<Owner>> = ManuallyDrop::new(Cell::new(Owner::fresh()));
    static END: End = const { End };
}

/// Lets go of the running fiber's values when a thread ends. Those of the main thread are for [`end_process`].
struct End;

impl Drop for End {
    fn drop(&mut self) {
        if !crate::thread_values::is_main_thread() {
            Owner::current().end();
        }
    }
}

/// From now on there is something to let go of when the calling thread ends, unless it is past that.
fn end_with_thread() {
    let _ = END.try_with(|_| ());
}

/// Lets go of the calling thread's values as the process ends, after all else that the program does then.
pub fn end_process() {
    Owner::current().end();
}

fn places() -> MutexGuard<'static, Vec<Option<Place>>> {
    PLACES_IN_USE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with<T>(number: u32, f: impl FnOnce(&mut Place) -> T) -> Result<T, Code> {
    let mut places = places();
    let place = (number as usize).checked_sub(1).and_then(|index| places.get_mut(index)?.as_mut());
    place.map(f).ok_or(error::INVALID_PARAMETER)
}

/// Empties a place, so that of two threads only one does.
fn take(number: u32) -> Result<Place, Code> {
    let mut places = places();
    let place = (number as usize).checked_sub(1).and_then(|index| places.get_mut(index)?.take());
    place.ok_or(error::INVALID_PARAMETER)
}

/// A place that is free; every fiber's value is 0.
///
/// # Errors
/// [`error::NOT_ENOUGH_MEMORY`] if all are taken.
///
/// ```
/// use std::sync::{Arc, atomic::{AtomicUsize, Ordering}};
/// use winbase::fiber_values as values;
///
/// let gone = Arc::new(AtomicUsize::new(0));
/// let seen = Arc::clone(&gone);
/// let place = values::allocate(Some(Arc::new(move |value| seen.store(value, Ordering::SeqCst))))?;
/// std::thread::spawn(move || values::set(place, 5)).join().unwrap()?;
/// assert_eq!((gone.load(Ordering::SeqCst), values::get(place)), (5, Ok(0)));
/// values::free(place)?;
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "FlsAlloc")]
pub fn allocate(let_go: Option<LetGo>) -> Result<u32, Code> {
    let mut places = places();
    let free = places.iter().position(Option::is_none).unwrap_or(places.len());
    if free >= PLACES {
        return Err(error::NOT_ENOUGH_MEMORY);
    }
    if free == places.len() {
        places.push(None);
    }
    places[free] = Some(Place { let_go, values: HashMap::new() });
    Ok(free as u32 + 1)
}

/// Gives a place back, and lets go of the values of all fibers.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if it is not allocated.
#[doc(alias = "FlsFree")]
pub fn free(place: u32) -> Result<(), Code> {
    let Place { let_go, values } = take(place)?;
    if let Some(let_go) = let_go {
        values.into_values().filter(|value| *value != 0).for_each(|value| let_go(value));
    }
    Ok(())
}

/// The running fiber's value.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if the place is not allocated.
#[doc(alias = "FlsGetValue")]
pub fn get(place: u32) -> Result<usize, Code> {
    let me = Owner::current();
    with(place, |place| place.values.get(&me).copied().unwrap_or(0))
}

/// Sets the running fiber's value.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if the place is not allocated.
#[doc(alias = "FlsSetValue")]
pub fn set(place: u32, value: usize) -> Result<(), Code> {
    let me = Owner::current();
    end_with_thread();
    with(place, |place| place.values.insert(me, value)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;

    #[test]
    fn values_are_let_go_of_by_the_end_of_the_thread_and_of_the_place() {
        let (tell, told) = mpsc::channel();
        let place = allocate(Some(Arc::new(move |value| tell.send(value).unwrap()))).unwrap();
        set(place, 1).unwrap();
        thread::spawn(move || set(place, 2)).join().unwrap().unwrap();
        assert_eq!(told.try_recv(), Ok(2));
        assert_eq!(get(place), Ok(1));
        free(place).unwrap();
        assert_eq!(told.try_recv(), Ok(1));
        assert!(told.recv().is_err());
        for result in [free(place), set(place, 1), get(0).map(drop), get(u32::MAX).map(drop)] {
            assert_eq!(result, Err(error::INVALID_PARAMETER));
        }
    }
}
