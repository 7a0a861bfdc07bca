//! Family, type and protocol: which combinations exist, and the code for each that does not.

use winsock_codes::Code;

use crate::win32::*;

/// What kind of socket it is; never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) family: i32,
    pub(crate) kind: i32,
    pub(crate) protocol: i32,
}

/// What there is, in the order in which unspecified parts are filled in.
const CATALOGUE: [Kind; 5] = [
    Kind { family: AF_INET, kind: SOCK_STREAM, protocol: IPPROTO_TCP },
    Kind { family: AF_INET, kind: SOCK_DGRAM, protocol: IPPROTO_UDP },
    Kind { family: AF_INET6, kind: SOCK_STREAM, protocol: IPPROTO_TCP },
    Kind { family: AF_INET6, kind: SOCK_DGRAM, protocol: IPPROTO_UDP },
    Kind { family: AF_UNIX, kind: SOCK_STREAM, protocol: 0 },
];

impl Kind {
    /// Finds what `socket(family, kind, protocol)` asks for; 0 leaves a part open.
    ///
    /// The family is judged first, then the type, then the protocol; with neither family nor protocol there is nothing to go
    /// by. Source: the table of families, types and protocols in dlls/ws2_32/tests/sock.c, checked on Windows.
    pub(crate) fn find(family: i32, kind: i32, protocol: i32) -> Result<Kind, Code> {
        if (family, protocol) == (AF_UNSPEC, 0) {
            return Err(Code::WSAEINVAL);
        }
        if family != AF_UNSPEC && !CATALOGUE.iter().any(|entry| entry.family == family) {
            // A type that no family of Windows has is told before the family is.
            let is_type = (0..=SOCK_SEQPACKET).contains(&kind);
            return Err(if is_type { Code::WSAEAFNOSUPPORT } else { Code::WSAESOCKTNOSUPPORT });
        }
        if kind == SOCK_RAW && family != AF_UNIX {
            return Kind::raw(family, protocol);
        }
        if (family, kind, protocol) == (AF_UNSPEC, 0, IPPROTO_RAW) {
            return Kind::raw(family, protocol);
        }
        let of_family = |entry: &&Kind| family == AF_UNSPEC || entry.family == family;
        let of_kind = |entry: &&Kind| kind == 0 || entry.kind == kind;
        if !CATALOGUE.iter().filter(of_family).any(|entry| of_kind(&entry)) {
            return Err(Code::WSAESOCKTNOSUPPORT);
        }
        let found = CATALOGUE
            .iter()
            .filter(of_family)
            .filter(of_kind)
            .find(|entry| protocol == 0 || entry.protocol == protocol);
        found.copied().ok_or(Code::WSAEPROTONOSUPPORT)
    }

    fn raw(family: i32, protocol: i32) -> Result<Kind, Code> {
        let family = if family == AF_UNSPEC { AF_INET } else { family };
        if (0..=255).contains(&protocol) {
            Ok(Kind { family, kind: SOCK_RAW, protocol })
        } else {
            Err(Code::WSAEPROTONOSUPPORT)
        }
    }

    pub(crate) fn is_stream(self) -> bool {
        self.kind == SOCK_STREAM
    }

    pub(crate) fn is_tcp(self) -> bool {
        self.is_stream() && self.family != AF_UNIX
    }

    pub(crate) fn is_udp(self) -> bool {
        self.kind == SOCK_DGRAM
    }

    pub(crate) fn is_inet6(self) -> bool {
        self.family == AF_INET6
    }

    pub(crate) fn is_unix(self) -> bool {
        self.family == AF_UNIX
    }

    /// The length of this family's addresses, in bytes.
    pub(crate) fn address_length(self) -> usize {
        match self.family {
            AF_INET => crate::address::INET_LENGTH,
            AF_INET6 => crate::address::INET6_LENGTH,
            _ => crate::address::UNIX_LENGTH,
        }
    }

