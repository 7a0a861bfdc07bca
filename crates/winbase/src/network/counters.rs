//! What the kernel has counted: `/proc/net/snmp`.

use std::collections::HashMap;

use winsock::Code;

use crate::error::from_io;

/// The system's counters by protocol and name, in the spelling of the RFCs.
#[doc(alias = "GetIpStatistics")]
#[doc(alias = "GetTcpStatistics")]
#[derive(Clone, Debug, Default)]
pub struct Counters(HashMap<(String, String), i64>);

impl Counters {
    /// Reads them now.
    ///
    /// # Errors
    /// Those of reading `/proc/net/snmp`.
    pub fn read() -> Result<Counters, Code> {
        let text = std::fs::read_to_string("/proc/net/snmp").map_err(|failure| from_io(&failure))?;
        Ok(Counters::parse(&text))
    }

    /// Names in one line, values in the next, both behind the protocol.
    fn parse(text: &str) -> Counters {
        let mut found = HashMap::new();
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.chunks_exact(2) {
            let (Some((protocol, names)), Some((same, values))) = (pair[0].split_once(':'), pair[1].split_once(':'))
            else {
                continue;
            };
            if protocol != same {
                continue;
            }
            for (name, value) in names.split_whitespace().zip(values.split_whitespace()) {
                if let Ok(value) = value.parse() {
                    found.insert((protocol.to_owned(), name.to_owned()), value);
                }
            }
        }
        Counters(found)
    }

    /// One counter, cut to Windows' 32 bits; 0 if the kernel does not have it.
    ///
    /// ```
    /// let counters = winbase::network::Counters::read()?;
    /// assert_eq!(counters.get("Tcp", "no such counter"), 0);
    /// assert!(counters.get("Ip", "DefaultTTL") > 0);
    /// # Ok::<(), winbase::Code>(())
    /// ```
    #[must_use]
    pub fn get(&self, protocol: &str, name: &str) -> u32 {
        self.0.get(&(protocol.to_owned(), name.to_owned())).map_or(0, |&value| value as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_paired() {
        let counters = Counters::parse("Tcp: RtoMax MaxConn\nTcp: 120000 -1\nUdp: InDatagrams\nUdp: 5000000000\n");
        assert_eq!((counters.get("Tcp", "RtoMax"), counters.get("Tcp", "MaxConn")), (120_000, u32::MAX));
        assert_eq!(counters.get("Udp", "InDatagrams"), 705_032_704);
    }
}
