"""A fair from nothing: its day and hall, employers at booths, postings at them, what is to be checked, its states.

In: what an organiser enters. Out: the change stored whole; what stands against a posting at a booth, as data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from string import ascii_uppercase

from matcher.domain.account import Account, Role
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.facts import PhraseValue
from matcher.domain.fairs import Booth, BoothPosting, Fair, FairState
from matcher.domain.incoming.trust import PostingCheck, Severity, employer_key
from matcher.domain.posting import PostingState
from matcher.live import closed_because, minimum_not_met
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store import StoredPosting, UnitOfWork
from matcher.stored_rows import posting_row

ORDER = tuple(FairState)
_REF = re.compile(r"[A-Za-z0-9-]{3,40}")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_BOOTH = re.compile(r"[A-Z]{0,2}\d{1,3}")
_LONGEST_FAIR_DAYS = 31
_OVER = frozenset({"STALE", "ENDS_BEFORE"})
"""What keeps a posting of last year's fair from standing at this one."""
LETTERS = tuple(letter for letter in ascii_uppercase if letter not in "IO")
"""Rows of a hall; I and O are read as figures."""


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that stands against a posting at a booth; `blocks` = it may not stand there."""

    code: str
    blocks: bool = False
    args: dict[str, PhraseValue] | None = None
    flag: str = ""
    """The code of a check of trust, where it is one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A posting at a booth with what stands against it."""

    at: BoothPosting
    stored: StoredPosting
    against: tuple[Against, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether it may not stand there."""
        return any(one.blocks for one in self.against)


@dataclass(frozen=True, slots=True)
class BoothView:
    """A booth with its postings."""

    booth: Booth
    standing: tuple[Standing, ...]


def owner_of(account: Account) -> str:
    """Whose fairs an account sees: organisers their own, everybody else those of the division."""
    return account.name if account.role is Role.FAIR_ORGANISER else ""


def seen_fair(unit: UnitOfWork, key: int, account: Account) -> Fair:
    """One fair an account may see."""
    return unit.fairs.get(key, division=account.division, owner=owner_of(account))


def make_fair(office: Office, fair: Fair, *, scope: str, actor: str) -> int:
    """Keeps a new fair; the key."""
    _check(fair, scope)
    with office.unit(actor) as unit:
        key = unit.fairs.add(fair if fair.ref else replace(fair, ref=_fresh_ref(unit, fair)))
        unit.audit.note("fair_made", subject=f"fair:{key}")
    return key


def change_fair(office: Office, fair: Fair, *, scope: str, actor: str, revision: int | None = None) -> None:
    """Keeps what a fair is now."""
    _check(fair, scope)
    with office.unit(actor) as unit:
        unit.fairs.change(fair, expected_revision=revision)
        unit.audit.note("fair_changed", subject=f"fair:{fair.key}")


def _check(fair: Fair, scope: str) -> None:
    """Name, days, hours, place and division make sense."""
    if not fair.name.strip():
        raise InputRefused("招聘会要有名称；没有保存")
    if fair.ref and not _REF.fullmatch(fair.ref):
        raise InputRefused("招聘会编号只能用字母、数字和短横线（3到40个）；没有保存")
    if fair.ends_on < fair.starts_on:
        raise InputRefused("招聘会结束日期早于开始日期；没有保存")
    if fair.ends_on - fair.starts_on > timedelta(days=_LONGEST_FAIR_DAYS):
        raise InputRefused("招聘会最长一个月，请看看日期；没有保存")
    if not (_HOUR.fullmatch(fair.opens_at) and _HOUR.fullmatch(fair.closes_at)) or fair.closes_at <= fair.opens_at:
        raise InputRefused("开始和结束时间要写成 09:00 这样，结束要晚于开始；没有保存")
    if not lies_within(fair.division, scope):
        raise RecordNotFound("这个区划不在您的范围内")


def _fresh_ref(unit: UnitOfWork, fair: Fair) -> str:
    """A reference nobody has: the day, and a number where one fair has it already."""
    taken = {one.ref for one in unit.fairs.all()}
    first = f"{fair.starts_on:%Y%m%d}-{fair.division or 'all'}"
    return next(ref for number in range(1, 1000) if (ref := first if number == 1 else f"{first}-{number}") not in taken)


