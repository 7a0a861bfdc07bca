/* wmain with an argument outside ASCII. */
#include <winsock2.h>
#include <stdio.h>
#include <wchar.h>

int wmain(int argc, wchar_t *argv[])
{
    printf("%d %d %lx\n", argc, (int)wcslen(argv[1]), (unsigned long)argv[1][1]);
}
