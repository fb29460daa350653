"""Places as people write them: the tables are whole, the reading is right, and what may be two places is neither."""

from __future__ import annotations

import csv
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.division import Place, Precision
from matcher.reference.divisions import Gazetteer, load_gazetteer
from matcher.reference.tables import read_table

_SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"
_BANNERS = ["150502", "150521", "150522", "150523", "150524", "150525", "150526", "150581"]
_BEIJING = {"东城", "西城", "朝阳", "丰台", "石景山", "海淀", "门头沟", "房山"}
_BEIJING |= {"通州", "顺义", "昌平", "大兴", "怀柔", "平谷", "密云", "延庆"}

UNDERSTOOD = {
    "150525": "150525",
    "150525000000": "150525",
    "150525100": "150525100",
    "150525100201": "150525100201",
    "１５０５２５": "150525",
    "110100": "110000",
    "150571003": "150502014",
    "152326": "150525",
    "奈曼": "150525",
    "奈曼旗": "150525",
    " 奈曼旗 ": "150525",
    "左中": "150521",
    "科左中旗": "150521",
    "中旗": "150521",
    "左中保康": "150521100",
    "后旗": "150522",
    "左后": "150522",
    "科左后旗金宝屯": "150522101",
    "科左后旗常胜村": "150522",
    "扎旗": "150526",
    "扎旗鲁北镇": "150526100",
    "扎旗鲁北": "150526100",
    "鲁北": "150526100",
    "大镇": "150525100",
    "奈曼大镇": "150525100",
    "甘旗卡": "150522111",
    "保康": "150521100",
    "库伦镇": "150524100",
    "科区": "150502",
    "科区明仁街道": "150502004",
    "霍市": "150581",
    "霍林河": "150581",
    "霍林河街道": "150502010",
    "通辽开发区": "150502",
    "通辽经济技术开发区": "150502",
    "奈曼旗开发区": "150525",
    "通辽市里": "150502",
    "通市": "150500",
    "哲盟": "150500",
    "沙日浩来": "150525109",
    "义隆永": "150525105",
    "六号农场": "150525400",
    "高林屯": "150502402",
    "珠日河牧场": "150521401",
    "通辽市奈曼旗大沁他拉镇某某嘎查": "150525100",
    "内蒙古自治区通辽市科尔沁左翼中旗宝龙山镇": "150521101",
    "内蒙": "150000",
    "锡盟锡林浩特": "152502",
    "赤峰": "150400",
    "呼和浩特市新城区": "150102",
    "上海-奉贤区": "310120",
    "江苏省苏州市": "320500",
    "江苏省昆山市": "320583",
    "苏州吴江松陵人民路": "320509",
    "上海市闸北区": "310106",
    "上海市南汇区": "310115",
    "重庆市江津市": "500116",
    "重庆市石柱县": "500240",
    "重庆市渝北区": "500157",
    "湖北省仙桃市": "429004",
    "湖北省襄阳市保康县": "420626",
    "湖北保康": "420626",
    "北京朝阳": "110105",
    "北京市市辖区朝阳区": "110105",
    "长春市朝阳区": "220104",
    "长春 朝阳区": "220104",
    "辽宁朝阳": "211300",
    "北京通州": "110112",
    "海淀区（北京）": "110108",
    "沈阳市铁西区": "210106",
    "石家庄桥西": "130104",
    "吉林": "220000",
    "吉林市": "220200",
    "长沙": "430100",
    "中国内蒙古通辽": "150500",
    "通辽市场": "150500",
}

NOT_UNDERSTOOD = [
    "",
    "   ",
    "本地",
    "面议",
    "朝阳区",
    "朝阳",
    "城关区",
    "新城区",
    "老城区",
    "和平",
    "和平区",
    "长安",
    "通州区",
    "鼓楼区",
    "开发区",
    "经济开发区",
    "新镇",
    "胜利乡",
    "新城街道",
    "南京东路100号",
    "北京路",
    "东方红广场",
    "大兴土木",
    "乌市",
    "左旗",
    "北京、上海",
    "13800000000",
    "15052510",
    "999999",
    "000000000",
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(chord))


