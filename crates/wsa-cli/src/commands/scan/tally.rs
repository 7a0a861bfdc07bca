//! [`Tally`]: everything the report needs to know of the findings, in bounded memory.
//!
//! Fed in the order of the input, so the result does not depend on threads.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use winsock_codes::Code;
use winsock_scan::{Confidence, Form, Operation, RECORD_BACK_BYTES, Runtime};

use super::filter::is_loopback;
use super::hit::{Batch, Hit};
use super::job::InputFile;
use super::related::RelatedTally;
use super::series::{Scale, Series};
use super::top::{Key, Top};
use super::when::Moment;

/// Intervals at which idle connections are cut, in seconds: load balancers, NAT, IIS and Kestrel, Azure (240), AWS (350),
/// keep-alive defaults.
pub(crate) const IDLE_LIMITS: [i64; 6] = [60, 120, 240, 300, 350, 3600];

/// What is known of all findings.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) codes: BTreeMap<Code, CodeTally>,
    pub(crate) scale: Scale,
    pub(crate) findings: u64,
    pub(crate) undated: u64,
    /// Those of them that are so far behind their line's beginning that the scanner does not see it.
    pub(crate) undated_far: u64,
    pub(crate) first: Option<Moment>,
    pub(crate) last: Option<Moment>,
    pub(crate) peers: Top<()>,
    pub(crate) files_with_findings: u64,
    pub(crate) related: RelatedTally,
    previous: Option<Previous>,
}

/// What is known of the findings of one code.
#[derive(Debug, Default)]
pub(crate) struct CodeTally {
    pub(crate) count: u64,
    pub(crate) first: Option<Moment>,
    pub(crate) last: Option<Moment>,
    /// The earliest finding; where none tells a time, the first in the order of the input.
    pub(crate) example: Option<Example>,
    pub(crate) series: Series,
    pub(crate) peers: Top<PeerTally>,
    pub(crate) files: Files,
    pub(crate) with_peer: u64,
    pub(crate) loopback: u64,
    datagrams: Datagrams,
    pub(crate) operations: Counts<Operation>,
    pub(crate) runtimes: Counts<Runtime>,
    pub(crate) forms: Counts<Form>,
    pub(crate) confidence: Counts<Confidence>,
    /// Codes that came shortly before, in the same record or the lines before it.
    pub(crate) after: Counts<Code>,
    /// Whether one record told of both.
    pub(crate) in_record_of_another: bool,
    /// Beginnings of a few records, for tell-tale words.
    pub(crate) samples: Vec<Vec<u8>>,
    pub(crate) burst: Burst,
}

/// One finding, quoted.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) path: String,
    pub(crate) line: u64,
    pub(crate) text: Vec<u8>,
    /// How many lines of the text come before the finding's.
    pub(crate) lines_before: u64,
}

/// What is known of one peer of one code.
#[derive(Debug, Default)]
pub(crate) struct PeerTally {
    /// Known from the first finding on.
    loopback: Option<bool>,
    last: Option<Moment>,
    /// Gaps between findings that are as long as one of [`IDLE_LIMITS`].
    pub(crate) idle: [u32; IDLE_LIMITS.len()],
    /// All gaps longer than a few seconds.
    pub(crate) gaps: u32,
}

/// In which files a code was found. A file's findings come one after the other, so only the last file's count is open.
#[derive(Debug, Default)]
pub(crate) struct Files {
    last: Option<(u64, String)>,
    count: u64,
    /// Those with most findings among the ones before, most first.
    top: Vec<(String, u64)>,
    pub(crate) different: u64,
}

impl Files {
    /// How many are remembered.
    const LISTED: usize = 10;

    fn add(&mut self, file: &InputFile) {
        if self.last.as_ref().is_none_or(|(number, _)| *number != file.number) {
            self.close();
            self.last = Some((file.number, file.name.clone()));
            self.different += 1;
        }
        self.count += 1;
    }

    /// Those with most findings, most first; of equal ones the first in the order of the input.
    pub(crate) fn top(&mut self) -> &[(String, u64)] {
        self.close();
        &self.top
    }

    fn close(&mut self) {
        let Some((_, name)) = self.last.take() else { return };
        let count = std::mem::take(&mut self.count);
        let at = self.top.partition_point(|(_, more)| *more >= count);
        self.top.insert(at, (name, count));
        self.top.truncate(Files::LISTED);
    }
}

/// How often each of a few things came.
#[derive(Debug)]
pub(crate) struct Counts<K>(Vec<(K, u64)>);

impl<K> Default for Counts<K> {
    fn default() -> Counts<K> {
        Counts(Vec::new())
    }
}

