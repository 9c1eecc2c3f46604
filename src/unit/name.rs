//! What an enumeration elides: shared heads, shared tails, a distributed `各`.

use super::kind::build;
use super::level::{Levels, is_level_run, level_run};
use super::split::is_person;
use super::{Look, Piece, bare, ending_of, is_headed, is_organ, names_area};
use crate::glyph::{Glyph, Page, begins, ends, find, is_mark};
use crate::lexicon;
use crate::lexicon::Ending;
use crate::model::{Unit, UnitKind};

/// A head that later units share.
#[derive(Clone, Copy)]
struct Head {
    first: usize,
    last: usize,
    /// What it may be put before.
    scope: Scope,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// `省`, `厅`: any organ.
    Level,
    /// `市委`: Party organs; others take the level alone.
    Party,
    /// `市场监管厅`: its divisions.
    Organ,
    /// `各`: collectives and areas without a name.
    Each,
    /// `各市、县（区）`: departments.
    EachLevel,
}

/// Names every piece, with what the enumeration elides.
pub(super) fn name_all<'t>(page: &Page<'t>, pieces: &[Piece], units: &mut Vec<Unit<'t>>) {
    let glyphs = &page.glyphs;
    let mut head: Option<Head> = None;
    let mut lender = Lender::default();
    let mut lent = None;
    for (index, piece) in pieces.iter().enumerate() {
        if piece.parted {
            head = None;
        }
        let name = &Name::new(glyphs, piece);
        let tail = lender
            .area_tail(glyphs, pieces, index)
            .or_else(|| member_tail(glyphs, pieces, index));
        let office = match tail {
            Some(_) => None,
            None => office_tail(glyphs, pieces, index),
        };
        // Who lends its `部门` shares the level word before them too.
        let joint = office.or(lent).filter(|&(_, end)| end >= piece.last);
        lent = joint;
        let mut shared = None;
        if tail.is_none() {
            match own_head(name) {
                Own::Head(..) if head.is_some_and(|head| ranks_with(head, glyphs, name)) => {
                    shared = head.map(|head| (head.first, head.last));
                }
                Own::Head(length, scope) => {
                    head = Some(Head {
                        first: piece.first,
                        last: piece.first + length,
                        scope,
                    });
                }
                Own::Stops => head = None,
                Own::Passes => {}
                Own::None if joint.is_some() => {
                    let level = head.filter(|head| head.scope == Scope::Level);
                    shared = level.map(|head| (head.first, head.last));
                }
                Own::None => shared = head.and_then(|head| fitting(head, glyphs, name)),
            }
        }
        // `县水利局 张某`
        let person = index > 0
            && pieces[index - 1].last == piece.first
            && page.spaced(piece.first)
            && is_person(page, piece.first, piece.last);
        units.push(build(page, *piece, shared, tail.or(office), person));
    }
}

/// The glyphs of a piece and what its words say.
struct Name<'g> {
    glyphs: &'g [Glyph],
    look: Look,
}

impl<'g> Name<'g> {
    fn new(glyphs: &'g [Glyph], piece: &Piece) -> Self {
        Self {
            glyphs: &glyphs[piece.first..piece.last],
            look: piece.look,
        }
    }

    /// Without the brackets at the end.
    fn core(&self) -> &'g [Glyph] {
        &self.glyphs[..self.look.core]
    }

    /// How the whole name ends, its brackets included.
    fn whole_ending(&self) -> Option<(usize, Ending)> {
        if self.look.core == self.glyphs.len() {
            self.look.ending
        } else {
            ending_of(self.glyphs)
        }
    }

    fn is_area(&self) -> bool {
        matches!(self.look.ending, Some((_, Ending::Area))) && names_area(self.core())
    }

    /// A place without a level word: `南沙`, `广州`.
    fn is_short(&self) -> bool {
        lexicon::places().is(self.glyphs)
            || (2..=4).contains(&self.glyphs.len())
                && self.whole_ending().is_none()
                && lexicon::prose().longest(self.glyphs).is_none()
                // `中国一重`: a house, no place.
                && lexicon::verticals().longest(self.glyphs).is_none()
    }

    /// A kind of zone, its committee not named: `高新区`.
    fn is_zone(&self) -> bool {
        matches!(self.look.ending, Some((length, Ending::Area)) if (3..=6).contains(&length) && length == self.glyphs.len())
            && matches!(self.glyphs.last(), Some(last) if last.ch == '区')
    }

    /// Whether it is the name of an area without an organ behind it.
    fn stands_bare(&self) -> bool {
        let area = match self.whole_ending() {
            // Most names are organs and need no more looks.
            Some((_, Ending::Organ(_))) if !lexicon::places().is(self.glyphs) => return false,
            Some((_, Ending::Area)) => names_area(self.glyphs),
            _ => false,
        };
        self.glyphs[0].ch != '各'
            && self.look.levels.run < self.glyphs.len()
            && area_word(self.glyphs) < self.glyphs.len()
            && (area || self.is_short())
    }
}

