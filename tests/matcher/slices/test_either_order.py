"""Two offices change at random: whichever takes the other's file first, both end with the same, and nothing is lost."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import matcher.slices.sealed_file
from matcher.domain.aftercare import RoundRow, RoundState
from matcher.domain.answer import AnswerKind
from matcher.domain.choosing.choices import Switch
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.intake.life import LifeKind
from matcher.domain.posting import PostingState
from matcher.domain.rosters.records import EntryType
from matcher.office import Office
from matcher.store.slices.agreeing import Step, step
from matcher.store.slices.kinds import KINDS
from matcher.store.slices.records import Agreed
from tests.matcher.slices.after_the_paper import choose, correct, hand_in
from tests.matcher.slices.villages import Places, carry, change, contents, copied
from tests.matcher.store.records import a_posting, a_worker

DAY = date(2026, 6, 23)
UNION = {kind.name for kind in KINDS if kind.union}
HANGING = {"slip", "voice", "spell", "call"}
"""Kinds that wait where an answer they rest on does."""
Change = tuple[str, str, int]
PEOPLE = ("NM-1", "NM-2", "NM-3")
AFTER = ("slip", "correct", "choose", "concede", "round", "enrol", "told", "life")
CHANGES = st.tuples(
    st.sampled_from(("phone", "wish", "answer", "case", "add", "filled", "advert", *AFTER)),
    st.sampled_from(PEOPLE),
    st.integers(1, 2),
)


def work(office: Office, changes: list[Change], side: str) -> None:
    """What somebody did."""
    for what, ref, value in changes:
        if what == "phone":
            change(office, ref, phone=f"1990000010{value}")
        elif what == "wish":
            change(office, ref, wish_text=("保洁", "电焊")[value - 1])
        elif what in AFTER:
            work_after(office, what, ref, value, side)
        else:
            with office.unit(side) as unit:
                key = unit.workers.by_ref(ref).key
                if what == "answer":
                    plan = unit.plans.current(key)
                    assert plan is not None
                    kind = (AnswerKind.WANTED, AnswerKind.NOT_WANTED)[value - 1]
                    unit.plans.answers.record(plan.key, plan.plan.matches[1].posting_key, kind, on=DAY)
                elif what == "case" and value == 1:
                    unit.cases.open([key], EntryType.NEWLY_UNEMPLOYED, on=DAY, due_on=DAY)
                elif what == "case":
                    unit.cases.close([key], on=DAY)
                elif what == "add":
                    many = unit.workers.count()
                    unit.workers.add(a_worker(f"{side}-{many}", name=f"{side}{many}", id_number="", phone=""))
                elif what == "filled":
                    posting = unit.postings.by_ref("P-2")
                    unit.postings.set_state(posting.key, (PostingState.FILLED, PostingState.OPEN)[value - 1])
                else:
                    posting = unit.postings.by_ref("P-2")
                    unit.postings.replace(posting.key, a_posting("P-2", wage_text=f"{value}000元"), posting.facts)


def work_after(office: Office, what: str, ref: str, value: int, side: str) -> None:
    """What somebody did after the paper."""
    if what == "slip":
        begun = AnswerKind.STARTED if side == "laptop" else AnswerKind.CALLED
        kind = (begun, AnswerKind.NOT_WANTED)[value - 1]
        hand_in(office, ref, 1, kind, *(("LOW_PAY",) if kind is AnswerKind.NOT_WANTED else ()), actor=side)
    elif what == "correct":
        correct(office, ref, f"{value}000", actor=side)
    elif what == "choose":
        choose(office, ref, f"P-{value}", f"P-{3 - value}", actor=side)
    else:
        with office.unit(side) as unit:
            key = unit.workers.by_ref(ref).key
            if what == "concede":
                unit.concessions.say(key, (Switch.LODGING, Switch.LOWER_PAY)[:value], on=DAY)
            elif what == "round":
                state = RoundState(status="未就业", where=str(value))
                row = RoundRow(worker_key=key, month="2026-06", state=state, changed=True, confirmed_on=DAY)
                unit.aftercare.rounds.put([row])
            elif what == "enrol":
                state_of = (EnrolmentState.ENROLLED, EnrolmentState.PASSED)[value - 1]
                unit.class_life.enrol(unit.classes.by_ref("T-1").key, key, state_of)
            elif what == "told":
                unit.holders.tell(unit.postings.by_ref(f"P-{value}").key, key, on=DAY)
            else:
                unit.life.add(key, LifeKind.PHONE, on=DAY, note=str(value))


def waiting(office: Office) -> set[str]:
    """Kinds and names of records that wait for a decision."""
    with office.reading() as unit:
        return {f"{one.kind} {one.sides.ref}" for one in unit.slices.conflicts.open(limit=100)}


def exchanged(places: tuple[Office, Office], *, home_first: bool) -> tuple[Office, Office]:
    """One takes the other's file, then the other way round."""
    home, laptop = places
    first, second = (home, laptop) if home_first else (laptop, home)
    carry(second, first)
    carry(first, second)
    return home, laptop


