/* Part of windows.h here. */
#include <windows.h>
