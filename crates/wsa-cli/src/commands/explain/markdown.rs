//! `wsa explain --format markdown`: for tickets and wikis.

use std::fmt::Write as _;

use winsock_codes::{Call, Entry};

use super::Asked;
use crate::args::ExplainArgs;
use crate::commands::view::{ReferenceView, UnassignedView};
use crate::query::Answer;

pub(super) fn render(asked: &[Asked], args: &ExplainArgs) -> String {
    let mut out = String::new();
    for reading in asked.iter().flat_map(|asked| &asked.readings) {
        match reading.answer {
            Answer::Code(entry) => code(&mut out, entry, args),
            Answer::Unassigned(value) => unassigned(&mut out, value),
            Answer::Lookalike(known) => {
                let _ = write!(
                    out,
                    "# {} ({})\n\n{}, not Winsock: {}.\n\n",
                    known.name, known.value, known.owner, known.meaning
                );
            }
            Answer::MadeUp(known) => {
                let nearest = known.nearest.map_or(String::new(), |code| format!(" Nearest: {code}."));
                let _ = write!(out, "# {}\n\nNot a Winsock name: {}.{nearest}\n\n", known.name, known.why);
            }
            Answer::Near(_) => {}
        }
    }
    out
}

fn code(out: &mut String, entry: &'static Entry, args: &ExplainArgs) {
    let detail = entry.detail();
    let (title, story) = detail.story.split_once('\n').unwrap_or((detail.story, ""));
    let faults: Vec<&str> = entry.fault.iter().map(|fault| fault.as_str()).collect();
    let _ = write!(
        out,
        "{title}\n\n{}\n\n- Severity: {}\n- Likely at fault: {}\n- Retry: {}. {}\n- HRESULT: `0x{:08X}`\n",
        entry.summary,
        entry.severity,
        if faults.is_empty() { "nobody".to_owned() } else { faults.join(", ") },
        entry.retry,
        entry.retry_how,
        entry.code.hresult()
    );
    if let Some(reference) = ReferenceView::wrong(entry.value()) {
        let _ = writeln!(out, "- Beware: {}", reference.sentence(entry.value()));
    }
    if let Some(call) = args.call {
        let _ = writeln!(out, "- In `{call}`: {}", in_call(entry, call));
    }
    out.push_str("\n## Causes\n\n");
    let shown = if args.full { detail.causes.len() } else { detail.causes.len().min(3) };
    for (index, cause) in detail.causes[..shown].iter().enumerate() {
        let _ = writeln!(out, "{}. **{}.** {} *Do:* {}", index + 1, cause.what, cause.evidence, cause.remedy);
    }
    out.push('\n');
    if args.full {
        if !detail.calls.is_empty() {
            out.push_str("## Calls\n\n| call | meaning |\n|---|---|\n");
            for note in detail.calls {
                let _ =
                    writeln!(out, "| [`{}`]({}) | {} |", note.call, note.call.page(), note.meaning.replace('|', "\\|"));
            }
            out.push('\n');
        }
        let _ = write!(out, "{}\n\n", story.trim());
    }
}

fn in_call(entry: &Entry, call: Call) -> String {
    entry
        .detail()
        .call(call)
        .map_or_else(|| format!("not documented as returned by {call}"), |note| note.meaning.to_owned())
}

fn unassigned(out: &mut String, value: i32) {
    let view = UnassignedView::new(value);
    let _ = write!(out, "# {value}\n\nUnassigned: Winsock has no error with this number.");
    if let Some(reference) = view.reference_table {
        let _ = write!(out, " Beware: {}.", reference.sentence(value));
    }
    out.push_str("\n\n");
}
