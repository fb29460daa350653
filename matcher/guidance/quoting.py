"""A person's own words, as far as they may be quoted.

In: a worker's texts, the evidence of facts. Out: the clause that says a fact, "" where it is private, touches
something that never stands on paper, or is no words at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matcher.domain.facts import Evidence
from matcher.domain.worker import Worker, WorkerFacts
from matcher.reading.people.cells import COLUMNS
from matcher.reading.people.discretion import OF_LIFE, OF_WORK, quotable

SHORTEST, LONGEST, LONGEST_CELL = 2, 22, 30
"""“是” and “否” in a column are no words of a person's own; a longer clause is cut to the fact in it."""
_BREAKS = re.compile(r"[，,。；;！!？?\n\r|｜（）()“”\"]+|(?<=[一-龥])[ \t\u3000]+|[ \t\u3000]+(?=[一-龥])")
_WORD = re.compile(r"[\u3400-\u9fffA-Za-zᠠ-ᡂ]")
_OPENER = re.compile(r"^(?:[^：:]{1,8}[：:]|(?:[他她]|本人)(?:自己)?(?:说|讲)|据[一-龥]{1,5}[说讲])\s*")
_DENIED = re.compile(
    r"^(?:无|暂无|未|啥也|否|－|-|/|同上)|没(?!的说|问题|毛病|少|出过)|不(?!错|差|惜|怕|嫌|锈|少|光|管|挑|停|误|耽误)"
)
_AT_PRESENT = re.compile(r"(?:现在|目前|眼下|如今|正在|还在|仍在)(?!不|没|想|就想|只想|能)")
_COLUMN_OF = {label: name for name, label in COLUMNS.items()}
_quotable = lru_cache(maxsize=1 << 16)(quotable)
"""People of one roster write many a clause alike."""
Span = tuple[int, int]


