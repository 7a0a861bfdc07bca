//! `getaddrinfo`, `getnameinfo`, `gethostname` and their wide and extended forms.

use std::ffi::c_void;
use std::time::Duration;

use winsock::names::flags::{NS_ALL, NS_DNS};
use winsock::names::{self, AddressInfo, Hints, Resolver};
use winsock::{Address, Code, set_last_error};

use crate::boundary::{self, given, require, usable};
use crate::lookups::{self, LPLOOKUPSERVICE_COMPLETION_ROUTINE, Later};
use crate::readiness::CTimeval;
use crate::text::{self, Unit};
use crate::types::{ADDRINFO, ADDRINFOA, ADDRINFOEX, ADDRINFOEXA, ADDRINFOEXW, ADDRINFOW, GUID, SOCKADDR, TIMEVAL};

/// The addresses of a name and service. Returns the code and sets it as the last error.
#[unsafe(export_name = "ws2_getaddrinfo")]
pub unsafe extern "system" fn getaddrinfo(
    pnodename: *const u8,
    pservicename: *const u8,
    phints: *const ADDRINFOA,
    ppresult: *mut *mut ADDRINFOA,
) -> i32 {
    // SAFETY: the caller gives strings, hints and a place for the result.
    code(unsafe { look_up(Resolver::system(), pnodename, pservicename, phints, ppresult) })
}

/// As [`getaddrinfo`], in wide characters.
#[unsafe(export_name = "ws2_GetAddrInfoW")]
pub unsafe extern "system" fn GetAddrInfoW(
    pnodename: *const u16,
    pservicename: *const u16,
    phints: *const ADDRINFOW,
    ppresult: *mut *mut ADDRINFOW,
) -> i32 {
    // SAFETY: the caller gives strings, hints and a place for the result.
    code(unsafe { look_up(Resolver::system(), pnodename, pservicename, phints, ppresult) })
}

/// [`GetAddrInfoW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetAddrInfoW_utf32")]
pub unsafe extern "system" fn GetAddrInfoW_utf32(
    pnodename: *const u32,
    pservicename: *const u32,
    phints: *const ADDRINFO<u32>,
    ppresult: *mut *mut ADDRINFO<u32>,
) -> i32 {
    // SAFETY: the caller gives strings, hints and a place for the result.
    code(unsafe { look_up(Resolver::system(), pnodename, pservicename, phints, ppresult) })
}

/// Gives back a result of [`getaddrinfo`], or the rest of one.
#[unsafe(export_name = "ws2_freeaddrinfo")]
pub unsafe extern "system" fn freeaddrinfo(paddrinfo: *mut ADDRINFOA) {
    // SAFETY: the caller gives null or a list of getaddrinfo.
    unsafe { free_list(paddrinfo) }
}

/// Gives back a result of [`GetAddrInfoW`].
#[unsafe(export_name = "ws2_FreeAddrInfoW")]
pub unsafe extern "system" fn FreeAddrInfoW(paddrinfo: *mut ADDRINFOW) {
    // SAFETY: the caller gives null or a list of GetAddrInfoW.
    unsafe { free_list(paddrinfo) }
}

/// [`FreeAddrInfoW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_FreeAddrInfoW_utf32")]
pub unsafe extern "system" fn FreeAddrInfoW_utf32(paddrinfo: *mut ADDRINFO<u32>) {
    // SAFETY: the caller gives null or a list of GetAddrInfoW.
    unsafe { free_list(paddrinfo) }
}

/// As [`getaddrinfo`], from chosen name spaces. Time-out and overlapped operation are not for this form.
#[unsafe(export_name = "ws2_GetAddrInfoExA")]
pub unsafe extern "system" fn GetAddrInfoExA(
    pname: *const u8,
    pservicename: *const u8,
    dwnamespace: u32,
    lpnspid: *const GUID,
    hints: *const ADDRINFOEXA,
    ppresult: *mut *mut ADDRINFOEXA,
    timeout: *const TIMEVAL,
    lpoverlapped: *const c_void,
    lpcompletionroutine: *const c_void,
    lpnamehandle: *mut *mut c_void,
) -> i32 {
    let asynchronous = !lpoverlapped.is_null() || !lpcompletionroutine.is_null() || !lpnamehandle.is_null();
    // SAFETY: the caller gives strings, hints and a place for the result.
    code(unsafe {
        look_up_in(
            Resolver::system(),
            NameSpace { number: dwnamespace, provider: lpnspid, reserved: asynchronous || !timeout.is_null() },
            (pname, pservicename),
            hints,
            ppresult,
            &Later { overlapped: std::ptr::null_mut(), routine: None, handle: std::ptr::null_mut() },
        )
    })
}

