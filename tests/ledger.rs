//! The ledger, read back with readers of its own and compared with the model.
#![cfg(all(feature = "tables", feature = "xlsx"))]

mod common;

use common::{Read, jiangxi, read};
use gongwen::render::{self, Csv, Selection};
use gongwen::{Role, Task};
use serde_json::Value;

/// The JSON Lines of a ledger.
fn json(read: &Read, selection: &Selection) -> Vec<Value> {
    let mut out = vec![];
    render::tasks(&mut out, read.ledger(), selection).unwrap();
    let lines = std::str::from_utf8(&out).unwrap().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The cells of a CSV ledger, headings first.
fn csv(reads: &[&Read], selection: &Selection) -> Vec<Vec<String>> {
    let mut out = vec![];
    let mut ledger = Csv::new(&mut out, selection.clone()).unwrap();
    for read in reads {
        ledger.add(read.ledger()).unwrap();
    }
    ledger.finish().unwrap();
    let text = String::from_utf8(out).unwrap();
    let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
    assert!(text.ends_with("\r\n"));
    let mut rows = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    rows.records()
        .map(|row| row.unwrap().iter().map(String::from).collect())
        .collect()
}

fn names<'n>(task: &Task<'n>, role: Role) -> Vec<&'n str> {
    task.units(role).map(|unit| &*unit.name).collect()
}

