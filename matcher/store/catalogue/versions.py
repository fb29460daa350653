"""Versions of offers and of questions that staff entered: added, never changed, with who and when.

In: records. Out: the same again, oldest first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Table, func, insert, select

from matcher.domain.service.policies.catalogue import Item, KeptItem, QuestionAnswer
from matcher.domain.service.policies.plain_items import as_item, as_question, item_plain, question_plain
from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import CATALOGUE_QUESTION, CATALOGUE_VERSION


def _last(context: StoreContext, table: Table) -> int:
    """The key of the newest row: changes whenever one is added."""
    return int(context.connection.scalar(select(func.max(table.c.key))) or 0)


def _add(context: StoreContext, table: Table, code: str, body: dict[str, Any]) -> int:
    """Adds a row; its key."""
    row = {
        "uid": new_uid(),
        "code": code,
        "body": body,
        "actor": context.actor,
        "recorded_at": context.clock(),
    }
    inserted = context.connection.execute(insert(table).values(row)).inserted_primary_key
    return int(inserted[0]) if inserted is not None else 0


class CatalogueVersions:
    """The table of versions of offers."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def version(self) -> int:
        """Changes whenever a version is entered."""
        return _last(self._context, CATALOGUE_VERSION)

    def add(self, item: Item) -> int:
        """Enters a version; its key."""
        return _add(self._context, CATALOGUE_VERSION, item.code, item_plain(item))

    def all(self) -> tuple[KeptItem, ...]:
        """Every version entered, in the order they were."""
        c = CATALOGUE_VERSION.c
        rows = self._context.connection.execute(select(c.key, c.body, c.actor, c.recorded_at).order_by(c.key))
        return tuple(
            KeptItem(key=key, item=as_item(body), actor=actor, recorded_at=moment) for key, body, actor, moment in rows
        )


class CatalogueQuestions:
    """The table of questions with their answers; the newest of a code counts."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, asked: QuestionAnswer) -> int:
        """Enters a question, or a better answer to one; its key."""
        return _add(self._context, CATALOGUE_QUESTION, asked.code, question_plain(asked))

    def next_number(self) -> int:
        """A number no question of this office has."""
        return _last(self._context, CATALOGUE_QUESTION) + 1

    def all(self) -> tuple[QuestionAnswer, ...]:
        """Every entry, oldest first."""
        c = CATALOGUE_QUESTION.c
        rows = self._context.connection.execute(select(c.key, c.body, c.actor, c.recorded_at).order_by(c.key))
        return tuple(
            replace(as_question(body), key=key, actor=actor, recorded_at=moment) for key, body, actor, moment in rows
        )
