"""A larger market out of a stored one: more districts of the same kind, side by side.

In: a desk, how many people and postings are wanted. Out: a desk with as many copies as that takes, each moved to
codes and a longitude of its own and thinned evenly, so that a person still has the postings of one district in reach.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from matcher.casework import Desk, load_desk
from matcher.class_gains import ClassRow
from matcher.columns import PostingRow, WorkerRow
from matcher.columns.postings import stable_mark
from matcher.domain.division import Place
from matcher.domain.errors import InputRefused
from matcher.office import Office
from matcher.policy import PolicyAt

Row = TypeVar("Row", WorkerRow, PostingRow)
APART_DEGREES = 9.0
"""Farther than any weekly way."""
KEYS_A_DISTRICT = 10_000_000
FIRST_CODE = 70
"""Codes from here on belong to no province."""


def desk_to_grow(office: Office, policy: PolicyAt) -> Desk:
    """Everybody and all postings of an office; raises InputRefused where there is nothing to measure."""
    with office.reading() as unit:
        desk = load_desk(office, unit, division="", worker_ref="", on=policy.on)
    if not desk.people or not desk.postings:
        raise InputRefused("没有数据可测：先导入，或用 demo --size prefecture --no-serve 造数据")
    return desk


def grown_desk(desk: Desk, people: int, postings: int) -> Desk:
    """So many people and postings, as far as whole rows allow; answers and standing plans are left out."""
    if not desk.people or not desk.postings:
        return desk
    districts = max(-(-people // len(desk.people)), -(-postings // len(desk.postings)))
    workers = _thinned(desk.people, lambda row: row.worker.ref, people, districts)
    openings = _thinned(desk.postings, lambda row: row.posting.ref, postings, districts)
    return Desk(
        people=tuple(_moved_person(row, number) for number, rows in enumerate(workers) for row in rows),
        postings=tuple(_moved_posting(row, number) for number, rows in enumerate(openings) for row in rows),
        classes=tuple(_moved_class(row, number) for number in range(districts) for row in desk.classes),
        standing={},
    )


def _thinned(rows: Sequence[Row], ref: Callable[[Row], str], wanted: int, districts: int) -> list[list[Row]]:
    """For every district its share of the rows, each time others, always the same ones."""
    edges = [wanted * number // districts for number in range(districts + 1)]
    return [
        sorted(rows, key=lambda row: stable_mark(f"{number} {ref(row)}"))[: stop - start]
        for number, (start, stop) in enumerate(zip(edges, edges[1:], strict=False))
    ]


def _moved(place: Place, district: int) -> Place:
    """The place in another district."""
    if district == 0:
        return place
    code = f"{FIRST_CODE + district % 29}{place.code[2:]}" if place.code else ""
    lon = None if place.lon is None else place.lon - APART_DEGREES * district
    return replace(place, code=code, lon=lon)


def _moved_person(row: WorkerRow, district: int) -> WorkerRow:
    """Somebody like this one, elsewhere."""
    worker = replace(
        row.worker, ref=f"{row.worker.ref}/{district}", home=_moved(row.worker.home, district), guide_name=""
    )
    wished = tuple((_moved(place, district), evidence) for place, evidence in row.facts.wished_places)
    return WorkerRow(row.key + KEYS_A_DISTRICT * district, worker, replace(row.facts, wished_places=wished))


def _moved_posting(row: PostingRow, district: int) -> PostingRow:
    """A posting like this one, elsewhere, by another employer."""
    posting = replace(
        row.posting,
        ref=f"{row.posting.ref}/{district}",
        employer=f"{row.posting.employer}{district or ''}",
        place=_moved(row.posting.place, district),
    )
    return replace(row, key=row.key + KEYS_A_DISTRICT * district, posting=posting)


def _moved_class(row: ClassRow, district: int) -> ClassRow:
    """A class like this one, elsewhere."""
    training = replace(row.training, ref=f"{row.training.ref}/{district}", place=_moved(row.training.place, district))
    return replace(row, key=row.key + KEYS_A_DISTRICT * district, training=training)
