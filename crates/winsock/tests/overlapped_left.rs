//! What a thread leaves to its next wait is not left for ever if it does not come back. Alone in its process: any port that
//! nobody waits on keeps the watch awake, which looks after all ports.

mod support;

use std::thread;
use std::time::Duration;

use support::{Memory, Pair, SOON};
use winsock::driver::DriverKind;
use winsock::overlapped::Begun;
use winsock::port::CompletionPort;

/// It gave up waiting; another one waits, and sees what the first begins after that.
#[test]
fn what_a_thread_begins_that_gave_up_waiting_moves_on() {
    let Ok(port) = CompletionPort::with_driver(2, DriverKind::IoUring) else {
        eprintln!("SKIPPED: no io_uring here");
        return;
    };
    let mut pair = Pair::on(&port);
    let waiter = thread::spawn({
        let port = port.clone();
        move || port.take(SOON)
    });
    pair.assert_no_packet();
    // For the waiter to be in the kernel, and the watch asleep.
    thread::sleep(Duration::from_millis(200));
    let memory = Memory::new(8);
    assert_eq!(pair.receive(&memory), Begun::Pending);
    pair.say(b"hello");
    let packet = waiter.join().unwrap().expect("a packet, long before the time is over");
    assert_eq!((packet.overlapped, packet.bytes), (memory.address(), 5));
}
