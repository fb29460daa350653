"""Every figure of the reports counted a second time: person by person and posting by posting, from whole records.

In: an office. Out: name of a figure → its value, once by the slow way and once as the reports say it. The slow way
opens each plan, answer and spell and shares nothing with the book of figures but the definitions people read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from statistics import median

from matcher.cases.gathering import Whom
from matcher.domain.posting import PostingKind, PostingState
from matcher.domain.worker import IN_WORK, HouseholdType
from matcher.listings import Scope
from matcher.office import Office, StoredPlan, StoredPosting, StoredWorker, UnitOfWork
from matcher.reports.ageing import ageing
from matcher.reports.book import Book
from matcher.reports.coverage import coverage
from matcher.reports.pay import pay
from matcher.reports.supply import family_of, supply
from matcher.reports.targets import targets

ALL = "all"
Figures = dict[str, float]
CITY = Scope()


def reported(office: Office, book: Book) -> Figures:
    """What the reports say."""
    policy = office.policy.at(office.today())
    found: Figures = {}
    table = coverage(book, CITY, "")
    for line in (*table.lines, *([table.total] if table.total else [])):
        place = line.code or ALL
        found |= {
            f"coverage {name} {place}": float(cell or 0)
            for name, cell in zip(table.columns, line.cells, strict=True)
            if isinstance(cell, int | float)
        }
    waits = ageing(book, CITY, "", policy.numbers("reports.age_steps"))
    found |= {f"waiting case {step}": many for step, many in enumerate(waits.cases)}
    found |= {f"waiting answer {step}": many for step, many in enumerate(waits.answers)}
    found["overdue"] = waits.overdue
    for one in targets(book, CITY, policy):
        found |= {
            f"target {one.indicator} {one.division} {kind}": value
            for kind, value in (("listed", one.listed), ("recorded", one.recorded), ("open now", one.open_now))
            if value is not None
        }
    for gap in supply(book, CITY, "", office.lexicon):
        found |= {f"supply {gap.family} open": gap.here + gap.elsewhere, f"supply {gap.family} wishing": gap.wishing}
        found[f"supply {gap.family} able"] = gap.able
    money = pay(book, CITY, "", policy.whole("reports.least_cell")).total
    found |= {
        f"pay {kind}": value
        for kind, value in (("wishes", money.wishes), ("wish", money.wish), ("offers", money.offers))
        if value is not None
    }
    return found


def counted(office: Office, unit: UnitOfWork) -> Figures:
    """The same figures, the slow way."""
    today = office.today()
    steps = office.policy.at(today).numbers("reports.age_steps")
    found: Counter[str] = Counter()
    wishes, offers = list[float](), list[float]()
    live = dict(_live(office, unit))
    paid = {key: _middle(stored) for key, stored in _all_postings(unit)}
    for key in [person.key for person in unit.casefile.rows.people(Whom())]:
        stored = unit.workers.get(key)
        plan = unit.plans.current(key)
        places = (ALL, stored.value.home.code[:6])
        found.update(f"coverage {name} {place}" for name in _coverage_of(plan) for place in places)
        found.update(_waits(unit, key, plan, today, steps))
        found.update(_work(unit, stored, today))
        if plan is not None and plan.plan.track.carries_postings:
            found.update(_families(office, stored))
        if stored.facts and stored.facts.wage_wish and stored.facts.wage_wish.yuan_per_month is not None:
            wishes.append(stored.facts.wage_wish.yuan_per_month)
        pays = [paid[match.posting_key] for match in plan.plan.matches] if plan else []
        offers += [median(pay for pay in pays if pay is not None)] if any(pay is not None for pay in pays) else []
    for stored_posting, openings in live.values():
        family = family_of(stored_posting.facts.occupation if stored_posting.facts else "", office.lexicon)
        if family:
            found[f"supply {family} open"] += openings
    money = {"pay wishes": len(wishes), "pay wish": median(wishes) if wishes else 0, "pay offers": len(offers)}
    return dict(found) | money


def differences(slow: Mapping[str, float], told: Mapping[str, float]) -> Iterator[str]:
    """Figures that are not the same both ways; what a report leaves out must be nought."""
    for name in sorted({*slow, *told}):
        if abs(slow.get(name, 0) - told.get(name, 0)) > 1e-6:
            yield f"{name}: {told.get(name, 0):g} ≠ {slow.get(name, 0):g}"


def _coverage_of(plan: StoredPlan | None) -> Iterator[str]:
    """The counts of coverage somebody stands in."""
    yield "PEOPLE"
    if plan is None:
        yield "UNPLANNED"
        return
    if not plan.plan.track.carries_postings:
        return
    guided = plan.plan.guidance is not None and bool(plan.plan.guidance.starts_at)
    three, trained = not plan.plan.shortfall.missing, plan.plan.training is not None
    holds = {"ENTITLED": True, "GUIDED": guided, "THREE": three, "TRAINED": trained, "SHORTFALL": not three}
    holds |= {"FULL": guided and three and trained, "PRINTED": plan.printed_on is not None}
    yield from (name for name, held in holds.items() if held)


def _waits(unit: UnitOfWork, key: int, plan: StoredPlan | None, today: date, steps: tuple[float, ...]) -> Iterator[str]:
    """Since when somebody waits for us, and we for them."""
    opened = [case for case in unit.cases.of_person(key) if case.open]
    for case in opened:
        yield f"waiting case {_step((today - case.opened_on).days, steps)}"
        if case.due_on < today:
            yield "overdue"
    given = plan is not None and plan.plan.track.carries_postings and bool(plan.plan.matches)
    if given and plan is not None and not unit.plans.answers.of_plan(plan.key):
        yield f"waiting answer {_step((today - plan.plan.made_on).days, steps)}"


def _step(days: int, steps: tuple[float, ...]) -> int:
    """Which step of waiting a number of days is."""
    return sum(days > step for step in steps)


def _work(unit: UnitOfWork, stored: StoredWorker, today: date) -> Iterator[str]:
    """The targets somebody counts for: by the roster's word, and by work that began at a posting this year."""
    worker = stored.value
    if worker.household_type is HouseholdType.ORDINARY:
        return
    places = ("1505", worker.home.code[:6])
    listed = worker.work_status in IN_WORK
    new_year = date(today.year, 1, 1)
    spells = unit.aftercare.spells.of_people([stored.key]).get(stored.key, [])
    worked = [one for one in spells if one.started_on <= today and (one.ended_on is None or one.ended_on >= new_year)]
    running = [one for one in worked if one.ended_on is None]
    for place in places:
        if listed:
            yield f"target in_work {place} listed"
            yield from (f"target resettled {place} listed" for _ in range(bool(worker.resettled)))
        for kind, told in (("recorded", worked), ("open now", running)):
            if told:
                yield f"target in_work {place} {kind}"
                yield from (f"target resettled {place} {kind}" for _ in range(bool(worker.resettled)))
    for kind, told in (("recorded", worked), ("open now", running)):
        if any(
            unit.postings.get(one.posting_key).value.kind is PostingKind.COOPERATION for one in told if one.posting_key
        ):
            yield f"target jingmeng 1505 {kind}"


