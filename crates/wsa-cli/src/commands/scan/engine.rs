//! Jobs on several threads, results in the order of the input.
//!
//! Threads take jobs in order. Each job has a queue of its own for what it gives; whoever gives something to the first
//! unfinished job, while nobody does, shows what that job and those behind it have given. So there is no thread that only
//! shows: it would want a processor of its own, and a switch to it for each batch.
//!
//! The first unfinished job is always being worked on, and has room as soon as what it gave is shown, so nothing waits for
//! ever; the others run ahead only as far as [`Engine::AHEAD_BYTES`] and [`Engine::MAX_AHEAD`] allow, so memory is bounded.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::hit::Batch;
use super::job::{InputFile, Job, Jobs};
use super::work::{Bench, Done};

/// Where results go, in the order of the input, by one thread at a time.
pub(crate) trait Consumer: Send {
    /// Findings of a file. Their lines are the file's own.
    fn batch(&mut self, file: &InputFile, batch: &Batch) -> ControlFlow<()>;
    /// A job is done. `lines` and `bytes` are those of the job.
    fn done(&mut self, file: &InputFile, done: &Done, begins_file: bool) -> ControlFlow<()>;
}

enum Message {
    Batch(Batch),
    Done(Done),
}

/// A job of a thread.
struct Begun {
    job: Job,
    number: u64,
}

/// A job that was begun and is not shown to its end.
struct Pending {
    file: Arc<InputFile>,
    begins_file: bool,
    given: VecDeque<Message>,
    /// What the batches among them hold.
    bytes: u64,
}

struct Queue {
    jobs: Jobs,
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
    /// Threads that wait for a job, and for room: to wake nobody costs a system call.
    want_job: usize,
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
    /// What the first unfinished job may hold, whatever the others do: enough that who scans it and who shows it do not wait
    /// for each other at each batch.
    const FIRST_BYTES: u64 = 1 << 20;
    /// Empty batches that are kept.
    const SPARE_BATCHES: usize = 16;
    /// Jobs that may wait to be shown beyond those being worked on.
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
        lines.enter(&job.file);
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
        let mut queue = Queue {
            jobs,
            pending: VecDeque::new(),
            first: 0,
            waiting_bytes: 0,
            spare: Vec::new(),
            decoder_bytes: 0,
            exhausted: false,
            stopped: false,
            want_job: 0,
            want_room: 0,
        };
        // Enlisted before any thread can ask for the next, so that it is the first.
        let first = queue.enlist(first);
        let shared = Shared {
            queue: Mutex::new(queue),
            desk: Mutex::new(Desk { consumer, lines }),
            jobs: Condvar::new(),
            room: Condvar::new(),
            limit: self.threads + Engine::MAX_AHEAD,
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
        let mut next = start;
        while let Some(Begun { job, number }) = next.or_else(|| shared.next_job()) {
            let decoder_bytes = job.decoder_bytes;
            let done = self.bench.run(job.work, &mut |batch| shared.give_batch(number, batch));
            shared.end(number, done, decoder_bytes);
            next = None;
        }
    }
}

impl Queue {
    /// Counts a job as begun, the last so far.
    fn enlist(&mut self, job: Job) -> Begun {
        let number = self.first + self.pending.len() as u64;
        let (file, begins_file) = (Arc::clone(&job.file), job.begins_file);
        self.pending.push_back(Pending { file, begins_file, given: VecDeque::new(), bytes: 0 });
        self.decoder_bytes += job.decoder_bytes;
        Begun { job, number }
    }

