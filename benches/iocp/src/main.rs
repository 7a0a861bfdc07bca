//! Echo server on a completion port, straight on the engine: what the C program does through `ws2_32`, without it.
//!
//! usage: `iocp-bench PORT [THREADS [BUFFER_BYTES]]`; the driver is `WSA_DRIVER`'s.
#![allow(unsafe_code, reason = "plays the C caller, who lends memory by address")]

use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::thread;

use winsock::driver::Endpoint;
use winsock::overlapped::{Begun, Buffers, Judge, OVERLAPPED, Record, WSABUF};
use winsock::port::{CompletionPort, Packet};
use winsock::{Call, Code};

struct Stream;

impl Judge for Stream {
    fn judge(&self, _: i32, _: Call) -> Option<Code> {
        Some(Code::WSAECONNRESET)
    }

    fn is_stream(&self) -> bool {
        true
    }
}

/// One connection; packets find it by the address of its first field.
#[repr(C, align(64))]
struct Connection {
    receive: OVERLAPPED,
    send: OVERLAPPED,
    endpoint: Arc<Endpoint>,
    data: Box<[u8]>,
}

fn main() {
    let number = |at: usize, other: usize| std::env::args().nth(at).map_or(other, |text| text.parse().unwrap());
    let (port_number, threads, bytes) = (number(1, 7777), number(2, 1), number(3, 4096));
    let port = CompletionPort::new(threads as u32).unwrap();
    for _ in 0..threads {
        let port = Arc::clone(&port);
        thread::spawn(move || serve(&port));
    }
    let listener = TcpListener::bind(("127.0.0.1", port_number as u16)).unwrap();
    for stream in listener.incoming() {
        let stream = stream.unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_nonblocking(std::env::var_os("ECHO_NONBLOCKING").is_some()).unwrap();
        let endpoint = Endpoint::new(Arc::new(OwnedFd::from(stream)), Arc::new(Stream));
        assert!(endpoint.associate(&port, 1));
        let connection = Box::into_raw(Box::new(Connection {
            receive: OVERLAPPED::default(),
            send: OVERLAPPED::default(),
            endpoint,
            data: vec![0; bytes].into_boxed_slice(),
        }));
        // SAFETY: just made; ended in `serve`, after its last operation.
        receive(unsafe { &mut *connection });
    }
}

fn serve(port: &Arc<CompletionPort>) {
    while let Ok(packet) = port.take(None) {
        handle(packet);
    }
}

fn handle(packet: Packet) {
    let is_send = packet.overlapped % 64 == 32;
    let connection = (packet.overlapped - if is_send { 32 } else { 0 }) as *mut Connection;
    if is_send {
        return;
    }
    // SAFETY: the address is that of a connection of `main`, which lives until its receive has ended.
    let connection = unsafe { &mut *connection };
    if packet.bytes == 0 || !packet.status.is_success() {
        connection.endpoint.close();
        return; // the memory stays: a send may be under way
    }
    send(connection, packet.bytes);
    receive(connection);
}

fn receive(c: &mut Connection) {
    let buffer = WSABUF { len: c.data.len() as u32, buf: c.data.as_mut_ptr() };
    // SAFETY: the connection stays where it is and alive until the operation has ended.
    let (record, buffers) = unsafe { (Record::lend(&raw mut c.receive).unwrap(), Buffers::lend(&[buffer])) };
    let port = c.endpoint.association();
    if let Begun::Failed(_) = winsock::overlapped::receive(&c.endpoint, port, record, buffers, 0) {
        c.endpoint.close();
    }
}

fn send(c: &mut Connection, bytes: u32) {
    let buffer = WSABUF { len: bytes, buf: c.data.as_mut_ptr() };
    // SAFETY: the connection stays where it is and alive until the operation has ended.
    let (record, buffers) = unsafe { (Record::lend(&raw mut c.send).unwrap(), Buffers::lend(&[buffer])) };
    let port = c.endpoint.association();
    if let Begun::Failed(_) = winsock::overlapped::send(&c.endpoint, port, record, buffers, 0) {
        c.endpoint.close();
    }
}
