"""The evaluation as a whole: figures of every set and over all, as a table, as one object, as a page.

In: the outcome of every set. Out: text; which targets are missed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from matcher.trials.figures import Figure, Tallies, Tally, added, figures

OVERALL = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was measured on one set."""

    name: str
    people: int
    postings: int
    classes: int
    tallies: Tallies
    misses: tuple[str, ...] = ()
    groups: Mapping[str, Tally] = field(default_factory=dict)
    """Mean scores by group of people, printed and not judged."""


def overall(outcomes: Sequence[Outcome]) -> Tallies:
    """All sets as one."""
    return added(outcome.tallies for outcome in outcomes)


def missed_targets(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Targets that are not met over all sets."""
    total = overall(outcomes)
    return [figure for figure in figures() if figure.code in total and figure.holds(total[figure.code]) is False]


def shown(figure: Figure, tally: Tally | None) -> str:
    """A value with what it was taken of."""
    value = tally.value(figure.kind) if tally is not None else None
    if tally is None or value is None:
        return "–"
    if figure.kind == "count":
        return f"{value:.0f}"
    if figure.kind == "mean":
        return f"{value:.3f}"
    return f"{value:.3f} ({tally.part:.0f}/{tally.whole:.0f})"


def target(figure: Figure) -> str:
    """What a figure must be."""
    if figure.target is None:
        return ""
    return f"{'≥' if figure.relation == '>=' else '≤'} {figure.target:g}"


def mark(figure: Figure, tally: Tally | None) -> str:
    """Whether the target is met."""
    return {True: "✓", False: "✗", None: ""}[figure.holds(tally) if tally else None]


def rows(outcomes: Sequence[Outcome], language: str) -> Iterator[list[str]]:
    """The table: header, then a line a figure."""
    total = overall(outcomes)
    names = [outcome.name for outcome in outcomes]
    yield ["指标" if language == "zh" else "figure", "目标" if language == "zh" else "must be", "", OVERALL, *names]
    for figure in figures():
        if figure.code in total:
            values = [shown(figure, outcome.tallies.get(figure.code)) for outcome in outcomes]
            name = figure.zh if language == "zh" else figure.en
            overall_value = shown(figure, total[figure.code])
            yield [name, target(figure), mark(figure, total[figure.code]), overall_value, *values]


def table_lines(outcomes: Sequence[Outcome], language: str) -> Iterator[str]:
    """The table with columns aligned."""
    found = [*rows(outcomes, language)]
    wide = [max(width(row[column]) for row in found) for column in range(len(found[0]))]
    for row in found:
        yield "  ".join(cell + " " * (room - width(cell)) for cell, room in zip(row, wide, strict=True)).rstrip()


def width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if east_asian_width(symbol) in "WF" else 1 for symbol in text)


def as_object(outcomes: Sequence[Outcome]) -> str:
    """One line for machines."""
    return json.dumps(
        {
            "overall": _values(overall(outcomes)),
            "sets": {outcome.name: _values(outcome.tallies) for outcome in outcomes},
            "people": {outcome.name: outcome.people for outcome in outcomes},
            "groups": {
                outcome.name: {name: tally.value("mean") for name, tally in outcome.groups.items()}
                for outcome in outcomes
            },
            "missed": [figure.code for figure in missed_targets(outcomes)],
        },
        ensure_ascii=False,
    )


def _values(tallies: Tallies) -> dict[str, object]:
    """Values with target and outcome."""
    return {
        figure.code: {
            "value": tallies[figure.code].value(figure.kind),
            "part": tallies[figure.code].part,
            "whole": tallies[figure.code].whole,
            "target": target(figure),
            "holds": figure.holds(tallies[figure.code]),
        }
        for figure in figures()
        if figure.code in tallies
    }