impl<K: Copy + Ord> Counts<K> {
    fn add(&mut self, key: K) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count += 1,
            None => self.0.push((key, 1)),
        }
    }

    pub(crate) fn of(&self, key: K) -> u64 {
        self.0.iter().find(|(known, _)| *known == key).map_or(0, |(_, count)| *count)
    }

    /// In the order of the things.
    pub(crate) fn sorted(&self) -> Vec<(K, u64)> {
        let mut all = self.0.clone();
        all.sort_unstable();
        all
    }
}

/// How many records speak of datagrams, of those that were asked.
#[derive(Debug, Default)]
struct Datagrams {
    seen: u64,
    asked: u64,
    speaking: u64,
}

impl Datagrams {
    /// Looks for words that only datagram sockets bring into a record: in the first hundred, then in one of sixteen.
    fn look_at(&mut self, record: &[u8]) {
        self.seen += 1;
        if self.seen > 100 && !self.seen.is_multiple_of(16) {
            return;
        }
        // Searchers are made once.
        static WORDS: LazyLock<[Finder<'static>; 6]> =
            LazyLock::new(|| ["udp", "UDP", "recvfrom", "sendto", "RecvFrom", "SendTo"].map(Finder::new));
        self.asked += 1;
        self.speaking += u64::from(WORDS.iter().any(|word| word.find(record).is_some()));
    }
}

/// How many peers failed in one second.
#[derive(Debug, Default)]
pub(crate) struct Burst {
    second: i64,
    peers: Vec<u64>,
    /// Seconds with a failure, and the sum of their peers.
    seconds: u64,
    sum: u64,
    most: usize,
    at: Moment,
}

#[derive(Debug)]
struct Previous {
    code: Code,
    line: u64,
    moment: Option<Moment>,
    file: u64,
}

/// How far behind another finding, in lines and milliseconds, one may be its consequence.
const FOLLOWS_WITHIN_LINES: u64 = 6;
const FOLLOWS_WITHIN_MS: i64 = 2000;

/// Samples that are kept for each code.
const SAMPLES: usize = 24;

impl Tally {
    pub(crate) fn add(&mut self, file: &InputFile, batch: &Batch, hit: &Hit, moment: Option<Moment>) {
        self.findings += 1;
        if self.previous.as_ref().is_none_or(|previous| previous.file != file.number) {
            self.files_with_findings += 1;
        }
        match moment {
            Some(moment) => {
                self.scale.include(moment);
                widen(&mut self.first, &mut self.last, moment);
            }
            None => {
                self.undated += 1;
                self.undated_far += u64::from(hit.column > RECORD_BACK_BYTES as u64);
            }
        }
        let follows = self.followed(file, hit, moment);
        let peer = batch.peer(hit).map(|peer| (peer, Key::new(peer)));
        if let Some((_, key)) = peer {
            self.peers.add(key);
        }
        let code = self.codes.entry(hit.code).or_default();
        code.add(file, batch, hit, moment);
        if let Some(moment) = moment {
            widen(&mut code.first, &mut code.last, moment);
            code.series.add(&self.scale, moment);
        }
        if let Some((peer, key)) = peer {
            code.add_peer(peer, key, moment);
        }
        if let Some(first) = follows {
            code.after.add(first);
            code.in_record_of_another |= hit.follow_up;
        }
        self.previous = Some(Previous { code: hit.code, line: hit.line, moment, file: file.number });
    }

    /// The different code that this finding came right behind.
    fn followed(&self, file: &InputFile, hit: &Hit, moment: Option<Moment>) -> Option<Code> {
        let previous = self.previous.as_ref()?;
        if hit.follow_up && previous.file == file.number {
            return (previous.code != hit.code).then_some(previous.code);
        }
        let near = previous.file == file.number
            && hit.line >= previous.line
            && hit.line - previous.line <= FOLLOWS_WITHIN_LINES
            && match (previous.moment, moment) {
                (Some(before), Some(now)) => (0..=FOLLOWS_WITHIN_MS).contains(&(now - before)),
                _ => true,
            };
        (near && previous.code != hit.code).then_some(previous.code)
    }
}

impl CodeTally {
    fn add(&mut self, file: &InputFile, batch: &Batch, hit: &Hit, moment: Option<Moment>) {
        self.count += 1;
        self.files.add(file);
        self.datagrams.look_at(batch.record(hit));
        if let Some(operation) = hit.operation {
            self.operations.add(operation);
        }
        if let Some(runtime) = hit.runtime {
            self.runtimes.add(runtime);
        }
        self.forms.add(hit.form);
        self.confidence.add(hit.confidence);
        // The first few, then ever rarer ones, so that the samples are not all from one minute.
        if self.samples.len() < SAMPLES && (self.samples.len() < SAMPLES / 2 || self.count.is_power_of_two()) {
            let record = batch.record(hit);
            self.samples.push(record[..record.len().min(400)].to_vec());
        }
        let is_earliest = moment.is_some_and(|moment| self.first.is_none_or(|first| moment < first));
        if self.example.is_none() || is_earliest {
            let record = batch.record(hit);
            let text = record[..record.len().min(400)].to_vec();
            let lines_before = hit.line.saturating_sub(hit.record_line);
            self.example = Some(Example { path: file.name.clone(), line: hit.line, text, lines_before });
        }
    }

