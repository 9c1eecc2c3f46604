//! Organs as data: what an organ is called in full and in short, at which levels, where, and when.
//!
//! In: rows of tab-separated cells, the built-in ones under `src/lexicon/organs_*.tsv` and those that a caller adds.
//! Out: a [`Lexicon`], which answers with all rows that a form could stand for.
//!
//! ```text
//! full name            short forms      levels      regions  from      to        successor            system
//! {}农业厅                               省自        36|44              改革2018  {}农业农村厅          政府
//! {}发展和改革委员会   发展改革委|发改委 省自直市州县区        改革2003                                 政府
//! 中国证券监督管理委员会{短}监管局  {短}证监局  省自直          1998                                     垂管
//! ```
//!
//! - `{}` is the name of the region in full (`江西省`, `南昌市东湖区`), `{短}` its short form (`江西`); a name without
//!   either is one organ, of the centre or of the one region that the row names. In a short form both stand for any form of the region.
//! - Short forms are parted by `|`. One that ends in `?` may stand for several rows and settles nothing; one that ends in `!`
//!   is read in central notices only. The full name without its region is a form of its own, and so is one with `政府` for `人民政府`.
//! - Levels: `国` centre, `省` province, `自` autonomous region, `直` directly governed city, `市` prefecture-level city,
//!   `州` autonomous prefecture or league, `县` county, banner or county-level city, `区` district.
//! - Regions: codes or their beginnings, parted by `|`; all with `-` in front: everywhere but there; empty: everywhere.
//! - From and to: `2018`, `2018-10`, `2018-10-24` or `改革2018`, a round of reforms that reached each level in its own months.
//! - Successor: full names, parted by `|`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use super::era::{Bound, Days};
use super::region::{Kind, Region, regions};
use crate::Level;

/// Names of organs that are added to the built-in ones, and go before them.
///
/// ```
/// let mut lexicon = gongwen::Lexicon::new();
/// lexicon.extend("{}大数据发展管理局\t大数据局\t市\t3607")?;
/// # Ok::<(), gongwen::LexiconError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    rows: Vec<Row<'static>>,
    /// Sorted by hash.
    forms: Vec<Form>,
    /// What stands before the region in the forms where anything does: `人民银行`.
    prefixes: Vec<String>,
}

/// A row of an organ table that can't be read: which line, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    line: usize,
    fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    NoName,
    Placeholders(String),
    Levels(String),
    Regions(String),
    Date(String),
    System(String),
    Cells,
    Home,
}

