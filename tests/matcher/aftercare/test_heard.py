"""What was said on slips becomes the person's own limits and wishes, with the words it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.aftercare.heard import said_lines, with_heard
from matcher.aftercare.reasons import EFFECT_WORDS, reasons, reasons_of
from matcher.domain.aftercare import KeptTick, Measure, SaidBy, SlipReturn, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.worker import WorkerFacts
from matcher.policy import load_policy
from matcher.reference.lexicon import load_lexicon
from matcher.wording import load_catalogue
from tests.factories import DAY, worker_facts

POLICY = load_policy().at(DAY)
FAR = Measure(title="缝纫工", place="某镇", place_code="150525101", occupation="sewing_worker", km=28.4, yuan=3200.0)


def a_slip(*why: str, measure: Measure = FAR, dropped: tuple[str, ...] = ()) -> SlipReturn:
    """One slip that turned one posting down."""
    tick = Tick(posting_key=1, kind=AnswerKind.NOT_WANTED, why=why)
    kept = KeptTick(tick=tick, answer_key=1, measure=measure, dropped=dropped)
    return SlipReturn(key=1, plan_key=1, worker_key=1, on=DAY, said_by=SaidBy.WORKER, ticks=(kept,))


def heard(*why: str, facts: WorkerFacts | None = None, measure: Measure = FAR) -> WorkerFacts:
    """Facts after a slip."""
    return with_heard(facts or worker_facts(), [a_slip(*why, measure=measure)], POLICY)


def test_too_far_means_nearer_than_that() -> None:
    facts = heard("TOO_FAR")
    assert facts.nearer_than_km.value == 28.4
    assert facts.nearer_than_km.evidence[0].shown() == "回执：太远（缝纫工）"
    nearer = with_heard(facts, [a_slip("TOO_FAR", measure=replace(FAR, km=9.0))], POLICY)
    assert nearer.nearer_than_km.value == 9.0


def test_too_far_without_a_known_distance_means_not_there() -> None:
    facts = heard("TOO_FAR", measure=replace(FAR, km=None))
    assert facts.nearer_than_km.value is None
    assert [place.code for place, _ in facts.avoided_places] == ["150525101"]


def test_pay_too_low_lifts_the_wish_above_it_and_never_lowers_it() -> None:
    assert heard("LOW_PAY").wage_wish.yuan_per_month > 3200  # type: ignore[union-attr]
    proud = worker_facts()
    proud = replace(proud, wage_wish=replace(proud.wage_wish, yuan_per_month=6000.0))  # type: ignore[type-var]
    assert heard("LOW_PAY", facts=proud).wage_wish == proud.wage_wish
    assert heard("LOW_PAY", measure=replace(FAR, yuan=None)) == worker_facts()


@pytest.mark.parametrize(
    ("why", "limit"),
    [
        ("NIGHT", "NO_NIGHT"),
        ("HEAVY", "NO_HEAVY"),
        ("NO_LODGING", "NEED_LODGING"),
        ("NOT_AWAY", "DAY_RETURN"),
        ("FAMILY", "DAY_RETURN"),
        ("HOURS", "HOURS"),
    ],
)
def test_a_limit_is_held_in_the_persons_own_words(why: str, limit: str) -> None:
    facts = heard(why)
    found = next(item for item in facts.constraints if item.code == limit)
    assert found.evidence[0].field == "回执"
    assert not found.evidence[0].private
    assert heard(why, facts=facts).constraints == facts.constraints


def test_not_this_work_is_refused_once() -> None:
    facts = heard("NOT_THIS_WORK")
    assert [term.code for term in facts.refused] == ["sewing_worker"]
    assert heard("NOT_THIS_WORK", facts=facts).refused == facts.refused


@pytest.mark.parametrize("why", ["CANNOT", "FOUND_WORK", "FULL", "UNREACHABLE", "OTHER", "NOT_SAID"])
def test_what_says_nothing_of_the_person_changes_nothing(why: str) -> None:
    assert heard(why) == worker_facts()


def test_a_reason_taken_back_counts_no_more_but_is_still_told() -> None:
    slip = a_slip("TOO_FAR", "LOW_PAY", dropped=("TOO_FAR",))
    facts = with_heard(worker_facts(), [slip], POLICY)
    assert facts.nearer_than_km.value is None
    lines = said_lines([slip], POLICY)
    assert [(line.code, line.dropped) for line in lines] == [("TOO_FAR", True), ("LOW_PAY", False)]
    assert [line.changes.code for line in lines] == ["HEARD_NEARER", "HEARD_PAY"]


def test_the_table_of_reasons_is_sound() -> None:
    sentences = load_catalogue("matcher.wording").sentences
    limits = load_lexicon().constraints
    for code, why in reasons().items():
        assert f"WHY_{code}" in sentences
        assert why.kinds
        assert why.effect in EFFECT_WORDS or why.effect in limits
    for kind in AnswerKind:
        keys = [one.key for one in reasons_of(kind)]
        assert len(keys) == len(set(keys)), kind
        assert f"ANSWER_{kind.name}" in sentences