#[test]
fn json_lines_hold_what_the_model_holds() {
    let notice = jiangxi();
    let rows = json(&notice, &Selection::default());
    assert_eq!(rows.len(), 60);
    for (row, task) in rows.iter().zip(notice.notice.tasks()) {
        let item = task.item.unwrap();
        assert_eq!(row["source"], "jiangxi-2018.txt");
        assert_eq!(row["id"], *item.id);
        assert_eq!(row["number"], *item.marker.as_ref().unwrap().text);
        assert_eq!(
            row["path"],
            *task.above[0].heading.as_ref().unwrap().as_ref()
        );
        assert_eq!(row["text"], *item.text);
        assert_eq!(row["lead"], Value::from(names(&task, Role::Lead)));
        assert_eq!(
            row["responsible"],
            Value::from(names(&task, Role::Responsible))
        );
        assert_eq!(row["clause"], *item.assignments[0].text);
        assert_eq!(row["deadline"], Value::Null);
        assert_eq!(row["span"], serde_json::to_value(item.span).unwrap());
        let before = &notice.ledger().text[..item.span.start as usize];
        assert_eq!(
            row["line"],
            before.lines().count() + usize::from(before.ends_with('\n'))
        );
    }
    let keys: Vec<_> = rows[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let expected = "clause cooperating date deadline findings id inferred inherited_from lead line number \
                    path responsible source span supervising text";
    assert_eq!(keys, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn every_csv_cell_is_the_models_value() {
    let notice = jiangxi();
    let rows = csv(&[&notice, &notice], &Selection::default());
    assert_eq!(rows.len(), 1 + 60 + 60);
    let column = |heading: &str| rows[0].iter().position(|h| h == heading).expect(heading);
    for (row, json) in rows[1..61].iter().zip(json(&notice, &Selection::default())) {
        let cell = |heading: &str| row[column(heading)].as_str();
        let list = |key: &str| {
            let names = json[key].as_array().unwrap().iter();
            names
                .map(|name| name.as_str().unwrap())
                .collect::<Vec<_>>()
                .join("；")
        };
        assert_eq!(cell("编号"), json["id"]);
        assert_eq!(cell("序号"), json["number"]);
        assert_eq!(cell("章节"), json["path"]);
        assert_eq!(cell("任务"), json["text"]);
        assert_eq!(cell("牵头单位"), list("lead"));
        assert_eq!(cell("责任单位"), list("responsible"));
        assert_eq!(cell("分工原文"), json["clause"]);
        assert_eq!(cell("来源文件"), json["source"]);
        assert_eq!(cell("行"), json["line"].to_string());
        assert_eq!(cell("起"), json["span"][0].to_string());
        assert_eq!(cell("止"), json["span"][1].to_string());
    }
}

#[test]
fn a_unit_is_found_by_any_of_its_names() {
    let notice = jiangxi();
    let of = |unit: &str| {
        json(
            &notice,
            &Selection {
                unit: Some(unit.into()),
                ..Selection::default()
            },
        )
        .len()
    };
    let expected = notice
        .notice
        .tasks()
        .filter(|task| task.assigned.iter().any(|a| a.unit.name == "省科技厅"));
    assert_eq!(of("省科技厅"), expected.count());
    assert_eq!(of(" 省科技厅 "), of("省科技厅"));
    assert_eq!(of("各市、县（区）政府"), of("各市、县〔区〕政府"));
    assert!(of("各市、县（区）政府") > 40);
    assert_eq!(of("科技厅"), of("省科技厅"));
    assert_eq!(of("省科技"), 0);
}

#[test]
fn an_expanded_ledger_has_a_row_for_each_unit() {
    let notice = jiangxi();
    let selection = Selection {
        expand: true,
        ..Selection::default()
    };
    let rows = json(&notice, &selection);
    let members = |unit| notice.notice.members_of(unit).len().max(1);
    let units: usize = notice
        .notice
        .tasks()
        .flat_map(|task| task.assigned)
        .map(|assigned| members(assigned.unit))
        .sum();
    assert_eq!(rows.len(), units);
    assert_eq!(
        (&rows[0]["unit"], &rows[0]["role"]),
        (&"省政府办公厅".into(), &"lead".into())
    );
    assert_eq!(csv(&[&notice], &selection).len(), 1 + units);
    let one = Selection {
        unit: Some("省科技厅".into()),
        ..selection
    };
    assert!(
        json(&notice, &one)
            .iter()
            .all(|row| row["unit"] == "省科技厅")
    );
}

/// The cities of `江西` in 2018.
const CITIES: [(&str, &str); 11] = [
    ("南昌市人民政府", "360100"),
    ("景德镇市人民政府", "360200"),
    ("萍乡市人民政府", "360300"),
    ("九江市人民政府", "360400"),
    ("新余市人民政府", "360500"),
    ("鹰潭市人民政府", "360600"),
    ("赣州市人民政府", "360700"),
    ("吉安市人民政府", "360800"),
    ("宜春市人民政府", "360900"),
    ("抚州市人民政府", "361000"),
    ("上饶市人民政府", "361100"),
];

#[test]
fn an_expanded_ledger_lists_the_members_of_a_collective() {
    let notice = jiangxi();
    let selection = Selection {
        expand: true,
        ..Selection::default()
    };
    let all = json(&notice, &selection);
    let first = all
        .iter()
        .find(|row| row["member_of"] == "各市、县〔区〕政府");
    let first = first.unwrap();
    let members: Vec<_> = all
        .iter()
        .filter(|row| row["id"] == first["id"] && row["member_of"] == first["member_of"])
        .collect();
    assert!(members.iter().all(|row| row["role"] == "responsible"));
    let named = |row: &&Value| {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        assert_eq!(text("unit_id"), format!("{}:人民政府", text("region")));
        (text("unit"), text("region"))
    };
    let (cities, counties): (Vec<_>, Vec<_>) = members
        .iter()
        .map(named)
        .partition(|(_, code)| code.ends_with("00"));
    assert_eq!(
        cities,
        CITIES.map(|(name, code)| (name.to_owned(), code.to_owned()))
    );
    assert_eq!(counties.len(), 100);

    // A member is found by its name, and nowhere without the list.
    let of = |unit: &str| Selection {
        unit: Some(unit.into()),
        ..selection.clone()
    };
    let ganzhou = json(&notice, &of("赣州市政府"));
    assert!(
        ganzhou
            .iter()
            .all(|row| row["unit_id"] == "360700:人民政府")
    );
    assert!(ganzhou.iter().any(|row| row["member_of"].is_null()));
    assert!(
        ganzhou
            .iter()
            .any(|row| row["member_of"] == "各市、县〔区〕政府")
    );
    // Whom the tables don't know, or a word narrows, nobody guesses.
    let guess = "一、防汛。（各市、县〔区〕政府负责）\n二、抗旱。（有关市、县〔区〕政府负责）";
    let unknown = json(&read("a.txt", guess), &selection);
    assert_eq!(unknown.len(), 2);
    assert!(unknown.iter().all(|row| row["member_of"].is_null()));
}

#[test]
fn a_unit_is_found_by_what_its_name_means() {
    let text = "江西省人民政府关于春耕的通知\n一、甲。（省发改委负责）\n二、乙。（省发展改革委负责）\n\
                三、丙。（江西省发展和改革委员会负责）\n四、丁。（省科技厅负责）\n江西省人民政府\n2018年3月1日";
    let notice = read("a.txt", text);
    let of = |unit: &str, parser: gongwen::Parser| {
        let selection = Selection {
            unit: Some(unit.into()),
            parser,
            ..Selection::default()
        };
        json(&notice, &selection).len()
    };
    for unit in [
        "省发改委",
        "省发展改革委",
        "江西省发展和改革委员会",
        "江西省发改委",
    ] {
        assert_eq!(of(unit, gongwen::Parser::new()), 3, "{unit}");
    }
    assert_eq!(of("广东省发改委", gongwen::Parser::new()), 0);
    assert_eq!(of("省发改委", gongwen::Parser::new().names(false)), 1);
    assert_eq!(of("省发改委办公室", gongwen::Parser::new()), 0);
}

#[test]
fn an_item_with_a_deadline_alone_has_the_units_above_it() {
    let notice = gongwen::parse(
        "一、备种（牵头单位：省农业农村厅；完成时限：2025年底前）\n\
         （一）选好种子。选育良种。（2025年6月底前完成）\n（二）修好水渠。疏浚沟渠。",
    );
    let rows: Vec<_> = notice
        .tasks()
        .map(|task| {
            let deadline = task.deadline().map(|deadline| &*deadline.text);
            (task.number(), names(&task, Role::Lead), deadline)
        })
        .collect();
    let lead = vec!["省农业农村厅"];
    assert_eq!(
        rows,
        [
            (Some("（一）"), lead.clone(), Some("2025年6月底前")),
            (Some("（二）"), lead, Some("2025年底前")),
        ]
    );
}

#[test]
fn unassigned_items_are_rows_on_request() {
    let notice = read(
        "a.txt",
        "一、重点\n(一)有人做。(牵头单位:甲厅;责任单位:乙局)\n(二)=没人做。",
    );
    assert_eq!(json(&notice, &Selection::default()).len(), 1);
    let all = Selection {
        all: true,
        ..Selection::default()
    };
    let rows = csv(&[&notice], &all);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2][3], "'=没人做。");
}

/// The cells of every sheet of a workbook.
fn xlsx(reads: &[&Read], selection: &Selection) -> Vec<(String, Vec<Vec<calamine::Data>>)> {
    use calamine::Reader;
    let mut book = render::Workbook::new(selection.clone()).unwrap();
    for read in reads {
        book.add(read.ledger()).unwrap();
    }
    let mut out = vec![];
    book.save(&mut out).unwrap();
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(out)).unwrap();
    let sheets = book.worksheets().into_iter();
    sheets
        .map(|(name, range)| (name, range.rows().map(<[_]>::to_vec).collect()))
        .collect()
}