/// [`GetAddrInfoExW`] as the C headers declare it.
#[unsafe(export_name = "ws2_GetAddrInfoExW")]
pub unsafe extern "system" fn c_GetAddrInfoExW(
    pname: *const u16,
    pservicename: *const u16,
    dwnamespace: u32,
    lpnspid: *const GUID,
    hints: *const ADDRINFOEXW,
    ppresult: *mut *mut ADDRINFOEXW,
    timeout: *const CTimeval,
    lpoverlapped: *const c_void,
    lpcompletionroutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpnamehandle: *mut *mut c_void,
) -> i32 {
    let later =
        Later { overlapped: lpoverlapped.cast_mut().cast(), routine: lpcompletionroutine, handle: lpnamehandle };
    // SAFETY: the caller's promises.
    code(unsafe { look_up_within(timeout, (dwnamespace, lpnspid), (pname, pservicename), hints, ppresult, &later) })
}

/// [`c_GetAddrInfoExW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetAddrInfoExW_utf32")]
pub unsafe extern "system" fn c_GetAddrInfoExW_utf32(
    pname: *const u32,
    pservicename: *const u32,
    dwnamespace: u32,
    lpnspid: *const GUID,
    hints: *const ADDRINFOEX<u32>,
    ppresult: *mut *mut ADDRINFOEX<u32>,
    timeout: *const CTimeval,
    lpoverlapped: *const c_void,
    lpcompletionroutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpnamehandle: *mut *mut c_void,
) -> i32 {
    let later =
        Later { overlapped: lpoverlapped.cast_mut().cast(), routine: lpcompletionroutine, handle: lpnamehandle };
    // SAFETY: the caller's promises.
    code(unsafe { look_up_within(timeout, (dwnamespace, lpnspid), (pname, pservicename), hints, ppresult, &later) })
}

/// As [`GetAddrInfoW`], from chosen name spaces and within a time. With an OVERLAPPED it returns `WSA_IO_PENDING`, and the
/// event in it is set, or the routine called on another thread, when the look-up has ended; the handle is for
/// [`GetAddrInfoExCancel`](crate::lookups::GetAddrInfoExCancel). `WSAEINVAL` with both, or with neither.
pub unsafe extern "system" fn GetAddrInfoExW(
    pname: *const u16,
    pservicename: *const u16,
    dwnamespace: u32,
    lpnspid: *const GUID,
    hints: *const ADDRINFOEXW,
    ppresult: *mut *mut ADDRINFOEXW,
    timeout: *const TIMEVAL,
    lpoverlapped: *const c_void,
    lpcompletionroutine: *const c_void,
    lpnamehandle: *mut *mut c_void,
) -> i32 {
    // SAFETY: the caller gives null or a TIMEVAL.
    let time = match unsafe { given(timeout) } {
        Ok(time) => time.map(|time| CTimeval { tv_sec: time.tv_sec.into(), tv_usec: time.tv_usec.into() }),
        Err(fault) => return code(Err(fault)),
    };
    let timeout = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: the caller's promises, and a live timeval; null is no routine.
    unsafe {
        c_GetAddrInfoExW(
            pname,
            pservicename,
            dwnamespace,
            lpnspid,
            hints,
            ppresult,
            timeout,
            lpoverlapped,
            std::mem::transmute::<*const c_void, LPLOOKUPSERVICE_COMPLETION_ROUTINE>(lpcompletionroutine),
            lpnamehandle,
        )
    }
}

/// Gives back a result of [`GetAddrInfoExA`].
#[unsafe(export_name = "ws2_FreeAddrInfoEx")]
pub unsafe extern "system" fn FreeAddrInfoEx(paddrinfoex: *mut ADDRINFOEXA) {
    // SAFETY: the caller gives null or a list of GetAddrInfoExA.
    unsafe { free_list(paddrinfoex) }
}

/// Gives back a result of [`GetAddrInfoExW`].
#[unsafe(export_name = "ws2_FreeAddrInfoExW")]
pub unsafe extern "system" fn FreeAddrInfoExW(paddrinfoex: *mut ADDRINFOEXW) {
    // SAFETY: the caller gives null or a list of GetAddrInfoExW.
    unsafe { free_list(paddrinfoex) }
}

