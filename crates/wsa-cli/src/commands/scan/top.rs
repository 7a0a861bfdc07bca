//! [`Top`]: which keys are commonest, in bounded memory.

use hashbrown::HashTable;

/// Counts keys. Up to [`Top::CAPACITY`] different ones exactly; past that the rare ones are dropped now and then, and a
/// count may be too low by at most [`Top::missed`], never too high.
///
/// This is Misra and Gries' method, done in batches: when twice the capacity is reached, the count of the key in the
/// middle is subtracted from all and those that reach zero go. A key with more than `missed` findings is never lost.
#[derive(Debug)]
pub(crate) struct Top<V> {
    /// Where in `entries` a key is.
    places: HashTable<usize>,
    entries: Vec<Entry<V>>,
    missed: u64,
    /// Begun when keys are first dropped.
    distinct: Option<Box<Distinct>>,
}

#[derive(Debug)]
struct Entry<V> {
    key: Box<str>,
    hash: u64,
    count: u64,
    value: V,
}

impl<V> Default for Top<V> {
    fn default() -> Top<V> {
        Top { places: HashTable::new(), entries: Vec::new(), missed: 0, distinct: None }
    }
}

impl<V: Default> Top<V> {
    /// How many keys are kept when there are too many.
    pub(crate) const CAPACITY: usize = 512;

    /// Counts one, and gives what is kept of the key.
    pub(crate) fn add(&mut self, key: Key<'_>) -> &mut V {
        let known = self.places.find(key.hash, |place| {
            let entry = &self.entries[*place];
            entry.hash == key.hash && *entry.key == *key.text
        });
        let place = match known {
            Some(place) => *place,
            None => self.insert(key),
        };
        let entry = &mut self.entries[place];
        entry.count += 1;
        &mut entry.value
    }

    fn insert(&mut self, key: Key<'_>) -> usize {
        if self.entries.len() >= 2 * Top::<V>::CAPACITY {
            self.prune();
        }
        if let Some(distinct) = &mut self.distinct {
            distinct.add(key.hash);
        }
        let place = self.entries.len();
        self.entries.push(Entry { key: key.text.into(), hash: key.hash, count: 0, value: V::default() });
        self.places.insert_unique(key.hash, place, |place| self.entries[*place].hash);
        place
    }

    fn prune(&mut self) {
        if self.distinct.is_none() {
            let mut distinct = Box::<Distinct>::default();
            self.entries.iter().for_each(|entry| distinct.add(entry.hash));
            self.distinct = Some(distinct);
        }
        let mut counts: Vec<u64> = counts_of(&self.entries).collect();
        let middle = counts.len() - Top::<V>::CAPACITY - 1;
        let (_, &mut threshold, _) = counts.select_nth_unstable(middle);
        self.missed += threshold;
        self.entries.retain_mut(|entry| {
            entry.count = entry.count.saturating_sub(threshold);
            entry.count > 0
        });
        self.places.clear();
        for (place, entry) in self.entries.iter().enumerate() {
            self.places.insert_unique(entry.hash, place, |place| self.entries[*place].hash);
        }
    }

    /// How far counts may be too low; 0 means that they are exact and that no key is missing.
    pub(crate) fn missed(&self) -> u64 {
        self.missed
    }

    /// How many keys are kept: all there are while `missed` is 0.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many different keys there were: exact while `missed` is 0, else an estimate to within some percent.
    pub(crate) fn different(&self) -> u64 {
        self.distinct.as_ref().map_or(self.entries.len() as u64, |distinct| distinct.estimate())
    }

    /// The commonest, with their counts; equal counts in the order of the keys.
    pub(crate) fn commonest(&self, most: usize) -> Vec<(&str, u64, &V)> {
        let mut all: Vec<_> = self.entries.iter().map(|entry| (&*entry.key, entry.count, &entry.value)).collect();
        all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all.truncate(most);
        all
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|entry| &entry.value)
    }
}

fn counts_of<V>(entries: &[Entry<V>]) -> impl Iterator<Item = u64> {
    entries.iter().map(|entry| entry.count)
}

/// How many different keys were seen, in a KiB: `HyperLogLog` by Flajolet and others, without the corrections for small
/// counts, which are exact elsewhere. The standard error is 1.04 / sqrt(1024), 3%.
#[derive(Debug)]
struct Distinct {
    ranks: [u8; Distinct::REGISTERS],
}

impl Default for Distinct {
    fn default() -> Distinct {
        Distinct { ranks: [0; Distinct::REGISTERS] }
    }
}

impl Distinct {
    const REGISTERS: usize = 1024;

    fn add(&mut self, mut hash: u64) {
        // The finaliser of splitmix64 spreads what short keys leave together.
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        hash ^= hash >> 31;
        let register = (hash % Distinct::REGISTERS as u64) as usize;
        let rank = (hash / Distinct::REGISTERS as u64).trailing_zeros().min(53) as u8 + 1;
        self.ranks[register] = self.ranks[register].max(rank);
    }

    fn estimate(&self) -> u64 {
        let count = Distinct::REGISTERS as f64;
        let sum: f64 = self.ranks.iter().map(|rank| 1.0 / (1_u64 << rank) as f64).sum();
        (0.7213 / (1.0 + 1.079 / count) * count * count / sum) as u64
    }
}

/// A key with its hash, for tables that are asked about the same one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'t> {
    text: &'t str,
    pub(crate) hash: u64,
}

impl<'t> Key<'t> {
    pub(crate) fn new(text: &'t str) -> Key<'t> {
        Key { text, hash: quick_hash(text.as_bytes()) }
    }
}

/// Quick for short keys: eight bytes at a time. The number of keys is bounded, so nobody can make it slow.
fn quick_hash(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word ^ 0x9E37_79B9_7F4A_7C15) * 0xD1B5_4A32_D192_ED03;
        product as u64 ^ (product >> 64) as u64
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    // Byte by byte: a copy of unknown length would be a call.
    let last = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    mix(hash, last ^ (bytes.len() as u64) << 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_keys_are_counted_exactly() {
        let mut top = Top::<()>::default();
        for i in 0..1000_u32 {
            top.add(Key::new(&(i % 10).to_string()));
        }
        assert_eq!((top.missed(), top.len()), (0, 10));
        assert_eq!(top.commonest(2), [("0", 100, &()), ("1", 100, &())]);
    }

    #[test]
    fn a_common_key_survives_a_million_others_and_is_never_counted_too_high() {
        let mut top = Top::<()>::default();
        for i in 0..1_000_000_u32 {
            top.add(Key::new(&format!("10.{}.{}.{}:80", i >> 16, i >> 8 & 255, i & 255)));
            if i % 100 == 0 {
                top.add(Key::new("common"));
            }
        }
        let (key, count, ()) = top.commonest(1)[0];
        assert_eq!(key, "common");
        assert!(count <= 10_000 && count + top.missed() >= 10_000, "{count} + {}", top.missed());
        assert!(top.len() <= 2 * Top::<()>::CAPACITY);
        assert!((900_000..1_100_000).contains(&top.different()), "{}", top.different());
    }
}
