// What inet_addr makes of odd text.
//
// rule: empty text is INADDR_NONE, a blank is 0, text after a blank is ignored, parts may be fewer, octal or hex.
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c lines 700-754, validated on Windows
// expect: empty ffffffff
// expect: blank 0
// expect: trailing 7f000001
// expect: two parts 7f000001
// expect: hex 7f000001
// expect: octal 7f000001
// expect: too large ffffffff
#include "case.h"

static void show(const char *what, const char *text)
{
    printf("%s %x\n", what, (unsigned)ntohl(inet_addr(text)));
}

int main(void)
{
    start();
    show("empty", "");
    show("blank", " ");
    show("trailing", "127.0.0.1 and more");
    show("two parts", "127.1");
    show("hex", "0x7f.0.0.1");
    show("octal", "0177.0.0.1");
    show("too large", "127.0.0.256");
    return 0;
}
