//! Reading one record: which codes it tells, and what about them.

use std::ops::Range;

use winsock_codes::Code;
use winsock_codes::related::Lookalike;

use crate::finding::{Confidence, Evidence, Form, Operation, Runtime};

/// One recognised code.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) code: Code,
    /// In the record.
    pub(crate) range: Range<usize>,
    pub(crate) form: Form,
    pub(crate) confidence: Confidence,
    pub(crate) evidence: Evidence,
}

/// What the whole record tells, whichever code it is about.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) runtime: Option<Runtime>,
}

/// What the record tells about one verdict.
#[derive(Debug, Default)]
pub(crate) struct About<'a> {
    pub(crate) operation: Option<Operation>,
    pub(crate) peer: Option<&'a str>,
}

/// Reads records; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Recogniser {
    verdicts: Vec<Verdict>,
    related: Vec<(&'static Lookalike, Range<usize>)>,
}

impl Recogniser {
    pub(crate) fn read(&mut self, text: &[u8], _assume_windows: bool, _related: bool) {
        self.verdicts.clear();
        for at in memchr::memmem::find_iter(text, b"WSA") {
            let end = text[at..].iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
            let end = at + end.unwrap_or(text.len() - at);
            let Some(code) = std::str::from_utf8(&text[at..end]).ok().and_then(Code::from_name) else { continue };
            self.verdicts.push(Verdict {
                code,
                range: at..end,
                form: Form::Name,
                confidence: Confidence::High,
                evidence: Evidence::Form,
            });
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.related.is_empty()
    }

    pub(crate) fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    pub(crate) fn related(&self) -> &[(&'static Lookalike, Range<usize>)] {
        &self.related
    }

    pub(crate) fn facts(&self, _text: &[u8]) -> Facts {
        Facts::default()
    }

    pub(crate) fn about(&self, _text: &[u8], _verdict: &Verdict, _facts: &Facts) -> About<'_> {
        About::default()
    }
}
