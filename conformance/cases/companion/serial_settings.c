// Settings of a serial port from text.
//
// rule: BuildCommDCB takes the words of the mode command, by name or in their order, and refuses others.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-buildcommdcba
// expect: named 1 9600 2 7 2
// expect: flow 1 1 1
// expect: ordered 1 115200 0 8 0
// expect: unknown 0 87
#include "case.h"

int main(void)
{
    DCB dcb;
    BOOL good;
    memset(&dcb, 0, sizeof dcb);
    dcb.DCBlength = sizeof dcb;
    good = BuildCommDCBA("baud=9600 parity=E data=7 stop=2", &dcb);
    printf("named %d %u %d %d %d\n", good != 0, (unsigned)dcb.BaudRate, dcb.Parity, dcb.ByteSize, dcb.StopBits);
    good = BuildCommDCBA("baud=9600 parity=n data=8 stop=1 octs=on dtr=on", &dcb);
    printf("flow %d %d %d\n", good != 0, (int)dcb.fOutxCtsFlow, (int)dcb.fDtrControl);
    good = BuildCommDCBA("115200,n,8,1", &dcb);
    printf("ordered %d %u %d %d %d\n", good != 0, (unsigned)dcb.BaudRate, dcb.Parity, dcb.ByteSize, dcb.StopBits);
    SetLastError(0);
    good = BuildCommDCBA("speed=5", &dcb);
    printf("unknown %d %u\n", good != 0, (unsigned)GetLastError());
    return 0;
}
