// Made by `cargo xtask generate` from entries/ and data/. Do not edit.

use crate::Code;

impl Code {
    /// A handle given to Winsock, usually the event of an overlapped operation, is not valid. (6).
    ///
    /// Category overlapped, retry never.
    ///
    /// Also `ERROR_INVALID_HANDLE`.
    pub const WSA_INVALID_HANDLE: Code = Code::new(6);

    /// Winsock could not allocate memory for this call. (8).
    ///
    /// Category resource, retry backoff.
    ///
    /// Also `ERROR_NOT_ENOUGH_MEMORY`, `EAI_MEMORY`.
    pub const WSA_NOT_ENOUGH_MEMORY: Code = Code::new(8);

    /// A Win32 function under Winsock rejected an argument: a count, a NULL pointer or a buffer length. (87).
    ///
    /// Category argument, retry never.
    ///
    /// Also `ERROR_INVALID_PARAMETER`.
    pub const WSA_INVALID_PARAMETER: Code = Code::new(87);

    /// A pending overlapped operation was cancelled on this side: socket closed, I/O cancelled, or its thread ended. (995).
    ///
    /// Category overlapped, retry never.
    ///
    /// Also `ERROR_OPERATION_ABORTED`.
    pub const WSA_OPERATION_ABORTED: Code = Code::new(995);

    /// Asked for the result of an overlapped operation that is still running. (996).
    ///
    /// Category overlapped, retry wait.
    ///
    /// Also `ERROR_IO_INCOMPLETE`.
    pub const WSA_IO_INCOMPLETE: Code = Code::new(996);

    /// The overlapped operation has started and will finish later; its result arrives with the completion. (997).
    ///
    /// Category overlapped, retry wait.
    ///
    /// Also `ERROR_IO_PENDING`.
    pub const WSA_IO_PENDING: Code = Code::new(997);

    /// Not described yet. (10004).
    ///
    /// Category progress, retry never.
    pub const WSAEINTR: Code = Code::new(10004);

    /// Not described yet. (10009).
    ///
    /// Category argument, retry never.
    pub const WSAEBADF: Code = Code::new(10009);

    /// Windows forbids this use of the address or port: it is reserved, exclusively owned, blocked by a filter, or needs a right or option. (10013).
    ///
    /// Category permission, retry never.
    pub const WSAEACCES: Code = Code::new(10013);

    /// A pointer given to the call is bad, or the length given with it is too small. (10014).
    ///
    /// Category argument, retry never.
    pub const WSAEFAULT: Code = Code::new(10014);

    /// Not described yet. (10022).
    ///
    /// Category argument, retry never.
    ///
    /// Also `EAI_BADFLAGS`.
    pub const WSAEINVAL: Code = Code::new(10022);

    /// Not described yet. (10024).
    ///
    /// Category resource, retry never.
    pub const WSAEMFILE: Code = Code::new(10024);

    /// The socket is non-blocking and the call cannot finish now: no data, no room, no caller, or the connect is still under way. Not a failure. (10035).
    ///
    /// Category progress, retry wait.
    pub const WSAEWOULDBLOCK: Code = Code::new(10035);

    /// Not described yet. (10036).
    ///
    /// Category progress, retry never.
    pub const WSAEINPROGRESS: Code = Code::new(10036);

    /// The connect that was started on this non-blocking socket is still running. (10037).
    ///
    /// Category progress, retry wait.
    pub const WSAEALREADY: Code = Code::new(10037);

    /// The handle passed to Winsock is not an open socket: already closed, never created, or a file, pipe, console or C runtime descriptor. (10038).
    ///
    /// Category argument, retry never.
    pub const WSAENOTSOCK: Code = Code::new(10038);

    /// Not described yet. (10039).
    ///
    /// Category argument, retry never.
    pub const WSAEDESTADDRREQ: Code = Code::new(10039);

    /// A datagram is too big: for the network when sending, for the buffer when receiving (the rest is lost). (10040).
    ///
    /// Category argument, retry never.
    pub const WSAEMSGSIZE: Code = Code::new(10040);

    /// Not described yet. (10041).
    ///
    /// Category protocol, retry never.
    pub const WSAEPROTOTYPE: Code = Code::new(10041);

    /// Not described yet. (10042).
    ///
    /// Category argument, retry never.
    pub const WSAENOPROTOOPT: Code = Code::new(10042);

    /// Not described yet. (10043).
    ///
    /// Category protocol, retry never.
    pub const WSAEPROTONOSUPPORT: Code = Code::new(10043);

    /// Not described yet. (10044).
    ///
    /// Category protocol, retry never.
    ///
    /// Also `EAI_SOCKTYPE`.
    pub const WSAESOCKTNOSUPPORT: Code = Code::new(10044);

    /// Not described yet. (10045).
    ///
    /// Category argument, retry never.
    pub const WSAEOPNOTSUPP: Code = Code::new(10045);

    /// Not described yet. (10046).
    ///
    /// Category protocol, retry never.
    pub const WSAEPFNOSUPPORT: Code = Code::new(10046);

