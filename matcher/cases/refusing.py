"""A record of a case that cannot be kept as typed.

In: the code of a sentence, what it is filled with. Out: one error the pages say in the reader's language.
"""

from __future__ import annotations

from functools import lru_cache

from matcher.domain.errors import InputRefused
from matcher.wording import Wording, load_catalogue


class CaseRefused(InputRefused):
    """A record that was refused; `code` and `filling` say so in any language."""

    def __init__(self, code: str, **args: str | int) -> None:
        super().__init__(_chinese().text(code, **args))
        self.code = code
        self.filling = args


@lru_cache(maxsize=1)
def _chinese() -> Wording:
    """The sentences as the log and the command line say them."""
    return Wording(load_catalogue("matcher.wording"), "zh", lambda kind, code, language: code)
