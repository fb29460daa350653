"""The verbs of the service: make plans for people, say why a posting does or does not suit.

In: an office and whom it is about. Out: a stored run with its plans, or the answer to “why not?”.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from time import perf_counter

import numpy as np

from matcher.aftercare.staying import records
from matcher.answering import Answer, answer_of
from matcher.checkpoint import Checkpoints
from matcher.class_gains import ClassRow
from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.columns.arrays import gini
from matcher.composing import Workshop, compose, session_starts
from matcher.composing_pool import Composers
from matcher.domain.errors import Cancelled, InputRefused, Job131Error
from matcher.domain.plan import ServicePlan
from matcher.domain.run import HAND, MatchRun, RunQuality, RunState
from matcher.engines import Engine, LocalEngine
from matcher.office import Office
from matcher.packing import PackedPlan
from matcher.past import NO_PLAN, Past, spoken_on
from matcher.planning import Person, Settled, Standing, build_market, encode_people, entitle, score_people, settle
from matcher.policy import PolicyAt
from matcher.reference.tables import reference_digest
from matcher.shortlist import Market
from matcher.store.context import chunks, without_collection
from matcher.store.store import UnitOfWork
from matcher.stored_rows import adverts_since, adverts_stored, class_rows, posting_row, worker_row
from matcher.unread import read_unread
from matcher.warm import Stamp, WarmMarket, renewed_market, settle_warm, warm_market

Progress = Callable[[float, str], None]

CLOSING = "RUN_STORING"
FEW = 200
"""So many postings, or a tenth of all, may change and a market is still renewed rather than made anew."""
BY_HAND = "这个人不由机器处理，没有做方案；要做请先在“变更”里撤销"
UNDER_WAY = "under-way"
"""The folder beside the data where a run over a cluster notes its rounds."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run works on: read once, then no more database until the plans are stored."""

    people: tuple[WorkerRow, ...]
    postings: tuple[PostingRow, ...]
    classes: tuple[ClassRow, ...]
    standing: Standing
    taken: dict[str, list[str]] = field(default_factory=dict)
    """Hours of guides that sessions of other people's plans take."""
    warm: WarmMarket | None = None
    """The market kept ready, where the desk is one person's; `postings` and `classes` are empty then."""


def load_desk(
    office: Office, unit: UnitOfWork, *, division: str, worker_ref: str, on: date, hand: bool = False
) -> Desk:
    """People, postings and classes with their facts, answers and the plans that stand; by `hand` one person alone."""
    called = unit.workers.all_for_planning(division=division, worker_ref=worker_ref)
    named = list(called) if worker_ref else called
    keys = [stored.key for stored in named] if worker_ref else None
    by_hand = frozenset() if hand else unit.life.restricted(keys)
    if keys and by_hand.issuperset(keys):
        raise InputRefused(BY_HAND, ref=worker_ref)
    past = Past.of(office, unit, keys, on)
    people = [past.row(stored, office, on) for stored in named if stored.key not in by_hand]
    current, spoken = past.current, past.spoken
    everybody = not division and not worker_ref
    taken = {} if everybody else _taken(office, unit, people)
    if hand:
        return Desk(tuple(people), (), (), {}, taken)
    own = Counter(key for row in people for key in current.get(row.key, NO_PLAN)[0])
    if worker_ref:
        market = ready_market(office, unit, on=on)
        return Desk(tuple(people), (), (), _asked_for(office, own, spoken), taken, market)
    counts = {} if everybody else _of_others(unit.plans.recommended_counts(), own, spoken)
    postings = adverts_stored(office, unit, spoken, on=on).speaking
    return Desk(tuple(people), postings, class_rows(office, unit), counts, taken)


def _of_others(counts: dict[int, int], own: Mapping[int, int], spoken: Mapping[int, int]) -> dict[int, int]:
    """How often postings stand in current plans, less one's own, each counted for the advert that speaks for it."""
    for key in own.keys() & counts.keys():
        counts[key] -= own[key]
    for key in spoken.keys() & counts.keys():
        counts[spoken[key]] = counts.get(spoken[key], 0) + counts.pop(key)
    return counts


