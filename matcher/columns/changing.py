"""Columns of postings after some of them have changed, without working out the others anew.

In: columns, the keys that no longer stand as they were, and what stands in their place. Out: the columns that encoding
all of them would give, but for the order of the table of skill profiles, on which nothing rests.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.columns.postings import PostingColumns, PostingRow, employers_of, encode_postings, order_of, twins_of
from matcher.columns.vocabulary import Vocabulary
from matcher.policy import PolicyAt

_APART = frozenset({"rows", "profiles", "profile", "employer", "twin"})
"""What is not a value of one posting alone."""


def columns_after(
    before: PostingColumns,
    gone: Collection[int],
    fresh: Sequence[PostingRow],
    vocabulary: Vocabulary,
    policy: PolicyAt,
) -> PostingColumns:
    """The postings without the gone keys and with the fresh ones; places get their positions in a market."""
    stays = np.flatnonzero(~np.isin(before.key, list(gone)))
    rows = [before.rows[at] for at in stays.tolist()]
    added = encode_postings(fresh, vocabulary, policy)
    where = [bisect_right(rows, order_of(row), key=order_of) for row in added.rows]
    for shift, (at, row) in enumerate(zip(where, added.rows, strict=True)):
        rows.insert(at + shift, row)
    profiles, moved = _with_profiles(before.profiles, added.profiles)
    columns: dict[str, Any] = {
        item.name: np.insert(getattr(before, item.name)[stays], where, getattr(added, item.name), axis=0)
        for item in fields(before)
        if item.name not in _APART
    }
    return PostingColumns(
        rows=tuple(rows),
        profiles=profiles,
        profile=np.insert(before.profile[stays], where, moved[added.profile]),
        employer=employers_of(rows),
        twin=twins_of(rows),
        **columns,
    )


def _with_profiles(
    known: npt.NDArray[np.float32], added: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
    """The known skill profiles with those that are new, and where each of the added ones stands."""
    seen = {row.tobytes(): at for at, row in enumerate(known)}
    new: dict[bytes, npt.NDArray[np.float32]] = {word: row for row in added if (word := row.tobytes()) not in seen}
    seen |= {word: len(known) + at for at, word in enumerate(new)}
    moved = np.array([seen[row.tobytes()] for row in added], dtype=np.int32)
    return np.concatenate([known, np.array(list(new.values()), dtype=known.dtype)]) if new else known, moved
