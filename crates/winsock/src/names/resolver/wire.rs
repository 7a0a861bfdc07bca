//! DNS messages: what is asked, what an answer says. The wire format itself is `simple-dns`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, RCODE, TYPE};

use super::Failure;

/// The kind of record that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// IPv4 addresses.
    A,
    /// IPv6 addresses.
    Aaaa,
    /// The name of an address.
    Ptr,
}

impl Kind {
    fn dns(self) -> TYPE {
        match self {
            Kind::A => TYPE::A,
            Kind::Aaaa => TYPE::AAAA,
            Kind::Ptr => TYPE::PTR,
        }
    }
}

/// The records that answer a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records {
    /// The name at the end of the chain of aliases.
    pub(super) canonical: String,
    /// The names on the way there, the asked one first; empty if there was no alias.
    pub(super) aliases: Vec<String>,
    /// Addresses.
    pub(super) addresses: Vec<IpAddr>,
    /// Names, for [`Kind::Ptr`].
    pub(super) names: Vec<String>,
}

/// What a datagram from a server is to a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// To another question, or none: keep waiting.
    Unrelated,
    /// Cut short: ask again by TCP.
    Truncated,
    /// The answer of this server.
    Answer(Result<Records, Failure>),
}

/// The bytes of a question. `None` for a name that DNS cannot express.
pub(super) fn question(id: u16, name: &str, kind: Kind) -> Option<Vec<u8>> {
    if !is_expressible(name) {
        return None;
    }
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    let name = Name::new(name).ok()?;
    packet.questions.push(Question::new(name, QTYPE::TYPE(kind.dns()), QCLASS::CLASS(CLASS::IN), false));
    packet.build_bytes_vec().ok()
}

/// Labels of 1 to 63 bytes, 253 in all. Source: RFC 1035, 2.3.4.
pub(super) fn is_expressible(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() <= 253 && name.split('.').all(|label| (1..=63).contains(&label.len()))
}

/// Reads what came from a server.
pub(super) fn read(bytes: &[u8], id: u16, name: &str, kind: Kind) -> Reply {
    if bytes.get(..2) != Some(&id.to_be_bytes()[..]) {
        return Reply::Unrelated;
    }
    // The header's TC bit: the body may be cut in the middle of a record and not parse.
    if bytes.len() >= 12 && bytes[2] & 0b1000_0010 == 0b1000_0010 {
        return Reply::Truncated;
    }
    let Ok(packet) = Packet::parse(bytes) else { return Reply::Answer(Err(Failure::Permanent)) };
    if !packet.has_flags(PacketFlag::RESPONSE) {
        return Reply::Unrelated;
    }
    let same = |asked: &Question<'_>| same_name(&asked.qname, name) && asked.qtype == QTYPE::TYPE(kind.dns());
    if !packet.questions.is_empty() && !packet.questions.iter().any(same) {
        return Reply::Unrelated;
    }
    Reply::Answer(match packet.rcode() {
        RCODE::NoError => records(&packet, name, kind),
        RCODE::NameError => Err(Failure::NoSuchName),
        RCODE::ServerFailure => Err(Failure::ServerFailed),
        _ => Err(Failure::Permanent),
    })
}

/// Longest chain of aliases that is followed.
const MAX_ALIASES: usize = 16;

fn records(packet: &Packet<'_>, name: &str, kind: Kind) -> Result<Records, Failure> {
    let mut found = Records { canonical: name.trim_end_matches('.').to_string(), ..Records::default() };
    for _ in 0..MAX_ALIASES {
        let alias = packet.answers.iter().find_map(|record| match &record.rdata {
            RData::CNAME(target) if same_name(&record.name, &found.canonical) => Some(target.0.to_string()),
            _ => None,
        });
        let Some(target) = alias else { break };
        found.aliases.push(std::mem::replace(&mut found.canonical, target));
    }
    for record in packet.answers.iter().filter(|record| same_name(&record.name, &found.canonical)) {
        match (&record.rdata, kind) {
            (RData::A(data), Kind::A) => found.addresses.push(IpAddr::V4(Ipv4Addr::from(data.address))),
            (RData::AAAA(data), Kind::Aaaa) => found.addresses.push(IpAddr::V6(Ipv6Addr::from(data.address))),
            (RData::PTR(target), Kind::Ptr) => found.names.push(target.0.to_string()),
            _ => {}
        }
    }
    if found.addresses.is_empty() && found.names.is_empty() { Err(Failure::NoData) } else { Ok(found) }
}

fn same_name(a: &Name<'_>, b: &str) -> bool {
    a.to_string().trim_end_matches('.').eq_ignore_ascii_case(b.trim_end_matches('.'))
}