/// What a clerk meets: clauses that part an item, a deadline without year, inheritance, a default.
const MIXED: &str = "甲市人民政府关于修路的通知\n2025年3月5日\n\n一、修路（牵头单位：市交通局；完成时限：2025年12月底前）\n\
                     （一）修东路。\n（二）修西路。先修桥（市水利局牵头，6月底前完成），\n再铺路。（市住建局负责）\n二、附则\n本通知自印发之日起施行。\n";

#[test]
fn a_row_has_what_its_clause_governs_and_what_it_inherits() {
    let notice = read("b.txt", MIXED);
    let rows = json(&notice, &Selection::default());
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let keys = [
                "id",
                "path",
                "text",
                "lead",
                "responsible",
                "date",
                "inherited_from",
                "line",
            ];
            keys.map(|key| row[key].to_string())
                .join(" ")
                .replace('"', "")
        })
        .collect();
    let expected = [
        "1.1.1 修路 修东路。 [市交通局] [] 2025-12-31 1.1 5",
        "1.1.2 修路 / 修西路 先修桥 [市水利局] [] 2025-06-30 null 6",
        "1.1.2 修路 / 修西路 再铺路。 [] [市住建局] null null 7",
    ];
    assert_eq!(shown, expected);
    assert_eq!(
        rows[1]["inferred"].to_string(),
        r#"[{"field":"date","rule":"year-from-notice","values":["2025-06-30"]}]"#
    );
    let text = |row: &Value| {
        let at = |n: usize| usize::try_from(row["span"][n].as_u64().unwrap()).unwrap();
        MIXED[at(0)..at(1)].to_owned()
    };
    assert_eq!(
        text(&rows[1]),
        "（二）修西路。先修桥（市水利局牵头，6月底前完成）"
    );
    assert_eq!(text(&rows[2]), "再铺路。（市住建局负责）");
    let chars = json(
        &notice,
        &Selection {
            offsets: gongwen::Offsets::Chars,
            ..Selection::default()
        },
    );
    let counted = MIXED[..MIXED.find("（二）修").unwrap()].chars().count();
    assert_eq!(chars[1]["span"][0], counted);
}

