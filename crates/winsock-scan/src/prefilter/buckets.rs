//! Sixteen classes of four bytes: which bytes may stand at each of four places, as tables that one shuffle instruction
//! reads (the "Teddy" scheme of the Hyperscan project, with classes instead of literals).
//!
//! There are two sortings of the same stretches. Processors with AVX-512 VBMI look up seven bits of a byte at once; the
//! others look up its two halves, and let through what has the lower half of one member's byte and the upper half of
//! another's. What suits one suits the other badly.

/// The tables of both sortings.
#[derive(Debug)]
pub(super) struct Buckets {
    pub(super) halves: [Halves; SETS],
    pub(super) whole: [Whole; SETS],
    /// A bit for every stretch, by hash: the second filter.
    bits: Box<[u64; 1 << (BITS - 6)]>,
}

/// For each of four places and each half of a byte: a bit for every one of eight classes that allows it there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Halves {
    pub(super) low: [[u8; 16]; 4],
    pub(super) high: [[u8; 16]; 4],
}

/// For each of four places and the lower seven bits of a byte: a bit for every one of eight classes that allows it there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole(pub(super) [[u8; 128]; 4]);

/// Eight classes fit the bits of a byte; so many bytes are looked up.
pub(super) const SETS: usize = 2;
const CLASSES: usize = 8 * SETS;

/// 8 KiB: next to nothing passes by chance, and the first-level cache has room for more.
const BITS: u32 = 16;

/// The stretches that cover every phrase, with their classes. Made by `data/make_stretches.py`.
const STRETCHES: &str = include_str!("../../data/stretches.tsv");

struct Classed {
    by_halves: usize,
    by_bytes: usize,
    stretch: [u8; 4],
}

fn classed() -> impl Iterator<Item = Classed> {
    STRETCHES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        let mut column = || columns.next().expect("stretches.tsv: three columns");
        let mut class = || column().parse().expect("stretches.tsv: a class");
        let (by_halves, by_bytes) = (class(), class());
        let value = u32::from_str_radix(column(), 16).expect("stretches.tsv: eight hexadecimal digits");
        Classed { by_halves, by_bytes, stretch: value.to_be_bytes() }
    })
}

/// The chosen stretches.
pub(super) fn stretches() -> Vec<[u8; 4]> {
    classed().map(|line| line.stretch).collect()
}

fn slot(bytes: u32) -> usize {
    ((bytes | 0x2020_2020).wrapping_mul(0x85EB_CA6B) >> (32 - BITS)) as usize
}

impl Buckets {
    /// Sorts the stretches (folded: small letters, and bytes with bit 5 set) into classes so that little else fits.
    pub(super) fn new(used: impl Iterator<Item = [u8; 4]>) -> Buckets {
        let mut all: Vec<[u8; 4]> = used.collect();
        all.sort_unstable();
        all.dedup();
        let mut bits = Box::new([0; 1 << (BITS - 6)]);
        for stretch in &all {
            let index = slot(u32::from_le_bytes(*stretch));
            bits[index / 64] |= 1 << (index % 64);
        }
        let mut by_halves = [[Class::default(); 4]; CLASSES];
        let mut by_bytes = [[Class::default(); 4]; CLASSES];
        for line in classed() {
            add(&mut by_halves[line.by_halves], line.stretch);
            add(&mut by_bytes[line.by_bytes], line.stretch);
        }
        // Look-alikes are searched only on request; their stretches go where they do least harm.
        let known = self::stretches();
        for stretch in all.into_iter().filter(|stretch| !known.contains(stretch)) {
            add(cheapest(&mut by_halves, stretch, Class::allows_halves), stretch);
            add(cheapest(&mut by_bytes, stretch, Class::allows), stretch);
        }
        Buckets { halves: halves(&by_halves), whole: whole(&by_bytes), bits }
    }

    /// The second filter: whether the four bytes at `at` may be a stretch.
    #[inline]
    pub(super) fn may_hold(&self, data: &[u8], at: usize) -> bool {
        let Some(bytes) = data.get(at..at + 4) else { return false };
        let index = slot(u32::from_le_bytes(bytes.try_into().expect("four bytes")));
        self.bits[index / 64] >> (index % 64) & 1 == 1
    }
}

fn halves(classes: &[[Class; 4]; CLASSES]) -> [Halves; SETS] {
    let mut tables = [Halves::default(); SETS];
    for (index, class) in classes.iter().enumerate() {
        let (table, bit) = (&mut tables[index / 8], 1 << (index % 8));
        for (place, bytes) in class.iter().enumerate() {
            for half in 0..16 {
                table.low[place][half] |= if bytes.low >> half & 1 == 1 { bit } else { 0 };
                table.high[place][half] |= if bytes.high >> half & 1 == 1 { bit } else { 0 };
            }
        }
    }
    tables
}

fn whole(classes: &[[Class; 4]; CLASSES]) -> [Whole; SETS] {
    let mut tables = [Whole([[0; 128]; 4]); SETS];
    for (index, class) in classes.iter().enumerate() {
        for (place, bytes) in class.iter().enumerate() {
            for byte in (0..128).filter(|byte| bytes.allows(*byte)) {
                tables[index / 8].0[place][usize::from(byte)] |= 1 << (index % 8);
            }
        }
    }
    tables
}

/// A set of bytes: the halves that its members have, and the lower seven bits.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    low: u16,
    high: u16,
    seven: u128,
}

impl Class {
    fn allows(&self, byte: u8) -> bool {
        self.seven >> (byte & 127) & 1 == 1
    }

    fn allows_halves(&self, byte: u8) -> bool {
        self.low >> (byte & 15) & 1 == 1 && self.high >> (byte >> 4) & 1 == 1
    }
}

fn add(set: &mut [Class; 4], stretch: [u8; 4]) {
    for (class, folded) in set.iter_mut().zip(stretch) {
        // The capital letter, and whatever else folding makes equal.
        for byte in [folded, folded & !0x20] {
            class.low |= 1 << (byte & 15);
            class.high |= 1 << (byte >> 4);
            class.seven |= 1 << (byte & 127);
        }
    }
}

/// The class to which a stretch adds the least.
fn cheapest(sets: &mut [[Class; 4]; CLASSES], stretch: [u8; 4], allows: fn(&Class, u8) -> bool) -> &mut [Class; 4] {
    // The share of places of an ordinary log that a class lets through, roughly.
    let share = |class: &Class| (0..=255).filter(|byte| allows(class, *byte)).map(frequency).sum::<f32>();
    let cost = |set: &[Class; 4]| set.iter().map(share).product::<f32>();
    let dearer = |set: &[Class; 4]| {
        let mut with = *set;
        add(&mut with, stretch);
        cost(&with) - cost(set)
    };
    sets.iter_mut().min_by(|a, b| dearer(a).total_cmp(&dearer(b))).expect("there are sixteen")
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
