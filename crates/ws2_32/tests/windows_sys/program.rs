// A program as it is written on windows-sys, without its `use` line: a server with select and a client, and what the
// client is told when the server resets the connection.

/// The code that `recv` gives the client after the reset, and what came before it.
pub(crate) fn run() -> (WSA_ERROR, Vec<u8>) {
    // SAFETY: every pointer is to a live value of the length beside it.
    unsafe {
        let mut data = WSADATA::default();
        assert_eq!(WSAStartup(0x0202, &mut data), 0);
        let listener = socket(AF_INET.into(), SOCK_STREAM, IPPROTO_TCP);
        assert_ne!(listener, INVALID_SOCKET);
        let mut address = SOCKADDR_IN { sin_family: AF_INET, ..Default::default() };
        address.sin_addr.S_un.S_addr = htonl(INADDR_LOOPBACK);
        let mut length = size_of::<SOCKADDR_IN>() as i32;
        let name: *mut SOCKADDR = (&raw mut address).cast();
        assert_eq!(bind(listener, name, length), 0);
        assert_eq!(getsockname(listener, name, &mut length), 0);
        assert_eq!(listen(listener, SOMAXCONN as i32), 0);

        let client = socket(AF_INET.into(), SOCK_STREAM, IPPROTO_TCP);
        assert_eq!(connect(client, name, length), 0);
        let mut set = FD_SET { fd_count: 1, fd_array: [0; 64] };
        set.fd_array[0] = listener;
        let limit = TIMEVAL { tv_sec: 5, tv_usec: 0 };
        assert_eq!(select(0, &mut set, std::ptr::null_mut(), std::ptr::null_mut(), &limit), 1);
        let server = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
        assert_eq!(send(server, b"hello".as_ptr(), 5, 0), 5);
        let mut buffer = [0; 16];
        assert_eq!(recv(client, buffer.as_mut_ptr(), 5, MSG_WAITALL), 5);

        let linger = LINGER { l_onoff: 1, l_linger: 0 };
        let value: *const u8 = (&raw const linger).cast();
        assert_eq!(setsockopt(server, SOL_SOCKET, SO_LINGER, value, size_of::<LINGER>() as i32), 0);
        closesocket(server);
        let received = recv(client, buffer.as_mut_ptr().add(5), 11, 0);
        let code = if received == SOCKET_ERROR { WSAGetLastError() } else { 0 };
        closesocket(client);
        closesocket(listener);
        WSACleanup();
        (code, buffer[..5].to_vec())
    }
}
