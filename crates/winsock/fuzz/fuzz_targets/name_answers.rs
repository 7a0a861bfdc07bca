//! Whatever a name server answers and whatever the name files hold is read without a panic, in bounded time.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| winsock::names::fuzz(bytes));
