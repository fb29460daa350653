"""Case numbers and slip codes put aside are nobody else's, on SQLite and PostgreSQL; records land alike on both."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.aftercare import KeptTick, RoundRow, RoundState, SaidBy, Spell, Started, Tick, Voice
from matcher.domain.answer import AnswerKind
from matcher.domain.choosing.choices import Hand, Switch, Verb
from matcher.domain.intake.classes import ClassEdit, EnrolmentState
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.run import MatchRun
from matcher.store import Store
from matcher.store.slices.collecting import Extent
from matcher.store.slices.conflicts import ConflictState
from matcher.store.slices.kinds import BY_NAME
from matcher.store.slices.merging import Figures, Sender
from matcher.store.slices.records import Record
from matcher.store.slices.rows import content_digest
from tests.matcher.store.records import a_class, a_plan, a_posting, a_worker, class_facts, posting_facts, worker_facts

DAY = date(2026, 6, 22)


def _whole(store: Store) -> tuple[int, list[Record]]:
    """Everything a store hands out."""
    with store.reading() as unit:
        people, records = unit.slices.collect(Extent(division="", today=DAY, most_postings=9, whole=True))
    return people, list(records)


def _taken(store: Store, records: list[Record], number: int) -> Figures:
    """Records of another office taken in."""
    sender = Sender(office="there", number=number, by="coordinator", at=datetime(2026, 6, 23, tzinfo=UTC))
    with store.unit("window") as unit:
        unit.slices.book.open()
        return unit.slices.take(
            records,
            sender,
            own="here",
            own_number=0,
            erased=set(),
            may=lambda division, village: True,
        )


def test_numbers_put_aside_are_given_to_nobody(store: Store) -> None:
    with store.unit() as unit:
        first = unit.workers.add(a_worker("A"))
        aside = unit.slices.book.put_numbers_aside(10)
        after = unit.workers.add(a_worker("B", id_number=""))
    assert (aside, after) == (first + 1, first + 11)
    with store.unit() as unit:
        unit.slices.book.use_numbers(after + 100)
        assert unit.workers.add(a_worker("C", id_number="")) == after + 100
        unit.slices.book.use_numbers(3)
        assert unit.workers.add(a_worker("D", id_number="")) == after + 101


def test_numbers_are_put_aside_in_an_empty_office_too(store: Store) -> None:
    with store.unit() as unit:
        aside = unit.slices.book.put_numbers_aside(5)
        assert unit.workers.add(a_worker("A")) == aside + 5


def test_codes_put_aside_are_used_by_nobody_here_and_first_there(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker("A"))
        unit.slices.book.put_codes_aside(3)
        own = ["22222222", "33333333"]
        unit.slices.book.own_codes(own)
        codes = []
        for _ in range(3):
            run = unit.runs.create(MatchRun(as_of=DAY))
            unit.plans.put_many(run, [a_plan(key)])
            current = unit.plans.current(key)
            assert current is not None
            codes.append(current.code)
    assert codes[:2] == own
    assert codes[2] not in own


def test_records_land_in_another_database_and_conflicts_go_with_the_person(store: Store) -> None:
    with store.unit("window") as unit:
        keys = unit.workers.add_many([(a_worker("A"), worker_facts())])
        posting = unit.postings.add(a_posting("P-1"), posting_facts())
        run = unit.runs.create(MatchRun(as_of=DAY))
        unit.plans.put_many(run, [a_plan(keys[0], posting)])
    people, records = _whole(store)
    assert people == 1
    with store.unit() as unit:
        stored = unit.workers.get(keys[0])
        unit.workers.replace(keys[0], a_worker("A", phone="19900000001"), stored.facts)
    assert _taken(store, records, 5).conflicts == 1
    assert _taken(store, records, 5).conflicts == 0
    with store.unit() as unit:
        [conflict] = unit.slices.conflicts.open()
        assert (conflict.state, conflict.worker_key) == (ConflictState.OPEN, keys[0])
        gone = unit.workers.forget(keys)
    assert gone["slice_conflict"] == 1
    assert _taken(store, records, 6).people_new == 1
    with store.reading() as unit:
        again = unit.workers.by_ref("A")
        assert (again.key, again.value) == (keys[0], a_worker("A"))
        plan = unit.plans.current(again.key)
        assert plan is not None
        assert plan.plan.matches[0].posting_key == posting


def _work_after(store: Store) -> int:
    """Somebody with a row in every table of what follows the paper; the key."""
    with store.unit("village") as unit:
        posting = unit.postings.add(a_posting("P-1", openings=5), posting_facts())
        course = unit.classes.add(a_class(), class_facts())
        [key] = unit.workers.add_many([(a_worker("A"), worker_facts())])
        [plan] = unit.plans.put_many(unit.runs.create(MatchRun(as_of=DAY)), [a_plan(key, posting)])
        answer = unit.plans.answers.record(plan, posting, AnswerKind.STARTED, on=DAY)
        tick = Tick(posting_key=posting, kind=AnswerKind.STARTED, started=Started(on=DAY))
        kept = [KeptTick(tick=tick, answer_key=answer)]
        slip = unit.aftercare.returns.add(key, plan, kept, on=DAY, said_by=SaidBy.FAMILY)
        unit.aftercare.returns.hear(slip, {posting: Voice.FULL}, on=DAY)
        spell = Spell(
            key=0, worker_key=key, started_on=DAY, said_by=SaidBy.FAMILY, posting_key=posting, return_key=slip
        )
        unit.aftercare.calls.plan(unit.aftercare.spells.begin(spell), key, [(7, DAY)])
        row = RoundRow(worker_key=key, month="2026-06", state=RoundState(), changed=False, confirmed_on=DAY)
        unit.aftercare.rounds.put([row])
        died = unit.life.add(key, LifeKind.MOVED_AWAY, on=DAY)
        unit.corrections.add(key, Correction(kind=FactKind.SITUATION, now="MOVED_AWAY"), change_key=died)
        unit.class_life.enrol(course, key, EnrolmentState.ENROLLED)
        unit.class_life.edit(course, ClassEdit(seats=3))
        hand = Hand(given=frozenset({posting}))
        unit.choices.note(key, plan_key=plan, from_plan_key=plan, verb=Verb.ADD, hand=hand, reason="本人要求")
        unit.concessions.say(key, [Switch.LODGING], on=DAY)
        unit.holders.tell(posting, key, on=DAY)
    return key


def test_what_follows_the_paper_lands_as_it_was_and_takes_no_second_opening(store: Store) -> None:
    key = _work_after(store)
    _, records = _whole(store)
    before = {(one.kind, one.ref): content_digest(BY_NAME[one.kind], one.rows) for one in records}
    with store.unit() as unit:
        unit.workers.forget([key])
    figures = _taken(store, records, 5)
    assert (figures.conflicts, figures.waiting, figures.people_new) == (0, 0, 1)
    _, again = _whole(store)
    after = {(one.kind, one.ref): content_digest(BY_NAME[one.kind], one.rows) for one in again}
    assert after == before
    assert {kind for kind, _ in after} >= {"slip", "voice", "spell", "call", "round", "life", "correction", "choice"}
    with store.reading() as unit:
        left = unit.postings.by_ref("P-1").openings_left
    assert _taken(store, records, 6).new == 0
    with store.reading() as unit:
        fresh, posting = unit.workers.by_ref("A").key, unit.postings.by_ref("P-1")
        [slip] = unit.aftercare.returns.of_people([fresh])[fresh]
        [answer] = unit.plans.answers.of_plan(slip.plan_key)
        assert (slip.ticks[0].answer_key, slip.ticks[0].tick.posting_key) == (answer.key, posting.key)
        assert posting.openings_left == left
