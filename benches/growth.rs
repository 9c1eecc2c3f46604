//! How the time to read a text grows with it: each hostile shape at 100 kB, 1 MB and 10 MB.
//!
//! ```text
//! cargo bench --bench growth [-- WORD]            only the shapes whose name holds WORD
//! cargo bench --bench growth -- --mix SECONDS     mixtures of up to four shapes, for so long
//! ```
//!
//! The exponent is that of time over size, from the first to the last column, after a size of next
//! to nothing has paid for the tables. Linear is 1.00; what is over 1.10 is marked, and the exit status
//! is 1. Times are those of the processor where the system tells them.

#[path = "../tests/support/hostile.rs"]
mod hostile;

use std::process::ExitCode;
use std::time::{Duration, Instant};

const SIZES: [u32; 3] = [100_000, 1_000_000, 10_000_000];

/// Time after which a measurement is trusted: clocks of processor time tick in milliseconds.
const ENOUGH: Duration = Duration::from_millis(60);

/// An exponent that is called linear.
const LINEAR: f64 = 1.10;

fn main() -> ExitCode {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench");
    let word = arguments.next().unwrap_or_default();
    if word == "--mix" {
        let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
        return mix(Duration::from_secs(seconds.unwrap_or(60)));
    }
    println!(
        "{:>10} {:>10} {:>10}  {:>9} {:>8}  shape",
        "100 kB ms", "1 MB ms", "10 MB ms", "MB/s", "exponent"
    );
    let mut steep = 0;
    for shape in hostile::SHAPES
        .iter()
        .filter(|shape| shape.name.contains(&word))
    {
        let _ = gongwen::parse(&shape.text(1000));
        let times = SIZES.map(|size| {
            let text = shape.text(size as usize);
            measure(|| gongwen::parse(&text))
        });
        steep += usize::from(report(shape.name, times));
    }
    for (index, (name, _)) in hostile::bytes(1000)
        .into_iter()
        .enumerate()
        .filter(|(_, (name, _))| name.contains(&word))
    {
        let times = SIZES.map(|size| {
            let bytes = hostile::bytes(size as usize).swap_remove(index).1;
            measure(|| gongwen::parse_bytes(&bytes))
        });
        steep += usize::from(report(name, times));
    }
    println!("{steep} shapes grow with an exponent over {LINEAR:.2}");
    ExitCode::from(u8::from(steep > 0))
}

/// Reads mixtures of shapes at 60 kB and at 600 kB, and prints those that take over 25 times as long.
fn mix(time: Duration) -> ExitCode {
    let start = Instant::now();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % limit
    };
    let (mut read, mut steep) = (0, 0);
    while start.elapsed() < time {
        let shapes: Vec<_> = (0..=below(4))
            .map(|_| &hostile::SHAPES[below(hostile::SHAPES.len())])
            .collect();
        let [small, large] = [60_000, 600_000].map(|size| {
            let text = hostile::mixture(&shapes, size);
            let clock = Clock::now();
            drop(std::hint::black_box(gongwen::parse(&text)));
            clock.elapsed()
        });
        read += 1;
        if large > small.max(Duration::from_millis(4)) * 25 {
            steep += 1;
            let names: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
            println!("{small:>10.1?} {large:>10.1?}  {}", names.join(" + "));
        }
    }
    println!("{steep} of {read} mixtures are steep");
    ExitCode::from(u8::from(steep > 0))
}

/// Prints a row; whether it is steep.
fn report(name: &str, times: [Duration; 3]) -> bool {
    let [first, _, last] = times.map(|time| time.as_secs_f64().max(1e-9));
    let exponent = (last / first).log10() / (f64::from(SIZES[2] / SIZES[0])).log10();
    let speed = f64::from(SIZES[2]) / last / 1e6;
    let [small, middle, large] = times.map(|time| time.as_secs_f64() * 1e3);
    // What is refused at the door takes no time at all.
    let steep = exponent > LINEAR && times[2] > Duration::from_millis(20);
    let mark = if steep { " <<<" } else { "" };
    println!(
        "{small:>10.3} {middle:>10.2} {large:>10.1}  {speed:>9.1} {exponent:>8.2}  {name}{mark}"
    );
    steep
}

/// What one run takes, on average over enough runs for the clock to tell.
fn measure<T>(mut run: impl FnMut() -> T) -> Duration {
    let start = Clock::now();
    for runs in 1.. {
        drop(std::hint::black_box(run()));
        let spent = start.elapsed();
        if spent >= ENOUGH {
            return spent / runs;
        }
    }
    Duration::MAX
}

/// Time that this thread had the processor; on systems that do not tell, time that went by.
struct Clock {
    on_processor: Option<u64>,
    at: Instant,
}

impl Clock {
    fn now() -> Self {
        Self {
            on_processor: on_processor(),
            at: Instant::now(),
        }
    }

    fn elapsed(&self) -> Duration {
        match (self.on_processor, on_processor()) {
            (Some(before), Some(after)) => Duration::from_nanos(after - before),
            _ => self.at.elapsed(),
        }
    }
}

fn on_processor() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()?
        .split(' ')
        .next()?
        .parse()
        .ok()
}
