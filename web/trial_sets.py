"""One set of judged cases through the service, and everything that is measured on it.

In: a set. Out: its `Outcome`: tallies of all figures, groups, and what to mend.
"""

from __future__ import annotations

from matcher.trials.cases import CaseSet
from matcher.trials.evaluation import Outcome
from matcher.trials.figures import tally_plans
from matcher.trials.judging import judge_set
from matcher.trials.misses import miss_lines
from web.trial_office import Tables, plans_of, trial_office


def evaluate_set(cases: CaseSet, *, thorough: bool) -> Outcome:
    """Import, plan, judge."""
    with trial_office(Tables.of(cases), cases.as_of) as office:
        plans = plans_of(office, cases.as_of)
    found = judge_set(cases, plans)
    return Outcome(
        name=cases.name,
        people=len(cases.people),
        postings=len(cases.postings),
        classes=len(cases.classes),
        tallies=tally_plans(found),
        misses=tuple(miss_lines(cases, found)),
    )
