"""What a plan would ask and hold of somebody who is not stored yet, while the form is filled in.

In: an office, a draft with its facts. Out: the questions of the plan it would get today, and how many postings suit;
nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.casework import Desk, make_plans, ready_market
from matcher.columns import WorkerRow
from matcher.domain.facts import Phrase
from matcher.domain.worker import Worker, WorkerFacts
from matcher.office import Office
from matcher.stored_rows import as_told

NOBODY = 0
"""Stands for the key of somebody who has none."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan as far as it helps to ask on; `postings` None = no postings are owed."""

    questions: tuple[Phrase, ...]
    postings: int | None


def preview(office: Office, worker: Worker, facts: WorkerFacts) -> Preview:
    """The plan somebody would get, on the market kept ready for everybody at the window."""
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        market = ready_market(office, unit, on=policy.on)
    desk = Desk((WorkerRow(NOBODY, as_told(worker, facts), facts),), (), (), {}, {}, market)
    (plan,), _ = make_plans(desk, policy, lambda share, code: None)
    return Preview(plan.questions, len(plan.matches) if plan.track.carries_postings else None)
