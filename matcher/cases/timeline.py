"""The story of a person's cases on one page: what happened when, by whom, and which of it can be taken back.

In: a unit of work and a person within a scope. Out: `CaseStory`: the case that counts, what is missing, every dated
line the newest first, earlier cases with how they ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from matcher.aftercare.slips import Whose
from matcher.cases.gathering import PersonCase
from matcher.cases.recording import person_case
from matcher.domain.localtime import beginning
from matcher.domain.service.casefile import CaseEvent, CaseStep, standing
from matcher.domain.service.casestate import CaseFacts, CaseState, state_of
from matcher.policy import PolicyAt
from matcher.store.casefile.gathering import CaseRow
from matcher.store.casefile.history import HistoryLine
from matcher.store.plans import StoredPlan
from matcher.store.store import UnitOfWork

_EARLY = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One line; `key` names the record where it can be taken back, 0 where it cannot here."""

    what: str
    on: date
    code: str = ""
    more: str = ""
    actor: str = ""
    who: str = ""
    minutes: int = 0
    note: str = ""
    key: int = 0
    undone: bool = False
    title: str = ""
    """The posting it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A case before this one."""

    opened_on: date | None
    state: CaseState
    started_on: date | None
    ended_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A referral whose stub is still out."""

    key: int
    title: str
    employer: str
    on: date
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStory:
    """Everything the page of a case shows."""

    now: PersonCase
    plan: StoredPlan | None
    lines: tuple[StoryLine, ...]
    earlier: tuple[Earlier, ...]
    letters: tuple[Letter, ...]


def case_story(unit: UnitOfWork, key: int, whose: Whose, policy: PolicyAt) -> CaseStory:
    """The story of one person; RecordNotFound outside the scope."""
    events = unit.casefile.events.of_people([key]).get(key, [])
    now = person_case(unit, key, whose, policy, with_earlier=True, events=events)
    plan = unit.plans.current(key)
    told = [*_told(unit.casefile.rows.history(key)), *_recorded(events), *_opened(now)]
    ordered = sorted(told, key=lambda pair: (pair[1].on, pair[0]), reverse=True)
    return CaseStory(
        now=now,
        plan=plan,
        lines=tuple(line for _, line in ordered),
        earlier=tuple(_earlier(case, facts) for case, facts in now.earlier),
        letters=_letters(events),
    )


Dated = tuple[datetime, StoryLine]


def _told(history: Sequence[HistoryLine]) -> list[Dated]:
    """What happened beside the records of the case."""
    return [(one.at or beginning(one.on), _line(one)) for one in history]


def _line(one: HistoryLine) -> StoryLine:
    """One thing that happened."""
    return StoryLine(what=one.what, on=one.on, code=one.code, more=one.more, actor=one.actor)


def _opened(now: PersonCase) -> list[Dated]:
    """The days on which cases were opened."""
    cases = [case for case, _ in now.earlier if case is not None] + ([now.case] if now.case is not None else [])
    return [
        (case.created_at, StoryLine(what="opened", on=case.opened_on, code=case.entry_type, more=str(place)))
        for place, case in enumerate(cases)
    ]


def _recorded(events: Sequence[CaseEvent]) -> list[Dated]:
    """The records, those taken back too."""
    counting = {event.uid for event in standing(events)}
    return [(event.recorded_at or _EARLY, _record(event, event.uid in counting)) for event in events]


def _record(event: CaseEvent, counts: bool) -> StoryLine:
    """One record."""
    can_be_undone = counts and event.step is not CaseStep.UNDO
    return StoryLine(
        what=event.step.value,
        on=event.on,
        code=event.way,
        actor=event.actor,
        who=event.who,
        minutes=event.minutes,
        note=event.note,
        key=event.key if can_be_undone else 0,
        undone=not counts and event.step is not CaseStep.UNDO,
        title=" · ".join(part for part in (event.title, event.employer) if part),
        more=event.due_on.isoformat() if event.due_on else event.signed,
    )


def _letters(events: Sequence[CaseEvent]) -> tuple[Letter, ...]:
    """Referrals whose stub has not come back."""
    counting = standing(events)
    back = {event.about for event in counting if event.step is CaseStep.STUB}
    return tuple(
        Letter(
            key=event.key,
            title=event.title,
            employer=event.employer,
            on=event.on,
            due_on=event.due_on,
        )
        for event in counting
        if event.step is CaseStep.REFERRED and event.uid not in back
    )


def _earlier(case: CaseRow | None, facts: CaseFacts) -> Earlier:
    """A case before this one, and how it ended."""
    state = state_of(facts).state
    return Earlier(
        opened_on=facts.opened_on,
        state=state,
        started_on=facts.started_on,
        ended_on=facts.ended_on,
        closed_on=case.closed_on if case is not None else None,
    )
