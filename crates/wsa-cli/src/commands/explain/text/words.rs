//! An entry's fields in words.

use winsock_codes::{Entry, Fault, Retry, Status, errno};

use crate::commands::view::win32_values;

/// What to know of a code before looking for its cause; nothing where ordinary calls return it.
pub(super) fn status(entry: &Entry) -> Option<&'static str> {
    match entry.status {
        Status::Current => None,
        Status::Legacy => Some("left over from Winsock 1.1 or BSD; today's socket calls do not return it"),
        Status::Provider => Some("only name-space, transport or QoS providers return it"),
        Status::Reserved => Some("defined, but nothing is known to return it"),
    }
}

pub(super) fn faults(entry: &Entry) -> String {
    let words: Vec<&str> = entry
        .fault
        .iter()
        .map(|fault| match fault {
            Fault::Program => "this program",
            Fault::System => "this system",
            Fault::Network => "the network",
            Fault::Peer => "the peer",
            Fault::Resolver => "the resolver",
        })
        .collect();
    match words[..] {
        [] => "nobody; nothing is wrong".to_owned(),
        [one] => format!("likely {one}"),
        [first, ref rest @ ..] => format!("likely {first}, else {}", rest.join(" or ")),
    }
}

pub(super) fn retry(entry: &Entry) -> String {
    let word = match entry.retry {
        Retry::Never => "no",
        Retry::Wait => "wait",
        Retry::Again => "at once",
        Retry::Backoff => "later",
        Retry::Reconnect => "on a new socket",
    };
    format!("{word}: {}", entry.retry_how)
}

/// The twins that most people look for, on one line.
pub(super) fn elsewhere(entry: &Entry) -> String {
    let twins = &entry.twins;
    let errno = twins.errno.first().map(|errno| format!("errno {errno}")).or(twins.eai.map(str::to_owned));
    let node = (twins.node != "UNKNOWN").then(|| format!("Node {}", twins.node));
    let rust = (twins.rust != "Uncategorized").then(|| format!("Rust {}", twins.rust));
    let dotnet = twins.dotnet.map(|word| format!(".NET {word}"));
    let python = Some(format!("Python {}", twins.python_exception));
    let win32 = win32_values(twins);
    let win32 = (!win32.is_empty()).then(|| {
        let numbers: Vec<String> = win32.iter().take(4).map(u32::to_string).collect();
        format!("Win32 {}", numbers.join("/"))
    });
    let parts: Vec<String> = [errno, dotnet, node, python, rust, win32].into_iter().flatten().collect();
    parts.join(" · ")
}

/// Every twin, a line each.
pub(super) fn twins(entry: &Entry) -> Vec<(&'static str, String)> {
    let twins = &entry.twins;
    let mut rows = Vec::new();
    let mut row = |system, word: String| {
        if !word.is_empty() {
            rows.push((system, word));
        }
    };
    let errno: Vec<String> = twins
        .errno
        .iter()
        .map(|name| errno::number(name).map_or((*name).to_owned(), |number| format!("{name} ({number})")))
        .collect();
    row("errno", if errno.is_empty() { "none is faithful".to_owned() } else { errno.join(", ") });
    row(
        "errno by name",
        twins.errno_by_name.map_or(String::new(), |name| format!("{name}, which means something else")),
    );
    row("getaddrinfo", twins.eai.unwrap_or_default().to_owned());
    row("Rust ErrorKind", twins.rust.to_owned());
    row(".NET", twins.dotnet.map_or("no SocketError member".to_owned(), |word| format!("SocketError.{word}")));
    row("Node.js / libuv", format!("{} / {}", twins.node, twins.libuv));
    row(
        "Python",
        [Some(twins.python_exception), twins.python_errno].into_iter().flatten().collect::<Vec<_>>().join(", errno."),
    );
    row("Go", format!("windows.{}{}", entry.name, twins.go_std.map_or(String::new(), |word| format!(", {word}"))));
    row("Java", twins.java.to_owned());
    row(
        "APR",
        format!(
            "{}{}",
            entry.code.apr(),
            twins.apr_is.iter().map(|word| format!(", APR_STATUS_IS_{word}")).collect::<String>()
        ),
    );
    row("curl", twins.curl.unwrap_or_default().to_owned());
    row("HRESULT", format!("0x{:08X} ({})", entry.code.hresult(), entry.code.hresult().cast_signed()));
    for status in twins.ntstatus {
        row(
            "NTSTATUS",
            format!("0x{:08X} {}, Win32 {} {}", status.value, status.name, status.win32_value, status.win32),
        );
    }
    for (project, word) in twins.elsewhere {
        row(project, (*word).to_owned());
    }
    rows
}
