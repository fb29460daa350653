"""What the desk shows: a posting held against a person, a change of a plan in words, what stands beside the plan.

In: verdicts, versions, choices. Out: plain rows for the templates, worded by what the role may see.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import g

from matcher.choosing.gaps import Gap
from matcher.choosing.grounds import Ground, Verdict
from matcher.choosing.history import Version
from matcher.domain.choosing.choices import Choice, Concession, Switch, Verb
from matcher.domain.match import Match, Part, Reason
from matcher.domain.posting import PostingState
from matcher.office import StoredPlan, UnitOfWork
from web.auth import allowed, may_see_identity, scope
from web.config import the_office
from web.pages.presentation import evidence_text, reason_text
from web.phrases import t

STRONGEST = 3
"""Reasons told in words before the whole list."""


@dataclass(frozen=True, slots=True)
class AgainstLine:
    """One thing that speaks against a posting."""

    text: str
    basis: str
    quote: str
    stance: str


@dataclass(frozen=True, slots=True)
class Story:
    """What stands beside a plan: how it came about, the plan before it, how many there are, what was conceded."""

    choice: Choice | None = None
    before: int | None = None
    versions: int = 0
    said: Concession | None = None


def against(verdict: Verdict) -> list[AgainstLine]:
    """Everything that speaks against a posting, in words."""
    return [_line(ground) for ground in verdict.grounds]


def _line(ground: Ground) -> AgainstLine:
    """One ground in words."""
    basis = t(ground.basis) if ground.basis else ""
    return AgainstLine(t(ground.code, **ground.args), basis, evidence_text(ground.evidence), ground.stance.value)


def strongest(match: Match) -> list[Reason]:
    """The three strongest reasons that speak for a posting, each sentence once."""
    silent = {"BASE", "PAY_BELOW_WISH"}
    speaking = [one for one in match.reasons if one.effect > 0 and one.code not in silent]
    ordered = sorted(speaking, key=lambda one: (-one.effect, one.part is Part.WISH, one.code))
    return list({reason_text(one): one for one in reversed(ordered)}.values())[::-1][:STRONGEST]


def choice_text(choice: Choice) -> str:
    """A change by hand in one sentence: who and when; why, for those who may read it."""
    said = t(f"DESK_DID_{choice.verb.name}", who=choice.actor)
    if choice.reason and may_see_identity():
        said = t("DESK_DID_WHY", what=said, why=choice.reason)
    return said


def left_because(match: Match, newer: Version, states: Mapping[int, PostingState], closed: Collection[int]) -> str:
    """Why a posting no longer stands in a plan, as far as it is known; "" where others simply suit better."""
    if newer.choice is not None and match.posting_key in newer.choice.hand.taken:
        return t("DESK_LEFT_BY_HAND")
    if match.posting_key in closed:
        return t("DESK_LEFT_ANSWERED")
    state = states.get(match.posting_key, PostingState.WITHDRAWN)
    return "" if state is PostingState.OPEN else t(f"PAGE_STATE_{state.name}")


def switch_words(said: Concession) -> str:
    """What somebody conceded, in words."""
    return t("DESK_PAUSE").join(t(f"DESK_SWITCH_{one.name}") for one in said.switches)


def gap_text(gap: Gap) -> str:
    """Why nobody was sent to a posting, in one sentence."""
    if gap.closed is not None:
        return t("DESK_GAP_CLOSED", limit=t(gap.closed.code, **gap.closed.args))
    if not gap.looked_at:
        return t("DESK_GAP_NOBODY")
    if gap.suits:
        return t("DESK_GAP_SUITS", people=gap.looked_at, suits=gap.suits)
    lines = [t("DESK_GAP_ONE", many=many, limit=t(f"DESK_GAP_{code}")) for code, many in gap.why]
    return t("DESK_GAP_WHY", people=gap.looked_at, why=t("DESK_PAUSE").join(lines))


def story_of(key: int) -> Story:
    """What stands beside the current plan of a person within the scope of the account, read once a request."""
    if not allowed("plan_desk.history"):
        return Story()
    kept: dict[int, Story] = g.setdefault("stories", {})
    if key not in kept:
        kept[key] = _read_story(key)
    return kept[key]


def tell_story(unit: UnitOfWork, key: int, current: StoredPlan | None) -> None:
    """Reads it beside the rest of a page, for a person whose scope was looked at."""
    if allowed("plan_desk.history"):
        g.setdefault("stories", {})[key] = Story() if current is None else _story(unit, key, current)


def _read_story(key: int) -> Story:
    """The same, read now."""
    mine = scope()
    with the_office().reading() as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
        current = unit.plans.current(key)
        return Story() if current is None else _story(unit, key, current)


def _story(unit: UnitOfWork, key: int, current: StoredPlan) -> Story:
    """What stands beside a plan."""
    choices = unit.choices.of_worker(key)
    last = next((one for one in reversed(choices) if one.plan_key == current.key), None)
    said = unit.concessions.standing([key]).get(key)
    undo = last.from_plan_key if last is not None and last.verb is not Verb.RESTORE else None
    return Story(last, undo, current.versions, said)


def version_name(version: Version) -> str:
    """How a plan came about."""
    if version.choice is not None and version.choice.verb is not Verb.RESTORE:
        return t(f"DESK_VERSION_{version.choice.verb.name}")
    return t("DESK_VERSION_PERSON" if version.run.worker_ref else "DESK_VERSION_RUN", run=version.stored.run_key)


SWITCHES = tuple(Switch)
