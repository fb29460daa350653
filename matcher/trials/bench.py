"""How fast, how large, how fair: the engine on the sample prefecture.

In: how many people and postings. Out: seconds of every stage, peak memory, the quality of the sharing-out beside
the naive top three of the same scores, printed as a table or one line of JSON.
"""

from __future__ import annotations

import json
import platform
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matcher.casework import Desk, load_desk, make_plans, queue_run, ready_market
from matcher.columns import WorkerColumns, load_vocabulary
from matcher.columns.arrays import gini
from matcher.composing import session_starts
from matcher.composing_pool import Composers
from matcher.domain.run import RunState
from matcher.office import Office
from matcher.packing import PackedPlan
from matcher.planning import Person, Settled, build_market, encode_people, entitle, score_block, settle
from matcher.policy import PolicyAt
from matcher.pricing import Crowding
from matcher.shortlist import Market
from matcher.store.context import without_collection

ONE_PERSON_TIMES = 200
"""People planned for one after the other on a market kept ready."""
REPEATS = 3
"""How often a short stage is run; the median counts."""
Result = TypeVar("Result")


@dataclass(slots=True)
class Stages:
    """Seconds a stage by the clock and of all processors of this process, in the order they ran."""

    seconds: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)

    def run(self, name: str, work: Callable[[], Result], *, repeats: int = 1) -> Result:
        """The result of a stage; medians where it is run several times."""
        took = []
        for _ in range(repeats):
            began, cpu = perf_counter(), process_time()
            result = work()
            took.append((perf_counter() - began, process_time() - cpu))
        self.seconds[name] = median(seconds for seconds, _ in took)
        self.cpu[name] = median(cpu for _, cpu in took)
        return result


def peak_megabytes(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory this process, or the largest of those it started, has held."""
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(who).ru_maxrss / scale


def time_engine(
    desk: Desk, policy: PolicyAt, composers: Composers | None = None
) -> tuple[Stages, Settled, list[PackedPlan]]:
    """Every stage of the engine on one desk; the plans come packed."""
    stages, vocabulary = Stages(), load_vocabulary()
    people = stages.run("tracks", lambda: _entitled(desk, policy), repeats=REPEATS)
    planned = [person.row for person in people if person.row.track.carries_postings]

    def columns() -> tuple[Market, WorkerColumns]:
        market, homes = build_market(planned, desk.postings, vocabulary, policy, classes=desk.classes)
        return market, encode_people(planned, homes, market)

    market, workers = stages.run("columns", columns, repeats=REPEATS)
    found = stages.run("shortlist", lambda: score_block(workers, market), repeats=REPEATS)

    def shared_out() -> Settled:
        if composers is not None:
            composers.prepare(market, desk.classes)
        return settle(workers, found, market, desk.classes)

    settled = stages.run("sharing out and classes", shared_out)
    starts = session_starts(people, policy)

    def composed() -> list[PackedPlan]:
        return [plan for block in (composers or Composers(1)).compose(people, settled, starts) for plan in block]

    return stages, settled, stages.run("composing", composed)


def _entitled(desk: Desk, policy: PolicyAt) -> list[Person]:
    """Everybody with what is owed, by reference."""
    return sorted(entitle(desk.people, policy), key=lambda person: (person.row.worker.ref, person.row.key))


def naive_choice(settled: Settled) -> npt.NDArray[np.int64]:
    """Everybody's own best three, whoever else takes them."""
    first = settled.found.posting[:, : settled.chosen.shape[1]].astype(np.int64)
    return np.where(np.isneginf(settled.found.score[:, : first.shape[1]]), -1, first)


def load_of(chosen: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.float64]:
    """Recommendations a posting."""
    return np.bincount(chosen[chosen >= 0], minlength=size).astype(np.float64)


def chance_of_winning(chosen: npt.NDArray[np.int64], openings: npt.NDArray[np.float64]) -> float:
    """Mean chance that at least one of a person's postings is won, if openings fall to applicants by lot."""
    load = load_of(chosen, len(openings))
    win = np.minimum(1.0, openings / np.maximum(load, 1))
    lose = np.where(chosen >= 0, 1 - win[np.maximum(chosen, 0)], 1.0)
    return float((1 - lose.prod(axis=1)).mean())


def scores_of(chosen: npt.NDArray[np.int64], settled: Settled) -> float:
    """Sum of the scores of a choice."""
    total = 0.0
    for place in range(chosen.shape[1]):
        match = settled.found.posting == chosen[:, place : place + 1]
        valid = match & (chosen[:, place : place + 1] >= 0)
        total += float(np.where(valid, settled.found.score, 0.0).sum())
    return total


def crowding_figures(settled: Settled, policy: PolicyAt) -> dict[str, float]:
    """Sharing out against the naive top three of the same scores."""
    openings = settled.market.postings.openings
    naive, ours = naive_choice(settled), settled.chosen
    crowding = Crowding.of(policy)
    ours_gini = gini(load_of(ours, len(openings)) / openings)
    naive_gini = gini(load_of(naive, len(openings)) / openings)
    return {
        "gini_of_load": ours_gini,
        "gini_of_load_naive": naive_gini,
        "gini_ratio": ours_gini / naive_gini if naive_gini else 1.0,
        "chance_ratio": chance_of_winning(ours, openings) / max(chance_of_winning(naive, openings), 1e-9),
        "score_ratio": scores_of(ours, settled) / max(scores_of(naive, settled), 1e-9),
        "duality_gap": settled.allocation.gap,
        "highest_price": float(crowding.price(settled.allocation.load, openings).max(initial=0.0)),
    }


def machine() -> str:
    """What the figures were measured on."""
    return f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}"


