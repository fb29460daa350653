"""Which tables travel between offices by file, and what of them.

In: nothing. Out: `KINDS`, in the order they must land. **A table joins with one line**: put a `Kind` into the list,
behind the tables its foreign keys point to. Rows that belong together and are compared as one (the cases of a person)
have an `owner`, the columns that name whose they are; a row that stands for itself needs a `uid` and no owner.
Foreign keys, sealed columns, dates and moments are seen to by their types. Name under `local` what means something
in one database only (keys that are plain numbers, imports), under `quiet` what may differ without being a change.
A column that depends on the key file needs a hook in `keyed`, one that holds keys inside of it (a sealed body, a list)
a walk in `inner`. Only rows of the people (worker_key), of their slips (return_key) or of the postings (posting_key) of
the slice go, and rows that hang on such rows; of sites and departures those of the place and those people are at; a
table with none of them goes whole. Tables about people that do not go stand in `STAY` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select

from matcher.store.context import Row, StoreContext
from matcher.store.schema import (
    BROKER,
    CASE_EVENT,
    CLASS_EDIT,
    CONCESSION,
    DEPARTURE,
    EMPLOYER_MARK,
    EMPLOYMENT_SPELL,
    ENROLMENT,
    FACT_ANSWER,
    FACT_CORRECTION,
    FOLLOW_UP,
    GRADUATE_CONTACT,
    HOLDER_TOLD,
    KEY_ENTRY,
    KEY_LOG,
    LIFE_CHANGE,
    LOCAL_ATTENDANCE,
    LOCAL_MEMBER,
    LOCAL_REVIEW,
    LOCAL_SITE,
    MATCH_RUN,
    NOTICE_ISSUE,
    PERSON_QUESTION,
    PLAN,
    PLAN_ANSWER,
    PLAN_CHOICE,
    POSTING,
    POSTING_CHECK,
    POSTING_VOICE,
    RAIN_DEW,
    ROUND_EVENT,
    ROUND_ROW,
    SERVICE_CASE,
    SLIP_RETURN,
    SPELL_DETAIL,
    SPELL_PROOF,
    TRAINING_CLASS,
    TRAVELLER,
    WORKER,
)
from matcher.store.slices.pointers import Walk, life_change, one_of, postings, ticks

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
    fades: bool = False
    """A record may be taken away again, which is then said to the other office, too."""
    previous: str = ""
    """A column with the key of the row before, which is not a foreign key."""
    inner: Mapping[str, Walk] = field(default_factory=dict)
    """Columns that hold keys inside of them, and where."""
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


def _whose_post(context: StoreContext, row: Mapping[str, Any]) -> Plain:
    """Whom a month or a review is about: they hang on the post somebody holds."""
    query = select(WORKER.c.uid).join(LOCAL_MEMBER, LOCAL_MEMBER.c.worker_key == WORKER.c.key)
    return {"worker_key": context.connection.scalar(query.where(LOCAL_MEMBER.c.key == row["member_key"])) or ""}


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
SHEET = Kind(name="plan", table=PLAN, union=True, quiet=frozenset({"wishes"}))
"""With a plan comes the class it names (plan_class), with one that counts the work its person wishes (worker_wish)."""
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
RECORDED = Kind(name="broker", table=BROKER, union=True)

SLIP = Kind(name="slip", table=SLIP_RETURN, inner={"body": ticks})
VOICE = Kind(name="voice", table=POSTING_VOICE, owner=("return_key",), union=True)
SPELL = Kind(
    name="spell",
    table=EMPLOYMENT_SPELL,
    owner=("worker_key", "posting_key", "started_on"),
    quiet=frozenset({"uid", "actor", "recorded_at"}),
    fades=True,
)
CALL = Kind(
    name="call", table=FOLLOW_UP, owner=("spell_key", "after_days"), quiet=frozenset({"uid", "done_by", "recorded_at"})
)
ROUND = Kind(
    name="round",
    table=ROUND_ROW,
    owner=("worker_key", "month"),
    quiet=frozenset({"uid", "confirmed_on", "actor", "recorded_at"}),
)
EVENT = Kind(name="event", table=CASE_EVENT, union=True)
DETAIL = Kind(name="detail", table=SPELL_DETAIL)
PROOF = Kind(name="proof", table=SPELL_PROOF)
MONTH = Kind(name="month", table=ROUND_EVENT, union=True)
LIFE = Kind(name="life", table=LIFE_CHANGE)
CORRECTION = Kind(
    name="correction",
    table=FACT_CORRECTION,
    owner=("worker_key",),
    ordered=True,
    inner={"change_key": life_change},
)
SEAT = Kind(
    name="enrolment",
    table=ENROLMENT,
    owner=("worker_key", "class_key"),
    quiet=frozenset({"actor", "changed_at"}),
    fades=True,
)
EDIT = Kind(name="edit", table=CLASS_EDIT, owner=("class_key",), quiet=frozenset({"actor", "edited_at"}), fades=True)
CHOICE = Kind(
    name="choice",
    table=PLAN_CHOICE,
    owner=("worker_key",),
    ordered=True,
    inner={"given": postings, "taken": postings},
)
CONCEDED = Kind(
    name="concession",
    table=CONCESSION,
    owner=("worker_key",),
    quiet=frozenset({"uid", "actor", "recorded_at"}),
    ordered=True,
)
TOLD = Kind(
    name="told",
    table=HOLDER_TOLD,
    owner=("worker_key", "posting_key"),
    quiet=frozenset({"told_on", "actor", "recorded_at"}),
    fades=True,
)
NOTICE = Kind(name="notice", table=NOTICE_ISSUE, union=True)
FACT = Kind(name="fact", table=FACT_ANSWER, owner=("worker_key",), union=True)

GRADUATE = Kind(
    name="rain_dew", table=RAIN_DEW, owner=("worker_key",), quiet=frozenset({"uid", "actor", "changed_at", "revision"})
)
TALK = Kind(name="talk", table=GRADUATE_CONTACT, union=True, quiet=frozenset({"actor", "recorded_at"}))
LISTED = Kind(
    name="key_entry",
    table=KEY_ENTRY,
    owner=("worker_key", "entered_on"),
    quiet=frozenset({"uid", "actor", "recorded_at"}),
)
CARD = Kind(name="key_log", table=KEY_LOG)

_WRITTEN = frozenset({"uid", "actor", "changed_at", "recorded_at"})
SITE = Kind(name="site", table=LOCAL_SITE, local=frozenset({"revision"}), quiet=_WRITTEN - {"uid"})
MEMBER = Kind(
    name="member",
    table=LOCAL_MEMBER,
    owner=("worker_key", "site_key"),
    local=frozenset({"revision"}),
    quiet=_WRITTEN,
    fades=True,
)
DAYS = Kind(
    name="attendance",
    table=LOCAL_ATTENDANCE,
    owner=("member_key", "month"),
    quiet=_WRITTEN | {"worker_key"},
    fades=True,
    told=_whose_post,
)
REVIEW = Kind(
    name="review",
    table=LOCAL_REVIEW,
    owner=("member_key", "reviewed_on"),
    quiet=_WRITTEN | {"worker_key"},
    fades=True,
    told=_whose_post,
)
TRIP = Kind(name="departure", table=DEPARTURE, quiet=_WRITTEN - {"uid"}, inner={"posting_key": one_of(POSTING)})
RIDER = Kind(
    name="traveller",
    table=TRAVELLER,
    owner=("worker_key", "departure_key"),
    quiet=_WRITTEN,
    inner={"spell_key": one_of(EMPLOYMENT_SPELL)},
)

KINDS = (
    *(RUN, JOB, COURSE, EDIT, PERSON, SHEET, ANSWER, SLIP, VOICE, SPELL, CALL),
    *(EVENT, DETAIL, PROOF),
    *(ROUND, LIFE, CORRECTION, SEAT),
    *(CHOICE, CONCEDED, TOLD, QUESTION, CASE, CHECK, BARRED),
    RECORDED,
    MONTH,
    NOTICE,
    FACT,
    GRADUATE,
    TALK,
    LISTED,
    CARD,
    *(SITE, MEMBER, DAYS, REVIEW, TRIP, RIDER),
)
BY_NAME = {kind.name: kind for kind in KINDS}

STAY = {
    "worker_wish": "made anew: comes with the plan that counts",
    "opening_taken": "made anew: whoever started takes an opening where the answer lands",
    "person_merge": "how to undo a merge in this database, by its keys; that two are one travels with the person",
    "roster_member": "which rosters of this office name somebody: rosters are read at the office",
    "roster_change": "what a roster of this office changed: the person as changed travels",
    "fair_visitor": "fairs have an exchange of their own, with the tablets at the door",
    "subsidy_claim": "claims are decided, put up and paid at the office; the work they rest on travels",
    "claim_person": "whom an organisation names in its claim: decided at the office",
    "publicity_entry": "what hangs on a notice board: put up and closed at the office",
    "paper": "what a printer here put on paper; that a plan was printed travels with the plan",
    "settled_person": "which settlement somebody lives in is confirmed at the office, where the register is",
    "rain_dew_term": "what was paid for a term is written down at the office, after both publicities",
    "rights_matter": "matters of rights are handled at the office",
    "contract_end": "told at visits to employers, which the office makes",
    "alert_care": "what this office does about its alerts: another office has its own",
    "person_request": "what somebody asked of the office is answered at the office",
    "slice_base": "the exchange itself",
    "slice_conflict": "the exchange itself",
}
"""Tables with a person's key that are not sent, and why."""
