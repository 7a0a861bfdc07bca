// Ini files: values, numbers, lists and what writing leaves of a file.
//
// rule: values by section and key in any case, lists cut so that two zeros end them, lines changed in place.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getprivateprofilestringa, nf-winbase-writeprivateprofilestringa
// expect: string 9 0 127.0.0.1
// expect: quoted 5 0  two 
// expect: missing 4 2 none
// expect: default 3 2 a b
// expect: cut 3 127
// expect: no room 0
// expect: number 27015 4294967295 31 0 7 7
// expect: sections 11 net,other,
// expect: sections cut 5 net,ot,
// expect: keys 30 host,port,quoted,minus,hex,no,
// expect: section 14 bare,last=line,
// expect: section cut 8 bare,las,
// expect: no section 0 2
// expect: write 1 1 1 1
// expect: [net]|host=::1|port=27015|; a remark|quoted=" two "|minus=-1|hex=0x1F|no=word|new=1||[other]|bare|last=line|[third]|key=value|
// expect: replace 1 1
// expect: [third]|key=value|[net]|a=1|b=2|
// expect: nothing 0 2
// expect: no name 0 5
// expect: wide 5 value
#include "case.h"

#define INI ".\\ws2_case.ini"

static char text[256];

static void store(const char *content)
{
    FILE *file = fopen("ws2_case.ini", "wb");
    must(file != NULL, "fopen");
    fputs(content, file);
    fclose(file);
}

static void show(const char *what, DWORD length)
{
    DWORD i, last = GetLastError();
    printf("%s %u %u %.*s\n", what, (unsigned)length, (unsigned)last, (int)length, text);
    for (i = 0; i < sizeof text; i++)
        text[i] = '#';
}

static void show_list(const char *what, DWORD length)
{
    DWORD i;
    printf("%s %u ", what, (unsigned)length);
    for (i = 0; text[i] != 0 || text[i + 1] != 0; i++)
        putchar(text[i] != 0 ? text[i] : ',');
    printf(",\n");
}

static void show_file(void)
{
    FILE *file = fopen("ws2_case.ini", "rb");
    int letter;
    must(file != NULL, "fopen");
    while ((letter = getc(file)) != EOF)
        if (letter != '\r')
            putchar(letter == '\n' ? '|' : letter);
    putchar('\n');
    fclose(file);
}

int main(void)
{
    wchar_t wide[32];
    int i;
    store("[net]\r\nhost = 127.0.0.1 \r\nport=27015\r\n; a remark\r\nquoted=\" two \"\r\nminus=-1\r\nhex=0x1F\r\nno=word\r\n\r\n"
          "[other]\r\nbare\r\nlast=line");
    show("string", GetPrivateProfileStringA("NET", "Host", "", text, sizeof text, INI));
    show("quoted", GetPrivateProfileStringA("net", "quoted", "", text, sizeof text, INI));
    show("missing", GetPrivateProfileStringA("net", "what", "none", text, sizeof text, INI));
    show("default", GetPrivateProfileStringA("what", "host", "a b  ", text, sizeof text, INI));
    printf("cut %u ", (unsigned)GetPrivateProfileStringA("net", "host", "", text, 4, INI));
    printf("%s\n", text);
    printf("no room %u\n", (unsigned)GetPrivateProfileStringA("net", "host", "", text, 0, INI));
    printf("number %u %u %u %u %u %u\n", GetPrivateProfileIntA("net", "port", 7, INI),
           GetPrivateProfileIntA("net", "minus", 7, INI), GetPrivateProfileIntA("net", "hex", 7, INI),
           GetPrivateProfileIntA("net", "no", 7, INI), GetPrivateProfileIntA("net", "what", 7, INI),
           GetPrivateProfileIntA("net", "port", 7, ".\\ws2_no_such.ini"));
    show_list("sections", GetPrivateProfileSectionNamesA(text, sizeof text, INI) + 1);
    show_list("sections cut", GetPrivateProfileSectionNamesA(text, 8, INI) - 1);
    show_list("keys", GetPrivateProfileStringA("net", NULL, "", text, sizeof text, INI));
    show_list("section", GetPrivateProfileSectionA("other", text, sizeof text, INI) - 1);
    show_list("section cut", GetPrivateProfileSectionA("other", text, 10, INI));
    i = (int)GetPrivateProfileSectionA("what", text, sizeof text, INI);
    printf("no section %d %u\n", i, (unsigned)GetLastError());
    printf("write %d", WritePrivateProfileStringA("net", "HOST", "::1", INI));
    printf(" %d", WritePrivateProfileStringA("Net", "new", "1", INI));
    printf(" %d", WritePrivateProfileStringA("third", "key", "value", INI));
    printf(" %d\n", WritePrivateProfileStringA("third", "never", NULL, INI));
    show_file();
    i = WritePrivateProfileSectionA("other", NULL, INI) && WritePrivateProfileStringA("net", NULL, NULL, INI);
    printf("replace %d %d\n", i, WritePrivateProfileSectionA("net", "a=1\0b=2\0", INI));
    show_file();
    printf("nothing %d", WritePrivateProfileStringA(NULL, "key", "value", INI));
    printf(" %u\n", (unsigned)GetLastError());
    printf("no name %d", WritePrivateProfileStringA("net", "key", "value", ""));
    printf(" %u\n", (unsigned)GetLastError());
    i = (int)GetPrivateProfileStringW(L"third", L"key", L"", wide, 32, L".\\ws2_case.ini");
    printf("wide %d ", i);
    for (i = 0; wide[i] != 0; i++)
        putchar((char)wide[i]);
    putchar('\n');
    remove("ws2_case.ini");
    return 0;
}
