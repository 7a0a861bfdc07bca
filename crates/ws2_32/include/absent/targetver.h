/* Which Windows a program is made for: nothing here asks. */
#pragma once
