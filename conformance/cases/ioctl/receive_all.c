// A raw socket that receives every packet of an interface.
//
// rule: SIO_RCVALL wants a raw socket that is bound to an address; then each packet comes with its IP header, whoever it is for, and the sender is its source; off again, none comes.
// source: https://learn.microsoft.com/windows/win32/winsock/sio-rcvall
// network: alone
// proves: WSAIoctl WSAEINVAL
// expect: WSAIoctl unbound 10022
// expect: WSAIoctl any 10022
// expect: WSAIoctl mode 10022
// expect: WSAIoctl stream 10022
// expect: ioctlsocket stream 10022
// expect: WSAIoctl ok
// expect: getsockname 127.0.0.1 port 0
// expect: packet 4 udp 127.0.0.1 to 127.0.0.1 port ok length 33 of 33 hello
// expect: sender 2 127.0.0.1 0
// expect: tcp 6 syn 1
// expect: filtered 6
// expect: overlapped 33 2 hello
// expect: off ok
// expect: recv 10035
// expect: option 1 sent 28 of 28 arrives 0
#include "case.h"

static SOCKET raw(int protocol)
{
    SOCKET s = socket(AF_INET, SOCK_RAW, protocol);
    if (s == INVALID_SOCKET) {
        result("socket", 1);
        exit(0);
    }
    return s;
}

static void name(SOCKET s, const char *text)
{
    struct sockaddr_in at = ipv4(text, 0);
    must(bind(s, (struct sockaddr *)&at, sizeof at) == 0, "bind");
}

static int receive_all(SOCKET s, DWORD mode)
{
    DWORD count = 0;
    return WSAIoctl(s, _WSAIOW(IOC_VENDOR, 1), &mode, sizeof mode, NULL, 0, &count, NULL, NULL);
}

static void send_hello(struct sockaddr_in to)
{
    SOCKET s = udp();
    must(sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof to) == 5, "sendto");
    closesocket(s);
}

int main(void)
{
    unsigned char packet[2000];
    struct sockaddr_in to, from;
    int length = sizeof from, count, on = 1;
    DWORD got = 0, flags = 0;
    WSABUF buffer = {sizeof packet, (char *)packet};
    WSAOVERLAPPED record;
    u_long mode = 1;
    SOCKET s, other, client, receiver;
    start();
    receiver = udp_bound(&to);
    s = raw(IPPROTO_IP);
    result("WSAIoctl unbound", receive_all(s, 1) != 0);
    name(s, "0.0.0.0");
    result("WSAIoctl any", receive_all(s, 1) != 0);
    closesocket(s);
    s = raw(IPPROTO_IP);
    name(s, "127.0.0.1");
    result("WSAIoctl mode", receive_all(s, 7) != 0);
    client = tcp();
    name(client, "127.0.0.1");
    result("WSAIoctl stream", receive_all(client, 1) != 0);
    result("ioctlsocket stream", ioctlsocket(client, _WSAIOW(IOC_VENDOR, 1), &mode) != 0);
    must(setsockopt(s, IPPROTO_IP, IP_HDRINCL, (char *)&on, sizeof on) == 0, "IP_HDRINCL");
    result("WSAIoctl", receive_all(s, 1) != 0);
    must(getsockname(s, (struct sockaddr *)&from, &length) == 0, "getsockname");
    printf("getsockname %s port %d\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port));

    send_hello(to);
    wait_readable(s);
    count = recvfrom(s, (char *)packet, sizeof packet, 0, (struct sockaddr *)&from, &length);
    must(count >= 28, "recvfrom");
    printf("packet %d %s %d.%d.%d.%d to %d.%d.%d.%d port %s length %d of %d %.5s\n", packet[0] >> 4,
           packet[9] == 17 ? "udp" : "?", packet[12], packet[13], packet[14], packet[15], packet[16], packet[17],
           packet[18], packet[19], memcmp(packet + 22, &to.sin_port, 2) == 0 ? "ok" : "?",
           packet[2] << 8 | packet[3], count, (char *)packet + 28);
    printf("sender %d %s %d\n", from.sin_family, inet_ntoa(from.sin_addr), ntohs(from.sin_port));

    // Of a socket of one protocol only that one's.
    other = raw(IPPROTO_TCP);
    name(other, "127.0.0.1");
    must(receive_all(other, 3) == 0, "SIO_RCVALL");
    send_hello(to);
    must(recv(s, (char *)packet, sizeof packet, 0) == 33, "recv");
    must(connect(client, (struct sockaddr *)&to, sizeof to) != 0, "refused");
    must(recv(s, (char *)packet, sizeof packet, 0) >= 40, "recv");
    printf("tcp %d syn %d\n", packet[9], packet[20 + 13] >> 1 & 1);
    must(recv(other, (char *)packet, sizeof packet, 0) >= 40, "recv");
    printf("filtered %d\n", packet[9]);
    must(recv(s, (char *)packet, sizeof packet, 0) >= 40, "recv the reset");

    memset(&record, 0, sizeof record);
    length = sizeof from;
    must(WSARecvFrom(s, &buffer, 1, &got, &flags, (struct sockaddr *)&from, &length, &record, NULL) != 0 &&
             WSAGetLastError() == WSA_IO_PENDING, "WSARecvFrom");
    send_hello(to);
    while (!WSAGetOverlappedResult(s, &record, &got, FALSE, &flags) && WSAGetLastError() == WSA_IO_INCOMPLETE)
        sleep_ms(5);
    printf("overlapped %u %d %.5s\n", (unsigned)got, from.sin_family, (char *)packet + 28);

    result("off", receive_all(s, 0) != 0);
    nonblocking(s);
    send_hello(to);
    sleep_ms(50);
    result("recv", recv(s, (char *)packet, sizeof packet, 0) < 0);

    // As it was before: with the option that was set then, it sends what has its header.
    memset(packet, 0, sizeof packet);
    packet[0] = 0x45, packet[8] = 64, packet[9] = 17, packet[12] = packet[16] = 127, packet[15] = packet[19] = 1;
    memcpy(packet + 20, &to.sin_port, 2);
    memcpy(packet + 22, &to.sin_port, 2);
    packet[25] = 8;
    on = 0, length = sizeof on;
    must(getsockopt(s, IPPROTO_IP, IP_HDRINCL, (char *)&on, &length) == 0, "getsockopt");
    nonblocking(receiver);
    while (recv(receiver, (char *)packet + 100, 100, 0) > 0)
        continue;
    count = sendto(s, (char *)packet, 28, 0, (struct sockaddr *)&to, sizeof to);
    sleep_ms(50);
    printf("option %d sent %d of 28 arrives %d\n", on != 0, count, recv(receiver, (char *)packet, sizeof packet, 0));
    closesocket(receiver);
    return 0;
}
