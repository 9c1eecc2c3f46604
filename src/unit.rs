//! The glyphs of an enumeration of units in, typed [`Unit`]s out.
//!
//! ```text
//! list     = unit (("、" | "，" | "；" | "和" | "及") unit)* ("等" collective?)?
//! ```
//!
//! | written | read |
//! |---|---|
//! | `省商务厅、发展改革委` | 省商务厅 · 省发展改革委: the head is shared |
//! | `南昌市、抚州市政府` | 南昌市政府 · 抚州市政府: the tail is shared |
//! | `各县（区）政府、开发区管委会` | … · 各开发区管委会: `各` is distributed |
//! | `各市、县（市、区）政府` | one collective: level words that stand bare belong together |
//! | `市直有关部门、单位` | one collective |
//! | `工业和信息化厅` | one organ: the left side of `和` is none |
//! | `市公安局等有关部门` | 市公安局 · 有关部门 |
//! | `省编办〔省审改办〕` | 省编办, alias 省审改办 |
//!
//! A shared head holds within the units that `、` joins; `，` parts administrative systems.

use crate::glyph::{Glyph, Page, begins, ends, find, is_close, is_open};
use crate::lexicon::{self, Ending};
use crate::model::{Level, Members, Str, Unit, UnitKind};

/// Units as read from an enumeration.
#[derive(Debug, Default)]
pub(crate) struct Units<'t> {
    pub units: Vec<Unit<'t>>,
    /// Whether `等` leaves the list open.
    pub open_ended: bool,
}

/// A stretch of glyphs that is one unit.
#[derive(Clone, Copy, Debug)]
struct Piece {
    first: usize,
    last: usize,
    /// Parted from the one before by more than `、`.
    parted: bool,
}

/// Reads the units of an enumeration, glyphs `first..last`.
pub(crate) fn read_units<'t>(page: &Page<'t>, first: usize, last: usize) -> Units<'t> {
    let mut pieces = Vec::with_capacity(8);
    let mut open_ended = false;
    let mut parted = true;
    for (start, end, hard) in split(page, first, last) {
        part(page, start, end, parted, &mut pieces, &mut open_ended);
        parted = hard;
    }
    merge(page, &mut pieces);
    let mut units = Vec::with_capacity(pieces.len());
    name_all(page, &pieces, &mut units);
    Units { units, open_ended }
}

/// Whether these glyphs are, from end to end, the name of an organ or a collective.
pub(crate) fn is_organ(glyphs: &[Glyph]) -> bool {
    let glyphs = bare(glyphs);
    if glyphs.len() < 2
        || glyphs.len() > 60
        || lexicon::prose().longest(glyphs).is_some() && !is_headed(glyphs)
    {
        return false;
    }
    if glyphs
        .iter()
        .any(|glyph| matches!(glyph.ch, '。' | ';' | ':' | '《' | '?' | '!' | '%'))
    {
        return false;
    }
    matches!(lexicon::endings().longest(glyphs), Some((length, Ending::Organ(kind)))
        if length < glyphs.len() || glyphs.len() >= 3 || kind == UnitKind::Party || kind == UnitKind::Collective && glyphs[0].ch == '各' || kind == UnitKind::Agency && length >= 2)
}

/// Whether these glyphs name an organ or an area that stands for one.
pub(crate) fn is_unit(glyphs: &[Glyph]) -> bool {
    is_organ(glyphs) || is_area(bare(glyphs))
}

fn is_area(glyphs: &[Glyph]) -> bool {
    glyphs.len() >= 2
        && glyphs.len() <= 24
        && matches!(lexicon::endings().longest(glyphs), Some((_, Ending::Area)))
        && lexicon::prose().longest(glyphs).is_none()
}

fn is_headed(glyphs: &[Glyph]) -> bool {
    matches!(lexicon::heads().longest(glyphs), Some((_, true)))
}

