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

    /// A blocking call was cut short from inside this process, today nearly always because another thread closed the socket. (10004).
    ///
    /// Category progress, retry never.
    pub const WSAEINTR: Code = Code::new(10004);

    /// Bad file handle, a number taken over from BSD: for a bad socket Windows says 10038 instead. (10009).
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

    /// The call was given an argument it does not accept, or came when the socket was in the wrong state, most often not yet bound. (10022).
    ///
    /// Category argument, retry never.
    ///
    /// Also `EAI_BADFLAGS`.
    pub const WSAEINVAL: Code = Code::new(10022);

    /// No more socket handles: a program leaks sockets, or a layered provider has a limit of its own. (10024).
    ///
    /// Category resource, retry backoff.
    pub const WSAEMFILE: Code = Code::new(10024);

    /// The socket is non-blocking and the call cannot finish now: no data, no room, no caller, or the connect is still under way. Not a failure. (10035).
    ///
    /// Category progress, retry wait.
    pub const WSAEWOULDBLOCK: Code = Code::new(10035);

    /// Winsock 1.1 guard: the thread already runs a blocking call, and only that one is allowed at a time. (10036).
    ///
    /// Category progress, retry wait.
    pub const WSAEINPROGRESS: Code = Code::new(10036);

    /// The connect that was started on this non-blocking socket is still running. (10037).
    ///
    /// Category progress, retry wait.
    pub const WSAEALREADY: Code = Code::new(10037);

    /// The handle passed to Winsock is not an open socket: already closed, never created, or a file, pipe, console or C runtime descriptor. (10038).
    ///
    /// Category argument, retry never.
    pub const WSAENOTSOCK: Code = Code::new(10038);

    /// A datagram was to be sent, but nobody said where to. (10039).
    ///
    /// Category argument, retry never.
    pub const WSAEDESTADDRREQ: Code = Code::new(10039);

    /// A datagram is too big: for the network when sending, for the buffer when receiving (the rest is lost). (10040).
    ///
    /// Category argument, retry never.
    pub const WSAEMSGSIZE: Code = Code::new(10040);

    /// The protocol exists but does not fit the socket type; Windows itself reports this mix as 10043. (10041).
    ///
    /// Category protocol, retry never.
    pub const WSAEPROTOTYPE: Code = Code::new(10041);

    /// The socket option is unknown here, or does not apply to this kind of socket. (10042).
    ///
    /// Category argument, retry never.
    pub const WSAENOPROTOOPT: Code = Code::new(10042);

    /// The protocol asked for does not exist here, or does not fit the socket type. (10043).
    ///
    /// Category protocol, retry never.
    pub const WSAEPROTONOSUPPORT: Code = Code::new(10043);

    /// The socket type does not exist in this address family. (10044).
    ///
    /// Category protocol, retry never.
    ///
    /// Also `EAI_SOCKTYPE`.
    pub const WSAESOCKTNOSUPPORT: Code = Code::new(10044);

    /// This kind of socket does not support the operation, flag or command. (10045).
    ///
    /// Category argument, retry never.
    pub const WSAEOPNOTSUPP: Code = Code::new(10045);

    /// Protocol family not supported: the older name of 10047, which Windows returns instead. (10046).
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

    /// The address cannot be used here: bind to an address this machine does not have, or connect to 0.0.0.0 or to port 0. (10049).
    ///
    /// Category address, retry never.
    pub const WSAEADDRNOTAVAIL: Code = Code::new(10049);

    /// The network subsystem under the socket failed; for an AF_UNIX socket, often the path does not exist. (10050).
    ///
    /// Category network, retry backoff.
    pub const WSAENETDOWN: Code = Code::new(10050);

    /// This machine has no route to the destination, so nothing was sent: no network, no IPv6, VPN down, or the wrong interface for multicast. (10051).
    ///
    /// Category network, retry backoff.
    pub const WSAENETUNREACH: Code = Code::new(10051);

    /// TCP: keep-alive found the connection dead. UDP: a datagram sent earlier ran out of hops on its way. (10052).
    ///
    /// Category network, retry reconnect.
    pub const WSAENETRESET: Code = Code::new(10052);

    /// This machine ended a working connection: the peer had gone or stopped answering, or local software cut it. (10053).
    ///
    /// Category connection, retry reconnect.
    pub const WSAECONNABORTED: Code = Code::new(10053);

    /// A reset (TCP RST) arrived: the other end, or a device posing as it, threw the connection away. On UDP: nobody listens there. (10054).
    ///
    /// Category connection, retry reconnect.
    pub const WSAECONNRESET: Code = Code::new(10054);

    /// Windows ran out of something sockets need: free local ports, kernel memory or queue space. Often the whole machine suffers. (10055).
    ///
    /// Category resource, retry backoff.
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

    /// Too many references to a kernel object: a number taken over from BSD, unused by Windows. (10059).
    ///
    /// Category legacy, retry never.
    pub const WSAETOOMANYREFS: Code = Code::new(10059);

    /// Nobody answered in time: a connect got no reply at all, or a live connection or your own receive timeout ran out. (10060).
    ///
    /// Category connection, retry backoff.
    pub const WSAETIMEDOUT: Code = Code::new(10060);

    /// The target machine answered "no": it is up and reachable, but nothing listens on that port, or a firewall rejects it. (10061).
    ///
    /// Category connection, retry backoff.
    pub const WSAECONNREFUSED: Code = Code::new(10061);

    /// A name cannot be translated (BSD: too many symbolic links); no Winsock function returns it. (10062).
    ///
    /// Category legacy, retry never.
    pub const WSAELOOP: Code = Code::new(10062);

    /// A name is too long: a number taken over from BSD; no Winsock function returns it. (10063).
    ///
    /// Category legacy, retry never.
    pub const WSAENAMETOOLONG: Code = Code::new(10063);

    /// The destination host is down; Windows normally reports that as 10060 or 10065. (10064).
    ///
    /// Category network, retry backoff.
    pub const WSAEHOSTDOWN: Code = Code::new(10064);

    /// There is a route to the destination, but the host, or the router on the way, cannot be reached on it. (10065).
    ///
    /// Category network, retry backoff.
    pub const WSAEHOSTUNREACH: Code = Code::new(10065);

    /// Directory not empty: a number taken over from BSD; Winsock removes no directories. (10066).
    ///
    /// Category legacy, retry never.
    pub const WSAENOTEMPTY: Code = Code::new(10066);

    /// Too many programs use Winsock at once: a limit of old implementations. (10067).
    ///
    /// Category resource, retry backoff.
    pub const WSAEPROCLIM: Code = Code::new(10067);

    /// Out of a quota for users: a number taken over from BSD, unused by Windows. (10068).
    ///
    /// Category resource, retry never.
    pub const WSAEUSERS: Code = Code::new(10068);

    /// Out of disk quota: a number taken over from BSD; no Winsock function returns it. (10069).
    ///
    /// Category legacy, retry never.
    pub const WSAEDQUOT: Code = Code::new(10069);

    /// Stale file handle: a number taken over from BSD and NFS; no Winsock function returns it. (10070).
    ///
    /// Category legacy, retry never.
    pub const WSAESTALE: Code = Code::new(10070);

    /// The object is remote: a number taken over from BSD and NFS; no Winsock function returns it. (10071).
    ///
    /// Category legacy, retry never.
    pub const WSAEREMOTE: Code = Code::new(10071);

    /// WSAStartup failed because the networking below Winsock is not available. (10091).
    ///
    /// Category startup, retry backoff.
    pub const WSASYSNOTREADY: Code = Code::new(10091);

    /// WSAStartup was asked for a Winsock version that does not exist, usually major version 0. (10092).
    ///
    /// Category startup, retry never.
    pub const WSAVERNOTSUPPORTED: Code = Code::new(10092);

    /// The program used sockets before WSAStartup succeeded, or after the last WSACleanup. A bug in the program. (10093).
    ///
    /// Category startup, retry never.
    pub const WSANOTINITIALISED: Code = Code::new(10093);

    /// The peer closed the connection in an orderly way, reported on a message-oriented transport. (10101).
    ///
    /// Category connection, retry reconnect.
    pub const WSAEDISCON: Code = Code::new(10101);

    /// End of a WSALookupServiceNext enumeration, in the older of its two spellings. (10102).
    ///
    /// Category namespace, retry never.
    pub const WSAENOMORE: Code = Code::new(10102);

    /// A name lookup was cancelled by WSALookupServiceEnd, in the older of its two spellings. (10103).
    ///
    /// Category namespace, retry never.
    pub const WSAECANCELLED: Code = Code::new(10103);

    /// A Winsock provider DLL handed over an incomplete table of functions. (10104).
    ///
    /// Category provider, retry never.
    pub const WSAEINVALIDPROCTABLE: Code = Code::new(10104);

    /// A Winsock provider DLL reported a version that Winsock does not accept. (10105).
    ///
    /// Category provider, retry never.
    pub const WSAEINVALIDPROVIDER: Code = Code::new(10105);

    /// A Winsock provider DLL could not be loaded or refused to start, so no socket can be made. (10106).
    ///
    /// Category provider, retry never.
    pub const WSAEPROVIDERFAILEDINIT: Code = Code::new(10106);

    /// A system call that Winsock relies on failed; usually the Winsock catalog or a provider is damaged. (10107).
    ///
    /// Category provider, retry never.
    pub const WSASYSCALLFAILURE: Code = Code::new(10107);

    /// A service or device search (WSALookupServiceBegin) found nothing. (10108).
    ///
    /// Category namespace, retry backoff.
    pub const WSASERVICE_NOT_FOUND: Code = Code::new(10108);

    /// getaddrinfo does not know the service name (or port text) for this socket type. (10109).
    ///
    /// Category namespace, retry never.
    ///
    /// Also `EAI_SERVICE`.
    pub const WSATYPE_NOT_FOUND: Code = Code::new(10109);

    /// WSALookupServiceNext has returned everything; the enumeration is over. (10110).
    ///
    /// Category namespace, retry never.
    pub const WSA_E_NO_MORE: Code = Code::new(10110);

    /// A name lookup was cancelled by this program before it finished. (10111).
    ///
    /// Category namespace, retry never.
    pub const WSA_E_CANCELLED: Code = Code::new(10111);

    /// A name-space database refused the query; no known Windows function returns this code. (10112).
    ///
    /// Category namespace, retry never.
    pub const WSAEREFUSED: Code = Code::new(10112);

    /// The name does not exist, as far as any name service this machine could ask knows. No connection was tried. (11001).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `HOST_NOT_FOUND`, `EAI_NONAME`.
    pub const WSAHOST_NOT_FOUND: Code = Code::new(11001);

    /// The name servers gave no usable answer this time, so nobody knows whether the name exists. Later it may work. (11002).
    ///
    /// Category resolver, retry backoff.
    ///
    /// Also `TRY_AGAIN`, `EAI_AGAIN`.
    pub const WSATRY_AGAIN: Code = Code::new(11002);

    /// The lookup could not be done at all: bad arguments, a hampered resolver, or a DNS server that refused. Retrying does not help. (11003).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `NO_RECOVERY`, `EAI_FAIL`.
    pub const WSANO_RECOVERY: Code = Code::new(11003);

    /// The name exists, but has no address of the kind you asked for, such as IPv6 only asked and only IPv4 there. (11004).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `NO_DATA`, `WSANO_ADDRESS`, `NO_ADDRESS`, `EAI_NODATA`.
    pub const WSANO_DATA: Code = Code::new(11004);

    /// GQoS notice, not an error: a receiver has reserved bandwidth for this flow. (11005).
    ///
    /// Category qos, retry wait.
    pub const WSA_QOS_RECEIVERS: Code = Code::new(11005);

    /// GQoS notice, not an error: a sender has announced this flow. (11006).
    ///
    /// Category qos, retry wait.
    pub const WSA_QOS_SENDERS: Code = Code::new(11006);

    /// GQoS notice: no sender announces this flow (any more). (11007).
    ///
    /// Category qos, retry wait.
    pub const WSA_QOS_NO_SENDERS: Code = Code::new(11007);

    /// GQoS notice: no receiver holds a reservation for this flow (any more). (11008).
    ///
    /// Category qos, retry wait.
    pub const WSA_QOS_NO_RECEIVERS: Code = Code::new(11008);

    /// GQoS notice, not an error: the requested reservation has been confirmed. (11009).
    ///
    /// Category qos, retry wait.
    pub const WSA_QOS_REQUEST_CONFIRMED: Code = Code::new(11009);

    /// A reservation was refused for lack of resources (RSVP, Windows 2000). (11010).
    ///
    /// Category qos, retry backoff.
    pub const WSA_QOS_ADMISSION_FAILURE: Code = Code::new(11010);

    /// A reservation was refused by policy (RSVP, Windows 2000). (11011).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_POLICY_FAILURE: Code = Code::new(11011);

    /// The RSVP reservation style is unknown or conflicts with that of the session. (11012).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_BAD_STYLE: Code = Code::new(11012);

    /// Something in the filter list or the provider-specific buffer of a QOS structure is wrong. (11013).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_BAD_OBJECT: Code = Code::new(11013);

    /// The traffic control layer below GQoS could not apply the flow. (11014).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_TRAFFIC_CTRL_ERROR: Code = Code::new(11014);

    /// An unspecified error of the QoS provider. (11015).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_GENERIC_ERROR: Code = Code::new(11015);

    /// The service type in a flowspec is unknown. (11016).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_ESERVICETYPE: Code = Code::new(11016);

    /// A flowspec in the QOS structure is invalid or contradicts itself. (11017).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFLOWSPEC: Code = Code::new(11017);

    /// The provider-specific buffer of a QOS structure is invalid. (11018).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPROVSPECBUF: Code = Code::new(11018);

    /// The filter (reservation) style in RSVP_RESERVE_INFO is invalid. (11019).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFILTERSTYLE: Code = Code::new(11019);

    /// The type of an RSVP filter is invalid. (11020).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFILTERTYPE: Code = Code::new(11020);

    /// A flow descriptor has a wrong number of filters. (11021).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFILTERCOUNT: Code = Code::new(11021);

    /// An object in the provider-specific QoS buffer has a wrong length. (11022).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EOBJLENGTH: Code = Code::new(11022);

    /// A wrong number of flow descriptors was given. (11023).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFLOWCOUNT: Code = Code::new(11023);

    /// The provider-specific QoS buffer contains an object of unknown type. (11024).
    ///
    /// Category qos, retry never.
    ///
    /// Also `WSA_QOS_EUNKNOWNPSOBJ`.
    pub const WSA_QOS_EUNKOWNPSOBJ: Code = Code::new(11024);

    /// A policy object in the provider-specific QoS buffer is invalid. (11025).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPOLICYOBJ: Code = Code::new(11025);

    /// A flow descriptor is invalid. (11026).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EFLOWDESC: Code = Code::new(11026);

    /// A flowspec inside the provider-specific QoS buffer is invalid. (11027).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPSFLOWSPEC: Code = Code::new(11027);

    /// A filter inside the provider-specific QoS buffer is invalid. (11028).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_EPSFILTERSPEC: Code = Code::new(11028);

    /// The shape/discard mode object in the QoS buffer is invalid. (11029).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_ESDMODEOBJ: Code = Code::new(11029);

    /// The shaping rate object in the QoS buffer is invalid. (11030).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_ESHAPERATEOBJ: Code = Code::new(11030);

    /// A policy element in the QoS buffer has a reserved type. (11031).
    ///
    /// Category qos, retry never.
    pub const WSA_QOS_RESERVED_PETYPE: Code = Code::new(11031);

    /// The name was not found in a secure way, although the lookup demanded a secure answer. (11032).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `EAI_NOSECURENAME`.
    pub const WSA_SECURE_HOST_NOT_FOUND: Code = Code::new(11032);

    /// A name was resolved, but the IPsec policy that was to protect it by name could not be added. (11033).
    ///
    /// Category resolver, retry never.
    ///
    /// Also `EAI_IPSECPOLICY`.
    pub const WSA_IPSEC_NAME_POLICY_ERROR: Code = Code::new(11033);
}
