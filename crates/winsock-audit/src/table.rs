//! Tables: Markdown rows, separated values, HTML rows. A row pairs cells that do not touch each other.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::Language;
use crate::gap::Join;
use crate::statement::{Statement, Words};
use crate::token::{Name, Token, parse_bare_hex, recognise};

/// The cells of every table in a text.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    tables: Vec<Vec<Row>>,
    /// Every cell's span and place, in order of the text.
    cells: Vec<(Range<usize>, (usize, usize, usize))>,
}

type Row = Vec<Range<usize>>;

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a valid pattern"));
    };
}

pattern!(HTML_TABLE, r"(?is)<table\b.*?</table>|(?:<tr\b.*?</tr>\s*)+");
pattern!(HTML_ROW, r"(?is)<tr\b[^>]*>(.*?)</tr>");
pattern!(HTML_CELL, r"(?is)<t[dh]\b[^>]*>(.*?)(?:</t[dh]>|$)");
pattern!(CODE_HEADER, r"(?i)\b(?:code|value|number|dec|decimal|errno|error|wert|nummer|valeur|valor|num)\b");
pattern!(OTHER_HEADER, r"(?i)\b(?:hex|hexadecimal|hresult|port|line|unix|linux|posix|count|size|year|page)\b");
pattern!(HEX_HEADER, r"(?i)\bhex(?:adecimal)?\b");
pattern!(MARKUP, r"</?[A-Za-z][^<>]*>|[*`\\]|&nbsp;|\]\([^()\s]*\)|\[");

impl Tables {
    /// Finds the tables.
    pub(crate) fn find(text: &str, language: Language) -> Tables {
        let mut tables = Tables::default();
        if language == Language::Csv {
            tables.tables.push(separated_rows(text));
        } else {
            tables.find_piped(text);
            if language.has_tags() && (text.contains("<tr") || text.contains("<TR")) {
                tables.find_html(text);
            }
        }
        for (t, table) in tables.tables.iter().enumerate() {
            for (r, row) in table.iter().enumerate() {
                tables.cells.extend(row.iter().enumerate().map(|(c, span)| (span.clone(), (t, r, c))));
            }
        }
        tables.cells.sort_by_key(|(span, _)| span.start);
        tables
    }

    fn find_piped(&mut self, text: &str) {
        let mut table: Vec<Row> = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            match piped_row(line, at) {
                Some(row) => table.push(row),
                None if !table.is_empty() => self.tables.push(std::mem::take(&mut table)),
                None => {}
            }
            at += line.len();
        }
        if !table.is_empty() {
            self.tables.push(table);
        }
    }

    fn find_html(&mut self, text: &str) {
        for table in HTML_TABLE.find_iter(text) {
            let rows = HTML_ROW.captures_iter(table.as_str()).map(|row| {
                let inner = row.get(1).expect("the group takes part in every match");
                let cells = HTML_CELL.captures_iter(inner.as_str());
                let spans = cells.map(|cell| cell.get(1).expect("the group takes part in every match").range());
                let start = table.start() + inner.start();
                spans.map(|span| start + span.start..start + span.end).collect()
            });
            self.tables.push(rows.collect());
        }
    }

    fn place(&self, token: &Token) -> Option<(usize, usize, usize)> {
        let after = self.cells.partition_point(|(span, _)| span.start <= token.span.start);
        let (span, place) = &self.cells[after.checked_sub(1)?];
        (token.span.end <= span.end).then_some(*place)
    }

    /// Whether two tokens may be joined by what stands between them: both in one cell, or both in none.
    pub(crate) fn share_cell(&self, left: &Token, right: &Token) -> bool {
        self.cells.is_empty() || self.place(left) == self.place(right)
    }

    /// The statements that rows make, from all tokens of the text.
    pub(crate) fn statements(&self, text: &str, tokens: &[Token]) -> Vec<Statement> {
        let mut placed: Vec<(usize, usize, usize, &Token)> =
            tokens.iter().filter_map(|token| self.place(token).map(|(t, r, c)| (t, r, c, token))).collect();
        placed.sort_by_key(|(t, r, c, token)| (*t, *r, *c, token.span.start));
        let mut statements = Vec::new();
        for of_table in placed.chunk_by(|a, b| a.0 == b.0) {
            let table = &self.tables[of_table[0].0];
            let columns = Columns::of(text, table, of_table);
            for of_row in of_table.chunk_by(|a, b| a.1 == b.1) {
                statements.extend(row_statement(text, &table[of_row[0].1], of_row, &columns));
            }
        }
        statements
    }
}

