//! The functions in the shape that the `windows-sys` crate gives them, beside its types and constants.

/// As `windows_sys::Win32`.
pub mod Win32 {
    /// As `windows_sys::Win32::Networking`.
    pub mod Networking {
        /// As `windows_sys::Win32::Networking::WinSock`: its types and constants, and the functions of this library. What the
        /// library does not export does not link; `STATUS.md` names it.
        ///
        /// ```
        /// use ws2_32::Win32::Networking::WinSock::*;
        ///
        /// let mut data = WSADATA::default();
        /// // SAFETY: a place for the data; the other calls take numbers only.
        /// unsafe {
        ///     assert_eq!(WSAStartup(0x0202, &mut data), 0);
        ///     let s = socket(AF_INET.into(), SOCK_STREAM, IPPROTO_TCP);
        ///     assert_eq!(send(s, b"hello".as_ptr(), 5, 0), SOCKET_ERROR);
        ///     assert_eq!(WSAGetLastError(), WSAENOTCONN);
        ///     closesocket(s);
        ///     WSACleanup();
        /// }
        /// ```
        #[allow(missing_docs, reason = "the names are Winsock's and documented there")]
        pub mod WinSock {
            #[doc(no_inline)]
            pub use ::windows_sys::Win32::Networking::WinSock::*;

            // Of the same names as functions among the above, which they hide.
            include!("declarations.rs");

            /// Which sockets are ready; waits for the first.
            ///
            /// # Safety
            /// That of Winsock's `select`: the sets and the time are null or good, and each set is as long as its count says.
            pub unsafe fn select(
                nfds: i32,
                readfds: *mut FD_SET,
                writefds: *mut FD_SET,
                exceptfds: *mut FD_SET,
                timeout: *const TIMEVAL,
            ) -> i32 {
                // SAFETY: the caller's promise; the layouts are the same, see `tests/layout.rs`.
                unsafe {
                    crate::readiness::select(nfds, readfds.cast(), writefds.cast(), exceptfds.cast(), timeout.cast())
                }
            }
        }
    }
}
