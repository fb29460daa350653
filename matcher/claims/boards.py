"""Notice boards: what is to be paid or given hangs out first, can be objected to, and is closed by somebody.

In: lines (people of claims, or of anything else that is put up), days, objections, decisions. Out: notices stored;
claims move to POSTED and PUBLICISED with them. Where a topic asks for two levels, the second follows the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from matcher.appointments import add_working_days, is_working_day
from matcher.claims.claiming import LEAST_REASON
from matcher.claims.kinds import kind_of, topic_of
from matcher.claims.refusing import refused
from matcher.domain.service.claim import Claim, ClaimState
from matcher.domain.service.publicity import (
    Decision,
    Level,
    Notice,
    NoticeEntry,
    NoticeState,
    Objection,
    Outcome,
    levels_left,
    notice_state,
)
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.claims import WantedClaims
from matcher.store.store import UnitOfWork

MOST_LINES = 500


def last_day(first: date, policy: PolicyAt) -> date:
    """The last day of a notice that hangs from a day on: so many working days, the first included."""
    days = policy.whole("publicity.days")
    if is_working_day(first):
        return first if days == 1 else add_working_days(first, days - 1)
    return add_working_days(first, days)


def put_up(unit: UnitOfWork, notice: Notice, entries: Sequence[NoticeEntry]) -> int:
    """Hangs lines on a board, whatever they are about; the key of the notice."""
    topic = topic_of(notice.topic)
    if notice.level not in topic.levels:
        raise refused("BOARD_WRONG_LEVEL")
    if not entries:
        raise refused("BOARD_EMPTY")
    if notice.notice_until < notice.notice_from:
        raise refused("BOARD_BAD_DAYS")
    return unit.publicities.put_up(notice, entries)


def waiting(unit: UnitOfWork, topic: str, scope: Scope) -> list[Claim]:
    """Approved claims that belong on boards of a topic and hang on none."""
    return waiting_by_topic(unit, scope).get(topic, [])


def waiting_by_topic(unit: UnitOfWork, scope: Scope) -> dict[str, list[Claim]]:
    """Approved claims that hang on no board, by the topic they belong to."""
    approved = (ClaimState.APPROVED.value,)
    wanted = WantedClaims(division=scope.division, villages=scope.villages, states=approved)
    found: dict[str, list[Claim]] = {}
    for claim in unit.claims.page(wanted, first=0, size=MOST_LINES)[0]:
        found.setdefault(topic_of_claim(claim), []).append(claim)
    return found


def put_up_claims(
    office: Office, topic: str, keys: Collection[int], scope: Scope, *, actor: str, first: date, where: str
) -> list[int]:
    """Hangs approved claims out, a notice for each village (or banner); the keys of the notices."""
    level = topic_of(topic).levels[0]
    policy = office.policy.at(office.today())
    _check_first(office, first)
    with office.unit(actor) as unit:
        chosen = [claim for claim in waiting(unit, topic, scope) if claim.key in keys]
        if not chosen:
            raise refused("BOARD_EMPTY")
        made = []
        for (division, village), claims in _by_board(unit, chosen, level).items():
            notice = Notice(
                topic=topic,
                level=level,
                division=division,
                village=village,
                notice_from=first,
                notice_until=last_day(first, policy),
                where=where,
            )
            made.append(put_up(unit, notice, _lines(claims)))
            for claim in claims:
                unit.claims.move(claim, ClaimState.POSTED, on=office.today())
        unit.audit.note("notice_put_up", subject=f"notices:{topic}", fields=str(len(chosen)))
    return made


def _check_first(office: Office, first: date) -> None:
    """A notice begins today or a little later."""
    if not 0 <= (first - office.today()).days <= 60:
        raise refused("BOARD_BAD_DAYS")


def _by_board(unit: UnitOfWork, claims: Sequence[Claim], level: Level) -> dict[tuple[str, str], list[Claim]]:
    """Claims by the board they hang on."""
    people = unit.workers.many([claim.worker_key for claim in claims if claim.worker_key is not None])
    boards: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        worker = people[claim.worker_key].value if claim.worker_key is not None else None
        code = worker.home.code if worker else claim.division
        village = worker.village if worker and level is Level.VILLAGE else ""
        boards[(code if level is Level.VILLAGE else code[:6], village)].append(claim)
    return boards


def _lines(claims: Sequence[Claim]) -> list[NoticeEntry]:
    """The lines of claims; names are masked when they are printed."""
    return [
        NoticeEntry(worker_key=claim.worker_key, claim_key=claim.key, label=claim.claimant, matter=claim.kind)
        for claim in claims
    ]


def object_to(
    office: Office, notice_key: int, scope: Scope, *, actor: str, text: str, by: str = "", entry_key: int | None = None
) -> int:
    """Keeps what somebody said against a notice; its key. It can be said until the notice is closed."""
    if len(text.strip()) < LEAST_REASON:
        raise refused("BOARD_SAY_WHAT")
    with office.unit(actor) as unit:
        notice = unit.publicities.get(notice_key, division=scope.division, villages=scope.villages)
        if notice.decision is not None:
            raise refused("BOARD_CLOSED")
        if entry_key is not None and entry_key not in {entry.key for entry in unit.publicities.entries(notice_key)}:
            raise refused("BOARD_NO_LINE")
        said = Objection(entry_key=entry_key, told_on=office.today(), text=text.strip(), by=by.strip())
        key = unit.publicities.object(notice_key, said)
        unit.audit.note("notice_objection", subject=f"notice:{notice_key}")
    return key


def answer(
    office: Office, notice_key: int, objection_key: int, outcome: Outcome, scope: Scope, *, actor: str, text: str
) -> None:
    """What came of an objection; an upheld one takes its line off and refuses its claim."""
    if len(text.strip()) < LEAST_REASON:
        raise refused("BOARD_SAY_WHY")
    with office.unit(actor) as unit:
        unit.publicities.get(notice_key, division=scope.division, villages=scope.villages)
        said = next((one for one in unit.publicities.objections(notice_key) if one.key == objection_key), None)
        if said is None:
            raise refused("BOARD_NO_LINE")
        if outcome is Outcome.UPHELD and said.entry_key is None:
            raise refused("BOARD_WHICH_LINE")
        unit.publicities.answer(notice_key, said, outcome, answer=text.strip(), on=office.today())
        if outcome is Outcome.UPHELD:
            _refuse(unit, notice_key, said, text.strip(), on=office.today())
        unit.audit.note("notice_answered", subject=f"notice:{notice_key}", fields=outcome.value)


def _refuse(unit: UnitOfWork, notice_key: int, said: Objection, why: str, *, on: date) -> None:
    """The claim of a line that was taken off is refused."""
    line = next(one for one in unit.publicities.entries(notice_key) if one.key == said.entry_key)
    claim = unit.claims.many([line.claim_key]).get(line.claim_key) if line.claim_key is not None else None
    if claim is not None and claim.state is ClaimState.POSTED:
        unit.claims.move(claim, ClaimState.REFUSED, on=on, note=why)


def close(office: Office, notice_key: int, scope: Scope, *, actor: str) -> int | None:
    """Closes a notice whose days are over and that nobody objects to; the key of the next level's notice, if any."""
    policy, today = office.policy.at(office.today()), office.today()
    with office.unit(actor) as unit:
        notice = unit.publicities.get(notice_key, division=scope.division, villages=scope.villages)
        state = notice_state(notice, today)
        if state in {NoticeState.WAITING, NoticeState.RUNNING}:
            raise refused("BOARD_STILL_HANGS", day_on=notice.notice_until.isoformat())
        if state is not NoticeState.OVER:
            raise refused("BOARD_OBJECTED" if state is NoticeState.OBJECTED else "BOARD_CLOSED")
        unit.publicities.decide(notice_key, Decision.PASSED, on=today)
        left = levels_left(topic_of(notice.topic).levels, _passed(unit, notice))
        lines = [one for one in unit.publicities.entries(notice_key) if one.taken_off_on is None]
        following = _next_level(unit, notice, lines, left[0], policy) if left and lines else None
        if not left:
            _publicised(unit, lines, on=today)
        unit.audit.note("notice_closed", subject=f"notice:{notice_key}")
    return following