/// `| a | b |`, also inside a comment.
fn piped_row(line: &str, at: usize) -> Option<Row> {
    let trimmed = line.trim_start_matches([' ', '\t', '/', '*', '#', ';', '>', '-', '!']);
    if !trimmed.starts_with('|') || trimmed.starts_with("||") {
        return None;
    }
    let start = at + line.len() - trimmed.len();
    let bars: Vec<usize> = trimmed.match_indices('|').map(|(bar, _)| start + bar).collect();
    let mut row: Row = bars.windows(2).map(|pair| pair[0] + 1..pair[1]).collect();
    let tail = start + trimmed.trim_end().len();
    if bars.last().is_some_and(|last| last + 1 < tail) {
        row.push(bars[bars.len() - 1] + 1..tail);
    }
    (row.len() >= 2).then_some(row)
}

fn separated_rows(text: &str) -> Vec<Row> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let comma = [',', ';', '\t'].into_iter().max_by_key(|mark| (count(*mark), *mark == ',')).unwrap_or(',');
    let mut rows = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut row = Row::new();
        let (mut start, mut quoted) = (at, false);
        for (offset, c) in line.char_indices() {
            match c {
                '"' => quoted = !quoted,
                _ if c == comma && !quoted => {
                    row.push(start..at + offset);
                    start = at + offset + 1;
                }
                _ => {}
            }
        }
        row.push(start..at + line.trim_end_matches(['\n', '\r']).len().max(start - at));
        rows.push(row);
        at += line.len();
    }
    rows
}

/// What the columns of a table are for.
struct Columns {
    /// Columns whose numbers are codes.
    codes: Vec<usize>,
    /// Columns of hexadecimal digits without a prefix.
    hex: Vec<usize>,
    /// Columns whose header says that their numbers are something else.
    others: Vec<usize>,
}

impl Columns {
    fn of(text: &str, table: &[Row], tokens: &[(usize, usize, usize, &Token)]) -> Columns {
        let width = table.iter().map(Vec::len).max().unwrap_or_default().min(64);
        let header = |column: usize| {
            table.first().and_then(|row| row.get(column)).map_or("", |span| &text[span.clone()]).to_owned()
        };
        let is_code = |column: &usize| {
            let title = header(*column);
            if OTHER_HEADER.is_match(&title) {
                return false;
            }
            let numbers = tokens.iter().filter(|(_, _, c, token)| c == column && token.number().is_some());
            let (mut fit, mut odd) = (0, 0);
            for (_, _, _, token) in numbers {
                *(if crate::gap::is_plausible(token) { &mut fit } else { &mut odd }) += 1;
            }
            CODE_HEADER.is_match(&title) && fit >= odd || fit > 2 * odd
        };
        let codes = (0..width).filter(is_code).collect();
        let others = (0..width).filter(|column| OTHER_HEADER.is_match(&header(*column))).collect();
        Columns { codes, others, hex: (0..width).filter(|column| HEX_HEADER.is_match(&header(*column))).collect() }
    }
}

/// The cell's text without markup.
fn plain(text: &str, cell: &Range<usize>) -> String {
    MARKUP.replace_all(&text[cell.clone()], "").trim().trim_matches(['"', '\'']).trim().to_owned()
}

/// Whether a cell holds tokens of one kind and nothing else: a name, a number, a number in two notations.
fn holds_only(text: &str, cell: &Range<usize>, tokens: &[(usize, usize, usize, &Token)]) -> bool {
    let mut content = text[cell.clone()].to_owned();
    for (_, _, _, token) in tokens.iter().rev() {
        content.replace_range(token.span.start - cell.start..token.span.end - cell.start, " ");
    }
    let rest = MARKUP.replace_all(&content, "");
    let uniform = tokens.iter().all(|(_, _, _, token)| token.is_name() == tokens[0].3.is_name());
    uniform && !rest.chars().any(char::is_alphanumeric)
}

