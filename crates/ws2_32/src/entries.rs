//! The older name functions, whose results lie in memory of the thread: `hostent`, `servent`, `protoent`.
//!
//! Each structure is followed directly by its lists of pointers, the addresses and the texts, which programs were seen
//! to rely on (`protocol.c`, `test_dns`). One block per thread and kind, reused by the next call and grown only when it
//! is too small.

use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use winsock::names::{self, HostEntry, Protocol, Service};
use winsock::win32::{AF_INET, AF_INET6};
use winsock::{Code, set_last_error};

use crate::boundary::{record, require};
use crate::text;
use crate::types::{HOSTENT, PROTOENT, SERVENT};

thread_local! {
    static HOST: RefCell<Block> = const { RefCell::new(Block::new()) };
    static SERVICE: RefCell<Block> = const { RefCell::new(Block::new()) };
    static PROTOCOL: RefCell<Block> = const { RefCell::new(Block::new()) };
}

/// The IPv4 addresses of a name, or null.
#[unsafe(export_name = "ws2_gethostbyname")]
pub unsafe extern "system" fn gethostbyname(name: *const u8) -> *mut HOSTENT {
    // SAFETY: the caller gives null or a string.
    let found = unsafe { text::optional(name) }.and_then(|name| names::gethostbyname(name.as_deref()));
    host_entry(found)
}

