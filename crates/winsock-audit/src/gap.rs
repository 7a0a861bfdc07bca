//! What stands between two tokens, and whether it says that they belong together.
//!
//! The rule of this module: silence when in doubt. A gap joins only if every word and every sign in it is known to
//! state "is", "has the number", "next cell", "comment about this line" and the like.

mod patterns;
mod words;

use patterns::{ASSIGNED, COMMENT, DEFINE, DEFINED, LINK_TARGET, STRING, STRING_TABLE, TAG};
use words::{INTRODUCERS, LINKS, STOPS, STRANGERS, UNITS};

use crate::Language;
use crate::token::{Token, What};

/// How surely a gap joins the tokens on its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Join {
    /// Space, colon, dash: true unless a neighbour has a better claim.
    Weak,
    /// Brackets, equals sign, comment, string table.
    Strong,
    /// A definition: any number counts.
    Definition,
}

/// The text in which the gaps are.
pub(crate) struct Gaps<'t> {
    pub(crate) text: &'t str,
    pub(crate) language: Language,
}

/// Gaps longer than this join nothing.
const MAX_GAP: usize = 240;

impl Gaps<'_> {
    /// How the gap between a name and a number, in either order, joins them.
    pub(crate) fn join(&self, left: &Token, right: &Token) -> Option<Join> {
        if left.is_name() == right.is_name() || right.span.start < left.span.end {
            return None;
        }
        let raw = &self.text[left.span.end..right.span.start];
        if raw.len() > MAX_GAP {
            return None;
        }
        if left.is_name() && self.is_definition(left, right, raw) {
            return Some(Join::Definition);
        }
        if self.is_counted(right) || self.is_ternary(left, raw) {
            return None;
        }
        if right.is_name() && self.is_string_table(left, raw) {
            return Some(Join::Strong);
        }
        let gap = self.clean(raw, left, right)?;
        if let Some(join) = self.join_by_comment(&gap, right) {
            return join.filter(|_| left.is_name() || !raw.starts_with(')') || self.closes_a_question(left));
        }
        self.join_beside(&gap, left, right)
    }

    /// Whether two tokens of one kind stand in one list: `10053, 10054`, `WSAEINTR and WSAEBADF`.
    pub(crate) fn is_list(&self, left: &Token, right: &Token) -> bool {
        let raw = &self.text[left.span.end.min(right.span.start)..right.span.start];
        if raw.len() > MAX_GAP / 4 {
            return false;
        }
        let Some(gap) = self.clean(raw, left, right) else { return false };
        words(&gap).all(|word| ["and", "or", "case", "und", "et", "y", "ou"].contains(&word.to_lowercase().as_str()))
            && gap.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "\"'“”‘’`,/|:()[]-–&".contains(c))
    }

    /// Whether a decimal and another notation of a number stand for each other: `10054 (0x2746)`.
    pub(crate) fn is_same_number(&self, left: &Token, right: &Token) -> bool {
        let (Some(a), Some(b)) = (left.number(), right.number()) else { return false };
        if a.form == b.form || a.is_decimal() && b.is_decimal() {
            return false;
        }
        let raw = &self.text[left.span.end.min(right.span.start)..right.span.start];
        if raw.len() > MAX_GAP / 4 || raw.contains('\n') {
            return false;
        }
        let gap = self.clean(raw, left, right).unwrap_or_default();
        // `(os error 10054)`, `(0x80072AF9)` are two items of a list.
        if gap.contains(')') && gap.contains(',') {
            return false;
        }
        let known = ["hex", "hexadecimal", "decimal", "dec", "hresult", "or", "as", "in", "i.e", "error", "code", "is"];
        words(&gap).all(|word| known.contains(&word.to_lowercase().as_str()))
            && gap.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "\"'`,/|:;()[]-–=*".contains(c))
    }

    /// `NAME = 10054`, `NAME: T = 10054`, `#define NAME 10054`, `NAME As Long = 10054`, `NAME equ 10054`.
    fn is_definition(&self, name: &Token, number: &Token, raw: &str) -> bool {
        let line = line_before(self.text, name.span.start);
        let shape = if DEFINE.is_match(line) {
            &*DEFINED
        } else {
            let before = line.trim_end_matches([' ', '\t', '"', '\'', '`', '*']);
            if before.ends_with(['[', '(', '=', '?', '<', '>', '&', '|', '!', '+', '-']) {
                return false;
            }
            &*ASSIGNED
        };
        if !shape.is_match(&raw.replace("\\\r\n", " ").replace("\\\n", " ")) {
            return false;
        }
        // `= 10054 + offset` defines something else.
        let rest = &self.text[number.span.end..];
        let rest = rest.trim_start_matches([' ', '\t', ')']);
        !rest.starts_with(['+', '*', '^', '%', '?']) && !rest.starts_with("<<") && !rest.starts_with(">>")
    }

    /// Whether the number counts something: `10060 ms`, `10050 times`.
    fn is_counted(&self, right: &Token) -> bool {
        if right.is_name() {
            return false;
        }
        let rest = &self.text[right.span.end..];
        let rest = rest.trim_start_matches([' ', '-', '\u{a0}']);
        let word: String = rest.chars().take_while(|c| c.is_ascii_alphabetic()).take(16).collect();
        UNITS.contains(&word.to_lowercase().as_str())
    }

    /// `ok ? WSAECONNRESET : 10060` chooses, it does not state.
    fn is_ternary(&self, left: &Token, raw: &str) -> bool {
        self.is_source() && raw.contains(':') && line_before(self.text, left.span.start).contains('?')
    }

    /// `case 10054: return "WSAECONNRESET`, `10054 => "WSAE..`, `table[10054] = "WSAE...`, over line ends too.
    fn is_string_table(&self, left: &Token, raw: &str) -> bool {
        if !STRING_TABLE.is_match(raw) {
            return false;
        }
        let before = line_before(self.text, left.span.start).trim_end();
        // `arr[10054] = "` needs its bracket, `x == 10054) return "` its comparison; `!= 10054` says the opposite.
        !before.ends_with("!=") && !before.ends_with('<') && (!before.ends_with('>') || before.ends_with("=>"))
    }

    /// The gap without markup: tags, link targets, entities, emphasis. `None` if it goes over a line end that is not
    /// layout.
    fn clean(&self, raw: &str, left: &Token, right: &Token) -> Option<String> {
        let mut gap = raw.replace("\\\r\n", " ").replace("\\\n", " ");
        let mut tagged = false;
        if self.language.has_tags() || raw.contains("</") {
            let without = TAG.replace_all(&gap, " ");
            tagged = without.len() != gap.len();
            gap = without.replace("&nbsp;", " ").replace("&#160;", " ");
            gap = LINK_TARGET.replace_all(&gap, "] ").into_owned();
        }
        if gap.contains('\n') {
            let blank = gap.chars().all(|c| c.is_whitespace() || "*_`-|".contains(c));
            if !(blank && (tagged || self.is_pair_of_lines(&gap, left, right))) {
                return None;
            }
            gap = gap.replace(['\n', '\r'], " ");
        }
        if matches!(self.language, Language::Markdown | Language::Text) {
            gap = gap.replace(['*', '`'], "").replace("\\_", "_");
        }
        Some(gap)
    }

    /// Whether both tokens are alone on their lines, and the lines follow each other.
    fn is_pair_of_lines(&self, gap: &str, left: &Token, right: &Token) -> bool {
        let alone = |token: &Token| {
            let before = line_before(self.text, token.span.start);
            let after = line_after(self.text, token.span.end);
            before.chars().all(|c| c.is_whitespace() || "*-`_|#\"'".contains(c))
                && after.chars().all(|c| c.is_whitespace() || "*`_|,\"'".contains(c))
        };
        !self.is_source() && gap.matches('\n').count() <= 2 && alone(left) && alone(right)
    }

    /// A comment beside code: `10054; // WSAECONNRESET`. `None`: there is no comment in the gap. `Some(None)`: there is
    /// one and it joins nothing.
    #[expect(clippy::option_option, reason = "the two meanings of nothing differ")]
    fn join_by_comment(&self, gap: &str, right: &Token) -> Option<Option<Join>> {
        // `errors[10014] = "Bad address"  # WSAEFAULT`: a string between them does not come between them.
        let without = if self.is_source() { STRING.replace_all(gap, "") } else { gap.into() };
        let with_string = without.len() < gap.len();
        let gap = without.as_ref();
        let opener = COMMENT.find(gap)?;
        if !self.is_source() && !matches!(opener.as_str().trim(), "//" | "/*" | "#") {
            return None;
        }
        let before = gap[..opener.start()].trim();
        let after = gap[opener.end()..].trim();
        let code_ends = before.chars().all(|c| " )]}:;,{(\"'".contains(c) || with_string && c == '=')
            || before == "then"
            || before == ") then";
        let label = after.chars().all(|c| "\"'`([=:-".contains(c))
            || words(after).all(is_linking_word)
                && after.chars().all(|c| c.is_alphanumeric() || " \"'`([=:".contains(c));
        let rest = self.text[right.span.end..].trim_start_matches([' ', ')', ']', '"', '\'', '`']);
        let next: String = rest.chars().take_while(|c| c.is_ascii_alphabetic()).collect();
        let goes_on = STOPS.contains(&next.as_str());
        Some((code_ends && label && !goes_on).then_some(Join::Strong))
    }

    /// Whether the bracket after a number closes a comparison or a function about errors: `if (e == 10054)`,
    /// `SetLastError(10054)`, and not `connect(host, 10060)`.
    fn closes_a_question(&self, number: &Token) -> bool {
        let before = line_before(self.text, number.span.start);
        let Some(open) = before.rfind('(') else { return false };
        let inside = &before[open + 1..];
        let head = before[..open].trim_end();
        let word_start = head.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
        let word = head.get(word_start..).unwrap_or_default().to_lowercase();
        let about_errors =
            ["err", "fail", "throw", "raise", "exit", "return", "code", "status", "errno", "except", "case"];
        inside.contains("==")
            || !inside.contains(',') && (word.is_empty() || about_errors.iter().any(|part| word.contains(part)))
    }

    /// Everything else: brackets, colon, dash, space, cell border, a few words.
    fn join_beside(&self, gap: &str, left: &Token, right: &Token) -> Option<Join> {
        let list: Vec<&str> = words(gap).collect();
        if list.len() > 4 || !list.iter().all(|word| is_linking_word(word)) {
            return None;
        }
        let signs: String = gap.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
        if !self.signs_join(gap, &signs, left, right) {
            return None;
        }
        let bare = list.is_empty() && signs.chars().all(|c| "\"'`-–—:/_|".contains(c));
        if bare && !left.is_name() && self.is_labelled_by_stranger(left) {
            return None;
        }
        let opens = signs.trim_start_matches(['"', '\'', '`', ']']).starts_with(['(', '[', '=']);
        let closes = self.text[right.span.end..]
            .trim_start_matches(['"', '\'', '`', ' ', '*'])
            .starts_with([')', ']', ',', ';']);
        Some(if opens && closes || signs.contains('=') || signs.contains(',') { Join::Strong } else { Join::Weak })
    }

    fn signs_join(&self, gap: &str, signs: &str, left: &Token, right: &Token) -> bool {
        const PLAIN: &str = "\"'“”‘’«»`:-–—‑/([|=_（【：";
        if signs.contains("||") || signs.contains("//") || signs.matches(':').count() > 1 && !signs.contains('"') {
            return false;
        }
        if self.is_source() && signs.contains(['-', '/', '|']) && !self.is_in_words(left) {
            return false;
        }
        let opened_by = before_quote(before_label(line_before(self.text, left.span.start)));
        let mut rest = signs.to_owned();
        if let Some(arrow) = rest.find("=>") {
            // A map from names to numbers is quoted; bare names before an arrow are match arms.
            let quoted =
                if left.is_name() { gap.starts_with(['"', '\'']) } else { gap.trim_end().ends_with(['"', '\'']) };
            if !quoted {
                return false;
            }
            rest.replace_range(arrow..arrow + 2, "");
        }
        if rest.contains([')', ']', '）', '】']) {
            // Closes only what was opened before the left token, and never an index: `map[NAME] = 10054`.
            if !matches!(opened_by, Some('(' | '[' | '（' | '【'))
                || rest.contains('=')
                || self.is_tag_of_line(left, gap)
            {
                return false;
            }
            rest = rest.replace([')', ']', '）', '】'], "");
        }
        if let Some(comma) = rest.find([',', ';']) {
            if !self.is_bracketed_pair(gap, left, right) {
                return false;
            }
            rest.remove(comma);
        }
        rest.chars().all(|c| PLAIN.contains(c))
    }

    /// `{ 10054, "WSAECONNRESET"`, `X(WSAECONNRESET, 10054`, `("WSANO_DATA", 11004)`: a pair in one bracket, and not two
    /// alternatives as in `in (10054, WSAECONNABORTED)`.
    fn is_bracketed_pair(&self, gap: &str, left: &Token, right: &Token) -> bool {
        if self.language == Language::Csv || self.is_separated_line(left, right) {
            return true;
        }
        let before = self.text[..left.span.start].trim_end_matches(['"', '\'', '`', 'L', '_', 'T']);
        let before = before.trim_end_matches("_T(").trim_end();
        let Some(bracket @ ('(' | '{' | '[')) = before.chars().next_back() else { return false };
        let name = if left.is_name() { left } else { right };
        let quoted = self.text[..name.span.start].ends_with(['"', '\'', '`']);
        let head = before[..before.len() - 1].trim_end();
        let word_start = head.rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '!')).map_or(0, |at| at + 1);
        let word = head.get(word_start..).unwrap_or_default().to_lowercase();
        if word.contains("_ne") || word.contains("not") || word.contains("differ") {
            return false;
        }
        if quoted {
            return true;
        }
        let rest = self.text[right.span.end..].trim_start();
        // Unquoted: a table row goes on or ends here; two alternatives look the same, so a call must be a macro or a
        // function of which we know that it states something.
        match bracket {
            '{' => gap.contains(',') && (rest.starts_with('}') || rest.starts_with(", \"") || rest.starts_with(",\"")),
            '(' => word.starts_with("assert") || word.contains("equal") || word.ends_with("_eq") || word == "x",
            _ => false,
        }
    }

    /// `12:30 [10054] WSAETIMEDOUT`: a number in brackets of its own in the middle of a line is a process or a thread.
    fn is_tag_of_line(&self, left: &Token, gap: &str) -> bool {
        let before = line_before(self.text, left.span.start);
        let Some(before) = before.strip_suffix('[') else { return false };
        !left.is_name() && gap.starts_with(']') && before.contains(char::is_alphanumeric)
    }

    /// `10054,WSAECONNRESET` as a whole line of a text that is no source: separated values without the file name.
    fn is_separated_line(&self, left: &Token, right: &Token) -> bool {
        let before = line_before(self.text, left.span.start);
        let after = line_after(self.text, right.span.end).trim_start_matches(['"', '\'']);
        let gap = &self.text[left.span.end..right.span.start];
        !self.is_source()
            && !gap.contains(char::is_alphanumeric)
            && before.chars().all(|c| c.is_whitespace() || "\"'".contains(c))
            && (after.trim().is_empty() || after.starts_with([',', ';', '\t']))
    }

    /// Whether the number before a name belongs to something else: `port 10060: WSAETIMEDOUT`, `client 10060 WSAE...`.
    fn is_labelled_by_stranger(&self, number: &Token) -> bool {
        let before = line_before(self.text, number.span.start);
        let before = before.trim_end_matches([' ', '\t', '-', '\'', '"', '`', '*', '#', '=', ':', '[', '(']);
        let word_start = before
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = before[word_start..].to_lowercase();
        let directly = line_before(self.text, number.span.start);
        let separated = directly.trim_end().ends_with(['=', ':', '(', '[']) && !STRANGERS.contains(&word.as_str());
        !(word.is_empty() || separated || INTRODUCERS.contains(&word.as_str()))
    }

    /// Whether a place in source is a comment or a string, where `-` and `/` are no operators.
    fn is_in_words(&self, token: &Token) -> bool {
        let line = line_before(self.text, token.span.start);
        let start = line.trim_start();
        start.starts_with(['*', '#', ';', '\''])
            || ["//", "/*", "--", "<!--", "(*"].iter().any(|mark| line.contains(mark))
            || line.contains(['"', '\'', '`'])
            || line.contains(" #")
    }

    fn is_source(&self) -> bool {
        matches!(self.language, Language::C | Language::Caseless | Language::Source)
    }
}

