"""How an endpoint is declared: path, shapes of request and answer, what it does to the world.

In: a function and its declaration. Out: `Endpoint`s of a `Group`; routes, validation, answers and the OpenAPI document
are all made from these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from matcher.domain.clients import ApiClient
from matcher.listings import Scope

T = TypeVar("T")
ROOT = "/api/v1"
MOST = 2**31 - 1
"""The largest key; larger numbers name nothing."""

Key = Annotated[int, Meta(ge=1, le=MOST)]
Count = Annotated[int, Meta(ge=0, le=MOST)]
NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
Line = Annotated[str, Meta(max_length=200, pattern=NO_CONTROL)]
Short = Annotated[str, Meta(max_length=40, pattern=NO_CONTROL)]
TEXT = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
Text = Annotated[str, Meta(max_length=4_000, pattern=TEXT)]
Division = Annotated[str, Meta(pattern=r"^([0-9]{2,12})?$", max_length=12)]
SlipCode = Annotated[str, Meta(pattern=r"^[2-9A-HJ-KM-NP-Z]{8}$", min_length=8, max_length=8)]
Ticket = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}$", min_length=22, max_length=22)]
KindName = Annotated[str, Meta(pattern=r"^[a-z]{3,20}$", max_length=20)]
PATH_TYPES: dict[str, Any] = {"code": SlipCode, "ticket": Ticket, "kind": KindName}
"""Parts of paths that are words; all others are keys."""


class Paged(Struct, forbid_unknown_fields=True):
    """What every list takes: where to go on, and how many rows."""

    cursor: Annotated[str, Meta(max_length=200, pattern=r"^[A-Za-z0-9_.=-]*$")] = ""
    limit: Annotated[int, Meta(ge=1, le=200)] | None = None


class Nothing(Struct, forbid_unknown_fields=True):
    """A request that says nothing beside its path."""


class Page(Struct, Generic[T]):
    """Some rows of a list; `next` is the cursor of the rows behind them, null at the end."""

    items: list[T]
    next: str | None


class Named(Struct):
    """A code and what it is called."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One operation of the API."""

    name: str
    method: str
    path: str
    run: Callable[..., Answer]
    answer: Any
    query: type[Struct] = Nothing
    body: type[Struct] | None = None
    status: int = 200
    other: Mapping[int, Any] = field(default_factory=dict)
    """Further statuses of success, each with the shape of its answer."""
    upload: bool = False
    """Whether the body is a file in a form."""
    purpose: bool = False
    """Whether the header X-Purpose must say what for."""
    once: bool = False
    """Whether the header Idempotency-Key makes sending it twice one record."""
    guarded: Callable[..., Answer] | None = None
    """The look whose ETag If-Match must name."""
    waits: bool = False
    """Whether `Prefer: respond-async` is heard."""
    example: Mapping[str, Any] = field(default_factory=dict)
    """A valid body."""

    @property
    def safe(self) -> bool:
        """Whether it only looks."""
        return self.method == "GET"


@dataclass(slots=True)
class Group:
    """The endpoints of one subject."""

    name: str
    endpoints: dict[str, Endpoint] = field(default_factory=dict)

    @property
    def room(self) -> str:
        """The name of its blueprint."""
        return f"api_{self.name}"

    def get(self, path: str, *, answer: Any, **more: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declares a look."""
        return self._declared("GET", path, answer, more)

    def post(self, path: str, *, answer: Any, **more: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declares something that is made or done."""
        return self._declared("POST", path, answer, more)

    def put(self, path: str, *, answer: Any, **more: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declares a record or a part of one set as a whole."""
        return self._declared("PUT", path, answer, more)

    def patch(self, path: str, *, answer: Any, **more: Any) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declares a change of some fields."""
        return self._declared("PATCH", path, answer, more)

    def delete(
        self, path: str, *, answer: Any, **more: Any
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Declares something taken away."""
        return self._declared("DELETE", path, answer, more)

    def _declared(
        self, method: str, path: str, answer: Any, more: dict[str, Any]
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Keeps a declaration; the function stays as it is."""

        def keep(run: Callable[..., Answer]) -> Callable[..., Answer]:
            name = more.pop("name", run.__name__.rstrip("_"))
            self.endpoints[name] = Endpoint(name=name, method=method, path=path, run=run, answer=answer, **more)
            return run

        return keep


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint says: a value of its declared shape, and where a new record is."""

    value: Any
    status: int | None = None
    location: str = ""
    subject: str = ""
    """Whose data it shows, for the audit record, e.g. worker:12."""
    fields: str = ""
    """Which groups of fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request as an endpoint sees it: validated, and asked by whom."""

    client: ApiClient
    endpoint: str
    query: Any = field(default_factory=Nothing)
    body: Any = None
    sent: frozenset[str] = frozenset()
    """The fields of the body that were sent, those sent as null too."""
    purpose: str = ""
    waits: bool = False
    params: tuple[tuple[str, object], ...] = ()

    @property
    def scope(self) -> Scope:
        """The records the client may see."""
        return Scope(division=self.client.division, villages=self.client.villages)

    @property
    def actor(self) -> str:
        """How records and the audit name the client."""
        return self.client.actor


def encoded(value: Any) -> bytes:
    """A value as JSON."""
    return msgspec.json.encode(value)
