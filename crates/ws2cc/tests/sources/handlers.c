/* Every way out of a __try block runs its __finally block, once, and then goes on where it was going. */
#include <winsock2.h>
#include <stdio.h>

static void trace(const char *text) { printf("%s ", text); }

static int value(int how)
{
    int result = 1;
    __try {
        trace("in");
        if (how == 1)
            __leave;
        if (how == 2)
            return result;
        result = 2;
    } __finally {
        trace("finally");
        result = 100;
    }
    trace("behind");
    return result;
}

static void nothing(int how)
{
    __try {
        if (how)
            return;
        trace("stays");
    }
    __finally {
        trace("finally");
    }
    trace("behind");
}

static const char *loops(void)
{
    int i;
    for (i = 0; i < 4; i++) {
        __try {
            int j;
            if (i == 0)
                continue;
            for (j = 0; j < 9; j++)
                if (j == 2)
                    break;
            printf("%d.%d ", i, j);
            if (i == 2)
                break;
        } __finally {
            trace("f");
        }
        trace("next");
    }
    return "done";
}

static int nested(int how)
{
    __try {
        __try {
            if (how == 1)
                return 10;
            if (how == 2)
                goto out;
            if (how == 3)
                __leave;
            trace("inner");
        } __finally {
            trace("f1");
        }
        trace("middle");
    } __finally {
        trace("f2");
    }
    trace("after");
    return 20;
out:
    trace("out");
    return 30;
}

static int guarded(int how)
{
    while (how < 10) {
        __try {
            __try {
                if (how == 1)
                    break;
                if (how == 2)
                    __leave;
                trace("body");
            } __except (1) {
                trace("never");
                break;
            }
            trace("past");
        } __finally {
            trace("f");
        }
        return how;
    }
    return -how;
}

int main(void)
{
    int how;
    for (how = 0; how < 3; how++)
        printf("%d\n", value(how));
    for (how = 0; how < 2; how++) {
        nothing(how);
        printf("\n");
    }
    printf("%s\n", loops());
    for (how = 0; how < 4; how++)
        printf("%d\n", nested(how));
    for (how = 0; how < 3; how++)
        printf("%d\n", guarded(how));
    return 0;
}
