"""Names of certificates: a trade, what kind of paper it is, and the class or level beside it.

In: the lexicon's own names of papers and trades, then any folded text. Out: the papers named there, whichever way round
they are written – 焊工特种作业操作证, 特种作业操作证(焊工), 低压、高压电工证 –, and stretches that only look like one:
a skill-level certificate (焊工四级证) is not the licence of the trade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words
from matcher.reference.lexicon import Lexicon

PAPER_KINDS = frozenset({"certificate", "licence", "health_certificate"})
UNGRADED = "ungraded"
"""In the column `level` of skills.csv: a licence that knows no levels, so that a level certificate is another paper."""

_KIND, _LEVEL, _END = words("paper.kind"), words("paper.level"), words("paper.end")
_GRADE = rf"\(?{_LEVEL}(?:[、/]?(?:{_LEVEL}))?\)?"
_TAIL = re.compile(rf"(?:{_GRADE}|{_KIND})*{_END}(?:{_GRADE})?")
_STEM_END = re.compile(rf"(?:{_GRADE}|{_KIND})*{_END}\Z")
_GRADED = re.compile(rf"{_LEVEL}|{words('paper.graded')}")
_LEVEL_BEFORE = re.compile(rf"{_LEVEL}\)?\Z")
_CARRIER = sifted(rf"(?:{_KIND})+{_END}(?:{_GRADE})?")
_OPENING = re.compile(r"\s*[(:\-]\s*|\s+")
_SPECIAL = re.compile(words("paper.special"))
_CLOSING = re.compile(rf"(?:{_KIND})*\)?")
_NOT_A_TRADE = re.compile(rf"{words('paper.not_a_trade')}\Z")
_JOINT = re.compile(r"(?:作业)?(?:[、/,]|和|及|与|加)\Z")
_LIST_OPENS = re.compile(rf"(?:\A|{words('paper.list.opens')})\Z")
_NOT_IN_HAND = re.compile(words("paper.not_in_hand"))
_PERSON = re.compile(rf"{words('paper.person')}\Z")
_CLASSES = r"(?:a[123]|b[12]|c[126]|[de](?![a-z0-9]))"
_DRIVING = sifted(
    rf"(?<![a-z0-9])(?P<before>(?:{_CLASSES}|[de](?=[a-e])|[、/,和]|(?<![a-z0-9])[bc](?=[本照票驾]))+)的?{words('paper.driving')}"
    rf"|(?:{words('paper.driving.before')})\s*(?:[(:]|为|是)?\s*(?P<after>(?:{_CLASSES}|[、/,和])+)\)?(?:证|照|本)?"
)
_ONE_CLASS = re.compile(r"[a-c][1-6]|[b-e]")
_WHOLE_CLASSES = {"b": "b2", "c": "c1", "e": "d"}
_AIM = re.compile(words("paper.aim"))
_AIM_DRIVING = re.compile(rf"(?<=[a-e][1-6]){words('paper.aim.driving')}")


@dataclass(frozen=True, slots=True)
class PapersFound:
    """Papers named in a text as (start, end, code), and stretches where no alias of a paper is believed.

    Those are level certificates, which are another paper, and driving classes, which are read here alone.
    """

    papers: tuple[tuple[int, int, str], ...] = ()
    others: tuple[tuple[int, int], ...] = ()

    def without_others(
        self, found: Iterable[tuple[int, int, str]], papers: Iterable[str]
    ) -> list[tuple[int, int, str]]:
        """What else was found, without licences read inside the name of another paper."""
        codes = frozenset(papers)
        return [
            item
            for item in found
            if item[2] not in codes or not any(item[0] < end and item[1] > start for start, end in self.others)
        ]


class PaperReader:
    """Reads the names of papers of one lexicon."""

    def __init__(self, lexicon: Lexicon, skills: Mapping[str, str], occupations: Mapping[str, str]) -> None:
        self.codes = frozenset(code for code, entry in lexicon.skills.items() if entry.kind in PAPER_KINDS)
        self._ungraded = frozenset(code for code, entry in lexicon.skills.items() if entry.level == UNGRADED)
        self._stems = _stems({alias: code for alias, code in skills.items() if code in self.codes}, occupations)
        self._longest = max(map(len, self._stems), default=0)

    def find(self, text: str) -> PapersFound:
        """All papers a folded text names."""
        if not _MAY_NAME.search(text):
            return PapersFound()
        papers: list[tuple[int, int, str]] = []
        others: list[tuple[int, int]] = []
        named = list(self._named(text))
        carried = [one for one in self._carried(text) if not any(start < one[0] < end for start, end, _ in named)]
        for start, end, code in (*named, *carried):
            if code in self._ungraded and self._graded(text, start, end):
                others.append((max(0, start - 4), end))
            else:
                papers.append((start, end, code))
        driving = list(_driving(text))
        papers.extend(driving)
        others.extend((start, end) for start, end, _ in driving)
        return PapersFound(tuple(papers), tuple(others))

    def names_paper(self, text: str) -> bool:
        """Whether a short phrase is the name of a paper, known or not."""
        return bool(_IS_PAPER.search(text))

    def aimed_at(self, title: str) -> tuple[str, ...]:
        """The papers a folded class title leads to: 低压电工取证班, B2增驾."""
        meant = _AIM_DRIVING.sub("驾照", _AIM.sub("证,", title))
        return tuple(dict.fromkeys(code for _, _, code in self.find(meant).papers)) if meant != title else ()

    def _named(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Trade first: 焊工特种作业操作证, and the trades listed before it."""
        last = 0
        for start in range(len(text)):
            stem = self._stem_at(text, start) if start >= last else ""
            tail = _TAIL.match(text, start + len(stem)) if stem else None
            if tail is None:
                continue
            last = tail.end()
            opened = self._in_brackets(text, last)
            if opened and not (opened[1] != self._stems[stem] and text[last : opened[0]].isascii()):
                yield start, opened[0], opened[1]
            else:  # 拖拉机驾驶证(G2): the class of a tractor, not of a boiler
                yield start, last, self._stems[stem]
            yield from self._listed(text, start, last)

    def _carried(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Paper first: 特种作业操作证(焊工), 特种设备作业人员证N1."""
        for carrier in _CARRIER.finditer(text):
            found = self._in_brackets(text, carrier.end(), bare=bool(_SPECIAL.search(carrier[0])))
            if found:
                yield carrier.start(), found[0], found[1]

    def _in_brackets(self, text: str, end: int, *, bare: bool = False) -> tuple[int, str] | None:
        """(end, code) of the trade that stands in brackets or after a colon behind a paper."""
        opening = _OPENING.match(text, end)
        start = opening.end() if opening else end
        stem = self._stem_at(text, start)
        if not stem or not (opening or bare or stem.isascii()):
            return None
        closing = _CLOSING.match(text, start + len(stem))
        stop = closing.end() if closing else start + len(stem)
        return None if _TAIL.match(text, start + len(stem)) else (stop, self._stems[stem])

    def _listed(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The trades before 、 that share the paper word: 低压、高压电工证."""
        if _NOT_IN_HAND.search(text[end : end + 8]):
            return
        found = []
        while joint := _JOINT.search(text[:start]):
            head = next(
                (
                    at
                    for at in range(max(0, joint.start() - self._longest), joint.start())
                    if text[at : joint.start()] in self._stems
                ),
                None,
            )
            if head is None:
                break
            found.append((head, joint.start(), self._stems[text[head : joint.start()]]))
            start = head
        if found and _LIST_OPENS.search(text[:start]):
            yield from found

    def _graded(self, text: str, start: int, end: int) -> bool:
        """Whether a level stands in, before or behind the name."""
        return bool(_GRADED.search(text[start:end]) or _LEVEL_BEFORE.search(text[:start]))

    def _stem_at(self, text: str, start: int) -> str:
        """The longest name of a trade that begins here."""
        for end in range(min(len(text), start + self._longest), start, -1):
            stem = text[start:end]
            if stem in self._stems and not (
                stem[0].isascii() and text[start - 1 : start].isalnum() and text[start - 1].isascii()
            ):
                return stem
        return ""


_MAY_NAME = sifted(rf"{_END}|{words('paper.driving')}|{words('paper.driving.before')}")
_IS_PAPER = re.compile(rf"{_END}(?:{_GRADE}|\(.*\))?\Z")


def _stems(papers: Mapping[str, str], occupations: Mapping[str, str]) -> dict[str, str]:
    """Names of trades and classes → paper: aliases of papers without the paper word, and the trades so named."""
    stems: dict[str, str] = {}
    for alias, code in papers.items():
        stem = _STEM_END.sub("", alias)
        if len(stem) >= 2 and stem != alias and not _NOT_A_TRADE.search(stem):
            stems.setdefault(stem, code)
    named = _named_occupations(stems, occupations)
    for alias, occupation in occupations.items():
        if occupation in named and _PERSON.search(alias):
            stems.setdefault(alias, named[occupation])
    return stems


def _named_occupations(stems: Mapping[str, str], occupations: Mapping[str, str]) -> dict[str, str]:
    """Occupation → the one paper that carries its name."""
    found: dict[str, set[str]] = {}
    for stem, code in stems.items():
        if stem in occupations and not code.startswith("licence_"):
            found.setdefault(occupations[stem], set()).add(code)
    return {occupation: next(iter(codes)) for occupation, codes in found.items() if len(codes) == 1}


def _driving(text: str) -> Iterator[tuple[int, int, str]]:
    """Classes of a driving licence, several in one word too: A1A2驾照, 准驾车型C1D."""
    for found in _DRIVING.finditer(text):
        group = "before" if found["before"] else "after"
        marks = list(_ONE_CLASS.finditer(text, *found.span(group)))
        stops = [found.start() if group == "after" else found.start(group), *(mark.end() for mark in marks)]
        if group == "before" and stops[1:]:
            stops[-1] = found.end()
        for (start, end), mark in zip(pairwise(stops), marks, strict=True):
            yield start, end, f"licence_{_WHOLE_CLASSES.get(mark[0], mark[0])}"
