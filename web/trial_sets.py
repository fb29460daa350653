"""One set of judged cases through the service, and everything that is measured on it.

In: a set. Out: its `Outcome`: tallies of all figures, groups, and what to mend.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from matcher.casework import Desk as CaseDesk
from matcher.casework import load_desk, make_plans, why
from matcher.domain.plan import ServicePlan
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.trials.judged.baselines import tally_baselines
from matcher.trials.judged.cases import CaseSet
from matcher.trials.judged.evaluation import Outcome
from matcher.trials.judged.figures import Tallies, Tally, tally_plans
from matcher.trials.judged.judging import judge_set
from matcher.trials.judged.misses import miss_lines
from matcher.trials.judged.relaxed import tally_relaxations
from matcher.trials.judged.steadiness import differing, group_means, identical, kept_lists, postings_of
from matcher.trials.judged.swaps import MANDARIN, MONGOLIAN, Swap, every, other_people, other_sex, shuffled, speaking
from web.trial_office import CATALOGUES, PlanObject, Tables, as_objects, plans_of, trial_office

UNLIMITED = 100_000
"""Openings nobody competes for: every plan then stands for itself."""
DRAWS = 8
SHARE_GONE = 0.01
NO_TALK = 0


def evaluate_set(cases: CaseSet, *, thorough: bool, with_misses: bool) -> Outcome:
    """Import, plan, judge; with baselines, swapped people, other row orders and vanished postings where thorough."""
    with trial_office(Tables.of(cases), cases.as_of) as office:
        plans = plans_of(office, cases.as_of)
        found = judge_set(cases, plans)
        tallies, notes = tally_plans(found), list[str]()
        if thorough:
            desk, policy = desk_of(office, cases.as_of), office.policy.at(cases.as_of)
            tallies |= tally_baselines(cases, desk, policy, found)
            tallies["would_fit_if"] = tally_relaxations(made(desk, policy), desk, policy)
            tallies["stability"] = _stability(desk, plans, policy, office)
        misses = [*miss_lines(cases, found, Says(office, cases.as_of))] if with_misses else []
    if thorough:
        tallies["row_order"] = identical(plans, _reordered(cases))
        tallies |= _fairness(cases, notes)
    return Outcome(
        name=cases.name,
        people=len(cases.people),
        postings=len(cases.postings),
        classes=len(cases.classes),
        tallies=tallies,
        misses=(*misses, *notes),
        groups=group_means(found),
    )


def desk_of(office: Office, on: date) -> CaseDesk:
    """Everybody and everything in an office."""
    with office.reading() as unit:
        return load_desk(office, unit, division="", worker_ref="", on=on)


def made(desk: CaseDesk, policy: PolicyAt) -> list[ServicePlan]:
    """Plans of a desk, not stored."""
    return make_plans(desk, policy, lambda share, code: None)[0]


def _made(desk: CaseDesk, policy: PolicyAt, office: Office) -> dict[str, PlanObject]:
    """The same as objects."""
    return as_objects(made(desk, policy), office.wording("zh", *CATALOGUES))


def _stability(desk: CaseDesk, before: dict[str, PlanObject], policy: PolicyAt, office: Office) -> Tally:
    """Lists of people who lost none, over several draws of postings that vanish."""
    live, total = [row.key for row in desk.postings], Tally()
    many = max(1, round(len(live) * SHARE_GONE))
    for draw in range(DRAWS):
        gone = set(random.Random(draw).sample(live, many))
        rest = tuple(row for row in desk.postings if row.key not in gone)
        refs = frozenset(row.posting.ref for row in desk.postings if row.key in gone)
        total += kept_lists(before, _made(replace(desk, postings=rest), policy, office), refs)
    return total


def _reordered(cases: CaseSet) -> dict[str, PlanObject]:
    """Plans after every table was shuffled."""
    tables = Tables(*(shuffled(rows, seed) for seed, rows in enumerate((cases.workers, cases.adverts, cases.classes))))
    with trial_office(tables, cases.as_of) as office:
        return plans_of(office, cases.as_of)


def _fairness(cases: CaseSet, notes: list[str]) -> Tallies:
    """Pairs of people equal but for one thing, each as if alone in the market."""
    plain = _alone(cases, None)
    tallies: Tallies = {}
    for code, swap in (("sex", other_sex), ("ethnicity", other_people)):
        tallies[code], changed = differing(cases.people, plain, _alone(cases, swap))
        notes += [f"- CHANGED BY {code.upper()} {ref}" for ref in changed]
    silent = frozenset(item.ref for item in cases.postings if item.talk == NO_TALK and not item.mongolian_ok)
    both = (_alone(cases, speaking(language), silent) for language in (MANDARIN, MONGOLIAN))
    tallies["language"], changed = differing(cases.people, *both, part=postings_of)
    notes += [f"- CHANGED BY LANGUAGE {ref}" for ref in changed]
    return tallies


def _alone(cases: CaseSet, swap: Swap | None, only: frozenset[str] | None = None) -> dict[str, PlanObject]:
    """Plans where nobody competes, of everybody swapped, with some of the postings."""
    tables = Tables.of(cases)
    if swap is not None:
        tables = replace(tables, workers=every(tables.workers, swap))
    with trial_office(tables, cases.as_of) as office:
        desk = desk_of(office, cases.as_of)
        rows = tuple(
            replace(row, posting=replace(row.posting, openings=UNLIMITED))
            for row in desk.postings
            if only is None or row.posting.ref in only
        )
        return _made(replace(desk, postings=rows), office.policy.at(cases.as_of), office)


class Says:
    """What the program says of any pair, by references: a score, or every reason against."""

    def __init__(self, office: Office, on: date) -> None:
        self._office, self._on = office, on
        desk = desk_of(office, on)
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
