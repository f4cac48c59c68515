//! The engine with stages made for the test.

mod engine;
mod flow;
mod inputs;
