/* Part of wincon.h here. */
#include <wincon.h>