impl Lexicon {
    /// One that adds nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            rows: Vec::new(),
            forms: Vec::new(),
            prefixes: Vec::new(),
        }
    }

    /// Adds rows in the format of the tables under `src/lexicon/`: cells parted by tabs, in this order: full name, short forms,
    /// levels, regions, from, to, successor, system. The first three are needed. Empty lines and lines that begin with `#` are skipped.
    ///
    /// # Errors
    /// The first row that can't be read; nothing is added then.
    pub fn extend(&mut self, tsv: &str) -> Result<(), LexiconError> {
        let rows = read_rows(tsv).collect::<Result<Vec<_>, _>>()?;
        self.add(rows.into_iter().map(Row::into_owned));
        Ok(())
    }

    fn add(&mut self, rows: impl Iterator<Item = Row<'static>>) {
        for row in rows {
            let place = self.rows.len() as u32;
            row.forms(|text, trust| self.forms.push(Form::new(text, place, trust)));
            self.rows.push(row);
        }
        self.forms.sort_unstable_by(|a, b| {
            let within = || a.key().cmp(&b.key()).then(a.row.cmp(&b.row));
            a.hash.cmp(&b.hash).then_with(within)
        });
        self.forms
            .dedup_by(|b, a| a.key() == b.key() && a.row == b.row);
        let prefixes: BTreeSet<&str> = self
            .forms
            .iter()
            .map(|form| form.key().0)
            .filter(|prefix| !prefix.is_empty())
            .collect();
        self.prefixes = prefixes.into_iter().map(Into::into).collect();
    }

    /// The rows that a form could stand for: what stands before the region, and what behind it or without one.
    pub(super) fn rows_of<'l, 'a>(
        &'l self,
        prefix: &'a str,
        suffix: &'a str,
    ) -> impl Iterator<Item = (&'l Row<'static>, Trust)> + use<'l, 'a> {
        let hash = hash(prefix, suffix);
        let start = self.forms.partition_point(|form| form.hash < hash);
        self.forms[start..]
            .iter()
            .take_while(move |form| form.hash == hash)
            .filter(move |form| form.key() == (prefix, suffix))
            .map(|form| (&self.rows[form.row as usize], form.trust))
    }

    /// Whether this row is one of its own.
    pub(super) fn holds(&self, row: &Row<'static>) -> bool {
        self.rows.as_ptr_range().contains(&std::ptr::from_ref(row))
    }

    /// What may stand before a region: `人民银行` before `沈阳分行`.
    pub(super) fn prefixes(&self) -> impl Iterator<Item = &str> {
        self.prefixes.iter().map(String::as_str)
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.fault {
            Fault::NoName => write!(f, "the row has no full name"),
            Fault::Placeholders(name) => write!(
                f,
                "`{name}` needs the place of its region written {{}} or {{短}}, once, and not at its end"
            ),
            Fault::Levels(cell) => write!(
                f,
                "`{cell}` names no levels; write one or more of 国省自直市州县区"
            ),
            Fault::Regions(cell) => write!(
                f,
                "`{cell}` is no list of region codes such as 36|4401 or -31|-50"
            ),
            Fault::Date(cell) => write!(
                f,
                "`{cell}` is no date; write 2018, 2018-10, 2018-10-24 or 改革2018"
            ),
            Fault::System(cell) => write!(
                f,
                "`{cell}` is no system; write one of {}",
                SYSTEMS.join(" ")
            ),
            Fault::Cells => write!(f, "the row has more than eight cells"),
            Fault::Home => write!(
                f,
                "a full name without {{}} needs the level 国, or one level and the six-digit code of its region"
            ),
        }
    }
}

impl std::error::Error for LexiconError {}

/// The built-in tables, built on first use.
pub(super) fn organs() -> &'static Lexicon {
    static ORGANS: OnceLock<Lexicon> = OnceLock::new();
    ORGANS.get_or_init(|| {
        let mut organs = Lexicon::new();
        organs.add(
            BUILT_IN
                .into_iter()
                .flat_map(read_rows)
                .filter_map(Result::ok),
        );
        organs
    })
}

const BUILT_IN: [&str; 3] = [
    include_str!("../lexicon/organs_central.tsv"),
    include_str!("../lexicon/organs_local.tsv"),
    include_str!("../lexicon/organs_vertical.tsv"),
];

/// What the last cell may say.
const SYSTEMS: [&str; 13] = [
    "政府",
    "党委",
    "纪委",
    "监察",
    "人大",
    "政协",
    "法院",
    "检察院",
    "群团",
    "军队",
    "垂管",
    "机构",
    "企业",
];

/// How far a form settles which organ is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    Sure,
    /// Marked `?`: other organs go by it too.
    Doubtful,
    /// Marked `!`: in a local notice it means something else.
    CentralOnly,
}

/// A way to write an organ.
#[derive(Clone, Debug)]
struct Form {
    /// Of its key.
    hash: u64,
    text: Cow<'static, str>,
    /// Where the region stands: end of what is before it, start of what is behind it.
    gap: (u32, u32),
    row: u32,
    trust: Trust,
}

impl Form {
    fn new(text: Cow<'static, str>, row: u32, trust: Trust) -> Self {
        let gap = gap(&text).map_or((0, 0), |gap| (gap.start as u32, gap.end as u32));
        let mut form = Self {
            hash: 0,
            text,
            gap,
            row,
            trust,
        };
        let (prefix, suffix) = form.key();
        form.hash = hash(prefix, suffix);
        form
    }