/// The names of an address, or null.
#[unsafe(export_name = "ws2_gethostbyaddr")]
pub unsafe extern "system" fn gethostbyaddr(addr: *const u8, len: i32, r#type: i32) -> *mut HOSTENT {
    // SAFETY: the caller gives an address with its length.
    host_entry(unsafe { address(addr, len, r#type) }.and_then(names::gethostbyaddr))
}

/// The service of a name, or null.
#[unsafe(export_name = "ws2_getservbyname")]
pub unsafe extern "system" fn getservbyname(name: *const u8, proto: *const u8) -> *mut SERVENT {
    let find = || {
        require(name)?;
        // SAFETY: the caller gives a string, and null or another.
        let (name, protocol) = unsafe { (text::optional(name)?, text::optional(proto)?) };
        names::getservbyname(name.as_deref().unwrap_or_default(), protocol.as_deref())
    };
    service_entry(find())
}

/// The service on a port in network order, or null.
#[unsafe(export_name = "ws2_getservbyport")]
pub unsafe extern "system" fn getservbyport(port: i32, proto: *const u8) -> *mut SERVENT {
    // The port's two bytes in network order are the lower half of the int.
    let port = u16::from_be(port as u16);
    // SAFETY: the caller gives null or a string.
    let protocol = unsafe { text::optional(proto) };
    service_entry(protocol.and_then(|protocol| names::getservbyport(port, protocol.as_deref())))
}

/// The protocol of a name, or null.
#[unsafe(export_name = "ws2_getprotobyname")]
pub unsafe extern "system" fn getprotobyname(name: *const u8) -> *mut PROTOENT {
    // SAFETY: the caller gives a string.
    let name = require(name).and_then(|()| unsafe { text::optional(name) });
    protocol_entry(name.and_then(|name| names::getprotobyname(name.as_deref().unwrap_or_default())))
}

/// The protocol of a number, or null.
#[unsafe(export_name = "ws2_getprotobynumber")]
pub extern "system" fn getprotobynumber(number: i32) -> *mut PROTOENT {
    protocol_entry(names::getprotobynumber(number))
}

/// Docs: "gethostbyaddr function": a short IPv4 address is `WSAEFAULT`, an IPv6 address of another length `WSAEINVAL`.
unsafe fn address(pointer: *const u8, length: i32, family: i32) -> Result<IpAddr, Code> {
    if !winsock::is_started() {
        return Err(Code::WSANOTINITIALISED);
    }
    require(pointer)?;
    match (family, length) {
        // SAFETY: the caller gives as many bytes.
        (AF_INET, 4..) => Ok(Ipv4Addr::from(unsafe { pointer.cast::<[u8; 4]>().read_unaligned() }).into()),
        (AF_INET, _) => Err(Code::WSAEFAULT),
        // SAFETY: the caller gives as many bytes.
        (AF_INET6, 16) => Ok(Ipv6Addr::from(unsafe { pointer.cast::<[u8; 16]>().read_unaligned() }).into()),
        (AF_INET6, _) => Err(Code::WSAEINVAL),
        _ => Err(Code::WSAEAFNOSUPPORT),
    }
}

fn host_entry(found: Result<HostEntry, Code>) -> *mut HOSTENT {
    let Ok(entry) = record(found) else { return std::ptr::null_mut() };
    let octets = |address: &IpAddr| match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let addresses: Vec<Vec<u8>> = entry.addresses.iter().map(octets).collect();
    let length = addresses.first().map_or(4, Vec::len);
    HOST.with_borrow_mut(|block| {
        let mut packer = block.packer(size_of::<HOSTENT>(), entry.aliases.len() + addresses.len() + 2, {
            let texts = entry.aliases.iter().chain([&entry.name]).map(|text| text.len() + 1).sum::<usize>();
            texts + addresses.len() * length
        });
        let aliases = packer.pointers(entry.aliases.len());
        let list = packer.pointers(addresses.len());
        for (index, address) in addresses.iter().enumerate() {
            packer.point(list, index, address, false);
        }
        for (index, alias) in entry.aliases.iter().enumerate() {
            packer.point(aliases, index, alias.as_bytes(), true);
        }
        let name = packer.bytes(entry.name.as_bytes(), true);
        packer.head(HOSTENT {
            h_name: name,
            h_aliases: aliases,
            h_addrtype: if length == 4 { AF_INET as i16 } else { AF_INET6 as i16 },
            h_length: length as i16,
            h_addr_list: list,
        })
    })
}

fn service_entry(found: Result<Service, Code>) -> *mut SERVENT {
    let Ok(entry) = record(found) else { return std::ptr::null_mut() };
    SERVICE.with_borrow_mut(|block| {
        let texts = entry.aliases.iter().chain([&entry.name, &entry.protocol]).map(|text| text.len() + 1).sum();
        let mut packer = block.packer(size_of::<SERVENT>(), entry.aliases.len() + 1, texts);
        let aliases = packer.pointers(entry.aliases.len());
        for (index, alias) in entry.aliases.iter().enumerate() {
            packer.point(aliases, index, alias.as_bytes(), true);
        }
        let name = packer.bytes(entry.name.as_bytes(), true);
        let protocol = packer.bytes(entry.protocol.as_bytes(), true);
        let port = entry.port.to_be().cast_signed();
        packer.head(SERVENT { s_name: name, s_aliases: aliases, s_proto: protocol, s_port: port })
    })
}

fn protocol_entry(found: Result<&'static Protocol, Code>) -> *mut PROTOENT {
    let Ok(entry) = record(found) else { return std::ptr::null_mut() };
    PROTOCOL.with_borrow_mut(|block| {
        let mut packer = block.packer(size_of::<PROTOENT>(), 2, entry.name.len() + entry.alias.len() + 2);
        let aliases = packer.pointers(1);
        packer.point(aliases, 0, entry.alias.as_bytes(), true);
        let name = packer.bytes(entry.name.as_bytes(), true);
        packer.head(PROTOENT { p_name: name, p_aliases: aliases, p_proto: entry.number })
    })
}

/// Memory for one structure and what it points to, aligned for pointers.
struct Block {
    words: Vec<usize>,
}

impl Block {
    const fn new() -> Block {
        Block { words: Vec::new() }
    }

    /// Room for a structure of `head` bytes, so many pointers (with the null ones that end lists) and bytes.
    fn packer(&mut self, head: usize, pointers: usize, bytes: usize) -> Packer<'_> {
        let head = head.div_ceil(size_of::<usize>());
        let words = head + pointers + bytes.div_ceil(size_of::<usize>());
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
        Packer { words: &mut self.words, next_pointer: head, next_byte: (head + pointers) * size_of::<usize>() }
    }
}

/// Fills a [`Block`] front to back.
struct Packer<'a> {
    words: &'a mut Vec<usize>,
    /// Index of the word for the next list of pointers.
    next_pointer: usize,
    /// Offset of the next byte.
    next_byte: usize,
}

impl Packer<'_> {
    /// A list of so many pointers and the null that ends it.
    fn pointers(&mut self, count: usize) -> *mut *mut u8 {
        let list = &mut self.words[self.next_pointer..=self.next_pointer + count];
        list.fill(0);
        self.next_pointer += count + 1;
        list.as_mut_ptr().cast()
    }

    /// Copies bytes behind what is there, and a zero if they are text.
    fn bytes(&mut self, bytes: &[u8], text: bool) -> *mut u8 {
        let needed = bytes.len() + usize::from(text);
        assert!(
            self.next_byte + needed <= size_of_val(self.words.as_slice()),
            "the packer was given the sum of all lengths"
        );
        // SAFETY: just checked to lie inside the block.
        let place = unsafe { self.words.as_mut_ptr().cast::<u8>().add(self.next_byte) };
        // SAFETY: as above; the source is not in the block.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), place, bytes.len());
            if text {
                place.add(bytes.len()).write(0);
            }
        }
        self.next_byte += needed;
        place
    }

    /// Copies bytes and makes a list's pointer point to them.
    fn point(&mut self, list: *mut *mut u8, index: usize, bytes: &[u8], text: bool) {
        let place = self.bytes(bytes, text);
        // SAFETY: the list is one of `pointers`, with more than `index` places.
        unsafe { list.add(index).write(place) };
    }

    /// Writes the structure itself and returns where it is.
    fn head<T>(self, head: T) -> *mut T {
        let place = self.words.as_mut_ptr().cast::<T>();
        // SAFETY: `packer` left room for it at the front; its alignment is a pointer's.
        unsafe { place.write(head) };
        place
    }
}

