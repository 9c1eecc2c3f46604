//! Values as Python objects, the same that `json.loads` would make of their JSON.
//!
//! In: anything that is `Serialize`. Out: `dict`, `list`, `str`, `int`, `float`, `bool`, `None`. Going
//! by way of JSON text would take half as long again; names of fields are made once for each value, and
//! so are short strings, most of which a notice repeats.

use std::cell::RefCell;
use std::fmt;

use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::ser::{self, Impossible, Serialize, Serializer};

/// Makes an object of a value; takes the interpreter for it.
pub(super) fn made(value: &(impl Serialize + ?Sized)) -> PyResult<Py<PyAny>> {
    Python::attach(|py| {
        let objects = Objects {
            py,
            names: RefCell::new(vec![None; NAMES]),
            texts: RefCell::new(vec![None; TEXTS]),
        };
        let object = value.serialize(&objects);
        object.map(Bound::unbind).map_err(|failure| failure.0)
    })
}

/// Places for names of fields; a model has some eighty.
const NAMES: usize = 256;

/// Places for short strings; a long notice has some hundred.
const TEXTS: usize = 512;

/// Strings up to this length are shared: names of organs, hardly any sentence.
const SHORT: usize = 64;

struct Objects<'py> {
    py: Python<'py>,
    /// Each name of a field in the place that its address says, the last one that fell there.
    names: RefCell<Vec<Option<Name<'py>>>>,
    /// Each short string in the place that its hash says, the last one that fell there.
    texts: RefCell<Vec<Option<Text<'py>>>>,
}

type Name<'py> = (&'static str, Bound<'py, PyString>);
type Text<'py> = (Box<str>, Bound<'py, PyAny>);

impl<'py> Objects<'py> {
    fn name(&self, name: &'static str) -> Bound<'py, PyString> {
        let address = name.as_ptr().addr();
        let place = (address ^ (address >> 8)) % NAMES;
        match &mut self.names.borrow_mut()[place] {
            Some((known, object)) if std::ptr::eq(*known, name) => object.clone(),
            vacant => {
                let object = PyString::intern(self.py, name);
                *vacant = Some((name, object.clone()));
                object
            }
        }
    }

    fn text(&self, text: &str) -> Made<'py> {
        if text.len() > SHORT {
            return self.object(text);
        }
        let (words, rest) = text.as_bytes().as_chunks();
        let words = words.iter().map(|word| u64::from_le_bytes(*word));
        let rest = rest
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte));
        let hash = words.chain([rest]).fold(0_u64, |hash, word| {
            (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        match &mut self.texts.borrow_mut()[(hash >> 32) as usize % TEXTS] {
            Some((known, object)) if **known == *text => Ok(object.clone()),
            vacant => {
                let object = self.object(text)?;
                *vacant = Some((text.into(), object.clone()));
                Ok(object)
            }
        }
    }

    fn object(&self, value: impl IntoPyObject<'py>) -> Made<'py> {
        value.into_bound_py_any(self.py).map_err(Failure)
    }
}

type Made<'py> = Result<Bound<'py, PyAny>, Failure>;

/// What the interpreter raised.
#[derive(Debug)]
struct Failure(PyErr);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyValueError::new_err(message.to_string()))
    }
}

