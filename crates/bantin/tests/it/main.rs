//! The command as a user runs it.

mod bad_input;
mod chain;
mod convert;
mod explain;
mod folder;
mod input;
mod interrupt;
mod options;
mod usage;

mod bench;