def _seat(place: Place) -> tuple[float, float]:
    """The coordinates of a place that has some."""
    assert place.lat is not None and place.lon is not None
    return place.lat, place.lon


# The tables


def test_every_county_of_china_is_there_once(gazetteer: Gazetteer) -> None:
    codes = [row["code"] for table in ("divisions", "townships_tongliao") for row in read_table(table)]
    assert len(codes) == len(set(codes))
    assert len(gazetteer.counties_of("")) >= 2800
    assert len([one for one in gazetteer.divisions.values() if one.level == "province"]) == 34


def test_tongliao_has_eight_banners_and_the_ministrys_110_townships(gazetteer: Gazetteer) -> None:
    assert gazetteer.counties_of("150500") == _BANNERS
    listed = [row for row in read_table("townships_tongliao") if row["source"].startswith("MCA")]
    assert len(listed) == 110
    assert {row["county"] for row in listed} == set(_BANNERS)
    assert all(row["code"].startswith(row["county"]) for row in read_table("townships_tongliao"))


def test_beijing_has_all_sixteen_districts(gazetteer: Gazetteer) -> None:
    names = {gazetteer.divisions[code].name for code in gazetteer.children("110000")}
    assert names == {f"{name}区" for name in _BEIJING}


def test_children_are_one_level_down(gazetteer: Gazetteer) -> None:
    assert gazetteer.children("150500") == _BANNERS
    assert "150525100" in gazetteer.children("150525")
    assert "150525100" not in gazetteer.children("150500")
    assert {"420100", "429004"} <= set(gazetteer.children("420000"))


@pytest.mark.parametrize("table", ["divisions", "townships_tongliao", "divisions_former", "division_aliases"])
def test_every_row_names_its_source(table: str) -> None:
    assert [row for row in read_table(table) if not row["source"]] == []


def test_former_codes_and_aliases_lead_to_divisions_of_today(gazetteer: Gazetteer) -> None:
    former = [row for row in read_table("divisions_former") if row["now"] not in gazetteer.divisions]
    aliases = [row for row in read_table("division_aliases") if row["code"] and row["code"] not in gazetteer.divisions]
    assert former == [] and aliases == []


def test_coordinates_lie_in_china_and_counties_not_far_from_their_prefecture(gazetteer: Gazetteer) -> None:
    for code, one in gazetteer.divisions.items():
        if one.lat is None or one.lon is None:
            continue
        assert 3 < one.lat < 54 and 73 < one.lon < 136, one
        prefecture = gazetteer.divisions.get(f"{code[:4]}00")
        if prefecture and prefecture.lat is not None and prefecture.lon is not None:
            assert _km((one.lat, one.lon), (prefecture.lat, prefecture.lon)) < 600, one


def test_few_counties_lack_a_seat(gazetteer: Gazetteer) -> None:
    missing = [code for code in gazetteer.counties_of("") if gazetteer.divisions[code].lat is None]
    assert len(missing) <= 40
    assert not set(missing) & set(gazetteer.counties_of("150000") + gazetteer.counties_of("110000"))


def test_seats_agree_with_cpca(gazetteer: Gazetteer) -> None:
    pytest.importorskip("cpca", reason="cpca is no dependency; install cpca 0.5.5 to cross-check the seats")
    compared = 0
    with files("cpca.resources").joinpath("adcodes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            division = gazetteer.divisions.get(row["adcode"][:6])
            seated = division and division.lat is not None and row["latitude"] and row["adcode"].endswith("000000")
            if not seated or division is None or division.lat is None or division.lon is None:
                continue
            compared += 1
            assert _km((division.lat, division.lon), (float(row["latitude"]), float(row["longitude"]))) <= 15, row
    assert compared > 2800


# One text


@pytest.mark.parametrize(("text", "code"), UNDERSTOOD.items())
def test_what_people_write_is_understood(gazetteer: Gazetteer, text: str, code: str) -> None:
    place = gazetteer.resolve(text)
    assert (place.code, place.text) == (code, text)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_may_be_several_places_or_none_is_not_guessed(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text) == Place(text=text)


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("朝阳区", "110000", "110105"),
        ("朝阳区", "220100", "220104"),
        ("和平区", "210100", "210102"),
        ("新镇", "150525", "150525106"),
        ("明仁", "150525", "150525205"),
        ("明仁街道", "150500", "150502004"),
        ("开发区", "150500", "150502"),
        ("开发区", "150525", ""),
        ("巴彦塔拉苏木", "150525", "150526209"),
        ("巴彦塔拉", "150521", "150521103"),
        ("巴彦塔拉", "150500", ""),
        ("保康", "420600", "420626"),
        ("沈阳", "150525", "210100"),
        ("新城区", "150500", ""),
    ],
)
def test_a_name_of_several_places_counts_inside_the_given_division(
    gazetteer: Gazetteer, text: str, within: str, code: str
) -> None:
    assert gazetteer.resolve(text, within=within).code == code


