//! Persons with their posts: `张某 副市长`, `副市长张某`, `张某（副市长）`, `张某副市长`.

use crate::glyph::{Glyph, Page, begins, is_close, is_open};
use crate::model::{Str, Unit, UnitKind};
use crate::unit::closing;
use crate::{lexicon, unit};

/// Glyphs that the posts of one person may have.
const POSTS: usize = 60;

/// How a post begins, behind a name or another post.
const POST_BEGINS: &str = "副县市区省州党局厅常总委秘主书镇乡街管人政纪组宣统";

/// Digits that a telephone number has at least.
const PHONE: usize = 7;

/// Persons with their posts: `张某`, `副市长张某`, `张某（副市长）`, `张某 副市长`.
pub(super) fn read_persons<'t>(
    page: &Page<'t>,
    first: usize,
    last: usize,
    units: &mut Vec<Unit<'t>>,
) {
    let glyphs = &page.glyphs;
    let mut start = first;
    let mut at = first;
    while at <= last {
        if at < last {
            if let Some(close) = closing(glyphs, at, last) {
                at = close + 1;
                continue;
            }
            if !matches!(glyphs[at].ch, '、' | ',' | ';') {
                at += 1;
                continue;
            }
        }
        if start < at {
            let is_post = lexicon::posts().longest(&glyphs[start..at]).is_some();
            let short = at - start <= POSTS;
            let spaced = short
                && (start + 1..at).any(|at| page.spaced(at))
                && post_behind(&glyphs[start..at], page.spaced(start + 1)) != Some(2);
            let parted = at < last && glyphs[at].ch == '、';
            if parted && short && !spaced && leads_on(page, start, at, last) {
                at += 1;
                continue;
            }
            match units.last_mut() {
                // `张某 党工委委员、管委会副主任`: another post of the same person.
                Some(person)
                    if is_post
                        && !spaced
                        && !person.aliases.is_empty()
                        && POST_BEGINS.contains(glyphs[start].ch) =>
                {
                    person.aliases.push(page.reading(start, at));
                }
                _ => match names_in_row(page, start, at) {
                    Some(names) => {
                        units.extend(names.iter().map(|name| read_person(page, name.0, name.1)));
                    }
                    None => units.push(read_person(page, start, at)),
                },
            }
        }
        start = at + 1;
        at += 1;
    }
}

/// Several names parted by blanks alone, the letters of short ones set apart: `张　某　　李某某`.
fn names_in_row(page: &Page<'_>, first: usize, last: usize) -> Option<Vec<(usize, usize)>> {
    let glyphs = &page.glyphs;
    if last - first > POSTS || !(first + 1..last).any(|at| page.spaced(at)) {
        return None;
    }
    let mut names: Vec<(usize, usize)> = Vec::new();
    let mut at = first;
    while at < last {
        let end = (at + 1..last).find(|&at| page.spaced(at)).unwrap_or(last);
        match names.last_mut() {
            // The second letter of a name set apart.
            Some(name) if name.1 - name.0 == 1 && end - at == 1 => name.1 = end,
            _ => names.push((at, end)),
        }
        at = end;
    }
    let is_name = |&(first, last): &(usize, usize)| {
        (2..=4).contains(&(last - first))
            && lexicon::posts().longest(&glyphs[first..last]).is_none()
            && !unit::is_unit(&glyphs[first..last])
    };
    let is_common = |&(first, last): &(usize, usize)| {
        lexicon::surnames().longest(&glyphs[first..last]).is_some()
    };
    let named = names.iter().all(is_name) && names.iter().any(is_common);
    (names.len() > 1 && named).then_some(names)
}

/// Whether a post stands here that another of the same person follows: `县委常委` before `、副县长张某`.
fn leads_on(page: &Page<'_>, start: usize, at: usize, last: usize) -> bool {
    let glyphs = &page.glyphs;
    let end = (at + 1..last)
        .find(|&at| matches!(glyphs[at].ch, '、' | ',' | ';'))
        .unwrap_or(last);
    let short = end - at <= 10 && glyphs[at + 1..end].iter().all(|glyph| !is_open(glyph.ch));
    let named = (at + 3..end.saturating_sub(1))
        .any(|cut| end - cut <= 4 && lexicon::posts().longest(&glyphs[at + 1..cut]).is_some());
    let first = matches!(
        lexicon::posts().longest(&glyphs[start..at]),
        Some((_, true))
    );
    // `王书记、副县长张某` are two.
    let named_before = lexicon::surnames().longest(&glyphs[start..at]) == Some((1, ()))
        && lexicon::posts().is(&glyphs[start + 1..at]);
    glyphs[start].ch != '各' && first && short && named && !named_before
}

