//! The word in which each thread keeps its last error.
//!
//! A shared library finds its thread-local variables by a call (`__tls_get_addr`), which more than doubles the time of
//! `WSAGetLastError`, and no stable switch asks rustc for another way. So where it is known how, the variable is
//! declared to the assembler, in the "initial-exec" model: its place within the thread's block is fixed when the library
//! is loaded. A library opened later (`dlopen`) gets all its thread-local variables out of the reserve of some 1,600 bytes
//! that glibc keeps for that, so they must stay small together; `ws2_32/tests/pointers.rs` opens it so.

#[cfg(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu", not(miri)))]
mod word {
    use std::arch::{asm, global_asm};

    // Weak, so that two versions of this crate can be in one program; hidden, so that it is no name of the library's.
    global_asm!(
        ".pushsection .tbss.winsock_last_error, \"awT\", @nobits",
        ".weak winsock_last_error",
        ".hidden winsock_last_error",
        ".type winsock_last_error, @tls_object",
        ".size winsock_last_error, 4",
        ".p2align 2",
        "winsock_last_error:",
        ".zero 4",
        ".popsection",
    );

    #[inline]
    pub(crate) fn get() -> i32 {
        let value: i32;
        // SAFETY: the linker fills in the variable's distance from the thread pointer; it is 4 bytes, aligned, zero in a
        // new thread, and no other thread's business.
        unsafe {
            asm!(
                "mov {place}, qword ptr [rip + winsock_last_error@GOTTPOFF]",
                "mov {value:e}, dword ptr fs:[{place}]",
                place = out(reg) _,
                value = lateout(reg) value,
                options(nostack, preserves_flags, readonly),
            );
        }
        value
    }

    #[inline]
    pub(crate) fn set(value: i32) {
        // SAFETY: as above.
        unsafe {
            asm!(
                "mov {place}, qword ptr [rip + winsock_last_error@GOTTPOFF]",
                "mov dword ptr fs:[{place}], {value:e}",
                place = out(reg) _,
                value = in(reg) value,
                options(nostack, preserves_flags),
            );
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu", not(miri))))]
mod word {
    use std::cell::Cell;

    thread_local! {
        static LAST: Cell<i32> = const { Cell::new(0) };
    }

    #[inline]
    pub(crate) fn get() -> i32 {
        LAST.get()
    }

    #[inline]
    pub(crate) fn set(value: i32) {
        LAST.set(value);
    }
}

pub(crate) use word::{get, set};
