//! `DnsQuery`: lists of records, each in one block of memory with its names.

use std::ffi::c_void;
use std::net::Ipv4Addr;
use std::ptr::null_mut;

use winbase::dns::{self, Data, Record};

use super::text_function;
use crate::boundary::usable;
use crate::text::Unit;

/// `DNSREC_ANSWER`: the part of the answer that records are of.
const ANSWER: u32 = 1;
/// `DnsFreeRecordList`.
const RECORD_LIST: i32 = 1;
/// The most servers that a caller's list is believed to have.
const MOST_SERVERS: u32 = 64;

/// What every `DNS_RECORD` begins with.
#[repr(C)]
struct Head {
    next: *mut Head,
    name: *mut c_void,
    kind: u16,
    data_length: u16,
    flags: u32,
    ttl: u32,
    reserved: u32,
}

const _: () = assert!(size_of::<Head>() == 32);

text_function! {
    /// Asks for records; 0 or the error.
    ws2_DnsQuery_A, ws2_DnsQuery_W, ws2_DnsQuery_W_utf32,
    (
        pszname: *const T,
        wtype: u16,
        options: u32,
        pextra: *const c_void,
        ppqueryresults: *mut *mut c_void,
        preserved: *mut *mut c_void,
    ) -> i32 {
        // SAFETY: the caller's promises are those of the page.
        unsafe {
            if usable(preserved) {
                preserved.write_unaligned(null_mut());
            }
            let found = super::files::name(pszname).and_then(|name| dns::query(&name, wtype, &servers(pextra), options));
            let (status, list) = match found {
                Ok(records) => (0, list::<T>(&records)),
                Err(code) => (code.value(), null_mut()),
            };
            if usable(ppqueryresults) {
                ppqueryresults.write_unaligned(list.cast());
            } else {
                free(list);
            }
            status
        }
    }
}

/// The servers of an `IP4_ARRAY`.
///
/// # Safety
/// If usable, the pointer is to a number and so many addresses.
unsafe fn servers(array: *const c_void) -> Vec<Ipv4Addr> {
    if !usable(array) {
        return Vec::new();
    }
    let words = array.cast::<u32>();
    // SAFETY: the caller's promise.
    unsafe {
        let count = words.read_unaligned().min(MOST_SERVERS) as usize;
        (1..=count).map(|at| Ipv4Addr::from(words.add(at).read_unaligned().to_ne_bytes())).collect()
    }
}

/// A block that grows: the fixed part of a record, and behind it the texts that it points to.
struct Block {
    bytes: Vec<u8>,
    /// Where a pointer stands, and where in the block it points.
    pointers: Vec<(usize, usize)>,
}

impl Block {
    fn new(fixed: usize) -> Block {
        Block { bytes: vec![0; fixed], pointers: Vec::new() }
    }

