"""What plain text search would print: the same rows and tracks, without our limits and with them.

In: the words of people and adverts, and which pairs our limits let through. Out: for every way of searching the
three postings it would print, as references.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from matcher.casework import Desk
from matcher.columns import load_vocabulary
from matcher.filters import broken
from matcher.planning import build_market, encode_people, entitle
from matcher.policy import PolicyAt
from matcher.trials.judged.cases import CaseSet
from matcher.trials.judged.figures import Tallies, Tally
from matcher.trials.judged.judging import THREE, Judge, Judgement

Scores = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Search = Callable[[Sequence[str], Sequence[str]], Scores]

OPEN, FILTERED = "open", "filtered"
COLUMNS = ("技能特长", "工作经历", "意向工种")
SATURATION, LENGTH = 1.2, 0.75
"""The usual k1 and b of BM25."""


def character_likeness(queries: Sequence[str], documents: Sequence[str]) -> Scores:
    """Cosine of character 1–3-gram TF-IDF."""
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    table = vectors.fit_transform([*documents])
    found: Scores = (vectors.transform([*queries]) @ table.T).toarray()
    return found


def bm25(queries: Sequence[str], documents: Sequence[str]) -> Scores:
    """BM25 over character bigrams."""
    counter = CountVectorizer(analyzer="char", ngram_range=(2, 2))
    counts = counter.fit_transform([*documents]).toarray().astype(np.float64)
    length = counts.sum(axis=1, keepdims=True)
    holding = (counts > 0).sum(axis=0)
    rarity = np.log1p((len(documents) - holding + 0.5) / (holding + 0.5))
    damped = SATURATION * (1 - LENGTH + LENGTH * length / max(float(length.mean()), 1.0))
    weight = rarity * counts * (SATURATION + 1) / (counts + damped)
    asked = (counter.transform([*queries]).toarray() > 0).astype(np.float64)
    found: Scores = asked @ weight.T
    return found


def shared_words(queries: Sequence[str], documents: Sequence[str]) -> Scores:
    """RapidFuzz token set ratio; phrases between punctuation are the tokens."""
    found: Scores = process.cdist(
        [_spaced(text) for text in queries], [_spaced(text) for text in documents], scorer=fuzz.token_set_ratio
    ).astype(np.float64)
    return found


def best_phrase(queries: Sequence[str], documents: Sequence[str]) -> Scores:
    """RapidFuzz partial ratio of the whole text."""
    found: Scores = process.cdist([*queries], [*documents], scorer=fuzz.partial_ratio).astype(np.float64)
    return found


def _spaced(text: str) -> str:
    """Phrases apart by blanks."""
    return " ".join(re.findall(r"\w+", text))


SEARCHES: Mapping[str, Search] = {
    "TF-IDF": character_likeness,
    "BM25": bm25,
    "RapidFuzz token": shared_words,
    "RapidFuzz partial": best_phrase,
}


def let_through(desk: Desk, policy: PolicyAt) -> Bools:
    """Pairs that break none of our limits, (people, postings) in the order of the desk; dead postings break all."""
    found = np.zeros((len(desk.people), len(desk.postings)), dtype=np.bool_)
    people = [person.row for person in entitle(desk.people, policy) if person.row.track.carries_postings]
    market, homes = build_market(people, desk.postings, load_vocabulary(), policy)
    if not people or not len(market.postings):
        return found
    workers = encode_people(people, homes, market)
    whole = np.arange(len(people), dtype=np.intp)[:, None], np.arange(len(market.postings), dtype=np.intp)[None, :]
    pairs = market.pairs(workers, *whole)
    shape = (len(people), len(market.postings))
    shut_out = np.logical_or.reduce([np.broadcast_to(hit, shape) for hit in broken(pairs).values()])
    person_at = {row.key: place for place, row in enumerate(desk.people)}
    posting_at = {row.key: place for place, row in enumerate(desk.postings)}
    rows = [person_at[row.key] for row in workers.rows]
    columns = [posting_at[int(key)] for key in market.postings.key]
    found[np.ix_(rows, columns)] = ~shut_out
    return found


def printed_by(scores: Scores, allowed: Bools, refs: Sequence[str]) -> Iterator[list[str]]:
    """The best three of every person among what is allowed; equals by reference, nothing where nothing is alike."""
    names = np.array(refs)
    for row, free in zip(scores, allowed, strict=True):
        order = np.lexsort((names, -row))
        yield [refs[place] for place in order if free[place] and row[place] > 0][:THREE]


def tally_baselines(cases: CaseSet, desk: Desk, policy: PolicyAt, found: Sequence[Judgement]) -> Tallies:
    """suitable@3 of every way of searching, over titles and over whole adverts, without and with our limits."""
    judge, one_by_ref = Judge(cases), {one.person.ref: one for one in found}
    rows = {row["编号"]: row for row in cases.workers}
    queries = ["，".join(rows[row.worker.ref].get(name, "") for name in COLUMNS) for row in desk.people]
    refs = [row.posting.ref for row in desk.postings]
    titles = [row.posting.title for row in desk.postings]
    bodies = [f"{row.posting.title}。{row.posting.description}" for row in desk.postings]
    served = np.array([person.row.track.carries_postings for person in entitle(desk.people, policy)], dtype=np.bool_)
    allowed = {OPEN: np.repeat(served[:, None], len(refs), axis=1), FILTERED: let_through(desk, policy)}
    tallies: Tallies = {}
    for name, search in SEARCHES.items():
        for what, documents in (("title", titles), ("advert", bodies)):
            scores = search(queries, documents)
            for limits, free in allowed.items():
                printed = printed_by(scores, free, refs)
                pairs = zip((one_by_ref[row.worker.ref] for row in desk.people), printed, strict=True)
                tallies[f"{limits}:{name}, {what}"] = _tally(judge, pairs, found)
    return tallies


def _tally(judge: Judge, printed: Iterator[tuple[Judgement, list[str]]], found: Sequence[Judgement]) -> Tally:
    """Acceptable ones among what was printed, against what could have been."""
    good = 0
    for one, refs in printed:
        if one.person.owed_postings:
            good += min(one.reachable, sum(judge.verdict(one.person, ref).acceptable for ref in refs))
    return Tally(good, sum(one.reachable for one in found if one.person.owed_postings))
