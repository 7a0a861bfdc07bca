//! `WSAIoctl`.

use winsock::overlapped::{Controlled, begin_control};
use winsock::win32::*;
use winsock::{Address, Code, Refusal};

use crate::overlapped::lend_record;
use crate::types::{LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKET};
use crate::{boundary, connect_by, extension, registered};

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
    lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    let buffers = Buffers { input: lpvinbuffer, room_in: cbinbuffer, output: lpvoutbuffer, room_out: cboutbuffer };
    boundary::status(winsock::check(s).and_then(|()| {
        boundary::require(lpcbbytesreturned)?;
        let ended = match lpoverlapped.is_null() {
            // SAFETY: the caller gives the buffers with their lengths.
            true => unsafe { control(s, dwiocontrolcode, &buffers) },
            // SAFETY: the same, and the caller lends the OVERLAPPED until the end is told.
            false => unsafe { begin(s, dwiocontrolcode, &buffers, lpoverlapped, lpcompletionroutine) },
        };
        let (told, result) = match ended {
            Ok(written) => (Some(written as u32), Ok(())),
            Err(refusal) if lpoverlapped.is_null() => (refusal.told_to_plain_call(dwiocontrolcode), Err(refusal.code)),
            Err(refusal) => (refusal.told, Err(refusal.code)),
        };
        if let Some(told) = told {
            // SAFETY: the caller gives a place for the number.
            unsafe { lpcbbytesreturned.write_unaligned(told) };
        }
        result
    }))
}

struct Buffers {
    input: *const u8,
    room_in: u32,
    output: *mut u8,
    room_out: u32,
}

/// Begins a code whose end is told by the OVERLAPPED. Output is written before the call returns, if there is any.
unsafe fn begin(
    s: SOCKET,
    code: u32,
    buffers: &Buffers,
    overlapped: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> Result<usize, Refusal> {
    // SAFETY: the caller lends the OVERLAPPED, and gives the buffers with their lengths.
    unsafe {
        let record = lend_record(overlapped, routine)?;
        let input = buffers.input()?;
        let run = || match code {
            // Checked on Windows (test_base_handle of dlls/ws2_32/tests/sock.c): these are not overlapped.
            SIO_BASE_HANDLE | SIO_BSP_HANDLE | SIO_BSP_HANDLE_SELECT | SIO_BSP_HANDLE_POLL => {
                Err(Code::WSAEOPNOTSUPP.into())
            }
            _ => control(s, code, buffers),
        };
        match begin_control(s, code, &input, record, run)? {
            Controlled::Done(written) => Ok(written),
            Controlled::Pending => Err(Code::WSA_IO_PENDING.into()),
        }
    }
}

/// The codes whose answers hold pointers or handles; the others are the core's. Docs: "Winsock IOCTLs". Returns how many
/// bytes of output there are.
unsafe fn control(s: SOCKET, code: u32, buffers: &Buffers) -> Result<usize, Refusal> {
    // SAFETY: the caller gives the buffers with their lengths.
    unsafe {
        match code {
            SIO_BASE_HANDLE | SIO_BSP_HANDLE | SIO_BSP_HANDLE_SELECT | SIO_BSP_HANDLE_POLL => {
                buffers.put(&s.to_ne_bytes())
            }
            // Checked on Windows (test_address_list_query of dlls/ws2_32/tests/sock.c): less than the count is no list.
            SIO_ADDRESS_LIST_QUERY if (1..HEAD as u32).contains(&buffers.room_out) => {
                Err(Refusal { code: Code::WSAEINVAL, told: Some(0) })
            }
            SIO_ADDRESS_LIST_QUERY => buffers.put_addresses(&winsock::local_addresses(s)?),
            SIO_ADDRESS_LIST_SORT => buffers.put_addresses(&winsock::sort_addresses(s, buffers.addresses()?)?),
            SIO_GET_EXTENSION_FUNCTION_POINTER => {
                let input = buffers.input()?;
                let guid = input.first_chunk().ok_or(Code::WSAEINVAL)?;
                let function = extension::pointer(guid).ok_or(Code::WSAEINVAL)?;
                buffers.put(&function.to_ne_bytes())
            }
            SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER => buffers.put(&registered::table(&buffers.input()?)?),
            _ => winsock::control(s, code, &buffers.input()?, buffers.output()),
        }
    }
}

impl Buffers {
    /// The input, as much of it as any code looks at; nothing where there is none. A copy, since one buffer may be both.
    unsafe fn input(&self) -> Result<Vec<u8>, Code> {
        if self.room_in == 0 || !boundary::usable(self.input) {
            return Ok(Vec::new());
        }
        // SAFETY: the caller gives the input with its length.
        unsafe { boundary::input(self.input, self.room_in.min(MOST_INPUT) as i32) }.map(<[u8]>::to_vec)
    }

    /// The room for output; none where there is none.
    #[expect(clippy::mut_from_ref, reason = "the caller's memory, and not this structure's")]
    unsafe fn output(&self) -> &mut [u8] {
        if self.room_out == 0 || !boundary::usable(self.output) {
            return &mut [];
        }
        // SAFETY: the caller gives the output with its length.
        unsafe { std::slice::from_raw_parts_mut(self.output, self.room_out as usize) }
    }

    unsafe fn put(&self, bytes: &[u8]) -> Result<usize, Refusal> {
        // SAFETY: as for `output`.
        let output = unsafe { self.output() };
        output.get_mut(..bytes.len()).ok_or(Code::WSAEFAULT)?.copy_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Reads a `SOCKET_ADDRESS_LIST`.
    unsafe fn addresses(&self) -> Result<Vec<Address>, Code> {
        if (self.room_in as usize) < HEAD {
            return Err(Code::WSAEFAULT);
        }
        // SAFETY: the caller gives a list of as many addresses as it says, in a buffer of the given length.
        unsafe {
            let count = boundary::input(self.input, 4)?.first_chunk().map_or(0, |bytes| u32::from_ne_bytes(*bytes));
            if count as usize > (self.room_in as usize - HEAD) / EACH {
                return Err(Code::WSAEFAULT);
            }
            connect_by::read_list(self.input.cast())
        }
    }

    /// Writes a `SOCKET_ADDRESS_LIST`: a count, then pointers with lengths, then what they point to, within the caller's
    /// buffer. Too little room tells how much is needed.
    unsafe fn put_addresses(&self, addresses: &[Address]) -> Result<usize, Refusal> {
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
        unsafe { self.put(&block) }.map_err(|refusal| Refusal { told: Some(block.len() as u32), ..refusal })
    }
}

/// More than the longest structure that a control code reads.
const MOST_INPUT: u32 = 64 * 1024;

/// `SOCKET_ADDRESS_LIST` before its entries, and each of those, in bytes.
const HEAD: usize = 8;
const EACH: usize = 16;
