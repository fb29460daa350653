"""Adverts whose title names several jobs that only the pay column tells apart: 瓦工320一天 钢筋300 小工180.

In: a posting and how to know a job by its name. Out: the jobs, those paid alike together, each with its pay, its head
count and the clauses of the text that name it; what names none of them is said of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jobs_feed.apart import in_order
from jobs_feed.titled import MOST, TitledAdvert, TitledJob, count_of, same_job, title_names
from matcher.domain.posting import Posting

_STOPS = (re.compile(r"[；;\n]"), re.compile(r"[，,]"), re.compile(r"、"), re.compile(r"\s+"))
"""What may stand between the pay of two jobs, the strongest first."""
_PAID = re.compile(
    r"(?P<names>[一-龥]{2,8}(?:[、/和][一-龥]{2,8})*?)(?:每[人个天月])?\s*(?P<pay>\d.*|按[吨件车趟天平方]+.*|计件|面议)"
)
_NAMES = re.compile(r"[、/和]")
_BY_THE_DAY = re.compile(r"[一每]天|/\s*天|日工")
_BARE_DAY = re.compile(r"\d{2,3}(?:-\d{2,3})?")
_LEAST_A_DAY = 100
"""A bare amount from here to 999 is a day's pay: 瓦工350 小工180."""
_PIECES, _CLAUSES = re.compile(r"[^。；;\n!！]+[。；;\n!！]*"), re.compile(r"[^。；;\n!！，,]+[。；;\n!！，,]*")


@dataclass(frozen=True, slots=True)
class _Group:
    """Names of the title paid alike, the words that may name them in the text, and their pay."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    pay: str


def jobs_paid_apart(posting: Posting, known: Callable[[str], str], called: Sequence[str] = ()) -> TitledAdvert | None:
    """The jobs of the title, or those `called`, where the pay column tells every one of them apart, else None."""
    names = list(called) or title_names(posting.title)
    work = [known(name) for name in names]
    if not 2 <= len(names) <= MOST or not all(work) or len(set(work)) < 2:
        return None
    told = (_groups(stop.split(posting.wage_text), names) for stop in _STOPS)
    groups = next((found for found in told if len(found) > 1), ()) or _groups_in_order(posting.wage_text, names)
    if sorted(name for group in groups for name in group.names) != sorted(names):
        return None
    own, common = _told(posting.description, groups)
    jobs = [_job(posting, names, group, text) for group, text in zip(groups, own, strict=True)]
    return TitledAdvert(tuple(jobs), common, "")


def _groups(clauses: Sequence[str], names: list[str]) -> tuple[_Group, ...]:
    """Who is paid what; () where a clause names somebody else than the title."""
    found: list[_Group] = []
    by_day = any(_BY_THE_DAY.search(clause) for clause in clauses)
    for clause in filter(None, map(str.strip, clauses)):
        match = _PAID.fullmatch(clause)
        if match is None:
            if found and not re.search(r"[一-龥]{2,6}\d", clause):
                continue
            return ()
        heads = _NAMES.split(match["names"])
        fitting = tuple(name for name in names if any(same_job(name, head) for head in heads))
        if not fitting:
            return ()
        bare = _BARE_DAY.fullmatch(match["pay"]) and (by_day or int(match["pay"][:3].rstrip("-")) >= _LEAST_A_DAY)
        found.append(_Group(fitting, _words((*fitting, *heads)), match["pay"] + ("/天" if bare else "")))
    return tuple(found)


def _groups_in_order(text: str, names: list[str]) -> tuple[_Group, ...]:
    """A row of pay in the order of the title: 3000/2200/2400."""
    row = in_order(text, len(names))
    return tuple(_Group((name,), _words((name,)), pay) for name, pay in zip(names, row, strict=True)) if row else ()


def _words(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names, and the same without what only says that they are of a person: 做饭的 is 做饭."""
    stems = (name.rstrip("的工员") for name in names)
    return (*names, *(stem for stem in stems if len(stem) > 1))


def _told(text: str, groups: Sequence[_Group]) -> tuple[list[str], str]:
    """(the clauses that name each group, those that name none or several)."""
    own, common = [""] * len(groups), ""
    for piece in _PIECES.findall(text):
        parts = [piece] if len(_named_in(piece, groups)) < 2 else _CLAUSES.findall(piece)
        for part in parts:
            named = _named_in(part, groups)
            if len(named) == 1:
                own[named[0]] += part
            else:
                common += part
    return own, common.strip()


def _named_in(text: str, groups: Sequence[_Group]) -> list[int]:
    """Which groups a stretch of the text names."""
    return [at for at, group in enumerate(groups) if any(word in text for word in group.words)]


def _job(posting: Posting, names: list[str], group: _Group, own: str) -> TitledJob:
    """One posting's share of the advert."""
    counts = [count_of(posting, names, name) for name in group.names]
    openings = sum(count for count in counts if count) or None
    return TitledJob("、".join(group.names), own, group.pay, openings)
