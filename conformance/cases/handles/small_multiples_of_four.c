// Sockets are small handle values, multiples of 4.
//
// rule: programs loop over values from 1 to the largest, and cast a SOCKET to int: values are small multiples of 4.
// source: https://learn.microsoft.com/windows/win32/winsock/socket-data-type-2 and kernel handle values
// expect: multiples of four
// expect: below 65536
// expect: all different
#include "case.h"

int main(void)
{
    SOCKET s[32];
    int multiples = 1, small = 1, different = 1;
    start();
    for (int i = 0; i < 32; i++) {
        s[i] = tcp();
        multiples &= s[i] % 4 == 0;
        small &= s[i] < 65536;
        for (int j = 0; j < i; j++)
            different &= s[i] != s[j];
    }
    printf("%s\n%s\n%s\n", multiples ? "multiples of four" : "odd", small ? "below 65536" : "large",
           different ? "all different" : "repeated");
    return 0;
}
