//! Echo requests.

use std::collections::HashMap;
use std::ffi::c_void;
use std::net::Ipv4Addr;
use std::ptr::null_mut;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use winbase::network::{Echo, EchoReply, EchoRequest};
use winbase::{Code, error};

use super::{handle, or, truth};
use crate::boundary::usable;
use crate::types::HANDLE;

/// `IP_BUF_TOO_SMALL`.
const BUFFER_TOO_SMALL: Code = Code::new(11001);
/// Handles of `IcmpCreateFile` are of their own kind: `IcmpCloseHandle` takes them. They lie above all others.
const FIRST: usize = 0x6000_0000;

#[derive(Default)]
struct Open {
    echoes: HashMap<usize, Arc<Echo>>,
    made: usize,
}

static OPEN: LazyLock<Mutex<Open>> = LazyLock::new(Mutex::default);

fn open() -> MutexGuard<'static, Open> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `IP_OPTION_INFORMATION`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IP_OPTION_INFORMATION {
    pub Ttl: u8,
    pub Tos: u8,
    pub Flags: u8,
    pub OptionsSize: u8,
    pub OptionsData: *mut u8,
}

/// `ICMP_ECHO_REPLY`; the data follow it in the buffer.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct ICMP_ECHO_REPLY {
    pub Address: u32,
    pub Status: u32,
    pub RoundTripTime: u32,
    pub DataSize: u16,
    pub Reserved: u16,
    pub Data: *mut c_void,
    pub Options: IP_OPTION_INFORMATION,
}

const _: () = assert!(size_of::<ICMP_ECHO_REPLY>() == 40);

/// A handle to send echo requests with.
#[unsafe(export_name = "ws2_IcmpCreateFile")]
pub extern "system" fn IcmpCreateFile() -> HANDLE {
    let made = Echo::open().map(|echo| {
        let mut open = open();
        let number = FIRST + 4 * open.made;
        open.made += 1;
        open.echoes.insert(number, Arc::new(echo));
        number
    });
    handle(or(usize::MAX, made))
}

/// Closes such a handle.
#[unsafe(export_name = "ws2_IcmpCloseHandle")]
pub extern "system" fn IcmpCloseHandle(icmphandle: HANDLE) -> i32 {
    truth(open().echoes.remove(&icmphandle.addr()).map(drop).ok_or(error::INVALID_HANDLE))
}

/// Sends an echo request and waits for the reply; how many came: 1, or 0 with the reason as last error.
#[unsafe(export_name = "ws2_IcmpSendEcho")]
pub unsafe extern "system" fn IcmpSendEcho(
    icmphandle: HANDLE,
    destinationaddress: u32,
    requestdata: *const u8,
    requestsize: u16,
    requestoptions: *const IP_OPTION_INFORMATION,
    replybuffer: *mut u8,
    replysize: u32,
    timeout: u32,
) -> u32 {
    // SAFETY: the caller's promises are those of the page.
    or(0, unsafe {
        let request = Request { to: destinationaddress, data: requestdata, size: requestsize, options: requestoptions };
        request.send(icmphandle.addr(), replybuffer, replysize, timeout).map(|()| 1)
    })
}

/// [`IcmpSendEcho`], which with an event or a routine would not wait: that is refused.
#[unsafe(export_name = "ws2_IcmpSendEcho2")]
pub unsafe extern "system" fn IcmpSendEcho2(
    icmphandle: HANDLE,
    event: HANDLE,
    apcroutine: *const c_void,
    _apccontext: *mut c_void,
    destinationaddress: u32,
    requestdata: *const u8,
    requestsize: u16,
    requestoptions: *const IP_OPTION_INFORMATION,
    replybuffer: *mut u8,
    replysize: u32,
    timeout: u32,
) -> u32 {
    if !event.is_null() || !apcroutine.is_null() {
        return or(0, Err(error::NOT_SUPPORTED));
    }
    // SAFETY: the caller's promises are those of the page.
    unsafe {
        IcmpSendEcho(
            icmphandle,
            destinationaddress,
            requestdata,
            requestsize,
            requestoptions,
            replybuffer,
            replysize,
            timeout,
        )
    }
}

struct Request {
    to: u32,
    data: *const u8,
    size: u16,
    options: *const IP_OPTION_INFORMATION,
}

impl Request {
    /// # Safety
    /// If usable, the pointers are good for what the page of `IcmpSendEcho` says.
    unsafe fn send(&self, number: usize, place: *mut u8, room: u32, timeout: u32) -> Result<(), Code> {
        let echo = open().echoes.get(&number).cloned().ok_or(error::INVALID_HANDLE)?;
        if !usable(place) || self.size > 0 && !usable(self.data) {
            return Err(error::INVALID_PARAMETER);
        }
        let head = size_of::<ICMP_ECHO_REPLY>();
        // Docs: "IcmpSendEcho function": room for one reply and the data of the request.
        if (room as usize) < head + usize::from(self.size) {
            return Err(BUFFER_TOO_SMALL);
        }
        // SAFETY: the caller's promise.
        let (data, time_to_live) = unsafe {
            let data = match self.size {
                0 => &[],
                size => std::slice::from_raw_parts(self.data, size.into()),
            };
            (data, usable(self.options).then(|| self.options.read_unaligned().Ttl))
        };
        let limit = Duration::from_millis(timeout.into());
        let reply = echo.send(EchoRequest { to: Ipv4Addr::from(self.to.to_ne_bytes()), data, time_to_live, limit })?;
        // SAFETY: the caller's promise; what came back is cut to the room.
        unsafe { tell(&reply, place, room as usize - head) };
        Ok(())
    }
}

/// # Safety
/// The place is good for a reply and `room` bytes more.
unsafe fn tell(reply: &EchoReply, place: *mut u8, room: usize) {
    let kept = reply.data.len().min(room);
    // SAFETY: the caller's promise.
    unsafe {
        let data = place.add(size_of::<ICMP_ECHO_REPLY>());
        std::ptr::copy_nonoverlapping(reply.data.as_ptr(), data, kept);
        let head = ICMP_ECHO_REPLY {
            Address: u32::from_ne_bytes(reply.from.octets()),
            Status: reply.status,
            RoundTripTime: reply.time.as_millis() as u32,
            DataSize: kept as u16,
            Reserved: 1,
            Data: data.cast(),
            Options: IP_OPTION_INFORMATION {
                Ttl: reply.time_to_live,
                Tos: 0,
                Flags: 0,
                OptionsSize: 0,
                OptionsData: null_mut(),
            },
        };
        place.cast::<ICMP_ECHO_REPLY>().write_unaligned(head);
    }
}
