//! Jobs on several threads, results in the order of the input.
//!
//! Threads take jobs in order, small ones in groups. Each group has a queue of its own for what it gives; whoever gives
//! something to the first unfinished group, while nobody does, shows what that group and those behind it have given. So there
//! is no thread that only shows: it would want a processor of its own, and a switch to it for each batch.
//!
//! The first unfinished group is always being worked on, and has room as soon as what it gave is shown, so nothing waits for
//! ever; the others run ahead only as far as [`Engine::AHEAD_BYTES`] and [`Engine::MAX_AHEAD`] allow, so memory is bounded.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::hit::Batch;
use super::job::{InputFile, Job, Jobs, Step};
use super::work::{Bench, Done};

/// Where results go, in the order of the input, by one thread at a time.
pub(crate) trait Consumer: Send {
    /// Findings of a file. Their lines are the file's own.
    fn batch(&mut self, file: &InputFile, batch: &Batch) -> ControlFlow<()>;
    /// A job is done. `lines` and `bytes` are those of the job.
    fn done(&mut self, file: &InputFile, done: &Done, begins_file: bool) -> ControlFlow<()>;
}

/// What a job has given.
struct Message {
    file: Arc<InputFile>,
    kind: Kind,
}

enum Kind {
    Batch(Batch),
    /// The last message of a text.
    Done {
        done: Done,
        begins_file: bool,
        /// Whether it is that of its job as well.
        ends_job: bool,
    },
}

/// What a thread does without asking for more: one job, or several small ones, as to ask costs more than to do one.
struct Begun {
    jobs: Vec<Job>,
    number: u64,
    /// What their decoders may hold.
    decoder_bytes: u64,
}

/// A group of jobs that was begun and is not shown to its end.
struct Pending {
    /// Jobs of which nobody was told that they are done.
    unfinished: usize,
    given: VecDeque<Message>,
    /// What the batches among them hold.
    bytes: u64,
}

struct Queue {
    /// In order.
    pending: VecDeque<Pending>,
    /// The number of the first of them.
    first: u64,
    /// What the batches of all of them hold.
    waiting_bytes: u64,
    /// Empty batches, to be filled again.
    spare: Vec<Batch>,
    /// What the decoders of the jobs under way may hold.
    decoder_bytes: u64,
    exhausted: bool,
    stopped: bool,
    /// Whether a thread waits for a job, and how many for room: to wake nobody costs a system call.
    wants_job: bool,
    want_room: usize,
}

/// Runs jobs.
pub(crate) struct Engine<'b> {
    bench: &'b Bench,
    threads: usize,
    ahead_bytes: u64,
}

impl<'b> Engine<'b> {
    /// What findings may hold that wait for the jobs before theirs, in bytes. Where nearly every line is an error, those
    /// of one part are about three times the part.
    const AHEAD_BYTES: u64 = 12 << 20;
    /// What the first unfinished group may hold, whatever the others do: enough that who scans it and who shows it do not wait
    /// for each other at each batch.
    const FIRST_BYTES: u64 = 1 << 20;
    /// Empty batches that are kept.
    const SPARE_BATCHES: usize = 16;
    /// Groups that may wait to be shown beyond those being worked on.
    const MAX_AHEAD: usize = 2;
    /// Small files are taken together, up to so many and so many bytes, and what they give is handed on together as long as it is
    /// less than that. For each by itself two threads took a quarter longer than one: 20,000 logs of 6 KiB cost 60,000 waits.
    const GROUP_JOBS: usize = 32;
    /// A group's files are open: of those of all threads so many, as macOS lets a process have 256.
    const OPEN_FILES: usize = 128;
    const GROUP_BYTES: u64 = 256 << 10;
    const HELD_BYTES: u64 = 64 << 10;
    const HELD_MESSAGES: usize = 256;
    /// What decoders may hold together, in bytes; one alone may hold what the input's limits allow. Jobs are begun in
    /// order, so one that waits for the budget never keeps an earlier one from ending.
    const DECODERS_BYTES: u64 = 32 << 20;

    pub(crate) fn new(bench: &'b Bench, threads: usize) -> Engine<'b> {
        Engine { bench, threads: threads.max(1), ahead_bytes: Engine::AHEAD_BYTES }
    }

    /// With another bound than [`Engine::AHEAD_BYTES`]. Findings do not depend on it.
    #[cfg(test)]
    pub(crate) fn ahead_bytes(self, ahead_bytes: u64) -> Engine<'b> {
        Engine { ahead_bytes, ..self }
    }

