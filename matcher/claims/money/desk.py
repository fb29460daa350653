"""The money of a person's postings side by side, beside the best job near home and beside what she earns or earned.

In: an office, a unit of work, the key of a person, and postings beside those of the plan. Out: a `MoneyDesk`; nothing
is stored.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.catalogue import HOME, catalogue_of
from matcher.claims.clock import tier_of
from matcher.claims.kinds import kinds
from matcher.claims.money.costs import CostBook, cost_book
from matcher.claims.money.in_hand import InHand, Maybe, Offer, Subsidy, goes_home, in_hand
from matcher.claims.money.span import Span
from matcher.columns import PostingRow
from matcher.columns.places import great_circle_km
from matcher.domain.division import Place
from matcher.domain.facts import Evidence
from matcher.domain.plan import PolicyState, ServicePlan
from matcher.domain.service.policies.catalogue import Catalogue, Tier
from matcher.domain.worker import Worker, WorkerFacts
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork
from matcher.stored_rows import as_corrected, as_told, posting_row

_ONE_MEAL = re.compile(r"一餐|一顿|午餐|中餐|午饭|中饭|工作餐")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMoney:
    """One posting and what it leaves; `rank` 0 = not one of the plan."""

    posting_key: int
    title: str
    employer: str
    place: str
    km: float | None
    rank: int
    near: Maybe
    """Whether one goes home every day."""
    money: InHand


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What a person earns now, or earned last, as told; nobody has proved it."""

    yuan: float
    now: bool
    source: str
    """WORK = told of a stretch of work, LEDGER = the monitoring ledger."""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDesk:
    """Everything the page shows."""

    worker: Worker
    offers: tuple[OfferMoney, ...]
    """The postings of the plan."""
    others: tuple[OfferMoney, ...]
    local: OfferMoney | None
    earned: Earned | None

    @property
    def best(self) -> OfferMoney | None:
        """The posting that leaves most for certain."""
        return best_of(self.offers)


def best_of(offers: Sequence[OfferMoney]) -> OfferMoney | None:
    """The one whose least is most; of those without a least none."""
    sure = [one for one in offers if one.money.total.low is not None]
    return max(sure, key=lambda one: (one.money.total.low or 0.0, -one.rank), default=None)


def money_desk(
    office: Office, unit: UnitOfWork, worker_key: int, scope: Scope, *, beside: Mapping[int, float | None]
) -> MoneyDesk:
    """The money of the postings of a plan, and of others with their kilometres where those are known."""
    policy = office.policy.at(office.today())
    stored = unit.workers.get(worker_key, division=scope.division, villages=scope.villages)
    current = unit.plans.current(worker_key)
    slips = unit.aftercare.returns.of_people([worker_key]).get(worker_key, [])
    told, facts = as_corrected(stored, office, office.today(), slips=slips)
    worker = as_told(told, facts)
    plan = current.plan if current else None
    ranks = {match.posting_key: match.rank for match in plan.matches} if plan else {}
    km = {match.posting_key: match.distance_km for match in plan.matches} if plan else {}
    postings = unit.postings.many([*ranks, *beside])
    book, owed = cost_book(policy), subsidies_of(plan)
    amounts = Amounts(catalogue_of(unit), office.today(), worker.home.code or HOME)
    offers = []
    for key in [*ranks, *(key for key in beside if key not in ranks)]:
        if key in postings:
            row = posting_row(postings[key], office)
            far = km.get(key, beside.get(key))
            far = road_km(worker.home, row.posting.place, policy) if far is None else far
            offers.append(_offer(row, worker, facts, book, owed, amounts, far, ranks.get(key, 0)))
    mine, others = (tuple(one for one in offers if bool(one.rank) is planned) for planned in (True, False))
    local = best_of([one for one in offers if one.near])
    return MoneyDesk(worker=worker, offers=mine, others=others, local=local, earned=_earned(unit, worker_key, worker))


