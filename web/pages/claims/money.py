"""What a person's postings leave in the hand, side by side with the best job near home.

In: a person, perhaps one more posting. Out: a page; nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from matcher.choosing.seat import seat_of
from matcher.choosing.survey import alternatives, survey
from matcher.claims.kinds import kind_of
from matcher.claims.money.desk import Earned, MoneyDesk, OfferMoney, against, money_desk
from matcher.claims.money.in_hand import MoneyLine
from matcher.claims.money.span import Span
from matcher.domain.casenumber import case_number
from matcher.office import Office, UnitOfWork
from web.auth import scope
from web.config import the_office
from web.forms import asked
from web.phrases import language, t

bp = Blueprint("money", __name__, url_prefix="/money")
COSTS = frozenset({"BOARD", "LODGING", "ROAD"})


@dataclass(frozen=True, slots=True)
class Card:
    """One posting on the page; `low` and `high` are where its bar begins and ends, in hundredths of the longest."""

    offer: OfferMoney
    title: str
    bar: tuple[int, int] | None


@bp.get("/<int:key>")
def person(key: int) -> str:
    """The money of one person's postings."""
    office, mine, wanted = the_office(), scope(), asked("posting", limit=12)
    beside: dict[int, float | None] = {int(wanted): None} if wanted.isdecimal() else {}
    with office.reading() as unit:
        desk = money_desk(office, unit, key, mine, beside=beside)
        if desk.local is None and desk.offers:
            near = _near_home(office, unit, key)
            desk = money_desk(office, unit, key, mine, beside=beside | near)
    chosen = [one for one in desk.others if str(one.posting_key) == wanted]
    offers = [*desk.offers, *chosen]
    shown = [*offers, desk.local] if desk.local and desk.local not in offers else offers
    return render_template(
        "claims/money.html",
        key=key,
        case_no=case_number(key),
        worker=desk.worker,
        cards=_cards(desk, shown),
        local=desk.local,
        earned=desk.earned,
        aloud=aloud(desk, offers),
        span_text=span_text,
        line_text=line_text,
        line_name=line_name,
    )


def _near_home(office: Office, unit: UnitOfWork, key: int) -> dict[int, float | None]:
    """The next best postings of the market with their kilometres, to look for one near home."""
    mine = scope()
    seat = seat_of(office, unit, key, division=mine.division, villages=mine.villages)
    return {match.posting_key: match.distance_km for match in alternatives(seat, survey(seat))}


def _cards(desk: MoneyDesk, offers: list[OfferMoney]) -> list[Card]:
    """The postings with their bars, to one scale."""
    most = max((end for one in offers for end in (one.money.total.high, one.money.total.low) if end), default=0.0)
    return [Card(one, _title(desk, one), _bar(one.money.total, most)) for one in offers]


def _title(desk: MoneyDesk, offer: OfferMoney) -> str:
    """What a card is called."""
    if offer.rank:
        return t("PAGE_MONEY_PLACE", rank=offer.rank)
    return t("PAGE_MONEY_LOCAL" if desk.local is offer else "PAGE_MONEY_ASKED")


def _bar(total: Span, most: float) -> tuple[int, int] | None:
    """Where a bar begins and how long it is, 0–100; nothing where an end is unknown."""
    if total.low is None or total.high is None or most <= 0:
        return None
    low, high = (max(0, min(100, round(100 * end / most))) for end in (total.low, total.high))
    return low, max(2, high - low)


def aloud(desk: MoneyDesk, offers: list[OfferMoney]) -> list[str]:
    """What is read to somebody: the best posting, the one near home, and how that compares with before."""
    best = max(offers, key=lambda one: (one.money.total.low is not None, one.money.total.low or 0.0), default=None)
    if best is None:
        return []
    total = best.money.total
    shape = "SURE" if total.known else "FROM" if total.low is not None else "UPTO" if total.high is not None else "OPEN"
    said = [t(f"MONEY_READ_{shape}", title=best.title, low=_yuan(total.low), high=_yuan(total.high))]
    if desk.earned is not None and total.known:
        said.append(_compared(total, desk.earned))
    local = desk.local
    if local is not None and local is not best and local.money.total.known:
        near = local.money.total
        said.append(t("MONEY_READ_LOCAL", title=local.title, low=_yuan(near.low), high=_yuan(near.high)))
    return said


def _compared(total: Span, earned: Earned) -> str:
    """A posting beside what was earned."""
    more, then = against(total, earned.yuan), t("MONEY_THEN_NOW" if earned.now else "MONEY_THEN_BEFORE")
    shape = "MORE" if (more.low or 0) > 0 else "LESS" if (more.high or 0) < 0 else "BETWEEN"
    return t(f"MONEY_READ_{shape}", then=then, yuan=_yuan(earned.yuan), low=_yuan(more.low))


def span_text(span: Span) -> str:
    """A range of yuan as people say it."""
    if span.low is None and span.high is None:
        return t("MONEY_OPEN")
    if span.low is None or span.high is None:
        code = "MONEY_UPTO" if span.low is None else "MONEY_FROM"
        return t(code, low=_yuan(span.low), high=_yuan(span.high))
    code = "MONEY_ONE" if round(span.low) == round(span.high) else "MONEY_RANGE"
    return t(code, low=_yuan(span.low), high=_yuan(span.high))


def line_text(line: MoneyLine) -> str:
    """What a line adds or takes."""
    if line.code not in COSTS:
        return f"+ {span_text(line.span)}" if line.code != "PAY" and line.counted else span_text(line.span)
    cost = line.span.minus()
    if cost.low == cost.high == 0:
        return t("MONEY_NOTHING")
    return t("MONEY_OPEN") if cost.high is None else f"− {span_text(cost)}"


def line_name(line: MoneyLine) -> str:
    """What a line is called."""
    return t(f"MONEY_LINE_{line.code}") if line.code in {*COSTS, "PAY"} else kind_of(line.code).name(language())


def _yuan(value: float | None) -> str:
    """Whole yuan with thousands apart."""
    return "" if value is None else f"{round(value):,}".replace("-", "−")
