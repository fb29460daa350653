"""Made-up people who must not be found again: `python -m tests.drills.canaries [--people 1000] [--write PAGE]`.

In: how many people. They are handed in, planned for, printed, answered for, exported and backed up in an office of
their own, and errors are provoked on the way. Out: where one of their ID numbers, phones, statuses or free texts stands
in clear: in the database and its log, in files that stay, in backups, in what is logged, in error pages, in addresses.
"""

from __future__ import annotations

import argparse
import csv
import io
import logging
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from secrets import token_hex

from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import String, Text, inspect

from jobs_feed.pipeline import run_import
from jobs_feed.sample import SampleFiles, write_sample
from matcher.aftercare.slips import Whose, keep_slip
from matcher.casework import plan_people
from matcher.domain.aftercare import Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.papers.records import PrintOrder
from matcher.domain.service.ledgers import ExportOrder, LedgerKind
from matcher.domain.worker import Health, HouseholdType, MonitorCategory
from matcher.ledgers.exporting import order_export
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.schema import METADATA
from matcher.store.sealing import Sealed
from matcher.upkeep.backup import back_up
from tests.drills.page import put_section
from web.app import create_app
from web.config import WebConfig
from web.exporting.work import FOLDER, work_off_export
from web.papers.printing import order_papers
from web.printing.work import work_off_order

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
NUMBERS = re.compile(rb"(?<![0-9a-f])[0-9]{11}(?:[0-9]{6}[0-9X])?(?![0-9a-f])")
FREE = ("技能特长", "工作经历", "家庭照料", "情况说明")
"""Columns of free text, where illness and family stand."""
SHORTEST = 8
"""Free texts shorter than this are words that anybody uses."""
STATUSES = frozenset(
    {one.value for one in (*HouseholdType, *MonitorCategory, Health.CHRONIC, Health.SERIOUS, Health.DISABLED)}
    | {one.name for one in (*HouseholdType, *MonitorCategory, Health.CHRONIC, Health.SERIOUS, Health.DISABLED)}
)
CONSTRAINT = re.compile(r"\bNO_[A-Z]+\b")
"""Codes of what somebody cannot do; each is a diagnosis."""
ALLOWED = rf"given/|keys/|home/{FOLDER}/|uploads/[^/]+/(upload\.csv|errors\.xlsx)$"
"""Where numbers may lie: what was handed in, ledgers that wait to be fetched by those who ordered them with a purpose,
files that wait for a look, deleted once they were taken, and rows that were refused, for a day, to be mended."""
INSIDE = 64 * 1024 * 1024


@dataclass
class Hunt:
    """What must not be found, and what was."""

    numbers: set[bytes]
    texts: set[str]
    leaks: list[str] = field(default_factory=list)
    places: int = 0

    def look(self, where: str, content: bytes) -> None:
        """Looks through bytes, and through what is packed in them."""
        self.places += 1
        found = self.numbers & set(NUMBERS.findall(content))
        words = content.decode("utf-8", errors="ignore")
        told = [text for text in self.texts if text in words]
        if found or told:
            self.leaks.append(f"{where}: {len(found)} numbers, {len(told)} texts")
        if content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                for name in book.namelist():
                    self.look(f"{where}!{name}", book.read(name))

    def look_through(self, folder: Path, *, but: str) -> None:
        """Every file below a folder, and its name."""
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder).as_posix()
            if path.is_file() and not re.match(but, place):
                self.look(place, path.read_bytes())
            self.look(f"the name {len(place)}", place.encode())


def people_of(folder: Path, most: int) -> tuple[list[str], list[dict[str, str]]]:
    """Heads and rows of made-up people, each free text with a word of its own."""
    people: dict[str, dict[str, str]] = {}
    for seed in count(131):
        sample = write_sample(folder / str(seed), as_of=date.today(), size="standard", seed=seed)
        rows = load_workbook(sample.workers).active.iter_rows(min_row=2, values_only=True)  # type: ignore[union-attr]
        heads = [str(head) for head in next(rows)]
        for cells in rows:
            row = dict(zip(heads, (str(cell or "") for cell in cells), strict=True))
            row["编号"] = f"{seed}-{row['编号']}"
            row["情况说明"] += f"，暗记{token_hex(6)}"
            people.setdefault(row["身份证号"], row)
            if len(people) == most:
                return heads, list(people.values())
    raise AssertionError("there is always another seed")


