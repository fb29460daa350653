"""Aspects: every feature and limit stands in one, and it reads no column that the aspect does not name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from matcher.aspects import ASPECTS, BY_FEATURE, BY_LIMIT, Aspect, kinds
from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.planning import build_market, encode_people, entitle
from tests.strategies import markets
from tests.worlds import policy

ALWAYS = {"profiles"}
"""Tables that kinds point into, the same for all."""


class Seen:
    """Columns that remember which of them were read."""

    def __init__(self, columns: object) -> None:
        self._columns, self.read = columns, set[str]()

    def __getattr__(self, name: str) -> Any:
        self.read.add(name)
        return getattr(self._columns, name)


def test_every_feature_and_limit_stands_in_exactly_one_aspect() -> None:
    assert sorted(name for aspect in ASPECTS for name in aspect.features) == sorted(BY_FEATURE)
    assert sorted(code for aspect in ASPECTS for code in (*aspect.certain, *aspect.learnable)) == sorted(BY_LIMIT)


@pytest.mark.parametrize("aspect", ASPECTS, ids=lambda aspect: aspect.name)
@settings(max_examples=10, deadline=None)
@given(market=markets())
def test_an_aspect_names_every_column_it_reads(
    aspect: Aspect, market: tuple[list[WorkerRow], list[PostingRow]]
) -> None:
    people = [person.row for person in entitle(market[0], policy())]
    table, homes = build_market(people, market[1], load_vocabulary(), policy(), every=True)
    workers, postings = Seen(encode_people(people, homes, table)), Seen(table.postings)
    pairs = table.pairs(workers, np.arange(len(people))[:, None], np.arange(len(table.postings))[None, :])  # type: ignore[arg-type]
    pairs = replace(pairs, p=postings)  # type: ignore[arg-type]
    if aspect.by_day:
        pairs.prepare(within_day=np.zeros((len(people), 1), dtype=np.bool_))
    for name in aspect.features:
        BY_FEATURE[name].func(pairs)
    for code in (*aspect.certain, *aspect.learnable):
        BY_LIMIT[code].breaks(pairs)
    assert workers.read <= {*aspect.people}
    assert postings.read - ALWAYS <= {*aspect.postings}


def test_records_are_of_one_kind_where_all_columns_agree() -> None:
    first, of = kinds([np.array([1, 1, 2, 1]), np.array([0.5, np.nan, 0.5, np.nan])], 4)
    assert of[1] == of[3]
    assert len({*of.tolist()}) == len(first) == 3
    assert of[first].tolist() == [0, 1, 2]
