"""Pairs of people and postings, as a list or as a whole block.

In: columns and two index arrays that broadcast against each other: both (k,) for a list of pairs, or (n, 1) and
(1, m) for every person of a block with every posting. Limits and features are written once, for both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matcher.columns.arrays import Bools, Floats, Index, Kind, Rows
from matcher.columns.places import PlaceTable
from matcher.columns.postings import PostingColumns
from matcher.columns.vocabulary import Vocabulary
from matcher.columns.workers import WorkerColumns
from matcher.policy import PolicyAt

PEOPLE_AT_ONCE = 4096


@dataclass(slots=True)
class Pairs:
    """Broadcastable pairs; `wi` and `pi` point into the columns."""

    w: WorkerColumns
    p: PostingColumns
    places: PlaceTable
    vocabulary: Vocabulary
    policy: PolicyAt
    wi: Index
    pi: Index
    _cache: dict[str, npt.NDArray[np.generic]] = field(default_factory=dict)

    def prepare(self, **known: npt.NDArray[np.generic]) -> None:
        """What is known of these pairs already and need not be worked out again."""
        self._cache.update(known)

    @property
    def dense(self) -> bool:
        """Whether this is a block of everybody with everything."""
        return self.wi.ndim == 2

    def table(self, rows: Rows[Kind], columns: npt.NDArray[np.int32]) -> npt.NDArray[Kind]:
        """rows[person, columns[posting]] for every pair."""
        if self.dense:
            found: npt.NDArray[Kind] = np.take(rows.take(self.wi[:, 0]), columns[self.pi[0]], axis=1)
            return found
        return rows.cells(self.wi, columns[self.pi])

    def _placed(self, name: str, values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
        """A place table looked up for every pair; a block of one home keeps one row."""
        if name not in self._cache:
            if self.dense:
                homes = self.w.home[self.wi[:, 0]]
                one = homes.size > 0 and bool((homes == homes[0]).all())
                block = values[homes[:1] if one else homes]
                self._cache[name] = block[:, self.p.place[self.pi[0]]]
            else:
                self._cache[name] = values[self.w.home[self.wi], self.p.place[self.pi]]
        return self._cache[name]

    @property
    def km(self) -> Floats:
        """Straight kilometres from home to work, NaN unknown."""
        return self._placed("km", self.places.km).astype(np.float32, copy=False)

    @property
    def exact(self) -> Bools:
        """Whether the kilometres may be promised."""
        return self._placed("exact", self.places.exact).astype(np.bool_, copy=False)

    @property
    def guessed_near(self) -> Bools:
        """One township without coordinates: within daily reach by any means (matching, section 2)."""
        return self._placed("guessed_near", self.places.guessed_near).astype(np.bool_, copy=False)

    @property
    def same_county(self) -> Bools:
        """Whether home and work lie in one county."""
        return self._placed("same_county", self.places.same_county).astype(np.bool_, copy=False)

    @property
    def other_township(self) -> Bools:
        """Whether home and work lie in two townships of one county that are both known."""
        return self._placed("other_township", self.places.other_township).astype(np.bool_, copy=False)

    @property
    def road_km(self) -> Floats:
        """Kilometres by road."""
        if "road_km" not in self._cache:
            self._cache["road_km"] = self.km * np.float32(self.policy.number("commute.detour"))
        return self._cache["road_km"].astype(np.float32, copy=False)

    @property
    def minutes(self) -> Floats:
        """Minutes from door to door, one way, by the person's means; work at home takes none."""
        if "minutes" not in self._cache:
            travel = self.road_km * self.w.minutes_per_km[self.wi] + self.w.wait[self.wi]
            self._cache["minutes"] = np.where(self.done_at_home, np.float32(0), travel)
        return self._cache["minutes"].astype(np.float32, copy=False)

    @property
    def skill_cover(self) -> Floats:
        """Share of what makes one good at the work that the person has, in [0, 1]."""
        if "cover" not in self._cache:
            if self.dense:
                people = cover_of(self.w.held.take(self.wi[:, 0]), self.p.profiles)
                self._cache["cover"] = np.take(people, self.p.profile[self.pi[0]], axis=1)
            else:
                self._cache["cover"] = self._cover_of_list()
        return np.asarray(self._cache["cover"], dtype=np.float32)

    def _cover_of_list(self) -> Floats:
        """Skill cover of a list of pairs: every kind of holder's cover of every profile, some kinds at a time."""
        holders, position = np.unique(self.w.held.kind[self.wi], return_inverse=True)
        wanted, profile = np.unique(self.p.profile[self.pi], return_inverse=True)
        profiles, cover = self.p.profiles[wanted], np.empty(self.wi.shape, dtype=np.float32)
        for start in range(0, len(holders), PEOPLE_AT_ONCE):
            some = cover_of(self.w.held.table[holders[start : start + PEOPLE_AT_ONCE]], profiles)
            here = (position >= start) & (position < start + PEOPLE_AT_ONCE)
            cover[here] = some[position[here] - start, profile[here]]
        return cover

    @property
    def done(self) -> Floats:
        """How much the person has done this work or work like it, in [0, 1]."""
        if "done" not in self._cache:
            found: Floats = self.table(self.w.experience, self.p.occupation)
            self._cache["done"] = found
        return np.asarray(self._cache["done"], dtype=np.float32)

    @property
    def wished(self) -> Floats:
        """How near the work is to a stated wish, in [0, 1]."""
        if "wished" not in self._cache:
            found: Floats = self.table(self.w.wish, self.p.occupation)
            self._cache["wished"] = found
        return np.asarray(self._cache["wished"], dtype=np.float32)

    @property
    def done_at_home(self) -> Bools:
        """Work at home, with the material handed out in the person's own county, or sent."""
        if "done_at_home" not in self._cache:
            self._cache["done_at_home"] = (self.p.at_home[self.pi] & self.same_county) | self.p.anywhere[self.pi]
        return np.asarray(self._cache["done_at_home"], dtype=np.bool_)

    @property
    def within_day(self) -> Bools:
        """Home the same day: near enough by the person's means for sure, or work at home."""
        if "within_day" not in self._cache:
            near = self._near | self.guessed_near
            self._cache["within_day"] = (near & (self.exact | ~self.same_county)) | self.done_at_home
        return np.asarray(self._cache["within_day"], dtype=np.bool_)

    @property
    def _near(self) -> Bools:
        """Within a day's time and the kilometres one wants, by the distance known or assumed."""
        if "near" not in self._cache:
            longest = np.where(
                self.w.midday_home[self.wi],
                np.float32(self.policy.number("limits.midday_minutes")),
                np.float32(self.policy.number("commute.daily_minutes")),
            )
            self._cache["near"] = (self.minutes <= longest) & (self.road_km <= self.w.max_km[self.wi])
        return np.asarray(self._cache["near"], dtype=np.bool_)

    @property
    def distance_unsure(self) -> Bools:
        """The same county, but the distance is not known well enough to promise anything; another township is
        no question for who has to be home every day and cannot cover by day what townships are assumed to lie apart."""
        if "distance_unsure" not in self._cache:
            bound = self.w.day_return[self.wi] | np.isfinite(self.w.max_km[self.wi])
            hopeless = bound & self.other_township & ~self._near
            self._cache["distance_unsure"] = self.same_county & ~self.exact & ~self.done_at_home & ~hopeless
        return np.asarray(self._cache["distance_unsure"], dtype=np.bool_)


def cover_of(held: Floats, profiles: Floats) -> Floats:
    """Cover of some profiles, shape (people, profiles); weights are whole numbers, so the sums are exact.

    Added up column by column: a profile has a few skills of some hundred, and a matrix product wakes every core for it.
    """
    row, skill = np.nonzero(profiles)
    cover = np.zeros((len(held), len(profiles)), dtype=np.float32)
    if row.size:
        start = np.flatnonzero(np.diff(row, prepend=-1))
        weighed = np.take(held, skill, axis=1) * profiles[row, skill]
        cover[:, row[start]] = np.add.reduceat(weighed, start, axis=1) / profiles.sum(axis=1)[row[start]]
    return cover
