//! Threads that begin, cancel, close and exit at random: every operation ends exactly once, and no byte of its memory
//! changes after its end. `STORM_SECONDS` says for how long (3 by default), `STORM_SEED` which storm.

mod support;

use std::collections::{HashMap, VecDeque};
use std::io::{ErrorKind, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use support::{Memory, Pair, Random, SOON, setting, with_drivers};
use winsock::driver::{DriverKind, MOST_HELD};
use winsock::overlapped::{Begun, Status};
use winsock::port::{CompletionPort, Packet};

const CONNECTIONS: usize = 12;
const QUIT: usize = 1;
/// How many ended operations are kept to be looked at again.
const GRAVES: usize = 400;

struct Storm {
    port: Arc<CompletionPort>,
    /// Operations under way, by the address of their OVERLAPPED.
    under_way: Mutex<HashMap<usize, Memory>>,
    graves: Mutex<VecDeque<(Memory, Vec<u8>)>>,
    slots: Vec<Mutex<Pair>>,
    begun: AtomicU64,
    ended: AtomicU64,
    cancelled: AtomicU64,
}

#[test]
fn every_operation_ends_exactly_once_and_its_memory_is_left_alone() {
    let time = Duration::from_secs(setting("STORM_SECONDS", 3));
    let seed = setting("STORM_SEED", 0x5EED);
    with_drivers(|kind| storm(kind, time, seed, 0));
    // So many more that some of the storm's connections are within what io_uring gets, and some are beyond.
    with_drivers(|kind| storm(kind, time, seed, MOST_HELD as usize - CONNECTIONS / 2));
}

fn storm(kind: DriverKind, time: Duration, seed: u64, idle: usize) {
    let port = CompletionPort::with_driver(2, kind).unwrap();
    let idle: Vec<(Pair, Memory)> = (0..idle).map(|_| (Pair::on(&port), Memory::new(1))).collect();
    for (pair, memory) in &idle {
        assert_eq!(pair.receive(memory), Begun::Pending);
    }
    let storm = Storm {
        slots: (0..CONNECTIONS).map(|_| Mutex::new(pair_on(&port))).collect(),
        port,
        under_way: Mutex::default(),
        graves: Mutex::default(),
        begun: AtomicU64::new(0),
        ended: AtomicU64::new(0),
        cancelled: AtomicU64::new(0),
    };
    let deadline = Instant::now() + time;
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| storm.take_packets());
        }
        let mut callers = Vec::new();
        for caller in 1..=3 {
            let storm = &storm;
            callers.push(scope.spawn(move || {
                let mut random = Random(seed.wrapping_mul(caller) | 1);
                while Instant::now() < deadline {
                    // A thread's life: it exits with operations under way.
                    let life = Random(random.below(usize::MAX >> 33) as u64 | 1);
                    thread::scope(|inner| inner.spawn(|| storm.call(life)).join().unwrap());
                }
            }));
        }
        for caller in callers {
            caller.join().unwrap();
        }
        for slot in &storm.slots {
            slot.lock().unwrap().endpoint.close();
        }
        let start = Instant::now();
        while storm.ended.load(Ordering::SeqCst) < storm.begun.load(Ordering::SeqCst) {
            assert!(start.elapsed() < Duration::from_secs(20), "{} never ended", storm.under_way.lock().unwrap().len());
            thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..3 {
            storm.port.post(QUIT, 0, 0);
        }
    });
    for (pair, memory) in &idle {
        pair.endpoint.close();
        let packet = storm.port.take(SOON).unwrap();
        assert_eq!((packet.overlapped, packet.status), (memory.address(), Status::CANCELLED));
    }
    assert_eq!(storm.under_way.lock().unwrap().len(), 0);
    storm.graves.lock().unwrap().drain(..).for_each(look_again);
    let (begun, cancelled) = (storm.begun.into_inner(), storm.cancelled.into_inner());
    println!("{kind:?}: {begun} operations, {cancelled} of them cancelled");
    assert!(cancelled > 0 && begun > 5 * cancelled / 4, "a storm has some of everything");
}

fn pair_on(port: &Arc<CompletionPort>) -> Pair {
    let pair = Pair::on(port);
    pair.peer.set_nonblocking(true).unwrap();
    pair
}

fn look_again((memory, as_it_was): (Memory, Vec<u8>)) {
    assert!(memory.snapshot() == as_it_was, "memory was touched after its operation had ended");
}

impl Storm {
    fn call(&self, mut random: Random) {
        for _ in 0..20 + random.below(100) {
            let mut pair = self.slots[random.below(CONNECTIONS)].lock().unwrap();
            pair.is_plain = random.below(4) > 0;
            match random.below(100) {
                0..35 => self.begin(&pair, Memory::new(1 + random.below(3000)), true),
                35..60 => self.begin(&pair, Memory::new(1 + random.below(60_000)), false),
                60..75 => write_some(&mut pair, random.below(20_000)),
                75..90 => read_some(&mut pair, random.below(100_000)),
                90..96 => {
                    let some = self.under_way.lock().unwrap().keys().next().copied();
                    winsock::overlapped::cancel(&pair.endpoint, some);
                }
                96..97 => drop(winsock::overlapped::cancel(&pair.endpoint, None)),
                97..98 => winsock::overlapped::cancel_issued_here(&pair.endpoint),
                _ => {
                    pair.endpoint.close();
                    *pair = pair_on(&self.port);
                }
            }
        }
    }

    fn begin(&self, pair: &Pair, memory: Memory, receives: bool) {
        let address = memory.address();
        let lent = memory.alias();
        // Its end may be told before the call returns.
        self.begun.fetch_add(1, Ordering::SeqCst);
        assert!(self.under_way.lock().unwrap().insert(address, memory).is_none());
        let begun = if receives { pair.receive(&lent) } else { pair.send(&lent) };
        std::mem::forget(lent);
        if let Begun::Failed(_) = begun {
            let memory = self.under_way.lock().unwrap().remove(&address).expect("a failed call is not told again");
            self.bury(memory);
        }
    }

    fn bury(&self, memory: Memory) {
        assert!(memory.guards_are_whole());
        let as_it_is = memory.snapshot();
        let mut graves = self.graves.lock().unwrap();
        graves.push_back((memory, as_it_is));
        if graves.len() > GRAVES {
            look_again(graves.pop_front().unwrap());
        }
        drop(graves);
        self.ended.fetch_add(1, Ordering::SeqCst);
    }

    fn take_packets(&self) {
        let mut packets = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS }; 8];
        loop {
            let count = self.port.take_many(&mut packets, Some(Duration::from_secs(30))).unwrap();
            for packet in &packets[..count] {
                if packet.key == QUIT {
                    // May have taken the others' as well.
                    (1..count).for_each(|_| self.port.post(QUIT, 0, 0));
                    return;
                }
                let memory = self.under_way.lock().unwrap().remove(&packet.overlapped);
                let memory = memory.expect("told twice, or never begun");
                assert_eq!((memory.status(), memory.record().bytes()), (packet.status, packet.bytes));
                self.cancelled.fetch_add(u64::from(packet.status == Status::CANCELLED), Ordering::Relaxed);
                self.bury(memory);
            }
        }
    }
}

fn write_some(pair: &mut Pair, count: usize) {
    let written = pair.peer.write(&vec![b'w'; count]);
    assert!(written.as_ref().err().is_none_or(is_expected), "{written:?}");
}

fn read_some(pair: &mut Pair, count: usize) {
    let read = pair.peer.read(&mut vec![0; count]);
    assert!(read.as_ref().err().is_none_or(is_expected), "{read:?}");
}

fn is_expected(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
}
