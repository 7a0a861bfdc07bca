//! `resolv.conf` and the hosts line of `nsswitch.conf`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::names::files;

/// What `resolv.conf` says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// The name servers, in order.
    pub(super) servers: Vec<SocketAddr>,
    /// Domains that are tried behind a name.
    pub(super) search: Vec<String>,
    /// A name with fewer dots goes through the search list first.
    pub(super) ndots: usize,
    /// How long to wait for one server.
    pub(super) timeout: Duration,
    /// How often to go round the servers.
    pub(super) attempts: usize,
    /// Use TCP from the start.
    pub(super) tcp_only: bool,
}

/// The standard port of name servers.
const DNS_PORT: u16 = 53;

impl Settings {
    /// Defaults and limits as resolv.conf(5) gives them. Beyond it, `[address]:port` names a server on another port, as
    /// in OpenBSD's resolv.conf(5).
    pub(super) fn parse(text: &str) -> Settings {
        let mut settings = Settings {
            servers: Vec::new(),
            search: Vec::new(),
            ndots: 1,
            timeout: Duration::from_secs(5),
            attempts: 2,
            tcp_only: false,
        };
        // `;` begins a comment here too.
        let text: String = text.lines().filter(|line| !line.starts_with(';')).map(|line| format!("{line}\n")).collect();
        for words in files::lines(&text) {
            match words.as_slice() {
                ["nameserver", server, ..] => settings.servers.extend(server_address(server)),
                ["domain", domain, ..] => settings.search = vec![(*domain).to_string()],
                ["search", domains @ ..] => settings.search = domains.iter().map(ToString::to_string).collect(),
                ["options", options @ ..] => options.iter().for_each(|option| settings.set_option(option)),
                _ => {}
            }
        }
        if settings.servers.is_empty() {
            settings.servers.push(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), DNS_PORT));
        }
        settings.servers.truncate(MAX_SERVERS);
        settings
    }

    fn set_option(&mut self, option: &str) {
        let (name, value) = option.split_once(':').unwrap_or((option, ""));
        let number = value.parse::<u64>();
        match (name, number) {
            ("ndots", Ok(number)) => self.ndots = number.min(15) as usize,
            ("timeout", Ok(number)) => self.timeout = Duration::from_secs(number.clamp(1, 30)),
            ("attempts", Ok(number)) => self.attempts = number.clamp(1, 5) as usize,
            ("use-vc", _) => self.tcp_only = true,
            _ => {}
        }
    }
}

/// More than resolv.conf(5)'s three, fewer than would take minutes.
const MAX_SERVERS: usize = 8;

fn server_address(text: &str) -> Option<SocketAddr> {
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once("]:")?;
        return Some(SocketAddr::new(address.parse().ok()?, port.parse().ok()?));
    }
    let scoped = format!("[{text}]:{DNS_PORT}");
    text.parse().map(|address| SocketAddr::new(address, DNS_PORT)).or_else(|_| scoped.parse()).ok()
}

/// A source of host names, in the order of `nsswitch.conf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The hosts file.
    Files,
    /// The name servers.
    Dns,
    /// Multicast DNS: names under `.local` only, through libc's module.
    Multicast,
    /// A module that only libc can load: directory services and the like.
    Foreign,
}

/// The sources on the hosts line; files and DNS where there is none.
pub(super) fn sources(text: &str) -> Vec<Source> {
    let line = files::lines(text).find(|words| words[0] == "hosts:").unwrap_or_default();
    let mut sources: Vec<Source> = Vec::new();
    for word in line.iter().skip(1) {
        let source = match *word {
            "files" => Source::Files,
            // resolved's own module asks the same servers as its stub in resolv.conf.
            "dns" | "resolve" => Source::Dns,
            // This computer's own name is looked at before any source.
            "myhostname" | "mymachines" => continue,
            // An action for the source before it, such as [NOTFOUND=return].
            action if action.starts_with('[') || action.ends_with(']') => continue,
            module if module.starts_with("mdns") => Source::Multicast,
            _ => Source::Foreign,
        };
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    if sources.is_empty() { vec![Source::Files, Source::Dns] } else { sources }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolv_conf_is_read() {
        let settings = Settings::parse(
            "; comment\n# comment\nnameserver 10.0.0.1\nnameserver [127.0.0.1]:5353\nnameserver fe80::1%1\n\
             domain old.example\nsearch a.example b.example # end\noptions ndots:3 timeout:1 attempts:9 unknown\n",
        );
        let servers: Vec<String> = settings.servers.iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["10.0.0.1:53", "127.0.0.1:5353", "[fe80::1%1]:53"]);
        assert_eq!(settings.search, ["a.example", "b.example"]);
        assert_eq!((settings.ndots, settings.timeout.as_secs(), settings.attempts), (3, 1, 5));
    }

    #[test]
    fn an_empty_resolv_conf_means_this_computer() {
        let settings = Settings::parse("");
        assert_eq!(settings.servers, ["127.0.0.1:53".parse().unwrap()]);
        assert_eq!((settings.ndots, settings.attempts), (1, 2));
    }

    #[test]
    fn nsswitch_gives_the_order() {
        let text = "passwd: files\nhosts: mymachines mdns4_minimal [NOTFOUND=return] resolve dns files sss\n";
        assert_eq!(sources(text), [Source::Multicast, Source::Dns, Source::Files, Source::Foreign]);
        assert_eq!(sources(""), [Source::Files, Source::Dns]);
    }
}
