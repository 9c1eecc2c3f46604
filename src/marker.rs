//! The number in front of an item: the glyphs of a line in, a [`Mark`] out.
//!
//! | style | written | not |
//! |---|---|---|
//! | `han` | `一、` `十二.` | `一二三产业` |
//! | `han-paren` | `（一）` `〔一〕` `㈠` | |
//! | `arabic` | `1.` `1、` `1．` `⒈` `17.2023年2月` | `2.5%` `200万元` `2023.` |
//! | `arabic-paren` | `（1）` `1)` `⑴` | `（2023）` |
//! | `circled` | `①` | |
//! | `decimal` | `1.1` `2.3.1` | `2.5倍` |
//! | `part` `chapter` `section` `article` | `第一编` `第一章` `第二节` `第三条` | `第三条规定的` |
//! | `ordinal` | `一是` `二要` `首先` `第一，` `问题一：` `【任务1】` | `一是一` |
//! | `roman` `latin` `bullet` | `Ⅱ、` `A.` `●` | |
//!
//! Whether a mark that can be read is one is decided by the outline: a line may begin with a number
//! because a sentence was wrapped there.

use crate::glyph::{Glyph, apart, begins, is_open};
use crate::lexicon;
use crate::model::MarkerStyle;
use crate::numeral::{self, Enclosure};

/// A marker as read at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub style: MarkerStyle,
    /// None for a bullet.
    pub ordinal: Option<u32>,
    /// Glyphs, delimiter included.
    pub length: usize,
}

/// Reads a marker at the start of these glyphs.
pub(crate) fn read(glyphs: &[Glyph]) -> Option<Mark> {
    let first = glyphs.first()?.ch;
    match first {
        '0'..='9' => read_arabic(glyphs),
        '(' | '〔' | '[' | '【' => read_bracketed(glyphs),
        '第' => read_division(glyphs),
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '廿'
        | '卅' => read_han(glyphs),
        '首' | '其' | '再' | '最' => read_word(glyphs),
        'A'..='Z' | 'a'..='z' | 'Ⅰ'..='ⅻ' => read_letter(glyphs),
        '●' | '•' | '■' | '◆' | '▪' | '◇' | '□' | '➢' | '►' | '▶' | '◼' | '★' | '☆' => {
            Some(Mark {
                style: MarkerStyle::Bullet,
                ordinal: None,
                length: 1,
            })
        }
        _ => read_enclosed(first).or_else(|| read_counted(glyphs)),
    }
}

/// Whether a line begins with a noun that is counted: `问题一：`.
pub(crate) fn is_counted(glyphs: &[Glyph]) -> bool {
    let open = glyphs.first().is_some_and(|glyph| is_open(glyph.ch));
    read_count(&glyphs[usize::from(open)..]).is_some()
}

/// Markdown dress in front of a line: `## `, `> `, `- `, `* `, `+ `, `**`; how many glyphs.
pub(crate) fn dress(glyphs: &[Glyph]) -> usize {
    glyphs
        .iter()
        .take(8)
        .take_while(|glyph| matches!(glyph.ch, '#' | '>' | '-' | '*' | '+'))
        .count()
}

fn mark(style: MarkerStyle, ordinal: u32, length: usize) -> Option<Mark> {
    (ordinal > 0).then_some(Mark {
        style,
        ordinal: Some(ordinal),
        length,
    })
}

