//! Asking the name servers.
//!
//! Own exchange instead of glibc's, because glibc's `getaddrinfo` hides what the server said and Windows' does not.
//! Sockets come from rustix, which calls the kernel and not libc: a Winsock program may well have its own function
//! named `connect` or `send`, and a call to libc's would arrive there.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, bind, connect, recv, send, socket_with,
};

use super::Failure;
use super::settings::Settings;
use super::wire::{self, Kind, Records, Reply};

/// A question under way.
struct Pending<'a> {
    name: &'a str,
    kind: Kind,
    id: u16,
    bytes: Vec<u8>,
    /// The final answer.
    answer: Option<Result<Records, Failure>>,
    /// What the servers so far failed with, the worst of it.
    failure: Option<Failure>,
}

/// Asks for the records of one name, all kinds at once, and returns the answers in the order of `kinds`.
///
/// A server that fails or refuses is passed over for the next one; silence makes another round. What no server answers
/// ends as the failure that says most: a broken server over silence, silence over a refusal.
pub(super) fn ask(
    settings: &Settings,
    name: &str,
    kinds: &[Kind],
    deadline: Option<Instant>,
) -> Vec<Result<Records, Failure>> {
    let mut pending: Vec<Pending<'_>> = Vec::with_capacity(kinds.len());
    for &kind in kinds {
        let id = random_id();
        match wire::question(id, name, kind) {
            Some(bytes) => pending.push(Pending { name, kind, id, bytes, answer: None, failure: None }),
            None => return kinds.iter().map(|_| Err(Failure::NoSuchName)).collect(),
        }
    }
    // A server that has answered, with whatever failure, has nothing new to say in the next round.
    let mut silent: Vec<SocketAddr> = settings.servers.clone();
    for _ in 0..settings.attempts {
        silent.retain(|&server| {
            if pending.iter().all(|question| question.answer.is_some()) {
                return false;
            }
            let now = Instant::now();
            let end = deadline.map_or(now + settings.timeout, |deadline| deadline.min(now + settings.timeout));
            if end <= now {
                return false;
            }
            !exchange(server, &mut pending, end, settings.tcp_only)
        });
    }
    pending
        .into_iter()
        .map(|question| question.answer.unwrap_or(Err(question.failure.unwrap_or(Failure::Silence))))
        .collect()
}

/// Puts the open questions to one server; whether it answered all of them, well or not.
fn exchange(server: SocketAddr, pending: &mut [Pending<'_>], end: Instant, tcp_only: bool) -> bool {
    let mut waiting: Vec<usize> = (0..pending.len()).filter(|&index| pending[index].answer.is_none()).collect();
    let mut by_tcp = Vec::new();
    if tcp_only {
        by_tcp = std::mem::take(&mut waiting);
    } else if let Ok(socket) = udp(server) {
        for &index in &waiting {
            let _ = send(&socket, &pending[index].bytes, SendFlags::NOSIGNAL);
        }
        let mut buffer = vec![0; 65_536];
        while !waiting.is_empty() {
            let Ok(length) = receive(&socket, &mut buffer, end) else { break };
            waiting.retain(|&index| match pending[index].read(&buffer[..length]) {
                Reply::Unrelated => true,
                Reply::Truncated => {
                    by_tcp.push(index);
                    false
                }
                Reply::Answer(answer) => {
                    pending[index].settle(answer);
                    false
                }
            });
        }
    }
    for index in by_tcp {
        let reply = tcp_exchange(server, &pending[index].bytes, end).map(|bytes| pending[index].read(&bytes));
        match reply {
            Ok(Reply::Answer(answer)) => pending[index].settle(answer),
            _ => waiting.push(index),
        }
    }
    for &index in &waiting {
        pending[index].note(Failure::Silence);
    }
    waiting.is_empty()
}

impl Pending<'_> {
    fn read(&self, bytes: &[u8]) -> Reply {
        wire::read(bytes, self.id, self.name, self.kind)
    }

    /// Takes a server's answer. What one server cannot tell another may.
    fn settle(&mut self, answer: Result<Records, Failure>) {
        match answer {
            Err(failure @ (Failure::ServerFailed | Failure::Permanent)) => self.note(failure),
            answer => self.answer = Some(answer),
        }
    }

    fn note(&mut self, failure: Failure) {
        self.failure = self.failure.max(Some(failure));
    }
}

fn udp(server: SocketAddr) -> Result<OwnedFd, Errno> {
    let socket = open(server, SocketType::DGRAM)?;
    // The kernel picks a random source port, which an attacker has to guess beside the number of the question.
    match server {
        SocketAddr::V4(_) => bind(&socket, &SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))?,
        SocketAddr::V6(_) => bind(&socket, &SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)))?,
    }
    connect(&socket, &server)?;
    Ok(socket)
}

fn open(server: SocketAddr, kind: SocketType) -> Result<OwnedFd, Errno> {
    let family = if server.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    socket_with(family, kind, SocketFlags::CLOEXEC | SocketFlags::NONBLOCK, None)
}

