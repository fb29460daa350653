"""Fields of a request as columns of a template, and what an import says of columns as errors of fields.

In: a struct whose fields name their columns. Out: column → words; problems of a report as `Refused`.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec import Meta, Struct

from jobs_feed.report import ImportReport
from web.api.declared import Ask
from web.errors.problems import FieldProblem, Refused
from web.phrases import t, wording


@lru_cache(maxsize=8)
def column_names(kind: type[Struct]) -> dict[str, str]:
    """Field → column of a struct."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: _column(hints[field.name]) for field in msgspec.structs.fields(kind)}


def _column(hint: Any) -> str:
    """The column a field names."""
    parts = [part for one in (hint, *get_args(hint)) for part in get_args(one)]
    extras = [part.extra for part in parts if isinstance(part, Meta) and part.extra]
    return str(extras[0]["column"])


def columns_of(kind: type[Struct], ask: Ask) -> dict[str, str]:
    """What was sent, by column; what is empty says nothing."""
    return {column: words for field, column in column_names(kind).items() if (words := getattr(ask.body, field))}


def changeable(kind: type[Struct], name: str, *, without: Collection[str] = ()) -> type[Struct]:
    """The same fields for a change of some of them: none is needed, and null empties one."""
    hints = get_type_hints(kind, include_extras=True)
    named = [field.name for field in msgspec.structs.fields(kind) if field.name not in without]
    return msgspec.defstruct(name, [(one, hints[one] | None, None) for one in named], forbid_unknown_fields=True)


def emptied_of(kind: type[Struct], ask: Ask, kept: Collection[str]) -> frozenset[str]:
    """Columns sent as null (RFC 7396); 422 for those that cannot be empty."""
    nulls = {field: column for field, column in column_names(kind).items() if field in ask.sent}
    nulls = {field: column for field, column in nulls.items() if getattr(ask.body, field) is None}
    wrong = [FieldProblem("body", field, t("API_FIELD_KEPT")) for field, column in nulls.items() if column in kept]
    if wrong:
        raise Refused(422, errors=wrong)
    return frozenset(nulls.values())


def sender_of(ask: Ask) -> str:
    """Under whose name a client's records are kept; nobody else's are found by its references."""
    return ask.client.name


def raise_problems(kind: type[Struct], report: ImportReport) -> None:
    """422 with every field that is wrong; nothing was stored."""
    fields = {column: field for field, column in column_names(kind).items()}
    if report.problems:
        errors = [
            FieldProblem("body", fields.get(one.field, one.field), one.sentence(wording())) for one in report.problems
        ]
        raise Refused(422, report.message(wording()) if report.refused else "", errors=errors)
    if report.refused is not None:
        raise Refused(422, report.message(wording()))
