//! Messages that fill their buffers exactly: the engine stops trying receives in vain, and nothing is lost by that.

mod support;

use std::io::Read;
use std::time::{Duration, Instant};

use support::{Memory, Pair, with_each_driver};
use winsock::overlapped::Begun;

const MESSAGE: &[u8] = b"16 bytes exactly";

/// A receive of one whole message, which is not there yet.
fn exchange(pair: &mut Pair) {
    let memory = Memory::new(MESSAGE.len());
    assert_eq!(pair.receive(&memory), Begun::Pending);
    pair.say(MESSAGE);
    assert_eq!(pair.take().bytes as usize, MESSAGE.len());
    assert_eq!(memory.data(MESSAGE.len()), MESSAGE);
}

#[test]
fn data_without_a_receive_waits_for_the_next_one() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        for round in 0..6 {
            (0..20).for_each(|_| exchange(&mut pair));
            // Nobody receives what comes now, and a wait passes over it.
            pair.say(&MESSAGE.repeat(2));
            std::thread::sleep(Duration::from_millis(5));
            pair.assert_no_packet();
            for _ in 0..2 {
                let memory = Memory::new(MESSAGE.len());
                assert!(!matches!(pair.receive(&memory), Begun::Failed(_)), "round {round}");
                assert_eq!(pair.take().bytes as usize, MESSAGE.len());
                assert_eq!(memory.data(MESSAGE.len()), MESSAGE);
            }
        }
    });
}

#[test]
fn data_without_a_receive_does_not_keep_a_waiting_thread_busy() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        (0..20).for_each(|_| exchange(&mut pair));
        pair.say(MESSAGE);
        let (begin, used) = (Instant::now(), thread_time());
        assert!(pair.port.take(Some(Duration::from_millis(200))).is_err());
        let (took, used) = (begin.elapsed(), thread_time() - used);
        assert!(took >= Duration::from_millis(200) && used < Duration::from_millis(100), "{used:?} of {took:?}");
    });
}

/// Processor time of the calling thread.
fn thread_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split_whitespace().next().unwrap().parse().unwrap())
}

#[test]
fn a_parked_send_beside_such_receives_ends() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        (0..20).for_each(|_| exchange(&mut pair));
        let (large, small) = (Memory::new(8 << 20), Memory::new(MESSAGE.len()));
        assert_eq!(pair.send(&large), Begun::Pending);
        assert_eq!(pair.receive(&small), Begun::Pending);
        pair.say(MESSAGE);
        assert_eq!(pair.take().overlapped, small.address());
        pair.peer.read_exact(&mut vec![0; 8 << 20]).unwrap();
        assert_eq!(pair.take().overlapped, large.address());
        (0..20).for_each(|_| exchange(&mut pair));
    });
}
