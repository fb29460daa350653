"""Reports against slow counts on random small worlds, and what they say where nothing is known."""

from __future__ import annotations

from collections import Counter
from statistics import median as slow_median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.listings import Scope
from matcher.policy import load_policy
from matcher.reference.divisions import load_gazetteer
from matcher.reference.lexicon import load_lexicon
from matcher.reports.ageing import ageing, waiting
from matcher.reports.coverage import MEASURES, coverage, people_of
from matcher.reports.fairness import ethnicity, fairness
from matcher.reports.pay import pay
from matcher.reports.places import places
from matcher.reports.supply import jobs_of, people_wishing, supply
from matcher.reports.tables import masked, median
from matcher.reports.targets import targets
from matcher.reports.traits import Trait
from tests.matcher.reports.people import DAY, a_book, a_job, a_trait, traits

CITY, NAIMAN, VILLAGE = Scope(), Scope("150525"), Scope("150525", ("东村",))
worlds = st.lists(traits(), max_size=25)
scopes = st.sampled_from((CITY, NAIMAN, VILLAGE, Scope("150500")))
divisions = st.sampled_from(("", "150525", "150525100", "150523"))
POLICY = load_policy().at(DAY)
LEAST = POLICY.whole("reports.least_cell")


def _inside(one: Trait, scope: Scope, division: str) -> bool:
    """Whether somebody is to be counted, said as plainly as can be."""
    own = {"150500": "1505"}.get(scope.division, scope.division)
    here = one.home.startswith(own) and one.home.startswith(division)
    return here and (not scope.villages or one.village in scope.villages)


@settings(max_examples=30)
@given(worlds, scopes, divisions)
def test_coverage_is_what_a_slow_count_says(people: list[Trait], scope: Scope, division: str) -> None:
    book = a_book(people)
    table = coverage(book, scope, division)
    mine = [one for one in book.people if _inside(one, scope, division)]
    owed = [one for one in mine if one.track in ("131", "stabilise_employed", "on_request")]
    slow = {
        "PEOPLE": mine,
        "UNPLANNED": [one for one in mine if one.track == ""],
        "ENTITLED": owed,
        "GUIDED": [one for one in owed if one.guided],
        "THREE": [one for one in owed if one.missing == 0],
        "TRAINED": [one for one in owed if one.trained],
        "FULL": [one for one in owed if one.guided and one.missing == 0 and one.trained],
        "SHORTFALL": [one for one in owed if one.missing],
        "PRINTED": [],
    }
    assert table.total is not None
    assert dict(zip(table.columns, table.total.cells, strict=True)) == {name: len(who) for name, who in slow.items()}
    sums = [sum(cells) for cells in zip(*(line.cells for line in table.lines), strict=True)]
    assert sums == list(table.total.cells) or not mine
    for name in MEASURES:
        assert people_of(book, scope, division, name) == [one.key for one in slow[name]]


@settings(max_examples=30)
@given(worlds, divisions)
def test_a_line_leads_to_just_its_own_people(people: list[Trait], division: str) -> None:
    book = a_book(people)
    for line in coverage(book, CITY, division).lines:
        if line.inner:
            assert len(people_of(book, CITY, line.inner, "PEOPLE")) == line.cells[0]


@settings(max_examples=30)
@given(worlds, scopes)
def test_waiting_counts_everybody_once(people: list[Trait], scope: Scope) -> None:
    book, steps = a_book(people), (7, 15, 30, 60)
    found = ageing(book, scope, "", steps)
    mine = [one for one in book.people if _inside(one, scope, "")]
    slow: Counter[int] = Counter()
    for one in mine:
        if one.opened_on is not None:
            days = (DAY - one.opened_on).days
            slow[0 if days <= 7 else 1 if days <= 15 else 2 if days <= 30 else 3 if days <= 60 else 4] += 1
    assert found.cases == tuple(slow[step] for step in range(5))
    for step in range(5):
        assert len(waiting(book, scope, "", "CASE", step, steps)) == found.cases[step]
        assert len(waiting(book, scope, "", "ANSWER", step, steps)) == found.answers[step]
    assert found.overdue == sum(one.due_on is not None and one.due_on < DAY for one in mine)


