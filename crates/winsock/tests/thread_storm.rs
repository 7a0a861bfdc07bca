//! Threads that begin operations told by event or completion routine, wait alertably, queue calls for each other, and end
//! with operations under way: every operation ends once at the latest with its thread, every call runs once or is lost
//! with its thread, and no byte of memory changes after the end. `STORM_SECONDS` and `STORM_SEED` as in the other storm.

mod support;

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use support::{Memory, Random, Stream, setting};
use winsock::driver::Endpoint;
use winsock::overlapped::{self, Begun, Status};
use winsock::wait::{self, Call, Waited};

const CONNECTIONS: usize = 8;
const THREADS: u64 = 4;
/// How many ended operations are kept to be looked at again.
const GRAVES: usize = 400;

/// A connection that no port has, and its other end.
struct Line {
    endpoint: Arc<Endpoint>,
    peer: TcpStream,
}

/// One operation, and how it is told.
struct Operation {
    memory: Memory,
    /// 0 for one with a routine.
    event: usize,
    runs: Arc<AtomicU64>,
}

struct Storm {
    lines: Vec<Mutex<Line>>,
    /// Handles of the threads that live now.
    living: Mutex<Vec<usize>>,
    graves: Mutex<VecDeque<(Memory, Vec<u8>)>>,
    begun: AtomicU64,
    cancelled: AtomicU64,
    routines: AtomicU64,
    calls: Calls,
}

/// What became of the calls that threads queued for each other.
#[derive(Default)]
struct Calls {
    queued: AtomicU64,
    run: AtomicU64,
}

#[test]
fn every_operation_ends_with_its_thread_and_every_call_runs_once_or_is_lost() {
    let deadline = Instant::now() + Duration::from_secs(setting("STORM_SECONDS", 3));
    let seed = setting("STORM_SEED", 0x5EED);
    let storm = Storm {
        lines: (0..CONNECTIONS).map(|_| Mutex::new(line())).collect(),
        living: Mutex::default(),
        graves: Mutex::default(),
        begun: AtomicU64::new(0),
        cancelled: AtomicU64::new(0),
        routines: AtomicU64::new(0),
        calls: Calls::default(),
    };
    thread::scope(|scope| {
        for number in 1..=THREADS {
            let storm = &storm;
            scope.spawn(move || {
                let mut random = Random(seed.wrapping_mul(number) | 1);
                while Instant::now() < deadline {
                    let life = Random(random.below(usize::MAX >> 33) as u64 | 1);
                    // The thread has ended when it is joined, and its operations with it.
                    let operations = thread::scope(|inner| inner.spawn(|| storm.live(life)).join().unwrap());
                    operations.into_iter().for_each(|operation| storm.bury(operation));
                }
            });
        }
    });
    storm.graves.lock().unwrap().drain(..).for_each(look_again);
    let count = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
    let (queued, run) = (count(&storm.calls.queued), count(&storm.calls.run));
    let (begun, cancelled, routines) = (count(&storm.begun), count(&storm.cancelled), count(&storm.routines));
    println!("{begun} operations, {cancelled} cancelled, {routines} routines run; {queued} calls, {run} of them run");
    assert!(cancelled > 0 && begun > cancelled && routines > 0, "a storm has some of everything");
    assert!(run > 100 && run <= queued, "a queued call runs once, or is lost with its thread");
}

fn line() -> Line {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (ours, _) = listener.accept().unwrap();
    peer.set_nonblocking(true).unwrap();
    Line { endpoint: Endpoint::new(Arc::new(OwnedFd::from(ours)), Arc::new(Stream)), peer }
}

fn look_again((memory, as_it_was): (Memory, Vec<u8>)) {
    assert!(memory.snapshot() == as_it_was, "memory was touched after its operation had ended");
}

impl Storm {
    fn live(&self, mut random: Random) -> Vec<Operation> {
        let me = wait::duplicate(wait::CURRENT_THREAD).unwrap();
        self.living.lock().unwrap().push(me);
        let mut operations = Vec::new();
        for _ in 0..20 + random.below(60) {
            let mut line = self.lines[random.below(CONNECTIONS)].lock().unwrap();
            match random.below(100) {
                0..30 => operations.push(self.begin(&line, 1 + random.below(3000), true, random.below(2) == 0)),
                30..50 => operations.push(self.begin(&line, 1 + random.below(60_000), false, random.below(2) == 0)),
                // Failures are the storm's own doing.
                50..62 => drop(line.peer.write(&vec![b'w'; random.below(20_000)])),
                62..74 => drop(line.peer.read(&mut vec![0; random.below(100_000)])),
                74..77 => drop(overlapped::cancel(&line.endpoint, None)),
                77..79 => overlapped::cancel_issued_here(&line.endpoint),
                79..81 => {
                    line.endpoint.close();
                    *line = self::line();
                }
                81..90 => {
                    drop(line);
                    self.call_someone(&mut random);
                }
                _ => {
                    drop(line);
                    wait::sleep(Some(Duration::from_micros(random.below(1500) as u64)), true);
                }
            }
        }
        self.living.lock().unwrap().retain(|handle| *handle != me);
        wait::close(me).unwrap();
        operations
    }

    fn begin(&self, line: &Line, bytes: usize, receives: bool, by_event: bool) -> Operation {
        let memory = Memory::new(bytes);
        let runs = Arc::new(AtomicU64::new(0));
        let mut event = 0;
        let record = if by_event {
            event = wait::create_event(None, true, true).unwrap().0;
            memory.put_event(event);
            memory.record().tell_event().unwrap()
        } else {
            memory.record().tell_routine(support::count_up, Arc::as_ptr(&runs).expose_provenance())
        };
        self.begun.fetch_add(1, Ordering::SeqCst);
        let buffers = memory.buffers(1);
        let begun = match receives {
            true => overlapped::receive(&line.endpoint, None, record, buffers, 0),
            false => overlapped::send(&line.endpoint, None, record, buffers, 0),
        };
        if let Begun::Failed(_) = begun
            && event != 0
        {
            // The call itself has told it; nothing sets the event.
            wait::set_event(event).unwrap();
        }
        Operation { memory, event, runs }
    }

    fn call_someone(&self, random: &mut Random) {
        let living = self.living.lock().unwrap();
        let Some(someone) = living.get(random.below(living.len().max(1))).copied() else { return };
        drop(living);
        self.calls.queued.fetch_add(1, Ordering::SeqCst);
        let run = (&raw const self.calls.run).expose_provenance();
        // It may have ended meanwhile, and closed its handle; then the call is lost at once.
        let _ = wait::queue_call(someone, Call::new(support::count_up, [run, 0, 0, 0]));
    }

    fn bury(&self, operation: Operation) {
        let Operation { memory, event, runs } = operation;
        let (status, runs) = (memory.status(), runs.load(Ordering::SeqCst));
        if event == 0 {
            assert!(runs <= 1, "a routine ran {runs} times");
            self.routines.fetch_add(runs, Ordering::SeqCst);
        } else {
            assert_eq!(wait::wait_for_object(event, Some(Duration::ZERO), false), Ok(Waited::Object(0)));
            wait::close(event).unwrap();
        }
        assert!(status != Status::PENDING, "it ended with its thread at the latest");
        self.cancelled.fetch_add(u64::from(status == Status::CANCELLED), Ordering::SeqCst);
        assert!(memory.guards_are_whole());
        let as_it_is = memory.snapshot();
        let mut graves = self.graves.lock().unwrap();
        graves.push_back((memory, as_it_is));
        if graves.len() > GRAVES {
            look_again(graves.pop_front().unwrap());
        }
    }
}
