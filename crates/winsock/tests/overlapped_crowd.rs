//! A port with more sockets than the io_uring driver gives to the kernel: those beyond are told otherwise, and a program sees no
//! difference. With the epoll driver the same.
#![allow(unsafe_code, reason = "shares its support with tests that play the C caller")]

mod support;

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use support::{Memory, Pair, SOON, with_each_driver};
use winsock::driver::{DriverKind, MOST_HELD};
use winsock::overlapped::{Begun, Status};
use winsock::port::CompletionPort;

const MESSAGE: &[u8] = b"one of many";

struct Crowd {
    port: Arc<CompletionPort>,
    pairs: Vec<Pair>,
    received: Vec<Memory>,
}

impl Crowd {
    fn new(kind: DriverKind, count: u32) -> Crowd {
        let port = CompletionPort::with_driver(2, kind).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let pair = |_| {
            let peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            Pair::of(&port, listener.accept().unwrap().0, peer)
        };
        let pairs = (0..count).map(pair).collect();
        let received = (0..count).map(|_| Memory::new(64)).collect();
        Crowd { port, pairs, received }
    }

    fn begin(&self, number: usize) {
        assert_eq!(self.pairs[number].receive(&self.received[number]), Begun::Pending, "{number}");
    }

    fn begin_all(&self) {
        (0..self.pairs.len()).for_each(|number| self.begin(number));
    }

    /// Takes the end of one receive; tells which.
    fn take(&self) -> (usize, Status) {
        let packet = self.port.take(SOON).expect("a packet within ten seconds");
        let is_it = |memory: &Memory| memory.address() == packet.overlapped;
        (self.received.iter().position(is_it).expect("a receive of this test"), packet.status)
    }

    fn take_each_once(&self, from: usize, status: Status) {
        let mut taken = vec![false; self.pairs.len()];
        for _ in from..self.pairs.len() {
            let (number, told) = self.take();
            assert!(
                number >= from && told == status && !std::mem::replace(&mut taken[number], true),
                "{number} {told:?}"
            );
        }
        self.pairs[0].assert_no_packet();
    }
}

#[test]
fn every_socket_of_a_crowd_is_served_round_after_round() {
    with_each_driver(|kind| {
        let mut crowd = Crowd::new(kind, 2 * MOST_HELD);
        for round in 0..5 {
            crowd.begin_all();
            // The first wait shows the kernel all of them in some rounds, and finds the messages there in others.
            if round % 2 == 0 {
                crowd.pairs[0].assert_no_packet();
            }
            crowd.pairs.iter_mut().for_each(|pair| pair.say(MESSAGE));
            crowd.take_each_once(0, Status::SUCCESS);
            assert!(crowd.received.iter().all(|memory| memory.data(MESSAGE.len()) == MESSAGE));
        }
    });
}

#[test]
fn a_thread_that_waits_hears_of_sockets_that_come_later() {
    with_each_driver(|kind| {
        let mut crowd = Crowd::new(kind, MOST_HELD + 20);
        for number in 0..MOST_HELD as usize {
            crowd.begin(number);
        }
        for number in MOST_HELD as usize..crowd.pairs.len() {
            thread::scope(|scope| {
                let waiter = scope.spawn(|| crowd.port.take(SOON).map(|packet| packet.overlapped));
                thread::sleep(Duration::from_millis(2));
                crowd.begin(number);
                thread::sleep(Duration::from_millis(2));
                (&crowd.pairs[number].peer).write_all(MESSAGE).unwrap();
                assert_eq!(waiter.join().unwrap(), Ok(crowd.received[number].address()));
            });
        }
        crowd.pairs.truncate(MOST_HELD as usize);
        crowd.pairs.iter_mut().for_each(|pair| pair.say(MESSAGE));
        crowd.take_each_once(0, Status::SUCCESS);
    });
}

