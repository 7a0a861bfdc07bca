//! [`Queue`]: work that waits, in order. One piece is the rule, and needs no memory besides its own.

use std::collections::VecDeque;

use super::Work;

/// Work that waits. The rest is empty when there is no head.
#[derive(Default)]
pub(crate) struct Queue {
    head: Option<Box<dyn Work>>,
    #[allow(clippy::box_collection, reason = "nearly every lane does without, and every idle connection has two")]
    rest: Option<Box<VecDeque<Box<dyn Work>>>>,
}

impl Queue {
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.head.is_none()
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.head.is_some()) + self.rest.as_ref().map_or(0, |rest| rest.len())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Box<dyn Work>> {
        self.head.iter().chain(self.rest.iter().flat_map(|rest| rest.iter()))
    }

    #[inline]
    pub(crate) fn push_back(&mut self, work: Box<dyn Work>) {
        match self.head {
            None => self.head = Some(work),
            Some(_) => self.rest.get_or_insert_default().push_back(work),
        }
    }

    #[inline]
    pub(crate) fn push_front(&mut self, work: Box<dyn Work>) {
        if let Some(second) = self.head.replace(work) {
            self.rest.get_or_insert_default().push_front(second);
        }
    }

    #[inline]
    pub(crate) fn pop_front(&mut self) -> Option<Box<dyn Work>> {
        let head = self.head.take();
        if let Some(rest) = &mut self.rest {
            self.head = rest.pop_front();
        }
        head
    }

    pub(crate) fn pop_back(&mut self) -> Option<Box<dyn Work>> {
        self.rest.as_mut().and_then(|rest| rest.pop_back()).or_else(|| self.head.take())
    }

    /// Takes out the work for which `is_meant` says so; the order stays.
    pub(crate) fn take_if(&mut self, is_meant: impl Fn(&dyn Work) -> bool) -> Vec<Box<dyn Work>> {
        let mut taken = Vec::new();
        for _ in 0..self.len() {
            match self.pop_front() {
                Some(work) if is_meant(&*work) => taken.push(work),
                Some(work) => self.push_back(work),
                None => {}
            }
        }
        taken
    }
}
