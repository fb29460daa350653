"""What can be said of each kind of entry, and reading it from what was typed.

In: texts by field name, from a form or a spreadsheet. Out: a `Site`, and the problems by field; figures that
contradict each other are problems, too. Money may be written as 120万 or 1,200,000.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from matcher.domain.facts import Phrase
from matcher.domain.service.around.local_work import (
    DETAILS,
    Details,
    Origin,
    PublicPost,
    ReliefType,
    Site,
    SiteKind,
    SiteState,
)

COMMON = ("name", "division", "village", "place", "state", "origin", "partner")
STATES: dict[SiteKind, tuple[SiteState, ...]] = {
    SiteKind.INDUSTRY: (SiteState.PLANNED, SiteState.RUNNING, SiteState.FINISHED),
    SiteKind.RELIEF: (SiteState.PLANNED, SiteState.RUNNING, SiteState.FINISHED),
    SiteKind.COOPERATIVE: (SiteState.RUNNING, SiteState.FINISHED),
    SiteKind.WORKSHOP: (SiteState.RUNNING, SiteState.PAUSED, SiteState.FINISHED),
    SiteKind.POST: (SiteState.PLANNED, SiteState.RUNNING, SiteState.FINISHED),
}
LONGEST = {"name": 80, "village": 40, "place": 120, "partner": 80, "note": 300, "need_note": 300}
_SHORT = 80
MOST_YUAN = 100_000_000_000
MOST_COUNT = 1_000_000
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(亿|万)?元?")
_TIMES = {"亿": 100_000_000, "万": 10_000, None: 1}
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{5,6}")
NOT_MORE: dict[SiteKind, tuple[tuple[str, str], ...]] = {
    SiteKind.INDUSTRY: (
        ("fund_yuan", "invest_yuan"),
        ("hires_lifted", "hires"),
        ("hires_resettled", "hires"),
    ),
    SiteKind.RELIEF: (
        ("funds_yuan", "invest_yuan"),
        ("labour_planned_yuan", "funds_yuan"),
        ("posts_resettled", "posts"),
        ("hires_lifted", "hires"),
        ("hires_resettled", "hires"),
    ),
    SiteKind.COOPERATIVE: (("members_lifted", "members"), ("members_resettled", "members")),
    SiteKind.WORKSHOP: (("workers_lifted", "workers"), ("workers_resettled", "workers")),
    SiteKind.POST: (("headcount", "need"),),
}
"""Pairs of which the first is part of the second."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be said; `form` = text, note, phone, yuan, count, day, month, yes or a choice."""

    name: str
    form: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSite:
    """What was understood, and what is wrong by field; nothing may be kept while anything is."""

    site: Site
    problems: Mapping[str, Phrase]


def details_fields(kind: SiteKind) -> tuple[Field, ...]:
    """What can be said of a kind beside what all entries have, in the order of its record."""
    return tuple(_field(one.name, str(one.type)) for one in fields(DETAILS[kind]))


def _field(name: str, typed: str) -> Field:
    """The field of an attribute, told by its type and its name."""
    if name == "relief_type":
        return Field(name, "choice", tuple(one.value for one in ReliefType))
    if "date" in typed:
        return Field(name, "day")
    if "bool" in typed:
        return Field(name, "yes")
    if name.startswith("season_"):
        return Field(name, "month")
    if "int" in typed:
        return Field(name, "yuan" if name.endswith("_yuan") else "count")
    return Field(name, name if name in {"note", "phone"} else "note" if name == "need_note" else "text")


def read_site(
    kind: SiteKind, texts: Mapping[str, str], *, before: Site | None = None, revision: int | None = None
) -> ReadSite:
    """An entry as it was typed; `revision` = the one somebody looked at while typing."""
    problems: dict[str, Phrase] = {}
    values: dict[str, Any] = {}
    for one in details_fields(kind):
        values[one.name] = _value(one, texts.get(one.name, "").strip(), problems)
    details: Details = DETAILS[kind](**values)
    name = texts.get("name", "").strip()[: LONGEST["name"]]
    division = texts.get("division", "").strip()
    if not name:
        problems["name"] = Phrase("LOCAL_BAD_NO_NAME", {})
    if not division:
        problems["division"] = Phrase("LOCAL_BAD_NO_DIVISION", {})
    state = texts.get("state", "").strip()
    allowed = [one.value for one in STATES[kind]]
    site = Site(
        kind=kind,
        name=name,
        division=division,
        village=_short(texts, "village"),
        place=_short(texts, "place"),
        state=SiteState(state if state in allowed else allowed[0]),
        origin=Origin.BEIJING if texts.get("origin", "").strip() == Origin.BEIJING.value else Origin.LOCAL,
        partner=_short(texts, "partner"),
        details=details,
    )
    problems |= contradictions(site)
    if before is not None:
        site = replace(site, key=before.key, revision=before.revision if revision is None else revision)
    return ReadSite(site, problems)


