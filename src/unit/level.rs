//! Level words that stand bare: `各市、县（区）`, and the levels that they name.

use super::closing;
use crate::glyph::{Glyph, begins, is_open};
use crate::lexicon;
use crate::model::Level;
use crate::numeral;

/// The levels that a word names.
type Named = [Option<Level>; 2];

/// Level words from end to end, brackets of level words included: `各市`, `县（市、区）`.
pub(super) fn is_level_run(glyphs: &[Glyph]) -> bool {
    let run = level_run(glyphs);
    run > 0 && run == glyphs.len()
}

/// How many glyphs of level words stand at the start, `各` before them and brackets included.
pub(super) fn level_run(glyphs: &[Glyph]) -> usize {
    walk(glyphs, |_, _| {})
}

/// The level words in front of a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Levels {
    /// Glyphs up to the first `、`.
    pub run: usize,
    /// Glyphs over `、` and links too: `各市、县〔区〕`, `各省、自治区及计划单列市`.
    pub joint: usize,
    /// The levels that they name, each once, in order.
    named: [Option<Level>; 6],
}

impl Levels {
    pub(super) fn new(name: &[Glyph]) -> Self {
        let mut levels = Self::default();
        levels.run = walk(name, |named, bracketed| levels.add(named, bracketed));
        levels.joint = levels.run;
        while levels.joint > 0
            && let Some(mark) = name.get(levels.joint)
            && matches!(mark.ch, '、' | '及' | '和')
        {
            let behind = &name[levels.joint + 1..];
            levels.joint += match begins(behind, "新疆生产建设兵团") {
                Some(corps) => {
                    levels.add([Some(Level::Province), None], false);
                    1 + corps
                }
                None => match walk(behind, |named, bracketed| levels.add(named, bracketed)) {
                    0 => break,
                    more => 1 + more,
                },
            };
        }
        levels
    }

    /// The levels named.
    pub(super) fn named(&self) -> impl Iterator<Item = Level> {
        self.named.into_iter().flatten()
    }

    fn add(&mut self, named: Named, bracketed: bool) {
        for level in named.into_iter().flatten() {
            let has = |level| self.named.contains(&Some(level));
            // `县（市、区）`: a city in brackets behind a county is a county-level city.
            let county = bracketed && level == Level::City && has(Level::County);
            let level = if county { Level::County } else { level };
            if !has(level)
                && let Some(free) = self.named.iter_mut().find(|place| place.is_none())
            {
                *free = Some(level);
            }
        }
    }
}

/// Names each level word of the run at the start, and whether it stands in brackets; the run's length.
fn walk(glyphs: &[Glyph], mut each: impl FnMut(Named, bool)) -> usize {
    let Some(first) = glyphs.first() else {
        return 0;
    };
    let start = match first.ch {
        // `沿线各市、县`, `全州各县市`
        '沿' | '全' | '边' | '辖' if glyphs.get(2).is_some_and(|glyph| glyph.ch == '各') => 3,
        '各' | '有' | '相' | '所' | '涉' => {
            ["各有关", "各相关", "各", "有关", "相关", "所有", "涉及"]
                .iter()
                .find_map(|word| begins(glyphs, word))
                .unwrap_or(0)
        }
        // `13个街道、镇`
        '0'..='9' => numeral::read_digits(glyphs)
            .and_then(|(_, digits)| Some(digits + begins(&glyphs[digits..], "个")?))
            .unwrap_or(0),
        _ => 0,
    };
    let mut at = start;
    while let Some(glyph) = glyphs.get(at) {
        if let Some((length, named)) = level_word(&glyphs[at..]) {
            each(named, false);
            at += length;
        } else if at > start
            && is_open(glyph.ch)
            && let Some(close) = closing(glyphs, at, glyphs.len())
            && are_levels(&glyphs[at + 1..close], |_| {})
        {
            are_levels(&glyphs[at + 1..close], |named| each(named, true));
            at = close + 1;
        } else {
            break;
        }
    }
    if at == start { 0 } else { at }
}

/// The level word at the start, where it begins no other word: not `区` of `区域`.
fn level_word(glyphs: &[Glyph]) -> Option<(usize, Named)> {
    let (length, named) = lexicon::levels().longest(glyphs)?;
    let other = length == 1 && matches!(lexicon::heads().longest(glyphs), Some((_, false)));
    (!other).then_some((length, named))
}

/// Names each level word of what stands in brackets, `市、区`; whether there is nothing else.
fn are_levels(glyphs: &[Glyph], mut each: impl FnMut(Named)) -> bool {
    let mut at = 0;
    while let Some(glyph) = glyphs.get(at) {
        at += match level_word(&glyphs[at..]) {
            Some((length, named)) => {
                each(named);
                length
            }
            None if matches!(glyph.ch, '、' | ',' | '及' | '和') => 1,
            None => return false,
        };
    }
    true
}
