//! [`Call`]: the functions whose documentation lists the codes they return.

macro_rules! calls {
    ($($variant:ident = $text:literal, $page:literal,)*) => {
        /// A Winsock function in Winsock's own spelling, or one of the per-event error fields of
        /// `WSAEnumNetworkEvents`.
        ///
        /// ```
        /// use winsock_codes::Call;
        ///
        /// assert_eq!(Call::from_name("wsarecv"), Some(Call::WSARecv));
        /// assert_eq!(Call::WSARecv.as_str(), "WSARecv");
        /// assert_eq!(Call::recv.page(), "https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(non_camel_case_types, reason = "the names are Winsock's, letter for letter")]
        #[non_exhaustive]
        pub enum Call {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
        }

        impl Call {
            /// Every call, in alphabetical order.
            pub const ALL: &'static [Call] = &[$(Call::$variant),*];

            /// The call as documentation writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Call::$variant => $text,)* }
            }

            /// The name of the Rust variant, which is a plain identifier for every call.
            #[must_use]
            pub const fn identifier(self) -> &'static str {
                match self { $(Call::$variant => stringify!($variant),)* }
            }

            /// The documentation page that lists the call's codes.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self {
                    $(Call::$variant => concat!("https://learn.microsoft.com/windows/win32/api/", $page),)*
                }
            }
        }
    };
}

calls! {
    accept = "accept", "winsock2/nf-winsock2-accept",
    AcceptEx = "AcceptEx", "mswsock/nf-mswsock-acceptex",
    bind = "bind", "winsock2/nf-winsock2-bind",
    closesocket = "closesocket", "winsock2/nf-winsock2-closesocket",
    connect = "connect", "winsock2/nf-winsock2-connect",
    ConnectEx = "ConnectEx", "mswsock/nc-mswsock-lpfn_connectex",
    DisconnectEx = "DisconnectEx", "mswsock/nc-mswsock-lpfn_disconnectex",
    getaddrinfo = "getaddrinfo", "ws2tcpip/nf-ws2tcpip-getaddrinfo",
    gethostbyname = "gethostbyname", "winsock2/nf-winsock2-gethostbyname",
    gethostname = "gethostname", "winsock2/nf-winsock2-gethostname",
    getnameinfo = "getnameinfo", "ws2tcpip/nf-ws2tcpip-getnameinfo",
    getpeername = "getpeername", "winsock2/nf-winsock2-getpeername",
    getsockname = "getsockname", "winsock2/nf-winsock2-getsockname",
    getsockopt = "getsockopt", "winsock2/nf-winsock2-getsockopt",
    inet_pton = "inet_pton", "ws2tcpip/nf-ws2tcpip-inet_pton",
    InetNtop = "InetNtop", "ws2tcpip/nf-ws2tcpip-inet_ntop",
    ioctlsocket = "ioctlsocket", "winsock2/nf-winsock2-ioctlsocket",
    listen = "listen", "winsock2/nf-winsock2-listen",
    recv = "recv", "winsock/nf-winsock-recv",
    recvfrom = "recvfrom", "winsock/nf-winsock-recvfrom",
    select = "select", "winsock2/nf-winsock2-select",
    send = "send", "winsock2/nf-winsock2-send",
    sendto = "sendto", "winsock/nf-winsock-sendto",
    setsockopt = "setsockopt", "winsock/nf-winsock-setsockopt",
    shutdown = "shutdown", "winsock/nf-winsock-shutdown",
    socket = "socket", "winsock2/nf-winsock2-socket",
    TransmitFile = "TransmitFile", "mswsock/nf-mswsock-transmitfile",
    WSAAccept = "WSAAccept", "winsock2/nf-winsock2-wsaaccept",
    WSAAddressToString = "WSAAddressToString", "winsock2/nf-winsock2-wsaaddresstostringa",
    WSACleanup = "WSACleanup", "winsock/nf-winsock-wsacleanup",
    WSAConnect = "WSAConnect", "winsock2/nf-winsock2-wsaconnect",
    WSADuplicateSocket = "WSADuplicateSocket", "winsock2/nf-winsock2-wsaduplicatesocketa",
    WSAEnumNetworkEvents = "WSAEnumNetworkEvents", "winsock2/nf-winsock2-wsaenumnetworkevents",
    WSAEnumNetworkEvents_FD_CLOSE = "WSAEnumNetworkEvents (iErrorCode FD_CLOSE)", "winsock2/nf-winsock2-wsaenumnetworkevents",
    WSAEnumNetworkEvents_FD_CONNECT = "WSAEnumNetworkEvents (iErrorCode FD_CONNECT)", "winsock2/nf-winsock2-wsaenumnetworkevents",
    WSAEnumNetworkEvents_FD_ROUTING_INTERFACE_CHANGE = "WSAEnumNetworkEvents (iErrorCode FD_ROUTING_INTERFACE_CHANGE)", "winsock2/nf-winsock2-wsaenumnetworkevents",
    WSAEnumNetworkEvents_other = "WSAEnumNetworkEvents (iErrorCode FD_READ/FD_WRITE/FD_OOB/FD_ACCEPT/FD_QOS)", "winsock2/nf-winsock2-wsaenumnetworkevents",
    WSAEventSelect = "WSAEventSelect", "winsock2/nf-winsock2-wsaeventselect",
    WSAGetOverlappedResult = "WSAGetOverlappedResult", "winsock2/nf-winsock2-wsagetoverlappedresult",
    WSAIoctl = "WSAIoctl", "winsock2/nf-winsock2-wsaioctl",
    WSAJoinLeaf = "WSAJoinLeaf", "winsock2/nf-winsock2-wsajoinleaf",
    WSAPoll = "WSAPoll", "winsock2/nf-winsock2-wsapoll",
    WSARecv = "WSARecv", "winsock2/nf-winsock2-wsarecv",
    WSARecvFrom = "WSARecvFrom", "winsock2/nf-winsock2-wsarecvfrom",
    WSASend = "WSASend", "winsock2/nf-winsock2-wsasend",
    WSASendTo = "WSASendTo", "winsock2/nf-winsock2-wsasendto",
    WSASocket = "WSASocket", "winsock2/nf-winsock2-wsasocketw",
    WSAStartup = "WSAStartup", "winsock/nf-winsock-wsastartup",
    WSAStringToAddress = "WSAStringToAddress", "winsock2/nf-winsock2-wsastringtoaddressa",
}

