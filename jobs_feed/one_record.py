"""One person or one posting handed in by itself, on the path of every import.

In: an office, the columns of one row with their words, who hands it in. Out: `Filed`: the record it became, or what is
wrong with which column and nothing stored. Previews, undo, questions and the change list work as for a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jobs_feed.cells import SheetRows
from jobs_feed.columns import names_of
from jobs_feed.filing import AnyDesk, PostingDesk
from jobs_feed.pipeline import ALONE, Alongside, run_import
from jobs_feed.reference import rows_of
from jobs_feed.report import ImportReport
from jobs_feed.rosters import PeopleDesk
from jobs_feed.sources import Handed, ReadFile
from jobs_feed.staging import Staged
from matcher.domain.division import Place, lies_within
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.posting import Posting
from matcher.domain.worker import Worker
from matcher.office import Office
from matcher.store import UnitOfWork

_HOME = ("旗县", "苏木乡镇", "嘎查村")


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one row; of an advert with several jobs every posting has a key."""

    report: ImportReport
    keys: tuple[int, ...] = ()
    review: int | None = None
    """The waiting row where only a person can say who it is."""


class OutOfScope(InputRefused):
    """A person who lives outside what the one who hands it in may see; nothing was stored."""


@dataclass(slots=True)
class OwnPeople:
    """Lets a person through who lives in a scope; with `key`, only this very person at this revision."""

    office: Office
    division: str = ""
    villages: tuple[str, ...] = ()
    key: int | None = None
    revision: int | None = None
    _known: tuple[int, ...] = ()
    _updated: list[int] = field(default_factory=list)

    def check(self, staged: Staged, desk: AnyDesk) -> None:
        """Refuses homes outside the scope, records of people outside it, and somebody else's record."""
        for row in staged.drafts:
            if isinstance(row.draft, Worker) and self.key is None and not self._lives_inside(row.draft):
                raise OutOfScope("这个人的旗县、苏木乡镇或嘎查村不在这个程序的管辖范围内，没有保存")
        self._known = desk.keys if isinstance(desk, PeopleDesk) else ()
        self._updated = [key for key, _ in desk.planned.updates]
        waits = (desk.changes() or {}).get("review")
        if self.key is not None and (set(self._known) - {self.key} or desk.planned.inserts or waits):
            raise InputRefused("这些内容（身份证号、姓名或电话）像是另一个人的，没有保存；请由工作人员核对")
        with self.office.reading() as unit:
            self._all_inside(unit)

    def store(self, unit: UnitOfWork, report: ImportReport) -> None:
        """Refuses what somebody else changed meanwhile, and a person moved out of the scope."""
        self._all_inside(unit)
        if self.revision is not None and self._updated:
            stored = unit.workers.get(self._updated[0])
            if stored.revision != self.revision + 1:
                raise EditConflict("别人刚刚改过这条记录，您的修改没有保存；请看过新内容后再改", ref=str(stored.key))

    def _lives_inside(self, person: Worker) -> bool:
        """Whether a home lies in the scope."""
        return lies_within(person.home.code, self.division) and (not self.villages or person.village in self.villages)

    def _all_inside(self, unit: UnitOfWork) -> None:
        """Refuses records of people outside the scope."""
        for key in self._known:
            try:
                unit.workers.get(key, division=self.division, villages=self.villages)
            except RecordNotFound as outside:
                raise OutOfScope("这个人不在（或将不在）这个程序的管辖范围内，没有保存") from outside


@dataclass(slots=True)
class OwnPosting:
    """Lets a change of this very posting at this revision through."""

    office: Office
    key: int
    revision: int
    _desk: AnyDesk | None = None

    def check(self, staged: Staged, desk: AnyDesk) -> None:
        """Refuses what somebody else changed since it was looked at."""
        self._desk = desk
        with self.office.reading() as unit:
            self._same(unit.postings.get(self.key).revision == self.revision)

    def store(self, unit: UnitOfWork, report: ImportReport) -> None:
        """The same between that look and the transaction."""
        self._same(self._desk is not None and not self._desk.anew)

    def _same(self, same: bool) -> None:
        """Nothing is stored over what somebody else did."""
        if not same:
            raise EditConflict("别人刚刚改过这条记录，您的修改没有保存；请看过新内容后再改", ref=str(self.key))


def columns_of_posting(posting: Posting) -> dict[str, str]:
    """A posting as the row of a list that would give it."""
    told = {
        row["field"]: getattr(posting, row["attribute"]) for row in rows_of("attributes") if row["kind"] == "postings"
    }
    return {"编号": posting.ref} | {field: _words(value) for field, value in told.items()}


def _words(value: object) -> str:
    """A value as a cell has it."""
    if isinstance(value, Place):
        return value.text or value.name
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


@dataclass(slots=True)
class _Watched:
    """Remembers the desk, so that its records can be named afterwards."""

    inner: Alongside
    desk: AnyDesk | None = None

    def check(self, staged: Staged, desk: AnyDesk) -> None:
        """As the inner one says."""
        self.desk = desk
        self.inner.check(staged, desk)

    def store(self, unit: UnitOfWork, report: ImportReport) -> None:
        """As the inner one says."""
        self.inner.store(unit, report)

    def keys(self, unit: UnitOfWork, sender: str) -> tuple[int, ...]:
        """The records of the file, new, changed or as they were."""
        if isinstance(self.desk, PeopleDesk):
            return self.desk.keys
        if not isinstance(self.desk, PostingDesk):
            return ()
        known = unit.postings.by_source(sender)
        return tuple(known[posting.ref].key for posting in self.desk.postings if posting.ref in known)


def file_record(
    office: Office,
    kind: str,
    fields: Mapping[str, str],
    *,
    sender: str,
    actor: str,
    name: str,
    alongside: Alongside = ALONE,
    emptied: frozenset[str] = frozenset(),
) -> Filed:
    """Stores one row, or says what is wrong with it; of what is `emptied` nothing is known from now on."""
    needed = dict.fromkeys(names_of(kind).required, "")
    columns = needed | {column: words for column, words in fields.items() if words}
    sheet = SheetRows(name, rows=[(1, tuple(columns)), (2, tuple(columns.values()))])
    digest = hashlib.sha256(repr((sorted(columns.items()), sorted(emptied))).encode()).hexdigest()
    source = Handed(name, digest, ReadFile(sheets=[sheet]), whole=False, emptied=emptied)
    watched = _Watched(alongside)
    report = run_import(office, kind, source, sender=sender, actor=actor, file_name=name, alongside=watched)
    if report.import_key is None:
        return Filed(report)
    with office.reading() as unit:
        waiting = unit.reviews.open(limit=1, of_import=report.import_key) if kind == "workers" else []
        return Filed(report, watched.keys(unit, sender), waiting[0].key if waiting else None)


def full_home(office: Office, place: Place, village: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Columns of a home of which only a part is told anew, with the rest as it stands."""
    if not any(fields.get(name) for name in _HOME):
        return dict(fields)
    name = office.gazetteer.name
    county, township = (name(code) if code else "" for code in (place.county, place.township))
    return dict(zip(_HOME, (county, township, village), strict=True)) | {k: v for k, v in fields.items() if v}
