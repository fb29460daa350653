"""Tables of what people write about themselves, read as whole rows; at least 30 true and 15 tempting cases each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.worker import Worker, WorkerFacts
from matcher.reading.negation import polarity
from matcher.reading.tools import load_tools
from matcher.reading.worker import read_worker
from tests.matcher.reading.case_tables import Case, cases_of, label

TABLES = Path(__file__).parent / "cases" / "people"
READ_ON = date(2026, 5, 20)


def facts(case: Case, usual: str = "remarks") -> WorkerFacts:
    """What is read of somebody from 大沁他拉 in Naiman with this text in one column."""
    tools = load_tools()
    home = tools.gazetteer.resolve("奈曼旗大沁他拉镇")
    worker = replace(Worker(ref="T", name="某", home=home), **{case.field or usual: case.text})
    return read_worker(worker, tools, read_on=READ_ON)


def rows(table: str) -> pytest.MarkDecorator:
    """The cases of one table as parameters."""
    return pytest.mark.parametrize("case", cases_of(TABLES / f"{table}.csv"), ids=label)


def agrees(case: Case, found: set[str]) -> bool:
    """Whether all that is wanted and nothing that is barred was read."""
    return case.wanted() <= found and not case.barred() & found


@rows("limits")
def test_limits_of_health_law_and_document(case: Case) -> None:
    assert agrees(case, {limit.code for limit in facts(case).constraints})


@rows("hours_and_home")
def test_care_hours_distance_and_season(case: Case) -> None:
    found = facts(case, "care_text" if not case.barred() else "remarks").constraints
    spoken = {limit.code for limit in found} | {f"{limit.code}:{'-'.join(map(str, limit.values))}" for limit in found}
    assert agrees(case, spoken), spoken


@rows("available_from")
def test_the_day_somebody_can_start(case: Case) -> None:
    since = next((limit.since for limit in facts(case).constraints if limit.code == "AVAILABLE_FROM"), None)
    assert str(since).startswith(case.expect) if not case.tempting else since is None, since


@rows("own_age")
def test_own_ages(case: Case) -> None:
    born = facts(case).birth_date.value
    if case.tempting:
        assert born is None
    else:
        year, _, give = case.expect.partition("~")
        assert born is not None and abs(born.year - int(year)) <= int(give or 0), born


def _years(found: float | None) -> str:
    """Years as the tables write them."""
    return "" if found is None else f"{round(found, 2):g}"


@rows("work_done")
def test_work_done(case: Case) -> None:
    found = facts(case).experience
    spoken = {item.occupation for item in found} | {f"{item.occupation}:{_years(item.years)}" for item in found}
    assert agrees(case, spoken), spoken


@rows("work_over")
def test_work_that_is_over(case: Case) -> None:
    assert agrees(case, {item.occupation for item in facts(case).experience if not item.current})


@rows("skills")
def test_skills(case: Case) -> None:
    found = {held.skill for held in facts(case).skills}
    assert agrees(case, found), found


@rows("certificates")
def test_certificates_in_hand(case: Case) -> None:
    held = facts(case, "certificates_text").skills
    found = {item.skill for item in held if item.valid_to is None or item.valid_to >= READ_ON}
    found |= {f"{item.skill}:{item.valid_to}" for item in held}
    assert agrees(case, found), found


@rows("wished_work")
def test_work_wished_for(case: Case) -> None:
    found = {term.code for term in facts(case, "wish_text").wished}
    assert agrees(case, found), found


@rows("any_work")
def test_readiness_for_any_work(case: Case) -> None:
    assert bool(facts(case, "wish_text").any_work.value) is (case.expect == "yes")


@rows("refused_work")
def test_work_refused(case: Case) -> None:
    found = {term.code for term in facts(case, "wish_text").refused}
    assert agrees(case, found), found


@rows("wished_places")
def test_places_wished_for(case: Case) -> None:
    found = {place.code for place, _ in facts(case, "wish_place_text").wished_places}
    assert agrees(case, found), found


@rows("avoided_places")
def test_places_refused(case: Case) -> None:
    found = {place.code for place, _ in facts(case).avoided_places}
    assert found == case.wanted(), found


@rows("lives_at")
def test_where_somebody_lives_now(case: Case) -> None:
    found = facts(case).lives_at.value
    assert ({f"{found.code[:6]}"} if found else set()) == case.wanted(), found


@rows("moving")
def test_willingness_to_go_away(case: Case) -> None:
    assert facts(case).willing_to_move.value is {"yes": True, "no": False, "none": None}[case.expect]


@rows("lodging_needed")
def test_need_of_lodging(case: Case) -> None:
    assert facts(case, "wish_place_text").holds("NEED_LODGING") is (case.expect == "yes")


@rows("training_wish")
def test_training_wished_for(case: Case) -> None:
    found = _taught(facts(case).training_wished)
    assert agrees(case, found), found


@rows("trained")
def test_training_taken(case: Case) -> None:
    found = _taught(facts(case).trained)
    assert agrees(case, found), found


def _taught(terms: tuple) -> set[str]:  # type: ignore[type-arg]
    """The terms themselves, and the skills that occupations and papers among them stand for."""
    lexicon = load_tools().lexicon
    codes = {term.code for term in terms}
    for code in tuple(codes):
        if code in lexicon.occupations:
            codes |= set(dict(lexicon.occupations[code].skills))
        elif code in lexicon.skills:
            codes |= set(lexicon.skills[code].implies)
    return codes


@rows("training_refused")
def test_training_refused(case: Case) -> None:
    assert bool(facts(case).training_refused.value) is (case.expect == "yes")


@rows("pay_wish")
def test_the_least_pay_wished_for(case: Case) -> None:
    wish = facts(case).wage_wish
    assert (int(wish.yuan_per_month) if wish else None) == (None if case.tempting else int(case.expect))


@rows("languages")
def test_languages(case: Case) -> None:
    read = facts(case)
    found = {"first"} if read.mongolian_first.value else set()
    if read.speaks_mandarin.value is not None:
        found.add("mandarin" if read.speaks_mandarin.value else "-mandarin")
    assert found == set() if case.expect == "none" else agrees(case, found), found


@rows("education_own")
def test_own_schooling(case: Case) -> None:
    read = facts(case).education.value
    assert read == (None if case.tempting else int(case.expect))


@rows("at_school")
def test_being_at_school(case: Case) -> None:
    assert facts(case).at_school.value is {"yes": True, "no": False, "none": None}[case.expect]


@rows("transport")
def test_means_of_travel(case: Case) -> None:
    means = facts(case).transport.value
    assert (means.name.lower() if means else "none") == case.expect


@rows("situations")
def test_situations(case: Case) -> None:
    found = {term.code for term in facts(case).situations}
    assert agrees(case, found), found


@rows("judgement")
def test_whose_and_when_a_mention_is(case: Case) -> None:
    match = re.search(r"\[(.+?)\]", case.text)
    assert match is not None
    text = case.text.replace("[", "").replace("]", "")
    start = match.start()
    assert polarity(text, start, start + len(match[1])).name.lower() == case.expect


def _is_tempting(table: str) -> Callable[[Case], bool]:
    """In the table of judgements what is plainly affirmed tempts to a denial."""
    return (lambda case: case.expect == "affirmed") if table == "judgement" else (lambda case: case.tempting)


@pytest.mark.parametrize("table", sorted(path.stem for path in TABLES.glob("*.csv")))
def test_every_table_is_wide_enough(table: str) -> None:
    cases = cases_of(TABLES / f"{table}.csv")
    tempting = sum(map(_is_tempting(table), cases))
    assert tempting >= 15 and len(cases) - tempting >= 30, (len(cases) - tempting, tempting)
    assert len({(case.text, case.expect) for case in cases}) == len(cases)