    /// The address family is unknown here, or it does not match the family of the socket. (10047).
    ///
    /// Category protocol, retry never.
    ///
    /// Also `EAI_FAMILY`.
    pub const WSAEAFNOSUPPORT: Code = Code::new(10047);

    /// Another socket on this machine already uses this address and port (or, for an outgoing connection, this pair of endpoints). (10048).
    ///
    /// Category address, retry never.
    pub const WSAEADDRINUSE: Code = Code::new(10048);

    /// Not described yet. (10049).
    ///
    /// Category address, retry never.
    pub const WSAEADDRNOTAVAIL: Code = Code::new(10049);

    /// Not described yet. (10050).
    ///
    /// Category network, retry never.
    pub const WSAENETDOWN: Code = Code::new(10050);

    /// Not described yet. (10051).
    ///
    /// Category network, retry never.
    pub const WSAENETUNREACH: Code = Code::new(10051);

    /// Not described yet. (10052).
    ///
    /// Category network, retry never.
    pub const WSAENETRESET: Code = Code::new(10052);

    /// This machine ended a working connection: the peer had gone or stopped answering, or local software cut it. (10053).
    ///
    /// Category connection, retry reconnect.
    pub const WSAECONNABORTED: Code = Code::new(10053);

    /// A reset (TCP RST) arrived: the other end, or a device posing as it, threw the connection away. On UDP: nobody listens there. (10054).
    ///
    /// Category connection, retry reconnect.
    pub const WSAECONNRESET: Code = Code::new(10054);

    /// Not described yet. (10055).
    ///
    /// Category resource, retry never.
    pub const WSAENOBUFS: Code = Code::new(10055);

    /// The socket is already connected, so it cannot be connected (or put to listen) again. (10056).
    ///
    /// Category connection, retry never.
    pub const WSAEISCONN: Code = Code::new(10056);

    /// The call needs a connection, and this socket has none: not connected yet, never connected, or no longer. (10057).
    ///
    /// Category connection, retry never.
    pub const WSAENOTCONN: Code = Code::new(10057);

    /// This program itself has already shut down that direction of the socket, so it cannot send or receive there. (10058).
    ///
    /// Category connection, retry reconnect.
    pub const WSAESHUTDOWN: Code = Code::new(10058);

    /// Not described yet. (10059).
    ///
    /// Category legacy, retry never.
    pub const WSAETOOMANYREFS: Code = Code::new(10059);

    /// Nobody answered in time: a connect got no reply at all, or a live connection or your own receive timeout ran out. (10060).
    ///
    /// Category connection, retry backoff.
    pub const WSAETIMEDOUT: Code = Code::new(10060);

    /// Not described yet. (10061).
    ///
    /// Category connection, retry never.
    pub const WSAECONNREFUSED: Code = Code::new(10061);

    /// Not described yet. (10062).
    ///
    /// Category legacy, retry never.
    pub const WSAELOOP: Code = Code::new(10062);

    /// Not described yet. (10063).
    ///
    /// Category legacy, retry never.
    pub const WSAENAMETOOLONG: Code = Code::new(10063);

    /// Not described yet. (10064).
    ///
    /// Category network, retry never.
    pub const WSAEHOSTDOWN: Code = Code::new(10064);

    /// Not described yet. (10065).
    ///
    /// Category network, retry never.
    pub const WSAEHOSTUNREACH: Code = Code::new(10065);

    /// Not described yet. (10066).
    ///
    /// Category legacy, retry never.
    pub const WSAENOTEMPTY: Code = Code::new(10066);

    /// Not described yet. (10067).
    ///
    /// Category resource, retry never.
    pub const WSAEPROCLIM: Code = Code::new(10067);

    /// Not described yet. (10068).
    ///
    /// Category resource, retry never.
    pub const WSAEUSERS: Code = Code::new(10068);

    /// Not described yet. (10069).
    ///
    /// Category legacy, retry never.
    pub const WSAEDQUOT: Code = Code::new(10069);

    /// Not described yet. (10070).
    ///
    /// Category legacy, retry never.
    pub const WSAESTALE: Code = Code::new(10070);

    /// Not described yet. (10071).
    ///
    /// Category legacy, retry never.
    pub const WSAEREMOTE: Code = Code::new(10071);

    /// Not described yet. (10091).
    ///
    /// Category startup, retry never.
    pub const WSASYSNOTREADY: Code = Code::new(10091);

    /// Not described yet. (10092).
    ///
    /// Category startup, retry never.
    pub const WSAVERNOTSUPPORTED: Code = Code::new(10092);

    /// Not described yet. (10093).
    ///
    /// Category startup, retry never.
    pub const WSANOTINITIALISED: Code = Code::new(10093);

    /// Not described yet. (10101).
    ///
    /// Category connection, retry never.
    pub const WSAEDISCON: Code = Code::new(10101);

    /// Not described yet. (10102).
    ///
    /// Category namespace, retry never.
    pub const WSAENOMORE: Code = Code::new(10102);

    /// Not described yet. (10103).
    ///
    /// Category namespace, retry never.
    pub const WSAECANCELLED: Code = Code::new(10103);

    /// Not described yet. (10104).
    ///
    /// Category provider, retry never.
    pub const WSAEINVALIDPROCTABLE: Code = Code::new(10104);

