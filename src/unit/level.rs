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
    if !lexicon::levels().may_be(first.ch) && !matches!(first.ch, '各' | '全' | '有' | '相' | '所')
    {
        return 0;
    }
    for word in [
        "各有关",
        "各相关",
        "各",
        "全省各",
        "全市各",
        "有关",
        "相关",
        "所有",
    ] {
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
pub(super) fn joint_run(glyphs: &[Glyph]) -> usize {
    let mut run = level_run(glyphs);
    while run > 0 && glyphs.get(run).is_some_and(|glyph| glyph.ch == '、') {
        match level_run(&glyphs[run + 1..]) {
            0 => break,
            more => run += 1 + more,
        }
    }
    run
}

/// The levels that the level words of a collective name.
pub(super) fn levels(name: &[Glyph]) -> Vec<Level> {
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
