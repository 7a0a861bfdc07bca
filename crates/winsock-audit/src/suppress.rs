//! Suppression comments: `wsa-audit: ignore` on a line, `ignore-next-line` above it, `off` ... `on` around lines,
//! `ignore-file` anywhere; each for all kinds or for those in brackets: `wsa-audit: ignore[wrong-value, conflict]`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::Kind;

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"wsa-audit:\s*(ignore-next-line|ignore-file|ignore|off|on)\b(?:\s*[\[(]([\w\-, ]*)[\])])?")
        .expect("a valid pattern")
});

/// Which parts of a text are not audited.
#[derive(Debug, Default)]
pub(crate) struct Suppressions {
    spans: Vec<(Range<usize>, Vec<Kind>)>,
}

impl Suppressions {
    pub(crate) fn find(text: &str) -> Suppressions {
        let mut suppressions = Suppressions::default();
        if !text.contains("wsa-audit:") {
            return suppressions;
        }
        let mut off: Option<(usize, Vec<Kind>)> = None;
        for found in DIRECTIVE.captures_iter(text) {
            let whole = found.get(0).map_or(0..0, |whole| whole.range());
            let kinds = kinds(found.get(2).map_or("", |list| list.as_str()));
            let line = line_of(text, whole.start);
            match &found[1] {
                "ignore" => suppressions.spans.push((line, kinds)),
                "ignore-next-line" => {
                    let next = (line.end + 1).min(text.len());
                    suppressions.spans.push((line_of(text, next), kinds));
                }
                "ignore-file" => suppressions.spans.push((0..text.len() + 1, kinds)),
                "off" => off = off.or(Some((line.start, kinds))),
                _ => {
                    if let Some((start, kinds)) = off.take() {
                        suppressions.spans.push((start..line.end, kinds));
                    }
                }
            }
        }
        if let Some((start, kinds)) = off {
            suppressions.spans.push((start..text.len() + 1, kinds));
        }
        suppressions
    }

    /// Whether this kind of finding is not wanted at this place.
    pub(crate) fn hide(&self, at: usize, kind: Kind) -> bool {
        self.spans.iter().any(|(span, kinds)| span.contains(&at) && (kinds.is_empty() || kinds.contains(&kind)))
    }

    /// Whether whatever is said at this place does not count at all.
    pub(crate) fn hide_all(&self, at: usize) -> bool {
        self.spans.iter().any(|(span, kinds)| span.contains(&at) && kinds.is_empty())
    }
}

/// Unknown ids are left out; a list of nothing but unknown ids must not hide everything, so it hides one opt-in kind.
fn kinds(list: &str) -> Vec<Kind> {
    let ids: Vec<&str> = list.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    let known: Vec<Kind> = ids.iter().filter_map(|id| Kind::from_id(id)).collect();
    if known.is_empty() && !ids.is_empty() { vec![Kind::PlainErrno] } else { known }
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len() + 1, |newline| at + newline);
    start..end
}
