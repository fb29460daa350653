"""A row of a conflict as people read it: sealed bodies opened, keys left out, what counts by its field.

In: a row as it travels. Out: fields and values; the pages have the words for both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from matcher.domain.answer import AnswerKind
from matcher.store.slices.kinds import (
    CARD,
    CHOICE,
    CONCEDED,
    CORRECTION,
    DETAIL,
    GRADUATE,
    LIFE,
    LISTED,
    MEMBER,
    PROOF,
    QUESTION,
    RIDER,
    ROUND,
    SITE,
    SLIP,
    SPELL,
    TRIP,
    Kind,
    Plain,
)
from matcher.store.slices.rows import foreign

Entry = tuple[tuple[str, Any], ...]
"""One row of a list, as fields and values."""
Title = Callable[[str], str]
"""What the posting of a name is called."""
_HIDDEN = frozenset({"uid", "batch", "change_key", "given", "taken", "status_before", "unemployed_before"})
_KEYS = frozenset({"posting_key", "spell_key", "withdrawn_by", "division", "district"})
"""Keys that are no foreign keys, who took something back, and codes: the village says where it is."""


def entry(kind: Kind, plain: Plain, title: Title) -> Entry:
    """A row of a list as it is shown."""
    pointing = {column.name for column in kind.table.columns if foreign(column) is not None}
    told = {name: value for name, value in plain.items() if name not in kind.quiet | pointing | _HIDDEN | _KEYS}
    if "body" in told and kind is not QUESTION:
        told |= _OPENED[kind.name](told.pop("body"))
    if kind is CHOICE:
        told |= {name: title(plain[f"{name}_key"]) for name in ("came", "left") if plain[f"{name}_key"]}
    if kind is LIFE:
        told["life"] = told.pop("kind")
    return tuple((name, value) for name, value in told.items() if name not in _HIDDEN and value not in (None, "", []))


def _slip(body: Plain) -> Plain:
    """Who said it, and every tick with its reasons."""
    return {"said_by": body["said_by"], "ticks": [_tick(kept) for kept in body["ticks"]]}


def _tick(kept: Plain) -> Plain:
    """One tick."""
    told, about = kept["tick"], kept["measure"]
    why = [code for code in told["why"] if code not in kept["dropped"]]
    started = told["started"] if told["kind"] == AnswerKind.STARTED.value else None
    found = {"title": about["title"], "answer": told["kind"], "why": why, "note": told["note"], "started": started}
    return {name: value for name, value in found.items() if value}


def _fields(body: str) -> Plain:
    """A sealed body that is a record."""
    found: Plain = msgspec.json.decode(body)
    return found


def _life(body: str) -> Plain:
    """What a change has set; a place stands as its JSON."""
    found = _fields(body)
    set_to = {one["name"]: one["now"] for one in found["fields"]}
    if "home" in set_to:
        set_to["home"] = _fields(set_to["home"])
    return set_to | {"note": found["note"]}


def _member(body: str) -> Plain:
    """What was written down of somebody at a post."""
    told = _fields(body)
    said: Plain = told["said"]
    return said | {"hours_week": told["hours_week"]}


def _site(body: str) -> Plain:
    """An entry of the register; name, village and state stand in its columns."""
    told = _fields(body)
    outer = {"kind", "name", "division", "village", "state", "origin", "key", "revision", "changed_at", "changed_by"}
    details: Plain = told.pop("details")
    return {name: value for name, value in told.items() if name not in outer} | details


_OPENED: dict[str, Callable[[Any], Plain]] = {
    SLIP.name: _slip,
    SPELL.name: _fields,
    DETAIL.name: _fields,
    PROOF.name: _fields,
    ROUND.name: _fields,
    LISTED.name: _fields,
    CARD.name: _fields,
    LIFE.name: _life,
    CORRECTION.name: lambda body: {"fact": _fields(body)},
    CHOICE.name: _fields,
    GRADUATE.name: _fields,
    SITE.name: _site,
    MEMBER.name: _member,
    TRIP.name: _fields,
    RIDER.name: _fields,
    CONCEDED.name: lambda body: {"switches": msgspec.json.decode(body)},
}
