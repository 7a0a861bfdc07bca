//! `TransmitFile` and `TransmitPackets` on files, blocking and through a completion port, with both drivers.

#![allow(unsafe_code, reason = "calls of the C ABI")]

use std::ffi::c_void;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::OwnedFd;
use std::process::Command;
use std::ptr::{null, null_mut};
use std::thread;
use std::time::Duration;

use winsock::extension::Extension;
use winsock::win32::{AF_INET, SOCK_DGRAM, SOCK_STREAM};
use winsock::{Address, Code, file};
use ws2_32::types::{
    HANDLE, OVERLAPPED, SOCKET, TRANSMIT_FILE_BUFFERS, TRANSMIT_PACKETS_ELEMENT, TRANSMIT_PACKETS_ELEMENT_0,
    TRANSMIT_PACKETS_ELEMENT_0_0,
};
use ws2_32::{CreateIoCompletionPort, GetQueuedCompletionStatus, TransmitFile, TransmitPackets};

const TF_DISCONNECT: u32 = 1;
const TF_REUSE_SOCKET: u32 = 2;
const MEMORY: u32 = 1;
const FILE: u32 = 2;
const PACKET_END: u32 = 4;

/// Every test again with the other driver, which a process chooses once.
#[test]
fn with_io_uring() {
    if std::env::var_os("WSA_DRIVER").is_some() {
        return;
    }
    let again = Command::new(std::env::current_exe().unwrap()).env("WSA_DRIVER", "io_uring").output().unwrap();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stdout));
}

/// A connected socket and its peer.
fn pair() -> (SOCKET, TcpStream) {
    winsock::startup(0x0202).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let s = winsock::socket(AF_INET, SOCK_STREAM, 0).unwrap();
    winsock::connect(s, &Address::from(listener.local_addr().unwrap()).to_windows()).unwrap();
    let (peer, _) = listener.accept().unwrap();
    peer.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    (s, peer)
}

/// A file without a name, with these bytes, by its handle.
fn file_of(bytes: &[u8]) -> (HANDLE, File) {
    // SAFETY: the name is a live string with its zero.
    let fd = unsafe { libc::memfd_create(c"transmit".as_ptr(), 0) };
    assert!(fd >= 0);
    // SAFETY: just made, and nobody else's.
    let mut file = File::from(unsafe { <OwnedFd as std::os::fd::FromRawFd>::from_raw_fd(fd) });
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let same = file.try_clone().unwrap();
    let handle = file::insert(file::File::new(OwnedFd::from(file))).unwrap();
    (std::ptr::without_provenance_mut::<c_void>(handle), same)
}

fn pattern(count: usize) -> Vec<u8> {
    (0..count).map(|at| (at * 7 + at / 251) as u8).collect()
}

fn around(head: &mut [u8], tail: &mut [u8]) -> TRANSMIT_FILE_BUFFERS {
    TRANSMIT_FILE_BUFFERS {
        Head: head.as_mut_ptr(),
        HeadLength: head.len() as u32,
        Tail: tail.as_mut_ptr(),
        TailLength: tail.len() as u32,
    }
}

fn received(peer: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    peer.read_exact(&mut bytes).unwrap();
    bytes
}

fn last_error() -> i32 {
    winsock::last_error().value()
}

fn empty() -> OVERLAPPED {
    OVERLAPPED { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: null_mut() }
}

/// A port with the socket; the first packet: whether it succeeded, bytes, error.
struct Port(HANDLE);

impl Port {
    fn with(s: SOCKET) -> Port {
        let port = CreateIoCompletionPort(std::ptr::without_provenance_mut(usize::MAX), null_mut(), 0, 1);
        assert!(!CreateIoCompletionPort(std::ptr::without_provenance_mut(s), port, 1, 0).is_null());
        Port(port)
    }

    fn next(&self, wait_ms: u32) -> Option<(bool, u32, i32)> {
        let (mut bytes, mut key, mut overlapped) = (0, 0, null_mut());
        // SAFETY: places for the answers.
        let ok = unsafe { GetQueuedCompletionStatus(self.0, &mut bytes, &mut key, &mut overlapped, wait_ms) };
        (!overlapped.is_null()).then(|| (ok != 0, bytes, if ok != 0 { 0 } else { last_error() }))
    }
}

