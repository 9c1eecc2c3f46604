//! Readings of the room as a whole: issuer, day and names in, organs and doubts out.

use super::*;
use crate::finding::Finding;
use crate::span::Span;
use crate::{Dated, Duty, Form, Members, Role};

fn unit(name: &str, kind: UnitKind) -> Unit<'static> {
    Unit {
        text: name.to_owned().into(),
        span: Span::default(),
        name: name.to_owned().into(),
        aliases: vec![],
        kind,
        canonical: None,
        members: None,
    }
}

/// A notice of this organ and day whose only clause names these units.
fn notice(issuer: &str, day: &str, units: Vec<Unit<'static>>) -> Notice<'static> {
    let mut notice = crate::parse("").into_owned();
    let span = Span::default();
    notice.metadata.issuers = vec![unit(issuer, UnitKind::Government)];
    notice.metadata.issued_on = (!day.is_empty()).then(|| Dated {
        text: day.to_owned().into(),
        date: Some(day.to_owned().into()),
        span,
    });
    notice.parts[0].assignments = vec![Assignment {
        text: "".into(),
        span,
        scope: span,
        form: Form::List,
        duties: vec![Duty {
            role: Role::Responsible,
            label: None,
            units,
            open_ended: false,
            inferred_by: None,
        }],
        deadline: None,
    }];
    notice
}

fn units<'n>(notice: &'n Notice<'static>) -> &'n [Unit<'static>] {
    &notice.parts[0].assignments[0].duties[0].units
}

/// What the last of these names means in a notice; several are parted by `、`.
fn read(issuer: &str, day: &str, names: &str) -> (Option<Canonical>, Vec<Finding<'static>>) {
    let agencies = names
        .split('、')
        .map(|name| unit(name, UnitKind::Agency))
        .collect();
    let mut notice = notice(issuer, day, agencies);
    let doubts = fill(&mut notice, Options::default());
    let canonical = units(&notice)
        .last()
        .and_then(|unit| unit.canonical.as_deref().cloned());
    (canonical, doubts)
}

fn check(issuer: &str, day: &str, name: &str, expected: &str) {
    let (canonical, _) = read(issuer, day, name);
    let found = canonical.map_or_else(String::new, |organ| {
        format!("{} {}", organ.name, organ.region.as_deref().unwrap_or("国"))
    });
    assert_eq!(found, expected, "{issuer} {day} {name}");
}

#[test]
fn a_province_before_its_reform() {
    let check =
        |name: &str, expected: &str| check("江西省人民政府办公厅", "2018-09-25", name, expected);
    check("省发改委", "江西省发展和改革委员会 360000");
    check("省发展改革委", "江西省发展和改革委员会 360000");
    check("江西省发展和改革委员会", "江西省发展和改革委员会 360000");
    check("江西发改委", "江西省发展和改革委员会 360000");
    check("我省科技厅", "江西省科学技术厅 360000");
    check("省工信委", "江西省工业和信息化委员会 360000");
    check("省环保厅", "江西省环境保护厅 360000");
    check("省农业厅", "江西省农业厅 360000");
    check("省工商局", "江西省工商行政管理局 360000");
    check("省文化厅", "江西省文化厅 360000");
    check("省编办", "江西省机构编制委员会办公室 360000");
    check("省政府办公厅", "江西省人民政府办公厅 360000");
    check("省政府法制办", "江西省人民政府法制办公室 360000");
    check("省扶贫和移民办", "江西省扶贫和移民办公室 360000");
    check("省国资委", "江西省国有资产监督管理委员会 360000");
    check("省委组织部", "中共江西省委组织部 360000");
    check("团省委", "共青团江西省委员会 360000");
    check("省法院", "江西省高级人民法院 360000");
    check("省政协", "中国人民政治协商会议江西省委员会 360000");
    check("省税务局", "国家税务总局江西省税务局 360000");
    check("江西证监局", "中国证券监督管理委员会江西监管局 360000");
    check("人民银行南昌中心支行", "中国人民银行南昌中心支行 360100");
    check("南昌市政府", "南昌市人民政府 360100");
    check("南昌市", "南昌市人民政府 360100");
    check("南昌县政府", "南昌县人民政府 360121");
    check("南昌市东湖区教育局", "南昌市东湖区教育局 360102");
    check("赣江新区管委会", "赣江新区管理委员会 360000");
    check("财政部", "财政部 国");
    // Not sure, not known, not yet, or not of this level.
    check("省新村办", "");
    check("市财政局", "");
    check("财政局", "");
    check("省数据局", "");
    check("厅法规处", "");
}

#[test]
fn a_city_and_its_province() {
    let check =
        |name: &str, expected: &str| check("赣州市人民政府办公室", "2023-05-18", name, expected);
    check("市卫健委", "赣州市卫生健康委员会 360700");
    check("市市场监管局", "赣州市市场监督管理局 360700");
    check("市场监管局", "赣州市市场监督管理局 360700");
    check("我市财政局", "赣州市财政局 360700");
    check("省财政厅", "江西省财政厅 360000");
    check("财政厅", "江西省财政厅 360000");
    check("财政局", "赣州市财政局 360700");
    check("省自然资源厅、林业局", "");
    check("省自然资源厅、市财政局、财政局", "赣州市财政局 360700");
    check("市政府办", "赣州市人民政府办公室 360700");
    check(
        "赣州银保监分局",
        "中国银行保险监督管理委员会赣州监管分局 360700",
    );
    check("人行赣州市中支", "中国人民银行赣州市中心支行 360700");
    check("南康区政府", "赣州市南康区人民政府 360703");
    check("信丰县政府", "信丰县人民政府 360722");
    check("人民银行", "");
    check("市城管局", "");
}

#[test]
fn the_same_name_elsewhere() {
    let check = |issuer: &str, expected: &str| check(issuer, "2019-06-01", "省林业局", expected);
    check("江西省人民政府", "江西省林业局 360000");
    check("湖南省人民政府", "湖南省林业局 430000");
}

#[test]
fn other_kinds_of_region() {
    check(
        "北京市人民政府",
        "2023-01-09",
        "市教委",
        "北京市教育委员会 110000",
    );
    check(
        "北京市人民政府",
        "2023-01-09",
        "朝阳区政府",
        "北京市朝阳区人民政府 110105",
    );
    check(
        "上海市人民政府",
        "2023-01-09",
        "市经济信息化委",
        "上海市经济和信息化委员会 310000",
    );
    check(
        "广西壮族自治区人民政府",
        "2023-01-09",
        "自治区科技厅",
        "广西壮族自治区科学技术厅 450000",
    );
    check(
        "广西壮族自治区人民政府",
        "2023-01-09",
        "自治区党委统战部",
        "中共广西壮族自治区委员会统一战线工作部 450000",
    );
    check(
        "广西壮族自治区人民政府",
        "2023-01-09",
        "广西银保监局",
        "中国银行保险监督管理委员会广西监管局 450000",
    );
    check(
        "宁夏回族自治区人民政府",
        "2023-01-09",
        "市场监管厅",
        "宁夏回族自治区市场监督管理厅 640000",
    );
    check(
        "凉山彝族自治州人民政府",
        "2023-01-09",
        "州财政局",
        "凉山彝族自治州财政局 513400",
    );
    check(
        "信丰县人民政府",
        "2023-01-09",
        "市财政局",
        "赣州市财政局 360700",
    );
    check(
        "信丰县人民政府",
        "2023-01-09",
        "县财政局",
        "信丰县财政局 360722",
    );
}

#[test]
fn the_centre() {
    let check = |day: &str, name: &str, expected: &str| check("国务院办公厅", day, name, expected);
    check("2018-11-07", "发展改革委", "国家发展和改革委员会 国");
    check("2018-11-07", "中华人民共和国财政部", "财政部 国");
    check("2018-11-07", "人民银行", "中国人民银行 国");
    check("2018-11-07", "银保监会", "中国银行保险监督管理委员会 国");
    check("2017-11-07", "质检总局", "国家质量监督检验检疫总局 国");
    check("2023-11-07", "数据局", "国家数据局 国");
    check("2022-11-07", "数据局", "");
    check("2018-11-07", "财政厅", "");
}

#[test]
fn names_that_had_lapsed() {
    let check = |day: &str, name: &str, expected: &[&str]| {
        let (_, doubts) = read("江西省人民政府办公厅", day, name);
        let messages: Vec<&str> = doubts.iter().map(|doubt| &*doubt.message).collect();
        assert_eq!(messages, expected, "{day} {name}");
    };
    check("2018-09-25", "省工信委", &[]);
    check("2018-11-25", "省工信委", &[]);
    check("2018-11-25", "省工信厅", &[]);
    check(
        "2019-06-01",
        "省工信委、省工信委",
        &["“省工信委”指江西省工业和信息化委员会，该名称已停用（2018），其后为江西省工业和信息化厅"],
    );
    check(
        "2019-06-01",
        "省扶贫和移民办",
        &["“省扶贫和移民办”指江西省扶贫和移民办公室，该名称已停用（2018），其后为江西省扶贫办公室"],
    );
    check("2019-06-01", "省发改委", &[]);
    let (organ, _) = read("江西省人民政府办公厅", "2019-06-01", "省工信委");
    let organ = organ.expect("it is known what it was");
    assert_eq!(organ.name, "江西省工业和信息化委员会");
    assert_eq!(organ.valid.1.as_deref(), Some("2018"));
    assert_eq!(organ.successor.as_deref(), Some("江西省工业和信息化厅"));
}

#[test]
fn names_that_could_stand_for_several() {
    let (organ, doubts) = read("赣州市人民政府", "2023-05-18", "市国资委");
    assert_eq!(organ, None);
    assert_eq!(doubts[0].code, Code::AmbiguousName);
    assert_eq!(
        doubts[0].message,
        "“市国资委”可能是：赣州市人民政府国有资产监督管理委员会、赣州市国有资产监督管理委员会"
    );
}

#[test]
fn an_identity_for_every_way_to_write_it() {
    let check = |issuer: &str, day: &str, names: &[&str], expected: &str| {
        for name in names {
            let (organ, _) = read(issuer, day, name);
            assert_eq!(organ.map(|organ| organ.id), Some(expected.into()), "{name}");
        }
    };
    let names = [
        "省发改委",
        "省发展改革委",
        "江西省发展和改革委员会",
        "发展改革委",
    ];
    check(
        "江西省人民政府",
        "2016-01-01",
        &names,
        "360000:发展和改革委员会",
    );
    check(
        "江西省人民政府",
        "2023-01-01",
        &names,
        "360000:发展和改革委员会",
    );
    check(
        "国务院",
        "2023-01-01",
        &["财政部", "中华人民共和国财政部"],
        "cn:财政部",
    );
    check(
        "江西省人民政府",
        "2023-01-01",
        &["省税务局"],
        "360000:国家税务总局税务局",
    );
}

#[test]
fn names_that_a_caller_adds() {
    let mut lexicon = Lexicon::new();
    lexicon
        .extend("{}大数据发展管理局\t大数据局\t市\t3607\n{}财政金融局\t财政局\t市\t3607\t2024")
        .unwrap();
    let options = Options {
        region: region_named("赣州"),
        lexicon: Some(&lexicon),
    };
    let agencies = ["市大数据局", "市财政局"]
        .map(|name| unit(name, UnitKind::Agency))
        .to_vec();
    let mut notice = notice("", "2023-05-18", agencies);
    fill(&mut notice, options);
    let names: Vec<&str> = units(&notice)
        .iter()
        .map(|unit| &*unit.canonical.as_ref().unwrap().name)
        .collect();
    assert_eq!(names, ["赣州市大数据发展管理局", "赣州市财政局"]);
}

#[test]
fn regions_by_name() {
    let check = |name: &str, expected: Option<&str>| {
        assert_eq!(
            region_named(name).map(|region| region.code),
            expected,
            "{name}"
        );
    };
    check("江西省", Some("360000"));
    check("江西", Some("360000"));
    check("赣州市", Some("360700"));
    check("江西省赣州市南康区", Some("360703"));
    check("360000", Some("360000"));
    check("鼓楼区", None);
    check("江西省政府", None);
    check("", None);
}

fn collective(name: &str, of: UnitKind, levels: &[Level]) -> Unit<'static> {
    let mut unit = unit(name, UnitKind::Collective);
    unit.members = Some(Box::new(Members {
        of,
        levels: levels.to_vec(),
        region: None,
        body: None,
        filter: None,
    }));
    unit
}

