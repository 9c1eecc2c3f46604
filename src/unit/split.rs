//! An enumeration into the stretches that are one unit each: at marks, links and `等`, not inside names.

use super::level::{Levels, is_level_run};
use super::{Piece, bare, closing, is_collective, is_organ, is_unit};
use crate::glyph::{Glyph, Page, begins, ends, find, is_close, is_mark, is_open, is_star};
use crate::lexicon::{self, Ending, Noun, Opening, Predicate};
use crate::model::{Level, UnitKind};

/// Splits at `、` `，` `；` and at blanks between complete names, outside brackets and quotations:
/// first and last glyph of each stretch, and whether more than `、` follows.
pub(super) fn split(
    page: &Page<'_>,
    first: usize,
    last: usize,
    mut each: impl FnMut(usize, usize, bool),
) {
    let glyphs = &page.glyphs;
    let mut start = first;
    let mut at = first;
    while at < last {
        let ch = glyphs[at].ch;
        if let Some(close) = closing(glyphs, at, last) {
            at = close + 1;
            continue;
        }
        let separator = is_mark(ch) && matches!(ch, '、' | ',' | ';' | '。' | '/');
        if separator {
            if start < at {
                each(start, at, ch != '、');
            }
            start = at + 1;
        } else if at > start + 2
            && !is_open(ch)
            && page.spaced(at)
            // `县 民 政 局`: every letter stands apart.
            && !page.spaced(at - 1)
            && is_organ(&glyphs[start..at])
            && (begins_unit(&glyphs[at..last]) || begins_person(page, at, last))
        {
            each(start, at, false);
            start = at;
        }
        at += 1;
    }
    if start < last {
        each(start, last, true);
    }
}

/// Whether a unit can begin here, for lists that are parted by blanks only.
pub(super) fn begins_unit(glyphs: &[Glyph]) -> bool {
    let end = glyphs
        .iter()
        .position(|glyph| matches!(glyph.ch, '、' | ',' | ';' | '。'))
        .unwrap_or(glyphs.len());
    (2..=end.min(24)).any(|length| is_unit(&glyphs[..length]))
}

/// Whether a name of a person and nothing else stands before the next mark: `张某` behind `县水利局` and a blank.
fn begins_person(page: &Page<'_>, at: usize, last: usize) -> bool {
    let rest = &page.glyphs[at..last];
    let end = rest.iter().take(5).position(|glyph| is_mark(glyph.ch));
    is_person(page, at, end.map_or(last, |end| at + end))
}

/// Whether this is the bare name of a person: `张某`, not `高新区` or `江苏`, nor `林业`, but `林 业`.
pub(super) fn is_person(page: &Page<'_>, first: usize, last: usize) -> bool {
    let name = &page.glyphs[first..last];
    let noun = || "林金石万高牛马江黄文".contains(name[0].ch) && !page.spaced(first + 1);
    (2..=3).contains(&name.len())
        && (name.len() > 2 || !noun())
        && lexicon::surnames().longest(name).is_some()
        && lexicon::endings().longest(name).is_none()
        && lexicon::prose().longest(name).is_none()
        && !lexicon::places().is(name)
}

/// Parts a stretch at `等`, `和`, `及` where its left side is a complete name.
pub(super) fn part(
    page: &Page<'_>,
    mut first: usize,
    last: usize,
    mut parted: bool,
    pieces: &mut Vec<Piece>,
    open_ended: &mut bool,
) {
    while let Some(next) = part_first(page, first, last, parted, pieces, open_ended) {
        (first, parted) = (next, false);
    }
}

