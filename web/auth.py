"""Who is signed in, what the role may open, and whose records it may see.

In: accounts of the store, web/access.toml, the session. Out: a gate before every request, and the `Scope` of
the account that every query takes.
"""

from __future__ import annotations

import secrets
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from matcher.coordinators.entry import TRAINED_ONLY, missing_for
from matcher.domain.account import Account, Role
from matcher.domain.errors import RecordNotFound
from matcher.listings import Scope
from web.config import the_office, web_config
from web.fair_rooms import RoomPass, account_of, is_locked, lock, read_pass

DEMO_ID = "demo"
BEFORE_THE_PASSWORD = frozenset({"accounts.password", "accounts.change_password", "entry.sign_out"})
"""What may be opened before a password that somebody else gave was changed."""
BEFORE_THE_TRAINING = BEFORE_THE_PASSWORD | {"coordinators.untrained", "help.index"}
"""What a coordinator may open before a training that was passed is on record."""
DEMO_DIVISION = "150500"
FAIR_OPEN = frozenset(
    {"static", "entry.stylesheet", "entry.alive", "entry.language", "entry.theme", "door.pin", "door.enter"}
)
"""What other devices may ask the server of a fair for without a PIN."""


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the access table."""

    open: bool = False
    roles: frozenset[str] = frozenset()
    scope: str = "none"
    right: str = ""
    """The right a program needs; the token gate of web/api asks for it, no session opens such a route."""
    pin: frozenset[str] = frozenset()
    """Rooms of a fair that are let in with their PIN, to that fair only."""


class Visitor(UserMixin):
    """The account behind a session, or the room of a fair it was opened for with a PIN."""

    def __init__(self, account: Account, session_id: str, room: RoomPass | None = None) -> None:
        self.account = account
        self.session_id = session_id
        self.room = room

    def get_id(self) -> str:
        """What the session remembers: the account, its session version, and a random name of this session."""
        return self.session_id


@lru_cache(maxsize=1)
def access_table() -> dict[str, Access]:
    """Endpoint → who may use it."""
    data = tomllib.loads(files("web").joinpath("access.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[str]] = data["groups"]
    return {
        endpoint: Access(
            open=bool(line.get("open", False)),
            roles=frozenset(groups[line["allow"]]) if "allow" in line else frozenset(),
            scope=line.get("scope", "none"),
            right=line.get("right", ""),
            pin=frozenset(line.get("pin", ())),
        )
        for endpoint, line in data["routes"].items()
    }


def allowed(endpoint: str) -> bool:
    """Whether the signed-in account may open a route; templates ask before they show a link."""
    access = access_table().get(endpoint)
    if access is None:
        return False
    if access.open or not current_user.is_authenticated:
        return access.open
    room = room_pass()
    return signed_in().role.value in access.roles if room is None else room.room.value in access.pin


def room_pass() -> RoomPass | None:
    """The room of a fair this session was opened for with a PIN, None for accounts."""
    held: RoomPass | None = getattr(current_user, "room", None)
    return held


def openable() -> frozenset[str]:
    """The routes the signed-in account may open; the menu shows no others."""
    return frozenset(endpoint for endpoint in access_table() if allowed(endpoint))


def signed_in() -> Account:
    """The account of this request."""
    account: Account = current_user.account
    return account


def scope() -> Scope:
    """The records the account may see: its division, for coordinators only their villages."""
    account = signed_in()
    return Scope(division=account.division, villages=account.villages)


def may_see_identity() -> bool:
    """Whether the role sees ages, masked numbers and texts; a coordinator sees needs only."""
    return signed_in().role in {Role.CITY, Role.BANNER, Role.WINDOW}


def demo_account() -> Account:
    """The account of the demonstration: no password, loopback only, never stored."""
    return Account(key=0, name=DEMO_ID, role=Role.CITY, division=DEMO_DIVISION)


def is_loopback(address: str | None) -> bool:
    """Whether a request came from this very machine."""
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def bearer_token() -> str:
    """The token a program shows in the header, "" for none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def enter(account: Account) -> None:
    """Sign an account in, in a fresh session."""
    session.clear()
    session["began"] = session["seen"] = web_config().now()
    who = DEMO_ID if account.key == 0 else str(account.key)
    login_user(Visitor(account, f"{who}:{account.session_version}:{secrets.token_urlsafe(18)}"))


def enter_room(held: RoomPass, account: Account) -> None:
    """Let somebody with the PIN into a room of a fair, in a fresh session."""
    session.clear()
    session["began"] = session["seen"] = web_config().now()
    login_user(Visitor(account, held.session_id, held))