#[test]
fn deadlines_are_days_of_excels_calendar() {
    let notice = read("b.txt", MIXED);
    let sheets = xlsx(&[&notice], &Selection::default());
    let rows = &sheets[0].1;
    let column = |heading: &str| rows[0].iter().position(|cell| *cell == *heading).unwrap();
    let days: Vec<_> = rows[1..]
        .iter()
        .map(|row| row[column("截止日期")].clone())
        .collect();
    assert!(
        matches!(&days[0], calamine::Data::DateTime(day) if day.to_string() == "46022"),
        "{days:?}"
    );
    assert_eq!(rows[1][column("完成时限")], *"2025年12月底前");
    assert_eq!(days[2], calamine::Data::Empty);
}

#[test]
fn every_cell_of_the_workbook_is_the_csvs() {
    let notice = jiangxi();
    for selection in [
        Selection::default(),
        Selection {
            all: true,
            ..Selection::default()
        },
        Selection {
            expand: true,
            unit: Some("省科技厅".into()),
            ..Selection::default()
        },
    ] {
        let sheets = xlsx(&[&notice, &notice], &selection);
        let rows = csv(&[&notice, &notice], &selection);
        assert_eq!(sheets[0].0, "台账");
        assert_eq!(sheets[0].1.len(), rows.len());
        for (cells, expected) in sheets[0].1.iter().zip(&rows) {
            let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
            assert_eq!(&cells, expected);
        }
    }
}

#[test]
fn the_units_of_the_workbook_have_their_tasks() {
    let notice = jiangxi();
    let sheets = xlsx(&[&notice], &Selection::default());
    let (name, rows) = &sheets[1];
    assert_eq!(name, "按单位");
    let column = |heading: &str| rows[0].iter().position(|cell| *cell == *heading).unwrap();
    let units: std::collections::BTreeSet<_> = notice
        .notice
        .tasks()
        .flat_map(|task| task.assigned)
        .map(|assigned| assigned.unit.name.to_string())
        .collect();
    assert_eq!(rows.len(), 1 + units.len());
    for row in &rows[1..] {
        let unit = row[column("单位")].to_string();
        for (role, heading, list) in [
            (Role::Lead, "牵头", "牵头事项"),
            (Role::Responsible, "责任", "责任事项"),
        ] {
            let numbers: Vec<_> = notice
                .notice
                .tasks()
                .filter(|task| names(task, role).contains(&&*unit))
                .map(|task| task.number().unwrap().to_owned())
                .collect();
            assert_eq!(
                row[column(heading)].to_string(),
                numbers.len().to_string(),
                "{unit}"
            );
            assert_eq!(row[column(list)].to_string(), numbers.join("、"), "{unit}");
        }
    }
    let totals: Vec<f64> = rows[1..]
        .iter()
        .map(|row| row[column("合计")].to_string().parse().unwrap())
        .collect();
    assert!(totals.is_sorted_by(|a, b| a >= b));
}

#[test]
fn the_workbook_says_what_to_look_at() {
    let notice = read(
        "a.txt",
        "一、重点\n(一)有人做。(牵头单位:甲厅;责任单位:乙局)\n(二)没人做。\n(三)也没人做。",
    );
    let sheets = xlsx(&[&notice], &Selection::default());
    let (name, rows) = &sheets[2];
    assert_eq!(name, "核对");
    let unassigned = notice
        .notice
        .tasks()
        .with_unassigned()
        .filter(|task| task.assignment.is_none());
    for task in unassigned {
        let listed = rows.iter().filter(|row| row[3].to_string() == task.id());
        assert_eq!(listed.count(), 1, "{}", task.id());
    }
    assert!(
        rows[1..]
            .iter()
            .all(|row| ["错误", "警告", "提示", "未分工"].contains(&&*row[0].to_string()))
    );
}

#[test]
fn a_workbook_is_the_same_every_time_and_holds_hostile_cells() {
    let long = "长".repeat(40_000);
    let text = format!(
        "一、=1+1\n(一)={long}(牵头单位:=cmd|' /C calc'!A0;责任单位:http://a.b/)\n(二)_x0041_。(牵头单位:甲厅;责任单位:@乙)"
    );
    let notice = read("=a.txt", &text);
    let save = || {
        let mut book = render::Workbook::new(Selection::default()).unwrap();
        book.add(notice.ledger()).unwrap();
        let mut out = vec![];
        book.save(&mut out).unwrap();
        out
    };
    assert_eq!(save(), save());
    let sheets = xlsx(&[&notice], &Selection::default());
    let cell = sheets[0].1[1][3].to_string();
    assert!(cell.starts_with("=长") && cell.ends_with("…（过长，已截断）"));
    assert_eq!(sheets[0].1[2][3].to_string(), "_x0041_。");
    let rows = csv(&[&notice], &Selection::default());
    assert!(
        rows.iter()
            .flatten()
            .all(|cell| !cell.starts_with(['=', '+', '-', '@'])),
        "{rows:?}"
    );
}
