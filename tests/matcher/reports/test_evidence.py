"""Every figure of the evidence equals a count made another way; months are kept, compared and never made up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.worker import IN_WORK
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import Entry, load_policy
from matcher.policy.rules import with_entries
from matcher.reports.book import count_book, shelf
from matcher.reports.evidence.indicators import BY_NAME, INDICATORS, departments, evidence, people_behind
from matcher.reports.evidence.months import changes, count_month, keep_month, kept_month
from matcher.reports.targets import targets
from matcher.reports.traits import Trait
from tests.matcher.reports.people import DAY, a_book, a_trait, traits

CITY, NAIMAN = Scope("150500"), Scope("150525")
POLICY = load_policy()


@settings(max_examples=40)
@given(st.lists(traits(), max_size=30))
def test_every_indicator_counts_the_people_it_can_name(people: list[Trait]) -> None:
    book = a_book(people)
    for scope in (CITY, NAIMAN, Scope("150525", ("东村",))):
        inside = {one.key for one in book.of(scope)}
        for one in evidence(book, scope):
            keys = people_behind(book, scope, "", one.name)
            assert one.value == len(keys) == len(set(keys)) <= len(inside)
            assert set(keys) <= inside
            if one.whole is not None:
                assert one.value <= one.whole, one.name
                assert set(keys) <= set(people_behind(book, scope, "", BY_NAME[one.name].whole)), one.name


def test_figures_of_a_real_office_equal_a_slow_count_of_its_records(office: Office) -> None:
    with office.unit() as unit:
        stored = list(unit.workers.all_for_planning())[:6]
        for number, one in enumerate(stored):
            ended = DAY if number % 2 else None
            spell = Spell(
                key=0, worker_key=one.key, started_on=office.today() - timedelta(days=5), said_by=SaidBy.WORKER
            )
            unit.aftercare.spells.begin(replace(spell, ended_on=ended and office.today() - timedelta(days=1)))
    with office.reading() as unit:
        book = count_book(office, unit)
        everybody = {one.key: one.value for one in unit.workers.all_for_planning()}
        plans = [one.plan for one in unit.plans.current_bodies()]
        spells = unit.aftercare.spells.of_people(list(everybody))
    found = {one.name: one.value for one in evidence(book, CITY)}
    owed = [plan for plan in plans if plan.track.carries_postings]
    assert found["PEOPLE"] == len(everybody)
    assert found["ENTITLED"] == len(owed)
    assert found["THREE"] == sum(len(plan.matches) == 3 for plan in owed)
    assert found["TRAINED"] == sum(plan.training is not None for plan in owed)
    assert found["IN_WORK"] == sum(
        one.work_status is not None and one.work_status.value in IN_WORK for one in everybody.values()
    )
    assert found["WORKING"] == sum(any(one.ended_on is None for one in some) for some in spells.values()) == 3
    assert found["WORKED"] == len(spells) == 6
    assert found["MONITORED"] == sum(one.monitor_category is not None for one in everybody.values())
    assert found["RESETTLED"] == sum(one.resettled is True for one in everybody.values())


@settings(max_examples=25)
@given(st.lists(traits(), max_size=25))
def test_a_month_holds_what_the_book_counts_village_by_village(people: list[Trait]) -> None:
    book, whole = a_book(people), Counter[str]()
    for village in count_month(book):
        whole.update(village.counts)
    assert {one.name: whole[one.name] for one in INDICATORS} == {one.name: one.value for one in evidence(book, Scope())}


def test_a_month_is_kept_once_and_written_anew_when_asked(office: Office) -> None:
    book = shelf(office).book
    assert book is not None
    assert keep_month(office, book, actor="")
    assert not keep_month(office, book, actor="", again=False)
    month = f"{book.as_of:%Y-%m}"
    with office.reading() as unit:
        kept = kept_month(unit, month, CITY)
        assert kept_month(unit, "2020-01", CITY) is None
        assert kept_month(unit, month, Scope("150523")) is None
    assert kept is not None
    assert kept.counts["PEOPLE"] == len(book.people) == sum(one["PEOPLE"] for one in kept.places.values())
    assert all(one.moved == 0 for one in changes(kept, kept))


def test_every_department_sees_indicators_that_are_there() -> None:
    assert set(departments()) == {"HR", "REVITALISATION", "REFORM", "FARMING", "FINANCE"}
    assert all(name in BY_NAME for names in departments().values() for name in names)


def test_resettled_people_must_not_fall_below_the_larger_of_target_and_2020() -> None:
    people = [a_trait(status="已就业", resettled=True)] * 3
    for level, floor in ((None, 400), (350, 400), (500, 500)):
        policy = POLICY
        if level is not None:
            entry = Entry("targets.resettled_2020.150525", level, "person", DAY, "旗县录入")
            policy = with_entries(POLICY, [entry])
        lines = targets(a_book(people), CITY, policy.at(DAY), ["150502", "150525"])
        found = {(one.indicator, one.division): one for one in lines}
        line, without = found["resettled", "150525"], found["resettled", "150502"]
        assert (line.baseline, line.floor, line.share(line.listed)) == (level, floor, 3 / floor)
        assert (without.target, without.floor, without.share(0)) == (None, None, None), "no row is no target"


def test_beijing_is_a_part_of_those_in_work_and_everybody_counts_once() -> None:
    people = [a_trait(worked=True, working=True, coop_now=True, coop_year=True, hired="京蒙协作"), a_trait(worked=True)]
    lines = {one.indicator: one for one in targets(a_book(people), NAIMAN, POLICY.at(DAY))}
    assert (lines["in_work"].recorded, lines["in_work"].open_now) == (2, 1)
    assert (lines["jingmeng"].recorded, lines["jingmeng"].open_now) == (1, 1)
