"""Which jobs an advert offers, and whether it offers several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading import load_tools
from tests.matcher.reading.adverts.advert import facts_of


def _names(description: str = "", *, title: str = "招聘") -> list[str]:
    """Names of the occupations read."""
    lexicon = load_tools().lexicon
    return [lexicon.name(term.code) for term in facts_of(description, title=title).occupations]


@pytest.mark.parametrize(
    ("title", "like"),
    [
        ("保洁员", "保洁"),
        ("急招电焊工5名", "焊"),
        ("销售代表底薪5000", "销售"),
        ("诚聘中餐厨师（包吃住）", "厨"),
        ("肉牛饲养员", "牛"),
        ("装载机司机", "装载机"),
        ("住家保姆", "家"),
        ("叉车工", "叉车"),
        ("客房服务员", "客房"),
        ("缝纫工", "缝"),
    ],
)
def test_the_title_names_the_job(title, like):
    assert like in _names(title=title)[0]


def test_a_title_without_a_job_leaves_it_to_the_text_but_less_surely():
    facts = facts_of("负责超市收银，要求收银员细心", title="招人")
    assert facts.occupations[0].evidence[0].field == "岗位描述"
    assert facts.occupations[0].confidence < 1


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("招聘", "诚聘：服务员2名、保洁3名"),
        ("酒店招人", "1、厨师：1名\n2、服务员：5名"),
        ("服务员/收银员", ""),
        ("保安、保洁", ""),
        ("招聘", "电工1人，焊工2人"),
        ("招聘", "招聘装载机司机1名\n招聘电焊工3名"),
        ("招工", "普工若干名；叉车工2名"),
    ],
)
def test_an_advert_with_several_jobs_is_marked(title, text):
    facts = facts_of(text, title=title)
    assert facts.several_jobs and len(facts.occupations) >= 2


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("保洁员", "招3名，公司现有员工30人"),
        ("厨师", "后厨团队10人，带领学徒2名"),
        ("客服专员", "每组5人，服务客户100名"),
        ("保姆", "家里3人，老人1位"),
        ("教师", "每班学生30名"),
        ("普工", "普工10名"),
    ],
)
def test_other_head_counts_do_not_make_several_jobs(title, text):
    assert not facts_of(text, title=title).several_jobs


@given(st.text(max_size=80), st.text(alphabet="一、1.招聘保洁服务员厨师名人若干\n：2（）", max_size=40))
def test_no_advert_breaks_the_reader(title, description):
    facts = facts_of(description, title=title)
    assert all(0 < term.confidence <= 1 for term in facts.occupations)
