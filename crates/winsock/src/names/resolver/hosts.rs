//! The hosts file.

use std::net::IpAddr;

use super::Found;
use crate::names::files;

/// The parsed hosts file: addresses with their names, in the file's order.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    rows: Vec<(IpAddr, Vec<String>)>,
}

impl Hosts {
    /// Lines that do not begin with an address are passed over, as everywhere.
    pub(super) fn parse(text: &str) -> Hosts {
        let row = |words: Vec<&str>| {
            let (address, names) = words.split_first()?;
            // A scope, fe80::1%eth0, says nothing that a Windows address could carry by name.
            let address = address.split('%').next()?.parse().ok()?;
            (!names.is_empty()).then(|| (address, names.iter().map(ToString::to_string).collect()))
        };
        Hosts { rows: files::lines(text).filter_map(row).collect() }
    }

    /// Every address of a name, over all lines.
    pub(super) fn by_name(&self, name: &str, wanted: impl Fn(&IpAddr) -> bool) -> Option<Found> {
        let name = name.strip_suffix('.').unwrap_or(name);
        let has_name = |row: &&(IpAddr, Vec<String>)| row.1.iter().any(|known| known.eq_ignore_ascii_case(name));
        let rows: Vec<_> = self.rows.iter().filter(has_name).filter(|row| wanted(&row.0)).collect();
        let canonical = rows.first()?.1.first()?.clone();
        let mut found = Found { canonical, aliases: Vec::new(), addresses: Vec::new() };
        for (address, names) in rows {
            if !found.addresses.contains(address) {
                found.addresses.push(*address);
            }
            for alias in names {
                if !alias.eq_ignore_ascii_case(&found.canonical) && !found.aliases.contains(alias) {
                    found.aliases.push(alias.clone());
                }
            }
        }
        Some(found)
    }

    /// The names of an address: those of its first line.
    pub(super) fn by_address(&self, address: IpAddr) -> Option<&[String]> {
        self.rows.iter().find(|(known, _)| *known == address).map(|(_, names)| names.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# comment\n127.0.0.1 localhost\n10.0.0.1\tweb.example web www # alias\n::1 web\n\
                        10.0.0.2 WEB.example\nnot-an-address x\n10.0.0.3\n";

    #[test]
    fn all_lines_with_the_name_count() {
        let found = Hosts::parse(TEXT).by_name("web.EXAMPLE", |_| true).unwrap();
        assert_eq!(found.canonical, "web.example");
        assert_eq!(found.aliases, ["web", "www"]);
        assert_eq!(found.addresses, ["10.0.0.1".parse::<IpAddr>().unwrap(), "10.0.0.2".parse().unwrap()]);
    }

    #[test]
    fn only_wanted_families_count() {
        let hosts = Hosts::parse(TEXT);
        assert_eq!(hosts.by_name("web", IpAddr::is_ipv6).unwrap().addresses, ["::1".parse::<IpAddr>().unwrap()]);
        assert!(hosts.by_name("www", IpAddr::is_ipv6).is_none());
        assert!(hosts.by_name("x", |_| true).is_none());
    }

    #[test]
    fn an_address_has_its_first_lines_names() {
        let hosts = Hosts::parse(TEXT);
        assert_eq!(hosts.by_address("10.0.0.1".parse().unwrap()).unwrap()[0], "web.example");
        assert!(hosts.by_address("10.0.0.9".parse().unwrap()).is_none());
    }
}
