"""Where a person lives who is registered elsewhere, and where she will not go.

In: cells, the home of the roster, the gazetteer. Out: the place lived at (“户口在开鲁，人现在市里租房陪读”) and the
places refused (“沈阳不去”, “本旗不行，怕他找上门”), each with its words; a bound (“通辽以外不去”) refuses none by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.domain.division import Place, lies_within
from matcher.domain.facts import Evidence, Fact
from matcher.reading.negation import Polarity, clause_at, folded_polarity, hearsay
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.places.named import city, places_named
from matcher.reading.people.subject import of_other
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words

_LIVING = ("remarks", "care_text", "wish_place_text", "experience_text")
_AVOIDING = ("wish_place_text", "remarks", "wish_text", "care_text")
_LISTED = re.compile(r"[、和跟及与或]|还有|以及")
Named = tuple[int, int, Place]


@lru_cache(maxsize=16)
def _at_end(name: str) -> re.Pattern[str]:
    """The words of a list right before a place, with a few words between."""
    return re.compile(rf"{words(name)}[一-龥]{{0,2}}$")


@lru_cache(maxsize=16)
def _right_before(name: str) -> re.Pattern[str]:
    """The words of a list right before a place."""
    return re.compile(rf"{words(name)}$")


@lru_cache(maxsize=16)
def _follows(name: str) -> re.Pattern[str]:
    """The words of a list right behind a place."""
    return re.compile(words(name))


def lives_at(cells: Cells, tools: ReadingTools, home: Place) -> Fact[Place]:
    """Where the person lives now, if the texts name a place other than the registered home."""
    for cell in cells.get(*_LIVING):
        found = [named for named in places_named(cell, tools, home) if _lives_there(cell, *named[:2])]
        for start, end, place in sorted(found, key=lambda named: -len(named[2].code.rstrip("0"))):
            if place.code and not (home.code and lies_within(home.code, place.code)):
                return Fact(place, (cell.evidence(start, end),))
    return Fact()


def _lives_there(cell: Cell, start: int, end: int) -> bool:
    """Whether the words around a place say that the person lives in it now."""
    clause = clause_at(cell.text, start)
    before, after = cell.text[clause.start : start], cell.text[end : clause.end]
    lead = cell.text[max(0, clause.start - 12) : start] if len(before) <= 2 else before
    stated = _at_end("lives.before").search(lead)
    now = _at_end("lives.now").search(before)
    alone = not after and not _WORKS.search(cell.text[end : end + 9])
    said = bool(stated or (now and (alone or _follows("lives.after").match(after))) or _lodges(before, after))
    if not said or _follows("lives.not").search(before) or _follows("lives.not_after").match(after):
        return False
    if stated and _OTHERS_LIVE.search(lead[: stated.start()]):
        return False
    if stated:  # “住闺女家，甘旗卡” names kin, and is no less one's own
        other = bool(re.search(words("kin"), _COMPANY.sub("", lead[: stated.start()])))
    else:
        other = of_other(cell.text, start, end) or folded_polarity(cell.text, start, end) in _NOT_OWN
    return not other and not hearsay(cell.text, start)


_COMPANY = re.compile(rf"(?:随|跟|和|与|陪)着?[一-龥]?{words('kin')}")
_OTHERS_LIVE = re.compile(r"(?:亲家|[我他她](?:妹|姐|哥|弟|姑|舅|姨|叔)|朋友|同学)$")
_AFRAID = re.compile(r"怕|躲|堵|找上门|闹|离[一-龥]{2,5}?(?:远远|越远)")
"""Of somebody in fear every place is taken as wide as it may be meant."""
_WORKS = re.compile(r"打工|干活|上班|干着|务工|厂|工地")
_NOT_OWN = frozenset({Polarity.OTHER, Polarity.HEARSAY, Polarity.PAST, Polarity.FUTURE, Polarity.NEGATED})


def _lodges(before: str, after: str) -> re.Match[str] | None:
    """A clause that opens with the place and goes on with renting, or staying with kin: “在市里租房陪读”."""
    return _follows("lives.after").match(after) if re.fullmatch(r"(?:人|现|就|都|[他她我])*(?:在)?", before) else None


def avoided_places(cells: Cells, tools: ReadingTools, home: Place) -> tuple[tuple[Place, Evidence], ...]:
    """Places the person will not go to, each once."""
    kept: dict[str, tuple[Place, Evidence]] = {}
    for cell in cells.get(*_AVOIDING):
        for place, told in _avoided(cell, tools, home):
            kept.setdefault(place.code, (place, told))
    return tuple(kept.values())


def _avoided(cell: Cell, tools: ReadingTools, home: Place) -> Iterator[tuple[Place, Evidence]]:
    """Places refused in a cell; the word of refusing stands before the first or behind the last of a list."""
    named = sorted(places_named(cell, tools, home), key=lambda one: one[0])
    for first, last in _runs(cell.text, named):
        group = named[first : last + 1]
        start, end = group[0][0], group[-1][1]
        if _refused(cell, start, end):
            first_char, last_char = cell.sentence(start, end)
            afraid = _AFRAID.search(cell.text[first_char:last_char])
            wide = afraid or any(place.code[:6] == home.code[:6] for _, _, place in group)
            for one, other, place in group:
                if place.code:
                    yield place if wide else city(place, tools, home), cell.evidence(one, other)


def _runs(text: str, named: list[Named]) -> Iterator[tuple[int, int]]:
    """Places named side by side: “沈阳、大连” or “本旗和通辽”."""
    first = 0
    for position in range(len(named)):
        last = position == len(named) - 1
        gap = "" if last else text[named[position][1] : named[position + 1][0]]
        if last or (gap and not _LISTED.fullmatch(gap)):
            yield first, position
            first = position + 1


def _refused(cell: Cell, start: int, end: int) -> bool:
    """Whether the words around a run of places refuse it."""
    clause = clause_at(cell.text, start)
    before, after = cell.text[clause.start : start], cell.text[end : end + 20]
    if _follows("avoid.not_after").match(after) or re.search(r"非$|不出$|没$|不是不[去想]?$", before):
        return False
    lead = _right_before("avoid.before").search(before)
    if lead and lead[0].startswith("除"):
        lead = re.match(
            r"[一-龥]{0,3}?,?(?:哪|别的|其[他它]|剩下|旁的)?[一-龥]{0,4}(?:都|也)(?:行|能|中|可以|去|成)", after
        )
    if not lead and not _follows("avoid.after").match(after):
        return False
    return not of_other(cell.text, start, end) and not hearsay(cell.text, start) and not _others_will(before)


def _others_will(before: str) -> bool:
    """Whether somebody else is said to stay away: “儿子不去北京”."""
    return bool(re.search(rf"{words('kin')}(?:说|也|都|就)?(?:不|死活)", before))
