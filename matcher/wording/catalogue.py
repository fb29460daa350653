"""Catalogues of sentences, a CSV file a subject.

In: a package that holds *.csv files with the columns code, zh, en, mn. Out: code → sentence for each language.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from matcher.domain.errors import ReferenceInvalid

COLUMNS = ("code", "zh", "en", "mn")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sentences with {placeholders}, by language and code."""

    sentences: Mapping[str, Mapping[str, str]]

    def template(self, code: str, language: str) -> str | None:
        """The sentence of a code; a language without one falls back to Chinese."""
        row = self.sentences.get(code)
        return None if row is None else row[language] or row["zh"]


@lru_cache(maxsize=8)
def load_catalogue(*packages: str) -> Catalogue:
    """All catalogues of the packages; a code may stand only once."""
    sentences: dict[str, Mapping[str, str]] = {}
    for package in packages:
        for entry in sorted(files(package).iterdir(), key=lambda item: item.name):
            if not entry.name.endswith(".csv"):
                continue
            for row in csv.DictReader(entry.read_text(encoding="utf-8").splitlines(), strict=True):
                if tuple(row) != COLUMNS or None in row.values():
                    raise ReferenceInvalid(f"{entry.name}：列应为 {','.join(COLUMNS)}（{row.get('code')}）")
                if row["code"] in sentences:
                    raise ReferenceInvalid(f"{entry.name}：代码重复 {row['code']}", ref=row["code"])
                sentences[row["code"]] = {key: row[key].strip() for key in COLUMNS[1:]}
    return Catalogue(sentences)
