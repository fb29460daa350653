"""What keeps two adverts apart however alike they are: another place, job, pay, sex, shift or branch.

In: two adverts. Out: the first hard difference as a `Ground`, None where there is none.
"""

from __future__ import annotations

from collections.abc import Callable

from jobs_feed.sameness.adverts import Advert
from jobs_feed.sameness.employers import Relation, Tie
from jobs_feed.sameness.titles import Alike, alike, apart_by, same_trade
from jobs_feed.sameness.wordlists import points
from matcher.domain.division import Place, division_prefix
from matcher.domain.incoming.sameness import Ground
from matcher.domain.posting import Shift

_QUARTERS = (("街道", "镇", "乡", "苏木"), ("嘎查", "村"))
_FIXED = (
    frozenset({Shift.DAY.value, Shift.NIGHT.value}),
    frozenset({Shift.DAY.value, Shift.PART_TIME.value}),
    frozenset({Shift.NIGHT.value, Shift.PART_TIME.value}),
    frozenset({Shift.ROTATING.value, Shift.PART_TIME.value}),
)
"""Pairs of hours of work that are two posts; one that rotates may also be told as day work."""


def barrier(one: Advert, other: Advert, tie: Relation) -> Ground | None:
    """The first hard difference of two adverts."""
    for check in _CHECKS:
        found = check(one, other)
        if found is not None:
            return found
    if tie.tie is Tie.BRANCH and one.employer.branch and other.employer.branch:
        return Ground("APART_BRANCH", 0.0, one.employer.branch, other.employer.branch)
    return None


def _one_advert(one: Advert, other: Advert) -> Ground | None:
    """Jobs that one advert lists: 编号 and 编号#2."""
    if one.sender == other.sender and one.source_ref == other.source_ref != "" and one.ref != other.ref:
        return Ground("APART_LISTED", 0.0, one.ref, other.ref)
    return None


def _place(one: Advert, other: Advert) -> Ground | None:
    """Places of which neither lies in the other."""
    first, second = division_prefix(one.place_code), division_prefix(other.place_code)
    if first and second and not (first.startswith(second) or second.startswith(first)):
        return Ground("APART_PLACE", 0.0, one.place_code, other.place_code)
    return next(filter(None, (_quarter(kind, one, other) for kind in _QUARTERS)), None)


def _quarter(kinds: tuple[str, ...], one: Advert, other: Advert) -> Ground | None:
    """Townships or villages of one banner that differ, also where no table has them."""
    first, second = ({name for name in advert.quarters if name.endswith(kinds)} for advert in (one, other))
    if not first or not second or first & second:
        return None
    return Ground("APART_PLACE", 0.0, "、".join(sorted(first)), "、".join(sorted(second)))


def _sex(one: Advert, other: Advert) -> Ground | None:
    """One for women, one for men."""
    first, second = one.traits.sex, other.traits.sex
    return Ground("APART_SEX", 0.0, first, second) if first and second and first != second else None


def _shift(one: Advert, other: Advert) -> Ground | None:
    """Day against night, whole day against part of it."""
    first, second = one.traits.shift, other.traits.shift
    if first and second and frozenset({first, second}) in _FIXED:
        return Ground("APART_SHIFT", 0.0, first, second)
    return None


def _words(one: Advert, other: Advert) -> Ground | None:
    """A word of the titles that makes two posts: 主管, 夜班, 二车间."""
    found = apart_by(one.title, other.title)
    return None if found is None else Ground(f"APART_{found[0].upper()}", 0.0, found[1], found[2])


def _job(one: Advert, other: Advert) -> Ground | None:
    """Another job: job names that differ, and not two words for one occupation; or alike, but of two occupations."""
    titles = alike(one.title, other.title)
    shared = share_occupation(one, other)
    if titles is Alike.EQUAL or (titles is Alike.NEAR and shared is not False) or (titles is Alike.OTHER and shared):
        return None
    if shared is None and same_trade(one.title, other.title):
        return None
    return Ground("APART_JOB", 0.0, one.title.text, other.title.text)


def share_occupation(one: Advert, other: Advert) -> bool | None:
    """Whether the main occupation of one advert is one of the other's; None where one of them has none."""
    first, second = one.traits.occupations, other.traits.occupations
    return first[0] in second and second[0] in first if first and second else None


def _pay(one: Advert, other: Advert) -> Ground | None:
    """Pay bands that do not meet, where both stand in the column for pay; what a text says is read less surely."""
    if one.wage_text and other.wage_text and pay_differs(one, other):
        return Ground("APART_PAY", 0.0, one.wage_text, other.wage_text)
    return None


def pay_differs(one: Advert, other: Advert) -> bool:
    """Whether two pay bands do not meet, but for what conversion of days and hours may make."""
    bands = [found for found in (band(one), band(other)) if found is not None]
    if len(bands) < 2:
        return False
    low, high = sorted(bands)
    slack = points()["PAY_SLACK"] / 100 if one.traits.pay_unit != other.traits.pay_unit else 0.0
    touching = high[0] == low[1] and low[0] < low[1] and high[0] < high[1]
    return touching or high[0] > low[1] * (1 + slack)


def band(advert: Advert) -> tuple[float, float] | None:
    """Pay a month, from and to; None where it is unknown."""
    low, high = advert.traits.pay_low, advert.traits.pay_high
    if low is None and high is None:
        return None
    return (low if low is not None else high or 0.0), (high if high is not None else low or 0.0)


def county_of(advert: Advert) -> str:
    """The banner of an advert, "" where it is not known that closely."""
    return Place(code=advert.place_code).county


_CHECKS: tuple[Callable[[Advert, Advert], Ground | None], ...] = (
    _one_advert,
    _place,
    _sex,
    _shift,
    _words,
    _job,
    _pay,
)
