//! Full legal names: one pass over a finished notice.
//!
//! In: a [`Notice`] whose units have a `name` and no `canonical`. Out: the same notice with `canonical` and `members.region` filled
//! where they are sure, and what was doubtful on the way. Precision goes before recall: right, or null.
//!
//! ```text
//! metadata ─context▶ who speaks, when ┐
//! unit.name ─────────────────────read▶ canonical        regions, organs: the tables under src/lexicon/
//! unit.members ────────────collective▶ members.region
//! ```
//!
//! A name is looked up once a notice; every further mention shares the result. The `id` of an organ is the code of its region
//! (`cn` for the centre), a colon, and its full name without the region: `360000:发展和改革委员会`, `cn:财政部`. It stays the same
//! however a notice writes the organ, and over the years for as long as the organ keeps its name and its region its code.
//! Names of central organs go without `中华人民共和国`, as the State Council's own plans print them.

mod collective;
mod context;
mod era;
mod lexicon;
mod organ;
mod read;
mod region;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use self::context::Context;
use self::era::Days;
use self::organ::Organ;
use self::read::{Reader, Reading};
use self::region::{Near, Region, regions};
use crate::finding::Finding;
use crate::{Assignment, Canonical, Code, Item, Level, Notice, Str, Unit, UnitKind};

pub use self::lexicon::{Lexicon, LexiconError};

/// How names are read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options<'o> {
    /// The region that the notice speaks from, where the caller knows it: see [`region_named`].
    pub(crate) region: Option<&'static Region>,
    /// Names that the caller adds.
    pub(crate) lexicon: Option<&'o Lexicon>,
}

/// Fills in `canonical` and `members.region` of every unit of the notice. The findings are names that a person may want
/// to look at, [`Code::LapsedName`] and [`Code::AmbiguousName`], once a notice for each name.
pub(crate) fn fill<'t>(notice: &mut Notice<'t>, options: Options<'_>) -> Vec<Finding<'t>> {
    let context = Context::of(&notice.metadata, options.region);
    let mut pass = Pass {
        reader: Reader {
            context,
            added: options.lexicon,
        },
        known: Default::default(),
        doubted: HashSet::new(),
        findings: vec![],
    };
    let metadata = &mut notice.metadata;
    for units in [
        &mut metadata.issuers,
        &mut metadata.addressees,
        &mut metadata.copied_to,
    ] {
        pass.fill_units(units, None);
    }
    for rule in &mut notice.rules {
        pass.fill_units(&mut rule.units, rule.from.as_ref());
    }
    for part in &mut notice.parts {
        pass.fill_assignments(&mut part.assignments, None);
        pass.fill_items(&mut part.items);
    }
    pass.findings
}

/// The organ that a name means where this notice says it.
pub(crate) fn organ_named(
    name: &str,
    notice: &Notice<'_>,
    options: Options<'_>,
) -> Option<Arc<Canonical>> {
    let reader = Reader {
        context: Context::of(&notice.metadata, options.region),
        added: options.lexicon,
    };
    match reader.read(&without_blanks(name), None).reading {
        Reading::Organ(organ, _) => Some(organ.canonical()),
        Reading::Several(_) | Reading::Unknown => None,
    }
}

/// The region of this name, in full or short, today: `江西省`, `江西`, `赣州市`, `360000`.
pub(crate) fn region_named(name: &str) -> Option<&'static Region> {
    let now = Near {
        region: None,
        at: Days::of_year(2025),
    };
    if let Ok(code) = name.parse() {
        return regions().with_code(code, now.at);
    }
    context::deepest(name, now)
        .filter(|place| place.len == name.len())
        .map(|place| place.region)
}

/// The GB/T 2260 code of a region, by its name in full or short, or by its code.
///
/// ```
/// assert_eq!(gongwen::region_code("江西"), Some("360000"));
/// assert_eq!(gongwen::region_code("江西省赣州市"), Some("360700"));
/// assert_eq!(gongwen::region_code("江南"), None);
/// ```
#[must_use]
pub fn region_code(name: &str) -> Option<&'static str> {
    region_named(name).map(|region| region.code)
}

impl Notice<'_> {
    /// The governments that a collective such as `各市、县（区）政府` takes in on the day of the notice, with their codes: where the
    /// tables know them all and no word narrows them (`有关`); empty otherwise.
    ///
    /// ```
    /// let notice = gongwen::parse("江西省人民政府关于春耕的通知\n各设区市人民政府：\n一、抓好春耕。\n江西省人民政府\n2018年3月1日");
    /// let cities = notice.members_of(&notice.metadata.addressees[0]);
    /// assert_eq!(cities.len(), 11);
    /// assert_eq!(cities[0].name, "南昌市人民政府");
    /// assert_eq!(cities[0].region.as_deref(), Some("360100"));
    /// ```
    #[must_use]
    pub fn members_of(&self, collective: &Unit<'_>) -> Vec<Arc<Canonical>> {
        collective::governments(collective, Context::of(&self.metadata, None).at)
    }
}

