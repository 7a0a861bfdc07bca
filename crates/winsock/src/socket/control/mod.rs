//! `WSAIoctl`: control codes by number.
//!
//! What a code means stands in `verbs.rs` and the files beside it; here is which code takes and gives which bytes. Codes
//! whose answers hold pointers are the C library's.

mod change;
mod interfaces;
mod multicast_filter;
mod tcp_info;
mod verbs;

use winsock_codes::Code;

pub(crate) use change::{Changes, Subject};

use super::Socket;
use crate::address::Address;
use crate::win32::*;

/// Why a control code failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: Code,
    /// The bytes of output to tell the caller, where the page says to tell them: as many as were needed, or none.
    pub told: Option<u32>,
}

impl Refusal {
    /// The bytes of output to tell the caller of a call without OVERLAPPED: what Windows answers in its kernel tells none.
    ///
    /// Source: test_unsupported_ioctls, test_fionbio and test_keepalive_vals of dlls/ws2_32/tests/sock.c, checked on
    /// Windows.
    #[must_use]
    pub fn told_to_plain_call(self, control_code: u32) -> Option<u32> {
        let in_kernel = self.code == Code::WSAEOPNOTSUPP || matches!(control_code, FIONBIO | SIO_KEEPALIVE_VALS);
        self.told.or(in_kernel.then_some(0))
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Refusal {
        Refusal { code, told: None }
    }
}

impl Socket {
    /// Runs a control code; returns how many bytes of output there are.
    ///
    /// Docs: "Winsock IOCTLs".
    pub(crate) fn control(&self, code: u32, input: &[u8], output: &mut [u8]) -> Result<usize, Refusal> {
        let done = match code {
            FIONBIO => self.set_nonblocking(dword(input)? != 0),
            FIONREAD => return put(output, &self.readable_bytes()?.to_ne_bytes()),
            SIOCATMARK => return put(output, &u32::from(self.no_urgent_data()?).to_ne_bytes()),
            SIO_UDP_CONNRESET => self.report_unreachable(dword(input)? != 0),
            SIO_UDP_NETRESET => self.report_time_exceeded(dword(input)? != 0),
            SIO_KEEPALIVE_VALS => {
                let [on, idle_ms, interval_ms] = [0, 4, 8].map(|place| dword_at(input, place));
                self.set_keep_alive(on? != 0, idle_ms?, interval_ms?)
            }
            SIO_ENABLE_CIRCULAR_QUEUEING if self.kind.is_stream() => Err(Code::WSAENOPROTOOPT),
            // Not among the options of Linux, and not promised: datagrams may be dropped.
            SIO_ENABLE_CIRCULAR_QUEUEING => Ok(()),
            SIO_GET_BROADCAST_ADDRESS if self.kind.family != AF_INET => Err(Code::WSAENOPROTOOPT),
            SIO_GET_BROADCAST_ADDRESS => {
                return put(output, &Address::from(std::net::SocketAddr::from(([255; 4], 0))).to_windows());
            }
            SIO_ROUTING_INTERFACE_QUERY => {
                let interface = self.routing_interface(input)?.to_windows();
                return if output.is_empty() { put(output, &interface) } else { put_or_tell(output, &interface) };
            }
            SIO_ADDRESS_LIST_CHANGE => self.wait_for_change(Subject::Addresses, input),
            SIO_ROUTING_INTERFACE_CHANGE => self.wait_for_change(Subject::Routes, input),
            SIO_MULTIPOINT_LOOPBACK => self.set_multicast_loop(dword(input)? != 0),
            SIO_MULTICAST_SCOPE => self.set_multicast_scope(dword(input)?),
            SIO_GET_INTERFACE_LIST => return self.interface_list(output),
            SIO_GET_MULTICAST_FILTER => return self.multicast_filter(input, output),
            SIO_SET_MULTICAST_FILTER => self.set_multicast_filter(input),
            SIO_IDEAL_SEND_BACKLOG_QUERY => return put(output, &self.ideal_send_backlog()?.to_ne_bytes()),
            SIO_TCP_INFO => return self.tcp_info(dword(input)?, output),
            SIO_TCP_INITIAL_RTO => self.set_initial_rto(input),
            SIO_LOOPBACK_FAST_PATH | SIO_SET_PRIORITY_HINT if !self.kind.is_tcp() => Err(Code::WSAEOPNOTSUPP),
            // Linux' loopback has no slower path to leave, and no bulk mode that is a hint.
            SIO_LOOPBACK_FAST_PATH | SIO_SET_PRIORITY_HINT => dword(input).map(drop),
            SIO_SET_COMPATIBILITY_MODE => set_compatibility_mode(input),
            SIO_UCAST_IF => self.set_option_of_family(IP_UNICAST_IF, IPV6_UNICAST_IF, input),
            SIO_INDEX_MCASTIF => self.set_option_of_family(IP_MULTICAST_IF, IPV6_MULTICAST_IF, input),
            SIO_AF_UNIX_GETPEERPID => return put(output, &self.peer_process()?.to_ne_bytes()),
            SIO_QUERY_RSS_PROCESSOR_INFO => return put(output, &self.processor()?),
            // Docs: too little room is WSAEINVAL for these two.
            SIO_QUERY_RSS_SCALABILITY_INFO if output.is_empty() => Err(Code::WSAEINVAL),
            SIO_QUERY_RSS_SCALABILITY_INFO => return put(output, &[0]),
            SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE if output.len() < 8 => Err(Code::WSAEINVAL),
            // Docs: WSAENOPROTOOPT from providers without companion interfaces or quality of service.
            SIO_ASSOCIATE_HANDLE | SIO_TRANSLATE_HANDLE | SIO_GET_QOS | SIO_GET_GROUP_QOS | SIO_SET_QOS
            | SIO_SET_GROUP_QOS => Err(Code::WSAENOPROTOOPT),
            SIO_RCVALL => self.may_receive_all().and_then(|()| self.receive_all(dword(input)?)),
            // Linux' raw sockets have no such mode.
            SIO_RCVALL_MCAST | SIO_RCVALL_IGMPMCAST => self.may_receive_all().and(Err(Code::WSAEOPNOTSUPP)),
            _ => Err(Code::WSAEOPNOTSUPP),
        };
        Ok(done.map(|()| 0)?)
    }
}

/// Docs: "WSA_COMPATIBILITY_MODE structure": a behaviour (1 all, 2 receive buffering, 3 auto-tuning) and a version of
/// Windows. Linux' behaviour is that of the newer versions.
fn set_compatibility_mode(input: &[u8]) -> Result<(), Code> {
    let (behaviour, _version) = (dword(input)?, dword_at(input, 4)?);
    if (1..=3).contains(&behaviour) { Ok(()) } else { Err(Code::WSAEINVAL) }
}

fn dword(input: &[u8]) -> Result<u32, Code> {
    dword_at(input, 0)
}

fn dword_at(input: &[u8], place: usize) -> Result<u32, Code> {
    let bytes = input.get(place..place + 4).and_then(|bytes| bytes.first_chunk()).ok_or(Code::WSAEFAULT)?;
    Ok(u32::from_ne_bytes(*bytes))
}

fn put(output: &mut [u8], bytes: &[u8]) -> Result<usize, Refusal> {
    output.get_mut(..bytes.len()).ok_or(Code::WSAEFAULT)?.copy_from_slice(bytes);
    Ok(bytes.len())
}

/// [`put`] where the page says that the number of bytes needed is told.
fn put_or_tell(output: &mut [u8], bytes: &[u8]) -> Result<usize, Refusal> {
    put(output, bytes).map_err(|refusal| Refusal { told: Some(bytes.len() as u32), ..refusal })
}
