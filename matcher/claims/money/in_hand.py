"""What one posting leaves in the hand a month: pay, less food, bed and road, with subsidies that are really owed.

In: an `Offer` (what the advert says, True, False or unknown), estimates, subsidies. Out: `InHand`: lines with their
sources, their sum, and the questions to the employer. Every unknown widens the range; none counts as nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.claims.money.costs import CostBook
from matcher.claims.money.span import NOTHING, SOME_COST, UNKNOWN, Span, hull
from matcher.domain.facts import Phrase
from matcher.domain.plan import PolicyState
from matcher.domain.posting import Wage, WageUnit
from matcher.domain.worker import Transport

Maybe = bool | None
_BOTH = (True, False)
_FREE = frozenset({Transport.FOOT, Transport.BICYCLE})
_SLOW = _FREE | {Transport.EBIKE}


class Source(StrEnum):
    """Where a number comes from."""

    ADVERT = "advert"
    ESTIMATE = "estimate"
    POLICY = "policy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A posting for one person; None = nobody has said."""

    wage: Wage | None = None
    board: Maybe = None
    board_partly: bool = False
    """The advert speaks of one meal a day."""
    lodging: Maybe = None
    live_in: bool = False
    at_home: bool = False
    shuttle: Maybe = None
    km: float | None = None
    """Road kilometres one way."""
    transport: Transport | None = None
    weekly: bool = False
    """The person must be home every week."""
    said_pay: str = ""
    said_board: str = ""
    said_lodging: str = ""
    said_shuttle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy:
    """One subsidy: whether it is owed, and what it comes to a year; None = the office has not entered an amount."""

    code: str
    state: PolicyState
    name: str = ""
    """Its title, where it has one of its own beside the phrase of its code."""
    yuan: float | None = None
    basis: str = ""
    question: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One line: what it adds (costs are below nought), how that is known, the words or the reckoning."""

    code: str
    span: Span
    source: Source
    how: Phrase
    words: str = ""
    question: Phrase | None = None
    counted: bool = True
    """Whether it is part of the sum; a subsidy without an amount is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """What is left, with the lines it is made of; `more` = a subsidy on top whose amount nobody has entered."""

    lines: tuple[MoneyLine, ...]
    total: Span
    more: bool = False

    @property
    def questions(self) -> tuple[Phrase, ...]:
        """What to ask before going, each once."""
        found = {line.question.code: line.question for line in self.lines if line.question is not None}
        return tuple(found.values())


def in_hand(offer: Offer, book: CostBook, subsidies: Sequence[Subsidy] = ()) -> InHand:
    """What a posting leaves."""
    lines = [_pay(offer), _board(offer, book), _lodging(offer, book), _road(offer, book)]
    lines += [_subsidy(one, book) for one in subsidies if one.state is not PolicyState.NO]
    total = NOTHING
    for line in lines:
        if line.counted:
            total = total + line.span
    return InHand(lines=tuple(lines), total=total, more=any(not line.counted for line in lines))


def goes_home(offer: Offer, book: CostBook) -> Maybe:
    """Whether one goes home every day: by the minutes on the road; None where the road is not known, or only a bus
    that may not run would do it."""
    if offer.at_home:
        return True
    if offer.live_in:
        return False
    if offer.km is None:
        return None
    if _in_time(offer.km, offer.transport or Transport.BUS, book):
        return True
    return None if offer.transport in _SLOW and _in_time(offer.km, Transport.BUS, book) else False


def _in_time(km: float, means: Transport, book: CostBook) -> bool:
    """Whether the way to work is short enough for every day."""
    wait = book.wait if means is Transport.BUS else 0.0
    return km / book.speed[means] * 60 + wait <= book.minutes


def _pay(offer: Offer) -> MoneyLine:
    """The pay as a month's."""
    wage = offer.wage
    if wage is None or (wage.low is None and wage.high is None):
        piece = wage is not None and wage.unit in (WageUnit.PIECE, WageUnit.ORDER)
        said = Phrase("MONEY_PAY_PIECE" if piece else "MONEY_NOT_SAID", {})
        ask = Phrase("MONEY_ASK_PIECE" if piece else "MONEY_ASK_PAY", {})
        return MoneyLine(code="PAY", span=UNKNOWN, source=Source.UNKNOWN, how=said, words=offer.said_pay, question=ask)
    how = Phrase("MONEY_PAY_STATED", {})
    question: Phrase | None = None
    if wage.assumption:
        how = Phrase(f"MONEY_PAY_{wage.unit.name}", {})
        question = Phrase("MONEY_ASK_DAYS", {}) if wage.unit in (WageUnit.DAY, WageUnit.HOUR) else None
    if wage.low is None:
        question = Phrase("MONEY_ASK_LEAST", {})
    span = Span(wage.low, wage.high)
    return MoneyLine(code="PAY", span=span, source=Source.ADVERT, how=how, words=offer.said_pay, question=question)


