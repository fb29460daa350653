"""Papers that are liked or needed: held, to be got, or not asked."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence
from matcher.features.base import Finding, Sight


def certificate(pairs: Pairs) -> Floats:
    """1 where all papers asked for are held, less where a liked one is missing, NaN where none is asked."""
    missing = np.zeros(np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape), dtype=np.bool_)
    for word in range(pairs.vocabulary.words):
        missing |= (pairs.p.preferred[pairs.pi, word] & ~pairs.w.licences[pairs.wi, word]) != 0
    value = np.where(missing, np.float32(0.5), np.float32(1.0))
    return np.where(pairs.p.asks_papers[pairs.pi], value, np.float32(np.nan)).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """Which paper is held, or has to be got first."""
    wanted, mine, stated = sight.asked.papers, sight.own.held, sight.asked.stated
    if sight.value == 1.0:
        words = tuple(piece for code in wanted if code in mine for piece in mine[code].evidence)
        listed = " ".join(code for code in wanted if code in mine)
        return ("PAPERS_HELD" if listed else "PAPERS_READY", {"certificate": listed}, words or (Evidence("证书"),))
    lacking = [code for code in wanted if code not in mine]
    if lacking:
        words = tuple(piece for code in lacking for piece in stated.get(code, ()))
        return ("PAPERS_LIKED", {"certificate": " ".join(lacking)}, words or sight.asked.title)
    return ("PAPERS_HEALTH_TODO", {}, sight.asked.title)