def _asked_for(
    office: Office, own: Mapping[int, int], spoken: Mapping[int, int]
) -> Callable[[Sequence[int]], Mapping[int, int]]:
    """The same for a few postings, when it is known which: a large office has many thousands on its plans."""

    def counts(keys: Sequence[int]) -> Mapping[int, int]:
        wanted = set(keys)
        wanted |= {key for key, speaker in spoken.items() if speaker in wanted}
        with office.reading() as unit:
            return _of_others(unit.plans.recommended_counts(sorted(wanted)), own, spoken)

    return counts


def market_stamp(office: Office, unit: UnitOfWork, *, on: date) -> Stamp:
    """What the market of the day is made from: where it is the same, so is the market."""
    known = records(office, unit, on).digest
    return (office.policy.at(on).digest, reference_digest(), on, (unit.market_version(), known))


def ready_market(office: Office, unit: UnitOfWork, *, on: date) -> WarmMarket:
    """The market of the day: as it was kept, or made anew because something has changed."""
    return office.warm.get(market_stamp(office, unit, on=on), lambda before: made_market(office, unit, before, on=on))


def made_market(office: Office, unit: UnitOfWork, before: WarmMarket | None, *, on: date) -> WarmMarket:
    """The market of the day: where few postings have changed since one of this day was made, only those are read."""
    classes, spoken = class_rows(office, unit), spoken_on(office, unit, on)
    if before is not None and before.adverts is not None:
        adverts, changed = adverts_since(office, unit, before.adverts, spoken, on=on)
        if len(changed) <= max(FEW, len(adverts.rows) // 10):
            return renewed_market(before, adverts, changed, classes)
    adverts = adverts_stored(office, unit, spoken, on=on)
    return replace(warm_market(adverts.speaking, classes, office.policy.at(on)), adverts=adverts)


def _taken(office: Office, unit: UnitOfWork, people: Sequence[WorkerRow]) -> dict[str, list[str]]:
    """Hours already given to others in the townships of these people."""
    own = {row.key for row in people}
    taken: dict[str, list[str]] = defaultdict(list)
    for division in sorted({row.worker.home.township or row.worker.home.code for row in people} - {""}):
        others = unit.plans.current_keys(division=division, but=own)
        for guide, start in office.sessions.taken(others, partial(_sessions, unit)):
            if start:
                taken[guide or division].append(start)
    return taken


def _sessions(unit: UnitOfWork, plans: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Guide and start of the sessions of some plans."""
    held = [(one.key, one.plan.guidance) for part in chunks(plans) for one in unit.plans.many(part)]
    return {key: (session.guide, session.starts_at) if session is not None else ("", "") for key, session in held}


def queue_run(
    office: Office,
    *,
    division: str = "",
    worker_ref: str = "",
    as_of: date | None = None,
    actor: str = "",
    engine: str = "local",
) -> int:
    """A run that waits to be worked on; its key."""
    day = as_of or office.today()
    run = MatchRun(division=division, worker_ref=worker_ref, as_of=day, engine=engine, started_by=actor)
    with office.unit(actor) as unit:
        return unit.runs.create(run)


def plan_people(
    office: Office,
    *,
    division: str = "",
    worker_ref: str = "",
    as_of: date | None = None,
    actor: str = "",
    progress: Progress | None = None,
    run_key: int | None = None,
    engine: Engine | None = None,
    hand: bool = False,
) -> MatchRun:
    """Plans for everybody named: stored whole or not at all. A run asked to stop raises Cancelled.

    By `hand` the plan of one person holds no posting and no class: staff choose each themselves.
    """
    engine = engine or LocalEngine()
    day, name = as_of or office.today(), HAND if hand else engine.name
    wanted = MatchRun(division=division, worker_ref=worker_ref, as_of=day, engine=name, started_by=actor)
    with office.unit(actor) as unit:
        run_key = unit.runs.create(wanted) if run_key is None else run_key
        unit.runs.claim(run_key)
        run = unit.runs.get(run_key)
    try:
        told = _Reporter(office, run_key, progress, brief=bool(run.worker_ref))
        return _work(office, run, run_key, actor, told, engine)
    except Cancelled as stopped:
        _finish(office, run_key, RunState.CANCELLED, stopped.message)
        raise
    except Job131Error as error:
        _finish(office, run_key, RunState.FAILED, error.message)
        raise
    except Exception:
        _finish(office, run_key, RunState.FAILED, "程序出错，本批次没有保存任何方案")
        raise


class _Reporter:
    """Tells the caller and the run's row how far it is, and stops where somebody asked for that."""

    def __init__(self, office: Office, run_key: int, progress: Progress | None, *, brief: bool) -> None:
        self._office, self._run_key, self._progress = office, run_key, progress
        self._last = perf_counter() if brief else 0.0

    def __call__(self, share: float, code: str) -> None:
        """Reported at most about twice a second."""
        if self._progress is not None:
            self._progress(share, code)
        now = perf_counter()
        if now - self._last < 0.5:
            return
        self._last = now
        with self._office.unit() as unit:
            stop = unit.runs.progress(self._run_key, share, code)
        if stop:
            raise Cancelled("已按要求停止，没有保存任何方案", ref=str(self._run_key))


def _finish(office: Office, run_key: int, state: RunState, message: str) -> None:
    """Note on the run how it ended."""
    with office.unit() as unit:
        unit.runs.finish(run_key, state, message=message)


@without_collection()
def _work(office: Office, run: MatchRun, run_key: int, actor: str, tell: _Reporter, engine: Engine) -> MatchRun:
    """Read, match, store."""
    began = perf_counter()
    policy = office.policy.at(run.as_of)
    tell(0.0, "RUN_READING")
    if not run.worker_ref:
        read_unread(office, division=run.division, tell=lambda done, of: tell(0.0, "RUN_READING"))
    with _composers(office, run) as composers:
        with office.reading() as unit:
            hand = run.engine == HAND
            desk = load_desk(office, unit, division=run.division, worker_ref=run.worker_ref, on=run.as_of, hand=hand)
        book = _checkpoints(office, engine)
        people, settled = settle_desk(desk, policy, tell, engine=engine, checkpoints=book, ready=composers.prepare)
        starts = session_starts(people, policy, desk.taken)
        plans = _composed(composers, people, settled, starts, desk.warm.workshop if desk.warm else None, tell)
    tell(0.9, CLOSING)
    quality = _quality(plans, settled, perf_counter() - began)
    with office.unit(actor) as unit:
        unit.runs.note_inputs(run_key, policy_digest=policy.digest, reference_digest=reference_digest())
        unit.policy_values.remember(policy)
        unit.plans.put_packed(run_key, plans)
        unit.class_life.note_wishes({one.row.key: [term.code for term in one.row.facts.wished] for one in people})
        quality = replace(quality, seconds=perf_counter() - began)
        unit.runs.finish(run_key, RunState.DONE, quality=quality)
        unit.audit.note("plan", subject=f"run {run_key}")
        return unit.runs.get(run_key)


def _composers(office: Office, run: MatchRun) -> Composers:
    """Processes to compose in, where the run is about many people; none of them ever sees a connection."""
    if run.worker_ref:
        return Composers(1)
    with office.reading() as unit:
        many = unit.workers.count(division=run.division)
    office.store.close()
    return Composers.for_people(many)


def _composed(
    composers: Composers,
    people: Sequence[Person],
    settled: Settled,
    starts: Mapping[int, str],
    workshop: Workshop | None,
    tell: Progress,
) -> list[PackedPlan]:
    """Everybody's plans, packed: small enough to be kept together and stored in one short transaction."""
    tell(0.7, "RUN_COMPOSING")
    plans: list[PackedPlan] = []
    for block in composers.compose(people, settled, starts, workshop):
        plans += block
        tell(0.7 + 0.2 * len(plans) / len(people), "RUN_COMPOSING")
    return plans


def _checkpoints(office: Office, engine: Engine) -> Checkpoints | None:
    """Where long rounds are noted; what takes seconds here is not worth a file."""
    return None if engine.name == "local" else Checkpoints(office.config.home / UNDER_WAY)


def make_plans(
    desk: Desk,
    policy: PolicyAt,
    tell: Progress,
    *,
    engine: Engine | None = None,
    checkpoints: Checkpoints | None = None,
) -> tuple[list[ServicePlan], Settled]:
    """The pure part: plans for everybody on the desk, ordered by reference."""
    people, settled = settle_desk(desk, policy, tell, engine=engine, checkpoints=checkpoints)
    tell(0.7, "RUN_COMPOSING")
    workshop = desk.warm.workshop if desk.warm is not None else None
    return list(compose(people, settled, session_starts(people, policy, desk.taken), workshop)), settled


def settle_desk(
    desk: Desk,
    policy: PolicyAt,
    tell: Progress,
    *,
    engine: Engine | None = None,
    checkpoints: Checkpoints | None = None,
    ready: Callable[[Market, Sequence[ClassRow]], None] | None = None,
) -> tuple[list[Person], Settled]:
    """What everybody on the desk is owed, ordered by reference, and which postings and class each one gets.

    `ready` is told of a market made anew before its postings are shared out.
    """
    engine = engine or LocalEngine()
    people = sorted(entitle(desk.people, policy), key=lambda person: (person.row.worker.ref, person.row.key))
    planned = [person.row for person in people if person.row.track.carries_postings]
    tell(0.05, "RUN_ENCODING")
    if desk.warm is not None:
        return people, settle_warm(planned, desk.warm, desk.standing)
    market, homes = build_market(planned, desk.postings, load_vocabulary(), policy, classes=desk.classes)
    workers = encode_people(planned, homes, market)
    size = max(len(workers), 1)
    found = score_people(engine, workers, market, lambda done: tell(0.15 + 0.35 * done / size, "RUN_SCORING"))
    if ready is not None:
        ready(market, desk.classes)
    settled = settle(
        workers,
        found,
        market,
        desk.classes,
        lambda share, code: tell(0.5 + 0.2 * share, code),
        standing=desk.standing,
        engine=engine,
        checkpoints=checkpoints,
    )
    return people, settled


def _quality(plans: Sequence[PackedPlan], settled: Settled, seconds: float) -> RunQuality:
    """The figures of a run."""
    owed = [plan for plan in plans if plan.track.carries_postings]
    allocation, openings = settled.allocation, settled.market.postings.openings
    return RunQuality(
        people=len(plans),
        with_postings_owed=len(owed),
        complete=sum(not plan.missing for plan in owed),
        short=sum(bool(plan.missing) for plan in owed),
        with_training=sum(plan.has_training for plan in plans),
        score_sum=float(sum(plan.score_sum for plan in owed)),
        load_gini=gini(allocation.load / np.maximum(openings, 1e-9)),
        duality_gap=allocation.gap,
        rounds=allocation.rounds,
        seconds=seconds,
    )


def why(office: Office, worker_key: int, posting_key: int, *, as_of: date | None = None) -> Answer:
    """Any person against any posting: the scorecard, and every reason against."""
    policy = office.policy.at(as_of or office.today())
    with office.reading() as unit:
        worker, posting = unit.workers.get(worker_key), unit.postings.get(posting_key)
        slips = unit.aftercare.returns.of_people([worker_key]).get(worker_key, [])
        said = unit.concessions.standing([worker_key]).get(worker_key)
        known = records(office, unit, policy.on)
    (person,) = entitle([worker_row(worker, office, policy.on, slips=slips, said=said)], policy)
    return answer_of(person.row, posting_row(posting, office, known=known), policy)
