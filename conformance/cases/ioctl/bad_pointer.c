// The argument of ioctlsocket is missing.
//
// rule: ioctlsocket and WSAIoctl with a NULL argument fail with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-ioctlsocket and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaioctl, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 5089, 5099, 5313, validated on Windows
// proves: ioctlsocket WSAIoctl WSAEFAULT
// expect: ioctlsocket FIONBIO 10014
// expect: ioctlsocket FIONREAD 10014
// expect: WSAIoctl null input 10014
// expect: WSAIoctl null count 10014
#include "case.h"

int main(void)
{
    SOCKET s;
    u_long on = 1;
    DWORD count;
    start();
    s = tcp();
    result("ioctlsocket FIONBIO", ioctlsocket(s, FIONBIO, NULL) != 0);
    result("ioctlsocket FIONREAD", ioctlsocket(s, FIONREAD, NULL) != 0);
    result("WSAIoctl null input", WSAIoctl(s, FIONBIO, NULL, 0, NULL, 0, &count, NULL, NULL) != 0);
    result("WSAIoctl null count", WSAIoctl(s, FIONBIO, &on, sizeof on, NULL, 0, NULL, NULL, NULL) != 0);
    return 0;
}
