//! A name server that answers by the name asked, so that every answer a resolver can get is at hand.
//!
//! | first label | answer |
//! |---|---|
//! | `host` | A 192.0.2.5; nothing for other types |
//! | `nodata` | no error, no record |
//! | `servfail`, `2` | SERVFAIL |
//! | `refused`, `3` | REFUSED |
//! | `formerr`, `4` | FORMERR |
//! | `silent` | none |
//! | any other | NXDOMAIN |
//!
//! The digits are for reverse lookups, whose first label is the last part of the address.

use std::net::UdpSocket;

use anyhow::{Context, Result};

const HEADER_BYTES: usize = 12;
const NOERROR: u8 = 0;
const FORMERR: u8 = 1;
const SERVFAIL: u8 = 2;
const NXDOMAIN: u8 = 3;
const REFUSED: u8 = 5;
const TYPE_A: [u8; 2] = [0, 1];

/// Answers on 127.0.0.1:53 until the process is ended.
pub(crate) fn serve() -> Result<()> {
    let socket = UdpSocket::bind("127.0.0.1:53").context("bind 127.0.0.1:53")?;
    let mut question = [0; 512];
    loop {
        let (length, from) = socket.recv_from(&mut question)?;
        if let Some(answer) = question.get(..length).and_then(answer) {
            socket.send_to(&answer, from)?;
        }
    }
}

/// The answer to one packet; `None` for what is no question, or shall have none.
fn answer(packet: &[u8]) -> Option<Vec<u8>> {
    let label_bytes = usize::from(*packet.get(HEADER_BYTES)?);
    let label = packet.get(HEADER_BYTES + 1..HEADER_BYTES + 1 + label_bytes)?;
    let name_bytes = packet.get(HEADER_BYTES..)?.iter().position(|byte| *byte == 0)? + 1;
    let end = HEADER_BYTES + name_bytes + 4;
    let question = packet.get(HEADER_BYTES..end)?;
    let is_a = question.get(name_bytes..name_bytes + 2)? == TYPE_A;
    let (rcode, records) = match label {
        b"host" => (NOERROR, u8::from(is_a)),
        b"nodata" => (NOERROR, 0),
        b"servfail" | b"2" => (SERVFAIL, 0),
        b"refused" | b"3" => (REFUSED, 0),
        b"formerr" | b"4" => (FORMERR, 0),
        b"silent" => return None,
        _ => (NXDOMAIN, 0),
    };
    let mut bytes = packet.get(..2)?.to_vec();
    // A response, recursion desired and available; one question.
    bytes.extend([0x81, 0x80 | rcode, 0, 1, 0, records, 0, 0, 0, 0]);
    bytes.extend(question);
    if records == 1 {
        // The name by pointer to the question, type A, class IN, 60 seconds, 4 bytes.
        bytes.extend([0xc0, HEADER_BYTES as u8, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 5]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(label: &[u8]) -> Vec<u8> {
        let mut packet = vec![7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, label.len() as u8];
        packet.extend(label);
        packet.extend(b"\x04test\0\0\x01\0\x01");
        packet
    }

    #[test]
    fn the_first_label_decides() {
        assert_eq!(answer(&ask(b"nxdomain")).unwrap()[3] & 15, NXDOMAIN);
        assert_eq!(answer(&ask(b"servfail")).unwrap()[3] & 15, SERVFAIL);
        assert!(answer(&ask(b"host")).unwrap().ends_with(&[192, 0, 2, 5]));
    }

    #[test]
    fn rubbish_is_not_answered() {
        assert_eq!(answer(&ask(b"silent")), None);
        assert_eq!(answer(&[]), None);
        assert_eq!(answer(&[0; 12]), None);
        assert_eq!(answer(&[255; 40]), None);
    }
}
