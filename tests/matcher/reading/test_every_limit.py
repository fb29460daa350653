"""Every constraint code a text or a column can state is read from one; the others follow from the birth date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.worker import Worker
from matcher.reading.identity import check_digit
from matcher.reading.tools import load_tools
from matcher.reading.worker import read_worker
from matcher.reference.lexicon import load_lexicon

BY_BIRTH = {"MINOR_16_18", "UNDER_16", "AGE_OVER_60", "AGE_CONSTRUCTION"}
BODY = "15059919790302002"
SAID: tuple[tuple[str, dict[str, object]], ...] = (
    ("DAY_RETURN", {"daily_return": True}),
    ("DAY_RETURN", {"care_text": "老伴瘫在炕上离不开人"}),
    ("WEEKEND_HOME", {"remarks": "周末能回趟家就行"}),
    ("MAX_KM", {"wish_place_text": "离家十里地以内"}),
    ("HOURS", {"care_text": "早八点送，晚四点接"}),
    ("MIDDAY_HOME", {"care_text": "中午得回来给老人做饭"}),
    ("PART_TIME", {"remarks": "一天只能干四个小时"}),
    ("AT_HOME", {"remarks": "只能在家干点手工"}),
    ("SEASONAL", {"remarks": "农忙走不开，冬天没事能出去"}),
    ("AVAILABLE_FROM", {"remarks": "秋收完才能去"}),
    ("NO_NIGHT", {"health_text": "熬不了夜"}),
    ("NO_OVERTIME", {"remarks": "加不了班"}),
    ("LACTATION", {"remarks": "孩子六个月，吃母乳"}),
    ("PREGNANT", {"health_text": "怀孕五个月"}),
    ("NO_HEAVY", {"health_text": "腰脱"}),
    ("NO_STANDING", {"health_text": "站一天腿就肿"}),
    ("NO_HEIGHT", {"remarks": "一上高就迷糊"}),
    ("NO_DUST", {"remarks": "肺上有毛病吸不了灰"}),
    ("NO_COLD_WET", {"remarks": "见水起疹子"}),
    ("NO_LIVESTOCK", {"remarks": "羊圈那病治好过，大夫让躲着点牲口"}),
    ("NO_CHEMICAL", {"remarks": "农药沾不得"}),
    ("NO_MACHINE", {"remarks": "机床不敢开"}),
    ("NO_DRIVING", {"certificates_text": "驾照吊销到2027年3月"}),
    ("NO_COLOUR_TASK", {"health_text": "色弱"}),
    ("NO_PHONE", {"id_number": BODY + check_digit(BODY) + "23"}),
    ("STEP_FREE_ACCESS", {"health_text": "坐轮椅"}),
    ("SUPERVISED", {"remarks": "脑子慢，得有人带着"}),
    ("CERT_NEEDED_FIRST", {"remarks": "会电焊，没证"}),
    ("NO_SECURITY", {"remarks": "进去过两年，别让人知道"}),
    ("NO_LICENSED", {"remarks": "不识字，电工证考不下来，考不了证"}),
    ("LANG_MN_PREFERRED", {"language_text": "蒙语为主"}),
    ("HALAL", {"remarks": "回民，要吃清真"}),
    ("COUPLE_POST", {"remarks": "俩口子一块"}),
    ("NEED_LODGING", {"wish_place_text": "管住就行"}),
    ("WANT_PLACE", {"wish_place_text": "只去北京，别的地方不去"}),
    ("PRIOR_TRAINING", {"training_wish_text": "去年参加过育婴员培训"}),
    ("ANTI_FRAUD", {"remarks": "让中介骗过押金"}),
    ("CONFIDENTIAL", {"remarks": "躲前夫，在哪上班要保密"}),
    ("INFO_INSUFFICIENT", {"remarks": "人没见着，别的情况不详，下次再问"}),
    ("NOT_SEEKING", {"remarks": "暂时不想找工作"}),
)


@pytest.mark.parametrize(("code", "columns"), SAID, ids=[code for code, _ in SAID])
def test_a_limit_is_read_from_a_text_or_column(code: str, columns: dict[str, object]) -> None:
    worker = replace(Worker(ref="T", name="某"), **columns)  # type: ignore[arg-type]
    assert read_worker(worker, load_tools(), read_on=date(2026, 5, 20)).holds(code)


def test_no_limit_of_the_table_is_left_out() -> None:
    assert {code for code, _ in SAID} | BY_BIRTH == set(load_lexicon().constraints)


@pytest.mark.parametrize("text", ["首选北京，其次沈阳", "北京、通辽都行", "旗里"])
def test_a_place_that_is_only_liked_shuts_no_other_out(text: str) -> None:
    worker = Worker(ref="T", name="某", wish_place_text=text)
    assert not read_worker(worker, load_tools(), read_on=date(2026, 5, 20)).holds("WANT_PLACE")
