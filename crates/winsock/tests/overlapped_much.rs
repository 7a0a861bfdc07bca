//! Where one wait finds much for one thread, it gets a part of it first, and the rest when it comes back: nothing of that rest is
//! lost, or late, whoever comes.
#![allow(unsafe_code, reason = "shares its support with tests that play the C caller")]

mod support;

use std::io::Write;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use support::{Memory, NOW, Pair, SOON};
use winsock::driver::DriverKind;
use winsock::overlapped::{Begun, Status};
use winsock::port::{CompletionPort, Packet, WaitError};

const CONNECTIONS: usize = 40;
const BYTES: usize = 16 * 1024;

/// Connections whose receives all have something to receive, which no wait has seen yet.
struct Much {
    port: Arc<CompletionPort>,
    _pairs: Vec<Pair>,
    received: Vec<Memory>,
}

impl Much {
    fn new() -> Much {
        let port = CompletionPort::with_driver(2, DriverKind::Epoll).unwrap();
        let mut pairs: Vec<Pair> = (0..CONNECTIONS).map(|_| Pair::on(&port)).collect();
        pairs.iter_mut().for_each(|pair| pair.is_plain = true);
        let received: Vec<Memory> = (0..CONNECTIONS).map(|_| Memory::new(BYTES)).collect();
        for (pair, memory) in pairs.iter().zip(&received) {
            assert_eq!(pair.receive(memory), Begun::Pending);
        }
        for pair in &mut pairs {
            pair.peer.write_all(&[7; BYTES]).unwrap();
        }
        thread::sleep(Duration::from_millis(5));
        Much { port, _pairs: pairs, received }
    }

    /// The same, when `first` has taken one packet and the wait has left some of the rest. The port's watch may have been
    /// quicker, which finishes all.
    fn begun_by(first: impl Fn(&Arc<CompletionPort>) -> Result<Packet, WaitError>) -> Much {
        for _ in 0..200 {
            let much = Much::new();
            let packet = first(&much.port).unwrap();
            assert_eq!((packet.status, packet.bytes as usize), (Status::SUCCESS, BYTES));
            if much.waiting() > 0 {
                return much;
            }
        }
        panic!("all was always received at once");
    }

    fn waiting(&self) -> usize {
        self.received.iter().filter(|memory| memory.status() == Status::PENDING).count()
    }

    /// Takes all packets but the first without waiting for one: what is left is there.
    fn assert_rest_is_there(&self) {
        for left in (0..CONNECTIONS - 1).rev() {
            let packet = self.port.take(NOW).unwrap_or_else(|error| panic!("{error:?} with {left} left"));
            assert_eq!((packet.status, packet.bytes as usize), (Status::SUCCESS, BYTES));
        }
        assert_eq!((self.waiting(), self.port.take(NOW)), (0, Err(WaitError::TimedOut)));
    }
}

#[test]
fn a_thread_gets_what_it_can_use_and_then_the_rest() {
    Much::begun_by(|port| port.take(SOON)).assert_rest_is_there();
}

#[test]
fn what_a_thread_leaves_another_takes() {
    let by_another =
        |port: &Arc<CompletionPort>| thread::scope(|scope| scope.spawn(|| port.take(SOON)).join().unwrap());
    Much::begun_by(by_another).assert_rest_is_there();
}

#[test]
fn what_a_thread_leaves_moves_on_if_it_does_not_come_back() {
    let much = Much::begun_by(|port| port.take(SOON));
    let begun = Instant::now();
    while much.waiting() > 0 {
        assert!(SOON.is_some_and(|soon| begun.elapsed() < soon), "{} wait for a thread that is busy", much.waiting());
        thread::sleep(Duration::from_millis(5));
    }
}