/// [`FreeAddrInfoExW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_FreeAddrInfoExW_utf32")]
pub unsafe extern "system" fn FreeAddrInfoExW_utf32(paddrinfoex: *mut ADDRINFOEX<u32>) {
    // SAFETY: the caller gives null or a list of GetAddrInfoExW.
    unsafe { free_list(paddrinfoex) }
}

/// The names of an address. Returns the code and sets it as the last error.
#[unsafe(export_name = "ws2_getnameinfo")]
pub unsafe extern "system" fn getnameinfo(
    psockaddr: *const SOCKADDR,
    sockaddrlength: i32,
    pnodebuffer: *mut u8,
    nodebuffersize: u32,
    pservicebuffer: *mut u8,
    servicebuffersize: u32,
    flags: i32,
) -> i32 {
    let buffers = ((pnodebuffer, nodebuffersize), (pservicebuffer, servicebuffersize));
    // SAFETY: the caller gives an address and buffers with their lengths.
    code(unsafe { name(psockaddr, sockaddrlength, buffers, flags) })
}

/// As [`getnameinfo`], in wide characters.
#[unsafe(export_name = "ws2_GetNameInfoW")]
pub unsafe extern "system" fn GetNameInfoW(
    psockaddr: *const SOCKADDR,
    sockaddrlength: i32,
    pnodebuffer: *mut u16,
    nodebuffersize: u32,
    pservicebuffer: *mut u16,
    servicebuffersize: u32,
    flags: i32,
) -> i32 {
    let buffers = ((pnodebuffer, nodebuffersize), (pservicebuffer, servicebuffersize));
    // SAFETY: the caller gives an address and buffers with their lengths.
    code(unsafe { name(psockaddr, sockaddrlength, buffers, flags) })
}

/// [`GetNameInfoW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetNameInfoW_utf32")]
pub unsafe extern "system" fn GetNameInfoW_utf32(
    psockaddr: *const SOCKADDR,
    sockaddrlength: i32,
    pnodebuffer: *mut u32,
    nodebuffersize: u32,
    pservicebuffer: *mut u32,
    servicebuffersize: u32,
    flags: i32,
) -> i32 {
    let buffers = ((pnodebuffer, nodebuffersize), (pservicebuffer, servicebuffersize));
    // SAFETY: the caller gives an address and buffers with their lengths.
    code(unsafe { name(psockaddr, sockaddrlength, buffers, flags) })
}

/// This computer's name.
#[unsafe(export_name = "ws2_gethostname")]
pub unsafe extern "system" fn gethostname(name: *mut u8, namelen: i32) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    boundary::status(unsafe { host_name(name, namelen) })
}

/// As [`gethostname`], in wide characters.
#[unsafe(export_name = "ws2_GetHostNameW")]
pub unsafe extern "system" fn GetHostNameW(name: *mut u16, namelen: i32) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    boundary::status(unsafe { host_name(name, namelen) })
}

/// [`GetHostNameW`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetHostNameW_utf32")]
pub unsafe extern "system" fn GetHostNameW_utf32(name: *mut u32, namelen: i32) -> i32 {
    // SAFETY: the caller gives a buffer with its length.
    boundary::status(unsafe { host_name(name, namelen) })
}

unsafe fn host_name<T: Unit>(buffer: *mut T, length: i32) -> Result<(), Code> {
    let room = if usable(buffer) { usize::try_from(length).unwrap_or(0) } else { 0 };
    let text = names::gethostname(room)?;
    // SAFETY: the caller's promise.
    unsafe { text::write(&text, buffer, room) }
}

/// These functions return the code beside setting it; success sets 0.
pub(crate) fn code(result: Result<(), Code>) -> i32 {
    let code = result.err().unwrap_or(Code::new(0));
    set_last_error(code);
    code.value()
}

/// What `ADDRINFO` and `ADDRINFOEX` have in common.
pub(crate) trait Info: Sized {
    type Unit: Unit;

    /// The hints, if the members that must be zero are.
    fn hints(&self) -> Option<Hints>;
    fn new(info: &AddressInfo) -> Self;
    fn link(&mut self, address: *mut SOCKADDR, length: usize, canonical: *mut Self::Unit);
    fn next(&mut self) -> &mut *mut Self;
}

