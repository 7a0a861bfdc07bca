//! Plays the C caller: memory that stays in place, lent by address.
#![allow(unsafe_code, reason = "plays the C caller, who lends memory by address")]
#![allow(unreachable_pub, reason = "a module of test programs")]
#![allow(dead_code, reason = "each test program uses its part")]

use std::cell::Cell;
use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use winsock::driver::{DriverKind, Endpoint};
use winsock::overlapped::{self, AcceptRoom, Begun, Buffers, Judge, OVERLAPPED, Plain, Record, Status, WSABUF};
use winsock::port::{CompletionPort, Packet, WaitError};
use winsock::wait::Words;
use winsock::win32::{AF_INET, SOCK_STREAM, SOCKET};
use winsock::{Address, Call, Code};

pub const SOON: Option<Duration> = Some(Duration::from_secs(10));
pub const NOW: Option<Duration> = Some(Duration::ZERO);

/// Runs the test program again with the other driver, which a process chooses once.
pub fn again_with_io_uring() {
    if std::env::var_os("WSA_DRIVER").is_none() {
        let again = Command::new(std::env::current_exe().unwrap()).env("WSA_DRIVER", "io_uring").output().unwrap();
        let printed = String::from_utf8_lossy(&again.stdout);
        assert!(again.status.success(), "{printed}{}", String::from_utf8_lossy(&again.stderr));
    }
}

pub fn stream() -> SOCKET {
    winsock::socket(AF_INET, SOCK_STREAM, 0).unwrap()
}

/// A stream that listens at a free port of this computer.
pub fn listener(backlog: i32) -> SOCKET {
    let any = Address::from(SocketAddr::from(([127, 0, 0, 1], 0))).to_windows();
    let listener = stream();
    winsock::bind(listener, &any).unwrap();
    winsock::listen(listener, backlog).unwrap();
    listener
}

/// How many descriptors the process has.
pub fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// A byte stream whose failures mean what the catalogue's table says.
pub struct Stream;

impl Judge for Stream {
    fn judge(&self, errno: i32, call: Call) -> Option<Code> {
        winsock_codes::errno::from_errno(errno, call, winsock_codes::errno::When::Any).or(Some(Code::WSAEINVAL))
    }

    fn is_stream(&self) -> bool {
        true
    }
}

/// What a thread runs in an alertable wait: adds one to the counter at this address, which outlives the thread.
pub fn count_up([counter, ..]: Words) {
    // SAFETY: the tests keep the counter until the thread has ended.
    let counter = unsafe { &*std::ptr::with_exposed_provenance::<AtomicU64>(counter) };
    counter.fetch_add(1, Ordering::SeqCst);
}

/// One operation's memory: an OVERLAPPED, and a buffer between guards.
pub struct Memory {
    overlapped: *mut OVERLAPPED,
    bytes: *mut [u8],
    capacity: usize,
}

// SAFETY: plain memory; the tests hand it over, they do not share it.
unsafe impl Send for Memory {}
// SAFETY: as above; a test reads it only when the operation has ended.
unsafe impl Sync for Memory {}

const GUARD: usize = 16;
const GUARD_BYTE: u8 = 0xA5;

impl Memory {
    pub fn new(capacity: usize) -> Memory {
        let bytes = Box::into_raw(vec![GUARD_BYTE; capacity + 2 * GUARD].into_boxed_slice());
        Memory { overlapped: Box::into_raw(Box::default()), bytes, capacity }
    }

    pub fn with(data: &[u8]) -> Memory {
        let memory = Memory::new(data.len());
        memory.fill(data);
        memory
    }

    pub fn fill(&self, data: &[u8]) {
        // SAFETY: allocated above and not under way.
        unsafe { (&mut *self.bytes)[GUARD..GUARD + data.len()].copy_from_slice(data) }
    }

    /// The event field with the mark that asks for no packet.
    pub fn want_no_packet(&self) {
        // SAFETY: as above.
        unsafe { (*self.overlapped).hEvent = 1 }
    }

    /// The event that the end of the operation sets.
    pub fn put_event(&self, event: usize) {
        // SAFETY: as above.
        unsafe { (*self.overlapped).hEvent = event }
    }

    pub fn address(&self) -> usize {
        self.overlapped as usize
    }

    pub fn data(&self, count: usize) -> Vec<u8> {
        // SAFETY: as above.
        unsafe { (&*self.bytes)[GUARD..GUARD + count].to_vec() }
    }

    /// Everything, guards included.
    pub fn snapshot(&self) -> Vec<u8> {
        // SAFETY: as above.
        unsafe { (*self.bytes).to_vec() }
    }

    pub fn guards_are_whole(&self) -> bool {
        let all = self.snapshot();
        all[..GUARD].iter().chain(&all[GUARD + self.capacity..]).all(|byte| *byte == GUARD_BYTE)
    }

    pub fn record(&self) -> Record {
        // SAFETY: the memory is freed only when no operation uses it (`drop`).
        unsafe { Record::lend(self.overlapped) }.unwrap()
    }

    pub fn status(&self) -> Status {
        self.record().status()
    }

    /// The same memory once more, to be forgotten and not dropped.
    pub fn alias(&self) -> Memory {
        Memory { overlapped: self.overlapped, bytes: self.bytes, capacity: self.capacity }
    }

    /// Nothing is under way, whatever the status says: a call was refused.
    pub fn abandon(self) {
        // SAFETY: allocated in `new` and not under way.
        unsafe { (*self.overlapped).Internal = 0 }
    }

    /// The buffer as the output of `AcceptEx`, in three parts.
    pub fn accept_room(&self, data: usize, local: usize, remote: usize) -> Option<AcceptRoom> {
        assert!(data + local + remote <= self.capacity);
        // SAFETY: within the allocation, which is freed only when no operation uses it (`drop`).
        unsafe { AcceptRoom::lend(self.bytes.cast::<u8>().add(GUARD), data as u32, local as u32, remote as u32) }
    }

