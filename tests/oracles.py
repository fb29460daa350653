"""Slow, obvious ways to the same results, to hold the fast ones against.

In: single rows, or small tables. Out: scores by plain loops over the published scorecards, the best by sorting
everything, and the best possible sharing out by linear programming.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.division import Precision
from matcher.domain.posting import Shift
from matcher.domain.worker import LabourSkill, Transport
from matcher.policy import PolicyAt
from matcher.pricing import Crowding, Demand
from matcher.reference.ways import load_ways

UNKNOWN = None
HEALTH_PAPER = "health_certificate"
PAPER_KINDS = {"certificate", "licence", HEALTH_PAPER}
LEXICON = load_vocabulary().lexicon


def road_km(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> tuple[float, bool]:
    """Kilometres by road by the haversine formula, and whether they may be promised."""
    home, work = person.worker.home, posting.posting.place
    exact = home.precision.value in {"point", "township"} and work.precision.value in {"point", "township"}
    same_county = home.county != "" and home.county == work.county
    same_township = home.township != "" and home.township == work.township
    if same_township and not exact:
        straight = policy.number("commute.same_township_km")
    elif same_county and not exact:
        straight = policy.number("commute.same_county_km")
    elif None in (home.lat, home.lon, work.lat, work.lon):
        return math.nan, False
    else:
        straight = haversine(float(home.lat or 0), float(home.lon or 0), float(work.lat or 0), float(work.lon or 0))
    return straight * policy.number("commute.detour"), exact or same_township or not same_county


def haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points of a globe of 6371 km."""
    a, b = math.radians(lat1), math.radians(lat2)
    inner = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(inner))


def done_at_home(person: WorkerRow, posting: PostingRow) -> bool:
    """Work at home, with the material handed out in the person's own county, or sent."""
    county = person.worker.home.county
    here = county != "" and county == posting.posting.place.county
    return bool(posting.facts.at_home.value) and (here or bool(posting.facts.anywhere.value))


