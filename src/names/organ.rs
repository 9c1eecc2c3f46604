//! An organ that a name was read as, and how it stands in a notice.
//!
//! In: a row of the lexicon, a region, a day. Out: the [`Canonical`], with its name and identity put together. One and the same organ
//! is named in notice after notice, so each thread keeps those of the built-in tables that it made last.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::era::Days;
use super::lexicon::{Row, gap, organs};
use super::region::{Region, regions};
use crate::Canonical;

/// An organ, not yet put into words.
#[derive(Clone, Copy)]
pub(super) struct Organ<'l> {
    row: &'l Row<'static>,
    region: Option<&'static Region>,
    at: Days,
}

/// How many organs a thread keeps.
const KEPT: usize = 4096;

thread_local! {
    /// By the addresses of row, region, and name of the city that goes before a district's.
    static MADE: RefCell<HashMap<[usize; 3], Arc<Canonical>>> = RefCell::default();
}

impl<'l> Organ<'l> {
    /// The organ of a row in a region; that of a single organ is where it is at home.
    pub(super) fn new(row: &'l Row<'static>, region: Option<&'static Region>, at: Days) -> Self {
        Self { row, region, at }
    }

    /// As it stands in a notice.
    pub(super) fn canonical(&self) -> Arc<Canonical> {
        if !organs().holds(self.row) {
            return Arc::new(self.make());
        }
        let region = self
            .region
            .map_or(0, |region| std::ptr::from_ref(region).addr());
        let city = self.region.map_or("", |region| region.city(self.at));
        let key = [
            std::ptr::from_ref(self.row).addr(),
            region,
            city.as_ptr().addr(),
        ];
        MADE.with_borrow_mut(|made| {
            if made.len() >= KEPT {
                made.clear();
            }
            made.entry(key)
                .or_insert_with(|| Arc::new(self.make()))
                .clone()
        })
    }

    fn make(&self) -> Canonical {
        let row = self.row;
        let level = row.level(self.region);
        let region = self
            .region
            .or_else(|| regions().with_code(row.home()?.1, self.at));
        let code = region.map(|region| region.code);
        let mut successor = String::new();
        for name in row.successors() {
            if !successor.is_empty() {
                successor.push('、');
            }
            put(&mut successor, name, region, self.at);
        }
        let [before, behind] = row.stem();
        Canonical {
            id: [code.unwrap_or("cn"), ":", before, behind].concat().into(),
            name: self.name().into(),
            level,
            region: code.map(Into::into),
            valid: row.sure(level),
            successor: (!successor.is_empty()).then(|| successor.into()),
        }
    }

    /// In full.
    pub(super) fn name(&self) -> String {
        let mut name = String::new();
        put(&mut name, &self.row.name, self.region, self.at);
        name
    }
}

/// Writes a name with its region put in.
fn put(out: &mut String, pattern: &str, region: Option<&Region>, at: Days) {
    let (Some(gap), Some(region)) = (gap(pattern), region) else {
        return out.push_str(pattern);
    };
    out.push_str(&pattern[..gap.start]);
    if gap.len() == "{}".len() {
        out.push_str(region.city(at));
        out.push_str(region.name);
    } else {
        out.push_str(region.short);
    }
    out.push_str(&pattern[gap.end..]);
}
