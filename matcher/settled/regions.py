"""Key counties of the state: dated, with what they rest on; which banners they are is entered by the office.

In: a division and a day. Out: whether it lies in a key county; entries added and ended.
"""

from __future__ import annotations

from datetime import date

from matcher.domain.errors import InputRefused
from matcher.domain.service.around.settled import KeyCounty
from matcher.office import Office
from matcher.store.store import UnitOfWork

_COUNTY = 6
_LEAST_BASIS = 2


def key_counties(unit: UnitOfWork, on: date) -> frozenset[str]:
    """Codes of the banners that count on a day."""
    return frozenset(
        one.code for one in unit.key_counties.all() if one.since <= on and (one.until is None or on <= one.until)
    )


def key_county(unit: UnitOfWork, code: str, on: date) -> bool:
    """Whether a division lies in a banner that counts as a key county on a day."""
    return code[:_COUNTY] in key_counties(unit, on)


def enter(office: Office, county: KeyCounty, *, actor: str) -> None:
    """A banner counts from a day on."""
    if county.code not in office.gazetteer.counties_of("1505"):
        raise InputRefused("没有选旗县，没有保存")
    if len(county.basis) < _LEAST_BASIS:
        raise InputRefused("没有写依据（文号），没有保存；请写哪个文件认定的")
    with office.unit(actor) as unit:
        if key_county(unit, county.code, county.since):
            raise InputRefused("这个旗县那天已经是重点帮扶旗县，没有重复登记")
        unit.key_counties.add(county)
        unit.audit.note("key_county_entered", subject=f"division:{county.code}")


def end(office: Office, key: int, *, on: date, actor: str) -> None:
    """A banner no longer counts after a day."""
    with office.unit(actor) as unit:
        unit.key_counties.end(key, on=on)
        unit.audit.note("key_county_ended", subject=f"key_county:{key}")
