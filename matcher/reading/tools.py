"""What every reader needs: the lexicon, the gazetteer and the linker.

In: the reference tables. Out: one `ReadingTools`, built once a process and handed to every reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from matcher.reading.linking import Linker
from matcher.reference.divisions import Gazetteer, load_gazetteer
from matcher.reference.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """Reference knowledge for reading texts."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    linker: Linker


@lru_cache(maxsize=1)
def load_tools() -> ReadingTools:
    """The tools over the tables that ship with the program."""
    lexicon = load_lexicon()
    return ReadingTools(lexicon=lexicon, gazetteer=load_gazetteer(), linker=Linker(lexicon))
