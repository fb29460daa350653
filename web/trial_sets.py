"""One set of judged cases through the service, and everything that is measured on it.

In: a set. Out: its `Outcome`: tallies of all figures, groups, and what to mend.
"""

from __future__ import annotations

from datetime import date

from matcher.casework import load_desk, why
from matcher.office import Office
from matcher.trials.cases import CaseSet
from matcher.trials.evaluation import Outcome
from matcher.trials.figures import tally_plans
from matcher.trials.judging import judge_set
from matcher.trials.misses import miss_lines
from web.trial_office import CATALOGUES, Tables, plans_of, trial_office


def evaluate_set(cases: CaseSet, *, thorough: bool, with_misses: bool) -> Outcome:
    """Import, plan, judge."""
    with trial_office(Tables.of(cases), cases.as_of) as office:
        plans = plans_of(office, cases.as_of)
        found = judge_set(cases, plans)
        misses = tuple(miss_lines(cases, found, Says(office, cases.as_of))) if with_misses else ()
    return Outcome(
        name=cases.name,
        people=len(cases.people),
        postings=len(cases.postings),
        classes=len(cases.classes),
        tallies=tally_plans(found),
        misses=misses,
    )


class Says:
    """What the program says of any pair, by references: a score, or every reason against."""

    def __init__(self, office: Office, on: date) -> None:
        self._office, self._on = office, on
        with office.reading() as unit:
            desk = load_desk(office, unit, division="", worker_ref="", on=on)
        self._people = {row.worker.ref: row.key for row in desk.people}
        self._postings = {row.posting.ref: row.key for row in desk.postings}
        self._wording = office.wording("zh", *CATALOGUES)

    def __call__(self, person: str, posting: str) -> str:
        """A few words on one pair."""
        if person not in self._people or posting not in self._postings:
            return "not stored"
        answer = why(self._office, self._people[person], self._postings[posting], as_of=self._on)
        against = [f"{item.code} {self._wording.text(item.code, **item.args)}" for item in answer.exclusions]
        score = f"score {answer.score:.2f} = {answer.fit:.2f} × {answer.wish:.2f}"
        return "; ".join([*against, score])