fn row_statement(text: &str, row: &Row, tokens: &[(usize, usize, usize, &Token)], columns: &Columns) -> Vec<Statement> {
    let mut alone: Vec<(usize, Token)> = tokens
        .chunk_by(|a, b| a.2 == b.2)
        .filter(|in_cell| holds_only(text, &row[in_cell[0].2], in_cell))
        .flat_map(|in_cell| in_cell.iter().map(|(_, _, column, token)| (*column, (*token).clone())))
        .collect();
    for column in &columns.hex {
        if alone
            .iter()
            .any(|(taken, token)| taken == column && token.number().is_some_and(|number| !number.is_decimal()))
        {
            continue;
        }
        let Some(cell) = row.get(*column) else { continue };
        let trimmed = text[cell.clone()].trim();
        let start = cell.start + text[cell.clone()].len() - text[cell.clone()].trim_start().len();
        if let Some(token) = parse_bare_hex(text, start..start + trimmed.len()) {
            alone.retain(|(taken, _)| taken != column);
            alone.push((*column, token));
        }
    }
    alone.sort_by_key(|(column, _)| *column);
    let names: Vec<&(usize, Token)> = alone.iter().filter(|(_, token)| token.is_name()).collect();
    let numbers: Vec<&(usize, Token)> = alone.iter().filter(|(_, token)| !token.is_name()).collect();
    let known: Vec<&&(usize, Token)> =
        names.iter().filter(|(_, token)| !matches!(token.name(), Some(Name::Plain(_)))).collect();
    let name = match (known.as_slice(), names.as_slice()) {
        ([one], _) => Some(&one.1),
        ([], [one]) => Some(&one.1),
        ([], []) => None,
        _ => return several_pairs(&alone),
    };
    let mut chosen = choose_numbers(&numbers, columns);
    if matches!(name.and_then(Token::name), Some(Name::Plain(_)))
        && !chosen.iter().any(|token| token.number().is_some_and(crate::token::Number::in_range))
    {
        return Vec::new();
    }
    if name.is_none() {
        chosen.retain(crate::gap::is_plausible);
    }
    if name.is_none() && chosen.is_empty() || name.is_some_and(|token| token.name() == Some(&Name::Base)) {
        return Vec::new();
    }
    let words = row.iter().find_map(|cell| {
        let content = plain(text, cell);
        let codes = recognise(&content);
        let start = cell.start + text[cell.clone()].len() - text[cell.clone()].trim_start().len();
        let end = cell.start + text[cell.clone()].trim_end().len();
        (!codes.is_empty()).then_some(Words { span: start..end.max(start), codes })
    });
    vec![Statement { name: name.cloned(), has_alias: false, numbers: chosen, text: words, join: Join::Strong }]
}

/// The row's number: the only decimal, or the one in the column for codes; and other notations of it.
fn choose_numbers(numbers: &[&(usize, Token)], columns: &Columns) -> Vec<Token> {
    type Numbers<'t> = Vec<&'t (usize, Token)>;
    let (decimals, others): (Numbers<'_>, Numbers<'_>) =
        numbers.iter().copied().partition(|(_, token)| token.number().is_some_and(crate::token::Number::is_decimal));
    let in_column: Vec<_> = decimals.iter().filter(|(column, _)| columns.codes.contains(column)).collect();
    let plausible: Vec<_> = decimals.iter().filter(|(_, token)| crate::gap::is_plausible(token)).collect();
    let decimal = match (in_column.as_slice(), plausible.as_slice()) {
        ([one], _) => Some(&one.1),
        ([], [one]) if decimals.len() == 1 && !columns.others.contains(&one.0) => Some(&one.1),
        _ => None,
    };
    if decimal.is_none() && !decimals.is_empty() {
        return Vec::new();
    }
    let others = others.iter().filter(|(_, token)| crate::gap::is_plausible(token)).map(|(_, token)| token.clone());
    decimal.cloned().into_iter().chain(others).collect()
}

/// `| 10053 | WSAECONNABORTED | 10054 | WSAECONNRESET |`: pairs if names and numbers take turns.
fn several_pairs(alone: &[(usize, Token)]) -> Vec<Statement> {
    let turns = alone.windows(2).all(|pair| pair[0].1.is_name() != pair[1].1.is_name());
    if !turns || alone.len() % 2 == 1 {
        return Vec::new();
    }
    let pairs = alone.chunks_exact(2).map(|pair| {
        let (name, number) = if pair[0].1.is_name() { (&pair[0].1, &pair[1].1) } else { (&pair[1].1, &pair[0].1) };
        Statement {
            name: Some(name.clone()),
            has_alias: false,
            numbers: vec![number.clone()],
            text: None,
            join: Join::Strong,
        }
    });
    let pairs: Vec<Statement> = pairs.collect();
    if pairs.iter().all(|pair| pair.numbers.iter().all(crate::gap::is_plausible)) { pairs } else { Vec::new() }
}
