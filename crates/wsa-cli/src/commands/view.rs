//! What commands show of an entry, as values with a stable JSON form.
//!
//! The JSON schema is versioned by the `schema` field of each document (`wsa.explain.v1`). Fields may be added within a
//! version; none is removed, renamed or given another meaning. The manual page of each command lists them.

use serde::Serialize;
use winsock_codes::related::{ReferenceRow, reference_row};
use winsock_codes::{CallNote, Cause, Code, Entry, Twins, neighbours};

/// A code in a few words.
#[derive(Serialize)]
pub(crate) struct Brief {
    pub(crate) code: i32,
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
}

impl Brief {
    pub(crate) fn new(entry: &'static Entry) -> Brief {
        Brief { code: entry.value(), name: entry.name, summary: entry.summary }
    }

    pub(crate) fn of(code: Code) -> Option<Brief> {
        code.entry().map(Brief::new)
    }
}

/// The Win32 errors that the kernel's statuses for a code become, each once, in order.
pub(crate) fn win32_values(twins: &Twins) -> Vec<u32> {
    let mut values: Vec<u32> = twins.ntstatus.iter().map(|status| status.win32_value).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Everything about a code.
#[derive(Serialize)]
pub(crate) struct Full {
    pub(crate) code: i32,
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    pub(crate) summary: &'static str,
    pub(crate) category: &'static str,
    pub(crate) status: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) fault: Vec<&'static str>,
    pub(crate) retry: &'static str,
    pub(crate) retryable: bool,
    pub(crate) retry_how: &'static str,
    pub(crate) hresult: String,
    pub(crate) causes: Vec<CauseView>,
    pub(crate) calls: Vec<CallView>,
    pub(crate) confused_with: Vec<ConfusionView>,
    pub(crate) disputes: Vec<DisputeView>,
    pub(crate) twins: TwinsView,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reference_table: Option<ReferenceView>,
    /// Markdown.
    pub(crate) story: &'static str,
}

#[derive(Serialize)]
pub(crate) struct CauseView {
    what: &'static str,
    evidence: &'static str,
    remedy: &'static str,
    seen: &'static [&'static str],
}

#[derive(Serialize)]
pub(crate) struct CallView {
    call: &'static str,
    meaning: &'static str,
    page: &'static str,
    seen: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct ConfusionView {
    code: i32,
    name: &'static str,
    tell: &'static str,
}

#[derive(Serialize)]
pub(crate) struct DisputeView {
    system: &'static str,
    says: &'static str,
    right: &'static str,
    why: &'static str,
}

#[derive(Serialize)]
pub(crate) struct TwinsView {
    errno: &'static [&'static str],
    errno_number: Option<i32>,
    errno_by_name: Option<&'static str>,
    getaddrinfo: Option<&'static str>,
    rust: &'static str,
    dotnet: Option<&'static str>,
    libuv: &'static str,
    node: &'static str,
    python_errno: Option<&'static str>,
    python_exception: &'static str,
    go: &'static str,
    go_std: Option<&'static str>,
    java: &'static str,
    apr: i32,
    apr_is: &'static [&'static str],
    curl: Option<&'static str>,
    ntstatus: Vec<NtStatusView>,
    elsewhere: Vec<ElsewhereView>,
}

#[derive(Serialize)]
pub(crate) struct NtStatusView {
    name: &'static str,
    value: String,
    win32: &'static str,
    win32_value: u32,
}

#[derive(Serialize)]
pub(crate) struct ElsewhereView {
    project: &'static str,
    word: &'static str,
}

/// What the reference table in circulation says of a number.
#[derive(Serialize)]
pub(crate) struct ReferenceView {
    /// The name that the table gives the number.
    pub(crate) says: &'static str,
    /// The real number of that name; absent where the name is made up.
    pub(crate) real: Option<i32>,
}

impl ReferenceView {
    /// The table's row, if it has one for this number and it is wrong.
    pub(crate) fn wrong(value: i32) -> Option<ReferenceView> {
        let row: &ReferenceRow = reference_row(value).filter(|row| !row.is_right())?;
        Some(ReferenceView { says: row.name, real: row.real().map(Code::value) })
    }