/// The line before a place, without the place.
pub(crate) fn line_before(text: &str, at: usize) -> &str {
    let start = memchr_rev(text, at);
    &text[start..at]
}

fn memchr_rev(text: &str, at: usize) -> usize {
    // A line of a megabyte is no line that anybody wrote; what stands far away does not matter.
    let mut floor = at.saturating_sub(400);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    text[floor..at].rfind('\n').map_or(floor, |newline| floor + newline + 1)
}

/// The line after a place.
pub(crate) fn line_after(text: &str, at: usize) -> &str {
    let mut ceiling = (at + 400).min(text.len());
    while !text.is_char_boundary(ceiling) {
        ceiling -= 1;
    }
    let rest = &text[at..ceiling];
    &rest[..rest.find('\n').unwrap_or(rest.len())]
}

/// The last sign of a text, quotes and emphasis left out.
fn before_quote(text: &str) -> Option<char> {
    text.trim_end_matches(['"', '\'', '`', '*', '“', '‘']).chars().next_back()
}

/// The text without a word at its end that announces a code: `[WinError `.
fn before_label(text: &str) -> &str {
    let trimmed = text.trim_end();
    let word = trimmed
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
    if is_linking_word(&trimmed[word..]) { trimmed[..word].trim_end() } else { text }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'))
        .filter(|word| word.chars().any(char::is_alphanumeric))
}

fn is_linking_word(word: &str) -> bool {
    LINKS.contains(&word.trim_matches('.').to_lowercase().as_str())
}

/// Whether a token is a number that may be a code by its size.
pub(crate) fn is_plausible(token: &Token) -> bool {
    match &token.what {
        What::Number(number) => number.in_range(),
        What::Name(_) => true,
    }
}