@pytest.fixture(scope="module")
def pair(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """An office and its laptop as templates."""
    folder = tmp_path_factory.mktemp("pair")
    home, laptop = copied(places.home, folder / "home"), copied(places.empty, folder / "laptop")
    carry(home, laptop)
    for office in (home, laptop):
        office.store.wipe_traces()
        office.close()
    return Places(home.config, laptop.config)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=st.lists(CHANGES, max_size=5), there=st.lists(CHANGES, max_size=5))
def test_either_order_ends_the_same_and_nothing_is_overwritten_unseen(
    pair: Places, monkeypatch: pytest.MonkeyPatch, here: list[Change], there: list[Change]
) -> None:
    monkeypatch.setattr(matcher.slices.sealed_file, "_COST", 14)
    ends: list[dict[tuple[str, str], str]] = []
    with tempfile.TemporaryDirectory() as place:
        torn: list[set[str]] = []
        for home_first in (True, False):
            folder = Path(place) / str(home_first)
            both = copied(pair.home, folder / "home"), copied(pair.empty, folder / "laptop")
            for office in both:
                office.clock.now += timedelta(hours=2)  # type: ignore[attr-defined]
            began = contents(both[0])
            work(both[0], here, "home")
            work(both[1], there, "laptop")
            before = [contents(office) for office in both]
            exchanged(both, home_first=home_first)
            after = [contents(office) for office in both]
            torn.append(waiting(both[0]) | waiting(both[1]))
            for name in before[0].keys() & before[1].keys() & began.keys():
                changed = [side[name] != began[name] for side in before]
                if name[0] not in UNION and all(changed) and before[0][name] != before[1][name]:
                    assert f"{name[0]} {name[1]}" in torn[-1]
                    assert [side[name] for side in after] == [side[name] for side in before]
                elif name[0] not in UNION:
                    wanted = before[0][name] if changed[0] else before[1][name]
                    assert [side[name] for side in after] == [wanted, wanted]
            ends += after
            for office in both:
                office.close()
    assert torn[0] == torn[1]
    hanging = HANGING if any(name.startswith("answer ") for name in torn[0]) else set()
    settled = [
        {name: what for name, what in end.items() if f"{name[0]} {name[1]}" not in torn[0] and name[0] not in hanging}
        for end in ends
    ]
    assert settled[0] == settled[1]
    assert settled[2] == settled[3]
    assert {name: settled[0].get(name) for name in began} == {name: settled[2].get(name) for name in began}


@pytest.mark.parametrize(
    ("incoming", "here", "known", "told", "done"),
    [
        ("a", None, None, None, Step.NEW),
        ("a", "a", None, None, Step.SAME),
        ("a", "b", None, None, Step.CONFLICT),
        ("b", "a", None, Agreed("a", 5, 0), Step.TAKE),
        ("a", "b", None, Agreed("a", 5, 0), Step.KEEP),
        ("a", None, None, Agreed("a", 5, 0), Step.GONE),
        ("b", None, None, Agreed("a", 5, 0), Step.NEW),
        ("c", "b", None, Agreed("a", 5, 0), Step.CONFLICT),
        ("a", "b", Agreed("b", 9, 0), None, Step.OLDER),
        ("c", "b", Agreed("b", 7, 0), Agreed("a", 5, 6), Step.TAKE),
        ("b", "c", Agreed("a", 7, 0), Agreed("b", 8, 7), Step.KEEP),
        ("c", "b", Agreed("x", 7, 5, decided=True), Agreed("b", 5, 8), Step.CONFLICT),
        ("c", "b", Agreed("x", 7, 5, decided=True), Agreed("b", 6, 8), Step.TAKE),
    ],
)
def test_what_becomes_of_a_record(
    incoming: str, here: str | None, known: Agreed | None, told: Agreed | None, done: Step
) -> None:
    assert step(incoming, here, number=9, known=known, told=told) is done
