#include <WinSock2.h>
#include <stdio.h>
#include "..\Common\Report.h"

int main(void)
{
    WSADATA data;
    SOCKET s;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 1;
    s = accept(INVALID_SOCKET, NULL, NULL);
#ifdef __linux__
    CreateWindowEx(0);
#endif
    report("accept");
    closesocket(s);
    WSACleanup();
    return 0;
}