/// What a name says of heads.
enum Own {
    /// It has one of its own, so many glyphs long.
    Head(usize, Scope),
    /// It has none and shares none: a place name, a vertically managed organ.
    Stops,
    /// It takes none, those behind it do: `芦塘供销社`.
    Passes,
    /// It may share one.
    None,
}

fn own_head(name: &Name<'_>) -> Own {
    let &Name { glyphs, look } = name;
    if glyphs[0].ch == '各' {
        let run = look.levels.joint;
        let rest = &glyphs[run..];
        let department = run > 0
            && matches!(
                lexicon::endings().longest(bare(rest)),
                Some((
                    _,
                    Ending::Organ(UnitKind::Agency | UnitKind::Institution | UnitKind::Division)
                ))
            )
            && begins(rest, "有关").is_none();
        // `各县委政法委、组织部`
        let party = ["委", "党委"].iter().find_map(|word| begins(rest, word));
        if let Some(party) = party.filter(|&party| run > 0 && is_party(&rest[party..])) {
            return Own::Head(run + party, Scope::Party);
        }
        return if department {
            Own::Head(run, Scope::EachLevel)
        } else {
            Own::Head(1, Scope::Each)
        };
    }
    // `民航江西监管局`, not `民航处`.
    let vertical = lexicon::verticals()
        .longest(glyphs)
        .is_some_and(|(length, ())| length + 1 != glyphs.len());
    if !vertical && let Some(length) = place_head(name) {
        return Own::Head(length, Scope::Level);
    }
    // `新疆生产建设兵团` heads its offices, though a place begins its name.
    let place = lexicon::places()
        .longest(glyphs)
        .is_some_and(|(length, ())| look.head.is_none_or(|(head, _)| head <= length));
    if vertical || place {
        return Own::Stops;
    }
    if let Some((length, true)) = look.head
        && glyphs.len() >= length + 2
    {
        if look.collective {
            return Own::Stops;
        }
        let rest = &glyphs[length..];
        let party = ["委", "党委"].iter().find_map(|word| begins(rest, word));
        return match party {
            Some(word) if rest.len() > word && is_party(&rest[word..]) => {
                Own::Head(length + word, Scope::Party)
            }
            _ => Own::Head(length, Scope::Level),
        };
    }
    if look.collective {
        return Own::Stops;
    }
    if let Some(length) = organ_before_division(glyphs) {
        return Own::Head(length, Scope::Organ);
    }
    if names_place(name) || is_vertical(name) {
        return Own::Stops;
    }
    // `城投公司` between two offices of the city.
    if matches!(
        name.look.ending,
        Some((_, Ending::Organ(UnitKind::Enterprise)))
    ) {
        return Own::Passes;
    }
    // With something in front, of a place or with a name.
    // `农学院`, `医学院附属医院`
    let school = ends(glyphs, "学院").is_some_and(|length| length < glyphs.len())
        || find(glyphs, "附属").is_some_and(|at| at > 1);
    let local = [
        "供销社",
        "卫生院",
        "派出所",
        "中学",
        "小学",
        "大学",
        "实验室",
        "街道办事处",
        "街道办",
    ]
    .iter()
    .any(|word| ends(glyphs, word).is_some_and(|length| length + 1 < glyphs.len()));
    if local || school {
        return Own::Passes;
    }
    Own::None
}

fn is_party(rest: &[Glyph]) -> bool {
    matches!(
        lexicon::endings().longest(bare(rest)),
        Some((_, Ending::Organ(UnitKind::Party)))
    ) || rest
        .last()
        .is_some_and(|glyph| matches!(glyph.ch, '部' | '办' | '委' | '室' | '局'))
}

/// `市场监管厅登记注册局`: the organ that the office belongs to.
fn organ_before_division(name: &[Glyph]) -> Option<usize> {
    let at = name.iter().position(|glyph| glyph.ch == '厅')? + 1;
    (at >= 3 && at + 2 <= name.len() && is_organ(&name[at..])).then_some(at)
}

