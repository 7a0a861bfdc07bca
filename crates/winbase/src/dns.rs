//! `DnsQuery`: records of any type, from the name servers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use simple_dns::rdata::RData;
use simple_dns::{Packet, RCODE, ResourceRecord};
use winsock::Code;
use winsock::names::{Ask, Resolver};

/// `DNS_INFO_NO_RECORDS`: the name exists and has no such records.
pub const NO_RECORDS: Code = Code::new(9501);
/// `DNS_ERROR_RCODE_NAME_ERROR`: the name does not exist.
pub const NAME_ERROR: Code = Code::new(9003);
/// `DNS_ERROR_BAD_PACKET`: an answer that cannot be read.
pub const BAD_PACKET: Code = Code::new(9502);
/// `ERROR_TIMEOUT`: no server answered.
pub const TIMEOUT: Code = Code::new(1460);
/// `DNS_ERROR_INVALID_NAME`: DNS cannot express the name.
pub const INVALID_NAME: Code = Code::new(9560);

const TYPE_A: u16 = 1;
const TYPE_AAAA: u16 = 28;
/// How long the resolver's own entries of the hosts file last, in seconds.
const HOSTS_TTL: u32 = 86_400;

const QUERY_USE_TCP_ONLY: u32 = 0x2;
const QUERY_BYPASS_CACHE: u32 = 0x8;
const QUERY_NO_WIRE: u32 = 0x10;
const QUERY_NO_HOSTS_FILE: u32 = 0x40;
const QUERY_WIRE_ONLY: u32 = 0x100;
const QUERY_TREAT_AS_FQDN: u32 = 0x1000;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Whose it is.
    pub name: String,
    /// The number of its type.
    pub kind: u16,
    /// For how many seconds it holds.
    pub ttl: u32,
    /// What it says.
    pub data: Data,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// A name: of types CNAME, NS, PTR and others.
    Name(String),
    /// A mail server and its preference.
    Mx(u16, String),
    /// Texts.
    Txt(Vec<String>),
    /// Priority, weight, port and host of a service.
    Srv(u16, u16, u16, String),
    /// Server, person, and serial, refresh, retry, expiry, time to live.
    Soa(String, String, [u32; 5]),
    /// What is not read further.
    Other(Vec<u8>),
}

/// The records of a name: those of the type, and the aliases on the way to them. `options` are Windows' `DNS_QUERY_`
/// bits; without servers of the caller's, addresses of this computer and of the hosts file are found without asking.
///
/// # Errors
/// [`NAME_ERROR`] and the other `DNS_ERROR_RCODE_` numbers, [`NO_RECORDS`], [`BAD_PACKET`], [`TIMEOUT`],
/// [`INVALID_NAME`]. Docs: "DnsQuery_A function".
///
/// ```
/// use std::net::Ipv4Addr;
/// use winbase::dns::{Data, query};
///
/// let found = query("localhost", 1, &[], 0)?;
/// assert_eq!(found[0].data, Data::A(Ipv4Addr::LOCALHOST));
/// # Ok::<(), winbase::Code>(())
/// ```
#[doc(alias = "DnsQuery_A")]
pub fn query(name: &str, kind: u16, servers: &[Ipv4Addr], options: u32) -> Result<Vec<Record>, Code> {
    const DNS_PORT: u16 = 53;
    let resolver = Resolver::system();
    let asks_hosts = options & (QUERY_BYPASS_CACHE | QUERY_NO_HOSTS_FILE | QUERY_WIRE_ONLY) == 0;
    if servers.is_empty() && asks_hosts {
        let own = own_records(name, kind, &resolver.own_addresses(name.trim_end_matches('.')));
        if !own.is_empty() {
            return Ok(own);
        }
    }
    if options & QUERY_NO_WIRE != 0 {
        return Err(NO_RECORDS);
    }
    let is_long = |label: &str| label.is_empty() || label.len() > 63;
    if name.len() > 255 || name.trim_end_matches('.').split('.').any(is_long) {
        return Err(INVALID_NAME);
    }
    let ask = Ask {
        servers: servers.iter().map(|&server| SocketAddr::new(IpAddr::V4(server), DNS_PORT)).collect(),
        by_tcp: options & QUERY_USE_TCP_ONLY != 0,
        is_whole: options & QUERY_TREAT_AS_FQDN != 0,
    };
    records(&resolver.dns_message(name, kind, &ask).ok_or(TIMEOUT)?)
}

