"""What the pages of the cooperation share: banners and districts by name, numbers and divisions from forms.

In: the account, the form. Out: codes within the scope; what is none is refused in one line.
"""

from __future__ import annotations

from matcher.cooperation.departures import BEIJING
from matcher.domain.division import division_prefix, lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from web.auth import scope
from web.config import the_office
from web.forms import typed
from web.phrases import language, t

TABS = (
    ("cooperation.index", "COOP_TAB_INDEX"),
    ("pairings.index", "COOP_TAB_PAIRINGS"),
    ("cooperation.contacts", "COOP_TAB_CONTACTS"),
    ("cooperation.rights", "COOP_TAB_RIGHTS"),
    ("cooperation.bases", "COOP_TAB_BASES"),
    ("cooperation.gap", "COOP_TAB_GAP"),
    ("cooperation.results", "COOP_TAB_RESULTS"),
    ("brokers.index", "COOP_TAB_BROKERS"),
    ("brokers.brands", "COOP_TAB_BRANDS"),
)


def banners() -> list[tuple[str, str]]:
    """The banners of the account's scope, by code and name."""
    gazetteer, own = the_office().gazetteer, scope().division
    codes = gazetteer.counties_of(gazetteer.home)
    inside = [code for code in codes if lies_within(code, own) or lies_within(own, code)]
    return [(code, gazetteer.name(code, language())) for code in inside]


def districts() -> list[tuple[str, str]]:
    """The districts of Beijing, by code and name."""
    gazetteer = the_office().gazetteer
    return [(code, gazetteer.name(code, language())) for code in gazetteer.counties_of(BEIJING)]


def short_name(code: str) -> str:
    """The name of a banner or district without what it lies in."""
    if not code:
        return "–"
    known = the_office().gazetteer.divisions.get(division_prefix(code)[:6].ljust(6, "0"))
    if known is None:
        return the_office().gazetteer.name(code, language()) or code
    return known.name_en if language() == "en" else known.name


def typed_banner(name: str = "division") -> str:
    """A banner of the scope from the form."""
    code = typed(name, limit=12)
    if not code:
        raise InputRefused(t("COOP_NO_BANNER"))
    if code not in {known for known, _ in banners()}:
        raise RecordNotFound("no such division for this account")
    return code


def typed_area(name: str = "division") -> str:
    """A banner of the scope, or the whole prefecture for an account that sees all of it."""
    home = the_office().gazetteer.home
    if typed(name, limit=12) == home and lies_within(home, scope().division):
        return home
    return typed_banner(name)


def typed_district(name: str = "district") -> str:
    """A district of Beijing from the form, "" where none is chosen."""
    code = typed(name, limit=6)
    return code if code in {known for known, _ in districts()} else ""


def typed_number(name: str, *, most: int = 10_000_000) -> int | None:
    """A whole number from the form; empty is None, nonsense is refused."""
    text = typed(name, limit=12).replace(",", "").replace("，", "")
    if not text:
        return None
    if not text.isdecimal() or int(text) > most:
        raise InputRefused(t("COOP_BAD_NUMBER", value=text))
    return int(text)
