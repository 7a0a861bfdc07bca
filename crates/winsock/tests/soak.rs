//! Sockets, transfers, options, names, overlapped calls and ports over and over, on several threads: no descriptor and no
//! byte is left behind. `SOAK_SECONDS` says for how long (a few seconds' worth of turns without it).

mod common;

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::*;
use winsock::port::by_handle as ports;
use winsock::win32::{SO_RCVTIMEO, SOL_SOCKET};
use winsock::{Code, PollEntry, Sets};

const THREADS: u64 = 3;
/// Turns of each thread before anything is counted: more closes than numbers wait before they come back.
const WARM_UP: u64 = 1_500;
/// What a heap may gain by chance between two looks at a process that leaks nothing.
const SLACK_BYTES: u64 = 512 << 10;

#[test]
fn nothing_is_left_behind() {
    start();
    let seconds = std::env::var("SOAK_SECONDS").ok().map(|text| text.parse().unwrap());
    let warm = soak(WARM_UP, None);
    let (descriptors, bytes) = (descriptors(), resident_bytes());
    let turns = soak(WARM_UP, seconds.map(Duration::from_secs));
    let (descriptors_after, bytes_after) = (self::descriptors(), resident_bytes());
    println!(
        "{turns} turns: {descriptors} to {descriptors_after} descriptors, {bytes} to {bytes_after} bytes resident"
    );
    assert!(warm >= WARM_UP * THREADS && turns >= WARM_UP * THREADS);
    assert_eq!(descriptors_after, descriptors);
    assert!(bytes_after <= bytes + SLACK_BYTES, "{} bytes a turn", (bytes_after - bytes) / turns);
}

/// So many turns on each thread, and more until the time is over; returns how many.
fn soak(least: u64, time: Option<Duration>) -> u64 {
    let until = time.map(|time| Instant::now() + time);
    let turns = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut own = 0;
                while own < least || until.is_some_and(|until| Instant::now() < until) {
                    turn(own);
                    own += 1;
                }
                turns.fetch_add(own, Ordering::Relaxed);
            });
        }
    });
    turns.into_inner()
}

fn turn(number: u64) {
    let (client, server) = pair();
    set(server, SOL_SOCKET, SO_RCVTIMEO, 1000).unwrap();
    let mut buffer = [0; 64];
    assert_eq!(winsock::send(client, b"hello", 0), Ok(5));
    assert_eq!(winsock::recv(server, &mut buffer, 0), Ok(5));
    assert_eq!(winsock::recv(server, &mut buffer, 1 << 20), Err(Code::WSAEOPNOTSUPP));
    let sets = Sets { read: &[client, server], write: &[client], ..Sets::default() };
    assert_eq!(winsock::select(sets, Some(Duration::ZERO)).unwrap().count(), 1);
    let mut entries = [PollEntry { fd: server, events: 0x100, revents: 0 }];
    assert_eq!(winsock::wsa_poll(&mut entries, Some(Duration::ZERO)), Ok(0));
    let datagrams = udp();
    let address = bound(datagrams);
    assert_eq!(winsock::sendto(datagrams, b"x", 0, Some(&address)), Ok(1));
    let port = ports::create(1).unwrap();
    ports::associate(port, client, 7).unwrap();
    ports::post(port, 1, 2, 3).unwrap();
    match number % 3 {
        0 => winsock::closesocket(client).unwrap(),
        1 => reset(client),
        _ => {
            winsock::shutdown(client, 1).unwrap();
            assert_eq!(winsock::recv(server, &mut buffer, 0), Ok(0));
            winsock::closesocket(client).unwrap();
        }
    }
    ports::close(port).unwrap();
    winsock::closesocket(datagrams).unwrap();
    winsock::closesocket(server).unwrap();
    assert_eq!(winsock::send(server, b"x", 0), Err(Code::WSAENOTSOCK));
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}
