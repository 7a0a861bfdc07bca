/* Part of winnt.h here. */
#include <windows.h>
