"""An advert whose title names several jobs is split where its pay column tells every one of them apart."""

from __future__ import annotations

import pytest

from jobs_feed.splitting import split_posting
from matcher.domain.posting import Posting
from matcher.reading import load_tools

TOLD = [
    ("瓦工、钢筋工、小工", "瓦工320一天 钢筋300 小工180", "瓦工6 钢筋4 小工10", ["瓦工", "钢筋工", "小工"], [6, 4, 10]),
    ("木工 力工", "木工380/天，力工220/天", "木工8 力工10", ["木工", "力工"], [8, 10]),
    ("保安、保洁", "保安2800；保洁2200", "3/2", ["保安", "保洁"], [3, 2]),
    ("厨师和洗碗工", "厨师6000，洗碗2600", "", ["厨师", "洗碗工"], [None, None]),
    ("焊工/架子工/力工", "焊工、架子工350/天，力工200/天", "", ["焊工、架子工", "力工"], [None, None]),
    ("挤奶工；看夜的", "挤奶4500；看夜2600", "2/1", ["挤奶工", "看夜的"], [2, 1]),
    ("服务员 传菜员 收银员", "服务员3000，传菜2800，收银3200", "", ["服务员", "传菜员", "收银员"], [None] * 3),
    ("司机、装卸工", "司机5000，装卸工4500，管吃住", "", ["司机", "装卸工"], [None, None]),
    ("贴砖工、刮大白", "贴砖350/天；刮大白300/天", "", ["贴砖工", "刮大白"], [None, None]),
    ("叉车工、分拣员", "叉车工5000元/月；分拣员4200元/月", "", ["叉车工", "分拣员"], [None, None]),
]
ONE = [
    ("收银、理货", "2300-2800+提成", "收银2 理货2"),
    ("汽修大工、学徒", "大工5500起，学徒头三月2000管吃住", "大工1 学徒2"),
    ("美发学徒、中工", "学徒1900管住，中工3500起", "3"),
    ("瓦工、抹灰工", "大工350/天，小工220/天", ""),
    ("服务员、保洁", "服务员3000", ""),
    ("摘柿子、打叉绑蔓", "120/天，现结", "20"),
]


def _parts(title: str, wage: str, counted: str, text: str = "") -> tuple[Posting, ...]:
    """The postings of a made-up advert."""
    whole = Posting(
        ref="A-7", title=title, employer="示例单位", wage_text=wage, openings_text=counted, description=text
    )
    return split_posting(whole, load_tools())


@pytest.mark.parametrize(("title", "wage", "counted", "names", "openings"), TOLD, ids=[row[0] for row in TOLD])
def test_jobs_paid_differently_become_postings(
    title: str, wage: str, counted: str, names: list[str], openings: list[int | None]
) -> None:
    parts = _parts(title, wage, counted)
    assert [part.title for part in parts] == names
    assert [part.openings for part in parts] == openings


@pytest.mark.parametrize(("title", "wage", "counted"), ONE, ids=[row[0] for row in ONE])
def test_one_pay_or_grades_of_one_work_are_one_job(title: str, wage: str, counted: str) -> None:
    assert len(_parts(title, wage, counted)) == 1


def test_each_keeps_what_is_said_of_it_and_of_all() -> None:
    text = "砌墙抹灰的要瓦工手艺，小工和灰搬砖。半月一结。工地有板房"
    mason, helper = _parts("瓦工、小工", "瓦工320一天 小工180", "瓦工6 小工10", text)
    assert "砌墙" in mason.description and "砌墙" not in helper.description and "搬砖" in helper.description
    assert all("板房" in part.description for part in (mason, helper))
    assert (mason.wage_text, helper.wage_text) == ("320一天", "180/天")
