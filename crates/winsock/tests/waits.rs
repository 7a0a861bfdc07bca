//! Objects and waits as seen from Rust: times, many threads, many sockets. What each call returns is proven by the
//! programs in `conformance/cases/waits`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use winsock::overlapped::Status;
use winsock::port::{Packet, by_handle as port};
use winsock::wait::{self, Waited};
use winsock::{event, win32};

const NOW: Option<Duration> = Some(Duration::ZERO);
const SOON: Option<Duration> = Some(Duration::from_secs(10));

fn auto_event() -> usize {
    wait::create_event(None, false, false).unwrap().0
}

#[test]
fn a_wait_takes_its_time_and_no_less() {
    let never = auto_event();
    for milliseconds in [1, 20, 60] {
        let time = Duration::from_millis(milliseconds);
        let start = Instant::now();
        assert_eq!(wait::wait_for_object(never, Some(time), false), Ok(Waited::TimedOut));
        assert_eq!(wait::wait_for_objects(&[never, auto_event()], true, Some(time), true), Ok(Waited::TimedOut));
        assert_eq!(wait::sleep(Some(time), true), Waited::TimedOut);
        assert!(start.elapsed() >= 3 * time, "{:?} for three waits of {time:?}", start.elapsed());
    }
}

#[test]
fn a_ring_of_threads_hands_a_signal_round_without_losing_it() {
    const THREADS: usize = 6;
    const ROUNDS: usize = 500;
    let ring: Vec<usize> = (0..THREADS).map(|_| auto_event()).collect();
    let passes = AtomicUsize::new(0);
    thread::scope(|scope| {
        for place in 0..THREADS {
            let (ring, passes) = (&ring, &passes);
            scope.spawn(move || {
                // Half of them wait for two, of which one never comes.
                let never = auto_event();
                for _ in 0..ROUNDS {
                    let waited = match place % 2 {
                        0 => wait::wait_for_object(ring[place], SOON, false),
                        _ => wait::wait_for_objects(&[ring[place], never], false, SOON, true),
                    };
                    assert_eq!(waited, Ok(Waited::Object(0)));
                    passes.fetch_add(1, Ordering::Relaxed);
                    wait::set_event(ring[(place + 1) % THREADS]).unwrap();
                }
            });
        }
        wait::set_event(ring[0]).unwrap();
    });
    assert_eq!(passes.into_inner(), THREADS * ROUNDS);
}

#[test]
fn philosophers_who_take_both_forks_at_once_all_eat() {
    const SEATS: usize = 5;
    let forks: Vec<usize> = (0..SEATS).map(|_| wait::create_mutex(None, false).unwrap().0).collect();
    let on_table: Vec<AtomicUsize> = (0..SEATS).map(|_| AtomicUsize::new(1)).collect();
    thread::scope(|scope| {
        for seat in 0..SEATS {
            let (forks, on_table) = (&forks, &on_table);
            scope.spawn(move || {
                let both = [seat, (seat + 1) % SEATS];
                for _ in 0..300 {
                    let waited = wait::wait_for_objects(&both.map(|fork| forks[fork]), true, SOON, false);
                    assert_eq!(waited, Ok(Waited::Object(0)));
                    both.iter().for_each(|fork| assert_eq!(on_table[*fork].fetch_sub(1, Ordering::SeqCst), 1));
                    thread::yield_now();
                    both.iter().for_each(|fork| assert_eq!(on_table[*fork].fetch_add(1, Ordering::SeqCst), 0));
                    both.iter().for_each(|fork| wait::release_mutex(forks[*fork]).unwrap());
                }
            });
        }
    });
}

#[test]
fn many_watched_sockets_are_told_by_their_own_events() {
    winsock::startup(0x0202).unwrap();
    let address = |port: u16| {
        let mut bytes = [0; 16];
        bytes[0] = win32::AF_INET as u8;
        bytes[2..4].copy_from_slice(&port.to_be_bytes());
        bytes[4..8].copy_from_slice(&[127, 0, 0, 1]);
        bytes
    };
    let sender = winsock::socket(win32::AF_INET, win32::SOCK_DGRAM, 0).unwrap();
    let watched: Vec<(usize, usize, Vec<u8>)> = (0..200)
        .map(|_| {
            let s = winsock::socket(win32::AF_INET, win32::SOCK_DGRAM, 0).unwrap();
            winsock::bind(s, &address(0)).unwrap();
            let told = auto_event();
            event::event_select(s, told, event::FD_READ).unwrap();
            (s, told, winsock::getsockname(s).unwrap().to_windows().to_vec())
        })
        .collect();
    for (place, (s, told, name)) in watched.iter().enumerate() {
        winsock::sendto(sender, &[place as u8], 0, Some(name)).unwrap();
        assert_eq!(wait::wait_for_object(*told, SOON, false), Ok(Waited::Object(0)));
        assert_eq!(event::enum_network_events(*s, 0).unwrap().events, event::FD_READ);
        let mut byte = [0];
        assert_eq!(winsock::recv(*s, &mut byte, 0), Ok(1));
        assert_eq!(byte, [place as u8]);
    }
    assert!(watched.iter().all(|(_, told, _)| wait::wait_for_object(*told, NOW, false) == Ok(Waited::TimedOut)));
    watched.iter().for_each(|(s, _, _)| winsock::closesocket(*s).unwrap());
    winsock::cleanup().unwrap();
}

/// The thread that waits on a port need not look its handle up each time; closed, it names nothing all the same.
#[test]
fn a_closed_handle_of_a_port_is_none_though_another_one_lives() {
    let mut packet = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }];
    let first = port::create(1).unwrap();
    for _ in 0..2 {
        port::post(first, 1, 2, 3).unwrap();
        assert_eq!(port::take(first, &mut packet, NOW), Ok(1));
    }
    let second = wait::duplicate(first).unwrap();
    wait::close(first).unwrap();
    port::post(second, 4, 5, 6).unwrap();
    assert_eq!(port::take(first, &mut packet, NOW), Err(port::INVALID_HANDLE));
    for _ in 0..2 {
        assert_eq!((port::take(second, &mut packet, NOW), packet[0].key), (Ok(1), 4));
        port::post(second, 4, 5, 6).unwrap();
    }
    wait::close(second).unwrap();
    assert_eq!(port::take(second, &mut packet, NOW), Err(port::INVALID_HANDLE));
}

#[test]
fn a_timer_set_for_a_time_beyond_all_clocks_is_not_due() {
    let (timer, _) = wait::create_timer(None, true).unwrap();
    wait::set_timer(timer, Duration::MAX, Some(Duration::MAX), None).unwrap();
    assert_eq!(wait::wait_for_object(timer, NOW, false), Ok(Waited::TimedOut));
    wait::set_timer(timer, Duration::ZERO, Some(Duration::MAX), None).unwrap();
    assert_eq!(wait::wait_for_object(timer, SOON, false), Ok(Waited::Object(0)));
    // The clock goes on.
    wait::set_timer(timer, Duration::ZERO, None, None).unwrap();
    assert_eq!(wait::wait_for_object(timer, SOON, false), Ok(Waited::Object(0)));
}
