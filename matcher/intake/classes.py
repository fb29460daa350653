"""Training classes as the office runs them: listed with seats and demand, changed by hand, people enrolled.

In: an office and the scope of an account. Out: pages of classes, one class with its people, and changes kept with who
made them; plans made from now on go by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.intake.classes import ClassEdit, Enrolment, EnrolmentState
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.listings import PAGE_SIZE, Page, Scope
from matcher.office import Office
from matcher.reading import read_class
from matcher.store.store import UnitOfWork

PEOPLE_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFilter:
    """Which classes; `occupation` is a code, `text` part of title or provider."""

    text: str = ""
    occupation: str = ""
    division: str = ""
    starts_from: date | None = None
    only_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSummary:
    """One class; `left` None = the number of seats is not stated; `open` = can be joined on the day."""

    key: int
    training: TrainingClass
    facts: TrainingFacts
    edit: ClassEdit
    taken: int
    suggested: int = 0
    wished: int = 0
    open: bool = False

    @property
    def left(self) -> int | None:
        """Seats nobody has taken."""
        return None if self.training.seats is None else max(0, self.training.seats - self.taken)

    @property
    def occupations(self) -> tuple[str, ...]:
        """The trades it teaches."""
        return tuple(dict.fromkeys(term.code for term in self.facts.occupations))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    """Somebody a class is about: whose plan names it, who takes part, or both; `state` None = not enrolled."""

    key: int
    name: str
    village: str
    place: str
    guide: str
    state: EnrolmentState | None
    suggested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPage:
    """One class with its people within the scope."""

    summary: ClassSummary
    delivered: TrainingClass
    counts: dict[EnrolmentState, int]
    people: tuple[Attendant, ...]
    total: int
    demand: tuple[tuple[str, int], ...]
    """How many people of the scope wish each trade of the class."""
    may_edit: bool


def classes(
    office: Office, unit: UnitOfWork, wanted: ClassFilter, scope: Scope, *, number: int = 1, size: int = PAGE_SIZE
) -> Page[ClassSummary]:
    """Classes that can still be joined first, by the day they start; cancelled and past ones last."""
    found = [one for one in _all(office, unit) if _is_wanted(one, wanted)]
    found.sort(key=lambda one: (not one.open, one.training.starts_on or date.max, one.key))
    rows = found[(max(1, number) - 1) * size :][:size]
    suggested = unit.class_life.suggested_counts(
        [one.key for one in rows], division=scope.division, villages=scope.villages
    )
    codes = [code for one in rows for code in one.occupations]
    wished = unit.class_life.wished_counts(codes, division=scope.division, villages=scope.villages)
    shown = tuple(
        replace(
            one,
            suggested=suggested.get(one.key, 0),
            wished=max((wished.get(code, 0) for code in one.occupations), default=0),
        )
        for one in rows
    )
    return Page(shown, len(found), max(1, number), size)


def trades_taught(office: Office, unit: UnitOfWork) -> list[str]:
    """Every trade some class teaches."""
    return sorted({code for one in _all(office, unit) for code in one.occupations})


def class_page(office: Office, unit: UnitOfWork, key: int, scope: Scope) -> ClassPage:
    """One class."""
    summary, delivered = _one(office, unit, key)
    enrolled = unit.class_life.enrolments(key, division=scope.division, villages=scope.villages)
    suggested = unit.class_life.suggested(key, division=scope.division, villages=scope.villages)
    wished = unit.class_life.wished_counts(summary.occupations, division=scope.division, villages=scope.villages)
    states = {one.worker_key: one.state for one in enrolled}
    keys = list(dict.fromkeys([*states, *suggested]))
    return ClassPage(
        summary=replace(summary, suggested=len(suggested)),
        delivered=delivered,
        counts=unit.class_life.counts(key),
        people=_people(unit, keys[:PEOPLE_SHOWN], states, frozenset(suggested)),
        total=len(keys),
        demand=tuple((code, wished.get(code, 0)) for code in summary.occupations),
        may_edit=_mine(summary.training, scope),
    )


def edit_class(office: Office, key: int, edit: ClassEdit, scope: Scope, *, actor: str) -> None:
    """Keeps seats and days changed by hand, or that a class is cancelled."""
    with office.unit(actor) as unit:
        stored = unit.classes.get(key)
        if not _mine(stored.value, scope):
            raise RecordNotFound("没有这个培训班，或不在您的范围内", ref=str(key))
        after, taken = edit.over(stored.value), unit.class_life.taken([key]).get(key, 0)
        if after.seats is not None and after.seats < taken:
            raise InputRefused(f"名额比已报名的人少（已有 {taken} 人），没有保存；请先改报名，或把名额写大些")
        if after.starts_on and after.ends_on and after.ends_on < after.starts_on:
            raise InputRefused("结束比开班早，没有保存；请核对日期")
        if after.starts_on and after.enrol_until and after.enrol_until > after.starts_on:
            raise InputRefused("报名截止比开班晚，没有保存；请核对日期")
        unit.class_life.edit(key, _beside(edit, stored.value))
        unit.audit.note("class_edited", subject=f"class:{key}", fields="cancelled" if edit.cancelled else "days,seats")


def _beside(edit: ClassEdit, delivered: TrainingClass) -> ClassEdit:
    """An edit without what is as delivered: where the provider changes that, the class follows."""
    return replace(
        edit,
        seats=edit.seats if edit.seats != delivered.seats else None,
        starts_on=edit.starts_on if edit.starts_on != delivered.starts_on else None,
        ends_on=edit.ends_on if edit.ends_on != delivered.ends_on else None,
        enrol_until=edit.enrol_until if edit.enrol_until != delivered.enrol_until else None,
    )


def as_delivered(office: Office, key: int, scope: Scope, *, actor: str) -> None:
    """The class is as its provider stated it."""
    with office.unit(actor) as unit:
        if not _mine(unit.classes.get(key).value, scope):
            raise RecordNotFound("没有这个培训班，或不在您的范围内", ref=str(key))
        unit.class_life.forget_edit(key)
        unit.audit.note("class_edit_undone", subject=f"class:{key}")


def enrol(office: Office, key: int, worker_key: int, state: EnrolmentState | None, scope: Scope, *, actor: str) -> None:
    """Puts somebody's part in a class to a state, None = was never enrolled; no class takes more than it has seats."""
    with office.unit(actor) as unit:
        unit.class_life.hold(key)
        summary, _ = _one(office, unit, key)
        unit.workers.get(worker_key, division=scope.division, villages=scope.villages)
        before = {one.class_key: one.state for one in unit.class_life.of_person(worker_key)}.get(key)
        takes = state is not None and state.takes_seat and not (before is not None and before.takes_seat)
        if takes and summary.edit.cancelled:
            raise InputRefused("这个班已取消，没有报名")
        if takes and summary.left == 0:
            raise InputRefused("名额已满，没有报名；请改名额，或选别的班")
        if state is None:
            unit.class_life.withdraw(key, worker_key)
        else:
            unit.class_life.enrol(key, worker_key, state)
        told = state.value if state is not None else "withdrawn"
        unit.audit.note("enrolment", subject=f"worker:{worker_key}", fields=f"class:{key} {told}")


