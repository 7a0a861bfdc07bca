//! Every program in `examples/winsock`, built by the driver and, where they are installed, by mingw for wine: the same
//! checks pass in both worlds.

mod world;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use world::{Program, World, worlds};

/// Runs a check of the programs `names` in every world.
fn in_every_world(names: &[&str], check: impl Fn(&World, &[Program])) {
    for world in worlds() {
        let programs: Vec<Program> = names.iter().map(|name| world.build(name)).collect();
        check(&world, &programs);
    }
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// One style serves another style's client and one that is no Winsock program, at the same time.
fn echo(server: &str, client: &str) {
    in_every_world(&[server, client], |world, programs| {
        let mut serving = programs[0].start(&["server", "0", "2"]);
        let port = serving.port();
        let mut plain = connect(port);
        plain.write_all(b"first half ").unwrap();
        let long = "x".repeat(4000);
        let printed = programs[1].run(&["client", &port.to_string(), "hello", "one two", &long]);
        assert_eq!(printed, format!("hello\none two\n{long}\n"), "{world:?} {client}");
        plain.write_all(b"second half").unwrap();
        let mut back = [0; 22];
        plain.read_exact(&mut back).unwrap();
        assert_eq!(&back, b"first half second half", "{world:?} {server}");
        drop(plain);
        assert_eq!(serving.rest(), "2 connections, 4034 bytes\n", "{world:?} {server}");
    });
}

#[test]
fn echo_by_threads() {
    echo("echo_threads.c", "echo_select.c");
}

#[test]
fn echo_by_select() {
    echo("echo_select.c", "echo_poll.cpp");
}

#[test]
fn echo_by_poll() {
    echo("echo_poll.cpp", "echo_port.c");
}

#[test]
fn echo_by_events() {
    echo("echo_events.c", "echo_routines.c");
}

#[test]
fn echo_by_completion_routines() {
    echo("echo_routines.c", "echo_events.c");
}

#[test]
fn echo_by_completion_port() {
    echo("echo_port.c", "echo_select.c");
}

#[test]
fn echo_clients_of_threads() {
    echo("echo_port.c", "echo_threads.c");
}

#[test]
fn chat_tells_everybody_what_one_says() {
    in_every_world(&["chat_server.cpp"], |world, programs| {
        let mut serving = programs[0].start(&["0"]);
        let port = serving.port();
        let mut ann = Talker::enter(port, "ann");
        let mut bob = Talker::enter(port, "bob");
        assert_eq!(ann.hear(), "bob is here");
        ann.stream.write_all(b"hel").unwrap();
        bob.say("hi");
        assert_eq!(ann.hear(), "bob: hi", "{world:?}");
        ann.say("lo\r");
        assert_eq!(bob.hear(), "ann: hello", "{world:?}");
        drop(ann);
        assert_eq!(bob.hear(), "ann has left", "{world:?}");
        drop(bob);
        assert_eq!(serving.rest(), "ann is here\nbob is here\nbob: hi\nann: hello\nann has left\nbob has left\n");
    });
}

struct Talker {
    stream: TcpStream,
    lines: BufReader<TcpStream>,
}

impl Talker {
    /// Enters the room; when this returns, the server knows the name, as it has answered what came before it.
    fn enter(port: u16, name: &str) -> Self {
        let stream = connect(port);
        let mut talker = Self { lines: BufReader::new(stream.try_clone().unwrap()), stream };
        assert_eq!(talker.hear(), "Your name?");
        talker.say(name);
        std::thread::sleep(Duration::from_millis(200));
        talker
    }

    fn say(&mut self, line: &str) {
        self.stream.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

#[test]
fn the_scanner_finds_the_open_port() {
    in_every_world(&["port_scanner.c"], |world, programs| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let open = listener.local_addr().unwrap().port().to_string();
        let printed = programs[0].run(&["127.0.0.1", &open, &open]);
        assert_eq!(printed, format!("port {open} is open\n1 of 1 open\n"), "{world:?}");
        drop(listener);
        assert_eq!(programs[0].run(&["127.0.0.1", &open, &open]), "0 of 1 open\n", "{world:?}");
    });
}

#[test]
fn the_time_client_reads_what_the_server_says() {
    in_every_world(&["time_server.c", "time_client.c"], |world, programs| {
        let mut serving = programs[0].start(&["0", "1", "2209075261"]);
        let port = serving.port().to_string();
        assert_eq!(programs[1].run(&["127.0.0.1", &port]), "1970-01-02 00:01:01 UTC\n", "{world:?}");
        assert_eq!(serving.rest(), "answered 127.0.0.1\n", "{world:?}");
    });
}

#[test]
fn the_http_server_sends_files() {
    in_every_world(&["http_server.c"], |world, programs| {
        let site = programs[0].folder().join("site");
        fs::create_dir_all(&site).unwrap();
        let page: String = (0..40_000).map(|line| format!("line {line}\n")).collect();
        fs::write(site.join("index.html"), "<p>hello</p>\n").unwrap();
        fs::write(site.join("big.txt"), &page).unwrap();
        let mut serving = programs[0].start(&["0", "site", "6"]);
        let mut stream = connect(serving.port());
        let mut ask = |request: &str| {
            stream.write_all(format!("{request} HTTP/1.1\r\nHost: here\r\n\r\n").as_bytes()).unwrap();
            response(&mut stream, request.starts_with("HEAD"))
        };
        let of = |status: &str, kind: &str, body: &str| (status.to_owned(), kind.to_owned(), body.to_owned());
        assert_eq!(ask("GET /"), of("200 OK", "text/html; charset=utf-8", "<p>hello</p>\n"), "{world:?}");
        assert_eq!(ask("GET /big.txt"), of("200 OK", "text/plain; charset=utf-8", &page), "{world:?}");
        assert_eq!(ask("HEAD /big.txt").2, "", "{world:?}");
        assert_eq!(ask("GET /none").0, "404 Not Found", "{world:?}");
        assert_eq!(ask("GET /../common.h").0, "400 Bad Request", "{world:?}");
        assert_eq!(ask("DELETE /").0, "405 Method Not Allowed", "{world:?}");
        drop(stream);
        assert_eq!(serving.rest().lines().count(), 6, "{world:?}");
    });
}

/// Status, type and body of a response; the body has the length that is announced.
fn response(stream: &mut TcpStream, is_head: bool) -> (String, String, String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    let length: usize = field("Content-Length:").parse().unwrap();
    let mut body = vec![0; if is_head { 0 } else { length }];
    stream.read_exact(&mut body).unwrap();
    (field("HTTP/1.1 "), field("Content-Type:"), String::from_utf8(body).unwrap())
}

#[test]
fn ping_is_answered_by_this_machine() {
    in_every_world(&["ping.c"], |world, programs| {
        let line = "reply from 127.0.0.1: 32 bytes, as sent\n";
        assert_eq!(programs[0].run(&["127.0.0.1"]), line.repeat(4) + "4 of 4 answered\n", "{world:?}");
    });
}

/// Every program is in a test above.
#[test]
fn no_example_is_without_a_test() {
    let tests = include_str!("main.rs");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/winsock");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".c") || name.ends_with(".cpp") {
            assert!(tests.contains(&format!("\"{name}\"")), "{name} has no test");
        }
    }
}
