// Interlocked functions: what they return is the value before or after, as each page says.
//
// rule: Increment, Decrement, Add give the new value; Exchange, ExchangeAdd, CompareExchange, And, Or, Xor the old one.
// source: https://learn.microsoft.com/windows/win32/sync/interlocked-variable-access
// expect: increment 1 decrement 0
// expect: exchange 0 now 7
// expect: add 7 now 12
// expect: compare equal 12 now 20 other 20 now 20
// expect: and 20 or 4 xor 7 now 6
// expect: pointer 1 now 1 compare 1 now 1
// expect: wide 1 4294967297 4294967297 9 5
// expect: short 1 0
// expect: overflow -2147483648
#include "case.h"

int main(void)
{
    volatile LONG number = 0;
    volatile LONG64 wide = 0;
    volatile SHORT small = 0;
    PVOID place = NULL, other = (PVOID)&number;
    LONG a, b, c;
    LONG64 x, y, z;
    int was_null, is_other, was_other, is_null;
    a = InterlockedIncrement(&number);
    b = InterlockedDecrement(&number);
    printf("increment %d decrement %d\n", (int)a, (int)b);
    a = InterlockedExchange(&number, 7);
    printf("exchange %d now %d\n", (int)a, (int)number);
    a = InterlockedExchangeAdd(&number, 5);
    printf("add %d now %d\n", (int)a, (int)number);
    a = InterlockedCompareExchange(&number, 20, 12);
    b = number;
    c = InterlockedCompareExchange(&number, 30, 12);
    printf("compare equal %d now %d other %d now %d\n", (int)a, (int)b, (int)c, (int)number);
    a = InterlockedAnd(&number, 6);
    b = InterlockedOr(&number, 3);
    c = InterlockedXor(&number, 1);
    printf("and %d or %d xor %d now %d\n", (int)a, (int)b, (int)c, (int)number);
    was_null = InterlockedExchangePointer(&place, other) == NULL;
    is_other = place == other;
    was_other = InterlockedCompareExchangePointer(&place, NULL, other) == other;
    is_null = place == NULL;
    printf("pointer %d now %d compare %d now %d\n", was_null, is_other, was_other, is_null);
    x = InterlockedIncrement64(&wide);
    y = InterlockedExchangeAdd64(&wide, 0x100000000LL) + 0x100000000LL;
    z = InterlockedExchange64(&wide, 9);
    printf("wide %d %lld %lld", (int)x, (long long)y, (long long)z);
    z = InterlockedCompareExchange64(&wide, 5, 9);
    printf(" %d %d\n", (int)z, (int)wide);
    a = InterlockedIncrement16(&small);
    b = InterlockedDecrement16(&small);
    printf("short %d %d\n", (int)a, (int)b);
    number = 0x7fffffff;
    printf("overflow %d\n", (int)InterlockedIncrement(&number));
    return 0;
}
