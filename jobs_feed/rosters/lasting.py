"""Rosters that still say what a change of life has made out of date.

In: a draft, and the fields that changes have set of the person it is. Out: the draft as of today: where the roster says
the old name, phone, village or guide, it says the new one; where it says a third one, the roster knows better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from matcher.domain.division import Place
from matcher.domain.intake.life import Field
from matcher.domain.worker import Worker
from matcher.reference.name_forms import plain_name, plain_village
from matcher.store.identities import normal_phone

_PLAIN: Mapping[str, Callable[[str], str]] = {
    "name": plain_name,
    "phone": normal_phone,
    "village": plain_village,
    "guide_name": str.strip,
}


def brought_up(draft: Worker, changes: Sequence[Field]) -> Worker:
    """A draft with what has changed since; changes oldest first, so that one may lead to the next."""
    values: dict[str, Any] = {}
    for one in changes:
        now = replace(draft, **values)
        if one.name == "home":
            was = msgspec.json.decode(one.was, type=Place)
            if now.home.code and now.home.code == was.code:
                values["home"] = msgspec.json.decode(one.now, type=Place)
        elif getattr(now, one.name) and _PLAIN[one.name](getattr(now, one.name)) == _PLAIN[one.name](one.was):
            values[one.name] = one.now
    return replace(draft, **values) if values else draft
