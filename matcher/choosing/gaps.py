"""Why nobody was sent to a posting: the commonest limits over people who live near it.

In: an office and postings. Out: for each the people looked at, how many it would suit, and what keeps the others
away, the commonest first. Kept for the day as long as the posting is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.aftercare.staying import records
from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.division import lies_within
from matcher.domain.match import Exclusion
from matcher.filters import LIMITS
from matcher.live import closed_because
from matcher.office import Office
from matcher.past import Past
from matcher.planning import build_market, encode_people, entitle
from matcher.policy import PolicyAt
from matcher.relaxing import broken_limits
from matcher.scoring import exact_scores, scorecard
from matcher.store.postings import StoredPosting
from matcher.store.store import UnitOfWork
from matcher.stored_rows import posting_row

NAMED = 2
"""Limits named for a posting."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Why nobody was sent to a posting."""

    looked_at: int = 0
    suits: int = 0
    """How many of those looked at it would suit."""
    why: tuple[tuple[str, int], ...] = ()
    """Code of a limit, and how many of those looked at it keeps away."""
    closed: Exclusion | None = None
    """Why it is suggested to nobody, None for a live one."""


def gaps(office: Office, unit: UnitOfWork, keys: Sequence[int], division: str, *, people: int = 0) -> dict[int, Gap]:
    """Why nobody was sent to some postings, as seen from a division of so many `people`."""
    policy = office.policy.at(office.today())
    near = Near(office, unit, division, people, policy)
    return {key: near.gap(stored) for key, stored in unit.postings.many(keys).items()}


@dataclass(frozen=True, slots=True)
class Near:
    """People near postings, as they were kept today or as they are read now."""

    office: Office
    unit: UnitOfWork
    division: str
    many: int
    policy: PolicyAt

    def gap(self, stored: StoredPosting) -> Gap:
        """One posting: as it was kept, or looked at now."""
        name = ("gap", stored.key, self.division)
        stamp = (self.policy.digest, self.policy.on, self.many, stored.revision, stored.state, stored.openings_left)
        return self.office.shelf.get(name, stamp, lambda: self._look(stored))

    def _look(self, stored: StoredPosting) -> Gap:
        """Holds one posting against people of its banner, or of the division where it lies elsewhere."""
        row = posting_row(stored, self.office, known=records(self.office, self.unit, self.policy.on))
        closed = closed_because(row, self.policy)
        if closed is not None:
            return Gap(closed=closed)
        county = row.posting.place.county
        near = county if county and lies_within(county, self.division) else self.division
        stamp = (self.policy.digest, self.policy.on, self.many)
        people = self.office.shelf.get(
            ("near", near), stamp, lambda: _people(self.office, self.unit, near, self.policy)
        )
        return _counted(people, row, self.policy) if people else Gap()


def _people(office: Office, unit: UnitOfWork, division: str, policy: PolicyAt) -> list[WorkerRow]:
    """Some people of a division who are owed postings, spread over its villages."""
    stored = unit.workers.some(division=division, most=policy.whole("desk.gap_people"))
    past = Past.of(office, unit, [one.key for one in stored], policy.on)
    rows = [past.row(one, office, policy.on) for one in stored]
    return [person.row for person in entitle(rows, policy) if person.row.track.carries_postings]


def _counted(people: Sequence[WorkerRow], row: PostingRow, policy: PolicyAt) -> Gap:
    """How many people each limit keeps from one posting."""
    market, homes = build_market(people, [row], load_vocabulary(), policy)
    workers = encode_people(people, homes, market)
    every = np.arange(len(workers), dtype=np.intp)
    broken = broken_limits(market.pairs(workers, every[:, None], np.zeros((1, 1), dtype=np.intp)))[:, 0]
    free = np.flatnonzero(broken == 0)
    score = exact_scores(market.pairs(workers, free, np.zeros(len(free), dtype=np.intp)), scorecard(policy)).score
    counts = [(limit.code, int((broken >> number & 1).sum())) for number, limit in enumerate(LIMITS)]
    ordered = sorted((one for one in counts if one[1]), key=lambda one: (-one[1], one[0]))
    return Gap(len(people), int((score >= policy.number("plan.minimum_score")).sum()), tuple(ordered[:NAMED]))
