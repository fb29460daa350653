"""A village with somebody of every role, in the division of its records and in another one.

In: a served village. Out: the address of every route with records that exist, visitors who are signed in, and what the
database holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from matcher.domain.account import Role
from matcher.store.schema import METADATA
from tests.web.every_page import EXAMPLES, Values, Village, token_of, village
from web.auth import Access, access_table

OWN, OTHER = "150521", "150523"
"""The banner of the made-up village, and one that has nothing to do with it."""
VILLAGES = {OWN: ("巴嘎敖包嘎查", "巴嘎敖包"), OTHER: ("示例别村",)}
SEEN_TABLES = frozenset({"audit_entry", "session_ended", "account"})
"""What looking at a page may write: that somebody looked, that a session ended, when somebody was last there."""
PLACEHOLDER = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Door:
    """A route with one of its methods, and an address of it that exists."""

    endpoint: str
    method: str
    address: str
    keyed: bool
    """Whether a record stands in the address."""
    access: Access


@dataclass
class Siege:
    """The village and those who try its doors."""

    village: Village
    visitors: dict[tuple[str, str], tuple[FlaskClient, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def doors(self) -> list[Door]:
        """Every route that a session opens, with each of its methods."""
        rules = [rule for rule in self.village.app.url_map.iter_rules() if rule.endpoint != "static"]
        found, table = list[Door](), access_table()
        with self.village.app.test_request_context():
            adapter = self.village.app.url_map.bind("localhost")
            for rule in rules:
                access = table[rule.endpoint]
                address = adapter.build(rule.endpoint, self._values(rule, rules), method=sorted(rule.methods or ())[0])
                methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
                found += [Door(rule.endpoint, method, address, bool(rule.arguments), access) for method in methods]
        return [door for door in found if not door.access.right]

    def visitor(self, role: str, division: str = OWN) -> tuple[FlaskClient, str]:
        """Somebody of a role and division with a valid token of their own."""
        if (role, division) not in self.visitors:
            self.visitors[role, division] = self.newcomer(role, division)
        return self.visitors[role, division]

    def newcomer(self, role: str, division: str = OWN) -> tuple[FlaskClient, str]:
        """Somebody who has just signed in."""
        client = self.village.app.test_client()
        form = {"csrf_token": token_of(client, "/sign-in"), "name": f"{role}-{division}"}
        answer = client.post("/sign-in", data=form | {"password": self.village.password})
        assert answer.status_code == 302
        return client, token_of(client, "/account/password")

    @staticmethod
    def is_record(values: Mapping[str, object]) -> bool:
        """Whether an address names a record by its number, no kind of list."""
        return any(isinstance(value, int) for value in values.values())

    def named_in(self, words: str) -> list[str]:
        """Our people whom a text names."""
        if not self.names:
            with self.village.office.reading() as unit:
                self.names = sorted({one.value.name for one in unit.workers.all_for_planning()})
        return [name for name in self.names if name in words]

    def contents(self) -> dict[str, str]:
        """A fingerprint of every table that holds business data."""
        return fingerprints(self.village)

    def _values(self, rule: Rule, rules: list[Rule]) -> Values:
        """The arguments of an address: those of its page, else of the page nearest above it, else the first record."""
        example, parts = self.village.example, PLACEHOLDER.sub("*", rule.rule).strip("/").split("/")
        if not rule.arguments:
            return {}
        near = [one for one in rules if one.endpoint in EXAMPLES and set(one.arguments) & set(rule.arguments)]
        best = max(near, key=lambda one: _shared(parts, one), default=None)
        given: Values = {}
        if rule.endpoint in EXAMPLES:
            given = EXAMPLES[rule.endpoint](example)
        elif best is not None and _shared(parts, best) > 1:
            given = EXAMPLES[best.endpoint](example)
        kinds = rule._converters
        return {
            name: given.get(name, 1 if isinstance(kinds[name], IntegerConverter) else "work") for name in rule.arguments
        }


def _shared(parts: list[str], other: Rule) -> int:
    """How many parts two addresses share from the left."""
    theirs = PLACEHOLDER.sub("*", other.rule).strip("/").split("/")
    return next((n for n, (one, two) in enumerate(zip(parts, theirs, strict=False)) if one != two), len(theirs))


def fingerprints(held: Village) -> dict[str, str]:
    """Each table of business data with a fingerprint of its rows as they lie in the file."""
    found = {}
    with held.office.store._engine.connect() as connection:
        for table in METADATA.sorted_tables:
            if table.name not in SEEN_TABLES:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').fetchall()
                found[table.name] = sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
    return found


@contextmanager
def besieged(folder: Path) -> Iterator[Siege]:
    """A made-up village with somebody of every role in its own and in another division."""
    with village(folder) as held:
        with held.office.unit(actor="demo") as unit:
            for role in Role:
                for division, places in VILLAGES.items():
                    named = places if role is Role.COORDINATOR else ()
                    unit.accounts.add(
                        f"{role.value}-{division}", role, held.password, division=division, villages=named
                    )
        siege = Siege(held)
        for role in Role:
            for division in VILLAGES:
                siege.visitor(role.value, division)
        yield siege
