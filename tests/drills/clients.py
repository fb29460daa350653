"""People at work while something happens to the server: each looks and writes about once a second.

In: the address of a server, an account. Out: how long answers took, what went wrong, and every write that was
acknowledged, to be looked for in the database afterwards.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from matcher.listings import PeopleFilter, Scope, people
from matcher.office import Office
from tests.benchmarks.pages import Signer

ACKNOWLEDGED = (200, 302, 303)
EVERYWHERE = Scope(division="", villages=())
Work = Callable[["Visitor", random.Random], None]
_SIGNS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
_PLACES = ("大沁他拉镇", "开鲁镇", "库伦镇")


@dataclass(slots=True)
class Slip:
    """A slip that can be handed in once."""

    code: str
    plan_key: int
    posting_key: int


@dataclass(slots=True)
class Ledger:
    """What all clients saw; safe to share."""

    slips: list[Slip]
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    acknowledged: list[Slip] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)
    unheard: int = 0
    """Requests whose answer never came: the server was gone."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_slip(self) -> Slip | None:
        """A slip nobody has handed in."""
        with self.lock:
            return self.slips.pop() if self.slips else None

    def note(self, kind: str, seconds: float, status: int) -> None:
        """One answer."""
        with self.lock:
            self.taken[kind].append(1_000 * seconds)
            if status not in ACKNOWLEDGED:
                self.wrong[f"{kind} {status}"] += 1


def slips_of(office: Office, most: int) -> list[Slip]:
    """Slips of current plans with a posting nobody has answered."""
    with office.reading() as unit:
        plans = [place.key for place in unit.plans.in_order()]
        random.Random(131).shuffle(plans)
        stored = unit.plans.many(plans[: most * 3])
    return [Slip(one.code, one.key, one.plan.matches[0].posting_key) for one in stored if one.plan.matches][:most]


def persons_of(office: Office, most: int) -> list[int]:
    """Keys of people with a plan."""
    with office.reading() as unit:
        return [row.key for row in people(unit, PeopleFilter(track="131"), EVERYWHERE, number=1, size=most).rows]


class Visitor:
    """One client; signs in again where the server was gone."""

    def __init__(self, root: str, signer: Signer, ledger: Ledger, number: int) -> None:
        self.root, self.signer, self.ledger, self.number = root, signer, ledger, number
        self.client: httpx.Client | None = None
        self.csrf = ""

    def ask(self, kind: str, method: str, path: str, **sent: object) -> httpx.Response | None:
        """One request with its time; None where no answer came."""
        client, began = self.client, time.perf_counter()
        assert client is not None
        try:
            reply = client.request(method, path, timeout=60, **sent)  # type: ignore[arg-type]
        except httpx.TransportError:
            with self.ledger.lock:
                self.ledger.unheard += 1
            return None
        self.ledger.note(kind, time.perf_counter() - began, reply.status_code)
        return reply

    def sign_in(self) -> bool:
        """A session and its token; False while the server is away."""
        try:
            self.client = self.signer.visitor(self.root)
            page = self.client.get("/people/new/").text
        except (httpx.TransportError, SystemExit):
            self.client = None
            return False
        self.csrf = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        return bool(self.csrf)

    def hand_in(self, dice: random.Random) -> None:
        """A slip handed in; where the answer says so, it must be kept for good."""
        slip = self.ledger.next_slip()
        if slip is None:
            return
        form = {"csrf_token": self.csrf, "code": slip.code, f"a{slip.posting_key}": "wanted"}
        reply = self.ask("write: slip", "POST", "/slips/record", data=form)
        if reply is not None and reply.status_code in ACKNOWLEDGED:
            with self.ledger.lock:
                self.ledger.acknowledged.append(slip)

    def take_in(self, dice: random.Random) -> None:
        """Somebody new at the window, planned for at once."""
        name = "演" + "".join(dice.choice(_SIGNS) for _ in range(3))
        form = {"csrf_token": self.csrf, "name": name, "phone": "", "identity": "1988-03", "status": "未就业"}
        form |= {"place": dice.choice(_PLACES), "text": "会做饭，想在家附近找个帮厨的活", "save": "1", "new": "1"}
        reply = self.ask("write: new person", "POST", "/people/new/", data=form)
        if reply is not None and reply.status_code in (302, 303):
            with self.ledger.lock:
                self.ledger.newcomers.append(name)


def reader(path: Callable[[random.Random], str], kind: str) -> Work:
    """Looking at a page."""

    def look(visitor: Visitor, dice: random.Random) -> None:
        visitor.ask(f"read: {kind}", "GET", path(dice))

    return look


def day_of(office: Office) -> list[Work]:
    """What an office does: twelve looks to three slips and somebody new."""
    persons = persons_of(office, 200)
    looks: list[Work] = [
        reader(lambda dice: "/", "home"),
        reader(lambda dice: f"/people/?page={dice.randrange(1, 40)}", "people"),
        reader(lambda dice: f"/people/{dice.choice(persons)}", "person"),
        reader(lambda dice: "/postings/", "postings"),
        reader(lambda dice: "/village/", "village"),
        reader(lambda dice: "/reports/", "reports"),
    ]
    return [*looks, *looks, Visitor.hand_in, Visitor.hand_in, Visitor.hand_in, Visitor.take_in]


def crowd(root: str, signer: Signer, ledger: Ledger, works: list[Work], *, clients: int, until: Any) -> None:
    """So many clients, once a second each, until a moment of the steady clock or what is compared like one."""

    def one(number: int) -> None:
        dice, visitor = random.Random(number), Visitor(root, signer, ledger, number)
        due = time.monotonic() + dice.random()
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            if visitor.client is not None or visitor.sign_in():
                before = ledger.unheard
                dice.choice(works)(visitor, dice)
                if ledger.unheard != before:
                    visitor.client = None
            due = max(due + 1.0, time.monotonic() - 1.0)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
