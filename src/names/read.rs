//! One name: from what a notice writes to the organ that it means on that day.
//!
//! In: the name of a unit, read in full, and the [`Context`]. Out: a [`Reading`]. A name is tried as each of these; the first that
//! the lexicon knows counts:
//!
//! | shape | example |
//! |---|---|
//! | word for a level, stem | `省` `发展改革委`, `我市` `卫健委` |
//! | places, stem | `江西省赣州市` `财政局`, `广东` `银保监局` |
//! | head, place or level, tail | `人民银行` `沈阳` `分行`, `团` `省` `委` |
//! | an organ that there is once | `财政部`, `国家发展改革委` |
//! | bare stem | `工业和信息化局`: of the region that speaks, else of one above it that has such an organ |
//!
//! Of the organs that a form could mean, those count that existed on the day; without one, the last that did before it.

use super::context::{Context, chains};
use super::era::Days;
use super::lexicon::{Lexicon, Row, Trust, gap, organs};
use super::region::{Region, regions};
use crate::{Canonical, Level};

/// What a name means.
#[derive(Debug, PartialEq)]
pub(super) enum Reading {
    /// Not known, or not sure.
    Unknown,
    /// One organ, and whether its name had lapsed by the day of the notice.
    Organ(Canonical, bool),
    /// Several that are equally near.
    Several(Vec<String>),
}

/// What a name means, and of which level it says that its organ is.
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) level: Option<Level>,
}

/// Reads the names of one notice.
pub(super) struct Reader<'l> {
    pub(super) context: Context,
    pub(super) added: Option<&'l Lexicon>,
}

impl Reader<'_> {
    /// `beside`: the level of the organ with a head that stands before it in the same list.
    pub(super) fn read(&self, name: &str, beside: Option<Level>) -> Read {
        let name = name.strip_prefix("中华人民共和国").unwrap_or(name);
        if let Some(read) = self
            .by_level(name)
            .or_else(|| self.by_place(name))
            .or_else(|| self.by_head(name))
        {
            return read;
        }
        let reading = match self.single(name) {
            Reading::Unknown if !self.context.is_central() => self.bare(name, beside),
            reading => reading,
        };
        Read {
            reading,
            level: None,
        }
    }

    /// `省发展改革委`
    fn by_level(&self, name: &str) -> Option<Read> {
        let (len, region) = self.context.head(name)?;
        self.of("", region, &name[len..])
    }

    /// `江西省赣州市财政局`; a place by itself is its government.
    fn by_place(&self, name: &str) -> Option<Read> {
        chains(name, self.context.near()).find_map(|place| {
            let stem = match &name[place.len..] {
                "" if !name.ends_with(place.region.short) => "人民政府",
                stem => stem,
            };
            self.of("", Some(place.region), stem)
        })
    }

    /// `人民银行沈阳分行`
    fn by_head(&self, name: &str) -> Option<Read> {
        self.lexicons()
            .flat_map(Lexicon::prefixes)
            .filter(|prefix| name.starts_with(prefix))
            .find_map(|prefix| {
                let rest = &name[prefix.len()..];
                let place = chains(rest, self.context.near())
                    .find_map(|place| self.of(prefix, Some(place.region), &rest[place.len..]));
                place.or_else(|| {
                    let (len, region) = self.context.head(rest)?;
                    self.of(prefix, region, &rest[len..])
                })
            })
    }

    /// `财政部`
    fn single(&self, name: &str) -> Reading {
        let fits = |row: &Row<'_>, trust| {
            row.is_single() && (trust != Trust::CentralOnly || self.context.is_central())
        };
        self.choose("", name, None, fits)
    }

    /// `财政局`: of the level of its neighbour and of the notice's own, where both have one nobody knows which is meant.
    fn bare(&self, name: &str, beside: Option<Level>) -> Reading {
        let at = |region| self.at("", region, name);
        let mut upwards = self.context.upwards();
        let own = upwards.next().map_or(Reading::Unknown, at);
        let neighbour = self
            .context
            .upwards()
            .skip(1)
            .find(|region| Some(region.level()) == beside)
            .map_or(Reading::Unknown, at);
        match (own, neighbour) {
            (Reading::Organ(one, false), Reading::Organ(other, false)) => {
                Reading::Several(vec![one.name.into_owned(), other.name.into_owned()])
            }
            (found @ Reading::Organ(_, false), _) | (_, found @ Reading::Organ(_, false)) => found,
            (Reading::Unknown, Reading::Unknown) => upwards
                .map(at)
                .find(|reading| *reading != Reading::Unknown)
                .unwrap_or(Reading::Unknown),
            (Reading::Unknown, other) => other,
            (own, _) => own,
        }
    }

    /// An organ of a region that the name says; none where no organ is written so, in any region.
    fn of(&self, prefix: &str, region: Option<&'static Region>, suffix: &str) -> Option<Read> {
        let known = |lexicon: &Lexicon| {
            lexicon
                .rows_of(prefix, suffix)
                .any(|(row, _)| !row.is_single())
        };
        self.lexicons().any(known).then(|| Read {
            reading: region.map_or(Reading::Unknown, |region| self.at(prefix, region, suffix)),
            level: region.map(Region::level),
        })
    }

    fn at(&self, prefix: &str, region: &'static Region, suffix: &str) -> Reading {
        let fits = |row: &Row<'_>, _| !row.is_single() && row.is_of(region);
        self.choose(prefix, suffix, Some(region), fits)
    }

    /// Of the rows that fit, the one that held on the day; else the one that held last.
    fn choose(
        &self,
        prefix: &str,
        suffix: &str,
        region: Option<&'static Region>,
        fits: impl Fn(&Row<'_>, Trust) -> bool,
    ) -> Reading {
        let at = self.context.at;
        for lexicon in self.lexicons() {
            let mut held = Vec::new();
            let mut lapsed: Option<(u32, &Row<'_>)> = None;
            for (row, trust) in lexicon
                .rows_of(prefix, suffix)
                .filter(|(row, trust)| fits(row, *trust))
            {
                let (from, to) = row.valid(level_of(row, region));
                if from.is_some_and(|from| at.last < from.first) {
                    continue;
                }
                match to {
                    Some(to) if to.last < at.first => {
                        if trust != Trust::Doubtful && lapsed.is_none_or(|(last, _)| last < to.last)
                        {
                            lapsed = Some((to.last, row));
                        }
                    }
                    _ => held.push((row, trust)),
                }
            }
            if held.iter().any(|(_, trust)| *trust != Trust::Doubtful) {
                held.retain(|(_, trust)| *trust != Trust::Doubtful);
            }
            if at == Days::ANY
                && held
                    .iter()
                    .any(|(row, _)| row.valid(level_of(row, region)).1.is_none())
            {
                held.retain(|(row, _)| row.valid(level_of(row, region)).1.is_none());
            }
            match (&held[..], lapsed) {
                ([], None) => {}
                ([], Some((_, row))) => return Reading::Organ(canonical(row, region, at), true),
                ([(_, Trust::Doubtful)], _) => return Reading::Unknown,
                ([(row, _)], _) => return Reading::Organ(canonical(row, region, at), false),
                (several, _) => {
                    return Reading::Several(
                        several
                            .iter()
                            .map(|(row, _)| compose(&row.name, region, at))
                            .collect(),
                    );
                }
            }
        }
        Reading::Unknown
    }

    /// The caller's first.
    fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        self.added.into_iter().chain([organs()])
    }
}

