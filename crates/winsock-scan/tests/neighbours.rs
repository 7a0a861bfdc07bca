//! Records one behind the other, with peers and without: none tells what its neighbour does.

use winsock_scan::{Collect, Scanner};

/// Line, code, operation and peer of each finding.
fn found(log: &str) -> Vec<String> {
    let mut all = Collect::default();
    Scanner::new().scan_slice(log.as_bytes(), &mut all);
    let tell = |finding: &winsock_scan::OwnedFinding| {
        let operation = finding.operation.map_or("-", |operation| operation.as_str());
        let peer = finding.peer.as_deref().unwrap_or("-");
        format!("{} {} {operation} {peer}", finding.line, finding.code.value())
    };
    all.findings.iter().map(tell).collect()
}

#[test]
fn fields_behind_each_error_are_its_own() {
    let behind =
        "recv error 10054\npeer: 10.1.0.5\nconnect error 10061\npeer: 10.1.0.6:80\nsend error 10053\npeer: 10.1.0.7\n";
    assert_eq!(found(behind), ["1 10054 recv 10.1.0.5", "3 10061 connect 10.1.0.6:80", "5 10053 send 10.1.0.7"]);
    let before = "peer: 10.1.0.5\nrecv error 10054\npeer: 10.1.0.6:80\nconnect error 10061\n";
    assert_eq!(found(before), ["2 10054 recv 10.1.0.5", "4 10061 connect 10.1.0.6:80"]);
    let dated = "2026-03-02 09:00:02 accept failed 10055\n    client: 10.1.0.9\n2026-03-02 09:00:02 accept failed 10055\n\
        2026-03-02 09:00:03 send failed 10053\n    client: 10.1.0.10\n";
    assert_eq!(found(dated), ["1 10055 accept 10.1.0.9", "3 10055 accept -", "4 10053 send 10.1.0.10"]);
}

#[test]
fn traces_one_behind_the_other_are_records() {
    let net = "System.Net.Sockets.SocketException (10054): closed\n   at System.Net.Sockets.Socket.Receive(Byte[] buffer)\n\
        System.Net.Sockets.SocketException (10061): refused 10.1.0.9:443\n   at System.Net.Sockets.Socket.Connect(EndPoint end)\n";
    assert_eq!(found(net), ["1 10054 recv -", "3 10061 connect 10.1.0.9:443"]);
    let java = "java.net.SocketException: Connection reset by peer: socket write error\n\tat a.B.write(B.java:1)\n\
        java.net.ConnectException: Connection refused: connect db1/10.1.0.9:80\n\tat a.B.connect(B.java:9)\n";
    assert_eq!(found(java), ["1 10054 send -", "3 10061 connect 10.1.0.9:80"]);
    // What led to it is a part of it.
    let caused = "java.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)\nCaused by: java.net.ConnectException: Connection refused: \
        connect\n\tat a.B.connect(B.java:9)\n\tto db1/10.1.0.9:80\n";
    assert_eq!(found(caused), ["3 10061 connect 10.1.0.9:80"]);
}

#[test]
fn what_comes_next_is_something_elses() {
    for (log, wanted) in [
        ("recv failed: 10054\nconnected to 10.1.0.5:443\n", "recv -"),
        ("error: 10054 in recv\nretrying with 10.1.0.9:443\n", "recv -"),
        ("recv failed: 10054\n\npeer 10.1.0.9:80 connected\n", "recv -"),
        ("10:00:01 accept failed: 10055\n10:00:01 client 10.1.0.5:51443 connected\n", "accept -"),
        ("10:00:01 accept failed: 10055\n10:00:01 send to 10.1.0.5:514: error 10053\n", "accept -"),
        ("[10:00:01] recv error 10054\n[10:00:01] trying next server 10.1.0.9:443\n", "recv -"),
        ("{\"msg\":\"recv failed: 10054\"}\n{\"msg\":\"connected\",\"peer\":\"10.1.0.8:80\"}\n", "recv -"),
        ("\x1b[31mrecv failed: 10054\x1b[0m\n\x1b[32mconnecting to 10.1.0.8:80\x1b[0m\n", "recv -"),
    ] {
        let first = found(log).into_iter().next().unwrap_or_default();
        assert!(first.starts_with("1 10") && first.ends_with(wanted), "{first}: {log}");
    }
}

#[test]
fn who_wrote_a_record_is_no_peer() {
    for head in [
        "<131>1 2026-11-23T10:11:12.003Z host7 app 17 ID4 [origin ip=\"10.9.0.1\"] ",
        "<131>1 2026-11-23T10:11:12.003Z host7 app 17 - [origin software=\"x\" ip=\"10.9.0.1\"][meta seq=\"7\"] ",
        "CEF:0|Acme|Forwarder|1.0|42|failure|5|dvc=10.9.0.1 dvchost=host7 msg=",
    ] {
        assert_eq!(found(&format!("{head}recv failed with error 10054\n")), ["1 10054 recv -"], "{head}");
        let wanted = ["1 10061 connect 10.1.0.5:443"];
        assert_eq!(found(&format!("{head}connect to 10.1.0.5:443 failed with error 10061\n")), wanted, "{head}");
    }
}
