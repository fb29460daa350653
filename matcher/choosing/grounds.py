"""What speaks against giving a posting to a person by hand, and which of it may be set aside.

In: a seat and a posting. Out: `Verdict`: the scorecard, and every ground with its stance: never (law and rules), first
(something has to be done to the posting before), warn (known and set aside, with who and why).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matcher.casework import Answer, why
from matcher.choosing.seat import Seat
from matcher.domain.facts import Evidence, PhraseValue
from matcher.domain.incoming.sameness import instead
from matcher.domain.match import Exclusion
from matcher.office import Office
from matcher.reference.lexicon import Lexicon, load_lexicon
from matcher.reference.tables import read_table
from matcher.store.store import UnitOfWork

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
    answer = why(office, seat.row.key, posting_key, as_of=seat.market.policy.on)
    lexicon = load_lexicon()
    grounds = [
        Ground(one.code, stance_of(one, lexicon), one.args, one.basis, one.evidence) for one in answer.exclusions
    ]
    held = {match.posting_key for match in seat.stored.plan.matches} if seat.stored else set()
    grounds += [Ground(code, stances()[code], args) for code, args in _at_the_desk(unit, seat, posting_key, answer)]
    return Verdict(answer, tuple(grounds), posting_key in held)


def _at_the_desk(
    unit: UnitOfWork, seat: Seat, posting_key: int, answer: Answer
) -> list[tuple[str, dict[str, PhraseValue]]]:
    """What the scorecard does not know: what was answered, taken out, given to others, said twice."""
    found: list[tuple[str, dict[str, PhraseValue]]] = []
    if posting_key in seat.spoken:
        found.append(("DESK_SPOKEN_FOR", {}))
    closed = unit.plans.answers.closed([seat.row.key]).get(seat.row.key, frozenset())
    if posting_key in instead(closed, seat.spoken) | closed:
        found.append(("DESK_NOT_WANTED", {}))
    if posting_key in seat.hand.taken:
        found.append(("DESK_TAKEN_OUT", {}))
    stored = unit.postings.get(posting_key)
    left = stored.openings_left if stored.openings_left is not None else stored.value.openings
    others = len([key for key in unit.plans.holders(posting_key) if key != seat.row.key])
    if left is not None and 0 < left <= others:
        found.append(("DESK_NO_OPENING", {"openings": left, "people": others}))
    if not answer.exclusions and answer.score < seat.market.policy.number("plan.minimum_score"):
        found.append(("DESK_LOW_SCORE", {}))
    return found
