"""Papers of a fair, from its lists.

In: an office, a fair, a kind of paper, and a village where only one is wanted. Out: papers as plain strings, always in
Chinese, a leaf or more each; nothing on them tells of health or poverty, and employers read 张* and an age band.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.domain.fairs import Fair, Visitor, masked_name
from matcher.domain.posting import Posting
from matcher.fairs.lists import Guest, VillageList, expected_at, hall, villages_of
from matcher.office import Office, StoredPosting, UnitOfWork
from matcher.wording import Wording
from web.papers.context import PaperContext, paper_context
from web.papers.discretion import is_discreet
from web.papers.fairs.views import FairPaper, TablePaper, Way, WaysPaper, WayStop
from web.papers.glyphs import printable_model
from web.papers.views import Line

KINDS = ("booths", "village", "bus", "ways", "expected")
Village = tuple[str, str]
"""Division code and name of a village."""
_NO_LIMIT = frozenset({"不限", "无", "无要求", "不限制"})
"""Cells of an advert that ask for nothing."""
_LANGUAGE_NEEDS = frozenset({"LANG_MN_PREFERRED"})


class _Desk:
    """What every paper needs."""

    def __init__(self, office: Office, unit: UnitOfWork, fair: Fair) -> None:
        self.office, self.unit, self.fair = office, unit, fair
        self.wording: Wording = office.wording("zh", "web.translations")
        settings = {name.value: value for name, value in unit.settings.all().items()}
        self.context: PaperContext = paper_context(settings, self.wording)

    def text(self, code: str, **args: str | int) -> str:
        """A sentence."""
        return self.wording.text(code, **args)

    def head(self, *more: Line) -> tuple[Line, ...]:
        """Where and when, and what else."""
        fair = self.fair
        day = self.text("PAGE_DAY", day_on=fair.starts_on.isoformat())
        if fair.ends_on != fair.starts_on:
            day = self.text("FAIR_PAPER_DAYS", first_on=fair.starts_on.isoformat(), last_on=fair.ends_on.isoformat())
        when = Line(self.text("FAIR_PAPER_WHEN"), f"{day} {fair.opens_at}–{fair.closes_at}")
        return (when, Line(self.text("FAIR_PAPER_WHERE"), fair.place or self.text("VALUE_NONE")), *more)

    def table(self, title: str, columns: tuple[str, ...], layout: tuple[int, ...], rows: list[tuple[str, ...]],
              *more: Line, note: str = "", wide: bool = False) -> TablePaper:  # fmt: skip
        """A list."""
        return TablePaper(
            lang="zh",
            made_on=self.office.today(),
            office=self.context.office_name,
            title=title,
            head=self.head(*more),
            columns=tuple(self.text(f"FAIR_PAPER_{name}") for name in columns),
            layout=layout,
            rows=tuple(rows),
            note=note,
            wide=wide,
        )


def build(
    office: Office, unit: UnitOfWork, fair: Fair, kind: str, *, village: Village | None = None
) -> list[FairPaper]:
    """The papers of one kind; empty where there is nobody to print them for."""
    desk = _Desk(office, unit, fair)
    made = {"booths": _booths, "expected": _expected}.get(kind)
    if made is not None:
        return [printable_model(paper) for paper in made(desk)]
    listed = [one for one in villages_of(office, unit, fair) if village in {None, (one.home_code, one.village)}]
    papers: dict[str, Callable[[_Desk, list[VillageList]], list[FairPaper]]] = {
        "village": _villages,
        "bus": _buses,
        "ways": _ways,
    }
    return [printable_model(paper) for paper in papers[kind](desk, listed)] if listed else []


def _booths(desk: _Desk) -> list[FairPaper]:
    """The list of the hall, to hang up at the entrance."""
    _, placed, stored = hall(desk.unit, desk.fair)
    columns = ("BOOTH", "EMPLOYER", "POSTING", "OPENINGS", "PAY", "NEEDS", "BOARD", "PLACE", "CONTACT")
    rows = [_booth_row(desk, booth.number, stored[key]) for key, booth in placed if key in stored]
    title = desk.text("FAIR_PAPER_BOOTHS", name=desk.fair.name)
    note = desk.text("FAIR_PAPER_BOOTHS_NOTE", phone=desk.context.complaint_phone)
    if desk.fair.note:
        note = f"{desk.fair.note}\n{note}"
    return [desk.table(title, columns, (8, 24, 18, 8, 20, 22, 15, 19, 21), rows, note=note, wide=True)] if rows else []


def _booth_row(desk: _Desk, number: str, stored: StoredPosting) -> tuple[str, ...]:
    """One posting of the hall; openings are those still free."""
    posting = stored.value
    left = posting.openings if stored.openings_left is None else stored.openings_left
    unknown = desk.text("FAIR_PAPER_ASK")
    asked = (posting.age_text, posting.education_text, posting.certificate_text, posting.experience_text)
    openings = str(left) if left is not None else unknown
    return (
        number,
        posting.employer,
        posting.title,
        openings,
        posting.wage_text or unknown,
        "；".join(dict.fromkeys(text for text in asked if text and text not in _NO_LIMIT))
        or desk.text("FAIR_PAPER_NO_NEEDS"),
        posting.board_text or unknown,
        posting.place.name or posting.place.text or unknown,
        " ".join(filter(None, (posting.contact, posting.phone))) or desk.context.window_phone,
    )


def _villages(desk: _Desk, listed: list[VillageList]) -> list[FairPaper]:
    """Who of a village should meet which booth, with room to tick."""
    columns = ("NO", "NAME", "AGE", "GO_TO", "CODE", "COMES", "SIGN", "INTENT", "OFFER")
    return [
        desk.table(
            desk.text("FAIR_PAPER_VILLAGE", place=_place(one)),
            columns,
            (7, 15, 13, 34, 21, 9, 17, 9, 9),
            [_village_row(number, guest) for number, guest in enumerate(one.people, start=1)],
            Line(desk.text("FAIR_PAPER_BUS"), _bus_line(desk, one)),
            note=desk.text("FAIR_PAPER_VILLAGE_NOTE", phone=desk.context.window_phone),
        )
        for one in listed
    ]


def _village_row(number: int, guest: Guest) -> tuple[str, ...]:
    """One person of a village."""
    visitor = guest.visitor
    way = " → ".join(f"{number} {'、'.join(titles)}" for number, titles in guest.way)
    return (str(number), visitor.name, visitor.facts.age_band, way, visitor.code, "□", "", "□", "□")


def _buses(desk: _Desk, listed: list[VillageList]) -> list[FairPaper]:
    """Whom the bus fetches, a leaf a village, and all villages on the first."""
    rows = [(_place(one), str(one.seats), *_pick_up(desk, one), "□") for one in listed if one.seats]
    total = sum(one.seats for one in listed)
    first = desk.table(
        desk.text("FAIR_PAPER_BUSES", name=desk.fair.name),
        ("VILLAGE_NAME", "SEATS", "PICK_UP", "LEAVES", "DONE"),
        (40, 12, 40, 16, 12),
        rows,
        Line(desk.text("FAIR_PAPER_SEATS_ALL"), str(total)),
    )
    return [first, *(_bus(desk, one) for one in listed if one.seats)] if len(listed) > 1 else [_bus(desk, listed[0])]


def _bus(desk: _Desk, one: VillageList) -> TablePaper:
    """The bus of one village: names to be called when all are seated."""
    coming = [guest.visitor for guest in one.people if not guest.visitor.away]
    rows = [(str(number), visitor.name, visitor.code, "□", "□") for number, visitor in enumerate(coming, start=1)]
    place, leaves = _pick_up(desk, one)
    return desk.table(
        desk.text("FAIR_PAPER_BUS_OF", place=_place(one)),
        ("NO", "NAME", "CODE", "THERE", "BACK"),
        (10, 34, 34, 16, 16),
        rows,
        Line(desk.text("FAIR_PAPER_PICK_UP"), place),
        Line(desk.text("FAIR_PAPER_LEAVES"), leaves),
        Line(desk.text("FAIR_PAPER_SEATS"), str(one.seats)),
        note=desk.text("FAIR_PAPER_BUS_NOTE"),
    )


def _pick_up(desk: _Desk, one: VillageList) -> tuple[str, str]:
    """Where and when, or lines to write on."""
    blank = desk.text("FAIR_PAPER_BLANK")
    return (one.stop.place or blank, one.stop.leaves_at or blank) if one.stop is not None else (blank, blank)


def _bus_line(desk: _Desk, one: VillageList) -> str:
    """Where and when in one line."""
    return " ".join(_pick_up(desk, one))


def _ways(desk: _Desk, listed: list[VillageList]) -> list[FairPaper]:
    """The cards of everybody, a village after the other."""
    return [
        WaysPaper(
            lang="zh",
            made_on=desk.office.today(),
            office=desk.context.office_name,
            title=desk.fair.name,
            head=desk.head(Line(desk.text("FAIR_PAPER_BUS"), _bus_line(desk, one))),
            cards=tuple(_way(desk, guest) for guest in one.people if not guest.visitor.away),
            note=desk.text(
                "FAIR_PAPER_WAY_NOTE", phone=desk.context.window_phone, complaint=desk.context.complaint_phone
            ),
        )
        for one in listed
    ]


def _way(desk: _Desk, guest: Guest) -> Way:
    """The card of one person."""
    visitor, numbers = guest.visitor, guest.booths
    lead = desk.text("FAIR_WAY_ONE", first=numbers[0]) if len(numbers) == 1 else ""
    if len(numbers) > 1:
        lead = desk.text("FAIR_WAY", first=numbers[0], then=desk.text("FAIR_WAY_THEN").join(numbers[1:]))
    stops = [
        WayStop(
            stop.booth.number,
            f"{stop.booth.employer} · {stop.posting.title}",
            "；".join(said for phrase in stop.why if is_discreet(said := desk.wording.say(phrase))),
        )
        for stop in guest.stops
    ]
    helper = desk.text("FAIR_HELPER_MONGOLIAN") if _LANGUAGE_NEEDS.intersection(visitor.facts.needs) else ""
    return Way(
        name=visitor.name,
        village=visitor.village,
        lead=lead,
        code_label=desk.text("FAIR_PAPER_CODE"),
        code=visitor.code,
        qr=visitor.code,
        stops=tuple(stops),
        helper=helper,
    )


def _expected(desk: _Desk) -> list[FairPaper]:
    """For each employer whom to expect: 张*, age band, and boxes for what came of it."""
    papers: list[FairPaper] = []
    for one in expected_at(desk.unit, desk.fair):
        rows = [
            _expected_row(number, posting, visitor)
            for posting, visitors in one.postings
            for number, visitor in enumerate(visitors, start=1)
        ]
        if rows:
            papers.append(
                desk.table(
                    desk.text("FAIR_PAPER_EXPECTED", number=one.booth.number, employer=one.booth.employer),
                    ("POSTING", "NO", "NAME", "AGE", "CODE", "TALKED", "WANTS", "OFFER", "WHY_NOT"),
                    (28, 7, 13, 14, 22, 10, 10, 10, 22),
                    rows,
                    Line(desk.text("FAIR_PAPER_SEATS"), str(len({row[4] for row in rows}))),
                    note=desk.text("FAIR_PAPER_EXPECTED_NOTE"),
                )
            )
    return papers


def _expected_row(number: int, posting: Posting, visitor: Visitor) -> tuple[str, ...]:
    """One person as an employer may read it."""
    return (
        posting.title,
        str(number),
        masked_name(visitor.name),
        visitor.facts.age_band,
        visitor.code,
        "□",
        "□",
        "□",
        "",
    )


def _place(one: VillageList) -> str:
    """A village with the township it lies in."""
    return f"{one.home_name} {one.village}".strip()
