//! What calls say when the system has no more to give: descriptors, room in io_uring's queues, memory for a stack. The limits
//! are the process's, so all of it is one test, in a program of its own.

mod support;

use std::time::{Duration, Instant};

use support::{Memory, Pair, limit_descriptors, raise_descriptors};
use winsock::driver::DriverKind;
use winsock::event::{self, FD_READ};
use winsock::overlapped::{self, Begun, Status};
use winsock::port::{CompletionPort, Packet, by_handle as port};
use winsock::wait::{self, Routine, Waited};
use winsock::win32::{AF_INET, SOCK_DGRAM, SOCKET};
use winsock::{Address, Code};

#[test]
fn what_lacks_is_told_by_the_documented_code_and_all_works_once_it_is_there() {
    winsock::startup(0x0202).unwrap();
    without_descriptors();
    with_more_receives_than_io_uring_has_room_for();
    without_memory_for_a_stack();
    without_handles();
    winsock::cleanup().unwrap();
}

/// The first overlapped call of a process needs descriptors of its own, and so does the first watched socket.
fn without_descriptors() {
    let s = bound();
    let (event, _) = wait::create_event(None, true, false).unwrap();
    let memory = Memory::new(10);
    memory.put_event(event);
    let receive = || {
        let record = memory.record().tell_event().unwrap();
        overlapped::begin_receive(s, record, memory.buffers(1), 0)
    };

    let before = limit_descriptors(0);
    assert_eq!(winsock::socket(AF_INET, SOCK_DGRAM, 0), Err(Code::WSAEMFILE));
    assert_eq!(receive(), Ok(Begun::Failed(Code::WSAENOBUFS)));
    assert_eq!(wait::wait_for_object(event, Some(Duration::ZERO), false), Ok(Waited::TimedOut));
    assert_eq!(event::event_select(s, event, FD_READ), Err(Code::WSAENOBUFS));
    assert_eq!(port::create(0), Err(port::NO_SYSTEM_RESOURCES));
    limit_descriptors(before);

    assert_eq!(receive(), Ok(Begun::Pending));
    send_to(s, b"there");
    assert_eq!(wait::wait_for_object(event, Some(Duration::from_secs(10)), false), Ok(Waited::Object(0)));
    assert_eq!((memory.status(), memory.data(5)), (Status::SUCCESS, b"there".to_vec()));
    event::event_select(s, event, FD_READ).unwrap();
    winsock::closesocket(s).unwrap();
}

/// io_uring's submission queue has 256 places and its completion queue 2,048; a receive of each connection is far more.
fn with_more_receives_than_io_uring_has_room_for() {
    let Ok(port) = CompletionPort::with_driver(1, DriverKind::IoUring) else {
        return println!("SKIPPED: the kernel forbids io_uring");
    };
    let most = (raise_descriptors().saturating_sub(100) / 2).min(2_500) as usize;
    assert!(most > 300, "room for {most} connections only");
    let mut pairs: Vec<Pair> = (0..most).map(|_| Pair::on(&port)).collect();
    let memories: Vec<Memory> = pairs.iter().map(begin).collect();
    for pair in &mut pairs {
        std::io::Write::write_all(&mut pair.peer, b"x").unwrap();
    }
    let mut packets = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }; 64];
    let (mut ended, start) = (0, Instant::now());
    while ended < most {
        assert!(start.elapsed() < Duration::from_secs(60), "{ended} of {most} ended");
        let count = port.take_many(&mut packets, Some(Duration::from_secs(10))).unwrap();
        assert!(packets[..count].iter().all(|packet| (packet.status, packet.bytes) == (Status::SUCCESS, 1)));
        ended += count;
    }
    assert!(memories.iter().all(|memory| memory.status() == Status::SUCCESS && memory.data(1) == b"x"));
    println!("{most} receives at once");
}

fn begin(pair: &Pair) -> Memory {
    let memory = Memory::new(1);
    let port = pair.endpoint.association();
    let begun = overlapped::receive(&pair.endpoint, port, memory.record(), memory.buffers(1), 0);
    assert_eq!(begun, Begun::Pending);
    memory
}

fn without_memory_for_a_stack() {
    extern "C" fn never(_: *mut std::ffi::c_void) -> u32 {
        unreachable!("there is no such stack")
    }
    let stack_bytes = 1 << 50;
    let begun = wait::create_thread(Routine::WithCode(never), 0, stack_bytes, false, false);
    assert_eq!(begun, Err(wait::NOT_ENOUGH_MEMORY));
}

fn bound() -> SOCKET {
    let s = winsock::socket(AF_INET, SOCK_DGRAM, 0).unwrap();
    let any = Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], 0))).to_windows();
    winsock::bind(s, &any).unwrap();
    s
}

fn send_to(s: SOCKET, data: &[u8]) {
    let to = winsock::getsockname(s).unwrap().to_windows();
    let from = winsock::socket(AF_INET, SOCK_DGRAM, 0).unwrap();
    assert_eq!(winsock::sendto(from, data, 0, Some(&to)), Ok(data.len()));
    winsock::closesocket(from).unwrap();
}

/// A duplicate that does not come does not keep its port open either.
fn without_handles() {
    let handle = port::create(1).unwrap();
    let mut events: Vec<usize> =
        std::iter::from_fn(|| wait::create_event(None, true, false).ok().map(|(event, _)| event)).collect();
    assert!(events.len() > 200_000, "{} handles", events.len());
    assert_eq!(wait::create_event(None, true, false), Err(port::NO_SYSTEM_RESOURCES));
    assert_eq!(wait::duplicate(handle), Err(port::NO_SYSTEM_RESOURCES));
    wait::close(events.pop().unwrap()).unwrap();

    let (sender, begins) = std::sync::mpsc::channel();
    let waiter = std::thread::spawn(move || {
        let mut packets = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }];
        sender.send(()).unwrap();
        port::take(handle, &mut packets, Some(Duration::from_secs(10)))
    });
    begins.recv().unwrap();
    std::thread::sleep(Duration::from_millis(20));
    wait::close(handle).unwrap();
    // The second if this thread was faster.
    let ended = waiter.join().unwrap();
    assert!(matches!(ended, Err(port::ABANDONED_WAIT | port::INVALID_HANDLE)), "{ended:?}");
    for event in events {
        wait::close(event).unwrap();
    }
}
