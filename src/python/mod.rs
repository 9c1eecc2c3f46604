//! The Python module `gongwen`: the same notices as dictionaries.
//!
//! | Python | Rust |
//! |---|---|
//! | `parse(document)` → `dict` | [`Parser::parse`], for `bytes` [`Parser::decode`] before it |
//! | `to_json(document)` → `str` | [`Notice::to_json`] |
//! | `tasks(document)` → `list[dict]` | the rows of [`render::tasks`] |
//! | `parse_many(documents)` → an iterator of `dict` | the same on several threads, in the order given |
//! | `text(document)` → `str` | [`Parser::decode`]: what spans count in |
//! | `schema()` → `dict` | [`schema`](crate::schema()) |
//! | `Error`, a `ValueError` | [`Error`], in the same words |
//!
//! Spans count characters by default, so that `text[start:end]` is right in Python. The interpreter
//! is free for other threads while documents are read. `gongwen.pyi` documents it for Python.

mod many;
mod object;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

use crate::render::{self, Ledger, Selection};
use crate::{Error, Notice, Offsets, Parser, region_code};

mod raised {
    use pyo3::exceptions::PyValueError;

    pyo3::create_exception!(
        gongwen,
        Error,
        PyValueError,
        "A document that holds no text; the message names the next step."
    );
}

/// Chinese official documents (公文) to typed dictionaries.
#[pymodule(name = "gongwen")]
mod module {
    use super::{Bound, PyModule, PyModuleMethods, PyResult, raised};

    #[pymodule_export]
    use super::many::parse_many;
    #[pymodule_export]
    use super::{parse, schema, tasks, text, to_json};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("Error", module.py().get_type::<raised::Error>())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// Reads a document: text, or the bytes of a text, HTML or DOCX file.
#[pyfunction]
#[pyo3(signature = (document, *, encoding=None, region=None, offsets="chars"))]
fn parse(
    py: Python<'_>,
    document: &Bound<'_, PyAny>,
    encoding: Option<&str>,
    region: Option<&str>,
    offsets: &str,
) -> PyResult<Py<PyAny>> {
    let document = Document::of(document, encoding)?;
    let parser = parser(encoding, region)?.offsets(counted(offsets)?);
    py.detach(|| document.read(&parser, |_, notice| object::made(&notice)))?
}

/// Reads a document and writes its notice as JSON, as the command line does.
#[pyfunction]
#[pyo3(signature = (document, *, encoding=None, region=None, offsets="chars"))]
fn to_json(
    py: Python<'_>,
    document: &Bound<'_, PyAny>,
    encoding: Option<&str>,
    region: Option<&str>,
    offsets: &str,
) -> PyResult<Py<PyAny>> {
    let document = Document::of(document, encoding)?;
    let parser = parser(encoding, region)?.offsets(counted(offsets)?);
    let json = py.detach(|| document.read(&parser, |_, notice| notice.to_json()))?;
    Ok(PyString::new(py, &json).into_any().unbind())
}

/// Reads a document and lists its tasks, one for each item and assignment.
#[pyfunction]
#[pyo3(signature = (document, *, encoding=None, region=None, offsets="chars", all=false))]
fn tasks(
    py: Python<'_>,
    document: &Bound<'_, PyAny>,
    encoding: Option<&str>,
    region: Option<&str>,
    offsets: &str,
    all: bool,
) -> PyResult<Py<PyAny>> {
    let document = Document::of(document, encoding)?;
    let parser = parser(encoding, region)?;
    let selection = Selection {
        all,
        offsets: counted(offsets)?,
        ..Selection::default()
    };
    py.detach(|| {
        document.read(&parser, |text, notice| {
            let ledger = Ledger {
                notice: &notice,
                text,
            };
            object::made(&render::rows(ledger, &selection).collect::<Vec<_>>())
        })
    })?
}

/// The text that spans count in: what is decoded from bytes, or extracted from HTML and DOCX.
#[pyfunction]
#[pyo3(signature = (document, *, encoding=None))]
fn text(
    py: Python<'_>,
    document: &Bound<'_, PyAny>,
    encoding: Option<&str>,
) -> PyResult<Py<PyAny>> {
    let document = Document::of(document, encoding)?;
    py.detach(|| match &document {
        Document::Text(text) => object::made(&**text),
        Document::Bytes(bytes) => object::made(&parser(encoding, None)?.decode(bytes)?.text),
    })
}

/// The JSON Schema (2020-12) that every notice fits.
#[pyfunction]
fn schema() -> PyResult<Py<PyAny>> {
    object::made(&crate::schema())
}

/// A document as Python gives it.
enum Document {
    Text(PyBackedStr),
    Bytes(PyBackedBytes),
}

impl Document {
    /// Takes `str`, or `bytes` and what can be read like them.
    fn of(object: &Bound<'_, PyAny>, encoding: Option<&str>) -> PyResult<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            if encoding.is_some() {
                return Err(PyTypeError::new_err(
                    "an encoding is for bytes, and this document is str",
                ));
            }
            return text.clone().try_into().map(Self::Text);
        }
        if let Ok(bytes) = object.cast::<PyBytes>() {
            return Ok(Self::Bytes(bytes.clone().into()));
        }
        match PyMemoryView::from(object).and_then(|view| PyByteArray::from(view.as_any())) {
            Ok(bytes) => Ok(Self::Bytes(bytes.into())),
            Err(_) => Err(PyTypeError::new_err(format!(
                "a document is str or bytes, not {}",
                object.get_type().name()?
            ))),
        }
    }

    /// Reads the document; the notice borrows from its text.
    fn read<R>(
        &self,
        parser: &Parser,
        then: impl FnOnce(&str, Notice<'_>) -> R,
    ) -> Result<R, Error> {
        match self {
            Self::Text(text) => Ok(then(text, parser.parse(text))),
            Self::Bytes(bytes) => {
                let decoded = parser.decode(bytes)?;
                Ok(then(&decoded.text, parser.parse_decoded(&decoded)))
            }
        }
    }
}

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        raised::Error::new_err(error.to_string())
    }
}

fn parser(encoding: Option<&str>, region: Option<&str>) -> PyResult<Parser> {
    let mut parser = Parser::new();
    if let Some(label) = encoding {
        parser = parser.encoding(label);
    }
    if let Some(name) = region {
        if region_code(name).is_none() {
            return Err(PyValueError::new_err(format!(
                "no region is called {name}: give the full name, such as 江西省 or 赣州市"
            )));
        }
        parser = parser.region(name);
    }
    Ok(parser)
}

fn counted(offsets: &str) -> PyResult<Offsets> {
    match offsets {
        "bytes" => Ok(Offsets::Bytes),
        "chars" => Ok(Offsets::Chars),
        "utf16" => Ok(Offsets::Utf16),
        other => Err(PyValueError::new_err(format!(
            "offsets count \"chars\", \"bytes\" or \"utf16\", not {other:?}"
        ))),
    }
}
