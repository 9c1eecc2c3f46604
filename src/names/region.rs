//! Administrative divisions: from a name to its GB/T 2260 code and back, in the years in which both held.
//!
//! In: a text that may begin with a place, and where it is read. Out: the [`Region`]. The forms that are known:
//!
//! | form | of | example |
//! |---|---|---|
//! | in full | all | `南昌市`, `凉山彝族自治州`, `东湖区` |
//! | short | provinces, prefectures, counties near by | `江西`, `赣州`, `罗定` |
//! | short with its kind | autonomous prefectures and counties | `凉山州`, `恭城县` |
//!
//! The table is the embedded text itself; the first look-up builds an index of 16 bytes a pair of leading characters,
//! and one by code (together well below a millisecond, once a process).

use std::sync::OnceLock;

use super::era::Days;
use crate::Level;

/// One name of a division with its code.
#[derive(Debug)]
pub(crate) struct Region {
    /// In full: `江西省`.
    pub(crate) name: &'static str,
    /// GB/T 2260: `360000`.
    pub(crate) code: &'static str,
    /// Without its kind: `江西`; a single character is no short form.
    pub(super) short: &'static str,
    pub(super) number: u32,
    pub(super) kind: Kind,
    since: u16,
    until: u16,
}

/// What a division is; organs are named by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// `国`: no division, the centre.
    Nation = 1,
    /// `省`
    Province = 2,
    /// `自治区`
    AutonomousRegion = 4,
    /// `直辖市`
    Municipality = 8,
    /// `市` of prefecture level
    City = 16,
    /// `自治州`, `盟`, `地区`
    Prefecture = 32,
    /// `县`, `旗`, `市` of county level
    County = 64,
    /// `市辖区`
    District = 128,
}

impl Kind {
    pub(super) const fn level(self) -> Level {
        match self {
            Self::Nation => Level::Nation,
            Self::Province | Self::AutonomousRegion | Self::Municipality => Level::Province,
            Self::City | Self::Prefecture => Level::City,
            Self::County | Self::District => Level::County,
        }
    }

    fn of(name: &str, number: u32) -> Self {
        if number.is_multiple_of(1_00_00) {
            match name {
                _ if name.ends_with('市') => Self::Municipality,
                _ if name.ends_with("自治区") => Self::AutonomousRegion,
                _ => Self::Province,
            }
        } else if number.is_multiple_of(1_00) {
            if name.ends_with('市') {
                Self::City
            } else {
                Self::Prefecture
            }
        } else if name.ends_with('区') && !name.ends_with("林区") && !name.ends_with("特区") {
            Self::District
        } else {
            Self::County
        }
    }
}

impl Region {
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let (name, code, since) = (cells.next()?, cells.next()?, cells.next()?);
        let until = cells
            .next()
            .filter(|cell| !cell.is_empty())
            .unwrap_or("9999");
        let cut = name.len() - name.chars().next_back()?.len_utf8();
        let number = code.parse().ok()?;
        Some(Self {
            name,
            code,
            short: cells.next().unwrap_or(&name[..cut]),
            number,
            kind: Kind::of(name, number),
            since: since.parse().ok()?,
            until: until.parse().ok()?,
        })
    }

    pub(super) const fn level(&self) -> Level {
        self.kind.level()
    }

    /// Whether it is `other` or lies inside it.
    pub(super) const fn within(&self, other: &Self) -> bool {
        match other.level() {
            Level::Province => self.number / 1_00_00 == other.number / 1_00_00,
            Level::City => self.number / 1_00 == other.number / 1_00,
            _ => self.number == other.number,
        }
    }

    /// What goes before its name where organs bear it: that of the city for a district, `南昌市` for `东湖区`.
    pub(super) fn city(&self, at: Days) -> &'static str {
        if self.kind != Kind::District {
            return "";
        }
        match regions().above(self, at) {
            Some(city) if matches!(city.kind, Kind::City | Kind::Municipality) => city.name,
            _ => "",
        }
    }

    fn held(&self, at: Days) -> bool {
        let (first, last) = at.years();
        self.since <= last && first <= self.until
    }

    /// How many bytes of `text` its forms take at the start: in full, and in short.
    fn begins(&self, text: &str) -> [Option<usize>; 2] {
        let Some(rest) = text.strip_prefix(self.short) else {
            return [None; 2];
        };
        let kind = &self.name[self.name.len() - 3..];
        let full = if rest.starts_with(&self.name[self.short.len()..]) {
            Some(self.name.len())
        } else if rest.starts_with(kind) && self.name.contains("自治") {
            Some(self.short.len() + kind.len())
        } else {
            None
        };
        let short = (self.short.len() >= TWO).then_some(self.short.len());
        [full, short]
    }
}

/// The table: sorted by name, with an index by leading characters and one by code.
pub(super) struct Regions {
    rows: Vec<Region>,
    heads: Vec<(u64, u32)>,
    /// Code, first year, place among the rows.
    by_code: Vec<(u32, u16, u32)>,
}

/// Two characters of the table, in bytes.
const TWO: usize = 6;