def _short(texts: Mapping[str, str], name: str) -> str:
    """A text no longer than its field."""
    return texts.get(name, "").strip()[: LONGEST[name]]


def _value(field: Field, text: str, problems: dict[str, Phrase]) -> Any:
    """What a text says for a field; nonsense is a problem."""
    if field.form in {"text", "note"}:
        return text[: LONGEST.get(field.name, _SHORT)]
    if field.form == "choice":
        return ReliefType(text) if text in field.choices else ReliefType.OTHER
    if field.form == "phone":
        if text and not _PHONE.fullmatch(text):
            problems[field.name] = Phrase("LOCAL_BAD_PHONE", {})
        return text[:20]
    if not text:
        return None
    if field.form == "yes":
        return {"yes": True, "no": False}.get(text)
    read = {"day": _day, "yuan": amount, "count": _count, "month": _month}[field.form]
    value = read(text)
    if value is None:
        problems[field.name] = Phrase(f"LOCAL_BAD_{field.form.upper()}", {"value": text[:20]})
    return value


def _day(text: str) -> date | None:
    """A date, None where it is none."""
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def amount(text: str) -> int | None:
    """An amount in whole yuan, None where the text is none: 1,200,000 · 120万 · 3500元."""
    found = _AMOUNT.fullmatch(text.replace(",", "").replace("，", "").replace(" ", ""))
    if found is None:
        return None
    yuan = round(float(found[1]) * _TIMES[found[2]])
    return yuan if yuan <= MOST_YUAN else None


def _count(text: str) -> int | None:
    """A number of heads, hours or months."""
    plain = text.removesuffix("人").removesuffix("个").strip()
    return int(plain) if plain.isdecimal() and int(plain) <= MOST_COUNT else None


def _month(text: str) -> int | None:
    """A month of the year."""
    plain = text.removesuffix("月")
    return int(plain) if plain.isdecimal() and 1 <= int(plain) <= 12 else None


def contradictions(site: Site) -> dict[str, Phrase]:
    """What cannot be true at once, by the field it is said at."""
    found: dict[str, Phrase] = {}
    for part, whole in NOT_MORE[site.kind]:
        less, more = getattr(site.details, part), getattr(site.details, whole)
        if less is not None and more is not None and less > more:
            found[part] = Phrase(f"LOCAL_OVER_{whole.upper()}", {"part": less, "whole": more})
    starts, ends = getattr(site.details, "starts_on", None), getattr(site.details, "ends_on", None)
    if starts is not None and ends is not None and ends < starts:
        found["ends_on"] = Phrase("LOCAL_ENDS_BEFORE", {})
    if isinstance(site.details, PublicPost):
        cost, budget = site.details.cost_yuan, site.details.budget_yuan
        if "headcount" not in found and cost is not None and budget is not None and cost > budget:
            most = _affordable(site.details)
            found["headcount"] = Phrase("LOCAL_OVER_BUDGET", {"cost": cost, "budget": budget, "most": most})
    return found


def _affordable(post: PublicPost) -> int:
    """How many heads the money is enough for."""
    each = (post.allowance_yuan or 0) * (post.months or 0)
    return (post.budget_yuan or 0) // each if each else 0


def as_texts(site: Site) -> dict[str, str]:
    """An entry as a form shows it."""
    found = {name: str(getattr(site, name)) for name in COMMON}
    return found | {one.name: _as_text(getattr(site.details, one.name)) for one in details_fields(site.kind)}


def _as_text(value: object) -> str:
    """A value as it is typed; nothing where nothing was said."""
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
