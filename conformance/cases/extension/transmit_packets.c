// TransmitPackets.
//
// rule: the elements are sent in their order, memory and parts of files mixed; an offset of -1 means the file's position.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_transmitpackets
// expect: TransmitPackets ok
// expect: all: abc2345-89
// expect: overlapped ok
// expect: completed ok
// expect: again: abc2345-
// expect: none ok
// expect: no socket 10038
// expect: unconnected 10057
// expect: reuse alone 10022
// expect: no kind 10022
// expect: two kinds 10022
#include "extension.h"
#include "objects.h"

static void received(const char *what, SOCKET s, int expected)
{
    char bytes[100];
    int count = 0, more;
    while (count < expected && (more = recv(s, bytes + count, sizeof bytes - 1 - count, 0)) > 0)
        count += more;
    bytes[count] = 0;
    printf("%s: %s\n", what, bytes);
    fflush(stdout);
}

int main(void)
{
    GUID guid = WSAID_TRANSMITPACKETS;
    LPFN_TRANSMITPACKETS transmit;
    TRANSMIT_PACKETS_ELEMENT elements[4];
    SOCKET a, b;
    HANDLE file;
    DWORD written;
    OVERLAPPED operation;
    start();
    transmit = (LPFN_TRANSMITPACKETS)(UINT_PTR)extension(guid);
    tcp_pair(&a, &b);
    file = CreateFileA("packets.tmp", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE,
                       NULL);
    must(WriteFile(file, "0123456789", 10, &written, NULL) && written == 10, "WriteFile");
    SetFilePointer(file, 8, NULL, FILE_BEGIN);
    memset(elements, 0, sizeof elements);
    elements[0].dwElFlags = TP_ELEMENT_MEMORY;
    elements[0].cLength = 3;
    elements[0].pBuffer = (void *)"abc";
    elements[1].dwElFlags = TP_ELEMENT_FILE;
    elements[1].cLength = 4;
    elements[1].nFileOffset.QuadPart = 2;
    elements[1].hFile = file;
    elements[2].dwElFlags = TP_ELEMENT_MEMORY;
    elements[2].cLength = 1;
    elements[2].pBuffer = (void *)"-";
    elements[3].dwElFlags = TP_ELEMENT_FILE;
    elements[3].cLength = 0;
    elements[3].nFileOffset.QuadPart = -1;
    elements[3].hFile = file;
    result("TransmitPackets", !transmit(a, elements, 4, 0, NULL, 0));
    received("all", b, 10);
    with_event(&operation);
    result("overlapped", !transmit(a, elements, 3, 0, &operation, 0) && WSAGetLastError() != WSA_IO_PENDING);
    completed("completed", a, &operation);
    received("again", b, 8);
    result("none", !transmit(a, NULL, 0, 0, NULL, 0));
    result("no socket", !transmit((SOCKET)0x12340, elements, 1, 0, NULL, 0));
    result("unconnected", !transmit(tcp(), elements, 1, 0, NULL, 0));
    result("reuse alone", !transmit(a, elements, 1, 0, NULL, TF_REUSE_SOCKET));
    elements[0].dwElFlags = 0;
    result("no kind", !transmit(a, elements, 1, 0, NULL, 0));
    elements[0].dwElFlags = TP_ELEMENT_MEMORY | TP_ELEMENT_FILE;
    result("two kinds", !transmit(a, elements, 1, 0, NULL, 0));
    must(CloseHandle(file), "CloseHandle");
    return 0;
}
