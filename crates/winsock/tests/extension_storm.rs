//! Threads that accept, connect, disconnect for reuse, transfer, cancel and close at random: every operation ends exactly
//! once, no byte of its memory changes after its end, and no descriptor is left behind. `STORM_SECONDS` says for how long
//! (2 by default), `STORM_SEED` which storm.

mod support;

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::{Memory, descriptors};
use winsock::driver::driver_kind;
use winsock::extension::{self, TF_REUSE_SOCKET};
use winsock::overlapped::{self, Begun, Status};
use winsock::port::{Packet, by_handle as port};
use winsock::win32::{AF_INET, SO_LINGER, SO_UPDATE_ACCEPT_CONTEXT, SOCK_STREAM, SOCKET, SOL_SOCKET};
use winsock::{Address, Code};

const SLOTS: usize = 16;
const QUIT: usize = 1;
const GRAVES: usize = 400;
/// Room for the two addresses of `AcceptEx`, and for data before them.
const ADDRESS: usize = 32;
const DATA: usize = 100;

/// Again with the other driver, which a process chooses once.
#[test]
fn with_io_uring() {
    support::again_with_io_uring();
}

#[test]
fn every_operation_ends_exactly_once_however_sockets_are_reused() {
    let number = |name: &str, other: u64| std::env::var(name).map_or(other, |text| text.parse().unwrap());
    let time = Duration::from_secs(number("STORM_SECONDS", 2));
    winsock::startup(0x0202).unwrap();
    storm(time, number("STORM_SEED", 0x5EED));
    winsock::cleanup().unwrap();
}

/// xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

#[derive(Default)]
struct Counts {
    begun: AtomicU64,
    ended: AtomicU64,
    well: [AtomicU64; KINDS],
    cancelled: AtomicU64,
}

const KINDS: usize = 5;
const NAMES: [&str; KINDS] = ["AcceptEx", "ConnectEx", "DisconnectEx", "WSARecv", "WSASend"];

struct Storm {
    port: usize,
    listener: SOCKET,
    to: Vec<u8>,
    slots: Vec<Mutex<SOCKET>>,
    under_way: Mutex<HashMap<usize, (usize, Memory)>>,
    graves: Mutex<VecDeque<(Memory, Vec<u8>)>>,
    counts: Counts,
}

fn storm(time: Duration, seed: u64) {
    let port = port::create(2).unwrap();
    let listener = support::listener(100);
    port::associate(port, listener, 0).unwrap();
    let storm = Storm {
        port,
        listener,
        to: winsock::getsockname(listener).unwrap().to_windows().to_vec(),
        slots: (0..SLOTS).map(|_| Mutex::new(socket_on(port))).collect(),
        under_way: Mutex::default(),
        graves: Mutex::default(),
        counts: Counts::default(),
    };
    let descriptors = descriptors();
    let deadline = Instant::now() + time;
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| storm.take_packets());
        }
        let callers: Vec<_> = (1..=3)
            .map(|caller| {
                let mut random = Random(seed.wrapping_mul(caller) | 1);
                let storm = &storm;
                scope.spawn(move || {
                    while Instant::now() < deadline {
                        storm.act(&mut random);
                    }
                })
            })
            .collect();
        callers.into_iter().for_each(|caller| caller.join().unwrap());
        winsock::closesocket(storm.listener).unwrap();
        for slot in &storm.slots {
            winsock::closesocket(*slot.lock().unwrap()).unwrap();
        }
        storm.wait_for_all();
        for _ in 0..2 {
            port::post(storm.port, QUIT, 0, 0).unwrap();
        }
    });
    storm.graves.lock().unwrap().drain(..).for_each(look_again);
    let well: Vec<String> = NAMES
        .iter()
        .zip(&storm.counts.well)
        .map(|(name, count)| format!("{name} {}", count.load(Ordering::Relaxed)))
        .collect();
    let (begun, cancelled) = (&storm.counts.begun, &storm.counts.cancelled);
    println!("{:?}: {begun:?} operations, {cancelled:?} cancelled, ended well: {}", driver_kind(), well.join(", "));
    for (name, count) in NAMES.iter().zip(&storm.counts.well) {
        assert!(count.load(Ordering::Relaxed) > 0, "a storm has some of everything, also of {name}");
    }
    // The listener and the sockets of all slots are gone; nothing came in their place.
    assert!(self::descriptors() < descriptors, "{} descriptors, {descriptors} before", self::descriptors());
    port::close(port).unwrap();
}

fn socket_on(port: usize) -> SOCKET {
    let s = winsock::socket(AF_INET, SOCK_STREAM, 0).unwrap();
    port::associate(port, s, 0).unwrap();
    s
}

fn look_again((memory, as_it_was): (Memory, Vec<u8>)) {
    assert!(memory.snapshot() == as_it_was, "memory was touched after its operation had ended");
}

