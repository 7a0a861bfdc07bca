//! Winsock's own numbers, in Winsock's spelling. `tests/constants.rs` compares each with `windows-sys`.
#![allow(missing_docs, reason = "the names are Winsock's and documented there")]

/// A socket's number: small, a multiple of 4.
pub type SOCKET = usize;

/// The number that is no socket: what `socket` and `accept` return on failure.
pub const INVALID_SOCKET: SOCKET = usize::MAX;
/// What most calls return on failure.
pub const SOCKET_ERROR: i32 = -1;

pub const AF_UNSPEC: i32 = 0;
pub const AF_UNIX: i32 = 1;
pub const AF_INET: i32 = 2;
pub const AF_INET6: i32 = 23;

pub const SOCK_STREAM: i32 = 1;
pub const SOCK_DGRAM: i32 = 2;
pub const SOCK_RAW: i32 = 3;
pub const SOCK_RDM: i32 = 4;
pub const SOCK_SEQPACKET: i32 = 5;

pub const IPPROTO_IP: i32 = 0;
pub const IPPROTO_ICMP: i32 = 1;
pub const IPPROTO_TCP: i32 = 6;
pub const IPPROTO_UDP: i32 = 17;
pub const IPPROTO_IPV6: i32 = 41;
pub const IPPROTO_ICMPV6: i32 = 58;
pub const IPPROTO_RAW: i32 = 255;

pub const MSG_OOB: i32 = 0x1;
pub const MSG_PEEK: i32 = 0x2;
pub const MSG_DONTROUTE: i32 = 0x4;
pub const MSG_WAITALL: i32 = 0x8;
pub const MSG_PUSH_IMMEDIATE: i32 = 0x20;
pub const MSG_PARTIAL: i32 = 0x8000;

pub const SD_RECEIVE: i32 = 0;
pub const SD_SEND: i32 = 1;
pub const SD_BOTH: i32 = 2;

pub const FIONBIO: u32 = 0x8004_667e;
pub const FIONREAD: u32 = 0x4004_667f;
pub const FIOASYNC: u32 = 0x8004_667d;
pub const SIOCATMARK: u32 = 0x4004_7307;
pub const SIO_UDP_CONNRESET: u32 = 0x9800_000c;
pub const SIO_UDP_NETRESET: u32 = 0x9800_000f;
pub const SIO_KEEPALIVE_VALS: u32 = 0x9800_0004;
pub const SIO_BASE_HANDLE: u32 = 0x4800_0022;
pub const SIO_ADDRESS_LIST_QUERY: u32 = 0x4800_0016;
pub const SIO_ROUTING_INTERFACE_QUERY: u32 = 0xc800_0014;
pub const SIO_GET_EXTENSION_FUNCTION_POINTER: u32 = 0xc800_0006;
pub const SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER: u32 = 0xc800_0024;
pub const SIO_GET_INTERFACE_LIST: u32 = 0x4004_747f;
pub const SIO_FLUSH: u32 = 0x2800_0004;
pub const SIO_GET_BROADCAST_ADDRESS: u32 = 0x4800_0005;
pub const SIO_ENABLE_CIRCULAR_QUEUEING: u32 = 0x2800_0002;
pub const SIO_MULTIPOINT_LOOPBACK: u32 = 0x8800_0009;
pub const SIO_MULTICAST_SCOPE: u32 = 0x8800_000a;

pub const SOL_SOCKET: i32 = 0xffff;
pub const SO_DEBUG: i32 = 0x0001;
pub const SO_ACCEPTCONN: i32 = 0x0002;
pub const SO_REUSEADDR: i32 = 0x0004;
pub const SO_KEEPALIVE: i32 = 0x0008;
pub const SO_DONTROUTE: i32 = 0x0010;
pub const SO_BROADCAST: i32 = 0x0020;
pub const SO_USELOOPBACK: i32 = 0x0040;
pub const SO_LINGER: i32 = 0x0080;
pub const SO_OOBINLINE: i32 = 0x0100;
pub const SO_DONTLINGER: i32 = !0x0080;
pub const SO_EXCLUSIVEADDRUSE: i32 = !0x0004;
pub const SO_SNDBUF: i32 = 0x1001;
pub const SO_RCVBUF: i32 = 0x1002;
pub const SO_SNDLOWAT: i32 = 0x1003;
pub const SO_RCVLOWAT: i32 = 0x1004;
pub const SO_SNDTIMEO: i32 = 0x1005;
pub const SO_RCVTIMEO: i32 = 0x1006;
pub const SO_ERROR: i32 = 0x1007;
pub const SO_TYPE: i32 = 0x1008;
pub const SO_BSP_STATE: i32 = 0x1009;
pub const SO_GROUP_ID: i32 = 0x2001;
pub const SO_GROUP_PRIORITY: i32 = 0x2002;
pub const SO_MAX_MSG_SIZE: i32 = 0x2003;
pub const SO_PROTOCOL_INFOA: i32 = 0x2004;
pub const SO_PROTOCOL_INFOW: i32 = 0x2005;
pub const SO_CONDITIONAL_ACCEPT: i32 = 0x3002;
pub const SO_RANDOMIZE_PORT: i32 = 0x3005;
pub const SO_PORT_SCALABILITY: i32 = 0x3006;
pub const SO_REUSE_UNICASTPORT: i32 = 0x3007;
pub const SO_CONNECT_TIME: i32 = 0x700c;
pub const SO_UPDATE_ACCEPT_CONTEXT: i32 = 0x700b;
pub const SO_UPDATE_CONNECT_CONTEXT: i32 = 0x7010;