/// Without the brackets at the end.
fn bare(glyphs: &[Glyph]) -> &[Glyph] {
    let mut rest = glyphs;
    while let Some(last) = rest.last() {
        if !is_close(last.ch) {
            break;
        }
        let mut depth = 0;
        let Some(open) = rest.iter().rposition(|glyph| {
            if is_close(glyph.ch) {
                depth += 1;
            } else if is_open(glyph.ch) {
                depth -= 1;
            }
            depth == 0
        }) else {
            break;
        };
        rest = &rest[..open];
    }
    rest
}

/// Where the bracket or quotation that opens at `at` closes, if it does before `last`.
pub(crate) fn closing(glyphs: &[Glyph], at: usize, last: usize) -> Option<usize> {
    let close = match glyphs[at].ch {
        '“' => '”',
        '《' => '》',
        '‘' => '’',
        ch if is_open(ch) => {
            let mut depth = 0;
            for (index, glyph) in glyphs[at..last].iter().enumerate().take(80) {
                if is_open(glyph.ch) {
                    depth += 1;
                } else if is_close(glyph.ch) {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + index);
                    }
                }
            }
            return None;
        }
        _ => return None,
    };
    // A quotation that never closes ends with its sentence.
    let end = glyphs[at..last]
        .iter()
        .take(60)
        .position(|glyph| glyph.ch == close || glyph.ch == '。')?;
    (glyphs[at + end].ch == close).then_some(at + end)
}

/// Splits at `、` `，` `；` and at blanks between complete names, outside brackets and quotations:
/// first and last glyph of each stretch, and whether more than `、` follows.
fn split(page: &Page<'_>, first: usize, last: usize) -> Vec<(usize, usize, bool)> {
    let glyphs = &page.glyphs;
    let mut stretches = Vec::with_capacity(8);
    let mut start = first;
    let mut at = first;
    while at < last {
        let ch = glyphs[at].ch;
        if let Some(close) = closing(glyphs, at, last) {
            at = close + 1;
            continue;
        }
        let separator = matches!(ch, '、' | ',' | ';' | '。' | '/');
        if separator {
            if start < at {
                stretches.push((start, at, ch != '、'));
            }
            start = at + 1;
        } else if at > start + 2
            && !is_open(ch)
            && is_organ(&glyphs[start..at])
            && page.spaced(at)
            && begins_unit(&glyphs[at..last])
        {
            stretches.push((start, at, false));
            start = at;
        }
        at += 1;
    }
    if start < last {
        stretches.push((start, last, true));
    }
    stretches
}

/// Whether a unit can begin here, for lists that are parted by blanks only.
fn begins_unit(glyphs: &[Glyph]) -> bool {
    let end = glyphs
        .iter()
        .position(|glyph| matches!(glyph.ch, '、' | ',' | ';' | '。'))
        .unwrap_or(glyphs.len());
    (2..=end.min(24)).any(|length| is_unit(&glyphs[..length]))
}

