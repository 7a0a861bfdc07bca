/* Reads lines of hexadecimal bytes; prints what each text function makes of the text, one line each.
 * Built for Windows and run under wine by text_against_wine.rs, which knows the same answers from our library. */
#define _WIN32_WINNT 0x0600
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <string.h>

static void bytes(const char *label, int result, const void *data, int count)
{
    int i;
    printf(" %s=%d:", label, result);
    for (i = 0; result > 0 && i < count; i++)
        printf("%02x", ((const unsigned char *)data)[i]);
}

static void address(const char *label, char *text, int family, int size)
{
    unsigned char place[64];
    int length = sizeof place;
    int result;
    memset(place, 0, sizeof place);
    result = WSAStringToAddressA(text, family, NULL, (struct sockaddr *)place, &length);
    bytes(label, result == 0, place, size);
}

int main(void)
{
    char line[1024], text[512], printed[128];
    unsigned char place[16];
    WSADATA data;
    WSAStartup(0x0202, &data);
    while (fgets(line, sizeof line, stdin)) {
        int count = 0;
        unsigned byte;
        const char *at = line;
        while (count < 500 && sscanf(at, "%2x", &byte) == 1) {
            text[count++] = (char)byte;
            at += 2;
        }
        text[count] = 0;
        printf("ia=%08lx", inet_addr(text));
        bytes("p4", inet_pton(AF_INET, text, place), place, 4);
        bytes("p6", inet_pton(AF_INET6, text, place), place, 16);
        address("s4", text, AF_INET, 16);
        address("s6", text, AF_INET6, 28);
        if (count == 16)
            printf(" n6=%s", inet_ntop(AF_INET6, text, printed, sizeof printed));
        printf("\n");
    }
    return 0;
}
