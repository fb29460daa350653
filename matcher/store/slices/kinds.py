"""Which tables travel between offices by file, and what of them.

In: nothing. Out: `KINDS`, in the order they must land. **A table joins with one line**: put a `Kind` into the list,
behind the tables its foreign keys point to. Rows that belong together and are compared as one (the cases of a person)
have an `owner`, the columns that name whose they are; a row that stands for itself needs a `uid` and no owner.
Foreign keys, sealed columns, dates and moments are seen to by their types. Name under `local` what means something
in one database only (keys that are plain numbers, imports), under `quiet` what may differ without being a change.
A column that depends on the key file needs a hook in `keyed`. Only rows of the people (worker_key) or postings
(posting_key) of the slice go; a table with neither goes whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select

from matcher.store.context import Row, StoreContext
from matcher.store.schema import (
    EMPLOYER_MARK,
    MATCH_RUN,
    PERSON_QUESTION,
    PLAN,
    PLAN_ANSWER,
    POSTING,
    POSTING_CHECK,
    SERVICE_CASE,
    TRAINING_CLASS,
    WORKER,
)

Plain = dict[str, Any]
"""A row as it travels: no keys, nothing sealed, JSON only."""
Keyed = Callable[[StoreContext, Row, Plain], Row]
"""Columns made with the keys of the office a row lands in; is given the row and what travelled."""
Told = Callable[[StoreContext, Mapping[str, Any]], Plain]
"""What travels instead of columns made with the keys of the office a row comes from."""


def _nothing_keyed(context: StoreContext, row: Row, plain: Plain) -> Row:
    """No column depends on the key file."""
    return {}


def _nothing_told(context: StoreContext, row: Mapping[str, Any]) -> Plain:
    """Nothing beside the columns."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One table that travels."""

    name: str
    table: Table
    owner: tuple[str, ...] = ()
    """Columns whose rows are one record; none = each row by its uid."""
    local: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    union: bool = False
    """Rows are only ever added: what is here stays, what is new comes, nothing is a conflict."""
    ordered: bool = False
    """The last row of a record is the one that holds, so their order is kept; both sides' rows are never lost."""
    previous: str = ""
    """A column with the key of the row before, which is not a foreign key."""
    keyed: Keyed = field(default=_nothing_keyed)
    told: Told = field(default=_nothing_told)


def _mark_of_question(context: StoreContext, row: Row, plain: Plain) -> Row:
    """What tells a question from others about the same person."""
    return {"mark": context.keys.digest(b"question\x1f" + plain["body"].encode())}


def _answered_text(context: StoreContext, row: Mapping[str, Any]) -> Plain:
    """Whether the posting still says what it said when it was answered."""
    now = context.connection.scalar(select(POSTING.c.digest).where(POSTING.c.key == row["posting_key"]))
    return {"unchanged": now == row["posting_digest"]}


def _digest_answered(context: StoreContext, row: Row, plain: Plain) -> Row:
    """The digest of the posting that was answered, "" where it has changed since."""
    now = context.connection.scalar(select(POSTING.c.digest).where(POSTING.c.key == row["posting_key"]))
    return {"posting_digest": str(now) if plain["unchanged"] else ""}


def _text_checked(context: StoreContext, row: Row, plain: Plain) -> Row:
    """The digest of the text a check looked at: that of the posting as it stands."""
    now = context.connection.scalar(select(POSTING.c.text_digest).where(POSTING.c.key == row["posting_key"]))
    return {"text_digest": str(now or "")}


RUN = Kind(name="run", table=MATCH_RUN, union=True)
JOB = Kind(
    name="posting", table=POSTING, quiet=frozenset({"facts", "taken", "taken_of", "created_at", "updated_at", "uid"})
)
COURSE = Kind(name="class", table=TRAINING_CLASS, quiet=frozenset({"facts", "created_at", "updated_at", "uid"}))
PERSON = Kind(name="worker", table=WORKER, quiet=frozenset({"facts", "number", "created_at", "updated_at"}))
SHEET = Kind(name="plan", table=PLAN, union=True)
ANSWER = Kind(
    name="answer",
    table=PLAN_ANSWER,
    owner=("worker_key", "posting_key"),
    local=frozenset({"posting_digest"}),
    quiet=frozenset({"unchanged"}),
    ordered=True,
    keyed=_digest_answered,
    told=_answered_text,
)
QUESTION = Kind(
    name="question",
    table=PERSON_QUESTION,
    owner=("worker_key", "body"),
    local=frozenset({"mark", "import_key"}),
    quiet=frozenset({"uid", "asked_on"}),
    keyed=_mark_of_question,
)
CASE = Kind(
    name="case",
    table=SERVICE_CASE,
    owner=("worker_key",),
    local=frozenset({"import_key", "closing_import_key", "previous_key"}),
    previous="previous_key",
)
CHECK = Kind(
    name="check",
    table=POSTING_CHECK,
    owner=("posting_key",),
    local=frozenset({"text_digest"}),
    union=True,
    keyed=_text_checked,
)
BARRED = Kind(name="barred", table=EMPLOYER_MARK)

KINDS = (RUN, JOB, COURSE, PERSON, SHEET, ANSWER, QUESTION, CASE, CHECK, BARRED)
BY_NAME = {kind.name: kind for kind in KINDS}