    /// A job that was begun; `None` once all is stopped.
    fn job(&mut self, number: u64) -> Option<&mut Pending> {
        self.pending.get_mut(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    /// Whether a job may give a batch.
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

/// The threads' common ground.
struct Shared<'c> {
    queue: Mutex<Queue>,
    /// Taken only by one who holds the queue, and let go likewise: while nobody has it, all that the first job gave is shown.
    desk: Mutex<Desk<'c>>,
    /// Jobs or decoders have gone.
    jobs: Condvar,
    /// Batches have been shown, or another job is the first.
    room: Condvar,
    /// Jobs that may be begun and not shown to their end.
    limit: usize,
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

    /// The next job for a thread. Opening happens under the lock, which keeps the order; it is short.
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
            queue.want_job += 1;
            queue = self.jobs.wait(queue).unwrap_or_else(PoisonError::into_inner);
            queue.want_job -= 1;
        }
        let next = queue.jobs.next().map(|job| queue.enlist(job));
        if next.is_none() {
            queue.exhausted = true;
            self.jobs.notify_all();
        }
        next
    }

    /// Takes a full batch of a job as soon as there is room, and gives an empty one for it. `Break` once all is stopped.
    fn give_batch(&self, number: u64, batch: &mut Batch) -> ControlFlow<()> {
        let mut queue = self.lock();
        while !queue.stopped && !queue.has_room(number, self.ahead_bytes) {
            queue.want_room += 1;
            queue = self.room.wait(queue).unwrap_or_else(PoisonError::into_inner);
            queue.want_room -= 1;
        }
        let empty = queue.spare.pop().unwrap_or_default();
        let bytes = batch.held_bytes();
        let Some(job) = queue.job(number) else { return ControlFlow::Break(()) };
        job.given.push_back(Message::Batch(std::mem::replace(batch, empty)));
        job.bytes += bytes;
        queue.waiting_bytes += bytes;
        self.show(queue)
    }

    /// A job has given all.
    fn end(&self, number: u64, done: Done, decoder_bytes: u64) {
        let mut queue = self.lock();
        queue.decoder_bytes -= decoder_bytes;
        if decoder_bytes > 0 && queue.want_job > 0 {
            self.jobs.notify_all();
        }
        if let Some(job) = queue.job(number) {
            job.given.push_back(Message::Done(done));
            let _ = self.show(queue);
        }
    }

    /// Shows what the first unfinished job has given and, if that ends it, the jobs behind it, unless another thread does so
    /// already. `Break` once all is stopped.
    fn show<'q>(&'q self, mut queue: MutexGuard<'q, Queue>) -> ControlFlow<()> {
        let Ok(mut desk) = self.desk.try_lock() else { return ControlFlow::Continue(()) };
        let mut flow = ControlFlow::Continue(());
        while let Some(first) = queue.pending.front_mut()
            && let Some(message) = first.given.pop_front()
        {
            let (file, begins_file) = (Arc::clone(&first.file), first.begins_file);
            drop(queue);
            let shown = desk.show(&file, begins_file, message);
            queue = self.lock();
            flow = match shown {
                Shown::Batch(batch, flow) => {
                    self.let_go(&mut queue, batch);
                    flow
                }
                Shown::Done(flow) => {
                    self.remove_first(&mut queue);
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

    /// A batch of the first job has been shown.
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

    /// The first job has been shown to its end.
    fn remove_first(&self, queue: &mut Queue) {
        if queue.pending.pop_front().is_some() {
            queue.first += 1;
        }
        if queue.want_job > 0 {
            self.jobs.notify_all();
        }
        if queue.want_room > 0 {
            self.room.notify_all();
        }
    }

    fn stop(&self, queue: &mut Queue) {
        queue.stopped = true;
        queue.pending.clear();
        self.jobs.notify_all();
        self.room.notify_all();
    }
}

/// What has been shown, and whether more is wanted.
enum Shown {
    /// To be filled again.
    Batch(Batch, ControlFlow<()>),
    Done(ControlFlow<()>),
}

impl Desk<'_> {
    fn show(&mut self, file: &InputFile, begins_file: bool, message: Message) -> Shown {
        self.lines.enter(file);
        match message {
            Message::Batch(mut batch) => {
                self.lines.place(&mut batch);
                let flow = self.consumer.batch(file, &batch);
                batch.clear();
                Shown::Batch(batch, flow)
            }
            Message::Done(done) => {
                self.lines.end(done.lines);
                Shown::Done(self.consumer.done(file, &done, begins_file))
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
