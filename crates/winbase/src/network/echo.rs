//! Echo requests: "ping".

use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, connect, ipproto, recvfrom, send, sendto,
    socket_with, sockopt,
};
use winsock::Code;

use crate::error;

const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const ECHO_REQUEST: u8 = 8;
const TIME_EXCEEDED: u8 = 11;
const HEADER: usize = 8;

/// `IP_REQ_TIMED_OUT`: no reply came in time.
const TIMED_OUT: Code = Code::new(11010);
/// `IP_GENERAL_FAILURE`.
const GENERAL_FAILURE: u32 = 11050;

/// A socket for echo requests.
///
/// With the right for raw sockets every answer is seen, that of a router too, with its time to live. Without it, where the
/// system allows (`net.ipv4.ping_group_range`), a reply is seen and its time to live is not told.
#[derive(Debug)]
pub struct Echo {
    socket: OwnedFd,
    is_raw: bool,
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct EchoRequest<'a> {
    /// To whom.
    pub to: Ipv4Addr,
    /// What comes back with the reply.
    pub data: &'a [u8],
    /// How many routers it may pass; `None` for the system's number.
    pub time_to_live: Option<u8>,
    /// How long to wait.
    pub limit: Duration,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EchoReply {
    /// Who answered.
    pub from: Ipv4Addr,
    /// `IP_SUCCESS` (0), or why a router refused: `IP_DEST_NET_UNREACHABLE` (11002) and its like.
    pub status: u32,
    /// How long it took.
    pub time: Duration,
    /// What was sent, if it was the other end that answered.
    pub data: Vec<u8>,
    /// How many routers the reply could still have passed; 0 if that is not told.
    pub time_to_live: u8,
}

impl Echo {
    /// Opens a socket.
    ///
    /// # Errors
    /// [`error::ACCESS_DENIED`] if this user may send no echo requests.
    #[doc(alias = "IcmpCreateFile")]
    pub fn open() -> Result<Echo, Code> {
        let open = |kind| socket_with(AddressFamily::INET, kind, SocketFlags::CLOEXEC, Some(ipproto::ICMP));
        match open(SocketType::RAW) {
            Ok(socket) => Ok(Echo { socket, is_raw: true }),
            Err(_) => open(SocketType::DGRAM)
                .map(|socket| Echo { socket, is_raw: false })
                .map_err(|errno| if errno == Errno::MFILE { error::TOO_MANY_OPEN_FILES } else { error::ACCESS_DENIED }),
        }
    }

    /// Sends a request and waits for its answer.
    ///
    /// # Errors
    /// `IP_REQ_TIMED_OUT` (11010); `IP_DEST_HOST_UNREACHABLE` (11003) and its like if the system itself has no way there.
    #[doc(alias = "IcmpSendEcho")]
    pub fn send(&self, request: EchoRequest<'_>) -> Result<EchoReply, Code> {
        // A socket of its own for each request: replies of others are not to be sorted out.
        let own = Echo::open()?;
        let to = SocketAddrV4::new(request.to, 0);
        if let Some(hops) = request.time_to_live {
            sockopt::set_ip_ttl(&own.socket, hops.into()).map_err(|_| error::INVALID_PARAMETER)?;
        }
        static SEQUENCE: AtomicU16 = AtomicU16::new(1);
        let mark = (std::process::id() as u16, SEQUENCE.fetch_add(1, Ordering::Relaxed));
        let packet = request_packet(mark, request.data);
        let begun = Instant::now();
        let sent = if own.is_raw {
            sendto(&own.socket, &packet, SendFlags::empty(), &to)
        } else {
            // Connected, so that a refusal is told.
            connect(&own.socket, &to).and_then(|()| send(&own.socket, &packet, SendFlags::empty()))
        };
        sent.map_err(refusal)?;
        own.wait(mark, begun, request.limit)
    }

    fn wait(&self, mark: (u16, u16), begun: Instant, limit: Duration) -> Result<EchoReply, Code> {
        let mut buffer = vec![0; 65_536];
        winsock::port::before_blocking();
        loop {
            let left = limit.checked_sub(begun.elapsed()).ok_or(TIMED_OUT)?;
            let wait = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
            let mut asked = [PollFd::new(&self.socket, PollFlags::IN)];
            match poll(&mut asked, Some(&wait)) {
                Ok(0) => return Err(TIMED_OUT),
                Err(Errno::INTR) => continue,
                Err(errno) => return Err(refusal(errno)),
                Ok(_) => {}
            }
            let (count, _, from) = recvfrom(&self.socket, &mut buffer[..], RecvFlags::empty()).map_err(refusal)?;
            let from = from.and_then(|from| SocketAddr::try_from(from).ok()).map(|from| from.ip());
            let Some(IpAddr::V4(from)) = from else { continue };
            if let Some(reply) = self.read(&buffer[..count], mark, from, begun.elapsed()) {
                return Ok(reply);
            }
        }
    }

