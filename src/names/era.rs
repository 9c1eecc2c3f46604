//! Days and eras: when a name held.
//!
//! In: what a table or a notice says of a day, in one of the forms below. Out: closed spans of days,
//! because most sources know a month or a year only, and a reform took months to reach every organ.
//!
//! | written | read as |
//! |---|---|
//! | `2018-10-24` | that day |
//! | `2018-10` | some day of that month |
//! | `2018` | some day of that year |
//! | `改革2018` | some day of that reform; the span depends on the level, see [`REFORMS`] |

use std::borrow::Cow;

use crate::Level;

/// A closed span of days, each `YYYYMMDD` as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Days {
    /// No day is known.
    pub(super) const ANY: Self = Self::new(0, u32::MAX);

    const fn new(first: u32, last: u32) -> Self {
        Self { first, last }
    }

    /// All of a year.
    pub(super) const fn of_year(year: u32) -> Self {
        Self::new(year * 1_00_00 + 1_01, year * 1_00_00 + 12_31)
    }

    /// `2018`, `2018-10`, `2018-10-24`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut cells = text.split('-');
        let mut next = |width: usize, highest: u32| match cells.next() {
            None => Some(None),
            Some(cell) if cell.len() == width && cell.bytes().all(|b| b.is_ascii_digit()) => {
                let number = cell.parse().ok()?;
                (number <= highest).then_some(Some(number))
            }
            Some(_) => None,
        };
        let (year, month, day) = (next(4, 9999)??, next(2, 12)?, next(2, 31)?);
        if cells.next().is_some() {
            return None;
        }
        Some(Self::new(
            year * 1_00_00 + month.unwrap_or(1) * 1_00 + day.unwrap_or(1),
            year * 1_00_00 + month.unwrap_or(12) * 1_00 + day.unwrap_or(31),
        ))
    }

    /// First and last year.
    pub(super) const fn years(self) -> (u16, u16) {
        ((self.first / 1_00_00) as u16, (self.last / 1_00_00) as u16)
    }
}

/// The months from the one to the other, each a year and a month.
const fn months(first: (u32, u32), last: (u32, u32)) -> Days {
    Days::new(
        first.0 * 1_00_00 + first.1 * 1_00 + 1,
        last.0 * 1_00_00 + last.1 * 1_00 + 31,
    )
}

/// A round in which organs were renamed.
struct Reform {
    /// The year that names it.
    year: &'static str,
    /// The days in which it was carried out: at the centre, in provinces, and below.
    days: [Days; 3],
}

/// The rounds. While one is carried out, the old and the new name both hold.
const REFORMS: [Reform; 6] = [
    Reform {
        year: "1998",
        days: [
            months((1998, 3), (1998, 6)),
            months((1999, 6), (2000, 12)),
            months((2000, 6), (2002, 12)),
        ],
    },
    Reform {
        year: "2003",
        days: [
            months((2003, 3), (2003, 6)),
            months((2003, 6), (2004, 12)),
            months((2003, 9), (2005, 12)),
        ],
    },
    Reform {
        year: "2008",
        days: [
            months((2008, 3), (2008, 7)),
            months((2008, 10), (2009, 12)),
            months((2009, 3), (2010, 12)),
        ],
    },
    Reform {
        year: "2013",
        days: [
            months((2013, 3), (2013, 6)),
            months((2013, 10), (2014, 12)),
            months((2014, 1), (2015, 12)),
        ],
    },
    Reform {
        year: "2018",
        days: [
            months((2018, 3), (2018, 4)),
            months((2018, 9), (2018, 12)),
            months((2018, 10), (2019, 3)),
        ],
    },
    Reform {
        year: "2023",
        days: [
            months((2023, 3), (2023, 10)),
            months((2023, 11), (2024, 3)),
            months((2023, 12), (2024, 12)),
        ],
    },
];

/// The day on which a name began or ended.
#[derive(Clone, Debug)]
pub(super) enum Bound<'t> {
    /// Not known, or not yet.
    Open,
    /// As a date says.
    On(Days, Cow<'t, str>),
    /// In a round of [`REFORMS`], by its place there.
    Reform(u8),
}

impl<'t> Bound<'t> {
    /// A cell of an organ table.
    pub(super) fn read(cell: &'t str) -> Option<Self> {
        if cell.is_empty() {
            return Some(Self::Open);
        }
        let Some(year) = cell.strip_prefix("改革") else {
            return Days::read(cell).map(|days| Self::On(days, cell.into()));
        };
        let place = REFORMS.iter().position(|round| round.year == year)?;
        Some(Self::Reform(place as u8))
    }

    /// The days on which it may have fallen for an organ of this level.
    pub(super) fn days(&self, level: Level) -> Option<Days> {
        match self {
            Self::Open => None,
            Self::On(days, _) => Some(*days),
            Self::Reform(place) => {
                let [centre, provinces, below] = REFORMS[usize::from(*place)].days;
                Some(match level {
                    Level::Nation => centre,
                    Level::Province => provinces,
                    Level::City | Level::County | Level::Township | Level::Village => below,
                })
            }
        }
    }

    /// What is sure of it at this level: `2018-10-24`, `2018-10`, `2018`, or nothing.
    pub(super) fn sure(&self, level: Level) -> Option<Cow<'t, str>> {
        match self {
            Self::Open => None,
            Self::On(_, cell) => Some(cell.clone()),
            Self::Reform(place) => {
                let year = REFORMS[usize::from(*place)].year;
                let (first, last) = self.days(level)?.years();
                (first == last).then_some(year.into())
            }
        }
    }

    pub(super) fn into_owned(self) -> Bound<'static> {
        match self {
            Self::Open => Bound::Open,
            Self::On(days, cell) => Bound::On(days, cell.into_owned().into()),
            Self::Reform(place) => Bound::Reform(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, Days};
    use crate::Level;

    #[test]
    fn days() {
        let check = |text: &str, expected: Option<(u32, u32)>| {
            let found = Days::read(text).map(|days| (days.first, days.last));
            assert_eq!(found, expected, "{text}");
        };
        let year = 2018 * 1_00_00;
        check("2018-10-24", Some((year + 10_24, year + 10_24)));
        check("2018-10", Some((year + 10_01, year + 10_31)));
        check("2018", Some((year + 1_01, year + 12_31)));
        for wrong in [
            "",
            "18",
            "2018-",
            "2018-1",
            "2018-13",
            "2018-10-24-1",
            "2018年",
            "+018",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn bounds() {
        let check = |text: &str, level, expected: Option<&str>| {
            let sure = Bound::read(text).unwrap().sure(level);
            assert_eq!(sure.as_deref(), expected, "{text}");
        };
        check("", Level::City, None);
        check("2021-02", Level::City, Some("2021-02"));
        check("改革2018", Level::Province, Some("2018"));
        check("改革2018", Level::City, None);
        check("改革2008", Level::Province, None);
        assert!(Bound::read("改革2017").is_none());
        for round in &super::REFORMS {
            let [centre, provinces, below] = round.days;
            assert!(centre.first < provinces.first && provinces.first <= below.first);
            assert!(centre.last < provinces.last && provinces.last <= below.last);
        }
    }
}
