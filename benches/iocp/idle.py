#!/usr/bin/env python3
"""Memory of an echo server for idle connections. usage: idle.py COUNT COMMAND...   (PORT is appended, then 1: a one-byte
buffer, so that what is counted is the library's and the server's own). Needs `ulimit -n` above COUNT."""
import socket, subprocess, sys, time

count, command, port = int(sys.argv[1]), sys.argv[2:], 9990
server = subprocess.Popen(command + [str(port), "1"])
time.sleep(0.3)

def resident():
    with open(f"/proc/{server.pid}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))

def connect(n):
    return [socket.create_connection(("127.0.0.1", port)) for _ in range(n)]

first = connect(100)
time.sleep(0.3)
before = resident()
rest = connect(count)
time.sleep(1)
after = resident()
rest[-1].sendall(b"x")
assert rest[-1].recv(1) == b"x"
print(f"{command[-1].rsplit('/', 1)[-1]}: {(after - before) / count:.0f} bytes per idle connection, base {before / 2**20:.1f} MiB")
server.kill()