/// Whether an area with a name of its own stands in front of the organ: `航空港区税务局`, `赣江新区管委会`.
fn names_place(name: &Name<'_>) -> bool {
    if name.is_area() {
        return area_word(name.core()) == 0;
    }
    let Some((length, Ending::Organ(kind))) = name.look.ending else {
        return false;
    };
    let base = &name.glyphs[..name.look.core - length];
    // `城关镇人民政府`, not `农业农村局`.
    if matches!(kind, UnitKind::Government | UnitKind::Party)
        && base.len() >= 3
        && matches!(base[base.len() - 1].ch, '镇' | '乡' | '村' | '木')
        && area_word(base) == 0
    {
        return true;
    }
    (3..=base.len()).any(|end| {
        matches!(base[end - 1].ch, '市' | '区' | '县' | '州' | '旗' | '盟')
            && area_word(&base[..end]) == 0
            && !matches!(base.get(end), Some(glyph) if glyph.ch == '域')
    })
}

/// The area whose agency this is: `南昌市` of `南昌市教育局`, and of a county by its shape; a
/// district may be any area: `大湾区`.
fn place_head(name: &Name<'_>) -> Option<usize> {
    let (length, Ending::Organ(UnitKind::Agency)) = name.look.ending? else {
        return None;
    };
    if name.look.head.is_some_and(|(_, heads)| heads) {
        return None;
    }
    let base = &name.glyphs[..name.look.core - length];
    let known = lexicon::places().longest(name.glyphs);
    // `市场监管局` in `某省市场监管局` is no city.
    let level = |end: usize, words: &[char]| {
        words.contains(&name.glyphs[end].ch)
            && !matches!(
                lexicon::heads().longest(&name.glyphs[end..]),
                Some((_, false))
            )
    };
    let end = known
        .map(|(length, ())| length)
        .filter(|&end| end < name.look.core && level(end, &['省', '市', '州', '盟', '县', '区']))
        .or_else(|| {
            let city = |end: usize| end <= 3 && level(end, &['市']) && base[end - 1].ch != '城';
            // `广州` of `广州海关` is a name of its own.
            let state = |end: usize| known.is_none() && end <= 3 && level(end, &['省', '州']);
            (2..base.len().min(9)).find(|&end| city(end) || state(end) || level(end, &['县', '旗']))
        })?;
    (area_word(&name.glyphs[..=end]) == 0).then_some(end + 1)
}

/// How many glyphs of a generic area word stand at the start: `开发区`, `园区`.
fn area_word(name: &[Glyph]) -> usize {
    for length in (2..=name.len().min(6)).rev() {
        if matches!(lexicon::endings().longest(&name[..length]), Some((word, Ending::Area)) if word == length)
        {
            return length;
        }
    }
    level_run(name)
}

/// Organs that no level heads: banks, customs, supervision bureaus, companies with names of their own.
fn is_vertical(name: &Name<'_>) -> bool {
    [
        "海关",
        "银保监局",
        "银保监分局",
        "证监局",
        "监管分局",
    ]
    .iter()
    .any(|word| ends(name.glyphs, word).is_some())
        // `禾溪供电局`: with something in front, of a place.
        || ["供电局", "气象局", "烟草专卖局", "海事局", "水文站"]
            .iter()
            .any(|word| ends(name.glyphs, word).is_some_and(|length| length + 1 < name.glyphs.len()))
}

/// The head as it stands before this name, if it may: first and last glyph.
fn fitting(head: Head, glyphs: &[Glyph], name: &Name<'_>) -> Option<(usize, usize)> {
    let kind = match name.look.ending {
        Some((_, Ending::Organ(kind))) => kind,
        Some((_, Ending::Area)) => UnitKind::Other,
        _ => return None,
    };
    let office = matches!(
        kind,
        UnitKind::Agency | UnitKind::Institution | UnitKind::Division
    );
    let fits = match head.scope {
        // `街道办事处` behind `镇人民政府` has a level of its own.
        Scope::Level => {
            // A `科` belongs to the office before it, not to the city.
            let section = kind == UnitKind::Division
                && matches!(name.glyphs.last(), Some(last) if matches!(last.ch, '科' | '股'))
                && matches!(
                    glyphs[head.first].ch,
                    '省' | '市' | '县' | '区' | '州' | '旗' | '镇' | '乡'
                );
            // `校友办` behind `校团委`
            let own = glyphs[head.first].ch == '校' && name.glyphs[0].ch == '校';
            !matches!(kind, UnitKind::Other | UnitKind::Collective)
                && name.look.levels.run < 2
                && !section
                && !own
        }
        Scope::Party if kind == UnitKind::Party || name.glyphs.last()?.ch == '部' => true,
        Scope::Party => {
            let level = lexicon::heads().longest(&glyphs[head.first..head.last])?.0;
            return (!matches!(kind, UnitKind::Other | UnitKind::Collective))
                .then_some((head.first, head.first + level));
        }
        Scope::Organ => office,
        // `工业和信息化主管部门` is what an office is called where its name differs from place to place.
        Scope::EachLevel => {
            office
                || !name.look.collective
                    && ["主管部门", "监管部门"].iter().any(|word| {
                        ends(name.glyphs, word).is_some_and(|end| end < name.glyphs.len())
                    })
        }
        // `街道各办` says `各` itself.
        Scope::Each => {
            name.glyphs.iter().all(|glyph| glyph.ch != '各')
                && (kind == UnitKind::Collective || area_word(name.glyphs) > 0)
        }
    };
    fits.then_some((head.first, head.last))
}

