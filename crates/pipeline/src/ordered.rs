//! Work in parallel, results in order, memory bounded.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use rayon::ThreadPool;

/// Bytes of input per thread that may be read and not yet written.
const BYTES_PER_THREAD: usize = 2 << 20;

/// Runs `work` over `units` on the pool and hands the results to `write` in the order of the
/// units, on the calling thread.
///
/// The units are made on a thread of their own, which waits when too many of them are under way:
/// `weight` says how many bytes one is. A unit that alone exceeds the bound goes through alone.
/// The first error of `write` ends everything at once, even when the reader waits for input that
/// never comes. With a pool of one thread everything happens on the calling thread.
pub(crate) fn ordered<U, R, E>(
    pool: &ThreadPool,
    units: impl Iterator<Item = U> + Send + 'static,
    weight: impl Fn(&U) -> usize + Send + 'static,
    work: impl Fn(U) -> R + Sync,
    mut write: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    U: Send + 'static,
    R: Send + 'static,
{
    let threads = pool.current_num_threads();
    if threads == 1 {
        return units.map(work).try_for_each(write);
    }
    let budget = Arc::new(Budget::new(threads * BYTES_PER_THREAD));
    let _closed = Closing(&budget);
    let (events, arrivals) = channel();
    let reader = {
        let (budget, events) = (Arc::clone(&budget), events.clone());
        thread::spawn(move || {
            let _end = Ending(events.clone());
            for unit in units {
                let weight = weight(&unit);
                if !budget.acquire(weight) || events.send(Event::Unit(unit, weight)).is_err() {
                    break;
                }
            }
        })
    };
    let work = &work;
    pool.in_place_scope(|scope| {
        // One slot for each unit under way, in order; the front one is written next.
        let mut slots: VecDeque<Option<(R, usize)>> = VecDeque::new();
        let mut first = 0;
        let mut ended = false;
        while !ended || !slots.is_empty() {
            match arrivals.recv().expect("a sender lives in this function") {
                Event::Unit(unit, weight) => {
                    let place = first + slots.len();
                    slots.push_back(None);
                    let events = events.clone();
                    scope.spawn(move |_| {
                        let result = catch_unwind(AssertUnwindSafe(|| work(unit)));
                        // Nobody listens any more when writing failed.
                        let _ = events.send(Event::Done(place, result, weight));
                    });
                }
                Event::Done(place, Ok(result), weight) => {
                    slots[place - first] = Some((result, weight));
                    while let Some((result, weight)) = slots.front_mut().and_then(Option::take) {
                        slots.pop_front();
                        first += 1;
                        write(result)?;
                        budget.release(weight);
                    }
                }
                Event::Done(_, Err(panic), _) => resume_unwind(panic),
                Event::End => ended = true,
            }
        }
        Ok(())
    })?;
    reader.join().unwrap_or_else(|panic| resume_unwind(panic));
    Ok(())
}

enum Event<U, R> {
    Unit(U, usize),
    Done(usize, thread::Result<R>, usize),
    End,
}

/// Says that no unit follows, also when the reader panics.
struct Ending<U, R>(Sender<Event<U, R>>);

impl<U, R> Drop for Ending<U, R> {
    fn drop(&mut self) {
        let _ = self.0.send(Event::End);
    }
}

/// How much may be under way.
struct Budget {
    limit: usize,
    state: Mutex<BudgetState>,
    freed: Condvar,
}

#[derive(Default)]
struct BudgetState {
    used: usize,
    closed: bool,
}

impl Budget {
    fn new(limit: usize) -> Budget {
        Budget { limit, state: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits for room; false when nobody writes any more.
    fn acquire(&self, weight: usize) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |s: &mut BudgetState| !s.closed && s.used > 0 && s.used + weight > self.limit;
        let mut state = self.freed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.used += weight;
        !state.closed
    }

    fn release(&self, weight: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).used -= weight;
        self.freed.notify_all();
    }
}

/// Lets the reader go when the writer leaves.
struct Closing<'a>(&'a Budget);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.0.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_units() {
        for threads in [1, 4] {
            let mut written = Vec::new();
            let slow_when_even = |n: u64| {
                thread::sleep(Duration::from_micros(if n.is_multiple_of(2) { 500 } else { 0 }));
                n
            };
            let write = |n| {
                written.push(n);
                Ok::<(), ()>(())
            };
            ordered(&pool(threads), 0..200, |_| 1, slow_when_even, write).unwrap();
            assert_eq!(written, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_is_under_way_than_the_bound_allows() {
        let read = Arc::new(AtomicUsize::new(0));
        let units = {
            let read = Arc::clone(&read);
            (0..50).inspect(move |_| {
                read.fetch_add(1, Ordering::SeqCst);
            })
        };
        let mut written = 0;
        let write = |()| {
            written += 1;
            // Four units fill the bound of two threads; one more waits to be let in.
            assert!(read.load(Ordering::SeqCst) <= written + 5);
            Ok::<(), ()>(())
        };
        ordered(&pool(2), units, |_| BYTES_PER_THREAD / 2, |_| (), write).unwrap();
        assert_eq!(written, 50);
    }

    #[test]
    fn an_error_of_the_writer_ends_it_while_the_reader_waits() {
        let units = (0..).inspect(|n| {
            if *n == 1 {
                thread::sleep(Duration::from_secs(3600));
            }
        });
        assert_eq!(ordered(&pool(2), units, |_| 1, |n: u32| n, |_| Err("closed")), Err("closed"));
    }
}