def enrolments_of(unit: UnitOfWork, worker_key: int) -> list[tuple[Enrolment, str]]:
    """The classes of somebody, with their titles."""
    found = unit.class_life.of_person(worker_key)
    named = unit.classes.many([one.class_key for one in found])
    return [(one, named[one.class_key].value.title) for one in found if one.class_key in named]


def _all(office: Office, unit: UnitOfWork) -> Iterable[ClassSummary]:
    """Every class as it stands now."""
    edits, taken = unit.class_life.edits(), unit.class_life.taken()
    today = office.today()
    for stored in unit.classes.all_for_planning():
        facts = stored.facts or read_class(stored.value, office.tools)
        yield _summary(stored.key, stored.value, facts, edits.get(stored.key), taken.get(stored.key, 0), today)


def _one(office: Office, unit: UnitOfWork, key: int) -> tuple[ClassSummary, TrainingClass]:
    """One class as it stands now, and as delivered."""
    stored = unit.classes.get(key)
    facts = stored.facts or read_class(stored.value, office.tools)
    edit, taken = unit.class_life.edits([key]).get(key), unit.class_life.taken([key]).get(key, 0)
    return _summary(key, stored.value, facts, edit, taken, office.today()), stored.value


def _summary(
    key: int, delivered: TrainingClass, facts: TrainingFacts, edit: ClassEdit | None, taken: int, today: date
) -> ClassSummary:
    """A class as it stands now."""
    edit = edit or ClassEdit()
    now = edit.over(delivered)
    closes = now.enrol_until or now.starts_on
    full = now.seats is not None and now.seats <= taken
    is_open = not edit.cancelled and not full and (closes is None or closes >= today)
    return ClassSummary(key=key, training=now, facts=facts, edit=edit, taken=taken, open=is_open)


def _is_wanted(one: ClassSummary, wanted: ClassFilter) -> bool:
    """Whether a class passes a filter; classes without a known place are everywhere's."""
    training = one.training
    text = wanted.text.strip()
    return (
        (not text or text in training.title or text in training.provider)
        and (not wanted.occupation or wanted.occupation in one.occupations)
        and (not wanted.division or not training.place.known or lies_within(training.place.code, wanted.division))
        and (wanted.starts_from is None or training.starts_on is None or training.starts_on >= wanted.starts_from)
        and (not wanted.only_open or one.open)
    )


def _mine(training: TrainingClass, scope: Scope) -> bool:
    """Whether an account may change a class: its place lies in the division, or nowhere known."""
    return not training.place.known or lies_within(training.place.code, scope.division)


def _people(
    unit: UnitOfWork, keys: list[int], states: dict[int, EnrolmentState], suggested: frozenset[int]
) -> tuple[Attendant, ...]:
    """People of a class as listed."""
    stored = unit.workers.many(keys)
    return tuple(
        Attendant(
            key=key,
            name=stored[key].value.name,
            village=stored[key].value.village,
            place=stored[key].value.home.name or stored[key].value.home.text,
            guide=stored[key].value.guide_name,
            state=states.get(key),
            suggested=key in suggested,
        )
        for key in keys
        if key in stored
    )
