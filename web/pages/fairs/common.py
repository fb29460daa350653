"""What the rooms of a fair share: which fair may be seen, who acts, fragments, words of codes.

In: the key of the address. Out: the fair within the scope of whoever asks; a part of a page where a part was asked for.
"""

from __future__ import annotations

from flask import render_template

from matcher.domain.fairs import Fair, Visitor, masked_name
from matcher.fairs.making import ORDER, seen_fair
from matcher.office import UnitOfWork
from web.auth import room_pass, signed_in
from web.config import the_office
from web.forms import is_part
from web.phrases import language


def the_fair(unit: UnitOfWork, key: int) -> Fair:
    """The fair of the address, for an account within its scope, for a room with its PIN."""
    if room_pass() is not None:
        return unit.fairs.get(key)
    return seen_fair(unit, key, signed_in())


def fair_here(key: int) -> Fair:
    """The fair of the address, read for itself."""
    with the_office().reading() as unit:
        return the_fair(unit, key)


def actor() -> str:
    """Who is said to have done it."""
    return signed_in().name


def page_or_part(whole: str, fragment: str, /, **values: object) -> str:
    """A part of a page where a part was asked for, else the whole page with it."""
    return render_template(fragment if is_part() else whole, **values)


def shown_name(visitor: Visitor) -> str:
    """The name as a booth may read it: whole for staff, 张* where the room was entered with a PIN."""
    return visitor.name if room_pass() is None else masked_name(visitor.name)


def place_name(code: str) -> str:
    """The name of a division."""
    return the_office().gazetteer.name(code, language()) if code else ""


def step_of(fair: Fair) -> int:
    """How far a fair has come, from 0."""
    return ORDER.index(fair.state)
