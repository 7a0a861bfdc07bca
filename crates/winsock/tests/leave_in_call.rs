//! A thread that is left from within what a blocking call has run: the call lets go of its socket first.
#![allow(unsafe_code, reason = "plays the C caller, who leaves a thread from anywhere")]

mod support;

use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::{SOON, descriptors, listener, stream};
use winsock::wait::{self, Call, Routine, Waited, Words};
use winsock::win32::SOCKET;
use winsock::{Code, PollEntry, Sets, extension, select, wsa_poll};

const CODE: u32 = 7;

/// The call that the next thread makes, the socket for it, and how many threads have come to it.
static CALL: AtomicUsize = AtomicUsize::new(0);
static SUBJECT: AtomicUsize = AtomicUsize::new(0);
static CAME: AtomicUsize = AtomicUsize::new(0);

type Blocking = fn(SOCKET) -> Result<(), Code>;

/// What blocks on a connection to which nothing comes; the second of each, on a listener to which nobody does.
const CALLS: [(&str, bool, Blocking); 5] = [
    ("recv", false, |s| winsock::recv(s, &mut [0; 4], 0).map(drop)),
    ("accept", true, |s| winsock::accept(s).map(drop)),
    ("select", false, |s| select(Sets { read: &[s], write: &[], except: &[] }, None).map(drop)),
    ("WSAPoll", false, |s| wsa_poll(&mut [PollEntry { fd: s, events: 0x100, revents: 0 }], None).map(drop)),
    ("DisconnectEx", false, |s| extension::disconnect_ex(s, extension::TF_REUSE_SOCKET, 0)),
];

extern "C" fn calls(_: *mut c_void) -> u32 {
    let (_, _, call) = CALLS[CALL.load(Ordering::SeqCst)];
    CAME.fetch_add(1, Ordering::SeqCst);
    assert_eq!(call(SUBJECT.load(Ordering::SeqCst)), Err(Code::WSAEINTR));
    // SAFETY: nothing lies between here and the thread's routine, which this is.
    unsafe { wait::leave_after_call() };
    unreachable!("the thread was left");
}

fn leave(_: Words) {
    // SAFETY: the blocking call above holds nothing while it runs this.
    unsafe { wait::leave_thread(CODE) };
}

#[test]
fn a_blocking_call_lets_go_of_its_socket_when_its_thread_is_left() {
    winsock::startup(0x0202).unwrap();
    let any = listener(5);
    let name = winsock::getsockname(any).unwrap().to_windows();
    // Blocking calls look after what is queued for their thread once something was.
    wait::queue_call(wait::CURRENT_THREAD, Call::new(|_| (), [0; 4])).unwrap();
    assert_eq!(wait::sleep(Some(Duration::ZERO), true), Waited::Alerted);
    let mut before = 0;
    for turn in 0..4 * CALLS.len() {
        let (what, takes_listener, _) = CALLS[turn % CALLS.len()];
        let peer = stream();
        let subject = if takes_listener {
            listener(1)
        } else {
            winsock::connect(peer, &name).unwrap();
            winsock::accept(any).unwrap().0
        };
        CALL.store(turn % CALLS.len(), Ordering::SeqCst);
        SUBJECT.store(subject, Ordering::SeqCst);
        let handle = wait::create_thread(Routine::WithCode(calls), 0, 0, false, false).unwrap();
        while CAME.load(Ordering::SeqCst) <= turn {
            thread::yield_now();
        }
        // Before it waits, or while it does: the end is the same.
        thread::sleep(Duration::from_millis(turn as u64 % 7 * 5));
        wait::queue_call(handle, Call::new(leave, [0; 4])).unwrap();
        assert_eq!(wait::wait_for_object(handle, SOON, false), Ok(Waited::Object(0)), "{what}");
        assert_eq!(wait::thread_exit_code(handle), Ok(CODE), "{what}");
        wait::close(handle).unwrap();
        winsock::closesocket(peer).and(winsock::closesocket(subject)).unwrap();
        if turn == 0 {
            // With what this thread needs for calls of its own that wait.
            before = descriptors();
        }
        // The other thread's descriptor for that goes a moment after its end was told.
        let deadline = Instant::now() + Duration::from_secs(5);
        while descriptors() > before && Instant::now() < deadline {
            thread::yield_now();
        }
        assert!(descriptors() <= before, "after {what}");
    }
    winsock::closesocket(any).unwrap();
    winsock::cleanup().unwrap();
}
