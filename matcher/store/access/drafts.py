"""What somebody typed and has not sent: kept sealed, one for each account and form, for some days.

In: fields of a form. Out: the same again, to the same account only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import DRAFT
from matcher.store.sealing import place_of

MOST = 40
"""Drafts an account may have; the oldest go first."""
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """Fields of a form as they were typed last."""

    fields: Fields
    saved_at: datetime


class Drafts:
    """The table of drafts inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context, self._connection = context, context.connection

    def put(self, account_key: int, form: str, fields: Fields, *, keep: timedelta) -> None:
        """Keeps what was typed; what is too old or too much goes."""
        c, now = DRAFT.c, self._context.clock()
        self._connection.execute(delete(DRAFT).where(c.saved_at < now - keep))
        uid = self._connection.scalar(select(c.uid).where(self._one(account_key, form)))
        own = str(uid) if uid is not None else new_uid()
        body = self._context.keys.seal(msgspec.json.encode(fields), place_of("draft", "body", own))
        if uid is not None:
            self._connection.execute(update(DRAFT).where(c.uid == own).values(body=body, saved_at=now))
            return
        row = {"uid": own, "account_key": account_key, "form": form, "body": body, "saved_at": now}
        self._connection.execute(insert(DRAFT).values(row))
        mine = select(c.key).where(c.account_key == account_key).order_by(c.saved_at.desc(), c.key.desc())
        old = self._connection.scalars(mine.offset(MOST).limit(MOST)).all()
        if old:
            self._connection.execute(delete(DRAFT).where(c.key.in_(old)))

    def get(self, account_key: int, form: str, *, keep: timedelta) -> Draft | None:
        """What was typed, None where nothing is kept or it is too old."""
        row = self._connection.execute(select(DRAFT).where(self._one(account_key, form))).mappings().first()
        if row is None or row["saved_at"] < self._context.clock() - keep:
            return None
        plain = self._context.keys.unseal(row["body"], place_of("draft", "body", row["uid"]))
        return Draft(msgspec.json.decode(plain, type=Fields), row["saved_at"])

    def drop(self, account_key: int, form: str) -> None:
        """Forgets what was typed: it was sent, or is no longer wanted."""
        self._connection.execute(delete(DRAFT).where(self._one(account_key, form)))

    @staticmethod
    def _one(account_key: int, form: str) -> ColumnElement[bool]:
        """The draft of an account and form."""
        return and_(DRAFT.c.account_key == account_key, DRAFT.c.form == form)
