//! Many `AcceptEx` under way on a listener: connections that come one by one, then many at once, are all accepted, by one
//! waiting thread and by several. The engine watches such a listener in several ways, and changes between them here.

mod support;

use std::thread;
use std::time::Duration;

use support::{Memory, listener, stream};
use winsock::port::{Packet, by_handle as port};
use winsock::win32::SOCKET;
use winsock::{Address, extension, overlapped::Status};

const ROOM: usize = 32;
const UNDER_WAY: usize = 48;

/// A listener tied to a port, with as many `AcceptEx` as never run out here.
struct Server {
    handle: usize,
    listener: SOCKET,
    to: Vec<u8>,
    under_way: Vec<(SOCKET, Memory)>,
}

impl Server {
    fn new() -> Server {
        let listener = listener(200);
        let to = winsock::getsockname(listener).unwrap().to_windows().to_vec();
        let handle = port::create(4).unwrap();
        port::associate(handle, listener, 1).unwrap();
        let mut server = Server { handle, listener, to, under_way: Vec::new() };
        (0..UNDER_WAY).for_each(|_| server.begin());
        server
    }

    fn begin(&mut self) {
        let (acceptor, memory) = (stream(), Memory::new(2 * ROOM));
        let room = memory.accept_room(0, ROOM, ROOM);
        extension::accept_ex(self.listener, acceptor, memory.record(), room).unwrap();
        self.under_way.push((acceptor, memory));
    }

    /// Takes the operation with this OVERLAPPED, which must be there, and begins another one.
    fn end(&mut self, packet: Packet) {
        assert_eq!((packet.status, packet.key), (Status::SUCCESS, 1));
        let place = self.under_way.iter().position(|(_, memory)| memory.address() == packet.overlapped);
        let (acceptor, _) = self.under_way.remove(place.expect("each operation ends once"));
        winsock::closesocket(acceptor).unwrap();
        self.begin();
    }

    fn connect(&self, count: usize) -> Vec<SOCKET> {
        let connect = |_| {
            let client = stream();
            winsock::connect(client, &self.to).unwrap();
            client
        };
        (0..count).map(connect).collect()
    }

    fn serve(&mut self, count: usize) {
        for n in 0..count {
            let packet = take(self.handle, Some(Duration::from_secs(10)));
            self.end(packet.unwrap_or_else(|| panic!("{n} of {count} connections were accepted")));
        }
    }

    fn exchange(&mut self, count: usize) {
        let clients = self.connect(count);
        self.serve(count);
        clients.into_iter().for_each(|client| winsock::closesocket(client).unwrap());
    }
}

fn take(handle: usize, timeout: Option<Duration>) -> Option<Packet> {
    let mut packet = [Packet { key: 0, overlapped: 0, bytes: 0, status: Status::PENDING }];
    port::take(handle, &mut packet, timeout).ok().map(|_| packet[0])
}

/// Again with the other driver, which a process chooses once.
#[test]
fn with_io_uring() {
    support::again_with_io_uring();
}

#[test]
fn connections_that_come_one_by_one_and_then_at_once_are_all_accepted() {
    winsock::startup(0x0202).unwrap();
    let mut server = Server::new();
    for round in 0..6 {
        // Enough that a look for more falls upon every place of the round.
        (0..20 + 3 * round).for_each(|_| server.exchange(1));
        server.exchange(UNDER_WAY - 3);
        server.exchange(2);
        // More than are under way: the rest waits for those that are begun later.
        server.exchange(UNDER_WAY + 30);
    }
    assert!(take(server.handle, Some(Duration::from_millis(20))).is_none());
    close(server);
}

#[test]
fn several_waiting_threads_accept_them_too() {
    const THREADS: usize = 3;
    winsock::startup(0x0202).unwrap();
    let mut server = Server::new();
    for _ in 0..3 {
        (0..20).for_each(|_| server.exchange(1));
        let handle = server.handle;
        let waiters: Vec<_> =
            (0..THREADS).map(|_| thread::spawn(move || take(handle, Some(Duration::from_secs(10))))).collect();
        thread::sleep(Duration::from_millis(20));
        let clients = server.connect(THREADS);
        for waiter in waiters {
            server.end(waiter.join().unwrap().expect("every thread is told of one connection"));
        }
        clients.into_iter().for_each(|client| winsock::closesocket(client).unwrap());
        server.exchange(10);
    }
    close(server);
}

