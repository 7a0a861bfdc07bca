//! Overlapped transfers and completion ports as Windows documents them, with both drivers.

mod support;

use std::io::Read;
use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::{KEY, Memory, NOW, Pair, SOON, with_each_driver};
use winsock::Code;
use winsock::overlapped::{Begun, Status};
use winsock::port::{Association, CompletionPort, Packet, WaitError};

fn packet(memory: &Memory, bytes: u32) -> Packet {
    Packet { key: KEY, overlapped: memory.address(), bytes, status: Status::SUCCESS }
}

#[test]
fn a_pending_receive_ends_with_the_data_and_one_packet() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let memory = Memory::new(100);
        assert_eq!(pair.receive(&memory), Begun::Pending);
        assert_eq!(winsock::overlapped::result(&memory.record()), Err(Code::WSA_IO_INCOMPLETE));
        pair.assert_no_packet();
        pair.say(b"hello");
        assert_eq!(pair.take(), packet(&memory, 5));
        assert_eq!(winsock::overlapped::result(&memory.record()), Ok(5));
        assert_eq!(memory.data(5), b"hello");
        assert!(memory.guards_are_whole());
        pair.assert_no_packet();
    });
}

// Docs: "SetFileCompletionNotificationModes function".
#[test]
fn immediate_success_queues_a_packet_unless_that_is_skipped() {
    with_each_driver(|kind| {
        let pair = Pair::new(kind);
        let memory = Memory::with(b"hello");
        assert_eq!(pair.send(&memory), Begun::Done(5));
        assert_eq!(pair.take(), packet(&memory, 5));
        pair.endpoint.association().unwrap().add_modes(Association::SKIP_ON_SUCCESS);
        assert_eq!(pair.send(&memory), Begun::Done(5));
        assert_eq!(winsock::overlapped::result(&memory.record()), Ok(5));
        pair.assert_no_packet();
    });
}

// Docs: "GetQueuedCompletionStatus function", Remarks on the low bit of hEvent.
#[test]
fn a_marked_event_field_keeps_the_packet_away() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let (silent, loud) = (Memory::new(1), Memory::new(1));
        silent.want_no_packet();
        assert_eq!(pair.receive(&silent), Begun::Pending);
        assert_eq!(pair.receive(&loud), Begun::Pending);
        pair.say(b"ab");
        assert_eq!(pair.take(), packet(&loud, 1));
        assert_eq!(winsock::overlapped::result(&silent.record()), Ok(1));
    });
}

#[test]
fn many_receives_end_in_the_order_they_were_begun() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let memories: Vec<Memory> = (0..20).map(|_| Memory::new(3)).collect();
        for memory in &memories {
            assert_eq!(pair.receive(memory), Begun::Pending);
        }
        let text: Vec<u8> = (0..60).collect();
        pair.say(&text);
        for (index, memory) in memories.iter().enumerate() {
            assert_eq!(pair.take(), packet(memory, 3));
            assert_eq!(memory.data(3), &text[index * 3..index * 3 + 3]);
        }
    });
}

#[test]
fn scattered_buffers_are_filled_and_sent_in_order() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let memory = Memory::new(12);
        assert_eq!(pair.receive_pieces(&memory, 3), Begun::Pending);
        pair.say(b"abcdefghij");
        assert_eq!(pair.take(), packet(&memory, 10));
        assert_eq!(memory.data(10), b"abcdefghij");
        memory.fill(b"0123456789ab");
        assert_eq!(pair.send_pieces(&memory, 4), Begun::Done(12));
        assert_eq!(pair.take(), packet(&memory, 12));
        let mut echoed = [0; 12];
        pair.peer.read_exact(&mut echoed).unwrap();
        assert_eq!(&echoed, b"0123456789ab");
    });
}

#[test]
fn a_send_ends_when_all_of_it_is_taken_and_later_sends_wait_for_it() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let text: Vec<u8> = (0..20_000_000u32).map(|at| (at / 7) as u8).collect();
        let (large, small) = (Memory::with(&text), Memory::with(b"end"));
        assert_eq!(pair.send_pieces(&large, 2), Begun::Pending);
        assert_eq!(pair.send(&small), Begun::Pending, "although it would fit after the first byte is read");
        pair.assert_no_packet();
        let mut peer = pair.peer.try_clone().unwrap();
        let expected = text.clone();
        let reader = thread::spawn(move || {
            let mut got = vec![0; expected.len() + 3];
            peer.read_exact(&mut got).unwrap();
            assert!(got[..expected.len()] == expected && got.ends_with(b"end"));
        });
        assert_eq!(pair.take(), packet(&large, 20_000_000));
        assert_eq!(pair.take(), packet(&small, 3));
        reader.join().unwrap();
        let memory = Memory::new(1);
        assert_eq!(pair.receive(&memory), Begun::Pending);
        pair.say(b"x");
        assert_eq!(pair.take(), packet(&memory, 1));
    });
}