/// One person: the unit's text is the name, the post an alias.
pub(super) fn read_person<'t>(page: &Page<'t>, first: usize, last: usize) -> Unit<'t> {
    let glyphs = &page.glyphs;
    // `王某13800000000`
    let digits = glyphs[first..last]
        .iter()
        .rev()
        .take_while(|glyph| glyph.ch.is_ascii_digit() || glyph.ch == '-')
        .count();
    let last = if (PHONE..last - first).contains(&digits) {
        last - digits
    } else {
        last
    };
    let mut name = (first, last);
    let mut post = None;
    let is_post =
        |first: usize, last: usize| lexicon::posts().longest(&glyphs[first..last]).is_some();
    // `法务部 王某`
    let is_organ_of = |left: &[Glyph], (first, last): (usize, usize)| {
        let name = &glyphs[first..last];
        (2..=4).contains(&name.len())
            && lexicon::surnames().longest(name).is_some()
            && left.len() >= 2
            && unit::is_unit(left)
            && !unit::is_unit(name)
    };
    // `各县（区）党委主要负责同志` is told by the post alone.
    let open = (first..last)
        .find(|&at| is_open(glyphs[at].ch))
        .filter(|_| glyphs[first].ch != '各');
    if let Some(open) = open {
        let close = (open..last)
            .rev()
            .find(|&at| is_close(glyphs[at].ch))
            .unwrap_or(last);
        name = (first, open);
        post = Some((open + 1, close));
    } else if let Some(gap) = (first + 1..last)
        .find(|&at| page.spaced(at))
        // `何 静副县长`: the blank stands inside the name.
        .filter(|&gap| gap != first + 1 || post_behind(&glyphs[first..last], true) != Some(2))
    {
        let (left, right) = ((first, gap), (gap, last));
        if is_post(right.0, right.1) {
            (name, post) = (left, Some(right));
        } else if is_post(left.0, left.1) || is_organ_of(&glyphs[left.0..left.1], right) {
            (name, post) = (right, Some(left));
        }
    } else if let Some(cut) = post_behind(
        &glyphs[first..last],
        last > first + 1 && page.spaced(first + 1),
    ) {
        name = (first, first + cut);
        // `张某同志`: no post.
        post = begins(&glyphs[first + cut..last], "同志")
            .is_none()
            .then_some((first + cut, last));
    } else if last - first > 4 || last - first >= 4 && !is_post(first, last) {
        // `副市长张某`: the name follows the last post word.
        let cut = (first + 2..last - 1)
            .rev()
            .find(|&at| last - at <= 4 && is_post(first, at));
        if let Some(at) = cut {
            (name, post) = ((at, last), Some((first, at)));
        }
    }
    let kind = if name.1 - name.0 >= 4 && unit::is_unit(&glyphs[name.0..name.1]) {
        UnitKind::Agency
    } else {
        UnitKind::Person
    };
    let span = page.span(name.0, name.1);
    Unit {
        text: Str::Borrowed(page.cut(span)),
        span,
        name: page.reading(name.0, name.1),
        aliases: post
            .map(|(first, last)| page.reading(first, last))
            .into_iter()
            .collect(),
        kind,
        canonical: None,
        members: None,
    }
}

/// Where the name ends that a post follows without a blank: `张某副市长`, `张某同志`, not `林业局局长`,
/// `白云区委书记`; `spaced` is a name whose two letters a blank sets apart.
fn post_behind(glyphs: &[Glyph], spaced: bool) -> Option<usize> {
    lexicon::surnames().longest(glyphs)?;
    [2, 3].into_iter().find(|&cut| {
        let (Some(name), Some(behind)) = (glyphs.get(..cut), glyphs.get(cut..)) else {
            return false;
        };
        let Some(first) = behind.first().map(|first| first.ch) else {
            return false;
        };
        if begins(behind, "同志") == Some(behind.len()) {
            return true;
        }
        // A level word behind two characters may end the name of a place.
        let level = "区县市省镇乡街州局厅".contains(first);
        let placed = level && cut == 2 && !spaced && !(behind.len() == 2 && behind[1].ch == '长');
        let place = |end: &Glyph| "区县市省镇乡街州局厅村院校处委".contains(end.ch);
        POST_BEGINS.contains(first)
            && behind.len() >= 2
            && !placed
            && !name.last().is_some_and(place)
            && lexicon::posts().longest(behind).is_some()
    })
}
