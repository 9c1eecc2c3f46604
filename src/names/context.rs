//! Where a notice speaks from: the centre or a region, and the day.
//!
//! In: the metadata, and the region that a caller gave. Out: a [`Context`], which says what `省`, `市`, `我市`, `区` mean in it.
//! The first of these that names a region, or the centre, counts:
//!
//! 1. the caller's region;
//! 2. the issuers: `江西省人民政府办公厅`, `国家税务总局赣州市税务局`, `国务院`;
//! 3. the opening of the title: `赣州市人民政府办公室关于…`;
//! 4. the document number: `赣府厅字〔2018〕64号`, by the table `agencies.tsv`;
//! 5. a region that the title names behind `关于` or `《`: `关于印发《辽宁省进一步…》的通知`.
//!
//! The day is that of `成文日期`; without one, that of publication where it falls in the year of the document number, else that year.

use super::era::Days;
use super::lexicon::{Lexicon, organs};
use super::region::{Kind, Near, Place, Region, places, regions};
use crate::Metadata;

/// Where a notice speaks from.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub(super) place: Speaks,
    pub(super) at: Days,
    /// The region that speaks and those above it.
    chain: [Option<&'static Region>; 3],
}

/// The centre, a region, or nobody knows.
#[derive(Clone, Copy)]
pub(super) enum Speaks {
    Centre,
    From(&'static Region),
    Unknown,
}

impl Context {
    pub(super) fn of(metadata: &Metadata<'_>, given: Option<&'static Region>) -> Self {
        let at = day(metadata);
        let place = given
            .map(Speaks::From)
            .or_else(|| {
                metadata
                    .issuers
                    .iter()
                    .find_map(|unit| speaker(&unit.name, at))
            })
            .or_else(|| by_title(metadata, at))
            .or_else(|| by_number(metadata, at))
            .or_else(|| by_subject(metadata, at))
            .unwrap_or(Speaks::Unknown);
        let mut chain = [None; 3];
        if let Speaks::From(region) = place {
            let upwards = std::iter::successors(Some(region), |region| regions().above(region, at));
            for (slot, region) in chain.iter_mut().zip(upwards) {
                *slot = Some(region);
            }
        }
        Self { place, at, chain }
    }

    pub(super) const fn is_central(&self) -> bool {
        matches!(self.place, Speaks::Centre)
    }

    pub(super) const fn region(&self) -> Option<&'static Region> {
        match self.place {
            Speaks::From(region) => Some(region),
            Speaks::Centre | Speaks::Unknown => None,
        }
    }

    pub(super) const fn near(&self) -> Near {
        Near {
            region: self.region(),
            at: self.at,
        }
    }

    /// The region and all above it, itself first.
    pub(super) fn upwards(&self) -> impl Iterator<Item = &'static Region> + Clone + use<> {
        self.chain.into_iter().flatten()
    }

    /// A word for a level at the start of a name, such as `省`, `我市`, `自治区`: its length, and the region that it means here.
    /// The name of the region ends in the word; `区党委` is that of an autonomous region too.
    pub(super) fn head(&self, name: &str) -> Option<(usize, Option<&'static Region>)> {
        let skipped = if name.starts_with(['我', '本', '全', '该']) {
            '我'.len_utf8()
        } else {
            0
        };
        let rest = &name[skipped..];
        let kinds: &[Kind] = match rest.chars().next()? {
            '省' => &[Kind::Province],
            '市' => &[Kind::Municipality, Kind::City, Kind::County],
            '州' | '盟' => &[Kind::Prefecture],
            '县' | '旗' => &[Kind::County],
            '区' if rest["区".len()..].starts_with("党委") => {
                &[Kind::District, Kind::AutonomousRegion]
            }
            '区' => &[Kind::District],
            '自' if rest.starts_with("自治区") => &[Kind::AutonomousRegion],
            '自' if rest.starts_with("自治州") => &[Kind::Prefecture],
            '自' if rest.starts_with("自治县") || rest.starts_with("自治旗") => {
                &[Kind::County]
            }
            _ => return None,
        };
        let len = if rest.starts_with('自') {
            "自治区".len()
        } else {
            "省".len()
        };
        let last = &rest[len - "省".len()..len];
        let region = self
            .upwards()
            .find(|region| kinds.contains(&region.kind) && region.name.ends_with(last));
        Some((skipped + len, region))
    }
}

