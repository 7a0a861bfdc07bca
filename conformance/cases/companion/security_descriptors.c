// Security descriptors that open an object to everybody.
//
// rule: a descriptor begins with revision 1 and nothing in it; a null list of access that is said to be there opens an
//       object; memory that no one has initialised is refused.
// source: https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-initializesecuritydescriptor,
//         https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-setsecuritydescriptordacl
// expect: other revision 1305
// expect: initialised ok
// expect: revision 1 control 0x0000
// expect: valid 1
// expect: opened ok
// expect: control 0x0004 null
// expect: closed ok
// expect: control 0x0000
// expect: zeros 1305
// expect: zeros valid 0
// expect: event ok
#include "objects.h"

int main(void)
{
    SECURITY_DESCRIPTOR descriptor, zeros;
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, &descriptor, FALSE};
    memset(&descriptor, 0x55, sizeof descriptor);
    memset(&zeros, 0, sizeof zeros);
    win32("other revision", InitializeSecurityDescriptor(&descriptor, 2));
    win32("initialised", InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION));
    printf("revision %d control 0x%04x\n", descriptor.Revision, descriptor.Control);
    printf("valid %d\n", IsValidSecurityDescriptor(&descriptor));
    win32("opened", SetSecurityDescriptorDacl(&descriptor, TRUE, NULL, FALSE));
    printf("control 0x%04x %s\n", descriptor.Control, descriptor.Dacl == NULL ? "null" : "a list");
    win32("closed", SetSecurityDescriptorDacl(&descriptor, FALSE, NULL, FALSE));
    printf("control 0x%04x\n", descriptor.Control);
    win32("zeros", SetSecurityDescriptorDacl(&zeros, TRUE, NULL, FALSE));
    printf("zeros valid %d\n", IsValidSecurityDescriptor(&zeros));
    win32("event", CreateEventA(&attributes, TRUE, FALSE, NULL) != NULL);
    return 0;
}
