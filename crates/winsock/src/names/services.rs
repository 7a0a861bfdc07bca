//! Service names and ports: the services file, and behind it the well-known ones, which Windows always has and a small
//! container often lacks.

use winsock_codes::Code;

use super::Resolver;
use super::files;
use crate::process::require_started;

/// A row of the services database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The official name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The port, in the host's byte order.
    pub port: u16,
    /// The protocol: `tcp`, `udp` and the like.
    pub protocol: String,
}

/// The service with this name or alias, in any mixture of case, over the protocol, or over any if it is `None`.
///
/// # Errors
/// `WSANOTINITIALISED` before start-up; `WSANO_DATA` for a service that is not known.
///
/// ```
/// winsock::startup(0x0202)?;
/// let service = winsock::names::getservbyname("HTTP", Some("tcp"))?;
/// assert_eq!((service.name.as_str(), service.port), ("http", 80));
/// # Ok::<(), winsock::Code>(())
/// ```
pub fn getservbyname(name: &str, protocol: Option<&str>) -> Result<Service, Code> {
    Resolver::system().getservbyname(name, protocol)
}

/// The service on this port, in the host's byte order, over the protocol, or over any if it is `None`.
///
/// # Errors
/// As [`getservbyname`].
pub fn getservbyport(port: u16, protocol: Option<&str>) -> Result<Service, Code> {
    Resolver::system().getservbyport(port, protocol)
}

impl Resolver {
    /// As the function [`getservbyname`], from this resolver's file.
    ///
    /// # Errors
    /// The same.
    pub fn getservbyname(&self, name: &str, protocol: Option<&str>) -> Result<Service, Code> {
        require_started()?;
        self.service(name, protocol).ok_or(Code::WSANO_DATA)
    }

    /// As the function [`getservbyport`], from this resolver's file.
    ///
    /// # Errors
    /// The same.
    pub fn getservbyport(&self, port: u16, protocol: Option<&str>) -> Result<Service, Code> {
        require_started()?;
        self.service_on(port, protocol).ok_or(Code::WSANO_DATA)
    }

    pub(super) fn service(&self, name: &str, protocol: Option<&str>) -> Option<Service> {
        self.find(|row| row.names().any(|known| known.eq_ignore_ascii_case(name)) && row.is_over(protocol))
    }

    pub(super) fn service_on(&self, port: u16, protocol: Option<&str>) -> Option<Service> {
        self.find(|row| row.port == port && row.is_over(protocol))
    }

    fn find(&self, matches: impl Fn(&Row<'_>) -> bool) -> Option<Service> {
        let in_text = |text: &str| text.lines().filter_map(Row::parse).find(&matches).map(|row| row.to_service());
        in_text(&files::read(&self.files.services)).or_else(|| in_text(WELL_KNOWN))
    }
}

/// A line of a services file: `name port/protocol alias...`, with `#` before comments.
struct Row<'a> {
    name: &'a str,
    port: u16,
    protocol: &'a str,
    /// The aliases, with white space between them.
    aliases: &'a str,
}

impl<'a> Row<'a> {
    /// `None` for other lines, which are passed over.
    fn parse(line: &'a str) -> Option<Row<'a>> {
        let line = line.split('#').next()?.trim_ascii();
        let (name, rest) = line.split_once(|c: char| c.is_ascii_whitespace())?;
        let rest = rest.trim_ascii_start();
        let (place, aliases) = rest.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((rest, ""));
        let (port, protocol) = place.split_once('/')?;
        Some(Row { name, port: port.parse().ok()?, protocol, aliases })
    }

    fn names(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.name).chain(self.aliases.split_ascii_whitespace())
    }

    fn is_over(&self, protocol: Option<&str>) -> bool {
        protocol.is_none_or(|protocol| self.protocol.eq_ignore_ascii_case(protocol))
    }

    fn to_service(&self) -> Service {
        Service {
            name: self.name.to_string(),
            aliases: self.aliases.split_ascii_whitespace().map(str::to_string).collect(),
            port: self.port,
            protocol: self.protocol.to_string(),
        }
    }
}