#[test]
fn members_of_collectives() {
    use Level::{City, County, Province, Township};
    use UnitKind::{Agency, Government};
    let check = |issuer: &str, name: &str, of, levels: &[Level], expected: Option<&str>| {
        let mut notice = notice(issuer, "2018-09-25", vec![collective(name, of, levels)]);
        fill(&mut notice, Options::default());
        let region = units(&notice)[0]
            .members
            .as_ref()
            .unwrap()
            .region
            .as_deref();
        assert_eq!(region, expected, "{issuer} {name}");
    };
    check(
        "江西省人民政府",
        "各市、县〔区〕政府",
        Government,
        &[City, County],
        Some("360000"),
    );
    check(
        "江西省人民政府",
        "省政府各部门",
        Agency,
        &[Province],
        Some("360000"),
    );
    check(
        "江西省人民政府",
        "省机构改革领导小组成员单位中相关省政府部门",
        Agency,
        &[Province],
        Some("360000"),
    );
    check(
        "江西省人民政府",
        "南昌市各县（区）政府",
        Government,
        &[County],
        Some("360100"),
    );
    check(
        "赣州市人民政府",
        "各县（市、区）人民政府",
        Government,
        &[County],
        Some("360700"),
    );
    check(
        "赣州市人民政府",
        "区县（市）政府",
        Government,
        &[County],
        Some("360700"),
    );
    check(
        "赣州市人民政府",
        "各设区市政府",
        Government,
        &[City],
        Some("360000"),
    );
    check(
        "赣州市人民政府",
        "市直有关部门",
        Agency,
        &[City],
        Some("360700"),
    );
    check(
        "信丰县人民政府",
        "各乡镇人民政府",
        Government,
        &[Township],
        Some("360722"),
    );
    check(
        "北京市人民政府",
        "各区政府",
        Government,
        &[County],
        Some("110000"),
    );
    check(
        "国务院",
        "各省、自治区、直辖市人民政府",
        Government,
        &[Province],
        None,
    );
    check("国务院", "有关部门", Agency, &[], None);
    check("江西省人民政府", "有关单位", Agency, &[], None);
}