// The trap of the drained stream: the end arrives with the data, and no second change is ever told.
#[test]
fn the_end_of_a_stream_behind_the_last_bytes_is_noticed() {
    with_each_driver(|kind| {
        for arrives_before_receive in [true, false] {
            let mut pair = Pair::new(kind);
            let memory = Memory::new(100);
            if arrives_before_receive {
                pair.say(b"last");
                pair.peer.shutdown(std::net::Shutdown::Write).unwrap();
                thread::sleep(Duration::from_millis(20));
            }
            let begun = pair.receive(&memory);
            if !arrives_before_receive {
                assert_eq!(begun, Begun::Pending);
                pair.say(b"last");
                pair.peer.shutdown(std::net::Shutdown::Write).unwrap();
                thread::sleep(Duration::from_millis(20));
            }
            assert_eq!(pair.take(), packet(&memory, 4));
            for _ in 0..3 {
                assert!(!matches!(pair.receive(&memory), Begun::Failed(_)));
                assert_eq!(pair.take(), packet(&memory, 0));
            }
        }
    });
}

// A receive stops short at the urgent mark, which does not mean that the stream is empty.
#[test]
#[allow(unsafe_code, reason = "std has no urgent data")]
fn data_behind_an_urgent_mark_is_received() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let memory = Memory::new(100);
        assert_eq!(pair.receive(&memory), Begun::Pending);
        pair.say(b"x");
        assert_eq!(pair.take(), packet(&memory, 1));
        pair.say(b"before");
        // SAFETY: pointer and length of a live slice.
        assert_eq!(unsafe { libc::send(pair.peer.as_raw_fd(), b"!".as_ptr().cast(), 1, libc::MSG_OOB) }, 1);
        pair.say(b"behind");
        thread::sleep(Duration::from_millis(20));
        let mut got = Vec::new();
        while got.len() < 12 {
            assert!(!matches!(pair.receive(&memory), Begun::Failed(_)));
            let packet = pair.take();
            got.extend(memory.data(packet.bytes as usize));
        }
        assert_eq!(got, b"beforebehind");
    });
}

// Nothing waits for an urgent byte: what comes in line is received meanwhile.
#[test]
fn an_urgent_receive_ends_at_once() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let (urgent, plain) = (Memory::new(1), Memory::new(1));
        let receive = |memory: &Memory| {
            let port = pair.endpoint.association();
            winsock::overlapped::receive(&pair.endpoint, port, memory.record(), memory.buffers(1), libc::MSG_OOB)
        };
        match receive(&urgent) {
            Begun::Failed(code) => assert_eq!(code, Code::WSAEWOULDBLOCK),
            begun => {
                assert_eq!(begun, Begun::Pending);
                assert_eq!(pair.take().status.code(), Code::WSAEWOULDBLOCK);
            }
        }
        assert_eq!(pair.receive(&plain), Begun::Pending);
        pair.say(b"x");
        assert_eq!(pair.take(), packet(&plain, 1));
    });
}

// Source: twins.csv: 64 in the packet, 10054 from WSAGetOverlappedResult; Wine's sock.c:7475,13311.
#[test]
#[allow(unsafe_code, reason = "std has no SO_LINGER")]
fn a_reset_ends_a_pending_receive_with_its_three_numbers() {
    with_each_driver(|kind| {
        let pair = Pair::new(kind);
        let memory = Memory::new(100);
        assert_eq!(pair.receive(&memory), Begun::Pending);
        let linger = libc::linger { l_onoff: 1, l_linger: 0 };
        let size = size_of::<libc::linger>() as u32;
        // SAFETY: pointer and size of a live value.
        let set = unsafe {
            libc::setsockopt(pair.peer.as_raw_fd(), libc::SOL_SOCKET, libc::SO_LINGER, (&raw const linger).cast(), size)
        };
        assert_eq!(set, 0);
        let Pair { port, endpoint, peer, .. } = pair;
        drop(peer);
        let packet = port.take(SOON).unwrap();
        assert_eq!((packet.status, packet.status.win32(), packet.bytes), (Status::CONNECTION_RESET, 64, 0));
        assert_eq!(winsock::overlapped::result(&memory.record()), Err(Code::WSAECONNRESET));
        drop(endpoint);
    });
}

