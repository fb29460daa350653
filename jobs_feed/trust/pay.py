"""Pay against the law and against what others pay for the same work nearby.

In: postings with their facts. Out: the usual pay by kind of work and banner, and flags for pay far from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from statistics import median

from jobs_feed.trust.rules import flag
from matcher.columns import PostingRow
from matcher.domain.incoming.trust import Flag
from matcher.domain.posting import Posting, PostingFacts, Wage, WageUnit
from matcher.live import minimum_not_met
from matcher.policy import PolicyAt
from matcher.store.incoming.checks import PayRanges

_BANNER = 6
"""Digits of a division code that name a banner or county."""


def usual_pay(postings: Iterable[tuple[Posting, PostingFacts]], least: int) -> PayRanges:
    """The median pay of each kind of work, in each banner and everywhere, where at least so many postings state it."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for posting, facts in postings:
        middle = _middle(facts.wage)
        if middle is None or not facts.occupation:
            continue
        found[facts.occupation, ""].append(middle)
        if len(posting.place.code) >= _BANNER:
            found[facts.occupation, posting.place.code[:_BANNER]].append(middle)
    return {key: (len(values), median(values)) for key, values in found.items() if len(values) >= least}


def pay_flags(posting: Posting, facts: PostingFacts, policy: PolicyAt, ranges: PayRanges) -> Iterator[Flag]:
    """Pay under the minimum, and pay far off what is usual."""
    if facts.wage is None:
        return
    least = minimum_not_met(PostingRow(0, posting, facts), policy)
    if least is not None:
        yield flag("BELOW_MINIMUM", facts.wage.evidence, least=least)
        return
    hourly, stated = policy.minimum_wage(posting.place.code, by_hour=True), _by_hour(facts.wage)
    if hourly is not None and stated is not None and stated < hourly:
        yield flag("BELOW_HOURLY_MINIMUM", facts.wage.evidence, least=hourly)
    yield from far_off(posting, facts, policy, ranges)


def far_off(posting: Posting, facts: PostingFacts, policy: PolicyAt, ranges: PayRanges) -> Iterator[Flag]:
    """Pay far above or below the median of the banner, else of everywhere."""
    middle, wage = _middle(facts.wage), facts.wage
    usual = ranges.get((facts.occupation, posting.place.code[:_BANNER])) or ranges.get((facts.occupation, ""))
    if middle is None or wage is None or usual is None:
        return
    if middle > usual[1] * policy.number("trust.pay_far_above"):
        yield flag("PAY_FAR_ABOVE", wage.evidence, usual=round(usual[1]))
    elif middle < usual[1] * policy.number("trust.pay_far_below"):
        yield flag("PAY_FAR_BELOW", wage.evidence, usual=round(usual[1]))


def _by_hour(wage: Wage) -> float | None:
    """The upper end of pay stated by the hour, brought back from the month it was counted up to (HOURS_8_DAYS_26)."""
    words = wage.assumption.split("_")
    numbers = {name: float(number) for name, number in zip(words[::2], words[1::2], strict=False)}
    top = wage.high if wage.high is not None else wage.low
    if wage.unit is not WageUnit.HOUR or top is None or not {"HOURS", "DAYS"} <= numbers.keys():
        return None
    return top / (numbers["HOURS"] * numbers["DAYS"])


def _middle(wage: Wage | None) -> float | None:
    """The middle of the pay stated, in yuan a month."""
    if wage is None or wage.contradicted:
        return None
    ends = [value for value in (wage.low, wage.high) if value is not None]
    return sum(ends) / len(ends) if ends else None
