"""Decisions about names: the newest holds, history stays, unsure names of open postings are listed."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.division import Place
from matcher.domain.facts import LinkedTerm
from matcher.domain.incoming.placed_name import NameKind
from matcher.domain.posting import PostingFacts, PostingState
from matcher.store import Store
from tests.matcher.store.records import a_posting


def facts(code: str, confidence: float) -> PostingFacts:
    """A posting understood that surely."""
    return PostingFacts(occupations=(LinkedTerm(code, confidence=confidence),))


def test_the_newest_decision_holds_and_all_are_kept(store: Store) -> None:
    for actor, code in (("甲", "cleaner"), ("乙", "security_guard"), ("乙", "security_guard")):
        with store.unit(actor) as unit:
            unit.placed_names.put(NameKind.TITLE, "看大门的", code)
    with store.reading() as unit:
        assert unit.placed_names.all(NameKind.TITLE) == {"看大门的": "security_guard"}
        assert unit.placed_names.all(NameKind.PLACE) == {}
        assert [(one.actor, one.code) for one in unit.placed_names.recent()] == [
            ("乙", "security_guard"),
            ("甲", "cleaner"),
        ]


def test_a_decision_can_be_taken_back(store: Store) -> None:
    for code in ("cleaner", ""):
        with store.unit() as unit:
            unit.placed_names.put(NameKind.TITLE, "杂活", code)
    with store.reading() as unit:
        assert unit.placed_names.all(NameKind.TITLE) == {}


def test_unsure_titles_and_unknown_places_of_open_postings_are_listed_most_frequent_first(store: Store) -> None:
    nowhere = Place(text="明珠小区")
    with store.unit() as unit:
        for number in range(2):
            unit.postings.add(a_posting(f"U-{number}", title="看大门的", place=nowhere), facts("security_guard", 0.5))
        unit.postings.add(a_posting("S-1", title="保洁员"), facts("cleaner", 1.0))
        unit.postings.add(a_posting("N-1", title="协管"), PostingFacts())
        held = a_posting("H-1", title="关着的", place=replace(nowhere, text="别处"))
        unit.postings.add_many([(held, PostingFacts())], state=PostingState.HELD)
    with store.reading() as unit:
        titles = unit.placed_names.unsure_titles(0.7, limit=10)
        places = unit.placed_names.unknown_places(limit=10)
        titled, placed = unit.placed_names.postings_titled("看大门的"), unit.placed_names.postings_placed("明珠小区")
    assert [(one.text, one.code, one.postings) for one in titles] == [
        ("看大门的", "security_guard", 2),
        ("协管", "", 1),
    ]
    assert [(one.text, one.postings) for one in places] == [("明珠小区", 2)]
    assert titled == placed and len(titled) == 2
