//! Sends that leave together with their thread's next wait (io_uring): nothing waits for that wait which Windows would not
//! let wait. With the epoll driver the same calls send at once.
#![allow(unsafe_code, reason = "plays the C caller, who lends a message")]

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::Duration;

use support::{Memory, Pair, SOON};
use winsock::driver::DriverKind;
use winsock::overlapped::{Begun, Message, Status, WSABUF, WSAMSG};
use winsock::port::CompletionPort;
use winsock::wait::{self, Waited};
use winsock::{PollEntry, extension, wsa_poll};

const CONNECTIONS: usize = 8;
const MESSAGE: &[u8] = b"a message of a round";

/// Connections of one port, and a thread (the test's) in the midst of a round in which sends are gathered.
struct Round {
    pairs: Vec<Pair>,
    received: Vec<Memory>,
    /// Packets of receives that were not taken yet.
    left: usize,
}

impl Round {
    /// `None` where the kernel allows no io_uring.
    fn new() -> Option<(Round, Memory)> {
        let Ok(port) = CompletionPort::with_driver(1, DriverKind::IoUring) else {
            eprintln!("SKIPPED: no io_uring here");
            return None;
        };
        let mut pairs: Vec<Pair> = (0..CONNECTIONS).map(|_| Pair::on(&port)).collect();
        pairs.iter_mut().for_each(|pair| pair.is_plain = true);
        let mut round = Round { pairs, received: Vec::new(), left: 0 };
        // A neighbour on the processor makes a round look slow, after which sends leave at once.
        for _ in 0..200 {
            round.begin();
            let first = Memory::with(MESSAGE);
            match round.pairs[0].send(&first) {
                Begun::Pending => return Some((round, first)),
                begun => assert_eq!(begun, Begun::Done(MESSAGE.len() as u32)),
            }
            assert_eq!(round.end(), [first.address()]);
            round.peer_reads(0);
        }
        panic!("sends were never gathered");
    }

    fn begin(&mut self) {
        self.received = (0..CONNECTIONS).map(|_| Memory::new(64)).collect();
        for (pair, memory) in self.pairs.iter().zip(&self.received) {
            assert_eq!(pair.receive(memory), Begun::Pending);
        }
        // Shows the kernel the receives.
        self.pairs[0].assert_no_packet();
        self.pairs.iter_mut().for_each(|pair| pair.say(MESSAGE));
        thread::sleep(Duration::from_millis(2));
        self.pairs[0].take();
        self.left = CONNECTIONS - 1;
    }

    /// Takes the packets of the round; gives the addresses of the others, all of them successes.
    fn end(&mut self) -> Vec<usize> {
        let mut others = Vec::new();
        while self.left > 0 || others.is_empty() {
            let packet = self.pairs[0].take();
            assert_eq!((packet.status, packet.bytes as usize), (Status::SUCCESS, MESSAGE.len()));
            if self.received.iter().any(|memory| memory.address() == packet.overlapped) {
                self.left -= 1;
            } else {
                others.push(packet.overlapped);
            }
        }
        others
    }

    fn peer_reads(&mut self, number: usize) {
        let mut data = vec![0; MESSAGE.len()];
        self.pairs[number].peer.set_read_timeout(SOON).unwrap();
        self.pairs[number].peer.read_exact(&mut data).unwrap();
        assert_eq!(data, MESSAGE);
    }
}

#[test]
fn sends_of_a_round_all_leave_with_the_next_wait() {
    let Some((mut round, first)) = Round::new() else { return };
    let more: Vec<Memory> = (1..CONNECTIONS).map(|_| Memory::with(MESSAGE)).collect();
    for (pair, memory) in round.pairs[1..].iter().zip(&more) {
        assert_eq!((pair.send(memory), memory.status()), (Begun::Pending, Status::PENDING));
    }
    let mut told = round.end();
    while told.len() < CONNECTIONS {
        told.push(round.pairs[0].take().overlapped);
    }
    told.sort_unstable();
    let mut begun: Vec<usize> = more.iter().chain([&first]).map(Memory::address).collect();
    begun.sort_unstable();
    assert_eq!(told, begun);
    (0..CONNECTIONS).for_each(|number| round.peer_reads(number));
    round.pairs[0].assert_no_packet();
}

#[test]
fn sends_of_one_connection_keep_their_order() {
    let Some((mut round, first)) = Round::new() else { return };
    let more: Vec<Memory> = (0..40_u8).map(|number| Memory::with(&[number; 20])).collect();
    for memory in &more {
        assert_eq!(round.pairs[0].send(memory), Begun::Pending);
    }
    let mut told = round.end();
    while told.len() < 41 {
        told.push(round.pairs[0].take().overlapped);
    }
    let begun: Vec<usize> = [&first].into_iter().chain(&more).map(Memory::address).collect();
    assert_eq!(told, begun);
    round.peer_reads(0);
    let mut data = vec![0; 40 * 20];
    round.pairs[0].peer.read_exact(&mut data).unwrap();
    assert!(data.chunks(20).zip(0..).all(|(piece, number)| piece == [number; 20]));
}

#[test]
fn a_send_leaves_although_its_thread_does_not_come_back() {
    let Some((mut round, first)) = Round::new() else { return };
    round.peer_reads(0);
    assert_eq!(round.end(), [first.address()]);
}

/// Whether the peer's data is there: not waited for, since after some milliseconds the port's watch would have sent it.
fn has_come(pair: &Pair) -> bool {
    pair.peer.set_nonblocking(true).unwrap();
    let come = pair.peer.peek(&mut [0]).is_ok();
    pair.peer.set_nonblocking(false).unwrap();
    come
}