    /// Runs all jobs. One job, or one thread, runs right here: small inputs start no threads.
    pub(crate) fn run(&self, mut jobs: Jobs, consumer: &mut dyn Consumer) {
        let (mut lines, mut batch) = (Lines::default(), Batch::default());
        let Some(first) = jobs.next() else { return };
        if self.threads == 1 {
            if self.run_here(first, &mut batch, &mut lines, consumer).is_continue() {
                let _ = jobs.try_for_each(|job| self.run_here(job, &mut batch, &mut lines, consumer));
            }
            return;
        }
        if jobs.is_exhausted() {
            let _ = self.run_here(first, &mut batch, &mut lines, consumer);
        } else {
            self.run_threads(first, jobs, &mut lines, consumer);
        }
    }

    fn run_here(&self, job: Job, batch: &mut Batch, lines: &mut Lines, consumer: &mut dyn Consumer) -> ControlFlow<()> {
        for Step { file, begins_file, work, .. } in job.steps() {
            lines.enter(&file);
            let mut flow = ControlFlow::Continue(());
            let done = self.bench.run(work, batch, &mut |batch| {
                lines.place(batch);
                flow = consumer.batch(&file, batch);
                flow
            });
            flow?;
            lines.end(done.lines);
            consumer.done(&file, &done, begins_file)?;
        }
        ControlFlow::Continue(())
    }

    fn run_threads(&self, first: Job, jobs: Jobs, lines: &mut Lines, consumer: &mut dyn Consumer) {
        let mut queue = Queue {
            pending: VecDeque::new(),
            first: 0,
            waiting_bytes: 0,
            spare: Vec::new(),
            decoder_bytes: 0,
            exhausted: false,
            stopped: false,
            wants_job: false,
            want_room: 0,
        };
        // Enlisted before any thread can ask for the next, so that it is the first.
        let first = queue.enlist(vec![first]);
        let shared = Shared {
            opening: Mutex::new(jobs),
            queue: Mutex::new(queue),
            desk: Mutex::new(Desk { consumer, lines }),
            jobs: Condvar::new(),
            room: Condvar::new(),
            limit: self.threads + Engine::MAX_AHEAD,
            group_jobs: (Engine::OPEN_FILES / self.threads).clamp(1, Engine::GROUP_JOBS),
            ahead_bytes: self.ahead_bytes,
        };
        std::thread::scope(|scope| {
            for _ in 1..self.threads {
                scope.spawn(|| self.work(None, &shared));
            }
            self.work(Some(first), &shared);
        });
    }

    fn work(&self, start: Option<Begun>, shared: &Shared<'_>) {
        let _ends_all = EndsAll(shared);
        let (mut next, mut batch) = (start, Batch::default());
        while let Some(Begun { jobs, number, decoder_bytes }) = next.or_else(|| shared.next_jobs()) {
            let is_alone = jobs.len() == 1;
            let mut held = Held::default();
            for Step { file, begins_file, ends_job, work } in jobs.into_iter().flat_map(Job::steps) {
                let mut flow = ControlFlow::Continue(());
                let done = self.bench.run(work, &mut batch, &mut |batch| {
                    held.hold(&file, std::mem::take(batch));
                    let waits = !is_alone && held.bytes < Engine::HELD_BYTES;
                    flow = if waits { ControlFlow::Continue(()) } else { shared.give(number, &mut held, batch) };
                    flow
                });
                held.messages.push(Message { file, kind: Kind::Done { done, begins_file, ends_job } });
                // An archive may have any number of files.
                if held.messages.len() >= Engine::HELD_MESSAGES && flow.is_continue() {
                    flow = shared.give(number, &mut held, &mut Batch::default());
                }
                if flow.is_break() {
                    break;
                }
            }
            shared.end(number, held, decoder_bytes);
            next = None;
        }
    }
}

/// What a thread has to give and keeps for a while: for a small job alone it is not worth to ask the others for the queue.
#[derive(Default)]
struct Held {
    messages: Vec<Message>,
    /// What the batches among them hold.
    bytes: u64,
}

impl Held {
    fn hold(&mut self, file: &Arc<InputFile>, batch: Batch) {
        self.bytes += batch.held_bytes();
        self.messages.push(Message { file: Arc::clone(file), kind: Kind::Batch(batch) });
    }
}