#[test]
fn cancelling_ends_the_named_operation_with_995_and_no_other() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let memories: Vec<Memory> = (0..3).map(|_| Memory::new(1)).collect();
        for memory in &memories {
            assert_eq!(pair.receive(memory), Begun::Pending);
        }
        for index in [1, 0] {
            assert!(winsock::overlapped::cancel(&pair.endpoint, Some(memories[index].address())));
            let ended = pair.take();
            assert_eq!((ended.overlapped, ended.status.win32()), (memories[index].address(), 995));
            assert_eq!(winsock::overlapped::result(&memories[index].record()), Err(Code::WSA_OPERATION_ABORTED));
        }
        assert!(!winsock::overlapped::cancel(&pair.endpoint, Some(memories[0].address())), "it has ended");
        pair.say(b"z");
        assert_eq!(pair.take(), packet(&memories[2], 1));
        assert_eq!(memories[2].data(1), b"z");
        assert!(!winsock::overlapped::cancel(&pair.endpoint, None), "nothing is left");
    });
}

// Docs: "CancelIo function": only what the calling thread has begun.
#[test]
fn cancelling_what_a_thread_has_begun_leaves_what_others_have() {
    with_each_driver(|kind| {
        let pair = Pair::new(kind);
        let (mine, others) = (Memory::new(1), Memory::new(1));
        thread::scope(|scope| scope.spawn(|| assert_eq!(pair.receive(&others), Begun::Pending)).join().unwrap());
        assert_eq!(pair.receive(&mine), Begun::Pending);
        winsock::overlapped::cancel_issued_here(&pair.endpoint);
        let ended = pair.take();
        assert_eq!((ended.overlapped, ended.status), (mine.address(), Status::CANCELLED));
        pair.assert_no_packet();
        assert_eq!(others.status(), Status::PENDING);
        pair.endpoint.close();
        assert_eq!(pair.take().overlapped, others.address());
    });
}

#[test]
fn closing_ends_every_operation_with_995() {
    with_each_driver(|kind| {
        let pair = Pair::new(kind);
        let receives: Vec<Memory> = (0..5).map(|_| Memory::new(10)).collect();
        let send = Memory::with(&vec![1; 20_000_000]);
        for memory in &receives {
            assert_eq!(pair.receive(memory), Begun::Pending);
        }
        assert_eq!(pair.send(&send), Begun::Pending);
        pair.endpoint.close();
        let mut ended: Vec<usize> =
            (0..6).map(|_| pair.take()).inspect(|p| assert_eq!(p.status.win32(), 995)).map(|p| p.overlapped).collect();
        ended.sort_unstable();
        let mut expected: Vec<usize> = receives.iter().chain([&send]).map(Memory::address).collect();
        expected.sort_unstable();
        assert_eq!(ended, expected);
        assert!(matches!(pair.receive(&receives[0]), Begun::Failed(_)), "closed");
    });
}

// Windows ends what a thread has begun when it exits, but not what goes to a completion port.
#[test]
fn a_ports_operation_outlives_the_thread_that_began_it() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let memory = Memory::new(10);
        thread::scope(|scope| {
            scope.spawn(|| {
                // Waits once, so that its operation is left for its next wait, which never comes.
                pair.assert_no_packet();
                assert_eq!(pair.receive(&memory), Begun::Pending);
            });
        });
        pair.assert_no_packet();
        pair.say(b"ab");
        assert_eq!(pair.take(), packet(&memory, 2));
    });
}

#[test]
fn closing_a_port_ends_every_wait_as_abandoned() {
    with_each_driver(|kind| {
        let port = CompletionPort::with_driver(2, kind).unwrap();
        thread::scope(|scope| {
            let waiters: Vec<_> = (0..4).map(|_| scope.spawn(|| port.take(SOON))).collect();
            thread::sleep(Duration::from_millis(50));
            port.close();
            for waiter in waiters {
                assert_eq!(waiter.join().unwrap(), Err(WaitError::Abandoned));
            }
        });
        assert_eq!(port.take(NOW), Err(WaitError::Abandoned));
    });
}

#[test]
fn a_wait_ends_after_its_time_and_not_before() {
    with_each_driver(|kind| {
        let port = CompletionPort::with_driver(1, kind).unwrap();
        let start = Instant::now();
        assert_eq!(port.take(Some(Duration::from_millis(30))), Err(WaitError::TimedOut));
        assert!(start.elapsed() >= Duration::from_millis(30));
    });
}