#[test]
fn members_by_name() {
    let check =
        |issuer: &str, day: &str, name: &str, levels: &[Level], count: usize, first: &str| {
            let mut notice = notice(
                issuer,
                day,
                vec![collective(name, UnitKind::Government, levels)],
            );
            fill(&mut notice, Options::default());
            let members = notice.members_of(&units(&notice)[0]);
            let found = members
                .first()
                .map_or_else(String::new, |organ| format!("{} {}", organ.id, organ.name));
            assert_eq!((members.len(), &*found), (count, first), "{name}");
        };
    check(
        "江西省人民政府",
        "2018-09-25",
        "各设区市政府",
        &[Level::City],
        11,
        "360100:人民政府 南昌市人民政府",
    );
    check(
        "江西省人民政府",
        "2018-09-25",
        "各市、县〔区〕政府",
        &[Level::City, Level::County],
        111,
        "360100:人民政府 南昌市人民政府",
    );
    check(
        "赣州市人民政府",
        "2023-05-18",
        "各县（市、区）人民政府",
        &[Level::County],
        18,
        "360702:人民政府 赣州市章贡区人民政府",
    );
    check(
        "赣州市人民政府",
        "2023-05-18",
        "各区政府",
        &[Level::County],
        3,
        "360702:人民政府 赣州市章贡区人民政府",
    );
    check(
        "国务院",
        "2023-05-18",
        "各省政府",
        &[Level::Province],
        0,
        "",
    );
}
