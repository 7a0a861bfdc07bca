//! Tables: a log whose first line names its columns, of which some hold the other end's address, the code, or a number of
//! something else.

use std::ops::Range;

use memchr::memmem::Finder;

use super::TABLE_HEAD_BYTES;
use crate::time::Stamp;

/// What the line begins with that names the columns of W3C's logs, wherever it stands.
pub(crate) const FIELDS: &[u8] = b"#Fields:";

/// No line that names columns is longer.
const MOST_HEAD_BYTES: usize = TABLE_HEAD_BYTES;

/// Longer cells name nothing and hold no host.
const MOST_BYTES: usize = 255;

/// What the columns are that say something of errors.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// What a line begins with that names them anew; `None` where `#Fields:` does, which the filter finds.
    again: Option<Finder<'static>>,
    separator: u8,
    count: usize,
    /// The addresses of the other end, the best first.
    hosts: Vec<usize>,
    port: Option<usize>,
    /// The codes, and how surely they are the system's.
    codes: Vec<(usize, Called)>,
    /// Numbers of something else: sizes, times, ports.
    others: Vec<usize>,
    /// The time in UTC, which W3C's `time` is unless the log says otherwise.
    utc: Option<Utc>,
}

/// Where a row says when it was written, in UTC.
#[derive(Clone, Copy, Debug)]
struct Utc {
    time: usize,
    /// The day, if it is no column: `#Date:` has it.
    day: Option<Stamp>,
}

/// What the name of a column says of the codes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// The system's or Winsock's: `sc-win32-status`, `wsa_error`.
    System,
    /// Those of something: `code`, `error`.
    Something,
}

/// What the columns say of the numbers in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The cells that hold codes.
    pub(super) codes: Vec<(Range<usize>, Called)>,
    /// The cells that hold numbers of something else.
    pub(super) others: Vec<Range<usize>>,
}

impl Columns {
    /// The columns of the log that begins with `data`: its first line names them, or the first that begins with `#Fields:`, as
    /// Exchange, IIS and ISA write it. `None` if there is no such line, or no column of the first line is an address of the
    /// other end or a code.
    pub(super) fn of_log(data: &[u8]) -> Option<Columns> {
        let head = &data[..data.len().min(TABLE_HEAD_BYTES)];
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let of_first = || {
            let line = &head[..memchr::memchr(b'\n', head)?];
            Columns::named_by(line.trim_ascii_end(), false).filter(Columns::say_something)
        };
        let is_line = |at: &usize| (*at == 0 || head[at - 1] == b'\n') && memchr::memchr(b'\n', &head[*at..]).is_some();
        let of_fields =
            || memchr::memmem::find_iter(head, FIELDS).filter(is_line).find_map(|at| Columns::of_fields(head, at));
        if head.starts_with(FIELDS) { of_fields() } else { of_first().or_else(of_fields) }
    }

    /// The columns that the line names which begins with `#Fields:` at `at` of `text`, as it stands also in mid-log where a
    /// server was started anew. `None` if what follows are no names: then it is a line like others.
    pub(super) fn of_fields(text: &[u8], at: usize) -> Option<Columns> {
        let line = text[at..].strip_prefix(FIELDS)?;
        let line = memchr::memchr(b'\n', line).map_or(line, |newline| &line[..newline]);
        let mut columns = Columns::named_by(line.trim_ascii(), true)?;
        columns.read_remarks(&text[remarks_before(text, at)..at]);
        Some(columns)
    }

    /// The same columns, of rows of which it is not known when they were written.
    pub(super) fn of_another_day(mut self) -> Columns {
        if let Some(utc) = &mut self.utc {
            utc.day = None;
        }
        self
    }