/// Parts a stretch at `等`, `和`, `及` where its left side is a complete name.
fn part(
    page: &Page<'_>,
    first: usize,
    last: usize,
    parted: bool,
    pieces: &mut Vec<Piece>,
    open_ended: &mut bool,
) {
    let glyphs = &page.glyphs;
    let mut first = first;
    // A link in front of a piece: `、以及各县政府`.
    for word in ["以及", "及", "和", "与", "会同"] {
        if let Some(length) = begins(&glyphs[first..last], word)
            && first + length < last
            && word != "和"
        {
            first += length;
            break;
        }
    }
    let mut at = first;
    while at < last {
        if let Some(close) = closing(glyphs, at, last) {
            at = close + 1;
            continue;
        }
        let left = &glyphs[first..at];
        let right = &glyphs[at + 1..last];
        match glyphs[at].ch {
            '等' if is_unit(left) => {
                if right.is_empty() || is_filler(right) {
                    *open_ended = true;
                    pieces.push(Piece {
                        first,
                        last: at,
                        parted,
                    });
                    return;
                }
                let filler = right_head(right);
                let skip = if filler.len() < right.len() && is_filler(filler) {
                    filler.len()
                } else {
                    0
                };
                if let Some(link) = link(&right[skip..]).map(|link| skip + link) {
                    *open_ended = true;
                    pieces.push(Piece {
                        first,
                        last: at,
                        parted,
                    });
                    return part(page, at + 1 + link, last, false, pieces, open_ended);
                }
                if is_collective(right) && is_unit(right_head(right)) {
                    *open_ended = true;
                    pieces.push(Piece {
                        first,
                        last: at,
                        parted,
                    });
                    return part(page, at + 1, last, false, pieces, open_ended);
                }
            }
            '和' | '及' | '与' | '以' | '或' => {
                if let Some(link) = link(&glyphs[at..last])
                    && is_unit(left)
                    && !is_level_run(left)
                    && at + link < last
                    && starts_other(&glyphs[at + link..last])
                {
                    pieces.push(Piece {
                        first,
                        last: at,
                        parted,
                    });
                    return part(page, at + link, last, false, pieces, open_ended);
                }
            }
            _ => {}
        }
        at += 1;
    }
    if first < last {
        pieces.push(Piece {
            first,
            last,
            parted,
        });
    }
}

/// `和` `及` `以及` `与` at the start, not `及时` or `及其`: its length.
fn link(glyphs: &[Glyph]) -> Option<usize> {
    if begins(glyphs, "及时").is_some() || begins(glyphs, "及其").is_some() {
        return None;
    }
    ["以及", "和", "及", "与", "或"]
        .into_iter()
        .find_map(|word| begins(glyphs, word))
}

/// The right side up to its own `和`, `及`, `等`.
fn right_head(glyphs: &[Glyph]) -> &[Glyph] {
    for at in 2..glyphs.len() {
        if matches!(glyphs[at].ch, '和' | '及' | '等')
            && (is_unit(&glyphs[..at]) || lexicon::label_nouns().is(&glyphs[..at]))
        {
            return &glyphs[..at];
        }
    }
    glyphs
}

/// Whether another unit begins here: the right side of `和`.
fn starts_other(right: &[Glyph]) -> bool {
    let head = right_head(right);
    let core = bare(head);
    if lexicon::label_nouns().is(core)
        || lexicon::endings().is(core)
            && !is_collective(core)
            && core.len() < 6
            && begins(core, "人民政府")
                .or(begins(core, "政府"))
                .or(begins(core, "党委"))
                .is_some()
    {
        return false;
    }
    is_collective(right) && is_unit(head) || is_unit(head) && head.len() >= 3
}

/// What `等` may be followed by without naming anybody: `等部门`, `等单位`, `等12个部门`.
fn is_filler(glyphs: &[Glyph]) -> bool {
    let rest = glyphs
        .iter()
        .position(|glyph| !(glyph.ch.is_ascii_digit() || "个多家几".contains(glyph.ch)))
        .map_or(glyphs, |at| &glyphs[at..]);
    [
        "部门",
        "单位",
        "部门单位",
        "部门和单位",
        "部门(单位)",
        "单位和部门",
        "机构",
        "企业",
        "部门及单位",
        "单位部门",
        "成员单位",
        "部委",
        "委办局",
        "地",
        "方面",
    ]
    .iter()
    .any(|word| begins(rest, word) == Some(rest.len()))
}

/// Whether the name begins like a collective: `各`, `有关`, `市直`.
fn is_collective(glyphs: &[Glyph]) -> bool {
    let rest = match lexicon::heads().longest(glyphs) {
        Some((length, true)) => &glyphs[length..],
        _ => glyphs,
    };
    lexicon::collectives().longest(glyphs).is_some()
        || lexicon::collectives().longest(rest).is_some()
}

