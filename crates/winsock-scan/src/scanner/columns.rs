//! Tables: a log whose first line names its columns, one of which holds the other end's address.

use std::ops::Range;

/// How much of a log is looked at for the line that names its columns.
const HEAD_BYTES: usize = 2 << 10;

/// Longer cells name nothing and hold no host.
const MOST_BYTES: usize = 255;

/// Which columns tell the peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    separator: u8,
    count: usize,
    host: usize,
    port: Option<usize>,
}

impl Columns {
    /// The columns of the log that begins with `data`: its first line names them, or the line behind `#Fields:`, as
    /// Exchange and IIS write it. `None` if no column is an address of the other end.
    pub(super) fn of_log(data: &[u8]) -> Option<Columns> {
        let head = &data[..data.len().min(HEAD_BYTES)];
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let mut lines = head.split_inclusive(|byte| *byte == b'\n').filter_map(|line| line.strip_suffix(b"\n"));
        let first = lines.next()?;
        if !first.starts_with(b"#") {
            return Columns::named_by(first.trim_ascii_end());
        }
        let fields = std::iter::once(first).chain(lines).find_map(|line| line.strip_prefix(b"#Fields: "))?;
        Columns::named_by(fields.trim_ascii_end())
    }

    fn named_by(line: &[u8]) -> Option<Columns> {
        let separator = *b",;\t|".iter().find(|sign| memchr::memchr_iter(**sign, line).count() > 1)?;
        let cells: Vec<Vec<u8>> = cells(line, separator).map(|cell| line[cell].to_ascii_lowercase()).collect();
        if !cells.iter().all(|cell| is_name(cell)) {
            return None;
        }
        let (_, host) = cells.iter().enumerate().filter_map(|(at, cell)| Some((host_rank(cell)?, at))).min()?;
        let port = cells.iter().position(|cell| cell.ends_with(b"port") && !is_own(cell));
        Some(Columns { separator, count: cells.len(), host, port })
    }

    /// Writes the peer that a row tells into `out`; `false` if it tells none.
    pub(super) fn write_peer(&self, row: &[u8], out: &mut String) -> bool {
        let (mut host, mut port, mut count) = (None, None, 0);
        for (at, cell) in cells(row, self.separator).take(self.count + 1).enumerate() {
            count = at + 1;
            if at == self.host {
                host = Some(cell);
            } else if Some(at) == self.port {
                port = Some(cell);
            }
        }
        let text = |cell: Range<usize>| std::str::from_utf8(&row[cell]).ok().filter(|text| !text.is_empty());
        let Some(host) = host.filter(|_| count == self.count).and_then(text).filter(|host| is_host(host)) else {
            return false;
        };
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

/// The cells of a line, without blanks and quotes around them. In quotes a separator is none.
fn cells(line: &[u8], separator: u8) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let mut quoted = false;
        let length = line[start..].iter().position(|byte| {
            quoted ^= *byte == b'"';
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
    if is_own(name) {
        return None;
    }
    let remote = REMOTE.iter().any(|word| memchr::memmem::find(name, word).is_some());
    let ends = ENDS.iter().any(|word| {
        let before = name.len().checked_sub(word.len()).map(|at| &name[..at]);
        name.ends_with(word)
            && before.is_some_and(|before| before.last().is_none_or(|byte| !byte.is_ascii_alphabetic() || remote))
    });
    let whole = REMOTE.contains(&name);
    (ends || whole).then_some(u8::from(!remote))
}

fn is_own(name: &[u8]) -> bool {
    const OWN: [&[u8]; 6] = [b"local", b"src", b"source", b"listen", b"bind", b"own"];
    OWN.iter().any(|word| name.starts_with(word))
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
            ("time,host,text\n1,-,x", None),
            ("time,host,text\n1,db1,x,y", None),
            ("2024-01-01,host,port,x\n1,db1,80,x", None),
            ("time,text,level\n1,db1,x", None),
        ] {
            assert_eq!(peer(log).as_deref(), wanted, "{log}");
        }
    }
}