    /// Takes what the lines before `#Fields:` say of the times: the standard has them in UTC, and their day in a column or in
    /// `#Date:`. The Windows firewall says that its own are local.
    fn read_remarks(&mut self, remarks: &[u8]) {
        let value = |name: &[u8]| {
            let lines = remarks.split(|byte| *byte == b'\n');
            lines.filter_map(|line| line.strip_prefix(name)).next_back().map(<[u8]>::trim_ascii)
        };
        if value(b"#Time Format:").is_some_and(|format| format.eq_ignore_ascii_case(b"local")) {
            self.utc = None;
        }
        if let Some(utc) = &mut self.utc {
            utc.day = value(b"#Date:").and_then(Stamp::parse);
        }
    }

    /// Where the first line begins that names the columns anew, of those that begin in `data[from..to]`, and what they are then:
    /// a line whose first cell has the name of the first column, as where several tables were joined.
    pub(super) fn anew(&self, data: &[u8], from: usize, to: usize) -> Option<(usize, Columns)> {
        let again = self.again.as_ref()?;
        let end = data.len().min(to + again.needle().len() - 1);
        let mut from = from;
        while let Some(found) = data.get(from..end).and_then(|part| again.find(part)) {
            let at = from + found;
            if let Some(columns) = self.named_at(data, at) {
                return Some((at, columns));
            }
            from = at + 1;
        }
        None
    }

    /// Where the last line of `text` begins that names the columns anew.
    pub(super) fn named_last(&self, text: &[u8]) -> Option<usize> {
        let fields = || Finder::new(FIELDS);
        let finder = self.again.as_ref().map_or_else(fields, Finder::as_ref);
        finder.find_iter(text).filter(|at| self.named_at(text, *at).is_some()).last()
    }

    /// The columns that the line names which begins at `at`, if it begins there and names any.
    pub(super) fn named_at(&self, text: &[u8], at: usize) -> Option<Columns> {
        let head = &text[at..text.len().min(at + MOST_HEAD_BYTES)];
        let line = &head[..memchr::memchr(b'\n', head)?];
        match self.again {
            _ if !begins_line(text, at) => None,
            Some(_) => Columns::named_by(line.trim_ascii_end(), false),
            None => Columns::of_fields(&text[..at + line.len()], at),
        }
    }

    /// Whether [`anew`](Columns::anew) finds what names the columns anew.
    pub(super) fn may_be_named_anew(&self) -> bool {
        self.again.is_some()
    }

    /// Whether a column is an address of the other end or a code.
    fn say_something(&self) -> bool {
        !self.hosts.is_empty() || !self.codes.is_empty()
    }

