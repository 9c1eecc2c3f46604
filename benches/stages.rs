//! Each stage, the whole, and peers, on the same bytes in one run.
//!
//! ```text
//! cargo bench --bench stages --features bench
//! ```
//!
//! | group | from | to |
//! |---|---|---|
//! | `decode` | bytes | text, with its digest |
//! | `lines_and_markers` | text | glyphs and lines, then tables, paragraphs, markers |
//! | `frame` | paragraphs | parts and metadata |
//! | `outline` | paragraphs | the tree of items |
//! | `clauses` | items | clauses, the units in them included |
//! | `units` | enumerations | units |
//! | `whole` | text | the typed notice; beside it pulldown-cmark and a script of regular expressions |
//! | `json` | the notice, the text, or GB18030 | compact JSON |
//! | `wrapped` | notices hard-wrapped as in PDF text | the same, with pulldown-cmark beside |
//! | `size` | the source notice 1, 10, 100, 1000 times in a row | the typed notice |

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gongwen::stages::Stages;

fn main() {
    divan::main();
}

/// The source notice.
const NOTICE: &str = include_str!("../fixtures/jiangxi-2018.txt");

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// The source notice at eight widths, without blank lines, with page marks: as PDF extraction leaves it.
fn notices() -> Vec<String> {
    (34..42).map(|width| wrap(NOTICE, width)).collect()
}

fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() * 11 / 10);
    let mut lines = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut columns = 4;
        wrapped.push_str("\u{3000}\u{3000}");
        for ch in line.trim().chars() {
            let wide = if ch.is_ascii() { 1 } else { 2 };
            if columns + wide > width * 2 {
                wrapped.push('\n');
                lines += 1;
                columns = 0;
                if lines % 24 == 0 {
                    wrapped.push_str("—12—\n");
                }
            }
            wrapped.push(ch);
            columns += wide;
        }
        wrapped.push('\n');
    }
    wrapped
}

mod decode {
    use super::{Bencher, BytesCount, NOTICE, black_box};

    #[divan::bench]
    fn utf_8(bencher: Bencher<'_, '_>) {
        let bytes = NOTICE.as_bytes().to_vec();
        bencher
            .counter(BytesCount::of_slice(&bytes))
            .bench_local(|| gongwen::decode(black_box(&bytes)));
    }

    #[divan::bench]
    fn gb18030(bencher: Bencher<'_, '_>) {
        let bytes = super::gb18030(NOTICE);
        bencher
            .counter(BytesCount::of_slice(&bytes))
            .bench_local(|| gongwen::decode(black_box(&bytes)));
    }

    /// What encoding_rs alone needs for it.
    #[divan::bench]
    fn gb18030_by_encoding_rs(bencher: Bencher<'_, '_>) {
        let bytes = super::gb18030(NOTICE);
        bencher
            .counter(BytesCount::of_slice(&bytes))
            .bench_local(|| {
                encoding_rs::GB18030
                    .decode_without_bom_handling(black_box(&bytes))
                    .0
                    .into_owned()
            });
    }
}

mod lines_and_markers {
    use super::{Bencher, BytesCount, NOTICE, Stages, black_box, stage};

    #[divan::bench]
    fn lines(bencher: Bencher<'_, '_>) {
        bencher
            .counter(BytesCount::of_str(NOTICE))
            .bench_local(|| Stages::lines(black_box(NOTICE)));
    }

    #[divan::bench]
    fn paragraphs(bencher: Bencher<'_, '_>) {
        stage(bencher, Stages::paragraphs);
    }
}

