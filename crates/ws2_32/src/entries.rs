//! Hosts, services and protocols in memory of the thread, good until its next call of the same kind.

use std::cell::RefCell;
use std::ptr;

use winsock::Code;
use winsock::names::hosts::{self, Host};
use winsock::names::services::{self, Named};

use crate::addresses::started;
use crate::boundary;
use crate::text;
use crate::types::{HOSTENT, PROTOENT, SERVENT};

/// A structure, then what it points to: pointer lists and bytes, in one block, as Windows lays it out.
#[derive(Default)]
struct Block {
    /// Words, so that pointers are aligned.
    words: Vec<usize>,
}

thread_local! {
    static HOST: RefCell<Block> = RefCell::default();
    static SERVICE: RefCell<Block> = RefCell::default();
    static PROTOCOL: RefCell<Block> = RefCell::default();
}

/// The IPv4 addresses of a host.
#[unsafe(export_name = "ws2_gethostbyname")]
pub unsafe extern "system" fn gethostbyname(name: *const u8) -> *mut HOSTENT {
    // SAFETY: the caller gives a string or null, which is this host.
    let host = unsafe { text::narrow(name) }.and_then(|name| hosts::gethostbyname(&name.unwrap_or_default()));
    give(host, host_entry)
}

/// The host that has an address.
#[unsafe(export_name = "ws2_gethostbyaddr")]
pub unsafe extern "system" fn gethostbyaddr(addr: *const u8, len: i32, r#type: i32) -> *mut HOSTENT {
    let host = started().and_then(|()| {
        // SAFETY: the caller gives `len` bytes.
        let bytes = unsafe { boundary::input(addr, len) }?;
        hosts::gethostbyaddr(bytes, r#type)
    });
    give(host, host_entry)
}

/// The service of a name.
#[unsafe(export_name = "ws2_getservbyname")]
pub unsafe extern "system" fn getservbyname(name: *const u8, proto: *const u8) -> *mut SERVENT {
    let service = started().and_then(|()| {
        // SAFETY: the caller gives strings; the protocol may be null.
        let (name, proto) = unsafe { (text::narrow(name)?, text::narrow(proto)?) };
        services::service_by_name(&name.ok_or(Code::WSAEINVAL)?, proto.as_deref())
    });
    give(service, service_entry)
}

/// The service on a port, which is in network order.
#[unsafe(export_name = "ws2_getservbyport")]
pub unsafe extern "system" fn getservbyport(port: i32, proto: *const u8) -> *mut SERVENT {
    let service = started().and_then(|()| {
        // SAFETY: the caller gives a string or null.
        let proto = unsafe { text::narrow(proto) }?;
        services::service_by_port(u16::from_be(port as u16), proto.as_deref())
    });
    give(service, service_entry)
}

/// The protocol of a name.
#[unsafe(export_name = "ws2_getprotobyname")]
pub unsafe extern "system" fn getprotobyname(name: *const u8) -> *mut PROTOENT {
    let protocol = started().and_then(|()| {
        // SAFETY: the caller gives a string.
        let name = unsafe { text::narrow(name) }?.ok_or(Code::WSAEINVAL)?;
        services::protocol_by_name(&name)
    });
    give(protocol, protocol_entry)
}

/// The protocol of a number.
#[unsafe(export_name = "ws2_getprotobynumber")]
pub extern "system" fn getprotobynumber(number: i32) -> *mut PROTOENT {
    give(started().and_then(|()| services::protocol_by_number(number)), protocol_entry)
}

fn give<T, E>(found: Result<T, Code>, entry: impl FnOnce(&T) -> *mut E) -> *mut E {
    boundary::record(found).map_or(ptr::null_mut(), |found| entry(&found))
}

fn host_entry(host: &Host) -> *mut HOSTENT {
    let length = host.addresses.first().map_or(4, Vec::len) as i16;
    HOST.with_borrow_mut(|block| {
        block.build([&[], &host.addresses], &[&host.name], |[h_aliases, h_addr_list], strings| HOSTENT {
            h_name: strings[0],
            h_aliases,
            h_addrtype: host.family as i16,
            h_length: length,
            h_addr_list,
        })
    })
}

fn service_entry(service: &Named) -> *mut SERVENT {
    let aliases = c_strings(&service.aliases);
    SERVICE.with_borrow_mut(|block| {
        block.build([&aliases, &[]], &[&service.name, &service.transport], |[s_aliases, _], strings| SERVENT {
            s_name: strings[0],
            s_aliases,
            s_proto: strings[1],
            s_port: service.number.to_be().cast_signed(),
        })
    })
}

fn protocol_entry(protocol: &Named) -> *mut PROTOENT {
    let aliases = c_strings(&protocol.aliases);
    PROTOCOL.with_borrow_mut(|block| {
        block.build([&aliases, &[]], &[&protocol.name], |[p_aliases, _], strings| PROTOENT {
            p_name: strings[0],
            p_aliases,
            p_proto: protocol.number.cast_signed(),
        })
    })
}

fn c_strings(texts: &[String]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.bytes().chain([0]).collect()).collect()
}

impl Block {
    /// Lays out a structure, its two lists of pointers, each ended by null, what these point to, and its strings; `make`
    /// gets the lists and the strings. Source: dlls/ws2_32/tests/protocol.c, the layout of `hostent` and `servent`.
    fn build<E>(
        &mut self,
        lists: [&[Vec<u8>]; 2],
        strings: &[&str],
        make: impl FnOnce([*mut *mut u8; 2], &[*mut u8]) -> E,
    ) -> *mut E {
        const WORD: usize = size_of::<usize>();
        let first = size_of::<E>().div_ceil(WORD);
        let second = first + lists[0].len() + 1;
        let data = second + lists[1].len() + 1;
        let pieces = lists.iter().flat_map(|list| list.iter().map(Vec::len));
        let bytes: usize = pieces.chain(strings.iter().map(|string| string.len() + 1)).sum();
        self.words.clear();
        self.words.resize(data + bytes.div_ceil(WORD), 0);
        let base = self.words.as_mut_ptr();
        // SAFETY: everything below stays within the words just counted, which are zero, so that lists and strings end.
        unsafe {
            let mut place: *mut u8 = base.add(data).cast();
            let mut put = |piece: &[u8], room: usize| {
                let here = place;
                here.copy_from_nonoverlapping(piece.as_ptr(), piece.len());
                place = place.add(room);
                here
            };
            let heads = [base.add(first).cast::<*mut u8>(), base.add(second).cast::<*mut u8>()];
            for (head, list) in heads.iter().zip(lists) {
                for (index, piece) in list.iter().enumerate() {
                    head.add(index).write(put(piece, piece.len()));
                }
            }
            let strings: Vec<*mut u8> = strings.iter().map(|string| put(string.as_bytes(), string.len() + 1)).collect();
            base.cast::<E>().write(make(heads, &strings));
        }
        base.cast()
    }
}