#[test]
fn a_send_leaves_before_its_thread_blocks_in_a_call() {
    const MOMENT: Option<Duration> = Some(Duration::from_micros(500));
    winsock::startup(0x0202).unwrap();
    let event = wait::create_event(None, true, false).unwrap().0;
    let socket = winsock::socket(2, 2, 17).unwrap(); // AF_INET, SOCK_DGRAM, IPPROTO_UDP
    winsock::bind(socket, &[2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap();
    let own = winsock::getsockname(socket).unwrap().to_windows().to_vec();
    let blocking_calls: [(&str, &dyn Fn()); 6] = [
        ("Sleep", &|| assert_eq!(wait::sleep(MOMENT, false), Waited::TimedOut)),
        ("SleepEx", &|| assert_eq!(wait::sleep(MOMENT, true), Waited::TimedOut)),
        ("WaitForSingleObject", &|| assert_eq!(wait::wait_for_object(event, MOMENT, false), Ok(Waited::TimedOut))),
        ("WSAPoll", &|| {
            assert_eq!(wsa_poll(&mut [PollEntry { fd: socket, events: 0x100, revents: 0 }], MOMENT), Ok(0))
        }),
        ("recv", &|| {
            winsock::setsockopt(socket, 0xFFFF, 0x1006, 1_i32.to_ne_bytes()[..].into()).unwrap(); // SOL_SOCKET, SO_RCVTIMEO, 1 ms
            assert_eq!(winsock::recv(socket, &mut [0], 0), Err(winsock::Code::WSAETIMEDOUT));
        }),
        ("WSASendMsg", &|| {
            let (mut name, mut byte) = (own.clone(), [7]);
            let mut buffer = WSABUF { len: 1, buf: byte.as_mut_ptr() };
            let mut message = WSAMSG {
                name: name.as_mut_ptr(),
                namelen: name.len() as i32,
                lpBuffers: &raw mut buffer,
                dwBufferCount: 1,
                Control: WSABUF { len: 0, buf: std::ptr::null_mut() },
                dwFlags: 0,
            };
            // SAFETY: all of it lives until the call has returned.
            let message = unsafe { Message::lend(&raw mut message) }.unwrap();
            assert_eq!(extension::send_msg(socket, &message, 0), Ok(1));
        }),
    ];
    for (name, call) in blocking_calls {
        let Some((mut round, first)) = Round::new() else { return };
        // Else the watch may have been quicker; it comes by every 10 to 40 ms.
        let was_left = !has_come(&round.pairs[0]);
        call();
        assert!(!was_left || has_come(&round.pairs[0]), "{name}");
        round.peer_reads(0);
        let more = Memory::with(MESSAGE);
        assert_eq!(round.pairs[1].send(&more), Begun::Done(MESSAGE.len() as u32), "{name}");
        let mut told = round.end();
        while told.len() < 2 {
            told.push(round.pairs[0].take().overlapped);
        }
        told.sort_unstable();
        let mut begun = [first.address(), more.address()];
        begun.sort_unstable();
        assert_eq!(told, begun, "{name}");
    }
}

#[test]
fn a_send_leaves_before_its_connection_is_closed() {
    let Some((mut round, first)) = Round::new() else { return };
    round.pairs[0].endpoint.close();
    round.peer_reads(0);
    assert_eq!(round.end(), [first.address()]);
}

#[test]
fn a_send_that_is_called_back_has_left() {
    let Some((mut round, first)) = Round::new() else { return };
    winsock::overlapped::cancel(&round.pairs[0].endpoint, Some(first.address()));
    round.peer_reads(0);
    assert_eq!(round.end(), [first.address()]);
}

#[test]
fn a_send_leaves_when_its_thread_ends() {
    let (mut round, first) = match thread::spawn(Round::new).join().unwrap() {
        Some(round) => round,
        None => return,
    };
    round.peer_reads(0);
    assert_eq!(round.end(), [first.address()]);
}

/// What a second process, this program again, begins to send just before it ends.
#[test]
fn a_send_leaves_when_its_process_ends() {
    if let Ok(peer) = std::env::var(PEER) {
        return end_in_a_round(&peer);
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut second = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_send_leaves_when_its_process_ends", "--nocapture"])
        .env(PEER, listener.local_addr().unwrap().to_string())
        .spawn()
        .unwrap();
    let mut told = Vec::new();
    listener.accept().unwrap().0.read_to_end(&mut told).unwrap();
    assert!(second.wait().unwrap().success());
    assert_eq!(told, MESSAGE);
}

/// The address to which the second process connects.
const PEER: &str = "WSA_TEST_PEER";

fn end_in_a_round(peer: &str) {
    let mut stream = TcpStream::connect(peer).unwrap();
    let Some((round, _first)) = Round::new() else {
        return stream.write_all(MESSAGE).unwrap();
    };
    let mut pair = Pair::of(&round.pairs[0].port, stream.try_clone().unwrap(), stream);
    pair.is_plain = true;
    assert_eq!(pair.send(&Memory::with(MESSAGE)), Begun::Pending);
    // By another thread: with this one its round would end.
    let _ = thread::spawn(|| std::process::exit(0)).join();
}

#[test]
fn a_large_send_of_a_round_goes_on_when_its_peer_reads() {
    let Some((mut round, first)) = Round::new() else { return };
    let large = Memory::new(8 << 20);
    assert_eq!(round.pairs[1].send(&large), Begun::Pending);
    assert_eq!(round.end(), [first.address()]);
    let mut peer = round.pairs[1].peer.try_clone().unwrap();
    let reader = thread::spawn(move || peer.read_exact(&mut vec![0; 8 << 20]).unwrap());
    let packet = round.pairs[0].take();
    assert_eq!((packet.overlapped, packet.bytes, packet.status), (large.address(), 8 << 20, Status::SUCCESS));
    reader.join().unwrap();
}