/// Level words from end to end, brackets of level words included: `各市`, `县（市、区）`.
fn is_level_run(glyphs: &[Glyph]) -> bool {
    let run = level_run(glyphs);
    run > 0 && run == glyphs.len()
}

/// How many glyphs of level words stand at the start, `各` before them and brackets included.
fn level_run(glyphs: &[Glyph]) -> usize {
    let mut at = 0;
    for word in ["各", "全省各", "全市各", "有关", "相关", "所有"] {
        if let Some(length) = begins(glyphs, word) {
            at = length;
            break;
        }
    }
    let start = at;
    while at < glyphs.len() {
        if at > start && is_open(glyphs[at].ch) {
            match closing(glyphs, at, glyphs.len()) {
                Some(close)
                    if glyphs[at + 1..close]
                        .iter()
                        .all(|glyph| "省市县区州旗盟镇乡、,自治特地".contains(glyph.ch)) =>
                {
                    at = close + 1;
                    continue;
                }
                _ => break,
            }
        }
        if matches!(lexicon::heads().longest(&glyphs[at..]), Some((_, false)))
            && lexicon::levels()
                .longest(&glyphs[at..])
                .is_none_or(|(length, ())| length == 1)
        {
            break;
        }
        match lexicon::levels().longest(&glyphs[at..]) {
            Some((length, ())) => at += length,
            None => break,
        }
    }
    if at == start { 0 } else { at }
}

/// As [`level_run`], over `、` too: `各市、县〔区〕`.
fn joint_run(glyphs: &[Glyph]) -> usize {
    let mut run = level_run(glyphs);
    while run > 0 && glyphs.get(run).is_some_and(|glyph| glyph.ch == '、') {
        match level_run(&glyphs[run + 1..]) {
            0 => break,
            more => run += 1 + more,
        }
    }
    run
}

/// Joins pieces that are parts of one name.
fn merge(page: &Page<'_>, pieces: &mut Vec<Piece>) {
    let glyphs = &page.glyphs;
    let mut kept = 0;
    for index in 0..pieces.len() {
        let piece = pieces[index];
        if kept > 0 && !piece.parted {
            let before = pieces[kept - 1];
            if belongs(
                &glyphs[before.first..before.last],
                &glyphs[piece.first..piece.last],
            ) {
                pieces[kept - 1].last = piece.last;
                continue;
            }
        }
        pieces[kept] = piece;
        kept += 1;
    }
    pieces.truncate(kept);
}

