"""Nearest known phrase by shared characters.

In: known phrases with their codes. Out: the code of the nearest one and its cosine over character 1–3-grams,
or a reject. scikit-learn is loaded only when the first unknown phrase comes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

REJECT_BELOW = 0.64
"""Below this cosine the nearest phrase is usually another trade. On the open half of the labelled phrases 0.62 to 0.66
differ by two right links and link no phrase that stands for nothing; 0.58 links one, 0.5 seven."""


class LikenessIndex:
    """Known phrases as one sparse matrix, a column a piece: a phrase only touches the columns of its own pieces."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        self._codes = list(codes.values())
        self._vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self._columns = self._vectoriser.fit_transform(list(codes)).tocsc()

    def nearest(self, phrase: str) -> tuple[str, float]:
        """(code, cosine) of the nearest known phrase; ("", 0.0) where none is near enough."""
        cosines = np.zeros(len(self._codes))
        row = self._vectoriser.transform([phrase])
        for piece, weight in zip(row.indices, row.data, strict=True):
            first, last = self._columns.indptr[piece : piece + 2]
            cosines[self._columns.indices[first:last]] += weight * self._columns.data[first:last]
        index = int(cosines.argmax())
        best = float(cosines[index])
        return (self._codes[index], min(best, 1.0)) if best >= REJECT_BELOW else ("", 0.0)
