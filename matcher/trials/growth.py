"""How the cost of a run grows with the people: the stages of the engine on markets of growing numbers of districts.

In: an office and numbers of people, rising. Out: a table or lines of JSON: seconds of every stage, peak memory, and
the exponent of growth, the slope of log seconds over log people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.casework import Desk
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.context import without_collection
from matcher.trials.bench import machine, peak_megabytes, time_engine
from matcher.trials.districts import desk_to_grow, grown_desk


@dataclass(frozen=True, slots=True)
class Size:
    """One market; seconds by the clock and by stage, all work in this process."""

    people: int
    postings: int
    seconds: dict[str, float]
    peak_mb: float

    @property
    def total(self) -> float:
        """Seconds of all stages."""
        return sum(self.seconds.values())


def measure(desk: Desk, policy: PolicyAt, people: int) -> Size:
    """So many people with as many postings for each of them as the stored market has."""
    postings = max(1, round(len(desk.postings) * people / len(desk.people)))
    grown = grown_desk(desk, people, postings)
    stages, _, _ = time_engine(grown, policy)
    return Size(len(grown.people), len(grown.postings), dict(stages.seconds), peak_megabytes())


def exponent(people: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of log seconds over log people by least squares; 1 is growth in proportion."""
    slope, _ = np.polyfit(np.log(people), np.log(seconds), 1)
    return float(slope)


def run_growth(office: Office, sizes: Sequence[int], *, as_json: bool) -> Iterator[str]:
    """A line for every size as soon as it is measured, then the exponents."""
    policy = office.policy.at(office.today())
    desk = desk_to_grow(office, policy)
    if not as_json:
        yield f"{machine()}, {policy.on}"
    found: list[Size] = []
    with without_collection():
        for people in sizes:
            found.append(measure(desk, policy, people))
            yield _line(found[-1], as_json=as_json)
    if len(found) > 1:
        yield _growth(found, as_json=as_json)


def _line(size: Size, *, as_json: bool) -> str:
    """One market."""
    if as_json:
        return json.dumps(
            {"people": size.people, "postings": size.postings, "seconds": size.seconds, "peak_mb": size.peak_mb}
        )
    stages = "  ".join(f"{name} {value:.2f}" for name, value in size.seconds.items())
    return (
        f"{size.people} people, {size.postings} postings: {stages}  all {size.total:.2f} s, peak {size.peak_mb:.0f} MB"
    )


def _growth(found: Sequence[Size], *, as_json: bool) -> str:
    """The exponent of every stage and of all."""
    people = [size.people for size in found]
    by_stage = {name: exponent(people, [size.seconds[name] for size in found]) for name in found[0].seconds}
    by_stage["all"] = exponent(people, [size.total for size in found])
    if as_json:
        return json.dumps({"exponent": by_stage})
    return "exponent  " + "  ".join(f"{name} {value:.3f}" for name, value in by_stage.items())