    fn put(&mut self, at: usize, bytes: &[u8]) {
        self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// Appends a text with its zero, and points to it from `at`.
    fn text<T: Unit>(&mut self, at: usize, text: &str) {
        let start = self.bytes.len().next_multiple_of(size_of::<u64>());
        let units: Vec<T> = T::encode(text).into_iter().chain([T::default()]).collect();
        let length = size_of_val(&units[..]);
        self.bytes.resize(start + length, 0);
        // SAFETY: units are plain numbers without padding, and there is room for all of them.
        unsafe {
            std::ptr::copy_nonoverlapping(units.as_ptr().cast::<u8>(), self.bytes.as_mut_ptr().add(start), length)
        };
        self.pointers.push((at, start));
    }

    /// The block in memory of malloc, null if there is none.
    fn leak(self) -> *mut Head {
        // SAFETY: a fresh block; every pointer lies within the fixed part.
        unsafe {
            let place = libc::malloc(self.bytes.len()).cast::<u8>();
            if !place.is_null() {
                std::ptr::copy_nonoverlapping(self.bytes.as_ptr(), place, self.bytes.len());
                for (at, target) in self.pointers {
                    place.add(at).cast::<*mut u8>().write_unaligned(place.add(target));
                }
            }
            place.cast()
        }
    }
}

const HEAD: usize = size_of::<Head>();
const POINTER: usize = size_of::<*mut u8>();

fn list<T: Unit>(records: &[Record]) -> *mut Head {
    let mut first = null_mut();
    for record in records.iter().rev() {
        let block = block::<T>(record).leak();
        if !block.is_null() {
            // SAFETY: a block of this list, which begins with a head.
            unsafe { (*block).next = first };
            first = block;
        }
    }
    first
}

/// The layout of `DNS_RECORD` for each type of data, as windns.h has it.
fn block<T: Unit>(record: &Record) -> Block {
    let data_length = match &record.data {
        Data::A(_) => 4,
        Data::Aaaa(_) => 16,
        Data::Name(_) => POINTER,
        Data::Mx(..) => POINTER + 4,
        Data::Srv(..) => POINTER + 8,
        Data::Soa(..) => 2 * POINTER + 24,
        Data::Txt(texts) => POINTER * (1 + texts.len().max(1)),
        Data::Other(bytes) => 4 + bytes.len(),
    };
    // Room for every form of the union, which programs may copy as a whole.
    let mut block = Block::new(HEAD + data_length.max(48));
    block.text::<T>(POINTER, &record.name);
    block.put(16, &record.kind.to_ne_bytes());
    block.put(18, &u16::try_from(data_length).unwrap_or(u16::MAX).to_ne_bytes());
    block.put(20, &ANSWER.to_ne_bytes());
    block.put(24, &record.ttl.to_ne_bytes());
    match &record.data {
        Data::A(address) => block.put(HEAD, &address.octets()),
        Data::Aaaa(address) => block.put(HEAD, &address.octets()),
        Data::Name(name) => block.text::<T>(HEAD, name),
        Data::Mx(preference, host) => {
            block.text::<T>(HEAD, host);
            block.put(HEAD + POINTER, &preference.to_ne_bytes());
        }
        Data::Srv(priority, weight, port, host) => {
            block.text::<T>(HEAD, host);
            for (at, number) in [priority, weight, port].into_iter().enumerate() {
                block.put(HEAD + POINTER + 2 * at, &number.to_ne_bytes());
            }
        }
        Data::Soa(server, person, numbers) => {
            block.text::<T>(HEAD, server);
            block.text::<T>(HEAD + POINTER, person);
            for (at, number) in numbers.iter().enumerate() {
                block.put(HEAD + 2 * POINTER + 4 * at, &number.to_ne_bytes());
            }
        }
        Data::Txt(texts) => {
            block.put(HEAD, &(texts.len() as u32).to_ne_bytes());
            for (at, text) in texts.iter().enumerate() {
                block.text::<T>(HEAD + POINTER * (1 + at), text);
            }
        }
        Data::Other(bytes) => {
            block.put(HEAD, &(bytes.len() as u32).to_ne_bytes());
            block.put(HEAD + 4, bytes);
        }
    }
    block
}

/// Gives back what [`DnsQuery_A`](https://learn.microsoft.com/windows/win32/api/windns/nf-windns-dnsquery_a) gave.
#[unsafe(export_name = "ws2_DnsFree")]
pub unsafe extern "system" fn DnsFree(pdata: *mut c_void, freetype: i32) {
    // SAFETY: null, or what this file allocated; the caller is done with it.
    unsafe {
        match freetype {
            RECORD_LIST => free(pdata.cast()),
            _ => libc::free(pdata),
        }
    }
}

/// # Safety
/// Null, or a list of [`list`].
unsafe fn free(mut record: *mut Head) {
    while usable(record) {
        // SAFETY: the caller's promise.
        unsafe {
            let next = (*record).next;
            libc::free(record.cast());
            record = next;
        }
    }
}
