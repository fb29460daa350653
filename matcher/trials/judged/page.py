"""The figures as a section of the page on quality, everything else on the page left as it stands.

In: outcomes, the page as it is, the day and the machine. Out: the page with the section between its two marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from matcher.trials.judged.evaluation import Outcome, missed_targets, rows
from matcher.trials.judged.figures import figures

BEGIN, END = "<!-- judged cases: begin -->", "<!-- judged cases: end -->"


def with_section(page: str, outcomes: Sequence[Outcome], *, on: date, machine: str, command: str) -> str:
    """The page with the section renewed; a page without one gets it before its first other section."""
    section = "\n".join([BEGIN, *_section(outcomes, on, machine, command), END])
    if BEGIN in page and END in page:
        before, rest = page.split(BEGIN, 1)
        return before + section + rest.split(END, 1)[1]
    before, heading, rest = page.partition("\n## ")
    return f"{before.rstrip()}\n\n{section}\n{heading}{rest}" if heading else f"{page.rstrip()}\n\n{section}\n"


def _section(outcomes: Sequence[Outcome], on: date, machine: str, command: str) -> Iterator[str]:
    """Heading, circumstances, table, what the figures mean."""
    people, postings = sum(item.people for item in outcomes), sum(item.postings for item in outcomes)
    yield "## Judged cases"
    yield ""
    yield f"Written by `{command}` on {on.isoformat()} ({machine}); do not edit by hand."
    yield (
        f"{people} made-up people and {postings} made-up postings in {len(outcomes)} set(s), judged by hand without "
        "looking at the program (tests/cases/README.md). Hard limits are checked against that truth by code of its own."
    )
    yield ""
    missed = missed_targets(outcomes)
    names = ", ".join(figure.en for figure in missed)
    yield f"**Targets missed: {names}.**" if missed else "**All targets are met.**"
    yield ""
    yield from _table(outcomes)
    yield ""
    yield "| figure | meaning |"
    yield "| --- | --- |"
    for figure in figures():
        yield f"| {figure.en} | {figure.meaning_en} |"


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The table of figures, baselines and groups."""
    for number, row in enumerate(rows(outcomes, "en")):
        yield f"| {' | '.join(['all' if cell == '=' else cell for cell in row])} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"
