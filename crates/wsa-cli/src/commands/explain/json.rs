//! `wsa explain --json`, schema `wsa.explain.v1`.

use anyhow::Result;
use serde::Serialize;
use winsock_codes::Call;

use super::Asked;
use crate::commands::view::{Brief, CallView, Full, UnassignedView};
use crate::query::{Answer, Reading};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    answers: Vec<AnswerView<'a>>,
}

#[derive(Serialize)]
struct AnswerView<'a> {
    what: &'a str,
    found: bool,
    readings: Vec<ReadingView<'a>>,
}

#[derive(Serialize)]
struct ReadingView<'a> {
    text: &'a str,
    form: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Kind {
    Code {
        entry: Box<Full>,
        /// What the code means in the call asked for; null if that call is not documented to return it.
        #[serde(skip_serializing_if = "Option::is_none")]
        in_call: Option<Option<CallView>>,
    },
    Unassigned(UnassignedView),
    NotWinsock {
        number: u32,
        name: &'static str,
        owner: &'static str,
        meaning: &'static str,
        related: Vec<Brief>,
    },
    MadeUp {
        name: &'static str,
        why: &'static str,
        nearest: Option<Brief>,
    },
    DidYouMean {
        spelling: &'static str,
        code: Option<Brief>,
    },
}

pub(super) fn render(asked: &[Asked], call: Option<Call>) -> Result<String> {
    let answers = asked
        .iter()
        .map(|asked| AnswerView {
            what: &asked.what,
            found: asked.is_answered(),
            readings: asked.readings.iter().map(|reading| reading_view(reading, call)).collect(),
        })
        .collect();
    Ok(serde_json::to_string_pretty(&Document { schema: "wsa.explain.v1", answers })? + "\n")
}

fn reading_view(reading: &Reading, call: Option<Call>) -> ReadingView<'_> {
    let kind = match reading.answer {
        Answer::Code(entry) => Kind::Code {
            entry: Box::new(Full::new(entry)),
            in_call: call.map(|call| entry.detail().call(call).map(CallView::new)),
        },
        Answer::Unassigned(value) => Kind::Unassigned(UnassignedView::new(value)),
        Answer::Lookalike(known) => Kind::NotWinsock {
            number: known.value,
            name: known.name,
            owner: known.owner,
            meaning: known.meaning,
            related: known.related.iter().copied().filter_map(Brief::of).collect(),
        },
        Answer::MadeUp(known) => {
            Kind::MadeUp { name: known.name, why: known.why, nearest: known.nearest.and_then(Brief::of) }
        }
        Answer::Near(spelling) => Kind::DidYouMean { spelling: spelling.text, code: Brief::of(spelling.code) },
    };
    ReadingView { text: &reading.text, form: reading.form.as_str(), note: reading.note.as_deref(), kind }
}
