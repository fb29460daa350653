"""Stored plans on their way to paper.

In: an order. Out: plans ready to be said, village after village in the order of names, a few hundred in memory at a
time, with postings marked that have closed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from matcher.domain.casenumber import case_number
from matcher.domain.errors import RecordNotFound
from matcher.domain.papers.records import PaperKind, PrintOrder
from matcher.domain.plan import Track
from matcher.domain.posting import PostingState
from matcher.wording import Wording
from web.papers.contents import SHEET
from web.papers.context import CaseMark, PaperContext, paper_context
from web.papers.glyphs import printable_sheet
from web.papers.sheet import PRINTED, build_sheet
from web.papers.speaker import Speaker
from web.papers.views import SheetView

if TYPE_CHECKING:
    from matcher.office import Office, PlanPlace, StoredPlan, UnitOfWork

PAPER_TEXTS = "web.translations"
TOGETHER = 200
"""Plans opened together, so that a prefecture is never in memory whole."""
VILLAGE_AT_MOST = 300
"""People of one list; who has stated no village may be many."""
TALKED = frozenset(track for track in PRINTED if track is not Track.INFO_FIRST)
"""Tracks whose plan holds a guidance session."""
TRACKS_OF = {
    PaperKind.SHEET: PRINTED,
    PaperKind.GUIDANCE: TALKED,
    PaperKind.NOTICE: TALKED,
    PaperKind.REFERRAL: frozenset(track for track in PRINTED if track.carries_postings),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan that gets a paper, ready to be said."""

    plan_key: int
    speaker: Speaker

    def sheet(self) -> SheetView:
        """The sheet, every character of which can be printed."""
        speaker = self.speaker
        return printable_sheet(
            build_sheet(speaker.plan, speaker.wording, speaker.context, speaker.case), speaker.wording
        )

    def mark(self) -> bytes:
        """What the person would notice: what the plan offers, until when, and whom to call."""
        plan, closed = self.speaker.plan, self.speaker.case.closed
        talk, choice = plan.guidance, plan.training
        said = [
            plan.track,
            [(match.posting_key, match.posting_key in closed) for match in plan.matches],
            choice.training_key if choice else None,
            [talk.starts_at, talk.guide, talk.guide_phone] if talk else None,
            plan.valid_until.isoformat(),
            plan.shortfall.missing,
            asdict(self.speaker.context),
            self.speaker.wording.language,
        ]
        return json.dumps(said, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Village:
    """The people of one village who get a paper."""

    name: str
    people: tuple[Prepared, ...]


class Reader:
    """Opens the plans of an order, some at a time."""

    def __init__(self, office: Office, order: PrintOrder) -> None:
        self.office, self.order = office, order
        self.wording = office.wording(order.lang, PAPER_TEXTS)
        self._digests: dict[int, str] = {}
        with office.reading() as unit:
            self.context = office_context(unit, self.wording)
            self._places = self._ordered(unit)

    @property
    def many(self) -> int:
        """How many plans there are at most."""
        return len(self._places)

    def villages(self) -> Iterator[list[Village]]:
        """Whole villages, some at a time."""
        for stretch in _stretches(self._places):
            with self.office.reading() as unit:
                found = self._opened(unit, [place.key for _, places in stretch for place in places])
            by_key = {item.plan_key: item for item in found}
            yield [
                Village(name, people)
                for name, places in stretch
                if (people := tuple(by_key[place.key] for place in places if place.key in by_key))
            ]

    def _ordered(self, unit: UnitOfWork) -> list[PlanPlace]:
        """Where the plans stand; RecordNotFound where a person is named who has none."""
        order, key = self.order, self.order.worker_key
        if key is not None:
            unit.workers.get(key, division=order.division, villages=order.villages)
        scope = {"division": order.division, "villages": order.villages}
        found = unit.plans.in_order(**scope, worker_key=key, tracks=TRACKS_OF[order.kind])
        if key is not None and not found:
            known = unit.plans.in_order(**scope, worker_key=key)
            raise RecordNotFound(self.wording.text("PAPER_NO_SHEET" if known else "PAPER_NO_PLAN"), ref=str(key))
        return found

    def _opened(self, unit: UnitOfWork, keys: Sequence[int]) -> list[Prepared]:
        """Plans by key, without those whose paper in hand still holds where only the others are wanted."""
        stored, today = unit.plans.many(keys), self.office.today()
        closed, ended = _closed(unit, stored, today)
        for run in {item.run_key for item in stored} - self._digests.keys():
            self._digests[run] = unit.runs.get(run).policy_digest
        found = [self._prepared(item, closed | ended if today <= item.plan.valid_until else closed) for item in stored]
        if not self.order.only_changed:
            return found
        held = unit.papers.in_hand(SHEET, [item.plan.worker_key for item in stored])
        return [item for item in found if held.get(item.speaker.plan.worker_key) != unit.papers.mark(item.mark())]

    def _prepared(self, stored: StoredPlan, closed: frozenset[int]) -> Prepared:
        """A plan ready to be said."""
        case = CaseMark(
            case_no=case_number(stored.plan.worker_key),
            code=stored.code,
            policy_digest=self._digests[stored.run_key],
            closed=closed & {match.posting_key for match in stored.plan.matches},
        )
        return Prepared(stored.key, Speaker(stored.plan, self.wording, self.context, case))


def office_context(unit: UnitOfWork, wording: Wording) -> PaperContext:
    """The office as it stands on paper; refused without the phone of the window."""
    return paper_context({name.value: value for name, value in unit.settings.all().items()}, wording)


def _stretches(places: Sequence[PlanPlace]) -> Iterator[list[tuple[str, list[PlanPlace]]]]:
    """Villages with their plans, so many that there are some hundred plans."""
    stretch: list[tuple[str, list[PlanPlace]]] = []
    many = 0
    for (_, village), members in groupby(places, key=lambda place: (place.home_code, place.village)):
        people = list(members)
        for start in range(0, len(people), VILLAGE_AT_MOST):
            part = people[start : start + VILLAGE_AT_MOST]
            if stretch and many + len(part) > TOGETHER:
                yield stretch
                stretch, many = [], 0
            stretch.append((village, part))
            many += len(part)
    if stretch:
        yield stretch


def _closed(unit: UnitOfWork, plans: Sequence[StoredPlan], today: date) -> tuple[frozenset[int], frozenset[int]]:
    """Postings of plans that are open no more, and those whose deadline has passed."""
    keys = {match.posting_key for stored in plans for match in stored.plan.matches}
    stored = unit.postings.many(sorted(keys))
    gone = {key for key in keys if key not in stored or stored[key].state is not PostingState.OPEN}
    ended = {key for key, posting in stored.items() if posting.value.deadline and posting.value.deadline < today}
    return frozenset(gone), frozenset(ended)
