"""务工区域: how far from home somebody works, by the divisions of home and work (domain 4.1).

In: two places. Out: one of the six classes of the national ledger, "" where one of the two is not known closely enough.
"""

from __future__ import annotations

from matcher.domain.division import Place

REGIONS = ("乡镇内", "乡镇外县内", "县外市内", "市外区内", "区外", "境外")
ABROAD = "境外"
_CHINA = ("中国", "国内")


def region_between(home: Place, work: Place) -> str:
    """The class between two places; within a banner nobody can tell without both townships."""
    if not work.known:
        return ABROAD if ABROAD in work.text else ""
    if not home.known:
        return ""
    if home.code[:2] != work.code[:2]:
        return REGIONS[4]
    if home.code[:4] != work.code[:4]:
        return REGIONS[3] if work.code[2:4] != "00" else ""
    if not home.county or not work.county:
        return ""
    if home.county != work.county:
        return REGIONS[2]
    if not home.township or not work.township:
        return ""
    return REGIONS[0] if home.township == work.township else REGIONS[1]
