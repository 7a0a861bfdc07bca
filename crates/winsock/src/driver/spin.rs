//! Staying awake for a moment before a sleep.
//!
//! A thread that sleeps until a message comes pays for it: its processor goes idle, an interrupt brings it back, in a virtual
//! machine by way of the hypervisor, and the caches have cooled down. That is 10 to 20 µs where a peer on the same machine
//! answers within 5. So a thread that waits for a port looks by itself first, as long as that proves worth it: what comes
//! within the limit is there sooner, and a trip of one connection takes 1.3 times the processor time. After a try in vain
//! waits go without one, first 1, then 3, in the end 255: a server that hears something each millisecond spends a
//! ten-thousandth of its time on it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// The longest moment: about what a sleep costs where it is dear.
const LIMIT: Duration = Duration::from_micros(20);

/// More than the system call of a wait takes that finds something, and less than a sleep.
const AWAKE: Duration = Duration::from_micros(2);

/// One try in as many is none: it shows whether what comes is there anyway.
const PROBE: u32 = 256;

/// As many waits at most go without a try.
const LONGEST_REST: u32 = 255;

/// What one driver's waits have shown. One thread at a time uses it, as a rule; if two do, something is learned wrong.
#[derive(Debug)]
pub(super) struct Spin {
    limit_ns: u32,
    /// How long a try lasts whose success is seen only at its end.
    gap_ns: AtomicU32,
    /// How many such tries there were.
    tries: AtomicU32,
    /// So many waits yet go without a try.
    rest: AtomicU32,
    /// So many did after the last try in vain.
    last_rest: AtomicU32,
}

/// What [`Spin::through_gap`] did.
pub(super) struct Through {
    gap_ns: u32,
    end: Instant,
}

impl Spin {
    pub(super) fn new() -> Spin {
        Spin::with_limit(limit())
    }

    fn with_limit(limit: Duration) -> Spin {
        Spin {
            limit_ns: nanoseconds(limit),
            gap_ns: AtomicU32::new(0),
            tries: AtomicU32::new(0),
            rest: AtomicU32::new(0),
            last_rest: AtomicU32::new(0),
        }
    }

    /// Whether this wait begins with a try.
    #[inline]
    pub(super) fn is_tried(&self) -> bool {
        let rest = self.rest.load(Relaxed);
        if rest > 0 {
            self.rest.store(rest - 1, Relaxed);
        }
        rest == 0 && self.limit_ns > 0
    }

    /// Stays awake until `is_there`, at most for the limit.
    pub(super) fn until(&self, is_there: impl Fn() -> bool) {
        if is_there() {
            return;
        }
        let begun = Instant::now();
        while nanoseconds(begun.elapsed()) < self.limit_ns {
            pause();
            if is_there() {
                return self.was_worth_it();
            }
        }
        self.was_in_vain();
    }

    /// Stays awake for as long as it has lately taken until something came, where only a system call can tell whether it has:
    /// so that the wait that follows finds it and costs no sleep. Ends early if `is_called`. [`Spin::learn`] wants the result.
    pub(super) fn through_gap(&self, is_called: impl Fn() -> bool) -> Through {
        let begun = Instant::now();
        let tries = self.tries.load(Relaxed).wrapping_add(1);
        self.tries.store(tries, Relaxed);
        let gap_ns = if tries.is_multiple_of(PROBE) { 0 } else { self.gap_ns.load(Relaxed) };
        let mut end = begun;
        while nanoseconds(end - begun) < gap_ns && !is_called() {
            pause();
            end = Instant::now();
        }
        Through { gap_ns, end }
    }

    /// The wait that began then is over. The next gap is a little shorter if it found something at once, a thousandth, and a
    /// quarter longer if it slept: one wait in some 200 sleeps so, and the others last hardly longer than they must. If what
    /// comes is there without staying awake, there is none.
    pub(super) fn learn(&self, through: Through) {
        let slept_ns = nanoseconds(through.end.elapsed());
        let gap_ns = self.gap_ns.load(Relaxed);
        let is_probe = through.gap_ns == 0 && gap_ns > 0;
        let has_found = slept_ns < nanoseconds(AWAKE);
        let next_ns = match has_found {
            true if is_probe => 0,
            true => gap_ns - gap_ns.div_ceil(1024),
            false if is_probe => return,
            // Of a sleep as short as that, half or more may be what it costs. What comes less regularly than a gap of half the
            // limit covers costs more when waited for than a sleep does.
            false if slept_ns < 2 * self.limit_ns && gap_ns < self.limit_ns / 2 => gap_ns + gap_ns / 4 + 500,
            false => return self.was_in_vain(),
        };
        self.gap_ns.store(next_ns, Relaxed);
        if has_found {
            self.was_worth_it();
        }
    }

    fn was_worth_it(&self) {
        self.last_rest.store(self.last_rest.load(Relaxed) / 2, Relaxed);
    }

    fn was_in_vain(&self) {
        let rest = (self.last_rest.load(Relaxed) * 2 + 1).min(LONGEST_REST);
        self.last_rest.store(rest, Relaxed);
        self.rest.store(rest, Relaxed);
    }
}

