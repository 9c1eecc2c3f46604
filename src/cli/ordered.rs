//! Work done on several threads, its results seen in the order of the source.
//!
//! ```text
//!  source ─▶ worker ─┐
//!    (one  ─▶ worker ─┼─▶ results, put in order ─▶ sink, on the calling thread
//!   at a time) worker ─┘
//! ```
//!
//! A worker needs a permit to draw from the source, and the sink hands one out for each result that it has
//! seen: a slow sink or one slow piece of work holds the source back, so memory stays bounded.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Draws from `source`, does `work` on `jobs` threads, and hands the results to `sink` in order.
pub fn in_order<T: Send, R: Send>(
    jobs: usize,
    source: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R),
) {
    let ahead = 4 * jobs;
    let (permit, permits) = sync_channel(ahead);
    for _ in 0..ahead {
        let _ = permit.send(());
    }
    let permits = Mutex::new(permits);
    let source = Mutex::new(source.enumerate());
    let (done, results) = channel();
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (done, permits, source, work) = (done.clone(), &permits, &source, &work);
            scope.spawn(move || {
                while locked(permits, |permits| permits.recv()).is_ok() {
                    let Some((place, piece)) = locked(source, Iterator::next) else {
                        break;
                    };
                    // A panic is passed on in its place: a result that never comes would stop everything.
                    let result = catch_unwind(AssertUnwindSafe(|| work(piece)));
                    if done.send((place, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let permit = permit; // dropped with the sink's end, normal or not, which ends the workers
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (place, result) in results {
            waiting.insert(place, result);
            while let Some(result) = waiting.remove(&next) {
                sink(result.unwrap_or_else(|panic| resume_unwind(panic)));
                next += 1;
                let _ = permit.try_send(());
            }
        }
    });
}

fn locked<T, R>(mutex: &Mutex<T>, act: impl FnOnce(&mut T) -> R) -> R {
    act(&mut mutex.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_order_of_the_source_is_kept() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            in_order(
                jobs,
                0..1000_u64,
                |i| (thread::sleep(Duration::from_micros(i % 7)), i).1,
                |i| seen.push(i),
            );
            assert!(seen.into_iter().eq(0..1000));
        }
    }

    #[test]
    fn a_slow_sink_holds_the_source_back() {
        let drawn = AtomicUsize::new(0);
        let mut seen = 0;
        let source = (0..200).inspect(|_| {
            drawn.fetch_add(1, SeqCst);
        });
        in_order(
            2,
            source,
            |i| i,
            |_| {
                thread::sleep(Duration::from_micros(200));
                seen += 1;
                assert!(drawn.load(SeqCst) <= seen + 9);
            },
        );
        assert_eq!(seen, 200);
    }

    #[test]
    #[should_panic(expected = "seventh")]
    fn a_panic_is_passed_on() {
        in_order(2, 0..1000, |i| assert!(i != 7, "seventh"), |()| ());
    }
}