/// The asynchronous forms answer by window messages, which do not exist here: they fail as Windows documents for requests
/// that cannot be scheduled.
fn refuse() -> *mut std::ffi::c_void {
    set_last_error(if winsock::is_started() { Code::WSAEWOULDBLOCK } else { Code::WSANOTINITIALISED });
    std::ptr::null_mut()
}

/// Refused: answers come as window messages.
#[unsafe(export_name = "ws2_WSAAsyncGetHostByName")]
pub extern "system" fn WSAAsyncGetHostByName(
    _hwnd: *mut std::ffi::c_void,
    _wmsg: u32,
    _name: *const u8,
    _buf: *mut u8,
    _buflen: i32,
) -> *mut std::ffi::c_void {
    refuse()
}

/// Refused: answers come as window messages.
#[unsafe(export_name = "ws2_WSAAsyncGetHostByAddr")]
pub extern "system" fn WSAAsyncGetHostByAddr(
    _hwnd: *mut std::ffi::c_void,
    _wmsg: u32,
    _addr: *const u8,
    _len: i32,
    _type: i32,
    _buf: *mut u8,
    _buflen: i32,
) -> *mut std::ffi::c_void {
    refuse()
}

/// Refused: answers come as window messages.
#[unsafe(export_name = "ws2_WSAAsyncGetServByName")]
pub extern "system" fn WSAAsyncGetServByName(
    _hwnd: *mut std::ffi::c_void,
    _wmsg: u32,
    _name: *const u8,
    _proto: *const u8,
    _buf: *mut u8,
    _buflen: i32,
) -> *mut std::ffi::c_void {
    refuse()
}

/// Refused: answers come as window messages.
#[unsafe(export_name = "ws2_WSAAsyncGetServByPort")]
pub extern "system" fn WSAAsyncGetServByPort(
    _hwnd: *mut std::ffi::c_void,
    _wmsg: u32,
    _port: i32,
    _proto: *const u8,
    _buf: *mut u8,
    _buflen: i32,
) -> *mut std::ffi::c_void {
    refuse()
}

/// Refused: answers come as window messages.
#[unsafe(export_name = "ws2_WSAAsyncGetProtoByName")]
pub extern "system" fn WSAAsyncGetProtoByName(
    _hwnd: *mut std::ffi::c_void,
    _wmsg: u32,
    _name: *const u8,
    _buf: *mut u8,
    _buflen: i32,
) -> *mut std::ffi::c_void {
    refuse()
}

/// Refused: answers come as window messages.
#[unsafe(export_name = "ws2_WSAAsyncGetProtoByNumber")]
pub extern "system" fn WSAAsyncGetProtoByNumber(
    _hwnd: *mut std::ffi::c_void,
    _wmsg: u32,
    _number: i32,
    _buf: *mut u8,
    _buflen: i32,
) -> *mut std::ffi::c_void {
    refuse()
}

/// No request can be under way, so every handle is invalid: `WSAEINVAL`, as documented.
#[unsafe(export_name = "ws2_WSACancelAsyncRequest")]
pub extern "system" fn WSACancelAsyncRequest(_hasynctaskhandle: *mut std::ffi::c_void) -> i32 {
    set_last_error(if winsock::is_started() { Code::WSAEINVAL } else { Code::WSANOTINITIALISED });
    -1
}
