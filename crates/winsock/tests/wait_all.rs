//! `MSG_WAITALL`: a receive ends when its buffers are full or the stream has ended, and for nothing else.
//!
//! Docs: "recv function", flags.
#![allow(unsafe_code, reason = "signals")]

mod common;
mod support;

use std::io::IoSliceMut;
use std::os::unix::thread::JoinHandleExt;
use std::thread;
use std::time::Duration;

use common::{pair, start};
use support::Memory;
use winsock::overlapped::{self, Begun};
use winsock::win32::{MSG_WAITALL, SOCKET};

const MOMENT: Duration = Duration::from_millis(50);

fn filled(s: SOCKET, memory: &mut [u8], buffer_bytes: usize) -> usize {
    let mut buffers: Vec<_> = memory.chunks_mut(buffer_bytes).map(IoSliceMut::new).collect();
    winsock::recv_scattered(s, &mut buffers, MSG_WAITALL, None).unwrap()
}

extern "C" fn nothing(_: i32) {}

#[test]
fn a_signal_does_not_end_it() {
    start();
    let handler = nothing as extern "C" fn(i32) as libc::sighandler_t;
    // SAFETY: the handler does nothing.
    assert_ne!(unsafe { libc::signal(libc::SIGUSR1, handler) }, libc::SIG_ERR);
    for buffer_bytes in [4, 1, 3] {
        let (client, server) = pair();
        let receiver = thread::spawn(move || {
            let mut memory = [0; 4];
            (filled(server, &mut memory, buffer_bytes), memory)
        });
        for half in [b"ab", b"cd"] {
            assert_eq!(winsock::send(client, half, 0), Ok(2));
            thread::sleep(MOMENT);
            // SAFETY: the thread was not joined.
            unsafe { libc::pthread_kill(receiver.as_pthread_t(), libc::SIGUSR1) };
            thread::sleep(MOMENT);
        }
        assert_eq!(receiver.join().unwrap(), (4, *b"abcd"), "buffers of {buffer_bytes}");
    }
}

#[test]
fn the_end_of_the_stream_ends_it() {
    start();
    for buffer_bytes in [4, 1, 3] {
        let (client, server) = pair();
        assert_eq!(winsock::send(client, b"abc", 0), Ok(3));
        winsock::closesocket(client).unwrap();
        assert_eq!(filled(server, &mut [0; 4], buffer_bytes), 3, "buffers of {buffer_bytes}");
        assert_eq!(filled(server, &mut [0; 4], buffer_bytes), 0);
    }
}

#[test]
fn it_fills_as_many_buffers_as_there_are() {
    start();
    let (client, server) = pair();
    assert_eq!(winsock::send(client, &[7; 1500], 0), Ok(1500));
    let mut memory = [0; 1500];
    assert_eq!(filled(server, &mut memory, 1), 1500);
    assert_eq!(memory, [7; 1500]);
}

#[test]
fn it_fills_all_buffers_behind_an_overlapped_receive() {
    start();
    let (client, server) = pair();
    let first = Memory::new(2);
    assert_eq!(overlapped::begin_receive(server, first.record(), first.buffers(1), 0), Ok(Begun::Pending));
    let receiver = thread::spawn(move || {
        let mut memory = [0; 4];
        (filled(server, &mut memory, 2), memory)
    });
    thread::sleep(MOMENT);
    assert_eq!(winsock::send(client, b"01abcd", 0), Ok(6));
    assert_eq!(receiver.join().unwrap(), (4, *b"abcd"));
    assert_eq!(first.data(2), b"01");
}
