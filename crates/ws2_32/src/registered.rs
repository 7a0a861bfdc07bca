//! The registered I/O extensions, by the table that `SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER` fills.

use std::ffi::c_void;

use winsock::Code;
use winsock::registered::{self as core, Limits, Notice, Parts, Region, Slice};

use crate::boundary;
use crate::types::{RIO_BUF, RIO_BUFFERID, RIO_CQ, RIO_NOTIFICATION_COMPLETION, RIO_RQ, RIORESULT, SOCKET};

const RIO_INVALID_BUFFERID: RIO_BUFFERID = 0xffff_ffff;
const RIO_INVALID_CQ: RIO_CQ = 0;
const RIO_INVALID_RQ: RIO_RQ = 0;
const RIO_CORRUPT_CQ: u32 = 0xffff_ffff;
const RIO_EVENT_COMPLETION: i32 = 1;
const RIO_IOCP_COMPLETION: i32 = 2;

/// `WSAID_MULTIPLE_RIO`, as it lies in memory.
const WSAID_MULTIPLE_RIO: [u8; 16] =
    [0x81, 0xe0, 0x09, 0x85, 0xdd, 0x96, 0x05, 0x40, 0xb1, 0x65, 0x9e, 0x2e, 0xe8, 0xc7, 0x9e, 0x3f];

/// A `RIO_EXTENSION_FUNCTION_TABLE` with the functions that a GUID names, as its bytes.
pub(crate) fn table(guid: &[u8]) -> Result<Vec<u8>, Code> {
    if guid.get(..16) != Some(&WSAID_MULTIPLE_RIO) {
        return Err(Code::WSAEINVAL);
    }
    let functions = [
        RIOReceive as *const c_void,
        RIOReceiveEx as *const c_void,
        RIOSend as *const c_void,
        RIOSendEx as *const c_void,
        RIOCloseCompletionQueue as *const c_void,
        RIOCreateCompletionQueue as *const c_void,
        RIOCreateRequestQueue as *const c_void,
        RIODequeueCompletion as *const c_void,
        RIODeregisterBuffer as *const c_void,
        RIONotify as *const c_void,
        RIORegisterBuffer as *const c_void,
        RIOResizeCompletionQueue as *const c_void,
        RIOResizeRequestQueue as *const c_void,
    ];
    // The structure's size stands before them, in a place as large as one of them.
    let size = size_of_val(&functions) + size_of::<usize>();
    let functions = functions.map(|function| function.expose_provenance());
    Ok(std::iter::once(size).chain(functions).flat_map(usize::to_ne_bytes).collect())
}

/// Registers memory.
unsafe extern "system" fn RIORegisterBuffer(databuffer: *mut u8, datalength: u32) -> RIO_BUFFERID {
    let register = || {
        boundary::started()?;
        boundary::require(databuffer)?;
        if datalength == 0 {
            return Err(Code::WSAEINVAL);
        }
        // SAFETY: the caller lends parts of it to requests, each until that has ended.
        let region = unsafe { Region::register(databuffer, datalength) };
        core::register(region.ok_or(Code::WSAEFAULT)?)
    };
    boundary::record(register()).unwrap_or(RIO_INVALID_BUFFERID)
}

/// Forgets registered memory.
unsafe extern "system" fn RIODeregisterBuffer(bufferid: RIO_BUFFERID) {
    core::deregister(bufferid);
}

/// Makes a completion queue.
unsafe extern "system" fn RIOCreateCompletionQueue(
    queuesize: u32,
    notificationcompletion: *const RIO_NOTIFICATION_COMPLETION,
) -> RIO_CQ {
    let create = || {
        boundary::started()?;
        // SAFETY: the caller gives the structure, or none.
        let notice = match unsafe { boundary::given(notificationcompletion) }? {
            None => Notice::Polled,
            Some(given) => match given.Type {
                RIO_EVENT_COMPLETION => {
                    // SAFETY: the type says that it is this one.
                    let event = unsafe { given.how.Event };
                    Notice::Event { event: event.EventHandle.addr(), resets: event.NotifyReset != 0 }
                }
                RIO_IOCP_COMPLETION => {
                    // SAFETY: as above.
                    let port = unsafe { given.how.Iocp };
                    let (key, overlapped) = (port.CompletionKey.addr(), port.Overlapped.expose_provenance());
                    Notice::Packet { port: port.IocpHandle.addr(), key, overlapped }
                }
                _ => return Err(Code::WSAEINVAL),
            },
        };
        core::create_completion_queue(queuesize, notice)
    };
    boundary::record(create()).unwrap_or(RIO_INVALID_CQ)
}

/// Closes a completion queue.
unsafe extern "system" fn RIOCloseCompletionQueue(cq: RIO_CQ) {
    core::close_completion_queue(cq);
}

/// Gives a completion queue another size.
unsafe extern "system" fn RIOResizeCompletionQueue(cq: RIO_CQ, queuesize: u32) -> i32 {
    truth(core::resize_completion_queue(cq, queuesize))
}

/// Makes a socket's request queue.
unsafe extern "system" fn RIOCreateRequestQueue(
    socket: SOCKET,
    maxoutstandingreceive: u32,
    maxreceivedatabuffers: u32,
    maxoutstandingsend: u32,
    maxsenddatabuffers: u32,
    receivecq: RIO_CQ,
    sendcq: RIO_CQ,
    socketcontext: *mut c_void,
) -> RIO_RQ {
    let limits = Limits {
        receives: maxoutstandingreceive,
        receive_buffers: maxreceivedatabuffers,
        sends: maxoutstandingsend,
        send_buffers: maxsenddatabuffers,
    };
    let context = socketcontext.expose_provenance() as u64;
    boundary::record(core::create_request_queue(socket, limits, receivecq, sendcq, context)).unwrap_or(RIO_INVALID_RQ)
}