/// `1.` `1、` `1)` `1.1` and the traps around them.
fn read_arabic(glyphs: &[Glyph]) -> Option<Mark> {
    let (value, length) = numeral::read_digits(glyphs)?;
    if length > 3 {
        return None;
    }
    let next = glyphs.get(length)?.ch;
    match next {
        ')' => {
            return mark(
                MarkerStyle::ArabicParen,
                value,
                length + 1 + stop(&glyphs[length + 1..]),
            );
        }
        '、' => return mark(MarkerStyle::Arabic, value, length + 1),
        '.' => {}
        _ => return None,
    }
    let behind = &glyphs[length + 1..];
    let Some((second, digits)) = numeral::read_digits(behind) else {
        if behind.first().is_some_and(|glyph| glyph.ch == '.') {
            return None;
        }
        return mark(MarkerStyle::Arabic, value, length + 1);
    };
    // `17.2023年`: the item begins with a year; `10.12345热线`: with a number too long for a decimal.
    if digits >= 3 {
        return mark(MarkerStyle::Arabic, value, length + 1);
    }
    read_decimal(glyphs, length + 1 + digits, second)
}

/// `1.1` `1.1.2`: no measure, and not the end of the line.
fn read_decimal(glyphs: &[Glyph], mut length: usize, mut last: u32) -> Option<Mark> {
    let mut measured = true;
    for _ in 0..4 {
        let Some('.') = glyphs.get(length).map(|glyph| glyph.ch) else {
            break;
        };
        let Some((value, digits)) = numeral::read_digits(&glyphs[length + 1..]) else {
            break;
        };
        last = value;
        length += 1 + digits;
        // No number has two points.
        measured = false;
    }
    let next = glyphs.get(length)?.ch;
    let measure =
        "%‰‱万亿千百十元个倍米吨年月日天时分秒级版度平公亩人家项户次件至到～—-/升克克℃:)]";
    if measured && measure.contains(next) || next.is_ascii_alphanumeric() {
        return None;
    }
    let delimiter = usize::from(matches!(next, '、' | '.'));
    mark(MarkerStyle::Decimal, last, length + delimiter)
}

/// `（一）` `（1）`.
fn read_bracketed(glyphs: &[Glyph]) -> Option<Mark> {
    let inside = &glyphs[1..];
    let (style, (value, length)) = match numeral::read_digits(inside) {
        Some(read) if read.1 <= 3 => (MarkerStyle::ArabicParen, read),
        Some(_) => return None,
        None => match numeral::read_han(inside) {
            Some(read) => (MarkerStyle::HanParen, read),
            None => (MarkerStyle::Ordinal, read_count(inside)?),
        },
    };
    let close = inside.get(length)?.ch;
    if !crate::glyph::is_close(close) {
        return None;
    }
    mark(style, value, length + 2 + stop(&glyphs[length + 2..]))
}

/// A `、` or `.` behind a bracketed number belongs to it.
fn stop(glyphs: &[Glyph]) -> usize {
    usize::from(
        glyphs
            .first()
            .is_some_and(|glyph| matches!(glyph.ch, '、' | '.')),
    )
}

/// `问题一：` `任务1、` `整改事项（三）：`.
fn read_counted(glyphs: &[Glyph]) -> Option<Mark> {
    let (value, length) = read_count(glyphs)?;
    let (delimiter, behind) = (glyphs.get(length)?.ch, &glyphs[length + 1..]);
    // `项目2.5亿元`, `项目1、项目2` go on with a figure or count on.
    let counts_on = numeral::read(behind).is_some() || read_count(behind).is_some();
    (delimiter == ':' || matches!(delimiter, '、' | '.') && !counts_on)
        .then(|| mark(MarkerStyle::Ordinal, value, length + 1))?
}

/// A noun and its number: `问题一` `任务1` `事项（三）`.
fn read_count(glyphs: &[Glyph]) -> Option<(u32, usize)> {
    let (noun, ()) = lexicon::counted().longest(glyphs)?;
    let open = usize::from(glyphs.get(noun).is_some_and(|glyph| glyph.ch == '('));
    let (value, length) = numeral::read(&glyphs[noun + open..])?;
    let close = glyphs.get(noun + open + length);
    let whole = open == 0 || close.is_some_and(|glyph| glyph.ch == ')');
    (whole && value < 1000).then_some((value, noun + length + 2 * open))
}