/// The table, built on first use.
pub(super) fn regions() -> &'static Regions {
    static REGIONS: OnceLock<Regions> = OnceLock::new();
    REGIONS.get_or_init(|| Regions::new(include_str!("../lexicon/regions.tsv")))
}

/// A place at the start of a text.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) region: &'static Region,
    pub(super) len: usize,
}

/// Where a place is read: it settles which of several namesakes is meant.
#[derive(Clone, Copy)]
pub(super) struct Near {
    pub(super) region: Option<&'static Region>,
    pub(super) at: Days,
}

impl Regions {
    fn new(text: &'static str) -> Self {
        let rows: Vec<Region> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(Region::read)
            .collect();
        let mut heads: Vec<(u64, u32)> = Vec::new();
        for (place, row) in (0..).zip(&rows) {
            let head = leading(row.name).unwrap_or_default();
            if heads.last().is_none_or(|&(last, _)| last != head) {
                heads.push((head, place));
            }
        }
        let mut by_code: Vec<(u32, u16, u32)> = (0..)
            .zip(&rows)
            .map(|(place, row)| (row.number, row.since, place))
            .collect();
        by_code.sort_unstable();
        Self {
            rows,
            heads,
            by_code,
        }
    }

    /// The division that had this code; the latest of several.
    pub(super) fn with_code(&self, number: u32, at: Days) -> Option<&Region> {
        self.coded(number, number)
            .filter(|region| region.held(at))
            .last()
    }

    /// The division right above: the prefecture of a county, the province of a prefecture.
    pub(super) fn above(&self, region: &Region, at: Days) -> Option<&Region> {
        match region.level() {
            Level::County => self
                .with_code(region.number / 1_00 * 1_00, at)
                .or_else(|| self.with_code(region.number / 1_00_00 * 1_00_00, at)),
            Level::City => self.with_code(region.number / 1_00_00 * 1_00_00, at),
            _ => None,
        }
    }

    /// Every division inside `region`, by code; of a year in which some changed, as they were at its end.
    pub(super) fn inside(&self, region: &Region, at: Days) -> impl Iterator<Item = &Region> {
        let (first, last) = match region.level() {
            Level::Province => (region.number + 1, region.number + 99_99),
            Level::City => (region.number + 1, region.number + 99),
            _ => (1, 0),
        };
        self.coded(first, last)
            .filter(move |region| region.held(at) && region.until > at.years().1)
    }

    fn coded(&self, first: u32, last: u32) -> impl Iterator<Item = &Region> {
        let start = self.by_code.partition_point(|row| row.0 < first);
        self.by_code[start..]
            .iter()
            .take_while(move |row| row.0 <= last)
            .map(|row| &self.rows[row.2 as usize])
    }

    /// Rows whose name shares its first two characters with the text.
    fn alike(&self, text: &str) -> &[Region] {
        let Some(head) = leading(text) else {
            return &[];
        };
        let Ok(found) = self.heads.binary_search_by_key(&head, |&(head, _)| head) else {
            return &[];
        };
        let start = self.heads[found].1 as usize;
        let end = self
            .heads
            .get(found + 1)
            .map_or(self.rows.len(), |&(_, place)| place as usize);
        &self.rows[start..end]
    }
}

/// The places with which `text` may begin, the longest first: of each length the nearest one,
/// none where several are equally near. At most four lengths are told apart.
pub(super) fn places(text: &str, near: Near) -> impl Iterator<Item = Place> + use<> {
    let mut found: [Option<Candidate>; 4] = [None; 4];
    for region in regions().alike(text) {
        for (len, full) in region.begins(text).into_iter().zip([true, false]) {
            let rank = near.rank(region, full);
            if let (Some(len), Some(rank)) = (len, rank) {
                Candidate {
                    place: Place { region, len },
                    rank,
                    alone: true,
                }
                .enter(&mut found);
            }
        }
    }
    found.sort_unstable_by_key(|slot| std::cmp::Reverse(slot.map_or(0, |found| found.place.len)));
    found
        .into_iter()
        .flatten()
        .filter(|candidate| candidate.alone)
        .map(|candidate| candidate.place)
}

#[derive(Clone, Copy)]
struct Candidate {
    place: Place,
    rank: u8,
    /// Whether no other division is as near.
    alone: bool,
}

impl Candidate {
    fn enter(self, found: &mut [Option<Self>]) {
        for slot in found {
            match slot {
                Some(other) if other.place.len != self.place.len => continue,
                Some(other) if self.rank > other.rank => {}
                Some(other) if self.rank == other.rank => {
                    other.alone &= other.place.region.number == self.place.region.number;
                }
                _ => *slot = Some(self),
            }
            return;
        }
    }
}

