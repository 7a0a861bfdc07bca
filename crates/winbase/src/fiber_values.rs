//! `FlsAlloc` and its family: a value for each thread, and a call that lets go of it.
//!
//! There are no fibers, so a thread is its only fiber. A place's call runs at the end of each thread that has a value there,
//! on that thread, and for every value when the place is given back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use crate::Code;
use crate::error;

/// Lets go of a value.
pub type LetGo = Arc<dyn Fn(usize) + Send + Sync>;

/// How many places there are at most: as many as in Windows 10.
const PLACES: usize = 4080;

struct Place {
    let_go: Option<LetGo>,
    values: HashMap<ThreadId, usize>,
}

/// The first place has the number 1.
static PLACES_IN_USE: Mutex<Vec<Option<Place>>> = Mutex::new(Vec::new());

/// Lets go of the thread's values when it ends.
struct AtEnd;

thread_local! {
    static AT_END: AtEnd = const { AtEnd };
}

impl Drop for AtEnd {
    fn drop(&mut self) {
        let me = thread::current().id();
        let left: Vec<_> = {
            let mut places = places();
            let taken = places.iter_mut().flatten().filter_map(|place| Some((place.values.remove(&me)?, place)));
            taken.filter_map(|(value, place)| Some((value, place.let_go.clone()?))).collect()
        };
        left.iter().filter(|(value, _)| *value != 0).for_each(|(value, let_go)| let_go(*value));
    }
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

/// A place that is free; every thread's value is 0.
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

/// Gives a place back, and lets go of the values of all threads.
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

/// The calling thread's value.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if the place is not allocated.
#[doc(alias = "FlsGetValue")]
pub fn get(place: u32) -> Result<usize, Code> {
    let me = thread::current().id();
    with(place, |place| place.values.get(&me).copied().unwrap_or(0))
}

/// Sets the calling thread's value.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] if the place is not allocated.
#[doc(alias = "FlsSetValue")]
pub fn set(place: u32, value: usize) -> Result<(), Code> {
    let me = thread::current().id();
    // A thread that is ending has nobody who would let go of it.
    let _ = AT_END.try_with(|_| ());
    with(place, |place| place.values.insert(me, value)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

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
