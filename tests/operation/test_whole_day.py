"""One day of an office through its pages on either database: import, plans, sheets, slip, report; and a village with
something of everything on PostgreSQL: every page, moving there and back, backup and restore, with nothing lost."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest
from flask.testing import FlaskClient

from jobs_feed.sample import write_sample
from matcher.domain.account import Role
from matcher.domain.errors import InputRefused
from matcher.domain.run import RunState
from matcher.domain.settings import SettingName
from matcher.domain.worker import Worker
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.upkeep.copying import Contents
from matcher.upkeep.backup import back_up, restore
from matcher.upkeep.doctor import examine
from matcher.upkeep.findings import State
from matcher.upkeep.moving import move_to
from tests.operation.conftest import new_database
from tests.web.every_page import Village, village
from tests.web.made_up import NOW, PASSWORD, TODAY
from web.app import create_app
from web.config import WebConfig
from web.tasks import work_off

KINDS = ("postings", "training", "workers")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three spreadsheets of a made-up village."""
    made = write_sample(tmp_path_factory.mktemp("sample"), size="village", as_of=TODAY)
    return {kind: getattr(made, kind) for kind in KINDS}


@contextmanager
def at_work(config: OfficeConfig) -> Iterator[tuple[Office, FlaskClient]]:
    """An office with its pages and somebody signed in."""
    office = Office.open(config, clock=lambda: NOW)
    web = WebConfig(
        secret_key=token_hex(16),
        upload_folder=config.home / "uploads",
        start_runs=False,
        inline_bytes=1 << 24,
    )
    app = create_app(web, office)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    try:
        assert client.post("/sign-in", data={"name": "city", "password": PASSWORD}).status_code == 302
        yield office, client
    finally:
        office.close()


def new_office(folder: Path, address: str) -> OfficeConfig:
    """A fresh office with one account and its telephone."""
    made = OfficeConfig(home=folder / "data", key_file=folder / "keys" / "key", database_url=address)
    init_office(made)
    office = Office.open(made, clock=lambda: NOW)
    with office.unit("test") as unit:
        unit.accounts.add("city", Role.CITY, PASSWORD)
        unit.settings.put(SettingName.OFFICE_PHONE, "199-0000-0131")
    office.close()
    return made


def import_all(client: FlaskClient, files: dict[str, Path]) -> None:
    """Each file handed in and confirmed."""
    for kind, path in files.items():
        data = {"kind": kind, "file": (io.BytesIO(path.read_bytes()), path.name)}
        answer = client.post("/imports/", data=data, content_type="multipart/form-data")
        assert answer.status_code == 302, kind
        done = client.post(f"{answer.headers['Location']}/confirm", follow_redirects=True)
        assert "导入完成" in done.text, kind


def plan_all(office: Office, client: FlaskClient) -> list[tuple[str, ...]]:
    """A run queued on the page and worked off; who got which postings and class."""
    assert client.post("/runs/", data={}).status_code == 302
    with office.reading() as unit:
        [run] = unit.runs.queued()
    assert run.key is not None
    assert work_off(office, run.key) == 0
    assert client.get(f"/runs/{run.key}").status_code == 200
    with office.reading() as unit:
        assert unit.runs.get(run.key).state is RunState.DONE
        plans = [stored.plan for stored in unit.plans.of_run(run.key, by_ref=True)]
    return sorted(
        (
            plan.worker_name,
            *(match.posting.ref for match in plan.matches),
            plan.training.training.ref if plan.training and plan.training.training else "",
        )
        for plan in plans
    )


def hand_in_a_slip(office: Office, client: FlaskClient) -> None:
    """The first sheet comes back with a tick, which is kept."""
    with office.reading() as unit:
        keys = [place.key for place in unit.plans.in_order()]
        stored = next(one for one in unit.plans.many(keys) if one.plan.matches)
    posting = stored.plan.matches[0].posting_key
    assert client.post("/slips/record", data={"code": stored.code, f"a{posting}": "wanted"}).status_code in (200, 302)
    with office.reading() as unit:
        assert [one.posting_key for one in unit.plans.answers.of_plan(stored.key)] == [posting]


