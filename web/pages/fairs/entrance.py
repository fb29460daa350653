"""The entrance to a fair's rooms: six digits, a limited number of tries, a screen that locks.

In: a room and its PIN. Out: a session that opens this room of this fair and nothing else.
"""

from __future__ import annotations

from typing import cast

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.domain.fairs import Room
from matcher.fairs.pins import PinGuard, pin_fits
from matcher.office import Office
from web.auth import enter_room, room_pass, safe_path
from web.config import the_office, web_config
from web.fair_rooms import RoomPass, account_of, lock
from web.forms import chosen, typed
from web.pages.fairs.door import bp
from web.phrases import t

GUARD = "job131-pin-guard"
ROOMS = tuple(room.value for room in Room)
ROOM_PAGES = {Room.DOOR: "door.index", Room.BOOTH: "booth.index"}


def pin_guard(office: Office) -> PinGuard:
    """The count of wrong PINs of one running app."""
    policy = office.policy.at(office.today())
    return PinGuard(
        lambda: web_config().now(), policy.whole("fairs.pin_tries"), 60.0 * policy.number("fairs.pin_wait_minutes")
    )


@bp.get("/fair-room/<int:key>")
def pin(key: int) -> str | Response:
    """Which room, and its PIN; a server that is not for this fair leads to its page."""
    return _page(key) if web_config().fair_key == key else redirect(url_for("fairs.fair", key=key))


@bp.post("/fair-room/<int:key>")
def enter(key: int) -> Response | tuple[str, int]:
    """In with the right PIN; a wrong one counts."""
    guard = cast("PinGuard", current_app.extensions[GUARD])
    device, room = request.remote_addr or "?", Room(chosen(typed("room", limit=10), ROOMS) or Room.DOOR.value)
    _only_here(key)
    if guard.waits(device):
        return _page(key, note=t("FAIR_PIN_WAIT")), 429
    version = pin_fits(the_office(), key, room, typed("pin", limit=20))
    held = RoomPass(key, room, version)
    account = account_of(the_office(), held) if version else None
    if account is None:
        guard.wrong(device)
        return _page(key, note=t("FAIR_PIN_WRONG"), room=room.value), 403
    guard.right(device)
    enter_room(held, account)
    wanted = safe_path(typed("next", limit=200)) if typed("next", limit=200) else ""
    return redirect(wanted or url_for(ROOM_PAGES[room], key=key))


@bp.post("/fairs/<int:key>/lock")
def lock_screen(key: int) -> Response:
    """The screen asks for the PIN again, whoever leaves it."""
    if room_pass() is not None:
        lock()
    return redirect(url_for("door.pin", key=key) if room_pass() is not None else url_for("fairs.fair", key=key))


def _only_here(key: int) -> None:
    """PINs are good only on the server that was started for this fair."""
    if web_config().fair_key != key:
        abort(404)


def _page(key: int, *, note: str = "", room: str = "") -> str:
    """The page of the PIN."""
    _only_here(key)
    with the_office().reading() as unit:
        fair = unit.fairs.get(key)
    held = room_pass()
    return render_template(
        "fairs/pin.html",
        fair=fair,
        note=note,
        room=room or (held.room.value if held is not None else Room.DOOR.value),
        locked=held is not None,
        wanted=safe_path(request.values.get("next", "")) if request.values.get("next") else "",
    )
