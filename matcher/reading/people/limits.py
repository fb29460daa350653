"""What a person cannot do or must be kept from, as constraint codes.

In: cells and the identity number. Out: constraints of health, law and document with (private) evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from matcher.domain.facts import Evidence
from matcher.domain.worker import Constraint, Sex
from matcher.reading.days import named_days
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.phrases.tables import LIMITS, Hit, find_phrases
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_FROM_CARE = frozenset({"LACTATION", "NO_NIGHT", "NO_OVERTIME", "AT_HOME", "COUPLE_POST", "CONFIDENTIAL"})
"""In the care column a weak body is that of the one cared for; only these limits are the person's."""
_MOTHERS = frozenset({"PREGNANT", "LACTATION"})
_TEXTS = ("health_text", "remarks", "care_text", "experience_text", "skills_text", "wish_text", "wish_place_text")
_MORE = ("certificates_text", "training_wish_text", "risk_reason", "language_text")
_STOOD = {
    "NO_STANDING": ("站|走", re.compile(words("limit.stands"))),
    "NO_COLD_WET": ("[凉冷潮寒冻水]", re.compile(words("limit.stands_cold"))),
}
"""Limits that an illness suggests and that the person may say are none: the word of the limit, and what says so."""
_UNTIL = re.compile(r"(?:到|至|前|内|以内|期满|解除|为止|才能|才给|才还|才到)")
_THREAT = re.compile(words("limit.threat"))
_SOUND = re.compile(words("body.sound"))
_LIGHT = re.compile(r"轻")
_HOMEWARD = re.compile(r"^(?!.*(?:夜班|倒班|熬夜|大夜)).*(?:回|到家|在家)")
_NIGHT_FINE = re.compile(words("night.fine"))


def read_limits(cells: Cells, *, read_on: date, sex: Sex | None) -> Iterator[Constraint]:
    """Limits of health, law and document that the texts state."""
    for cell in cells.get(*_TEXTS, *_MORE):
        for hit in find_phrases(LIMITS, cell):
            for code in hit.codes:
                foreign = cell.field == "家庭照料" and code not in _FROM_CARE
                foreign = foreign or (code == "AT_HOME" and (_one_of_several(cell, hit) or _also(cell, hit)))
                foreign = foreign or (code == "NO_HEAVY" and _only_liked(cells, hit))
                foreign = foreign or (code == "NO_STANDING" and _rather_seated(cells, hit))
                foreign = foreign or (code == "CONFIDENTIAL" and _only_ashamed(cells))
                foreign = foreign or (code in _STOOD and _stood(cells, code, hit))
                foreign = foreign or (code == "NO_NIGHT" and _only_homeward(cell, hit))
                if not foreign and not (code in _MOTHERS and sex is Sex.MALE):
                    yield _constraint(code, hit, read_on)


def _stood(cells: Cells, code: str, hit: Hit) -> bool:
    """Whether what only an ailment suggests is said to be no trouble: “关节炎，站着没事”."""
    key, fine = _STOOD[code]
    suggested = not re.search(key, hit.cell.text[hit.start : hit.end])
    return suggested and any(fine.search(cell.text) for cell in cells.get("health_text", "remarks"))


def _only_homeward(cell: Cell, hit: Hit) -> bool:
    """Whether one to whom nights are fine speaks only of the way home: “黑天白天都行，晚上得回家住”."""
    said = cell.text[hit.start : hit.end]
    return bool(_HOMEWARD.search(said)) and bool(_NIGHT_FINE.search(cell.text))


def _only_ashamed(cells: Cells) -> bool:
    """Whether secrecy is asked about a record alone: its words are never shown anyway, and nobody is in hiding."""
    record = any("NO_SECURITY" in hit.codes for cell in cells.all() for hit in find_phrases(LIMITS, cell))
    return record and not any(_THREAT.search(cell.text) for cell in cells.all())