def minutes(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float:
    """Minutes from door to door."""
    if done_at_home(person, posting):
        return 0.0
    means = person.facts.transport.value or person.worker.transport or Transport.BUS
    wait = policy.number("commute.bus_wait") if means is Transport.BUS else 0.0
    return road_km(person, posting, policy)[0] / policy.number(f"commute.speed_{means.name.lower()}") * 60 + wait


def values_of(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> dict[str, float | None]:
    """The value of every line of the scorecards, None unknown; for people without MAX_KM and MIDDAY_HOME."""
    return {
        "experience": _experience(person, posting),
        "skill": _skill(person, posting, policy),
        "certificate": _certificate(person, posting, policy),
        "education": _education(person, posting),
        "age": _age(person, posting, policy),
        "ability": _ability(person, posting, policy),
        "language": _language(person, posting),
        "occupation": _occupation(person, posting, policy),
        "pay": _pay(person, posting, policy),
        "distance": _distance(person, posting, policy),
        "board": _board(person, posting, policy),
        "schedule": _schedule(posting),
        "stability": _stability(posting),
    }


def score(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> tuple[float, float]:
    """fit and wish by adding up the scorecards."""
    values = values_of(person, posting, policy)
    parts = []
    for part in ("fit", "wish"):
        total = 0.0
        for name, weight in policy.group(f"weights.{part}").items():
            value = values[name]
            total += weight * (policy.number(f"neutral.{part}.{name}") if value is None else value)
        parts.append(total)
    return parts[0], parts[1]


def _done(person: WorkerRow, target: str) -> float:
    """How much of a work has been done, or of work like it."""
    best = 0.0
    for item in person.facts.experience:
        if item.current and item.occupation in LEXICON.occupations and target:
            strength = 0.7 if item.years is None else min(1.0, 0.55 + 0.15 * item.years)
            near = (
                1.0 if item.occupation == target else 0.9 * LEXICON.neighbours.get(item.occupation, {}).get(target, 0)
            )
            best = max(best, strength * near)
    return best


def _beside(person: WorkerRow, target: str, policy: PolicyAt) -> float:
    """How near work offered beside one's own is: nearer the more its load is like that of the work known."""
    entry = LEXICON.occupations.get(target)
    if entry is None:
        return 0.0
    family, facts = LEXICON.families[entry.family], person.facts
    past = [item.occupation for item in facts.experience]
    known = [code for code in [*past, *(term.code for term in facts.wished)] if code in LEXICON.occupations]
    columns = {LEXICON.families[LEXICON.occupations[code].family].background for code in known}
    skills = [LEXICON.skills[code].family for code in _held(person, policy)]
    columns |= {LEXICON.families[name].background for name in skills if name}
    if facts.any_work.value or not known:
        columns.add("none")
    share = 0.0 if entry.entry >= 3 else max(load_ways().of(entry.family, column) for column in columns)
    least = "any_work" if facts.any_work.value else "way_least" if facts.wished else "no_wish"
    near = policy.number(f"plan.{least}") + policy.number("plan.way_counts") * share if share else 0.0
    codes = {item.code for item in facts.constraints}
    if codes & {"AT_HOME", "MIDDAY_HOME", "PART_TIME", "STEP_FREE_ACCESS"} and entry.entry <= 1:
        near = max(near, family.bound)
    apart = min((abs(entry.load - LEXICON.occupations[code].load) for code in known), default=0)
    return near * (1 - policy.number("plan.load_apart") * apart)


def _goes_by(person: WorkerRow) -> list[tuple[str, float]]:
    """Work wished for; where none is, work done, which speaks less surely."""
    if person.facts.wished:
        return [(term.code, 1.0) for term in person.facts.wished if term.code in LEXICON.occupations]
    done = [item for item in person.facts.experience if item.current and item.occupation in LEXICON.occupations]
    return [
        (item.occupation, 0.5 + 0.35 * (0.7 if item.years is None else min(1.0, 0.55 + 0.15 * item.years)))
        for item in done
    ]


def _wished(person: WorkerRow, target: str, policy: PolicyAt) -> float:
    """How near a work is to what the person goes by."""
    best = _beside(person, target, policy)
    for code, weight in _goes_by(person):
        if target:
            family = LEXICON.occupations[code].family == LEXICON.occupations[target].family
            near = 0.9 * LEXICON.neighbours.get(code, {}).get(target, 0)
            best = max(best, weight * max(1.0 if code == target else near, 0.5 if family else 0.0))
    return best


def _held(person: WorkerRow, policy: PolicyAt) -> set[str]:
    """Everything held on the day, with what it proves and what work has taught."""
    codes = {item.skill for item in person.facts.skills if item.valid_to is None or item.valid_to >= policy.on}
    for item in person.facts.experience:
        if item.current and item.occupation in LEXICON.occupations:
            for code, weight in LEXICON.occupations[item.occupation].skills:
                if weight >= 0.8 and not _is_paper(code):
                    codes.add(code)
    return {proved for code in codes for proved in LEXICON.proved_by(code)}


def _is_paper(code: str) -> bool:
    """Whether a code is a paper rather than a skill."""
    return code in LEXICON.skills and LEXICON.skills[code].kind in PAPER_KINDS


def _experience(person: WorkerRow, posting: PostingRow) -> float | None:
    target = posting.facts.occupation
    if not target:
        return UNKNOWN
    start = {1: 0.45, 2: 0.2, 3: 0.0}[LEXICON.occupations[target].entry]
    if (posting.facts.experience_years.value or 0) > 0:
        start *= 0.5
    return max(start, _done(person, target))


def _wanted(posting: PostingRow) -> dict[str, float]:
    """What makes one good at the posting: skills with their weights."""
    occupation = LEXICON.occupations.get(posting.facts.occupation)
    wanted = dict(occupation.skills) if occupation else {}
    for asked in posting.facts.skills:
        if asked.skill in LEXICON.skills and not _is_paper(asked.skill):
            wanted[asked.skill] = max(wanted.get(asked.skill, 0.0), 1.0 if asked.required else 0.6)
    return {code: weight for code, weight in wanted.items() if code in LEXICON.skills}


def _skill(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    wanted, held = _wanted(posting), _held(person, policy)
    if not wanted:
        return UNKNOWN
    occupation = LEXICON.occupations.get(posting.facts.occupation)
    start = {0: 0.4, 1: 0.4, 2: 0.2, 3: 0.0}[occupation.entry if occupation else 2]
    return max(start, sum(weight for code, weight in wanted.items() if code in held) / sum(wanted.values()))


def papers_needed(posting: PostingRow) -> tuple[set[str], set[str]]:
    """Papers required by law or by the advert, and papers only liked."""
    occupation = LEXICON.occupations.get(posting.facts.occupation)
    required = {code for code in (occupation.licences if occupation else ()) if LEXICON.skills[code].gate}
    liked: set[str] = set()
    for asked in posting.facts.skills:
        if _is_paper(asked.skill) and not (asked.required and asked.instead):
            easy = LEXICON.skills[asked.skill].kind == HEALTH_PAPER
            (required if asked.required and not easy else liked).add(asked.skill)
    if occupation and occupation.health_certificate:
        liked |= {code for code, entry in LEXICON.skills.items() if entry.kind == HEALTH_PAPER}
    return required, liked - required


def _certificate(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    required, liked = papers_needed(posting)
    choice = any(asked.required and asked.instead for asked in posting.facts.skills)
    if not required and not liked and not choice:
        return UNKNOWN
    return 1.0 if liked <= _held(person, policy) else 0.5


def _education(person: WorkerRow, posting: PostingRow) -> float | None:
    asked, own = posting.facts.education.value, person.facts.education.value
    if not asked or own is None:
        return UNKNOWN
    return 1.0 if own >= asked else 0.0


def years_old(person: WorkerRow, policy: PolicyAt) -> int | None:
    """Whole years, by counting birthdays."""
    birth = person.facts.birth_date.value
    if birth is None:
        return None
    had_birthday = (policy.on.month, policy.on.day) >= (birth.month, birth.day)
    return policy.on.year - birth.year - (0 if had_birthday else 1)


def _age(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    limit, age = posting.facts.age, years_old(person, policy)
    if limit is None or limit.high is None or age is None:
        return UNKNOWN
    return 0.3 + 0.7 * min(max((limit.high - age) / 8, 0.0), 1.0)


def _ability(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    occupation = LEXICON.occupations.get(posting.facts.occupation)
    load = posting.facts.load.value or (occupation.load if occupation else None)
    if load is None:
        return UNKNOWN
    age = years_old(person, policy)
    if person.worker.labour_skill is LabourSkill.WEAK:
        return {1: 1.0, 2: 0.8, 3: 0.2, 4: 0.0}[load]
    if age is not None and age >= 50:
        return {1: 0.9, 2: 0.85, 3: 0.65, 4: 0.35}[load]
    return {1: 0.9, 2: 0.9, 3: 0.85, 4: 0.65}[load]


def _language(person: WorkerRow, posting: PostingRow) -> float | None:
    facts, mine = posting.facts, person.facts
    occupation = LEXICON.occupations.get(facts.occupation)
    talk = occupation.talk if occupation else 1
    if facts.mongolian_ok.value or (talk == 0 and not facts.mandarin_needed.value):
        return 1.0
    if mine.speaks_mandarin.value is False or (mine.speaks_mandarin.value is None and mine.mongolian_first.value):
        return {0: 1.0, 1: 0.5, 2: 0.2}[talk]
    return UNKNOWN if mine.speaks_mandarin.value is None else 1.0


def _occupation(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    target = posting.facts.occupation
    if not target:
        return UNKNOWN
    lived_by, held = dict(LEXICON.occupations[target].skills), _held(person, policy)
    share = sum(weight for code, weight in lived_by.items() if code in held) / max(sum(lived_by.values()), 1e-9)
    return max(_wished(person, target, policy), 0.6 * _done(person, target), policy.number("plan.skill_counts") * share)


def _pay(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    wage, wish = posting.facts.wage, person.facts.wage_wish
    stated = (wage.low if wage.low is not None else wage.high) if wage else None
    if stated is None or wish is None:
        return UNKNOWN
    ratio, slack = stated / wish.yuan_per_month, policy.number("limits.pay_slack")
    if ratio <= slack:
        return 0.0
    if ratio <= 1:
        return 0.75 * (ratio - slack) / (1 - slack)
    return min(1.0, 0.75 + 0.25 * (ratio - 1) / 0.3)


def home_for_night(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> bool:
    """Whether one is surely home the same day."""
    if done_at_home(person, posting):
        return True
    _, promised = road_km(person, posting, policy)
    within = minutes(person, posting, policy) <= policy.number("commute.daily_minutes")
    return promised and (within or one_township_unmeasured(person, posting))


def one_township_unmeasured(person: WorkerRow, posting: PostingRow) -> bool:
    """The same township, where the kilometres are assumed."""
    home, work = person.worker.home, posting.posting.place
    fine = {Precision.POINT, Precision.TOWNSHIP}
    measured = home.precision in fine and work.precision in fine
    return home.township != "" and home.township == work.township and not measured


def _home_every_day(person: WorkerRow) -> bool:
    codes = {item.code for item in person.facts.constraints}
    return bool(codes & {"DAY_RETURN", "AT_HOME", "MIDDAY_HOME"}) or bool(person.worker.daily_return)


def _willing(person: WorkerRow) -> bool | None:
    """Whether the person would stay away from home."""
    if _home_every_day(person):
        return False
    stated = person.facts.willing_to_move.value
    return person.worker.willing_to_move if stated is None else stated


def _distance(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    if done_at_home(person, posting):
        gains = {"AT_HOME", "MIDDAY_HOME", "PART_TIME", "HOURS", "LACTATION", "STEP_FREE_ACCESS"}
        return 1.0 if gains & {item.code for item in person.facts.constraints} else 0.6
    km, promised = road_km(person, posting, policy)
    if math.isnan(km):
        return UNKNOWN
    home, work = person.worker.home, posting.posting.place
    unsure = home.county != "" and home.county == work.county and not promised
    value: float | None
    at_night = home_for_night(person, posting, policy)
    left = 1.0 if at_night else {True: 1.0, False: 0.3, None: 0.6}[_bed(posting)]
    if at_night:
        value = 1 - 0.4 * min(minutes(person, posting, policy) / 60, 1)
    elif unsure:
        value = 0.3 if _home_every_day(person) else 0.4
    elif km <= policy.number("commute.weekly_km"):
        value = (0.5 if _willing(person) else 0.45) * left
    else:
        value = (0.5 if _willing(person) else 0.3) * left
    places = [place.code for place, _ in person.facts.wished_places if place.code]
    if places:
        if any(work.code.startswith(code.rstrip("0")) for code in places):
            return max(value or 0.0, 0.9 * left)
        return 0.7 * (0.5 if value is None else value)
    return value


def _bed(posting: PostingRow) -> bool | None:
    """Whether a bed is promised; work one lives at brings its own."""
    facts, occupation = posting.facts, LEXICON.occupations.get(posting.facts.occupation)
    usual = bool(occupation and (occupation.live_in or "live_in" in occupation.hazards))
    told = usual or any(hazard.code == "live_in" for hazard in facts.hazards)
    lived_at = told if facts.live_in.value is None else facts.live_in.value
    return True if facts.lodging.value is None and lived_at else facts.lodging.value


def _board(person: WorkerRow, posting: PostingRow, policy: PolicyAt) -> float | None:
    meals, bed = posting.facts.board.value, _bed(posting)
    if home_for_night(person, posting, policy):
        return UNKNOWN if meals is None else 0.9 if meals else 0.4
    if bed is None:
        return UNKNOWN
    return 0.1 if not bed else 1.0 if meals else 0.8


def _schedule(posting: PostingRow) -> float | None:
    likes = {Shift.DAY: 1.0, Shift.ROTATING: 0.35, Shift.NIGHT: 0.2, Shift.PART_TIME: 0.6, Shift.FLEXIBLE: 0.8}
    shift = posting.facts.shift.value
    return UNKNOWN if shift is None else likes[shift]


def _stability(posting: PostingRow) -> float | None:
    known = [item.value for item in (posting.facts.insurance, posting.facts.contract) if item.value is not None]
    return (1.0 if any(known) else 0.2) if known else UNKNOWN


def best_sharing(demand: Demand, crowding: Crowding, many: int) -> float:
    """The most that scores less crowding can be worth when everybody gets as many as there are, without list rules.

    Crowding is cut into single recommendations of rising cost; the programme is a flow, so its optimum is whole.
    """
    people, width = demand.posting.shape
    edges = [(at, place) for at in range(people) for place in range(width) if demand.posting[at, place] >= 0]
    if not edges:
        return 0.0
    wanted = sorted({int(demand.posting[at, place]) for at, place in edges})
    units = [(posting, unit) for posting in wanted for unit in range(people)]
    cost = [-float(demand.score[at, place]) for at, place in edges]
    cost += [_unit_cost(crowding, demand, posting, unit) for posting, unit in units]
    balance = np.zeros((people + len(wanted), len(cost)))
    for number, (at, place) in enumerate(edges):
        balance[at, number] = 1
        balance[people + wanted.index(int(demand.posting[at, place])), number] = 1
    for number, (posting, _) in enumerate(units, start=len(edges)):
        balance[people + wanted.index(posting), number] = -1
    given = [float(min(many, sum(one == at for one, _ in edges))) for at in range(people)]
    result = linprog(cost, A_eq=balance, b_eq=given + [0.0] * len(wanted), bounds=(0, 1), method="highs")
    return -float(result.fun)


def _unit_cost(crowding: Crowding, demand: Demand, posting: int, unit: int) -> float:
    """What the next recommendation of a posting costs when `unit` are there, by fine numerical integration."""
    start = float(demand.base[posting]) + unit
    grid = np.linspace(start, start + 1, 4001)
    prices = crowding.price(grid, np.full(grid.shape, float(demand.openings[posting])))
    return float(np.trapezoid(prices, grid))


def best_by_sorting(scores: Sequence[float], many: int, least: float) -> list[float]:
    """The best scores, by sorting all of them."""
    return sorted((value for value in scores if value >= least), reverse=True)[:many]
