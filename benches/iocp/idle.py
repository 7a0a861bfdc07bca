#!/usr/bin/env python3
"""Memory for idle connections that each have a receive under way: a server's of this library, and how much more that is than
a native server's whose own structure for a connection is as large.

usage: idle.py COUNT COMMAND NATIVE_COMMAND    To each PORT is appended, then 1: a one-byte buffer. Needs `ulimit -n` above
COUNT."""
import socket, subprocess, sys, time


def bytes_per_connection(command, count, port):
    """Growth of the resident memory, and what it was before, in MiB."""
    server = subprocess.Popen([command, str(port), "1"])

    def resident():
        with open(f"/proc/{server.pid}/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))

    def connect(number):
        return [socket.create_connection(("127.0.0.1", port)) for _ in range(number)]

    def connect_first(deadline):
        try:
            return connect(1)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
            return connect_first(deadline)

    first = connect_first(time.monotonic() + 10) + connect(99)
    time.sleep(0.3)
    before = resident()
    rest = connect(count)
    time.sleep(1)
    after = resident()
    rest[-1].sendall(b"x")
    assert rest[-1].recv(1) == b"x"
    server.kill()
    server.wait()
    for one in first + rest:
        one.close()
    return (after - before) / count, before / 2**20


count, command, native = int(sys.argv[1]), sys.argv[2], sys.argv[3]
own, base = bytes_per_connection(command, count, 9990)
other, _ = bytes_per_connection(native, count, 9989)
print(f"{own:.0f} bytes per idle connection, base {base:.1f} MiB; native {other:.0f}; the library's own {own - other:.0f}")