    /// What stands before the region, and what behind it or without one.
    fn key(&self) -> (&str, &str) {
        let (before, behind) = self.gap;
        (&self.text[..before as usize], &self.text[behind as usize..])
    }
}

/// Spreads the forms of the tables well enough; which texts collide matters to nobody, as the tables are fixed.
fn hash(prefix: &str, suffix: &str) -> u64 {
    let mut hash = 0_u64;
    for text in [prefix, suffix] {
        let mut mix =
            |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let (words, rest) = text.as_bytes().as_chunks();
        for word in words {
            mix(u64::from_le_bytes(*word));
        }
        mix(rest
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)));
    }
    hash
}

/// One organ, or one kind of organ that many regions have.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    /// `{}发展和改革委员会`
    pub(super) name: Cow<'t, str>,
    /// Where the place of the region stands in the name.
    gap: Option<Range<usize>>,
    shorts: Cow<'t, str>,
    successors: Cow<'t, str>,
    /// Bits of [`Kind`].
    levels: u8,
    regions: Regions,
    from: Bound<'t>,
    to: Bound<'t>,
}

/// Where the organs of a row are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Regions {
    Everywhere,
    Only(Vec<Code>),
    AllBut(Vec<Code>),
}

/// The beginning of a region code: `36` is 36 and 10000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Code {
    number: u32,
    scale: u32,
}

impl Row<'_> {
    /// Whether it is a single organ, not one that each region of a level has.
    pub(super) fn is_single(&self) -> bool {
        self.gap.is_none()
    }

    /// The name without its region: `发展和改革委员会`, in two pieces.
    pub(super) fn stem(&self) -> [&str; 2] {
        match &self.gap {
            Some(gap) => [&self.name[..gap.start], &self.name[gap.end..]],
            None => [&self.name, ""],
        }
    }

    /// Where a single organ is: nowhere in particular (the centre), or a level and the number of a region code.
    pub(super) fn home(&self) -> Option<(Level, u32)> {
        match &self.regions {
            Regions::Only(codes) if self.levels != Kind::Nation as u8 => {
                let level = KINDS
                    .iter()
                    .find(|(_, kind)| self.levels == *kind as u8)?
                    .1
                    .level();
                Some((level, codes.first()?.number))
            }
            _ => None,
        }
    }

    /// The level of its organ in this region, or of a single organ where it is at home.
    pub(super) fn level(&self, region: Option<&Region>) -> Level {
        match region {
            Some(region) => region.level(),
            None => self.home().map_or(Level::Nation, |(level, _)| level),
        }
    }

    /// Whether this region has such an organ.
    pub(super) fn is_of(&self, region: &Region) -> bool {
        let inside = |code: &Code| region.number / code.scale == code.number;
        self.levels & region.kind as u8 != 0
            && match &self.regions {
                Regions::Everywhere => true,
                Regions::Only(codes) => codes.iter().any(inside),
                Regions::AllBut(codes) => !codes.iter().any(inside),
            }
    }

    /// First and last day of the name at this level, as far as known.
    pub(super) fn valid(&self, level: Level) -> (Option<Days>, Option<Days>) {
        (self.from.days(level), self.to.days(level))
    }

    /// The successors' names, as patterns.
    pub(super) fn successors(&self) -> impl Iterator<Item = &str> {
        self.successors.split('|').filter(|name| !name.is_empty())
    }
}

