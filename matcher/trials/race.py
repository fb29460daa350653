"""Our shortlist against text retrieval, on the same people and postings, in one run.

In: an office with stored data. Out: seconds of our columns and shortlist (all hard limits, thirteen features, the best
sixty) and of every peer's top fifty by text alone, with the ratios; a table or one line of JSON.
"""

from __future__ import annotations

import json
from statistics import median
from time import perf_counter

from matcher.casework import Desk, load_desk
from matcher.columns import load_vocabulary
from matcher.office import Office
from matcher.planning import build_market, encode_people, entitle, score_block
from matcher.policy import PolicyAt
from matcher.store.context import without_collection
from matcher.trials.bench import machine, table
from matcher.trials.peers import person_text, posting_text, time_peers


def time_ours(desk: Desk, policy: PolicyAt, *, repeats: int = 3) -> tuple[float, float]:
    """Seconds of the columns and of the shortlist, medians of the repeats."""
    planned = [person.row for person in entitle(desk.people, policy) if person.row.track.carries_postings]
    columns, shortlists = [], []
    for _ in range(repeats):
        began = perf_counter()
        market, homes = build_market(planned, desk.postings, load_vocabulary(), policy, classes=desk.classes)
        workers = encode_people(planned, homes, market)
        columns.append(perf_counter() - began)
        began = perf_counter()
        score_block(workers, market)
        shortlists.append(perf_counter() - began)
    return median(columns), median(shortlists)


def run_race(office: Office, *, as_json: bool, repeats: int = 3) -> str:
    """The table of the race."""
    policy = office.policy.at(office.today())
    with without_collection():
        with office.reading() as unit:
            desk = load_desk(office, unit, division="", worker_ref="", on=policy.on)
        columns, ours = time_ours(desk, policy, repeats=repeats)
        planned = [person.row for person in entitle(desk.people, policy) if person.row.track.carries_postings]
        people, titles = [person_text(row) for row in planned], [posting_text(row) for row in desk.postings]
        timings = time_peers(people, titles, repeats=repeats)
    rows: dict[str, float | int | str] = {
        "machine": machine(),
        "people": len(people),
        "postings": len(titles),
        "ours: columns, s": round(columns, 2),
        "ours: shortlist, s": round(ours, 2),
    }
    for timing in timings:
        rows[f"{timing.name}, s" + ("" if timing.asked == len(people) else f" (from {timing.asked} people)")] = round(
            timing.seconds, 2
        )
    if timings:
        rows["shortlist ÷ fastest peer"] = round(ours / timings[0].seconds, 3)
        rows["columns and shortlist ÷ fastest peer"] = round((columns + ours) / timings[0].seconds, 3)
    return json.dumps(rows, ensure_ascii=False) if as_json else table([(name, str(v)) for name, v in rows.items()])
