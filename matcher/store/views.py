"""Lists and counts for pages, straight from the columns that stand in clear.

In: what is wanted and a window of rows. Out: small rows for lists; what is sealed is opened only for the rows shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, exists, func, or_, select, true

from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext, within
from matcher.store.intake.finding import Finding
from matcher.store.schema import PLAN, POSTING, POSTING_LOAD, SAME_MEMBER, TRAINING_CLASS, WORKER
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWanted:
    """Which people: those of a scope, narrowed by what is looked for."""

    scope_division: str = ""
    scope_villages: tuple[str, ...] = ()
    text: str = ""
    division: str = ""
    track: str = ""
    only_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingsWanted:
    """Which postings; `live_on` = open and before the deadline on that day."""

    text: str = ""
    kind: str = ""
    state: str = ""
    division: str = ""
    live_on: date | None = None
    only_unfilled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person of a list; without a current plan `track` is "" and `plan_run` None."""

    key: int
    ref: str
    sender: str
    name: str
    village: str
    place_name: str
    track: str
    matches: int
    missing: int
    has_training: bool
    plan_run: int | None
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """One posting of a list; `recommended` counts current plans that hold it."""

    key: int
    ref: str
    sender: str
    title: str
    employer: str
    place: str
    wage_text: str
    openings: int | None
    recommended: int
    state: str
    deadline: date | None
    kind: str
    occupation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCounts:
    """How many people of a scope have what they are owed."""

    people: int
    planned: int
    owed: int
    complete: int
    short: int
    with_training: int
    printed: int