    fn add_peer(&mut self, peer: &str, key: Key<'_>, moment: Option<Moment>) {
        self.with_peer += 1;
        let known = self.peers.add(key);
        self.loopback += u64::from(*known.loopback.get_or_insert_with(|| is_loopback(peer)));
        let Some(moment) = moment else { return };
        if let Some(last) = known.last.replace(moment) {
            known.add_gap(moment - last);
        }
        self.burst.add(key.hash, moment);
    }

    /// Whether most records speak of datagrams.
    pub(crate) fn is_of_datagrams(&self) -> bool {
        self.datagrams.speaking * 5 >= self.datagrams.asked * 4 && self.datagrams.asked > 0
    }

    /// The code that this one mostly came right behind, if there is one.
    pub(crate) fn mostly_after(&self) -> Option<(Code, u64)> {
        let (code, count) = self.after.sorted().into_iter().max_by_key(|(code, count)| (*count, code.value()))?;
        (count * 5 >= self.count * 4).then_some((code, count))
    }
}

impl PeerTally {
    fn add_gap(&mut self, gap_ms: i64) {
        if gap_ms < 5_000 {
            return;
        }
        self.gaps += 1;
        // The next request is what finds the connection dead, so a gap is the limit or a little more.
        let limit = IDLE_LIMITS.iter().position(|limit| (-500..=1_500).contains(&(gap_ms - limit * 1000)));
        if let Some(limit) = limit {
            self.idle[limit] += 1;
        }
    }
}

impl Burst {
    /// Peers that are told apart within a second.
    const MOST: usize = 1000;

    /// How many peers failed in the worst second, and when; `None` if that is usual in this log.
    pub(crate) fn outstanding(&self) -> Option<(usize, Moment)> {
        let (most, others) = (self.most as u64, self.seconds.saturating_sub(1));
        // The worst of many seconds is bad by chance alone.
        let by_chance = 2 + u64::from(self.seconds.max(1).ilog2()) / 3;
        (most > by_chance && most * others >= 3 * (self.sum - most)).then_some((self.most, self.at))
    }

    fn add(&mut self, peer: u64, moment: Moment) {
        let second = moment.div_euclid(1000);
        if second != self.second {
            self.second = second;
            self.seconds += 1;
            self.peers.clear();
        }
        if self.peers.len() < Burst::MOST && !self.peers.contains(&peer) {
            self.peers.push(peer);
            self.sum += 1;
            if self.peers.len() > self.most {
                (self.most, self.at) = (self.peers.len(), moment);
            }
        }
    }
}

fn widen(first: &mut Option<Moment>, last: &mut Option<Moment>, moment: Moment) {
    *first = Some(first.map_or(moment, |first| first.min(moment)));
    *last = Some(last.map_or(moment, |last| last.max(moment)));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log in which so many peers fail in each second.
    fn burst(seconds: &[u64]) -> Option<usize> {
        let mut burst = Burst::default();
        for (second, peers) in seconds.iter().enumerate() {
            (0..*peers).for_each(|peer| burst.add(peer, 1_700_000_000_000 + second as i64 * 1000));
        }
        burst.outstanding().map(|(most, _)| most)
    }

    #[test]
    fn the_files_with_most_findings_are_kept_however_many_there_are() {
        let mut files = Files::default();
        for number in 0..1000_u64 {
            let file = InputFile::new(number, format!("{number}.log"));
            (0..1 + number % 7 + 50 * u64::from(number == 500)).for_each(|_| files.add(&file));
        }
        assert_eq!(files.different, 1000);
        let top: Vec<(&str, u64)> = files.top().iter().map(|(name, count)| (name.as_str(), *count)).collect();
        assert_eq!(top[..3], [("500.log", 54), ("6.log", 7), ("13.log", 7)]);
        assert_eq!(top.len(), Files::LISTED);
    }

    #[test]
    fn several_peers_at_once_stand_out_where_that_is_rare() {
        assert_eq!(burst(&[3]), Some(3));
        assert_eq!(burst(&[1, 1, 3, 1]), Some(3));
        assert_eq!(burst(&[2, 2, 3, 2]), None);
        let mut long = vec![1; 4000];
        long[100] = 4;
        assert_eq!(burst(&long), None, "of thousands of seconds one is as bad as that by chance");
        long[200] = 40;
        assert_eq!(burst(&long), Some(40));
    }
}