#[test]
fn head_file_and_tail_arrive_in_order() {
    let (s, mut peer) = pair();
    let bytes = pattern(300_000);
    let (handle, mut same) = file_of(&bytes);
    let (mut head, mut tail) = (*b"head", *b"the tail");
    let buffers = around(&mut head, &mut tail);
    let reader = thread::spawn(move || (received(&mut peer, 300_012), peer));
    // SAFETY: live buffers; the call is not overlapped.
    assert_eq!(unsafe { TransmitFile(s, handle, 0, 0, null_mut(), &buffers, 0) }, 1);
    let (all, mut peer) = reader.join().unwrap();
    assert!(all[..4] == head && all[4..300_004] == bytes && all[300_004..] == tail);
    // The file's position was the start, and moved.
    assert_eq!(same.stream_position().unwrap(), 300_000);
    // SAFETY: as above.
    assert_eq!(unsafe { TransmitFile(s, handle, 0, 0, null_mut(), null(), TF_DISCONNECT) }, 1);
    assert_eq!(peer.read(&mut [0; 4]).unwrap(), 0, "nothing was left of the file, and the sending side was ended");
}

// Docs: "TransmitFile function", lpOverlapped; dlls/ws2_32/tests/sock.c, test_TransmitFile: always pending, from the
// OVERLAPPED's offset, however many bytes the peer has not read.
#[test]
fn overlapped_it_goes_on_while_the_peer_reads() {
    let (s, mut peer) = pair();
    let port = Port::with(s);
    let bytes = pattern(8_000_000);
    let (handle, mut same) = file_of(&bytes);
    let mut operation = OVERLAPPED { Offset: 10, ..empty() };
    // SAFETY: the operation's memory outlives it.
    unsafe {
        assert_eq!(TransmitFile(s, handle, 0, 0, &mut operation, null(), 0), 0);
        assert_eq!(last_error(), Code::WSA_IO_PENDING.value());
    }
    assert_eq!(port.next(50), None);
    // The program's own blocking calls wait meanwhile, and as long as they shall.
    assert_eq!(winsock::setsockopt(s, 0xffff, 0x1006, 200u32.to_ne_bytes()[..].into()), Ok(()));
    let start = std::time::Instant::now();
    assert_eq!(winsock::recv(s, &mut [0; 4], 0), Err(Code::WSAETIMEDOUT));
    assert!(start.elapsed() >= Duration::from_millis(190), "{:?}", start.elapsed());
    let reader = thread::spawn(move || (received(&mut peer, 7_999_990), peer));
    assert_eq!(port.next(10_000), Some((true, 7_999_990, 0)));
    let (all, _peer) = reader.join().unwrap();
    assert!(all == bytes[10..]);
    assert_eq!(same.stream_position().unwrap(), 0);
    // Afterwards the socket waits again where it shall.
    assert_eq!(winsock::setsockopt(s, 0xffff, 0x1006, 50u32.to_ne_bytes()[..].into()), Ok(()));
    assert_eq!(winsock::recv(s, &mut [0; 4], 0), Err(Code::WSAETIMEDOUT));
}

#[test]
fn a_small_one_is_pending_too_and_disconnects_for_reuse() {
    let (s, mut peer) = pair();
    let port = Port::with(s);
    let (handle, _same) = file_of(b"the file");
    let mut operation = empty();
    let flags = TF_DISCONNECT | TF_REUSE_SOCKET;
    // SAFETY: the operation's memory outlives it.
    unsafe {
        assert_eq!(TransmitFile(s, handle, 3, 0, &mut operation, null(), flags), 0);
        assert_eq!(last_error(), 997);
    }
    assert_eq!(received(&mut peer, 3), b"the");
    assert_eq!(peer.read(&mut [0; 4]).unwrap(), 0);
    assert_eq!(port.next(50), None, "the peer has not ended its side");
    drop(peer);
    assert_eq!(port.next(10_000), Some((true, 3, 0)));
    assert_eq!(winsock::send(s, b"x", 0), Err(Code::WSAENOTCONN));
}

#[test]
fn cancelled_or_reset_it_says_so() {
    let (s, peer) = pair();
    let port = Port::with(s);
    let (handle, _same) = file_of(&pattern(16 << 20));
    let (mut first, mut second) = (empty(), empty());
    // SAFETY: the operations' memory outlives them.
    unsafe {
        assert_eq!(TransmitFile(s, handle, 0, 0, &mut first, null(), 0), 0);
        assert_eq!(ws2_32::CancelIoEx(std::ptr::without_provenance_mut(s), &mut first), 1);
        let (ok, moved, error) = port.next(10_000).unwrap();
        assert!(!ok && moved > 0 && error == 995, "{moved} {error}");
        assert_eq!(TransmitFile(s, handle, 0, 0, &mut second, null(), 0), 0);
        // Unread data makes the peer's close a reset.
        drop(peer);
        let (ok, _, error) = port.next(10_000).unwrap();
        assert!(!ok && error == 64, "{error}");
        assert_eq!(TransmitFile(s, handle, 0, 0, null_mut(), null(), 0), 0);
        assert_eq!(last_error(), Code::WSAECONNRESET.value());
    }
}

