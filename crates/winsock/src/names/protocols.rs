//! Protocol names and numbers.

use winsock_codes::Code;

use crate::process::require_started;

/// A row of the protocol database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The official name.
    pub name: &'static str,
    /// The one other name.
    pub alias: &'static str,
    /// The number.
    pub number: i16,
}

/// The protocols that Windows knows. `/etc/protocols` is not read: it knows others (2 is `igmp` there and nothing on
/// Windows) and calls some by other names. Source: the table of `protocol.c`, checked on Windows for -1 to 256.
const PROTOCOLS: [Protocol; 19] = [
    Protocol { name: "ip", alias: "IP", number: 0 },
    Protocol { name: "icmp", alias: "ICMP", number: 1 },
    Protocol { name: "ggp", alias: "GGP", number: 3 },
    Protocol { name: "tcp", alias: "TCP", number: 6 },
    Protocol { name: "egp", alias: "EGP", number: 8 },
    Protocol { name: "pup", alias: "PUP", number: 12 },
    Protocol { name: "udp", alias: "UDP", number: 17 },
    Protocol { name: "hmp", alias: "HMP", number: 20 },
    Protocol { name: "xns-idp", alias: "XNS-IDP", number: 22 },
    Protocol { name: "rdp", alias: "RDP", number: 27 },
    Protocol { name: "ipv6", alias: "IPv6", number: 41 },
    Protocol { name: "ipv6-route", alias: "IPv6-Route", number: 43 },
    Protocol { name: "ipv6-frag", alias: "IPv6-Frag", number: 44 },
    Protocol { name: "esp", alias: "ESP", number: 50 },
    Protocol { name: "ah", alias: "AH", number: 51 },
    Protocol { name: "ipv6-icmp", alias: "IPv6-ICMP", number: 58 },
    Protocol { name: "ipv6-nonxt", alias: "IPv6-NoNxt", number: 59 },
    Protocol { name: "ipv6-opts", alias: "IPv6-Opts", number: 60 },
    Protocol { name: "rvd", alias: "RVD", number: 66 },
];

/// The protocol with this name, in any mixture of case.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up; `WSANO_DATA` for a name that is not in the table.
///
/// ```
/// winsock::startup(0x0202)?;
/// assert_eq!(winsock::names::getprotobyname("TCP")?.number, 6);
/// assert_eq!(winsock::names::getprotobynumber(2), Err(winsock::Code::WSANO_DATA)); // Linux: igmp
/// # Ok::<(), winsock::Code>(())
/// ```
pub fn getprotobyname(name: &str) -> Result<&'static Protocol, Code> {
    require_started()?;
    PROTOCOLS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).ok_or(Code::WSANO_DATA)
}

/// The protocol with this number.
///
/// # Errors
/// As [`getprotobyname`].
pub fn getprotobynumber(number: i32) -> Result<&'static Protocol, Code> {
    require_started()?;
    PROTOCOLS.iter().find(|row| i32::from(row.number) == number).ok_or(Code::WSANO_DATA)
}
