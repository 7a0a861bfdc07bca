//! [`Queue`]: work that waits, in order. One piece is the rule, and needs no memory besides its own.

use std::collections::VecDeque;

use super::Item;

/// Work that waits. The rest is empty when there is no head.
#[derive(Default)]
pub(crate) struct Queue {
    head: Option<Item>,
    #[allow(clippy::box_collection, reason = "nearly every lane does without, and every idle connection has two")]
    rest: Option<Box<VecDeque<Item>>>,
}

impl Queue {
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.head.is_none()
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.head.is_some()) + self.rest.as_ref().map_or(0, |rest| rest.len())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.head.iter().chain(self.rest.iter().flat_map(|rest| rest.iter()))
    }

    #[inline]
    pub(crate) fn push_back(&mut self, work: Item) {
        match self.head {
            None => self.head = Some(work),
            Some(_) => self.rest.get_or_insert_default().push_back(work),
        }
    }

    #[inline]
    pub(crate) fn push_front(&mut self, work: Item) {
        if let Some(second) = self.head.replace(work) {
            self.rest.get_or_insert_default().push_front(second);
        }
    }

    #[inline]
    pub(crate) fn pop_front(&mut self) -> Option<Item> {
        let head = self.head.take();
        if let Some(rest) = &mut self.rest {
            self.head = rest.pop_front();
        }
        head
    }

    pub(crate) fn pop_back(&mut self) -> Option<Item> {
        self.rest.as_mut().and_then(|rest| rest.pop_back()).or_else(|| self.head.take())
    }

    #[inline]
    pub(crate) fn front(&self) -> Option<&Item> {
        self.head.as_ref()
    }

    #[inline]
    pub(crate) fn front_mut(&mut self) -> Option<&mut Item> {
        self.head.as_mut()
    }

    /// Takes out the work for which `is_meant` says so, `but` as many from the front; the order stays.
    pub(crate) fn take_if(&mut self, but: usize, is_meant: impl Fn(&Item) -> bool) -> Vec<Item> {
        let mut taken = Vec::new();
        for place in 0..self.len() {
            match self.pop_front() {
                Some(work) if place >= but && is_meant(&work) => taken.push(work),
                Some(work) => self.push_back(work),
                None => {}
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use std::os::fd::BorrowedFd;

    use super::super::{Attempt, Failure, Judge, Target, Work};
    use super::*;
    use crate::sys::uring::Request;

    struct Numbered(usize);

    impl Work for Numbered {
        fn attempt(&mut self, _: BorrowedFd<'_>, _: &dyn Judge) -> Attempt {
            Attempt::Blocked
        }

        fn readiness(&self) -> Request {
            Request::readable()
        }

        fn is_meant(&self, target: Target) -> bool {
            target == Target::Record(self.0)
        }

        fn finish(self: Box<Self>, _: Option<Failure>, _: &dyn Judge) {}
    }

    /// The numbers in the queue, in its order.
    fn order(queue: &Queue) -> Vec<usize> {
        queue.iter().map(|work| (0..9).find(|number| work.is_meant(Target::Record(*number))).unwrap()).collect()
    }

    #[test]
    fn work_keeps_its_order_however_it_comes_and_goes() {
        let work = |number| Item::Boxed(Box::new(Numbered(number)));
        let mut queue = Queue::default();
        assert!(queue.is_empty() && queue.pop_front().is_none() && queue.pop_back().is_none());
        for number in [1, 2, 3, 4] {
            queue.push_back(work(number));
        }
        queue.push_front(work(0));
        assert_eq!((order(&queue), queue.len()), (vec![0, 1, 2, 3, 4], 5));
        let is_odd = |work: &Item| work.is_meant(Target::Record(1)) || work.is_meant(Target::Record(3));
        assert_eq!(queue.take_if(4, is_odd).len(), 0);
        assert_eq!(queue.take_if(2, is_odd).len(), 1);
        assert_eq!(order(&queue), [0, 1, 2, 4]);
        assert_eq!(queue.take_if(0, is_odd).len(), 1);
        assert_eq!(order(&queue), [0, 2, 4]);
        assert!(queue.pop_back().unwrap().is_meant(Target::Record(4)));
        assert!(queue.pop_front().unwrap().is_meant(Target::Record(0)));
        assert!(queue.pop_back().unwrap().is_meant(Target::Record(2)));
        queue.push_front(work(5));
        assert_eq!(order(&queue), [5]);
    }
}
