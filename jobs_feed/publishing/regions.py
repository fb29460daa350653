"""For whom a feed is: everybody, a division, or a Beijing district with the banners paired with it.

In: a division code or the name of a district, the gazetteer, the pairings in force. Out: `Region`; a district
nobody is paired with is refused, no pairing is ever assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.domain.division import division_prefix, lies_within
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.sharing import Pairing
from matcher.reference.divisions import Gazetteer
from matcher.wording import Wording

BEIJING = "110000"
_CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the postings; `divisions` () = all of them."""

    slug: str
    name: str
    divisions: tuple[str, ...] = ()

    def holds(self, code: str) -> bool:
        """Whether a posting in a division belongs to it."""
        return not self.divisions or any(lies_within(code, division) for division in self.divisions)


def everything(wording: Wording) -> Region:
    """All postings."""
    return Region("all", wording.text("SHARE_EVERYWHERE"))


def region_of_division(code: str, gazetteer: Gazetteer, wording: Wording) -> Region:
    """The postings in one division; InputRefused for a code that is none."""
    code = code.strip()
    full = _full(code)
    name = gazetteer.name(full) if _CODE.fullmatch(full) else ""
    if not name:
        raise InputRefused(wording.text("SHARE_NO_DIVISION", code=code[:20]), ref=code)
    return Region(division_slug(full), name, (full,))


def _full(code: str) -> str:
    """A short code with its zeros: 1505 → 150500."""
    return code.ljust(6, "0") if len(code) in (2, 4) else code


def division_slug(code: str) -> str:
    """The name of a division's files: its code as the tables write it."""
    return _full(division_prefix(code))


def region_of_district(name: str, gazetteer: Gazetteer, pairings: Sequence[Pairing], wording: Wording) -> Region:
    """The postings in a district and in the banners paired with it; InputRefused where none is entered."""
    code = district_code(name, gazetteer, wording)
    paired = sorted(pairing.banner for pairing in pairings if pairing.district == code)
    if not paired:
        raise InputRefused(wording.text("SHARE_NOT_PAIRED", district=gazetteer.name(code)), ref=code)
    return Region(f"district-{code}", wording.text("SHARE_PAIRED", district=gazetteer.name(code)), (code, *paired))


def district_code(name: str, gazetteer: Gazetteer, wording: Wording) -> str:
    """The code of a Beijing district by name or code."""
    place = gazetteer.resolve(name.strip())
    if not place.known:
        place = gazetteer.resolve(name.strip(), within=BEIJING)
    if not lies_within(place.county, BEIJING):
        raise InputRefused(wording.text("SHARE_NO_DISTRICT", name=name.strip()[:20]), ref=name)
    return place.county


def regions_with_postings(
    codes: Iterable[str], gazetteer: Gazetteer, pairings: Sequence[Pairing], wording: Wording
) -> list[Region]:
    """Every region a whole publication has a feed for: all, each county with postings, each paired district."""
    counties = sorted({code[:6] for code in codes if len(code) >= 6 and gazetteer.name(code[:6])})
    districts = sorted({pairing.district for pairing in pairings})
    return [
        everything(wording),
        *(region_of_division(code, gazetteer, wording) for code in counties),
        *(region_of_district(code, gazetteer, pairings, wording) for code in districts),
    ]
