"""Employers a person works for now, or was left unpaid or wronged by: their postings are not suggested to that person.

In: people and postings as rows. Out: per person the postings of such employers, and how the person stands to them.
Names are compared by their core (通辽鼎固建筑劳务有限公司 → 鼎固 and 建筑劳务), since people shorten them (鼎固劳务).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from matcher.columns import PostingColumns, PostingRow, WorkerRow
from matcher.domain.facts import Evidence
from matcher.domain.match import Exclusion
from matcher.domain.worker import WorkStatus
from matcher.reading.negation import clause_at
from matcher.reading.people.cells import sentence_at
from matcher.reading.wordlists import words
from matcher.reference.divisions import load_gazetteer

CORE = 2
"""Characters of a name that tell one firm of a trade from another."""
_FORM = re.compile(words("employer.form"))
_COMMON = re.compile(words("employer.common"))
_PREMISES = re.compile(words("employer.premises"))
_WRONGED = re.compile(words("employer.wronged"))
_SETTLED = re.compile(words("employer.settled"))
_BEFORE = re.compile(words("employer.before"))
_WANTED = re.compile(words("employer.wanted"))
AFTER = 60
"""Characters behind the sentence that names a firm in which it may still be told what went wrong."""
Names = Mapping[str, list[tuple[str, int]]]
"""By the core of a name: what follows it in the name, and the key of a posting."""


def without_known_employers(people: Sequence[WorkerRow], postings: PostingColumns) -> list[WorkerRow]:
    """The people, with postings of employers they are with or were wronged by among those said no to."""
    if not any(_may_tell(row) for row in people):
        return list(people)
    names = _employers(postings)
    found = ((row, frozenset(key for key, _ in _known(row, names))) for row in people)
    return [replace(row, refused_postings=row.refused_postings | keys) if keys else row for row, keys in found]


def exclusion_of(person: WorkerRow, posting: PostingRow) -> Exclusion | None:
    """Why the employer of a posting is no suggestion to a person, if that is so."""
    for _, told in _known(person, _names([posting])):
        return Exclusion("EXCLUDED_EMPLOYER", "BASIS_OWN_WISH", {}, (told,))
    return None


@lru_cache(maxsize=1)
def _employers(postings: PostingColumns) -> Names:
    """The employers of a market, kept while the market is."""
    return _names(postings.rows)


def _names(postings: Iterable[PostingRow]) -> Names:
    """The employers of postings by the cores of their names."""
    names: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in postings:
        core, rest = core_of(row.posting.employer)
        if core:
            names[core].append((rest, row.key))
    return names


@lru_cache(maxsize=65536)
def core_of(employer: str) -> tuple[str, str]:
    """The core of a firm's name and what follows it; "" where the name is a common one, such as 人民医院."""
    name = employer.strip()
    for start, end, _ in load_gazetteer().mentions(name):
        if start == 0:
            name = name[end:].lstrip("市旗县区省")
            break
    name = _FORM.sub("", name)
    if len(name) <= CORE or _COMMON.search(name[: CORE * 2]) or not re.fullmatch(r"[一-龥]+", name[:CORE]):
        return "", ""
    return name[:CORE], name[CORE:]


def _texts(person: WorkerRow) -> Iterator[tuple[str, str, bool]]:
    """Columns and their texts that may tell of an employer, and whether one is told of that did wrong."""
    worker = person.worker
    in_work = worker.work_status is WorkStatus.EMPLOYED and person.track.carries_postings
    for column, text in (("工作经历", worker.experience_text), ("情况说明", worker.remarks)):
        wronged = bool(_WRONGED.search(text))
        if wronged or (in_work and text):
            yield column, text, wronged


def _may_tell(person: WorkerRow) -> bool:
    """Whether a person's texts are worth a look."""
    return next(_texts(person), None) is not None


def _known(person: WorkerRow, names: Names) -> Iterator[tuple[int, Evidence]]:
    """Postings of employers a person is with or was wronged by, with the words that say so."""
    in_work = person.worker.work_status is WorkStatus.EMPLOYED
    for column, text, wronged in _texts(person):
        for at in range(len(text) - CORE):
            firms = names.get(text[at : at + CORE])
            if not firms:
                continue
            first, last = sentence_at(text, at, at + CORE)
            if (wronged and _did_wrong(text[first : last + AFTER])) or (in_work and _still(text, at)):
                told = Evidence(column, text[first:last], private=True)
                yield from ((key, told) for tail, key in firms if _named(text[at + CORE :], tail))


def _did_wrong(told: str) -> bool:
    """Whether what is told around a firm's name is a wrong not made good."""
    return bool(_WRONGED.search(told)) and not _SETTLED.search(told) and not _WANTED.search(told)


def _named(after: str, tail: str) -> bool:
    """Whether the words behind a core are those of the name, or say that a firm is meant."""
    return bool(after[:2]) and (after[:2] in tail or bool(_PREMISES.match(after)))


def _still(text: str, at: int) -> bool:
    """Whether work for the employer named is not told as past."""
    clause = clause_at(text, at)
    return not _BEFORE.search(text[clause.start : clause.end])