def roster(heads: list[str], people: list[dict[str, str]]) -> bytes:
    """A table as a village hands it in."""
    text = io.StringIO()
    writer = csv.DictWriter(text, heads)
    writer.writeheader()
    writer.writerows(people)
    return text.getvalue().encode("utf-8-sig")


class Desk:
    """A clerk at the pages, whose addresses and error pages are kept."""

    def __init__(self, client: FlaskClient, hunt: Hunt) -> None:
        self.client, self.hunt = client, hunt
        self.send("/demo", at="/sign-in")

    def send(self, address: str, form: Mapping[str, object] | None = None, *, at: str) -> str:
        """Sends a form of a page; where it leads."""
        found = TOKEN.search(self.client.get(at).text)
        token = found[1] if found else ""
        answer = self.client.post(address, data={"csrf_token": token, **(form or {})}, buffered=True)
        self.hunt.look(f"where {address} leads", str(answer.location or "").encode())
        if answer.status_code >= 400:
            self.hunt.look(f"the error page of {address}", answer.data)
        return str(answer.location or "")

    def open(self, address: str) -> int:
        """Opens a page; its status."""
        answer = self.client.get(address, buffered=True)
        if answer.status_code >= 400:
            self.hunt.look(f"the error page of {address}", answer.data)
        return answer.status_code