    /// Not described yet. (10105).
    ///
    /// Category provider, retry never.
    pub const WSAEINVALIDPROVIDER: Code = Code::new(10105);

    /// Not described yet. (10106).
    ///
    /// Category provider, retry never.
    pub const WSAEPROVIDERFAILEDINIT: Code = Code::new(10106);

    /// Not described yet. (10107).
    ///
    /// Category provider, retry never.
    pub const WSASYSCALLFAILURE: Code = Code::new(10107);

    /// Not described yet. (10108).
    ///
    /// Category namespace, retry never.
    pub const WSASERVICE_NOT_FOUND: Code = Code::new(10108);

    /// Not described yet. (10109).
    ///
    /// Category namespace, retry never.
    ///
    /// Also `EAI_SERVICE`.
    pub const WSATYPE_NOT_FOUND: Code = Code::new(10109);

    /// Not described yet. (10110).
    ///
    /// Category namespace, retry never.
    pub const WSA_E_NO_MORE: Code = Code::new(10110);

    /// Not described yet. (10111).
    ///
    /// Category namespace, retry never.
    pub const WSA_E_CANCELLED: Code = Code::new(10111);

    /// Not described yet. (10112).
    ///
    /// Category namespace, retry never.
    pub const WSAEREFUSED: Code = Code::new(10112);

    /// Not described yet. (11001).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `HOST_NOT_FOUND`, `EAI_NONAME`.
    pub const WSAHOST_NOT_FOUND: Code = Code::new(11001);

    /// Not described yet. (11002).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `TRY_AGAIN`, `EAI_AGAIN`.
    pub const WSATRY_AGAIN: Code = Code::new(11002);

    /// Not described yet. (11003).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `NO_RECOVERY`, `EAI_FAIL`.
    pub const WSANO_RECOVERY: Code = Code::new(11003);

    /// Not described yet. (11004).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `NO_DATA`, `WSANO_ADDRESS`, `NO_ADDRESS`, `EAI_NODATA`.
    pub const WSANO_DATA: Code = Code::new(11004);

    /// Not described yet. (11005).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_RECEIVERS: Code = Code::new(11005);

    /// Not described yet. (11006).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_SENDERS: Code = Code::new(11006);

    /// Not described yet. (11007).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_NO_SENDERS: Code = Code::new(11007);

    /// Not described yet. (11008).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_NO_RECEIVERS: Code = Code::new(11008);

    /// Not described yet. (11009).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_REQUEST_CONFIRMED: Code = Code::new(11009);

    /// Not described yet. (11010).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_ADMISSION_FAILURE: Code = Code::new(11010);

    /// Not described yet. (11011).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_POLICY_FAILURE: Code = Code::new(11011);

    /// Not described yet. (11012).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_BAD_STYLE: Code = Code::new(11012);

    /// Not described yet. (11013).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_BAD_OBJECT: Code = Code::new(11013);

    /// Not described yet. (11014).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_TRAFFIC_CTRL_ERROR: Code = Code::new(11014);

    /// Not described yet. (11015).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_GENERIC_ERROR: Code = Code::new(11015);

    /// Not described yet. (11016).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_ESERVICETYPE: Code = Code::new(11016);

    /// Not described yet. (11017).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFLOWSPEC: Code = Code::new(11017);

    /// Not described yet. (11018).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPROVSPECBUF: Code = Code::new(11018);

    /// Not described yet. (11019).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFILTERSTYLE: Code = Code::new(11019);

    /// Not described yet. (11020).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFILTERTYPE: Code = Code::new(11020);

    /// Not described yet. (11021).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFILTERCOUNT: Code = Code::new(11021);

    /// Not described yet. (11022).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EOBJLENGTH: Code = Code::new(11022);

    /// Not described yet. (11023).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFLOWCOUNT: Code = Code::new(11023);

    /// Not described yet. (11024).
    ///
    /// Category qos, retry never.
    ///
    /// Also `WSA_QOS_EUNKNOWNPSOBJ`.
    pub const WSA_QOS_EUNKOWNPSOBJ: Code = Code::new(11024);

    /// Not described yet. (11025).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPOLICYOBJ: Code = Code::new(11025);

    /// Not described yet. (11026).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFLOWDESC: Code = Code::new(11026);

    /// Not described yet. (11027).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPSFLOWSPEC: Code = Code::new(11027);

    /// Not described yet. (11028).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPSFILTERSPEC: Code = Code::new(11028);

    /// Not described yet. (11029).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_ESDMODEOBJ: Code = Code::new(11029);

    /// Not described yet. (11030).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_ESHAPERATEOBJ: Code = Code::new(11030);

    /// Not described yet. (11031).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_RESERVED_PETYPE: Code = Code::new(11031);

    /// Not described yet. (11032).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `EAI_SECURE_NAME`.
    pub const WSA_SECURE_HOST_NOT_FOUND: Code = Code::new(11032);

    /// Not described yet. (11033).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `EAI_IPSECPOLICY`.
    pub const WSA_IPSEC_NAME_POLICY_ERROR: Code = Code::new(11033);
}