class OwnWords:
    """The texts of one person, cut into clauses."""

    __slots__ = ("_cells", "_private", "_spans", "_stated", "_told", "_told_of_work", "_worker")

    def __init__(self, worker: Worker, facts: WorkerFacts) -> None:
        self._worker = worker
        self._told: dict[Evidence, str] = {}
        self._cells: dict[str, str] = {}
        self._stated: dict[str, str] = {}
        self._spans: dict[str, list[Span]] = {}
        stated = [item for limit in facts.constraints for item in limit.evidence]
        stated += [item for term in facts.situations for item in term.evidence]
        self._private = [item for item in stated if item.private]
        self._told_of_work = _of_work(facts) if facts.holds("CONFIDENTIAL") else None

    def of(self, evidence: Iterable[Evidence]) -> str:
        """The words of the first evidence that may be quoted."""
        for item in evidence:
            words = self._words(item)
            if words:
                return words
        return ""

    def all(self, evidence: Iterable[Evidence]) -> list[str]:
        """All words of the evidence that may be quoted, each once."""
        return list(dict.fromkeys(words for item in evidence if (words := self._words(item))))

    def _words(self, item: Evidence) -> str:
        """The clause around one piece of evidence, looked for once."""
        words = self._told.get(item)
        if words is None:
            words = self._told[item] = self._one(item)
        return words

    def cell(self, label: str) -> str:
        """A short cell as it was written, "" where it may not be quoted."""
        found = self._cells.get(label)
        if found is None:
            found = self._cells[label] = self._cell(label)
        return found

    def _cell(self, label: str) -> str:
        """The cell, read for the first time."""
        raw = self._text(label)
        text = " ".join(raw.split())
        if not SHORTEST <= len(text) <= LONGEST or not _WORD.search(text):
            return ""
        return text if self._shown(label, raw, (0, len(raw))) else ""

    def stated(self, label: str) -> str:
        """What a cell says that may be quoted, without its “没有” and “不会”; as much as fits."""
        found = self._stated.get(label)
        if found is None:
            found = self._stated[label] = self._what_is_stated(label)
        return found

    def _what_is_stated(self, label: str) -> str:
        """What a cell says, read for the first time."""
        raw = self._text(label)
        found = ""
        for clause in self._clauses(label):
            words = _OPENER.sub("", raw[clause[0] : clause[1]]).strip("、：: -")
            if len(words) < SHORTEST or _DENIED.search(words) or not self._shown(label, raw, clause):
                continue
            joined = f"{found}，{words}" if found else words
            if len(joined) > LONGEST_CELL:
                break
            found = joined
        return found if _WORD.search(found) else ""

    def clause_with(self, pattern: re.Pattern[str]) -> str:
        """The first clause of the texts with a pattern in it that may be quoted."""
        for label in ("技能特长", "工作经历", "情况说明", "文化程度"):
            raw = self._text(label)
            for clause in self._clauses(label):
                words = _OPENER.sub("", raw[clause[0] : clause[1]])
                if pattern.search(words) and len(words) <= LONGEST and self._shown(label, raw, clause):
                    return words
        return ""

    def now(self) -> str:
        """The clause that says what the person does at present."""
        for label in ("工作经历", "情况说明"):
            raw = self._text(label)
            for clause in self._clauses(label):
                words = _OPENER.sub("", raw[clause[0] : clause[1]])
                if _AT_PRESENT.match(words) and len(words) <= LONGEST and self._shown(label, raw, clause):
                    return words
        return ""

    def _text(self, label: str) -> str:
        """The text of a column."""
        name = _COLUMN_OF.get(label)
        return getattr(self._worker, name) if name else ""

    def _one(self, item: Evidence) -> str:
        """The clause around one piece of evidence."""
        if item.private or len(item.words) < SHORTEST or not _WORD.search(item.words):
            return ""
        text = self._text(item.field)
        start = text.find(item.words) if item.start is None else item.start
        if start < 0 or text[start : start + len(item.words)] != item.words:
            return item.words if len(item.words) <= LONGEST and _quotable(item.words) else ""
        end = start + len(item.words)
        clauses = [found for found in self._clauses(item.field) if found[0] < end and found[1] > start]
        shown = [found for found in clauses if self._shown(item.field, text, found)]
        if not shown:
            return ""
        first = max(shown, key=lambda found: min(found[1], end) - max(found[0], start)) if shown[1:] else shown[0]
        words = _OPENER.sub("", text[first[0] : first[1]]).strip("、：: -")
        if len(words) > LONGEST:
            words = item.words if len(item.words) <= LONGEST else words[: LONGEST - 1] + "…"
        return words if len(words) >= SHORTEST else ""

    def _clauses(self, label: str) -> list[Span]:
        """The clauses of a column."""
        found = self._spans.get(label)
        if found is None:
            found = self._spans[label] = list(_clauses(self._text(label)))
        return found

    def _shown(self, label: str, text: str, clause: Span) -> bool:
        """Whether a clause is free of private evidence and of words that are never quoted."""
        first, last = clause
        if not _quotable(text[first:last]) or any(_touches(item, label, (first, last)) for item in self._private):
            return False
        if self._told_of_work is None or label not in OF_LIFE:
            return True
        return any(_touches(item, label, (first, last)) for item in self._told_of_work)


def _touches(item: Evidence, label: str, clause: tuple[int, int]) -> bool:
    """Whether evidence lies in a clause of a column."""
    if item.field != label or not item.words:
        return False
    return item.start is None or (item.start < clause[1] and item.start + len(item.words) > clause[0])


def _of_work(facts: WorkerFacts) -> tuple[Evidence, ...]:
    """The words that tell of work done, skills and wishes: all that may be repeated of somebody in hiding."""
    of_work = tuple(term for term in facts.situations if term.code in OF_WORK)
    told = (facts.experience, facts.skills, facts.wished, facts.training_wished, of_work)
    return tuple(words for group in told for item in group for words in item.evidence)


def _clauses(text: str) -> Iterator[Span]:
    """The stretches between commas, stops and gaps."""
    start = 0
    for found in _BREAKS.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)