/// Whether the name is the government of a level that ranks with the one behind `各`: `市人民政府` of
/// `各盟行政公署、市人民政府`.
fn ranks_with(head: Head, glyphs: &[Glyph], name: &Name<'_>) -> bool {
    let government = matches!(name.look.ending, Some((length, Ending::Organ(UnitKind::Government)))
        if length + 1 == name.look.core);
    head.scope == Scope::Each
        && government
        && Levels::new(&glyphs[head.last..])
            .named()
            .eq(name.look.levels.named())
}

/// Who lends a tail to the areas before it: `政府` of `南昌市、抚州市政府`, `区政府` of `南沙、天河区政府`.
#[derive(Default)]
struct Lender {
    /// The first piece behind that is more than a bare area, or parted.
    at: usize,
}

/// Areas before the lender of their tail.
const AREAS: usize = 40;

impl Lender {
    /// The tail that a later unit lends to a bare area; first and last glyph.
    fn area_tail(
        &mut self,
        glyphs: &[Glyph],
        pieces: &[Piece],
        index: usize,
    ) -> Option<(usize, usize)> {
        let own = Name::new(glyphs, &pieces[index]);
        if own.is_zone() {
            return zone_tail(glyphs, &pieces[index + 1..]);
        }
        if is_street(own.glyphs) {
            return street_tail(glyphs, &pieces[index + 1..]);
        }
        if lexicon::places().is(own.glyphs)
            && let Some(tail) = house_tail(glyphs, &pieces[index + 1..])
        {
            return Some(tail);
        }
        if !own.stands_bare() {
            return None;
        }
        if self.at <= index {
            let goes_on = |piece: &&Piece| !piece.parted && Name::new(glyphs, piece).stands_bare();
            self.at = index + 1 + pieces[index + 1..].iter().take_while(goes_on).count();
        }
        let end = pieces
            .get(self.at)
            .filter(|piece| !piece.parted && self.at - index <= AREAS)?;
        let name = Name::new(glyphs, end);
        if name.glyphs[0].ch == '各' {
            return None;
        }
        // `合作局` of `江南省、江北省合作局`
        let levelled =
            matches!(own.glyphs.last(), Some(last) if "省市州盟县区旗".contains(last.ch));
        if levelled && let Some(length) = place_head(&name) {
            let same = name.glyphs[length - 1].ch == own.glyphs[own.glyphs.len() - 1].ch;
            return same.then_some((end.first + length, end.last));
        }
        let (length, Ending::Organ(UnitKind::Government)) = name.whole_ending()? else {
            return None;
        };
        let base = &name.glyphs[..name.glyphs.len() - length];
        let (area, Ending::Area) = ending_of(base)? else {
            return None;
        };
        if base.len() == area || is_level_run(base) {
            return None;
        }
        // A name without a level word takes the level word too.
        let takes_level = own.is_short();
        if takes_level && area > 1 {
            return None;
        }
        let from = end.last - length - if takes_level { area } else { 0 };
        Some((from, end.last))
    }
}

/// `管委会` of `高新区、经开区管委会`; first and last glyph.
fn zone_tail(glyphs: &[Glyph], behind: &[Piece]) -> Option<(usize, usize)> {
    let lender = behind
        .iter()
        .take(AREAS)
        .take_while(|piece| !piece.parted)
        .find(|piece| !Name::new(glyphs, piece).is_zone())?;
    let name = Name::new(glyphs, lender);
    let (length, Ending::Organ(UnitKind::Government)) = name.whole_ending()? else {
        return None;
    };
    let (base, tail) = name.glyphs.split_at(name.glyphs.len() - length);
    let zone = matches!(base.last(), Some(last) if last.ch == '区') && base[0].ch != '各';
    (zone && tail[0].ch == '管').then_some((lender.last - length, lender.last))
}

/// `城关街道`, not `各街道`.
fn is_street(name: &[Glyph]) -> bool {
    name.len() > 3 && name[0].ch != '各' && ends(name, "街道").is_some()
}