/// `第一编` `第一部分` `第一章` `第一节` `第一条` `第一，` `第一、`, unless the text goes on as a citation.
fn read_division(glyphs: &[Glyph]) -> Option<Mark> {
    let (value, length) = numeral::read(&glyphs[1..])?;
    let behind = &glyphs[1 + length..];
    let (style, name) = match behind.first()?.ch {
        '编' => (MarkerStyle::Part, 1),
        '部' => (MarkerStyle::Part, begins(behind, "部分")?),
        '章' => (MarkerStyle::Chapter, 1),
        '节' => (MarkerStyle::Section, 1),
        '条' => (MarkerStyle::Article, 1),
        ',' => return mark(MarkerStyle::Ordinal, value, length + 2),
        // Not `第一、第二`, `第一、二条`.
        '、' if behind.get(1)?.ch != '第' && numeral::read(&behind[1..]).is_none() => {
            return mark(MarkerStyle::Ordinal, value, length + 2);
        }
        _ => return None,
    };
    let rest = &behind[name..];
    // `第三十二条　所得为…`: behind a blank the article begins.
    let spaced = rest
        .first()
        .is_some_and(|&next| apart(behind[name - 1], next));
    let begins_text = spaced
        && ["所", "和", "及"]
            .iter()
            .any(|word| begins(rest, word).is_some());
    if !begins_text
        && [
            "规定", "所", "的", "、", "和", "至", "或", "第", "款", "之", "及", ")", "》", "”",
        ]
        .iter()
        .any(|word| begins(rest, word).is_some())
    {
        return None;
    }
    let delimiter = usize::from(
        rest.first()
            .is_some_and(|glyph| matches!(glyph.ch, '、' | ':' | '.')),
    );
    mark(style, value, 1 + length + name + delimiter)
}

/// `一、` `一是` `一要`.
fn read_han(glyphs: &[Glyph]) -> Option<Mark> {
    let (value, length) = numeral::read_han(glyphs)?;
    let rest = &glyphs[length..];
    match rest.first()?.ch {
        '、' | '.' => {
            // `一、二产业`: an enumeration of numerals.
            if numeral::read_han(&rest[1..]).is_some_and(|(_, next)| {
                rest.get(1 + next)
                    .is_none_or(|glyph| glyph.ch != '是' && glyph.ch != '要')
            }) && !matches!(rest[1].ch, '一' | '十')
            {
                return None;
            }
            mark(MarkerStyle::Han, value, length + 1)
        }
        '是' | '要' if value <= 20 => mark(MarkerStyle::Ordinal, value, length + 1),
        _ => None,
    }
}

/// `首先` `其次` `再次` `最后`, before a comma or a verb.
fn read_word(glyphs: &[Glyph]) -> Option<Mark> {
    let (value, word) = [(1, "首先"), (2, "其次"), (3, "再次"), (4, "最后")]
        .into_iter()
        .find(|(_, word)| begins(glyphs, word).is_some())?;
    let length = word.chars().count();
    let comma = glyphs
        .get(length)
        .is_some_and(|glyph| matches!(glyph.ch, ',' | '、' | ':'));
    comma.then_some(Mark {
        style: MarkerStyle::Ordinal,
        ordinal: Some(value),
        length: length + 1,
    })
}

/// `I.` `Ⅱ、` `A.` `b)`.
fn read_letter(glyphs: &[Glyph]) -> Option<Mark> {
    let delimited = |length: usize| {
        glyphs
            .get(length)
            .is_some_and(|glyph| matches!(glyph.ch, '.' | '、' | ')'))
    };
    if let Some((value, length)) = numeral::read_roman(glyphs)
        && delimited(length)
    {
        return mark(MarkerStyle::Roman, value, length + 1);
    }
    let first = glyphs[0].ch;
    if delimited(1) && first.is_ascii_alphabetic() && !glyphs.get(2)?.ch.is_ascii_alphanumeric() {
        let ordinal = first.to_ascii_lowercase() as u32 - 'a' as u32 + 1;
        return mark(MarkerStyle::Latin, ordinal, 2);
    }
    None
}

