//! Organs that issue a document together in, a unit for each out.
//!
//! | written | read |
//! |---|---|
//! | `北京市发展和改革委员会北京市商务局` | the second repeats the region |
//! | `中共某市委办公室某市人民政府办公室` | … of the first, behind `中共` |
//! | `省教育厅省财政厅` | the second repeats the level |
//! | `省总工会共青团某省委` `中共中央办公厅国务院办公厅` | the second begins with an opening of its own |
//! | `教育部财政部` | two ministries |
//! | `省教育厅等八部门` | the first, the others are not named |

use crate::glyph::{Glyph, Page, begins, ends, same};
use crate::model::Unit;
use crate::{lexicon, numeral, unit};

/// Words that a second organ begins with, and that stand before the region of one.
const OPENINGS: [&str; 4] = ["中国共产党", "中共", "共青团", "国务院"];

/// Organs in an enumeration, or in a row without a mark between.
pub(super) fn split_organs<'t>(page: &Page<'t>, first: usize, last: usize) -> Vec<Unit<'t>> {
    let glyphs = &page.glyphs;
    // `省教育厅等八部门`
    let others = (first..last).find(|&at| glyphs[at].ch == '等' && is_count(&glyphs[at + 1..last]));
    let last = others.unwrap_or(last);
    let mut units = unit::read_units(page, first, last).units;
    if units.len() == 1
        && let Some(at) = second_organ(&glyphs[first..last])
    {
        units = split_organs(page, first, first + at);
        units.extend(split_organs(page, first + at, last));
    }
    units
}

/// Where a second organ begins: it repeats the region or the level of the first, or has an opening of its own.
fn second_organ(glyphs: &[Glyph]) -> Option<usize> {
    // `共青团` belongs to the region behind it.
    let opening = |before: &[Glyph]| OPENINGS.iter().any(|word| ends(before, word).is_some());
    let organs = |at: usize| {
        let (before, behind) = glyphs.split_at(at);
        !opening(before) && unit::is_organ(before) && unit::is_organ(behind)
    };
    let opens = |at: usize| {
        OPENINGS
            .iter()
            .any(|word| begins(&glyphs[at..], word).is_some())
    };
    let skipped = OPENINGS
        .iter()
        .find_map(|word| begins(glyphs, word))
        .unwrap_or(0);
    let region = &glyphs[skipped..];
    let last = glyphs.len().saturating_sub(2);
    let again = |length: usize| {
        let least = skipped + length + 2;
        (least..last).find(|&at| {
            glyphs.len() >= at + length
                && same(&glyphs[at..at + length], &region[..length])
                && organs(at)
        })
    };
    let ministry = |glyphs: &[Glyph]| {
        ends(glyphs, "部").or(ends(glyphs, "部办公厅")).is_some()
            && (3..=12).contains(&glyphs.len())
            && begins(glyphs, "办公").is_none()
            && lexicon::heads().longest(glyphs).is_none()
    };
    (2..=6)
        .filter(|&length| length < region.len())
        .find_map(again)
        // `省教育厅省财政厅`, not `省委省政府督查室`
        .or_else(|| {
            let (level, true) = lexicon::heads().longest(region)? else {
                return None;
            };
            again(level).filter(|at| at - skipped >= level + 3)
        })
        .or_else(|| (2..last).find(|&at| opens(at) && organs(at)))
        .or_else(|| {
            (3..last).find(|&at| ministry(&glyphs[..at]) && ministry(&glyphs[at..]) && organs(at))
        })
}

/// `八部门`, `12家单位`: how many more organs issue it.
fn is_count(glyphs: &[Glyph]) -> bool {
    let Some((_, length)) = numeral::read(glyphs) else {
        return false;
    };
    let rest = &glyphs[length..];
    let measure = begins(rest, "个").or(begins(rest, "家")).unwrap_or(0);
    ["部门", "单位", "部门单位", "厅局", "部委"]
        .iter()
        .any(|noun| begins(&rest[measure..], noun) == Some(rest.len() - measure))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let page = Page::new(text);
        let units = split_organs(&page, 0, page.glyphs.len());
        let names: Vec<&str> = units.iter().map(|unit| &*unit.name).collect();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn organs_in_a_row() {
        check(
            "中共南桥市委办公室南桥市人民政府办公室",
            &["中共南桥市委办公室", "南桥市人民政府办公室"],
        );
        check(
            "中共中央办公厅国务院办公厅",
            &["中共中央办公厅", "国务院办公厅"],
        );
        check("中共中央国务院", &["中共中央", "国务院"]);
        check(
            "中共南桥省委南桥省人民政府",
            &["中共南桥省委", "南桥省人民政府"],
        );
        check(
            "省教育厅省财政厅省人力资源社会保障厅",
            &["省教育厅", "省财政厅", "省人力资源社会保障厅"],
        );
        check(
            "南桥省总工会共青团南桥省委南桥省教育厅",
            &["南桥省总工会", "共青团南桥省委", "南桥省教育厅"],
        );
        check("教育部财政部", &["教育部", "财政部"]);
        check(
            "教育部办公厅财政部办公厅",
            &["教育部办公厅", "财政部办公厅"],
        );
        check("南桥省教育厅等八部门", &["南桥省教育厅"]);
    }

    #[test]
    fn one_organ() {
        for organ in [
            "省委省政府督查室",
            "县委县政府办公室",
            "南桥市市场监督管理局",
            "教育部办公厅",
            "中共南桥市委宣传部",
            "国务院国有资产监督管理委员会",
            "南桥市南桥区人民政府",
        ] {
            check(organ, &[organ]);
        }
    }
}