def provoke(desk: Desk, one: dict[str, str], content: bytes) -> None:
    """Errors with somebody's number in them."""
    number, phone = one["身份证号"], one["联系电话"]
    for text in (number, phone, one["情况说明"]):
        desk.send("/people/search", {"text": text}, at="/people/")
        desk.send("/sign-in", {"name": text, "password": text}, at="/help/")
    bad = roster(list(one), [{**one, "身份证号": number[:17] + "Y", "编号": "坏-1"}])
    for name, data in (
        (f"{number}.csv", bad),
        (f"{phone}.xlsx", b"PK\x03\x04" + content[:500]),
        ("a.csv", content[:999]),
    ):
        desk.send("/imports/", {"kind": "workers", "file": (io.BytesIO(data), name)}, at="/imports/")
    for address in ("/people/999999", "/nothing-here", "/bug"):
        assert desk.open(address) >= 400


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Everything that is logged lies in a file, everything temporary in a folder."""
    (folder / "logs").mkdir(parents=True)
    (folder / "tmp").mkdir()
    root, before = logging.getLogger(), (logging.getLogger().level, tempfile.tempdir)
    handler = logging.FileHandler(folder / "logs" / "everything.log", encoding="utf-8")
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    tempfile.tempdir = str(folder / "tmp")
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
        root.setLevel(before[0])
        tempfile.tempdir = before[1]


def statuses_in_clear(office: Office) -> list[str]:
    """Columns of rows about people in which a status or a code of what somebody cannot do stands in clear."""
    found = set()
    with office.store._engine.connect() as connection:
        for table in METADATA.sorted_tables:
            about = table.name == "worker" or any(one.column.table.name == "worker" for one in table.foreign_keys)
            columns = [one.name for one in table.columns if isinstance(one.type, String | Text)]
            clear = [one for one in columns if not isinstance(table.columns[one].type, Sealed)]
            if not about or not clear:
                continue
            for row in connection.execute(table.select().with_only_columns(*(table.columns[one] for one in clear))):
                found |= {
                    f"{table.name}.{name}"
                    for name, value in zip(clear, row, strict=True)
                    if value is not None and (value in STATUSES or CONSTRAINT.search(str(value)))
                }
    assert inspect(office.store._engine).has_table("worker")
    return sorted(found)


def hunted(folder: Path, most: int) -> Hunt:
    """The whole day of some people; what of them was found in clear."""
    sample = write_sample(folder / "given", size="standard", as_of=date.today())
    heads, people = people_of(folder / "given", most)
    numbers = {one[name].encode() for one in people for name in ("身份证号", "联系电话") if len(one[name]) >= 11}
    hunt = Hunt(numbers, {one[name] for one in people for name in FREE if len(one[name]) >= SHORTEST})
    with watched(folder):
        config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
        init_office(config)
        office = Office.open(config)
        try:
            live(office, folder, sample, roster(heads, people), people, hunt)
            hunt.leaks += statuses_in_clear(office)
            hunt.look_through(folder, but=ALLOWED)
        finally:
            office.close()
    hunt.look_through(folder, but=ALLOWED)
    return hunt


def live(
    office: Office, folder: Path, sample: SampleFiles, content: bytes, people: list[dict[str, str]], hunt: Hunt
) -> None:
    """Handed in, planned for, printed, answered for, exported, backed up, and errors on the way."""
    for kind, path in (("postings", sample.postings), ("training", sample.training)):
        run_import(office, kind, path, as_of=office.today(), actor="demo")
    web = WebConfig(
        secret_key=token_hex(16), upload_folder=folder / "uploads", demo=True, start_runs=False, inline_bytes=INSIDE
    )
    app = create_app(web, office)
    app.add_url_rule("/bug", "help.index.bug", lambda: burst(people[0]))
    desk = Desk(app.test_client(), hunt)
    named = f"{people[0]['身份证号']}的村{people[0]['联系电话']}.csv"
    waiting = desk.send("/imports/", {"kind": "workers", "file": (io.BytesIO(content), named)}, at="/imports/")
    desk.send(f"{waiting.rstrip('/')}/confirm", at=waiting)
    if left := [path.name for path in (folder / "uploads").rglob("upload*")]:
        hunt.leaks.append(f"{len(left)} uploads stay after they were taken")
    plan_people(office, actor="demo")
    with office.reading() as unit:
        kept = {one.value.id_number for one in unit.workers.all_for_planning()}
        plans = list(unit.plans.current_bodies())
    assert len(kept) > 0.9 * len(people), "the people were not taken in"
    for one in plans[:20]:
        if one.plan.matches:
            tick = Tick(posting_key=one.plan.matches[0].posting_key, kind=AnswerKind.NOT_WANTED, why=("TOO_FAR",))
            keep_slip(office, one.code, [tick], Whose(), actor="demo")
        desk.open(f"/people/{one.plan.worker_key}")
    work_off_order(office, order_papers(office, PrintOrder(worker_key=plans[0].plan.worker_key), actor="demo"))
    work_off_order(office, order_papers(office, PrintOrder(division=office_of(plans, office)), actor="demo"))
    order = ExportOrder(ledger=LedgerKind.WORK, division="150500", purpose="示例调度")
    work_off_export(office, order_export(office, order, actor="demo"))
    provoke(desk, people[0], content)
    back_up(office, folder / "backup.zip")


def office_of(plans: list[object], office: Office) -> str:
    """The division of the first person who has a plan."""
    with office.reading() as unit:
        return unit.workers.get(plans[0].plan.worker_key).value.home.code  # type: ignore[attr-defined]


def burst(one: dict[str, str]) -> str:
    """An error of the program with somebody's data in its words."""
    raise ValueError(one["身份证号"] + one["情况说明"])


def main() -> None:
    """Hunt and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="job131canaries") as folder:
        hunt = hunted(Path(folder), given.people)
    lines = [
        f"{given.people} made-up people handed in, planned, printed, answered, exported, backed up, with errors on "
        f"the way: {len(hunt.numbers)} numbers, {len(hunt.texts)} texts sought in {hunt.places} places, "
        f"**{len(hunt.leaks)} found in clear** ({time.monotonic() - began:.0f} s).",
    ]
    sys.stdout.write("\n".join([*lines, *hunt.leaks]) + "\n")
    if given.write:
        put_section(given.write, "canaries", lines, f"python -m tests.drills.canaries --people {given.people}")
    if hunt.leaks:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
