"""Places where a person wants to work, and those outside which nothing suits.

In: cells, the home of the roster, the gazetteer. Out: places wished for (“去通辽也行”, “闺女在鲁北，过去找点活”) and
bounds (“只在旗里”, “通辽以外不去”, “霍林郭勒最好，没有通辽也去，再远不去了”), each with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matcher.domain.division import Place
from matcher.domain.facts import Evidence
from matcher.reading.negation import Polarity, clause_at, folded_polarity, hearsay
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.places.named import city, places_named
from matcher.reading.people.subject import of_other
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words

Told = tuple[Place, Evidence]
Named = tuple[int, int, Place]

_ONLY_THERE = re.compile(words("place.only_there"))
_ONLY_BEFORE = re.compile(rf"{words('place.only_before')}\Z")
_ONLY_AFTER = re.compile(rf"{words('place.only_after')}")
_BOUND_AFTER = re.compile(words("place.bound_after"))
_CLOSED = re.compile(words("place.closed"))
_NOT_HERE = re.compile(words("place.not_here"))
_STAYS_IN = re.compile(words("place.stays_in"))
_STAYS_DIGITS = {"旗": 6, "县": 6, "区": 6, "市": 4, "镇": 9, "苏": 9}
_NOT_SAID = frozenset({Polarity.OTHER, Polarity.HEARSAY, Polarity.PAST})
_WAS = re.compile(r"[待干做打住去回学念上][一-龥]{0,2}过|[干待做]了|回来|毕业|出生|手术|看病|家就在")
_KIN_LIVES = re.compile(
    rf"{words('kin')}(?:们|俩|两口子?|一家|现在|都|也|就|家|嫁(?:到|给)?|搬到?|安家)*(?:在|搁|到|去)?[一-龥]{{0,2}}$"
)
_UNBOUND = re.compile(words("place.unbound"))
_KIN_WISHES = re.compile(rf"{words('kin')}(?:就|也|都|非|老|一直|总)*(?:想|要|愿意?|打算|准备|惦记)")
_BUT = re.compile(r"除了?(?:去)?$")
_ELSE_FINE = re.compile(r"都(?:行|中|成|可以|能去|去)")
_ALSO = re.compile(words("place.also"))
_AHEAD = re.compile(rf"{words('place.ahead')}$")
_JOINS = re.compile(words("place.joins"))
_THERE = re.compile(r"(?:就|在|搁|上)?那(?:边|儿|块儿?|头)[一-龥]{0,3}(?:找|干(?!过)|打工|上班)|就在[一-龥]{2,3}了")
_ACCOMPANIES = re.compile(r"陪|伺候|照看|照顾|看孩|带孩|带孙|就(?:在|搁)(?:那|跟前)")


def wanted_places(cells: Cells, tools: ReadingTools, home: Place) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """The places wished for, and those of them (or others) outside which nothing suits."""
    bounds = tuple(_bounds(cells, tools, home))
    places = _each_once((*_places(cells, tools, home), *bounds))
    shut = any(_ONLY_THERE.search(cell.text) for cell in cells.get("wish_place_text"))
    shut = shut or any(_NOT_HERE.search(cell.text) for cell in cells.get("wish_place_text", "remarks"))
    stated = places if shut else ()
    return places, _each_once((*stated, *bounds))


def _places(cells: Cells, tools: ReadingTools, home: Place) -> Iterator[Told]:
    """Places where work is wished, in order, each once."""
    seen: set[str] = set()
    for cell in cells.get("wish_place_text", "wish_text", "remarks"):
        named = tuple(places_named(cell, tools, home))
        for start, end, place in _listed(cell, named):
            if place.code in seen or not place.code:
                continue
            seen.add(place.code)
            yield place, cell.evidence(start, end)
        yield from _beside_kin(cell, named, tools, home, bound=False)


_BESIDE = re.compile(r"[、/和跟或及与]|或者|还有")


def _listed(cell: Cell, named: Iterable[tuple[int, int, Place]]) -> Iterator[tuple[int, int, Place]]:
    """The places wished for, with those listed beside one: “天津、北京二选一”."""
    order = sorted(named, key=lambda one: one[:2])
    wished = [_place_wished(cell, start, end) for start, end, _ in order]
    for place in range(1, len(order)):
        beside = _BESIDE.fullmatch(cell.text[order[place - 1][1] : order[place][0]])
        if beside and wished[place] != wished[place - 1] and cell.field != "意向地区":
            other = place if wished[place - 1] else place - 1
            start, end, _ = order[other]
            wished[other] = folded_polarity(cell.text, start, end) in {Polarity.AFFIRMED, Polarity.FUTURE}
    yield from (one for one, yes in zip(order, wished, strict=True) if yes)


def _bounds(cells: Cells, tools: ReadingTools, home: Place) -> Iterator[Told]:
    """Places outside of which the remarks say no: 通辽以外不去, 就在扎旗境内, 只去北京, 不能出旗."""
    for cell in cells.get("remarks", "wish_place_text", "care_text", "wish_text"):
        named = tuple(places_named(cell, tools, home))
        yield from _beside_kin(cell, named, tools, home, bound=True)
        yield from _closed(cell, named, tools, home)
        for start, end, place in named:
            clause = clause_at(cell.text, start)
            before, after = cell.text[clause.start : start], cell.text[end : max(clause.end, end)]
            bound = (_ONLY_BEFORE.search(before) and _ONLY_AFTER.match(after)) or _BOUND_AFTER.match(after)
            open_end = _UNBOUND.search(before) or (_BUT.search(before) and _ELSE_FINE.search(after))
            other = of_other(cell.text, start, end) or folded_polarity(cell.text, start, end) in _NOT_SAID
            if bound and place.code and not open_end and not other:
                yield place, cell.evidence(start, max(clause.end, end) if len(after) <= 6 else end)
        for found in _STAYS_IN.finditer(cell.text):
            digits = _STAYS_DIGITS.get(found[0][-1], 0)
            code = home.code[:digits].ljust(6, "0") if digits and len(home.code) >= digits else ""
            if code and not of_other(cell.text, found.start(), found.end()):
                yield tools.gazetteer.place(code), cell.evidence(found.start(), found.end())


def _closed(cell: Cell, places: tuple[Named, ...], tools: ReadingTools, home: Place) -> Iterator[Told]:
    """Places of a sentence that goes on to shut out all others: “开鲁、通辽都行，别处不去”."""
    for shut in _CLOSED.finditer(cell.text):
        first, last = cell.sentence(shut.start(), shut.end())
        if hearsay(cell.text, shut.start()) or of_other(cell.text, shut.start(), shut.end()):
            continue
        named = [
            (start, end, place)
            for start, end, place in places
            if first <= start and end <= last and not shut.start() <= start < shut.end()
            if place.code and _meant(cell, start, end)
        ]
        several = len({place.code for _, _, place in named}) > 1
        for start, end, place in named:
            yield city(place, tools, home) if several else place, cell.evidence(start, end)


_DENIED = re.compile(r"^[一-龥]{0,4}?(?:不(?:去|想|行(?!的)|愿|考虑|中)|免谈|算了|(?:以|之)?外|太远)")


def _meant(cell: Cell, start: int, end: int) -> bool:
    """Whether a place is spoken of as one to work in, by the person and of now."""
    clause = clause_at(cell.text, start)
    before, after = cell.text[clause.start : start], cell.text[end : max(clause.end, end)]
    if _WAS.search(before) or _WAS.search(after) or re.search(r"从$|户口|老家|户籍|除了?$|家(?:住|在|就在)$", before):
        return False
    no_fallback = re.sub(r"(?:没有|没|不行|不中)(?:的话|就)?$", "", before)
    if _DENIED.match(after) or re.search(r"[不别没][一-龥]{0,3}$", no_fallback):
        return False
    return folded_polarity(cell.text, start, end) not in _NOT_SAID and not of_other(cell.text, start, end)


def _beside_kin(
    cell: Cell, places: tuple[Named, ...], tools: ReadingTools, home: Place, *, bound: bool
) -> Iterator[Told]:
    """Where kin live whom the person goes to: “儿子在通辽念书，去那边陪着”; a bound where she goes to be with them."""
    for start, end, place in places:
        clause = clause_at(cell.text, start)
        _, last = cell.sentence(start, end)
        there = _THERE.search(cell.text, end, last)
        kin = _KIN_LIVES.search(cell.text[clause.start : start])
        joins = _JOINS.search(cell.text, end, last) if kin else there
        if not (joins and place.code) or (not kin and _WAS.search(cell.text[clause.start : clause.end])):
            continue
        with_them = _ACCOMPANIES.search(cell.text, joins.start(), min(last, joins.end() + 4))
        if (with_them or not bound) and not hearsay(cell.text, start):
            yield city(place, tools, home), cell.evidence(start, joins.end())


def _each_once(places: Iterable[Told]) -> tuple[Told, ...]:
    """Places in order, the first of every code."""
    return tuple({place.code: (place, told) for place, told in reversed(tuple(places))}.values())[::-1]


def _place_wished(cell: Cell, start: int, end: int) -> bool:
    """Whether a place named in a cell is where the person wants to work."""
    if re.search(r"(?:不出|别出|不离|不离开)$", cell.text[:start]):
        return True
    meant = folded_polarity(cell.text, start, end)
    if meant is Polarity.NEGATED or re.match(
        r"(?:以)?外(?!地)|(?:太|有点)?远[一-龥,]{0,3}不", cell.text[end : end + 8]
    ):
        return False
    if cell.field == "意向地区":
        return meant in {Polarity.AFFIRMED, Polarity.FUTURE}
    clause = clause_at(cell.text, start)
    before, after = cell.text[clause.start : start], cell.text[end : max(clause.end, end)]
    if meant in {Polarity.OTHER, Polarity.HEARSAY, Polarity.PAST} or re.search(
        r"从[^,。]{0,4}$|回来|家来|返乡|毕业|打过工", before[-6:] + after
    ):
        return False
    if _KIN_WISHES.search(before):
        return False
    wants = re.search(
        r"(?:想|愿意?|希望|打算|可以?|能|要|考虑|最好|优先|准备)(?:去|到|在|往|回|留)?[一-龥、]{0,8}$", before
    )
    if _ALSO.match(after) or _AHEAD.search(before):
        return True
    return bool(wants) or bool(re.match(r"[一-龥、]{0,8}(?:都|也)(?:行|可以|能去)|就行|优先", after))