impl Row<'static> {
    /// What is sure of the first and the last day of the name at this level.
    pub(super) fn sure(
        &self,
        level: Level,
    ) -> (Option<Cow<'static, str>>, Option<Cow<'static, str>>) {
        (self.from.sure(level), self.to.sure(level))
    }

    /// Every way to write it.
    fn forms(&self, mut visit: impl FnMut(Cow<'static, str>, Trust)) {
        visit(self.name.clone(), Trust::Sure);
        if let Some(rest) = self.name.strip_prefix("{}人民政府") {
            visit(["{}政府", rest].concat().into(), Trust::Sure);
        }
        let mut short = |text: Cow<'static, str>| match text.strip_suffix(['?', '!']) {
            Some(bare) if text.ends_with('?') => visit(bare.to_owned().into(), Trust::Doubtful),
            Some(bare) => visit(bare.to_owned().into(), Trust::CentralOnly),
            None => visit(text, Trust::Sure),
        };
        match &self.shorts {
            Cow::Borrowed(all) => all
                .split('|')
                .filter(|text| !text.is_empty())
                .for_each(|text| short(text.into())),
            Cow::Owned(all) => all
                .split('|')
                .filter(|text| !text.is_empty())
                .for_each(|text| short(text.to_owned().into())),
        }
    }
}

impl<'t> Row<'t> {
    fn read(line: &'t str) -> Result<Self, Fault> {
        let mut cells = line.split('\t').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default();
        let (name, shorts, levels, places) = (cell(), cell(), cell(), cell());
        let (from, to, successors, system) = (cell(), cell(), cell(), cell());
        if cells.next().is_some() {
            return Err(Fault::Cells);
        }
        if name.is_empty() {
            return Err(Fault::NoName);
        }
        for form in [name]
            .into_iter()
            .chain(shorts.split('|'))
            .chain(successors.split('|'))
        {
            let fits = |gap: Range<usize>| {
                matches!(&form[gap.clone()], "{}" | "{短}")
                    && form.len() > gap.end
                    && !form[gap.end..].contains('{')
            };
            if gap(form).is_some_and(|gap| !fits(gap)) {
                return Err(Fault::Placeholders(form.to_owned()));
            }
        }
        if !system.is_empty() && !SYSTEMS.contains(&system) {
            return Err(Fault::System(system.to_owned()));
        }
        let date = |cell: &'t str| Bound::read(cell).ok_or_else(|| Fault::Date(cell.to_owned()));
        let row = Self {
            gap: gap(name),
            name: name.into(),
            shorts: shorts.into(),
            successors: successors.into(),
            levels: read_levels(levels).ok_or_else(|| Fault::Levels(levels.to_owned()))?,
            regions: Regions::read(places).ok_or_else(|| Fault::Regions(places.to_owned()))?,
            from: date(from)?,
            to: date(to)?,
        };
        let at_home = row.levels == Kind::Nation as u8
            || row
                .home()
                .is_some_and(|(_, code)| regions().with_code(code, Days::ANY).is_some());
        if row.is_single() && !at_home {
            return Err(Fault::Home);
        }
        Ok(row)
    }

    fn into_owned(self) -> Row<'static> {
        Row {
            gap: self.gap,
            name: self.name.into_owned().into(),
            shorts: self.shorts.into_owned().into(),
            successors: self.successors.into_owned().into(),
            levels: self.levels,
            regions: self.regions,
            from: self.from.into_owned(),
            to: self.to.into_owned(),
        }
    }
}

impl Regions {
    /// `36|4401`, `-31|-50`, or nothing.
    fn read(cell: &str) -> Option<Self> {
        if cell.is_empty() {
            return Some(Self::Everywhere);
        }
        let read = |codes: &str, mark: &str| -> Option<Vec<Code>> {
            codes
                .split('|')
                .map(|code| Code::read(code.strip_prefix(mark)?))
                .collect()
        };
        if cell.starts_with('-') {
            read(cell, "-").map(Self::AllBut)
        } else {
            read(cell, "").map(Self::Only)
        }
    }
}

impl Code {
    fn read(text: &str) -> Option<Self> {
        let scale = match text.len() {
            2 => 1_00_00,
            4 => 1_00,
            6 => 1,
            _ => return None,
        };
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(())?;
        Some(Self {
            number: text.parse().ok()?,
            scale,
        })
    }
}

const KINDS: [(char, Kind); 8] = [
    ('国', Kind::Nation),
    ('省', Kind::Province),
    ('自', Kind::AutonomousRegion),
    ('直', Kind::Municipality),
    ('市', Kind::City),
    ('州', Kind::Prefecture),
    ('县', Kind::County),
    ('区', Kind::District),
];

