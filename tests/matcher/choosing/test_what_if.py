"""What if: worked out as if it were so, stored only when the person says so, and then in every plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.by_hand import conceded, paid_less
from matcher.casework import why
from matcher.choosing.seat import Seat, seat_of, seated_as
from matcher.choosing.survey import alternatives, kept_away, survey
from matcher.choosing.what_if import Outcome, Tried, classes_to_try, concede, papers_to_try, try_out
from matcher.columns.workers import place_bounds
from matcher.domain.choosing.choices import Switch
from matcher.domain.worker import SkillHeld
from tests.desk_office import Desk
from tests.factories import BEIJING, KERQIN, NAIMAN, a_person, limit, words
from tests.worlds import policy

NAMES = ("NEAR-1", "NEAR-2", "NEAR-3", "NEAR-4", "NEAR-5", "FAR", "YOUNG", "LICENCE", "PAPER", "CHEAP")


def seat(desk: Desk, who: str = "bao") -> Seat:
    """A person at the desk."""
    with desk.office.reading() as unit:
        return seat_of(desk.office, unit, desk.people[who])


def tried(desk: Desk, **what: object) -> Outcome:
    """What would be."""
    with desk.office.reading() as unit:
        return try_out(desk.office, unit, seat_of(desk.office, unit, desk.people["bao"]), Tried(**what))  # type: ignore[arg-type]


def test_the_survey_finds_just_what_fits_one_by_one(shown: Desk) -> None:
    at = seat(shown)
    looked = survey(at)
    fitting = {int(at.market.postings.key[place]) for place in looked.fitting}
    least = at.market.policy.number("plan.minimum_score")
    one_by_one = {
        key
        for key in shown.postings.values()
        for answer in [why(shown.office, at.row.key, key)]
        if not answer.exclusions and answer.score >= least
    }
    assert fitting == one_by_one
    assert list(looked.score) == sorted(looked.score, reverse=True)


def test_alternatives_leave_out_what_the_plan_holds(shown: Desk) -> None:
    at = seat(shown)
    below = alternatives(at, survey(at))
    assert [one.posting_key for one in below] == [shown.postings["NEAR-4"]]
    assert below[0].reasons


def test_what_one_thing_keeps_away_is_counted_by_thing(shown: Desk) -> None:
    at = seat(shown)
    found = {(one.code, one.paper): one for one in kept_away(at, survey(at))}
    assert found["RELAX_REACH", ""].postings == 1
    assert [one.posting_key for one in found["RELAX_REACH", ""].best] == [shown.postings["FAR"]]
    assert found["RELAX_CERTIFICATE", "cert_home_help"].postings == 1
    assert papers_to_try(survey(at)) == [("cert_home_help", 1)]


def test_living_away_opens_what_is_far_and_stores_nothing(shown: Desk) -> None:
    before = shown.plan()
    outcome = tried(shown, switches=frozenset({Switch.LODGING}))
    assert outcome.opened == outcome.then - outcome.now >= 1
    assert shown.postings["FAR"] in {one.posting_key for one in outcome.best}
    assert shown.plan() == before


def test_nothing_tried_changes_nothing(shown: Desk) -> None:
    outcome = tried(shown)
    assert (outcome.opened, outcome.left, outcome.came) == (0, (), frozenset())


def test_a_paper_or_the_class_that_gives_it_opens_the_same(shown: Desk) -> None:
    at = seat(shown)
    [course] = classes_to_try(at)
    by_paper, by_class = tried(shown, paper="cert_home_help"), tried(shown, class_key=course.key)
    assert by_paper.opened == by_class.opened == 1
    assert [one.posting_key for one in by_paper.best] in ([shown.postings["PAPER"]], [])
    assert shown.postings["PAPER"] in {one.posting_key for one in (*by_paper.best, *by_paper.three)}


def test_what_would_be_is_what_a_person_like_that_gets(shown: Desk) -> None:
    at = seat(shown)
    learnt = replace(at.row.facts, skills=(*at.row.facts.skills, SkillHeld(skill="cert_home_help")))
    like_that = seated_as(at, replace(at.row, facts=learnt))
    assert len(survey(like_that).fitting) == tried(shown, paper="cert_home_help").then


def test_what_the_person_says_is_kept_and_counts_in_every_plan(desk: Desk) -> None:
    concede(desk.office, desk.people["bao"], [Switch.LODGING], actor="window")
    said = seat(desk).said
    assert said is not None and said.switches == (Switch.LODGING,)
    assert why(desk.office, desk.people["bao"], desk.postings["FAR"]).exclusions == ()
    assert seat(desk, "wang").said is None
    concede(desk.office, desk.people["bao"], [], actor="window")
    assert seat(desk).said is None
    assert why(desk.office, desk.people["bao"], desk.postings["FAR"]).exclusions


def test_what_a_person_says_does_not_stand_in_the_database_in_clear(desk: Desk) -> None:
    concede(desk.office, desk.people["bao"], [Switch.LOWER_PAY], actor="window")
    path = desk.office.config.home
    held = b"".join(one.read_bytes() for one in path.glob("job131.db*"))
    assert b"lower_pay" not in held


@pytest.mark.parametrize("switch", list(Switch))
def test_a_switch_never_touches_health_care_or_law(switch: Switch) -> None:
    row = a_person(1, constraints=(limit("NO_HEIGHT"), limit("HOURS", 480, 960), limit("AT_HOME"), limit("PREGNANT")))
    after = conceded(row, [switch], policy())
    assert [one.code for one in after.facts.constraints] == ["NO_HEIGHT", "HOURS", "AT_HOME", "PREGNANT"]


def test_out_of_the_banner_is_bound_to_the_city_and_no_further() -> None:
    wished = tuple((place, words("意向地区", place.name)[0]) for place in (NAIMAN, KERQIN))
    row = a_person(1, wished_places=wished, avoided_places=((BEIJING, words("情况说明", "不去北京")[0]),))
    assert {"150502", "150525"} <= set(place_bounds(row, policy().on))
    assert place_bounds(conceded(row, [Switch.OUT_OF_COUNTY], policy()), policy().on) == ("1505",)
    far = conceded(row, [Switch.OUT_OF_CITY], policy())
    assert place_bounds(far, policy().on) == ()
    assert far.facts.avoided_places == ()


def test_who_had_no_limit_to_places_gets_none() -> None:
    assert place_bounds(conceded(a_person(1), [Switch.OUT_OF_COUNTY], policy()), policy().on) == ()


def test_a_little_less_pay_is_a_step_of_the_policy() -> None:
    after = conceded(a_person(1), [Switch.LOWER_PAY], policy()).facts.wage_wish
    assert after is not None
    assert after.yuan_per_month == paid_less(3000.0, policy()) == 2550.0
