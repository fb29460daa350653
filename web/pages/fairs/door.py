"""The door of a fair: find, check in, let in, ask what is missing, hand over the way through the hall.

In: a code, a name, initials, the end of a phone number; or three lines about somebody new. Out: parts of one page that
stays open all day.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.fairs import Fair, Visitor
from matcher.domain.worker import Sex
from matcher.fairs.door import (
    Understood,
    WalkIn,
    check_in,
    complete,
    enter_known,
    find,
    in_hall_order,
    is_code,
    known_people,
    missing,
    not_coming,
    walk_in,
)
from matcher.office import UnitOfWork
from web.auth import room_pass
from web.config import the_office
from web.forms import asked, chosen, typed, typed_key
from web.pages.fairs.common import actor, fair_here, page_or_part, the_fair
from web.phrases import t

bp = Blueprint("door", __name__)
Page = str | tuple[str, int]
SEXES = tuple(sex.value for sex in Sex)
MOST_VILLAGES = 400


def told(page: Callable[[int], str]) -> Callable[[int], Page]:
    """What is refused at the door is said in place: nothing that was typed is lost."""

    @wraps(page)
    def answer(key: int) -> Page:
        try:
            return page(key)
        except InputRefused as refused:
            return _page(key, "fairs/_note.html", note=refused.message), 400

    return answer


@bp.get("/fairs/<int:key>/door")
def index(key: int) -> str:
    """The page that stays open at the door."""
    return _page(key)


@bp.post("/fairs/<int:key>/door/find")
@told
def look(key: int) -> str:
    """Whoever fits what was typed; a code checks in at once."""
    text = typed("text", limit=40)
    fair = fair_here(key)
    if is_code(text):
        with the_office().reading() as unit:
            found = find(unit, fair, text)
        if found:
            return _card(fair, check_in(the_office(), fair, found[0].key, actor=actor()))
    return _list(fair, text)


def _list(fair: Fair, text: str) -> str:
    """Who fits what was typed."""
    with the_office().reading() as unit:
        found = find(unit, fair, text)
        others = [] if len(found) > 3 else known_people(unit, fair, text, whole=room_pass() is not None)
    return _page(fair.key, "fairs/_found.html", text=text, found=found, others=others)


@bp.post("/fairs/<int:key>/door/in")
@told
def come_in(key: int) -> str:
    """One of the list has arrived, or the wrong line was tapped."""
    fair, visitor_key = fair_here(key), typed_key("visitor") or 0
    if typed("away"):
        not_coming(the_office(), fair, visitor_key, away=typed("away") == "1", actor=actor())
        return _list(fair, "")
    visitor = check_in(the_office(), fair, visitor_key, actor=actor(), back=typed("back") == "1")
    return _list(fair, visitor.name) if typed("back") == "1" else _card(fair, visitor)


@bp.post("/fairs/<int:key>/door/known")
@told
def known(key: int) -> str:
    """Somebody of the office's own list who was not invited; a room entered by PIN has to know the whole name."""
    fair, worker = fair_here(key), typed_key("worker") or 0
    if room_pass() is not None:
        with the_office().reading() as unit:
            named = known_people(unit, fair, typed("text", limit=40), whole=True)
        if worker not in {one.worker_key for one in named}:
            raise RecordNotFound("没有这个人，或没有写全姓名")
    return _card(fair, enter_known(the_office(), fair, worker, actor=actor()))


@bp.post("/fairs/<int:key>/door/new")
@told
def new(key: int) -> str:
    """Somebody nobody knows: three lines, understood and matched at once."""
    fair = fair_here(key)
    said = WalkIn(
        name=typed("name", limit=40),
        village=typed("village", limit=40),
        can_do=typed("can_do", limit=300),
        sex=chosen(typed("sex", limit=10), SEXES),
        age=_age(),
        phone=typed("phone", limit=20),
    )
    entered = walk_in(the_office(), fair, said, actor=actor())
    return _card(fair, entered.visitor, understood=entered.understood, only_ask=entered.only_ask)


@bp.post("/fairs/<int:key>/door/more")
@told
def more(key: int) -> str:
    """What was missing."""
    fair = fair_here(key)
    sex = chosen(typed("sex", limit=10), SEXES)
    visitor = complete(
        the_office(),
        fair,
        typed_key("visitor") or 0,
        sex=sex,
        age=_age(),
        phone=typed("phone", limit=20),
        actor=actor(),
    )
    return _card(fair, visitor)


@bp.get("/fairs/<int:key>/door/counts")
def counts(key: int) -> Response:
    """How many are here; asked every few seconds."""
    return jsonify({name: value for name, value in _counts(key).items() if isinstance(value, int)})


@bp.get("/fairs/<int:key>/door/slip")
def slip(key: int) -> str:
    """The way through the hall on a small sheet, to print or to read aloud."""
    text = asked("visitor", limit=10)
    with the_office().reading() as unit:
        fair = the_fair(unit, key)
        visitor = unit.fairs.visitors.get(key, int(text) if text.isdecimal() else 0)
        stops = route_of(unit, fair, visitor)
    return render_template("fairs/slip.html", fair=fair, visitor=visitor, stops=stops)


def route_of(unit: UnitOfWork, fair: Fair, visitor: Visitor) -> list[dict[str, object]]:
    """The stops of a visitor with booth, posting and why."""
    booths = {one.key: one for one in unit.fairs.booths.of(fair.key)}
    placed = unit.fairs.booths.postings(fair.key)
    booth_of = {one.posting_key: booths[one.booth_key] for one in reversed(placed)}
    stops = in_hall_order(visitor, [one.posting_key for one in placed])
    stored = unit.postings.many([stop.posting_key for stop in stops])
    return [
        {"booth": booth_of[stop.posting_key], "posting": stored[stop.posting_key].value, "why": stop.reasons}
        for stop in stops
        if stop.posting_key in stored
    ]


def _age() -> int | None:
    """An age in years."""
    text = typed("age", limit=3)
    if text and not text.isdecimal():
        raise InputRefused(t("FAIR_BAD_AGE"))
    return int(text) if text else None


def _card(fair: Fair, visitor: Visitor, *, understood: Understood | None = None, only_ask: bool = False) -> str:
    """Somebody in the hall with the way through it."""
    with the_office().reading() as unit:
        stops = route_of(unit, fair, visitor)
    return _page(
        fair.key,
        "fairs/_arrived.html",
        visitor=visitor,
        stops=stops,
        lacks=missing(visitor),
        understood=understood,
        only_ask=only_ask,
        sexes=SEXES,
    )


def _counts(key: int) -> dict[str, object]:
    """The fair and its counts."""
    with the_office().reading() as unit:
        fair = the_fair(unit, key)
        invited, arrived, walk_ins = unit.fairs.visitors.counts(key)
    return {"fair": fair, "invited": invited, "arrived": arrived, "walk_ins": walk_ins}


def _page(key: int, part: str = "fairs/_ready.html", **values: object) -> str:
    """The page of the door, or its changing part."""
    shown = _counts(key)
    with the_office().reading() as unit:
        villages = sorted(unit.fairs.visitors.homes(key))[:MOST_VILLAGES]
    by_pin = room_pass() is not None
    lock_seconds = the_office().policy.at(the_office().today()).whole("fairs.lock_minutes") * 60 if by_pin else 0
    return page_or_part(
        "fairs/door.html",
        part,
        part=part,
        villages=villages,
        by_pin=by_pin,
        lock_seconds=lock_seconds,
        sexes=SEXES,
        **shown,
        **{name: value for name, value in values.items() if name != "sexes"},
    )
