// A program that becomes another.
//
// rule: _exec and _P_OVERLAY do not come back.
// source: https://learn.microsoft.com/cpp/c-runtime-library/exec-wexec-functions
// timeout: 30
// expect: first
// expect: second 3 by _exec
// expect: third
#include "case.h"
#include <process.h>

int main(int count, char **arguments)
{
    if (count == 1) {
        printf("first\n");
        fflush(stdout);
        _execl(arguments[0], arguments[0], "second", "by", NULL);
        printf("not replaced\n");
    } else if (strcmp(arguments[1], "second") == 0) {
        printf("second %d %s _exec\n", count, arguments[2]);
        fflush(stdout);
        _spawnl(_P_OVERLAY, arguments[0], arguments[0], "third", NULL);
        printf("not replaced\n");
    } else {
        printf("third\n");
    }
    return 0;
}
