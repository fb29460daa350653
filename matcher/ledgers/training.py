"""培训需求表: what people want to learn, by place, with the open classes beside it.

In: the book of figures and the classes. Out: a line for each occupation and township, most wanted first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.division import lies_within
from matcher.domain.service.ledgers import LedgerKind
from matcher.domain.training import TrainingClass
from matcher.ledgers.columns import columns_of
from matcher.ledgers.forms import Cell, written
from matcher.ledgers.subject import Around
from matcher.ledgers.values.person import official_parts
from matcher.reports.traits import Trait
from matcher.store.store import UnitOfWork

_PLACES_NAMED = 3


@dataclass(frozen=True, slots=True)
class OpenClass:
    """A class that still takes people; `left` None = the number of seats is not stated."""

    training: TrainingClass
    teaches: frozenset[str]
    left: int | None


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """How many people of a place want to learn something, and which classes of the banner would take them."""

    home: str
    code: str
    county: str
    township: str
    subject: str
    people: int
    unemployed: int
    classes: int
    seats: int | None
    starts_on: date | None
    where: str


def open_classes(unit: UnitOfWork, today: date) -> list[OpenClass]:
    """The classes that still take people, as they are run."""
    edits, taken = unit.class_life.edits(), unit.class_life.taken()
    found = []
    for stored in unit.classes.all_for_planning():
        edit = edits.get(stored.key)
        training = edit.over(stored.value) if edit is not None else stored.value
        closes = training.enrol_until or training.starts_on
        if (edit is not None and edit.cancelled) or (closes is not None and closes < today):
            continue
        left = None if training.seats is None else max(0, training.seats - taken.get(stored.key, 0))
        facts = stored.facts
        terms = (*facts.occupations, *facts.skills) if facts is not None else ()
        if left != 0:
            found.append(OpenClass(training, frozenset(term.code for term in terms), left))
    return found


def training_lines(people: Iterable[Trait], classes: Sequence[OpenClass], about: Around) -> list[TrainingLine]:
    """A line for each place and occupation; classes count that are held in the same banner."""
    wanted: dict[tuple[str, str], list[Trait]] = defaultdict(list)
    for one in people:
        for code in one.learn:
            wanted[one.township or one.county, code].append(one)
    beside = _by_subject(classes)
    lines = [_line(home, code, group, beside.get(code, ()), about) for (home, code), group in wanted.items()]
    return sorted(lines, key=lambda line: (-line.people, line.home, line.code))


def _by_subject(classes: Sequence[OpenClass]) -> Mapping[str, Sequence[OpenClass]]:
    """Classes by what they teach."""
    found: dict[str, list[OpenClass]] = defaultdict(list)
    for one in classes:
        for code in one.teaches:
            found[code].append(one)
    return found


def _line(home: str, code: str, people: Sequence[Trait], classes: Sequence[OpenClass], about: Around) -> TrainingLine:
    """One line."""
    near = [one for one in classes if lies_within(one.training.place.code, home[:6]) or not one.training.place.code]
    starts = sorted(one.training.starts_on for one in near if one.training.starts_on is not None)
    lefts = [one.left for one in near]
    county, township = official_parts(about.gazetteer, home)
    places = dict.fromkeys(one.training.place.name or one.training.place.text for one in near)
    return TrainingLine(
        home=home,
        code=code,
        county=county,
        township=township,
        subject=about.names("occupation", code),
        people=len(people),
        unemployed=sum(not one.in_work for one in people),
        classes=len(near),
        seats=sum(left for left in lefts if left is not None) if any(left is not None for left in lefts) else None,
        starts_on=starts[0] if starts else None,
        where="、".join(list(filter(None, places))[:_PLACES_NAMED]),
    )


def cells_of(line: TrainingLine) -> list[Cell]:
    """A line in the columns of the ledger."""
    names = (column.source.removeprefix("line.") for column in columns_of(LedgerKind.TRAINING))
    return [written(getattr(line, name), "day" if name == "starts_on" else "text") for name in names]