    pub(crate) fn linux_family(self) -> i32 {
        match self.family {
            AF_INET6 => libc::AF_INET6,
            other => other,
        }
    }

    /// The three types that exist here have one number on both systems.
    pub(crate) fn linux_type(self) -> i32 {
        self.kind
    }

    pub(crate) fn linux_protocol(self) -> i32 {
        if self.is_any_raw() { libc::IPPROTO_RAW } else { self.protocol }
    }

    /// A raw IPv4 socket of no protocol, `IPPROTO_IP`, which Linux does not have: it sends, and receives by `SIO_RCVALL`.
    pub(crate) fn is_any_raw(self) -> bool {
        self.kind == SOCK_RAW && self.family == AF_INET && self.protocol == 0
    }

    /// The protocol that `SIO_RCVALL` receives, 0 for all. Docs: "SIO_RCVALL control code": `IPPROTO_IP` and `IPPROTO_IPV6`
    /// are all.
    pub(crate) fn captured_protocol(self) -> u8 {
        let is_all = self.is_inet6() && self.protocol == IPPROTO_IPV6;
        u8::try_from(self.protocol).ok().filter(|_| !is_all).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Source: dlls/ws2_32/tests/sock.c, the table of families, types and protocols, checked on Windows.
    #[test]
    fn family_is_judged_before_type_before_protocol() {
        let code = |family, kind, protocol| Kind::find(family, kind, protocol).unwrap_err();
        assert_eq!(code(0, 0, 0), Code::WSAEINVAL);
        assert_eq!(code(0, SOCK_STREAM, 0), Code::WSAEINVAL);
        assert_eq!(code(0, 0xdead, 0), Code::WSAEINVAL);
        assert_eq!(code(0xdead, 0xdead, IPPROTO_TCP), Code::WSAESOCKTNOSUPPORT);
        assert_eq!(code(0xdead, SOCK_STREAM, 0xdead), Code::WSAEAFNOSUPPORT);
        assert_eq!(code(0xdead, SOCK_STREAM, IPPROTO_TCP), Code::WSAEAFNOSUPPORT);
        assert_eq!(code(-1, SOCK_STREAM, IPPROTO_TCP), Code::WSAEAFNOSUPPORT);
        assert_eq!(code(AF_INET, 0xdead, IPPROTO_TCP), Code::WSAESOCKTNOSUPPORT);
        assert_eq!(code(AF_INET, 0xdead, 0xdead), Code::WSAESOCKTNOSUPPORT);
        assert_eq!(code(AF_INET, SOCK_STREAM, 0xdead), Code::WSAEPROTONOSUPPORT);
        assert_eq!(code(AF_INET, SOCK_STREAM, IPPROTO_UDP), Code::WSAEPROTONOSUPPORT);
        assert_eq!(code(AF_INET, SOCK_DGRAM, IPPROTO_TCP), Code::WSAEPROTONOSUPPORT);
    }

    #[test]
    fn open_parts_are_filled_in() {
        let found = |family, kind, protocol| {
            let kind = Kind::find(family, kind, protocol).unwrap();
            (kind.family, kind.kind, kind.protocol)
        };
        assert_eq!(found(AF_UNSPEC, SOCK_STREAM, IPPROTO_TCP), (AF_INET, SOCK_STREAM, IPPROTO_TCP));
        assert_eq!(found(AF_UNSPEC, 0, IPPROTO_UDP), (AF_INET, SOCK_DGRAM, IPPROTO_UDP));
        assert_eq!(found(AF_INET, 0, 0), (AF_INET, SOCK_STREAM, IPPROTO_TCP));
        assert_eq!(found(AF_INET6, SOCK_DGRAM, 0), (AF_INET6, SOCK_DGRAM, IPPROTO_UDP));
        assert_eq!(found(AF_UNIX, SOCK_STREAM, 0), (AF_UNIX, SOCK_STREAM, 0));
    }
}