    /// The answer to our request, if these bytes are one.
    fn read(&self, bytes: &[u8], mark: (u16, u16), from: Ipv4Addr, time: Duration) -> Option<EchoReply> {
        let (time_to_live, message) = if self.is_raw { (bytes[8], without_ip(bytes)?) } else { (0, bytes) };
        let (kind, code) = (*message.first()?, *message.get(1)?);
        let reply = |status, data: &[u8]| Some(EchoReply { from, status, time, data: data.to_vec(), time_to_live });
        match kind {
            // The kernel puts its own number into the requests of sockets that are not raw.
            ECHO_REPLY if mark_of(message)?.1 == mark.1 && (!self.is_raw || mark_of(message)?.0 == mark.0) => {
                reply(0, &message[HEADER..])
            }
            UNREACHABLE | TIME_EXCEEDED => {
                let refused = without_ip(message.get(HEADER..)?)?;
                (mark_of(refused)? == mark).then(|| status_of(kind, code)).and_then(|status| reply(status, &[]))
            }
            _ => None,
        }
    }
}

/// `IP_STATUS` numbers for a router's refusal.
fn status_of(kind: u8, code: u8) -> u32 {
    match (kind, code) {
        (TIME_EXCEEDED, 0) => 11013, // IP_TTL_EXPIRED_TRANSIT
        (TIME_EXCEEDED, _) => 11014, // IP_TTL_EXPIRED_REASSEM
        (UNREACHABLE, 0) => 11002,   // IP_DEST_NET_UNREACHABLE
        (UNREACHABLE, 1) => 11003,   // IP_DEST_HOST_UNREACHABLE
        (UNREACHABLE, 2) => 11004,   // IP_DEST_PROT_UNREACHABLE
        (UNREACHABLE, 3) => 11005,   // IP_DEST_PORT_UNREACHABLE
        (UNREACHABLE, 4) => 11009,   // IP_PACKET_TOO_BIG
        _ => GENERAL_FAILURE,
    }
}

fn refusal(errno: Errno) -> Code {
    let status = match errno {
        Errno::NETUNREACH => 11002,
        Errno::HOSTUNREACH => 11003,
        Errno::MSGSIZE => 11009,
        Errno::ACCESS | Errno::PERM => return error::ACCESS_DENIED,
        _ => GENERAL_FAILURE,
    };
    Code::new(status.cast_signed())
}

/// What follows the IPv4 header.
fn without_ip(packet: &[u8]) -> Option<&[u8]> {
    packet.get(usize::from(packet.first()? & 0xf) * 4..)
}

/// The two numbers by which a request is known again.
fn mark_of(message: &[u8]) -> Option<(u16, u16)> {
    let word = |at: usize| Some(u16::from_be_bytes(message.get(at..at + 2)?.try_into().ok()?));
    Some((word(4)?, word(6)?))
}

fn request_packet(mark: (u16, u16), data: &[u8]) -> Vec<u8> {
    let mut packet = vec![ECHO_REQUEST, 0, 0, 0];
    packet.extend(mark.0.to_be_bytes());
    packet.extend(mark.1.to_be_bytes());
    packet.extend_from_slice(data);
    let sum = checksum(&packet);
    packet[2..4].copy_from_slice(&sum.to_be_bytes());
    packet
}

/// RFC 1071.
fn checksum(bytes: &[u8]) -> u16 {
    let words = bytes.chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0)));
    let mut sum: u32 = words.sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_checks_out() {
        for data in [&b"even"[..], b"odd"] {
            assert_eq!(checksum(&request_packet((0x1234, 7), data)), 0);
        }
    }

    #[test]
    fn the_own_computer_answers() {
        let Ok(echo) = Echo::open() else {
            eprintln!("skipped: this user may send no echo requests");
            return;
        };
        let request = EchoRequest {
            to: Ipv4Addr::LOCALHOST,
            data: b"payload",
            time_to_live: Some(9),
            limit: Duration::from_secs(5),
        };
        let reply = echo.send(request).unwrap();
        assert_eq!((reply.from, reply.status, &reply.data[..]), (Ipv4Addr::LOCALHOST, 0, &b"payload"[..]));
    }
}
