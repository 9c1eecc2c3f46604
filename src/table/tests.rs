//! Tables of every layout, as rows: `depth number heading / text / duty=units … deadline`.

use crate::model::{Code, Item, Notice};

fn dump(notice: &Notice<'_>) -> String {
    fn line(item: &Item<'_>, depth: usize) -> String {
        let marker = item.marker.as_ref().map_or("·", |marker| &marker.text);
        let mut words = vec![
            format!("{}{marker}", "-".repeat(depth)),
            item.heading.as_deref().unwrap_or("?").to_owned(),
        ];
        if !item.text.is_empty() {
            words.push(format!("/ {}", item.text.replace('\n', "⏎")));
        }
        for assignment in &item.assignments {
            for duty in &assignment.duties {
                let units: Vec<&str> = duty.units.iter().map(|unit| &*unit.name).collect();
                words.push(format!(
                    "{}={}",
                    duty.label.as_deref().unwrap_or("?"),
                    units.join("+")
                ));
            }
            words.extend(
                assignment
                    .deadline
                    .iter()
                    .map(|deadline| format!("@{}", deadline.text)),
            );
        }
        words.join(" ")
    }
    fn walk(items: &[Item<'_>], depth: usize, out: &mut Vec<String>) {
        for item in items {
            out.push(line(item, depth));
            walk(&item.items, depth + 1, out);
        }
    }
    let mut out = Vec::new();
    for part in &notice.parts {
        walk(&part.items, 0, &mut out);
    }
    let shown = |code: Code| {
        matches!(
            code,
            Code::UnreadTable | Code::NumberingGap | Code::NumberingRepeat
        )
    };
    let findings = notice
        .diagnostics
        .iter()
        .filter(|finding| shown(finding.code));
    out.extend(findings.map(|finding| format!("! {}", finding.message)));
    out.join("\n")
}

fn check(text: &str, expected: &str) {
    let notice = crate::parse(text);
    assert_eq!(dump(&notice), expected.trim(), "{text}");
    covers(text, &notice);
}

/// Every visible character is in exactly one block or top-level item.
fn covers(text: &str, notice: &Notice<'_>) {
    for part in &notice.parts {
        let mut spans: Vec<_> = part
            .blocks
            .iter()
            .map(|block| block.span)
            .chain(part.items.iter().map(|item| item.span))
            .collect();
        spans.sort();
        let mut at = part.span.start;
        for span in spans {
            assert!(span.start >= at, "overlap at {span:?}: {text}");
            assert!(
                text[at as usize..span.start as usize].trim().is_empty(),
                "lost before {span:?}: {text}"
            );
            at = span.end;
        }
        assert!(
            text[at as usize..part.span.end as usize].trim().is_empty(),
            "lost at the end: {text}"
        );
    }
}

#[test]
fn bars() {
    check(
        "| 序号 | 任务 | 责任单位 | 时限 |\n|---|---|---|---|\n| 1 | 建库 | 省科技厅<br>省财政厅 | 6月底 |\n| 2 | 联网 | / | |",
        "1 建库 责任单位=省科技厅+省财政厅 @6月底\n2 联网",
    );
    // A cell over all columns, once or in each of them.
    check(
        "| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 一、夯实基础 | | |\n| 1 | 建库 | 省科技厅 |\n| 二、强化应用 | 二、强化应用 | 二、强化应用 |\n| 2 | 联网 | 省数据局 |",
        "一、 夯实基础\n-1 建库 责任单位=省科技厅\n二、 强化应用\n-2 联网 责任单位=省数据局",
    );
    check(
        "┌──┬──┬──┐\n│序号│任务│责任单位│\n├──┼──┼──┤\n│1│建库│省科技厅│\n└──┴──┴──┘",
        "1 建库 责任单位=省科技厅",
    );
    // The rule between the two rows of a head, whose words have no noun.
    check(
        "| 序号 | 任务 | 责任分工 | | 时限 |\n|---|---|---|---|---|\n| | | 主办 | 协办 | |\n| 1 | 建库 | 省科技厅 | 省财政厅 | 6月底 |",
        "1 建库 主办=省科技厅 协办=省财政厅 @6月底",
    );
    // No outer bars, more cells than columns.
    check(
        "任务 | 牵头单位 | 配合单位\n建库 | 省科技厅 | 省财政厅\n联网 | 省数据局 | 省公安厅 | 多余",
        "· 建库 牵头单位=省科技厅 配合单位=省财政厅\n· ? / 联网|省数据局|省公安厅|多余\n! 这一行的各栏无法确定，按文字保留",
    );
}

#[test]
fn tabs() {
    // Empty cells, a wrapped cell, trailing cells that are missing.
    check(
        "序号\t任务\t措施\t责任单位\t完成时限\n1\t建库\t\t省科技厅、\n省财政厅\t6月底\n2\t联网\t铺设光缆\t省数据局",
        "1 建库 责任单位=省科技厅+省财政厅 @6月底\n2 联网 / 铺设光缆 责任单位=省数据局",
    );
    // A head of two rows, repeated on the next page.
    check(
        "序号\t任务\t责任分工\t\t时限\n\t\t牵头单位\t配合单位\t\n1\t建库\t省科技厅\t省财政厅\t6月底\n—2—\n序号\t任务\t责任分工\t\t时限\n\t\t牵头单位\t配合单位\t\n2\t联网\t省数据局\t省公安厅\t9月底",
        "1 建库 牵头单位=省科技厅 配合单位=省财政厅 @6月底\n2 联网 牵头单位=省数据局 配合单位=省公安厅 @9月底",
    );
    // A cell over several rows.
    check(
        "一级任务\t二级任务\t牵头单位\n夯实基础\t建库\t省科技厅\n\t联网\t省数据局\n强化应用\t上线\t省政务办",
        "· 夯实基础\n-· 建库 牵头单位=省科技厅\n-· 联网 牵头单位=省数据局\n· 强化应用\n-· 上线 牵头单位=省政务办",
    );
    check(
        "序号\t重点任务\t具体举措\t责任单位\n1\t夯实基础\t建库\t省科技厅\n\t\t联网\t省数据局",
        "1 夯实基础\n-· 建库 责任单位=省科技厅\n-· 联网 责任单位=省数据局",
    );
    // Tabs that only align the words; a clause of its own; a person; a rule in the head.
    check(
        "序号\t\t任务\t\t责任人\n1\t\t建库\t\t张三（副厅长）",
        "1 建库 责任人=张三",
    );
    check(
        "任务\t分工\t时限\n（一）建库\t省科技厅牵头，省财政厅配合\t年底前",
        "（一） 建库 牵头=省科技厅 配合=省财政厅 @年底前",
    );
    check(
        "序号\t任务\t责任单位（列第一位的为牵头单位）\n1\t建库\t省科技厅、省财政厅",
        "1 建库 ?=省科技厅 责任单位（列第一位的为牵头单位）=省财政厅",
    );
    check(
        "序号\t任务\t责任单位\n一\t夯实基础\t\n1\t建库\t省科技厅\n二\t强化应用\t\n2\t上线\t省政务办",
        "一 夯实基础\n-1 建库 责任单位=省科技厅\n二 强化应用\n-2 上线 责任单位=省政务办",
    );
}

#[test]
fn aligned() {
    // Words close together, an empty cell, a cell wrapped at the end of its row.
    check(
        "序号    任务          牵头单位      配合单位\n1       建库          省科技厅      省财政厅\n2       联网                        省公安厅、\n                                    省财政厅\n3       统一平台上线  省政务办      省数据局",
        "1 建库 牵头单位=省科技厅 配合单位=省财政厅\n2 联网 配合单位=省公安厅+省财政厅\n3 统一平台上线 牵头单位=省政务办 配合单位=省数据局",
    );
    // Letters of other cells stand between those of a wrapped one.
    check(
        "序号    任务          牵头单位            时限\n1       建设省级科技  省科技厅、省财政厅  6月底\n        资源共享平台\n2       联网          省数据局            9月底",
        "1 ? 牵头单位=省科技厅+省财政厅 @6月底\n2 联网 牵头单位=省数据局 @9月底\n! “任务”一栏的文字无法确定，未读",
    );
    // Text over the first number: cells are centred, rows can't be told apart.
    check(
        "序号    任务          牵头单位\n        建设省级科技  省科技厅、\n1                               \n        资源共享平台  省财政厅\n",
        "! 表格各栏无法确定，按文字保留",
    );
    // Words of the head over two lines, and single blanks.
    check(
        "序号    任务    牵头    完成\n                单位    时限\n1       建库    省厅    6月底",
        "1 建库 ?=省厅 @6月底",
    );
    check(
        "序号 任务 牵头单位 完成时限\n1 建库 省科技厅 6月底\n2 联网 省数据局 省公安厅 9月底",
        "1 建库 牵头单位=省科技厅 @6月底\n2 ? / 联网省数据局省公安厅9月底\n! 这一行的各栏无法确定，按文字保留",
    );
}

#[test]
fn cells() {
    // Wrapped cells, an empty cell, a page mark and a repeated head.
    check(
        "序号\n任务\n牵头\n单位\n配合单位\n完成时限\n1\n建设省级科技\n资源共享平台\n省科技厅\n省财政厅、省发展\n改革委\n6月底\n—2—\n序号\n任务\n牵头\n单位\n配合单位\n完成时限\n2\n联网\n省数据局\n省公安厅\n9月底",
        "1 建设省级科技资源共享平台 牵头\n单位=省科技厅 配合单位=省财政厅+省发展改革委 @6月底\n2 联网 牵头\n单位=省数据局 配合单位=省公安厅 @9月底",
    );
    // One of two duties is empty: a row with one unit names who leads.
    check(
        "序号\n任务\n牵头单位\n配合单位\n时限\n1\n建库\n省科技厅\n6月底\n2\n联网\n省数据局\n省公安厅\n9月底",
        "1 建库 牵头单位=省科技厅 @6月底\n2 联网 牵头单位=省数据局 配合单位=省公安厅 @9月底",
    );
    // Three lines for two duties: nobody can tell whose the second is.
    check(
        "序号\n任务\n牵头单位\n配合单位\n时限\n1\n建库\n省科技厅\n省教育厅\n省公安厅\n6月底\n2\n联网\n省数据局\n省公安厅\n9月底",
        "1 建库 @6月底\n2 联网 牵头单位=省数据局 配合单位=省公安厅 @9月底\n! “牵头单位”一栏的文字无法确定，未读\n! “配合单位”一栏的文字无法确定，未读",
    );
    // Where the cell of the task ends, nobody can tell; units are told apart from text.
    check(
        "序号\n任务\n措施\n责任单位\n时限\n1\n建设省级科技\n资源共享平台\n整合各类数据\n省科技厅、省发展改\n革委、各县（区）\n人民政府\n2024年\n6月\n2\n联网\n铺设光缆\n省数据局\n9月底",
        "1 ? 责任单位=省科技厅+省发展改革委+各县（区）人民政府 @2024年\n6月\n2 联网 / 铺设光缆 责任单位=省数据局 @9月底\n! “任务”一栏的文字无法确定，未读\n! “措施”一栏的文字无法确定，未读",
    );
    // A column of numbers, persons, a remark that is mostly empty.
    check(
        "序号\n任务\n数量\n牵头领导\n责任单位\n备注\n1\n建库\n2\n张明\n省科技厅\n2\n联网\n3\n李华\n省数据局\n跨年度\n3\n上线\n4\n王强\n省政务办\n附件2\n",
        "1 建库 / 2 牵头领导=张明 责任单位=省科技厅\n2 联网 / 3⏎跨年度 牵头领导=李华 责任单位=省数据局\n3 上线 / 4 牵头领导=王强 责任单位=省政务办",
    );
    // A category before the number, a head repeated inside a row.
    check(
        "类别\n序号\n任务\n责任单位\n时限\n生态\n1\n治水\n省水利厅\n—2—\n类别\n序号\n任务\n责任单位\n时限\n6月底\n2\n造林\n省林业局\n7月底\n产业\n3\n招商\n省商务厅\n9月底",
        "· 生态\n-1 治水 责任单位=省水利厅 @6月底\n-2 造林 责任单位=省林业局 @7月底\n· 产业\n-3 招商 责任单位=省商务厅 @9月底",
    );
    // A blank line between cells, as text from a web page has it.
    check(
        "序号\n\n改革举措\n\n主 要 内 容\n\n指导部门\n\n一、保护方面（共1项）\n\n1\n\n建立专利保险机制\n\n开发保险产品，降低损失。\n\n国家知识产权局、财政部\n\n二、转化方面（共1项）\n\n2\n\n引入技术经理人\n\n以市场为依托，全程参与。\n\n科技部\n",
        "一、 保护方面（共1项）\n-1 建立专利保险机制 / 开发保险产品，降低损失。 指导部门=国家知识产权局+财政部\n二、 转化方面（共1项）\n-2 引入技术经理人 / 以市场为依托，全程参与。 指导部门=科技部",
    );
    // Groups, and text behind the last row.
    check(
        "序号\n任务\n责任单位\n时限\n一、夯实基础\n1\n建库\n省科技厅\n6月底\n2\n联网\n省数据局\n9月底\n二、强化应用\n1\n上线\n省政务办\n年底\n以上任务由省政府督查室督办。",
        "一、 夯实基础\n-1 建库 责任单位=省科技厅 @6月底\n-2 联网 责任单位=省数据局 @9月底\n二、 强化应用\n-1 上线 责任单位=省政务办 @年底",
    );
    // Without numbers: a line for each column.
    check(
        "任务\n牵头单位\n时限\n建库\n省科技厅\n6月底\n联网\n省数据局\n9月底\n",
        "· 建库 牵头单位=省科技厅 @6月底\n· 联网 牵头单位=省数据局 @9月底",
    );
}

#[test]
fn under_an_item() {
    check(
        "一、总体要求\n抓好落实。\n二、重点任务\n任务如下：\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 建库 | 省科技厅 |\n以上任务每月调度。\n三、保障措施\n加强领导。",
        "一、 总体要求 / 抓好落实。\n二、 重点任务 / 任务如下：⏎以上任务每月调度。\n-1 建库 责任单位=省科技厅\n三、 保障措施 / 加强领导。",
    );
}

#[test]
fn numbers() {
    // One is missing; a group begins anew; so does another table.
    check(
        "序号\t任务\t责任单位\n一、基础\n1\t建库\t省科技厅\n3\t联网\t省数据局\n二、应用\n1\t上线\t省政务办\n序号\t任务\t牵头单位\n1\t巡查\t省应急厅",
        "一、 基础\n-1 建库 责任单位=省科技厅\n-3 联网 责任单位=省数据局\n二、 应用\n-1 上线 责任单位=省政务办\n1 巡查 牵头单位=省应急厅\n! “3”之前缺第2项",
    );
}

#[test]
fn none() {
    // A roster, a table of numbers, prose with the words of a head.
    check("序号\t姓名\t单位\t职务\n1\t张三\t省科技厅\t处长", "");
    check("责任单位 任务\n各责任单位要对照任务抓好落实。", "");
    check(
        "任务\n责任单位\n要认真抓好落实，各单位于6月底前完成。\n时限要求\n",
        "",
    );
}

const FIXTURES: &[&str] = &[
    include_str!("../../fixtures/task-table-tabs.txt"),
    include_str!("../../fixtures/task-table-pipes.txt"),
    include_str!("../../fixtures/task-table-columns.txt"),
    include_str!("../../fixtures/task-table-cells.txt"),
];

#[test]
fn four_layouts_give_the_same_rows() {
    // Line breaks inside a cell are the layout's own.
    let rows = |text: &str| dump(&crate::parse(text)).replace("\n底前", "底前");
    let first = rows(FIXTURES[0]);
    assert_eq!(first.lines().count(), 4, "{first}");
    for text in FIXTURES {
        assert_eq!(rows(text), first);
    }
}

/// Repeated heads, numbers without end, bars without end: no more work than the length of the text.
#[test]
fn hostile_tables() {
    let head = "序号\n任务\n责任单位\n";
    for (unit, count) in [
        (head, 3000),
        ("序号 任务 责任单位\n", 3000),
        ("|", 30000),
        ("| 序号 | 任务 | 责任单位 |\n", 3000),
        ("1\n", 10000),
        ("市财政局\n", 5000),
        ("1\t", 20000),
        ("任务\n", 8000),
    ] {
        let text = format!("{head}1\n{}", unit.repeat(count));
        covers(&text, &crate::parse(&text));
        let text = format!("序号\t任务\t责任单位\n{}", unit.repeat(count));
        covers(&text, &crate::parse(&text));
        let text = format!("序号    任务    责任单位\n{}", unit.repeat(count));
        covers(&text, &crate::parse(&text));
    }
}