class Views:
    """The lists inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def people(
        self, wanted: PeopleWanted, *, first: int, size: int, neediest_first: bool = False
    ) -> tuple[list[PersonRow], int]:
        """A window of the people wanted, and how many there are in all."""
        condition = and_(_people_condition(wanted), self._matches(wanted))
        order = (WORKER.c.home_code, WORKER.c.village, WORKER.c.name, WORKER.c.key)
        leading = (PLAN.c.missing.desc(), PLAN.c.priority) if neediest_first else ()
        source = _people_from() if neediest_first or _asks_for_plans(wanted) else WORKER
        keys = select(WORKER.c.key).select_from(source).where(condition)
        rows = self._window(_people_query(), WORKER.c.key, keys.order_by(*leading, *order), first, size)
        return [PersonRow(**row) for row in rows], self._total(keys, rows, first=first, size=size)

    def postings(
        self, wanted: PostingsWanted, *, first: int, size: int, near: str = "", emptiest_first: bool = False
    ) -> tuple[list[PostingRow], int]:
        """A window of the postings wanted, those in `near` first, and how many there are in all."""
        nearby = case((within(POSTING.c.place_code, near), 0), else_=1)
        leading = (_left_open().desc(),) if emptiest_first else (nearby,)
        source = _postings_from() if emptiest_first or wanted.only_unfilled else POSTING
        keys = select(POSTING.c.key).select_from(source).where(_posting_condition(wanted))
        ordered = keys.order_by(*leading, POSTING.c.key.desc())
        rows = self._window(_postings_query(), POSTING.c.key, ordered, first, size)
        return [PostingRow(**row) for row in rows], self._total(keys, rows, first=first, size=size)

    def people_after(self, wanted: PeopleWanted, *, after: int, size: int) -> list[PersonRow]:
        """The people wanted behind a key, in the order they were stored: who comes later stands later."""
        source = _people_from() if _asks_for_plans(wanted) else WORKER
        keys = select(WORKER.c.key).select_from(source).where(_people_condition(wanted), self._matches(wanted))
        ordered = keys.where(WORKER.c.key > after).order_by(WORKER.c.key)
        return [PersonRow(**row) for row in self._window(_people_query(), WORKER.c.key, ordered, 0, size)]

    def postings_after(self, wanted: PostingsWanted, *, after: int, size: int) -> list[PostingRow]:
        """The postings wanted behind a key, in the order they were stored."""
        source = _postings_from() if wanted.only_unfilled else POSTING
        keys = select(POSTING.c.key).select_from(source).where(_posting_condition(wanted), POSTING.c.key > after)
        return [
            PostingRow(**row)
            for row in self._window(_postings_query(), POSTING.c.key, keys.order_by(POSTING.c.key), 0, size)
        ]

    def people_counts(self, wanted: PeopleWanted, owed_tracks: Sequence[str]) -> PeopleCounts:
        """How many of the people wanted have a plan, three postings, a class."""
        owed = PLAN.c.track.in_(owed_tracks)
        tests = {
            "planned": PLAN.c.key.is_not(None),
            "owed": owed,
            "complete": and_(owed, PLAN.c.missing == 0),
            "short": and_(owed, PLAN.c.missing > 0),
            "with_training": and_(owed, PLAN.c.has_training),
            "printed": PLAN.c.printed_on.is_not(None),
        }
        sums = [func.coalesce(func.sum(case((test, 1), else_=0)), 0).label(name) for name, test in tests.items()]
        query = select(func.count().label("people"), *sums).select_from(_people_from())
        row = self._context.connection.execute(query.where(_people_condition(wanted))).mappings().one()
        return PeopleCounts(**{str(name): int(count) for name, count in row.items()})

    def posting_counts(self, wanted: PostingsWanted) -> tuple[int, int]:
        """How many of the postings wanted there are, and how many openings they state."""
        source = _postings_from() if wanted.only_unfilled else POSTING
        query = select(func.count(), func.coalesce(func.sum(POSTING.c.openings), 0)).select_from(source)
        row = self._context.connection.execute(query.where(_posting_condition(wanted))).one()
        return int(row[0]), int(row[1])

    def open_classes(self, as_of: date) -> int:
        """How many classes still take people on a day."""
        closes = func.coalesce(TRAINING_CLASS.c.enrol_until, TRAINING_CLASS.c.starts_on)
        query = select(func.count()).select_from(TRAINING_CLASS).where(or_(closes.is_(None), closes >= as_of))
        return self._context.connection.scalar(query) or 0

    def _matches(self, wanted: PeopleWanted) -> ColumnElement[bool]:
        """Whether a person is who is looked for."""
        words = "".join(wanted.text.split())
        if not words:
            return true()
        return Finding(self._context).condition(words, division=wanted.scope_division, villages=wanted.scope_villages)

    def _window(
        self, query: Select[Any], key: ColumnElement[int], keys: Select[Any], first: int, size: int
    ) -> list[dict[str, Any]]:
        """The rows of some keys of an ordered query, in its order; only those shown are fetched whole."""
        shown = list(self._context.connection.scalars(keys.offset(first).limit(size)))
        rows = self._context.connection.execute(query.where(key.in_(shown))).mappings()
        found = {row["key"]: {str(name): value for name, value in row.items()} for row in rows}
        return [found[one] for one in shown]

    def _total(self, keys: Select[Any], rows: Sequence[object], *, first: int, size: int) -> int:
        """How many keys a query has; a window that is not full at its end tells that without counting."""
        if 0 < len(rows) < size or not (rows or first):
            return first + len(rows)
        return self._context.connection.scalar(keys.with_only_columns(func.count()).order_by(None)) or 0


def _asks_for_plans(wanted: PeopleWanted) -> bool:
    """Whether it takes the plans to tell who is wanted."""
    return bool(wanted.track) or wanted.only_short


def _people_condition(wanted: PeopleWanted) -> ColumnElement[bool]:
    """The people wanted, apart from the text looked for."""
    return and_(
        in_scope(wanted.scope_division, wanted.scope_villages),
        within(WORKER.c.home_code, wanted.division),
        PLAN.c.track == wanted.track if wanted.track else true(),
        PLAN.c.missing > 0 if wanted.only_short else true(),
    )


def _posting_condition(wanted: PostingsWanted) -> ColumnElement[bool]:
    """The postings wanted."""
    words = wanted.text.strip()
    found = or_(
        POSTING.c.title.contains(words, autoescape=True),
        POSTING.c.employer.contains(words, autoescape=True),
        POSTING.c.ref == words,
    )
    return and_(
        found if words else true(),
        POSTING.c.kind == wanted.kind if wanted.kind else true(),
        POSTING.c.state == wanted.state if wanted.state else true(),
        within(POSTING.c.place_code, wanted.division),
        _is_live(wanted.live_on) if wanted.live_on is not None else true(),
        _left_open() > 0 if wanted.only_unfilled else true(),
    )


def _is_live(as_of: date) -> ColumnElement[bool]:
    """Whether a posting can be suggested on a day."""
    return and_(_is_open(POSTING, as_of), ~_stands_behind(as_of))


def _is_open(posting: FromClause, as_of: date) -> ColumnElement[bool]:
    """Whether a posting is open and in time on a day."""
    in_time = or_(posting.c.deadline.is_(None), posting.c.deadline >= as_of)
    return and_(posting.c.state == PostingState.OPEN.value, in_time)


def _stands_behind(as_of: date) -> ColumnElement[bool]:
    """Whether another open advert of the same job is richer, so that the job is counted once."""
    own, other, posting = SAME_MEMBER.alias("own"), SAME_MEMBER.alias("other"), POSTING.alias("richer")
    together = and_(other.c.group_key == own.c.group_key, other.c.rank < own.c.rank)
    richer = and_(posting.c.key == other.c.posting_key, _is_open(posting, as_of))
    return exists().where(own.c.posting_key == POSTING.c.key, together, richer)


def _left_open() -> ColumnElement[int]:
    """How many openings nobody was sent to; a posting without a number counts one while nobody was."""
    return func.coalesce(POSTING.c.openings, 1) - func.coalesce(POSTING_LOAD.c.recommended, 0)


def _people_from() -> FromClause:
    """People with their current plan, if any."""
    return WORKER.outerjoin(PLAN, and_(PLAN.c.worker_key == WORKER.c.key, PLAN.c.current))


def _postings_from() -> FromClause:
    """Postings with how often they stand in current plans."""
    return POSTING.outerjoin(POSTING_LOAD, POSTING_LOAD.c.posting_key == POSTING.c.key)


def _people_query() -> Select[Any]:
    """The columns of `PersonRow`."""
    w = WORKER.c
    return select(
        w.key,
        w.ref,
        w.sender,
        w.name,
        w.village,
        w.home_name.label("place_name"),
        func.coalesce(PLAN.c.track, "").label("track"),
        func.coalesce(PLAN.c.matches, 0).label("matches"),
        func.coalesce(PLAN.c.missing, 0).label("missing"),
        and_(PLAN.c.key.is_not(None), PLAN.c.has_training).label("has_training"),
        PLAN.c.run_key.label("plan_run"),
        func.coalesce(PLAN.c.priority, 0).label("priority"),
    ).select_from(_people_from())


def _postings_query() -> Select[Any]:
    """The columns of `PostingRow`."""
    p = POSTING.c
    return select(
        p.key,
        p.ref,
        p.sender,
        p.title,
        p.employer,
        p.place_name.label("place"),
        p.wage_text,
        p.openings,
        func.coalesce(POSTING_LOAD.c.recommended, 0).label("recommended"),
        p.state,
        p.deadline,
        p.kind,
        p.occupation,
    ).select_from(_postings_from())
