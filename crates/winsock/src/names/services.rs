//! Services and protocols by name and number, from `/etc/services` and `/etc/protocols`.
//!
//! Where a system has no such file, a few names that programs ask for are known all the same: on Windows the files are
//! always there.

use std::fs;

use winsock_codes::Code;

/// A service or a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its official name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Port, or protocol number.
    pub number: u16,
    /// The transport, `tcp` or `udp`; empty for protocols.
    pub transport: String,
}

const FEW_SERVICES: &str = "echo 7/tcp\necho 7/udp\ndiscard 9/tcp sink\ndiscard 9/udp sink\ndaytime 13/tcp\n\
    daytime 13/udp\nftp-data 20/tcp\nftp 21/tcp\nssh 22/tcp\ntelnet 23/tcp\nsmtp 25/tcp mail\ntime 37/tcp\n\
    time 37/udp\ndomain 53/tcp\ndomain 53/udp\nbootps 67/udp\nbootpc 68/udp\ntftp 69/udp\nfinger 79/tcp\n\
    http 80/tcp www\npop3 110/tcp\nsunrpc 111/tcp\nsunrpc 111/udp\nnntp 119/tcp\nntp 123/udp\nimap2 143/tcp imap\n\
    snmp 161/udp\nldap 389/tcp\nhttps 443/tcp\nimaps 993/tcp\npop3s 995/tcp\n";
const FEW_PROTOCOLS: &str = "ip 0 IP\nicmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\nipv6 41 IPv6\nipv6-icmp 58 IPv6-ICMP\n";

/// The service of this name; any transport will do if none is given.
///
/// # Errors
/// `WSANO_DATA` if there is none. Docs: "getservbyname function".
#[doc(alias = "getservbyname")]
pub fn service_by_name(name: &str, transport: Option<&str>) -> Result<Named, Code> {
    find(services(), |service| is_called(service, name) && fits(service, transport))
}

/// The service on this port (host byte order).
///
/// # Errors
/// `WSANO_DATA` if there is none. Docs: "getservbyport function".
#[doc(alias = "getservbyport")]
pub fn service_by_port(port: u16, transport: Option<&str>) -> Result<Named, Code> {
    find(services(), |service| service.number == port && fits(service, transport))
}

/// The protocol of this name.
///
/// # Errors
/// `WSANO_DATA` if there is none. Docs: "getprotobyname function".
#[doc(alias = "getprotobyname")]
pub fn protocol_by_name(name: &str) -> Result<Named, Code> {
    find(protocols(), |protocol| is_called(protocol, name))
}

/// The protocol of this number.
///
/// # Errors
/// `WSANO_DATA` if there is none. Docs: "getprotobynumber function".
#[doc(alias = "getprotobynumber")]
pub fn protocol_by_number(number: i32) -> Result<Named, Code> {
    find(protocols(), |protocol| i32::from(protocol.number) == number)
}

fn find(lines: Vec<Named>, wanted: impl Fn(&Named) -> bool) -> Result<Named, Code> {
    lines.into_iter().find(wanted).ok_or(Code::WSANO_DATA)
}

fn is_called(named: &Named, name: &str) -> bool {
    named.name.eq_ignore_ascii_case(name) || named.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
}

fn fits(named: &Named, transport: Option<&str>) -> bool {
    transport.is_none_or(|transport| named.transport.eq_ignore_ascii_case(transport))
}

fn services() -> Vec<Named> {
    let text = fs::read_to_string("/etc/services").unwrap_or_else(|_| FEW_SERVICES.to_owned());
    text.lines().filter_map(parse).filter(|named| !named.transport.is_empty()).collect()
}

fn protocols() -> Vec<Named> {
    let text = fs::read_to_string("/etc/protocols").unwrap_or_else(|_| FEW_PROTOCOLS.to_owned());
    text.lines().filter_map(parse).filter(|named| named.transport.is_empty()).collect()
}

/// One line: name, number with or without a transport, aliases, comment.
fn parse(line: &str) -> Option<Named> {
    let line = line.split('#').next()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let name = words.next()?;
    let number = words.next()?;
    let (number, transport) = number.split_once('/').unwrap_or((&number, ""));
    Some(Named { name, number: number.parse().ok()?, transport: transport.to_owned(), aliases: words.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_files_are_read() {
        let http = parse("http\t\t80/tcp\t\twww # WorldWideWeb HTTP").unwrap();
        assert_eq!((http.name.as_str(), http.number, http.transport.as_str()), ("http", 80, "tcp"));
        assert_eq!(http.aliases, ["www"]);
        assert_eq!(parse("tcp\t6\tTCP\t# transmission control protocol").unwrap().number, 6);
        assert_eq!(parse("# only a comment"), None);
        assert_eq!(parse("broken line"), None);
        assert!(FEW_SERVICES.lines().chain(FEW_PROTOCOLS.lines()).all(|line| parse(line).is_some()));
    }
}
