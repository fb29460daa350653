"""A change of policy tried on some people before it is saved: plans by the old and the new values, nothing stored.

In: a trial with its changes. Out: how many people gain or lose postings, how many plans change, some examples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

from matcher.casework import Desk, load_desk, settle_desk
from matcher.columns.arrays import gini
from matcher.domain.errors import Cancelled, Job131Error
from matcher.domain.run import RunState
from matcher.office import Office
from matcher.policy import Entry, PolicyAt, with_entries
from matcher.reports.comparing import moves_between
from matcher.store.figures.compared import RunLine as RunLine
from matcher.store.figures.policies import PolicyTrial as PolicyTrial
from matcher.store.figures.policies import as_value

EXAMPLES = 12
STOPPED = "已按要求停止，什么都没有保存"
FAILED = "试算出错，什么都没有保存"
_EVERY = 0.5


def entries_of(changes: Sequence[dict[str, Any]]) -> list[Entry]:
    """The changes of a trial as entries of policy."""
    return [
        Entry(one["key"], as_value(one["value"]), one["unit"], date.fromisoformat(one["since"]), one["basis"])
        for one in changes
    ]


def run_trial(office: Office, key: int) -> dict[str, Any]:
    """Plans for a sample by both policies, compared; notes on the trial how it ended."""
    teller = _Teller(office, key)
    try:
        teller(0.0)
        with office.reading() as unit:
            trial = unit.policy_trials.get(key)
        result = try_changes(office, trial.division, entries_of(trial.changes), teller)
    except Cancelled as stopped:
        _finish(office, key, RunState.CANCELLED, stopped.message)
        raise
    except Job131Error as error:
        _finish(office, key, RunState.FAILED, error.message)
        raise
    except Exception:
        _finish(office, key, RunState.FAILED, FAILED)
        raise
    with office.unit() as unit:
        unit.policy_trials.finish(key, RunState.DONE, result=result)
    return result


def _finish(office: Office, key: int, state: RunState, message: str) -> None:
    """Notes how a trial ended."""
    with office.unit() as unit:
        unit.policy_trials.finish(key, state, message=message)


class _Teller:
    """Tells the trial's row how far it is, and stops where somebody asked for that."""

    def __init__(self, office: Office, key: int) -> None:
        self._office, self._key, self._last = office, key, float("-inf")

    def __call__(self, share: float) -> None:
        """At most twice a second."""
        now = perf_counter()
        if now - self._last < _EVERY:
            return
        self._last = now
        with self._office.unit() as unit:
            stop = unit.policy_trials.progress(self._key, share)
        if stop:
            raise Cancelled(STOPPED, ref=str(self._key))


def try_changes(
    office: Office, division: str, entries: Sequence[Entry], tell: Callable[[float], None] = lambda share: None
) -> dict[str, Any]:
    """What the changes would do to the people of a division, or to an even sample of them."""
    today, policy = office.today(), office.policy
    old = policy.at(today)
    new = with_entries(policy, [replace(entry, since=today, until=None) for entry in entries]).at(today)
    with office.reading() as unit:
        desk = load_desk(office, unit, division=division, worker_ref="", on=today)
    many = old.whole("policy.trial_people")
    step = -(-len(desk.people) // many) if len(desk.people) > many else 1
    sample = replace(desk, people=desk.people[::step])
    tell(0.1)
    before, even_before = _lines(sample, old, lambda share: tell(0.1 + 0.45 * share))
    after, even_after = _lines(sample, new, lambda share: tell(0.55 + 0.45 * share))
    moves = moves_between(before, after)
    examples = list(dict.fromkeys((*moves.lost, *moves.gained, *moves.changed)))[:EXAMPLES]
    return {
        "people": len(sample.people),
        "of": len(desk.people),
        "changed": len(moves.changed),
        "gained": len(moves.gained),
        "lost": len(moves.lost),
        "class_changed": moves.class_changed,
        "track_changed": sum(before[key].track != after[key].track for key in before),
        "three_before": _complete(before),
        "three_after": _complete(after),
        "gini_before": even_before,
        "gini_after": even_after,
        "examples": [[key, list(before[key].postings), list(after[key].postings)] for key in examples],
    }


def _complete(lines: dict[int, RunLine]) -> int:
    """People with all their postings."""
    return sum(bool(line.postings) and not line.missing for line in lines.values())


def _lines(desk: Desk, policy: PolicyAt, tell: Callable[[float], None]) -> tuple[dict[int, RunLine], float]:
    """Worker → what a plan would hold, and how unevenly postings are used."""
    people, settled = settle_desk(desk, policy, lambda share, code: tell(share))
    owed = policy.whole("package.postings")
    lines = {person.row.key: RunLine(person.row.track.value, 0, False, ()) for person in people}
    keys = [row.key for row in settled.market.postings.rows]
    for place, row in enumerate(settled.workers.rows):
        held = tuple(keys[one] for one in settled.chosen[place].tolist() if one >= 0)
        trained = settled.offers[place].row is not None
        lines[row.key] = RunLine(row.track.value, owed - len(held), trained, held)
    allocation, openings = settled.allocation, settled.market.postings.openings
    return lines, round(gini(allocation.load / openings.clip(1e-9)), 4)
