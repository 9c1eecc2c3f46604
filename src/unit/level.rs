//! Level words that stand bare: `各市、县（区）`, and the levels that they name.

use super::closing;
use crate::glyph::{Glyph, begins, is_close, is_open};
use crate::lexicon;
use crate::model::Level;

/// Level words from end to end, brackets of level words included: `各市`, `县（市、区）`.
pub(super) fn is_level_run(glyphs: &[Glyph]) -> bool {
    let run = level_run(glyphs);
    run > 0 && run == glyphs.len()
}

/// How many glyphs of level words stand at the start, `各` before them and brackets included.
pub(super) fn level_run(glyphs: &[Glyph]) -> usize {
    let mut at = 0;
    let Some(first) = glyphs.first() else {
        return 0;
    };
    if matches!(first.ch, '各' | '全' | '有' | '相' | '所') {
        at = [
            "各有关",
            "各相关",
            "各",
            "全省各",
            "全市各",
            "有关",
            "相关",
            "所有",
        ]
        .iter()
        .find_map(|word| begins(glyphs, word))
        .unwrap_or(0);
    } else if !lexicon::levels().may_be(first.ch) {
        return 0;
    }
    let start = at;
    while at < glyphs.len() {
        if at > start && is_open(glyphs[at].ch) {
            match closing(glyphs, at, glyphs.len()) {
                Some(close)
                    if glyphs[at + 1..close].iter().all(|glyph| {
                        matches!(
                            glyph.ch,
                            '省' | '市'
                                | '县'
                                | '区'
                                | '州'
                                | '旗'
                                | '盟'
                                | '镇'
                                | '乡'
                                | '、'
                                | ','
                                | '自'
                                | '治'
                                | '特'
                                | '地'
                        )
                    }) =>
                {
                    at = close + 1;
                    continue;
                }
                _ => break,
            }
        }
        let Some((length, _)) = lexicon::levels().longest(&glyphs[at..]) else {
            break;
        };
        // `区域`, `县域`: a level word of one character may begin another word.
        if length == 1 && matches!(lexicon::heads().longest(&glyphs[at..]), Some((_, false))) {
            break;
        }
        at += length;
    }
    if at == start { 0 } else { at }
}

/// As [`level_run`], which the run is, over `、` too: `各市、县〔区〕`.
pub(super) fn joint_run(glyphs: &[Glyph], mut run: usize) -> usize {
    while run > 0 && glyphs.get(run).is_some_and(|glyph| glyph.ch == '、') {
        match level_run(&glyphs[run + 1..]) {
            0 => break,
            more => run += 1 + more,
        }
    }
    run
}

/// The levels that the level words of a collective name.
pub(super) fn levels(name: &[Glyph], run: usize) -> Vec<Level> {
    let words = &name[..joint_run(name, run)];
    let mut levels = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < words.len() {
        depth += i32::from(is_open(words[at].ch)) - i32::from(is_close(words[at].ch));
        let Some((length, named)) = lexicon::levels().longest(&words[at..]) else {
            at += 1;
            continue;
        };
        at += length;
        for level in named.into_iter().flatten() {
            // `县（市、区）`: a city in brackets behind a county is a county-level city.
            let level = if depth > 0 && level == Level::City && levels.contains(&Level::County) {
                Level::County
            } else {
                level
            };
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
    }
    levels
}
