//! The GUIDs by which `SIO_GET_EXTENSION_FUNCTION_POINTER` names functions.

/// An extension function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Winsock's and documented there")]
pub enum Extension {
    TransmitFile,
    AcceptEx,
    GetAcceptExSockaddrs,
    TransmitPackets,
    ConnectEx,
    DisconnectEx,
    WSARecvMsg,
    WSASendMsg,
    WSAPoll,
}

/// `mswsock.h`: `WSAID_...`. The last eight bytes are in the order in which they stand in memory.
const GUIDS: [(Extension, u32, u16, u16, u64); 9] = [
    (Extension::TransmitFile, 0xb536_7df0, 0xcbac, 0x11cf, 0x95ca_0080_5f48_a192),
    (Extension::AcceptEx, 0xb536_7df1, 0xcbac, 0x11cf, 0x95ca_0080_5f48_a192),
    (Extension::GetAcceptExSockaddrs, 0xb536_7df2, 0xcbac, 0x11cf, 0x95ca_0080_5f48_a192),
    (Extension::TransmitPackets, 0xd968_9da0, 0x1f90, 0x11d3, 0x9971_00c0_4f68_c876),
    (Extension::ConnectEx, 0x25a2_07b9, 0xddf3, 0x4660, 0x8ee9_76e5_8c74_063e),
    (Extension::DisconnectEx, 0x7fda_2e11, 0x8630, 0x436f, 0xa031_f536_a6ee_c157),
    (Extension::WSARecvMsg, 0xf689_d7c8, 0x6f1f, 0x436b, 0x8a53_e54f_e351_c322),
    (Extension::WSASendMsg, 0xa441_e712, 0x754f, 0x43ca, 0x84a7_0dee_44cf_606d),
    (Extension::WSAPoll, 0x18c7_6f85, 0xdc66, 0x4964, 0x972e_23c2_7238_312b),
];

impl Extension {
    /// The function that a GUID names, as it lies in memory; `None` for one that Windows or this library does not have.
    ///
    /// ```
    /// use winsock::extension::Extension;
    ///
    /// let connect_ex = [
    ///     0xb9, 0x07, 0xa2, 0x25, 0xf3, 0xdd, 0x60, 0x46, 0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e,
    /// ];
    /// assert_eq!(Extension::from_guid(&connect_ex), Some(Extension::ConnectEx));
    /// assert_eq!(Extension::from_guid(&[0; 16]), None);
    /// ```
    #[must_use]
    pub fn from_guid(guid: &[u8; 16]) -> Option<Extension> {
        GUIDS
            .iter()
            .find(|&&(_, first, second, third, last)| bytes(first, second, third, last) == *guid)
            .map(|row| row.0)
    }
}

fn bytes(first: u32, second: u16, third: u16, last: u64) -> [u8; 16] {
    let mut guid = [0; 16];
    guid[..4].copy_from_slice(&first.to_le_bytes());
    guid[4..6].copy_from_slice(&second.to_le_bytes());
    guid[6..8].copy_from_slice(&third.to_le_bytes());
    guid[8..].copy_from_slice(&last.to_be_bytes());
    guid
}