/// What a name turned out to mean, and the level of which it says that its organ is.
#[derive(Clone, Default)]
struct Known {
    canonical: Option<Arc<Canonical>>,
    level: Option<Level>,
    bare: bool,
}

struct Pass<'t, 'l> {
    reader: Reader<'l>,
    /// By name; those of names that name no region, behind a unit of this level, in a table of that level.
    known: [BTreeMap<Str<'t>, Known>; 4],
    doubted: HashSet<Str<'t>>,
    findings: Vec<Finding<'t>>,
}

impl<'t> Pass<'t, '_> {
    /// Items nest no deeper than 32.
    fn fill_items(&mut self, items: &mut [Item<'t>]) {
        for item in items {
            self.fill_assignments(&mut item.assignments, Some(&item.id));
            self.fill_items(&mut item.items);
        }
    }

    fn fill_assignments(&mut self, assignments: &mut [Assignment<'t>], item: Option<&Str<'t>>) {
        for duty in assignments
            .iter_mut()
            .flat_map(|assignment| &mut assignment.duties)
        {
            self.fill_units(&mut duty.units, item);
        }
    }

    fn fill_units(&mut self, units: &mut [Unit<'t>], item: Option<&Str<'t>>) {
        let mut beside = None;
        for unit in units {
            if let Some(members) = &mut unit.members {
                members.region = collective::region_of(&unit.name, members, &self.reader.context)
                    .map(|region| region.code.into());
            }
            if matches!(
                unit.kind,
                UnitKind::Collective | UnitKind::Division | UnitKind::Person
            ) {
                continue;
            }
            let known = self.know(unit, beside, item);
            beside = known.level.or(beside);
            unit.canonical = known.canonical;
        }
    }

    fn know(&mut self, unit: &Unit<'t>, beside: Option<Level>, item: Option<&Str<'t>>) -> Known {
        let table = match beside {
            None | Some(Level::Nation) => 0,
            Some(Level::Province) => 1,
            Some(Level::City) => 2,
            Some(Level::County | Level::Township | Level::Village) => 3,
        };
        let alone = self.known[0].get(&*unit.name).filter(|known| !known.bare);
        if let Some(known) = alone.or_else(|| self.known[table].get(&*unit.name)) {
            return known.clone();
        }
        let read = self.reader.read(&without_blanks(&unit.name), beside);
        let canonical = match read.reading {
            Reading::Unknown => None,
            Reading::Organ(organ, lapsed) => {
                let canonical = organ.canonical();
                if lapsed {
                    let message = lapsed_message(&unit.name, &canonical);
                    self.doubt(Code::LapsedName, message, unit, item);
                }
                Some(canonical)
            }
            Reading::Several(organs) => {
                let names: Vec<String> = organs.iter().map(Organ::name).collect();
                let message = format!("“{}”可能是：{}", unit.name, names.join("、"));
                self.doubt(Code::AmbiguousName, message, unit, item);
                None
            }
        };
        let known = Known {
            canonical,
            level: read.level,
            bare: read.bare,
        };
        let table = if read.bare { table } else { 0 };
        self.known[table].insert(unit.name.clone(), known.clone());
        known
    }

    fn doubt(&mut self, code: Code, message: String, unit: &Unit<'t>, item: Option<&Str<'t>>) {
        if self.doubted.insert(unit.name.clone()) {
            let finding = Finding::new(code, unit.span, message);
            self.findings.push(finding.of(item.cloned()));
        }
    }
}

fn lapsed_message(name: &str, organ: &Canonical) -> String {
    let until = organ
        .valid
        .1
        .as_deref()
        .map_or_else(String::new, |day| format!("（{day}）"));
    let next = organ
        .successor
        .as_deref()
        .map_or_else(String::new, |next| format!("，其后为{next}"));
    format!("“{name}”指{}，该名称已停用{until}{next}", organ.name)
}

/// A name that still has blanks in it, as in `厅 机关`, is read without them.
fn without_blanks(name: &str) -> Cow<'_, str> {
    if name.contains(char::is_whitespace) {
        name.split_whitespace().collect::<String>().into()
    } else {
        name.into()
    }
}

#[cfg(test)]
mod tests;
