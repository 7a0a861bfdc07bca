//! Named pipes.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::time::Duration;

use winbase::file::named_pipe::{self as core, Request, Transfer};
use winbase::file::{self, Creation};
use winbase::{Code, error};
use winsock::port::by_handle;

use super::files::name;
use super::pipes::tell;
use super::transfer::{Call, Room};
use super::{handle, or, text_function, truth};
use crate::boundary::usable;

use crate::types::{HANDLE, OVERLAPPED};

const INVALID_HANDLE_VALUE: usize = usize::MAX;
const NMPWAIT_USE_DEFAULT_WAIT: u32 = 0;
const NMPWAIT_NOWAIT: u32 = 1;
const NMPWAIT_WAIT_FOREVER: u32 = u32::MAX;
/// What a client waits where the server has named nothing else.
const USUAL_WAIT: Duration = Duration::from_millis(50);
const PIPE_READMODE_MESSAGE: u32 = 2;
const GENERIC_READ_AND_WRITE: u32 = 0xC000_0000;
/// `PIPE_SERVER_END` and `PIPE_TYPE_MESSAGE`.
const SERVER_END: u32 = 1;
const TYPE_MESSAGE: u32 = 4;
/// `ERROR_NOACCESS`.
const NO_ACCESS: Code = Code::new(998);

text_function! {
    /// Makes an instance of a named pipe.
    ws2_CreateNamedPipeA, ws2_CreateNamedPipeW, ws2_CreateNamedPipeW_utf32,
    (
        lpname: *const T,
        dwopenmode: u32,
        dwpipemode: u32,
        nmaxinstances: u32,
        _noutbuffersize: u32,
        _ninbuffersize: u32,
        _ndefaulttimeout: u32,
        _lpsecurityattributes: *const c_void,
    ) -> HANDLE {
        let request = Request { open_mode: dwopenmode, pipe_mode: dwpipemode, most: nmaxinstances };
        // SAFETY: the caller gives a string.
        let name = if lpname.is_null() { Err(error::PATH_NOT_FOUND) } else { unsafe { name(lpname) } };
        let made = name.and_then(|name| core::create(&name, request));
        or(handle(INVALID_HANDLE_VALUE), made.map(handle))
    }
}

/// Waits for a client.
#[unsafe(export_name = "ws2_ConnectNamedPipe")]
pub unsafe extern "system" fn ConnectNamedPipe(hnamedpipe: HANDLE, lpoverlapped: *mut OVERLAPPED) -> i32 {
    let call = Call { number: hnamedpipe.addr(), told: null_mut(), overlapped: lpoverlapped };
    // SAFETY: the caller gives an OVERLAPPED or null.
    truth(unsafe { call.on_pipe(|| Transfer::Connect) }.unwrap_or_else(|| core::accept(hnamedpipe.addr())))
}

/// Sends the client away.
#[unsafe(export_name = "ws2_DisconnectNamedPipe")]
pub extern "system" fn DisconnectNamedPipe(hnamedpipe: HANDLE) -> i32 {
    truth(core::disconnect(hnamedpipe.addr()))
}

fn waiting_time(milliseconds: u32) -> Option<Duration> {
    match milliseconds {
        NMPWAIT_USE_DEFAULT_WAIT => Some(USUAL_WAIT),
        NMPWAIT_WAIT_FOREVER => None,
        milliseconds => Some(Duration::from_millis(milliseconds.into())),
    }
}

text_function! {
    /// Waits until a client of a pipe finds an instance.
    ws2_WaitNamedPipeA, ws2_WaitNamedPipeW, ws2_WaitNamedPipeW_utf32,
    (lpnamedpipename: *const T, ntimeout: u32) -> i32 {
        // SAFETY: the caller gives a string.
        truth(unsafe { name(lpnamedpipename) }.and_then(|name| core::wait(&name, waiting_time(ntimeout))))
    }
}

text_function! {
    /// Sends a message to a pipe's server, receives the answer and lets go of the pipe.
    ws2_CallNamedPipeA, ws2_CallNamedPipeW, ws2_CallNamedPipeW_utf32,
    (
        lpnamedpipename: *const T,
        lpinbuffer: *const u8,
        ninbuffersize: u32,
        lpoutbuffer: *mut u8,
        noutbuffersize: u32,
        lpbytesread: *mut u32,
        ntimeout: u32,
    ) -> i32 {
        // SAFETY: the caller gives a string, and room of the lengths.
        truth(unsafe {
            name(lpnamedpipename).and_then(|name| {
                let (message, answer) = buffers(lpinbuffer, ninbuffersize, lpoutbuffer, noutbuffersize)?;
                let (read, is_cut) = call(&name, ntimeout, message, answer)?;
                tell(lpbytesread, read as u32);
                if is_cut { Err(error::MORE_DATA) } else { Ok(()) }
            })
        })
    }
}

fn call(name: &str, timeout: u32, message: &[u8], answer: &mut [u8]) -> Result<(usize, bool), Code> {
    let request = file::Request { access: GENERIC_READ_AND_WRITE, creation: Creation::OpenExisting, flags: 0 };
    let opened = match file::open(name, request) {
        Err(core::PIPE_BUSY) if timeout != NMPWAIT_NOWAIT => {
            core::wait(name, waiting_time(timeout))?;
            file::open(name, request)?
        }
        opened => opened?,
    };
    let answered = core::set_mode(opened.handle, PIPE_READMODE_MESSAGE)
        .and_then(|()| core::transact(opened.handle, message, answer));
    by_handle::close(opened.handle)?;
    answered
}