/// Whether `、` between these two parts one name.
fn belongs(before: &[Glyph], piece: &[Glyph]) -> bool {
    // `各州、市教育局`: levels of one rank.
    if is_level_run(before)
        && before[0].ch == '各'
        && before.len() == 2
        && "州盟".contains(before[1].ch)
        && begins(piece, "市").is_some()
    {
        return true;
    }
    // `各市、县（区）政府`
    let last_of_run = before
        .iter()
        .rposition(|glyph| glyph.ch == '、')
        .map_or(before, |at| &before[at + 1..]);
    if is_level_run(before) || is_level_run(last_of_run) && before.len() > last_of_run.len() {
        let run = level_run(piece);
        if run > 0 && piece[0].ch != '各' {
            let rest = &piece[run..];
            return rest.is_empty()
                || is_close(piece[run - 1].ch)
                || [
                    "政府",
                    "人民政府",
                    "行署",
                    "党委",
                    "党工委",
                    "管委会",
                    "人民法院",
                    "人民检察院",
                    "法院",
                    "检察院",
                    "有关",
                    "相关",
                    "各",
                    "直属",
                    "委",
                    "部门",
                    "纪委",
                ]
                .iter()
                .any(|word| begins(rest, word).is_some());
        }
    }
    // `市直有关部门、单位`
    let noun = |glyphs: &[Glyph]| {
        ["部门", "单位", "机构"]
            .iter()
            .any(|word| ends(glyphs, word).is_some())
    };
    if noun(before)
        && is_collective(before)
        && ["单位", "机构", "企业", "部门", "处室"]
            .iter()
            .any(|word| begins(piece, word) == Some(piece.len()))
    {
        return true;
    }
    // `市政府各委、办、局`
    if piece.len() == 1
        && find(before, "各").is_some()
        && before
            .last()
            .is_some_and(|glyph| "委办局厅部处室".contains(glyph.ch))
    {
        return true;
    }
    // `市属、驻市各单位`
    let short = |glyphs: &[Glyph]| {
        let glyphs = if glyphs.first().is_some_and(|glyph| glyph.ch == '各') {
            &glyphs[1..]
        } else {
            glyphs
        };
        glyphs.len() <= 3
            && (glyphs
                .last()
                .is_some_and(|glyph| matches!(glyph.ch, '属' | '直'))
                || glyphs.first().is_some_and(|glyph| glyph.ch == '驻'))
    };
    short(before) && noun(piece)
}

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
fn name_all<'t>(page: &Page<'t>, pieces: &[Piece], units: &mut Vec<Unit<'t>>) {
    let glyphs = &page.glyphs;
    let mut head: Option<Head> = None;
    for (index, piece) in pieces.iter().enumerate() {
        if piece.parted {
            head = None;
        }
        let name = &glyphs[piece.first..piece.last];
        let tail = shared_tail(page, pieces, index);
        let mut shared = None;
        if tail.is_none() {
            let own = own_head(name);
            match own {
                Own::Head(length, scope) => {
                    head = Some(Head {
                        first: piece.first,
                        last: piece.first + length,
                        scope,
                    })
                }
                Own::Stops => head = None,
                Own::None => shared = head.and_then(|head| fitting(head, glyphs, name)),
            }
        }
        units.push(build(page, *piece, shared, tail));
    }
}

/// What a name says of heads.
enum Own {
    /// It has one of its own, so many glyphs long.
    Head(usize, Scope),
    /// It has none and shares none: a place name, a vertically managed organ.
    Stops,
    /// It may share one.
    None,
}