    /// The row in words, without a capital or a full stop.
    pub(crate) fn sentence(&self, value: i32) -> String {
        match self.real {
            Some(real) => format!("a table in circulation calls {value} {}; wrong, {} is {real}", self.says, self.says),
            None => format!("a table in circulation calls {value} {}; wrong, Winsock has no such name", self.says),
        }
    }
}

/// A number in Winsock's range that nobody assigned.
#[derive(Serialize)]
pub(crate) struct UnassignedView {
    pub(crate) code: i32,
    pub(crate) below: Option<Brief>,
    pub(crate) above: Option<Brief>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reference_table: Option<ReferenceView>,
}

impl UnassignedView {
    pub(crate) fn new(value: i32) -> UnassignedView {
        let (below, above) = neighbours(value);
        UnassignedView {
            code: value,
            below: below.map(Brief::new),
            above: above.map(Brief::new),
            reference_table: ReferenceView::wrong(value),
        }
    }
}

impl Full {
    pub(crate) fn new(entry: &'static Entry) -> Full {
        let detail = entry.detail();
        Full {
            code: entry.value(),
            name: entry.name,
            aliases: entry.aliases,
            summary: entry.summary,
            category: entry.category.as_str(),
            status: entry.status.as_str(),
            severity: entry.severity.as_str(),
            fault: entry.fault.iter().map(|fault| fault.as_str()).collect(),
            retry: entry.retry.as_str(),
            retryable: entry.code.is_retryable(),
            retry_how: entry.retry_how,
            hresult: format!("0x{:08X}", entry.code.hresult()),
            causes: detail.causes.iter().map(CauseView::new).collect(),
            calls: detail.calls.iter().map(CallView::new).collect(),
            confused_with: detail
                .confused_with
                .iter()
                .map(|other| ConfusionView {
                    code: other.code.value(),
                    name: other.code.name().unwrap_or_default(),
                    tell: other.tell,
                })
                .collect(),
            disputes: detail
                .disputes
                .iter()
                .map(|d| DisputeView { system: d.system, says: d.says, right: d.right, why: d.why })
                .collect(),
            twins: TwinsView::new(entry),
            reference_table: ReferenceView::wrong(entry.value()),
            story: detail.story,
        }
    }
}

impl CauseView {
    fn new(cause: &Cause) -> CauseView {
        CauseView { what: cause.what, evidence: cause.evidence, remedy: cause.remedy, seen: cause.seen }
    }
}

/// The program of this project that makes the call return the code.
pub(crate) fn program(note: &CallNote) -> Option<String> {
    (!note.seen.is_empty()).then(|| format!("conformance/cases/{}.c", note.seen))
}

impl CallView {
    pub(crate) fn new(note: &CallNote) -> CallView {
        let (call, meaning, page) = (note.call.as_str(), note.meaning, note.call.page());
        CallView { call, meaning, page, seen: program(note) }
    }
}

impl TwinsView {
    fn new(entry: &Entry) -> TwinsView {
        let twins = &entry.twins;
        TwinsView {
            errno: twins.errno,
            errno_number: entry.code.errno(),
            errno_by_name: twins.errno_by_name,
            getaddrinfo: twins.eai,
            rust: twins.rust,
            dotnet: twins.dotnet,
            libuv: twins.libuv,
            node: twins.node,
            python_errno: twins.python_errno,
            python_exception: twins.python_exception,
            go: entry.name,
            go_std: twins.go_std,
            java: twins.java,
            apr: entry.code.apr(),
            apr_is: twins.apr_is,
            curl: twins.curl,
            ntstatus: twins
                .ntstatus
                .iter()
                .map(|status| NtStatusView {
                    name: status.name,
                    value: format!("0x{:08X}", status.value),
                    win32: status.win32,
                    win32_value: status.win32_value,
                })
                .collect(),
            elsewhere: twins.elsewhere.iter().map(|&(project, word)| ElsewhereView { project, word }).collect(),
        }
    }
}