/// The next bytes, waiting for them until `end`. An ICMP refusal arrives here as an error and ends the wait.
fn receive(socket: &OwnedFd, buffer: &mut [u8], end: Instant) -> Result<usize, Errno> {
    loop {
        match recv(socket, &mut *buffer, RecvFlags::empty()) {
            Ok((length, _)) => return Ok(length),
            Err(Errno::AGAIN | Errno::INTR) => wait(socket, PollFlags::IN, end)?,
            Err(error) => return Err(error),
        }
    }
}

fn wait(socket: &OwnedFd, what: PollFlags, end: Instant) -> Result<(), Errno> {
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Errno::TIMEDOUT);
        }
        let timeout = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: i64::from(left.subsec_nanos()) };
        match poll(&mut [PollFd::new(socket, what)], Some(&timeout)) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// One question by TCP: two bytes of length, then the message, both ways. Source: RFC 1035, 4.2.2.
fn tcp_exchange(server: SocketAddr, question: &[u8], end: Instant) -> Result<Vec<u8>, Errno> {
    let socket = open(server, SocketType::STREAM)?;
    match connect(&socket, &server) {
        Err(Errno::INPROGRESS) => wait(&socket, PollFlags::OUT, end)?,
        other => other?,
    }
    let mut message = (question.len() as u16).to_be_bytes().to_vec();
    message.extend_from_slice(question);
    let mut sent = 0;
    while sent < message.len() {
        match send(&socket, &message[sent..], SendFlags::NOSIGNAL) {
            Ok(count) => sent += count,
            Err(Errno::AGAIN | Errno::INTR) => wait(&socket, PollFlags::OUT, end)?,
            Err(error) => return Err(error),
        }
    }
    let length = receive_exactly(&socket, 2, end)?;
    receive_exactly(&socket, usize::from(u16::from_be_bytes([length[0], length[1]])), end)
}

fn receive_exactly(socket: &OwnedFd, count: usize, end: Instant) -> Result<Vec<u8>, Errno> {
    let mut bytes = vec![0; count];
    let mut filled = 0;
    while filled < count {
        match receive(socket, &mut bytes[filled..], end)? {
            0 => return Err(Errno::CONNRESET),
            more => filled += more,
        }
    }
    Ok(bytes)
}

fn random_id() -> u16 {
    // Without the kernel's random numbers the time still differs from question to question.
    let fallback = || Instant::now().elapsed().subsec_nanos() ^ std::process::id();
    getrandom::u32().unwrap_or_else(|_| fallback()) as u16
}

/// The address from which the kernel would send to a destination; nothing is sent.
pub(super) fn source_address(destination: SocketAddr) -> Option<std::net::IpAddr> {
    let socket = open(destination, SocketType::DGRAM).ok()?;
    connect(&socket, &destination).ok()?;
    let name = rustix::net::getsockname(&socket).ok()?;
    SocketAddr::try_from(name).ok().map(|address| address.ip())
}

/// Longest time that any deadline of a caller may add up to, so that arithmetic on it cannot overflow.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(3600);

/// The bytes of a question for records of a type by number, without its id. `None` for a name that DNS cannot express.
pub(super) fn plain_question(name: &str, kind: u16) -> Option<Vec<u8>> {
    if !wire::is_expressible(name) {
        return None;
    }
    // No id yet, recursion wanted, one question. Source: RFC 1035, 4.1.
    let mut bytes = vec![0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.strip_suffix('.').unwrap_or(name).split('.') {
        bytes.push(label.len() as u8);
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.push(0);
    bytes.extend_from_slice(&kind.to_be_bytes());
    bytes.extend_from_slice(&1u16.to_be_bytes());
    Some(bytes)
}

/// Puts one question to one server and gives its answer, whatever it says; `None` if none came until `end`.
pub(super) fn message(server: SocketAddr, question: &[u8], end: Instant, by_tcp: bool) -> Option<Vec<u8>> {
    const HEADER: usize = 12;
    let id = random_id().to_be_bytes();
    let mut question = question.to_vec();
    question[..2].copy_from_slice(&id);
    let is_answer = |bytes: &[u8]| {
        let asked = &question[HEADER..];
        let echoes = bytes.get(HEADER..question.len()).is_some_and(|echo| echo.eq_ignore_ascii_case(asked));
        bytes.len() >= HEADER && bytes[..2] == id && bytes[2] & 0x80 != 0 && (bytes[4..6] == [0, 0] || echoes)
    };
    if !by_tcp {
        let socket = udp(server).ok()?;
        send(&socket, &question, SendFlags::NOSIGNAL).ok()?;
        let mut buffer = vec![0; 65_536];
        loop {
            let length = receive(&socket, &mut buffer, end).ok()?;
            let bytes = &buffer[..length];
            let is_cut = || bytes[2] & 0b10 != 0;
            match is_answer(bytes) {
                true if is_cut() => break,
                true => return Some(bytes.to_vec()),
                false => {}
            }
        }
    }
    tcp_exchange(server, &question, end).ok().filter(|bytes| is_answer(bytes))
}
