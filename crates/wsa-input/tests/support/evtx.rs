//! Makes small Windows event logs, from the format's description in the `libevtx` project (Joachim Metz, "Windows XML
//! Event Log (EVTX) format"): a file header, chunks of 64 KiB, records of binary XML without templates.

const CHUNK_BYTES: usize = 65536;

/// One event: provider, number, level, data.
pub(crate) struct Event<'a> {
    pub(crate) provider: &'a str,
    pub(crate) id: &'a str,
    pub(crate) level: &'a str,
    pub(crate) data: &'a [(&'a str, &'a str)],
}

/// A log whose chunks have these events.
pub(crate) fn log(chunks: &[&[Event<'_>]]) -> Vec<u8> {
    let mut file = vec![0; 4096];
    file[..8].copy_from_slice(b"ElfFile\0");
    file[42..44].copy_from_slice(&(chunks.len() as u16).to_le_bytes());
    for events in chunks {
        file.extend(chunk(events));
    }
    file
}

fn chunk(events: &[Event<'_>]) -> Vec<u8> {
    let mut data = vec![0; 512];
    for (index, event) in events.iter().enumerate() {
        record(&mut data, index as u64 + 1, event);
    }
    let free = data.len() as u32;
    let last = events.len() as u64;
    let checksum = crc32fast::hash(&data[512..]);
    data.resize(CHUNK_BYTES, 0);
    data[..8].copy_from_slice(b"ElfChnk\0");
    for (at, number) in [(8, 1), (16, last), (24, 1), (32, last)] {
        data[at..at + 8].copy_from_slice(&u64::to_le_bytes(number));
    }
    for (at, number) in [(40, 128), (44, 512), (48, free), (52, checksum)] {
        data[at..at + 4].copy_from_slice(&u32::to_le_bytes(number));
    }
    let header = crc32fast::hash(&[&data[..120], &data[128..512]].concat());
    data[124..128].copy_from_slice(&header.to_le_bytes());
    data
}

fn record(data: &mut Vec<u8>, id: u64, event: &Event<'_>) {
    let start = data.len();
    data.extend(b"\x2a\x2a\0\0");
    data.extend([0; 4]);
    data.extend(id.to_le_bytes());
    // 2024-02-21 10:14:07 as FILETIME: 100 ns since 1601.
    data.extend((133_529_984_470_000_000_u64 + id * 10_000_000).to_le_bytes());
    data.extend(b"\x0f\x01\x01\0");
    element(data, "Event", &[], |data| {
        element(data, "System", &[], |data| {
            element(data, "Provider", &[("Name", event.provider)], |_| {});
            element(data, "EventID", &[], |data| value(data, event.id));
            element(data, "Level", &[], |data| value(data, event.level));
            element(data, "TimeCreated", &[("SystemTime", "2024-02-21T10:14:07.5Z")], |_| {});
            element(data, "Computer", &[], |data| value(data, "DC1"));
        });
        element(data, "EventData", &[], |data| {
            for (name, text) in event.data {
                element(data, "Data", &[("Name", name)], |data| value(data, text));
            }
        });
    });
    data.push(0);
    let size = (data.len() - start + 4) as u32;
    data[start + 4..start + 8].copy_from_slice(&size.to_le_bytes());
    data.extend(size.to_le_bytes());
}

fn element(data: &mut Vec<u8>, name: &str, attributes: &[(&str, &str)], inner: impl FnOnce(&mut Vec<u8>)) {
    data.push(if attributes.is_empty() { 0x01 } else { 0x41 });
    // No dependency identifier: only elements of template definitions have one.
    let size_at = data.len();
    data.extend([0; 4]);
    inline_name(data, name);
    if !attributes.is_empty() {
        let list_at = data.len();
        data.extend([0; 4]);
        for (index, (name, text)) in attributes.iter().enumerate() {
            data.push(if index + 1 < attributes.len() { 0x46 } else { 0x06 });
            inline_name(data, name);
            value(data, text);
        }
        patch_size(data, list_at);
    }
    data.push(0x02);
    inner(data);
    data.push(0x04);
    patch_size(data, size_at);
}

fn patch_size(data: &mut [u8], at: usize) {
    let size = (data.len() - at - 4) as u32;
    data[at..at + 4].copy_from_slice(&size.to_le_bytes());
}

/// A name that stands right behind its offset.
fn inline_name(data: &mut Vec<u8>, name: &str) {
    data.extend((data.len() as u32 + 4).to_le_bytes());
    data.extend([0; 4]);
    let hash = name.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(65_599).wrapping_add(unit.into()));
    data.extend((hash as u16).to_le_bytes());
    utf16(data, name);
    data.extend([0, 0]);
}

fn value(data: &mut Vec<u8>, text: &str) {
    data.extend([0x05, 0x01]);
    utf16(data, text);
}

fn utf16(data: &mut Vec<u8>, text: &str) {
    data.extend((text.encode_utf16().count() as u16).to_le_bytes());
    data.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
}