impl<'o, 'py> Serializer for &'o Objects<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;
    type SerializeSeq = List<'o, 'py>;
    type SerializeTuple = List<'o, 'py>;
    type SerializeTupleStruct = List<'o, 'py>;
    type SerializeTupleVariant = Impossible<Self::Ok, Failure>;
    type SerializeMap = Dict<'o, 'py>;
    type SerializeStruct = Dict<'o, 'py>;
    type SerializeStructVariant = Impossible<Self::Ok, Failure>;

    fn serialize_bool(self, value: bool) -> Made<'py> {
        self.object(value)
    }

    fn serialize_i8(self, value: i8) -> Made<'py> {
        self.object(value)
    }

    fn serialize_i16(self, value: i16) -> Made<'py> {
        self.object(value)
    }

    fn serialize_i32(self, value: i32) -> Made<'py> {
        self.object(value)
    }

    fn serialize_i64(self, value: i64) -> Made<'py> {
        self.object(value)
    }

    fn serialize_u8(self, value: u8) -> Made<'py> {
        self.object(value)
    }

    fn serialize_u16(self, value: u16) -> Made<'py> {
        self.object(value)
    }

    fn serialize_u32(self, value: u32) -> Made<'py> {
        self.object(value)
    }

    fn serialize_u64(self, value: u64) -> Made<'py> {
        self.object(value)
    }

    fn serialize_f32(self, value: f32) -> Made<'py> {
        self.object(value)
    }

    fn serialize_f64(self, value: f64) -> Made<'py> {
        self.object(value)
    }

    fn serialize_char(self, value: char) -> Made<'py> {
        self.object(value)
    }

    fn serialize_str(self, value: &str) -> Made<'py> {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Made<'py> {
        self.object(value)
    }

    fn serialize_none(self) -> Made<'py> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made<'py> {
        Ok(self.name(variant).into_any())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Made<'py> {
        let mut dict = self.serialize_map(Some(1))?;
        dict.put(self.name(variant), value)?;
        Ok(dict.made.into_any())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List<'o, 'py>, Failure> {
        Ok(List {
            objects: self,
            items: Vec::with_capacity(length.unwrap_or(0)),
        })
    }

    fn serialize_tuple(self, length: usize) -> Result<List<'o, 'py>, Failure> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<List<'o, 'py>, Failure> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        Err(ser::Error::custom(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Dict<'o, 'py>, Failure> {
        Ok(Dict {
            objects: self,
            made: PyDict::new(self.py),
            key: None,
        })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Dict<'o, 'py>, Failure> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        Err(ser::Error::custom(variant))
    }
}

struct List<'o, 'py> {
    objects: &'o Objects<'py>,
    items: Vec<Bound<'py, PyAny>>,
}

impl<'py> List<'_, 'py> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.items.push(value.serialize(self.objects)?);
        Ok(())
    }

    fn made(self) -> Made<'py> {
        let list = PyList::new(self.objects.py, self.items).map_err(Failure)?;
        Ok(list.into_any())
    }
}

impl<'py> ser::SerializeSeq for List<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.push(value)
    }

    fn end(self) -> Made<'py> {
        self.made()
    }
}

impl<'py> ser::SerializeTuple for List<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.push(value)
    }

    fn end(self) -> Made<'py> {
        self.made()
    }
}

impl<'py> ser::SerializeTupleStruct for List<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.push(value)
    }

    fn end(self) -> Made<'py> {
        self.made()
    }
}

struct Dict<'o, 'py> {
    objects: &'o Objects<'py>,
    made: Bound<'py, PyDict>,
    /// The key whose value comes next, in a map.
    key: Option<Bound<'py, PyAny>>,
}

impl<'py> Dict<'_, 'py> {
    fn put<T: Serialize + ?Sized>(
        &mut self,
        key: impl IntoPyObject<'py>,
        value: &T,
    ) -> Result<(), Failure> {
        let value = value.serialize(self.objects)?;
        let key = self.objects.object(key)?;
        self.made.set_item(key, value).map_err(Failure)
    }
}

impl<'py> ser::SerializeMap for Dict<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        self.key = Some(key.serialize(self.objects)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        match self.key.take() {
            Some(key) => self.put(key, value),
            None => Err(ser::Error::custom("a value without a key")),
        }
    }

    fn end(self) -> Made<'py> {
        Ok(self.made.into_any())
    }
}

impl<'py> ser::SerializeStruct for Dict<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        self.put(self.objects.name(name), value)
    }

    fn end(self) -> Made<'py> {
        Ok(self.made.into_any())
    }
}
