//! Any question to the name servers, and the answer as it came: what `DnsQuery` is made of.

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use super::client;
use super::hosts::Hosts;
use super::settings::Settings;
use super::{Resolver, Wanted, candidates};
use crate::names::{files, host_name};

/// How a question is put.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The servers to ask; empty for the system's.
    pub servers: Vec<SocketAddr>,
    /// By TCP from the start.
    pub by_tcp: bool,
    /// The name is whole: no domain of the search list is put behind it.
    pub is_whole: bool,
}

impl Resolver {
    /// Asks for the records of a name: `kind` is the number of their type, 1 for addresses. The first answer without an
    /// error, as the server sent it, else the first with one; `None` if no server answered, or DNS cannot express the
    /// name.
    #[doc(alias = "DnsQuery")]
    #[must_use]
    pub fn dns_message(&self, name: &str, kind: u16, ask: &Ask) -> Option<Vec<u8>> {
        let mut settings = Settings::parse(&files::read(&self.files.resolv_conf));
        if !ask.servers.is_empty() {
            settings.servers.clone_from(&ask.servers);
        }
        settings.tcp_only |= ask.by_tcp;
        let names = if ask.is_whole { vec![name.to_owned()] } else { candidates(name, &settings) };
        let mut refusal = None;
        for name in names {
            let Some(answer) = self.ask_all(&settings, &name, kind) else { break };
            if error_of(&answer) == 0 {
                return Some(answer);
            }
            refusal.get_or_insert(answer);
        }
        refusal
    }

    /// The first useful answer; one that says that the server cannot tell is kept for the end.
    fn ask_all(&self, settings: &Settings, name: &str, kind: u16) -> Option<Vec<u8>> {
        const NAME_ERROR: u8 = 3;
        let question = client::plain_question(name, kind)?;
        let mut useless = None;
        for _ in 0..settings.attempts {
            for &server in &settings.servers {
                let now = Instant::now();
                let end = self.deadline.map_or(now + settings.timeout, |deadline| deadline.min(now + settings.timeout));
                let Some(answer) = client::message(server, &question, end, settings.tcp_only) else { continue };
                if matches!(error_of(&answer), 0 | NAME_ERROR) {
                    return Some(answer);
                }
                useless.get_or_insert(answer);
            }
            if useless.is_some() {
                break;
            }
        }
        useless
    }

    /// The addresses that this computer knows without asking: of its own names, and of the hosts file.
    #[must_use]
    pub fn own_addresses(&self, name: &str) -> Vec<IpAddr> {
        let wanted = Wanted { ipv4: true, ipv6: true };
        if let Some(found) = host_name::local(name, wanted) {
            return found.map(|found| found.addresses).unwrap_or_default();
        }
        let hosts = Hosts::parse(&files::read(&self.files.hosts));
        hosts.by_name(name, |_| true).map(|found| found.addresses).unwrap_or_default()
    }
}

/// The header's RCODE.
fn error_of(message: &[u8]) -> u8 {
    message.get(3).map_or(0, |flags| flags & 15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::responder::Responder;

    fn ask(name: &str, kind: u16) -> Option<Vec<u8>> {
        let server = Responder::start();
        server.resolver().dns_message(name, kind, &Ask { is_whole: true, ..Ask::default() })
    }

    #[test]
    fn an_answer_comes_as_the_server_sent_it() {
        let answer = ask("v4.test", 1).unwrap();
        assert_eq!(error_of(&answer), 0);
        assert_eq!(answer[answer.len() - 4..], [192, 0, 2, 2]);
    }

    #[test]
    fn an_error_is_an_answer_too() {
        assert_eq!(ask("nx.test", 1).map(|answer| error_of(&answer)), Some(3));
        assert_eq!(ask("servfail.test", 1).map(|answer| error_of(&answer)), Some(2));
        assert_eq!(ask("silent.test", 1), None);
        assert_eq!(ask(&"x".repeat(64), 1), None);
    }

    #[test]
    fn the_own_computer_is_known() {
        assert!(Resolver::system().own_addresses("localhost").iter().all(IpAddr::is_loopback));
        assert!(!Resolver::system().own_addresses("localhost").is_empty());
    }
}
