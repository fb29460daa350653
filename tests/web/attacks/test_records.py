"""Records that hang on no person: each is there for its own division and, for every other one, as if it were not.

Found in the app and the tables: every address with a record in it, and every clear word of every table on every page.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict

import pytest
from sqlalchemy import String, Table, Text

from matcher.domain.account import Role
from matcher.store.schema import METADATA
from matcher.store.sealing import Sealed
from tests.web.attacks.besieged import OTHER, OWN, Siege
from tests.web.attacks.test_matrix import readable
from tests.web.every_page import token_of
from web.auth import access_table

FOR_ALL = frozenset({"none", "shared"})
"""Scopes of the access table under which a record is everybody's."""
NOT_RECORDS = frozenset({"counter.holders", "tour.step"})
"""A posting, which is everybody's, with the own people beside it; a step of the tour."""
DISTINCT = re.compile("[一-鿿]{4}")
SHARED_TABLES = {
    "audit_entry": "the record of the auditor, whose office is the whole one",
    "broker": "intermediaries and their record are known to every office that gets postings from them",
    "coop_contact": "service stations in Beijing, for whoever goes there",
    "feed": "sources belong to the installation",
    "key_county": "entered by the city for everybody",
    "ledger_profile": "columns made for the prefecture are used in every banner of it",
    "pairing": "pairs of districts are set by the city for everybody",
    "posting": "a plan sends people to other divisions",
    "setting": "the name of the installation",
    "survey_round": "a round is called by the city for every banner",
    "training_class": "classes are public",
}
"""Tables whose words stand on pages of every division, and why."""
PLACES = re.compile(r"(home|place|village|division|kind|state|status|now|was)(_name|_code|_key)?$")
"""Columns of names that are everybody's words: of places, and of what things are called."""


def words_of(siege: Siege, table: Table) -> set[str]:
    """What a table says in clear that nobody else would."""
    columns = [
        one
        for one in table.columns
        if isinstance(one.type, String | Text) and not isinstance(one.type, Sealed) and not PLACES.search(one.name)
    ]
    found: set[str] = set()
    with siege.village.office.store._engine.connect() as connection:
        for column in columns:
            for value in connection.execute(table.select().with_only_columns(column).distinct()).scalars():
                if value and DISTINCT.search(str(value)):
                    found.add(str(value))
    return found


@pytest.fixture(scope="module")
def pages(siege: Siege) -> list[tuple[str, str, str]]:
    """(endpoint, role, words) of every page that somebody of another division can open."""
    found = []
    for door in siege.doors():
        if door.method != "GET" or door.access.open or door.access.scope in FOR_ALL:
            continue
        for role in sorted(door.access.roles):
            client, _ = siege.visitor(role, OTHER)
            answer = client.get(door.address, buffered=True)
            if answer.status_code == 200:
                found.append((door.endpoint, role, readable(answer)))
    return found


def test_an_address_with_a_record_of_ours_opens_nothing_for_another_division(siege: Siege) -> None:
    opened, tried = [], 0
    with siege.village.app.test_request_context():
        adapter = siege.village.app.url_map.bind("localhost")
        for door in siege.doors():
            if door.method != "GET" or door.access.open or door.access.scope in FOR_ALL | {"own"}:
                continue
            _, values = adapter.match(door.address, method="GET")
            if not siege.is_record(values) or door.endpoint in NOT_RECORDS:
                continue
            tried += 1
            for role in sorted(door.access.roles):
                client, _ = siege.visitor(role, OTHER)
                status = client.get(door.address, buffered=True).status_code
                if status not in (403, 404):
                    opened.append((door.endpoint, role, status))
    assert opened == []
    assert tried > 25


def test_no_page_of_another_division_says_a_word_of_our_records(
    siege: Siege, pages: list[tuple[str, str, str]]
) -> None:
    shared = [table for table in METADATA.sorted_tables if table.name in SHARED_TABLES]
    common = {word for table in shared for word in words_of(siege, table)}
    common |= {one.name_zh for one in siege.village.office.lexicon.occupations.values()}
    told: defaultdict[str, set[str]] = defaultdict(set)
    words = {
        table.name: {word for word in words_of(siege, table) if not any(word in one for one in common)}
        for table in METADATA.sorted_tables
        if table.name not in SHARED_TABLES
    }
    assert sum(map(len, words.values())) > 50, "there is something to look for"
    for endpoint, _, text in pages:
        for table, distinct in words.items():
            if any(word in text for word in distinct):
                told[table].add(endpoint)
    assert dict(told) == {}


@pytest.fixture(scope="module")
def own_import(siege: Siege) -> int:
    """An import that the window of our division made; its key."""
    client, token = siege.visitor(Role.WINDOW.value, OWN)
    table = (
        "编号,姓名,旗县,嘎查村\nOWN-1,示例本旗人,科尔沁左翼中旗,巴嘎敖包嘎查\n,,,\nOWN-2,,科尔沁左翼中旗,巴嘎敖包嘎查\n"
    )
    sent = {"csrf_token": token, "kind": "workers", "file": (io.BytesIO(table.encode()), "本旗自己的名单.csv")}
    waiting = client.post("/imports/", data=sent).headers["Location"]
    assert "本旗自己的名单" in client.get(waiting).text
    done = client.post(f"{waiting}/confirm", data={"csrf_token": token}).headers["Location"]
    for role in (Role.CITY, Role.BANNER, Role.WINDOW, Role.COORDINATOR):
        other, other_token = siege.visitor(role.value, OTHER)
        for tail in ("", "/errors.xlsx"):
            assert other.get(waiting + tail).status_code == 404, "a waiting file is its owner's"
        for tail in ("/discard", "/again", "/stop", "/confirm", "/cells", "/columns"):
            answer = other.post(waiting + tail, data={"csrf_token": other_token})
            assert answer.status_code == 404, tail
    return int(done.rpartition("/")[2])


@pytest.mark.parametrize(
    ("division", "role", "status"),
    [
        (OWN, Role.WINDOW, 200),
        (OWN, Role.BANNER, 200),
        (OWN, Role.CITY, 200),
        (OWN, Role.COORDINATOR, 404),
        (OWN, Role.VIEWER, 403),
        (OTHER, Role.WINDOW, 404),
        (OTHER, Role.BANNER, 404),
        (OTHER, Role.CITY, 404),
        (OTHER, Role.COORDINATOR, 404),
        ("150500", Role.CITY, 200),
    ],
)
def test_an_import_is_seen_by_the_division_it_was_made_in(
    siege: Siege, own_import: int, division: str, role: Role, status: int
) -> None:
    client = siege.village.visitor(role.value) if division == "150500" else siege.visitor(role.value, division)[0]
    token = token_of(client, "/account/password")
    assert client.get(f"/imports/{own_import}").status_code == status
    listed = client.get("/imports/")
    assert ("本旗自己的名单" in listed.text) == (status == 200)
    if status != 200:
        refused = client.post(f"/imports/{own_import}/undo", data={"csrf_token": token})
        assert refused.status_code == status
    if division == OTHER:
        assert client.get(f"/imports/{own_import}/changes").status_code == 404
    with siege.village.office.reading() as unit:
        assert unit.versions.undone([own_import]) == {}


def test_what_is_said_to_be_everybodys_has_a_table() -> None:
    names = {table.name for table in METADATA.sorted_tables}
    assert SHARED_TABLES.keys() <= names
    assert access_table().keys() >= NOT_RECORDS
