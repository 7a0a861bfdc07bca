//! `wsa explain` on a terminal: one screen, or everything.

mod words;

use textwrap::fill;
use winsock_codes::{Call, Entry, Twins, entries};

use self::words::{elsewhere, faults, retry, status, twins};
use super::Asked;
use crate::args::ExplainArgs;
use crate::commands::view::{ReferenceView, UnassignedView, program};
use crate::query::{Answer, Form, Reading, contradiction};
use crate::render::markdown;
use crate::render::screen::Screen;
use crate::render::style::{BOLD, CAUTION, COMMAND, DIM, hanging, paint, severity, width};
use crate::render::table::{cut, harmless};

/// Causes on the first screen.
const FIRST_CAUSES: usize = 3;
/// Readings explained in full on the first screen; further ones get a line each.
const FIRST_READINGS: usize = 1;

pub(super) fn render(asked: &[Asked], args: &ExplainArgs, screen: &Screen) -> String {
    let page = Page { args, width: screen.prose_width() };
    let answers: Vec<String> =
        asked.iter().filter(|asked| asked.is_answered()).map(|asked| page.answer(asked)).collect();
    answers.join("\n")
}

/// What to say on stderr when nothing is known of a WHAT.
pub(super) fn not_known(asked: &Asked) -> String {
    let what = asked.what.trim();
    if what.is_empty() {
        return "wsa: nothing to explain: the text is empty".to_owned();
    }
    let near = asked.readings.iter().find_map(|reading| match reading.answer {
        Answer::Near(spelling) => Some(spelling),
        _ => None,
    });
    let shown = cut(&harmless(what), 60);
    if let Some(spelling) = near {
        return match spelling.code.name() {
            Some(name) if name == spelling.text => {
                format!("wsa: no system uses the name `{shown}`; did you mean {name} ({})?", spelling.code.value())
            }
            _ => format!("wsa: no system uses the name `{shown}`; did you mean {} ({})?", spelling.text, spelling.code),
        };
    }
    let is_number = what.trim_start_matches(['-', '+']).bytes().all(|byte| byte.is_ascii_digit());
    if is_number && what.parse::<i32>().is_err() && what.parse::<u32>().is_err() {
        return format!("wsa: `{shown}` does not fit 32 bits, and every error number does");
    }
    if is_number {
        return format!("wsa: {shown} is no error number that any network system uses; Winsock's are 10004 to 11033");
    }
    if let Some(system) = says_little(what) {
        return format!(
            "wsa: `{shown}` is what {system} says of most codes; its number or message tells which, so paste the whole line"
        );
    }
    format!(
        "wsa: no Winsock code, name or message text in `{shown}`; try `wsa search WORDS` for a symptom, or `wsa list`"
    )
}

/// The system that has one word, this one, for codes of all kinds.
fn says_little(what: &str) -> Option<&'static str> {
    let word = what.rsplit(['.', ':']).next().unwrap_or(what);
    let is_said = |said: fn(&Twins) -> &'static str| entries().iter().any(|entry| said(&entry.twins) == word);
    [
        ("Python", (|twins| twins.python_exception) as fn(&Twins) -> &'static str),
        ("Java", |twins| twins.java),
        ("Rust", |twins| twins.rust),
    ]
    .into_iter()
    .find_map(|(system, said)| is_said(said).then_some(system))
}

struct Page<'a> {
    args: &'a ExplainArgs,
    width: usize,
}

