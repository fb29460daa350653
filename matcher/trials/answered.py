"""Recorded answers as examples to learn from.

In: an office with plans and answers. Out: `Examples` of wish (wanted or not) and of fit (hired or not), the values
worked out again from what is stored of person and posting today.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.answer import AnswerKind
from matcher.domain.match import Part
from matcher.domain.worker import LabourSkill, Sex
from matcher.features import FEATURES
from matcher.office import Office
from matcher.planning import build_market, encode_people, entitle
from matcher.policy import PolicyAt
from matcher.scoring import Scores, exact_scores, scorecard
from matcher.stored_rows import posting_row, worker_row
from matcher.trials.weights import Examples

OUTCOMES: dict[Part, dict[AnswerKind, int]] = {
    Part.WISH: {
        AnswerKind.WANTED: 1,
        AnswerKind.CALLED: 1,
        AnswerKind.STARTED: 1,
        AnswerKind.TRIED_NOT_HIRED: 1,
        AnswerKind.NOT_WANTED: 0,
    },
    Part.FIT: {AnswerKind.STARTED: 1, AnswerKind.TRIED_NOT_HIRED: 0},
}
"""What an answer says: that it was wanted speaks of the wish, whether one was taken on speaks of the fit."""
Told = tuple[int, int, AnswerKind]

GROUPS: dict[str, Callable[[WorkerRow], bool]] = {
    "women": lambda row: row.facts.sex.value is Sex.FEMALE,
    "minorities": lambda row: bool(row.worker.ethnicity) and not row.worker.ethnicity.startswith("汉"),
    "weak labour": lambda row: row.worker.labour_skill is LabourSkill.WEAK,
    "limited health": lambda row: any(item.code.startswith("NO_") for item in row.facts.constraints),
}
"""Groups that new weights may not put at a disadvantage; none of them is a feature."""


def collect(office: Office, policy: PolicyAt) -> dict[Part, Examples]:
    """Every answered pair of the store, the last answer to each."""
    with office.reading() as unit:
        told = unit.plans.answers.latest()
        people = unit.workers.many(sorted({one[0] for one in told}))
        postings = unit.postings.many(sorted({one[1] for one in told}))
    rows = [worker_row(item, office, policy.on) for item in people.values()]
    offered = [posting_row(item, office) for item in postings.values()]
    planned = [person.row for person in entitle(rows, policy)]
    return _examples(planned, offered, told, policy)


def _examples(
    people: Sequence[WorkerRow], postings: Sequence[PostingRow], told: Sequence[Told], policy: PolicyAt
) -> dict[Part, Examples]:
    """The values of all answered pairs in one go, then parted by what each answer says."""
    market, homes = build_market(people, postings, load_vocabulary(), policy, every=True)
    workers = encode_people(people, homes, market)
    person_at = {row.key: at for at, row in enumerate(workers.rows)}
    posting_at = {row.key: at for at, row in enumerate(market.postings.rows)}
    known = [one for one in told if one[0] in person_at and one[1] in posting_at]
    wi = np.array([person_at[one[0]] for one in known], dtype=np.intp)
    pi = np.array([posting_at[one[1]] for one in known], dtype=np.intp)
    scores = exact_scores(market.pairs(workers, wi, pi), scorecard(policy))
    rows = [workers.rows[at] for at in wi]
    return {part: _of_part(part, scores, rows, [one[2] for one in known], policy) for part in Part}


def _of_part(
    part: Part, scores: Scores, rows: Sequence[WorkerRow], kinds: Sequence[AnswerKind], policy: PolicyAt
) -> Examples:
    """The examples of one part; an unknown value counts as neutral."""
    outcomes = OUTCOMES[part]
    use = np.array([kind in outcomes for kind in kinds], dtype=np.bool_)
    names = tuple(feature.name for feature in FEATURES if feature.part is part and not feature.beside)
    neutral = policy.group(f"neutral.{part.value}")
    table: list[npt.NDArray[np.float64]] = [
        np.nan_to_num(scores.values[name] - neutral[name], nan=0.0)[use] for name in names
    ]
    chosen = [row for row, used in zip(rows, use, strict=True) if used]
    return Examples(
        part=part,
        names=names,
        values=np.stack(table, axis=1),
        outcome=np.array([outcomes[kind] for kind in kinds if kind in outcomes], dtype=np.float64),
        banner=np.array([row.worker.home.county or "" for row in chosen], dtype=np.str_),
        groups={name: np.array([test(row) for row in chosen], dtype=np.bool_) for name, test in GROUPS.items()},
    )
