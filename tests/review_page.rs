//! The review page, read as text and used in a real browser.
#![cfg(feature = "report")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use browser::Browser;
use common::{Read, jiangxi, read};
use gongwen::Role;
use serde_json::{Value, json};

fn page(read: &Read) -> Vec<u8> {
    let mut out = vec![];
    gongwen::render::html(&mut out, read.ledger()).unwrap();
    out
}

/// The numbers of the rows that are shown.
const SHOWN: &str = "all('.row').filter(row => !row.hidden).map(row => row.dataset.r)";
/// The number of the row that is selected, and whether it can be seen.
const SELECTED: &str = "all('.row[aria-current]').map(row => [row.dataset.r, SEEN(row, '#side')])";
/// The rows whose text is selected, and whether its beginning can be seen.
const HELD: &str = "[[...new Set(all('#paper .held').map(segment => segment.dataset.r))], SEEN(all('#paper .held')[0], '#paper')]";

/// An expression with `SEEN(element, pane)` explained.
fn eval(browser: &Browser, expression: &str) -> Value {
    let seen = "const box = element.getBoundingClientRect(), frame = document.querySelector(pane).getBoundingClientRect(); \
                return box.height > 0 && box.top >= frame.top && box.top < frame.bottom";
    browser.eval(&format!(
        "(() => {{ const SEEN = (element, pane) => {{ {seen} }}; return {expression} }})()"
    ))
}

#[test]
fn a_click_on_either_side_leads_to_the_other() {
    let Some(browser) = Browser::start(false) else {
        return;
    };
    browser.open(&page(&jiangxi()));
    assert_eq!(eval(&browser, SHOWN).as_array().unwrap().len(), 60);
    browser.click(".row[data-r='40'] .text");
    assert_eq!(eval(&browser, HELD), json!([["40"], true]));
    browser.click("#paper [data-r='42'].unit");
    assert_eq!(eval(&browser, SELECTED), json!([["42", true]]));
    browser.click("#paper [data-r='39']");
    assert_eq!(eval(&browser, SELECTED), json!([["39", true]]));
    assert_eq!(eval(&browser, HELD), json!([["39"], true]));
}

#[test]
fn an_inherited_clause_belongs_to_the_rows_that_inherit_it() {
    let Some(browser) = Browser::start(false) else {
        return;
    };
    let text = "一、修路（牵头单位：市交通局）\n（一）修东路。\n（二）修西路。（市水利局负责）\n（三）修南路。";
    browser.open(&page(&read("a.txt", text)));
    let held = "all('#paper .held').map(segment => segment.textContent).join('')";
    browser.click(".row[data-r='2'] .text");
    assert_eq!(browser.eval(held), "（牵头单位：市交通局）（三）修南路。");
    browser.click("#paper .line:first-child .unit");
    assert_eq!(eval(&browser, SELECTED), json!([["0", true]]));
    assert_eq!(browser.eval(held), "（牵头单位：市交通局）（一）修东路。");
}

#[test]
fn the_filters_keep_the_rows_of_the_model() {
    let Some(browser) = Browser::start(false) else {
        return;
    };
    let notice = jiangxi();
    browser.open(&page(&notice));
    let expected = |role: Option<Role>| {
        let has = |(n, task): (usize, gongwen::Task<'_>)| {
            let found = task
                .assigned
                .iter()
                .any(|a| a.unit.name == "省科技厅" && role.is_none_or(|role| a.role == role));
            found.then(|| n.to_string())
        };
        json!(
            notice
                .notice
                .tasks()
                .with_unassigned()
                .enumerate()
                .filter_map(has)
                .collect::<Vec<_>>()
        )
    };
    browser.eval(
        "(() => { const unit = document.querySelector('#unit'); \
                  unit.value = [...unit.options].find(o => o.text.startsWith('省科技厅（')).value; \
                  unit.dispatchEvent(new Event('change')) })()",
    );
    assert_eq!(eval(&browser, SHOWN), expected(None));
    browser.click("[data-role='l']");
    assert_eq!(eval(&browser, SHOWN), expected(Some(Role::Lead)));
    assert_eq!(
        browser.eval("document.querySelector('#shown').textContent"),
        format!(
            "{} 项",
            expected(Some(Role::Lead)).as_array().unwrap().len()
        )
    );
    browser.click("[data-role='r']");
    assert_eq!(eval(&browser, SHOWN), expected(Some(Role::Responsible)));
    browser.keys("#search", "\u{E00C}");
    assert_eq!(eval(&browser, SHOWN).as_array().unwrap().len(), 60);
    browser.keys("#search", "鄱阳湖自主创新");
    assert_eq!(eval(&browser, &format!("{SHOWN}.length")), 1);
    browser.keys("#search", "没有这样的字");
    assert_eq!(
        browser.eval("document.querySelector('#ledger > .none').hidden"),
        false
    );
    browser.keys("#search", "\u{E00C}");
    browser.click(".chips [data-view='units']");
    browser.click("#units li:first-child button");
    let most = browser.eval("document.querySelector('#unit').selectedOptions[0].text");
    let shown = eval(&browser, SHOWN).as_array().unwrap().len();
    assert!(
        most.as_str().unwrap().ends_with(&format!("（{shown}）")),
        "{most} {shown}"
    );
}

