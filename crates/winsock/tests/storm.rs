//! Threads that open, use, close and reuse sockets at random: nobody ever gets somebody else's connection.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::*;
use winsock::Code;
use winsock::win32::{SO_RCVTIMEO, SOCKET, SOL_SOCKET};

const THREADS: usize = 8;

/// A small generator of its own, so that a failing run can be repeated by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn a_closed_number_never_reaches_another_connection() {
    start();
    let shared: Arc<Vec<AtomicUsize>> = Arc::new((0..THREADS).map(|_| AtomicUsize::new(0)).collect());
    let until = Instant::now() + Duration::from_millis(1500);
    let threads: Vec<_> = (0..THREADS)
        .map(|own| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || storm(own, &shared, until))
        })
        .collect();
    let turns: usize = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    assert!(turns > THREADS, "the storm did not blow");
}

/// Sends its own mark over connection after connection, while others close one end under its hands.
fn storm(own: usize, shared: &[AtomicUsize], until: Instant) -> usize {
    let mark = [own as u8 + 1; 16];
    let mut random = Random(0x9e37_79b9 + own as u64);
    let mut turns = 0;
    while Instant::now() < until {
        let (client, server) = pair();
        set(server, SOL_SOCKET, SO_RCVTIMEO, 20).unwrap();
        shared[own].store(client, Ordering::SeqCst);
        for _ in 0..random.below(8) {
            check_send(client, &mark);
            check_receive(server, own);
            close_one(&shared[random.below(THREADS)], &mut random);
        }
        shared[own].store(0, Ordering::SeqCst);
        let closed = winsock::closesocket(client);
        assert!(matches!(closed, Ok(()) | Err(Code::WSAENOTSOCK)));
        // Whatever number is new by now, the old one is nobody's.
        assert_eq!(winsock::send(client, &mark, 0), Err(Code::WSAENOTSOCK));
        winsock::closesocket(server).unwrap();
        turns += 1;
    }
    turns
}

fn check_send(client: SOCKET, mark: &[u8]) {
    match winsock::send(client, mark, 0) {
        Ok(count) => assert_eq!(count, mark.len()),
        Err(Code::WSAENOTSOCK | Code::WSAEINTR | Code::WSAECONNRESET | Code::WSAECONNABORTED) => {}
        Err(other) => panic!("send: {other}"),
    }
}

fn check_receive(server: SOCKET, own: usize) {
    let mut buffer = [0; 64];
    match winsock::recv(server, &mut buffer, 0) {
        Ok(count) => assert!(buffer[..count].iter().all(|byte| usize::from(*byte) == own + 1), "foreign data"),
        Err(Code::WSAETIMEDOUT | Code::WSAECONNRESET) => {}
        Err(other) => panic!("recv: {other}"),
    }
}

/// Closes what another thread uses, sometimes.
fn close_one(slot: &AtomicUsize, random: &mut Random) {
    if random.below(4) == 0 {
        let victim = slot.swap(0, Ordering::SeqCst);
        if victim != 0 {
            let closed = winsock::closesocket(victim);
            assert!(matches!(closed, Ok(()) | Err(Code::WSAENOTSOCK)));
        }
    }
}
