//! Keyed events: who waits at a key and who releases it meet there, and both go on.
//!
//! No page documents them. Older copies of wepoll lock with them (src/reflock.c), as Windows' own locks once did.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use winsock_codes::Code;

use crate::handle::codes::{INVALID_HANDLE, INVALID_PARAMETER, NO_SYSTEM_RESOURCES};
use crate::handle::objects::{Handle, OBJECTS, Object};
use crate::port;

/// One keyed event.
#[derive(Debug, Default)]
pub(crate) struct KeyedEvent {
    meeting: Mutex<Meeting>,
    met: Condvar,
}

#[derive(Debug, Default)]
struct Meeting {
    /// In the order of coming.
    parties: Vec<Party>,
    came: u64,
}

#[derive(Debug)]
struct Party {
    number: u64,
    key: usize,
    releases: bool,
    has_met: bool,
}

/// A new keyed event.
///
/// # Errors
/// `ERROR_NO_SYSTEM_RESOURCES` (1450) if there are too many handles.
#[doc(alias = "NtCreateKeyedEvent")]
pub fn create_keyed_event() -> Result<Handle, Code> {
    OBJECTS.insert(Object::KeyedEvent(Arc::default())).ok_or(NO_SYSTEM_RESOURCES)
}

/// Lets go one thread that waits at this key, or that will: waits for it. False if the time was over before.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` (87) for an odd key, `ERROR_INVALID_HANDLE` (6).
#[doc(alias = "NtReleaseKeyedEvent")]
pub fn release_keyed_event(event: Handle, key: usize, timeout: Option<Duration>) -> Result<bool, Code> {
    meet(event, key, true, timeout)
}

/// Waits until a thread releases this key. False if the time was over before.
///
/// # Errors
/// As for [`release_keyed_event`].
#[doc(alias = "NtWaitForKeyedEvent")]
pub fn wait_for_keyed_event(event: Handle, key: usize, timeout: Option<Duration>) -> Result<bool, Code> {
    meet(event, key, false, timeout)
}

/// The handle 0 is the process's own.
fn meet(event: Handle, key: usize, releases: bool, timeout: Option<Duration>) -> Result<bool, Code> {
    static OWN: KeyedEvent =
        KeyedEvent { meeting: Mutex::new(Meeting { parties: Vec::new(), came: 0 }), met: Condvar::new() };
    if !key.is_multiple_of(2) {
        return Err(INVALID_PARAMETER);
    }
    if event == 0 {
        return Ok(OWN.meet(key, releases, timeout));
    }
    let event = OBJECTS.with(event, |object| match object {
        Object::KeyedEvent(event) => Some(Arc::clone(event)),
        _ => None,
    });
    Ok(event.flatten().ok_or(INVALID_HANDLE)?.meet(key, releases, timeout))
}

impl KeyedEvent {
    fn meet(&self, key: usize, releases: bool, timeout: Option<Duration>) -> bool {
        let mut meeting = self.meeting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = |party: &&mut Party| party.key == key && party.releases != releases && !party.has_met;
        if let Some(other) = meeting.parties.iter_mut().find(is_other) {
            other.has_met = true;
            self.met.notify_all();
            return true;
        }
        if timeout == Some(Duration::ZERO) {
            return false;
        }
        meeting.came += 1;
        let number = meeting.came;
        meeting.parties.push(Party { number, key, releases, has_met: false });
        port::before_blocking();
        self.wait_for_other(meeting, number, timeout)
    }

    fn wait_for_other(&self, mut meeting: MutexGuard<'_, Meeting>, number: u64, timeout: Option<Duration>) -> bool {
        // A time too far to be a point in time is no limit.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let place = meeting.parties.iter().position(|party| party.number == number).expect("it leaves below");
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if meeting.parties[place].has_met || left.is_some_and(|left| left.is_zero()) {
                return meeting.parties.remove(place).has_met;
            }
            meeting = match left {
                None => self.met.wait(meeting).unwrap_or_else(PoisonError::into_inner),
                Some(left) => self.met.wait_timeout(meeting, left).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn who_waits_and_who_releases_meet_at_their_key_whoever_comes_first() {
        let event = create_keyed_event().unwrap();
        for first_releases in [false, true] {
            let first = thread::spawn(move || meet(event, 8, first_releases, None));
            assert_eq!(meet(event, 16, !first_releases, Some(Duration::from_millis(1))), Ok(false), "another key");
            assert_eq!(meet(0, 8, !first_releases, Some(Duration::ZERO)), Ok(false), "another event");
            assert_eq!(meet(event, 8, !first_releases, None), Ok(true));
            assert_eq!(first.join().unwrap(), Ok(true));
        }
        assert_eq!(meet(event, 8, true, Some(Duration::ZERO)), Ok(false), "nobody was left behind");
        assert_eq!(release_keyed_event(event, 9, None), Err(INVALID_PARAMETER));
        OBJECTS.close(event).unwrap();
        assert_eq!(wait_for_keyed_event(event, 8, None), Err(INVALID_HANDLE));
    }
}