    /// The columns that a line names, if that is what it does. `fields` says that it is one of W3C's, whose columns may be
    /// parted by blanks.
    fn named_by(line: &[u8], fields: bool) -> Option<Columns> {
        let signs = if fields { &b",;\t| "[..] } else { b",;\t|" };
        let by_sign = signs.iter().copied().find(|sign| memchr::memchr_iter(*sign, line).count() > 1);
        let separator = by_sign.or_else(|| (memchr::memmem::find_iter(line, b"  ").count() > 1).then_some(ALIGNED))?;
        let cells: Vec<Vec<u8>> = cells(line, separator).map(|cell| line[cell].to_ascii_lowercase()).collect();
        if !cells.iter().all(|cell| is_name(cell)) {
            return None;
        }
        let hosts = hosts(&cells);
        let is_port = |cell: &[u8]| cell.ends_with(b"port") && !is_own(cell);
        let end_of = |name: &[u8]| name.iter().rposition(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(0);
        let of_host = |cell: &[u8]| {
            let host: &[u8] = hosts.first().map_or(b"", |host| &cells[*host]);
            cell[..end_of(cell)] == host[..end_of(host)]
        };
        let port = cells
            .iter()
            .position(|cell| is_port(cell) && of_host(cell))
            .or_else(|| cells.iter().position(|cell| is_port(cell)));
        let named = cells.iter().enumerate();
        let codes: Vec<_> = named.clone().filter_map(|(at, cell)| Some((at, called(cell, fields)?))).collect();
        let others = named.filter(|(_, cell)| is_of_something_else(cell)).map(|(at, _)| at).collect();
        let end_of_first = if separator == ALIGNED { b' ' } else { separator };
        let first = memchr::memchr(end_of_first, line).map_or(line, |end| &line[..=end]);
        let again = (!fields).then(|| Finder::new(first).into_owned());
        let time = cells.iter().position(|cell| cell == b"time").filter(|_| fields);
        let utc = time.map(|time| Utc { time, day: None });
        Some(Columns { again, separator, count: cells.len(), hosts, port, codes, others, utc })
    }

    /// Whether a column holds codes.
    pub(super) fn hold_codes(&self) -> bool {
        !self.codes.is_empty()
    }

    /// What the columns say of a row; nothing if it has more or fewer cells than there are columns.
    pub(super) fn row(&self, row: &[u8]) -> Option<Row> {
        let mut found = Row::default();
        let mut count = 0;
        for (at, cell) in cells(row, self.separator).take(self.count + 1).enumerate() {
            count = at + 1;
            if let Some((_, called)) = self.codes.iter().find(|(code, _)| *code == at) {
                found.codes.push((cell, *called));
            } else if self.others.contains(&at) {
                found.others.push(cell);
            }
        }
        (count == self.count).then_some(found)
    }

    /// The stamp that was read in a row, with the zone and the day that the log's head tells.
    pub(super) fn dated(&self, row: &[u8], stamp: Stamp) -> Stamp {
        let Some(utc) = self.utc.filter(|_| !stamp.inherited && stamp.offset_minutes.is_none()) else { return stamp };
        let two = |number: u8| [b'0' + number / 10, b'0' + number % 10];
        let ([h1, h2], [m1, m2]) = (two(stamp.hour), two(stamp.minute));
        let clock = [h1, h2, b':', m1, m2];
        let is_its_own = cells(row, self.separator).nth(utc.time).is_some_and(|cell| row[cell].starts_with(&clock));
        let day = utc.day.filter(|_| stamp.day.is_none()).unwrap_or(stamp);
        match is_its_own {
            true => Stamp { offset_minutes: Some(0), year: day.year, month: day.month, day: day.day, ..stamp },
            false => stamp,
        }
    }

    /// Writes the peer that a row tells into `out`; `false` if it tells none.
    pub(super) fn write_peer(&self, row: &[u8], out: &mut String) -> bool {
        if self.hosts.is_empty() {
            return false;
        }
        let (mut best, mut port, mut count) = (None, None, 0);
        let text = |cell: Range<usize>| std::str::from_utf8(&row[cell]).ok().filter(|text| !text.is_empty());
        for (at, cell) in cells(row, self.separator).take(self.count + 1).enumerate() {
            count = at + 1;
            if let Some(rank) = self.hosts.iter().position(|host| *host == at) {
                let host = text(cell).filter(|host| is_host(host)).map(|host| (rank, host));
                best = [best, host].into_iter().flatten().min();
            } else if Some(at) == self.port {
                port = Some(cell);
            }
        }
        let Some((_, host)) = best.filter(|_| count == self.count) else { return false };
        let port = port.and_then(text).and_then(|port| port.parse::<u16>().ok()).filter(|port| *port > 0);
        out.clear();
        match port {
            Some(port) if host.parse::<std::net::Ipv6Addr>().is_ok() => *out = format!("[{host}]:{port}"),
            Some(port) if !host.contains(':') => *out = format!("{host}:{port}"),
            _ => out.push_str(host),
        }
        true
    }
}

/// Where the lines begin that stand before one and begin with `#`, as it does.
fn remarks_before(text: &[u8], at: usize) -> usize {
    let oldest = at.saturating_sub(TABLE_HEAD_BYTES);
    let mut from = at;
    while from > oldest {
        let line = memchr::memrchr(b'\n', &text[oldest..from - 1]).map_or(oldest, |newline| oldest + newline + 1);
        if text[line] != b'#' || line == oldest && oldest > 0 {
            break;
        }
        from = line;
    }
    from
}

fn begins_line(text: &[u8], at: usize) -> bool {
    at == 0 || text[at - 1] == b'\n'
}

/// The line that names the columns of a table, for those who read a log in parts: others in mid-log may name them anew, as some
/// servers do when they start, and as tables have that were joined.
///
/// ```
/// use winsock_scan::TableHead;
///
/// let head = TableHead::of_log(b"time,host,wsa_error\n10:00:01,db1,10054\n").unwrap();
/// let rows = b"10:00:02,db1,10061\ntime,level,host,wsa_error\n10:00:03,error,db2,10060\n";
/// assert_eq!(&rows[head.last_in(rows).unwrap()], b"time,level,host,wsa_error\n");
/// assert!(head.fits(b"10:00:02,db1,10061") && !head.fits(b"10:00:03,error,db2,10060"));
/// assert!(TableHead::of_log(b"up at 10:00:01\n").is_none());
/// ```
#[derive(Clone, Debug)]
pub struct TableHead(Columns);

impl TableHead {
    /// The head of the log that begins with `head`, if it is a table some of whose columns say something of errors.
    #[must_use]
    pub fn of_log(head: &[u8]) -> Option<TableHead> {
        Columns::of_log(head).map(TableHead)
    }