/// One stage over the source NOTICE, whose bytes it is measured in.
fn stage(bencher: Bencher<'_, '_>, run: fn(&Stages<'static>) -> usize) {
    let stages = Stages::new(NOTICE);
    bencher
        .counter(BytesCount::of_str(NOTICE))
        .bench_local(|| run(black_box(&stages)));
}

#[divan::bench]
fn frame(bencher: Bencher<'_, '_>) {
    stage(bencher, Stages::frame);
}

#[divan::bench]
fn outline(bencher: Bencher<'_, '_>) {
    stage(bencher, Stages::outline);
}

#[divan::bench]
fn clauses(bencher: Bencher<'_, '_>) {
    stage(bencher, Stages::clauses);
}

#[divan::bench]
fn units(bencher: Bencher<'_, '_>) {
    stage(bencher, Stages::units);
}

mod whole {
    use super::{Bencher, BytesCount, NOTICE, black_box};
    use regex::Regex;

    #[divan::bench]
    fn parse(bencher: Bencher<'_, '_>) {
        bencher
            .counter(BytesCount::of_str(NOTICE))
            .bench_local(|| gongwen::parse(black_box(NOTICE)));
    }

    #[divan::bench]
    fn parse_without_names(bencher: Bencher<'_, '_>) {
        let parser = gongwen::Parser::new().names(false);
        bencher
            .counter(BytesCount::of_str(NOTICE))
            .bench_local(|| parser.parse(black_box(NOTICE)));
    }

    #[divan::bench]
    fn peer_pulldown_cmark(bencher: Bencher<'_, '_>) {
        bencher
            .counter(BytesCount::of_str(NOTICE))
            .bench_local(|| pulldown_cmark::Parser::new(black_box(NOTICE)).count());
    }

    /// Items, clauses and units only, by the patterns that a careful script has.
    #[divan::bench]
    fn peer_regex(bencher: Bencher<'_, '_>) {
        let item = Regex::new(r"^\s*([一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)]|\d+[.．、])\s*(.*)$").expect("a pattern");
        let clause = Regex::new(r"[（(](?:牵头|责任|配合)(?:单位|部门)[:：][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]").expect("a pattern");
        let label = Regex::new(r"(牵头|责任|配合)(?:单位|部门)[:：]([^;；]*)").expect("a pattern");
        bencher.counter(BytesCount::of_str(NOTICE)).bench_local(|| {
            let mut count = 0;
            for line in black_box(NOTICE).lines() {
                let Some(found) = item.captures(line) else {
                    continue;
                };
                count += found[1].len();
                for clause in clause.find_iter(&found[2]) {
                    for label in label.captures_iter(clause.as_str()) {
                        count += label[1].len()
                            + label[2]
                                .split(['、', ',', '，'])
                                .map(str::len)
                                .sum::<usize>();
                    }
                }
            }
            count
        });
    }
}

mod json {
    use super::{Bencher, BytesCount, NOTICE, black_box};

    #[divan::bench]
    fn notice_to_json(bencher: Bencher<'_, '_>) {
        let notice = gongwen::parse(NOTICE);
        bencher
            .counter(BytesCount::of_str(NOTICE))
            .bench_local(|| black_box(&notice).to_json());
    }

    #[divan::bench]
    fn notice_by_serde_json(bencher: Bencher<'_, '_>) {
        let notice = gongwen::parse(NOTICE);
        bencher
            .counter(BytesCount::of_str(NOTICE))
            .bench_local(|| serde_json::to_string(black_box(&notice)));
    }

    #[divan::bench]
    fn text_to_json(bencher: Bencher<'_, '_>) {
        bencher
            .counter(BytesCount::of_str(NOTICE))
            .bench_local(|| gongwen::parse(black_box(NOTICE)).to_json());
    }

    #[divan::bench]
    fn utf_8_to_json(bencher: Bencher<'_, '_>) {
        let bytes = NOTICE.as_bytes().to_vec();
        bencher
            .counter(BytesCount::of_slice(&bytes))
            .bench_local(|| bytes_to_json(black_box(&bytes)));
    }

    #[divan::bench]
    fn gb18030_to_json(bencher: Bencher<'_, '_>) {
        let bytes = super::gb18030(NOTICE);
        bencher
            .counter(BytesCount::of_slice(&bytes))
            .bench_local(|| bytes_to_json(black_box(&bytes)));
    }

    fn bytes_to_json(bytes: &[u8]) -> String {
        let decoded = gongwen::decode(bytes).expect("text");
        gongwen::Parser::new().parse_decoded(&decoded).to_json()
    }
}

mod wrapped {
    use super::{Bencher, BytesCount, black_box, notices};

    fn each<T>(bencher: Bencher<'_, '_>, run: impl Fn(&str) -> T) {
        let texts = notices();
        let bytes: usize = texts.iter().map(String::len).sum();
        bencher
            .counter(BytesCount::new(bytes))
            .bench_local(|| texts.iter().for_each(|text| drop(black_box(run(text)))));
    }

    #[divan::bench]
    fn parse(bencher: Bencher<'_, '_>) {
        each(bencher, |text| drop(black_box(gongwen::parse(text))));
    }

    #[divan::bench]
    fn text_to_json(bencher: Bencher<'_, '_>) {
        each(bencher, |text| gongwen::parse(text).to_json());
    }

    #[divan::bench]
    fn peer_pulldown_cmark(bencher: Bencher<'_, '_>) {
        each(bencher, |text| pulldown_cmark::Parser::new(text).count());
    }
}

#[divan::bench(args = [1, 10, 100, 1000], max_time = 2)]
fn size(bencher: Bencher<'_, '_>, times: usize) {
    let text = NOTICE.repeat(times);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| gongwen::parse(black_box(&text)));
}
