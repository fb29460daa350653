"""How heavy the work is and what burdens it carries.

In: the passages of an advert and its main occupation. Out: load 1–4, the hazards of the occupation and of the text,
and those of the occupation that the text denies (“无夜班”).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.posting import Shift
from matcher.reading.folding import fold
from matcher.reading.passages import Passage
from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words
from matcher.reference.lexicon import Lexicon, Occupation

USUAL = 0.7
"""How sure a hazard is that stands only in the table of occupations."""
SHORTEST = 2
"""A single character such as 背 stands in too many other words."""
LOAD_COLUMN = "劳动强度"
SEATED, LIGHT = 1, 2
_UNKNOWN: Fact[int] = Fact()
_COMPANY = re.compile(words("hazard.company"))
_PRODUCT = re.compile(r"间(?!作)|[一-龥]{0,3}的?(?:企业|厂家|经销商|门市)")
_NOT_NOW = re.compile(words("hazard.not_now"))
_PART_OF_OTHER = re.compile(words("hazard.part_of_other"))
"""Words that hold the name of a burden and mean something else: 自卸车."""
_BY_MACHINE = re.compile(words("load.by_machine"))
"""What a machine lifts its driver need not."""
_DENIED = re.compile(rf"{words('hazard.denied')}[^,。;\n]{{0,3}}\Z")
_CLAUSE = re.compile(r"[。;!\n]")
_COLUMN_LOADS = tuple((load, re.compile(words(f"load.{load}"))) for load in (4, 1, 2, 3))
_TEXT_LOADS = tuple((load, sifted(words(f"load.text{load}"))) for load in (2, 1, 4, 3))
_SITTING = sifted(words("load.text1"))
_FIGURE = re.compile(r"\s*(?P<n>[1-4])\s*级?\s*\Z")


@dataclass(frozen=True, slots=True)
class Burden:
    """Hazards that stand and hazards that are denied."""

    present: tuple[LinkedTerm, ...]
    absent: tuple[LinkedTerm, ...]


class _Words:
    """Words of all hazards; a word of several stands for all of them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._codes: dict[str, list[str]] = {}
        for hazard in lexicon.hazards.values():
            for word in hazard.aliases:
                if len(word) >= SHORTEST:
                    self._codes.setdefault(fold(word).text, []).append(hazard.code)
        lengths: dict[str, set[int]] = {}
        for word in self._codes:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, int, list[str]]]:
        """(start, end, hazards) of every word, the longest at each place."""
        heads = self._lengths
        for start, head in enumerate(map(add, text, text[1:])):
            if head in heads:
                for length in heads[head]:
                    codes = self._codes.get(text[start : start + length])
                    if codes:
                        yield start, start + length, codes
                        break


@dataclass(frozen=True, slots=True)
class _Same:
    """A lexicon as a cache key: the same object is the same lexicon."""

    lexicon: Lexicon

    def __hash__(self) -> int:
        """Identity."""
        return id(self.lexicon)

    def __eq__(self, other: object) -> bool:
        """Identity."""
        return isinstance(other, _Same) and other.lexicon is self.lexicon


@lru_cache(maxsize=2)
def _words_of(same: _Same) -> _Words:
    """The words of one lexicon, built once."""
    return _Words(same.lexicon)


def read_burden(
    texts: Iterable[Passage],
    lexicon: Lexicon,
    occupation: Occupation | None,
    *,
    named: tuple[Evidence, ...],
    shift: Fact[Shift],
    night: Fact[bool],
) -> Burden:
    """Hazards of the text and the occupation; `named` are the words that name it, `night` says whether there is any."""
    said: dict[str, Evidence] = {}
    denied: dict[str, Evidence] = {}
    for passage in texts:
        _search(passage, _words_of(_Same(lexicon)), said, denied)
    if shift.value is Shift.DAY and shift.evidence:
        denied.setdefault("night", shift.evidence[0])
        said.pop("night", None)
    if night.value is False and shift.value is not Shift.NIGHT:
        denied.setdefault("night", night.evidence[0])
        said.pop("night", None)
    elif shift.value in (Shift.NIGHT, Shift.ROTATING) and shift.evidence:
        said.setdefault("night", shift.evidence[0])
    usual = occupation.hazards if occupation else frozenset()
    present = [LinkedTerm(code, (evidence,)) for code, evidence in said.items()]
    present += [LinkedTerm(code, named, USUAL) for code in sorted(usual) if code not in said and code not in denied]
    absent = [LinkedTerm(code, (evidence,)) for code, evidence in denied.items() if code not in said]
    return Burden(tuple(present), tuple(absent))


