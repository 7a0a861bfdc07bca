//! [`Tokens`]: what a kernel's list of descriptors knows by number.

use std::sync::{Arc, Weak};

/// Things by token: a place, and how often it was used before, so that what is told of one that has gone does not reach its
/// successor. Nothing is kept alive.
#[derive(Debug)]
pub(crate) struct Tokens<T> {
    places: Vec<(u32, Weak<T>)>,
    free: Vec<u32>,
}

impl<T> Default for Tokens<T> {
    fn default() -> Tokens<T> {
        Tokens { places: Vec::new(), free: Vec::new() }
    }
}

impl<T> Tokens<T> {
    pub(crate) fn insert(&mut self, thing: Weak<T>) -> u64 {
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push((0, Weak::new()));
            (self.places.len() - 1) as u32
        });
        let (uses, slot) = &mut self.places[place as usize];
        *slot = thing;
        u64::from(*uses) << 32 | u64::from(place)
    }

    pub(crate) fn get(&self, token: u64) -> Option<Arc<T>> {
        let (uses, slot) = self.places.get(token as u32 as usize)?;
        if u64::from(*uses) == token >> 32 { slot.upgrade() } else { None }
    }

    pub(crate) fn remove(&mut self, token: u64) {
        let place = token as u32;
        let Some((uses, slot)) = self.places.get_mut(place as usize) else { return };
        if u64::from(*uses) == token >> 32 {
            *uses = uses.wrapping_add(1);
            *slot = Weak::new();
            self.free.push(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_not_reach_who_comes_after() {
        let (first, second) = (Arc::new(1), Arc::new(2));
        let mut tokens = Tokens::default();
        let token = tokens.insert(Arc::downgrade(&first));
        assert_eq!(tokens.get(token).as_deref(), Some(&1));
        tokens.remove(token);
        let next = tokens.insert(Arc::downgrade(&second));
        tokens.remove(token);
        assert_eq!((tokens.get(token), tokens.get(next).as_deref()), (None, Some(&2)));
        drop(second);
        assert_eq!(tokens.get(next), None);
    }
}
