"""The village sample on a desk, and runs of it on an engine.

In: a folder, an engine. Out: the desk, the policy of its day, plans and what was settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from matcher.casework import Desk, load_desk, make_plans
from matcher.checkpoint import Checkpoints
from matcher.domain.errors import Cancelled
from matcher.domain.plan import ServicePlan
from matcher.parts import Engine
from matcher.planning import Settled
from matcher.policy import PolicyAt
from tests.offices import sample_office

DAY = date(2026, 6, 24)


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything a run works on."""

    desk: Desk
    policy: PolicyAt

    def plans(self, engine: Engine, checkpoints: Checkpoints | None = None) -> tuple[list[ServicePlan], Settled]:
        """Plans of everybody by an engine."""
        return make_plans(self.desk, self.policy, lambda share, code: None, engine=engine, checkpoints=checkpoints)

    def stopped(self, engine: Engine, checkpoints: Checkpoints, after: int) -> None:
        """A run that somebody stops after so many rounds of prices."""
        rounds = 0

        def tell(share: float, code: str) -> None:
            nonlocal rounds
            rounds += code == "RUN_SHARING"
            if rounds == after:
                raise Cancelled("stop")

        try:
            make_plans(self.desk, self.policy, tell, engine=engine, checkpoints=checkpoints)
        except Cancelled:
            return
        raise AssertionError("nobody stopped the run")


def a_sample(folder: Path, size: str = "village") -> Sample:
    """A size of the sample, imported."""
    office = sample_office(folder, size, DAY)
    with office.reading() as unit:
        desk = load_desk(office, unit, division="", worker_ref="", on=DAY)
    policy = office.policy.at(DAY)
    office.close()
    return Sample(desk, policy)


def assert_same(made: tuple[list[ServicePlan], Settled], expected: tuple[list[ServicePlan], Settled]) -> None:
    """Equal to the last bit: plans, candidates, prices and the bound they prove."""
    (plans, settled), (plans_expected, settled_expected) = made, expected
    assert plans == plans_expected
    assert np.array_equal(settled.found.posting, settled_expected.found.posting)
    assert np.array_equal(settled.found.score, settled_expected.found.score)
    assert np.array_equal(settled.allocation.price, settled_expected.allocation.price)
    assert (settled.allocation.value, settled.allocation.bound) == (
        settled_expected.allocation.value,
        settled_expected.allocation.bound,
    )