def _board(offer: Offer, book: CostBook) -> MoneyLine:
    """Food: what the employer gives costs nothing; at home only the meal at work counts."""
    near, given = goes_home(offer, book), offer.board
    if offer.at_home:
        return _cost("BOARD", NOTHING, Source.ADVERT, "MONEY_AT_HOME")
    if given and not (offer.board_partly and near is not True):
        return _cost("BOARD", NOTHING, Source.ADVERT, "MONEY_BOARD_GIVEN", offer.said_board)
    days = {True: book.meal.times(book.workdays), False: book.food_away}
    own = hull(days[one] for one in _possible(near))
    if given is False:
        how = "MONEY_BOARD_MEAL" if near else "MONEY_BOARD_AWAY"
        return _cost("BOARD", own, Source.ESTIMATE, how, offer.said_board)
    ask = Phrase("MONEY_ASK_BOARD_PARTLY" if given else "MONEY_ASK_BOARD", {})
    how = "MONEY_BOARD_PARTLY" if given else "MONEY_NOT_SAID"
    return _cost("BOARD", hull((NOTHING, own)), Source.UNKNOWN, how, offer.said_board, ask)


def _lodging(offer: Offer, book: CostBook) -> MoneyLine:
    """A bed: one's own costs nothing, that of the employer neither."""
    near = goes_home(offer, book)
    if near:
        return _cost("LODGING", NOTHING, Source.ESTIMATE, "MONEY_AT_HOME" if offer.at_home else "MONEY_SLEEPS_HOME")
    if offer.lodging or offer.live_in:
        return _cost("LODGING", NOTHING, Source.ADVERT, "MONEY_LODGING_GIVEN", offer.said_lodging)
    ask = Phrase("MONEY_ASK_LODGING", {})
    if offer.lodging is False and near is False:
        return _cost("LODGING", book.rent_away, Source.ESTIMATE, "MONEY_LODGING_OWN", offer.said_lodging)
    return _cost("LODGING", hull((NOTHING, book.rent_away)), Source.UNKNOWN, "MONEY_NOT_SAID", "", ask)


def _road(offer: Offer, book: CostBook) -> MoneyLine:
    """The way there and back, every day or now and then."""
    near = goes_home(offer, book)
    if offer.at_home:
        return _cost("ROAD", NOTHING, Source.ADVERT, "MONEY_AT_HOME")
    if offer.km is None:
        return _cost("ROAD", SOME_COST, Source.UNKNOWN, "MONEY_NO_DISTANCE", "", Phrase("MONEY_ASK_PLACE", {}))
    if near is not False and offer.shuttle:
        return _cost("ROAD", NOTHING, Source.ADVERT, "MONEY_SHUTTLE", offer.said_shuttle)
    daily, away = _daily_road(offer, book), _away_road(offer, book)
    if near is None:
        ask = Phrase("MONEY_ASK_MEANS", {})
        return _cost("ROAD", hull((daily, away)), Source.ESTIMATE, "MONEY_ROAD_EITHER", "", ask)
    if near is False:
        return _cost("ROAD", away, Source.ESTIMATE, "MONEY_ROAD_WEEKLY" if offer.weekly else "MONEY_ROAD_AWAY")
    if offer.transport is None:
        return _cost("ROAD", daily, Source.ESTIMATE, "MONEY_ROAD_ANY", "", Phrase("MONEY_ASK_MEANS", {}))
    free = offer.transport in _FREE
    return _cost("ROAD", daily, Source.ESTIMATE, "MONEY_ROAD_FREE" if free else "MONEY_ROAD_DAILY")


def _daily_road(offer: Offer, book: CostBook) -> Span:
    """There and back every working day, by one's own means; by a bus as well where those are too slow."""
    km = 2 * (offer.km or 0.0)
    slow = offer.transport in _SLOW and not _in_time(offer.km or 0.0, offer.transport, book)
    means = [Transport.BUS] if slow else [offer.transport] if offer.transport else list(book.per_km)
    return hull(Span(km, km).times(book.per_km[one]).times(book.workdays) for one in means)


def _away_road(offer: Offer, book: CostBook) -> Span:
    """There and back so many times a month."""
    km = 2 * (offer.km or 0.0)
    return Span(km, km).times(book.far_per_km).times(book.weekly_trips if offer.weekly else book.trips)


def _subsidy(one: Subsidy, book: CostBook) -> MoneyLine:
    """A subsidy spread over the year; what is not settled may be nothing, what has no amount is not counted."""
    sure = one.state is PolicyState.YES
    how = Phrase("MONEY_SUBSIDY_YES" if sure else "MONEY_SUBSIDY_PERHAPS", {})
    if one.yuan is None:
        open_how = Phrase("MONEY_SUBSIDY_OPEN" if sure else "MONEY_SUBSIDY_OPEN_PERHAPS", {})
        return MoneyLine(
            code=one.code,
            span=Span(0.0, None),
            source=Source.POLICY,
            how=open_how,
            words=one.basis,
            question=one.question,
            counted=False,
        )
    a_month = one.yuan / book.months
    span = Span(a_month if sure else 0.0, a_month)
    return MoneyLine(code=one.code, span=span, source=Source.POLICY, how=how, words=one.basis, question=one.question)


def _cost(code: str, cost: Span, source: Source, how: str, words: str = "", ask: Phrase | None = None) -> MoneyLine:
    """A line that takes away."""
    return MoneyLine(code=code, span=cost.minus(), source=source, how=Phrase(how, {}), words=words, question=ask)


def _possible(value: Maybe) -> tuple[bool, ...]:
    """What something that may be unknown can be."""
    return _BOTH if value is None else (value,)