/// Keeps the first of these units: where the next begins.
fn part_first(
    page: &Page<'_>,
    first: usize,
    last: usize,
    parted: bool,
    pieces: &mut Vec<Piece>,
    open_ended: &mut bool,
) -> Option<usize> {
    let glyphs = &page.glyphs;
    let (mut first, last) = undressed(glyphs, first, last);
    // A link in front of a piece: `、以及各县政府`.
    if matches!(
        glyphs[first..last],
        [
            Glyph {
                ch: '以' | '及' | '与' | '会',
                ..
            },
            ..
        ]
    ) && let Some(length) = ["以及", "及", "与", "会同"]
        .iter()
        .find_map(|word| begins(&glyphs[first..last], word))
        && first + length < last
    {
        first += length;
    }
    let mut at = first;
    while let Some(skip) = glyphs[at.min(last)..last].iter().position(|glyph| {
        is_mark(glyph.ch)
            || matches!(
                glyph.ch,
                '等' | '和' | '及' | '与' | '以' | '或' | '①'..='⑳'
            )
    }) {
        at += skip;
        if let Some(close) = closing(glyphs, at, last) {
            at = close + 1;
            continue;
        }
        let left = &glyphs[first..at];
        let right = &glyphs[at + 1..last];
        match glyphs[at].ch {
            '等' if is_unit(left) || left.len() > 1 && (right.is_empty() || is_filler(right)) => {
                if right.is_empty() || is_filler(right) {
                    *open_ended = true;
                    pieces.push(Piece::new(glyphs, first, at, parted));
                    return None;
                }
                let filler = right_head(right);
                let skip = if filler.len() < right.len() && is_filler(filler) {
                    filler.len()
                } else {
                    0
                };
                if let Some(link) = link(&right[skip..]).map(|link| skip + link) {
                    *open_ended = true;
                    pieces.push(Piece::new(glyphs, first, at, parted));
                    return Some(at + 1 + link);
                }
                let named = is_collective(right)
                    || right.len() <= 8
                    // `等市安委会有关成员单位`
                    || ends(right, "成员单位").is_some();
                if named && is_unit(right_head(right)) {
                    *open_ended = true;
                    pieces.push(Piece::new(glyphs, first, at, parted));
                    return Some(at + 1);
                }
            }
            // `①市教育局②市财政局`
            '①'..='⑳' if is_unit(left) => {
                pieces.push(Piece::new(glyphs, first, at, parted));
                return Some(at);
            }
            '和' | '及' | '与' | '以' | '或' => {
                if let Some(link) = link(&glyphs[at..last])
                    && is_unit(left)
                    && !is_level_run(left)
                    && at + link < last
                    && starts_other(&glyphs[at + link..last])
                    && !manages(left, &glyphs[at + link..last])
                    && !governs_with(left, &glyphs[at + link..last])
                {
                    pieces.push(Piece::new(glyphs, first, at, parted));
                    return Some(at + link);
                }
            }
            _ => {}
        }
        at += 1;
    }
    if first < last {
        pieces.push(Piece::new(glyphs, first, last, parted));
    }
    None
}

/// Without a mark in front (`*市教育局`, `①市教育局`, `1.市教育局`, `——市教育局`) or behind (`市教育局★`) and a gloss
/// (`各区政府〈含开发区，下同〉`, `市教育局（按职责分工）`).
fn undressed(glyphs: &[Glyph], mut first: usize, mut last: usize) -> (usize, usize) {
    while first < last
        && (is_star(glyphs[first].ch) || matches!(glyphs[first].ch, '①'..='⑳' | '—' | ':'))
    {
        first += 1;
    }
    while first < last && is_star(glyphs[last - 1].ch) {
        last -= 1;
    }
    first += enumerator(&glyphs[first..last]);
    let core = bare(&glyphs[first..last]).len();
    if let Some(gloss) = glyphs.get(first + core + 1..last)
        && core > 1
        && says_no_name(gloss)
    {
        last = first + core;
    }
    (first, last)
}

/// Whether a bracket behind a name, its mark at the end included, says what the name holds or how the work is
/// shared: `含开发区，下同`, `按职责分工`.
fn says_no_name(gloss: &[Glyph]) -> bool {
    let inside = &gloss[..gloss.len().saturating_sub(1)];
    matches!(
        lexicon::openings().longest(gloss),
        Some((_, Opening::Remark | Opening::Rule))
    ) || matches!(
        lexicon::predicates().longest(inside),
        Some((length, Predicate::Adverb)) if length == inside.len()
    )
}

/// `1.`, `(1)` before a name, and the number alone that a `、` parted from it: how many glyphs.
fn enumerator(glyphs: &[Glyph]) -> usize {
    let open = usize::from(glyphs.first().is_some_and(|glyph| glyph.ch == '('));
    let digits = glyphs[open..]
        .iter()
        .take(3)
        .take_while(|glyph| glyph.ch.is_ascii_digit())
        .count();
    let close = if open > 0 { ')' } else { '.' };
    match glyphs.get(open + digits) {
        Some(glyph) if (1..=2).contains(&digits) && glyph.ch == close => open + digits + 1,
        None if open == 0 && digits <= 2 => digits,
        _ => 0,
    }
}

/// `实验室与设备管理处`, `自贸区和特殊区域发展处`: a bare noun that ends names is what the office behind it manages.
fn manages(left: &[Glyph], right: &[Glyph]) -> bool {
    let bare = matches!(
        lexicon::endings().longest(left),
        Some((length, Ending::Organ(UnitKind::Institution) | Ending::Area)) if length == left.len()
    );
    let end = &right[right.len().saturating_sub(4)..];
    bare && ["管理", "发展", "建设"]
        .iter()
        .any(|word| find(end, word).is_some())
        && matches!(end.last(), Some(last) if matches!(last.ch, '处' | '科' | '司' | '股'))
}