/// The name in a part of the buffer; `GetAcceptExSockaddrs` finds it so.
fn name_in(memory: &Memory, part: usize) -> Vec<u8> {
    let part = &memory.data(2 * ROOM)[part * ROOM..];
    let length = u32::from_ne_bytes(part[..4].try_into().unwrap()) as usize;
    part[8..8 + length].to_vec()
}

#[test]
fn the_buffer_names_both_ends_also_where_each_connection_has_a_local_name_of_its_own() {
    winsock::startup(0x0202).unwrap();
    for host in [[127, 0, 0, 1], [0; 4]] {
        let listener = stream();
        winsock::bind(listener, &Address::from(std::net::SocketAddr::from((host, 0))).to_windows()).unwrap();
        winsock::listen(listener, 5).unwrap();
        let number = winsock::getsockname(listener).unwrap().port();
        let handle = port::create(1).unwrap();
        port::associate(handle, listener, 1).unwrap();
        let reached: &[[u8; 4]] = if host == [0; 4] { &[[127, 0, 0, 1], [127, 0, 0, 2]] } else { &[host, host] };
        for address in reached {
            let (acceptor, client, memory) = (stream(), stream(), Memory::new(2 * ROOM));
            let room = memory.accept_room(0, ROOM, ROOM);
            extension::accept_ex(listener, acceptor, memory.record(), room).unwrap();
            let local = Address::from(std::net::SocketAddr::from((*address, number))).to_windows();
            winsock::connect(client, &local).unwrap();
            assert_eq!(take(handle, Some(Duration::from_secs(10))).map(|packet| packet.status), Some(Status::SUCCESS));
            assert_eq!(name_in(&memory, 0), local[..]);
            assert_eq!(name_in(&memory, 1), winsock::getsockname(client).unwrap().to_windows()[..]);
            assert!(memory.guards_are_whole());
            [acceptor, client].into_iter().for_each(|s| winsock::closesocket(s).unwrap());
        }
        winsock::closesocket(listener).unwrap();
        port::close(handle).unwrap();
    }
}

#[test]
fn closing_what_was_accepted_leaves_the_next_operation_with_the_same_overlapped_alone() {
    winsock::startup(0x0202).unwrap();
    let listener = listener(5);
    let to = winsock::getsockname(listener).unwrap().to_windows();
    let handle = port::create(1).unwrap();
    port::associate(handle, listener, 1).unwrap();
    let memory = Memory::new(2 * ROOM);
    let mut accepted = None;
    for _ in 0..3 {
        let (acceptor, client) = (stream(), stream());
        port::associate(handle, acceptor, 2).unwrap();
        extension::accept_ex(listener, acceptor, memory.record(), memory.accept_room(0, ROOM, ROOM)).unwrap();
        if let Some(before) = accepted.replace(acceptor) {
            winsock::closesocket(before).unwrap();
        }
        assert_eq!(memory.status(), Status::PENDING);
        winsock::connect(client, &to).unwrap();
        assert_eq!(take(handle, Some(Duration::from_secs(10))).map(|packet| packet.status), Some(Status::SUCCESS));
        winsock::closesocket(client).unwrap();
    }
    [accepted.unwrap(), listener].into_iter().for_each(|s| winsock::closesocket(s).unwrap());
    port::close(handle).unwrap();
}

/// Closing ends what is under way, each once, and nothing else.
fn close(server: Server) {
    winsock::closesocket(server.listener).unwrap();
    let mut left: Vec<usize> = server.under_way.iter().map(|(_, memory)| memory.address()).collect();
    while let Some(place) = left.pop() {
        let packet = take(server.handle, Some(Duration::from_secs(10))).expect("every operation is told");
        assert_eq!(packet.status, Status::CANCELLED);
        left.push(place);
        let place = left.iter().position(|address| *address == packet.overlapped).expect("and told once");
        left.swap_remove(place);
    }
    server.under_way.iter().for_each(|(acceptor, _)| winsock::closesocket(*acceptor).unwrap());
    port::close(server.handle).unwrap();
}