impl Queue {
    /// Counts a group of jobs as begun, the last so far.
    fn enlist(&mut self, jobs: Vec<Job>) -> Begun {
        let number = self.first + self.pending.len() as u64;
        self.pending.push_back(Pending { unfinished: jobs.len(), given: VecDeque::new(), bytes: 0 });
        let decoder_bytes = jobs.iter().map(|job| job.decoder_bytes).sum();
        self.decoder_bytes += decoder_bytes;
        Begun { jobs, number, decoder_bytes }
    }

    /// Adds what a group gives; false once all is stopped.
    fn add(&mut self, number: u64, held: &mut Held) -> bool {
        let at = number.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
        let Some(group) = at.and_then(|at| self.pending.get_mut(at)) else { return false };
        group.given.extend(held.messages.drain(..));
        group.bytes += held.bytes;
        self.waiting_bytes += std::mem::take(&mut held.bytes);
        true
    }

    /// Whether a group may give a batch.
    fn has_room(&self, number: u64, ahead_bytes: u64) -> bool {
        let is_first = self.first == number;
        self.waiting_bytes < ahead_bytes || is_first && self.pending[0].bytes < Engine::FIRST_BYTES
    }
}

/// Where findings are shown.
struct Desk<'c> {
    consumer: &'c mut dyn Consumer,
    lines: &'c mut Lines,
}

/// The next job, and those behind it if they are small plain files like it, `most` at most.
fn next_group(jobs: &mut Jobs, most: usize) -> Vec<Job> {
    let mut bytes = jobs.next_plain_bytes();
    let mut group = Vec::from_iter(jobs.next());
    while let Some(so_far) = bytes
        && so_far < Engine::GROUP_BYTES
        && group.len() < most
    {
        let (Some(more), Some(job)) = (jobs.next_plain_bytes(), jobs.next()) else { break };
        group.push(job);
        bytes = Some(so_far + more);
    }
    group
}

/// The threads' common ground.
struct Shared<'c> {
    /// Held from the choice of the next jobs until they are enlisted, which keeps their order; taken before the queue. While
    /// one thread opens files the others give what they have found.
    opening: Mutex<Jobs>,
    queue: Mutex<Queue>,
    /// Taken only by one who holds the queue, and let go likewise: while nobody has it, all that the first group gave is shown.
    desk: Mutex<Desk<'c>>,
    /// Jobs or decoders have gone.
    jobs: Condvar,
    /// Batches have been shown, or another group is the first.
    room: Condvar,
    /// Groups that may be begun and not shown to their end.
    limit: usize,
    /// Jobs of a group at most.
    group_jobs: usize,
    ahead_bytes: u64,
}

/// Ends the other threads' work when one panics: they might wait for it.
struct EndsAll<'s, 'c>(&'s Shared<'c>);

impl Drop for EndsAll<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop(&mut self.0.lock());
        }
    }
}

