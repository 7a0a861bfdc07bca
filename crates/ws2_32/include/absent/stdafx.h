/* Visual Studio's precompiled header, for sources that come without theirs: what its template holds. */
#pragma once
#include <targetver.h>
#include <stdio.h>
#include <tchar.h>