#[test]
fn the_keyboard_is_enough() {
    let Some(browser) = Browser::start(false) else {
        return;
    };
    browser.open(&page(&jiangxi()));
    let first = eval(&browser, &format!("{SHOWN}[0]"));
    let second = eval(&browser, &format!("{SHOWN}[1]"));
    browser.keys("body", "j");
    assert_eq!(eval(&browser, SELECTED), json!([[first, true]]));
    browser.keys(".row[aria-current]", "j");
    assert_eq!(eval(&browser, SELECTED), json!([[second, true]]));
    browser.keys(".row[aria-current]", "k");
    assert_eq!(eval(&browser, HELD), json!([[first], true]));
    browser.keys(".row[aria-current]", "/");
    browser.keys("#search", "省编办");
    assert!(eval(&browser, SHOWN).as_array().unwrap().len() < 10);
    browser.keys("#search", "\u{E00C}?");
    browser.keys("body", "?");
    assert_eq!(browser.eval("document.querySelector('#help').open"), true);
}

#[test]
fn text_of_the_document_is_never_markup() {
    let text = "关于<script>pwned=1</script>的通知\n一、</span><img src=x onerror=pwned=2>\n\
                (一)\"><b>甲</b>&lt;\u{1}事。(牵头单位:<i>甲</i>厅;责任单位:乙局' onclick='pwned=3)\n(二)</script><script>pwned=4</script>";
    let notice = read("<script>.txt", text);
    let html = String::from_utf8(page(&notice)).unwrap();
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("<style").count(), 1);
    for markup in ["<img", "<i>", " style=", "</span><img"] {
        assert!(!html.contains(markup), "{markup}");
    }
    let Some(browser) = Browser::start(false) else {
        return;
    };
    browser.open(html.as_bytes());
    assert_eq!(browser.eval("typeof window.pwned"), "undefined");
    assert_eq!(
        browser.eval("all('.line').map(line => line.textContent).join('\\n')"),
        text.replace('\u{1}', "␁")
    );
    browser.click(".row .text");
    assert_eq!(
        eval(&browser, "all('.row[aria-current] .text')[0].textContent"),
        *notice.notice.tasks().next().unwrap().text()
    );
    assert_eq!(
        browser.eval("performance.getEntriesByType('resource').length"),
        0
    );
    assert_eq!(browser.console(), json!([]), "the console is silent");
    let blocked = "(() => { const late = document.createElement('script'); \
                   try { late.text = 'pwned = 5' } catch {} document.body.append(late); return typeof window.pwned })()";
    assert_eq!(browser.eval(blocked), "undefined");
}

#[test]
fn findings_come_first_and_lead_to_their_place() {
    let Some(browser) = Browser::start(false) else {
        return;
    };
    let text = "一、重点\n(一)甲事。(牵头单位:甲厅;责任单位:乙局)\n(三)丙事。(牵头单位:甲厅)\n(四)没人做。";
    let notice = read("a.txt", text);
    browser.open(&page(&notice));
    let findings = &notice.notice.diagnostics;
    assert_eq!(browser.eval("all('#findings a').length"), findings.len());
    let above = "all('#findings a')[0].getBoundingClientRect().top < all('.row')[0].getBoundingClientRect().top";
    assert_eq!(browser.eval(above), true);
    for (number, finding) in findings.iter().enumerate() {
        browser.click(&format!("#findings a[data-f='{number}']"));
        let held = browser.eval("all('#paper .held').map(s => s.textContent).join('')");
        assert_eq!(held, text[finding.span.range()]);
    }
    browser.click("[data-role='n']");
    assert_eq!(eval(&browser, &format!("{SHOWN}.length")), 1);
}

#[test]
fn a_phone_shows_one_side_at_a_time() {
    let Some(browser) = Browser::start(true) else {
        return;
    };
    browser.open(&page(&jiangxi()));
    let wide = "all('body *').filter(e => e.getBoundingClientRect().right > innerWidth + 1).length";
    assert_eq!(browser.eval("innerWidth"), 390);
    assert_eq!(browser.eval(wide), 0);
    browser.click(".row[data-r='4'] .text");
    assert_eq!(eval(&browser, HELD), json!([["4"], true]));
    assert_eq!(browser.eval(wide), 0);
    browser.click("#paper [data-r='4']");
    assert_eq!(eval(&browser, SELECTED), json!([["4", true]]));
    browser.click(".tabs [data-view='units']");
    assert_eq!(browser.eval(wide), 0);
    assert!(
        browser
            .eval("all('#units li').filter(li => li.offsetHeight).length")
            .as_u64()
            > Some(20)
    );
}