def leave() -> None:
    """Sign out for good: a copy of the cookie opens nothing from now on; a PIN stays that of its room."""
    if current_user.is_authenticated and current_user.room is None:
        with the_office().unit(actor=signed_in().name) as unit:
            unit.sessions.end(current_user.session_id)
            unit.audit.note("sign_out", subject="account")
    logout_user()
    session.clear()


def _load(session_id: str) -> Visitor | None:
    """The account of a session, looked up at every request so that a disabled one ends at once."""
    held = read_pass(session_id)
    if held is not None:
        stand_in = account_of(the_office(), held)
        return None if stand_in is None else Visitor(stand_in, session_id, held)
    who, _, rest = session_id.partition(":")
    version = rest.partition(":")[0]
    if who == DEMO_ID:
        return Visitor(demo_account(), session_id) if _demo_goes_on(session_id) else None
    if not (who.isdecimal() and version.isdecimal()):
        return None
    try:
        with the_office().reading() as unit:
            account = unit.accounts.of_session(int(who), session_id)
    except RecordNotFound:
        return None
    usable = not account.disabled and account.session_version == int(version)
    return Visitor(account, session_id) if usable else None


def _demo_goes_on(session_id: str) -> bool:
    """Whether a session of the demonstration is still one: on this machine, in demo mode, not signed out of."""
    if not (web_config().demo and is_loopback(request.remote_addr)):
        return False
    with the_office().reading() as unit:
        return not unit.sessions.ended(session_id)


def _timed_out() -> bool:
    """Whether the session was idle too long or is too old; a live one is marked as seen."""
    config, now = web_config(), web_config().now()
    if now - session.get("seen", 0.0) > config.idle_seconds or now - session.get("began", 0.0) > config.session_seconds:
        return True
    if request.headers.get("X-Requested-With") != "poll":
        session["seen"] = now
    return False


def _gate() -> Response | None:
    """Before every request: is the route known, is somebody signed in, may the role open it."""
    if request.endpoint is None:
        return None
    access = access_table().get(request.endpoint)
    if access is None:
        abort(403)
    room = room_pass() if current_user.is_authenticated else None
    if web_config().fair_key and room is None and _from_elsewhere(request.endpoint):
        return redirect(url_for("door.pin", key=web_config().fair_key))
    if access.open or access.right:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in("")
    if room is not None:
        return _room_gate(access, room)
    if _timed_out():
        leave()
        return _to_sign_in("PAGE_SIGN_IN_TIMEOUT")
    if signed_in().role.value not in access.roles:
        abort(403)
    if signed_in().must_change and request.endpoint not in BEFORE_THE_PASSWORD:
        return redirect(url_for("accounts.password"))
    return _training_gate(request.endpoint)


def _training_gate(endpoint: str) -> Response | None:
    """A coordinator whose training nobody has noted is told what to do and sees no records."""
    if signed_in().role is not Role.COORDINATOR or endpoint in BEFORE_THE_TRAINING:
        return None
    office = the_office()
    policy = office.policy.at(office.today())
    if not policy.whole(TRAINED_ONLY):
        return None
    with office.reading() as unit:
        missing = missing_for(unit, signed_in(), policy)
    return redirect(url_for("coordinators.untrained")) if missing else None


def _from_elsewhere(endpoint: str) -> bool:
    """Whether another device asks the server of a fair for anything but a style sheet and the page of the PIN."""
    return endpoint not in FAIR_OPEN and not is_loopback(request.remote_addr)


def _room_gate(access: Access, room: RoomPass) -> Response | None:
    """Before a page of a fair's room: this fair, this room, and touched not long ago."""
    if room.room.value not in access.pin or (request.view_args or {}).get("key") != room.fair_key:
        abort(403)
    config, policy = web_config(), the_office().policy.at(the_office().today())
    if config.now() - session.get("began", 0.0) > config.session_seconds:
        leave()
        return redirect(url_for("door.pin", key=room.fair_key))
    if is_locked(60.0 * policy.number("fairs.lock_minutes")):
        lock()
        wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("door.pin", key=room.fair_key, next=wanted))
    if request.headers.get("X-Requested-With") != "poll":
        session["seen"] = config.now()
    return None


def _to_sign_in(reason: str) -> Response:
    """The sign-in page, remembering where the visitor wanted to go."""
    if reason:
        session["notice"] = reason
    wanted = request.full_path.rstrip("?") if request.method == "GET" else _page_before()
    return redirect(url_for("entry.sign_in", next=wanted))


def _page_before() -> str:
    """The page a form was sent from, so that its draft is found again after signing in."""
    before = urlsplit(request.referrer or "")
    return safe_path(before.path) if before.netloc == request.host else "/"


def safe_path(path: str) -> str:
    """A path of this site, else the home page; browsers leave out tabs and line ends, so that none may stand in it."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain else "/"


def register_auth(app: Flask) -> None:
    """Sessions and the gate."""
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(_load)
    app.before_request(_gate)
