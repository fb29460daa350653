"""What the matcher makes of work near home: local people first, public posts for weak labour and the bound only."""

from __future__ import annotations

import pytest

from matcher.domain.posting import PostingKind
from matcher.domain.worker import LabourSkill
from tests.factories import NAIMAN_EAST, a_person, an_opening, limit
from tests.worlds import codes_against

GATE, LOCAL = "EXCLUDED_PUBLIC_POST_GATE", "EXCLUDED_LOCAL_FIRST"


@pytest.mark.parametrize(
    ("person", "shut"),
    [
        ({"labour_skill": LabourSkill.WEAK}, False),
        ({"labour_skill": LabourSkill.ORDINARY}, True),
        ({"labour_skill": LabourSkill.ORDINARY, "constraints": (limit("MIDDAY_HOME"),)}, False),
        ({"labour_skill": LabourSkill.SKILLED, "constraints": (limit("MIDDAY_HOME"),)}, True),
    ],
)
def test_a_public_post_is_proposed_on_the_route_of_weak_labour_only(person: dict[str, object], shut: bool) -> None:
    post = an_opening(1, "welfare_cleaner", kind=PostingKind.PUBLIC_WELFARE)
    assert (GATE in codes_against(a_person(1, **person), post)) is shut


@pytest.mark.parametrize("kind", [PostingKind.PUBLIC_WELFARE, PostingKind.WORK_RELIEF])
def test_work_of_a_place_is_for_its_people_first(kind: PostingKind) -> None:
    person = a_person(1, labour_skill=LabourSkill.WEAK)
    assert LOCAL not in codes_against(person, an_opening(1, "welfare_cleaner", kind=kind))
    assert LOCAL in codes_against(person, an_opening(2, "welfare_cleaner", kind=kind, place=NAIMAN_EAST))
