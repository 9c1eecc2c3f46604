//! Many documents on several threads.
//!
//! In: any iterable of documents, without end if need be. Out: an iterator of notices in the same
//! order. While one batch is handed out as dictionaries, which needs the interpreter, the next is
//! being read, which does not; no more than two batches are in memory.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use super::{Document, counted, object, parser};
use crate::{Error, Notice, Parser};

/// Documents that each thread has in a batch.
const SHARE: usize = 32;

/// Reads documents on several threads, by default one for each processor.
#[pyfunction]
#[pyo3(signature = (documents, *, threads=None, encoding=None, region=None, offsets="chars", errors="raise"))]
pub(super) fn parse_many(
    documents: &Bound<'_, PyAny>,
    threads: Option<usize>,
    encoding: Option<String>,
    region: Option<&str>,
    offsets: &str,
    errors: &str,
) -> PyResult<Notices> {
    let threads = match threads {
        Some(0) => return Err(PyValueError::new_err("threads are 1 or more, not 0")),
        Some(threads) => threads,
        None => thread::available_parallelism().map_or(1, NonZeroUsize::get),
    };
    let errors_are_items = match errors {
        "raise" => false,
        "return" => true,
        other => {
            return Err(PyValueError::new_err(format!(
                "errors are \"raise\" or \"return\", not {other:?}"
            )));
        }
    };
    Ok(Notices {
        documents: documents.try_iter()?.unbind(),
        parser: Arc::new(parser(encoding.as_deref(), region)?.offsets(counted(offsets)?)),
        encoding,
        threads,
        errors_are_items,
        ready: VecDeque::new(),
        reading: None,
        end: None,
    })
}

/// The notices of many documents, in order.
#[pyclass(module = "gongwen")]
pub(super) struct Notices {
    documents: Py<PyIterator>,
    parser: Arc<Parser>,
    encoding: Option<String>,
    threads: usize,
    errors_are_items: bool,
    ready: VecDeque<Read>,
    reading: Option<JoinHandle<Vec<Read>>>,
    /// What the iterable ended with, once it has.
    end: Option<PyResult<()>>,
}

type Read = Result<Notice<'static>, Error>;

#[pymethods]
impl Notices {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        while self.ready.is_empty() {
            let done = match self.reading.take() {
                Some(reading) => py
                    .detach(|| reading.join())
                    .unwrap_or_else(|panic| resume_unwind(panic)),
                None => Vec::new(),
            };
            self.ready = done.into();
            if self.end.is_none() {
                self.begin(py);
            } else if self.ready.is_empty() {
                return match self.end.replace(Ok(())) {
                    Some(Err(error)) => Err(error),
                    _ => Ok(None),
                };
            }
        }
        match self.ready.pop_front() {
            None => Ok(None),
            Some(Ok(notice)) => object::made(&notice).map(Some),
            Some(Err(error)) if self.errors_are_items => {
                Ok(Some(PyErr::from(error).into_value(py).into_any()))
            }
            Some(Err(error)) => Err(error.into()),
        }
    }
}

impl Notices {
    /// Takes the next batch of documents and begins to read it.
    fn begin(&mut self, py: Python<'_>) {
        let mut batch = Vec::new();
        let mut documents = self.documents.bind(py).clone();
        while batch.len() < self.threads * SHARE {
            let Some(object) = documents.next() else {
                self.end = Some(Ok(()));
                break;
            };
            let document =
                object.and_then(|object| Document::of(&object, self.encoding.as_deref()));
            match document {
                Ok(document) => batch.push(document),
                Err(error) => {
                    self.end = Some(Err(error));
                    break;
                }
            }
        }
        let (parser, threads) = (Arc::clone(&self.parser), self.threads);
        self.reading = Some(thread::spawn(move || read(&batch, &parser, threads)));
    }
}

/// Reads a batch, each thread taking the next document that is left.
fn read(batch: &[Document], parser: &Parser, threads: usize) -> Vec<Read> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = batch.get(place) else {
                return done;
            };
            done.push((
                place,
                document.read(parser, |_, notice| notice.into_owned()),
            ));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(batch.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, read)| read).collect()
}
