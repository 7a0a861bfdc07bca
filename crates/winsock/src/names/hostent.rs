//! The older functions: one name, one list of addresses of one family.

use std::net::{IpAddr, Ipv4Addr};

use winsock_codes::Code;

use super::resolver::Wanted;
use super::text_address::{inet_addr, ipv6};
use super::{Resolver, host_name};
use crate::process::require_started;

/// A host's names and addresses, the content of a `hostent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostEntry {
    /// The official name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Addresses, all of one family.
    pub addresses: Vec<IpAddr>,
}

/// The IPv4 addresses of a name; no name, or an empty one, is this computer.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up; `WSANO_DATA` for an IPv6 address, for digits and dots that are no IPv4 address
/// and for a name without IPv4 addresses; else the codes of name servers as in [`getaddrinfo`](super::getaddrinfo).
/// Docs: "gethostbyname function".
///
/// ```
/// use winsock::{Code, names::gethostbyname};
///
/// winsock::startup(0x0202)?;
/// assert_eq!(gethostbyname(Some("192.0.2.1"))?.name, "192.0.2.1");
/// assert_eq!(gethostbyname(Some("::1")), Err(Code::WSANO_DATA));
/// # Ok::<(), Code>(())
/// ```
pub fn gethostbyname(name: Option<&str>) -> Result<HostEntry, Code> {
    Resolver::system().gethostbyname(name)
}

/// The names of an address.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up; `WSANO_DATA` for an address without a name, also where the name server says
/// that there is no such entry (seen as 11004 in public reports of `gethostbyaddr`; the page lists 11001 too); else the
/// codes of name servers.
///
/// ```
/// winsock::startup(0x0202)?;
/// let own = winsock::names::gethostname(256)?;
/// assert_eq!(winsock::names::gethostbyaddr("127.0.0.1".parse().unwrap())?.name, own);
/// # Ok::<(), winsock::Code>(())
/// ```
pub fn gethostbyaddr(address: IpAddr) -> Result<HostEntry, Code> {
    Resolver::system().gethostbyaddr(address)
}

impl Resolver {
    /// As the function [`gethostbyname`], with this resolver's files.
    ///
    /// # Errors
    /// The same.
    pub fn gethostbyname(&self, name: Option<&str>) -> Result<HostEntry, Code> {
        require_started()?;
        let ipv4 = Wanted { ipv4: true, ipv6: false };
        let name = name.unwrap_or_default();
        if let Some(address) = literal(name)? {
            return Ok(HostEntry { name: name.to_string(), aliases: Vec::new(), addresses: vec![IpAddr::V4(address)] });
        }
        let found = if name.is_empty() { host_name::own(ipv4)? } else { self.addresses(name, ipv4)? };
        Ok(HostEntry { name: found.canonical, aliases: found.aliases, addresses: found.addresses })
    }

    /// As the function [`gethostbyaddr`], with this resolver's files.
    ///
    /// # Errors
    /// The same.
    pub fn gethostbyaddr(&self, address: IpAddr) -> Result<HostEntry, Code> {
        require_started()?;
        let own = host_name::own_name().filter(|_| host_name::is_own_address(address));
        let mut names = match own {
            Some(name) => vec![name].into_iter(),
            None => self.names_of(address).map_err(no_such_entry)?.into_iter(),
        };
        let name = names.next().ok_or(Code::WSANO_DATA)?;
        Ok(HostEntry { name, aliases: names.collect(), addresses: vec![address] })
    }
}

fn no_such_entry(code: Code) -> Code {
    if code == Code::WSAHOST_NOT_FOUND { Code::WSANO_DATA } else { code }
}

/// The IPv4 address that the name is; `Err` for an address that is none of that family.
fn literal(name: &str) -> Result<Option<Ipv4Addr>, Code> {
    let looks_numeric = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match inet_addr(name.as_bytes()) {
        // Blanks end an address for inet_addr; in a name they make it no name.
        Some(address) if !name.bytes().any(|byte| byte.is_ascii_whitespace()) => Ok(Some(address)),
        None if looks_numeric || ipv6::with_scope_and_port(name.as_bytes()).is_some() => Err(Code::WSANO_DATA),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::responder::Responder;

    // Docs: "gethostbyname function", errors and remarks.
    #[test]
    fn names_give_ipv4_addresses_or_their_code() {
        crate::startup(0x0202).unwrap();
        let server = Responder::start();
        let resolver = server.resolver();
        let entry = resolver.gethostbyname(Some("alias.test")).unwrap();
        assert_eq!((entry.name.as_str(), entry.addresses), ("v4.test", vec!["192.0.2.2".parse().unwrap()]));
        assert_eq!(entry.aliases, ["alias.test", "middle.test"]);
        assert_eq!(resolver.gethostbyname(Some("both.test")).unwrap().addresses.len(), 1);
        for (name, code) in [
            ("nx.test", 11001),
            ("v6.test", 11004),
            ("servfail.test", 11002),
            ("refused.test", 11003),
            ("2001:db8::1", 11004),
            ("999.1.1.1", 11004),
            ("1.2.3.4.5", 11004),
        ] {
            assert_eq!(resolver.gethostbyname(Some(name)).unwrap_err().value(), code, "{name}");
        }
    }

    // Docs: "gethostbyname function": NULL and "" are this computer.
    #[test]
    fn no_name_is_this_computer() {
        crate::startup(0x0202).unwrap();
        let own = crate::names::gethostname(256).unwrap();
        let entry = gethostbyname(None).unwrap();
        assert_eq!(entry.name, own);
        assert!(!entry.addresses.is_empty() && entry.addresses.iter().all(IpAddr::is_ipv4));
        assert_eq!(gethostbyname(Some("")).unwrap(), entry);
        assert_eq!(gethostbyname(Some(&own)).unwrap(), entry);
        // The older functions take the loose forms of inet_addr.
        assert_eq!(gethostbyname(Some("127.1")).unwrap().addresses, ["127.0.0.1".parse::<IpAddr>().unwrap()]);
    }

    #[test]
    fn addresses_give_names_or_no_data() {
        crate::startup(0x0202).unwrap();
        let server = Responder::start();
        let resolver = server.resolver();
        let ask = |address: &str| resolver.gethostbyaddr(address.parse().unwrap());
        assert_eq!(ask("192.0.2.9").unwrap().name, "nine.test");
        let entry = ask("192.0.2.77").unwrap();
        assert_eq!((entry.name.as_str(), entry.aliases), ("from-hosts.test", vec!["fh".to_owned()]));
        assert_eq!(ask("192.0.2.5"), Err(Code::WSANO_DATA));
        assert_eq!(ask("192.0.2.8"), Err(Code::WSATRY_AGAIN));
        assert_eq!(ask("127.0.0.1").unwrap().name, crate::names::gethostname(256).unwrap());
    }
}
