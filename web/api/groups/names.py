"""What codes are called: divisions, occupations, skills, limits, hazards.

In: a kind, or a division. Out: codes with their names in Chinese and English.
"""

from __future__ import annotations

from msgspec import Struct

from web.api.declared import Answer, Ask, Division, Group
from web.config import the_office
from web.errors.problems import Refused

group = Group("names")


class UnderQuery(Struct, forbid_unknown_fields=True):
    """The division whose parts are wanted; empty = the office's own prefecture."""

    under: Division = ""


class BothNames(Struct):
    """A code with its names."""

    code: str
    zh: str
    en: str


@group.get("/divisions", answer=list[BothNames], query=UnderQuery)
def divisions(ask: Ask) -> Answer:
    """The divisions directly below one."""
    gazetteer = the_office().gazetteer
    under = ask.query.under or gazetteer.home
    if not gazetteer.name(under):
        raise Refused(404)
    codes = gazetteer.children(gazetteer.place(under).code)
    return Answer([BothNames(code, gazetteer.name(code), gazetteer.name(code, "en")) for code in sorted(codes)])


@group.get("/names/{kind}", answer=list[BothNames])
def of_kind(ask: Ask, kind: str) -> Answer:
    """All codes of a kind: occupations, skills, constraints or hazards."""
    lexicon = the_office().lexicon
    kinds = {
        "occupations": lexicon.occupations,
        "skills": lexicon.skills,
        "constraints": lexicon.constraints,
        "hazards": lexicon.hazards,
    }
    if kind not in kinds:
        raise Refused(404)
    return Answer([BothNames(code, lexicon.name(code), lexicon.name(code, "en")) for code in sorted(kinds[kind])])