#[test]
fn closing_a_crowd_ends_every_receive_and_the_rest_goes_on() {
    const LEFT: usize = 3;
    with_each_driver(|kind| {
        let mut crowd = Crowd::new(kind, 2 * MOST_HELD);
        for _ in 0..2 {
            crowd.begin_all();
            crowd.pairs[0].assert_no_packet();
            crowd.pairs.iter_mut().for_each(|pair| pair.say(MESSAGE));
            crowd.take_each_once(0, Status::SUCCESS);
        }
        crowd.begin_all();
        crowd.pairs[LEFT..].iter().for_each(|pair| pair.endpoint.close());
        crowd.take_each_once(LEFT, Status::CANCELLED);
        for _ in 0..3 {
            for number in 0..LEFT {
                crowd.pairs[number].say(MESSAGE);
                assert_eq!(crowd.take(), (number, Status::SUCCESS));
                crowd.begin(number);
            }
        }
        crowd.pairs[..LEFT].iter().for_each(|pair| pair.endpoint.close());
        (0..LEFT).for_each(|_| assert_eq!(crowd.take().1, Status::CANCELLED));
    });
}

/// Each connection goes back and forth so many times, whichever thread takes its packet.
#[test]
fn several_threads_serve_a_crowd() {
    const TRIPS: usize = 20;
    with_each_driver(|kind| {
        let mut crowd = Crowd::new(kind, MOST_HELD + 40);
        crowd.begin_all();
        crowd.pairs.iter_mut().for_each(|pair| pair.say(MESSAGE));
        let trips: Vec<AtomicUsize> = crowd.pairs.iter().map(|_| AtomicUsize::new(0)).collect();
        let left = AtomicUsize::new(TRIPS * crowd.pairs.len());
        let serve = || {
            while left.load(Ordering::SeqCst) > 0 {
                let packet = crowd.port.take(SOON).expect("a packet within ten seconds");
                let Some(number) = crowd.received.iter().position(|memory| memory.address() == packet.overlapped)
                else {
                    continue;
                };
                assert_eq!((packet.status, packet.bytes as usize), (Status::SUCCESS, MESSAGE.len()));
                if trips[number].fetch_add(1, Ordering::SeqCst) + 1 < TRIPS {
                    crowd.begin(number);
                    (&crowd.pairs[number].peer).write_all(MESSAGE).unwrap();
                }
                if left.fetch_sub(1, Ordering::SeqCst) == 1 {
                    // The others go home.
                    (0..2).for_each(|_| crowd.port.post(0, 0, 0));
                }
            }
        };
        thread::scope(|scope| (0..3).for_each(|_| drop(scope.spawn(serve))));
        assert!(trips.iter().all(|trips| trips.load(Ordering::SeqCst) == TRIPS));
        while crowd.port.take(support::NOW).is_ok_and(|packet| packet.overlapped == 0) {}
        crowd.pairs[0].assert_no_packet();
    });
}

/// Whose peers answer before the next receive begins are not served again and again before the others.
#[test]
fn quick_peers_wait_their_turn() {
    const FULL: [u8; 64] = [b'x'; 64];
    const ROUNDS: usize = 8;
    with_each_driver(|kind| {
        let mut crowd = Crowd::new(kind, 2 * MOST_HELD);
        crowd.begin_all();
        crowd.pairs.iter_mut().for_each(|pair| pair.say(&FULL));
        let mut served = vec![0; crowd.pairs.len()];
        for _ in 0..ROUNDS * served.len() {
            let (number, _) = crowd.take();
            served[number] += 1;
            crowd.pairs[number].say(&FULL);
            let begun = crowd.pairs[number].receive(&crowd.received[number]);
            assert!(matches!(begun, Begun::Pending | Begun::Done(64)), "{begun:?}");
        }
        let (least, most) = (served.iter().min().unwrap(), served.iter().max().unwrap());
        assert!(most - least <= 4, "some were served {most} times, others {least}");
    });
}
