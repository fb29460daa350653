"""How long people stay at the employer: what was recorded of others says whether one can keep the job."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.columns.postings import AS_ELSEWHERE
from matcher.domain.facts import Evidence
from matcher.features.base import Finding, Sight


def retention(pairs: Pairs) -> Floats:
    """The employer's record beside that of all others; an employer nobody worked at yet says nothing."""
    value = pairs.p.retention[pairs.pi]
    return np.broadcast_to(value, np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape))


def describe_retention(sight: Sight) -> Finding:
    """How many of those who began there were there ninety days later."""
    record, words = sight.posting.record, (Evidence("用人单位", sight.posting.posting.employer),)
    code = "RETENTION_ABOVE" if sight.value >= AS_ELSEWHERE else "RETENTION_BELOW"
    if record is None or not record.shown:
        return (f"{code}_FEW", {}, words)
    return (code, {"stayed": record.stayed, "began": record.began, "others": round(record.others, 6)}, words)
