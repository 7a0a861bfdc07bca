//! One file per command. Each makes a value from the catalogue and renders it; none parses arguments.

pub mod audit;
pub mod completions;
pub mod explain;
pub mod list;
pub mod man;
pub mod map;
pub mod port_check;
pub mod scan;
pub mod search;
mod view;
