//! Questions to the kernel by netlink, "dump" requests and their answers; and changes.

use std::os::fd::OwnedFd;

use rustix::io::Errno;
use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, bind, recv, sendto, socket_with};

use super::change::Deed;

/// What can be asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    Links = 18,
    Addresses = 22,
    Routes = 26,
    Neighbours = 30,
}

impl Question {
    /// The length of the fixed head of each answer, before its attributes.
    fn head(self) -> usize {
        match self {
            Question::Links => 16,
            Question::Addresses => 8,
            Question::Routes | Question::Neighbours => 12,
        }
    }
}

/// One answer: its fixed head, and its attributes by number.
pub(super) struct Answer {
    pub(super) head: Vec<u8>,
    attributes: Vec<(u16, Vec<u8>)>,
}

impl Answer {
    pub(super) fn attribute(&self, kind: u16) -> Option<&[u8]> {
        self.attributes.iter().find(|(known, _)| *known == kind).map(|(_, value)| value.as_slice())
    }

    pub(super) fn number(&self, kind: u16) -> Option<u32> {
        Some(u32::from_ne_bytes(self.attribute(kind)?.get(..4)?.try_into().ok()?))
    }

    pub(super) fn head_number(&self, at: usize) -> u32 {
        self.head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_ne_bytes)
    }
}

const DONE: u16 = 3;
const ERROR: u16 = 2;
const REQUEST_DUMP: u16 = 0x301;
const HEADER: usize = 16;

/// Protocol 0 of netlink is routing, the one asked for by naming none.
///
/// All answers, for one family of addresses (Linux's number) or all (0).
pub(super) fn ask(question: Question, family: u8) -> rustix::io::Result<Vec<Answer>> {
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None)?;
    let mut request = vec![0; HEADER + question.head()];
    let length = request.len() as u32;
    request[0..4].copy_from_slice(&length.to_ne_bytes());
    request[4..6].copy_from_slice(&(question as u16).to_ne_bytes());
    request[6..8].copy_from_slice(&REQUEST_DUMP.to_ne_bytes());
    request[HEADER] = family;
    sendto(&socket, &request, SendFlags::empty(), &SocketAddrNetlink::new(0, 0))?;
    let mut answers = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let (count, _) = recv(&socket, &mut buffer[..], RecvFlags::empty())?;
        if count == 0 || read_messages(&buffer[..count], question, &mut answers) {
            return Ok(answers);
        }
    }
}

/// Whether the last message was among these.
fn read_messages(mut rest: &[u8], question: Question, answers: &mut Vec<Answer>) -> bool {
    while let Some((kind, body, after)) = cut(rest, HEADER, |head| {
        (u32::from_ne_bytes([head[0], head[1], head[2], head[3]]) as usize, u16::from_ne_bytes([head[4], head[5]]))
    }) {
        if kind == DONE || kind == ERROR {
            return true;
        }
        if body.len() >= question.head() {
            let (head, attributes) = body.split_at(question.head());
            answers.push(Answer { head: head.to_vec(), attributes: read_attributes(attributes) });
        }
        rest = after;
    }
    false
}

fn read_attributes(mut rest: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut found = Vec::new();
    while let Some((kind, value, after)) = cut(rest, 4, |head| {
        (usize::from(u16::from_ne_bytes([head[0], head[1]])), u16::from_ne_bytes([head[2], head[3]]))
    }) {
        found.push((kind & 0x3fff, value.to_vec()));
        rest = after;
    }
    found
}

/// One record with its length in front, and what follows on the next multiple of four.
fn cut(bytes: &[u8], header: usize, read: impl Fn(&[u8]) -> (usize, u16)) -> Option<(u16, &[u8], &[u8])> {
    let (length, kind) = read(bytes.get(..header)?);
    let body = bytes.get(header..length)?;
    Some((kind, body, bytes.get(length.next_multiple_of(4)..).unwrap_or_default()))
}

/// What can be changed: the number of the message that makes one; the one that removes it follows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Address = 20,
    Route = 24,
    Neighbour = 28,
}

/// A change, as the bytes behind the message's header.
pub(super) struct Change {
    order: Order,
    bytes: Vec<u8>,
}

impl Change {
    pub(super) fn new(order: Order, head: &[u8]) -> Change {
        Change { order, bytes: head.to_vec() }
    }

    pub(super) fn attribute(&mut self, kind: u16, value: &[u8]) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.bytes.extend_from_slice(&((4 + value.len()) as u16).to_ne_bytes());
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        self.bytes.extend_from_slice(value);
    }
}

/// Has the kernel make a change, and waits for what it says to it.
pub(super) fn tell(change: Change, deed: Deed) -> rustix::io::Result<()> {
    const REQUEST_ACKNOWLEDGED: u16 = 0x5;
    const REPLACE: u16 = 0x100;
    const EXCLUSIVE: u16 = 0x200;
    const CREATE: u16 = 0x400;
    let (offset, flags) = match deed {
        Deed::Create => (0, REQUEST_ACKNOWLEDGED | CREATE | EXCLUSIVE),
        Deed::Set => (0, REQUEST_ACKNOWLEDGED | CREATE | REPLACE),
        Deed::Delete => (1, REQUEST_ACKNOWLEDGED),
    };
    exchange(&change, offset, flags).map(drop)
}

/// The one route that fits what is asked: a [`Change`] of routes that changes nothing.
pub(super) fn look_up_route(question: Change) -> rustix::io::Result<Answer> {
    const REQUEST: u16 = 1;
    let answer = exchange(&question, 2, REQUEST)?;
    let mut answers = Vec::new();
    read_messages(&answer, Question::Routes, &mut answers);
    answers.pop().ok_or(Errno::IO)
}

/// Sends one message, and waits for the one that answers it.
fn exchange(change: &Change, offset: u16, flags: u16) -> rustix::io::Result<Vec<u8>> {
    let mut request = vec![0; HEADER];
    request.extend_from_slice(&change.bytes);
    let length = request.len() as u32;
    request[0..4].copy_from_slice(&length.to_ne_bytes());
    request[4..6].copy_from_slice(&(change.order as u16 + offset).to_ne_bytes());
    request[6..8].copy_from_slice(&flags.to_ne_bytes());
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None)?;
    sendto(&socket, &request, SendFlags::empty(), &SocketAddrNetlink::new(0, 0))?;
    let mut buffer = vec![0; 4096];
    let (count, _) = recv(&socket, &mut buffer[..], RecvFlags::empty())?;
    buffer.truncate(count);
    // An error message has a number that is 0 or a negated errno.
    let kind = buffer.get(4..6).map_or(ERROR, |kind| u16::from_ne_bytes([kind[0], kind[1]]));
    let number = buffer.get(HEADER..HEADER + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, i32::from_ne_bytes);
    if kind == ERROR && number != 0 { Err(Errno::from_raw_os_error(-number)) } else { Ok(buffer) }
}

/// A descriptor that hears of changes from now on: of these groups.
pub(super) fn listen(groups: u32) -> rustix::io::Result<OwnedFd> {
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None)?;
    bind(&socket, &SocketAddrNetlink::new(0, groups))?;
    Ok(socket)
}

/// Sends a datagram without a byte in it. Whether it arrives does not matter.
pub(super) fn send_datagram(to: std::net::Ipv4Addr, port: u16) {
    if let Ok(socket) = socket_with(AddressFamily::INET, SocketType::DGRAM, SocketFlags::CLOEXEC, None) {
        let _ = sendto(&socket, &[], SendFlags::DONTWAIT, &std::net::SocketAddrV4::new(to, port));
    }
}
