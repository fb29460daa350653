"""Targets against what the data say, two definitions side by side.

In: a book, a scope, the policy of the day (entries `targets.…`, each with its basis). Out: lines of targets; a place
without an entry has no target, and what no data tell is None, never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from matcher.domain.division import division_prefix
from matcher.domain.posting import PostingKind
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.reports.book import Book
from matcher.reports.traits import IN_WORK, Trait

INDICATORS = ("in_work", "jingmeng", "resettled")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """One indicator of one division; `target` None = the notice sets none for it."""

    indicator: str
    division: str
    target: int | None
    basis: str = ""
    since: date | None = None
    listed: int | None
    """In work by the roster; None where no roster says so of anybody."""
    recorded: int | None
    """Started at a posting this year, as recorded here; None where nothing is recorded."""

    def share(self, actual: int | None) -> float | None:
        """What part of the target is reached."""
        return None if actual is None or not self.target else actual / self.target


def targets(book: Book, scope: Scope, policy: PolicyAt) -> list[TargetLine]:
    """Every indicator of the scope's division and, below it, of each banner."""
    return book.once(("targets", scope, policy.digest), lambda: _targets(book, scope, policy))


def _targets(book: Book, scope: Scope, policy: PolicyAt) -> list[TargetLine]:
    """The lines, the whole first."""
    people = [one for one in book.of(scope) if not one.ordinary]
    own = division_prefix(scope.division)
    whole = own if len(own) > 2 else book.home
    counties = sorted({one.county for one in people if len(one.county) == 6} | set(_set_for(policy, whole)))
    lines = []
    for indicator in INDICATORS:
        lines.append(_line(indicator, whole, people, policy))
        if len(whole) < 6:
            shown = counties if indicator != "jingmeng" else []
            lines += [_line(indicator, code, [one for one in people if one.county == code], policy) for code in shown]
    return lines


def _set_for(policy: PolicyAt, whole: str) -> Iterable[str]:
    """Banners that have a target of their own."""
    keys = (key.split(".") for key in policy.entries if key.startswith("targets."))
    return {code for _, _, code in keys if len(code) == 6 and code.startswith(whole)}


def _line(indicator: str, division: str, people: list[Trait], policy: PolicyAt) -> TargetLine:
    """One line."""
    entry = policy.entries.get(f"targets.{indicator}.{division}")
    of_whom, listed = _DEFINITIONS[indicator]
    mine = [one for one in people if of_whom(one)]
    told = any(one.status for one in mine) and listed is not None
    return TargetLine(
        indicator=indicator,
        division=division,
        target=None if entry is None else policy.whole(entry.key),
        basis=entry.basis if entry else "",
        since=entry.since if entry else None,
        listed=sum(listed(one) for one in mine) if told and listed else None,
        recorded=_recorded(indicator, mine) if any(one.hired for one in people) else None,
    )


def _recorded(indicator: str, people: list[Trait]) -> int:
    """People who started at a posting this year, each once."""
    if indicator == "jingmeng":
        return sum(one.hired == PostingKind.COOPERATION.value for one in people)
    return sum(bool(one.hired) for one in people)


def _in_work(one: Trait) -> bool:
    """Whether the roster says the person works."""
    return one.status in IN_WORK


_DEFINITIONS: dict[str, tuple[Callable[[Trait], bool], Callable[[Trait], bool] | None]] = {
    "in_work": (lambda one: True, _in_work),
    "jingmeng": (lambda one: True, None),
    "resettled": (lambda one: one.resettled is True, _in_work),
}
"""Whom an indicator is about, and who of them counts by the roster; a roster does not tell who went through 京蒙."""
