//! [`Sink`]: where findings go, and ready-made sinks.

use std::ops::{ControlFlow, Range};

use winsock_codes::Code;

use crate::finding::{Confidence, Evidence, Finding, Form, Operation, Related, Runtime};
use crate::time::Stamp;

/// Receives findings in the order of the records, and inside a record in the order in which it tells them.
///
/// A closure over [`Finding`] is a sink. Returning `Break` stops the scan at once.
///
/// ```
/// use std::ops::ControlFlow;
/// use winsock_scan::{Finding, Scanner};
///
/// let mut codes = Vec::new();
/// let mut sink = |finding: &Finding<'_>| {
///     codes.push(finding.code.value());
///     ControlFlow::Continue(())
/// };
/// Scanner::default().scan_slice(b"bind: WSAEADDRINUSE\n[WinError 10061] refused\n", &mut sink);
/// assert_eq!(codes, [10048, 10061]);
/// ```
pub trait Sink {
    /// One Winsock error.
    fn finding(&mut self, finding: &Finding<'_>) -> ControlFlow<()>;

    /// A neighbour that is no Winsock code (see [`winsock_codes::related`]). Comes only if
    /// [`ScannerBuilder::related`](crate::ScannerBuilder::related) asked for it; not called in any order with respect
    /// to findings of other records, but in order among themselves.
    fn related(&mut self, related: &Related<'_>) -> ControlFlow<()> {
        let _ = related;
        ControlFlow::Continue(())
    }
}

impl<F: FnMut(&Finding<'_>) -> ControlFlow<()>> Sink for F {
    fn finding(&mut self, finding: &Finding<'_>) -> ControlFlow<()> {
        self(finding)
    }
}

/// A sink that keeps everything.
///
/// ```
/// use winsock_scan::{Collect, Scanner};
///
/// let mut all = Collect::default();
/// Scanner::default().scan_slice(b"dial tcp 10.0.0.9:80: connectex: No connection could be made because the target \
///     machine actively refused it.", &mut all);
/// assert_eq!(all.findings[0].peer.as_deref(), Some("10.0.0.9:80"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Collect {
    /// The findings.
    pub findings: Vec<OwnedFinding>,
    /// The look-alikes: value, absolute span, line.
    pub related: Vec<(u32, Range<u64>, u64)>,
}

impl Sink for Collect {
    fn finding(&mut self, finding: &Finding<'_>) -> ControlFlow<()> {
        self.findings.push(OwnedFinding::from(finding));
        ControlFlow::Continue(())
    }

    fn related(&mut self, related: &Related<'_>) -> ControlFlow<()> {
        self.related.push((related.lookalike.value, related.span.clone(), related.line));
        ControlFlow::Continue(())
    }
}

/// A sink that counts, and keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// How many findings came.
    pub findings: u64,
    /// How many look-alikes came.
    pub related: u64,
}

impl Sink for Count {
    fn finding(&mut self, _: &Finding<'_>) -> ControlFlow<()> {
        self.findings += 1;
        ControlFlow::Continue(())
    }

    fn related(&mut self, _: &Related<'_>) -> ControlFlow<()> {
        self.related += 1;
        ControlFlow::Continue(())
    }
}

/// A [`Finding`] that owns its texts. The fields mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "documented at Finding")]
#[non_exhaustive]
pub struct OwnedFinding {
    pub code: Code,
    pub span: Range<u64>,
    pub line: u64,
    pub column: u64,
    pub form: Form,
    pub confidence: Confidence,
    pub evidence: Evidence,
    pub time: Option<Stamp>,
    pub operation: Option<Operation>,
    pub peer: Option<String>,
    pub runtime: Option<Runtime>,
    pub record_span: Range<u64>,
    pub record_line: u64,
    pub record_text: Vec<u8>,
    pub follow_up: bool,
}

impl From<&Finding<'_>> for OwnedFinding {
    fn from(finding: &Finding<'_>) -> OwnedFinding {
        OwnedFinding {
            code: finding.code,
            span: finding.span.clone(),
            line: finding.line,
            column: finding.column,
            form: finding.form,
            confidence: finding.confidence,
            evidence: finding.evidence,
            time: finding.time,
            operation: finding.operation,
            peer: finding.peer.map(str::to_owned),
            runtime: finding.runtime,
            record_span: finding.record.span.clone(),
            record_line: finding.record.line,
            record_text: finding.record.text.to_vec(),
            follow_up: finding.follow_up,
        }
    }
}
