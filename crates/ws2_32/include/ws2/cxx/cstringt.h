#include <atlstr.h>
