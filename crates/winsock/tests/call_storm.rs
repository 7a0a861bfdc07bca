//! Threads that call anything on the same few sockets at the same moment: no call waits for ever, every operation ends, no
//! byte of its memory changes after its end, and no descriptor is left behind. `STORM_SECONDS` says for how long (2 by
//! default), `STORM_SEED` which storm.

mod support;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use support::{Memory, Random, descriptors, setting};
use winsock::event::{self, FD_ACCEPT, FD_CLOSE, FD_CONNECT, FD_READ, FD_WRITE};
use winsock::extension::{self, TF_REUSE_SOCKET};
use winsock::overlapped::{self, Begun, Status};
use winsock::port::{Packet, by_handle as port};
use winsock::win32::{FIONBIO, SOCKET};
use winsock::{Code, wait};

const SLOTS: usize = 6;
const THREADS: u64 = 4;
const ROOM: usize = 32;
/// Names of what [`Storm::act`] does, for who asks where a thread stands.
const CALLS: [&str; 20] = [
    "closesocket and socket",
    "WSARecv",
    "WSASend",
    "CancelIoEx",
    "CancelIo",
    "CreateIoCompletionPort",
    "WSAEventSelect",
    "WSAEnumNetworkEvents",
    "shutdown",
    "recv",
    "send",
    "ConnectEx",
    "AcceptEx",
    "DisconnectEx",
    "FIONBIO",
    "getpeername",
    "SetFileCompletionNotificationModes",
    "WSAGetOverlappedResult",
    "DuplicateHandle",
    "GetQueuedCompletionStatus",
];

/// Again with the other driver, which a process chooses once.
#[test]
fn with_io_uring() {
    support::again_with_io_uring();
}

#[test]
fn calls_on_the_same_socket_wait_for_nobody() {
    let time = Duration::from_secs(setting("STORM_SECONDS", 2));
    let seed = setting("STORM_SEED", 0x5EED);
    winsock::startup(0x0202).unwrap();
    // The process's own driver and watcher stay.
    storm(Duration::from_millis(200), seed);
    let before = descriptors();
    let calls = storm(time, seed);
    // A thread that ends lets go of its port a moment after it has reported.
    let deadline = Instant::now() + Duration::from_secs(5);
    while descriptors() > before && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(10));
    }
    assert!(descriptors() <= before, "{} descriptors, {before} before", descriptors());
    println!("{calls} calls");
    winsock::cleanup().unwrap();
}

struct Storm {
    listener: SOCKET,
    name: Vec<u8>,
    ports: [port::Handle; 2],
    event: usize,
    slots: [AtomicUsize; SLOTS],
    /// What each thread does, and how much it has done.
    doing: [AtomicUsize; THREADS as usize],
    calls: [AtomicU64; THREADS as usize],
}

fn storm(time: Duration, seed: u64) -> u64 {
    let listener = support::listener(50);
    let storm = Arc::new(Storm {
        listener,
        name: winsock::getsockname(listener).unwrap().to_windows().to_vec(),
        ports: [port::create(1).unwrap(), port::create(2).unwrap()],
        event: wait::create_event(None, true, false).unwrap().0,
        slots: std::array::from_fn(|_| AtomicUsize::new(bound())),
        doing: std::array::from_fn(|_| AtomicUsize::new(0)),
        calls: std::array::from_fn(|_| AtomicU64::new(0)),
    });
    port::associate(storm.ports[0], listener, 1).unwrap();
    let end = Instant::now() + time;
    let (sender, left) = mpsc::channel();
    for number in 0..THREADS {
        let (storm, sender) = (Arc::clone(&storm), sender.clone());
        thread::spawn(move || {
            let mut caller = Caller {
                random: Random(seed.wrapping_mul(number + 1) | 1),
                storm: &storm,
                number: number as usize,
                under_way: Vec::new(),
            };
            while Instant::now() < end {
                caller.act();
                storm.calls[number as usize].fetch_add(1, Ordering::Relaxed);
            }
            let under_way = std::mem::take(&mut caller.under_way);
            sender.send(under_way).unwrap();
        });
    }
    let mut under_way = Vec::new();
    for _ in 0..THREADS {
        under_way.extend(storm.wait_for_one(&left, end));
    }
    for slot in &storm.slots {
        winsock::closesocket(slot.load(Ordering::Relaxed)).unwrap();
    }
    winsock::closesocket(listener).unwrap();
    storm.wait_for_ends(under_way);
    for handle in storm.ports.into_iter().chain([storm.event]) {
        wait::close(handle).unwrap();
    }
    storm.calls()
}

impl Storm {
    fn calls(&self) -> u64 {
        self.calls.iter().map(|calls| calls.load(Ordering::Relaxed)).sum()
    }