@settings(max_examples=30)
@given(worlds)
def test_pay_never_shows_few_people_and_its_medians_are_the_middle(people: list[Trait]) -> None:
    book = a_book(people)
    found = pay(book, CITY, "", LEAST)
    wishes = [one.wish for one in people if one.wish is not None]
    if not 0 < len(wishes) < LEAST:
        assert found.total.wish == (pytest.approx(slow_median(wishes)) if wishes else None)
        assert found.total.wishes == len(wishes)
    else:
        assert found.total.wish is None
    assert sum(found.wished) == len(wishes)
    assert sum(found.offered) == sum(bool(one.pays) for one in people)
    shown = [number for line in found.lines for number in (line.wishes, line.offers) if number]
    assert all(number >= LEAST for number in shown)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 40), max_size=8))
def test_a_hidden_cell_cannot_be_worked_out_from_the_total(counts: list[int]) -> None:
    hidden = masked(counts, 5)
    assert all(shut for count, shut in zip(counts, hidden, strict=True) if 0 < count < 5)
    shown = [count for count, shut in zip(counts, hidden, strict=True) if not shut and count]
    assert sum(hidden) != 1 or not shown


@settings(max_examples=30)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_the_median_is_the_middle(values: list[float]) -> None:
    assert median(values) == pytest.approx(slow_median(values))


def test_the_median_of_nothing_is_nothing() -> None:
    assert median([]) is None


@settings(max_examples=30)
@given(worlds)
def test_fairness_counts_every_group_and_hides_small_ones(people: list[Trait]) -> None:
    book = a_book(people)
    owed = [one for one in book.people if one.owed]
    for by, of in (("SEX", lambda one: one.sex), ("ETHNICITY", lambda one: ethnicity(one.ethnicity))):
        slow = Counter(of(one) for one in owed)
        lines = [line for line in fairness(book, CITY, "", LEAST) if line.by == by]
        assert {line.group for line in lines} == set(slow)
        for line in lines:
            assert line.people is None or line.people == slow[line.group]
            assert slow[line.group] >= LEAST or line.people is None
            if line.three is not None:
                members = [one for one in owed if of(one) == line.group]
                assert line.three == pytest.approx(sum(not one.missing for one in members) / len(members))


def test_ways_to_write_an_ethnicity_are_one_group() -> None:
    assert [ethnicity(text) for text in ("汉", "汉族", "蒙", "蒙古", "", " 回 ")] == [
        "汉族", "汉族", "蒙古族", "蒙古族", "", "回族",
    ]  # fmt: skip


@settings(max_examples=30)
@given(worlds, st.lists(st.tuples(st.sampled_from(("150525", "150523", "110105", "")), st.integers(0, 5)), max_size=9))
def test_supply_and_demand_is_what_a_slow_count_says(people: list[Trait], places_of: list[tuple[str, int]]) -> None:
    jobs = [a_job(key, place=place, openings=many) for key, (place, many) in enumerate(places_of, start=1)]
    book, lexicon = a_book(people, jobs), load_lexicon()
    family = lexicon.occupations["cleaner"].family
    lines = {line.family: line for line in supply(book, NAIMAN, "", lexicon)}
    mine = [one for one in book.people if one.home.startswith("150525") and one.owed]
    wishing = [one.key for one in mine if "cleaner" in one.wished]
    line = lines.get(family)
    if line is None:
        assert not jobs
        assert not wishing
        return
    assert line.here == sum(many for place, many in places_of if place == "150525")
    assert line.here + line.elsewhere == sum(many for _, many in places_of)
    assert line.wishing == len(wishing)
    assert people_wishing(book, NAIMAN, "", family, lexicon, able=False) == wishing
    assert {job.key for job in jobs_of(book, family, lexicon)} == {job.key for job in jobs}
    assert line.gap == line.here - line.wishing


