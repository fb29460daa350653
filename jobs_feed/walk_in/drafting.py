"""What a clerk types of somebody at the window → the person a row of a roster with the same words would be.

In: five short fields and a free text, and the division of the account. Out: `Draft`: the person, what is wrong by
field, what is told. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jobs_feed.cells import TableRow
from jobs_feed.report import RowProblem
from jobs_feed.roster import read_roster_row
from jobs_feed.rows import RowReader
from jobs_feed.within import named_today
from matcher.domain.division import Place, lies_within
from matcher.domain.facts import Phrase
from matcher.domain.worker import Worker
from matcher.office import Office
from matcher.reading.identity import IdNumber, read_id_number
from matcher.reference.divisions import Gazetteer

SENDER = "窗口"
"""Who hands in what is typed at a window; a roster of somebody else finds the person by the keys of every person."""
WILLING = "愿意"
"""Whoever comes to ask for work wants work."""
NAME, PHONE, PLACE, IDENTITY, STATUS, TEXT = "姓名", "联系电话", "嘎查村", "身份证号", "就业状态", "情况说明"
BIRTH = "出生日期"
_ID_DIGITS = 15
_COUNTY, _TOWNSHIP = 6, 9


@dataclass(frozen=True, slots=True)
class Typed:
    """The words of the form."""

    name: str = ""
    phone: str = ""
    place: str = ""
    identity: str = ""
    """An identity number, or a date of birth."""
    status: str = ""
    text: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was typed yet."""
        return not (self.name or self.phone or self.identity or self.text)


@dataclass(frozen=True, slots=True)
class Draft:
    """The person as understood; `worker` is None where a field is wrong."""

    worker: Worker | None
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[RowProblem, ...] = field(default=())


def draft_of(office: Office, typed: Typed, *, division: str = "", villages: tuple[str, ...] = ()) -> Draft:
    """The person of a form, at home within the scope of the account unless the words say otherwise."""
    cells: dict[str, str] = {
        NAME: typed.name,
        PHONE: typed.phone,
        STATUS: typed.status,
        TEXT: typed.text,
        "就业意愿": WILLING,
        **_home(office.gazetteer, typed.place, division, villages),
        **_identity(typed.identity),
    }
    reader = RowReader(TableRow("", 1, cells, {}), "workers", office.today())
    worker = read_roster_row(reader, office.gazetteer, sender=SENDER)
    if typed.identity and BIRTH in cells and worker is not None and worker.birth_date is None:
        reader.refuse(BIRTH, "WALK_IN_BIRTH")
    if worker is not None:
        with office.reading() as unit:
            worker = named_today(worker, unit.renamed, office.gazetteer)
    if worker is not None and not _inside(worker, division, villages):
        reader.refuse(PLACE, "WALK_IN_ELSEWHERE")
    return Draft(None if reader.problems else worker, tuple(reader.problems), tuple(reader.notices))


def _identity(text: str) -> dict[str, str]:
    """One box for two things: what has the digits of a number is one, the rest a date of birth."""
    digits = sum(letter.isdigit() for letter in text)
    return {IDENTITY: text} if digits >= _ID_DIGITS else {BIRTH: text}


def is_id_number(text: str) -> bool:
    """Whether a text is an identity number whose check digit is right."""
    return isinstance(read_id_number(text), IdNumber)


def _home(gazetteer: Gazetteer, text: str, division: str, villages: tuple[str, ...]) -> dict[str, str]:
    """County, township and village of what was typed; what is not said is that of the account."""
    if not text and len(villages) == 1:
        text = villages[0]
    found, rest = _named(gazetteer, text)
    county = found.county or _own_county(found, division)
    if not found.township and county:
        near = gazetteer.resolve(rest, within=county)
        if near.township and near.county == county:
            found, rest = near, _after_township(gazetteer, rest, near)
    township = found.township or (division[:_TOWNSHIP] if len(division) > _COUNTY else "")
    cells = {"旗县": county, "嘎查村": rest}
    return cells | ({"苏木乡镇": _short(gazetteer, township)} if township else {})


def _own_county(found: Place, division: str) -> str:
    """The county of the account, unless somebody named a place it does not lie in: that one is kept and refused."""
    if found.known and not (division and lies_within(division, found.code)):
        return found.code
    return division[:_COUNTY] if not division[:_COUNTY].endswith("00") else ""


def _named(gazetteer: Gazetteer, text: str) -> tuple[Place, str]:
    """The smallest division a text begins with, and what stands behind it."""
    found, rest = Place(), text.strip()
    for _, end, place in gazetteer.mentions(text):
        if place.known and lies_within(place.code, found.county or ""):
            found, rest = place, text[end:].strip(" ,，、·")
    return found, rest


def _after_township(gazetteer: Gazetteer, text: str, place: Place) -> str:
    """What stands behind the name of a township."""
    name = _short(gazetteer, place.township)
    return text.removeprefix(name).strip(" ,，、·") if text.startswith(name) else text.split()[-1]


def _short(gazetteer: Gazetteer, code: str) -> str:
    """The own name of a division, without those above it."""
    return gazetteer.divisions[code].name if code in gazetteer.divisions else ""


def _inside(worker: Worker, division: str, villages: tuple[str, ...]) -> bool:
    """Whether somebody lives where the account works."""
    here = not worker.home.known or lies_within(worker.home.code, division)
    return here and (not villages or worker.village in villages)


def said_of(problems: tuple[RowProblem, ...]) -> Mapping[str, Phrase]:
    """What is wrong, by field of the form."""
    return {IDENTITY if one.field == BIRTH else one.field: one.phrase for one in reversed(problems)}