def print_a_village(office: Office, client: FlaskClient) -> None:
    """The sheets of the first village, as a page with everybody of it."""
    with office.reading() as unit:
        village = next(stored.plan.village for stored in unit.plans.current_bodies())
    sheets = client.post("/print/village", data={"village": village, "ending": "html"})
    assert sheets.status_code == 200
    assert village in sheets.text


def a_day(config: OfficeConfig, files: dict[str, Path]) -> list[tuple[str, ...]]:
    """Everything from spreadsheets to reports; who got what."""
    with at_work(config) as (office, client):
        import_all(client, files)
        planned = plan_all(office, client)
        print_a_village(office, client)
        hand_in_a_slip(office, client)
        for page in ("/reports/", "/reports/targets", "/people/", "/postings/", "/classes/", "/runs/", "/"):
            assert client.get(page).status_code == 200, page
    assert [one for one in examine(config, audit=True) if one.state is State.BAD] == []
    return planned


@pytest.mark.postgres
def test_a_day_of_work_leads_to_the_same_plans_on_either_database(
    files: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    planned = a_day(new_office(tmp_path / "one", ""), files)
    assert len(planned) > 30
    socket = request.getfixturevalue("postgresql")
    assert a_day(new_office(tmp_path / "two", new_database(socket)), files) == planned


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory, postgresql: str) -> Iterator[Village]:
    """A village on PostgreSQL with something of everything there is."""
    with village(tmp_path_factory.mktemp("lived"), database_url=new_database(postgresql)) as found:
        yield found


@pytest.mark.postgres
def test_every_page_opens_on_postgresql(lived_in: Village) -> None:
    faults = [
        (endpoint, status)
        for client, endpoint, address in lived_in.visits()
        if (status := client.get(address, buffered=True).status_code) not in (200, 302, 304)
    ]
    assert faults == []


@pytest.mark.postgres
def test_nothing_is_lost_on_the_way_to_sqlite_and_back(lived_in: Village, postgresql: str, tmp_path: Path) -> None:
    office = lived_in.office
    there = f"sqlite:///{tmp_path}/there.db"
    first = move_to(office, there)
    held = office.store.contents()
    assert first == held
    assert len([name for name, rows in first.rows.items() if rows]) > 40
    between = Office.open(replace(office.config, database_url=there))
    try:
        assert between.store.contents() == first
        second = new_database(postgresql)
        assert rows_but_audit(move_to(between, second)) == rows_but_audit(first)
        assert between.store.damage() == ()
    finally:
        between.close()
    back = Office.open(replace(office.config, database_url=second))
    try:
        with back.reading() as unit:
            assert unit.audit.broken_link() is None
            newest = max(stored.key for stored in unit.workers.all_for_planning())
        with back.unit("test") as unit:
            [key] = unit.workers.add_many([(Worker(ref="after", name="后来"), None)])
        assert key > newest
    finally:
        back.close()


def rows_but_audit(contents: Contents) -> dict[str, int]:
    """Rows a table; every move adds an entry to the audit record, so that is left out."""
    return {name: rows for name, rows in contents.rows.items() if not name.startswith("audit")}


@pytest.mark.postgres
def test_a_backup_of_postgresql_opens_on_one_pc_and_goes_back_to_an_empty_server(
    lived_in: Village, postgresql: str, tmp_path: Path
) -> None:
    office = lived_in.office
    made = back_up(office, tmp_path / "day.zip")
    for number, address in enumerate(("", new_database(postgresql))):
        config = replace(office.config, home=tmp_path / f"other{number}", database_url=address)
        assert restore(config, tmp_path / "day.zip").contents == made.contents
        opened = Office.open(config)
        try:
            assert rows_but_audit(opened.store.contents()) == rows_but_audit(made.contents)
        finally:
            opened.close()
        assert [one for one in examine(config, audit=True) if one.state is State.BAD] == []
    with pytest.raises(InputRefused, match="不是空的"):
        restore(config, tmp_path / "day.zip")
