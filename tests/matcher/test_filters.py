"""What shuts a posting out for a person, limit by limit, on pairs where nothing else could."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from matcher.domain.division import Place, Precision
from matcher.domain.facts import Evidence
from matcher.domain.posting import SkillAsked
from matcher.domain.worker import Transport
from tests.factories import BEIJING, KERQIN, NAIMAN, NAIMAN_EAST, a_person, an_opening, holds, known, limit, words
from tests.worlds import codes_against

KULUN = Place("库伦旗", "150524", "库伦旗", 42.73, 121.77, Precision.COUNTY)
ZHALUTE = Place("扎鲁特旗", "150526", "扎鲁特旗", 44.55, 120.9, Precision.COUNTY)


def test_a_posting_for_couples_only_is_for_couples() -> None:
    posting = an_opening(occupation="cattle_care", couples_only=known(True), couples=known(True))
    assert "EXCLUDED_ALONE" in codes_against(a_person(), posting)
    assert "EXCLUDED_ALONE" not in codes_against(a_person(constraints=(limit("COUPLE_POST"),)), posting)
    assert "EXCLUDED_ALONE" not in codes_against(a_person(), an_opening(couples=known(True)))


def one_of(*papers: str) -> tuple[SkillAsked, ...]:
    """An advert that asks for one of some papers."""
    first, *rest = papers
    return (SkillAsked(skill=first, required=True, evidence=words("证书要求", "或"), instead=tuple(rest)),)


@pytest.mark.parametrize(
    ("held", "fits"),
    [((), False), (("cert_low_voltage",), True), (("cert_high_voltage",), True), (("cert_forklift",), False)],
)
def test_of_several_papers_one_is_enough(held: tuple[str, ...], fits: bool) -> None:
    person = a_person(skills=tuple(holds(code) for code in held))
    posting = an_opening(occupation="cleaner", skills=one_of("cert_low_voltage", "cert_high_voltage"))
    assert ("EXCLUDED_CERTIFICATE" not in codes_against(person, posting)) is fits


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"willing_to_move": None}, False),
        ({"willing_to_move": True}, True),
        ({"willing_to_move": False}, False),
        ({"willing_to_move": None, "constraints": (limit("WEEKEND_HOME"),)}, True),
        ({"willing_to_move": False, "constraints": (limit("WEEKEND_HOME"),)}, False),
        ({"willing_to_move": True, "constraints": (limit("DAY_RETURN"),)}, False),
    ],
)
def test_a_week_away_is_for_those_who_would_go_or_say_that_weekends_will_do(
    changes: dict[str, Any], fits: bool
) -> None:
    posting = an_opening(place=KULUN, lodging=known(True))
    assert ("EXCLUDED_REACH" not in codes_against(a_person(**changes), posting)) is fits


@pytest.mark.parametrize(("place", "fits"), [(NAIMAN, True), (KULUN, True), (KERQIN, True), (ZHALUTE, False)])
def test_several_banners_in_the_column_of_places_bound_the_search(place: Place, fits: bool) -> None:
    column = Evidence("意向地区", "库伦旗、科尔沁区")
    person = a_person(wished_places=((KULUN, column), (KERQIN, column)), willing_to_move=True)
    assert ("EXCLUDED_PLACE" not in codes_against(person, an_opening(place=place, lodging=known(True)))) is fits


@pytest.mark.parametrize("field", ["意向地区", "情况说明"])
def test_one_place_named_bounds_nothing(field: str) -> None:
    person = a_person(wished_places=((KULUN, Evidence(field, "库伦旗")),), willing_to_move=True)
    for place in (ZHALUTE, BEIJING):
        assert "EXCLUDED_PLACE" not in codes_against(person, an_opening(place=place, lodging=known(True)))


def test_work_in_ones_own_town_is_within_reach_of_who_walks_a_short_way() -> None:
    person = a_person(transport=Transport.FOOT, constraints=(limit("MAX_KM", 2),))
    assert "EXCLUDED_REACH" not in codes_against(person, an_opening(place=NAIMAN))
    assert "EXCLUDED_REACH" in codes_against(person, an_opening(place=KERQIN, lodging=known(True)))


WEST = Place("奈曼旗义隆永镇", "150525106", "奈曼旗义隆永镇", 42.85, 120.66, Precision.COUNTY)
"""A township nobody has coordinates of: it stands at the seat of its banner."""
KERQIN_STREETS = tuple(
    Place(name, code, name, 43.65, 122.26, Precision.COUNTY)
    for name, code in (("科尔沁区施介街道", "150502006"), ("科尔沁区红星街道", "150502004"))
)


@pytest.mark.parametrize(
    ("transport", "daily", "fits"),
    [
        (Transport.FOOT, True, False),
        (Transport.BICYCLE, True, False),
        (Transport.MOTORBIKE, True, True),
        (Transport.FOOT, False, True),
    ],
)
def test_another_township_at_an_unknown_distance_is_none_for_who_walks_home_every_day(
    transport: Transport, daily: bool, fits: bool
) -> None:
    limits = (limit("DAY_RETURN"),) if daily else ()
    person = a_person(home=WEST, transport=transport, constraints=limits, willing_to_move=None)
    posting = an_opening(place=replace(NAIMAN_EAST, precision=Precision.COUNTY))
    assert ("EXCLUDED_FAR_TOWNSHIP" not in codes_against(person, posting)) is fits


def test_the_subdistricts_of_one_town_are_near_each_other() -> None:
    home, work = KERQIN_STREETS
    person = a_person(home=home, transport=Transport.BICYCLE, constraints=(limit("DAY_RETURN"),))
    assert codes_against(person, an_opening(place=work)) == set()


@pytest.mark.parametrize(
    ("code", "hours", "fits"),
    [
        ("NO_OVERTIME", (10 * 60, 21 * 60), False),
        ("LACTATION", (10 * 60, 21 * 60), False),
        ("NO_OVERTIME", (8 * 60, 17 * 60 + 30), True),
        ("PART_TIME", (8 * 60, 12 * 60), True),
        ("PART_TIME", (8 * 60, 14 * 60 + 30), False),
    ],
)
def test_a_long_day_is_overtime_and_half_a_day_is_short(code: str, hours: tuple[int, int], fits: bool) -> None:
    person = a_person(constraints=(limit(code, *((4,) if code == "PART_TIME" else ())),))
    posting = an_opening(start_minute=known(hours[0]), end_minute=known(hours[1]), overtime=known(False))
    posting = posting if code != "LACTATION" else an_opening(start_minute=known(hours[0]), end_minute=known(hours[1]))
    assert ("EXCLUDED_CONSTRAINT" not in codes_against(person, posting)) is fits


def test_a_day_in_two_parts_leaves_nobody_half_of_it() -> None:
    split = an_opening(start_minute=known(5 * 60), end_minute=known(16 * 60), hours_per_day=known(5.0))
    assert "EXCLUDED_CONSTRAINT" in codes_against(a_person(constraints=(limit("PART_TIME", 4),)), split)
