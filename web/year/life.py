"""What happens in a month, by the same verbs that the pages use.

In: an office, a clock, chance. Out: tallies of what was done; nothing is written past the use cases.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_supply
from matcher.aftercare.following import record_result
from matcher.aftercare.monthly import confirm_rest, mark_changed
from matcher.aftercare.reasons import reasons_of
from matcher.aftercare.slips import Whose, keep_slip, take_back_slip
from matcher.appointments import is_working_day
from matcher.casework import plan_people
from matcher.domain.aftercare import CallResult, RoundState, Started, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused
from matcher.domain.plan import Track
from matcher.domain.posting import PostingState
from matcher.domain.worker import IN_WORK, WorkStatus
from matcher.office import Office
from web.year.service import ACTOR, EVERYWHERE, Service

NOON = time(4, 0)
"""Noon in Tongliao, in UTC."""
_FOUND = (WorkStatus.FLEXIBLE, WorkStatus.EMPLOYED)
_CALLS_A_DAY = 10_000
_CARRYING = tuple(track for track in Track if track.carries_postings)
Rates = dict[str, Any]


class Calendar:
    """A clock that stands still until it is moved."""

    def __init__(self, day: date) -> None:
        self._now = datetime.combine(day, NOON, UTC)

    def __call__(self) -> datetime:
        """The moment; each look is a little later than the one before."""
        self._now += timedelta(milliseconds=1)
        return self._now

    def to(self, day: date) -> None:
        """Goes on to noon of a day."""
        self._now = max(self._now, datetime.combine(day, NOON, UTC))


def load_rates() -> Rates:
    """How the year goes, from rates.toml."""
    return tomllib.loads(files("web.year").joinpath("rates.toml").read_text(encoding="utf-8"))


def working_days_of(year: int, month: int) -> list[date]:
    """The working days of a month."""
    days = (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
    return [day for day in days if is_working_day(day)]


@dataclass(frozen=True, slots=True)
class Life:
    """What happens in the office's world."""

    office: Office
    calendar: Calendar
    folder: Path
    size: str
    rates: Rates

    def month(self, year: int, month: int, tell: Callable[[float], None]) -> Counter[str]:
        """One month, day by day; what was done how often."""
        dice, done = Random(f"{self.size} {year}-{month}"), Counter[str]()
        days = working_days_of(year, month)
        self.calendar.to(days[0])
        self._postings(dice, month, done)
        self.calendar.to(days[1])
        done["plans"] = plan_people(self.office, actor=ACTOR).quality.people
        rest, service = days[2:], Service(self.office, self.rates["cases"])
        service.open(done)
        slips, moves = _spread(self._slips(dice), rest), _spread(self._moves(dice, month), rest)
        met = _spread(service.to_serve(dice), rest)
        for number, day in enumerate(rest):
            self.calendar.to(day)
            for key in met[number]:
                service.serve(dice, key, done)
            for plan_key in slips[number]:
                self._slip(dice, plan_key, done)
            for worker, status in moves[number]:
                self._move(worker, status, done)
            self._calls(dice, day, done)
            tell((number + 1) / len(rest))
        service.prove(dice, days[0] - timedelta(days=days[0].day), done)
        self._confirm(dice, done)
        return done

    def _postings(self, dice: Random, month: int, done: Counter[str]) -> None:
        """Adverts of the month come in, others are filled elsewhere or taken back."""
        rates, today = self.rates["postings"], self.office.today()
        share, mark = rates["new"][month - 1], f"S{today:%y%m}-"
        paths = write_supply(self.folder, as_of=today, size=self.size, share=share, mark=mark)
        for kind, path in zip(("postings", "training"), paths, strict=True):
            report = run_import(self.office, kind, path, as_of=today, actor=ACTOR)
            if report.refused is not None:
                raise InputRefused(report.message(self.office.wording("zh", "jobs_feed")))
            done[f"new_{kind}"] = report.stored
        with self.office.unit(ACTOR) as unit:
            opened = [stored.key for stored in unit.postings.all_for_planning()]
            for key in opened:
                throw = dice.random()
                if throw < rates["filled"]:
                    unit.postings.set_state(key, PostingState.FILLED)
                    done["filled"] += 1
                elif throw < rates["filled"] + rates["withdrawn"]:
                    unit.postings.set_state(key, PostingState.WITHDRAWN)
                    done["withdrawn"] += 1

    def _slips(self, dice: Random) -> list[int]:
        """Plans whose slips come back this month, in any order."""
        with self.office.reading() as unit:
            given = [place.key for place in unit.plans.in_order(tracks=_CARRYING)]
        returned = [key for key in given if dice.random() < self.rates["slips"]["returned"]]
        dice.shuffle(returned)
        return returned

    def _slip(self, dice: Random, plan_key: int, done: Counter[str]) -> None:
        """One slip handed in; now and then it was mistyped, is taken back and typed again."""
        with self.office.reading() as unit:
            plan = unit.plans.get(plan_key)
        if not plan.current or not plan.plan.matches:
            return
        ticks = list(self._ticks(dice, [match.posting_key for match in plan.plan.matches]))
        if not ticks:
            return
        kept = keep_slip(self.office, plan.code, ticks, EVERYWHERE, actor=ACTOR)
        done["slips"] += 1
        if kept.key is not None and dice.random() < self.rates["slips"]["mistyped"]:
            take_back_slip(self.office, kept.key, EVERYWHERE, actor=ACTOR)
            keep_slip(self.office, plan.code, ticks, EVERYWHERE, actor=ACTOR)
            done["taken_back"] += 1
        done["started"] += sum(tick.kind is AnswerKind.STARTED for tick in ticks)

    def _ticks(self, dice: Random, postings: Sequence[int]) -> Iterator[Tick]:
        """What is said of each posting; whoever starts says nothing of the others."""
        rates = self.rates["slips"]
        kinds = [AnswerKind.STARTED, AnswerKind.WANTED, AnswerKind.NOT_WANTED, AnswerKind.CALLED]
        kinds.append(AnswerKind.TRIED_NOT_HIRED)
        for posting in postings:
            throw = dice.random()
            kind = next((kind for kind in kinds if (throw := throw - rates[kind.value]) < 0), None)
            if kind is None:
                continue
            if kind is AnswerKind.STARTED:
                yield Tick(posting_key=posting, kind=kind, started=Started(on=self.office.today()))
                return
            offered = [why.code for why in reasons_of(kind) if why.effect != "found"]
            why = (dice.choice(offered),) if kind is AnswerKind.NOT_WANTED and offered else ()
            yield Tick(posting_key=posting, kind=kind, why=why)

    def _moves(self, dice: Random, month: int) -> list[tuple[int, WorkStatus]]:
        """Who loses work, and who finds some without us, this month."""
        rates, moves = self.rates["work"], []
        with self.office.reading() as unit:
            for stored in unit.workers.all_for_planning():
                status, throw = stored.value.work_status, dice.random()
                if status in IN_WORK and throw < rates["lost"][month - 1]:
                    moves.append((stored.key, WorkStatus.NEWLY_UNEMPLOYED))
                elif status not in IN_WORK and throw < rates["found"][month - 1]:
                    moves.append((stored.key, _FOUND[dice.random() < 0.5]))
        return moves

    def _move(self, worker: int, status: WorkStatus, done: Counter[str]) -> None:
        """What the coordinator marks of one person; who changed otherwise meanwhile is left alone."""
        with self.office.reading() as unit:
            before = unit.workers.get(worker).value.work_status
        if (before in IN_WORK) == (status in IN_WORK):
            return
        mark_changed(self.office, worker, RoundState(status=status.value), EVERYWHERE, actor=ACTOR)
        done["found" if status in IN_WORK else "lost"] += 1

    def _calls(self, dice: Random, day: date, done: Counter[str]) -> None:
        """The calls that are due."""
        rates = self.rates["calls"]
        with self.office.reading() as unit:
            due, _ = unit.aftercare.calls.due(day, limit=_CALLS_A_DAY)
        for call in due:
            throw = dice.random()
            result = CallResult.STILL if throw < rates["still"] else CallResult.NOT_REACHED
            if rates["still"] <= throw < rates["still"] + rates["left"]:
                result = CallResult.LEFT
            record_result(self.office, call.key, result, EVERYWHERE, actor=ACTOR)
            done["calls"] += 1
            done["left"] += result is CallResult.LEFT

    def _confirm(self, dice: Random, done: Counter[str]) -> None:
        """The monthly round of the villages that hand it in."""
        with self.office.reading() as unit:
            villages = unit.aftercare.due.villages()
        for village in villages:
            if dice.random() < self.rates["rounds"]["confirmed"]:
                whose = Whose(division=village.home_code, villages=(village.name,))
                done["confirmed"] += confirm_rest(self.office, whose, actor=ACTOR)


def _spread(items: Sequence[Any], days: Sequence[date]) -> list[Sequence[Any]]:
    """Items in as many heaps as there are days."""
    edges = [round(len(items) * number / len(days)) for number in range(len(days) + 1)]
    return [items[start:end] for start, end in pairwise(edges)]