impl Shared<'_> {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next jobs for a thread.
    fn next_jobs(&self) -> Option<Begun> {
        let mut jobs = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let next_decoder_bytes = jobs.next_decoder_bytes();
        let mut queue = self.lock();
        loop {
            if queue.stopped || queue.exhausted {
                return None;
            }
            let affordable =
                queue.decoder_bytes == 0 || queue.decoder_bytes + next_decoder_bytes <= Engine::DECODERS_BYTES;
            if queue.pending.len() < self.limit && affordable {
                break;
            }
            queue.wants_job = true;
            queue = self.jobs.wait(queue).unwrap_or_else(PoisonError::into_inner);
            queue.wants_job = false;
        }
        drop(queue);
        let group = next_group(&mut jobs, self.group_jobs);
        let mut queue = self.lock();
        queue.exhausted = group.is_empty();
        (!group.is_empty()).then(|| queue.enlist(group))
    }

    /// Takes what a thread holds of a group as soon as there is room, and gives an empty batch to fill. `Break` once all is
    /// stopped.
    fn give(&self, number: u64, held: &mut Held, empty: &mut Batch) -> ControlFlow<()> {
        let mut queue = self.lock();
        while !queue.stopped && !queue.has_room(number, self.ahead_bytes) {
            queue.want_room += 1;
            queue = self.room.wait(queue).unwrap_or_else(PoisonError::into_inner);
            queue.want_room -= 1;
        }
        *empty = queue.spare.pop().unwrap_or_default();
        if queue.add(number, held) { self.show(queue) } else { ControlFlow::Break(()) }
    }

    /// A group has given all.
    fn end(&self, number: u64, mut held: Held, decoder_bytes: u64) {
        let mut queue = self.lock();
        queue.decoder_bytes -= decoder_bytes;
        if decoder_bytes > 0 && queue.wants_job {
            self.jobs.notify_one();
        }
        if queue.add(number, &mut held) {
            let _ = self.show(queue);
        }
    }

    /// Shows what the first unfinished group has given and, if that ends it, the groups behind it, unless another thread does so
    /// already. `Break` once all is stopped.
    fn show<'q>(&'q self, mut queue: MutexGuard<'q, Queue>) -> ControlFlow<()> {
        let Ok(mut desk) = self.desk.try_lock() else { return ControlFlow::Continue(()) };
        let mut flow = ControlFlow::Continue(());
        while let Some(first) = queue.pending.front_mut()
            && let Some(message) = first.given.pop_front()
        {
            drop(queue);
            let shown = desk.show(message);
            queue = self.lock();
            flow = match shown {
                Shown::Batch(batch, flow) => {
                    self.let_go(&mut queue, batch);
                    flow
                }
                Shown::Done(flow, ends_job) => {
                    if ends_job {
                        self.finish_one(&mut queue);
                    }
                    flow
                }
            };
            if flow.is_break() {
                self.stop(&mut queue);
            }
        }
        drop(desk);
        flow
    }

    /// A batch of the first group has been shown.
    fn let_go(&self, queue: &mut Queue, batch: Batch) {
        let bytes = batch.held_bytes();
        let Some(first) = queue.pending.front_mut() else { return };
        let was_much = first.bytes >= Engine::FIRST_BYTES / 2;
        first.bytes -= bytes;
        let is_little = was_much && first.bytes < Engine::FIRST_BYTES / 2;
        let was_full = queue.waiting_bytes >= self.ahead_bytes;
        queue.waiting_bytes -= bytes;
        let has_room = was_full && queue.waiting_bytes < self.ahead_bytes;
        if queue.spare.len() < Engine::SPARE_BATCHES {
            queue.spare.push(batch);
        }
        if queue.want_room > 0 && (is_little || has_room) {
            self.room.notify_all();
        }
    }

    /// A job of the first group has been shown to its end.
    fn finish_one(&self, queue: &mut Queue) {
        let Some(first) = queue.pending.front_mut() else { return };
        first.unfinished -= 1;
        if first.unfinished > 0 {
            return;
        }
        queue.pending.pop_front();
        queue.first += 1;
        if queue.wants_job {
            self.jobs.notify_one();
        }
        if queue.want_room > 0 {
            self.room.notify_all();
        }
    }

    fn stop(&self, queue: &mut Queue) {
        queue.stopped = true;
        queue.pending.clear();
        self.jobs.notify_one();
        self.room.notify_all();
    }
}

/// What has been shown, whether more is wanted, and of what was done whether it was the last of its job.
enum Shown {
    /// To be filled again.
    Batch(Batch, ControlFlow<()>),
    Done(ControlFlow<()>, bool),
}

impl Desk<'_> {
    fn show(&mut self, Message { file, kind }: Message) -> Shown {
        self.lines.enter(&file);
        match kind {
            Kind::Batch(mut batch) => {
                self.lines.place(&mut batch);
                let flow = self.consumer.batch(&file, &batch);
                batch.clear();
                Shown::Batch(batch, flow)
            }
            Kind::Done { done, begins_file, ends_job } => {
                self.lines.end(done.lines);
                Shown::Done(self.consumer.done(&file, &done, begins_file), ends_job)
            }
        }
    }
}

/// Line numbers across the parts of a file.
#[derive(Debug, Default)]
struct Lines {
    file: u64,
    before: u64,
}

impl Lines {
    fn enter(&mut self, file: &InputFile) {
        if self.file != file.number {
            *self = Lines { file: file.number, before: 0 };
        }
    }

    fn place(&self, batch: &mut Batch) {
        for hit in &mut batch.hits {
            hit.line += self.before;
            hit.record_line += self.before;
        }
        for related in &mut batch.related {
            related.line += self.before;
        }
    }

    fn end(&mut self, lines: u64) {
        self.before += lines;
    }
}
