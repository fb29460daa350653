"""Every page of a made-up village: nothing of its people in the log, and all of them open when names are gone.

Pages, tables and roles are found in the app itself.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from matcher.domain.worker import Worker
from matcher.store.schema import METADATA, SEALED_AS
from matcher.store.sealing import Sealed, place_of
from matcher.upkeep.keeping.doing import carry_out
from tests.web.every_page import Village, village
from web.observing.logs import FILE, FOLDER, set_up_logs, take_off

KNOWN_BY = ("name", "id_number", "phone", "household_no")
TOLD = ("skills_text", "certificates_text", "experience_text", "wish_text", "care_text", "health_text", "remarks")
LEAST_TOLD = 8
"""Shorter texts (保洁) stand in postings, too."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """A village with everything that a page shows."""
    with village(tmp_path_factory.mktemp("keeping")) as found:
        yield found


def told_of(people: list[Worker]) -> set[str]:
    """Everything that was told of people and could give them away."""
    known = {str(getattr(person, name)) for person in people for name in KNOWN_BY}
    told = {str(getattr(person, name)) for person in people for name in TOLD}
    return {word for word in known if len(word) >= 2} | {text for text in told if len(text) >= LEAST_TOLD}


def everybody(place: Village) -> list[Worker]:
    """All people of the village."""
    with place.office.reading() as unit:
        return [stored.value for stored in unit.workers.all_for_planning()]


def opened(place: Village) -> list[tuple[str, int]]:
    """Every page that does not open."""
    codes = [(endpoint, client.get(path, buffered=True).status_code) for client, endpoint, path in place.visits()]
    return [(endpoint, code) for endpoint, code in codes if code >= 400]


def test_nothing_of_anybody_in_the_log_and_every_page_opens_when_names_are_gone(whole: Village) -> None:
    _look_at_the_log(whole)
    _take_the_names(whole)


def _look_at_the_log(whole: Village) -> None:
    """No page leaves anything of anybody in the log."""
    words = told_of(everybody(whole))
    handlers = set_up_logs(whole.office.config.home, environ={"JOB131_LOG": "debug"}, server=False)
    try:
        whole.app.test_client().get("/nowhere/包示例?q=13900001234")
        assert opened(whole) == []
    finally:
        take_off(handlers)
        logging.getLogger("job131").setLevel(logging.NOTSET)
    log = whole.office.config.home / FOLDER / FILE
    text = log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    routes = {line.get("route") for line in lines}
    assert log.stat().st_mode & 0o077 == 0
    assert {"people.person", "keeping.index", "none", "watch.metrics"} <= routes
    assert {"at", "level", "logger", "route", "method", "status", "ms", "role"} == set(
        next(line for line in lines if line.get("route") == "people.person")
    )
    assert [word for word in words | {"13900001234", "nowhere"} if word in text] == []


def _take_the_names(whole: Village) -> None:
    """Names go from every table, and every page still opens."""
    office, now = whole.office, whole.office.clock()
    words = told_of(everybody(whole))
    after = now + timedelta(days=800)
    office.clock = lambda: after
    office.store._clock = office.clock
    carry_out(office, reason="到期", actor="city")
    assert list(_kept(whole, words)) == []
    gone = {"papers.picture", "shared.job"}  # the paper of a plan that counts no more; a posting whose time is over
    assert {endpoint for endpoint, _ in opened(whole)} <= gone


def _kept(place: Village, words: set[str]) -> Iterator[str]:
    """Tables and columns that still hold any of some words, sealed or not."""
    office = place.office
    with office.store._engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column in table.columns:
                    value = row[column.name]
                    if value is not None and isinstance(column.type, Sealed):
                        at = place_of(table.info.get(SEALED_AS, table.name), column.name, row["uid"])
                        value = _opened(office.store.keys.unseal(value, at))
                    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                    if any(word in text for word in words):
                        yield f"{table.name}.{column.name}"


def _opened(plain: bytes) -> bytes:
    """A value that may be compressed."""
    try:
        return zlib.decompress(plain)
    except zlib.error:
        return plain
