"""An office for one run of an evaluation: a temporary home, three imports, plans, and it is gone again.

In: tables of people, postings and classes, and the day. Out: the office while it is open, and plans as the JSON
objects others read.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs_feed.pipeline import run_import
from matcher.casework import plan_people
from matcher.domain.errors import InputRefused
from matcher.domain.plan import ServicePlan
from matcher.office import Office, OfficeConfig, init_office
from matcher.plan_output import plan_json
from matcher.trials.judged.cases import CaseSet, Row
from matcher.wording import Wording

CATALOGUES = ("jobs_feed", "web.translations")
PlanObject = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Tables:
    """What is imported: rows by header."""

    workers: Sequence[Row]
    postings: Sequence[Row]
    training: Sequence[Row]

    @classmethod
    def of(cls, cases: CaseSet) -> Tables:
        """The tables of a set as they stand."""
        return cls(cases.workers, cases.adverts, cases.classes)


@contextmanager
def trial_office(tables: Tables, on: date) -> Iterator[Office]:
    """An office that holds these tables and nothing else, gone when it is left."""
    with TemporaryDirectory(prefix="job131-trial-") as folder:
        place = Path(folder)
        config = OfficeConfig(home=place / "home", key_file=place / "key" / "key")
        init_office(config)
        office = Office.open(config)
        try:
            for kind in ("postings", "training", "workers"):
                _import(office, kind, getattr(tables, kind), place / f"{kind}.csv", on)
            yield office
        finally:
            office.close()


def _import(office: Office, kind: str, rows: Sequence[Row], path: Path, on: date) -> None:
    """One table through the ordinary import; a refused file ends the evaluation, a refused row has no plan."""
    if not rows:
        return
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=[*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    report = run_import(office, kind, path, as_of=on, actor="evaluate")
    if report.refused is not None:
        raise InputRefused(f"{path.name}：{report.message(office.wording('zh', *CATALOGUES))}")


def plans_of(office: Office, on: date) -> dict[str, PlanObject]:
    """Plans for everybody, stored and read again, by reference."""
    run = plan_people(office, as_of=on, actor="evaluate")
    with office.reading() as unit:
        plans = [stored.plan for stored in unit.plans.of_run(run.key or 0)]
    return as_objects(plans, office.wording("zh", *CATALOGUES))


def as_objects(plans: Sequence[ServicePlan], wording: Wording) -> dict[str, PlanObject]:
    """Plans as they leave the house: through JSON, in the order of their references."""
    ordered = sorted(plans, key=lambda plan: plan.worker_ref)
    return {plan.worker_ref: json.loads(json.dumps(plan_json(plan, wording))) for plan in ordered}