macro_rules! info {
    ($name:ident { $($extra:ident: $zero:expr),* }) => {
        impl<T: Unit> Info for $name<T> {
            type Unit = T;

            fn hints(&self) -> Option<Hints> {
                let unset = self.ai_addrlen == 0
                    && self.ai_canonname.is_null()
                    && self.ai_addr.is_null()
                    && self.ai_next.is_null();
                unset.then_some(Hints {
                    flags: self.ai_flags.cast_unsigned(),
                    family: self.ai_family,
                    socket_type: self.ai_socktype,
                    protocol: self.ai_protocol,
                })
            }

            fn new(info: &AddressInfo) -> Self {
                $name {
                    ai_flags: info.flags.cast_signed(),
                    ai_family: info.family,
                    ai_socktype: info.socket_type,
                    ai_protocol: info.protocol,
                    ai_addrlen: 0,
                    ai_canonname: std::ptr::null_mut(),
                    ai_addr: std::ptr::null_mut(),
                    ai_next: std::ptr::null_mut(),
                    $($extra: $zero,)*
                }
            }

            fn link(&mut self, address: *mut SOCKADDR, length: usize, canonical: *mut T) {
                self.ai_addr = address;
                self.ai_addrlen = length;
                self.ai_canonname = canonical;
            }

            fn next(&mut self) -> &mut *mut Self {
                &mut self.ai_next
            }
        }
    };
}

info!(ADDRINFO {});
info!(ADDRINFOEX { ai_blob: std::ptr::null_mut(), ai_bloblen: 0, ai_provider: std::ptr::null_mut() });

/// One entry of a result with what it points to. Each is freed alone, so that the rest of a list can be freed too.
#[repr(C)]
struct Node<I: Info> {
    /// First: the program holds a pointer to it.
    info: I,
    address: [u64; 4],
    canonical: Vec<I::Unit>,
}

struct NameSpace {
    number: u32,
    provider: *const GUID,
    /// Whether a parameter is set that must not be.
    reserved: bool,
}

/// The wide forms of `GetAddrInfoEx`: within a time, and overlapped if the caller wants it so.
unsafe fn look_up_within<I: Info + 'static>(
    timeout: *const CTimeval,
    (number, provider): (u32, *const GUID),
    names: (*const I::Unit, *const I::Unit),
    hints: *const I,
    place: *mut *mut I,
    later: &Later,
) -> Result<(), Code> {
    // SAFETY: the caller gives null or a timeval.
    let time = unsafe { given(timeout) }?.map(|time| (time.tv_sec, time.tv_usec));
    let space = NameSpace { number, provider, reserved: later.is_none() && later.routine.is_some() };
    // SAFETY: the caller gives strings, hints and a place for the result.
    unsafe { look_up_in(within(time), space, names, hints, place, later) }
}

unsafe fn look_up_in<I: Info + 'static>(
    resolver: Resolver,
    space: NameSpace,
    (name, service): (*const I::Unit, *const I::Unit),
    hints: *const I,
    place: *mut *mut I,
    later: &Later,
) -> Result<(), Code> {
    require(place)?;
    // SAFETY: the caller gives a place for a pointer.
    unsafe { place.write_unaligned(std::ptr::null_mut()) };
    if !winsock::is_started() {
        return Err(Code::WSANOTINITIALISED);
    }
    // Docs: "GetAddrInfoExW function": reserved parameters that are not null.
    if space.reserved {
        return Err(Code::WSAEINVAL);
    }
    // SAFETY: the caller gives null or a GUID.
    let foreign =
        usable(space.provider) && unsafe { space.provider.read_unaligned() } != crate::name_spaces::DNS_PROVIDER;
    if !matches!(space.number, NS_ALL | NS_DNS) || foreign {
        return Err(Code::WSASERVICE_NOT_FOUND);
    }
    if later.is_none() {
        // SAFETY: the caller's promises.
        return unsafe { look_up(resolver, name, service, hints, place) };
    }
    // SAFETY: the caller's promises.
    unsafe { lookups::begin(Question::read(name, service, hints)?, resolver, place, later) }
}

unsafe fn look_up<I: Info>(
    resolver: Resolver,
    name: *const I::Unit,
    service: *const I::Unit,
    hints: *const I,
    place: *mut *mut I,
) -> Result<(), Code> {
    require(place)?;
    // SAFETY: the caller gives a place for a pointer, strings and hints.
    unsafe {
        place.write_unaligned(std::ptr::null_mut());
        let found = Question::read(name, service, hints)?.ask(&resolver)?;
        place.write_unaligned(list(&found));
    }
    Ok(())
}

