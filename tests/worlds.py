"""Small markets: people, postings and classes put through the engine, the way a run does it.

In: rows of tests.factories. Out: plans by reference, what was settled, or one pair looked at closely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import numpy as np

from matcher.casework import Desk, make_plans
from matcher.class_gains import ClassRow
from matcher.columns import Pairs, PostingRow, WorkerRow, load_vocabulary
from matcher.domain.match import Exclusion, Reason
from matcher.domain.plan import ServicePlan
from matcher.explain import CloseLook, exclusions_for
from matcher.planning import Settled, build_market, encode_people, entitle
from matcher.policy import PolicyAt, load_policy
from matcher.reference.divisions import load_gazetteer
from matcher.scoring import Scores, exact_scores, scorecard
from matcher.sights import sights
from matcher.wording import Wording, load_catalogue
from tests.factories import DAY


def policy(on: date = DAY) -> PolicyAt:
    """Tongliao's policy on a day."""
    return load_policy().at(on)


def run(
    people: Iterable[WorkerRow],
    postings: Iterable[PostingRow],
    classes: Iterable[ClassRow] = (),
    *,
    on: PolicyAt | None = None,
    standing: Mapping[int, int] | None = None,
) -> tuple[dict[str, ServicePlan], Settled]:
    """Plans by reference, and what they were composed from."""
    desk = Desk(people=tuple(people), postings=tuple(postings), classes=tuple(classes), standing=dict(standing or {}))
    plans, settled = make_plans(desk, on or policy(), lambda share, code: None)
    return {plan.worker_ref: plan for plan in plans}, settled


def plan_of(
    person: WorkerRow, postings: Iterable[PostingRow], classes: Iterable[ClassRow] = (), *, on: PolicyAt | None = None
) -> ServicePlan:
    """The plan of one person alone in a market."""
    plans, _ = run([person], postings, classes, on=on)
    return plans[person.worker.ref]


def pair(person: WorkerRow, posting: PostingRow, on: PolicyAt | None = None) -> Pairs:
    """One person with one posting, whether live or not."""
    (entitled,) = entitle([person], on or policy())
    market, homes = build_market([entitled.row], [posting], load_vocabulary(), on or policy(), every=True)
    nobody = np.zeros(1, dtype=np.intp)
    return market.pairs(encode_people([entitled.row], homes, market), nobody, nobody)


def scores_of(person: WorkerRow, posting: PostingRow, on: PolicyAt | None = None) -> Scores:
    """The scorecard of one pair."""
    return exact_scores(pair(person, posting, on), scorecard(on or policy()))


def value_of(feature: str, person: WorkerRow, posting: PostingRow) -> float:
    """The value of one feature for one pair, NaN unknown."""
    return float(scores_of(person, posting).values[feature][0])


def reasons_of(person: WorkerRow, posting: PostingRow) -> tuple[Reason, ...]:
    """Both scorecards of one pair, line by line."""
    pairs = pair(person, posting)
    card = scorecard(policy())
    (sight,) = sights(pairs)
    return CloseLook(pairs, exact_scores(pairs, card), card).reasons(sight, 0)


def why_not(person: WorkerRow, posting: PostingRow, on: PolicyAt | None = None) -> tuple[Exclusion, ...]:
    """Every hard limit the pair breaks."""
    return exclusions_for(pair(person, posting, on), 0)


def codes_against(person: WorkerRow, posting: PostingRow, on: PolicyAt | None = None) -> set[str]:
    """The codes of the limits the pair breaks."""
    return {exclusion.code for exclusion in why_not(person, posting, on)}


@lru_cache(maxsize=2)
def wording(language: str = "zh") -> Wording:
    """The sentences of a language with the names of the lexicon."""
    lexicon, gazetteer = load_vocabulary().lexicon, load_gazetteer()
    return Wording(
        load_catalogue("matcher.wording"),
        language,
        lambda kind, code, lang: gazetteer.name(code, lang) if kind == "division" else lexicon.name(code, lang),
    )
