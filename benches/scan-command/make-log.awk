# Makes a log of ordinary lines: awk -v mib=64 -v rate=0.005 [-v peers=5] [-v decoys=0.02] -f make-log.awk
# `rate` of the records are Winsock errors in the forms of several runtimes; `decoys` of the lines have a port that looks
# like a code, and ids and sizes look as they may. The same arguments give the same log.
function stamp() {
    ms += int(rand() * 240)
    s = int(ms / 1000)
    return sprintf("2025-02-%02d %02d:%02d:%02d.%03d", 3 + int(s / 86400) % 25, int(s / 3600) % 24, int(s / 60) % 60, s % 60, ms % 1000)
}
function peer() { return sprintf("10.%d.%d.%d:443", int(rand() * peers / 65536) % 256, int(rand() * peers / 256) % 256, 1 + int(rand() * peers) % 254) }
function problem(k) {
    k = rand()
    if (k < 0.3) return stamp() " ERROR [net-" int(rand() * 9) "] WSARecv() from " peer() " failed with error 10054"
    if (k < 0.5) return stamp() " ERROR connect to " peer() " failed: WSAETIMEDOUT"
    if (k < 0.65) return stamp() " WARN System.Net.Sockets.SocketException (10061): No connection could be made because the target machine actively refused it. 127.0.0.1:5432"
    if (k < 0.75) return stamp() " read tcp 10.0.0.7:50124->" peer() ": wsarecv: An existing connection was forcibly closed by the remote host."
    if (k < 0.85) return stamp() " ERROR ConnectionAbortedError: [WinError 10053] An established connection was aborted by the software in your host machine"
    if (k < 0.95) return stamp() " ERROR hr=0x80072746 while sending to " peer()
    return stamp() " ERROR bind() failed with error 10048"
}
BEGIN {
    srand(7)
    if (peers == "") peers = 5
    if (decoys == "") decoys = 0.02
    n = split("worker started request done bytes cache miss session user order item queue flush commit read page index shard token lease", words, " ")
    while (size < mib * 1048576) {
        if (rand() < rate) line = problem()
        else {
            line = stamp() " INFO [w-" int(rand() * 16) "]"
            for (i = 5 + int(rand() * 10); i > 0; i--) line = line " " words[1 + int(rand() * n)]
            line = line " id=" int(rand() * 99999) " ms=" int(rand() * 400)
            # -v decoys=1 has a port that looks like a code in every line: the worst case for a search by numbers.
            if (rand() < decoys) line = line " port=" (10000 + int(rand() * 110))
        }
        print line
        size += length(line) + 1
    }
}