/// `①` `⑴` `⒈` `㈠`.
fn read_enclosed(first: char) -> Option<Mark> {
    let (value, enclosure) = numeral::enclosed(first)?;
    let style = match enclosure {
        Enclosure::Circle => MarkerStyle::Circled,
        Enclosure::Brackets => MarkerStyle::ArabicParen,
        Enclosure::Stop => MarkerStyle::Arabic,
        Enclosure::HanBrackets => MarkerStyle::HanParen,
    };
    mark(style, value, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyph::Page;

    fn check(text: &str, expected: Option<(MarkerStyle, u32, &str)>) {
        let page = Page::new(text);
        let read = read(&page.glyphs).map(|mark| {
            (
                mark.style,
                mark.ordinal.unwrap_or(0),
                page.cut(page.span(0, mark.length)),
            )
        });
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn reads_markers() {
        use MarkerStyle as S;
        check("一、总则", Some((S::Han, 1, "一、")));
        check("十二、总则", Some((S::Han, 12, "十二、")));
        check("一、二产业融合", None);
        check("（十三）全力", Some((S::HanParen, 13, "（十三）")));
        check("( 十三 )全力", Some((S::HanParen, 13, "( 十三 )")));
        check("〔二〕全力", Some((S::HanParen, 2, "〔二〕")));
        check("1．推行", Some((S::Arabic, 1, "1．")));
        check("17.2023 年2 月底前", Some((S::Arabic, 17, "17.")));
        check("10.12345热线", Some((S::Arabic, 10, "10.")));
        check("200 万元补助。", None);
        check("2.5%。", None);
        check("1.1 总体要求", Some((S::Decimal, 1, "1.1")));
        check("2.3.4、要求", Some((S::Decimal, 4, "2.3.4、")));
        check("1.2.2 分级负责", Some((S::Decimal, 2, "1.2.2")));
        check("2023.", None);
        check("（1）优化", Some((S::ArabicParen, 1, "（1）")));
        check("（2023）优化", None);
        check("3)优化", Some((S::ArabicParen, 3, "3)")));
        check("③优化", Some((S::Circled, 3, "③")));
        check("⑴优化", Some((S::ArabicParen, 1, "⑴")));
        check("第一编 总则", Some((S::Part, 1, "第一编")));
        check("第三章 附则", Some((S::Chapter, 3, "第三章")));
        check("第二节", Some((S::Section, 2, "第二节")));
        check("第十条 本办法", Some((S::Article, 10, "第十条")));
        check("第十条规定的", None);
        check("第十条所称", None);
        check("第十条　所得为外币的", Some((S::Article, 10, "第十条")));
        check("一是加强", Some((S::Ordinal, 1, "一是")));
        check("四要加强", Some((S::Ordinal, 4, "四要")));
        check("首先，加强", Some((S::Ordinal, 1, "首先，")));
        check("第一，加强", Some((S::Ordinal, 1, "第一，")));
        check("第二、加强", Some((S::Ordinal, 2, "第二、")));
        check("第二、三产业", None);
        check("第一、第二中学", None);
        check("问题一：加强", Some((S::Ordinal, 1, "问题一：")));
        check("任务12.加强", Some((S::Ordinal, 12, "任务12.")));
        check(
            "整改事项（三）：加强",
            Some((S::Ordinal, 3, "整改事项（三）：")),
        );
        check("【任务1】加强", Some((S::Ordinal, 1, "【任务1】")));
        check("问题一直存在：加强", None);
        check("项目1、项目2开工", None);
        check("项目2.5亿元", None);
        check("Ⅱ、加强", Some((S::Roman, 2, "Ⅱ、")));
        check("IV. 加强", Some((S::Roman, 4, "IV.")));
        check("b) 加强", Some((S::Latin, 2, "b)")));
        check("● 加强", Some((S::Bullet, 0, "●")));
        check("加强", None);
    }
}
