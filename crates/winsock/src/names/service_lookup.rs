//! `WSALookupServiceBegin`, `Next`, `End`: the DNS name space, asked by service class.
//!
//! A class is a number of Windows' registry of classes. Those of hosts and of TCP and UDP ports are answered from names,
//! as `gethostbyname` answers them; nothing here registers others.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use winsock_codes::Code;

use super::{HostEntry, gethostbyaddr, gethostbyname, gethostname};
use crate::process::require_started;
use crate::win32::{IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM};

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceClass {
    /// This computer's name: `SVCID_HOSTNAME`.
    OwnName,
    /// A host's addresses: `SVCID_INET_HOSTADDRBYNAME`.
    AddressesOfName,
    /// A host's name, from its address as text: `SVCID_INET_HOSTADDRBYINETSTRING`.
    NameOfAddress,
    /// A service on a TCP port: `SVCID_TCP(port)`.
    Tcp(u16),
    /// A service on a UDP port: `SVCID_UDP(port)`.
    Udp(u16),
}

impl ServiceClass {
    /// The class whose GUID begins with this number; the other parts of the GUID are the same for all of them.
    ///
    /// Docs: "svcguid.h": `{xxxxxxxx-0000-0000-C000-000000000046}`.
    #[must_use]
    pub fn from_guid_head(head: u32) -> Option<ServiceClass> {
        let port = (head & 0xffff) as u16;
        Some(match (head >> 16, head) {
            (_, 0x0002_a800) => ServiceClass::OwnName,
            (_, 0x0002_a801) => ServiceClass::NameOfAddress,
            (_, 0x0002_a803) => ServiceClass::AddressesOfName,
            (0x0009, _) => ServiceClass::Tcp(port),
            (0x000a, _) => ServiceClass::Udp(port),
            _ => return None,
        })
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAnswer {
    /// The official name.
    pub name: String,
    /// Where it is, with the service's port.
    pub addresses: Vec<SocketAddr>,
    /// `SOCK_` of the service; streams for hosts.
    pub kind: i32,
    /// `IPPROTO_` of the service.
    pub protocol: i32,
    /// What [`begin`] was given: the parts that the caller wants.
    pub flags: u32,
}

/// A query under way.
#[derive(Clone, Debug)]
struct Query {
    class: ServiceClass,
    name: Option<String>,
    flags: u32,
    /// Windows asks when the first answer is wanted; so is it here.
    answered: bool,
}

/// Begins a query; returns its handle. Nothing is asked yet. The flags (`LUP_`) come back with the answer.
///
/// # Errors
/// `WSANOTINITIALISED`; `WSAEINVAL` where the class wants a name and there is none.
///
/// ```
/// use winsock::{Code, names::service_lookup::*};
///
/// winsock::startup(0x0202)?;
/// let query = begin(ServiceClass::Tcp(80), Some("localhost"), 0x100)?;
/// assert_eq!(answer(query)?.addresses[0].port(), 80);
/// answered(query);
/// assert_eq!(answer(query), Err(Code::WSA_E_NO_MORE));
/// end(query)?;
/// # Ok::<(), Code>(())
/// ```
#[doc(alias = "WSALookupServiceBeginW")]
pub fn begin(class: ServiceClass, name: Option<&str>, flags: u32) -> Result<usize, Code> {
    require_started()?;
    if name.is_none() && class != ServiceClass::OwnName {
        return Err(Code::WSAEINVAL);
    }
    let mut queries = queries();
    // Handles are multiples of 4, none of which is ever used again.
    let handle = queries.next.max(1) * 4;
    queries.next = handle / 4 + 1;
    queries.open.insert(handle, Query { class, name: name.map(str::to_owned), flags, answered: false });
    Ok(handle)
}

/// Whether the handle is one of [`begin`].
///
/// # Errors
/// `WSANOTINITIALISED`, `WSA_INVALID_HANDLE`.
pub fn check(handle: usize) -> Result<(), Code> {
    find(handle).map(drop)
}

/// The answer, as often as it is asked for until [`answered`] says that it was taken.
///
/// # Errors
/// `WSA_INVALID_HANDLE`; `WSA_E_NO_MORE` after the only answer; the codes of `gethostbyname`.
#[doc(alias = "WSALookupServiceNextW")]
pub fn answer(handle: usize) -> Result<ServiceAnswer, Code> {
    let query = find(handle)?;
    if query.answered {
        return Err(Code::WSA_E_NO_MORE);
    }
    let name = query.name.as_deref();
    let (host, port, datagrams) = match query.class {
        ServiceClass::OwnName => (gethostname(256).and_then(|own| gethostbyname(Some(&own))), 0, false),
        ServiceClass::AddressesOfName => (gethostbyname(name), 0, false),
        ServiceClass::NameOfAddress => {
            let address: IpAddr = name.unwrap_or_default().parse().map_err(|_| Code::WSAEINVAL)?;
            (gethostbyaddr(address), 0, false)
        }
        ServiceClass::Tcp(port) => (gethostbyname(name), port, false),
        ServiceClass::Udp(port) => (gethostbyname(name), port, true),
    };
    let HostEntry { name, addresses, .. } = host?;
    let addresses = addresses.into_iter().map(|ip| SocketAddr::new(ip, port)).collect();
    let (kind, protocol) = if datagrams { (SOCK_DGRAM, IPPROTO_UDP) } else { (SOCK_STREAM, IPPROTO_TCP) };
    Ok(ServiceAnswer { name, addresses, kind, protocol, flags: query.flags })
}

/// The answer has reached the caller.
pub fn answered(handle: usize) {
    if let Some(query) = queries().open.get_mut(&handle) {
        query.answered = true;
    }
}

/// Ends a query.
///
/// # Errors
/// `WSANOTINITIALISED`, `WSA_INVALID_HANDLE`.
#[doc(alias = "WSALookupServiceEnd")]
pub fn end(handle: usize) -> Result<(), Code> {
    require_started()?;
    queries().open.remove(&handle).map(drop).ok_or(Code::WSA_INVALID_HANDLE)
}

fn find(handle: usize) -> Result<Query, Code> {
    require_started()?;
    queries().open.get(&handle).cloned().ok_or(Code::WSA_INVALID_HANDLE)
}

struct Queries {
    open: BTreeMap<usize, Query>,
    next: usize,
}

static QUERIES: Mutex<Queries> = Mutex::new(Queries { open: BTreeMap::new(), next: 0 });

fn queries() -> MutexGuard<'static, Queries> {
    QUERIES.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Docs: "WSALookupServiceNextW function", WSA_E_NO_MORE; "WSALookupServiceEnd function", WSA_INVALID_HANDLE.
    #[test]
    fn a_query_has_one_answer_and_ends_once() {
        crate::startup(0x0202).unwrap();
        let query = begin(ServiceClass::AddressesOfName, Some("192.0.2.7"), 0).unwrap();
        assert_eq!(answer(query).unwrap().addresses, ["192.0.2.7:0".parse().unwrap()]);
        assert_eq!(answer(query).unwrap().name, "192.0.2.7");
        answered(query);
        assert_eq!(answer(query), Err(Code::WSA_E_NO_MORE));
        assert_eq!(end(query), Ok(()));
        assert_eq!(end(query), Err(Code::WSA_INVALID_HANDLE));
        assert_eq!(answer(query), Err(Code::WSA_INVALID_HANDLE));
        assert_eq!(begin(ServiceClass::Udp(53), None, 0), Err(Code::WSAEINVAL));
    }

    #[test]
    fn classes_are_told_by_the_head_of_their_guid() {
        assert_eq!(ServiceClass::from_guid_head(0x0009_0050), Some(ServiceClass::Tcp(80)));
        assert_eq!(ServiceClass::from_guid_head(0x000a_0035), Some(ServiceClass::Udp(53)));
        assert_eq!(ServiceClass::from_guid_head(0x0002_a803), Some(ServiceClass::AddressesOfName));
        assert_eq!(ServiceClass::from_guid_head(0x0002_a8ff), None);
    }
}
