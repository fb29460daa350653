"""“Would fit if”: every change that is named opens the posting when it is made, and nothing else is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matcher.casework import load_desk, why
from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.facts import Fact, LinkedTerm, Phrase
from matcher.domain.worker import Constraint, Experience, SkillHeld, Transport, WorkerFacts
from matcher.explain import exclusions_for
from matcher.filters import RELAXABLE
from matcher.office import Office
from matcher.one_change import PROPOSALS, would_fit_if
from matcher.planning import build_market, entitle
from tests.factories import BEIJING, NAIMAN, NAIMAN_EAST, a_person, ages, an_opening, asks, did, known, limit, term
from tests.offices import sample_office
from tests.recheck import broken_rules
from tests.worlds import codes_against, pair, policy, wording

DAY = date(2026, 6, 24)


def changes(person: WorkerRow, posting: PostingRow) -> dict[str, Phrase]:
    """What would make the posting fit, by code."""
    (entitled,) = entitle([person], policy())
    market, _ = build_market([entitled.row], [posting], load_vocabulary(), policy(), every=True)
    return {
        phrase.code: phrase for phrase in would_fit_if(entitled.row, market, exclusions_for(pair(person, posting), 0))
    }


def _facts_after(phrase: Phrase, facts: WorkerFacts) -> WorkerFacts:
    """The facts of a person of whom the phrase is true, written apart from the program."""
    args, work = phrase.args or {}, str((phrase.args or {}).get("occupation", ""))
    free = [item for item in facts.constraints if item.code != "HOURS"]
    hours = [int(text.split(":")[0]) * 60 + int(text.split(":")[1]) for text in map(str, args.values()) if ":" in text]
    made: dict[str, Callable[[], WorkerFacts]] = {
        "FIT_IF_PAPER": lambda: replace(facts, skills=(*facts.skills, SkillHeld(skill=str(args["certificate"])))),
        "FIT_IF_EBIKE": lambda: replace(facts, transport=Fact(Transport.EBIKE)),
        "FIT_IF_MOTORBIKE": lambda: replace(facts, transport=Fact(Transport.MOTORBIKE)),
        "FIT_IF_CAR": lambda: replace(facts, transport=Fact(Transport.CAR)),
        "FIT_IF_MOVE": lambda: replace(facts, willing_to_move=Fact(True)),
        "FIT_IF_HOURS": lambda: replace(facts, constraints=(*free, Constraint(code="HOURS", values=tuple(hours)))),
        "FIT_IF_SEASON": lambda: replace(
            facts, constraints=tuple(item for item in facts.constraints if item.code != "SEASONAL")
        ),
        "FIT_IF_NOT_REFUSED": lambda: replace(facts, refused=tuple(t for t in facts.refused if t.code != work)),
        "FIT_IF_LEARNT": lambda: replace(facts, experience=(*facts.experience, Experience(occupation=work))),
        "FIT_IF_WISHED": lambda: replace(facts, wished=(*facts.wished, LinkedTerm(work))),
    }
    return made[phrase.code]()


WELDING = an_opening(occupation="welder", skills=asks("cert_welding"))
CASES: list[tuple[str, WorkerRow, PostingRow]] = [
    ("FIT_IF_WISHED", a_person(experience=()), an_opening(occupation="baker")),
    ("FIT_IF_PAPER", a_person(wished=(term("welder", "电焊", "意向工种"),), experience=(did("welder", 3.0),)), WELDING),
    ("FIT_IF_SEASON", a_person(constraints=(limit("SEASONAL", 11, 3),)), an_opening(season=Fact((5, 9)))),
    ("FIT_IF_NOT_REFUSED", a_person(refused=(term("cleaner", "保洁", "情况说明"),)), an_opening()),
    (
        "FIT_IF_HOURS",
        a_person(constraints=(limit("HOURS", 540, 1050),)),
        an_opening(),
    ),
]


@pytest.mark.parametrize(("code", "person", "posting"), CASES, ids=[case[0] for case in CASES])
def test_the_single_change_is_named_and_making_it_opens_the_posting(
    code: str, person: WorkerRow, posting: PostingRow
) -> None:
    assert codes_against(person, posting)
    found = changes(person, posting)
    assert list(found) == [code]
    assert codes_against(replace(person, facts=_facts_after(found[code], person.facts)), posting) == set()
    for language in ("zh", "en"):
        assert "{" not in wording(language).say(found[code])


def test_for_every_limit_that_can_be_relaxed_a_change_is_known() -> None:
    assert set(PROPOSALS) == set(RELAXABLE)


def test_a_faster_means_is_named_before_living_away() -> None:
    on_foot = a_person(home=NAIMAN, transport=Transport.FOOT, willing_to_move=False)
    east = an_opening(place=NAIMAN_EAST)
    assert codes_against(on_foot, east) <= {"EXCLUDED_REACH", "EXCLUDED_BED"}
    far = an_opening(place=BEIJING, lodging=known(True))
    assert codes_against(on_foot, far) == {"EXCLUDED_REACH"}
    assert list(changes(on_foot, far)) == ["FIT_IF_MOVE"]
    bound = a_person(home=NAIMAN, constraints=(limit("DAY_RETURN"),))
    assert codes_against(bound, far) == {"EXCLUDED_REACH"}
    assert changes(bound, far) == {}


def test_where_two_limits_stand_in_the_way_no_single_change_is_promised() -> None:
    person = a_person(refused=(term("cleaner", "保洁", "情况说明"),), constraints=(limit("HOURS", 540, 1050),))
    assert codes_against(person, an_opening()) == {"EXCLUDED_REFUSED", "EXCLUDED_HOURS"}
    assert changes(person, an_opening()) == {}


def test_nothing_is_promised_against_age_health_or_law() -> None:
    young_only = an_opening(age=ages(18, 35))
    assert codes_against(a_person(), young_only) == {"EXCLUDED_AGE"}
    assert changes(a_person(), young_only) == {}
    weak = a_person(constraints=(limit("NO_HEAVY"),), wished=(term("loader", "装卸", "意向工种"),))
    assert codes_against(weak, an_opening(occupation="loader")) & {"EXCLUDED_CONSTRAINT"}
    assert changes(weak, an_opening(occupation="loader")) == {}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The village sample, imported."""
    return sample_office(tmp_path_factory.mktemp("village"), "village", DAY)


def test_every_promise_of_a_whole_village_is_true_by_the_independent_check(office: Office) -> None:
    with office.reading() as unit:
        desk = load_desk(office, unit, division="", worker_ref="", on=DAY)
    promised: list[str] = []
    for row in desk.people[:20]:
        for posting in desk.postings:
            answer = why(office, row.key, posting.key, as_of=DAY)
            assert not answer.would_fit_if or answer.exclusions
            for phrase in answer.would_fit_if:
                promised.append(phrase.code)
                after = _facts_after(phrase, row.facts)
                assert (
                    broken_rules(row.worker, after, posting.posting, posting.facts, on=DAY, state=posting.state) == []
                ), (row.worker.ref, posting.posting.ref, phrase)
    assert len(promised) > 20
    assert len(set(promised)) >= 2