    /// Whether a line has as many cells as there are columns.
    #[must_use]
    pub fn fits(&self, line: &[u8]) -> bool {
        self.0.row(line).is_some()
    }

    /// Where the last line of `text` begins that names the columns anew, with the remarks before it that tell the day of its
    /// rows. `text` begins where a line does.
    #[must_use]
    pub fn last_in(&self, text: &[u8]) -> Option<Range<usize>> {
        let at = self.0.named_last(text)?;
        let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |newline| at + newline + 1);
        let begin = if self.0.again.is_some() { at } else { remarks_before(text, at) };
        Some(begin..end)
    }
}

/// The columns that hold the other end's address, those of the best rank, numbers before names.
fn hosts(cells: &[Vec<u8>]) -> Vec<usize> {
    let ranked = || cells.iter().enumerate().filter_map(|(at, cell)| Some((host_rank(cell)?, cell, at)));
    let Some(best) = ranked().map(|(rank, ..)| rank).min() else { return Vec::new() };
    let mut hosts: Vec<_> = ranked()
        .filter(|(rank, ..)| *rank == best)
        .map(|(_, cell, at)| (best == 0 && !cell.ends_with(b"ip"), at))
        .collect();
    hosts.sort_unstable();
    // What is not called the other end's may be anybody's: only the first is taken for it.
    hosts.truncate(if best == 0 { hosts.len() } else { 1 });
    hosts.into_iter().map(|(_, at)| at).collect()
}

/// What a column's name says of codes in it; `None` if it holds none. In W3C's logs a status of five digits is Winsock's.
fn called(name: &[u8], fields: bool) -> Option<Called> {
    const SYSTEM: [&[u8]; 6] = [b"wsa", b"winsock", b"win32-status", b"win32_status", b"socket_error", b"socket error"];
    const STATUS: [&[u8]; 5] = [b"sc-status", b"status", b"resultcode", b"result code", b"error-info"];
    const CODES: [&[u8]; 18] = [
        b"le",
        b"fehler",
        b"fehlernr",
        b"fehlercode",
        b"code",
        b"error",
        b"err",
        b"errno",
        b"error code",
        b"error_code",
        b"error-code",
        b"errorcode",
        b"error number",
        b"error_number",
        b"last error",
        b"last_error",
        b"lasterror",
        b"resultcode",
    ];
    let is_system = SYSTEM.iter().any(|word| memchr::memmem::find(name, word).is_some());
    if is_system || fields && STATUS.contains(&name) {
        return Some(Called::System);
    }
    CODES.contains(&name).then_some(Called::Something)
}

/// Whether a column's name says that its numbers count or name something.
fn is_of_something_else(name: &[u8]) -> bool {
    const WORDS: [&[u8]; 14] = [
        b"taken",
        b"bytes",
        b"port",
        b"size",
        b"pid",
        b"tid",
        b"duration",
        b"elapsed",
        b"count",
        b"id",
        b"ms",
        b"length",
        b"line",
        b"thread",
    ];
    name.ends_with(b"port") || name.split(|byte| !byte.is_ascii_alphanumeric()).any(|part| WORDS.contains(&part))
}

