// What a poll through \Device\Afd tells of sockets in their states.
//
// rule: a connected stream is told as connected and, while there is room, as writable; data, urgent data, the peer's end and
//       a reset are told beside; the program's own shutdown is no end; one without connection has nothing to tell.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll and test_poll_reset, checked on Windows
// expect: fresh:
// expect: bound:
// expect: listener:
// expect: listener with one: ACCEPT
// expect: listener without: 
// expect: client: SEND CONNECT
// expect: server: SEND CONNECT
// expect: with data: RECEIVE SEND CONNECT
// expect: data taken: SEND CONNECT
// expect: full: CONNECT
// expect: urgent: EXPEDITED SEND CONNECT
// expect: urgent taken: SEND CONNECT
// expect: urgent in line: RECEIVE SEND CONNECT
// expect: own shutdown: SEND CONNECT
// expect: peer's end: SEND DISCONNECT CONNECT
// expect: data and end: RECEIVE SEND DISCONNECT CONNECT
// expect: reset: SEND ABORT CONNECT
// expect: reset again: SEND ABORT CONNECT
// expect: datagrams: SEND
// expect: datagrams bound: SEND
// expect: datagram there: RECEIVE SEND
#include "afd.h"

static char large[1 << 20];

int main(void)
{
    struct sockaddr_in at;
    SOCKET listener, client, server, s;
    char byte;
    int on = 1;
    start();

    s = tcp();
    holds("fresh", s);
    bind_free(s);
    holds("bound", s);
    closesocket(s);

    listener = tcp_listening(&at);
    holds("listener", listener);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    until(listener, AFD_POLL_ACCEPT);
    holds("listener with one", listener);
    server = accept(listener, NULL, NULL);
    must(server != INVALID_SOCKET, "accept");
    holds("listener without", listener);
    closesocket(listener);

    holds("client", client);
    holds("server", server);
    must(send(server, "x", 1, 0) == 1, "send");
    until(client, AFD_POLL_RECEIVE);
    holds("with data", client);
    must(recv(client, &byte, 1, 0) == 1, "recv");
    holds("data taken", client);
    nonblocking(server);
    while (send(server, large, sizeof large, 0) > 0)
        ;
    sleep_ms(100);
    while (send(server, large, sizeof large, 0) > 0)
        ;
    holds("full", server);
    // Nor is that asked alone, again, a change to wait for.
    until(server, AFD_POLL_CONNECT);
    closesocket(client);
    closesocket(server);

    tcp_pair(&client, &server);
    must(send(client, "!", 1, MSG_OOB) == 1, "send");
    until(server, AFD_POLL_RECEIVE_EXPEDITED);
    holds("urgent", server);
    must(recv(server, &byte, 1, MSG_OOB) == 1, "recv");
    holds("urgent taken", server);
    must(setsockopt(server, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof on) == 0, "setsockopt");
    must(send(client, "!", 1, MSG_OOB) == 1, "send");
    until(server, AFD_POLL_RECEIVE);
    holds("urgent in line", server);
    closesocket(client);
    closesocket(server);

    tcp_pair(&client, &server);
    must(shutdown(client, SD_RECEIVE) == 0 && shutdown(client, SD_SEND) == 0, "shutdown");
    holds("own shutdown", client);
    until(server, AFD_POLL_DISCONNECT);
    holds("peer's end", server);
    closesocket(client);
    closesocket(server);

    tcp_pair(&client, &server);
    must(send(client, "x", 1, 0) == 1 && shutdown(client, SD_SEND) == 0, "send");
    until(server, AFD_POLL_RECEIVE);
    sleep_ms(50);
    holds("data and end", server);
    closesocket(client);
    closesocket(server);

    tcp_pair(&client, &server);
    reset_connection(client);
    until(server, AFD_POLL_ABORT);
    holds("reset", server);
    holds("reset again", server);
    closesocket(server);

    s = udp();
    holds("datagrams", s);
    at = bind_free(s);
    holds("datagrams bound", s);
    client = udp();
    must(sendto(client, "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    until(s, AFD_POLL_RECEIVE);
    holds("datagram there", s);
    return 0;
}
