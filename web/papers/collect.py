"""Stored plans on their way to paper.

In: a unit of work and whom it is about. Out: the sheets of the current plans in the order of villages and names, with
postings marked that have closed since, and what goes with them in a village pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from matcher.domain.casenumber import case_number
from matcher.domain.errors import RecordNotFound
from matcher.domain.posting import PostingState
from matcher.wording import Wording
from web.papers.context import CaseMark, PaperContext, paper_context
from web.papers.cover import cover_view
from web.papers.glyphs import printable_model, printable_sheet
from web.papers.script import reading_script
from web.papers.sheet import PRINTED, build_sheet
from web.papers.speaker import Speaker
from web.papers.views import Pack, SheetView

if TYPE_CHECKING:
    from matcher.office import Office, StoredPlan, UnitOfWork

PAPER_TEXTS = "web.translations"
CHUNK = 200
"""Plans looked at together, so that a prefecture is never in memory whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose papers are wanted; everything empty means everyone."""

    division: str = ""
    villages: tuple[str, ...] = ()
    worker_ref: str = ""
    worker_key: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan that gets a sheet, ready to be said."""

    plan_key: int
    speaker: Speaker

    def sheet(self) -> SheetView:
        """The sheet, every character of which can be printed."""
        speaker = self.speaker
        return printable_sheet(
            build_sheet(speaker.plan, speaker.wording, speaker.context, speaker.case), speaker.wording
        )


def prepare(office: Office, unit: UnitOfWork, wanted: Wanted, *, lang: str = "zh") -> Iterator[Prepared]:
    """The current plans that get a sheet; RecordNotFound where a person is named who has none."""
    wording = office.wording(lang, PAPER_TEXTS)
    context = paper_context({name.value: value for name, value in unit.settings.all().items()}, wording)
    key = _worker_key(unit, wanted)
    found = unit.plans.current_bodies(division=wanted.division, villages=wanted.villages, worker_key=key)
    if key is not None:
        found = iter(_of_person(list(found), wanted, wording))
    printed = (stored for stored in found if stored.plan.track in PRINTED)
    while chunk := list(islice(printed, CHUNK)):
        closed, ended = _closed(unit, chunk, office.today())
        digests = {run: unit.runs.get(run).policy_digest for run in {stored.run_key for stored in chunk}}
        for stored in chunk:
            still_valid = office.today() <= stored.plan.valid_until
            case = CaseMark(
                case_no=case_number(stored.plan.worker_key),
                code=stored.code,
                policy_digest=digests[stored.run_key],
                closed=closed | ended if still_valid else closed,
            )
            yield Prepared(stored.key, Speaker(stored.plan, wording, context, case))


def _of_person(found: list[StoredPlan], wanted: Wanted, wording: Wording) -> list[StoredPlan]:
    """The plan of the one person named, or the reason why there is no sheet."""
    if not found:
        raise RecordNotFound(wording.text("PAPER_NO_PLAN"), ref=wanted.worker_ref)
    if found[0].plan.track not in PRINTED:
        raise RecordNotFound(wording.text("PAPER_NO_SHEET"), ref=wanted.worker_ref)
    return found


def _worker_key(unit: UnitOfWork, wanted: Wanted) -> int | None:
    """The key of the person named, checked against the scope; None where nobody is named."""
    if wanted.worker_key is None and not wanted.worker_ref:
        return None
    key = unit.workers.by_ref(wanted.worker_ref).key if wanted.worker_key is None else wanted.worker_key
    unit.workers.get(key, division=wanted.division, villages=wanted.villages)
    return key


def _closed(unit: UnitOfWork, plans: list[StoredPlan], today: date) -> tuple[frozenset[int], frozenset[int]]:
    """Postings of plans that are open no more, and those whose deadline has passed."""
    keys = {match.posting_key for stored in plans for match in stored.plan.matches}
    stored = unit.postings.many(sorted(keys))
    gone = {key for key in keys if key not in stored or stored[key].state is not PostingState.OPEN}
    ended = {key for key, posting in stored.items() if posting.value.deadline and posting.value.deadline < today}
    return frozenset(gone), frozenset(ended)


def sheet_views(
    office: Office,
    unit: UnitOfWork,
    *,
    division: str = "",
    villages: tuple[str, ...] = (),
    worker_ref: str = "",
    worker_key: int | None = None,
    lang: str = "zh",
) -> Iterator[SheetView]:
    """The sheets of the current plans of a scope, or of one person."""
    wanted = Wanted(division=division, villages=villages, worker_ref=worker_ref, worker_key=worker_key)
    for item in prepare(office, unit, wanted, lang=lang):
        yield item.sheet()


def pack_of(prepared: Sequence[Prepared], wording: Wording, context: PaperContext, *, place: str) -> Pack:
    """The list before the sheets of a village and the scripts after them."""
    speakers = [item.speaker for item in prepared]
    made_on = max(speaker.plan.made_on for speaker in speakers)
    return printable_model(
        Pack(
            cover=cover_view(speakers, wording, context, place=place, made_on=made_on),
            script_title=wording.text("PAPER_SCRIPT_TITLE"),
            scripts=tuple(reading_script(speaker) for speaker in speakers),
        )
    )


def place_name(office: Office, wanted: Wanted, wording: Wording) -> str:
    """What the pack of a scope is called."""
    if len(wanted.villages) == 1:
        return wanted.villages[0]
    named = bool(wanted.division)
    return office.gazetteer.name(wanted.division, wording.language) if named else wording.text("PAPER_COVER_ALL")
