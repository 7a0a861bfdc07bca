//! Jobs on several threads, results in the order of the input.
//!
//! Workers take jobs in order. Each job has a channel of its own, and the main thread drains the channels in the order of
//! the jobs. The first unfinished job is always being worked on and always has room, so nothing waits for ever; the
//! others run ahead only as far as [`Engine::AHEAD_BYTES`] and [`Engine::MAX_AHEAD`] allow, so memory is bounded.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::hit::Batch;
use super::job::{InputFile, Job, Jobs};
use super::work::{Bench, Done};

/// Where results go, in the order of the input, all on one thread.
pub(crate) trait Consumer {
    /// Findings of a file. Their lines are the file's own.
    fn batch(&mut self, file: &InputFile, batch: &Batch) -> ControlFlow<()>;
    /// A job is done. `lines` and `bytes` are those of the job.
    fn done(&mut self, file: &InputFile, done: &Done, begins_file: bool) -> ControlFlow<()>;
}

enum Message {
    Batch(Batch),
    Done(Done),
}

/// A job of a worker.
struct Begun {
    job: Job,
    number: u64,
    sender: Sender<Message>,
}

struct Pending {
    number: u64,
    file: Arc<InputFile>,
    begins_file: bool,
    messages: Receiver<Message>,
}

struct Queue {
    jobs: Jobs,
    /// Jobs begun and not drained, in order.
    pending: VecDeque<Pending>,
    begun: u64,
    /// The job whose channel is being drained.
    draining: u64,
    /// What the batches in all channels hold.
    waiting_bytes: u64,
    /// Empty batches, to be filled again.
    spare: Vec<Batch>,
    /// What the decoders of the jobs under way may hold.
    decoder_bytes: u64,
    exhausted: bool,
    stopped: bool,
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
    /// What the job that is being drained may hold beyond that: enough that neither side waits for each batch.
    const DRAINING_BYTES: u64 = 1 << 20;
    /// Empty batches that are kept.
    const SPARE_BATCHES: usize = 16;
    /// Jobs that may be begun beyond those being worked on.
    const MAX_AHEAD: usize = 2;
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
        let mut lines = Lines::default();
        let Some(first) = jobs.next() else { return };
        if self.threads == 1 {
            if self.run_here(first, &mut lines, consumer).is_continue() {
                let _ = jobs.try_for_each(|job| self.run_here(job, &mut lines, consumer));
            }
            return;
        }
        if jobs.is_exhausted() {
            let _ = self.run_here(first, &mut lines, consumer);
        } else {
            self.run_threads(first, jobs, &mut lines, consumer);
        }
    }

    fn run_here(&self, job: Job, lines: &mut Lines, consumer: &mut dyn Consumer) -> ControlFlow<()> {
        lines.begin(job.begins_file);
        let mut flow = ControlFlow::Continue(());
        let done = self.bench.run(job.work, &mut |batch| {
            lines.place(batch);
            flow = consumer.batch(&job.file, batch);
            flow
        });
        flow?;
        lines.end(done.lines);
        consumer.done(&job.file, &done, job.begins_file)
    }

    fn run_threads(&self, first: Job, jobs: Jobs, lines: &mut Lines, consumer: &mut dyn Consumer) {
        let queue = Mutex::new(Queue {
            jobs,
            pending: VecDeque::new(),
            begun: 0,
            draining: 0,
            waiting_bytes: 0,
            spare: Vec::new(),
            decoder_bytes: 0,
            exhausted: false,
            stopped: false,
        });
        let (changed, room) = (Condvar::new(), Condvar::new());
        std::thread::scope(|scope| {
            let limit = self.threads + Engine::MAX_AHEAD;
            let ahead_bytes = self.ahead_bytes;
            let shared = Shared { queue: &queue, changed: &changed, room: &room, limit, ahead_bytes };
            // Enlisted before any worker can ask for the next, so that it is the first.
            let mut start = Some(shared.enlist(&mut shared.lock(), first));
            for _ in 0..self.threads {
                let start = start.take();
                scope.spawn(move || self.work(start, shared));
            }
            drain(shared, lines, consumer);
        });
    }

    fn work(&self, start: Option<Begun>, shared: Shared<'_>) {
        let mut next = start;
        while let Some(Begun { job, number, sender }) = next.or_else(|| shared.next_job()) {
            let mut emit = |batch: &mut Batch| {
                let Some(empty) = shared.room_for(number, batch.held_bytes()) else { return ControlFlow::Break(()) };
                match sender.send(Message::Batch(std::mem::replace(batch, empty))) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            };
            let decoder_bytes = job.decoder_bytes;
            let done = self.bench.run(job.work, &mut emit);
            shared.give_back(decoder_bytes);
            let _ = sender.send(Message::Done(done));
            next = None;
        }
    }
}