impl Call {
    /// The call with this name, in any mixture of case; the `A` or `W` at the end of a string function may be there or
    /// not, and `(...)` behind the name is passed over.
    ///
    /// ```
    /// # use winsock_codes::Call;
    /// assert_eq!(Call::from_name("WSASocketW"), Some(Call::WSASocket));
    /// assert_eq!(Call::from_name("SEND()"), Some(Call::send));
    /// assert_eq!(Call::from_name("sent"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Call> {
        let name = name.trim();
        let exact = |wanted: &str| {
            Call::ALL.iter().copied().find(|call| {
                call.as_str().eq_ignore_ascii_case(wanted) || call.identifier().eq_ignore_ascii_case(wanted)
            })
        };
        let bare = name.split_once('(').map_or(name, |(before, _)| before.trim_end());
        exact(name)
            .or_else(|| exact(bare))
            .or_else(|| exact(bare.strip_suffix(['A', 'W', 'a', 'w'])?))
            // Microsoft documents the two directions of one pair under different names.
            .or_else(|| if bare.eq_ignore_ascii_case("inet_ntop") { Some(Call::InetNtop) } else { None })
            .or_else(|| if bare.eq_ignore_ascii_case("InetPton") { Some(Call::inet_pton) } else { None })
    }
}

impl core::fmt::Display for Call {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.as_str())
    }
}
