"""The table of what is offered beside a person's own work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.reference.lexicon import load_lexicon
from matcher.reference.ways import NOTHING_KNOWN, Ways, bad_ways, load_ways

BACKGROUNDS = {code: family.background for code, family in load_lexicon().families.items()}


def test_the_table_that_ships_has_no_fault() -> None:
    assert bad_ways(load_ways(), BACKGROUNDS) == []


def test_a_family_without_a_line_is_offered_to_nobody() -> None:
    assert load_ways().of("lawyers", NOTHING_KNOWN) == 0


def test_people_of_a_background_are_offered_their_own_kind_of_simple_work_first() -> None:
    ways = load_ways()
    assert ways.of("cleaning", "house") > ways.of("cleaning", "trade")
    assert ways.of("process_plant", "site") > ways.of("process_plant", "table")


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        ({"share": {"nobody": {"herd": 0.1}}}, "unknown family"),
        ({"share": {"cleaning": {"house": 1.1}}}, "ways: cleaning house 1.1"),
        ({"share": {"cleaning": {"house": 0.1, NOTHING_KNOWN: 0.6}}}, "than to whom nothing is known of"),
        ({"columns": ("herd", NOTHING_KNOWN)}, "unknown background"),
        ({"columns": (*load_ways().columns, "sea")}, "nobody has the background sea"),
    ],
)
def test_a_fault_is_named(spoilt: dict[str, object], words: str) -> None:
    ways: Ways = replace(load_ways(), **spoilt)  # type: ignore[arg-type]
    assert any(words in fault for fault in bad_ways(ways, BACKGROUNDS))
