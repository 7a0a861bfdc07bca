//! `WSAIoctl`.

use winsock::win32::*;
use winsock::{Address, Code};

use crate::boundary;
use crate::extension;
use crate::types::{LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKET};

/// A control code with its input and output.
#[unsafe(export_name = "ws2_WSAIoctl")]
pub unsafe extern "system" fn WSAIoctl(
    s: SOCKET,
    dwiocontrolcode: u32,
    lpvinbuffer: *const u8,
    cbinbuffer: u32,
    lpvoutbuffer: *mut u8,
    cboutbuffer: u32,
    lpcbbytesreturned: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
    _lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    let buffers = Buffers { input: lpvinbuffer, room_in: cbinbuffer, output: lpvoutbuffer, room_out: cboutbuffer };
    boundary::status(winsock::check(s).and_then(|()| {
        if !lpoverlapped.is_null() {
            return Err(Code::WSAEOPNOTSUPP);
        }
        boundary::require(lpcbbytesreturned)?;
        // SAFETY: the caller gives the buffers with their lengths.
        let written = unsafe { control(s, dwiocontrolcode, &buffers) }?;
        // SAFETY: the caller gives a place for the number.
        unsafe { lpcbbytesreturned.write_unaligned(written) };
        Ok(())
    }))
}

struct Buffers {
    input: *const u8,
    room_in: u32,
    output: *mut u8,
    room_out: u32,
}

/// Docs: "Winsock IOCTLs". Returns how many bytes of output there are.
unsafe fn control(s: SOCKET, code: u32, buffers: &Buffers) -> Result<u32, Code> {
    // SAFETY: the caller gives the buffers with their lengths.
    unsafe {
        match code {
            FIONBIO => {
                let mut argument = buffers.dword(0)?;
                winsock::ioctlsocket(s, code, &mut argument).map(|()| 0)
            }
            FIONREAD | SIOCATMARK => {
                let mut argument = 0;
                winsock::ioctlsocket(s, code, &mut argument)?;
                // SIOCATMARK's answer is a BOOL, FIONREAD's a u_long.
                buffers.put(&argument.to_ne_bytes())
            }
            SIO_UDP_CONNRESET => winsock::report_unreachable(s, buffers.dword(0)? != 0).map(|()| 0),
            SIO_KEEPALIVE_VALS => {
                let (on, idle_ms, interval_ms) = (buffers.dword(0)?, buffers.dword(4)?, buffers.dword(8)?);
                winsock::set_keep_alive(s, on != 0, idle_ms, interval_ms).map(|()| 0)
            }
            SIO_BASE_HANDLE => buffers.put(&s.to_ne_bytes()),
            SIO_FLUSH => Ok(0), // Nothing is queued on this side of the system.
            SIO_GET_BROADCAST_ADDRESS => {
                let everyone = Address::from(std::net::SocketAddr::from(([255; 4], 0)));
                buffers.put(&everyone.to_windows())
            }
            SIO_ROUTING_INTERFACE_QUERY => {
                let remote = buffers.bytes()?;
                buffers.put(&winsock::routing_interface(s, remote)?.to_windows())
            }
            SIO_ADDRESS_LIST_QUERY => buffers.put_addresses(&winsock::local_addresses(s)?),
            SIO_ADDRESS_LIST_CHANGE | SIO_ROUTING_INTERFACE_CHANGE => winsock::wait_for_change(s).map(|()| 0),
            SIO_GET_EXTENSION_FUNCTION_POINTER => {
                let guid = buffers.bytes()?.first_chunk().ok_or(Code::WSAEINVAL)?;
                let function = extension::pointer(guid).ok_or(Code::WSAEINVAL)?;
                buffers.put(&function.to_ne_bytes())
            }
            // The RIO functions are refused: see `extension::pointer`.
            SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER => Err(Code::WSAEOPNOTSUPP),
            _ => Err(Code::WSAEOPNOTSUPP),
        }
    }
}

impl Buffers {
    unsafe fn bytes(&self) -> Result<&[u8], Code> {
        // SAFETY: the caller gives the input with its length.
        unsafe { boundary::input(self.input, self.room_in.try_into().map_err(|_| Code::WSAEFAULT)?) }
    }

    unsafe fn dword(&self, offset: usize) -> Result<u32, Code> {
        // SAFETY: as above.
        let bytes = unsafe { self.bytes() }?;
        let bytes = bytes.get(offset..offset + 4).ok_or(Code::WSAEFAULT)?;
        Ok(u32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    unsafe fn put(&self, bytes: &[u8]) -> Result<u32, Code> {
        boundary::require(self.output)?;
        if (self.room_out as usize) < bytes.len() {
            return Err(Code::WSAEFAULT);
        }
        // SAFETY: the caller gives the output with its length, which was checked.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.output, bytes.len()) };
        Ok(bytes.len() as u32)
    }

    /// `SOCKET_ADDRESS_LIST`: a count, then pointers with lengths, then what they point to, within the caller's buffer.
    unsafe fn put_addresses(&self, addresses: &[Address]) -> Result<u32, Code> {
        const HEAD: usize = 8;
        const EACH: usize = 16;
        let mut block = vec![0; HEAD + EACH * addresses.len()];
        block[..4].copy_from_slice(&(addresses.len() as u32).to_ne_bytes());
        for (place, address) in addresses.iter().enumerate() {
            let windows = address.to_windows();
            let target = self.output.addr() + block.len();
            let entry = HEAD + EACH * place;
            block[entry..entry + 8].copy_from_slice(&target.to_ne_bytes());
            block[entry + 8..entry + 12].copy_from_slice(&(windows.len() as u32).to_ne_bytes());
            block.extend_from_slice(&windows);
            block.resize(block.len().next_multiple_of(8), 0);
        }
        // SAFETY: as for `put`.
        unsafe { self.put(&block) }
    }
}