fn day(metadata: &Metadata<'_>) -> Days {
    let read = |dated: Option<&crate::Dated<'_>>| Days::read(dated?.date.as_deref()?);
    let number = metadata
        .document_number
        .as_ref()
        .and_then(|number| number.year)
        .map(|year| Days::of_year(u32::from(year)));
    let published = read(metadata.published_on.as_ref());
    read(metadata.issued_on.as_ref())
        .or(match (published, number) {
            (Some(day), Some(year)) if day.years() != year.years() => Some(year),
            (published, number) => published.or(number),
        })
        .unwrap_or(Days::ANY)
}

/// Who speaks, by the name of an organ.
fn speaker(name: &str, at: Days) -> Option<Speaks> {
    let nowhere = Near { region: None, at };
    let inside = organs()
        .prefixes()
        .filter_map(|prefix| name.strip_prefix(prefix))
        .find_map(|rest| deepest(rest, nowhere));
    if let Some(place) = deepest(name, nowhere).or(inside) {
        return Some(Speaks::From(place.region));
    }
    is_central(organs(), name).then_some(Speaks::Centre)
}

/// Whether this is one organ of the centre.
fn is_central(lexicon: &Lexicon, name: &str) -> bool {
    lexicon
        .rows_of("", name)
        .any(|(row, _)| row.is_single() && row.home().is_none())
}

fn by_title(metadata: &Metadata<'_>, at: Days) -> Option<Speaks> {
    let title = &metadata.title.as_ref()?.value;
    let end = ["关于", "印发", "转发", "批转"]
        .iter()
        .filter_map(|verb| title.find(verb))
        .min()?;
    speaker(title[..end].trim(), at)
}

/// Whether the notice speaks for a place that no table names: a number that begins like that of another place says nothing then.
fn has_unknown_speaker(metadata: &Metadata<'_>) -> bool {
    let title = metadata.title.iter().map(|title| &*title.value);
    metadata
        .issuers
        .iter()
        .map(|unit| &*unit.name)
        .chain(title)
        .any(|name| {
            let before = name.split_once("人民政府").map_or("", |(before, _)| before);
            before.chars().count() > 2
                && before.ends_with(['省', '市', '州', '县', '区', '盟', '旗', '镇', '乡'])
                && !before.contains(['于', '发'])
        })
}

fn by_number(metadata: &Metadata<'_>, at: Days) -> Option<Speaks> {
    if has_unknown_speaker(metadata) {
        return None;
    }
    let agency = &metadata.document_number.as_ref()?.agency;
    let (_, place) = AGENCIES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter(|(prefix, _)| agency.starts_with(prefix))
        .max_by_key(|(prefix, _)| prefix.len())?;
    match place {
        "" => None,
        "国" => Some(Speaks::Centre),
        code => regions()
            .with_code(code.parse().ok()?, at)
            .map(Speaks::From),
    }
}

const AGENCIES: &str = include_str!("../lexicon/agencies.tsv");

fn by_subject(metadata: &Metadata<'_>, at: Days) -> Option<Speaks> {
    let title = &metadata.title.as_ref()?.value;
    ["《", "关于印发", "关于"]
        .iter()
        .filter_map(|mark| title.split_once(mark))
        .find_map(|(_, rest)| deepest(rest, Near { region: None, at }))
        .map(|place| Speaks::From(place.region))
}

/// The place at the start of a text, with those inside it that follow: `江西省赣州市南康区`.
pub(super) fn deepest(text: &str, near: Near) -> Option<Place> {
    chains(text, near, Some)
}

/// What `read` makes of the places at the start of a text: tried with every way to read them, the longest first.
pub(super) fn chains<T>(
    text: &str,
    near: Near,
    mut read: impl FnMut(Place) -> Option<T>,
) -> Option<T> {
    chains_in(text, near, None, &mut read)
}

/// Behind a place only one inside it is read, so there are three at most.
fn chains_in<T>(
    text: &str,
    near: Near,
    outer: Option<Place>,
    read: &mut dyn FnMut(Place) -> Option<T>,
) -> Option<T> {
    let behind = outer.map_or(0, |outer| outer.len);
    places(&text[behind..], near).find_map(|place| {
        if let Some(Place { region, .. }) = outer
            && (place.region.level() <= region.level() || !place.region.within(region))
        {
            return None;
        }
        let place = Place {
            region: place.region,
            len: behind + place.len,
        };
        let inside = Near {
            region: Some(place.region),
            at: near.at,
        };
        chains_in(text, inside, Some(place), read).or_else(|| read(place))
    })
}

