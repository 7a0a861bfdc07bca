//! Options and control codes with any level, name, buffer and length: never a byte outside of the buffers, which are
//! exactly as long as said and on the heap, where the address sanitizer watches their ends.
#![no_main]

use std::ptr::null_mut;

use libfuzzer_sys::fuzz_target;
use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use ws2_32::{WSAIoctl, closesocket, getsockopt, setsockopt, socket};

#[derive(Debug)]
struct Call {
    kind: u8,
    level: i32,
    name: i32,
    code: u32,
    input: Vec<u8>,
    room: u8,
}

/// Levels and names are mostly ones that exist; a blind search would rarely meet them.
const LEVELS: [i32; 6] = [0xffff, 0, 6, 17, 41, 27];
/// FIONBIO and its like, and the SIO codes of Winsock, by their numbers.
const CODES: [u32; 24] = [
    0x8004_667e, 0x4004_667f, 0x4004_7307, 0x9800_0004, 0x9800_000c, 0x4800_0016, 0x4004_747f, 0x4008_747e, 0x4800_0022,
    0x4800_001b, 0xc800_0014, 0xc800_0006, 0xc800_0024, 0x2800_0017, 0x2800_0002, 0x9800_0009, 0x9800_000a, 0x4800_0005,
    0x9800_0001, 0xd800_0027, 0x8800_000b, 0x9800_0010, 0x9800_001a, 0x9800_0013,
];

impl<'a> Arbitrary<'a> for Call {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Call> {
        let (level, name) = (u.arbitrary()?, u.arbitrary::<i32>()?);
        let (kind, code, room): (u8, u32, u8) = (u.arbitrary()?, u.arbitrary()?, u.arbitrary()?);
        let input = u.arbitrary::<Vec<u8>>()?;
        let level = if kind & 1 == 0 { LEVELS[(level as u32 as usize) % LEVELS.len()] } else { level };
        let name = match kind >> 1 & 3 {
            0 => name & 0xff,
            1 => 0x1000 | name & 0xff,
            2 => 0x7000 | name & 0x3f,
            _ => name,
        };
        let code = if kind & 8 == 0 { CODES[code as usize % CODES.len()] } else { code };
        Ok(Call { kind: kind >> 4, level, name, code, input: input.into_iter().take(512).collect(), room })
    }
}

fuzz_target!(init: winsock::startup(0x0202).unwrap(), |call: Call| {
    let (family, kind) = [(2, 1), (2, 2), (23, 1), (23, 2)][usize::from(call.kind) % 4];
    let s = socket(family, kind, 0);
    let mut output = vec![0u8; call.room.into()].into_boxed_slice();
    let input = call.input.into_boxed_slice();
    // SAFETY: every length is that of the buffer beside it.
    unsafe {
        setsockopt(s, call.level, call.name, input.as_ptr(), input.len() as i32);
        let mut length = output.len() as i32;
        getsockopt(s, call.level, call.name, output.as_mut_ptr(), &raw mut length);
        assert!(length <= 1024);
        let mut told = 0;
        WSAIoctl(
            s,
            call.code,
            input.as_ptr(),
            input.len() as u32,
            output.as_mut_ptr(),
            output.len() as u32,
            &raw mut told,
            null_mut(),
            None,
        );
    }
    closesocket(s);
});
