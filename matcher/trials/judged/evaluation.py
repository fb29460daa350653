"""The evaluation as a whole: figures of every set and over all, as a table, as one object, as a page.

In: the outcome of every set. Out: text; which targets are missed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from matcher.trials.judged.figures import Figure, Tallies, Tally, added, baselines, figures
from matcher.wording.width import width

ALL = "="
UNSEEN = "unseen"
"""Sets whose names begin so were not looked at while the program was changed."""
HALVES = {True: ("没看过的", "unseen"), False: ("用过的", "worked with")}
LIMITS = {"open": ("检索", "search"), "filtered": ("检索+限制", "search, our limits:")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was measured on one set."""

    name: str
    people: int
    postings: int
    classes: int
    tallies: Tallies
    misses: tuple[str, ...] = ()
    groups: Tallies = field(default_factory=dict)
    """Mean scores by group of people, printed and not judged."""


def overall(outcomes: Sequence[Outcome]) -> Tallies:
    """All sets as one."""
    return added(outcome.tallies for outcome in outcomes)


def halves(outcomes: Sequence[Outcome]) -> dict[bool, list[Outcome]]:
    """Unseen sets apart from those that were worked with, where there are both."""
    apart = {unseen: [one for one in outcomes if one.name.startswith(UNSEEN) is unseen] for unseen in (True, False)}
    return apart if all(apart.values()) else {}


def missed_targets(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Targets that are not met over all sets."""
    total = overall(outcomes)
    return [figure for figure in figures() if figure.holds(total) is False]


def shown(figure: Figure, tallies: Tallies) -> str:
    """A value with what it was taken of."""
    value = figure.value(tallies)
    if value is None:
        return "–"
    if figure.kind == "count":
        return f"{value:.0f}"
    if figure.kind == "lead":
        return f"{value:+.3f}"
    return _share(tallies[figure.code])


def _share(tally: Tally) -> str:
    """A share with its parts."""
    return f"{tally.value('share') or 0:.3f} ({tally.part:.0f}/{tally.whole:.0f})"


def target(figure: Figure) -> str:
    """What a figure must be."""
    signs = {">=": "≥", "<=": "≤", ">": ">"}
    return "" if figure.target is None else f"{signs[figure.relation]} {figure.target:g}"


def mark(figure: Figure, tallies: Tallies) -> str:
    """Whether the target is met."""
    return {True: "✓", False: "✗", None: ""}[figure.holds(tallies)]


def rows(outcomes: Sequence[Outcome], language: str) -> Iterator[list[str]]:
    """The table: header, a line a figure, then the baselines and the groups."""
    total, zh, apart = overall(outcomes), language == "zh", halves(outcomes)
    each = [*map(overall, apart.values()), *(outcome.tallies for outcome in outcomes)]
    names = [*(HALVES[unseen][not zh] for unseen in apart), *(outcome.name for outcome in outcomes)]
    yield ["指标" if zh else "figure", "目标" if zh else "must be", "", ALL, *names]
    for figure in figures():
        if figure.value(total) is not None:
            name = figure.zh if zh else figure.en
            yield [name, target(figure), mark(figure, total), *(shown(figure, found) for found in (total, *each))]
    for limits, heading in LIMITS.items():
        best = sorted(baselines(total, limits).items(), key=lambda item: -item[1])
        for name, _ in best:
            code = f"{limits}:{name}"
            yield [f"{heading[not zh]} {name}", "", "", *(_share(found[code]) for found in (total, *each))]
    groups = [
        added(outcome.groups for outcome in part) for part in (outcomes, *apart.values(), *([one] for one in outcomes))
    ]
    for name in groups[0]:
        yield [f"{'平均分' if zh else 'mean score'} {name}", "", "", *(_mean(group.get(name)) for group in groups)]


def _mean(tally: Tally | None) -> str:
    """A mean with how many it was taken of."""
    return "–" if tally is None else f"{tally.value('mean') or 0:.3f} (n={tally.whole:.0f})"


def table_lines(outcomes: Sequence[Outcome], language: str) -> Iterator[str]:
    """The table with columns aligned."""
    found = [*rows(outcomes, language)]
    wide = [max(width(row[column]) for row in found) for column in range(len(found[0]))]
    for row in found:
        yield "  ".join(cell + " " * (room - width(cell)) for cell, room in zip(row, wide, strict=True)).rstrip()


def as_object(outcomes: Sequence[Outcome]) -> str:
    """One line for machines."""
    return json.dumps(
        {
            "overall": _values(overall(outcomes)),
            "halves": {HALVES[unseen][1]: _values(overall(half)) for unseen, half in halves(outcomes).items()},
            "sets": {outcome.name: _values(outcome.tallies) for outcome in outcomes},
            "people": {outcome.name: outcome.people for outcome in outcomes},
            "baselines": {limits: baselines(overall(outcomes), limits) for limits in LIMITS},
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
            "value": figure.value(tallies),
            "part": tallies.get(figure.code, Tally()).part,
            "whole": tallies.get(figure.code, Tally()).whole,
            "target": target(figure),
            "holds": figure.holds(tallies),
        }
        for figure in figures()
        if figure.value(tallies) is not None
    }
