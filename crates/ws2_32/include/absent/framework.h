/* Of Visual Studio's template. */
#pragma once
#include <targetver.h>
#include <windows.h>
