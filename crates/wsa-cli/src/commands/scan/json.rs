//! `--json`: one object for each finding, each on a line.

use std::io::{self, Write};

use serde::Serialize;

use super::hit::{Batch, Hit};
use super::job::InputFile;
use super::when;

/// The documented fields, and no others.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    line: u64,
    column: u64,
    offset: u64,
    code: i32,
    name: Option<&'static str>,
    form: &'static str,
    confidence: &'static str,
    time: Option<String>,
    operation: Option<&'static str>,
    peer: Option<&'a str>,
    runtime: Option<&'static str>,
    text: std::borrow::Cow<'a, str>,
}

/// Writes one finding.
///
/// `offset` counts bytes of the decoded text: of the file itself for plain UTF-8 without a byte order mark.
pub(crate) fn write(out: &mut dyn Write, file: &InputFile, batch: &Batch, hit: &Hit) -> io::Result<()> {
    let line = Line {
        path: &file.name,
        line: hit.line,
        column: hit.column,
        offset: hit.span.start,
        code: hit.code.value(),
        name: hit.code.name(),
        form: hit.form.as_str(),
        confidence: hit.confidence.as_str(),
        time: hit.time.as_ref().map(when::iso),
        operation: hit.operation.map(|operation| operation.as_str()),
        peer: batch.peer(hit),
        runtime: hit.runtime.map(|runtime| runtime.as_str()),
        text: String::from_utf8_lossy(batch.record(hit)),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}