#[test]
fn a_posted_packet_wakes_a_waiter_with_exactly_what_was_posted() {
    with_each_driver(|kind| {
        let port = CompletionPort::with_driver(0, kind).unwrap();
        thread::scope(|scope| {
            let waiter = scope.spawn(|| port.take(SOON));
            thread::sleep(Duration::from_millis(20));
            port.post(usize::MAX, 3, u32::MAX);
            let posted = Packet { key: usize::MAX, overlapped: 3, bytes: u32::MAX, status: Status::SUCCESS };
            assert_eq!(waiter.join().unwrap(), Ok(posted));
        });
    });
}

// Docs: "I/O Completion Ports": when a running thread blocks, another one is let in.
#[test]
fn a_thread_that_blocks_with_a_packet_does_not_keep_the_others_out() {
    with_each_driver(|kind| {
        let port = CompletionPort::with_driver(1, kind).unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..2 {
                let (port, tell) = (&port, tell.clone());
                scope.spawn(move || {
                    tell.send(port.take(SOON).map(|packet| packet.key)).unwrap();
                    // Blocked in something the port knows nothing of.
                    thread::sleep(Duration::from_millis(700));
                });
            }
            thread::sleep(Duration::from_millis(50));
            let start = Instant::now();
            port.post(1, 0, 0);
            port.post(2, 0, 0);
            let mut keys = [told.recv().unwrap(), told.recv().unwrap()];
            keys.sort_by_key(|key| key.unwrap());
            assert_eq!(keys, [Ok(1), Ok(2)]);
            assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
        });
    });
}

// Windows' kernel moves data whether or not a thread waits on the port.
#[test]
fn work_moves_on_although_nobody_waits_on_the_port() {
    with_each_driver(|kind| {
        let mut pair = Pair::new(kind);
        let send = Memory::with(&vec![7; 8_000_000]);
        let receive = Memory::new(10);
        assert_eq!(pair.receive(&receive), Begun::Pending);
        assert_eq!(pair.send(&send), Begun::Pending);
        let mut got = vec![0; 8_000_000];
        pair.peer.read_exact(&mut got).unwrap();
        pair.say(b"thanks");
        let start = Instant::now();
        while winsock::overlapped::result(&receive.record()) != Ok(6)
            || winsock::overlapped::result(&send.record()) != Ok(8_000_000)
        {
            assert!(start.elapsed() < Duration::from_secs(10));
            thread::sleep(Duration::from_millis(1));
        }
    });
}

#[test]
fn several_threads_on_one_port_share_the_work_and_lose_nothing() {
    with_each_driver(|kind| {
        let port = CompletionPort::with_driver(4, kind).unwrap();
        let pairs: Vec<Pair> = (0..20).map(|_| Pair::on(&port)).collect();
        let memories: Vec<Memory> = pairs.iter().map(|_| Memory::new(8)).collect();
        let ended = AtomicUsize::new(0);
        const ROUNDS: usize = 50;
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Ok(packet) = port.take(SOON) {
                        if packet.key != KEY {
                            return;
                        }
                        assert_eq!(packet.status, Status::SUCCESS);
                        ended.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            for round in 1..=ROUNDS {
                for (pair, memory) in pairs.iter().zip(&memories) {
                    assert!(!matches!(pair.receive(memory), Begun::Failed(_)));
                    let mut peer = &pair.peer;
                    std::io::Write::write_all(&mut peer, b"abcdefgh").unwrap();
                }
                let start = Instant::now();
                while ended.load(Ordering::Relaxed) < round * pairs.len() {
                    assert!(start.elapsed() < Duration::from_secs(10), "round {round}");
                    thread::yield_now();
                }
            }
            for _ in 0..4 {
                port.post(0, 0, 0);
            }
        });
        assert_eq!(ended.load(Ordering::Relaxed), ROUNDS * 20);
    });
}

#[test]
fn an_operation_without_a_port_is_told_in_its_memory() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut peer = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (ours, _) = listener.accept().unwrap();
    let endpoint =
        winsock::driver::Endpoint::new(Arc::new(std::os::fd::OwnedFd::from(ours)), Arc::new(support::Stream));
    let memory = Memory::new(10);
    assert_eq!(winsock::overlapped::receive(&endpoint, None, memory.record(), memory.buffers(1), 0), Begun::Pending);
    std::io::Write::write_all(&mut peer, b"abc").unwrap();
    let start = Instant::now();
    while winsock::overlapped::result(&memory.record()) != Ok(3) {
        assert!(start.elapsed() < Duration::from_secs(10));
        thread::yield_now();
    }
    endpoint.close();
}
