/* Part of winnt.h here: there are no structured exceptions. */
#include <winnt.h>
