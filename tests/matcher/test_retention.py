"""How long people stay at an employer speaks in a plan: a little, the more the better, and not at all where unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.aftercare.staying import records, records_of
from matcher.answering import answer_of
from matcher.casework import market_stamp, plan_people, why
from matcher.columns import PostingRow, WorkerRow
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.match import Part, Reason
from matcher.domain.plan import ServicePlan
from matcher.domain.posting import Posting, PostingFacts
from matcher.domain.service.around.visiting import Record
from matcher.domain.worker import Worker, WorkerFacts
from matcher.office import Office, OfficeConfig, init_office
from matcher.planning import entitle
from matcher.policy import PolicyAt
from matcher.scoring import scorecard
from matcher.store.cooperation.books import Engagement
from tests.factories import NAIMAN
from tests.strategies import markets, openings, people
from tests.worlds import policy, run, scores_of, wording

TODAY = date(2026, 6, 15)
FEW = settings(max_examples=10, deadline=None)
RECORDS = st.builds(
    lambda began, share, others: Record(round(began * share), began, others),
    st.integers(1, 60),
    st.floats(0, 1),
    st.floats(0, 1),
)
GOOD, BAD = Record(40, 40, 0.2), Record(0, 40, 0.8)


def of(posting: PostingRow, record: Record | None) -> PostingRow:
    """The same posting of an employer with a record."""
    return replace(posting, record=record)


def fit(person: WorkerRow, posting: PostingRow) -> float:
    """What of the score is fit."""
    return float(scores_of(person, posting).fit[0])


def without_weight() -> PolicyAt:
    """The policy with the record weighing nothing."""
    there = policy()
    return replace(
        there, entries=dict(there.entries) | {"retention.weight": replace(there.entry("retention.weight"), value=0.0)}
    )


@FEW
@given(markets())
def test_without_any_record_plans_are_those_of_before(market: tuple[list[WorkerRow], list[PostingRow]]) -> None:
    workers, postings = market
    assert run(workers, postings)[0] == run(workers, postings, on=without_weight())[0]


@FEW
@given(people(), openings(), RECORDS)
def test_one_more_who_stayed_never_lowers_a_pair(person: WorkerRow, posting: PostingRow, record: Record) -> None:
    more = replace(record, stayed=record.stayed + 1, began=record.began + 1)
    assert fit(person, of(posting, more)) >= fit(person, of(posting, record)) - 1e-9
    assert fit(person, of(posting, Record(1, 1, record.others))) >= fit(person, of(posting, None)) - 1e-9
    if record.stayed < record.began:
        stayed = replace(record, stayed=record.stayed + 1)
        assert fit(person, of(posting, stayed)) >= fit(person, of(posting, record)) - 1e-9


@FEW
@given(people(), openings(), RECORDS)
def test_a_record_counts_little_and_its_effect_adds_up(person: WorkerRow, posting: PostingRow, record: Record) -> None:
    found, before = scores_of(person, of(posting, record)), fit(person, posting)
    half = policy().number("retention.weight") / 2
    assert abs(float(found.fit[0]) - before) <= half + 1e-9
    assert 0 <= found.fit[0] <= 1
    (entitled,) = entitle([person], policy())
    answer = answer_of(entitled.row, of(posting, record), policy())
    told = sum(reason.effect for reason in answer.reasons if reason.part is Part.FIT)
    assert told == pytest.approx(answer.fit, abs=1e-9)


def test_the_weight_stands_beside_those_that_sum_to_one_and_is_no_part_of_the_base() -> None:
    card = scorecard(policy())
    assert card.base[Part.FIT] == pytest.approx(
        sum(card.weights[name] * card.neutral[name] for name in policy().group("weights.fit"))
    )
    assert sum(policy().group("weights.fit").values()) == pytest.approx(1)


def spell(worker: int, employer: str, stayed: int | None) -> Engagement:
    """A stretch of work begun long ago that lasted so many days, or lasts."""
    began = TODAY - timedelta(days=200)
    ended = None if stayed is None else began + timedelta(days=stayed)
    return Engagement(worker, worker, employer, began, ended, "150525", "东村", None)


def test_an_employer_is_held_against_all_others_and_a_lone_one_against_nobody() -> None:
    ones = [spell(n, "示例甲厂", None) for n in range(6)] + [spell(10 + n, "示例乙厂", 20) for n in range(4)]
    made = records_of(ones, TODAY, 5)
    assert made.of("示例甲厂（ ）") == Record(6, 6, 0.0, shown=True)
    assert made.of("示例乙厂") == Record(0, 4, 1.0, shown=False)
    assert made.of("示例丙厂") is None
    assert records_of(ones[:6], TODAY, 5).by_key == {}


def test_few_people_say_less_than_many() -> None:
    few, many = (Record(count, count, 0.5).above(10) for count in (2, 40))
    assert 0 < few < many < 0.5


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office where eight people stayed at one employer and eight left another."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "key")
    init_office(config)
    opened = Office.open(config, clock=lambda: datetime(2026, 6, 15, 1, 0, tzinfo=UTC))
    with opened.unit() as unit:
        home = replace(NAIMAN)
        unit.workers.add_many([(Worker(ref="W-1", name="示例", village="东村", home=home), WorkerFacts())])
        told = [(Worker(ref=f"N-{n}", name="示例", village="东村", home=home), WorkerFacts()) for n in range(16)]
        for at, key in enumerate(unit.workers.add_many(told)):
            unit.aftercare.spells.begin(
                Spell(
                    key=0,
                    worker_key=key,
                    started_on=date(2026, 1, 5),
                    said_by=SaidBy.WORKER,
                    employer="示例甲厂" if at < 8 else "示例乙厂",
                    ended_on=None if at < 8 else date(2026, 2, 1),
                )
            )
        offered = [
            Posting(ref=f"P-{name}", title="保洁员", employer=f"示例{name}厂", place=home, openings=3)
            for name in ("甲", "乙", "丙")
        ]
        unit.postings.add_many([(posting, PostingFacts()) for posting in offered])
    yield opened
    opened.close()


def said(reasons: Sequence[Reason]) -> list[Reason]:
    """What is said of how long people stay."""
    return [reason for reason in reasons if reason.code.startswith("RETENTION")]


def test_plans_runs_and_questions_tell_the_same(office: Office) -> None:
    with office.reading() as unit:
        keys = {name: unit.postings.by_ref(f"P-{name}").key for name in ("甲", "乙", "丙")}
        person = unit.workers.by_ref("W-1").key
        stamp, known = market_stamp(office, unit, on=TODAY), records(office, unit, TODAY)
    assert {name: known.of(f"示例{name}厂") for name in keys} == {
        "甲": Record(8, 8, 0.0),
        "乙": Record(0, 8, 1.0),
        "丙": None,
    }
    asked = {name: why(office, person, key) for name, key in keys.items()}
    (good,), (bad,) = said(asked["甲"].reasons), said(asked["乙"].reasons)
    assert said(asked["丙"].reasons) == []
    assert asked["乙"].fit < asked["丙"].fit < asked["甲"].fit
    assert wording("zh").text(good.code, **good.args).startswith("这家单位留得住人：以前去的8人中")
    assert "of 8 who began there 0 were there" in wording("en").text(bad.code, **bad.args)
    for worker_ref in ("", "W-1"):
        plan_people(office, worker_ref=worker_ref, as_of=TODAY)
        with office.reading() as unit:
            plan: ServicePlan = unit.plans.current(person).plan
        told = {match.posting.employer: said(match.reasons) for match in plan.matches}
        assert told.get("示例甲厂", [good]) == [good]
    end(office, keys["甲"])
    with office.reading() as unit:
        assert market_stamp(office, unit, on=TODAY) != stamp


def end(office: Office, key: int) -> None:
    """Somebody turns out to have left long ago."""
    with office.unit() as unit:
        first = unit.workers.by_ref("N-0").key
        (one,) = unit.aftercare.spells.of_people([first])[first]
        unit.aftercare.spells.end([one.key], on=date(2026, 2, 1), said_by=SaidBy.WORKER)