    /// OVERLAPPED and buffer together, if they are plain.
    pub fn plain(&self) -> Option<Plain> {
        // SAFETY: within the allocation, which is freed only when no operation uses it (`drop`).
        unsafe {
            let start = self.bytes.cast::<u8>().add(GUARD);
            Plain::lend(self.overlapped, WSABUF { len: self.capacity as u32, buf: start })
        }
    }

    /// The buffer cut into pieces of this many bytes each.
    pub fn buffers(&self, pieces: usize) -> Buffers {
        let size = self.capacity / pieces;
        // SAFETY: within the allocation.
        let piece = |at: usize| unsafe { self.bytes.cast::<u8>().add(GUARD + at * size) };
        let array: Vec<WSABUF> = (0..pieces).map(|at| WSABUF { len: size as u32, buf: piece(at) }).collect();
        // SAFETY: the memory is freed only when no operation uses it (`drop`).
        unsafe { Buffers::lend(&array) }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        if self.status() == Status::PENDING {
            return; // lent; a leak beats a stray write
        }
        // SAFETY: made by `Box` in `new`, and no operation is under way.
        unsafe {
            drop(Box::from_raw(self.overlapped));
            drop(Box::from_raw(self.bytes));
        }
    }
}

/// A connection tied to a port, and its other end.
pub struct Pair {
    pub port: Arc<CompletionPort>,
    pub endpoint: Arc<Endpoint>,
    pub peer: TcpStream,
    /// Transfers of one buffer go the way of plain ones.
    pub is_plain: bool,
}

pub const KEY: usize = 77;

impl Pair {
    pub fn new(kind: DriverKind) -> Pair {
        Pair::on(&CompletionPort::with_driver(1, kind).unwrap())
    }

    pub fn on(port: &Arc<CompletionPort>) -> Pair {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (ours, _) = listener.accept().unwrap();
        Pair::of(port, ours, peer)
    }

    pub fn of(port: &Arc<CompletionPort>, ours: TcpStream, peer: TcpStream) -> Pair {
        ours.set_nodelay(true).unwrap();
        peer.set_nodelay(true).unwrap();
        let endpoint = Endpoint::new(Arc::new(OwnedFd::from(ours)), Arc::new(Stream));
        assert!(endpoint.associate(port, KEY) && !endpoint.associate(port, KEY));
        Pair { port: Arc::clone(port), endpoint, peer, is_plain: PLAINLY.get() }
    }

    pub fn receive(&self, memory: &Memory) -> Begun {
        self.receive_pieces(memory, 1)
    }

    pub fn receive_pieces(&self, memory: &Memory, pieces: usize) -> Begun {
        if self.is_plain
            && pieces == 1
            && let Some(begun) = memory.plain().and_then(|lent| overlapped::receive_plain(&self.endpoint, lent))
        {
            return begun;
        }
        let port = self.endpoint.association();
        overlapped::receive(&self.endpoint, port, memory.record(), memory.buffers(pieces), 0)
    }

    pub fn send(&self, memory: &Memory) -> Begun {
        self.send_pieces(memory, 1)
    }

    pub fn send_pieces(&self, memory: &Memory, pieces: usize) -> Begun {
        if self.is_plain
            && pieces == 1
            && let Some(begun) = memory.plain().and_then(|lent| overlapped::send_plain(&self.endpoint, lent))
        {
            return begun;
        }
        let port = self.endpoint.association();
        overlapped::send(&self.endpoint, port, memory.record(), memory.buffers(pieces), 0)
    }

    pub fn take(&self) -> Packet {
        self.port.take(SOON).expect("a packet within ten seconds")
    }

    pub fn assert_no_packet(&self) {
        assert_eq!(self.port.take(NOW), Err(WaitError::TimedOut));
    }

    pub fn say(&mut self, text: &[u8]) {
        self.peer.write_all(text).unwrap();
    }
}

/// xorshift64*: small, seeded, the same storm each time as far as threads allow.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// A number from the environment.
pub fn setting(name: &str, other: u64) -> u64 {
    std::env::var(name).map_or(other, |text| text.parse().unwrap())
}

thread_local! {
    /// Pairs made by this thread are plain.
    static PLAINLY: Cell<bool> = const { Cell::new(false) };
}

/// Runs a test with each driver, and with transfers of one buffer going the plain way and the general one.
pub fn with_each_driver(test: impl Fn(DriverKind)) {
    with_drivers(|kind| {
        for is_plain in [false, true] {
            PLAINLY.set(is_plain);
            test(kind);
        }
    });
}

/// Runs a test with each driver; io_uring is skipped aloud where the kernel forbids it.
pub fn with_drivers(test: impl Fn(DriverKind)) {
    test(DriverKind::Epoll);
    // A port that nobody waits on would keep the process's watch awake, which then looks after the tests' ports too.
    match CompletionPort::with_driver(1, DriverKind::IoUring).map(drop) {
        Ok(()) => test(DriverKind::IoUring),
        Err(error) => eprintln!("SKIPPED with io_uring: {error}"),
    }
}

/// Lets the process open descriptors below this number only; returns the limit before.
pub fn limit_descriptors(most: u64) -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls get a live structure.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit), 0);
        let before = limit.rlim_cur;
        limit.rlim_cur = most;
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &limit), 0);
        before
    }
}

/// Lets the process open as many descriptors as it may at all; returns how many.
pub fn raise_descriptors() -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the call gets a live structure.
    assert_eq!(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) }, 0);
    limit_descriptors(limit.rlim_max);
    limit.rlim_max
}