impl Near {
    /// How near a division is, 0 nearest; none where the form is too short to be sure of it.
    fn rank(self, region: &Region, full: bool) -> Option<u8> {
        if !region.held(self.at) {
            return None;
        }
        let distance = match self.region {
            Some(here) if region.within(here) => 0,
            Some(here) if region.number / 1_00 == here.number / 1_00 => 1,
            Some(here) if region.number / 1_00_00 == here.number / 1_00_00 => 2,
            _ => 3,
        };
        if full {
            return Some(distance);
        }
        match region.level() {
            Level::Province => Some(0),
            Level::City => Some(1 + distance),
            _ => (distance < 3).then_some(5 + distance),
        }
    }
}

/// The first two characters as a number, where both take three bytes as all hanzi of the table do.
fn leading(text: &str) -> Option<u64> {
    let bytes = text.as_bytes().get(..TWO)?;
    text.is_char_boundary(TWO).then_some(())?;
    Some(
        bytes
            .iter()
            .fold(0, |number, &byte| number << 8 | u64::from(byte)),
    )
}

#[cfg(test)]
mod tests {
    use super::{Days, Near, places, regions};

    fn near(region: u32, year: u32) -> Near {
        let at = Days::of_year(year);
        Near {
            region: regions().with_code(region, at),
            at,
        }
    }

    #[test]
    fn the_table() {
        let text = include_str!("../lexicon/regions.tsv");
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(regions().rows.len(), lines.len(), "every line is a row");
        assert!(lines.is_sorted_by(|a, b| a.as_bytes() < b.as_bytes()));
        for (line, row) in lines.iter().zip(&regions().rows) {
            assert!(
                line.split('\t').all(|cell| cell.trim() == cell) && !line.ends_with('\t'),
                "{line}"
            );
            assert!(row.since <= row.until && row.since >= 1981, "{line}");
            assert!(row.code.len() == 6 && row.number >= 110_000, "{line}");
        }
    }

    #[test]
    fn a_code_has_one_name_a_year() {
        for year in 1981..=2025 {
            let at = Days::of_year(year);
            let mut last = 0;
            for &(_, _, place) in &regions().by_code {
                let row = &regions().rows[place as usize];
                if row.held(at) && u32::from(row.until) > year {
                    assert!(row.number > last, "{} {year}", row.code);
                    last = row.number;
                }
            }
        }
    }

    #[test]
    fn the_places_that_head_units_are_these() {
        let short: std::collections::BTreeSet<&str> = regions()
            .rows
            .iter()
            .filter(|region| region.number.is_multiple_of(100) && region.short.chars().count() > 1)
            .map(|region| region.short)
            .collect();
        let listed = include_str!("../lexicon/places.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'));
        assert!(short.into_iter().eq(listed));
    }

    #[test]
    fn at_the_start() {
        let check = |text: &str, region: u32, year: u32, expected: &[&str]| {
            let found: Vec<String> = places(text, near(region, year))
                .map(|place| {
                    format!(
                        "{} {} {}",
                        &text[..place.len],
                        place.region.code,
                        place.region.name
                    )
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "南昌市政府",
            360_000,
            2018,
            &["南昌市 360100 南昌市", "南昌 360100 南昌市"],
        );
        check("江西银保监局", 360_000, 2020, &["江西 360000 江西省"]);
        check(
            "凉山州发展改革委",
            513_400,
            2023,
            &["凉山州 513400 凉山彝族自治州", "凉山 513400 凉山彝族自治州"],
        );
        check(
            "鼓楼区政府",
            350_100,
            2023,
            &["鼓楼区 350102 鼓楼区", "鼓楼 350102 鼓楼区"],
        );
        check("鼓楼区政府", 360_100, 2023, &[]);
        check("赣县政府", 360_700, 2015, &["赣县 360721 赣县"]);
        check("赣县政府", 360_700, 2018, &["赣县 360704 赣县区"]);
        check("赣县政府", 350_000, 2018, &[]);
        check("罗定海关", 445_300, 2023, &["罗定 445381 罗定市"]);
        check("罗定海关", 360_000, 2023, &[]);
        check("吉林税务局", 220_200, 2023, &["吉林 220000 吉林省"]);
        check("发展改革委", 360_000, 2018, &[]);
        check("a", 360_000, 2018, &[]);
    }

    #[test]
    fn up_and_down() {
        let at = Days::of_year(2018);
        let jiangxi = regions().with_code(360_000, at).unwrap();
        let cities: Vec<&str> = regions()
            .inside(jiangxi, at)
            .filter(|region| region.level() == crate::Level::City)
            .map(|region| region.name)
            .collect();
        assert_eq!(
            cities,
            [
                "南昌市",
                "景德镇市",
                "萍乡市",
                "九江市",
                "新余市",
                "鹰潭市",
                "赣州市",
                "吉安市",
                "宜春市",
                "抚州市",
                "上饶市"
            ]
        );
        let donghu = regions().with_code(360_102, at).unwrap();
        assert_eq!(donghu.city(at), "南昌市");
        let chaoyang = regions().with_code(110_105, at).unwrap();
        assert_eq!(chaoyang.city(at), "北京市");
        assert_eq!(jiangxi.city(at), "");
        let xiantao = regions().with_code(429_004, at).unwrap();
        assert_eq!(regions().above(xiantao, at).unwrap().name, "湖北省");
    }
}
