"""Years of service for a large office: `python -m tests.benchmarks.served --home DIR [--people 20000]`.

In: a data folder with people and plans (its key file from JOB131_KEY_FILE), which is changed. Out: in it a case for
everybody, sessions, deliveries, printed plans, work with proofs, claims, lines of the monthly round and the
key-assistance list, as many as an office has after a year; everything follows from the keys, nothing from chance.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from matcher.aftercare.slips import Whose
from matcher.aftercare.work import begin_work
from matcher.cases.recording import open_cases
from matcher.domain.aftercare import RoundRow, RoundState, SaidBy, Spell
from matcher.domain.service.casefile import CaseEvent, CaseStep, DeliveryWay, GuidanceWay
from matcher.domain.service.claim import Claim
from matcher.domain.service.key_list import EntryReason, KeyEntry
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.domain.service.months import month_of
from matcher.key_list.entering import renew
from matcher.office import Office, OfficeConfig, UnitOfWork

ACTOR = "bench"
PROVED, CLAIMED, LISTED = 2, 5, 10
"""One in so many of those in work has a proof, a claim; of all one in so many stands on the list."""
PLACES = ("北京市顺义区", "通辽市", "奈曼旗", "")
SOME = 1_000


def serve(office: Office, people: int) -> None:
    """The first so many people with a plan are in work, the others' cases run."""
    open_cases(office, Whose(), actor=ACTOR)
    renew(office, actor=ACTOR)
    with office.reading() as unit:
        places = list(unit.plans.in_order())
    for start in range(0, len(places), SOME):
        some = places[start : start + SOME]
        with office.unit(ACTOR) as unit:
            unit.plans.printed_many([one.key for one in some], office.today() - timedelta(days=8))
            _serve_some(unit, [one.worker_key for one in some], office.today())
    with office.reading() as unit:
        working = unit.aftercare.spells.of_people([one.worker_key for one in places])
    free = [one for one in places if one.worker_key not in working]
    for start in range(0, min(people, len(free)), SOME):
        with office.unit(ACTOR) as unit:
            for one in free[start : min(start + SOME, people)]:
                _put_to_work(office, unit, one.worker_key, one.home_code)


def _serve_some(unit: UnitOfWork, workers: Sequence[int], today: date) -> None:
    """Sessions, deliveries, lines of the month, and stays on the list."""
    for worker in workers:
        on = today - timedelta(days=worker % 20)
        held = CaseEvent(
            worker_key=worker, step=CaseStep.GUIDANCE, on=on, way=GuidanceWay.WINDOW, minutes=30, who="示例"
        )
        unit.casefile.events.add(held)
        if worker % 3:
            told = CaseEvent(worker_key=worker, step=CaseStep.DELIVERED, on=on, way=DeliveryWay.PAPER, who="示例")
            unit.casefile.events.add(told)
    state, month = RoundState(status="未就业"), month_of(today)
    unit.aftercare.rounds.put(
        [
            RoundRow(worker_key=worker, month=month, state=state, changed=worker % 7 == 0, confirmed_on=today)
            for worker in workers
        ]
    )
    known = unit.watching.entries.newest(workers)
    unit.watching.entries.enter(
        [
            KeyEntry(
                key=0, worker_key=worker, reason=EntryReason.UNSTABLE_WORK, entered_on=today - timedelta(days=50),
                next_due=today + timedelta(days=worker % 60 - 20),
            )
            for worker in workers
            if worker % LISTED == 0 and worker not in known
        ]
    )  # fmt: skip


def _put_to_work(office: Office, unit: UnitOfWork, worker: int, home: str) -> None:
    """Work that began up to eleven months ago, proved and claimed for with some."""
    began = office.today() - timedelta(days=10 + worker % 320)
    spell = Spell(
        key=0, worker_key=worker, started_on=began, said_by=SaidBy.WORKER, employer="示例物流公司",
        place=PLACES[worker % len(PLACES)], yuan=3_000 + worker % 2_000,
    )  # fmt: skip
    key = begin_work(office, unit, spell)
    if worker % PROVED == 0:
        unit.casefile.proofs.add(
            Proof(
                worker_key=worker, spell_key=key, kind=ProofKind.EMPLOYER_PROOF, from_on=began, told_on=office.today()
            )
        )
    if worker % CLAIMED == 0:
        unit.claims.make(
            Claim(
                kind="STABILITY", worker_key=worker, spell_key=key, year=began.year, since=began, until=office.today(),
                months=3, employer="示例物流公司", division=home, made_on=office.today(),
            )
        )  # fmt: skip


def main() -> None:
    """Fill the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--people", type=int, default=20_000)
    given = parser.parse_args()
    office = Office.open(OfficeConfig.from_environment(home=str(given.home)))
    serve(office, given.people)
    office.close()


if __name__ == "__main__":
    main()
