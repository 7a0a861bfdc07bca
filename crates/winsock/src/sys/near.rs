//! [`Near`]: a thread's own value, found without a call.
//!
//! A shared library finds its thread-local variables by a call (`__tls_get_addr`), and the standard library's asks besides
//! whether the value was made and still is. What a completion port asks of its thread several times for each message is
//! found here by two words of the "initial-exec" model; see [`super::last_error`] for the model and its price.

use std::thread::LocalKey;

/// A value for a thread-local variable that is looked at by [`with`].
pub(crate) struct Near<T>(T);

impl<T> Near<T> {
    pub(crate) const fn new(value: T) -> Near<T> {
        Near(value)
    }
}

impl<T> Drop for Near<T> {
    fn drop(&mut self) {
        // Before the value itself is dropped: from here on it is not found.
        if words::get().1 == std::ptr::from_ref(self).addr() {
            words::set(0, 0);
        }
    }
}

/// Runs `f` on the thread's value; `None` when the thread ends and the value is gone, or if the thread has none yet and there
/// is no memory. Quick for one variable of the
/// process, the last one looked at by the thread, which is known by the address of its key: a `static`'s, not that of a
/// copy such as each mention of what `thread_local!` declares may be.
#[inline]
pub(crate) fn with<T, R>(key: &'static LocalKey<Near<T>>, f: impl FnOnce(&T) -> R) -> Option<R> {
    match is_known(key) {
        true => with_known(key, f),
        false => look_up(key, f),
    }
}

/// [`with`], but `None` also if the thread has not looked at the value before, or at another variable since: for what then
/// has another way.
#[inline]
pub(crate) fn with_known<T, R>(key: &'static LocalKey<Near<T>>, f: impl FnOnce(&T) -> R) -> Option<R> {
    let (known, value) = words::get();
    if known != std::ptr::from_ref(key).addr() {
        return None;
    }
    // SAFETY: `look_up` left both words in this thread, so the value is that of this variable and has its type; it does not
    // move, and takes the words back before it goes.
    Some(f(unsafe { &(*std::ptr::with_exposed_provenance::<Near<T>>(value)).0 }))
}

#[inline]
fn is_known<T>(key: &'static LocalKey<Near<T>>) -> bool {
    words::get().0 == std::ptr::from_ref(key).addr()
}

#[cold]
fn look_up<T, R>(key: &'static LocalKey<Near<T>>, f: impl FnOnce(&T) -> R) -> Option<R> {
    let look = |near: &Near<T>| {
        words::set(std::ptr::from_ref(key).addr(), std::ptr::from_ref(near).expose_provenance());
        f(&near.0)
    };
    // What ends with the thread must be noted by glibc, which ends the process if it has no memory for that.
    if super::heap::is_short() { None } else { key.try_with(look).ok() }
}

#[cfg(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu", not(miri)))]
mod words {
    use std::arch::{asm, global_asm};

    global_asm!(
        ".pushsection .tbss.winsock_near, \"awT\", @nobits",
        ".weak winsock_near",
        ".hidden winsock_near",
        ".type winsock_near, @tls_object",
        ".size winsock_near, 16",
        ".p2align 3",
        "winsock_near:",
        ".zero 16",
        ".popsection",
    );

    #[inline]
    pub(super) fn get() -> (usize, usize) {
        let (key, value): (usize, usize);
        // SAFETY: the linker fills in the variable's distance from the thread pointer; it is 16 bytes, aligned, zero in a
        // new thread, and no other thread's business.
        unsafe {
            asm!(
                "mov {value}, qword ptr [rip + winsock_near@GOTTPOFF]",
                "mov {key}, qword ptr fs:[{value}]",
                "mov {value}, qword ptr fs:[{value} + 8]",
                key = out(reg) key,
                value = out(reg) value,
                options(nostack, preserves_flags, readonly),
            );
        }
        (key, value)
    }

    #[inline]
    pub(super) fn set(key: usize, value: usize) {
        // SAFETY: as above.
        unsafe {
            asm!(
                "mov {place}, qword ptr [rip + winsock_near@GOTTPOFF]",
                "mov qword ptr fs:[{place}], {key}",
                "mov qword ptr fs:[{place} + 8], {value}",
                place = out(reg) _,
                key = in(reg) key,
                value = in(reg) value,
                options(nostack, preserves_flags),
            );
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu", not(miri))))]
mod words {
    use std::cell::Cell;

    thread_local! {
        static WORDS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }

    pub(super) fn get() -> (usize, usize) {
        WORDS.get()
    }

    pub(super) fn set(key: usize, value: usize) {
        WORDS.set((key, value));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::mpsc;

    use super::*;

    struct Told(Cell<u32>, Option<mpsc::Sender<Option<u32>>>);

    thread_local! {
        static FIRST: Near<Cell<u32>> = const { Near::new(Cell::new(1)) };
        static SECOND: Near<Cell<u64>> = const { Near::new(Cell::new(2)) };
        static ENDS: Near<Cell<Option<Told>>> = const { Near::new(Cell::new(None)) };
    }

    impl Drop for Told {
        fn drop(&mut self) {
            let own = self.0.get();
            self.1.take().unwrap().send(with(&ENDS, |_| own)).unwrap();
        }
    }

    #[test]
    fn each_variable_and_each_thread_has_its_own() {
        for turn in 0..3 {
            with(&FIRST, |first| first.set(first.get() + 10)).unwrap();
            with(&SECOND, |second| second.set(second.get() + 100)).unwrap();
            assert_eq!(with(&FIRST, Cell::get), Some(11 + 10 * turn));
            assert_eq!(with(&SECOND, Cell::get), Some(102 + 100 * u64::from(turn)));
        }
        assert_eq!((with_known(&FIRST, Cell::get), with_known(&SECOND, Cell::get)), (None, Some(302)));
        std::thread::spawn(|| {
            assert_eq!(with_known(&FIRST, Cell::get), None);
            assert_eq!(with(&FIRST, Cell::get), Some(1));
            assert_eq!(with_known(&FIRST, Cell::get), Some(1));
        })
        .join()
        .unwrap();
    }

    #[test]
    fn a_value_is_not_found_while_it_goes() {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || with(&ENDS, |ends| ends.set(Some(Told(Cell::new(7), Some(sender))))));
        assert_eq!(receiver.recv().unwrap(), None);
    }
}
