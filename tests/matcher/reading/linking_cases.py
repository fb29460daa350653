"""Labelled phrases for the linker, and how they are scored.

In: cases/linking.csv, made by hand. Out: right, wrong and missed links in two halves; only the open half is looked at
while the lexicon is extended, so that the other one says how it does on phrases nobody worked on.
Run `python -m tests.matcher.reading.linking_cases [open]` for the figures (and the misses of the open half).
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.training import TrainingClass
from matcher.reading import load_tools, read_class
from matcher.reading.linking import Kind
from matcher.reading.people.work.named import PAPER_KINDS
from matcher.reading.tools import ReadingTools

_TABLE = Path(__file__).parent / "cases" / "linking.csv"
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class LinkCase:
    """One phrase and what it stands for; `use` is occupation, skill, paper or class."""

    phrase: str
    use: str
    codes: tuple[str, ...]
    papers: frozenset[str]
    said_by: str

    @property
    def open(self) -> bool:
        """Whether the phrase belongs to the half that may be looked at."""
        return hashlib.sha256(self.phrase.encode()).digest()[0] % 2 == 0

    @property
    def reject(self) -> bool:
        """Whether nothing at all may be linked."""
        return self.codes == (NOTHING,) and not self.papers


def load_cases() -> list[LinkCase]:
    """The table."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        LinkCase(
            row["phrase"], row["use"], tuple(row["codes"].split()), frozenset(row["papers"].split()), row["said_by"]
        )
        for row in csv.DictReader(lines)
    ]


def judge(case: LinkCase, tools: ReadingTools) -> tuple[str, str]:
    """(right, wrong or missed; what was found): nothing found is missed, or right where nothing is to be found."""
    if case.use == "paper":
        return _judge_papers(case, tools)
    if case.use == "class":
        return _judge_class(case, tools)
    kind: Kind = "skill" if case.use == "skill" else "occupation"
    best = tools.linker.best(case.phrase, kind)
    return _verdict(best.code if best else NOTHING, case.codes), best.code if best else NOTHING


def _verdict(found: str, allowed: tuple[str, ...]) -> str:
    """How one code stands to those that are right."""
    if found in allowed:
        return "right"
    return "missed" if found == NOTHING else "wrong"


def _papers(codes: Iterator[str], tools: ReadingTools) -> frozenset[str]:
    """The certificates and licences among skill codes."""
    return frozenset(code for code in codes if tools.lexicon.skills[code].kind in PAPER_KINDS)


def _judge_papers(case: LinkCase, tools: ReadingTools) -> tuple[str, str]:
    """Every paper named must be found, and no other; “a -” = a or nothing."""
    found = _papers((item.code for item in tools.linker.mentions(case.phrase, "skill")), tools)
    wanted = frozenset(case.codes) - {NOTHING}
    told = " ".join(sorted(found)) or NOTHING
    if found == wanted or (not found and NOTHING in case.codes):
        return "right", told
    return ("missed" if found < wanted else "wrong"), told


def _judge_class(case: LinkCase, tools: ReadingTools) -> tuple[str, str]:
    """The first trade of a title, and the papers it leads to."""
    facts = read_class(TrainingClass(ref="K-1", title=case.phrase, provider="示例学校"), tools)
    papers = _papers((term.code for term in facts.skills), tools)
    first = facts.occupations[0].code if facts.occupations else NOTHING
    verdict = _verdict(first, case.codes)
    if papers != case.papers:
        verdict = "missed" if verdict != "wrong" and papers < case.papers else "wrong"
    return verdict, f"{first} {' '.join(sorted(papers))}".strip()


def tally(cases: list[LinkCase], tools: ReadingTools) -> Counter[tuple[bool, str, bool, str]]:
    """How many cases of (open half, use, reject) are right, wrong, missed."""
    return Counter((case.open, case.use, case.reject, judge(case, tools)[0]) for case in cases)


def main() -> None:
    """Write the figures of both halves and, when asked, what went wrong in the open one."""
    tools, cases = load_tools(), load_cases()
    counted = tally(cases, tools)
    for opened in (True, False):
        total: Counter[tuple[bool, str]] = Counter()
        for use in ("occupation", "skill", "paper", "class"):
            row = {
                (reject, verdict): counted[opened, use, reject, verdict]
                for reject in (False, True)
                for verdict in ("right", "wrong", "missed")
            }
            total.update(row)
            _print_row(opened, use, row)
        _print_row(opened, "all", total)
    if "open" in sys.argv:
        for case in cases:
            verdict, found = judge(case, tools)
            if case.open and verdict != "right":
                wanted = " ".join((*case.codes, *sorted(case.papers)))
                _say(f"{verdict:6} {case.use:10} {case.phrase}  → {found}  (wanted {wanted})")


def _say(line: str) -> None:
    """One line to the terminal."""
    sys.stdout.write(line + "\n")


def _print_row(opened: bool, use: str, row: Counter[tuple[bool, str]] | dict[tuple[bool, str], int]) -> None:
    """One line of figures."""
    links = sum(row[False, verdict] for verdict in ("right", "wrong", "missed"))
    rejects = row[True, "right"] + row[True, "wrong"]
    _say(
        f"{'open ' if opened else 'other'} {use:10} hit@1 {row[False, 'right']:3}/{links:3}"
        f"  wrong {row[False, 'wrong']:2}  missed {row[False, 'missed']:2}  rejected {row[True, 'right']:2}/{rejects:2}"
    )


if __name__ == "__main__":
    main()