def move_fair(office: Office, fair: Fair, state: FairState, *, actor: str) -> None:
    """To the next state or one back; a fair opens only with postings that may stand there."""
    if abs(ORDER.index(state) - ORDER.index(fair.state)) != 1:
        raise InputRefused("招聘会的状态要一步一步走；没有改动")
    with office.unit(actor) as unit:
        if state is FairState.OPEN and fair.state is FairState.INVITED:
            views = booth_views(office, unit, fair)
            blocked = [one.stored.value.title for view in views for one in view.standing if one.blocked]
            if blocked:
                named = "、".join(blocked[:3])
                raise InputRefused(f"有岗位不能进场，先处理再开门：{named}；状态没有改动")
        unit.fairs.move(fair, state)
        unit.audit.note("fair_moved", subject=f"fair:{fair.key}", fields=state.value)


def copy_fair(office: Office, fair: Fair, starts_on: date, *, owner: str, actor: str) -> int:
    """Last year's fair again: hall, hours, booths and the postings that still may stand; people are invited anew."""
    days = fair.ends_on - fair.starts_on
    fresh = replace(
        fair, key=0, uid="", ref="", state=FairState.PREPARING, owner=owner, starts_on=starts_on,
        ends_on=starts_on + days, changed_at=None, base_at=None,
    )  # fmt: skip
    with office.unit(actor) as unit:
        key = unit.fairs.add(replace(fresh, ref=_fresh_ref(unit, fresh)))
        made = replace(fresh, key=key)
        for view in booth_views(office, unit, fair):
            copied = replace(view.booth, key=0, uid="", changed_at=None, base_at=None)
            booth_key = unit.fairs.booths.add(key, copied)
            for one in view.standing:
                standing = against(office, unit, made, [one.stored])[one.stored.key]
                if not _blocks(standing) and not any(bad.code in _OVER for bad in standing):
                    unit.fairs.booths.put_posting(booth_key, one.stored.key)
        for stop in unit.fairs.stops(fair.key):
            unit.fairs.put_stop(key, stop)
        unit.audit.note("fair_copied", subject=f"fair:{key}")
    return key


def add_booth(office: Office, fair: Fair, employer: str, *, number: str = "", note: str = "", actor: str) -> int:
    """A booth for an employer, at the end of the hall; the key."""
    employer, number = employer.strip(), number.strip().upper()
    if not employer:
        raise InputRefused("请写用人单位名称；没有保存")
    if number and not _BOOTH.fullmatch(number):
        raise InputRefused("摊位号写成 A01 这样（字母加数字）；没有保存", ref=number)
    with office.unit(actor) as unit:
        booths = unit.fairs.booths.of(fair.key)
        last = max((booth.position for booth in booths), default=0)
        made = Booth(number=number or _next_number(booths), position=last + 1, employer=employer, note=note)
        return unit.fairs.booths.add(fair.key, made)


def _next_number(booths: Sequence[Booth]) -> str:
    """The first number no booth has, after A99 B01."""
    taken = {booth.number for booth in booths}
    numbers = (f"{letter}{number:02d}" for letter in LETTERS for number in range(1, 100))
    return next(number for number in numbers if number not in taken)


def change_booth(office: Office, fair: Fair, booth_key: int, *, number: str, note: str, step: int, actor: str) -> None:
    """Another number or note, or a step to the front (-1) or the back (1) of the hall."""
    number = number.strip().upper()
    if not _BOOTH.fullmatch(number):
        raise InputRefused("摊位号写成 A01 这样（字母加数字）；没有保存", ref=number)
    with office.unit(actor) as unit:
        booths = unit.fairs.booths.of(fair.key)
        booth = unit.fairs.booths.get(fair.key, booth_key)
        if any(one.number == number and one.key != booth_key for one in booths):
            raise InputRefused(f"已经有 {number} 号摊位，没有保存；请换一个号", ref=number)
        unit.fairs.booths.change(replace(booth, number=number, note=note, changed_at=None))
        at = [one.key for one in booths].index(booth_key)
        if 0 <= at + step < len(booths) and step:
            booths[at], booths[at + step] = booths[at + step], booths[at]
            for position, one in enumerate(booths, start=1):
                if one.position != position:
                    kept = replace(one, number=number, note=note) if one.key == booth_key else one
                    unit.fairs.booths.change(replace(kept, position=position, changed_at=None))


def remove_booth(office: Office, fair: Fair, booth_key: int, *, actor: str) -> None:
    """Takes a booth away."""
    with office.unit(actor) as unit:
        unit.fairs.booths.remove(fair.key, booth_key)


def place_postings(office: Office, fair: Fair, booth_key: int, posting_keys: Sequence[int], *, actor: str) -> int:
    """Stands postings at a booth; how many. One that is held may not, and then none is placed."""
    with office.unit(actor) as unit:
        unit.fairs.booths.get(fair.key, booth_key)
        stored = unit.postings.many(posting_keys)
        found = against(office, unit, fair, list(stored.values()))
        for key in posting_keys:
            if key not in stored:
                raise RecordNotFound("没有这条岗位", ref=str(key))
            if _blocks(found[key]):
                raise InputRefused(f"“{stored[key].value.title}”正被暂停推荐，不能进场；先在“岗位核查”里处理，没有保存")
            unit.fairs.booths.put_posting(booth_key, key)
    return len(posting_keys)


