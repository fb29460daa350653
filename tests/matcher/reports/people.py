"""Made-up traits for counting, and a book of them.

In: what a test cares about. Out: traits of nobody, postings of no employer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from matcher.reports.book import Book, Job
from matcher.reports.traits import Trait

DAY = date(2026, 6, 22)
HOMES = ("150525100", "150525101", "150525", "150523100", "150502", "150581", "")
TRACKS = ("", "131", "not_entitled", "stabilise_employed", "on_request")


def a_trait(key: int = 1, **changes: Any) -> Trait:
    """A person of Naiman with a whole plan."""
    values: dict[str, Any] = {
        "key": key, "home": "150525100", "village": "东村", "sex": "F", "age": "35–44", "ethnicity": "蒙古族",
        "status": "未就业", "resettled": None, "area": "", "wish": 3000.0, "wished": ("cleaner",),
        "able": ("field_worker",), "track": "131", "postings": (1, 2, 3), "missing": 0, "trained": True,
        "printed": False, "guided": True, "answered": False, "made_on": DAY, "score": 1.2,
        "pays": (3000.0, 3500.0, 4000.0), "hired": "", "opened_on": None, "due_on": None,
    }  # fmt: skip
    return Trait(**(values | changes))


@st.composite
def traits(draw: st.DrawFn) -> Trait:
    """Anybody."""
    missing, track = draw(st.integers(0, 3)), draw(st.sampled_from(TRACKS))
    waited = draw(st.none() | st.integers(0, 90))
    return a_trait(
        draw(st.integers(1, 10_000)),
        home=draw(st.sampled_from(HOMES)),
        village=draw(st.sampled_from(("东村", "西村", ""))),
        sex=draw(st.sampled_from(("F", "M", ""))),
        age=draw(st.sampled_from(("16–24", "45–54", "60+", ""))),
        ethnicity=draw(st.sampled_from(("蒙古族", "汉", "满族", ""))),
        status=draw(st.sampled_from(("未就业", "已就业", "灵活就业", ""))),
        resettled=draw(st.sampled_from((True, False, None))),
        track=track,
        missing=missing if track else 0,
        postings=tuple(range(3 - missing)) if track else (),
        trained=draw(st.booleans()),
        guided=draw(st.booleans()),
        answered=draw(st.booleans()),
        made_on=None if waited is None else DAY - timedelta(days=waited),
        opened_on=None if waited is None else DAY - timedelta(days=waited),
        due_on=draw(st.sampled_from((None, DAY, DAY - timedelta(days=1)))),
        wish=draw(st.none() | st.floats(500, 12_000)),
        pays=tuple(draw(st.lists(st.floats(500, 20_000), max_size=3))),
        wished=tuple(draw(st.lists(st.sampled_from(("cleaner", "welder", "no_such")), max_size=2, unique=True))),
        hired=draw(st.sampled_from(("", "", "京蒙协作", "市场岗位"))),
    )


def a_book(people: Sequence[Trait], jobs: Sequence[Job] = ()) -> Book:
    """The book of some people and postings; everybody has a key of their own."""
    keyed = [Trait(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "key": number})
             for number, one in enumerate(people, start=1)]  # fmt: skip
    return Book("stamp", DAY, datetime(2026, 6, 22, 1, tzinfo=UTC), tuple(keyed), tuple(jobs), "1505")


def a_job(key: int = 1, **changes: Any) -> Job:
    """A posting for cleaners in Naiman."""
    values: dict[str, Any] = {
        "key": key, "place": "150525", "occupation": "cleaner", "openings": 2, "pay": 3000.0, "kind": "市场岗位",
    }  # fmt: skip
    return Job(**(values | changes))
