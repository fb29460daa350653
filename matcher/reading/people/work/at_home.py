"""Work wished for at home, of which only the craft and the carrying home are told: 绣花做袍子，拿回来做.

In: the remarks or the wish column and the linker. Out: the work done at home by such a craft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.domain.facts import LinkedTerm
from matcher.reading.negation import about_other
from matcher.reading.people.cells import Cell
from matcher.reading.people.work.places import AT_A_PLACE
from matcher.reading.wordlists import words

_TAKEN_HOME = re.compile(words("home.take"))
_CRAFTS = tuple((code, re.compile(words(f"home.{code}"))) for code in ("home_embroidery", "home_sewing"))
_DENIED = re.compile(r"[不没][一-龥]{0,2}\Z")


def crafts_at_home(cell: Cell) -> Iterator[LinkedTerm]:
    """The crafts that somebody who would take work home names in the same cell."""
    taken = _TAKEN_HOME.search(cell.text)
    if taken is None or about_other(cell.text, taken.start()) or _DENIED.search(cell.text[: taken.start()]):
        return
    for code, craft in _CRAFTS:
        found = craft.search(cell.text)
        if found and not about_other(cell.text, found.start()):
            yield LinkedTerm(code, (cell.evidence(*taken.span()),), AT_A_PLACE)
