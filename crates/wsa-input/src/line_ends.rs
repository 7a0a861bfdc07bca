//! Text whose lines end with a carriage return alone, as old Macs and some instruments write it.

use std::io::{self, BufRead as _, Read};

use crate::layer::Layer;

/// Whether no line of the head ends with a line feed and at least one with a carriage return.
pub(crate) fn are_carriage_returns(head: &[u8]) -> bool {
    // The head may end between a carriage return and its line feed.
    let lone = head.strip_suffix(b"\r").unwrap_or(head);
    !head.contains(&b'\n') && lone.contains(&b'\r')
}

/// A reader that makes a line feed of each carriage return that has none behind it. Offsets stay.
pub(crate) struct LineFeeds {
    layer: Layer,
    /// A carriage return whose next byte is not known yet.
    held: bool,
}

impl LineFeeds {
    pub(crate) fn new(layer: Layer) -> LineFeeds {
        LineFeeds { layer, held: false }
    }
}

impl Read for LineFeeds {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some(first) = buf.first_mut() else { return Ok(0) };
        let available = self.layer.fill_buf()?;
        if std::mem::take(&mut self.held) {
            *first = if available.first() == Some(&b'\n') { b'\r' } else { b'\n' };
            return Ok(1);
        }
        let mut count = available.len().min(buf.len());
        if available[..count] == *b"\r" {
            self.held = true;
            self.layer.consume(1);
            return self.read(buf);
        }
        // The last byte waits for the next, which may be its line feed.
        count -= usize::from(available[..count].ends_with(b"\r"));
        buf[..count].copy_from_slice(&available[..count]);
        for (at, byte) in buf[..count].iter_mut().enumerate() {
            if *byte == b'\r' && available.get(at + 1) != Some(&b'\n') {
                *byte = b'\n';
            }
        }
        self.layer.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes at a time.
    struct Bites(&'static [u8], usize);

    impl Read for Bites {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buf.len());
            buf[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn lone_carriage_returns_become_line_feeds_however_the_text_comes() {
        for bite in 1..9 {
            for room in 1..9 {
                let mut reader = LineFeeds::new(Layer::new(Box::new(Bites(b"one\rtwo\r\rfour\r\nfive\r", bite))));
                let (mut text, mut buffer) = (Vec::new(), vec![0; room]);
                loop {
                    match reader.read(&mut buffer).unwrap() {
                        0 => break,
                        read => text.extend_from_slice(&buffer[..read]),
                    }
                }
                assert_eq!(text, b"one\ntwo\n\nfour\r\nfive\n", "{bite} {room}");
            }
        }
    }

    #[test]
    fn only_text_without_a_line_feed_is_of_that_kind() {
        assert!(are_carriage_returns(b"one\rtwo\r"));
        for other in [&b"one"[..], b"one\r", b"one\r\ntwo", b"10%\r20%\rdone\n", b""] {
            assert!(!are_carriage_returns(other), "{other:?}");
        }
    }
}
