"""Targets against what the data say, two definitions side by side.

In: a book, a scope, the policy of the day (entries `targets.…`, each with its basis). Out: lines of targets; a place
without an entry has no target, and what no data tell is None, never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.division import division_prefix
from matcher.domain.posting import PostingKind
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.reports.book import Book
from matcher.reports.traits import Trait

INDICATORS = ("in_work", "jingmeng", "resettled")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """One indicator of one division; `target` None = the notice sets none for it."""

    indicator: str
    division: str
    target: int | None
    baseline: int | None = None
    """What stood in 2020 and must not be undercut, as the office entered it; None where nobody did."""
    basis: str = ""
    since: date | None = None
    listed: int | None
    """In work by the roster; None where no roster says so of anybody."""
    recorded: int | None
    """In work at any time this year, or started at a posting, as recorded here; None where nothing is recorded."""
    open_now: int | None = None
    """Of these whose work goes on today."""

    @property
    def floor(self) -> int | None:
        """What has to be reached: the target, or what stood in 2020 where that was more; None where neither is set."""
        return max((one for one in (self.target, self.baseline) if one is not None), default=None)

    def share(self, actual: int | None) -> float | None:
        """What part of what has to be reached is."""
        return None if actual is None or not self.floor else actual / self.floor


def targets(book: Book, scope: Scope, policy: PolicyAt, counties: Sequence[str] = ()) -> list[TargetLine]:
    """Every indicator of the scope's division and, below it, of each banner, also of `counties` without a row."""
    key = ("targets", scope, policy.digest, tuple(counties))
    return book.once(key, lambda: _targets(book, scope, policy, counties))


def _targets(book: Book, scope: Scope, policy: PolicyAt, named: Sequence[str]) -> list[TargetLine]:
    """The lines, the whole first."""
    people = [one for one in book.of(scope) if not one.ordinary]
    own = division_prefix(scope.division)
    whole = own if len(own) > 2 else book.home
    known = {code for code in named if code.startswith(whole)} | set(_set_for(policy, whole))
    counties = sorted({one.county for one in people if len(one.county) == 6} | known)
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
    stood = policy.entries.get(f"targets.{indicator}_2020.{division}")
    of_whom, listed = _DEFINITIONS[indicator]
    mine = [one for one in people if of_whom(one)]
    told = any(one.status for one in mine) and listed is not None
    return TargetLine(
        indicator=indicator,
        division=division,
        target=None if entry is None else policy.whole(entry.key),
        baseline=None if stood is None else policy.whole(stood.key),
        basis=entry.basis if entry else "",
        since=entry.since if entry else None,
        listed=sum(listed(one) for one in mine) if told and listed else None,
        recorded=sum(_worked(indicator, one) for one in mine) if _is_told(people) else None,
        open_now=sum(_works(indicator, one) for one in mine) if _is_told(people) else None,
    )


def _is_told(people: list[Trait]) -> bool:
    """Whether any work of these people was recorded here."""
    return any(one.hired or one.worked for one in people)


def _worked(indicator: str, one: Trait) -> bool:
    """Whether a person worked this year as recorded here, each once however often."""
    if indicator == "jingmeng":
        return one.coop_year or one.hired == PostingKind.COOPERATION.value
    return one.worked or bool(one.hired)


def _works(indicator: str, one: Trait) -> bool:
    """Whether the work of a person goes on today as recorded here."""
    return one.coop_now if indicator == "jingmeng" else one.working


_DEFINITIONS: dict[str, tuple[Callable[[Trait], bool], Callable[[Trait], bool] | None]] = {
    "in_work": (lambda one: True, lambda one: one.in_work),
    "jingmeng": (lambda one: True, None),
    "resettled": (lambda one: one.resettled is True, lambda one: one.in_work),
}
"""Whom an indicator is about, and who of them counts by the roster; a roster does not tell who went through 京蒙."""
