/* Part of mmsystem.h here. */
#include <mmsystem.h>
