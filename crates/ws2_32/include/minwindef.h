/* Part of windef.h here. */
#include <windef.h>
