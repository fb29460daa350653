"""The scorecard of a pair of adverts: the same job, perhaps, or another one, and why.

In: two adverts. Out: `Comparison` with the grounds in the order of their weight, as data.
"""

from __future__ import annotations

from dataclasses import dataclass

from jobs_feed.sameness.adverts import Advert
from jobs_feed.sameness.barriers import band, barrier, county_of, pay_differs
from jobs_feed.sameness.employers import ONE_EMPLOYER, Relation, Tie, relation
from jobs_feed.sameness.texts import likeness
from jobs_feed.sameness.titles import Alike, alike, same_trade
from jobs_feed.sameness.wordlists import points
from matcher.domain.division import Place
from matcher.domain.incoming.sameness import Ground, Verdict
from matcher.domain.posting import Shift

_PAY_EQUAL = 1.0
"""Yuan a month two bands may differ by through rounding."""


_ASKED = frozenset({"LISTED_APART", "TITLE_WORDS", "TEXT_OTHER"})
"""Grounds that leave the word to a person."""
_TOLD_ALIKE = frozenset({"TEXT_EQUAL", "TEXT_NEAR"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two adverts are one job, with the sum of the points and the grounds, the weightiest first."""

    verdict: Verdict
    score: float
    grounds: tuple[Ground, ...]


def compare(one: Advert, other: Advert) -> Comparison:
    """Two adverts against each other; the order of the two makes no difference to verdict and score."""
    tie = relation(one.employer, other.employer)
    hard = barrier(one, other, tie) or _of_two_firms(one, other, tie)
    if hard is not None:
        return Comparison(Verdict.DIFFERENT, 0.0, (hard,))
    grounds = [*_who(one, other, tie), *_what(one, other), *_terms(one, other), *_listing(one, other)]
    score = sum(ground.points for ground in grounds)
    verdict = _verdict(one, other, tie, score, {ground.code for ground in grounds})
    ordered = sorted(grounds, key=lambda ground: -abs(ground.points))
    return Comparison(verdict, score, tuple(ordered))


def _of_two_firms(one: Advert, other: Advert, tie: Relation) -> Ground | None:
    """Two firms with numbers of their own advertise alike in few words; only a long text is somebody's own."""
    if tie.tie is not Tie.OTHER or one.phones & other.phones:
        return None
    own = min(len(one.text), len(other.text)) >= points()["LONG_TEXT"]
    return None if own else Ground(Tie.OTHER.value, points()[Tie.OTHER.value], tie.one, tie.other)


def _verdict(one: Advert, other: Advert, tie: Relation, score: float, codes: set[str]) -> Verdict:
    """The verdict of a sum; a person is asked where it is too low, and where something is odd however high it is."""
    if score < points()["MAYBE"]:
        return Verdict.DIFFERENT
    return Verdict.SAME if score >= points()["SAME"] and not _odd(one, other, tie, codes) else Verdict.MAYBE


def _odd(one: Advert, other: Advert, tie: Relation, codes: set[str]) -> bool:
    """Whether only a person can tell: one sender has two names for it, or two texts on one day; neither name nor text
    is alike; one of two firms is held for what its advert asks; or a ground says so by itself."""
    if codes & _ASKED or (one.traits.held != other.traits.held and tie.tie not in ONE_EMPLOYER):
        return True
    if "TITLE_TRADE" in codes and (one.sender == other.sender or "TEXT_EQUAL" not in codes):
        return True
    untold = bool(one.text and other.text) and not codes & _TOLD_ALIKE
    return untold and ("TITLE_EQUAL" not in codes or "LISTED_TOGETHER" in codes)


def _ground(code: str, one: str, other: str, share: float = 1.0) -> Ground:
    """A line with the points of its code."""
    return Ground(code, points()[code] * share, one, other)


def _who(one: Advert, other: Advert, tie: Relation) -> list[Ground]:
    """Employer and telephone."""
    found = [_ground(tie.tie.value, tie.one, tie.other)]
    if one.phones & other.phones:
        found.append(_ground("PHONE_SHARED", "", ""))
    elif one.phones and other.phones:
        found.append(_ground("PHONE_OTHER", "", ""))
    return found


def _what(one: Advert, other: Advert) -> list[Ground]:
    """Job name and text."""
    found = [_ground(_title_code(one, other), one.title.text, other.title.text)]
    alike_text = likeness(one, other)
    if alike_text is None:
        return found
    limits, shown = points(), f"{alike_text:.0f}"
    shorter = min(len(one.text), len(other.text))
    share = 0.5 if shorter < limits["SHORT_TEXT"] and not one.phones & other.phones else 1.0
    for code, limit in (("TEXT_EQUAL", "NEARLY_EQUAL"), ("TEXT_NEAR", "NEAR_TEXT"), ("TEXT_PARTLY", "PARTLY_TEXT")):
        if alike_text >= limits[limit]:
            long = code == "TEXT_EQUAL" and shorter >= limits["LONG_TEXT"]
            extra = [_ground("TEXT_LONG", shown, shown)] if long else []
            return [*found, _ground(code, shown, shown, share), *extra]
    if alike_text < limits["OTHER_TEXT"] and shorter >= limits["TELLING_TEXT"]:
        found.append(_ground("TEXT_OTHER", shown, shown))
    return found


def _title_code(one: Advert, other: Advert) -> str:
    """How the job names stand to each other; a barrier has seen to it that they are of one occupation at least."""
    titles = alike(one.title, other.title)
    if titles is not Alike.OTHER:
        return titles.value
    return "TITLE_TRADE" if same_trade(one.title, other.title) else "TITLE_WORDS"


def _terms(one: Advert, other: Advert) -> list[Ground]:
    """Place, pay, head count, age, shift, what is asked."""
    found = [*_pay(one, other), *_place(one, other)]
    first, second = one.openings, other.openings
    if first is not None and second is not None:
        if first == second:
            found.append(_ground("OPENINGS_EQUAL", str(first), str(second)))
        elif max(first, second) >= 2 * min(first, second):
            found.append(_ground("OPENINGS_OTHER", str(first), str(second)))
    ages = _ages(one), _ages(other)
    if all(ages) and ages[0] != ages[1]:
        found.append(_ground("AGE_OTHER", *ages))
    shifts = {one.traits.shift, other.traits.shift}
    if len(shifts - {""}) > 1 and Shift.ROTATING.value in shifts:
        found.append(_ground("SHIFT_OTHER", one.traits.shift, other.traits.shift))
    years, asked = one.traits.years, other.traits.years
    if years is not None and asked is not None and years != asked:
        found.append(_ground("ASKED_OTHER", f"{years:g}", f"{asked:g}"))
    return found


def _ages(advert: Advert) -> str:
    """The age limits of an advert, "" where it names none."""
    low, high = advert.traits.age_low, advert.traits.age_high
    return "" if low is None and high is None else f"{low or ''}–{high or ''}"


def _pay(one: Advert, other: Advert) -> list[Ground]:
    """The same pay, or bands that overlap."""
    first, second = band(one), band(other)
    if first is None or second is None:
        equal = bool(one.wage_text) and one.wage_text == other.wage_text
        return [_ground("PAY_OVERLAPS", one.wage_text, other.wage_text)] if equal else []
    if pay_differs(one, other):
        return [_ground("PAY_DOUBT", one.wage_text, other.wage_text)]
    equal = abs(first[0] - second[0]) <= _PAY_EQUAL and abs(first[1] - second[1]) <= _PAY_EQUAL
    return [_ground("PAY_EQUAL" if equal else "PAY_OVERLAPS", one.wage_text, other.wage_text)]


def _place(one: Advert, other: Advert) -> list[Ground]:
    """How closely the places agree."""
    towns = Place(code=one.place_code).township, Place(code=other.place_code).township
    if (towns[0] and towns[0] == towns[1]) or (one.place_text and one.place_text == other.place_text):
        return [_ground("PLACE_EQUAL", one.place_code, other.place_code)]
    if not one.place_code or not other.place_code:
        return []
    counties = county_of(one), county_of(other)
    same = bool(counties[0]) and counties[0] == counties[1]
    return [_ground("PLACE_COUNTY" if same else "PLACE_AROUND", one.place_code, other.place_code)]


def _listing(one: Advert, other: Advert) -> list[Ground]:
    """Whether the sender itself lists the two side by side: on one day, or under two names within some days."""
    if one.sender != other.sender or one.ref == other.ref or not one.published_on or not other.published_on:
        return []
    days = abs((one.published_on - other.published_on).days)
    if alike(one.title, other.title) is Alike.EQUAL:
        return [_ground("LISTED_TOGETHER", one.ref, other.ref)] if days == 0 else []
    return [_ground("LISTED_APART", one.ref, other.ref)] if days <= points()["LISTED_DAYS"] else []
