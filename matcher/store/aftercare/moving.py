"""What hangs on a person goes with a person who turns out to be another one, and comes back if that was wrong.

In: two people. Out: the keys of the rows that moved, by table, with which undoing moves them back. Corrections of facts
follow by themselves: they are looked up under the one a record was merged into.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, exists, select, update

from matcher.store.schema import (
    CASE_EVENT,
    CLAIM_PERSON,
    CONCESSION,
    CONTRACT_END,
    EMPLOYMENT_SPELL,
    ENROLMENT,
    FACT_ANSWER,
    FAIR_VISITOR,
    FOLLOW_UP,
    GRADUATE_CONTACT,
    HOLDER_TOLD,
    KEY_ENTRY,
    KEY_LOG,
    LOCAL_MEMBER,
    NOTICE_ISSUE,
    PERSON_REQUEST,
    PLAN_CHOICE,
    PUBLICITY_ENTRY,
    RAIN_DEW,
    RAIN_DEW_TERM,
    RIGHTS_MATTER,
    ROUND_ROW,
    SETTLED_PERSON,
    SLIP_RETURN,
    SPELL_DETAIL,
    SPELL_PROOF,
    SUBSIDY_CLAIM,
    TRAVELLER,
)

TABLES = {
    table.name: table
    for table in (
        SLIP_RETURN,
        EMPLOYMENT_SPELL,
        FOLLOW_UP,
        ROUND_ROW,
        PLAN_CHOICE,
        CONCESSION,
        HOLDER_TOLD,
        ENROLMENT,
        FAIR_VISITOR,
        LOCAL_MEMBER,
        TRAVELLER,
        RIGHTS_MATTER,
        CONTRACT_END,
        SUBSIDY_CLAIM,
        CLAIM_PERSON,
        PUBLICITY_ENTRY,
        KEY_ENTRY,
        KEY_LOG,
        CASE_EVENT,
        SPELL_DETAIL,
        SPELL_PROOF,
        NOTICE_ISSUE,
        FACT_ANSWER,
        PERSON_REQUEST,
        SETTLED_PERSON,
        RAIN_DEW,
        RAIN_DEW_TERM,
        GRADUATE_CONTACT,
    )
}
ONE_OF = {
    ROUND_ROW.name: ROUND_ROW.c.month,
    HOLDER_TOLD.name: HOLDER_TOLD.c.posting_key,
    ENROLMENT.name: ENROLMENT.c.class_key,
    FAIR_VISITOR.name: FAIR_VISITOR.c.fair_key,
    RAIN_DEW_TERM.name: RAIN_DEW_TERM.c.term,
    TRAVELLER.name: TRAVELLER.c.departure_key,
    CLAIM_PERSON.name: CLAIM_PERSON.c.claim_key,
}
"""Tables that hold one row a person of a month, a posting, a class, a fair, a term, a departure, a claim."""
ONCE = frozenset({SETTLED_PERSON.name, RAIN_DEW.name})
"""Tables that hold one row a person and no more."""


def move_rows(connection: Connection, gone_key: int, kept_key: int) -> dict[str, tuple[int, ...]]:
    """Rows of one person become the other's; of what a person has once and both have, each keeps the own one."""
    moved: dict[str, tuple[int, ...]] = {}
    for name, table in TABLES.items():
        theirs = select(table.c.key).where(table.c.worker_key == gone_key)
        if name in ONE_OF:
            own = select(ONE_OF[name]).where(table.c.worker_key == kept_key)
            theirs = theirs.where(ONE_OF[name].not_in(own))
        if name in ONCE:
            theirs = theirs.where(~exists().where(table.c.worker_key == kept_key))
        moved[name] = tuple(connection.scalars(theirs.order_by(table.c.key)))
        _give(connection, name, moved[name], kept_key)
    return {name: keys for name, keys in moved.items() if keys}


def move_back(connection: Connection, moved: Mapping[str, tuple[int, ...]], gone_key: int) -> None:
    """The rows that moved are the other person's again."""
    for name, keys in moved.items():
        _give(connection, name, keys, gone_key)


def _give(connection: Connection, name: str, keys: tuple[int, ...], worker_key: int) -> None:
    """Rows of a table become somebody's."""
    table = TABLES[name]
    for key in keys:
        connection.execute(update(table).where(table.c.key == key).values(worker_key=worker_key))
