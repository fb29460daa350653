"""A made-up office with a village, and an empty laptop, made quickly from templates."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matcher.domain.answer import AnswerKind
from matcher.domain.facts import Phrase
from matcher.domain.rosters.records import EntryType
from matcher.domain.run import MatchRun
from matcher.domain.settings import SettingName
from matcher.domain.worker import Worker
from matcher.office import Office, OfficeConfig, init_office
from matcher.slices import Merged, export_slice, merge_slice
from matcher.store.slices.kinds import KINDS
from matcher.store.slices.rows import content_digest
from tests.matcher.store.records import a_class, a_plan, a_posting, a_worker, class_facts, posting_facts, worker_facts

PASSPHRASE = "blue-sheep-4711-well"
DIVISION = "150525"
VILLAGE = "西沟村"
NUMBERS = ("990000197903020012", "990000198501020028", "990000199201020037")


class Clock:
    """Time goes on a minute with every look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The next moment."""
        self.now += timedelta(minutes=1)
        return self.now


@dataclass(frozen=True)
class Places:
    """Where made-up offices are copied from."""

    home: OfficeConfig
    empty: OfficeConfig


def _config(folder: Path) -> OfficeConfig:
    """An office in a folder."""
    return OfficeConfig(home=folder / "data", key_file=folder / "keys" / "key")


def make_templates(folder: Path) -> Places:
    """One office with a village of three, two postings, plans, an answer, a question and a case; one empty office."""
    home, empty = _config(folder / "home"), _config(folder / "empty")
    for config in (home, empty):
        init_office(config)
    office = Office.open(home, clock=Clock())
    with office.unit("window") as unit:
        people = [
            a_worker(f"NM-{at}", name=name, id_number=number, phone=f"1990000000{at}", village=village)
            for at, (name, number, village) in enumerate(
                zip(("包示例", "王示例", "李示例"), NUMBERS, (VILLAGE, VILLAGE, "东村"), strict=True), start=1
            )
        ]
        keys = unit.workers.add_many([(person, worker_facts()) for person in people])
        postings = unit.postings.add_many([(a_posting("P-1"), posting_facts()), (a_posting("P-2"), posting_facts())])
        unit.classes.add(a_class(), class_facts())
        run = unit.runs.create(MatchRun(division=DIVISION, as_of=date(2026, 6, 22), started_by="window"))
        plans = unit.plans.put_many(run, [a_plan(key, *postings) for key in keys])
        unit.plans.answers.record(plans[0], postings[0], AnswerKind.STARTED, on=date(2026, 6, 22), reason="离家近")
        unit.questions.settle({keys[0]: [Phrase("PAGE_TRANSPORT")]}, on=date(2026, 6, 22))
        unit.cases.open(keys[:2], EntryType.NEWLY_UNEMPLOYED, on=date(2026, 6, 22), due_on=date(2026, 6, 29))
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000000")
    office.close()
    return Places(home, empty)


def copied(template: OfficeConfig, folder: Path) -> Office:
    """A copy of an office that a test may change."""
    config = _config(folder)
    shutil.copytree(template.home, config.home)
    shutil.copytree(template.key_file.parent, config.key_file.parent)
    return Office.open(config, clock=Clock())


def carry(source: Office, target: Office, *, villages: tuple[str, ...] = (), actor: str = "coordinator") -> Merged:
    """A slice from one office into another, through the encrypted file."""
    exported = export_slice(source, division=DIVISION, villages=villages, passphrase=PASSPHRASE, actor=actor)
    return merge_slice(target, exported.whole, passphrase=PASSPHRASE, actor="window")


def person(office: Office, ref: str = "NM-1") -> Worker:
    """Somebody as stored."""
    with office.reading() as unit:
        return unit.workers.by_ref(ref).value


def change(office: Office, ref: str, actor: str = "window", **fields: object) -> None:
    """Somebody's facts are corrected."""
    with office.unit(actor) as unit:
        stored = unit.workers.by_ref(ref)
        unit.workers.replace(stored.key, replace(stored.value, **fields), stored.facts)  # type: ignore[arg-type]
        unit.audit.note("worker_changed", subject=f"worker:{stored.key}")


def contents(office: Office) -> dict[tuple[str, str], str]:
    """Kind and name of every record → digest of what it says; plans by what they hold, whichever is current."""
    from matcher.store.slices.collecting import Extent

    with office.reading() as unit:
        extent = Extent(division="", today=office.today(), most_postings=100, whole=True)
        _, records = unit.slices.collect(extent)
    kinds = {kind.name: kind for kind in KINDS}
    return {(record.kind, record.ref): content_digest(kinds[record.kind], record.rows) for record in records}