#[cfg(test)]
mod tests {
    use super::{Context, Speaks};
    use crate::{DocumentNumber, Metadata, Span, Title, Unit, UnitKind};

    fn metadata(issuer: &str, title: &str, agency: &str) -> Metadata<'static> {
        let span = Span::default();
        let mut metadata = Metadata::default();
        if !issuer.is_empty() {
            metadata.issuers.push(Unit {
                text: issuer.to_owned().into(),
                span,
                name: issuer.to_owned().into(),
                aliases: vec![],
                kind: UnitKind::Government,
                canonical: None,
                members: None,
            });
        }
        let text = title.to_owned();
        metadata.title = Some(Title {
            text: text.clone().into(),
            value: text.into(),
            span,
        });
        metadata.document_number = Some(DocumentNumber {
            text: "".into(),
            value: "".into(),
            agency: agency.to_owned().into(),
            year: Some(2018),
            serial: None,
            span,
        });
        metadata
    }

    #[test]
    fn who_speaks() {
        let check = |issuer: &str, title: &str, agency: &str, expected: &str| {
            let context = Context::of(&metadata(issuer, title, agency), None);
            let found = match context.place {
                Speaks::Centre => "centre",
                Speaks::From(region) => region.code,
                Speaks::Unknown => "",
            };
            assert_eq!(found, expected, "{issuer} {title} {agency}");
        };
        check("江西省人民政府办公厅", "", "", "360000");
        check("国家税务总局赣州市税务局", "", "", "360700");
        check("中共江西省委办公厅", "", "", "360000");
        check("南昌市东湖区人民政府", "", "", "360102");
        check("国务院办公厅", "", "", "centre");
        check("财政部", "", "", "centre");
        check("", "江西省人民政府办公厅关于印发方案的通知", "", "360000");
        check("", "国务院关于促进开放的若干意见", "", "centre");
        check("", "关于印发方案的通知", "赣府厅字", "360000");
        check("", "关于印发方案的通知", "赣市府办字", "360700");
        check("", "关于印发方案的通知", "穗府办函", "440100");
        check("", "关于印发方案的通知", "国办发", "centre");
        check("", "关于印发方案的通知", "青政发", "");
        check("", "关于印发《辽宁省进一步稳经济措施》的通知", "", "210000");
        check("", "关于印发方案的通知", "", "");
    }

    #[test]
    fn heads() {
        let check = |issuer: &str, name: &str, expected: Option<(usize, Option<&str>)>| {
            let context = Context::of(&metadata(issuer, "", ""), None);
            let found = context
                .head(name)
                .map(|(len, region)| (len, region.map(|region| region.code)));
            assert_eq!(found, expected, "{issuer} {name}");
        };
        check("江西省人民政府", "省科技厅", Some((3, Some("360000"))));
        check("赣州市人民政府", "省科技厅", Some((3, Some("360000"))));
        check("赣州市人民政府", "我市各部门", Some((6, Some("360700"))));
        check("江西省人民政府", "市科技局", Some((3, None)));
        check("北京市人民政府", "市教委", Some((3, Some("110000"))));
        check("北京市朝阳区人民政府", "市教委", Some((3, Some("110000"))));
        check("义乌市人民政府", "市科技局", Some((3, Some("330782"))));
        check("信丰县人民政府", "市科技局", Some((3, Some("360700"))));
        check(
            "凉山彝族自治州人民政府",
            "州财政局",
            Some((3, Some("513400"))),
        );
        check(
            "广西壮族自治区人民政府",
            "自治区科技厅",
            Some((9, Some("450000"))),
        );
        check("广西壮族自治区人民政府", "区科技厅", Some((3, None)));
        check(
            "广西壮族自治区人民政府",
            "区党委组织部",
            Some((3, Some("450000"))),
        );
        check("江西省人民政府", "科技厅", None);
    }

    #[test]
    fn the_table_of_agencies() {
        let rows: Vec<&str> = super::AGENCIES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(rows.is_sorted_by(|a, b| a.split('\t').next() < b.split('\t').next()));
        for row in rows {
            let (prefix, place) = row.split_once('\t').expect("two cells");
            assert!(!prefix.is_empty() && prefix.trim() == prefix, "{row}");
            let known = matches!(place, "" | "国")
                || place.parse().is_ok_and(|code| {
                    super::regions()
                        .with_code(code, super::Days::of_year(2025))
                        .is_some()
                });
            assert!(known, "{row}");
        }
    }
}
