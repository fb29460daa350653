"""Facts corrected at the window: wrong, something else, or also so; remembered, and planned by at once.

In: an office, a person within a scope, and what was said. Out: the correction kept with who said it, and the person's
plan made anew where there was one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from matcher.casework import plan_people
from matcher.domain.errors import InputRefused
from matcher.domain.intake.told import Correction, FactKind
from matcher.intake.choices import code_of
from matcher.listings import Scope
from matcher.office import Office

_CLOCK = re.compile(r"(\d{1,2})(?:[:：点](\d{2})?)?\s*(?:-|—|~|～|到|至)\s*(\d{1,2})(?:[:：点](\d{2})?)?")
_PAIR = re.compile(r"(\d{1,2})\s*月?\s*(?:-|—|~|～|到|至)\s*(\d{1,2})\s*月?")
_WHOLE = re.compile(r"(\d{1,4})")
_DAY_MINUTES = 24 * 60
NUMBERED = ("MAX_KM", "PART_TIME", "HOURS", "SEASONAL")
"""Limits that say how much; their numbers are typed beside them."""


def correct(
    office: Office,
    key: int,
    scope: Scope,
    kind: FactKind,
    *,
    was: str = "",
    words: str = "",
    numbers: str = "",
    until: date | None = None,
    actor: str,
) -> list[int]:
    """One fact: `was` is wrong, is what the words say instead, or without `was` the words are so as well; the keys."""
    now = code_of(office, kind, words, within=_home_of(office, key, scope)) if words else ""
    if not was and not now:
        raise InputRefused("没有写改成什么，没有保存；请从列表里选一个")
    values = values_of(now, numbers) if kind is FactKind.CONSTRAINT else ()
    return tell(office, key, scope, [Correction(kind=kind, was=was, now=now, values=values, until=until)], actor=actor)


def _home_of(office: Office, key: int, scope: Scope) -> str:
    """The division a person lives in, where place names are looked for first."""
    with office.reading() as unit:
        stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
    return stored.value.home.county


def values_of(code: str, numbers: str) -> tuple[int, ...]:
    """The numbers of a limit as typed: 20 (km), 4 (hours), 8:00-15:00, 10-4 (months); InputRefused without them."""
    if code not in NUMBERED:
        return ()
    if code == "HOURS":
        found = _CLOCK.search(numbers)
        if found is not None:
            first, second = (int(found[at]) * 60 + int(found[at + 1] or 0) for at in (1, 3))
            if first < second <= _DAY_MINUTES:
                return first, second
        raise InputRefused("没有写清从几点到几点，没有保存；请写成 8:00-15:00 这样")
    if code == "SEASONAL":
        months = _PAIR.search(numbers)
        pair = (int(months[1]), int(months[2])) if months is not None else (0, 0)
        if all(1 <= month <= 12 for month in pair):
            return pair
        raise InputRefused("没有写清从几月到几月，没有保存；请写成 11-3 这样")
    whole = _WHOLE.search(numbers)
    if whole is None or not int(whole[1]):
        raise InputRefused("没有写数，没有保存；公里数或小时数请写成数字，例如 20")
    return (int(whole[1]),)


def tell(office: Office, key: int, scope: Scope, corrections: Sequence[Correction], *, actor: str) -> list[int]:
    """Keeps what was said of a person, whole or not at all, and plans anew; the keys."""
    with office.unit(actor) as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        keys = [unit.corrections.add(key, one) for one in corrections]
        fields = ",".join(sorted({one.kind.value for one in corrections}))
        unit.audit.note("fact_corrected", subject=f"worker:{key}", fields=fields)
    replan(office, key, actor=actor)
    return keys


def take_back(office: Office, key: int, correction: int, scope: Scope, *, actor: str) -> None:
    """Undoes a correction: what was read stands again."""
    with office.unit(actor) as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        unit.corrections.undo(correction, worker_key=key)
        unit.audit.note("fact_correction_undone", subject=f"worker:{key}")
    replan(office, key, actor=actor)


def replan(office: Office, key: int, *, actor: str, always: bool = False) -> bool:
    """Makes a person's plan anew where there is one, or `always`; never for whom no machine is to plan."""
    with office.reading() as unit:
        worker = unit.workers.get(key).value
        planned = always or unit.plans.current(key) is not None
        by_hand = bool(unit.life.restricted([key]))
    if by_hand or not planned:
        return False
    plan_people(office, worker_ref=f"{worker.sender}:{worker.ref}", actor=actor)
    return True
