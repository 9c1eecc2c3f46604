"""Notices to try the recipes on: some hundreds, no two alike, always the same ones."""

import random

PLACES = ["青溪市", "临江县", "云岭区", "白石县", "南浦市"]
THEMES = ["春耕备耕", "防汛抗旱", "安全生产", "营商环境", "教育质量", "养老服务", "科技创新", "城市更新"]
VERBS = ["制定", "完善", "开展", "建立", "推进", "落实"]
THINGS = ["工作台账", "实施方案", "专项检查", "联动机制", "重点项目", "督查通报", "信息平台", "人才培训"]
UNITS = ["发改委", "教育局", "科技局", "工信局", "公安局", "民政局", "财政局", "人社局", "水利局", "农业农村局", "应急局"]
HAN = "一二三四五六七八九十"


def notice(number):
    dice = random.Random(number)
    place, theme = dice.choice(PLACES), dice.choice(THEMES)
    level = place[-1]
    year = dice.randint(2021, 2025)

    def units(most):
        chosen = dice.sample(UNITS, dice.randint(1, most))
        return "、".join(level + unit for unit in chosen)

    def clause():
        lead, others = units(1), units(4)
        day = f"{dice.randint(1, 12)}月底前"
        return dice.choice(
            [
                f"（牵头单位：{lead}；责任单位：{others}）",
                f"（牵头单位：{lead}；责任单位：{others}；完成时限：{year}年{day}）",
                f"（{lead}牵头，{others}按职责分工负责）",
                f"（责任单位：{others}）",
                f"（{others}负责，{day}完成）",
                "",
            ]
        )

    lines = [
        f"{place}人民政府办公室关于做好{theme}工作的通知",
        f"政办发〔{year}〕{number + 1}号",
        "各乡镇人民政府，各有关单位：",
        f"　　为做好{theme}工作，现将有关事项通知如下。",
    ]
    for section in range(dice.randint(2, 4)):
        lines.append(f"{HAN[section]}、{dice.choice(VERBS)}{dice.choice(THINGS)}")
        for item in range(dice.randint(2, 6)):
            task = f"{dice.choice(VERBS)}{theme}{dice.choice(THINGS)}，{dice.choice(VERBS)}{dice.choice(THINGS)}。"
            lines.append(f"（{HAN[item]}）{task}{clause()}")
    lines += [f"{place}人民政府办公室", f"{year}年{dice.randint(1, 12)}月{dice.randint(1, 28)}日"]
    return "\n".join(lines) + "\n"


def notices(count):
    return [(f"{number:04}", notice(number)) for number in range(count)]
