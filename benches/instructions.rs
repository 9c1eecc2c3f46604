//! One job, so many times: what `benches/instructions.sh` counts the instructions of.
//!
//! ```text
//! instructions JOB TIMES FILE      JOB: decode parse plain json gb18030 cmark
//! ```

use std::hint::black_box;

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let (Some(job), Some(times), Some(path)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        println!("instructions JOB TIMES FILE: see benches/instructions.sh");
        return;
    };
    let bytes = std::fs::read(&path).expect("the file can be read");
    let text = gongwen::decode(&bytes)
        .expect("the file is text")
        .text
        .into_owned();
    let (gb18030, ..) = encoding_rs::GB18030.encode(&text);
    let plain = gongwen::Parser::new().names(false);
    for _ in 0..times.parse::<u32>().expect("a number of times") {
        match job.as_str() {
            "decode" => drop(black_box(gongwen::decode(&bytes))),
            "parse" => drop(black_box(gongwen::parse(&text))),
            "plain" => drop(black_box(plain.parse(&text))),
            "json" => drop(black_box(gongwen::parse(&text).to_json())),
            "gb18030" => {
                let decoded = gongwen::decode(&gb18030).expect("text");
                drop(black_box(
                    gongwen::Parser::new().parse_decoded(&decoded).to_json(),
                ));
            }
            "cmark" => {
                black_box(pulldown_cmark::Parser::new(&text).count());
            }
            _ => panic!("no such job: {job}"),
        }
    }
}
