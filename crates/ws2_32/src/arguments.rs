//! The arguments of `FormatMessage`: an array of pointer-sized values, or C's `va_list`.

use std::ffi::c_void;
use std::marker::PhantomData;

use winsock::message::{Arguments, Characters};

use crate::boundary::usable;
use crate::text::{self, Unit};

const ARGUMENT_ARRAY: u32 = 0x2000;

/// What a caller with characters of type `T` gives.
pub(crate) struct Given<T> {
    source: Source,
    /// A `va_list` is read once, in order.
    read: Vec<u64>,
    characters: PhantomData<T>,
}

enum Source {
    None,
    Array(*const u64),
    List(*mut VaList),
}

/// C's `va_list` on x86-64. Source: System V ABI, AMD64 supplement, 3.5.7.
#[repr(C)]
struct VaList {
    /// Offset of the next general register in the save area; 48 when all six are read.
    gp_offset: u32,
    fp_offset: u32,
    overflow_arg_area: *mut u64,
    reg_save_area: *mut u8,
}

const _: () = assert!(size_of::<VaList>() == 24);

impl<T: Unit> Given<T> {
    /// # Safety
    /// The pointer is null, or by the flags an array with as many values as the message has inserts, or a `va_list *` of
    /// as many; and values that the message calls strings are strings.
    pub(crate) unsafe fn new(arguments: *mut c_void, flags: u32) -> Given<T> {
        let source = match flags & ARGUMENT_ARRAY {
            _ if !usable(arguments) => Source::None,
            0 => Source::List(arguments.cast()),
            _ => Source::Array(arguments.cast()),
        };
        Given { source, read: Vec::new(), characters: PhantomData }
    }

    fn string<U: Unit>(&mut self, index: usize) -> Option<String> {
        let place = std::ptr::with_exposed_provenance::<U>(self.number(index)? as usize);
        // Windows prints this for a null pointer.
        if place.is_null() {
            return Some("(null)".to_owned());
        }
        // SAFETY: `new`'s promise: this is a string.
        unsafe { text::units(place) }.ok().map(|units| U::decode(&units))
    }
}

impl<T: Unit> Arguments for Given<T> {
    fn number(&mut self, index: usize) -> Option<u64> {
        match self.source {
            Source::None => None,
            // SAFETY: `new`'s promise: the array has this argument. Numbers begin at 1.
            Source::Array(values) => Some(unsafe { values.add(index - 1).read_unaligned() }),
            Source::List(list) => {
                while self.read.len() < index {
                    // SAFETY: `new`'s promise: the list has this argument.
                    self.read.push(unsafe { next(list) });
                }
                Some(self.read[index - 1])
            }
        }
    }

    fn text(&mut self, index: usize, characters: Characters) -> Option<String> {
        let wide = size_of::<T>() > 1;
        match characters {
            Characters::Own => self.string::<T>(index),
            Characters::Narrow => self.string::<u8>(index),
            Characters::Wide if wide => self.string::<T>(index),
            Characters::Other if wide => self.string::<u8>(index),
            // The narrow function does not know how wide its caller's wide characters are: Linux' own are.
            Characters::Wide | Characters::Other => self.string::<u32>(index),
        }
    }
}

/// The next general argument.
///
/// # Safety
/// The list is live and has one.
unsafe fn next(list: *mut VaList) -> u64 {
    const REGISTERS_END: u32 = 48;
    // SAFETY: the caller's promise; the ABI says where arguments lie.
    unsafe {
        if (*list).gp_offset < REGISTERS_END {
            let value = (*list).reg_save_area.add((*list).gp_offset as usize).cast::<u64>().read_unaligned();
            (*list).gp_offset += 8;
            value
        } else {
            let value = (*list).overflow_arg_area.read_unaligned();
            (*list).overflow_arg_area = (*list).overflow_arg_area.add(1);
            value
        }
    }
}
