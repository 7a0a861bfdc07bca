// A socket that is being accepted into.
//
// rule: while AcceptEx into a socket is under way, connect, ConnectEx and another AcceptEx on it give WSAEINVAL; so does
// rule: AcceptEx on a listener that does not listen, and into a bound or a datagram socket.
// source: Wine dlls/ws2_32/tests/sock.c, test_AcceptEx, validated on Windows
// expect: AcceptEx not listening 10022
// expect: AcceptEx no accept socket 10038
// expect: AcceptEx no buffer 10014
// expect: AcceptEx bound 10022
// expect: AcceptEx datagram 10022
// expect: AcceptEx 997
// expect: AcceptEx again 10022
// expect: connect 10022
// expect: ConnectEx 10022
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    SOCKET listener, acceptor, bound, unlistening;
    struct sockaddr_in at, other;
    WSAOVERLAPPED first, second;
    char space[2 * (sizeof at + 16)];
    DWORD count, room = sizeof at + 16;
    start();
    ConnectEx = connect_ex();
    listener = tcp_listening(&at);
    acceptor = tcp();
    bound = tcp();
    bind_free(bound);
    unlistening = tcp();
    bind_free(unlistening);
    fresh(&first);
    fresh(&second);
    result("AcceptEx not listening", !AcceptEx(unlistening, acceptor, space, 0, room, room, &count, &second));
    result("AcceptEx no accept socket", !AcceptEx(listener, 0xdeadbeec, space, 0, room, room, &count, &second));
    result("AcceptEx no buffer", !AcceptEx(listener, tcp(), NULL, 4, room, room, &count, &second));
    result("AcceptEx bound", !AcceptEx(listener, bound, space, 0, room, room, &count, &second));
    result("AcceptEx datagram", !AcceptEx(listener, udp_bound(&other), space, 0, room, room, &count, &second));
    result("AcceptEx", !AcceptEx(listener, acceptor, space, 0, room, room, &count, &first));
    result("AcceptEx again", !AcceptEx(listener, acceptor, space, 0, room, room, &count, &second));
    result("connect", connect(acceptor, (struct sockaddr *)&at, sizeof at) != 0);
    result("ConnectEx", !ConnectEx(acceptor, (struct sockaddr *)&at, sizeof at, NULL, 0, &count, &second));
    return 0;
}