/// `松原县委和县政府`: committee and government of one place, which is named once.
fn governs_with(left: &[Glyph], right: &[Glyph]) -> bool {
    let Some(committee) = ["党委", "委"].iter().find_map(|word| ends(left, word)) else {
        return false;
    };
    let place = &left[..left.len() - committee];
    let Some((level, _)) = place.split_last().filter(|(_, name)| !name.is_empty()) else {
        return false;
    };
    right[0].ch == level.ch
        && ["政府", "人民政府"]
            .iter()
            .any(|word| begins(&right[1..], word) == Some(right.len() - 1))
}

/// `和` `及` `以及` `与` at the start, not `及时` or `及其`, but `及其他`: its length.
pub(super) fn link(glyphs: &[Glyph]) -> Option<usize> {
    let other = ["及其他", "及其它"]
        .iter()
        .any(|word| begins(glyphs, word).is_some());
    if !other && (begins(glyphs, "及时").is_some() || begins(glyphs, "及其").is_some()) {
        return None;
    }
    ["以及", "和", "及", "与", "或"]
        .into_iter()
        .find_map(|word| begins(glyphs, word))
}

/// The right side up to its own `和`, `及`, `等`.
pub(super) fn right_head(glyphs: &[Glyph]) -> &[Glyph] {
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
pub(super) fn starts_other(right: &[Glyph]) -> bool {
    let head = right_head(right);
    let core = bare(head);
    if lexicon::label_nouns().is(core)
        || lexicon::endings().is(core)
            && !is_collective(core)
            && core.len() < 6
            && ["人民政府", "政府", "党委", "管委会", "管理委员会", "办事处"]
                .iter()
                .any(|word| begins(core, word).is_some())
    {
        return false;
    }
    is_collective(right) && is_unit(head) || is_unit(head) && head.len() >= 3
}

/// What `等` may be followed by without naming anybody: `等部门`, `等单位`, `等12个部门`.
pub(crate) fn is_filler(glyphs: &[Glyph]) -> bool {
    let rest = glyphs
        .iter()
        .position(|glyph| {
            !(glyph.ch.is_ascii_digit() || matches!(glyph.ch, '个' | '多' | '家' | '几'))
        })
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
        "责任单位",
        "责任部门",
        "牵头单位",
        "牵头部门",
        "配合单位",
        "配合部门",
        "部委",
        "委办局",
        "地",
        "方面",
    ]
    .iter()
    .any(|word| begins(rest, word) == Some(rest.len()))
        || lexicon::label_nouns().longest(rest) == Some((rest.len(), Noun::Unit))
}

/// Glyphs that a name joined of pieces may have.
const JOINED: usize = 60;

/// Joins pieces that are parts of one name.
pub(super) fn merge(page: &Page<'_>, pieces: &mut Vec<Piece>) {
    let glyphs = &page.glyphs;
    let mut kept = 0;
    for index in 0..pieces.len() {
        let mut piece = pieces[index];
        while kept > 0
            && !piece.parted
            && piece.last - pieces[kept - 1].first <= JOINED
            && belongs(glyphs, &pieces[kept - 1], &piece)
        {
            kept -= 1;
            let before = pieces[kept];
            piece = Piece::new(glyphs, before.first, piece.last, before.parted);
        }
        pieces[kept] = piece;
        kept += 1;
    }
    pieces.truncate(kept);
}

/// Whether the second names a higher level than the first ends with: `各乡镇、县有关部门`. A run goes down,
/// from towns and villages nothing goes up.
fn rises(before: Levels, piece: Levels) -> bool {
    let last = before.named().last();
    last.is_some_and(|last| {
        last >= Level::Township && piece.named().next().is_some_and(|next| next < last)
    })
}

