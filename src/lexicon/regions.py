#!/usr/bin/env python3
"""Writes regions.tsv, places.tsv and districts.tsv beside it from areacodes.csv.

    python3 src/lexicon/regions.py areacodes.csv

In: the public data set areacodes by yescallop (CC0 1.0): one line a code and state, with the years of both.
Out: regions.tsv, one line a name and code, sorted by name; touching spans of years are joined; the short form is
written only where it is not the name without its last character. places.tsv, the short forms of its provinces and
prefectures. districts.tsv, its names that end with a word which endings.tsv says is no area.
"""

import csv
import pathlib
import re
import sys

REGIONS = """\
# Administrative divisions at county level and above since 1981: GB/T 2260 codes and the years in which they held.
# Source: public data set areacodes by yescallop, CC0 1.0, from the yearly lists of the Ministry of Civil Affairs; state of November 2025.
# Written by regions.py; do not edit. Sorted by bytes.
# name	code	first year	last year (empty: still holds)	short form where it is not the name without its last character
"""

PLACES = """\
# Provinces and prefectures in short form: a unit that begins with one has a head of its own.
# Source: regions.tsv. Written by regions.py; do not edit. Sorted by bytes.
"""

DISTRICTS = """\
# Districts whose names end like words that are no areas: `历城区` like `城区`, `南山区` like `山区`.
# Source: regions.tsv without GENERIC of regions.py. Written by regions.py; do not edit. Sorted by bytes.
"""
GENERIC = {"南城区", "北城区"}

PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 "
    "土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 "
    "鄂伦春 赫哲 门巴 珞巴 基诺"
).split()
PEOPLE = "(?:(?:%s)族|各族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)" % "|".join(sorted(PEOPLES, key=len, reverse=True))
AUTONOMOUS = re.compile(f"(.{{2,}}?){PEOPLE}+自治[州县旗]")
SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
    "海南行政区": "海南",
    "神农架林区": "神农架",
    "东乡族自治县": "东乡",
    "鄂伦春自治旗": "鄂伦春",
    "鄂温克族自治旗": "鄂温克",
}


def short_form(name):
    if name in SHORT:
        return SHORT[name]
    if match := AUTONOMOUS.fullmatch(name):
        return match[1]
    for ending in ("地区", "特区", "矿区", "新区"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name[:-1]


def main(path):
    held = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for code, _, _, name, _, _, since, until, _ in list(csv.reader(file))[1:]:
            held.setdefault((name, code), []).append((int(since), int(until[:4]) if until else 9999))
    rows, places = [], set()
    for (name, code), spans in held.items():
        joined = []
        for since, until in sorted(spans):
            if joined and since <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
            else:
                joined.append((since, until))
        short = short_form(name)
        if code.endswith("00") and len(short) > 1:
            places.add(short)
        for since, until in joined:
            rows.append((name, code, str(since), "" if until == 9999 else str(until), "" if short == name[:-1] else short))
    rows.sort(key=lambda row: [cell.encode() for cell in row])
    here = pathlib.Path(__file__).parent
    lines = ["\t".join(row).rstrip("\t") for row in rows]
    (here / "regions.tsv").write_text(REGIONS + "\n".join(lines) + "\n", encoding="utf-8")
    endings = (line.split("\t") for line in (here / "endings.tsv").read_text(encoding="utf-8").splitlines())
    nouns = tuple(cells[0] for cells in endings if cells[1:] == ["none"])
    names = {name for name, *_ in rows if name.endswith(nouns) and name not in nouns} - GENERIC
    districts = sorted(names, key=str.encode)
    (here / "districts.tsv").write_text(DISTRICTS + "\n".join(districts) + "\n", encoding="utf-8")
    places = sorted(places, key=str.encode)
    (here / "places.tsv").write_text(PLACES + "\n".join(places) + "\n", encoding="utf-8")


main(sys.argv[1])
