// Control codes other than the three of ioctlsocket's page.
//
// rule: ioctlsocket runs every control code that is content with four bytes of input or output, as WSAIoctl does.
// source: https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls
// expect: SIO_UDP_CONNRESET ok
// expect: connreset gone 10035
// expect: unknown 10045
#include "case.h"

int main(void)
{
    struct sockaddr_in gone;
    u_long off = 0;
    SOCKET s;
    char byte;
    start();
    s = udp_bound(&gone);
    closesocket(s);
    s = udp();
    result("SIO_UDP_CONNRESET", ioctlsocket(s, _WSAIOW(IOC_VENDOR, 12), &off) != 0);
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&gone, sizeof gone) == 1, "sendto");
    nonblocking(s);
    sleep_ms(50);
    result("connreset gone", recv(s, &byte, 1, 0) < 0);
    result("unknown", ioctlsocket(s, 0x50000000, &off) != 0);
    return 0;
}
