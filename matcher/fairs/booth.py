"""A booth of a fair: who is expected, who is in the hall, and what came of each with each posting.

In: taps at a booth. Out: one result a person and posting, the newest standing; a result can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.fairs import BoothResult, Fair, FairResult, FairState, Unsuited, Visitor
from matcher.office import Office
from matcher.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class AtBooth:
    """One person as a booth sees them."""

    visitor: Visitor
    expected: tuple[int, ...]
    """Postings of this booth the person's way leads to."""
    results: tuple[BoothResult, ...]

    @property
    def latest(self) -> BoothResult | None:
        """What was noted last."""
        return max(self.results, key=lambda one: one.at, default=None)


def people_at(unit: UnitOfWork, fair: Fair, booth_key: int, visitors: Sequence[Visitor]) -> list[AtBooth]:
    """Those in the hall whose way leads here or who have been here: those without a result first."""
    here = {one.key: one.posting_key for one in unit.fairs.booths.postings(fair.key) if one.booth_key == booth_key}
    noted: dict[int, list[BoothResult]] = {}
    for result in unit.fairs.results.of_booth(booth_key):
        noted.setdefault(result.visitor_key, []).append(result)
    postings = set(here.values())
    found = []
    for visitor in visitors:
        expected = tuple(stop.posting_key for stop in visitor.facts.route if stop.posting_key in postings)
        results = tuple(noted.get(visitor.key, ()))
        if results or (expected and visitor.arrived_at is not None):
            found.append(AtBooth(visitor, expected, results))
    return sorted(found, key=lambda one: (bool(one.results), one.visitor.name, one.visitor.key))


def record(
    office: Office,
    fair: Fair,
    visitor_key: int,
    booth_posting_key: int,
    result: FairResult,
    *,
    reason: str = "",
    note: str = "",
    actor: str,
) -> BoothResult:
    """Keeps what came of somebody with a posting of a booth; who is noted at a booth is in the hall."""
    if fair.state is not FairState.OPEN and result not in {FairResult.STARTED, FairResult.LOST}:
        raise InputRefused("招聘会没有开门（或已经收场），没有记录；请组织者先点“开门”")
    if result is FairResult.UNSUITED and reason not in {one.value for one in Unsuited}:
        raise InputRefused("不合适要点一个原因；没有记录")
    with office.unit(actor) as unit:
        visitor = unit.fairs.visitors.get(fair.key, visitor_key)
        if all(one.key != booth_posting_key for one in unit.fairs.booths.postings(fair.key)):
            raise RecordNotFound("这个岗位不在这场招聘会上", ref=str(booth_posting_key))
        before = unit.fairs.results.get(visitor_key, booth_posting_key)
        made = BoothResult(
            visitor_key=visitor_key,
            booth_posting_key=booth_posting_key,
            result=result,
            reason=reason if result in {FairResult.UNSUITED, FairResult.LOST} else "",
            note=note,
            at=office.clock(),
            by=actor,
            base_at=before.base_at if before is not None else None,
        )
        unit.fairs.results.put(made)
        if visitor.arrived_at is None:
            _arrived(unit, fair, visitor, made)
    return made


def _arrived(unit: UnitOfWork, fair: Fair, visitor: Visitor, made: BoothResult) -> None:
    """Who stands at a booth has passed the door, whether somebody noted it there or not."""
    here = replace(visitor, arrived_at=made.at, arrived_by=made.by, changed_at=made.at)
    unit.fairs.visitors.change(fair.key, here)


def take_back(office: Office, fair: Fair, visitor_key: int, booth_posting_key: int, *, actor: str) -> None:
    """A result tapped by mistake goes; one the person's case has heard of stays."""
    with office.unit(actor) as unit:
        unit.fairs.visitors.get(fair.key, visitor_key)
        before = unit.fairs.results.get(visitor_key, booth_posting_key)
        if before is None:
            return
        if before.fed:
            raise InputRefused("这个结果已经记入服务档案，不能撤；可以改成别的结果")
        unit.fairs.results.remove(before.key)
