"""Every route, every role, the own and another division, with and without a valid token: found in the app itself.

No order of the tests matters: none of them changes anything, and each says so with the fingerprints of all tables.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

import web.errors
from matcher.domain.account import Role
from matcher.domain.papers.records import PaperKind
from matcher.wording import load_catalogue
from tests.web.attacks.besieged import OTHER, OWN, Door, Siege
from tests.web.attacks.found_forms import TOKEN, Form, forms_of
from web.auth import access_table
from web.phrases import PACKAGES

ROLES = tuple(role.value for role in Role)
OPENED = frozenset({200, 302, 303, 304, 400, 404})
"""How a page that a role may open answers: with itself, with another page, with what it lacks or has not."""
TURNED_AWAY = frozenset({400, 404})
"""How a record of another division answers; 400 where what was sent is refused before any record is looked for."""
FEWEST = {"doors": 400, "forms": 200, "refusals": 1_500, "keyed": 60}
"""Less than this means that the crawl has gone blind."""


@pytest.fixture
def plain_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Error pages without their frame: there are thousands."""
    monkeypatch.setattr(web.errors, "render_template", lambda *_, **__: "")


@dataclass(frozen=True, slots=True)
class Crawl:
    """What was seen on a walk through all pages."""

    statuses: dict[str, int]
    forms: list[Form]
    changed: list[str]


@pytest.fixture(scope="module")
def crawl(siege: Siege) -> Crawl:
    """Every page, and every form once an address and set of fields."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    statuses, before = {}, siege.contents()
    for client, endpoint, address in siege.village.visits():
        page = client.get(address, buffered=True)
        statuses[endpoint] = page.status_code
        if page.status_code == 200 and page.mimetype == "text/html":
            for form in forms_of(page.text, address):
                found.setdefault((form.action, tuple(sorted(field.name for field in form.fields))), form)
    return Crawl(statuses, list(found.values()), changed(before, siege.contents()))


@pytest.fixture
def forms(crawl: Crawl) -> list[Form]:
    """The forms of all pages."""
    assert len(crawl.forms) > FEWEST["forms"]
    return crawl.forms


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Tables that are not what they were."""
    return [name for name in before if before[name] != after[name]]


@contextmanager
def unchanged(siege: Siege) -> Iterator[None]:
    """What happens within leaves all business data as it was."""
    before = siege.contents()
    yield
    assert changed(before, siege.contents()) == []


def asked(siege: Siege, door: Door, role: str, division: str, **form: str) -> TestResponse:
    """The answer to somebody with a valid token of their own."""
    client, token = siege.visitor(role, division)
    sent = {TOKEN: token, **form} if door.method != "GET" else None
    return client.open(door.address, method=door.method, data=sent, buffered=True)


def test_a_role_is_refused_every_route_that_the_table_does_not_give_it(siege: Siege, plain_errors: None) -> None:
    doors = siege.doors()
    assert len(doors) > FEWEST["doors"]
    tries = [(door, role) for door in doors if not door.access.open for role in ROLES if role not in door.access.roles]
    assert len(tries) > FEWEST["refusals"]
    with unchanged(siege):
        found = [(door.endpoint, role, asked(siege, door, role, OWN).status_code) for door, role in tries]
    assert [one for one in found if one[2] != 403] == []


def test_a_role_opens_what_the_table_gives_it_and_looking_changes_nothing(siege: Siege) -> None:
    doors = [door for door in siege.doors() if door.method == "GET"]
    with unchanged(siege):
        found = [
            (door.endpoint, role, asked(siege, door, role, OWN).status_code)
            for door in doors
            for role in sorted(door.access.roles or {Role.CITY.value})
        ]
    assert [one for one in found if one[2] not in OPENED] == []


def test_looking_at_every_page_with_its_records_changes_nothing(crawl: Crawl) -> None:
    assert {name: status for name, status in crawl.statuses.items() if status not in (200, 302, 304)} == {}
    assert crawl.changed == []


def test_pages_of_another_division_name_nobody_of_ours(siege: Siege) -> None:
    doors = [door for door in siege.doors() if door.method == "GET" and not door.access.open]
    told = []
    for door in doors:
        for role in sorted(door.access.roles):
            answer = asked(siege, door, role, OTHER)
            if answer.status_code == 200 and siege.named_in(readable(answer)):
                told.append((door.endpoint, role))
    assert told == []


def test_forms_filled_in_by_us_do_nothing_for_another_division(siege: Siege, forms: list[Form]) -> None:
    wrong, tried = [], 0
    adapter = siege.village.app.url_map.bind("localhost")
    with unchanged(siege):
        for form in forms:
            endpoint, keyed = adapter.match(form.action, method="POST")
            access = access_table()[endpoint]
            if access.open or access.scope != "division" or not siege.is_record(keyed):
                continue
            tried += 1
            for role in sorted(access.roles):
                client, token = siege.visitor(role, OTHER)
                answer = client.post(form.action, data=form.filled() | {TOKEN: token}, buffered=True)
                if answer.status_code not in TURNED_AWAY and siege.named_in(readable(answer)):
                    wrong.append((endpoint, role, answer.status_code))
    assert wrong == []
    assert tried > FEWEST["keyed"]


def test_a_form_without_its_token_or_with_that_of_somebody_else_does_nothing(
    siege: Siege, forms: list[Form], plain_errors: None
) -> None:
    wrong = []
    adapter = siege.village.app.url_map.bind("localhost")
    with unchanged(siege):
        for form in forms:
            endpoint, _ = adapter.match(form.action, method="POST")
            role = min(access_table()[endpoint].roles, default=Role.CITY.value)
            client, _ = siege.visitor(role)
            _, foreign = siege.visitor(role, OTHER)
            for token in ({}, {TOKEN: ""}, {TOKEN: foreign}):
                answer = client.post(form.action, data=form.filled() | token, buffered=True)
                if answer.status_code != 400:
                    wrong.append((endpoint, sorted(token), answer.status_code))
    assert wrong == []


def test_a_form_sent_again_after_signing_out_does_nothing(siege: Siege, forms: list[Form]) -> None:
    client, token = siege.newcomer(Role.CITY.value)
    client.post("/sign-out", data={TOKEN: token})
    adapter = siege.village.app.url_map.bind("localhost")
    with unchanged(siege):
        closed = [form for form in forms if not access_table()[adapter.match(form.action, method="POST")[0]].open]
        answers = [client.post(form.action, data=form.filled() | {TOKEN: token}).status_code for form in closed]
    assert set(answers) <= {302, 400}


def readable(answer: TestResponse) -> str:
    """The words of an answer, also of a workbook."""
    if not answer.data.startswith(b"PK"):
        return answer.get_data().decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode("utf-8", errors="replace") for name in book.namelist())


def test_every_kind_of_paper_has_a_name_on_the_page_of_printings() -> None:
    sentences = load_catalogue("matcher.wording", *PACKAGES).sentences
    assert [kind.name for kind in PaperKind if f"PAGE_PAPER_{kind.name}" not in sentences] == []