/// Stands for runs of blanks as the separator of columns that are aligned: no separator is this byte.
const ALIGNED: u8 = 0;

/// The cells of a line, without blanks and quotes around them. In quotes a separator is none; between blanks, where anybody
/// may have written a quote, only if the cell begins with one.
fn cells(line: &[u8], separator: u8) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        if separator == ALIGNED {
            let from = start + line[start..].iter().position(|byte| !byte.is_ascii_whitespace())?;
            let length = line[from..].iter().position(u8::is_ascii_whitespace);
            let to = length.map_or(line.len(), |length| from + length);
            next = Some(to);
            return Some(from..to);
        }
        let quotes = separator != b' ' || line.get(start) == Some(&b'"');
        let mut quoted = false;
        let length = line[start..].iter().position(|byte| {
            quoted ^= *byte == b'"' && quotes;
            *byte == separator && !quoted
        });
        let end = length.map_or(line.len(), |length| start + length);
        next = length.map(|_| end + 1);
        let cut = |byte: &u8| matches!(byte, b' ' | b'"' | b'\r' | b'\n' | b'\'');
        let from = start + line[start..end].iter().take_while(|byte| cut(byte)).count();
        let to = end - line[from..end].iter().rev().take_while(|byte| cut(byte)).count();
        Some(from..to)
    })
}

/// Names of columns begin with a letter and are short.
fn is_name(cell: &[u8]) -> bool {
    cell.first().is_some_and(u8::is_ascii_alphabetic)
        && cell.len() <= 40
        && cell.iter().all(|byte| byte.is_ascii_alphanumeric() || b" _-./()#".contains(byte))
}

/// How well a column's name says that it holds the other end's address; 0 says it best.
fn host_rank(name: &[u8]) -> Option<u8> {
    const REMOTE: [&[u8]; 7] = [b"remote", b"peer", b"dest", b"dst", b"target", b"server", b"upstream"];
    const ENDS: [&[u8]; 8] = [b"host", b"hostname", b"ip", b"address", b"addr", b"endpoint", b"peer", b"server"];
    // W3C's `cs-host` is what the client asked for.
    if is_own(name) || name == b"cs-host" {
        return None;
    }
    // W3C's `r-` is what a proxy went to.
    let remote = name.starts_with(b"r-") || REMOTE.iter().any(|word| memchr::memmem::find(name, word).is_some());
    let ends = ENDS.iter().any(|word| {
        let before = name.len().checked_sub(word.len()).map(|at| &name[..at]);
        name.ends_with(word)
            && before.is_some_and(|before| before.last().is_none_or(|byte| !byte.is_ascii_alphabetic() || remote))
    });
    let whole = REMOTE.contains(&name) || name == b"destination";
    (ends || whole).then_some(u8::from(!remote))
}

fn is_own(name: &[u8]) -> bool {
    const OWN: [&[u8]; 6] = [b"local", b"src", b"source", b"listen", b"bind", b"own"];
    // W3C's `s-` is the server that writes.
    name.starts_with(b"s-") || OWN.iter().any(|word| name.starts_with(word))
}