impl Page<'_> {
    fn answer(&self, asked: &Asked) -> String {
        let mut out = String::new();
        if let Some((number, name)) = contradiction(&asked.what) {
            let text = format!("The line contradicts itself: {name} is {}, not {number}.", name.value());
            out += &format!("{}\n\n", paint(CAUTION, text));
        }
        let explained = if self.args.full { asked.readings.len() } else { FIRST_READINGS };
        // One line may name several different errors; each is worth its own screen. Readings of one term are not.
        let several_terms = asked.readings.iter().any(|reading| reading.text != asked.readings[0].text);
        let explained = if several_terms { asked.readings.len() } else { explained };
        if !several_terms && asked.readings.len() > 1 {
            let text =
                format!("`{}` can mean {} things; the likeliest first.", asked.readings[0].text, asked.readings.len());
            out += &format!("{}\n\n", paint(CAUTION, text));
        }
        let mut blocks: Vec<String> = asked.readings[..explained.min(asked.readings.len())]
            .iter()
            .map(|reading| self.reading(reading, asked))
            .collect();
        if explained < asked.readings.len() {
            blocks.push(self.other_readings(&asked.readings[explained..]));
        }
        out + &blocks.join("\n")
    }

    fn reading(&self, reading: &Reading, asked: &Asked) -> String {
        match reading.answer {
            Answer::Code(entry) => self.code(entry, reading, asked),
            Answer::Unassigned(value) => self.unassigned(value),
            Answer::Lookalike(known) => {
                let head = format!("{} {}", paint(BOLD, known.name), known.value);
                let mut out = format!("{head}  {}\n", paint(DIM, format!("{}, not Winsock", known.owner)));
                out += &self.paragraph(&format!("{}.", known.meaning));
                for entry in known.related.iter().filter_map(|code| code.entry()) {
                    out += &self.pointer("Related", entry);
                }
                out
            }
            Answer::MadeUp(known) => {
                let mut out = format!("{}  {}\n", paint(BOLD, known.name), paint(CAUTION, "not a Winsock name"));
                out += &self.paragraph(&format!("{}.", capitalised(known.why)));
                if let Some(entry) = known.nearest.and_then(|code| code.entry()) {
                    out += &self.pointer("Nearest", entry);
                }
                out
            }
            Answer::Near(_) => String::new(),
        }
    }

    fn code(&self, entry: &'static Entry, reading: &Reading, asked: &Asked) -> String {
        let mut out = heading(entry);
        if let Some(note) = shown_note(reading, asked) {
            out += &self.hanging("", &paint(DIM, format!("read {note}")));
        }
        out += &self.paragraph(entry.summary);
        out.push('\n');
        if let Some(call) = self.args.call {
            out += &self.in_call(entry, call);
        }
        if let Some(status) = status(entry) {
            out += &self.field("Status", &paint(CAUTION, status));
        }
        out += &self.field("Fault", &faults(entry));
        out += &self.field("Retry", &retry(entry));
        if let Some(reference) = ReferenceView::wrong(entry.value()) {
            out += &self.field("Beware", &paint(CAUTION, reference.sentence(entry.value())));
        }
        out += &self.causes(entry);
        if self.args.full {
            out += &self.everything(entry);
        } else {
            out += &self.field("Elsewhere", &elsewhere(entry));
            let hint = format!("wsa explain --full {}", entry.value());
            out += &self.field("More", &paint(COMMAND, hint));
        }
        out
    }

    fn in_call(&self, entry: &Entry, call: Call) -> String {
        match entry.detail().call(call) {
            Some(note) => self.field(&format!("In {call}"), note.meaning),
            None => {
                let calls: Vec<&str> = entry.detail().calls.iter().map(|note| note.call.as_str()).collect();
                let known = if calls.is_empty() {
                    "no function's documentation lists it".to_owned()
                } else {
                    format!("documented for {}", calls.join(", "))
                };
                self.field(&format!("In {call}"), &format!("not documented as returned by {call}; {known}"))
            }
        }
    }

    fn causes(&self, entry: &Entry) -> String {
        let causes = entry.detail().causes;
        let shown = if self.args.full { causes.len() } else { causes.len().min(FIRST_CAUSES) };
        let title = if self.args.full { "Causes, commonest first" } else { "Check first" };
        let mut out = format!("\n{}\n", paint(BOLD, title));
        for (index, cause) in causes[..shown].iter().enumerate() {
            let marker = format!("{:>2}. ", index + 1);
            out += &self.hanging(&marker, cause.what);
            if self.args.full {
                if !cause.evidence.is_empty() {
                    out += &self.hanging(&format!("    {} ", paint(DIM, "Sign:")), cause.evidence);
                }
                out += &self.hanging(&format!("    {} ", paint(DIM, "Do:  ")), cause.remedy);
                if !cause.seen.is_empty() {
                    out += &self.hanging("    ", &paint(DIM, format!("Seen: {}", cause.seen.join(", "))));
                }
            } else {
                out += &self.hanging(&format!("    {} ", paint(DIM, "→")), cause.remedy);
            }
        }
        if !self.args.full {
            out.push('\n');
        }
        out
    }

    fn everything(&self, entry: &'static Entry) -> String {
        let detail = entry.detail();
        let mut out = String::new();
        out += &self.section("Calls that return it");
        if detail.calls.is_empty() {
            out += &self.paragraph("Not documented as returned by any socket function.");
        }
        let column = detail.calls.iter().map(|note| note.call.as_str().len()).max().unwrap_or(0).min(24);
        for note in detail.calls {
            let seen = program(note).map(|program| format!(" Seen: {program}")).unwrap_or_default();
            let meaning = format!("{}{seen}", note.meaning);
            out += &self.hanging(&format!("  {:column$}  ", note.call.as_str()), &meaning);
        }
        if !detail.confused_with.is_empty() {
            out += &self.section("Confused with");
            for other in detail.confused_with {
                out += &self.hanging(&format!("  {}  ", paint(BOLD, other.code)), other.tell);
            }
        }
        out += &self.section("Elsewhere");
        for (system, word) in twins(entry) {
            out += &self.hanging(&format!("  {system:16}"), &word);
        }
        if !detail.disputes.is_empty() {
            out += &self.section("Where projects disagree");
            for dispute in detail.disputes {
                let text = format!("says {}; right: {}. {}", dispute.says, dispute.right, dispute.why);
                out += &self.hanging(&format!("  {}  ", paint(BOLD, dispute.system)), &text);
            }
        }
        out.push('\n');
        out += &markdown::to_terminal(detail.story, self.width);
        out
    }

    fn unassigned(&self, value: i32) -> String {
        let view = UnassignedView::new(value);
        let mut out = format!("{}  {}\n", paint(BOLD, value), paint(CAUTION, "unassigned"));
        out += &self.paragraph(
            "Winsock has no error with this number. If a program printed it, it is something else: a port, a line number, \
             an identifier or a mistyped code.",
        );
        if let Some(reference) = &view.reference_table {
            out += &self.paragraph(&paint(CAUTION, format!("{}.", capitalised(&reference.sentence(value)))));
            let real = reference.real.and_then(winsock_codes::by_value);
            let made_up = winsock_codes::related::made_up(reference.says);
            if let Some(entry) = real.or(made_up.and_then(|known| known.nearest).and_then(|code| code.entry())) {
                out += &self.pointer(if real.is_some() { "Real" } else { "Nearest" }, entry);
            }
        }
        let real = view.reference_table.as_ref().and_then(|reference| reference.real);
        for (label, brief) in [("Below", view.below), ("Above", view.above)] {
            if let Some(entry) = brief.and_then(|brief| winsock_codes::by_value(brief.code))
                && real != Some(entry.value())
            {
                out += &self.pointer(label, entry);
            }
        }
        out
    }

    fn other_readings(&self, readings: &[Reading]) -> String {
        let mut out = format!("{}\n", paint(BOLD, "It could also be"));
        for reading in readings {
            let text = match reading.answer {
                Answer::Code(entry) => {
                    let note =
                        reading.note.as_ref().map_or_else(|| format!("as {}", reading.form.as_str()), Clone::clone);
                    format!("{} {} {}", paint(BOLD, entry.name), entry.value(), paint(DIM, note))
                }
                Answer::Lookalike(known) => {
                    format!("{} {}: {}", paint(BOLD, known.name), paint(DIM, known.owner), known.meaning)
                }
                _ => continue,
            };
            out += &self.hanging("  ", &text);
        }
        out
    }

    fn pointer(&self, label: &str, entry: &Entry) -> String {
        self.field(label, &format!("{} {}: {}", entry.value(), paint(BOLD, entry.name), entry.summary))
    }

    fn section(&self, title: &str) -> String {
        format!("\n{}\n", paint(BOLD, title))
    }

    fn paragraph(&self, text: &str) -> String {
        fill(text, hanging(self.width, "", "")) + "\n"
    }

    /// A label and a text in two columns.
    fn field(&self, label: &str, text: &str) -> String {
        let label = format!("{label:10} ");
        self.hanging(&paint(BOLD, &label), text)
    }

    /// Text behind a marker, further lines indented below its beginning.
    fn hanging(&self, marker: &str, text: &str) -> String {
        let indent = " ".repeat(width(marker).min(self.width / 2));
        fill(text, hanging(self.width, marker, &indent)) + "\n"
    }
}

/// Why the term was read so, where that is not plain to see.
fn shown_note(reading: &Reading, asked: &Asked) -> Option<String> {
    if let Some(note) = &reading.note {
        return Some(note.clone());
    }
    let trivial = matches!(reading.form, Form::Decimal | Form::Name | Form::Hresult | Form::Hex);
    if trivial && asked.what.len() <= reading.text.len() + 4 {
        return None;
    }
    Some(format!("from `{}`, {}", reading.text, reading.form.as_str()))
}

fn heading(entry: &Entry) -> String {
    let value = entry.value();
    let severity = paint(severity(entry.severity), entry.severity);
    let hresult = entry.code.hresult();
    format!(
        "{}  {}  {}  {severity}\n",
        paint(BOLD, entry.name),
        paint(BOLD, value),
        paint(DIM, format!("0x{value:X}  HRESULT 0x{hresult:08X}  {}", entry.category)),
    )
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + chars.as_str())
}