/// Whether `、` between these two parts one name.
fn belongs(glyphs: &[Glyph], first: &Piece, second: &Piece) -> bool {
    let before = &glyphs[first.first..first.last];
    let piece = &glyphs[second.first..second.last];
    // `各州、市教育局`: levels of one rank.
    if first.look.levels.run == before.len()
        && before[0].ch == '各'
        && before.len() == 2
        && matches!(before[1].ch, '州' | '盟')
        && begins(piece, "市").is_some()
    {
        return true;
    }
    // `中央、省驻市单位`, `中央和省、市驻县单位`
    let upper = ["中央", "省", "市"]
        .iter()
        .find_map(|word| begins(before, word));
    if upper.is_some_and(|upper| {
        before.len() <= 4
            && before[upper..]
                .iter()
                .all(|glyph| matches!(glyph.ch, '和' | '省' | '市'))
    }) && piece.iter().take(5).any(|glyph| glyph.ch == '驻')
    {
        return true;
    }
    runs_on(before, piece, first.look.levels, second.look.levels)
        .unwrap_or_else(|| shares_noun(before, piece))
}

/// Whether level words before `、` go on behind it: `各市、县（区）政府`; none where neither side says.
fn runs_on(before: &[Glyph], piece: &[Glyph], upper: Levels, lower: Levels) -> Option<bool> {
    let is_run = upper.run == before.len() || upper.joint == before.len();
    let last_of_run = before
        .iter()
        .rposition(|glyph| glyph.ch == '、')
        .map_or(before, |at| &before[at + 1..]);
    // `国家税务总局各省、自治区…`
    let each = find(before, "各省").map(|at| &before[at..]);
    let ends_run = is_run
        || before.len() > last_of_run.len() && is_level_run(last_of_run)
        || each.is_some_and(is_level_run);
    // `各省、自治区、直辖市教育厅（教委）`
    if ends_run
        && find(before, "各省").is_some()
        && ["自治区", "直辖市", "计划单列市", "新疆生产建设兵团"]
            .iter()
            .any(|word| begins(piece, word).is_some())
    {
        return Some(true);
    }
    if ends_run {
        let run = lower.run;
        if run > 0 && piece[0].ch != '各' && !rises(upper, lower) {
            let rest = &piece[run..];
            // `各地（州、市）、兵团各师市`: the corps has units of its own.
            if piece[0].ch == '兵' && rest.first().is_some_and(|next| next.ch == '各') {
                return Some(false);
            }
            let goes_on = rest.is_empty()
                // `各省、自治区、直辖市及新疆生产建设兵团财政厅（局）`
                || matches!(rest[0].ch, '及' | '和')
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
                .any(|word| begins(rest, word).is_some())
                // `市、区住房保障部门`: a level word alone is no unit.
                || before[0].ch != '各' && ends(rest, "部门").is_some();
            return Some(goes_on);
        }
    }
    // `各县市区委、人民政府`, `各市委、市政府`, `各盟市行政公署、人民政府`, `各街道党工委、办事处`, `各区、镇、办事处`,
    // `各乡镇（街道）党（工）委、政府（办事处）`
    let is = |glyphs: &[Glyph], words: &[&str]| {
        words
            .iter()
            .any(|word| begins(glyphs, word) == Some(glyphs.len()))
    };
    if before
        .last()
        .is_some_and(|glyph| matches!(glyph.ch, '委' | '署'))
        && before[0].ch == '各'
        && is(
            bare(without_level(before, piece)),
            &["人民政府", "政府", "管委会", "办事处"],
        )
        || before[0].ch == '各' && ends_run && is(piece, &["办事处", "街道办事处", "街道办"])
    {
        return Some(true);
    }
    None
}

/// A name without the level that it repeats: `政府` of `市政府` behind `各市委`.
fn without_level<'g>(before: &[Glyph], piece: &'g [Glyph]) -> &'g [Glyph] {
    let same = before[1..]
        .iter()
        .zip(piece)
        .take_while(|(left, right)| left.ch == right.ch)
        .count();
    let end = ["党委", "委"].iter().find_map(|word| ends(before, word));
    match end {
        Some(end) if same > 0 && 1 + same + end == before.len() => &piece[same..],
        _ => piece,
    }
}

/// Whether `、` parts nouns that share what stands before them: `市直有关部门、单位`.
fn shares_noun(before: &[Glyph], piece: &[Glyph]) -> bool {
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
            .is_some_and(|glyph| matches!(glyph.ch, '委' | '办' | '局' | '厅' | '部' | '处' | '室'))
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
    // `各临床、医技科室`
    let offices = |glyphs: &[Glyph]| {
        ["科室", "处室", "部室", "股室"]
            .iter()
            .any(|word| ends(glyphs, word).is_some_and(|length| length < glyphs.len()))
    };
    let kind = || {
        matches!(before, [every, kind @ ..] if every.ch == '各'
            && (2..=3).contains(&kind.len())
            && !is_unit(kind)
            && lexicon::levels().longest(kind).is_none())
    };
    short(before) && noun(piece) || piece.len() <= 5 && offices(piece) && kind()
}