fn read_levels(cell: &str) -> Option<u8> {
    let mut levels = 0;
    for letter in cell.chars() {
        levels |= KINDS.iter().find(|(known, _)| *known == letter)?.1 as u8;
    }
    (levels != 0).then_some(levels)
}

/// Where the place of the region stands in a name or form: `{}` or `{短}`.
pub(super) fn gap(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|&byte| byte == b'{')?;
    let length = bytes[start..].iter().position(|&byte| byte == b'}')?;
    Some(start..start + length + 1)
}

/// Reads every row of a table, with the number of its line where it can't be read.
fn read_rows(tsv: &str) -> impl Iterator<Item = Result<Row<'_>, LexiconError>> {
    (1..)
        .zip(tsv.lines())
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            Row::read(line).map_err(|fault| LexiconError {
                line: number,
                fault,
            })
        })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{BTreeSet, BUILT_IN, Days, Lexicon, Row, Trust, organs, read_rows, regions};
    use crate::Level;

    fn lines() -> impl Iterator<Item = &'static str> {
        BUILT_IN
            .into_iter()
            .flat_map(str::lines)
            .filter(|line| !line.starts_with('#'))
    }

    #[test]
    fn every_row_is_read_and_in_its_place() {
        for table in BUILT_IN {
            assert!(table.starts_with("# "), "the header names the sources");
            let lines: Vec<&str> = table
                .lines()
                .filter(|line| !line.starts_with('#'))
                .collect();
            for pair in lines.windows(2) {
                let key =
                    |line: &'static str| line.split('\t').map(str::as_bytes).collect::<Vec<_>>();
                assert!(key(pair[0]) < key(pair[1]), "{}\n{}", pair[0], pair[1]);
            }
            for line in lines {
                let row = read_rows(line).next();
                assert!(matches!(row, Some(Ok(_))), "{line}: {row:?}");
                assert_eq!(line.split('\t').count(), 8, "{line}");
                assert!(
                    line.split(['\t', '|']).all(|cell| cell.trim() == cell),
                    "padding: {line}"
                );
                let shorts: Vec<&str> = line
                    .split('\t')
                    .nth(1)
                    .unwrap_or_default()
                    .split('|')
                    .collect();
                assert!(
                    shorts == [""] || !shorts.contains(&""),
                    "an empty form: {line}"
                );
            }
        }
        assert_eq!(organs().rows.len(), lines().count());
    }

    #[test]
    fn no_form_is_written_twice() {
        for row in &organs().rows {
            let mut forms = Vec::new();
            row.forms(|text, _| {
                forms.push(
                    text.replace("{短}", "{}")
                        .trim_start_matches("{}")
                        .to_owned(),
                );
            });
            let distinct: BTreeSet<&String> = forms.iter().collect();
            assert_eq!(distinct.len(), forms.len(), "{forms:?}");
        }
    }

    #[test]
    fn a_form_reaches_one_row_a_level_and_era() {
        let days = [
            "2001-06-01",
            "2006-06-01",
            "2011-06-01",
            "2016-06-01",
            "2018-06-30",
            "2019-06-01",
            "2022-06-01",
            "2025-06-01",
        ];
        for day in days {
            let day = Days::read(day).unwrap();
            let places = (11..66).filter_map(|number| regions().with_code(number * 1_00_00, day));
            let places: Vec<_> = places
                .flat_map(|place| [place].into_iter().chain(regions().inside(place, day)))
                .collect();
            assert!(places.len() > 2800);
            for forms in organs().forms.chunk_by(|a, b| a.key() == b.key()) {
                let rows: Vec<&Row<'_>> = forms
                    .iter()
                    .filter(|form| form.trust != Trust::Doubtful)
                    .map(|form| &organs().rows[form.row as usize])
                    .collect();
                if rows.len() < 2 {
                    continue;
                }
                let held = |row: &Row<'_>, level: Level| {
                    let (from, to) = row.valid(level);
                    from.is_none_or(|from| from.first <= day.first)
                        && to.is_none_or(|to| day.first <= to.last)
                };
                let central = rows
                    .iter()
                    .filter(|row| row.is_single() && held(row, Level::Nation));
                assert!(central.count() < 2, "{:?} {day:?}", forms[0].key());
                for place in &places {
                    let here: Vec<&str> = rows
                        .iter()
                        .filter(|row| {
                            !row.is_single() && row.is_of(place) && held(row, place.level())
                        })
                        .map(|row| &*row.name)
                        .collect();
                    assert!(
                        here.len() < 2,
                        "{} {:?} {day:?} {here:?}",
                        place.name,
                        forms[0].key()
                    );
                }
            }
        }
    }

    #[test]
    fn doubt_has_a_reason() {
        for forms in organs().forms.chunk_by(|a, b| a.key() == b.key()) {
            let doubtful = forms.iter().any(|form| form.trust == Trust::Doubtful);
            assert!(
                !doubtful || forms.len() > 1,
                "only one row goes by {:?}",
                forms[0].key()
            );
        }
    }

    #[test]
    fn successors_are_rows_and_lead_nowhere_twice() {
        let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in &organs().rows {
            next.entry(&row.name).or_default().extend(row.successors());
        }
        for start in next.keys() {
            let (mut seen, mut open) = (BTreeSet::new(), vec![*start]);
            while let Some(name) = open.pop() {
                let successors = next
                    .get(name)
                    .unwrap_or_else(|| panic!("{name}, after {start}, is no row"));
                for successor in successors {
                    assert_ne!(successor, start, "{start} succeeds itself");
                    if seen.insert(*successor) {
                        open.push(successor);
                    }
                }
            }
        }
    }

    #[test]
    fn names_begin_before_they_end() {
        for row in &organs().rows {
            for level in [Level::Nation, Level::Province, Level::City, Level::County] {
                if let (Some(from), Some(to)) = row.valid(level) {
                    assert!(from.first < to.last, "{}", row.name);
                }
            }
        }
    }

    #[test]
    fn added_rows() {
        let check = |tsv: &str, expected: &str| {
            let message = Lexicon::new()
                .extend(tsv)
                .err()
                .map(|error| error.to_string());
            assert_eq!(message.unwrap_or_default(), expected);
        };
        check("# head\n\n{}数据局\t数据局\t市县\n", "");
        check("{}数据局\t\t市\r\n甲管委会\t\t市\t360100\r\n", "");
        check(
            "{}数据局\t\t市\n{}甲局\t\t\n",
            "line 2: `` names no levels; write one or more of 国省自直市州县区",
        );
        check("\t甲\t市", "line 1: the row has no full name");
        check(
            "甲{}\t\t市",
            "line 1: `甲{}` needs the place of its region written {} or {短}, once, and not at its end",
        );
        check(
            "{}甲{}乙\t\t市",
            "line 1: `{}甲{}乙` needs the place of its region written {} or {短}, once, and not at its end",
        );
        check(
            "{}甲\t\t市\t赣",
            "line 1: `赣` is no list of region codes such as 36|4401 or -31|-50",
        );
        check(
            "{}甲\t\t市\t36|-31",
            "line 1: `36|-31` is no list of region codes such as 36|4401 or -31|-50",
        );
        check(
            "{}甲\t\t市\t\t改革2017",
            "line 1: `改革2017` is no date; write 2018, 2018-10, 2018-10-24 or 改革2018",
        );
        check(
            "{}甲\t\t市\t\t\t\t\t私人",
            "line 1: `私人` is no system; write one of 政府 党委 纪委 监察 人大 政协 法院 检察院 群团 军队 垂管 机构 企业",
        );
        check(
            "甲\t\t市",
            "line 1: a full name without {} needs the level 国, or one level and the six-digit code of its region",
        );
        check(
            "{}甲\t\t市\t\t\t\t\t政府\t乙",
            "line 1: the row has more than eight cells",
        );
    }
}
