//! Name resolution: the one thing for which libc is asked.

use std::ffi::{CStr, CString};
use std::mem::{size_of, zeroed};
use std::net::SocketAddr;
use std::ptr;

use crate::address::Address;

/// How a resolution failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No such host.
    NoName,
    /// The host exists without such an address.
    NoData,
    /// No answer for now.
    Again,
    Memory,
    Other,
}

/// Every address of a host, port 0, each once.
pub(crate) fn addresses(node: &str, linux_family: i32, configured_only: bool) -> Result<Vec<SocketAddr>, Failure> {
    let flags = if configured_only { libc::AI_ADDRCONFIG } else { 0 };
    let list = look_up(node, linux_family, flags)?;
    Ok(list.iter().filter_map(address_of).collect())
}

/// The name that a host's name stands for.
pub(crate) fn canonical_name(node: &str) -> Result<String, Failure> {
    let list = look_up(node, libc::AF_UNSPEC, libc::AI_CANONNAME)?;
    let first = list.iter().next().ok_or(Failure::NoName)?;
    if first.ai_canonname.is_null() {
        return Ok(node.to_owned());
    }
    // SAFETY: libc gives a C string that lives as long as the list.
    let name = unsafe { CStr::from_ptr(first.ai_canonname) };
    Ok(name.to_string_lossy().into_owned())
}

/// The name of the host that has an address.
pub(crate) fn name_of(address: SocketAddr) -> Result<String, Failure> {
    let address = Address::from(address);
    let bytes = address.linux();
    let mut host = [0u8; 1025];
    // SAFETY: the address and the buffer are live, with their lengths; no service is asked for.
    let status = unsafe {
        libc::getnameinfo(
            bytes.as_ptr().cast(),
            bytes.len() as u32,
            host.as_mut_ptr().cast(),
            host.len() as u32,
            ptr::null_mut(),
            0,
            libc::NI_NAMEREQD,
        )
    };
    if status != 0 {
        return Err(failure(status));
    }
    let name = CStr::from_bytes_until_nul(&host).map_err(|_| Failure::Other)?;
    Ok(name.to_string_lossy().into_owned())
}

/// This host's name.
pub(crate) fn own_name() -> String {
    // SAFETY: utsname is plain data for which zero is a value, and uname fills it.
    let name = unsafe {
        let mut name: libc::utsname = zeroed();
        libc::uname(&raw mut name);
        name.nodename
    };
    let bytes: Vec<u8> = name.iter().take_while(|byte| **byte != 0).map(|byte| byte.cast_unsigned()).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// libc's list of answers.
struct List(*mut libc::addrinfo);

impl List {
    fn iter(&self) -> impl Iterator<Item = &libc::addrinfo> {
        // SAFETY: each pointer is null or a live member of the list, which is freed only with `self`.
        std::iter::successors(unsafe { self.0.as_ref() }, |answer| unsafe { answer.ai_next.as_ref() })
    }
}

impl Drop for List {
    fn drop(&mut self) {
        // SAFETY: libc made the list, and nothing refers to it any more.
        unsafe { libc::freeaddrinfo(self.0) };
    }
}

fn look_up(node: &str, linux_family: i32, flags: i32) -> Result<List, Failure> {
    let node = CString::new(node).map_err(|_| Failure::NoName)?;
    // SAFETY: addrinfo is plain data for which zero is a value.
    let mut hints: libc::addrinfo = unsafe { zeroed() };
    hints.ai_family = linux_family;
    hints.ai_flags = flags;
    hints.ai_socktype = libc::SOCK_STREAM; // Else every address comes once for each type.
    let mut list = ptr::null_mut();
    // SAFETY: the strings and hints are live, and libc writes the list's head.
    let status = unsafe { libc::getaddrinfo(node.as_ptr(), ptr::null(), &raw const hints, &raw mut list) };
    if status == 0 { Ok(List(list)) } else { Err(failure(status)) }
}

fn address_of(answer: &libc::addrinfo) -> Option<SocketAddr> {
    let length = answer.ai_addrlen as usize;
    if answer.ai_addr.is_null() || length > size_of::<libc::sockaddr_storage>() {
        return None;
    }
    // SAFETY: libc gives `ai_addrlen` bytes of address.
    let bytes = unsafe { std::slice::from_raw_parts(answer.ai_addr.cast::<u8>(), length) };
    Address::from_linux(bytes)?.to_socket_addr()
}

/// glibc's numbers; it folds most of what the server said into these.
fn failure(status: i32) -> Failure {
    const EAI_NODATA: i32 = -5;
    const EAI_ADDRFAMILY: i32 = -9;
    match status {
        libc::EAI_NONAME => Failure::NoName,
        EAI_NODATA | EAI_ADDRFAMILY => Failure::NoData,
        libc::EAI_AGAIN => Failure::Again,
        libc::EAI_MEMORY => Failure::Memory,
        _ => Failure::Other,
    }
}