def test_two_names_that_contradict_each_other_give_what_holds_both(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("赤峰市奈曼旗").code == "150000"
    assert gazetteer.resolve("北京、上海").code == ""


def test_a_number_that_two_lists_give_to_two_townships_is_read_to_the_county(gazetteer: Gazetteer) -> None:
    # 150525103 is 东明镇 in the ministry's list and 新镇 in the statistical one.
    assert gazetteer.resolve("150525103").code == "150525"
    assert gazetteer.resolve("150525103201").code == "150525"
    assert gazetteer.place("150525103").name == "奈曼旗东明镇"


def test_every_full_and_every_short_name_leads_back_to_its_division(gazetteer: Gazetteer) -> None:
    for code, division in gazetteer.divisions.items():
        outer = [gazetteer.divisions[code[:2] + "0000"].name] if not code.endswith("0000") else []
        if len(code) == 9:
            outer.append(gazetteer.divisions[code[:6]].name)
        elif code[4:] != "00" and f"{code[:4]}00" in gazetteer.divisions:
            outer.append(gazetteer.divisions[f"{code[:4]}00"].name)
        assert gazetteer.resolve("".join(outer) + division.name).code == code
        assert gazetteer.resolve(gazetteer.name(code)).code == code


@given(st.text(max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    place = load_gazetteer().resolve(text)
    assert place.text == text and bool(place.code) == bool(place.name)


@given(st.text(alphabet="奈曼旗北京市朝阳区通辽新城镇中左后开发和平大路、- 1505", max_size=16))
def test_mentions_stand_where_they_say_and_never_overlap(text: str) -> None:
    gazetteer = load_gazetteer()
    end = 0
    for start, stop, place in gazetteer.mentions(text):
        assert end <= start < stop and place.text == text[start:stop] and place.known
        end = stop


# Three columns of a roster


@pytest.mark.parametrize(
    ("county", "township", "village", "code"),
    [
        ("奈曼旗", "大沁他拉镇", "某某嘎查", "150525100"),
        ("奈曼", "大镇", "", "150525100"),
        ("奈曼旗", "治安", "", "150525104"),
        ("左中", "巴彦塔拉", "", "150521103"),
        ("扎鲁特旗", "巴彦塔拉苏木", "", "150526209"),
        ("150525", "150525100", "150525100201", "150525100201"),
        ("", "大沁他拉镇", "", "150525100"),
        ("通辽市", "奈曼旗", "", "150525"),
        ("通辽市奈曼旗", "青龙山", "", "150525102"),
        ("奈曼旗大沁他拉镇", "", "", "150525100"),
        ("开发区", "", "", "150502"),
        ("科区", "开发区", "", "150502"),
        ("奈曼旗", "不知道", "", "150525"),
        ("奈曼旗", "保康镇", "", "150525"),
        ("奈曼旗", "150526100", "", "150525"),
        ("奈曼旗", "", "150526100201", "150525"),
        ("", "", "", ""),
    ],
)
def test_three_columns_are_one_place_and_the_county_wins_a_contradiction(
    gazetteer: Gazetteer, county: str, township: str, village: str, code: str
) -> None:
    place = gazetteer.resolve_parts(county, township, village)
    assert (place.code, place.text) == (code, county + township + village)


# Free text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("想去北京或通辽市里", {"北京": "110000", "通辽市里": "150502"}),
        ("扎旗、左中、后旗都行", {"扎旗": "150526", "左中": "150521", "后旗": "150522"}),
        ("家住大镇，孩子在科区上学", {"大镇": "150525100", "科区": "150502"}),
        ("在科左后旗甘旗卡镇住", {"科左后旗甘旗卡镇": "150522111"}),
        ("赴京务工，做过家政", {"赴京": "110000"}),
        ("北京朝阳区和平路附近", {"北京朝阳区": "110105"}),
        ("去北京，朝阳区也行", {"北京": "110000", "朝阳区": "110105"}),
        ("原在上海-徐汇区做保洁", {"上海-徐汇区": "310104"}),
        ("北京和朝阳", {"北京": "110000"}),
        ("海淀或丰台，顺义也行", {"海淀": "110108", "丰台": "110106", "顺义": "110113"}),
        ("察右后旗", {"察右后旗": "150928"}),
        ("工作地点：重庆市渝北区星光大道", {"重庆市渝北区": "500157"}),
        ("会开封箱机，身体安康", {}),
        ("和平共处，新城区规划，开发区，城区学校", {}),
        ("吃过沙县小吃、兰州拉面，吉林大学毕业", {}),
        ("住黄河南路，从左后方过", {}),
        ("大兴土木，接待来宾，白银首饰，日照充足", {}),
        ("各大镇都行，东方红广场", {}),
        ("北京户口，北京时间八点", {}),
        ("保安、保洁、安定、长安、中山装", {}),
        ("", {}),
    ],
)
def test_free_text_names_places_and_ordinary_words_are_none(
    gazetteer: Gazetteer, text: str, named: dict[str, str]
) -> None:
    assert {text[start:end]: place.code for start, end, place in gazetteer.mentions(text)} == named


# Names and seats


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("150525100", "奈曼旗大沁他拉镇", "Daqintala Town, Naiman Banner"),
        ("150525100201", "奈曼旗大沁他拉镇", "Daqintala Town, Naiman Banner"),
        ("150525", "奈曼旗", "Naiman Banner"),
        ("150522", "科尔沁左翼后旗", "Horqin Left Rear Banner"),
        ("150500", "通辽市", "Tongliao"),
        ("150000", "内蒙古自治区", "Inner Mongolia"),
        ("110105", "北京市朝阳区", "Chaoyang District, Beijing"),
        ("320583", "昆山市", "Kunshan City"),
        ("999999", "", ""),
        ("", "", ""),
    ],
)
def test_a_name_says_which_one(gazetteer: Gazetteer, code: str, zh: str, en: str) -> None:
    assert (gazetteer.name(code), gazetteer.name(code, "en")) == (zh, en)


