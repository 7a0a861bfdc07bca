//! `WSASend`, `WSARecv` and their kin, and what else has a `WSA` form of a plain call.

use std::borrow::Cow;
use std::io::{IoSlice, IoSliceMut};

use winsock::win32::{INVALID_SOCKET, MSG_PARTIAL, SD_RECEIVE, SD_SEND};
use winsock::{Address, Code, Decision};

use crate::boundary::{self, NameRoom, status};
use crate::overlapped::Overlapped;
use crate::types::{
    FLOWSPEC, LPCONDITIONPROC, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, QOS, SOCKADDR, SOCKET, WSABUF,
};

/// Sends from several buffers.
#[unsafe(export_name = "ws2_WSASend")]
pub unsafe extern "system" fn WSASend(
    s: SOCKET,
    lpbuffers: *const WSABUF,
    dwbuffercount: u32,
    lpnumberofbytessent: *mut u32,
    dwflags: u32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    if !lpoverlapped.is_null() {
        let (overlapped, routine) = (lpoverlapped, lpcompletionroutine);
        let lent =
            Overlapped { buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytessent, overlapped, routine };
        // SAFETY: the caller lends the buffers and the OVERLAPPED until the operation has ended.
        return unsafe { lent.send_plainly(s, dwflags).unwrap_or_else(|| lent.send_status(s, dwflags)) };
    }
    let request = Request { s, buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytessent, lpoverlapped };
    // SAFETY: the caller gives the buffers and a place for the number.
    status(unsafe { request.send(dwflags, None, winsock::send_scattered) })
}

/// Sends a datagram from several buffers.
#[unsafe(export_name = "ws2_WSASendTo")]
pub unsafe extern "system" fn WSASendTo(
    s: SOCKET,
    lpbuffers: *const WSABUF,
    dwbuffercount: u32,
    lpnumberofbytessent: *mut u32,
    dwflags: u32,
    lpto: *const SOCKADDR,
    itolen: i32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    if !lpoverlapped.is_null() {
        let (overlapped, routine) = (lpoverlapped, lpcompletionroutine);
        let lent =
            Overlapped { buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytessent, overlapped, routine };
        // SAFETY: the caller lends the buffers and the OVERLAPPED until the operation has ended.
        return status(unsafe { lent.send_to(s, dwflags, lpto, itolen) });
    }
    let request = Request { s, buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytessent, lpoverlapped };
    // SAFETY: the caller gives the buffers, the address and a place for the number.
    status(winsock::check(s).and_then(|()| unsafe {
        let to = if lpto.is_null() { None } else { Some(boundary::name(lpto, itolen)?) };
        request.send(dwflags, to, winsock::send_scattered_to)
    }))
}

/// Receives into several buffers.
#[unsafe(export_name = "ws2_WSARecv")]
pub unsafe extern "system" fn WSARecv(
    s: SOCKET,
    lpbuffers: *const WSABUF,
    dwbuffercount: u32,
    lpnumberofbytesrecvd: *mut u32,
    lpflags: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    if !lpoverlapped.is_null() {
        let (overlapped, routine) = (lpoverlapped, lpcompletionroutine);
        let lent =
            Overlapped { buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytesrecvd, overlapped, routine };
        // SAFETY: the caller lends the buffers and the OVERLAPPED until the operation has ended.
        return unsafe { lent.recv_plainly(s, lpflags).unwrap_or_else(|| lent.recv_status(s, lpflags)) };
    }
    let request = Request { s, buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytesrecvd, lpoverlapped };
    // SAFETY: the caller gives the buffers and places for the number and the flags.
    status(unsafe { request.recv(lpflags, None) })
}

/// Receives into several buffers, with the sender's address.
#[unsafe(export_name = "ws2_WSARecvFrom")]
pub unsafe extern "system" fn WSARecvFrom(
    s: SOCKET,
    lpbuffers: *const WSABUF,
    dwbuffercount: u32,
    lpnumberofbytesrecvd: *mut u32,
    lpflags: *mut u32,
    lpfrom: *mut SOCKADDR,
    lpfromlen: *mut i32,
    lpoverlapped: *mut OVERLAPPED,
    lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    if !lpoverlapped.is_null() {
        let (overlapped, routine) = (lpoverlapped, lpcompletionroutine);
        let lent =
            Overlapped { buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytesrecvd, overlapped, routine };
        // SAFETY: the caller lends the buffers, the address and the OVERLAPPED until the operation has ended.
        return status(unsafe { lent.recv_from(s, lpflags, lpfrom, lpfromlen) });
    }
    let request = Request { s, buffers: lpbuffers, count: dwbuffercount, told: lpnumberofbytesrecvd, lpoverlapped };
    // SAFETY: the caller gives the buffers, and places for the number, the flags and the address.
    status(unsafe { NameRoom::of_sender(s, lpfrom, lpfromlen).and_then(|room| request.recv(lpflags, room)) })
}