def _offer(
    row: PostingRow,
    worker: Worker,
    facts: WorkerFacts,
    book: CostBook,
    owed: Sequence[Subsidy],
    amounts: Amounts,
    km: float | None,
    rank: int,
) -> OfferMoney:
    """One posting for one person."""
    posting = row.posting
    offer = offer_of(row, facts, km)
    away = bool(posting.place.county) and bool(worker.home.county) and posting.place.county != worker.home.county
    tier = tier_of(worker.home.code, posting.place.code)
    mine = [_with_amount(one, amounts, tier) for one in owed if away or not _needs_away(one.code)]
    return OfferMoney(
        posting_key=row.key,
        title=posting.title,
        employer=posting.employer,
        place=posting.place.text or posting.place.name,
        km=km,
        rank=rank,
        near=goes_home(offer, book),
        money=in_hand(offer, book, mine),
    )


def offer_of(row: PostingRow, facts: WorkerFacts, km: float | None) -> Offer:
    """What an advert says, for a person of these facts."""
    posting, said = row.posting, row.facts
    board = _words(said.board.evidence) or posting.board_text
    return Offer(
        wage=said.wage,
        board=said.board.value,
        board_partly=bool(_ONE_MEAL.search(f"{board} {posting.board_text}")),
        lodging=said.lodging.value,
        live_in=said.live_in.value is True,
        at_home=said.at_home.value is True,
        shuttle=said.shuttle.value,
        km=km,
        transport=facts.transport.value,
        weekly=facts.holds("WEEKEND_HOME"),
        said_pay=posting.wage_text or (_words(said.wage.evidence) if said.wage else ""),
        said_board=board,
        said_lodging=_words(said.lodging.evidence) or posting.board_text,
        said_shuttle=_words(said.shuttle.evidence),
    )


def subsidies_of(plan: ServicePlan | None) -> tuple[Subsidy, ...]:
    """What a plan says may be got after taking a job: all of it rests on staying, so none is sure beforehand."""
    items = {kind.item: kind for kind in kinds().values() if kind.of_person}
    notes = {note.code: note for note in plan.policy} if plan else {}
    return tuple(
        Subsidy(code=kind.code, state=PolicyState.UNKNOWN, basis=kind.basis, question=note.question)
        for code, kind in items.items()
        if (note := notes.get(code)) is not None and note.state is not PolicyState.NO
    )


@dataclass(frozen=True, slots=True)
class Amounts:
    """Where amounts are looked up: the catalogue, the day, the home."""

    catalogue: Catalogue
    on: date
    division: str

    def of(self, code: str, tier: Tier | None) -> float | None:
        """What an offer is worth where the work is; None where the office has not entered it, or the place is open."""
        if tier is None:
            return None
        amount = self.catalogue.amount_of(code, tier=tier, on=self.on, division=self.division)
        return float(amount.value) if amount is not None and amount.value is not None else None


def _with_amount(one: Subsidy, amounts: Amounts, tier: Tier | None) -> Subsidy:
    """A subsidy with its amount for a place, where there is one."""
    return replace(one, yuan=amounts.of(kinds()[one.code].item, tier))


def _needs_away(code: str) -> bool:
    """Whether a subsidy is only for work outside the home county."""
    kind = kinds().get(code)
    return kind is not None and kind.away_only


def road_km(home: Place, place: Place, policy: PolicyAt) -> float | None:
    """Kilometres by road between two places that are known well enough."""
    if home.lat is None or place.lat is None or not (home.township or home.county == place.county):
        return None
    return float(great_circle_km([home], [place])[0, 0]) * policy.number("commute.detour")


def _earned(unit: UnitOfWork, worker_key: int, worker: Worker) -> Earned | None:
    """What the person earns or earned last, as told."""
    spells = unit.aftercare.spells.of_people([worker_key]).get(worker_key, [])
    told = [spell for spell in spells if spell.yuan]
    if told:
        last = told[-1]
        return Earned(yuan=float(last.yuan or 0), now=last.ended_on is None, source="WORK", until=last.ended_on)
    ledger = worker.ledger
    if ledger is not None and ledger.income_yuan_per_month:
        return Earned(
            yuan=ledger.income_yuan_per_month, now=ledger.work_until is None, source="LEDGER", until=ledger.work_until
        )
    return None


def against(total: Span, yuan: float) -> Span:
    """How much more a posting leaves than an amount; below nought it is less."""
    return total + Span(-yuan, -yuan)


def _words(evidence: Collection[Evidence]) -> str:
    """The first words something rests on."""
    return next((one.words for one in evidence if one.words), "")
