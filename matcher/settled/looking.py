"""Who is resettled by the rosters, and where they may live: proposals that staff confirm.

In: an office and a division. Out: settlements the rosters name and nobody had registered, and people proposed for
them; whoever was confirmed or refused stays so. Nothing is decided here.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from matcher.domain.intake.errands import Tell, untold
from matcher.domain.service.around.settled import Channel, LinkState, SettledPerson, Settlement, SettlementKind
from matcher.domain.worker import IN_WORK, Worker, WorkStatus
from matcher.listings import watched
from matcher.office import Office
from matcher.store.store import UnitOfWork

_TOWNSHIP, _COUNTY = 9, 6
_NEAR = frozenset({"乡镇内", "乡镇外县内"})
_AWAY = frozenset({"县外市内", "市外区内", "区外", "境外"})
SCATTERED = "分散安置"
"""Ends the name of the scattered people of a township."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through the rosters found."""

    people: int
    proposed: int
    settlements: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """One resettled person as a roster says."""

    key: int
    place: str
    village: str
    household: str
    named: str
    flagged: bool
    channel: Channel | None


def look(office: Office, division: str, *, actor: str, tell: Tell = untold) -> Looked:
    """Reads everybody of a division once and stores what is new, whole or not at all."""
    with office.reading() as unit:
        seen = [_seen(one.key, one.value) for one in watched(unit, division, lambda share: tell(0.9 * share))]
    tell(0.9)
    settled = _resettled(seen)
    with office.unit(actor) as unit:
        found = _Register(office, unit, division)
        known = unit.settled_people.states()
        people = [_link(one, found, basis, name, known) for one, basis, name in _placed(settled)]
        fresh = [one for one in people if known.get(one.worker_key) != replace(one, actor=_actor(known, one))]
        unit.settled_people.put_many(fresh)
        unit.audit.note("settled_look", subject=f"division:{division}", fields=str(len(fresh)))
    proposed = sum(one.worker_key not in known for one in people)
    return Looked(len(people), proposed, found.added)


def channel_told(worker: Worker) -> Channel | None:
    """The channel a roster speaks of, None for somebody it does not say to be in work."""
    if worker.public_post:
        return Channel.PUBLIC_POST
    if worker.work_status not in IN_WORK:
        return None
    area = worker.ledger.work_area if worker.ledger else ""
    if area in _AWAY:
        return Channel.OUTPUT
    if area in _NEAR or worker.work_status is WorkStatus.SELF_EMPLOYED:
        return Channel.NEAR_HOME
    return Channel.UNCLEAR


def plain_name(name: str) -> str:
    """A name of a settlement as it is compared: without spaces, brackets in one form."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _seen(key: int, worker: Worker) -> _Seen:
    """What matters of one person."""
    place = worker.home.code
    place = place[:_TOWNSHIP] if len(place) >= _TOWNSHIP else place
    named, flagged = plain_name(worker.settlement), worker.resettled is True
    return _Seen(key, place, worker.village, worker.household_no, named, flagged, channel_told(worker))


def _resettled(seen: list[_Seen]) -> list[_Seen]:
    """Whoever a roster says is resettled, and the others of their households."""
    moved = {(one.place[:_COUNTY], one.household) for one in seen if one.flagged and one.household}
    return [one for one in seen if one.flagged or (one.place[:_COUNTY], one.household) in moved]


def _placed(settled: list[_Seen]) -> Iterable[tuple[_Seen, str, str]]:
    """Each with what the proposal rests on and the name of the settlement, "" = scattered."""
    homes: dict[tuple[str, str], str] = {}
    villages: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in settled:
        if one.named:
            homes.setdefault((one.place[:_COUNTY], one.household), one.named)
            villages[one.place, one.village][one.named] += 1
    for one in settled:
        if one.named:
            yield one, "ledger", one.named
        elif one.household and (one.place[:_COUNTY], one.household) in homes:
            yield one, "household", homes[one.place[:_COUNTY], one.household]
        elif one.village and villages[one.place, one.village]:
            yield one, "village", villages[one.place, one.village].most_common(1)[0][0]
        else:
            yield one, "township", ""


class _Register:
    """The register, with what a roster names added to it."""

    def __init__(self, office: Office, unit: UnitOfWork, division: str) -> None:
        self._office, self._unit, self.added = office, unit, 0
        self._keys = {
            (one.division[:_COUNTY], plain_name(one.name)): one.key for one in unit.settlements.all(division=division)
        }

    def key(self, place: str, name: str) -> int:
        """The settlement of a name in a county; the scattered people of a township are one."""
        shown = name or f"{self._office.gazetteer.name(place)}{SCATTERED}"
        found = (place[:_COUNTY], plain_name(shown))
        if found not in self._keys:
            kind = SettlementKind.TOGETHER if name else SettlementKind.SCATTERED
            self._keys[found] = self._unit.settlements.add(Settlement(name=shown, division=place, kind=kind))
            self.added += 1
        return self._keys[found]


def _link(one: _Seen, register: _Register, basis: str, name: str, known: Mapping[int, SettledPerson]) -> SettledPerson:
    """A person as proposed, or as decided before with the work as now told."""
    before = known.get(one.key)
    if before is not None and before.state is not LinkState.PROPOSED:
        return replace(before, channel=one.channel)
    return SettledPerson(
        worker_key=one.key,
        settlement_key=register.key(one.place, name),
        state=LinkState.PROPOSED,
        basis=basis,
        channel=one.channel,
    )


def _actor(known: Mapping[int, SettledPerson], one: SettledPerson) -> str:
    """Who said it before: saying it again is no change."""
    before = known.get(one.worker_key)
    return before.actor if before is not None else ""