/// `办事处` of `城关街道、河西街道办事处`; first and last glyph.
fn street_tail(glyphs: &[Glyph], behind: &[Piece]) -> Option<(usize, usize)> {
    let name = |piece: &Piece| &glyphs[piece.first..piece.last];
    let lender = behind
        .iter()
        .take(AREAS)
        .take_while(|piece| !piece.parted)
        .find(|piece| !is_street(name(piece)))?;
    let office = ends(name(lender), "办事处")?;
    let street = &name(lender)[..name(lender).len() - office];
    is_street(street).then_some((lender.last - office, lender.last))
}

/// `公司` of `江苏、四川公司`, `海关` of `广州、湛江海关`: the houses of a group and the organs of a line of command
/// are called after their places; first and last glyph.
fn house_tail(glyphs: &[Glyph], behind: &[Piece]) -> Option<(usize, usize)> {
    let lender = behind
        .iter()
        .take(AREAS)
        .take_while(|piece| !piece.parted)
        .find(|piece| !lexicon::places().is(&glyphs[piece.first..piece.last]))?;
    matches!(
        lender.look.ending?.1,
        Ending::Organ(UnitKind::Enterprise | UnitKind::Agency)
    )
    .then_some(())?;
    let (place, ()) = lexicon::places().longest(&glyphs[lender.first..lender.last])?;
    let tail = &glyphs[lender.first + place..lender.last];
    // `江苏、上海市教委`: two levels.
    let own = tail.len() < 2 || is_headed(tail);
    (!own).then_some((lender.first + place, lender.last))
}

/// `成员单位` of `甲领导小组、乙委员会成员单位`; first and last glyph.
fn member_tail(glyphs: &[Glyph], pieces: &[Piece], index: usize) -> Option<(usize, usize)> {
    let own = &pieces[index];
    lexicon::bodies().longest(&glyphs[own.first..own.last])?;
    let (lender, at) = pieces[index + 1..]
        .iter()
        .take_while(|piece| !piece.parted)
        .take(8)
        .find_map(|piece| Some((piece, find(&glyphs[piece.first..piece.last], "成员单位")?)))?;
    lexicon::bodies().longest(&glyphs[lender.first..lender.first + at])?;
    Some((lender.first + at, lender.last))
}

/// Glyphs of a line of work that lacks its `局`, and names before the lender of it.
const WORK: std::ops::RangeInclusive<usize> = 2..=6;
const OFFICES: usize = 12;

/// `局` of `市教育、财政、人社局`, `部门` of `财政、卫生健康部门` and `财政、商务等部门`; first and last glyph.
fn office_tail(glyphs: &[Glyph], pieces: &[Piece], index: usize) -> Option<(usize, usize)> {
    // A line of work, and no name of its own.
    let lacks = |piece: &Piece| {
        let name = &glyphs[piece.first..piece.last];
        let work = &name[headed(piece)..];
        piece.look.ending.is_none()
            && !piece.look.collective
            && WORK.contains(&work.len())
            && lexicon::prose().longest(work).is_none()
            && !lexicon::places().is(work)
            && work.iter().all(|glyph| !is_mark(glyph.ch))
            // `路桥处`: an office of its own.
            && !work.last().is_some_and(|last| "所站队处科室".contains(last.ch))
    };
    if !lacks(&pieces[index]) {
        return None;
    }
    let row = || {
        let behind = pieces[index + 1..].iter();
        behind.take(OFFICES).take_while(|piece| !piece.parted)
    };
    let Some(lender) = row().find(|piece| !lacks(piece) || headed(piece) > 0) else {
        let end = row().last().unwrap_or(&pieces[index]).last;
        let behind = end + begins(&glyphs[end..], "等")?;
        let tail = behind + begins(&glyphs[behind..], "部门")?;
        return Some((behind, tail));
    };
    let name = &glyphs[lender.first..lender.last];
    let (length, Ending::Organ(UnitKind::Agency | UnitKind::Collective)) = lender.look.ending?
    else {
        return None;
    };
    let work = &name[..name.len().checked_sub(length)?];
    let shares = ["局", "厅", "部门"]
        .iter()
        .any(|tail| begins(&name[work.len()..], tail) == Some(length));
    let own = lender.look.collective || headed(lender) > 0;
    (shares && !own && WORK.contains(&work.len())).then_some((lender.last - length, lender.last))
}

/// Glyphs of the level word that heads a piece.
fn headed(piece: &Piece) -> usize {
    match piece.look.head {
        Some((length, true)) => length,
        _ => 0,
    }
}
