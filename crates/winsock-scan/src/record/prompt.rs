//! What a console shows behind the prompt of a shell of Windows was written on that machine.

/// How many lines, and how many bytes of them, a prompt may lie before.
const MOST_LINES: usize = 12;
const MOST_BYTES: usize = 1 << 10;

/// The line with which a shell of Windows asked, `C:\work>mix test`, if it stands shortly before the place `start` of `data`,
/// which lies at offset `base`.
pub(crate) fn prompt(data: &[u8], base: u64, start: usize) -> &[u8] {
    let lowest = start.saturating_sub(MOST_BYTES);
    let mut begin = start;
    for _ in 0..MOST_LINES {
        let Some(end) = begin.checked_sub(1).filter(|end| *end > lowest) else { break };
        begin = match memchr::memrchr(b'\n', &data[lowest..end]) {
            Some(newline) => lowest + newline + 1,
            None if lowest == 0 && base == 0 => 0,
            None => break,
        };
        let line = &data[begin..end];
        if is_of_other_system(line) {
            break;
        }
        if is_prompt(line) {
            return line;
        }
    }
    b""
}

/// `C:\work>`, `PS D:\app> `, `(venv) C:\app>python x.py`, `kim@PC-9 MINGW64 /d/src (main)`.
fn is_prompt(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"PS ").unwrap_or(line);
    let line = match line {
        [b'(', rest @ ..] => {
            memchr::memchr(b')', &rest[..rest.len().min(48)]).map_or(line, |close| rest[close + 1..].trim_ascii_start())
        }
        _ => line,
    };
    matches!(line, [b'A'..=b'Z' | b'a'..=b'z', b':', b'\\', ..]) && memchr::memchr(b'>', line).is_some()
        || is_bash(line)
}

/// The line above the `$` of Git's shell.
fn is_bash(line: &[u8]) -> bool {
    const SYSTEMS: [&[u8]; 3] = [b" MINGW64 ", b" MINGW32 ", b" MSYS "];
    let user = line.iter().take(64).take_while(|byte| !byte.is_ascii_whitespace()).count();
    line[..user].contains(&b'@') && SYSTEMS.iter().any(|system| line[user..].starts_with(system))
}

/// `kim@srv:~$ curl ...`, `[root@srv ~]# ssh ...`: a shell elsewhere, that was reached from here; `C:\work>wsl curl ...`.
fn is_of_other_system(line: &[u8]) -> bool {
    const ELSEWHERE: [&[u8]; 3] = [b"wsl", b"docker ", b"kubectl "];
    if is_prompt(line) {
        let command = memchr::memchr(b'>', line).map_or(line, |sign| line[sign + 1..].trim_ascii_start());
        return ELSEWHERE.iter().any(|way| command.starts_with(way));
    }
    let head = &line[..line.len().min(64)];
    let user = head.iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b':').count();
    let asks = |sign: &&[u8]| memchr::memmem::find(&head[user..], sign).is_some() || head.ends_with(&sign[..1]);
    head[..user].contains(&b'@') && [&b"$ "[..], b"# ", b"% "].iter().any(asks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_of_windows_are_found() {
        for (log, wanted) in [
            ("C:\\work>mix test\n\nx", "C:\\work>mix test"),
            ("PS D:\\app> ssh a\nx", "PS D:\\app> ssh a"),
            ("(venv) C:\\app>python x.py\nx\nx", "(venv) C:\\app>python x.py"),
            ("kim@PC-9 MINGW64 /d/src (main)\n$ git pull\nx", "kim@PC-9 MINGW64 /d/src (main)"),
            ("kim@srv:~$ ssh a\nx", ""),
            ("C:\\work>ssh kim@srv\nWelcome\nkim@srv:~$ curl a\nx", ""),
            ("C:\\work>wsl curl a\nx", ""),
            ("C:\\work>ssh kim@srv\n[kim@srv ~]$ curl a\nx", ""),
            ("C:\\logs\\a.log: opened\nx", ""),
        ] {
            let prompt = prompt(log.as_bytes(), 0, log.len() - 1);
            assert_eq!(std::str::from_utf8(prompt).unwrap(), wanted, "{log}");
        }
    }
}