def take_posting(office: Office, fair: Fair, booth_key: int, posting_key: int, *, actor: str) -> None:
    """Takes a posting from a booth."""
    with office.unit(actor) as unit:
        unit.fairs.booths.get(fair.key, booth_key)
        unit.fairs.booths.take_posting(booth_key, posting_key)


def booth_views(office: Office, unit: UnitOfWork, fair: Fair) -> list[BoothView]:
    """The booths of a fair in the order of the hall, with their postings and what stands against them."""
    booths, placed = unit.fairs.booths.of(fair.key), unit.fairs.booths.postings(fair.key)
    stored = unit.postings.many(sorted({one.posting_key for one in placed}))
    found = against(office, unit, fair, list(stored.values()))
    return [
        BoothView(
            booth,
            tuple(
                Standing(one, stored[one.posting_key], found[one.posting_key])
                for one in placed
                if one.booth_key == booth.key and one.posting_key in stored
            ),
        )
        for booth in booths
    ]


def against(
    office: Office, unit: UnitOfWork, fair: Fair, postings: Sequence[StoredPosting]
) -> dict[int, tuple[Against, ...]]:
    """What stands against each of some postings at a fair."""
    policy = office.policy.at(office.today())
    checks = unit.checks.many([one.key for one in postings])
    return {one.key: tuple(_against(office, fair, one, checks.get(one.key), policy)) for one in postings}


def _against(
    office: Office, fair: Fair, stored: StoredPosting, check: PostingCheck | None, policy: PolicyAt
) -> list[Against]:
    """What stands against one posting, the worst first."""
    row, posting = posting_row(stored, office), stored.value
    flags = check.flags if check is not None else ()
    held = [Against("FLAG", True, flag.args, flag.code) for flag in flags if flag.severity is Severity.HOLD]
    found = [] if stored.cleared else held
    if stored.state is PostingState.HELD and not found:
        found.append(Against("HELD", True))
    if not found and not stored.cleared and (row.facts.conduct or minimum_not_met(row, policy) is not None):
        found.append(Against("HELD", True))
    if stored.state in {PostingState.FILLED, PostingState.WITHDRAWN}:
        found.append(Against("CLOSED", True))
    found += [Against("FLAG", False, flag.args, flag.code) for flag in flags if flag.severity is not Severity.HOLD]
    closed = closed_because(row, policy)
    if closed is not None and closed.code == "EXCLUDED_STALE":
        found.append(Against("STALE"))
    if posting.deadline is not None and posting.deadline < fair.starts_on:
        found.append(Against("ENDS_BEFORE", False, {"ends_on": posting.deadline.isoformat()}))
    if row.posting.verified_on is None:
        found.append(Against("NOT_VERIFIED"))
    if posting.openings is None:
        found.append(Against("NO_NUMBER"))
    if not posting.wage_text:
        found.append(Against("NO_PAY"))
    return found


def add_employers(office: Office, fair: Fair, employers: Sequence[str], *, actor: str) -> int:
    """A booth for each of some employers with all of its postings that may stand there; how many booths."""
    with office.reading() as unit:
        known = {employer_key(booth.employer) for booth in unit.fairs.booths.of(fair.key)}
        wanted = {name: unit.fairs.booths.open_of(name) for name in employers if employer_key(name) not in known}
        stored = unit.postings.many(sorted({key for keys in wanted.values() for key in keys}))
        found = against(office, unit, fair, list(stored.values()))
    for name, keys in wanted.items():
        booth = add_booth(office, fair, name, actor=actor)
        place_postings(office, fair, booth, [key for key in keys if not _blocks(found[key])], actor=actor)
    return len(wanted)


def _blocks(found: Sequence[Against]) -> bool:
    """Whether any of it keeps a posting away."""
    return any(one.blocks for one in found)


def offered_by(office: Office, unit: UnitOfWork, fair: Fair, booth: Booth) -> list[Standing]:
    """Open postings of a booth's employer that do not stand there yet, with what stands against them."""
    here = {one.posting_key for one in unit.fairs.booths.postings(fair.key) if one.booth_key == booth.key}
    stored = unit.postings.many([key for key in unit.fairs.booths.open_of(booth.employer) if key not in here])
    found = against(office, unit, fair, list(stored.values()))
    return [Standing(BoothPosting(0, booth.key, key), one, found[key]) for key, one in stored.items()]