def _passed(unit: UnitOfWork, notice: Notice) -> tuple[Level, ...]:
    """The levels a list has passed, this one included."""
    found, before = [notice.level], notice.previous_key
    while before is not None:
        earlier = unit.publicities.get(before)
        found.append(earlier.level)
        before = earlier.previous_key
    return tuple(found)


def _next_level(unit: UnitOfWork, notice: Notice, lines: Sequence[NoticeEntry], level: Level, policy: PolicyAt) -> int:
    """Hangs the same lines on the next board from the next working day on."""
    first = add_working_days(policy.on, 1)
    following = Notice(
        topic=notice.topic,
        matter=notice.matter,
        level=level,
        division=notice.division[:6],
        village=notice.village,
        notice_from=first,
        notice_until=last_day(first, policy),
        previous_key=notice.key,
    )
    return put_up(unit, following, lines)


def _publicised(unit: UnitOfWork, lines: Sequence[NoticeEntry], *, on: date) -> None:
    """The claims of a list that has passed every board may be paid."""
    claims = unit.claims.many([line.claim_key for line in lines if line.claim_key is not None])
    for claim in claims.values():
        if claim.state is ClaimState.POSTED:
            unit.claims.move(claim, ClaimState.PUBLICISED, on=on)


def cancel(office: Office, notice_key: int, scope: Scope, *, actor: str, reason: str) -> None:
    """Takes a notice off the board: nothing of it counts, its claims are approved ones again."""
    if len(reason.strip()) < LEAST_REASON:
        raise refused("CLAIM_NEEDS_REASON")
    with office.unit(actor) as unit:
        notice = unit.publicities.get(notice_key, division=scope.division, villages=scope.villages)
        if notice.decision is not None:
            raise refused("BOARD_CLOSED")
        unit.publicities.decide(notice_key, Decision.CANCELLED, on=office.today())
        lines = [one for one in unit.publicities.entries(notice_key) if one.taken_off_on is None]
        claims = unit.claims.many([line.claim_key for line in lines if line.claim_key is not None])
        for claim in claims.values():
            if claim.state is ClaimState.POSTED:
                unit.claims.undo(claim)
        unit.audit.note("notice_cancelled", subject=f"notice:{notice_key}", purpose=reason.strip())


def topic_of_claim(claim: Claim) -> str:
    """The topic a claim is put up under."""
    return kind_of(claim.kind).topic