_ON_ONES_FEET = frozenset({"standing"})


def sitting(burden: Burden, told: Evidence) -> Burden:
    """Work that is said to be done sitting, without the standing its trade usually asks for."""
    kept = tuple(term for term in burden.present if term.code not in _ON_ONES_FEET or term.confidence != USUAL)
    gone = tuple(LinkedTerm(term.code, (told,)) for term in burden.present if term not in kept)
    return Burden(kept, burden.absent + gone)


def _search(passage: Passage, table: _Words, said: dict[str, Evidence], denied: dict[str, Evidence]) -> None:
    """Add what one passage says."""
    text = passage.text
    for start, end, codes in table.find(text):
        if _PRODUCT.match(text[end : end + 8]) or _NOT_NOW.match(text[end : end + 8]):
            continue
        if _PART_OF_OTHER.search(text[max(0, start - 2) : end + 2]):
            continue
        before = text[max(0, start - 10) : start]
        target = denied if _DENIED.search(before) else said
        if target is said and _COMPANY.search(_sentence_before(text, start)):
            continue
        for code in codes:
            target.setdefault(code, passage.evidence(start, end))


def _sentence_before(text: str, start: int) -> str:
    """The sentence up to a place, at most 40 characters of it."""
    return _CLAUSE.split(text[max(0, start - 40) : start])[-1]


def read_load(texts: Sequence[Passage], occupation: Occupation | None, *, named: tuple[Evidence, ...]) -> Fact[int]:
    """Load by the column, the text, or the occupation; column and text that differ by two contradict each other."""
    column = next((_column_load(passage) for passage in texts if passage.field == LOAD_COLUMN), _UNKNOWN)
    text = next((fact for passage in texts if (fact := _text_load(passage)).value is not None), _UNKNOWN)
    if column.value is not None:
        seated = _seated(column, texts, occupation)
        if seated is not None:
            return Fact(SEATED, column.evidence + seated)
        apart = text.value is not None and abs(text.value - column.value) >= 2
        return Fact(column.value, column.evidence + (text.evidence if apart else ()), apart)
    if text.value is not None and not (text.value > LIGHT and _lifted_by_machine(text, occupation)):
        return text
    return Fact(occupation.load, named) if occupation else Fact()


def _lifted_by_machine(text: Fact[int], occupation: Occupation | None) -> bool:
    """Whether words of lifting are those of a light trade with a machine: “叉车司机…铝锭转运、码垛”."""
    drives = occupation is not None and occupation.load <= LIGHT and "vehicle" in occupation.hazards
    return drives and all(_BY_MACHINE.fullmatch(words_said.words) for words_said in text.evidence)


def _seated(column: Fact[int], texts: Sequence[Passage], occupation: Occupation | None) -> tuple[Evidence, ...] | None:
    """What says that work called light is done sitting: the text, or a trade that is; None where nothing does."""
    if column.value != LIGHT:
        return None
    for passage in texts:
        match = _SITTING.search(passage.text) if passage.field != LOAD_COLUMN else None
        if match:
            return (passage.evidence(*match.span()),)
    sits = occupation is not None and occupation.load == SEATED and "standing" not in occupation.hazards
    return () if sits else None


def _column_load(passage: Passage) -> Fact[int]:
    """轻, 中, 重 or a figure."""
    figure = _FIGURE.match(passage.text)
    if figure:
        return Fact(int(figure["n"]), (passage.evidence(*figure.span()),))
    for load, pattern in _COLUMN_LOADS:
        match = pattern.search(passage.text)
        if match and not _DENIED.search(passage.text[: match.start()]):
            return Fact(load, (passage.evidence(*match.span()),))
    return Fact()


def _text_load(passage: Passage) -> Fact[int]:
    """Plain words on how heavy the work is."""
    if passage.field == LOAD_COLUMN:
        return Fact()
    for load, pattern in _TEXT_LOADS:
        match = pattern.search(passage.text)
        if match and not _DENIED.search(passage.text[max(0, match.start() - 8) : match.start()]):
            return Fact(load, (passage.evidence(*match.span()),))
    return Fact()
