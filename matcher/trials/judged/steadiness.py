"""Whether plans stay what they are where nothing that counts has changed.

In: plans of the same people made twice. Out: how many differ, and in what; means of scores by group of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import quantiles

from matcher.trials.judged.cases import JudgedPerson
from matcher.trials.judged.figures import Tally, number
from matcher.trials.judged.judging import Json, Judgement, inner, items, printed_refs

LAWFUL = frozenset({"PREGNANT", "LACTATION", "AGE_CONSTRUCTION"})
"""Limits the law ties to sex (domain 5.2)."""
AGES = ((0, 30), (30, 45), (45, 55), (55, 200))


def postings_of(plan: Json) -> object:
    """The track, and the postings with their scores."""
    return plan.get("track"), [(match.get("posting"), match.get("score")) for match in items(plan, "matches")]


def core(plan: Json) -> object:
    """What a plan comes to: the track, the postings with their scores, the class."""
    return postings_of(plan), inner(plan, "training").get("project")


def differing(
    people: Iterable[JudgedPerson],
    one: Mapping[str, Json],
    other: Mapping[str, Json],
    *,
    part: Callable[[Json], object] = core,
) -> tuple[Tally, list[str]]:
    """People without a lawful difference whose plan comes to something else, and who they are."""
    compared = [person.ref for person in people if not LAWFUL & person.limits.keys()]
    changed = [ref for ref in compared if part(one.get(ref, {})) != part(other.get(ref, {}))]
    return Tally(len(changed), len(compared)), changed


def identical(one: Mapping[str, Json], other: Mapping[str, Json]) -> Tally:
    """People whose whole plan is another one, word for word."""
    return Tally(sum(one.get(ref) != other.get(ref) for ref in one.keys() | other.keys()), len(one))


def kept_lists(before: Mapping[str, Json], after: Mapping[str, Json], gone: frozenset[str]) -> Tally:
    """Jaccard of the lists of people who lost none, summed."""
    total = Tally()
    for ref, plan in before.items():
        old = frozenset(printed_refs(plan))
        new = frozenset(printed_refs(after.get(ref, {})))
        if old and not old & gone:
            total += Tally(len(old & new) / len(old | new), 1)
    return total


def group_means(found: Sequence[Judgement]) -> dict[str, Tally]:
    """Mean score of printed postings by age band, labour ability and distance quartile."""
    means: dict[str, Tally] = {}
    for name, score in [*_by_person(found), *_by_distance(found)]:
        means[name] = means.get(name, Tally()) + Tally(score, 1)
    return dict(sorted(means.items()))


def _by_person(found: Iterable[Judgement]) -> Iterable[tuple[str, float]]:
    """Scores under the names of the groups of their people."""
    for one in found:
        ages = [f"age {low}–{high - 1}" for low, high in AGES if one.person.age and low <= one.person.age < high]
        labour = "labour weak" if one.person.weak else "labour ordinary or skilled"
        for match in items(one.plan, "matches"):
            yield from ((name, number(match.get("score"))) for name in (*ages, labour))


def _by_distance(found: Iterable[Judgement]) -> Iterable[tuple[str, float]]:
    """Scores under the quartile of their distance."""
    matches = [match for one in found for match in items(one.plan, "matches") if match.get("distance_km") is not None]
    if len(matches) < len(AGES):
        return
    edges = quantiles([number(match.get("distance_km")) for match in matches], n=4)
    for match in matches:
        quarter = sum(number(match.get("distance_km")) > edge for edge in edges) + 1
        yield f"distance quartile {quarter}", number(match.get("score"))
