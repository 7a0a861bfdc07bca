//! A name server for tests, on a port of 127.0.0.1: each name has one behaviour.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use simple_dns::rdata::{A, AAAA, CNAME, PTR, RData};
use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, RCODE, ResourceRecord, TYPE};

use super::{Files, Resolver};

/// A running server; its thread ends with the test process.
pub(crate) struct Responder {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Responder {
    pub(crate) fn start() -> Responder {
        // TCP first: the kernel gives a port that UDP is likely to have free too.
        let (tcp, udp) = (0..64)
            .find_map(|_| {
                let tcp = TcpListener::bind("127.0.0.1:0").ok()?;
                let udp = UdpSocket::bind(tcp.local_addr().ok()?).ok()?;
                Some((tcp, udp))
            })
            .expect("a free port");
        let address = udp.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut buffer = [0; 2048];
            while let Ok((length, peer)) = udp.recv_from(&mut buffer) {
                for reply in replies(&buffer[..length], false, &log) {
                    let _ = udp.send_to(&reply, peer);
                }
            }
        });
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in tcp.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut length = [0; 2];
                if stream.read_exact(&mut length).is_err() {
                    continue;
                }
                let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
                if stream.read_exact(&mut message).is_err() {
                    continue;
                }
                for reply in replies(&message, true, &log) {
                    // In two pieces, as a network may deliver it.
                    let _ = stream.write_all(&(reply.len() as u16).to_be_bytes());
                    let _ = stream.write_all(&reply[..7]);
                    let _ = stream.write_all(&reply[7..]);
                }
            }
        });
        Responder { address, asked }
    }

    /// The names that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// A resolver that asks this server alone.
    pub(crate) fn resolver(&self) -> Resolver {
        self.resolver_with("options timeout:1 attempts:1")
    }

    /// A resolver that asks this server, with more lines of `resolv.conf` before it.
    pub(crate) fn resolver_with(&self, lines: &str) -> Resolver {
        let text = format!("{lines}\nnameserver [127.0.0.1]:{}\n", self.address.port());
        resolver(&text, "127.0.0.1 localhost\n192.0.2.77 from-hosts.test fh\n192.0.2.78 vm-alias\n").with_ipv6(true)
    }
}

/// A resolver with these texts as its files.
pub(crate) fn resolver(resolv_conf: &str, hosts: &str) -> Resolver {
    Resolver::with_files(Files {
        hosts: write(hosts),
        resolv_conf: write(resolv_conf),
        nsswitch_conf: write("hosts: files dns\n"),
        services: "/nonexistent".into(),
    })
}

fn write(text: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let directory = std::env::temp_dir().join(format!("winsock-names-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let path = directory.join(count.to_string());
    std::fs::write(&path, text).unwrap();
    path
}

fn replies(question: &[u8], by_tcp: bool, log: &Mutex<Vec<String>>) -> Vec<Vec<u8>> {
    let Ok(query) = Packet::parse(question) else { return Vec::new() };
    let Some(asked) = query.questions.first() else { return Vec::new() };
    let name = asked.qname.to_string().to_ascii_lowercase();
    log.lock().unwrap().push(name.clone());
    let mut reply = Packet::new_reply(query.id());
    reply.set_flags(PacketFlag::RECURSION_DESIRED | PacketFlag::RECURSION_AVAILABLE);
    reply.questions.push(asked.clone());
    let record =
        |owner: &str, rdata| ResourceRecord::new(Name::new_unchecked(owner).into_owned(), CLASS::IN, 60, rdata);
    let v4 = |owner: &str, last| record(owner, RData::A(A { address: Ipv4Addr::new(192, 0, 2, last).to_bits() }));
    let v6 = |owner: &str| {
        record(owner, RData::AAAA(AAAA { address: Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).to_bits() }))
    };
    let cname = |owner: &str, target: &'static str| record(owner, RData::CNAME(CNAME(Name::new_unchecked(target))));
    let ipv4 = asked.qtype == QTYPE::TYPE(TYPE::A);
    let ipv6 = asked.qtype == QTYPE::TYPE(TYPE::AAAA);
    match name.as_str() {
        "both.test" if ipv4 => reply.answers.push(v4("both.test", 1)),
        "both.test" if ipv6 => reply.answers.push(v6("both.test")),
        "v4.test" | "host.search.test" | "xn--zckzah.test" if ipv4 => reply.answers.push(v4(&name, 2)),
        "v6.test" if ipv6 => reply.answers.push(v6("v6.test")),
        "alias.test" => {
            reply.answers.push(cname("Alias.test", "middle.test"));
            reply.answers.push(cname("MIDDLE.test", "v4.test"));
            if ipv4 {
                reply.answers.push(v4("v4.test", 2));
                reply.answers.push(v4("other.test", 99));
            }
        }
        "dangling.test" => reply.answers.push(cname("dangling.test", "nowhere.test")),
        "loop.test" => reply.answers.push(cname("loop.test", "loop.test")),
        "half.test" if ipv4 => reply.answers.push(v4("half.test", 3)),
        "half.test" => *reply.rcode_mut() = RCODE::ServerFailure,
        "v4.test" | "v6.test" | "empty.test" | "empty.search.test" | "host.search.test" | "xn--zckzah.test" => {}
        "servfail.test" => *reply.rcode_mut() = RCODE::ServerFailure,
        "refused.test" => *reply.rcode_mut() = RCODE::Refused,
        "notimp.test" => *reply.rcode_mut() = RCODE::NotImplemented,
        "formerr.test" => *reply.rcode_mut() = RCODE::FormatError,
        "silent.test" => return Vec::new(),
        "garbage.test" => {
            return vec![[&query.id().to_be_bytes()[..], &[0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, 0xff, 0xc0]].concat()];
        }
        "large.test" if by_tcp => (0..200).for_each(|last| reply.answers.push(v4("large.test", last))),
        "large.test" => reply.set_flags(PacketFlag::TRUNCATION),
        "spoofed.test" => {
            // A wrong number, then a right number for another question, then the truth.
            let mut forged = Packet::new_reply(query.id().wrapping_add(1));
            forged.answers.push(v4("spoofed.test", 66));
            let mut other = Packet::new_reply(query.id());
            let mut question = asked.clone();
            question.qname = Name::new_unchecked("other.test");
            other.questions.push(question);
            other.answers.push(v4("spoofed.test", 67));
            if ipv4 {
                reply.answers.push(v4("spoofed.test", 4));
            }
            return [forged, other, reply].iter().map(|packet| packet.build_bytes_vec().unwrap()).collect();
        }
        "9.2.0.192.in-addr.arpa" => {
            reply.answers.push(record(&name, RData::PTR(PTR(Name::new_unchecked("nine.test")))));
        }
        "8.2.0.192.in-addr.arpa" => *reply.rcode_mut() = RCODE::ServerFailure,
        _ => *reply.rcode_mut() = RCODE::NameError,
    }
    vec![reply.build_bytes_vec().unwrap()]
}