/// Some 0.2 µs, in which others of the processor's core get on.
fn pause() {
    for _ in 0..4 {
        std::hint::spin_loop();
    }
}

fn nanoseconds(time: Duration) -> u32 {
    u32::try_from(time.as_nanos()).unwrap_or(u32::MAX)
}

/// What the environment variable `WSA_SPIN` says, in microseconds, else 20; read once. The models' threads sleep at once.
fn limit() -> Duration {
    static LIMIT_HERE: OnceLock<Duration> = OnceLock::new();
    if cfg!(all(test, feature = "model")) {
        return Duration::ZERO;
    }
    *LIMIT_HERE.get_or_init(|| choose(std::env::var("WSA_SPIN").ok().as_deref()))
}

/// At most a millisecond: more is no moment.
fn choose(wish: Option<&str>) -> Duration {
    wish.and_then(|wish| wish.parse().ok()).map_or(LIMIT, |wish: u64| Duration::from_micros(wish.min(1000)))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn the_environment_says_how_long() {
        assert_eq!(choose(None), LIMIT);
        assert_eq!(choose(Some("0")), Duration::ZERO);
        assert_eq!(choose(Some("50")), Duration::from_micros(50));
        assert_eq!(choose(Some("4000000000")), Duration::from_millis(1));
        assert_eq!(choose(Some("long")), LIMIT);
        assert!(!Spin::with_limit(Duration::ZERO).is_tried());
    }

    /// How many of so many waits begin with a try, if nothing ever comes within it.
    fn tries_in_vain(spin: &Spin, waits: u32) -> usize {
        let tried = |_: &u32| {
            let is_tried = spin.is_tried();
            if is_tried {
                spin.until(|| false);
            }
            is_tried
        };
        (0..waits).filter(tried).count()
    }

    #[test]
    fn tries_in_vain_become_rare_and_one_success_brings_them_back() {
        let spin = Spin::with_limit(Duration::from_micros(1));
        assert_eq!(
            tries_in_vain(&spin, 1000),
            1 + 7 + 2,
            "with rests of 1, 3, 7, ... 127, 255, 255, and what is left of one"
        );
        while !spin.is_tried() {}
        for _ in 0..8 {
            let looks = Cell::new(0);
            spin.until(|| looks.replace(looks.get() + 1) > 0);
        }
        assert!(spin.is_tried());
        spin.until(|| false);
        assert!(!spin.is_tried() && spin.is_tried(), "one wait rests after a try in vain that follows successes");
    }

    /// What came before the try says nothing of its worth.
    #[test]
    fn what_is_there_already_is_not_waited_for() {
        let spin = Spin::with_limit(Duration::from_secs(3600));
        spin.until(|| true);
        assert_eq!(spin.last_rest.load(Relaxed), 0);
    }

    /// A wait of which so much was slept, behind a try of the gap that is known.
    fn slept(spin: &Spin, time: Duration) {
        let gap_ns = spin.gap_ns.load(Relaxed);
        spin.learn(Through { gap_ns, end: Instant::now().checked_sub(time).unwrap() });
    }

    #[test]
    fn a_gap_is_learned_by_sleeps_and_forgotten_without() {
        let spin = Spin::with_limit(LIMIT);
        let gap = || Duration::from_nanos(spin.gap_ns.load(Relaxed).into());
        let mut sleeps = 0;
        while gap() < LIMIT / 3 {
            slept(&spin, LIMIT / 2);
            sleeps += 1;
        }
        assert!((3..20).contains(&sleeps), "{sleeps}");
        let begun = Instant::now();
        assert!(spin.through_gap(|| false).end - begun >= gap());
        // A call ends it.
        spin.gap_ns.store(u32::MAX, Relaxed);
        spin.through_gap(|| true);
        // Long sleeps are not to be bridged.
        spin.gap_ns.store(5_000, Relaxed);
        assert!(spin.is_tried());
        slept(&spin, LIMIT * 3);
        assert!(!spin.is_tried() && gap() == Duration::from_micros(5));
        for _ in 0..10_000 {
            slept(&spin, Duration::ZERO);
        }
        assert!(gap() < Duration::from_micros(5));
    }

    #[test]
    fn what_comes_without_staying_awake_ends_it() {
        let spin = Spin::with_limit(LIMIT);
        spin.gap_ns.store(5_000, Relaxed);
        let probes = (0..3 * PROBE).filter(|_| spin.through_gap(|| true).gap_ns == 0).count();
        assert_eq!(probes, 3);
        // It slept: as it should.
        spin.learn(Through { gap_ns: 0, end: Instant::now().checked_sub(LIMIT).unwrap() });
        assert_eq!(spin.gap_ns.load(Relaxed), 5_000);
        // A thread may be taken from its processor for a moment.
        let finds = || spin.learn(Through { gap_ns: 0, end: Instant::now() });
        assert!((0..1000).any(|_| {
            finds();
            spin.gap_ns.load(Relaxed) == 0
        }));
    }
}
