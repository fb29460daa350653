"""The queue: whose case is due, the most urgent first, and how many stand at each step.

In: everybody of a scope on a day, and a filter. Out: a page of lines, a count a state, and what there is to filter by.
For a whole prefecture the cases lie on the office's shelf and are renewed behind the scenes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matcher.cases.due import Todo
from matcher.cases.gathering import PersonCase, gather
from matcher.cases.recording import owed_a_case
from matcher.domain.casenumber import case_number
from matcher.domain.service.casestate import CaseState, Missing
from matcher.listings import Page, Scope
from matcher.office import Office
from matcher.store.casefile.gathering import Whom

PAGE_SIZE = 30
AT_ONCE = 2_500
"""People whose cases are looked at anew for every page."""
FUNNEL = (
    *(CaseState.SCREENED, CaseState.OPEN, CaseState.GUIDED, CaseState.MATCHED, CaseState.DELIVERED),
    *(CaseState.IN_ACTION, CaseState.PLACED, CaseState.DAY7, CaseState.DAY30, CaseState.STABLE_3M, CaseState.CLOSED),
)
"""The steps in the order people take them."""
MINE, NOBODY = "mine", "nobody"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One person of the queue."""

    key: int
    name: str
    village: str
    place: str
    home_code: str
    state: CaseState
    missing: tuple[Missing, ...]
    valid: int
    needed: int
    todo: Todo | None
    due_on: date | None
    owner: str
    priority: int
    reentries: int
    opened_on: date | None
    owed: bool
    done: bool

    @property
    def case_no(self) -> str:
        """The number said on papers and over the phone."""
        return case_number(self.key)

    def overdue(self, on: date) -> bool:
        """Whether the day on which something was due has passed."""
        return self.due_on is not None and self.due_on < on


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which lines: of a state, of a village, of somebody, only those that are late."""

    state: str = ""
    village: str = ""
    owner: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the queue with what stands above it."""

    page: Page[QueueLine]
    counts: dict[CaseState, int]
    people: int
    late: int
    today: int
    owed: int
    unowned: int
    done_131: int
    villages: tuple[str, ...]
    age_seconds: float = 0.0


def queue(office: Office, scope: Scope, wanted: QueueFilter, *, me: str, number: int = 1) -> Queue:
    """A page of the queue of a scope."""
    on = office.today()
    lines, age = _lines(office, scope, on)
    counts = Counter(line.state for line in lines)
    shown = [line for line in lines if _wanted(line, wanted, on, me)]
    first = (number - 1) * PAGE_SIZE
    page = Page(tuple(shown[first : first + PAGE_SIZE]), len(shown), number, PAGE_SIZE)
    return Queue(
        page=page,
        counts=dict(counts),
        people=len(lines),
        late=sum(line.overdue(on) for line in lines),
        today=sum(line.due_on == on for line in lines),
        owed=sum(line.owed for line in lines),
        unowned=sum(not line.owner and not line.state.over for line in lines),
        done_131=sum(line.done for line in lines),
        villages=tuple(sorted({line.village for line in lines if line.village})),
        age_seconds=age,
    )


def _lines(office: Office, scope: Scope, on: date) -> tuple[list[QueueLine], float]:
    """Everybody of a scope, and how many seconds old that is: fresh for a banner, from the shelf for a prefecture."""
    with office.reading() as unit:
        many = unit.workers.count(division=scope.division)
    if scope.villages or many <= AT_ONCE:
        return lines_of(office, scope, on), 0.0
    return office.shelf.soon(_shelf_name(scope, on), lambda: lines_of(office, scope, on))


def _shelf_name(scope: Scope, on: date) -> tuple[str, str, date]:
    """Under what the queue of a scope lies on the shelf."""
    return ("cases", scope.division, on)


def look_anew(office: Office, scope: Scope) -> None:
    """Somebody has just changed many cases of a scope: its next page is made anew."""
    office.shelf.take_away(_shelf_name(scope, office.today()))


def lines_of(office: Office, scope: Scope, on: date) -> list[QueueLine]:
    """Everybody of a scope in the order of the queue."""
    with office.reading() as unit:
        policy = office.policy.at(on)
        whom = Whom(division=scope.division, villages=scope.villages)
        lines = [_line(one) for one in gather(unit, whom, on, policy)]
    return sorted(lines, key=urgency(on))


def urgency(on: date) -> Callable[[QueueLine], tuple[int, int, date, str, str, int]]:
    """The order: what is due first, then by the order of service (domain: priority), then by day and place."""

    def order(line: QueueLine) -> tuple[int, int, date, str, str, int]:
        pressing = 0 if line.due_on is not None and line.due_on <= on else 1 if line.todo is not None else 2
        return (pressing, line.priority, line.due_on or date.max, line.village, line.name, line.key)

    return order


def _line(one: PersonCase) -> QueueLine:
    """A case as a line."""
    person, due = one.person, one.due
    return QueueLine(
        key=person.key,
        name=person.name,
        village=person.village,
        place=person.home_name,
        home_code=person.home_code,
        state=one.standing.state,
        missing=one.standing.missing,
        valid=one.facts.valid,
        needed=one.facts.needed,
        todo=due.todo if due else None,
        due_on=due.on if due else None,
        owner=one.owner,
        priority=person.priority,
        reentries=one.reentries,
        opened_on=one.facts.opened_on,
        owed=owed_a_case(one),
        done=one.standing.done_131,
    )


def _wanted(line: QueueLine, wanted: QueueFilter, on: date, me: str) -> bool:
    """Whether a line is asked for; people nothing is to be done for stand only where their state is asked for."""
    if wanted.state and line.state.value != wanted.state:
        return False
    if not wanted.state and line.todo is None:
        return False
    if wanted.village and line.village != wanted.village:
        return False
    if wanted.owner == MINE and me not in line.owner.split("、"):
        return False
    if wanted.owner == NOBODY and line.owner:
        return False
    return not wanted.late or line.overdue(on)