pub const TCP_NODELAY: i32 = 1;
pub const TCP_EXPEDITED_1122: i32 = 2;
pub const TCP_KEEPALIVE: i32 = 3;
pub const TCP_MAXSEG: i32 = 4;
pub const TCP_MAXRT: i32 = 5;
pub const TCP_STDURG: i32 = 6;
pub const TCP_NOURG: i32 = 7;
pub const TCP_NOSYNRETRIES: i32 = 9;
pub const TCP_TIMESTAMPS: i32 = 10;
pub const TCP_CONGESTION_ALGORITHM: i32 = 12;
pub const TCP_MAXRTMS: i32 = 14;
pub const TCP_FASTOPEN: i32 = 15;
pub const TCP_KEEPCNT: i32 = 16;
pub const TCP_KEEPIDLE: i32 = TCP_KEEPALIVE;
pub const TCP_KEEPINTVL: i32 = 17;
pub const TCP_FAIL_CONNECT_ON_ICMP_ERROR: i32 = 18;

pub const IP_OPTIONS: i32 = 1;
pub const IP_HDRINCL: i32 = 2;
pub const IP_TOS: i32 = 3;
pub const IP_TTL: i32 = 4;
pub const IP_MULTICAST_IF: i32 = 9;
pub const IP_MULTICAST_TTL: i32 = 10;
pub const IP_MULTICAST_LOOP: i32 = 11;
pub const IP_ADD_MEMBERSHIP: i32 = 12;
pub const IP_DROP_MEMBERSHIP: i32 = 13;
pub const IP_DONTFRAGMENT: i32 = 14;
pub const IP_ADD_SOURCE_MEMBERSHIP: i32 = 15;
pub const IP_DROP_SOURCE_MEMBERSHIP: i32 = 16;
pub const IP_BLOCK_SOURCE: i32 = 17;
pub const IP_UNBLOCK_SOURCE: i32 = 18;
pub const IP_PKTINFO: i32 = 19;
pub const IP_RECVTTL: i32 = 21;
pub const IP_RECEIVE_BROADCAST: i32 = 22;
pub const IP_RECVDSTADDR: i32 = 25;
pub const IP_UNICAST_IF: i32 = 31;
pub const IP_RECVTOS: i32 = 40;
pub const IP_MTU_DISCOVER: i32 = 71;
pub const IP_MTU: i32 = 73;

pub const IPV6_HDRINCL: i32 = 2;
pub const IPV6_UNICAST_HOPS: i32 = 4;
pub const IPV6_MULTICAST_IF: i32 = 9;
pub const IPV6_MULTICAST_HOPS: i32 = 10;
pub const IPV6_MULTICAST_LOOP: i32 = 11;
pub const IPV6_ADD_MEMBERSHIP: i32 = 12;
pub const IPV6_DROP_MEMBERSHIP: i32 = 13;
pub const IPV6_DONTFRAG: i32 = 14;
pub const IPV6_PKTINFO: i32 = 19;
pub const IPV6_HOPLIMIT: i32 = 21;
pub const IPV6_PROTECTION_LEVEL: i32 = 23;
pub const IPV6_CHECKSUM: i32 = 26;
pub const IPV6_V6ONLY: i32 = 27;
pub const IPV6_UNICAST_IF: i32 = 31;
pub const IPV6_RTHDR: i32 = 32;
pub const IPV6_TCLASS: i32 = 39;
pub const IPV6_RECVTCLASS: i32 = 40;
pub const IPV6_MTU_DISCOVER: i32 = 71;
pub const IPV6_MTU: i32 = 72;

pub const UDP_NOCHECKSUM: i32 = 1;
pub const UDP_SEND_MSG_SIZE: i32 = 2;
pub const UDP_RECV_MAX_COALESCED_SIZE: i32 = 3;
pub const UDP_CHECKSUM_COVERAGE: i32 = 20;

pub const POLLERR: i16 = 0x0001;
pub const POLLHUP: i16 = 0x0002;
pub const POLLNVAL: i16 = 0x0004;
pub const POLLWRNORM: i16 = 0x0010;
pub const POLLOUT: i16 = POLLWRNORM;
pub const POLLWRBAND: i16 = 0x0020;
pub const POLLRDNORM: i16 = 0x0100;
pub const POLLRDBAND: i16 = 0x0200;
pub const POLLIN: i16 = POLLRDNORM | POLLRDBAND;
pub const POLLPRI: i16 = 0x0400;

pub const WSA_FLAG_OVERLAPPED: u32 = 0x01;
pub const WSA_FLAG_MULTIPOINT_C_ROOT: u32 = 0x02;
pub const WSA_FLAG_MULTIPOINT_C_LEAF: u32 = 0x04;
pub const WSA_FLAG_MULTIPOINT_D_ROOT: u32 = 0x08;
pub const WSA_FLAG_MULTIPOINT_D_LEAF: u32 = 0x10;
pub const WSA_FLAG_ACCESS_SYSTEM_SECURITY: u32 = 0x40;
pub const WSA_FLAG_NO_HANDLE_INHERIT: u32 = 0x80;
pub const WSA_FLAG_REGISTERED_IO: u32 = 0x100;

pub const SIO_ADDRESS_LIST_CHANGE: u32 = 0x2800_0017;
pub const SIO_ROUTING_INTERFACE_CHANGE: u32 = 0x8800_0015;