fn is_host(cell: &str) -> bool {
    let address = cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]%".contains(&byte));
    cell.len() <= MOST_BYTES && address && cell.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(log: &str) -> Option<String> {
        let columns = Columns::of_log(log.as_bytes())?;
        let mut out = String::new();
        columns.write_peer(log.lines().last()?.as_bytes(), &mut out).then_some(out)
    }

    #[test]
    fn columns_tell_the_peer() {
        for (log, wanted) in [
            ("time,host,port,error\n10:00:01,db1,5432,10061", Some("db1:5432")),
            ("time;local_ip;remote_ip;remote_port;code\n1;10.0.0.1;10.0.0.2;443;10054", Some("10.0.0.2:443")),
            (
                "#Software: x\n#Fields: date-time,local-endpoint,remote-endpoint,data\n1,10.0.0.1:2,[::1]:25,x",
                Some("[::1]:25"),
            ),
            ("when\tserver\tmessage\n1\t\"db2\"\trecv failed", Some("db2")),
            ("time,ip,port,text\n1,fe80::1,80,\"a,b\"", Some("[fe80::1]:80")),
            ("#Fields: date time s-ip s-port c-ip sc-status\n1 2 10.0.0.1 443 10.0.0.2 200", Some("10.0.0.2")),
            ("#Fields: date time s-ip s-port c-ip c-port\n1 2 10.0.0.1 443 10.0.0.2 5000", Some("10.0.0.2:5000")),
            ("#Fields: c-ip\tr-host\tr-ip\tr-port\n10.0.0.1\tw3\t10.0.0.2\t80", Some("10.0.0.2:80")),
            ("#Fields: c-ip\tr-host\tr-ip\tr-port\n10.0.0.1\tw3\t-\t80", Some("w3:80")),
            ("time,host,text\n1,-,x", None),
            ("time,host,text\n1,db1,x,y", None),
            ("2024-01-01,host,port,x\n1,db1,80,x", None),
            ("time,text,level\n1,db1,x", None),
        ] {
            assert_eq!(peer(log).as_deref(), wanted, "{log}");
        }
    }

    #[test]
    fn times_of_w3c_are_utc_unless_the_log_says_otherwise() {
        let at = |log: &str| {
            let columns = Columns::of_log(log.as_bytes()).unwrap();
            let row = log.lines().last().unwrap().as_bytes();
            let stamp = columns.dated(row, Stamp::parse(row).unwrap());
            (stamp.offset_minutes, stamp.month, stamp.day, stamp.hour)
        };
        for (log, wanted) in [
            ("#Fields: date time c-ip\n2024-05-06 23:01:02 ::1", (Some(0), Some(5), Some(6), 23)),
            ("#Fields: c-ip\tdate\ttime\n::1\t2024-05-06\t23:01:02", (Some(0), Some(5), Some(6), 23)),
            (
                "#Version: 1.0\r\n#Date: 2024-05-06 10:00:01\r\n#Fields: time c-ip sc-status\r\n10:00:02 ::1 200",
                (Some(0), Some(5), Some(6), 10),
            ),
            ("#Fields: time c-ip sc-status\n10:00:02 ::1 200", (Some(0), None, None, 10)),
            ("#Time Format: Local\n#Fields: date time action\n2024-05-06 23:01:02 DROP", (None, Some(5), Some(6), 23)),
            ("#Fields: date-local time-local c-ip\n2024-05-06 23:01:02 ::1", (None, Some(5), Some(6), 23)),
            ("#Fields: time c-ip text\n- ::1 2024-05-06T23:01:02", (None, Some(5), Some(6), 23)),
            ("date,time,host\n2024-05-06,23:01:02,a", (None, Some(5), Some(6), 23)),
        ] {
            assert_eq!(at(log), wanted, "{log}");
        }
    }

    #[test]
    fn columns_tell_codes_from_other_numbers() {
        for (log, codes, others) in [
            (
                "#Fields: date time s-ip s-port c-ip sc-status sc-win32-status sc-bytes time-taken\n1 2 a 443 b 200 10054 10055 10056",
                vec!["200", "10054"],
                vec!["443", "10055", "10056"],
            ),
            ("time,pid,message,code,peer\n1,320,\"a,\nb\",10061,c:443", vec!["10061"], vec!["320"]),
            ("time;code;port\n1;10061", vec![], vec![]),
        ] {
            let columns = Columns::of_log(log.as_bytes()).unwrap();
            let row = log.split_once('\n').unwrap().1;
            let found = columns.row(row.as_bytes()).unwrap_or_default();
            let text = |cell: &Range<usize>| &row[cell.clone()];
            assert_eq!(found.codes.iter().map(|(cell, _)| text(cell)).collect::<Vec<_>>(), codes, "{log}");
            assert_eq!(found.others.iter().map(text).collect::<Vec<_>>(), others, "{log}");
        }
    }
}
