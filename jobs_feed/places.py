"""Where an advert or a class is, by its column of places and whose it is.

In: the text of the column, the name of the employer or provider, the gazetteer. Out: a place.
"""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.domain.division import Place
from matcher.reference.divisions import Gazetteer

_OWN = re.compile(r"[本我]?(?:学?校|公司|厂|单位|中心|基地|机构)(?:[内里]|本部|总部|区内?|所在地|地址)?")
"""What a column says that names no place but the sender's own premises."""


def place_of(text: str, whose: str, gazetteer: Gazetteer) -> Place:
    """The place of a column; a name of several places is that in the banner of `whose` name, else in the city.

    Where the column says no more than the sender's own premises, the banner in that name is the place.
    """
    found, owner = gazetteer.resolve(text), gazetteer.resolve(whose)
    if not found.known and owner.known and _OWN.fullmatch(text.strip()):
        return replace(owner, text=text)
    for within in (owner.code, gazetteer.home):
        if within and not found.known:
            found = gazetteer.resolve(text, within=within)
    return found
