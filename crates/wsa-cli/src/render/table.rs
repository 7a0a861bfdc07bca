//! Tables: one value, rendered as aligned text, CSV or Markdown.

use crate::args::TableFormat;
use crate::render::style::{BOLD, paint, width};

/// Rows of text under headings.
#[derive(Debug, Default)]
pub struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub fn new<T: Into<String>>(headings: impl IntoIterator<Item = T>) -> Table {
        Table { headings: headings.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row, which has a cell for every heading.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The table in a format; JSON is not a table's business, since its fields have types.
    #[must_use]
    pub fn render(&self, format: TableFormat, width: usize) -> String {
        match format {
            TableFormat::Csv => self.csv(),
            TableFormat::Markdown => self.markdown(),
            TableFormat::Text | TableFormat::Json => self.text(width),
        }
    }

    /// Aligned columns. The last one takes what is left of the width and is cut, not wrapped, so that a row is a line.
    fn text(&self, total: usize) -> String {
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| self.lines().map(|row| row.get(column).map_or(0, |cell| width(cell))).max().unwrap_or(0))
            .collect();
        let mut out = String::new();
        for (index, row) in self.lines().enumerate() {
            let mut line = String::new();
            let mut used = 0;
            for (column, cell) in row.iter().enumerate() {
                let room = if column + 1 == row.len() { total.saturating_sub(used).max(20) } else { widths[column] };
                let cell = cut(cell, room);
                line += &if index == 0 { paint(BOLD, &cell) } else { cell.clone() };
                if column + 1 < row.len() {
                    line += &" ".repeat(widths[column] - width(&cell) + 2);
                    used += widths[column] + 2;
                }
            }
            out += line.trim_end();
            out.push('\n');
        }
        out
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.headings).chain(&self.rows)
    }

    /// RFC 4180, with line feeds alone as line ends, as tools on every system read them.
    fn csv(&self) -> String {
        let quote = |cell: &String| {
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        self.lines().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n").collect()
    }

    fn markdown(&self) -> String {
        let line = |row: &Vec<String>| {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rule = format!("|{}\n", "---|".repeat(self.headings.len()));
        line(&self.headings) + &rule + &self.rows.iter().map(line).collect::<String>()
    }
}

/// The text, or as much of it as fits with an ellipsis.
#[must_use]
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept) + width(c.encode_utf8(&mut [0; 4])) + 1 > room {
            break;
        }
        kept.push(c);
    }
    kept.trim_end().to_owned() + "…"
}

/// The text, or as much of its end as fits with an ellipsis: of a path that tells most.
#[must_use]
pub fn cut_front(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let fits = |from: &usize| width(&text[*from..]) < room;
    let from = text.char_indices().map(|(at, _)| at).find(fits).unwrap_or(text.len());
    format!("…{}", &text[from..])
}

/// Foreign text that is safe to show: it cannot move a terminal's cursor, ring, recolour, or turn the direction of what
/// follows. What a log or a file's name holds is not trusted.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => ' ',
            control if control.is_control() => '·',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '·',
            other => other,
        })
        .collect()
}