impl Storm {
    /// Half of the slots are accepted into, half connect; which does what its state allows, and is refused what not.
    fn act(&self, random: &mut Random) {
        let at = random.below(SLOTS);
        let mut slot = self.slots[at].lock().unwrap();
        let s = *slot;
        match random.below(100) {
            0..25 if at.is_multiple_of(2) => self.accept(s, random.below(3) == 0),
            0..25 => self.connect(s, random.below(50)),
            25..45 => self.begin(3, DATA, |memory| overlapped::begin_receive(s, memory.record(), memory.buffers(1), 0)),
            45..65 => self.begin(4, DATA, |memory| overlapped::begin_send(s, memory.record(), memory.buffers(1), 0)),
            65..80 => {
                let flags = if random.below(8) == 0 { 0 } else { TF_REUSE_SOCKET };
                self.begin(2, 1, |memory| extension::begin_disconnect_ex(s, flags, 0, memory.record()));
            }
            80..84 => {
                let some = self.under_way.lock().unwrap().keys().next().copied();
                let _ = overlapped::cancel_on(if random.below(2) == 0 { s } else { self.listener }, some);
            }
            84..86 => drop(overlapped::cancel_on(s, None)),
            86..87 => drop(overlapped::cancel_issued_here_on(self.listener)),
            87..94 => {
                let context = self.listener.to_ne_bytes();
                let _ = winsock::setsockopt(s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, context[..].into());
            }
            _ => {
                if random.below(2) == 0 {
                    let _ = winsock::setsockopt(s, SOL_SOCKET, SO_LINGER, [1, 0, 0, 0][..].into());
                }
                winsock::closesocket(s).unwrap();
                *slot = socket_on(self.port);
            }
        }
    }

    fn accept(&self, s: SOCKET, wants_data: bool) {
        let data = if wants_data { DATA } else { 0 };
        self.begin(0, DATA + 2 * ADDRESS, |memory| {
            extension::accept_ex(self.listener, s, memory.record(), memory.accept_room(data, ADDRESS, ADDRESS))
        });
    }

    fn connect(&self, s: SOCKET, bytes: usize) {
        let any = Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], 0))).to_windows();
        // Bound already when it is used again.
        let _ = winsock::bind(s, &any);
        self.begin(1, 0, |memory| extension::connect_ex(s, &self.to, &vec![b'c'; bytes], memory.record()));
    }

    fn begin(&self, kind: usize, bytes: usize, call: impl FnOnce(&Memory) -> Result<Begun, Code>) {
        let memory = Memory::new(bytes);
        let address = memory.address();
        let same = memory.alias();
        // Its end may be told before the call returns.
        self.counts.begun.fetch_add(1, Ordering::SeqCst);
        assert!(self.under_way.lock().unwrap().insert(address, (kind, memory)).is_none());
        let begun = call(&same);
        std::mem::forget(same);
        if matches!(begun, Err(_) | Ok(Begun::Failed(_))) {
            let (_, memory) = self.under_way.lock().unwrap().remove(&address).expect("a failed call is not told again");
            // Marked as under way by the call, and never begun.
            memory.abandon();
            self.counts.ended.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn take_packets(&self) {
        let mut packets = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::SUCCESS }; 8];
        loop {
            let count = port::take(self.port, &mut packets, Some(Duration::from_secs(30))).unwrap();
            for packet in &packets[..count] {
                if packet.key == QUIT {
                    // May have taken the other's as well.
                    (1..count).for_each(|_| port::post(self.port, QUIT, 0, 0).unwrap());
                    return;
                }
                let known = self.under_way.lock().unwrap().remove(&packet.overlapped);
                let (kind, memory) = known.expect("told twice, or never begun");
                assert_eq!((memory.status(), memory.record().bytes()), (packet.status, packet.bytes));
                match packet.status {
                    Status::SUCCESS => self.counts.well[kind].fetch_add(1, Ordering::Relaxed),
                    Status::CANCELLED => self.counts.cancelled.fetch_add(1, Ordering::Relaxed),
                    _ => 0,
                };
                self.bury(memory);
            }
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
        self.counts.ended.fetch_add(1, Ordering::SeqCst);
    }

    fn wait_for_all(&self) {
        let start = Instant::now();
        while self.counts.ended.load(Ordering::SeqCst) < self.counts.begun.load(Ordering::SeqCst) {
            let left = || {
                let under_way = self.under_way.lock().unwrap();
                under_way.values().map(|(kind, _)| NAMES[*kind]).collect::<Vec<_>>()
            };
            assert!(start.elapsed() < Duration::from_secs(20), "never ended: {:?}", left());
            thread::sleep(Duration::from_millis(5));
        }
    }
}