def _families(office: Office, stored: StoredWorker) -> set[str]:
    """The families of work somebody wishes for and has done."""
    facts = stored.facts
    if facts is None:
        return set()
    wished = {family_of(term.code, office.lexicon) for term in facts.wished} - {""}
    able = {family_of(done.occupation, office.lexicon) for done in facts.experience if done.current} - {""}
    return {f"supply {one} wishing" for one in wished} | {f"supply {one} able" for one in able}


def _all_postings(unit: UnitOfWork) -> Iterator[tuple[int, StoredPosting]]:
    """Every posting, one by one."""
    for stored in unit.postings.all_for_planning(only_open=False):
        yield stored.key, unit.postings.get(stored.key)


def _live(office: Office, unit: UnitOfWork) -> Iterator[tuple[int, tuple[StoredPosting, int]]]:
    """Postings that can be suggested today with their openings; doubles of one job once."""
    today = office.today()
    policy = office.policy.at(today)
    doubled = unit.sameness.spoken(today, policy.whole("plan.stale_days"))
    for key, stored in _all_postings(unit):
        deadline = stored.value.deadline
        if key in doubled or stored.state is not PostingState.OPEN or (deadline and deadline < today):
            continue
        left = stored.value.openings if stored.openings_left is None else stored.openings_left
        yield key, (stored, policy.whole("plan.openings_unknown") if left is None else left)


def _middle(stored: StoredPosting) -> float | None:
    """The middle of the pay a posting states."""
    wage = stored.facts.wage if stored.facts else None
    ends = [end for end in (wage.low, wage.high) if end is not None] if wage else []
    return sum(ends) / len(ends) if ends else None
