// Programs begun by the C library: _spawn in its modes, _exec, _cwait.
//
// rule: _P_WAIT gives the program's code, _P_NOWAIT a handle that _cwait takes, arguments become one command line.
// source: https://learn.microsoft.com/cpp/c-runtime-library/spawn-wspawn-functions, https://learn.microsoft.com/cpp/c-runtime-library/reference/cwait
// timeout: 30
// expect: child 3 one
// expect: wait 3
// expect: child 4 one two
// expect: blanks 4
// expect: child 3 value
// expect: variables 3
// expect: child 2
// expect: handle 1 cwait 1 code 2
// expect: child 3 wide
// expect: wide 3
// expect: missing -1 2 -1 2
// expect: bad mode -1 22
#include "case.h"
#include <errno.h>
#include <process.h>

#ifdef _WIN32
#include <stdint.h>
#endif

static int child(int count, char **arguments)
{
    const char *value = getenv("WS2_CASE_VALUE");
    int i;
    printf("child %d", count);
    for (i = 2; i < count; i++)
        printf(" %s", strcmp(arguments[i], "variable") == 0 && value != NULL ? value : arguments[i]);
    printf("\n");
    fflush(stdout);
    return count;
}

int main(int count, char **arguments)
{
    const char *self = arguments[0];
    const char *list[] = {self, "child", NULL, NULL}, *variables[] = {"WS2_CASE_VALUE=value", NULL, NULL};
    wchar_t wide[MAX_PATH];
    intptr_t result, first, second;
    char root[MAX_PATH + 16];
    int code = -1;
    if (count > 1)
        return child(count, arguments);
    // Windows' programs do not begin without this one.
    if (getenv("SystemRoot") != NULL) {
        sprintf(root, "SystemRoot=%s", getenv("SystemRoot"));
        variables[1] = root;
    }
    result = _spawnl(_P_WAIT, self, self, "child", "one", NULL);
    printf("wait %d\n", (int)result);
    list[2] = "one two";
    result = _spawnv(_P_WAIT, self, list);
    printf("blanks %d\n", (int)result);
    result = _spawnle(_P_WAIT, self, self, "child", "variable", NULL, variables);
    printf("variables %d\n", (int)result);
    list[2] = NULL;
    result = _spawnvp(_P_NOWAIT, self, list);
    first = _cwait(&code, result, 0);
    printf("handle %d cwait %d code %d\n", result != -1 && result != 0, first == result, code);
    MultiByteToWideChar(CP_ACP, 0, self, -1, wide, MAX_PATH);
    result = _wspawnl(_P_WAIT, wide, wide, L"child", L"wide", NULL);
    printf("wide %d\n", (int)result);
    errno = 0;
    first = _spawnlp(_P_WAIT, "ws2-no-such-program", "x", NULL);
    printf("missing %d %d", (int)first, errno);
    errno = 0;
    second = _execl("ws2-no-such-program", "x", NULL);
    printf(" %d %d\n", (int)second, errno);
    errno = 0;
    result = _spawnl(77, self, self, NULL);
    printf("bad mode %d %d\n", (int)result, errno);
    return 0;
}