fn own_head(name: &[Glyph]) -> Own {
    if name[0].ch == '各' {
        let run = joint_run(name);
        let rest = &name[run..];
        let department = run > 0
            && matches!(
                lexicon::endings().longest(bare(rest)),
                Some((
                    _,
                    Ending::Organ(UnitKind::Agency | UnitKind::Institution | UnitKind::Division)
                ))
            )
            && begins(rest, "有关").is_none();
        return if department {
            Own::Head(run, Scope::EachLevel)
        } else {
            Own::Head(1, Scope::Each)
        };
    }
    if lexicon::verticals().longest(name).is_some() || lexicon::places().longest(name).is_some() {
        return Own::Stops;
    }
    if let Some((length, true)) = lexicon::heads().longest(name)
        && name.len() >= length + 2
    {
        if is_collective(name) {
            return Own::Stops;
        }
        let rest = &name[length..];
        let party = ["委", "党委"].iter().find_map(|word| begins(rest, word));
        return match party {
            Some(word) if rest.len() > word && is_party(&rest[word..]) => {
                Own::Head(length + word, Scope::Party)
            }
            _ => Own::Head(length, Scope::Level),
        };
    }
    if is_collective(name) {
        return Own::Stops;
    }
    if let Some(length) = organ_before_division(name) {
        return Own::Head(length, Scope::Organ);
    }
    if names_place(name) || is_vertical_ending(name) {
        return Own::Stops;
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
fn names_place(name: &[Glyph]) -> bool {
    let name = bare(name);
    if is_area(name) {
        return area_word(name) == 0;
    }
    let Some((length, Ending::Organ(_))) = lexicon::endings().longest(name) else {
        return false;
    };
    let base = &name[..name.len() - length];
    (3..=base.len()).any(|end| {
        matches!(base[end - 1].ch, '市' | '区' | '县' | '州' | '旗' | '盟')
            && area_word(&base[..end]) == 0
            && !matches!(base.get(end), Some(glyph) if glyph.ch == '域')
    })
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
fn is_vertical_ending(name: &[Glyph]) -> bool {
    matches!(
        lexicon::endings().longest(bare(name)),
        Some((_, Ending::Organ(UnitKind::Enterprise)))
    ) || [
        "海关",
        "银保监局",
        "银保监分局",
        "证监局",
        "大学",
        "学院",
        "监管分局",
    ]
    .iter()
    .any(|word| ends(name, word).is_some())
}

/// The head as it stands before this name, if it may: first and last glyph.
fn fitting(head: Head, glyphs: &[Glyph], name: &[Glyph]) -> Option<(usize, usize)> {
    let kind = match lexicon::endings().longest(bare(name)) {
        Some((_, Ending::Organ(kind))) => kind,
        Some((_, Ending::Area)) => UnitKind::Other,
        _ => return None,
    };
    let whole = Some((head.first, head.last));
    match head.scope {
        Scope::Level if kind == UnitKind::Collective => None,
        Scope::Level => (kind != UnitKind::Other).then_some((head.first, head.last)),
        Scope::Party if kind == UnitKind::Party || name.last()?.ch == '部' => whole,
        Scope::Party => {
            let level = lexicon::heads().longest(&glyphs[head.first..head.last])?.0;
            (!matches!(kind, UnitKind::Other | UnitKind::Collective))
                .then_some((head.first, head.first + level))
        }
        Scope::Organ => matches!(
            kind,
            UnitKind::Division | UnitKind::Agency | UnitKind::Institution
        )
        .then_some((head.first, head.last)),
        Scope::Each => {
            let generic = area_word(name) > 0 || kind == UnitKind::Collective;
            generic.then_some((head.first, head.last))
        }
        Scope::EachLevel => matches!(
            kind,
            UnitKind::Agency | UnitKind::Institution | UnitKind::Division
        )
        .then_some((head.first, head.last)),
    }
}

/// The tail that a later unit of the enumeration lends: `政府` of `南昌市、抚州市政府`, `区政府` of
/// `南沙、天河区政府`, `成员单位` of `甲领导小组、乙委员会成员单位`; first and last glyph.
fn shared_tail(page: &Page<'_>, pieces: &[Piece], index: usize) -> Option<(usize, usize)> {
    area_tail(page, pieces, index).or_else(|| member_tail(page, pieces, index))
}

fn area_tail(page: &Page<'_>, pieces: &[Piece], index: usize) -> Option<(usize, usize)> {
    let glyphs = &page.glyphs;
    let short = |name: &[Glyph]| {
        lexicon::places().is(name)
            || lexicon::endings().longest(name).is_none()
                && (2..=4).contains(&name.len())
                && lexicon::prose().longest(name).is_none()
    };
    let stands_bare = |piece: &Piece| {
        let name = &glyphs[piece.first..piece.last];
        let named = name[0].ch != '各' && !is_level_run(name) && area_word(name) < name.len();
        named && (is_area(name) || short(name))
    };
    if !stands_bare(&pieces[index]) {
        return None;
    }
    let end = pieces[index + 1..]
        .iter()
        .take_while(|piece| !piece.parted)
        .take(40)
        .find(|piece| !stands_bare(piece))?;
    let name = &glyphs[end.first..end.last];
    if name[0].ch == '各' {
        return None;
    }
    let (length, Ending::Organ(UnitKind::Government)) = lexicon::endings().longest(name)? else {
        return None;
    };
    let base = &name[..name.len() - length];
    let (area, Ending::Area) = lexicon::endings().longest(base)? else {
        return None;
    };
    if base.len() == area || is_level_run(base) {
        return None;
    }
    // A name without a level word takes the level word too.
    let takes_level = short(&glyphs[pieces[index].first..pieces[index].last]);
    if takes_level && area > 1 {
        return None;
    }
    let from = end.last - length - if takes_level { area } else { 0 };
    Some((from, end.last))
}

fn member_tail(page: &Page<'_>, pieces: &[Piece], index: usize) -> Option<(usize, usize)> {
    let glyphs = &page.glyphs;
    let name = &glyphs[pieces[index].first..pieces[index].last];
    BODIES.iter().find_map(|word| ends(name, word))?;
    let last = pieces[index + 1..]
        .iter()
        .take_while(|piece| !piece.parted)
        .take(8)
        .find(|piece| find(&glyphs[piece.first..piece.last], "成员单位").is_some())?;
    let lender = &glyphs[last.first..last.last];
    let at = find(lender, "成员单位")?;
    BODIES.iter().find_map(|word| ends(&lender[..at], word))?;
    Some((last.first + at, last.last))
}

/// Bodies that have members.
const BODIES: &[&str] = &[
    "领导小组",
    "联席会议",
    "指挥部",
    "委员会",
    "工作组",
    "专班",
    "协调机制",
];

/// The typed unit of a piece.
fn build<'t>(
    page: &Page<'t>,
    piece: Piece,
    head: Option<(usize, usize)>,
    tail: Option<(usize, usize)>,
) -> Unit<'t> {
    let glyphs = &page.glyphs;
    let span = page.span(piece.first, piece.last);
    let name = &glyphs[piece.first..piece.last];
    let (core, aliases) = aliases(page, piece);
    let mut text = page.reading(piece.first, core);
    if head.is_some() || tail.is_some() {
        let mut full = String::new();
        if let Some((first, last)) = head {
            full.push_str(&page.reading(first, last));
        }
        full.push_str(&text);
        if let Some((first, last)) = tail {
            full.push_str(&page.reading(first, last));
        }
        text = Str::Owned(full);
    }
    let each = head.is_some_and(|(first, _)| glyphs[first].ch == '各');
    let members_of = tail.is_some_and(|(first, _)| glyphs[first].ch == '成');
    let kind = if each || members_of {
        UnitKind::Collective
    } else {
        kind(name, tail.is_some())
    };
    let members =
        (kind == UnitKind::Collective).then(|| Box::new(members(page, name, piece.first)));
    Unit {
        text: Str::Borrowed(page.cut(span)),
        span,
        name: text,
        aliases,
        kind,
        canonical: None,
        members,
    }
}

/// Where the name itself ends, and the other names in brackets behind it.
fn aliases<'t>(page: &Page<'t>, piece: Piece) -> (usize, Vec<Str<'t>>) {
    let glyphs = &page.glyphs;
    let name = &glyphs[piece.first..piece.last];
    let core = bare(name);
    if core.len() == name.len() || !is_organ(core) || is_collective(core) {
        return (piece.last, Vec::new());
    }
    let inside = (piece.first + core.len() + 1, piece.last - 1);
    let mut found = Vec::new();
    for (first, last, _) in split(page, inside.0, inside.1) {
        let part = &glyphs[first..last];
        if part.len() < 3 || !is_organ(part) || is_collective(part) {
            return (piece.last, Vec::new());
        }
        found.push(page.reading(first, last));
    }
    if found.is_empty() {
        (piece.last, found)
    } else {
        (piece.first + core.len(), found)
    }
}