def _only_liked(cells: Cells, hit: Hit) -> bool:
    """Whether light work is wished by somebody who is said to be sound: “轻快活”, “身子骨好”."""
    light = hit.cell.field == "意向工种" and _LIGHT.search(hit.cell.text[hit.start : hit.end])
    return bool(light) and any(_SOUND.search(cell.text) for cell in cells.get("remarks", "health_text"))


def _rather_seated(cells: Cells, hit: Hit) -> bool:
    """Whether work done sitting is only wished: “想找坐着的”, “坐着的活” among the wishes; not with a child to come."""
    cell = hit.cell
    said = cell.text[hit.start : hit.end]
    if "坐" not in said or re.search(r"站|只能|就能|必须|得坐", said):
        return False
    if any("PREGNANT" in other.codes for one in cells.all() for other in find_phrases(LIMITS, one)):
        return False
    return cell.field == "意向工种" or bool(_WISHED.search(cell.text[: hit.end]))


_WISHED = re.compile(r"(?:想|愿意?|希望|稀罕|乐意|最好)(?:找|干|要|有)?(?:个|点|份)?(?:活)?坐着?[一-龥]{0,3}$")


def _also(cell: Cell, hit: Hit) -> bool:
    """Whether work at home would do as well as other work: “找家门口的，能拿回家做的也行”."""
    return bool(re.match(r"(?:做|干|弄)?(?:的|活)*(?:也|都)(?:行|中|可以|成|好)", cell.text[hit.end :]))


def _one_of_several(cell: Cell, hit: Hit) -> bool:
    """Whether work at home is only one of several wishes: “收银、客服、能拿回家的活”."""
    if cell.field != "意向工种" or "只" in cell.text[max(0, hit.start - 2) : hit.end]:
        return False
    return len(re.split(r"[、,/;]|或", cell.text.strip("、,/; "))) > 1


def _constraint(code: str, hit: Hit, read_on: date) -> Constraint:
    """One limit with its words; limits that end carry the day."""
    evidence = (hit.cell.evidence(hit.start, hit.end, private=hit.private),)
    return Constraint(code=code, until=_until(hit.cell, hit.start, hit.end, read_on), evidence=evidence)


def _until(cell: Cell, start: int, end: int, read_on: date) -> date | None:
    """The day a limit ends, where the sentence says so: “吊销到2027年3月”, “三个月内不能干重活”."""
    first, last = cell.sentence(start, end)
    first, last = max(first, start - 16), min(last, end + 20)
    window = cell.text[first:last]
    for named in named_days(window, read_on):
        around = window[max(0, named.start - 3) : named.end + 3]
        if named.last > read_on and _UNTIL.search(around):
            return named.last
    return None


@lru_cache(maxsize=1)
def _disability_codes() -> dict[str, tuple[str, ...]]:
    """Constraint codes by the kind on a disability card."""
    return {row["kind"]: tuple(row["codes"].split()) for row in read_table("disability_kinds")}


def limits_of_card(kind: str) -> tuple[Constraint, ...]:
    """Limits of function that the kind on a disability card suggests."""
    evidence = (Evidence("身份证号", "", private=True),)
    return tuple(Constraint(code=code, evidence=evidence) for code in _disability_codes().get(kind, ()))


def merged(constraints: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """One constraint a code and value: evidence together, the later end kept, none where one is endless."""
    found: dict[tuple[str, tuple[int, ...]], Constraint] = {}
    for constraint in constraints:
        key = (constraint.code, constraint.values)
        known = found.get(key)
        found[key] = constraint if known is None else _joined(known, constraint)
    return tuple(found[key] for key in sorted(found))


def _joined(one: Constraint, other: Constraint) -> Constraint:
    """Two statements of one limit."""
    until = max(one.until, other.until) if one.until and other.until else None
    since = max(one.since, other.since) if one.since and other.since else one.since or other.since
    return Constraint(
        code=one.code,
        values=one.values,
        since=since,
        until=until,
        evidence=tuple(dict.fromkeys(one.evidence + other.evidence)),
    )
