"""What speaks against giving a posting to a person by hand, and which of it may be set aside.

In: a seat and a posting. Out: `Verdict`: the scorecard, and every ground with its stance: never (law and rules), first
(something has to be done to the posting before), warn (known and set aside, with who and why).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matcher.aftercare.staying import records
from matcher.answering import Answer, answer_of
from matcher.choosing.seat import Seat
from matcher.domain.errors import RecordNotFound
from matcher.domain.facts import Evidence, PhraseValue
from matcher.domain.match import Exclusion
from matcher.office import Office
from matcher.reference.lexicon import Lexicon, load_lexicon
from matcher.reference.tables import read_table
from matcher.store.postings import StoredPosting
from matcher.store.store import UnitOfWork
from matcher.stored_rows import posting_row

OF_LAW = frozenset({"law", "document"})
"""Families of limits that nobody at the desk sets aside."""
LICENCE = "licence"


class Stance(StrEnum):
    """Whether a ground may be set aside."""

    NEVER = "never"
    FIRST = "first"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks against it."""

    code: str
    stance: Stance
    args: dict[str, PhraseValue]
    basis: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A posting before a person."""

    answer: Answer
    grounds: tuple[Ground, ...]
    on_plan: bool

    @property
    def stance(self) -> Stance | None:
        """The strictest stance of all grounds, None where nothing speaks against it."""
        held = {ground.stance for ground in self.grounds}
        return next((stance for stance in Stance if stance in held), None)

    @property
    def may_be_given(self) -> bool:
        """Whether it can be put on the plan, if need be against warnings."""
        return not self.on_plan and self.stance in {None, Stance.WARN}

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what would be set aside."""
        return tuple(dict.fromkeys(ground.code for ground in self.grounds if ground.stance is Stance.WARN))


@lru_cache(maxsize=1)
def stances() -> dict[str, Stance]:
    """Code → whether it may be set aside."""
    return {row["code"]: Stance(row["stance"]) for row in read_table("set_aside")}


def stance_of(exclusion: Exclusion, lexicon: Lexicon) -> Stance:
    """Whether an exclusion may be set aside; what nobody has decided about may not."""
    stance = stances().get(exclusion.code, Stance.NEVER)
    if exclusion.code == "EXCLUDED_CONSTRAINT":
        family = lexicon.constraints[str(exclusion.args["constraint"])].family
        return Stance.NEVER if family in OF_LAW else stance
    if exclusion.code == "EXCLUDED_CERTIFICATE":
        papers = [lexicon.skills.get(code) for code in str(exclusion.args.get("certificate", "")).split()]
        by_law = any(paper is None or paper.gate or paper.kind == LICENCE for paper in papers)
        return Stance.NEVER if by_law else stance
    return stance


def verdict_of(office: Office, unit: UnitOfWork, seat: Seat, posting_key: int) -> Verdict:
    """Everything that speaks for and against one posting for the person at the desk."""
    found = verdicts_of(office, unit, seat, [posting_key])
    if posting_key not in found:
        raise RecordNotFound("没有这条岗位", ref=str(posting_key))
    return found[posting_key]


def verdicts_of(office: Office, unit: UnitOfWork, seat: Seat, keys: Sequence[int]) -> dict[int, Verdict]:
    """The same for several postings."""
    stored, holders = unit.postings.many(keys), unit.plans.holders_of(keys)
    known = records(office, unit, seat.market.policy.on)
    held = {match.posting_key for match in seat.stored.plan.matches} if seat.stored else set()
    found = {}
    for key, posting in stored.items():
        answer = answer_of(seat.row, posting_row(posting, office, known=known), seat.market.policy)
        others = len(holders.get(key, frozenset()) - {seat.row.key})
        grounds = [_excluded(one) for one in answer.exclusions] + _at_the_desk(seat, posting, answer, others)
        found[key] = Verdict(answer, tuple(grounds), key in held)
    return found


def _excluded(one: Exclusion) -> Ground:
    """A limit that is broken."""
    return Ground(one.code, stance_of(one, load_lexicon()), one.args, one.basis, one.evidence)


def _at_the_desk(seat: Seat, posting: StoredPosting, answer: Answer, others: int) -> list[Ground]:
    """What the scorecard does not know: what was answered, taken out, given to `others`, said twice."""
    left = posting.openings_left if posting.openings_left is not None else posting.value.openings
    counted: dict[str, PhraseValue] = {"openings": left, "people": others}
    low = not answer.exclusions and answer.score < seat.market.policy.number("plan.minimum_score")
    told: tuple[tuple[bool, str, dict[str, PhraseValue]], ...] = (
        (posting.key in seat.spoken, "DESK_SPOKEN_FOR", {}),
        (posting.key in seat.closed, "DESK_NOT_WANTED", {}),
        (posting.key in seat.hand.taken, "DESK_TAKEN_OUT", {}),
        (left is not None and 0 < left <= others, "DESK_NO_OPENING", counted),
        (low, "DESK_LOW_SCORE", {}),
    )
    return [Ground(code, stances()[code], args) for holds, code, args in told if holds]
