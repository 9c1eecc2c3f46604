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
use super::lexicon::{Lexicon, Row, Trust, organs};
use super::organ::Organ;
use super::region::Region;
use crate::Level;

/// What a name means.
#[derive(Default)]
pub(super) enum Reading<'l> {
    /// Not known, or not sure.
    #[default]
    Unknown,
    /// One organ, and whether its name had lapsed by the day of the notice.
    Organ(Organ<'l>, bool),
    /// Several that are equally near.
    Several(Vec<Organ<'l>>),
}

/// What a name means.
pub(super) struct Read<'l> {
    pub(super) reading: Reading<'l>,
    /// The level that a word at its head names.
    pub(super) level: Option<Level>,
    /// Whether it names no region, so that its neighbours count.
    pub(super) bare: bool,
}

/// Reads the names of one notice.
pub(super) struct Reader<'l> {
    pub(super) context: Context,
    /// Names that the caller adds; they go first.
    pub(super) added: Option<&'l Lexicon>,
}

impl<'l> Reader<'l> {
    /// `beside`: the level that a word at the head of the unit before it in the same list named, as in `省财政厅、林业局`.
    pub(super) fn read(&self, name: &str, beside: Option<Level>) -> Read<'l> {
        let name = name.strip_prefix("中华人民共和国").unwrap_or(name);
        if let Some(read) = self.by_level(name) {
            return read;
        }
        let named = self
            .by_place(name)
            .or_else(|| self.by_head(name))
            .or_else(|| self.choose("", name, Sought::Single));
        Read {
            bare: named.is_none(),
            reading: named.unwrap_or_else(|| self.bare(name, beside)),
            level: None,
        }
    }

    /// `省发展改革委`
    fn by_level(&self, name: &str) -> Option<Read<'l>> {
        let (len, region) = self.context.head(name)?;
        Some(Read {
            reading: self.choose("", &name[len..], Sought::Of(region))?,
            level: region.map(Region::level),
            bare: false,
        })
    }

    /// `江西省赣州市财政局`; a place in full by itself is its government.
    fn by_place(&self, name: &str) -> Option<Reading<'l>> {
        chains(name, self.context.near(), |place| {
            let stem = match &name[place.len..] {
                "" if !name.ends_with(place.region.short) => "人民政府",
                stem => stem,
            };
            self.choose("", stem, Sought::Of(Some(place.region)))
        })
    }

    /// `人民银行沈阳分行`
    fn by_head(&self, name: &str) -> Option<Reading<'l>> {
        self.lexicons()
            .flat_map(Lexicon::prefixes)
            .filter_map(|prefix| Some((prefix, name.strip_prefix(prefix)?)))
            .find_map(|(prefix, rest)| {
                let place = chains(rest, self.context.near(), |place| {
                    self.choose(prefix, &rest[place.len..], Sought::Of(Some(place.region)))
                });
                place.or_else(|| {
                    let (len, region) = self.context.head(rest)?;
                    self.choose(prefix, &rest[len..], Sought::Of(region))
                })
            })
    }

    /// `财政局`: of the notice's own region, or of its neighbour's level; not sure where both have one. Else of any region above.
    fn bare(&self, name: &str, beside: Option<Level>) -> Reading<'l> {
        let of = |region| {
            self.choose("", name, Sought::Of(Some(region)))
                .unwrap_or_default()
        };
        let mut upwards = self.context.upwards();
        let own = upwards.next().map(of).unwrap_or_default();
        let neighbour = upwards
            .clone()
            .find(|region| Some(region.level()) == beside)
            .map(of)
            .unwrap_or_default();
        match (own, neighbour) {
            (Reading::Organ(one, false), Reading::Organ(other, false)) => {
                Reading::Several(vec![one, other])
            }
            (found @ Reading::Organ(_, false), _) | (_, found @ Reading::Organ(_, false)) => found,
            (Reading::Unknown, Reading::Unknown) => upwards
                .map(of)
                .find(|reading| !matches!(reading, Reading::Unknown))
                .unwrap_or_default(),
            (Reading::Unknown, found) | (found, _) => found,
        }
    }

    /// Of the rows that fit, the one that held on the day, else the one that held last; none where no row of the sort has this form.
    fn choose(&self, prefix: &str, suffix: &str, sought: Sought) -> Option<Reading<'l>> {
        let at = self.context.at;
        let mut known = false;
        for lexicon in self.lexicons() {
            let mut held = Held::default();
            let mut lapsed: Option<(u32, &'l Row<'static>)> = None;
            for (row, trust) in lexicon.rows_of(prefix, suffix) {
                let central_only = trust == Trust::CentralOnly && !self.context.is_central();
                if row.is_single() != sought.is_single() || central_only {
                    continue;
                }
                known = true;
                if !sought.fits(row) {
                    continue;
                }
                let (from, to) = row.valid(sought.level(row));
                if from.is_some_and(|from| at.last < from.first) {
                    continue;
                }
                match to {
                    Some(to) if to.last < at.first => {
                        let later = lapsed.is_none_or(|(last, _)| last < to.last);
                        if later && trust != Trust::Doubtful {
                            lapsed = Some((to.last, row));
                        }
                    }
                    _ => held.add(
                        row,
                        (trust == Trust::Doubtful, at == Days::ANY && to.is_some()),
                    ),
                }
            }
            let organ = |row| Organ::new(row, sought.region(), at);
            match (held.first, lapsed) {
                (None, None) => {}
                (None, Some((_, row))) => return Some(Reading::Organ(organ(row), true)),
                (Some(_), _) if held.rank.0 && held.others.is_empty() => {
                    return Some(Reading::Unknown);
                }
                (Some(row), _) if held.others.is_empty() => {
                    return Some(Reading::Organ(organ(row), false));
                }
                (Some(row), _) => {
                    let rows = [row].into_iter().chain(held.others);
                    return Some(Reading::Several(rows.map(organ).collect()));
                }
            }
        }
        known.then_some(Reading::Unknown)
    }

    fn lexicons(&self) -> impl Iterator<Item = &'l Lexicon> + use<'l> {
        self.added.into_iter().chain([organs()])
    }
}

/// What a form is looked up as.
#[derive(Clone, Copy)]
enum Sought {
    /// An organ that there is once.
    Single,
    /// One that many regions have: that of this region, or of one that nobody knows.
    Of(Option<&'static Region>),
}

impl Sought {
    const fn is_single(self) -> bool {
        matches!(self, Self::Single)
    }

    const fn region(self) -> Option<&'static Region> {
        match self {
            Self::Single => None,
            Self::Of(region) => region,
        }
    }

    fn fits(self, row: &Row<'_>) -> bool {
        match self {
            Self::Single => true,
            Self::Of(region) => region.is_some_and(|region| row.is_of(region)),
        }
    }

    fn level(self, row: &Row<'_>) -> Level {
        row.level(self.region())
    }
}

/// The rows of the best rank that held on the day. Worse is doubtful, then ended where the day is not known.
#[derive(Default)]
struct Held<'l> {
    rank: (bool, bool),
    first: Option<&'l Row<'static>>,
    others: Vec<&'l Row<'static>>,
}

impl<'l> Held<'l> {
    fn add(&mut self, row: &'l Row<'static>, rank: (bool, bool)) {
        if self.first.is_none() || rank < self.rank {
            *self = Self {
                rank,
                first: Some(row),
                others: Vec::new(),
            };
        } else if rank == self.rank {
            self.others.push(row);
        }
    }
}
