"""One advert with several jobs becomes several postings, where its parts are clear."""

from __future__ import annotations

import pytest

from jobs_feed.splitting import split_posting
from matcher.domain.posting import Posting
from matcher.reading import load_tools, read_posting

LIST = """示例酒店诚聘：
1、厨师：1名，月薪6000-8000元，三年以上经验
2、服务员：5名，18-40岁，月薪3000元
3、保洁：2名，55岁以下
以上岗位包吃住，缴纳社保。"""


def _split(description: str, *, title: str = "招聘", wage: str = "面议") -> tuple[Posting, ...]:
    """The parts of a made-up advert."""
    posting = Posting(
        ref="A-7", title=title, employer="示例单位", wage_text=wage, description=description, phone="0475-0000000"
    )
    return split_posting(posting, load_tools())


def test_each_job_gets_its_title_head_count_pay_and_what_is_said_of_all():
    cook, waiter, cleaner = _split(LIST)
    assert [part.ref for part in (cook, waiter, cleaner)] == ["A-7", "A-7#2", "A-7#3"]
    assert [part.title for part in (cook, waiter, cleaner)] == ["厨师", "服务员", "保洁"]
    assert [part.openings for part in (cook, waiter, cleaner)] == [1, 5, 2]
    assert all(part.source_ref == "A-7" and part.phone == "0475-0000000" for part in (cook, waiter, cleaner))
    tools = load_tools()
    assert all(read_posting(part, tools).lodging.value for part in (cook, waiter, cleaner))
    assert [read_posting(part, tools).several_jobs for part in (cook, waiter, cleaner)] == [False] * 3


def test_the_limits_of_one_job_are_not_those_of_another():
    tools = load_tools()
    cook, waiter, cleaner = (read_posting(part, tools) for part in _split(LIST))
    assert cook.age is None and cook.wage is not None and cook.wage.low == 6000
    assert waiter.age is not None and (waiter.age.low, waiter.age.high) == (18, 40)
    assert cleaner.age is not None and cleaner.age.high == 55 and cleaner.wage is None


def test_the_job_of_the_title_keeps_the_reference():
    parts = _split(LIST, title="保洁")
    assert [(part.ref, part.title) for part in parts][0] == ("A-7", "保洁")


def test_a_list_in_one_line_shares_what_follows_it():
    waiter, cleaner = _split("诚聘：服务员2名、保洁3名，18-45岁，包吃住")
    assert (waiter.openings, cleaner.openings) == (2, 3)
    tools = load_tools()
    for part in (waiter, cleaner):
        limit = read_posting(part, tools).age
        assert limit is not None and (limit.low, limit.high) == (18, 45)


def test_splitting_again_changes_nothing():
    tools = load_tools()
    for part in _split(LIST):
        assert split_posting(part, tools) == (part,)


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("文员", "诚聘：服务员2名、保洁3名"),
        ("服务员/保洁", "待遇面谈"),
        ("招聘", "1、：1名\n2、服务员：5名\n3、保洁：2名"),
        ("招聘", "服务员2名，保洁3名，服务员1名"),
    ],
)
def test_an_unclear_list_stays_one_posting_and_is_marked(title, description):
    (only,) = _split(description, title=title)
    assert only.several_jobs and only.ref == "A-7" and only.description == description


@pytest.mark.parametrize("description", ["", "包吃住", "招3名，员工30人"])
def test_an_advert_for_one_job_is_left_alone(description):
    (only,) = _split(description, title="保洁员")
    assert not only.several_jobs and only.description == description
