"""The service of a month: cases opened, sessions held, plans handed over, proofs of three months in work.

In: an office, chance. Out: tallies; everything by the use cases of the pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from matcher.aftercare.slips import Whose
from matcher.cases.gathering import PersonCase, Whom, gather
from matcher.cases.recording import answer_class, deliver, hold_session, open_cases
from matcher.domain.service.casefile import ClassWord, DeliveryWay, GuidanceWay, Signed
from matcher.domain.service.casestate import CaseState
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.ladder.keeping import show_proof
from matcher.office import Office

ACTOR = "simulate"
EVERYWHERE = Whose()
SESSION_MINUTES = 30
PROOF_AFTER = timedelta(days=92)
_WAITS = frozenset({CaseState.OPEN, CaseState.GUIDED, CaseState.MATCHED})


@dataclass(frozen=True, slots=True)
class Service:
    """What the office does for the people of its cases."""

    office: Office
    rates: dict[str, Any]

    def open(self, done: Counter[str]) -> None:
        """Cases of everybody who is owed one."""
        done["cases"] = open_cases(self.office, EVERYWHERE, actor=ACTOR)

    def standing(self) -> list[PersonCase]:
        """Everybody's case today."""
        today = self.office.today()
        with self.office.reading() as unit:
            return gather(unit, Whom(), today, self.office.policy.at(today))

    def to_serve(self, dice: Random) -> list[int]:
        """People whose case waits and who are met this month."""
        waiting = [one.person.key for one in self.standing() if one.standing.state in _WAITS]
        met = [key for key in waiting if dice.random() < self.rates["guided"]]
        dice.shuffle(met)
        return met

    def serve(self, dice: Random, key: int, done: Counter[str]) -> None:
        """A session, and mostly the plan handed over at its end."""
        today = self.office.today()
        hold_session(
            self.office, key, EVERYWHERE, actor=ACTOR, on=today, way=dice.choice(tuple(GuidanceWay)),
            minutes=SESSION_MINUTES, guide="示例指导员", signed=Signed.THUMB,
        )  # fmt: skip
        done["sessions"] += 1
        with self.office.reading() as unit:
            plan = unit.plans.current(key)
        if plan is not None and plan.plan.made_on <= today and dice.random() < self.rates["delivered"]:
            way = dice.choice((DeliveryWay.PAPER, DeliveryWay.READ_ALOUD, DeliveryWay.PHONE))
            deliver(self.office, key, EVERYWHERE, actor=ACTOR, on=today, way=way)
            done["delivered"] += 1
            if plan.plan.training is not None:
                self._ask(dice, key)

    def _ask(self, dice: Random, key: int) -> None:
        """Whether the person will join the class, asked as the plan is handed over."""
        word = ClassWord.WANTED if dice.random() < self.rates["class_wanted"] else ClassWord.REFUSED
        today = self.office.today()
        answer_class(self.office, key, EVERYWHERE, word, actor=ACTOR, on=today, note="示例：家里走不开")

    def prove(self, dice: Random, since: date, done: Counter[str]) -> None:
        """Proofs of the employers of people who have been in work for three months since somebody last looked."""
        today = self.office.today()
        for key, spell_key, started_on in self._long_in_work(since, today):
            if dice.random() < self.rates["proved"]:
                proof = Proof(
                    worker_key=key,
                    spell_key=spell_key,
                    kind=ProofKind.EMPLOYER_PROOF,
                    from_on=started_on,
                    told_on=today,
                )
                show_proof(self.office, proof, EVERYWHERE, actor=ACTOR)
                done["proofs"] += 1

    def _long_in_work(self, since: date, today: date) -> Sequence[tuple[int, int, date]]:
        """Person, spell and first day of open spells that came to three months after one day and up to another."""
        with self.office.reading() as unit:
            keys = [person.key for person in unit.casefile.rows.people(Whom())]
            spells = unit.aftercare.spells.of_people(keys, only_open=True)
        return [
            (key, spell.key, spell.started_on)
            for key, mine in sorted(spells.items())
            for spell in mine
            if since < spell.started_on + PROOF_AFTER <= today
        ]
