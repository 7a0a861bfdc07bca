//! TCP connections and UDP sockets, of the whole system.

use std::collections::HashMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use winsock::Code;

use crate::error::from_io;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// TCP over IPv4.
    Tcp,
    /// TCP over IPv6.
    Tcp6,
    /// UDP over IPv4.
    Udp,
    /// UDP over IPv6.
    Udp6,
}

/// `MIB_TCP_STATE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "RFC 793's names")]
pub enum TcpState {
    Closed = 1,
    Listen = 2,
    SynSent = 3,
    SynReceived = 4,
    Established = 5,
    FinWait1 = 6,
    FinWait2 = 7,
    CloseWait = 8,
    Closing = 9,
    LastAck = 10,
    TimeWait = 11,
}

impl TcpState {
    fn of_linux(number: u8) -> TcpState {
        match number {
            1 => TcpState::Established,
            2 => TcpState::SynSent,
            3 | 12 => TcpState::SynReceived,
            4 => TcpState::FinWait1,
            5 => TcpState::FinWait2,
            6 => TcpState::TimeWait,
            8 => TcpState::CloseWait,
            9 => TcpState::LastAck,
            10 => TcpState::Listen,
            11 => TcpState::Closing,
            _ => TcpState::Closed,
        }
    }
}

/// One connection, or one UDP socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection {
    /// This side.
    pub local: SocketAddr,
    /// The other side; zeros for what waits.
    pub remote: SocketAddr,
    /// Where it stands; meaningless for UDP.
    pub state: TcpState,
    /// The kernel's number of the socket; 0 once no process has it.
    pub inode: u64,
}

/// The system's table, sorted by local address.
///
/// # Errors
/// Those of reading `/proc/net`.
#[doc(alias = "GetTcpTable")]
#[doc(alias = "GetUdpTable")]
pub fn connections(protocol: Protocol) -> Result<Vec<Connection>, Code> {
    let file = match protocol {
        Protocol::Tcp => "/proc/net/tcp",
        Protocol::Tcp6 => "/proc/net/tcp6",
        Protocol::Udp => "/proc/net/udp",
        Protocol::Udp6 => "/proc/net/udp6",
    };
    let table = fs::read_to_string(file).map_err(|failure| from_io(&failure))?;
    let mut found: Vec<Connection> = table.lines().skip(1).filter_map(connection).collect();
    found.sort_by_key(|connection| (connection.local, connection.remote));
    Ok(found)
}

fn connection(line: &str) -> Option<Connection> {
    let words: Vec<&str> = line.split_whitespace().collect();
    Some(Connection {
        local: endpoint(words.get(1)?)?,
        remote: endpoint(words.get(2)?)?,
        state: TcpState::of_linux(u8::from_str_radix(words.get(3)?, 16).ok()?),
        inode: words.get(9)?.parse().ok()?,
    })
}

/// `0100007F:1F90`: 32-bit numbers in the machine's order, and a port.
fn endpoint(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let word = |at: usize| Some(u32::from_str_radix(address.get(at..at + 8)?, 16).ok()?.to_ne_bytes());
    let address = if address.len() == 8 {
        IpAddr::V4(Ipv4Addr::from(word(0)?))
    } else {
        let bytes = [word(0)?, word(8)?, word(16)?, word(24)?].concat();
        IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?))
    };
    Some(SocketAddr::new(address, port))
}

/// The process that has each socket, by the socket's number; of other users' processes only root is told.
#[must_use]
pub fn owner_of_sockets() -> HashMap<u64, u32> {
    let mut owners = HashMap::new();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbered = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    for process in numbered {
        for descriptor in fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten() {
            let target = fs::read_link(descriptor.path()).unwrap_or_default();
            let inode = target.to_str().and_then(|text| text.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok());
            if let Some(inode) = inode {
                owners.insert(inode, process);
            }
        }
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_and_its_owner_are_listed() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let all = connections(Protocol::Tcp).unwrap();
        let own = all.iter().find(|connection| connection.local == address).unwrap();
        assert_eq!((own.state, own.remote.port()), (TcpState::Listen, 0));
        assert_eq!(owner_of_sockets()[&own.inode], std::process::id());
        let socket = std::net::UdpSocket::bind("[::1]:0").unwrap();
        let address = socket.local_addr().unwrap();
        assert!(connections(Protocol::Udp6).unwrap().iter().any(|connection| connection.local == address));
    }
}