/// What a name says the unit is.
fn kind(name: &[Glyph], has_tail: bool) -> UnitKind {
    if has_tail {
        return UnitKind::Government;
    }
    if is_collective(name)
        || is_level_run(name)
        || find(name, "各").is_some()
        || level_run(name) > 2 && name.iter().any(|glyph| glyph.ch == '、')
    {
        return UnitKind::Collective;
    }
    let core = bare(name);
    match lexicon::endings().longest(core) {
        Some((length, Ending::Organ(kind))) => {
            let level = lexicon::heads().longest(core);
            match level {
                // `厅法规处`, `局办公室`
                Some((1, true))
                    if matches!(core[0].ch, '厅' | '局' | '委' | '院' | '校')
                        && kind != UnitKind::Collective =>
                {
                    UnitKind::Division
                }
                _ if kind == UnitKind::Agency && length < core.len() && is_party_office(core) => {
                    UnitKind::Party
                }
                _ => kind,
            }
        }
        Some((_, Ending::Area)) => UnitKind::Government,
        _ => UnitKind::Other,
    }
}

/// `市委办公室`, `省委巡视办`.
fn is_party_office(name: &[Glyph]) -> bool {
    match lexicon::heads().longest(name) {
        Some((length, true)) => {
            name.get(length).is_some_and(|glyph| glyph.ch == '委')
                || begins(&name[length..], "党委").is_some()
        }
        _ => false,
    }
}