    /// What a thread has left under way. A call that waits for a socket's end gets it.
    fn wait_for_one(&self, left: &mpsc::Receiver<Vec<Memory>>, end: Instant) -> Vec<Memory> {
        let mut before = 0;
        loop {
            match left.recv_timeout(Duration::from_millis(200)) {
                Ok(under_way) => return under_way,
                Err(_) if Instant::now() < end + Duration::from_secs(20) => {}
                Err(_) => {
                    let doing: Vec<&str> =
                        self.doing.iter().map(|doing| CALLS[doing.load(Ordering::Relaxed)]).collect();
                    panic!("threads do not come back: {doing:?}");
                }
            }
            let calls = self.calls();
            if std::mem::replace(&mut before, calls) == calls {
                // Perhaps all of them receive.
                self.slots.iter().for_each(renew);
            }
        }
    }

    fn wait_for_ends(&self, under_way: Vec<Memory>) {
        let deadline = Instant::now() + Duration::from_secs(20);
        for memory in under_way {
            while memory.status() == Status::PENDING {
                assert!(Instant::now() < deadline, "an operation does not end");
                thread::sleep(Duration::from_millis(1));
            }
            assert!(memory.guards_are_whole());
        }
    }
}

fn bound() -> SOCKET {
    let s = support::stream();
    let any = winsock::Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], 0))).to_windows();
    winsock::bind(s, &any).unwrap();
    s
}

/// Puts another socket into the slot.
fn renew(slot: &AtomicUsize) {
    let former = slot.swap(bound(), Ordering::Relaxed);
    winsock::closesocket(former).unwrap();
}

struct Caller<'s> {
    random: Random,
    storm: &'s Storm,
    number: usize,
    under_way: Vec<Memory>,
}

impl Caller<'_> {
    fn act(&mut self) {
        let Storm { listener, name, ports, event, slots, doing, .. } = self.storm;
        let slot = &slots[self.random.below(SLOTS)];
        let s = slot.load(Ordering::Relaxed);
        let call = self.random.below(CALLS.len());
        doing[self.number].store(call, Ordering::Relaxed);
        self.forget_ended();
        let size = [1, 100, 300_000][self.random.below(3)];
        match call {
            0 => renew(slot),
            1 => self.begin(size, |memory| overlapped::begin_receive(s, memory.record(), memory.buffers(1), 0)),
            2 => self.begin(size, |memory| overlapped::begin_send(s, memory.record(), memory.buffers(1), 0)),
            3 => drop(overlapped::cancel_on(s, None)),
            4 => drop(overlapped::cancel_issued_here_on(s)),
            5 => drop(port::associate(ports[self.random.below(2)], s, 2)),
            6 => drop(event::event_select(
                s,
                *event,
                [0, FD_READ | FD_WRITE | FD_CLOSE, FD_CONNECT | FD_ACCEPT][self.random.below(3)],
            )),
            7 => drop(event::enum_network_events(s, *event)),
            8 => drop(winsock::shutdown(s, self.random.below(3) as i32)),
            9 => drop(winsock::recv(s, &mut [0; 64], 0)),
            10 => drop(winsock::send(s, &[7; 64], 0)),
            11 => self.begin(1, |memory| extension::connect_ex(s, name, &[1; 9], memory.record())),
            12 => {
                let data = [0, 64][self.random.below(2)];
                self.begin(data + 2 * ROOM, |memory| {
                    extension::accept_ex(*listener, s, memory.record(), memory.accept_room(data, ROOM, ROOM))
                });
            }
            13 => self.begin(1, |memory| extension::begin_disconnect_ex(s, TF_REUSE_SOCKET, 0, memory.record())),
            14 => drop(winsock::ioctlsocket(s, FIONBIO, &mut (self.random.below(2) as u32))),
            15 => drop(winsock::getpeername(s)),
            16 => drop(port::add_modes(s, 1)),
            17 => drop(self.under_way.first().map(|memory| overlapped::result(&memory.record()))),
            18 => drop(wait::duplicate(s).map(winsock::closesocket)),
            _ => take(ports[self.random.below(2)]),
        }
    }

    fn begin(&mut self, size: usize, begin: impl FnOnce(&Memory) -> Result<Begun, Code>) {
        let memory = Memory::new(size);
        match begin(&memory) {
            Ok(Begun::Pending | Begun::Done(_)) => self.under_way.push(memory),
            Ok(Begun::Failed(_)) | Err(_) => memory.abandon(),
        }
    }

    fn forget_ended(&mut self) {
        let (ended, under_way) =
            std::mem::take(&mut self.under_way).into_iter().partition(|memory| memory.status() != Status::PENDING);
        self.under_way = under_way;
        let ended: Vec<Memory> = ended;
        assert!(ended.iter().all(Memory::guards_are_whole));
    }
}

fn take(handle: port::Handle) {
    let mut packets = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }; 8];
    let _ = port::take(handle, &mut packets, Some(Duration::from_millis(1)));
}