/// # Safety
/// If usable, both are good for their lengths.
unsafe fn buffers<'a>(
    from: *const u8,
    from_length: u32,
    into: *mut u8,
    into_length: u32,
) -> Result<(&'a [u8], &'a mut [u8]), Code> {
    if from_length > 0 && !usable(from) || into_length > 0 && !usable(into) {
        return Err(NO_ACCESS);
    }
    // SAFETY: the caller's promise.
    unsafe {
        Ok((
            if from_length == 0 { &[] } else { std::slice::from_raw_parts(from, from_length as usize) },
            if into_length == 0 { &mut [] } else { std::slice::from_raw_parts_mut(into, into_length as usize) },
        ))
    }
}

/// Sends a message and receives the answer.
#[unsafe(export_name = "ws2_TransactNamedPipe")]
pub unsafe extern "system" fn TransactNamedPipe(
    hnamedpipe: HANDLE,
    lpinbuffer: *const u8,
    ninbuffersize: u32,
    lpoutbuffer: *mut u8,
    noutbuffersize: u32,
    lpbytesread: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
) -> i32 {
    let call = Call { number: hnamedpipe.addr(), told: lpbytesread, overlapped: lpoverlapped };
    let transfer = || {
        let message = Room { start: lpinbuffer.cast_mut(), length: ninbuffersize as usize };
        let answer = Room { start: lpoutbuffer, length: noutbuffersize as usize };
        Transfer::Transact(Box::new(message), Box::new(answer))
    };
    // SAFETY: the caller gives room of the lengths, and a place or none.
    truth(unsafe {
        if usable(lpoverlapped) && core::is_overlapped(call.number) {
            let checked = buffers(lpinbuffer, ninbuffersize, lpoutbuffer, noutbuffersize).map(drop);
            return truth(checked.and_then(|()| call.on_pipe(transfer).unwrap_or(Err(error::INVALID_HANDLE))));
        }
        buffers(lpinbuffer, ninbuffersize, lpoutbuffer, noutbuffersize).and_then(|(message, answer)| {
            let (read, is_cut) = core::transact(hnamedpipe.addr(), message, answer)?;
            tell(lpbytesread, read as u32);
            if is_cut { Err(error::MORE_DATA) } else { Ok(()) }
        })
    })
}

/// Sets whether an end reads messages, and whether it waits.
#[unsafe(export_name = "ws2_SetNamedPipeHandleState")]
pub unsafe extern "system" fn SetNamedPipeHandleState(
    hnamedpipe: HANDLE,
    lpmode: *const u32,
    _lpmaxcollectioncount: *const u32,
    _lpcollectdatatimeout: *const u32,
) -> i32 {
    truth(match usable(lpmode) {
        // SAFETY: the caller gives the mode.
        true => core::set_mode(hnamedpipe.addr(), unsafe { lpmode.read_unaligned() }),
        false => core::mode(hnamedpipe.addr()).map(drop),
    })
}

text_function! {
    /// Tells whether an end reads messages, and whether it waits. What is for ends over a network is not told.
    ws2_GetNamedPipeHandleStateA, ws2_GetNamedPipeHandleStateW, ws2_GetNamedPipeHandleStateW_utf32,
    (
        hnamedpipe: HANDLE,
        lpstate: *mut u32,
        lpcurinstances: *mut u32,
        _lpmaxcollectioncount: *mut u32,
        _lpcollectdatatimeout: *mut u32,
        _lpusername: *mut T,
        _nmaxusernamesize: u32,
    ) -> i32 {
        // SAFETY: the caller gives places, or none.
        truth(core::mode(hnamedpipe.addr()).map(|mode| unsafe {
            tell(lpstate, mode);
            tell(lpcurinstances, 1);
        }))
    }
}

/// Tells what a pipe is. Its buffers have no size of their own.
#[unsafe(export_name = "ws2_GetNamedPipeInfo")]
pub unsafe extern "system" fn GetNamedPipeInfo(
    hnamedpipe: HANDLE,
    lpflags: *mut u32,
    lpoutbuffersize: *mut u32,
    lpinbuffersize: *mut u32,
    lpmaxinstances: *mut u32,
) -> i32 {
    truth(core::information(hnamedpipe.addr()).map(|(is_message, is_server, most)| {
        let flags = if is_message { TYPE_MESSAGE } else { 0 } | if is_server { SERVER_END } else { 0 };
        // SAFETY: the caller gives places, or none.
        unsafe {
            tell(lpflags, flags);
            tell(lpoutbuffersize, 0);
            tell(lpinbuffersize, 0);
            tell(lpmaxinstances, most);
        }
    }))
}

/// Linux' number of the process at a pipe's client end.
#[unsafe(export_name = "ws2_GetNamedPipeClientProcessId")]
pub unsafe extern "system" fn GetNamedPipeClientProcessId(pipe: HANDLE, clientprocessid: *mut u32) -> i32 {
    // SAFETY: the caller gives a place.
    truth(core::process_at(pipe.addr(), false).map(|id| unsafe { tell(clientprocessid, id) }))
}

/// Linux' number of the process at a pipe's server end.
#[unsafe(export_name = "ws2_GetNamedPipeServerProcessId")]
pub unsafe extern "system" fn GetNamedPipeServerProcessId(pipe: HANDLE, serverprocessid: *mut u32) -> i32 {
    // SAFETY: the caller gives a place.
    truth(core::process_at(pipe.addr(), true).map(|id| unsafe { tell(serverprocessid, id) }))
}
