"""What a person said on slips, put into the facts a plan is made from.

In: facts as read, the slips that stand, the policy of the day. Out: facts in which the person's own words hold: nearer
than what was too far, more pay than what was too little, limits, work not wanted. Each keeps the words it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.aftercare.reasons import FOUND, NEARER, OCCUPATION, PAY, VOICE, Why, reasons
from matcher.domain.aftercare import THE_CLASS, KeptTick, Measure, SlipReturn
from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm, Phrase
from matcher.domain.worker import Constraint, WageWish, WorkerFacts
from matcher.policy import PolicyAt

SLIP = "回执"
"""The field whose words these are."""
ROUND_TO = 50
"""Yuan a wish is rounded up to."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One reason that stands: which slip, which posting as it was then, and the words."""

    slip: SlipReturn
    tick: KeptTick
    why: Why

    @property
    def measure(self) -> Measure:
        """The posting as it stood."""
        return self.tick.measure

    @property
    def evidence(self) -> Evidence:
        """The words, with what they were said about."""
        about = self.measure.title
        return Evidence(SLIP, f"{self.why.said}（{about}）" if about else self.why.said)


Effect = Callable[[WorkerFacts, Heard, PolicyAt], WorkerFacts]


def all_heard(slips: Sequence[SlipReturn]) -> Iterator[Heard]:
    """Every reason against a posting that still stands, in the order it was said."""
    known = reasons()
    for slip in slips:
        for tick in slip.ticks:
            if tick.tick.posting_key != THE_CLASS:
                yield from (Heard(slip, tick, known[code]) for code in tick.standing if code in known)


def with_heard(facts: WorkerFacts, slips: Sequence[SlipReturn], policy: PolicyAt) -> WorkerFacts:
    """Facts with what was said on slips."""
    for one in all_heard(slips):
        effect = EFFECTS.get(one.why.effect, _limited)
        facts = effect(facts, one, policy)
    return facts


def _nearer(facts: WorkerFacts, one: Heard, policy: PolicyAt) -> WorkerFacts:
    """Nearer than that; where nobody knows how far it was, not there."""
    km, found = one.measure.km, facts.nearer_than_km
    if km is not None:
        nearest = km if found.value is None else min(km, found.value)
        return replace(facts, nearer_than_km=Fact(nearest, (*found.evidence, one.evidence)))
    if not one.measure.place_code:
        return facts
    place = Place(one.measure.place, one.measure.place_code, one.measure.place)
    return replace(facts, avoided_places=(*facts.avoided_places, (place, one.evidence)))


def _better_paid(facts: WorkerFacts, one: Heard, policy: PolicyAt) -> WorkerFacts:
    """A wish above the pay that was too little."""
    if one.measure.yuan is None:
        return facts
    least = -(-one.measure.yuan * policy.number("aftercare.pay_above") // ROUND_TO) * ROUND_TO
    wish = facts.wage_wish
    if wish is not None and wish.yuan_per_month >= least:
        return facts
    words = (*(wish.evidence if wish else ()), one.evidence)
    return replace(facts, wage_wish=WageWish(yuan_per_month=least, evidence=words))


def _other_work(facts: WorkerFacts, one: Heard, policy: PolicyAt) -> WorkerFacts:
    """Not this kind of work."""
    work = one.measure.occupation
    if not work or any(term.code == work for term in facts.refused):
        return facts
    return replace(facts, refused=(*facts.refused, LinkedTerm(work, (one.evidence,))))


def _nothing(facts: WorkerFacts, one: Heard, policy: PolicyAt) -> WorkerFacts:
    """It says nothing of what suits the person."""
    return facts


def _limited(facts: WorkerFacts, one: Heard, policy: PolicyAt) -> WorkerFacts:
    """A limit in the person's own words."""
    if facts.holds(one.why.effect):
        return facts
    return replace(facts, constraints=(*facts.constraints, Constraint(code=one.why.effect, evidence=(one.evidence,))))


EFFECTS: dict[str, Effect] = {
    "": _nothing,
    FOUND: _nothing,
    VOICE: _nothing,
    NEARER: _nearer,
    PAY: _better_paid,
    OCCUPATION: _other_work,
}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One reason of a person for a page: what was said of what, what it changes, and whether it still counts."""

    slip: SlipReturn
    posting_key: int
    code: str
    title: str
    changes: Phrase
    dropped: bool


def said_lines(slips: Sequence[SlipReturn], policy: PolicyAt) -> tuple[SaidLine, ...]:
    """Everything a person gave as a reason, the newest slip first."""
    known = reasons()
    return tuple(
        SaidLine(
            slip,
            kept.tick.posting_key,
            code,
            kept.measure.title,
            _change(known[code].effect, kept.measure, policy),
            code in kept.dropped,
        )
        for slip in reversed(slips)
        for kept in slip.ticks
        for code in kept.tick.why
        if code in known and kept.tick.posting_key != THE_CLASS
    )


def _change(effect: str, measure: Measure, policy: PolicyAt) -> Phrase:
    """What a reason changes, as a sentence."""
    if effect == NEARER and measure.km is not None:
        return Phrase("HEARD_NEARER", {"km": measure.km})
    if effect == NEARER and measure.place_code:
        return Phrase("HEARD_PLACE", {"place": measure.place})
    if effect == PAY and measure.yuan is not None:
        return Phrase("HEARD_PAY", {"yuan": measure.yuan})
    if effect == OCCUPATION and measure.occupation:
        return Phrase("HEARD_OCCUPATION", {"occupation": measure.occupation})
    if effect and effect not in EFFECTS:
        return Phrase("HEARD_LIMIT", {"constraint": effect})
    return Phrase("HEARD_NOTHING")