/// Who belongs to a collective.
fn members<'t>(page: &Page<'t>, name: &[Glyph], first: usize) -> Members<'t> {
    let levels = levels(name);
    let of = match lexicon::endings().longest(bare(name)) {
        Some((_, Ending::Area)) => UnitKind::Government,
        Some((_, Ending::Organ(UnitKind::Collective))) => {
            if find(name, "企业").is_some() || find(name, "公司").is_some() {
                UnitKind::Enterprise
            } else if is_level_run(name)
                || ["各地", "各地区"]
                    .iter()
                    .any(|word| begins(name, word) == Some(name.len()))
            {
                UnitKind::Government
            } else {
                UnitKind::Agency
            }
        }
        Some((_, Ending::Organ(kind))) => kind,
        _ => UnitKind::Other,
    };
    let body = BODIES.iter().find_map(|word| {
        let at = find(name, word)? + word.chars().count();
        let member = find(&name[at..], "成员单位").is_some_and(|gap| gap <= 2);
        member.then(|| page.reading(first, first + at))
    });
    let filter = ["有关", "相关", "涉农", "试点", "牵头", "主管", "其他"]
        .iter()
        .find_map(|word| {
            let at = find(name, word)?;
            Some(page.reading(first + at, first + at + word.chars().count()))
        });
    Members {
        of,
        levels,
        region: None,
        body,
        filter,
    }
}

/// The levels that the level words of a collective name.
fn levels(name: &[Glyph]) -> Vec<Level> {
    let mut levels = Vec::new();
    let mut add = |level| {
        if !levels.contains(&level) {
            levels.push(level);
        }
    };
    let run = joint_run(name);
    let mut at = 0;
    let words = &name[..run];
    while at < words.len() {
        let rest = &words[at..];
        let (length, level) = [
            ("自治区", Level::Province),
            ("直辖市", Level::Province),
            ("省", Level::Province),
            ("县级市", Level::County),
            ("市辖区", Level::County),
            ("自治县", Level::County),
            ("自治州", Level::City),
            ("设区市", Level::City),
            ("地级以上市", Level::City),
            ("地级市", Level::City),
            ("地区", Level::City),
            ("市", Level::City),
            ("州", Level::City),
            ("盟", Level::City),
            ("县", Level::County),
            ("区", Level::County),
            ("旗", Level::County),
            ("乡", Level::Township),
            ("镇", Level::Township),
            ("街道", Level::Township),
            ("村", Level::Village),
            ("社区", Level::Village),
        ]
        .into_iter()
        .find_map(|(word, level)| Some((begins(rest, word)?, Some(level))))
        .unwrap_or((1, None));
        if let Some(level) = level {
            // `县（市、区）`: a city in brackets behind a county is a county-level city.
            let inside = words[..at].iter().filter(|glyph| is_open(glyph.ch)).count()
                > words[..at]
                    .iter()
                    .filter(|glyph| is_close(glyph.ch))
                    .count();
            add(
                if inside
                    && level == Level::City
                    && words[..at]
                        .iter()
                        .any(|glyph| matches!(glyph.ch, '县' | '区'))
                {
                    Level::County
                } else {
                    level
                },
            );
        }
        at += length;
    }
    levels
}
