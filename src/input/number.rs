//! Automatic numbers, written out.
//!
//! In: a number and the name of its format, as WordprocessingML spells it (`w:numFmt`). Out: the
//! number as the reader of the page sees it.
//!
//! | format | 1 | 10 | 12 | 110 |
//! |---|---|---|---|---|
//! | `chineseCounting`, `taiwaneseCounting` | `一` | `十` | `十二` | `一一〇` |
//! | `chineseCountingThousand` and others | `一` | `十` | `十二` | `一百一十` |
//! | `japaneseCounting` | `一` | `十` | `十二` | `百十` |
//! | `ideographDigital`, `taiwaneseDigital` | `一` | `一〇` | `一二` | `一一〇` |
//! | `chineseLegalSimplified` | `壹` | `壹拾` | `壹拾贰` | `壹佰壹拾` |
//! | `decimalEnclosedCircle` | `①` | `⑩` | `⑫` | `110` |
//! | `decimalFullWidth` | `１` | `１０` | `１２` | `１１０` |
//! | `upperLetter` | `A` | `J` | `L` | `FFFFF` |
//!
//! A number that a format has no sign for is written in decimal digits, as Word does.

/// Writes the number.
pub(super) fn write(format: &str, number: u32) -> String {
    written(format, number).unwrap_or_else(|| number.to_string())
}

/// Whether numbers are written with the character: `1`, `②`, `三`, `十`.
pub(super) fn is_digit(c: char) -> bool {
    c.is_numeric() || HAN.contains(&c) || "十百".contains(c)
}

fn written(format: &str, number: u32) -> Option<String> {
    match format {
        "chineseCounting" | "taiwaneseCounting" if number > 99 => Some(digits(number, &HAN)),
        "ideographDigital"
        | "taiwaneseDigital"
        | "japaneseDigitalTenThousand"
        | "koreanDigital" => Some(digits(number, &HAN)),
        "chineseCounting"
        | "taiwaneseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCountingThousand" => counted(number, &HAN, &["", "十", "百", "千"], Ones::Tens),
        "japaneseCounting" => counted(number, &HAN, &["", "十", "百", "千"], Ones::Never),
        "chineseLegalSimplified" => counted(number, &LEGAL, &["", "拾", "佰", "仟"], Ones::Always),
        "ideographLegalTraditional" => counted(
            number,
            &LEGAL_TRADITIONAL,
            &["", "拾", "佰", "仟"],
            Ones::Always,
        ),
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(number, &FULL_WIDTH)),
        "decimalZero" => Some(format!("{number:02}")),
        "numberInDash" => Some(format!("- {number} -")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => match number {
            1..=20 => sign('①', number),
            21..=35 => sign('㉑', number - 20),
            36..=50 => sign('㊱', number - 35),
            _ => None,
        },
        "decimalEnclosedParen" => (number <= 20).then(|| sign('⑴', number))?,
        "decimalEnclosedFullstop" => (number <= 20).then(|| sign('⒈', number))?,
        "ideographEnclosedCircle" => (number <= 10).then(|| sign('㊀', number))?,
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥", number),
        "upperLetter" => letters(b'A', number),
        "lowerLetter" => letters(b'a', number),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|roman| roman.to_ascii_lowercase()),
        _ => None,
    }
}

const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const LEGAL_TRADITIONAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
const FULL_WIDTH: [char; 10] = ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'];

fn digits(number: u32, signs: &[char; 10]) -> String {
    let digits = number.to_string();
    digits
        .bytes()
        .map(|digit| signs[usize::from(digit - b'0')])
        .collect()
}

/// Whether `一` is written before `十` and `百`.
#[derive(Clone, Copy)]
enum Ones {
    /// `壹拾`, `壹佰壹拾`
    Always,
    /// `十`, `一百一十`: not where the number begins with `十`
    Tens,
    /// `十`, `百十`
    Never,
}

/// Below ten thousand: a digit before each power of ten, one zero for a gap.
fn counted(number: u32, signs: &[char; 10], powers: &[&str; 4], ones: Ones) -> Option<String> {
    if !(1..10_000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    let mut gap = false;
    for power in (0..4_u32).rev() {
        let digit = number / 10_u32.pow(power) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap && !matches!(ones, Ones::Never) {
            out.push('零');
        }
        gap = false;
        let silent = digit == 1
            && match ones {
                Ones::Always => false,
                Ones::Tens => power == 1 && out.is_empty(),
                Ones::Never => power > 0,
            };
        if !silent {
            out.push(signs[digit as usize]);
        }
        out.push_str(powers[power as usize]);
    }
    Some(out)
}

/// The sign `number` places along from the one that stands for 1.
fn sign(first: char, number: u32) -> Option<String> {
    char::from_u32(u32::from(first) + number.checked_sub(1)?).map(String::from)
}

fn one_of(signs: &str, number: u32) -> Option<String> {
    signs
        .chars()
        .nth(number.checked_sub(1)? as usize)
        .map(String::from)
}

/// A … Z, AA, BB … ZZ, AAA, as far as 30 letters.
fn letters(first: u8, number: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|&index| index < 26 * 30)?;
    let letter = char::from(first + (index % 26) as u8);
    Some(std::iter::repeat_n(letter, index as usize / 26 + 1).collect())
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: &str, numbers: &[u32], expected: &str) {
        let written: Vec<String> = numbers
            .iter()
            .map(|&number| write(format, number))
            .collect();
        assert_eq!(written.join(" "), expected, "{format}");
    }

    #[test]
    fn every_format_of_the_table() {
        let numbers = [1, 9, 10, 12, 20, 105, 110, 1010];
        check(
            "chineseCounting",
            &numbers,
            "一 九 十 十二 二十 一〇五 一一〇 一〇一〇",
        );
        check(
            "chineseCountingThousand",
            &numbers,
            "一 九 十 十二 二十 一百零五 一百一十 一千零一十",
        );
        check(
            "japaneseCounting",
            &numbers,
            "一 九 十 十二 二十 百五 百十 千十",
        );
        check(
            "ideographDigital",
            &numbers,
            "一 九 一〇 一二 二〇 一〇五 一一〇 一〇一〇",
        );
        check("chineseLegalSimplified", &[1, 10, 110], "壹 壹拾 壹佰壹拾");
        check(
            "decimalEnclosedCircle",
            &[1, 10, 12, 21, 36, 110],
            "① ⑩ ⑫ ㉑ ㊱ 110",
        );
        check("decimalEnclosedParen", &[1, 20, 21], "⑴ ⒇ 21");
        check("decimalFullWidth", &[1, 10], "１ １０");
        check("upperLetter", &[1, 26, 27, 110], "A Z AA FFFFF");
        check("lowerRoman", &[1, 4, 9, 14, 1990], "i iv ix xiv mcmxc");
        check("ideographTraditional", &[1, 10, 11], "甲 癸 11");
        check("decimalZero", &[1, 10], "01 10");
    }

    #[test]
    fn a_number_beyond_its_format_stays_short() {
        for format in [
            "upperLetter",
            "upperRoman",
            "chineseCountingThousand",
            "ideographZodiac",
        ] {
            check(format, &[0, u32::MAX], "0 4294967295");
        }
    }
}
