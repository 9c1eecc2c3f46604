//! The source notice, whole: text to `Notice`, text to JSON, bytes to `Notice`; beside them, in the
//! same run on the same bytes, the events of a Markdown parser as a measure of the machine.
//!
//! `cargo bench --bench notice`

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gongwen::Parser;

const TEXT: &str = include_str!("../fixtures/jiangxi-2018.txt");

fn main() {
    divan::main();
}

/// The notice so many times over, as one text.
fn repeated(times: usize) -> String {
    TEXT.repeat(times)
}

#[divan::bench(args = [1, 10, 100])]
fn parse(bencher: Bencher<'_, '_>, times: usize) {
    let text = repeated(times);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| gongwen::parse(black_box(&text)).parts.len());
}

#[divan::bench(args = [1, 10, 100])]
fn parse_without_names(bencher: Bencher<'_, '_>, times: usize) {
    let text = repeated(times);
    let parser = Parser::new().names(false);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| parser.parse(black_box(&text)).parts.len());
}

#[divan::bench]
fn text_to_json(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(TEXT))
        .bench_local(|| gongwen::parse(black_box(TEXT)).to_json().len());
}

#[divan::bench]
fn gb18030_to_notice(bencher: Bencher<'_, '_>) {
    let (bytes, _, _) = encoding_rs::GB18030.encode(TEXT);
    bencher
        .counter(BytesCount::of_str(TEXT))
        .bench_local(|| gongwen::parse_bytes(black_box(&bytes)).map(|notice| notice.parts.len()));
}

#[divan::bench(args = [1, 10, 100])]
fn markdown_events(bencher: Bencher<'_, '_>, times: usize) {
    let text = repeated(times);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| pulldown_cmark::Parser::new(black_box(&text)).count());
}