/// Source: IANA's registry of service names; the names are those of Windows' services file where they differ.
const WELL_KNOWN: &str = "\
echo 7/tcp\necho 7/udp\ndiscard 9/tcp sink null\ndiscard 9/udp sink null\nsystat 11/tcp users\ndaytime 13/tcp\n\
daytime 13/udp\nqotd 17/tcp quote\nqotd 17/udp quote\nchargen 19/tcp ttytst source\nchargen 19/udp ttytst source\n\
ftp-data 20/tcp\nftp 21/tcp\nssh 22/tcp\ntelnet 23/tcp\nsmtp 25/tcp mail\ntime 37/tcp timserver\ntime 37/udp timserver\n\
nicname 43/tcp whois\ndomain 53/tcp\ndomain 53/udp\nbootps 67/udp dhcps\nbootpc 68/udp dhcpc\ntftp 69/udp\ngopher 70/tcp\n\
finger 79/tcp\nhttp 80/tcp www www-http\nkerberos 88/tcp krb5 kerberos-sec\nkerberos 88/udp krb5 kerberos-sec\n\
pop3 110/tcp\nsunrpc 111/tcp rpcbind portmap\nsunrpc 111/udp rpcbind portmap\nauth 113/tcp ident tap\nnntp 119/tcp usenet\n\
ntp 123/udp\nepmap 135/tcp loc-srv\nepmap 135/udp loc-srv\nnetbios-ns 137/tcp nbname\nnetbios-ns 137/udp nbname\n\
netbios-dgm 138/udp nbdatagram\nnetbios-ssn 139/tcp nbsession\nimap 143/tcp imap4\nsnmp 161/udp\nsnmptrap 162/udp snmp-trap\n\
ldap 389/tcp\nhttps 443/tcp MCom\nhttps 443/udp MCom\nmicrosoft-ds 445/tcp\nmicrosoft-ds 445/udp\nkpasswd 464/tcp\n\
kpasswd 464/udp\nisakmp 500/udp ike\nexec 512/tcp\nbiff 512/udp comsat\nlogin 513/tcp\nwho 513/udp whod\ncmd 514/tcp shell\n\
syslog 514/udp\nprinter 515/tcp spooler\nrouter 520/udp route routed\nuucp 540/tcp uucpd\nldaps 636/tcp sldap\n\
ftps-data 989/tcp\nftps 990/tcp\ntelnets 992/tcp\nimaps 993/tcp\npop3s 995/tcp\nsocks 1080/tcp\nms-sql-s 1433/tcp\n\
ms-sql-s 1433/udp\nms-sql-m 1434/tcp\nms-sql-m 1434/udp\nl2tp 1701/udp\npptp 1723/tcp\nradius 1812/udp\nradacct 1813/udp\n\
nfsd 2049/udp nfs\nmysql 3306/tcp\nms-wbt-server 3389/tcp\nsvn 3690/tcp\npostgresql 5432/tcp\n";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Files;

    fn resolver(services: &str) -> Resolver {
        Resolver::with_files(Files { services: services.into(), ..Files::system() })
    }

    #[test]
    fn the_well_known_services_need_no_file() {
        let resolver = resolver("/nonexistent");
        assert_eq!(resolver.service("www", Some("tcp")).unwrap().port, 80);
        assert_eq!(resolver.service_on(53, Some("UDP")).unwrap().name, "domain");
        assert_eq!(resolver.service_on(514, None).unwrap().name, "cmd");
        assert!(resolver.service("smtp", Some("udp")).is_none());
        assert!(resolver.service("no-such-service", None).is_none());
    }

    #[test]
    fn the_file_comes_first() {
        let path = std::env::temp_dir().join(format!("services-{}", std::process::id()));
        std::fs::write(&path, "# mine\nhttp 8080/tcp web # moved\nbroken\nworse 1\nlarge 70000/tcp\n").unwrap();
        let resolver = resolver(path.to_str().unwrap());
        assert_eq!(resolver.service("WEB", None).unwrap().port, 8080);
        assert_eq!(resolver.service("http", Some("tcp")).unwrap().port, 8080);
        assert_eq!(resolver.service("https", Some("tcp")).unwrap().port, 443);
        assert!(resolver.service("large", None).is_none());
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn every_well_known_row_parses() {
        assert_eq!(WELL_KNOWN.lines().count(), WELL_KNOWN.lines().filter_map(Row::parse).count());
    }
}
