"""Codes and arguments become sentences here, and nowhere else.

In: a `Phrase` (or a code with arguments) and a language. Out: one sentence in Chinese, English or Mongolian.
The catalogues are CSV files beside this module: code, zh, en, mn (empty mn falls back to zh).
"""

from matcher.wording.catalogue import Catalogue, load_catalogue
from matcher.wording.sentences import LANGUAGES, NameLookup, Wording, chinese

__all__ = ["LANGUAGES", "Catalogue", "NameLookup", "Wording", "chinese", "load_catalogue"]
