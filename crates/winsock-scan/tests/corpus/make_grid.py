#!/usr/bin/env python3
"""Makes grid.tsv: shapes of records, each with codes, peers and verbs of its own. `python3 make_grid.py > grid.tsv`"""

TEXT = {
    10013: "An attempt was made to access a socket in a way forbidden by its access permissions.",
    10048: "Only one usage of each socket address (protocol/network address/port) is normally permitted.",
    10049: "The requested address is not valid in its context.",
    10051: "A socket operation was attempted to an unreachable network.",
    10053: "An established connection was aborted by the software in your host machine.",
    10054: "An existing connection was forcibly closed by the remote host.",
    10055: "An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full.",
    10060: "A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.",
    10061: "No connection could be made because the target machine actively refused it.",
    10065: "A socket operation was attempted to an unreachable host.",
}
NAME = {10048: "WSAEADDRINUSE", 10053: "WSAECONNABORTED", 10054: "WSAECONNRESET", 10060: "WSAETIMEDOUT", 10061: "WSAECONNREFUSED", 10065: "WSAEHOSTUNREACH", 10055: "WSAENOBUFS", 10057: "WSAENOTCONN", 10035: "WSAEWOULDBLOCK", 11001: "WSAHOST_NOT_FOUND"}
PEERS = ["192.0.2.10:443", "198.51.100.7:10054", "[2001:db8::9]:8080", "203.0.113.200:25"]
SHAPES = [
    # codes, shape, peer told, operation, runtime
    ([10054, 10053, 10060], "{d} [4{i}] tcp: recv() from {p} failed: {c}", True, "recv", "c"),
    ([10061, 10060, 10065], "{d} ERROR connect to {p} failed with error {c}", True, "connect", "c"),
    ([10053, 10054, 10055], "send() to {p} failed, WSAGetLastError returned {c} (0x{c:X})", True, "send", "c"),
    ([10061, 10060, 10051], "dial tcp {p}: connectex: {t}", True, "connect", "go"),
    ([10054, 10053], "read tcp 10.0.0.4:5{i}123->{p}: wsarecv: {t}", True, "recv", "go"),
    ([10061, 10065], "Connection to {p} lost: {n}", True, "-", "c"),
    ([10061, 10060, 10051], "System.Net.Sockets.SocketException ({c}): {t} {p}", True, "-", "dotnet"),
    ([10054, 10053], "System.IO.IOException: Unable to write data to the transport connection: {t}.", False, "send", "dotnetfx"),
    ([10054, 10061, 10060], "[WinError {c}] {t}", False, "-", "python"),
    ([10048, 10013, 10049], "{d} bind: {t} [system:{c}]", False, "bind", "asio"),
    ([10054, 10055, 10060], "Error: {t} (os error {c})", False, "-", "rust"),
    ([10054, 10061, 10060, 10048], "agent stopped, hr=0x{h:08X}", False, "-", "hr"),
    ([10054, 10061], "winsock error: {n}", False, "-", "c"),
    ([10061, 10060], "Can't connect to MySQL server on '192.0.2.77' ({c})", "192.0.2.77", "connect", "mysql"),
    ([10048, 10013], "listen tcp 0.0.0.0:8{i}80: bind: {t}", False, "bind", "go"),
    ([10054, 10053], "{d} [error] 7#9: *{i} WSARecv() failed ({c}: {t}) while reading response header from upstream, client: 127.0.0.1, server: x, upstream: \"http://{p}/\"", True, "recv", "nginx"),
    ([10035, 10057], "pump: recv returned SOCKET_ERROR, {n}", False, "recv", "c"),
]
DECOYS = [
    "{d} [{c}] INFO accepted 10.1.1.{i}:{c} as client {c}",
    "{d} downloaded {c} bytes in {c} ms from server 10.1.1.{i}",
    "{d} DEBUG queue length {c}, connection pool {c}",
    "node {c} joined, port {c} open",
    "error page {c}.html not found on server",
    "job {c} failed: connection script missing",
    "thread {c}: network loop entered",
    "trace 0x{c:08x} at 0x7f{c:04x}0 size {c}",
    "{{\"code\":{c},\"message\":\"remote address not allowed\"}}",
    "GET /net/{c} 200 {c} 0.{c}",
]

print("id\tline\tcodes\tpeer\top\truntime\tnote")
number = 0
for shape in SHAPES:
    codes, text, peer_told, operation, runtime = shape
    for i, code in enumerate(codes):
        for peer in PEERS[:3] if peer_told is True else PEERS[:1]:
            number += 1
            date = f"2025-0{1 + i}-1{i} 1{i}:05:0{i}.{number:03d}"
            line = text.format(d=date, i=i, p=peer, c=code, t=TEXT.get(code, ""), n=NAME.get(code, ""), h=0x80070000 | code)
            told = peer if peer_told is True else peer_told or "-"
            print(f"G{number:03d}\t{line}\t{code}\t{told}\t{operation}\t{runtime}\ttier=A")
for text in DECOYS:
    for i, code in enumerate([10054, 10061, 10060, 10048, 11001]):
        number += 1
        line = text.format(d=f"2025-03-0{1 + i} 09:0{i}:00.{number:03d}", i=i, c=code)
        print(f"G{number:03d}\t{line}\t-\t-\t-\tdecoy\tneg:number that is no error")
