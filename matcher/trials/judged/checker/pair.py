"""One judged person with one judged posting on one day, for the independent check.

In: the truth about both. Out: the limits in force, the way between them, and what several rules ask of a pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.trials.judged.cases import JudgedPerson, JudgedPosting
from matcher.trials.judged.checker.reach import Reach, reach

NIGHT_SHIFTS = frozenset({"night", "rotating"})
CARE = frozenset({"DAY_RETURN", "HOURS", "MIDDAY_HOME", "PART_TIME", "AT_HOME"})
"""Limits that bind a person to the home."""
WHOLE_DAY, WHOLE_MONTH = len("2026-06-15"), len("2026-06")


@dataclass(frozen=True, slots=True)
class Pair:
    """One person and one posting on one day."""

    person: JudgedPerson
    posting: JudgedPosting
    on: date
    limits: Mapping[str, tuple[object, ...]]
    way: Reach

    @property
    def age(self) -> float:
        """Years; somebody of unknown age is taken for forty."""
        return 40.0 if self.person.age is None else self.person.age

    @property
    def at_night(self) -> bool:
        """Whether the work certainly or, for all that is known, usually falls in the night."""
        return self.posting.shift in NIGHT_SHIFTS or ("N" in self.posting.hazards and self.posting.shift != "day")

    @property
    def minutes_on_the_spot(self) -> int | None:
        """Length of the working day with its breaks."""
        return None if self.posting.hours is None else self.posting.hours[1] - self.posting.hours[0]


def pair_of(person: JudgedPerson, posting: JudgedPosting, on: date) -> Pair:
    """A pair with the limits in force and the way between them."""
    return Pair(person, posting, on, limits_in_force(person, on), reach(person, posting))


def limits_in_force(person: JudgedPerson, on: date) -> dict[str, tuple[object, ...]]:
    """The limits stated, those past their date left out, and those that follow from age and language."""
    found = {code: values for code, values in person.limits.items() if not _is_over(code, values, on)}
    if person.age is not None and 16 <= person.age < 18:
        found.setdefault("MINOR_16_18", ())
    if person.age is not None and person.age >= 60:
        found.setdefault("AGE_OVER_60", ())
    return found


def _is_over(code: str, values: tuple[object, ...], on: date) -> bool:
    """Whether a limit of health has ended before the day (NO_DRIVING until …)."""
    until = as_day(values[0]) if values and code.startswith("NO_") else None
    return until is not None and until < on and len(str(values[0])) == WHOLE_DAY


def as_day(value: object) -> date | None:
    """A stated day, the first of a stated month; None where it is neither."""
    text = value if isinstance(value, str) else ""
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == WHOLE_MONTH else text)
    except ValueError:
        return None
