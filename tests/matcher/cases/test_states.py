"""From facts to states: a table a civil servant can read, and a life played at random that never leaves the ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from matcher.domain.plan import Track
from matcher.domain.service.casefile import ExitKind
from matcher.domain.service.casestate import CaseFacts, CaseStanding, CaseState, Missing, missing_of, state_of

DAY = date(2026, 6, 22)
DONE = CaseFacts(
    track="131", opened_on=DAY, guided_on=DAY, valid=3, training_answered=True, delivered_on=DAY + timedelta(days=2)
)
"""The 131 is done, and nothing has come of it yet."""


@pytest.mark.parametrize(
    ("facts", "state", "missing"),
    [
        # nobody has looked at the person yet
        (CaseFacts(), "listed", "case plan guidance postings training delivery"),
        # entitled, but nobody opened a case
        (CaseFacts(track="131", valid=3, training_answered=True), "screened", "case guidance delivery"),
        (CaseFacts(track="not_entitled"), "not_entitled", "case guidance postings training delivery"),
        (CaseFacts(track="not_entitled", unwilling=True), "unwilling", "case guidance postings training delivery"),
        (CaseFacts(track="refuse_under16"), "not_entitled", "case guidance postings training delivery"),
        (CaseFacts(track="complete_info_first"), "info_missing", "case guidance postings training delivery"),
        (CaseFacts(track="stabilise_employed", valid=3, training_answered=True), "stabilise", "case guidance delivery"),
        (CaseFacts(track="school_return"), "school", "case guidance postings training delivery"),
        (CaseFacts(track="not_unemployed_self_employed"), "self_employed", "case guidance postings training delivery"),
        # a roster said the job is lost before a plan was made
        (CaseFacts(opened_on=DAY), "open", "plan guidance postings training delivery"),
        (replace(DONE, guided_on=None, delivered_on=None), "open", "guidance delivery"),
        # a sheet handed over without a talk is not the service
        (replace(DONE, guided_on=None), "open", "guidance"),
        (replace(DONE, delivered_on=None), "matched", "delivery"),
        (DONE, "delivered", ""),
        # two postings are a shortfall: on record, honest, and not done
        (replace(DONE, valid=2), "guided", "postings"),
        # one of the three closed before the person answered
        (replace(DONE, valid=2, delivered_on=DAY), "guided", "postings"),
        # the sheet was handed over, but nobody has heard whether the person will join the class
        (replace(DONE, training_answered=False), "matched", "training"),
        (replace(DONE, training_answered=False, delivered_on=None), "matched", "training delivery"),
        (replace(DONE, acted_on=DAY), "in_action", ""),
        # referred although the postings have run out: both are told
        (replace(DONE, acted_on=DAY, valid=0), "in_action", "postings"),
        (replace(DONE, started_on=DAY), "placed", ""),
        (replace(DONE, started_on=DAY, confirmed_days=7), "day7", ""),
        (replace(DONE, started_on=DAY, confirmed_days=30), "day30", ""),
        # a call after ninety days is heard, not proved
        (replace(DONE, started_on=DAY, confirmed_days=90), "day30", ""),
        (replace(DONE, started_on=DAY, confirmed_days=90, stable=True), "stable_3m", ""),
        (replace(DONE, started_on=DAY, stable=True, closed_on=DAY), "closed", ""),
        (replace(DONE, started_on=DAY, ended_on=DAY), "lost_job", ""),
        # found work without ever having had the service
        (CaseFacts(started_on=DAY), "placed", "case plan guidance postings training delivery"),
        (replace(DONE, exit="public_post"), "public_post", ""),
        (replace(DONE, exit="refused"), "refused", ""),
        (replace(DONE, gone="moved", started_on=DAY), "moved", ""),
        (replace(DONE, gone="died", closed_on=DAY), "died", ""),
    ],
)
def test_where_a_case_stands(facts: CaseFacts, state: str, missing: str) -> None:
    found = state_of(facts)
    assert found.state.value == state
    assert " ".join(found.missing) == missing


def test_only_what_was_served_counts_as_done() -> None:
    assert state_of(DONE).done_131
    assert state_of(replace(DONE, started_on=DAY)).done_131
    assert not state_of(replace(DONE, valid=2)).done_131
    assert not state_of(CaseFacts(track="stabilise_employed", valid=3, training_answered=True)).done_131


class Life(RuleBasedStateMachine):
    """Facts that come in any order and are taken back again."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = CaseFacts()
        self.before: list[tuple[CaseFacts, CaseStanding]] = []

    def put(self, **facts: object) -> None:
        """A fact, with the stand before it kept."""
        self.before.append((self.facts, state_of(self.facts)))
        self.facts = replace(self.facts, **facts)  # type: ignore[arg-type]

    @rule(track=st.sampled_from(["", *(track.value for track in Track)]), valid=st.integers(0, 3))
    def plan(self, track: str, valid: int) -> None:
        """A plan is made, or all are gone."""
        self.put(track=track, valid=valid if track else 0)

    @rule(answered=st.booleans())
    def class_answered(self, answered: bool) -> None:
        """What the person said of the class is heard, or taken back."""
        self.put(training_answered=answered)

    @rule(valid=st.integers(0, 3))
    def postings_close(self, valid: int) -> None:
        """Postings close."""
        self.put(valid=min(valid, self.facts.valid))

    @rule(name=st.sampled_from(["opened_on", "guided_on", "delivered_on", "acted_on"]))
    def serve(self, name: str) -> None:
        """Something is done for the person."""
        self.put(**{name: DAY})

    @rule(days=st.sampled_from([0, 7, 30, 90]))
    def work(self, days: int) -> None:
        """Work begins, and somebody calls."""
        self.put(started_on=DAY, ended_on=None, confirmed_days=days)

    @precondition(lambda self: self.facts.started_on is not None and self.facts.ended_on is None)
    @rule(proved=st.booleans())
    def go_on(self, proved: bool) -> None:
        """Three months are proved, or the job is lost."""
        self.put(stable=True) if proved else self.put(ended_on=DAY, stable=False)

    @precondition(lambda self: state_of(self.facts).state is CaseState.STABLE_3M)
    @rule()
    def close(self) -> None:
        """The case is closed."""
        self.put(closed_on=DAY)

    @rule(kind=st.sampled_from([kind.value for kind in ExitKind]))
    def leave(self, kind: str) -> None:
        """Another way out."""
        self.put(exit=kind)

    @rule(gone=st.sampled_from(["died", "moved"]))
    def go(self, gone: str) -> None:
        """The person is not there any more."""
        self.put(gone=gone)

    @precondition(lambda self: bool(self.before))
    @rule()
    def undo(self) -> None:
        """The last fact is taken back: the stand is exactly the one before."""
        self.facts, standing = self.before.pop()
        assert state_of(self.facts) == standing

    @invariant()
    def stands_where_the_facts_say(self) -> None:
        """Nothing impossible."""
        facts, found = self.facts, state_of(self.facts)
        assert found.missing == missing_of(facts)
        in_work = facts.started_on is not None and facts.ended_on is None
        assert found.state.works is (in_work and not facts.gone and facts.closed_on is None)
        assert found.state is not CaseState.STABLE_3M or facts.stable
        assert found.state is not CaseState.DELIVERED or not found.missing
        left = {Missing.DELIVERY, Missing.TRAINING}
        assert found.state is not CaseState.MATCHED or (found.missing and left.issuperset(found.missing))
        assert not (found.state.works and found.state.over)
        assert not (found.state.waits and found.state.over)
        assert not found.done_131 or facts.valid >= facts.needed


Life.TestCase.settings = settings(max_examples=40, stateful_step_count=50, deadline=None)
TestLife = Life.TestCase
