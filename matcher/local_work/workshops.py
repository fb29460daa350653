"""Workers of a workshop, one by one: what awards per head are reckoned from.

In: an office, an account's scope, what was typed. Out: the change, whole or not at all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.local_work import Member, Said, SiteKind, Stage
from matcher.listings import Scope
from matcher.local_work.refusing import LocalRefused
from matcher.local_work.register import seen_site
from matcher.office import Office
from matcher.store.store import UnitOfWork

_WORKSHOPS = frozenset({SiteKind.WORKSHOP})


def take_on(
    office: Office, key: int, worker_key: int, scope: Scope, *, since: date, monthly_yuan: int | None, actor: str
) -> int:
    """Somebody works at a workshop; the key of the entry."""
    if since > office.today():
        raise LocalRefused("LOCAL_STARTS_LATER")
    with office.unit(actor) as unit:
        seen_site(unit, key, scope, kinds=_WORKSHOPS)
        unit.workers.get(worker_key, division=scope.division, villages=scope.villages)
        members = unit.local_work.members
        everywhere = members.of_people([worker_key]).get(worker_key, ())
        if any(one.stage is Stage.SERVING for one in everywhere):
            raise LocalRefused("LOCAL_ALREADY_SOMEWHERE")
        member = Member(
            site_key=key,
            worker_key=worker_key,
            stage=Stage.SERVING,
            started_on=since,
            said=Said(monthly_yuan=monthly_yuan),
        )
        made = members.add(member)
        unit.audit.note("workshop_worker", subject=f"worker:{worker_key}", fields=f"site:{key}")
    return made


def leave(office: Office, key: int, member_key: int, scope: Scope, *, on: date | None, actor: str) -> None:
    """Somebody no longer works there since a day; no day = was put down by mistake, or has not left after all."""
    with office.unit(actor) as unit:
        member = _of_workshop(unit, key, member_key, scope)
        if on is None and member.ended_on is None:
            unit.local_work.members.remove(member_key)
        elif on is None:
            unit.local_work.members.change(replace(member, stage=Stage.SERVING, ended_on=None))
        elif on > office.today() or (member.started_on is not None and on < member.started_on):
            raise LocalRefused("LOCAL_BAD_END")
        else:
            unit.local_work.members.change(replace(member, stage=Stage.ENDED, ended_on=on))
        unit.audit.note("workshop_worker_left", subject=f"worker:{member.worker_key}", fields=f"site:{key}")


def _of_workshop(unit: UnitOfWork, key: int, member_key: int, scope: Scope) -> Member:
    """Somebody of a workshop within the scope."""
    seen_site(unit, key, scope, kinds=_WORKSHOPS)
    member = unit.local_work.members.get(member_key)
    if member.site_key != key:
        raise RecordNotFound("没有这条记录", ref=str(member_key))
    unit.workers.get(member.worker_key, division=scope.division, villages=scope.villages)
    return member
