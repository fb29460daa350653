"""A life played at random over a real store: whatever staff do, in whatever order, a case never stands where it cannot.

Each act is done, looked at, and half of the time taken back at once: then everything stands exactly as before.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from matcher.aftercare.work import end_work
from matcher.cases.gathering import PersonCase
from matcher.cases.recording import close_case, deliver, hold_session, leave, name_owner, open_case, person_case
from matcher.cases.referring import refer, stub_back, take_back
from matcher.cases.refusing import CaseRefused
from matcher.cases.timeline import case_story
from matcher.domain.aftercare import SaidBy
from matcher.domain.errors import RecordNotFound
from matcher.domain.posting import PostingState
from matcher.domain.service.casefile import DeliveryWay, ExitKind, GuidanceWay, StubResult
from matcher.domain.service.casestate import CaseState, missing_of, state_of
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.ladder.keeping import show_proof, take_back_proof
from matcher.store.casefile.gathering import Whom
from tests.matcher.aftercare.books import EVERYTHING, open_book

ACTOR = "xie"


class CaseLife(RuleBasedStateMachine):
    """One person of a small office."""

    made: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        shutil.copytree(self.made, self.folder / "copy")
        self.book = open_book(self.folder / "copy")
        self.office, self.key = self.book.office, self.book.people[0]
        self.rows = 0

    def teardown(self) -> None:
        """Leaves nothing behind."""
        self.office.close()
        shutil.rmtree(self.folder)

    def now(self) -> PersonCase:
        """Where the case stands."""
        with self.office.reading() as unit:
            return person_case(unit, self.key, EVERYTHING, self.office.policy.at(self.book.today))

    def do(self, act: Callable[[], int], *, and_back: bool) -> None:
        """An act; taken back at once where asked for, all is as before. What is refused changes nothing."""
        self.book.clock.now += timedelta(minutes=1)
        before = self.now()
        try:
            number = act()
        except (CaseRefused, RecordNotFound):
            assert self.now() == before
            return
        if and_back:
            self.book.clock.now += timedelta(minutes=1)
            opened = self.now().case != before.case and before.case is None
            take_back(self.office, self.key, EVERYTHING, number, "记错了人", actor=ACTOR)
            after = self.now()
            if opened:
                assert (after.facts.guided_on, after.facts.delivered_on) == (None, before.facts.delivered_on)
            elif before.case is not None and after.case is not None:
                assert after.facts == before.facts
                assert after.standing == before.standing

    @rule(minutes=st.integers(15, 40), and_back=st.booleans())
    def talk(self, minutes: int, and_back: bool) -> None:
        """A session."""
        self.do(
            lambda: hold_session(
                self.office, self.key, EVERYTHING, actor=ACTOR, on=self.book.today, way=GuidanceWay.VISIT,
                minutes=minutes, guide="示例指导人",
            ),
            and_back=and_back,
        )  # fmt: skip

    @rule(way=st.sampled_from(DeliveryWay), and_back=st.booleans())
    def hand_over(self, way: DeliveryWay, and_back: bool) -> None:
        """The plan is delivered."""
        self.do(
            lambda: deliver(self.office, self.key, EVERYTHING, actor=ACTOR, on=self.book.today, way=way),
            and_back=and_back,
        )

    @rule(rank=st.integers(1, 4), and_back=st.booleans())
    def send(self, rank: int, and_back: bool) -> None:
        """A referral."""
        self.do(
            lambda: refer(self.office, self.key, EVERYTHING, rank, actor=ACTOR, on=self.book.today), and_back=and_back
        )

    @rule(result=st.sampled_from(StubResult), and_back=st.booleans())
    def stub(self, result: StubResult, and_back: bool) -> None:
        """A stub comes back."""
        with self.office.reading() as unit:
            letters = case_story(unit, self.key, EVERYTHING, self.office.policy.at(self.book.today)).letters
        if letters:
            self.do(
                lambda: stub_back(
                    self.office, self.key, EVERYTHING, letters[0].key, result, actor=ACTOR, on=self.book.today,
                    note="单位说的原因",
                ),
                and_back=and_back,
            )  # fmt: skip

    @rule(kind=st.sampled_from(ExitKind), and_back=st.booleans())
    def go(self, kind: ExitKind, and_back: bool) -> None:
        """Another way out."""
        self.do(
            lambda: leave(
                self.office, self.key, EVERYTHING, kind, actor=ACTOR, on=self.book.today, note="本人说的原因"
            ),
            and_back=and_back,
        )

    @rule(and_back=st.booleans())
    def owner(self, and_back: bool) -> None:
        """Somebody is named."""
        self.do(lambda: name_owner(self.office, self.key, EVERYTHING, "谢", actor=ACTOR), and_back=and_back)

    @rule()
    def open(self) -> None:
        """A case is opened."""
        self.book.clock.now += timedelta(minutes=1)
        before = self.now()
        try:
            open_case(self.office, self.key, EVERYTHING, actor=ACTOR)
        except CaseRefused:
            assert self.now() == before
        else:
            assert self.now().facts.opened_on == self.book.today

    @rule()
    def lose_job(self) -> None:
        """Work ends: a new case the same day."""
        self.book.clock.now += timedelta(minutes=1)
        with self.office.unit(ACTOR) as unit:
            spells = unit.aftercare.spells.of_people([self.key], only_open=True).get(self.key, [])
            if not spells:
                return
            end_work(self.office, unit, self.key, spells, on=self.book.today, said_by=SaidBy.WORKER)
        found = self.now()
        assert found.case is not None
        assert found.facts.started_on is None or found.standing.state.over

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        """Days pass."""
        self.book.clock.move(days)

    @rule(place=st.integers(0, 2))
    def posting_closes(self, place: int) -> None:
        """A posting of the plan is filled."""
        matches = self.book.plan().plan.matches
        if place < len(matches):
            with self.office.unit() as unit:
                unit.postings.set_state(matches[place].posting_key, PostingState.FILLED)

    @rule(and_back=st.booleans())
    def prove(self, and_back: bool) -> None:
        """A proof of the work so far, and closing what is stable."""
        before = self.now()
        with self.office.reading() as unit:
            spells = unit.aftercare.spells.of_people([self.key]).get(self.key, [])
        if not spells:
            return
        shown = Proof(
            worker_key=self.key, spell_key=spells[-1].key, kind=ProofKind.EMPLOYER_PROOF,
            from_on=spells[-1].started_on, told_on=self.book.today,
        )  # fmt: skip
        number = show_proof(self.office, shown, EVERYTHING, actor=ACTOR)
        if and_back:
            take_back_proof(self.office, self.key, number, EVERYTHING, actor=ACTOR)
            assert self.now().standing == before.standing
        else:
            self.do(lambda: close_case(self.office, self.key, EVERYTHING, actor=ACTOR), and_back=False)

    @invariant()
    def stands_where_it_can(self) -> None:
        """The state follows from the facts; records and cases only ever grow in number; no proof, not stable."""
        found = self.now()
        assert found.standing == state_of(found.facts)
        assert found.standing.missing == missing_of(found.facts)
        with self.office.reading() as unit:
            events = unit.casefile.events.of_people([self.key]).get(self.key, [])
            cases = len(unit.casefile.rows.cases(Whom(keys=(self.key,))))
        assert len(events) + cases >= self.rows
        self.rows = len(events) + cases
        if found.standing.state is CaseState.STABLE_3M:
            assert found.stable is not None
            assert found.stable.proved


def test_a_case_lived_at_random_is_never_where_it_cannot_be(made_book: Path) -> None:
    CaseLife.made = made_book
    run_state_machine_as_test(
        CaseLife, settings=settings(max_examples=8, stateful_step_count=25, deadline=None, derandomize=True)
    )
