"""Text retrieval as others do it, on the same rows, for comparison of speed.

In: the texts of people and the titles of postings. Out: for every peer its top 50 a person and the seconds it took,
vectorising or indexing included. The packages are the extra `[peers]`; one that is not installed is left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.columns import PostingRow, WorkerRow

TOP = 50
SAMPLE = 2_000
"""Peers that ask one person at a time are timed on so many people, and their seconds scaled to all."""
Found = npt.NDArray[np.int64]
Peer = Callable[[Sequence[str], Sequence[str], int], Found]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one peer: median of the repeats, scaled to everybody where only a sample was asked."""

    name: str
    seconds: float
    asked: int


def person_text(row: WorkerRow) -> str:
    """What a person can and wants, as written."""
    worker = row.worker
    return " ".join(part for part in (worker.wish_text, worker.skills_text, worker.experience_text) if part) or "无"


def posting_text(row: PostingRow) -> str:
    """The title of a posting; longer texts make text retrieval worse and slower."""
    return row.posting.title


def _vectors(people: Sequence[str], titles: Sequence[str]) -> tuple[object, object]:
    """Character 1–3-gram TF-IDF of both, single precision."""
    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
    return vectoriser.fit_transform(titles), vectoriser.transform(people)


def sparse_top(people: Sequence[str], titles: Sequence[str], top: int) -> Found:
    """sparse_dot_topn: the sparse product of both, only the best kept, on all cores."""
    from sparse_dot_topn import sp_matmul_topn

    titles_matrix, people_matrix = _vectors(people, titles)
    product = sp_matmul_topn(
        people_matrix,
        titles_matrix.T.tocsr(),  # type: ignore[attr-defined]
        top_n=top,
        sort=True,
        n_threads=os.cpu_count() or 1,
    )
    found = np.full((len(people), top), -1, dtype=np.int64)
    for row, (start, end) in enumerate(zip(product.indptr, product.indptr[1:], strict=False)):
        found[row, : end - start] = product.indices[start:end]
    return found


def brute_force(people: Sequence[str], titles: Sequence[str], top: int) -> Found:
    """scikit-learn: the whole sparse product a block of people at a time, then the best."""
    titles_matrix, people_matrix = _vectors(people, titles)
    found = np.full((len(people), min(top, len(titles))), -1, dtype=np.int64)
    for start in range(0, len(people), 1_000):
        block = (people_matrix[start : start + 1_000] @ titles_matrix.T).toarray()  # type: ignore[index,attr-defined]
        found[start : start + 1_000] = np.argpartition(-block, found.shape[1] - 1, axis=1)[:, : found.shape[1]]
    return found


def bigrams(text: str) -> str:
    """Character bigrams, blank between them: what a search engine takes for words of Chinese."""
    plain = "".join(text.split())
    return " ".join(plain[at : at + 2] for at in range(max(len(plain) - 1, 1)))


def tantivy_bm25(people: Sequence[str], titles: Sequence[str], top: int) -> Found:
    """Tantivy: an inverted index of bigrams, BM25, one person at a time."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("title", tokenizer_name="whitespace")
    schema.add_unsigned_field("at", stored=True)
    built = schema.build()
    index = tantivy.Index(built)
    writer = index.writer()
    for at, title in enumerate(titles):
        writer.add_document(tantivy.Document(title=[bigrams(title)], at=at))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    found = np.full((len(people), top), -1, dtype=np.int64)
    for row, text in enumerate(people):
        words = [
            (tantivy.Occur.Should, tantivy.Query.term_query(built, "title", word))
            for word in dict.fromkeys(bigrams(text).split())
        ]
        hits = searcher.search(tantivy.Query.boolean_query(words), top).hits
        for place, (_, address) in enumerate(hits):
            found[row, place] = searcher.doc(address)["at"][0]
    return found


def rapidfuzz_all(people: Sequence[str], titles: Sequence[str], top: int) -> Found:
    """rapidfuzz: the partial ratio of everybody with everything, on all cores."""
    from rapidfuzz import fuzz, process

    found = np.full((len(people), min(top, len(titles))), -1, dtype=np.int64)
    for start in range(0, len(people), 500):
        some = people[start : start + 500]
        likeness = process.cdist(some, titles, scorer=fuzz.partial_ratio, dtype=np.uint8, workers=-1)
        order = np.argpartition(-likeness.astype(np.int16), found.shape[1] - 1, axis=1)
        found[start : start + len(some)] = order[:, : found.shape[1]]
    return found


PEERS: tuple[tuple[str, Peer, bool], ...] = (
    ("sparse_dot_topn", sparse_top, False),
    ("scikit-learn brute force", brute_force, False),
    ("Tantivy BM25", tantivy_bm25, True),
    ("rapidfuzz cdist", rapidfuzz_all, True),
)
"""Name, peer, and whether a sample of the people is enough to time it."""


def time_peers(people: Sequence[str], titles: Sequence[str], *, repeats: int = 3) -> list[Timing]:
    """Seconds of every peer that is installed, the fastest first."""
    found = []
    for name, peer, by_sample in PEERS:
        step = max(1, len(people) // SAMPLE) if by_sample else 1
        asked = people[::step]
        try:
            seconds = median(_once(peer, asked, titles) for _ in range(1 if by_sample else repeats))
        except ModuleNotFoundError:
            continue
        found.append(Timing(name, seconds * len(people) / max(len(asked), 1), len(asked)))
    return sorted(found, key=lambda timing: timing.seconds)


def _once(peer: Peer, people: Sequence[str], titles: Sequence[str]) -> float:
    """Seconds of one run."""
    began = perf_counter()
    peer(people, titles, TOP)
    return perf_counter() - began