fn own_records(name: &str, kind: u16, addresses: &[IpAddr]) -> Vec<Record> {
    let data = addresses.iter().filter_map(|address| match (kind, address) {
        (TYPE_A, IpAddr::V4(address)) => Some(Data::A(*address)),
        (TYPE_AAAA, IpAddr::V6(address)) => Some(Data::Aaaa(*address)),
        _ => None,
    });
    data.map(|data| Record { name: name.to_owned(), kind, ttl: HOSTS_TTL, data }).collect()
}

/// The records in a server's answer.
fn records(message: &[u8]) -> Result<Vec<Record>, Code> {
    const FIRST_RCODE: i32 = 9000;
    let packet = Packet::parse(message).map_err(|_| BAD_PACKET)?;
    if packet.rcode() != RCODE::NoError {
        return Err(Code::new(FIRST_RCODE + i32::from(message[3] & 15)));
    }
    if packet.answers.is_empty() {
        return Err(NO_RECORDS);
    }
    Ok(packet.answers.iter().map(record).collect())
}

fn record(record: &ResourceRecord<'_>) -> Record {
    let data = match &record.rdata {
        RData::A(a) => Data::A(Ipv4Addr::from(a.address)),
        RData::AAAA(aaaa) => Data::Aaaa(Ipv6Addr::from(aaaa.address)),
        RData::CNAME(name) => Data::Name(name.0.to_string()),
        RData::NS(name) => Data::Name(name.0.to_string()),
        RData::PTR(name) => Data::Name(name.0.to_string()),
        RData::MX(mx) => Data::Mx(mx.preference, mx.exchange.to_string()),
        RData::TXT(txt) => Data::Txt(txt.iter_raw().map(text).collect()),
        RData::SRV(srv) => Data::Srv(srv.priority, srv.weight, srv.port, srv.target.to_string()),
        RData::SOA(soa) => Data::Soa(
            soa.mname.to_string(),
            soa.rname.to_string(),
            [
                soa.serial,
                soa.refresh.cast_unsigned(),
                soa.retry.cast_unsigned(),
                soa.expire.cast_unsigned(),
                soa.minimum,
            ],
        ),
        RData::NULL(_, null) => Data::Other(null.get_data().to_vec()),
        _ => Data::Other(Vec::new()),
    };
    Record { name: record.name.to_string(), kind: record.rdata.type_code().into(), ttl: record.ttl, data }
}

/// A text, which the reader has cut at its first equals sign.
fn text((key, value): (&[u8], Option<&[u8]>)) -> String {
    let lossy = |bytes| String::from_utf8_lossy(bytes).into_owned();
    value.map_or_else(|| lossy(key), |value| format!("{}={}", lossy(key), lossy(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use simple_dns::rdata::{CNAME, MX, TXT};
    use simple_dns::{CLASS, Name, PacketFlag};

    fn answer<'a>(records: Vec<RData<'a>>, rcode: RCODE) -> Vec<u8> {
        let mut packet = Packet::new_reply(7);
        packet.set_flags(PacketFlag::RECURSION_AVAILABLE);
        *packet.rcode_mut() = rcode;
        let name = Name::new("a.test").unwrap();
        packet.answers =
            records.into_iter().map(|data| ResourceRecord::new(name.clone(), CLASS::IN, 60, data)).collect();
        packet.build_bytes_vec().unwrap()
    }

    #[test]
    fn records_are_read_in_their_order() {
        let mx = MX { preference: 10, exchange: Name::new("mail.test").unwrap() };
        let txt = TXT::new().with_string("v=spf1 a=b").unwrap().with_string("plain").unwrap();
        let bytes = answer(
            vec![RData::CNAME(CNAME(Name::new("b.test").unwrap())), RData::MX(mx), RData::TXT(txt)],
            RCODE::NoError,
        );
        let found = records(&bytes).unwrap();
        let data: Vec<_> = found.iter().map(|record| (record.kind, record.data.clone())).collect();
        assert_eq!(
            data,
            [
                (5, Data::Name("b.test".into())),
                (15, Data::Mx(10, "mail.test".into())),
                (16, Data::Txt(vec!["v=spf1 a=b".into(), "plain".into()])),
            ]
        );
    }

    #[test]
    fn errors_have_their_own_numbers() {
        assert_eq!(records(&answer(vec![], RCODE::NoError)), Err(NO_RECORDS));
        assert_eq!(records(&answer(vec![], RCODE::NameError)), Err(NAME_ERROR));
        assert_eq!(records(&answer(vec![], RCODE::Refused)), Err(Code::new(9005)));
        assert_eq!(records(b"nonsense"), Err(BAD_PACKET));
        assert_eq!(query(&"x".repeat(64), 15, &[], 0), Err(INVALID_NAME));
    }
}
