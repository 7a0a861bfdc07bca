//! Eight classes of four bytes: which bytes may stand at each of four places, as tables that one shuffle instruction
//! reads (the "Teddy" scheme of the Hyperscan project, with classes instead of literals).

/// For each of four places and each half of a byte: a bit for every bucket that allows it there.
#[derive(Debug)]
pub(super) struct Buckets {
    pub(super) low: [[u8; 16]; 4],
    pub(super) high: [[u8; 16]; 4],
    /// A bit for every stretch, by hash: the second filter.
    bits: Vec<u64>,
}

const BITS: u32 = 14;

/// The stretches that cover every phrase, with their classes. Made by `data/make_stretches.py`.
const STRETCHES: &str = include_str!("../../data/stretches.tsv");

fn classed() -> impl Iterator<Item = (usize, [u8; 4])> {
    STRETCHES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let (class, hex) = line.split_once('\t').expect("stretches.tsv: two columns");
        let value = u32::from_str_radix(hex, 16).expect("stretches.tsv: eight hexadecimal digits");
        (class.parse().expect("stretches.tsv: a class"), value.to_be_bytes())
    })
}

/// The chosen stretches.
pub(super) fn stretches() -> Vec<[u8; 4]> {
    classed().map(|(_, stretch)| stretch).collect()
}

fn slot(bytes: u32) -> usize {
    ((bytes | 0x2020_2020).wrapping_mul(0x85EB_CA6B) >> (32 - BITS)) as usize
}

impl Buckets {
    /// Sorts the stretches (folded: small letters, and bytes with bit 5 set) into buckets so that little else fits.
    pub(super) fn new(used: impl Iterator<Item = [u8; 4]>) -> Buckets {
        let mut all: Vec<[u8; 4]> = used.collect();
        all.sort_unstable();
        all.dedup();
        let mut this = Buckets { low: [[0; 16]; 4], high: [[0; 16]; 4], bits: vec![0; 1 << (BITS - 6)] };
        for stretch in &all {
            let index = slot(u32::from_le_bytes(*stretch));
            this.bits[index / 64] |= 1 << (index % 64);
        }
        let mut sets = [[Class::default(); 4]; 8];
        for (class, stretch) in classed() {
            sets[class] = added(&sets[class], stretch);
        }
        // Look-alikes are searched only on request; their stretches go where they do least harm.
        let known = self::stretches();
        for stretch in all.into_iter().filter(|stretch| !known.contains(stretch)) {
            let dearer = |set: &[Class; 4]| cost(&added(set, stretch)) - cost(set);
            let cheapest =
                (0..8).min_by(|a, b| dearer(&sets[*a]).total_cmp(&dearer(&sets[*b]))).expect("there are eight");
            sets[cheapest] = added(&sets[cheapest], stretch);
        }
        for (bucket, set) in sets.iter().enumerate() {
            for (place, class) in set.iter().enumerate() {
                for half in 0..16 {
                    this.low[place][half] |= u8::from(class.low >> half & 1 == 1) << bucket;
                    this.high[place][half] |= u8::from(class.high >> half & 1 == 1) << bucket;
                }
            }
        }
        this
    }

    /// The second filter: whether the four bytes at `at` may be a stretch.
    #[inline]
    pub(super) fn may_hold(&self, data: &[u8], at: usize) -> bool {
        let Some(bytes) = data.get(at..at + 4) else { return false };
        let index = slot(u32::from_le_bytes(bytes.try_into().expect("four bytes")));
        self.bits[index / 64] >> (index % 64) & 1 == 1
    }
}

/// A set of bytes, as the halves that its members have.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    low: u16,
    high: u16,
}

fn added(set: &[Class; 4], stretch: [u8; 4]) -> [Class; 4] {
    let mut set = *set;
    for (class, byte) in set.iter_mut().zip(stretch) {
        class.low |= 1 << (byte & 15);
        class.high |= 1 << (byte >> 4);
        // The capital letter, and whatever else folding makes equal.
        class.high |= 1 << ((byte & !0x20) >> 4);
    }
    set
}

/// The share of positions of an ordinary log that a bucket lets through, roughly.
fn cost(set: &[Class; 4]) -> f32 {
    set.iter().map(share).product()
}

fn share(class: &Class) -> f32 {
    (0..=255_u8)
        .filter(|byte| class.low >> (byte & 15) & 1 == 1 && class.high >> (byte >> 4) & 1 == 1)
        .map(frequency)
        .sum()
}

/// How often a byte stands in ordinary logs.
fn frequency(byte: u8) -> f32 {
    match byte {
        b' ' => 0.13,
        b'e' => 0.065,
        b't' | b'o' | b'r' | b'n' | b's' | b'i' | b'a' => 0.045,
        b'0' | b'1' | b'2' => 0.035,
        b'3'..=b'9' => 0.018,
        b'c' | b'd' | b'l' => 0.025,
        b'.' | b':' | b'-' | b'/' => 0.016,
        b'b' | b'f'..=b'h' | b'm' | b'p' | b'u' | b'v' | b'w' | b'y' => 0.012,
        b'"' | b'=' | b'_' | b',' | b'\n' => 0.01,
        b'A'..=b'Z' => 0.004,
        b'!'..=b'~' => 0.003,
        _ => 0.0005,
    }
}