@settings(max_examples=30)
@given(worlds)
def test_the_map_places_everybody_or_says_how_many_it_cannot(people: list[Trait]) -> None:
    book = a_book(people, [a_job(place="150525"), a_job(2, place="110105"), a_job(3, place="")])
    found = places(book, CITY, "", load_gazetteer())
    assert sum(spot.people for spot in found.spots) + found.unplaced_people == len(people)
    assert sum(spot.openings for spot in found.spots) == 2
    assert dict(found.outside) == {"110000": 2}
    assert found.unplaced_openings == 2


def test_townships_without_coordinates_stand_around_their_seat_and_say_so() -> None:
    book = a_book([a_trait(), a_trait(home="150525101"), a_trait(home="150525")])
    spots = {spot.code: spot for spot in places(book, NAIMAN, "", load_gazetteer()).spots}
    assert not spots["150525100"].exact
    assert spots["150525"].exact
    where = {(spot.lat, spot.lon) for spot in spots.values()}
    assert len(where) == 3


def test_targets_are_those_of_the_notice_and_no_place_gets_one_it_has_not() -> None:
    lines = {(line.indicator, line.division): line for line in targets(a_book([a_trait()]), CITY, POLICY)}
    assert lines["in_work", "1505"].target == 37_500
    assert lines["jingmeng", "1505"].target == 7_000
    annex = {code: lines["resettled", code].target for code in ("150521", "150523", "150524", "150525", "150526")}
    assert annex == {"150521": 400, "150523": 20, "150524": 30, "150525": 400, "150526": 150}
    assert lines["resettled", "1505"].target == sum(annex.values())
    assert lines["in_work", "150525"].target is None
    assert lines["in_work", "150525"].share(3) is None
    assert all("113号" in line.basis for line in lines.values() if line.target)


def test_what_no_data_tell_is_not_nought() -> None:
    nobody = {line.indicator: line for line in targets(a_book([a_trait(status="")]), NAIMAN, POLICY)}
    assert (nobody["in_work"].listed, nobody["in_work"].recorded) == (None, None)
    assert nobody["jingmeng"].listed is None


def test_two_ways_of_counting_stand_side_by_side() -> None:
    people = [
        a_trait(status="已就业", resettled=True),
        a_trait(status="未就业", hired="京蒙协作"),
        a_trait(status="灵活就业", hired="市场岗位"),
    ]
    people.append(a_trait(status="已就业", hired="京蒙协作", resettled=True, ordinary=True))
    lines = {line.indicator: line for line in targets(a_book(people), NAIMAN, POLICY)}
    assert (lines["in_work"].listed, lines["in_work"].recorded) == (2, 2)
    assert (lines["jingmeng"].listed, lines["jingmeng"].recorded) == (None, 1)
    assert (lines["resettled"].listed, lines["resettled"].recorded) == (1, 0)


@settings(max_examples=30)
@given(worlds)
def test_a_report_asked_for_twice_is_counted_once(people: list[Trait]) -> None:
    book = a_book(people)
    assert coverage(book, CITY, "") is coverage(book, CITY, "")
    assert coverage(book, CITY, "") is not coverage(book, NAIMAN, "")


def test_one_village_written_in_two_ways_is_one_line_under_its_usual_name() -> None:
    people = [a_trait(village=name) for name in ("海力斯吐", "海力斯吐嘎查", "海力斯吐嘎查", "东村")]
    book = a_book(people)
    lines = {line.code: line.cells[0] for line in coverage(book, CITY, "150525100").lines}
    assert lines == {"海力斯吐嘎查": 3, "东村": 1}