def table(rows: Sequence[tuple[str, str]]) -> str:
    """Two columns of text."""
    wide = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{wide}}  {value}" for name, value in rows)


def run_bench(office: Office, *, as_json: bool) -> str:
    """Stored data to stored plans, stage by stage, on everybody in the office; then one person after the other."""
    policy = office.policy.at(office.today())
    with without_collection():
        figures, stages, desks = time_everybody(office, policy)
    return said({**figures, **one_person_figures(office, desks, policy)}, stages, as_json=as_json)


def time_everybody(office: Office, policy: PolicyAt) -> tuple[dict[str, object], Stages, list[Desk]]:
    """The figures and stages of everybody, and some people's desks; all else is gone when this is left."""
    with office.reading() as unit:
        many = unit.workers.count()
    office.store.close()
    began = perf_counter()
    with Composers.for_people(many) as composers:
        with office.reading() as unit:
            desk = load_desk(office, unit, division="", worker_ref="", on=policy.on)
        reading = perf_counter() - began
        stages, settled, plans = time_engine(desk, policy, composers)
    stages.run("storing", lambda: _store(office, plans, policy))
    stages.seconds = {"reading": reading, **stages.seconds}
    drawn = np.random.default_rng(policy.on.toordinal()).permutation(len(desk.people))[:ONE_PERSON_TIMES]
    desks = [Desk((desk.people[at],), (), (), desk.standing) for at in drawn.tolist()]
    return report_figures(desk, stages.seconds, settled, policy), stages, desks


def _store(office: Office, plans: Sequence[PackedPlan], policy: PolicyAt) -> None:
    """The plans stored as a run of their own."""
    run_key = queue_run(office, as_of=policy.on, actor="bench")
    with office.unit("bench") as unit:
        unit.runs.claim(run_key)
        unit.plans.put_packed(run_key, plans)
        unit.runs.finish(run_key, RunState.DONE)


def one_person_figures(office: Office, desks: Sequence[Desk], policy: PolicyAt) -> dict[str, float]:
    """Milliseconds for one person at the window on a market kept ready, before anything is stored."""
    with office.reading() as unit:
        warm = ready_market(office, unit, on=policy.on)
    took = []
    for desk in desks:
        began = perf_counter()
        make_plans(replace(desk, warm=warm), policy, lambda share, code: None)
        took.append((perf_counter() - began) * 1000)
    if not took:
        return {}
    return {f"one person, warm, p{share}, ms": float(np.percentile(took, share)) for share in (50, 95)}


def report_figures(desk: Desk, seconds: dict[str, float], settled: Settled, policy: PolicyAt) -> dict[str, object]:
    """What was planned, how long it took and how well it was shared out."""
    return {
        "date": policy.on.isoformat(),
        "machine": machine(),
        "people": len(desk.people),
        "postings": len(desk.postings),
        "classes": len(desk.classes),
        "complete": int((settled.chosen >= 0).all(axis=1).sum()),
        "short": int((settled.chosen < 0).any(axis=1).sum()),
        "stored to stored, s": sum(seconds.values()),
        "peak memory, MB": peak_megabytes(),
        "peak memory of another process, MB": peak_megabytes(resource.RUSAGE_CHILDREN),
        **crowding_figures(settled, policy),
    }


def said(figures: dict[str, object], stages: Stages, *, as_json: bool) -> str:
    """The figures as a table or as one line of JSON."""
    if as_json:
        return json.dumps({**figures, "seconds": stages.seconds, "cpu seconds": stages.cpu}, ensure_ascii=False)
    rows = [(f"{name}, s", f"{value:.2f}") for name, value in stages.seconds.items()]
    rows += [(f"{name}, CPU s", f"{value:.2f}") for name, value in stages.cpu.items()]
    return table(
        rows + [(name, f"{value:.3f}" if isinstance(value, float) else str(value)) for name, value in figures.items()]
    )
