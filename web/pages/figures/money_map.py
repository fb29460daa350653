"""Two more reports: pay wished against pay offered, and the map of people and openings.

In: a desk. Out: a `Report` each.
"""

from __future__ import annotations

from flask import url_for

from matcher.reports.pay import STEP, PayLine, pay
from matcher.reports.places import Places, Spot, places
from web.charts import MapSpot, PairRow, Series, columns_chart, map_chart, pair_rows
from web.config import the_office
from web.pages.figures.desk import Desk, place_name
from web.pages.figures.kinds import Picture, Report, described, persons_link, policy
from web.pages.figures.shown import Cell, Sheet, ShownRow, count, share, yuan
from web.phrases import t


def pay_report(desk: Desk) -> Report:
    """Pay wished against pay offered."""
    found = pay(desk.book, desk.scope, desk.division, policy().whole("reports.least_cell"))
    lines = [*found.lines, *([found.total] if len(found.lines) > 1 else [])]
    title = t("PAGE_FIG_PAY_CHART")
    ticks = [f"{edge:,}" if edge % (4 * STEP) == 0 else "" for edge in found.edges]
    told = [
        (f"{edge:,}+", f"{wish}/{offer}")
        for edge, wish, offer in zip(found.edges, found.wished, found.offered, strict=True)
    ]
    shape = columns_chart(Series(found.offered), Series(found.wished), ticks, title, described(desk, title, told))
    key = (("outline", t("PAGE_FIG_KEY_WISHED")), ("b", t("PAGE_FIG_KEY_OFFERED")))
    pictures = [Picture(title, shape, key)]
    if len(found.lines) > 1:
        title = t("PAGE_FIG_PAY_PLACES")
        drawn = [PairRow(_name(line), line.wish, line.offer, _said(line)) for line in found.lines[:30]]
        desc = described(desk, title, [(one.label, one.said) for one in drawn])
        key = (("dot-d", t("PAGE_FIG_COL_WISH")), ("dot-a", t("PAGE_FIG_COL_OFFER")))
        pictures.append(Picture(title, pair_rows(drawn, title, desc), key))
    heads = ("WISHES", "WISH", "OFFERS", "OFFER", "REACHED_WISH")
    sheet = Sheet(
        title=t("PAGE_FIG_PAY"),
        first=t("PAGE_FIG_PLACE"),
        heads=tuple(t(f"PAGE_FIG_COL_{head}") for head in heads),
        notes=tuple(t(f"PAGE_FIG_DEF_{head}") for head in heads),
        rows=tuple(_pay_row(line) for line in lines),
        more=(t("PAGE_FIG_FEW_NOTE", least=policy().whole("reports.least_cell")), t("PAGE_FIG_PAY_NOTE")),
    )
    return Report("pay", t("PAGE_FIG_PAY"), t("PAGE_FIG_PAY_LEAD"), tuple(pictures), (sheet,))


def _name(line: PayLine) -> str:
    """What a line is called."""
    if line.kind == "total":
        return t("PAGE_FIG_SUM")
    return place_name(line.code) if line.kind == "division" else line.code or t("PAGE_FIG_NO_VILLAGE")


def _said(line: PayLine) -> str:
    """Both medians in words."""
    shown = [t("PAGE_FIG_FEW") if value is None else f"{value:,.0f}" for value in (line.wish, line.offer)]
    return " → ".join(shown)


def _pay_row(line: PayLine) -> ShownRow:
    """One division."""
    into = url_for("reports.report", kind="pay", division=line.inner) if line.inner else ""
    cells = (count(line.wishes), yuan(line.wish), count(line.offers), yuan(line.offer), share(line.reached))
    return ShownRow(_name(line), cells, into, strong=line.kind == "total")


def map_report(desk: Desk) -> Report:
    """People and openings by place."""
    found = places(desk.book, desk.scope, desk.division, the_office().gazetteer)
    title = t("PAGE_FIG_MAP_CHART")
    spots = [
        MapSpot(
            place_name(spot.code), number, spot.lat, spot.lon, spot.people, spot.openings, spot.exact, _spot_said(spot)
        )
        for number, spot in enumerate(found.spots, start=1)
    ]
    desc = described(desk, title, [(place_name(spot.code), _spot_said(spot)) for spot in found.spots])
    key = (("spot-people", t("PAGE_FIG_COL_PEOPLE")), ("spot-openings", t("PAGE_FIG_COL_OPENINGS")))
    picture = Picture(title, map_chart(spots, title, desc), key)
    sheet = _map_sheet(desk, found)
    return Report("map", t("PAGE_FIG_MAP"), t("PAGE_FIG_MAP_LEAD"), (picture,), (sheet,))


def _map_sheet(desk: Desk, found: Places) -> Sheet:
    """The places of the map with their numbers, what lies outside, and what could not be placed."""
    heads = ("PEOPLE", "SHORTFALL", "OPENINGS")
    rows = [_spot_row(number, spot, desk.division) for number, spot in enumerate(found.spots, start=1)]
    rows += [
        ShownRow(t("PAGE_FIG_OUTSIDE", place=place_name(code)), (Cell("–", None), Cell("–", None), count(openings)))
        for code, openings in found.outside
    ]
    more = [t("PAGE_FIG_MAP_NOTE")]
    if any(not spot.exact for spot in found.spots):
        more.append(t("PAGE_FIG_MAP_RING"))
    if found.unplaced_people or found.unplaced_openings:
        more.append(t("PAGE_FIG_MAP_UNPLACED", people=found.unplaced_people, openings=found.unplaced_openings))
    return Sheet(
        title=t("PAGE_FIG_MAP"),
        first=t("PAGE_FIG_PLACE"),
        heads=tuple(t(f"PAGE_FIG_COL_{head}") for head in heads),
        notes=tuple(t(f"PAGE_FIG_DEF_{head}") for head in heads),
        rows=tuple(rows),
        more=tuple(more),
    )


def _spot_row(number: int, spot: Spot, division: str) -> ShownRow:
    """One place; a banner leads to its townships."""
    cells = (
        count(spot.people, persons_link("PEOPLE", spot.code)),
        count(spot.short, persons_link("SHORTFALL", spot.code)),
        count(spot.openings),
    )
    into = url_for("reports.report", kind="map", division=spot.code) if len(spot.code) == 6 and not division else ""
    return ShownRow(f"{number}. {place_name(spot.code)}", cells, into)


def _spot_said(spot: Spot) -> str:
    """A place in words."""
    return t("PAGE_FIG_PEOPLE_OPENINGS", people=spot.people, openings=spot.openings)