/// What a program wants to know, in memory of our own.
pub(crate) struct Question {
    name: Option<String>,
    service: Option<String>,
    hints: Option<Hints>,
}

impl Question {
    unsafe fn read<I: Info>(name: *const I::Unit, service: *const I::Unit, hints: *const I) -> Result<Question, Code> {
        // SAFETY: the caller gives strings and hints, or none.
        unsafe {
            Ok(Question { name: text::optional(name)?, service: text::optional(service)?, hints: read_hints(hints)? })
        }
    }

    /// What is wrong with it before anybody is asked.
    pub(crate) fn check(&self) -> Result<(), Code> {
        names::check(self.name.as_deref(), self.service.as_deref(), self.hints.as_ref())
    }

    pub(crate) fn ask(&self, resolver: &Resolver) -> Result<Vec<AddressInfo>, Code> {
        resolver.getaddrinfo(self.name.as_deref(), self.service.as_deref(), self.hints.as_ref())
    }
}

/// The answer as the program wants it.
pub(crate) fn list<I: Info>(found: &[AddressInfo]) -> *mut I {
    found.iter().rev().fold(std::ptr::null_mut(), |next, info| node::<I>(info, next))
}

/// Docs: "getaddrinfo function", pHints: other members than zero are `WSANO_RECOVERY`.
unsafe fn read_hints<I: Info>(hints: *const I) -> Result<Option<Hints>, Code> {
    if hints.is_null() {
        return Ok(None);
    }
    require(hints)?;
    // SAFETY: the caller gives the structure; it may lie unaligned.
    let hints = std::mem::ManuallyDrop::new(unsafe { hints.read_unaligned() });
    hints.hints().map(Some).ok_or(Code::WSANO_RECOVERY)
}

fn node<I: Info>(info: &AddressInfo, next: *mut I) -> *mut I {
    let windows = Address::from(info.address).to_windows();
    let canonical = info.canonical_name.as_deref().map(I::Unit::encode).map(|mut units| {
        units.push(I::Unit::default());
        units
    });
    let node =
        Box::into_raw(Box::new(Node { info: I::new(info), address: [0; 4], canonical: canonical.unwrap_or_default() }));
    // SAFETY: the node was just made and nobody else has it; 32 bytes hold either family's address.
    unsafe {
        let address = (&raw mut (*node).address).cast::<u8>();
        std::ptr::copy_nonoverlapping(windows.as_ptr(), address, windows.len());
        let units = &mut (*node).canonical;
        let canonical = if units.is_empty() { std::ptr::null_mut() } else { units.as_mut_ptr() };
        (*node).info.link(address.cast(), windows.len(), canonical);
        *(*node).info.next() = next;
    }
    node.cast()
}

unsafe fn free_list<I: Info>(list: *mut I) {
    let mut at = list;
    while usable(at) {
        // SAFETY: the caller gives entries that `node` made, which stand first in their nodes.
        let mut node = unsafe { Box::from_raw(at.cast::<Node<I>>()) };
        at = *node.info.next();
    }
}

fn within(time: Option<(i64, i64)>) -> Resolver {
    let resolver = Resolver::system();
    let Some((seconds, microseconds)) = time else { return resolver };
    let duration = Duration::from_secs(seconds.max(0).cast_unsigned())
        .saturating_add(Duration::from_micros(microseconds.max(0).cast_unsigned()));
    resolver.within(duration)
}

type Buffer<T> = (*mut T, u32);

unsafe fn name<T: Unit>(
    address: *const SOCKADDR,
    length: i32,
    (host, service): (Buffer<T>, Buffer<T>),
    flags: i32,
) -> Result<(), Code> {
    if !winsock::is_started() {
        return Err(Code::WSANOTINITIALISED);
    }
    // SAFETY: the caller's promise.
    let bytes = unsafe { boundary::name(address, length.min(128)) }?;
    let address = Address::from_windows(bytes)?.to_socket_addr().ok_or(Code::WSAEAFNOSUPPORT)?;
    let room = |(pointer, size): Buffer<T>| {
        if pointer.is_null() { Ok(None) } else { require(pointer).map(|()| Some(size as usize)) }
    };
    let found = names::getnameinfo(address, flags, room(host)?, room(service)?)?;
    for ((pointer, size), text) in [(host, found.host), (service, found.service)] {
        if let Some(text) = text {
            // SAFETY: the caller's promise.
            unsafe { text::write(&text, pointer, size as usize) }?;
        }
    }
    Ok(())
}
