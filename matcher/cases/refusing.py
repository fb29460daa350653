"""A record of a case that cannot be kept as typed.

In: the code of a sentence, what it is filled with. Out: one error the pages say in the reader's language.
"""

from __future__ import annotations

from matcher.domain.errors import CodedRefusal
from matcher.wording import chinese


class CaseRefused(CodedRefusal):
    """A record that was refused; `code` and `filling` say so in any language."""

    def __init__(self, code: str, **args: str | int) -> None:
        super().__init__(code, chinese().text(code, **args))
        self.filling = args