/// The workers' common ground.
#[derive(Clone, Copy)]
struct Shared<'q> {
    queue: &'q Mutex<Queue>,
    /// Jobs or decoders have come or gone.
    changed: &'q Condvar,
    /// Batches have been drained, or another job is.
    room: &'q Condvar,
    /// Jobs that may be begun and not drained.
    limit: usize,
    ahead_bytes: u64,
}

impl Shared<'_> {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enlist(&self, queue: &mut Queue, job: Job) -> Begun {
        let (sender, messages) = channel();
        let (number, begins_file) = (queue.begun, job.begins_file);
        queue.begun += 1;
        queue.pending.push_back(Pending { number, file: Arc::clone(&job.file), begins_file, messages });
        queue.decoder_bytes += job.decoder_bytes;
        self.changed.notify_all();
        Begun { job, number, sender }
    }

    /// Waits until a batch of the job may be sent, and counts it; gives an empty batch for it. `None` once all is stopped.
    fn room_for(&self, number: u64, bytes: u64) -> Option<Batch> {
        let mut queue = self.lock();
        loop {
            if queue.stopped {
                return None;
            }
            let own = if queue.draining == number { Engine::DRAINING_BYTES } else { 0 };
            if queue.waiting_bytes < self.ahead_bytes + own {
                queue.waiting_bytes += bytes;
                return Some(queue.spare.pop().unwrap_or_default());
            }
            queue = self.room.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A batch has been drained, which held so much.
    fn make_room(&self, mut batch: Batch, bytes: u64) {
        batch.clear();
        let mut queue = self.lock();
        let full = queue.waiting_bytes >= self.ahead_bytes;
        queue.waiting_bytes -= bytes;
        if queue.spare.len() < Engine::SPARE_BATCHES {
            queue.spare.push(batch);
        }
        if full {
            self.room.notify_all();
        }
    }

    /// A job's decoder is gone.
    fn give_back(&self, decoder_bytes: u64) {
        if decoder_bytes > 0 {
            self.lock().decoder_bytes -= decoder_bytes;
            self.changed.notify_all();
        }
    }

    /// The next job for a worker. Opening happens under the lock, which keeps the order; it is short.
    fn next_job(&self) -> Option<Begun> {
        let mut queue = self.lock();
        loop {
            if queue.stopped || queue.exhausted {
                return None;
            }
            let decoders = queue.decoder_bytes + queue.jobs.next_decoder_bytes();
            let affordable = queue.decoder_bytes == 0 || decoders <= Engine::DECODERS_BYTES;
            if queue.pending.len() < self.limit && affordable {
                break;
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        match queue.jobs.next() {
            Some(job) => Some(self.enlist(&mut queue, job)),
            None => {
                queue.exhausted = true;
                self.changed.notify_all();
                None
            }
        }
    }

    /// The oldest job that is not drained. It stays counted until [`Shared::drained`].
    fn oldest(&self) -> Option<Pending> {
        let mut queue = self.lock();
        loop {
            if let Some(pending) = queue.pending.pop_front() {
                queue.draining = pending.number;
                self.room.notify_all();
                return Some(pending);
            }
            if queue.exhausted {
                return None;
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn drained(&self) {
        self.changed.notify_all();
    }

    fn stop(&self) {
        let mut queue = self.lock();
        queue.stopped = true;
        queue.exhausted = true;
        queue.pending.clear();
        self.changed.notify_all();
        self.room.notify_all();
    }
}

fn drain(shared: Shared<'_>, lines: &mut Lines, consumer: &mut dyn Consumer) {
    while let Some(pending) = shared.oldest() {
        lines.begin(pending.begins_file);
        let flow = pending.messages.iter().try_for_each(|message| match message {
            Message::Batch(mut batch) => {
                lines.place(&mut batch);
                let flow = consumer.batch(&pending.file, &batch);
                let bytes = batch.held_bytes();
                shared.make_room(batch, bytes);
                flow
            }
            Message::Done(done) => {
                lines.end(done.lines);
                consumer.done(&pending.file, &done, pending.begins_file)
            }
        });
        if flow.is_break() {
            drop(pending);
            return shared.stop();
        }
        shared.drained();
    }
}

/// Line numbers across the parts of a file.
#[derive(Debug, Default)]
struct Lines {
    before: u64,
}

impl Lines {
    fn begin(&mut self, begins_file: bool) {
        if begins_file {
            self.before = 0;
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