/// Lets other numbers of requests be outstanding.
unsafe extern "system" fn RIOResizeRequestQueue(
    rq: RIO_RQ,
    maxoutstandingreceive: u32,
    maxoutstandingsend: u32,
) -> i32 {
    truth(core::resize_request_queue(rq, maxoutstandingreceive, maxoutstandingsend))
}

/// Begins to receive.
unsafe extern "system" fn RIOReceive(
    socketqueue: RIO_RQ,
    pdata: *const RIO_BUF,
    databuffercount: u32,
    flags: u32,
    requestcontext: *mut c_void,
) -> i32 {
    // SAFETY: the caller gives the structure, or none, and lends what it names.
    truth(
        unsafe { plain(pdata, databuffercount) }
            .and_then(|parts| core::receive(socketqueue, &parts, flags, requestcontext.expose_provenance() as u64)),
    )
}

/// Begins to receive, with what comes beside the data.
unsafe extern "system" fn RIOReceiveEx(
    socketqueue: RIO_RQ,
    pdata: *const RIO_BUF,
    databuffercount: u32,
    plocaladdress: *const RIO_BUF,
    premoteaddress: *const RIO_BUF,
    pcontrolcontext: *const RIO_BUF,
    pflags: *const RIO_BUF,
    flags: u32,
    requestcontext: *mut c_void,
) -> i32 {
    let rest = [plocaladdress, premoteaddress, pcontrolcontext, pflags];
    // SAFETY: the caller gives the structures, or none, and lends what they name.
    truth(
        unsafe { parts(pdata, databuffercount, rest) }
            .and_then(|parts| core::receive(socketqueue, &parts, flags, requestcontext.expose_provenance() as u64)),
    )
}

/// Begins to send.
unsafe extern "system" fn RIOSend(
    socketqueue: RIO_RQ,
    pdata: *const RIO_BUF,
    databuffercount: u32,
    flags: u32,
    requestcontext: *mut c_void,
) -> i32 {
    // SAFETY: the caller gives the structure, or none, and lends what it names.
    truth(
        unsafe { plain(pdata, databuffercount) }
            .and_then(|parts| core::send(socketqueue, &parts, flags, requestcontext.expose_provenance() as u64)),
    )
}

/// Begins to send, to an address and with control data.
unsafe extern "system" fn RIOSendEx(
    socketqueue: RIO_RQ,
    pdata: *const RIO_BUF,
    databuffercount: u32,
    plocaladdress: *const RIO_BUF,
    premoteaddress: *const RIO_BUF,
    pcontrolcontext: *const RIO_BUF,
    pflags: *const RIO_BUF,
    flags: u32,
    requestcontext: *mut c_void,
) -> i32 {
    let rest = [plocaladdress, premoteaddress, pcontrolcontext, pflags];
    // SAFETY: the caller gives the structures, or none, and lends what they name.
    truth(
        unsafe { parts(pdata, databuffercount, rest) }
            .and_then(|parts| core::send(socketqueue, &parts, flags, requestcontext.expose_provenance() as u64)),
    )
}

/// Asks for a notice. The result is the code; the last error stays.
unsafe extern "system" fn RIONotify(cq: RIO_CQ) -> i32 {
    core::notify(cq).map_or_else(Code::value, |()| 0)
}

/// Takes the ends of requests.
unsafe extern "system" fn RIODequeueCompletion(cq: RIO_CQ, array: *mut RIORESULT, arraysize: u32) -> u32 {
    let places = if boundary::usable(array) { arraysize } else { 0 };
    let mut place = array;
    let taken = core::dequeue(cq, places, |end| {
        let result = RIORESULT {
            Status: end.code.value(),
            BytesTransferred: end.bytes,
            SocketContext: end.socket_context,
            RequestContext: end.request_context,
        };
        // SAFETY: the caller gives room for so many, and no more are told.
        unsafe {
            place.write_unaligned(result);
            place = place.add(1);
        }
    });
    taken.unwrap_or(RIO_CORRUPT_CQ)
}

unsafe fn plain(data: *const RIO_BUF, count: u32) -> Result<Parts, Code> {
    // SAFETY: the caller's promise.
    Ok(Parts { data: unsafe { slice(data) }?, count, ..Parts::default() })
}

unsafe fn parts(data: *const RIO_BUF, count: u32, rest: [*const RIO_BUF; 4]) -> Result<Parts, Code> {
    let [local, remote, control, flags] = rest;
    // SAFETY: the caller's promise.
    unsafe {
        Ok(Parts {
            data: slice(data)?,
            count,
            local: slice(local)?,
            remote: slice(remote)?,
            control: slice(control)?,
            flags: slice(flags)?,
        })
    }
}

unsafe fn slice(given: *const RIO_BUF) -> Result<Option<Slice>, Code> {
    // SAFETY: the caller's promise.
    let given = unsafe { boundary::given(given) }?;
    Ok(given.map(|part| Slice { buffer: part.BufferId, offset: part.Offset, length: part.Length }))
}

/// TRUE, or FALSE with the thread's last error.
fn truth(result: Result<(), Code>) -> i32 {
    i32::from(boundary::record(result).is_ok())
}
