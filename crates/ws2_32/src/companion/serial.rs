//! Serial ports.

use winbase::serial::{self, Parity, Settings, Timeouts};
use winbase::{Code, error};

use super::truth;
use crate::boundary::usable;
use crate::types::HANDLE;

/// `DCB`, whose flags are bits of one number.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct DCB {
    pub DCBlength: u32,
    pub BaudRate: u32,
    pub flags: u32,
    pub wReserved: u16,
    pub XonLim: u16,
    pub XoffLim: u16,
    pub ByteSize: u8,
    pub Parity: u8,
    pub StopBits: u8,
    pub characters: [u8; 5],
    pub wReserved1: u16,
}

const _: () = assert!(size_of::<DCB>() == 28);

const BINARY: u32 = 1;
const PARITY: u32 = 1 << 1;
const OUT_CTS: u32 = 1 << 2;
const DTR_ENABLE: u32 = 1 << 4;
const OUT_X: u32 = 1 << 8;
const IN_X: u32 = 1 << 9;
const RTS_ENABLE: u32 = 1 << 12;
const RTS_HANDSHAKE: u32 = 2 << 12;
const TWO_STOP_BITS: u8 = 2;
const XON: u8 = 0x11;
const XOFF: u8 = 0x13;

/// What a port is set to.
#[unsafe(export_name = "ws2_GetCommState")]
pub unsafe extern "system" fn GetCommState(hfile: HANDLE, lpdcb: *mut DCB) -> i32 {
    truth(serial::settings(hfile.addr()).and_then(|settings| {
        if !usable(lpdcb) {
            return Err(error::INVALID_PARAMETER);
        }
        // SAFETY: the caller gives a place for it.
        unsafe { lpdcb.write_unaligned(told(&settings)) };
        Ok(())
    }))
}

fn told(settings: &Settings) -> DCB {
    let flag = |is_set: bool, bit: u32| if is_set { bit } else { 0 };
    DCB {
        DCBlength: size_of::<DCB>() as u32,
        BaudRate: settings.baud,
        flags: BINARY
            | DTR_ENABLE
            | flag(settings.parity != Parity::None, PARITY)
            | flag(settings.hardware_flow, OUT_CTS)
            | flag(settings.software_flow.0, OUT_X)
            | flag(settings.software_flow.1, IN_X)
            | if settings.hardware_flow { RTS_HANDSHAKE } else { RTS_ENABLE },
        wReserved: 0,
        XonLim: 2048,
        XoffLim: 512,
        ByteSize: settings.bits,
        Parity: settings.parity as u8,
        StopBits: if settings.has_two_stop_bits { TWO_STOP_BITS } else { 0 },
        characters: [XON, XOFF, 0, 0, 0],
        wReserved1: 0,
    }
}

/// Sets a port.
#[unsafe(export_name = "ws2_SetCommState")]
pub unsafe extern "system" fn SetCommState(hfile: HANDLE, lpdcb: *const DCB) -> i32 {
    if !usable(lpdcb) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives one.
    let wanted = unsafe { lpdcb.read_unaligned() };
    truth(Parity::new(wanted.Parity).and_then(|parity| {
        let settings = Settings {
            baud: wanted.BaudRate,
            bits: wanted.ByteSize,
            parity,
            has_two_stop_bits: wanted.StopBits != 0,
            hardware_flow: wanted.flags & OUT_CTS != 0,
            software_flow: (wanted.flags & OUT_X != 0, wanted.flags & IN_X != 0),
        };
        serial::set(hfile.addr(), &settings)
    }))
}

/// How long transfers on a port wait: five numbers.
#[unsafe(export_name = "ws2_GetCommTimeouts")]
pub unsafe extern "system" fn GetCommTimeouts(hfile: HANDLE, lpcommtimeouts: *mut [u32; 5]) -> i32 {
    truth(serial::timeouts(hfile.addr()).and_then(|told| {
        if !usable(lpcommtimeouts) {
            return Err(error::INVALID_PARAMETER);
        }
        let Timeouts { read_interval, read_multiplier, read_constant, write_multiplier, write_constant } = told;
        let numbers = [read_interval, read_multiplier, read_constant, write_multiplier, write_constant];
        // SAFETY: the caller gives a place for it.
        unsafe { lpcommtimeouts.write_unaligned(numbers) };
        Ok(())
    }))
}

/// Sets how long transfers on a port wait.
#[unsafe(export_name = "ws2_SetCommTimeouts")]
pub unsafe extern "system" fn SetCommTimeouts(hfile: HANDLE, lpcommtimeouts: *const [u32; 5]) -> i32 {
    if !usable(lpcommtimeouts) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives one.
    let [read_interval, read_multiplier, read_constant, write_multiplier, write_constant] =
        unsafe { lpcommtimeouts.read_unaligned() };
    let wanted = Timeouts { read_interval, read_multiplier, read_constant, write_multiplier, write_constant };
    truth(serial::set_timeouts(hfile.addr(), wanted))
}

/// Throws away what waits.
#[unsafe(export_name = "ws2_PurgeComm")]
pub extern "system" fn PurgeComm(hfile: HANDLE, dwflags: u32) -> i32 {
    const TX_CLEAR: u32 = 4;
    const RX_CLEAR: u32 = 8;
    truth(serial::purge(hfile.addr(), dwflags & RX_CLEAR != 0, dwflags & TX_CLEAR != 0))
}

/// `COMSTAT`: flags, and how many bytes wait to be read and to be written.
pub type COMSTAT = [u32; 3];

/// Tells what waits; errors of the line are not told.
#[unsafe(export_name = "ws2_ClearCommError")]
pub unsafe extern "system" fn ClearCommError(hfile: HANDLE, lperrors: *mut u32, lpstat: *mut COMSTAT) -> i32 {
    truth(serial::waiting(hfile.addr()).map(|waiting| {
        // SAFETY: the caller gives places, or none.
        unsafe {
            if usable(lperrors) {
                lperrors.write_unaligned(0);
            }
            if usable(lpstat) {
                lpstat.write_unaligned([0, waiting as u32, 0]);
            }
        }
    }))
}

/// The sizes of a port's queues, which Linux chooses.
#[unsafe(export_name = "ws2_SetupComm")]
pub extern "system" fn SetupComm(hfile: HANDLE, _dwinqueue: u32, _dwoutqueue: u32) -> i32 {
    truth(serial::settings(hfile.addr()).map(drop))
}

/// Refused: these lines of a port are the driver's.
#[unsafe(export_name = "ws2_EscapeCommFunction")]
pub extern "system" fn EscapeCommFunction(hfile: HANDLE, _dwfunc: u32) -> i32 {
    truth(serial::settings(hfile.addr()).and(Err::<(), Code>(error::NOT_SUPPORTED)))
}