def test_a_place_has_the_seat_of_the_smallest_division_that_has_one(gazetteer: Gazetteer) -> None:
    township, county = gazetteer.place("150525100"), gazetteer.place("150525")
    assert (_seat(township), township.precision) == ((42.85, 120.66), Precision.COUNTY)
    assert (_seat(county), county.precision) == ((42.85, 120.66), Precision.COUNTY)
    assert gazetteer.place("150500").precision is Precision.PREFECTURE
    assert (gazetteer.place("653228").precision, _seat(gazetteer.place("653228"))) == (
        Precision.PREFECTURE,
        _seat(gazetteer.place("653200")),
    )
    assert (gazetteer.place("210000").lat, gazetteer.place("210000").precision) == (None, Precision.NONE)
    assert gazetteer.place("999999") == Place(text="999999")


# Real adverts


@pytest.mark.parametrize(
    ("file", "encoding", "column"),
    [("postings_real_1.csv", "utf-8", "工作地点"), ("postings_real_2.csv", "gb18030", "地区")],
)
def test_the_places_of_real_adverts_are_understood(gazetteer: Gazetteer, file: str, encoding: str, column: str) -> None:
    if not (_SHARED / file).exists():
        pytest.skip("the folder shared/ with real adverts is not beside the checkout")
    with (_SHARED / file).open(encoding=encoding, newline="") as lines:
        written = {row[column] for row in csv.DictReader(lines)}
    understood = {text for text in written if gazetteer.resolve(text).known}
    assert len(understood) >= 0.98 * len(written), written - understood