/// The core's scattered send, with or without a destination of its own.
type Send = fn(SOCKET, &[IoSlice<'_>], i32, Option<&[u8]>) -> Result<usize, Code>;

/// The arguments that the four transfers share.
struct Request {
    s: SOCKET,
    buffers: *const WSABUF,
    count: u32,
    told: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
}

impl Request {
    /// Measured on Windows: without a place for the number a call that is not overlapped faults; no buffer is invalid.
    unsafe fn buffers(&self) -> Result<Cow<'_, [WSABUF]>, Code> {
        winsock::check(self.s)?;
        if !self.lpoverlapped.is_null() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        boundary::require(self.told)?;
        if self.count == 0 {
            return Err(Code::WSAEINVAL);
        }
        // SAFETY: the caller gives `count` buffers.
        unsafe { boundary::items(self.buffers, self.count as usize) }
    }

    unsafe fn send(&self, flags: u32, to: Option<&[u8]>, send: Send) -> Result<(), Code> {
        // SAFETY: the caller gives the buffers, each with its length.
        let sent = unsafe {
            match &*self.buffers()? {
                [one] => send(self.s, &[IoSlice::new(input(one)?)], flags.cast_signed(), to)?,
                many => {
                    let slices: Vec<IoSlice<'_>> =
                        many.iter().map(|one| input(one).map(IoSlice::new)).collect::<Result<_, _>>()?;
                    send(self.s, &slices, flags.cast_signed(), to)?
                }
            }
        };
        // SAFETY: `buffers` has checked the pointer.
        unsafe { self.told.write_unaligned(sent as u32) };
        Ok(())
    }

    unsafe fn recv(&self, flags: *mut u32, room: Option<NameRoom>) -> Result<(), Code> {
        // SAFETY: the caller gives the buffers, each with its length.
        let buffers = unsafe { self.buffers() }?;
        boundary::require(flags)?;
        // SAFETY: the caller gives the flags.
        let asked = unsafe { flags.read_unaligned() }.cast_signed();
        let mut from = Address::default();
        let wanted = room.is_some().then_some(&mut from);
        // SAFETY: as above.
        let result = unsafe {
            match &*buffers {
                [one] => winsock::recv_scattered(self.s, &mut [IoSliceMut::new(output(one)?)], asked, wanted),
                many => {
                    let mut slices: Vec<IoSliceMut<'_>> =
                        many.iter().map(|one| output(one).map(IoSliceMut::new)).collect::<Result<_, _>>()?;
                    winsock::recv_scattered(self.s, &mut slices, asked, wanted)
                }
            }
        };
        let cut = result == Err(Code::WSAEMSGSIZE);
        if let Some(room) = room.filter(|_| result.is_ok() || cut) {
            room.fill(&from);
        }
        // SAFETY: the pointers were checked.
        unsafe {
            match result {
                Ok(count) => {
                    self.told.write_unaligned(count as u32);
                    flags.write_unaligned(0);
                }
                // The datagram's beginning fills the buffers, and is counted.
                // Observed: conformance/cases/recv/datagram_cut_count.c.
                Err(_) if cut => {
                    self.told.write_unaligned(buffers.iter().map(|buffer| buffer.len).sum());
                    flags.write_unaligned(MSG_PARTIAL.cast_unsigned());
                }
                Err(_) => {}
            }
        }
        result.map(drop)
    }
}

unsafe fn input<'a>(buffer: &WSABUF) -> Result<&'a [u8], Code> {
    // SAFETY: the caller gives the buffer with its length.
    unsafe { boundary::input(buffer.buf, buffer.len.try_into().map_err(|_| Code::WSAEFAULT)?) }
}

unsafe fn output<'a>(buffer: &WSABUF) -> Result<&'a mut [u8], Code> {
    // SAFETY: the caller gives the buffer with its length.
    unsafe { boundary::output(buffer.buf, buffer.len.try_into().map_err(|_| Code::WSAEFAULT)?) }
}

/// `connect` with data and quality of service, neither of which TCP/IP has.
#[unsafe(export_name = "ws2_WSAConnect")]
pub unsafe extern "system" fn WSAConnect(
    s: SOCKET,
    name: *const SOCKADDR,
    namelen: i32,
    lpcallerdata: *const WSABUF,
    lpcalleedata: *mut WSABUF,
    lpsqos: *const QOS,
    lpgqos: *const QOS,
) -> i32 {
    // SAFETY: the caller gives buffers and wishes, or null.
    if let Err(code) = winsock::check(s).and_then(|()| unsafe { refuse_extras(lpcallerdata, lpsqos, lpgqos) }) {
        return status(Err(code));
    }
    if boundary::usable(lpcalleedata) {
        // SAFETY: the caller gives a buffer; nothing will come for it.
        unsafe { (*lpcalleedata).len = 0 };
    }
    // SAFETY: the caller gives the address.
    unsafe { crate::connect(s, name, namelen) }
}

/// Docs: "WSAConnect function": WSAEPROTONOSUPPORT for caller data, WSAEINVAL for a group's quality of service,
/// WSAEOPNOTSUPP for one that cannot be met. Best effort can.
unsafe fn refuse_extras(data: *const WSABUF, own: *const QOS, group: *const QOS) -> Result<(), Code> {
    // SAFETY: the caller gives a buffer and a wish, or null.
    let (data, own) = unsafe { (read(data)?, read(own)?) };
    if data.is_some_and(|data| data.len != 0) {
        return Err(Code::WSAEPROTONOSUPPORT);
    }
    if !group.is_null() {
        return Err(Code::WSAEINVAL);
    }
    const SERVICETYPE_BESTEFFORT: u32 = 1;
    let more = |flow: FLOWSPEC| flow.ServiceType > SERVICETYPE_BESTEFFORT;
    let wish = own.is_some_and(|own| more(own.SendingFlowspec) || more(own.ReceivingFlowspec));
    if wish { Err(Code::WSAEOPNOTSUPP) } else { Ok(()) }
}

/// The value behind a pointer; `None` for null.
unsafe fn read<T: Copy>(pointer: *const T) -> Result<Option<T>, Code> {
    if pointer.is_null() {
        return Ok(None);
    }
    boundary::require(pointer)?;
    // SAFETY: the caller's promise.
    Ok(Some(unsafe { pointer.read_unaligned() }))
}

/// `accept`, if a condition function agrees.
#[unsafe(export_name = "ws2_WSAAccept")]
pub unsafe extern "system" fn WSAAccept(
    s: SOCKET,
    addr: *mut SOCKADDR,
    addrlen: *mut i32,
    lpfncondition: LPCONDITIONPROC,
    dwcallbackdata: usize,
) -> SOCKET {
    let Some(condition) = lpfncondition else {
        // SAFETY: the caller gives room for the address.
        return unsafe { crate::accept(s, addr, addrlen) };
    };
    let accepted = winsock::address_length(s).and_then(|needed| {
        // SAFETY: the caller gives room for the address.
        let room = unsafe { NameRoom::new(addr, addrlen, needed) }?;
        // SAFETY: the caller's function takes what `ask` gives.
        let (accepted, peer) =
            winsock::accept_if(s, |peer, local| unsafe { ask(condition, peer, local, dwcallbackdata) })?;
        if let Some(room) = room {
            room.fill(&peer);
        }
        Ok(accepted)
    });
    boundary::record(accepted).unwrap_or(INVALID_SOCKET)
}

/// Docs: "WSAAccept function", the prototype of the condition function: no data, no quality of service, no group.
unsafe fn ask(
    condition: unsafe extern "system" fn(
        *mut WSABUF,
        *mut WSABUF,
        *mut u8,
        *mut u8,
        *mut WSABUF,
        *mut WSABUF,
        *mut u32,
        usize,
    ) -> i32,
    peer: &Address,
    local: &Address,
    data: usize,
) -> Decision {
    let (mut peer, mut local) = (peer.to_windows().to_vec(), local.to_windows().to_vec());
    let mut caller = WSABUF { len: peer.len() as u32, buf: peer.as_mut_ptr() };
    let mut callee = WSABUF { len: local.len() as u32, buf: local.as_mut_ptr() };
    let mut no_data = WSABUF { len: 0, buf: std::ptr::null_mut() };
    let mut group = 0;
    let null: *mut WSABUF = std::ptr::null_mut();
    // SAFETY: every pointer is null or to a value that lives through the call.
    let answer = unsafe {
        condition(
            &raw mut caller,
            null,
            null.cast(),
            null.cast(),
            &raw mut callee,
            &raw mut no_data,
            &raw mut group,
            data,
        )
    };
    match answer {
        0 => Decision::Accept,
        1 => Decision::Reject,
        2 => Decision::Defer,
        _ => Decision::Nonsense,
    }
}

/// Ends sending. TCP/IP has no data to send along.
#[unsafe(export_name = "ws2_WSASendDisconnect")]
pub extern "system" fn WSASendDisconnect(s: SOCKET, _lpoutbounddisconnectdata: *const WSABUF) -> i32 {
    status(winsock::shutdown(s, SD_SEND))
}

/// Ends receiving. TCP/IP has no data that came along.
#[unsafe(export_name = "ws2_WSARecvDisconnect")]
pub extern "system" fn WSARecvDisconnect(s: SOCKET, _lpinbounddisconnectdata: *mut WSABUF) -> i32 {
    status(winsock::shutdown(s, SD_RECEIVE))
}

/// Joins a multicast group; returns the socket itself.
#[unsafe(export_name = "ws2_WSAJoinLeaf")]
pub unsafe extern "system" fn WSAJoinLeaf(
    s: SOCKET,
    name: *const SOCKADDR,
    namelen: i32,
    lpcallerdata: *const WSABUF,
    _lpcalleedata: *mut WSABUF,
    lpsqos: *const QOS,
    lpgqos: *const QOS,
    _dwflags: u32,
) -> SOCKET {
    // SAFETY: the caller gives buffers and wishes, or null, and the address.
    let joined = winsock::check(s).and_then(|()| unsafe {
        refuse_extras(lpcallerdata, lpsqos, lpgqos)?;
        winsock::join_leaf(s, boundary::name(name, namelen)?).map(|()| s)
    });
    boundary::record(joined).unwrap_or(INVALID_SOCKET)
}