#[test]
fn what_cannot_be_sent_has_its_code() {
    let (s, _peer) = pair();
    let (handle, _same) = file_of(b"short");
    let mut beyond = OVERLAPPED { Offset: 6, ..empty() };
    let code = |ok: i32| if ok == 0 { last_error() } else { 0 };
    // SAFETY: nothing is begun.
    unsafe {
        assert_eq!(code(TransmitFile(s, handle, 0, 0, &mut beyond, null(), 0)), 10022);
        assert_eq!(code(TransmitFile(s, handle, 0x7fff_ffff, 0, null_mut(), null(), 0)), 10022);
        assert_eq!(code(TransmitFile(s, handle, 0, 0, null_mut(), null(), TF_REUSE_SOCKET)), 10022);
        assert_eq!(code(TransmitFile(s, std::ptr::without_provenance_mut(0x1234), 0, 0, null_mut(), null(), 0)), 6);
        let datagrams = winsock::socket(AF_INET, SOCK_DGRAM, 0).unwrap();
        assert_eq!(code(TransmitFile(datagrams, null_mut(), 0, 0, null_mut(), null(), 0)), 10057);
        // More than there is: what there is.
        assert_eq!(code(TransmitFile(s, handle, 100, 0, null_mut(), null(), 0)), 0);
    }
}

fn memory(bytes: &mut [u8], flags: u32) -> TRANSMIT_PACKETS_ELEMENT {
    let what = TRANSMIT_PACKETS_ELEMENT_0 { pBuffer: bytes.as_mut_ptr() };
    TRANSMIT_PACKETS_ELEMENT { dwElFlags: MEMORY | flags, cLength: bytes.len() as u32, what }
}

fn part(handle: HANDLE, offset: i64, bytes: u32, flags: u32) -> TRANSMIT_PACKETS_ELEMENT {
    let file = TRANSMIT_PACKETS_ELEMENT_0_0 { nFileOffset: offset, hFile: handle };
    let what = TRANSMIT_PACKETS_ELEMENT_0 { file };
    TRANSMIT_PACKETS_ELEMENT { dwElFlags: FILE | flags, cLength: bytes, what }
}

#[test]
fn packets_are_memory_and_files_in_any_order() {
    assert_eq!(Extension::from_guid(&[0; 16]), None);
    let (s, mut peer) = pair();
    let port = Port::with(s);
    let (handle, _same) = file_of(b"0123456789");
    let (mut one, mut two) = (*b"one", *b"two");
    let elements = [part(handle, 8, 0, 0), memory(&mut one, PACKET_END), part(handle, 2, 3, 0), memory(&mut two, 0)];
    let mut operation = empty();
    // SAFETY: the operation's memory outlives it.
    unsafe {
        assert_eq!(TransmitPackets(s, elements.as_ptr(), 4, 0, &mut operation, 0), 0);
        assert_eq!(last_error(), 997);
        assert_eq!(port.next(10_000), Some((true, 11, 0)));
        assert_eq!(TransmitPackets(s, elements.as_ptr(), 1, 0, null_mut(), TF_DISCONNECT), 1);
    }
    let mut all = Vec::new();
    peer.read_to_end(&mut all).unwrap();
    assert_eq!(all, b"89one234two89");
}

#[test]
fn packets_on_a_datagram_socket_end_where_they_are_marked() {
    winsock::startup(0x0202).unwrap();
    let peer = UdpSocket::bind("127.0.0.1:0").unwrap();
    peer.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let s = winsock::socket(AF_INET, SOCK_DGRAM, 0).unwrap();
    winsock::connect(s, &Address::from(peer.local_addr().unwrap()).to_windows()).unwrap();
    let (handle, _same) = file_of(b"0123456789");
    let (mut one, mut two) = (*b"one", *b"two");
    let elements = [memory(&mut one, 0), part(handle, 0, 4, PACKET_END), memory(&mut two, PACKET_END)];
    // SAFETY: live memory; the call is not overlapped.
    assert_eq!(unsafe { TransmitPackets(s, elements.as_ptr(), 3, 0, null_mut(), 0) }, 1);
    let mut buffer = [0; 32];
    let mut next = || peer.recv(&mut buffer).map(|count| buffer[..count].to_vec()).unwrap();
    assert_eq!((next(), next()), (b"one0123".to_vec(), b"two".to_vec()));
    peer.set_nonblocking(true).unwrap();
    assert!(peer.recv(&mut [0; 4]).is_err(), "no empty datagram after the last mark");
}
