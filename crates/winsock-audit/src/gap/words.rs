//! Words that decide what a gap means. Kept several to a line, as a list is read.

/// Words that may stand between a name and its number.
#[rustfmt::skip]
pub(super) const LINKS: &[&str] = &[
    "is", "equals", "equal", "error", "err", "code", "errorcode", "errno", "value", "winerror", "wsaerror",
    "winsock", "socket", "number", "num", "no", "nr", "has", "with", "the", "of", "dec", "decimal", "hex",
    "hresult", "windows", "aka", "i.e", "ie", "also", "known", "as", "named", "called", "name", "symbol",
    "constant", "id", "const", "fehler", "fehlercode", "erreur", "código", "codigo", "错误", "错误代码", "エラー", "os",
    "system", "numeric", "means", "stands", "for", "to", "resolves", "defined",
];

/// Words after which a number is an error code, so that a name may follow it with nothing but a colon or a space.
#[rustfmt::skip]
pub(super) const INTRODUCERS: &[&str] = &[
    "error", "errors", "err", "errno", "code", "codes", "winerror", "wsaerror", "wsagetlasterror", "getlasterror",
    "lasterror", "status", "value", "number", "no", "is", "are", "with", "by", "as", "to", "of", "and", "or",
    "the", "a", "for", "return", "returns", "returned", "returning", "get", "gets", "got", "fail", "fails",
    "failed", "failure", "gives", "gave", "receive", "received", "case", "if", "equals", "than", "from", "like",
    "not", "via", "windows", "winsock", "socket", "os", "system", "num", "result", "rc", "ret", "when", "fehler",
    "erreur", "e", "g", "x", "define", "const", "wsa", "exception", "errorcode", "native", "throws", "raise",
    "raises", "see", "also", "true", "constant",
];

/// Words before a number that is something else, whatever sign follows.
#[rustfmt::skip]
pub(super) const STRANGERS: &[&str] = &[
    "port", "ports", "pid", "tid", "line", "lines", "issue", "pull", "page", "row", "client", "server", "id",
    "size", "length", "bytes", "count", "total", "thread", "process", "build", "version", "kb", "rfc", "session",
    "user", "sent", "received", "handle", "fd", "seq", "offset", "timeout", "ticket", "bug", "pr", "host",
    "localhost", "address", "addr",
];

/// What numbers count.
#[rustfmt::skip]
pub(super) const UNITS: &[&str] = &[
    "ms", "s", "sec", "secs", "second", "seconds", "msec", "millisecond", "milliseconds", "minutes", "min",
    "byte", "bytes", "kb", "kib", "mb", "times", "connections", "clients", "sockets", "packets", "lines", "users",
    "hits", "requests", "attempts", "retries", "errors", "occurrences", "rows", "files", "us", "ns", "hours",
    "days", "percent", "messages",
];

/// Words after a comment's first token that make it a remark about something else than the value beside it.
#[rustfmt::skip]
pub(super) const STOPS: &[&str] = &[
    "is", "was", "are", "and", "or", "too", "also", "not", "handled", "happens", "will", "would", "can", "could",
    "may", "might", "if", "when", "instead", "first", "seen", "on", "should", "must", "but", "in", "has", "to",
    "from", "comes",
];
