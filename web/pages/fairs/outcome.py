"""A booth of a fair: who is expected, who is here, and what came of it, in a few taps.

In: a booth, a person, a result. Out: pages with large buttons for a tablet.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import BOOTH_RESULTS, Fair, FairResult, Unsuited, Visitor
from matcher.fairs.booth import people_at, record, take_back
from matcher.fairs.door import find
from matcher.office import UnitOfWork
from web.auth import room_pass
from web.config import the_office
from web.forms import asked, chosen, typed, typed_key
from web.pages.fairs.common import actor, fair_here, shown_name, the_fair
from web.phrases import t

bp = Blueprint("booth", __name__)
RESULTS = tuple(result.value for result in BOOTH_RESULTS)
REASONS = tuple(reason.value for reason in Unsuited)


@bp.get("/fairs/<int:key>/booth")
def index(key: int) -> str:
    """Which booth this is; with one chosen, its people, and one of them with the buttons."""
    with the_office().reading() as unit:
        fair = the_fair(unit, key)
        booths = unit.fairs.booths.of(key)
        booth_key = _asked_key("booth")
        if not booth_key:
            placed = unit.fairs.booths.postings(key)
            many = {one.key: sum(at.booth_key == one.key for at in placed) for one in booths}
            return render_template(
                "fairs/booths.html", fair=fair, booths=booths, many=many, by_pin=room_pass() is not None
            )
        return _booth_page(unit, fair, booth_key, visitor_key=_asked_key("visitor"))


@bp.post("/fairs/<int:key>/booth/find")
def look(key: int) -> str | Response:
    """Somebody whose way did not lead here: by the code of the paper, or the name said aloud."""
    text, booth_key = typed("text", limit=40), typed_key("booth") or 0
    with the_office().reading() as unit:
        fair = the_fair(unit, key)
        found = find(unit, fair, text)
        if len(found) == 1:
            return redirect(url_for("booth.index", key=key, booth=booth_key, visitor=found[0].key))
        return _booth_page(unit, fair, booth_key, found=found, note="" if found else t("FAIR_NOBODY_FOUND"))


@bp.post("/fairs/<int:key>/booth/note")
def note(key: int) -> Response:
    """One tap: what came of it."""
    booth_key, visitor_key = typed_key("booth") or 0, typed_key("visitor") or 0
    place_key, result = typed_key("place") or 0, chosen(typed("result", limit=20), RESULTS)
    reason = chosen(typed("reason", limit=20), REASONS)
    if typed("back") == "1":
        take_back(the_office(), fair_here(key), visitor_key, place_key, actor=actor())
        flash(t("FAIR_RESULT_GONE"), "done")
        return redirect(url_for("booth.index", key=key, booth=booth_key, visitor=visitor_key))
    if reason:
        result = FairResult.UNSUITED.value
    if not result:
        raise InputRefused(t("FAIR_NO_RESULT"))
    fair = fair_here(key)
    record(
        the_office(), fair, visitor_key, place_key, FairResult(result), reason=reason, note=typed("words", limit=200),
        actor=actor(),
    )  # fmt: skip
    with the_office().reading() as unit:
        who = shown_name(unit.fairs.visitors.get(key, visitor_key))
    flash(t("FAIR_NOTED", name=who, result=t(f"FAIR_RESULT_{result.upper()}")), "done")
    return redirect(url_for("booth.index", key=key, booth=booth_key))


def _booth_page(
    unit: UnitOfWork,
    fair: Fair,
    booth_key: int,
    *,
    visitor_key: int = 0,
    found: list[Visitor] | None = None,
    note: str = "",
) -> str:
    """The people of one booth."""
    booth = unit.fairs.booths.get(fair.key, booth_key)
    visitors = unit.fairs.visitors.of(fair.key)
    here = people_at(unit, fair, booth_key, visitors)
    placed = [one for one in unit.fairs.booths.postings(fair.key) if one.booth_key == booth_key]
    stored = unit.postings.many([one.posting_key for one in placed])
    chosen_one = next((one for one in visitors if one.key == visitor_key), None)
    results = {one.booth_posting_key: one for one in unit.fairs.results.of_visitor(visitor_key)} if chosen_one else {}
    return render_template(
        "fairs/booth.html",
        fair=fair,
        booth=booth,
        people=here,
        waiting=[one for one in here if not one.results],
        done=[one for one in here if one.results],
        places=[(one, stored[one.posting_key].value) for one in placed if one.posting_key in stored],
        expected={stop.posting_key for stop in chosen_one.facts.route} if chosen_one else set(),
        person=chosen_one,
        results=results,
        found=found,
        note=note,
        shown_name=shown_name,
        choices=RESULTS,
        reasons=REASONS,
        by_pin=room_pass() is not None,
        lock_seconds=the_office().policy.at(the_office().today()).whole("fairs.lock_minutes") * 60,
    )


def _asked_key(name: str) -> int:
    """A key from the address, 0 where there is none."""
    text = asked(name, limit=10)
    return int(text) if text.isdecimal() else 0