fn level_of(row: &Row<'_>, region: Option<&Region>) -> Level {
    match (region, row.home()) {
        (Some(region), _) => region.level(),
        (None, Some((level, _))) => level,
        (None, None) => Level::Nation,
    }
}

/// The organ of a row in a region.
pub(super) fn canonical(row: &Row<'_>, region: Option<&'static Region>, at: Days) -> Canonical {
    let level = level_of(row, region);
    let code = match (region, row.home()) {
        (Some(region), _) => Some(region.code),
        (None, Some((_, number))) => regions().with_code(number, at).map(|region| region.code),
        (None, None) => None,
    };
    let bare = gap(&row.name).map_or_else(
        || row.name.to_string(),
        |gap| [&row.name[..gap.start], &row.name[gap.end..]].concat(),
    );
    let (from, to) = row.valid(level);
    let successors: Vec<String> = row
        .successors()
        .map(|name| compose(name, region, at))
        .collect();
    Canonical {
        id: [code.unwrap_or("cn"), ":", &bare].concat().into(),
        name: compose(&row.name, region, at).into(),
        level,
        region: code.map(Into::into),
        valid: (
            from.and_then(Days::sure).map(Into::into),
            to.and_then(Days::sure).map(Into::into),
        ),
        successor: (!successors.is_empty()).then(|| successors.join("、").into()),
    }
}

/// The name of a row with its region put in.
fn compose(pattern: &str, region: Option<&Region>, at: Days) -> String {
    match (gap(pattern), region) {
        (Some(gap), Some(region)) => {
            let place = match &pattern[gap.clone()] {
                "{}" => region.full_name(at),
                _ => region.short.to_owned(),
            };
            [&pattern[..gap.start], &place, &pattern[gap.end..]].concat()
        }
        _ => pattern.to_owned(),
    }
}
