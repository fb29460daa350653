"""The reports one by one: charts and tables out of counts.

In: a desk. Out: a `Report` that one template shows, a printer prints and a spreadsheet holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from matcher.policy import PolicyAt
from matcher.reports.ageing import ageing
from matcher.reports.coverage import MEASURES, coverage
from matcher.reports.fairness import fairness
from matcher.reports.supply import SupplyLine, supply
from matcher.reports.targets import TargetLine, targets
from web.auth import allowed
from web.charts import PairRow, Row, Segment, TargetRow, bar_rows, mirror_rows, target_rows
from web.config import the_office
from web.pages.figures.desk import Desk, place_name
from web.pages.figures.shown import (
    Cell,
    Sheet,
    ShownRow,
    count,
    coverage_sheet,
    label_of,
    percent,
    share,
    unknown,
)
from web.pages.presentation import named
from web.phrases import t

GAPS_SHOWN = 12
"""Families drawn at each end of supply and demand; the table has them all."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with what its marks mean: (mark, words)."""

    title: str
    svg: Markup
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report shows."""

    kind: str
    title: str
    lead: str
    pictures: tuple[Picture, ...]
    sheets: tuple[Sheet, ...]
    counts: tuple[tuple[str, str, str], ...] = ()
    """(number, words, link) at the top."""


def policy() -> PolicyAt:
    """The policy of today."""
    office = the_office()
    return office.policy.at(office.today())


def described(desk: Desk, title: str, rows: Sequence[tuple[str, str]]) -> str:
    """A chart in words for those who do not see it."""
    lines = "；".join(f"{label} {said}" for label, said in rows[:12])
    return t("PAGE_FIG_DESC", place=desk.title, title=title, lines=lines)


def persons_link(figure: str, division: str) -> str:
    """The people behind a number, "" where the account sees no people."""
    if not allowed("reports.persons"):
        return ""
    place = {"division": division} if division else {}
    return url_for("reports.persons", figure=figure, **place)


def _counted(number: int, words: str, link: str) -> tuple[str, str, str]:
    """A number at the top of a report; nobody is no link."""
    return f"{number:,}", words, link if number else ""


def coverage_report(desk: Desk) -> Report:
    """Coverage of 1-3-1."""
    table = coverage(desk.book, desk.scope, desk.division)
    places = {name: position for position, name in enumerate(MEASURES)}
    rows = []
    for line in table.lines[:30]:
        full, three, owed = (int(line.cells[places[name]] or 0) for name in ("FULL", "THREE", "ENTITLED"))
        parts = (Segment("a", full), Segment("b", max(0, three - full)), Segment("c", owed - max(three, full)))
        said = t("PAGE_FIG_OF", part=f"{full:,}", whole=f"{owed:,}")
        rows.append(Row(label_of(line), parts, said))
    title = t("PAGE_FIG_COVERAGE_CHART")
    key = (("a", t("PAGE_FIG_COL_FULL")), ("b", t("PAGE_FIG_KEY_THREE")), ("c", t("PAGE_FIG_COL_SHORTFALL")))
    picture = Picture(
        title, bar_rows(rows, title, described(desk, title, [(one.label, one.said) for one in rows])), key
    )
    total = table.total.cells if table.total else (0,) * len(MEASURES)
    counts = tuple(
        _counted(int(total[places[name]] or 0), t(f"PAGE_FIG_COL_{name}"), persons_link(name, desk.division))
        for name in ("ENTITLED", "GUIDED", "THREE", "TRAINED", "FULL", "SHORTFALL")
    )
    sheet = coverage_sheet(desk, table, linked=allowed("reports.persons"))
    return Report("coverage", t("PAGE_FIG_COVERAGE"), t("PAGE_FIG_COVERAGE_LEAD"), (picture,), (sheet,), counts)


def targets_report(desk: Desk) -> Report:
    """Targets against two ways of counting."""
    gazetteer = the_office().gazetteer
    lines = targets(desk.book, desk.scope, policy(), gazetteer.counties_of(desk.book.home))
    pictures, sheets = [], []
    for indicator in dict.fromkeys(line.indicator for line in lines):
        mine = [line for line in lines if line.indicator == indicator]
        title = t(f"PAGE_FIG_TARGET_{indicator.upper()}")
        drawn = [
            TargetRow(_target_place(line), line.listed, line.recorded, line.floor, _target_said(line))
            for line in mine
            if line.floor is not None
        ]
        key = (("a", t("PAGE_FIG_LISTED")), ("d", t("PAGE_FIG_RECORDED")), ("aim", t("PAGE_FIG_TARGET")))
        if drawn:
            desc = described(desk, title, [(one.label, one.said) for one in drawn])
            pictures.append(Picture(title, target_rows(drawn, title, desc), key))
        sheets.append(_target_sheet(title, indicator, mine))
    return Report("targets", t("PAGE_FIG_TARGETS"), t("PAGE_FIG_TARGETS_LEAD"), tuple(pictures), tuple(sheets))


def _target_place(line: TargetLine) -> str:
    """The place of a target."""
    return place_name(line.division)


def _target_said(line: TargetLine) -> str:
    """How far a target is reached."""
    if line.listed is None and line.recorded is None:
        return t("PAGE_FIG_NO_DATA")
    best = line.listed if line.listed is not None else line.recorded or 0
    return t("PAGE_FIG_OF", part=f"{best:,}", whole=f"{line.floor or 0:,}")


def _target_sheet(title: str, indicator: str, lines: Sequence[TargetLine]) -> Sheet:
    """The lines of one indicator, as the annex has them; what stood in 2020 where the notice asks for it."""
    since_2020 = ("BASELINE", "FLOOR") if indicator == "resettled" else ()
    heads = ("TARGET", *since_2020, "LISTED", "REACHED", "RECORDED", "REACHED", "OPEN")
    rows = tuple(ShownRow(_target_place(line), _target_cells(line, bool(since_2020))) for line in lines)
    sources = dict.fromkeys(
        t("PAGE_FIG_BASIS", basis=line.basis, since_on=line.since.isoformat()) for line in lines if line.since
    )
    return Sheet(
        title=title,
        first=t("PAGE_FIG_PLACE"),
        heads=tuple(t(f"PAGE_FIG_{head}") for head in heads),
        notes=tuple(t(f"PAGE_FIG_DEF_{head}_{indicator}".upper()) if head in ("LISTED", "RECORDED")
                    else t(f"PAGE_FIG_DEF_{head}") for head in heads),
        rows=rows,
        more=tuple(sources),
    )  # fmt: skip


def _target_cells(line: TargetLine, since_2020: bool) -> tuple[Cell, ...]:
    """The cells of one place; a place without a row has no target, which is not nought."""
    none = Cell(t("PAGE_FIG_NO_TARGET"), "")
    target, floor = (none if value is None else Cell(f"{value:,}", value) for value in (line.target, line.floor))
    more = ()
    if since_2020:
        open_yet = Cell(t("PAGE_FIG_TO_ENTER"), "") if line.target is not None else Cell("–", "")
        more = (open_yet if line.baseline is None else Cell(f"{line.baseline:,}", line.baseline), floor)
    return (
        target,
        *more,
        unknown(line.listed),
        share(line.share(line.listed)),
        unknown(line.recorded),
        share(line.share(line.recorded)),
        unknown(line.open_now),
    )


def waiting_report(desk: Desk) -> Report:
    """How long people have been waiting."""
    steps = policy().numbers("reports.age_steps")
    found = ageing(desk.book, desk.scope, desk.division, steps)
    labels = step_labels(found.steps)
    pictures, rows = [], []
    for wait, counts in (("CASE", found.cases), ("ANSWER", found.answers)):
        title = t(f"PAGE_FIG_WAIT_{wait}")
        total = max(1, sum(counts))
        drawn = [
            Row(label, (Segment("a" if place < 2 else "b", value),), f"{value:,}")
            for place, (label, value) in enumerate(zip(labels, counts, strict=True))
        ]
        desc = described(desk, title, [(one.label, one.said) for one in drawn])
        pictures.append(Picture(title, bar_rows(drawn, title, desc, whole=total)))
        cells = tuple(
            count(value, persons_link(f"{wait}-{place}", desk.division)) for place, value in enumerate(counts)
        )
        rows.append(ShownRow(title, cells))
    sheet = Sheet(
        title=t("PAGE_FIG_WAITING"),
        first=t("PAGE_FIG_SINCE_WHEN"),
        heads=tuple(labels),
        notes=(),
        rows=tuple(rows),
        more=(t("PAGE_FIG_DEF_CASE"), t("PAGE_FIG_DEF_ANSWER")),
    )
    overdue = _counted(found.overdue, t("PAGE_FIG_OVERDUE"), persons_link("OVERDUE", desk.division))
    lead = t("PAGE_FIG_WAITING_LEAD")
    return Report("waiting", t("PAGE_FIG_WAITING"), lead, tuple(pictures), (sheet,), (overdue,))


def step_labels(steps: Sequence[int]) -> list[str]:
    """The names of the steps of waiting."""
    first = [
        t("PAGE_FIG_DAYS", low=low, high=high) for low, high in zip((0, *(s + 1 for s in steps)), steps, strict=False)
    ]
    return [*first, t("PAGE_FIG_DAYS_MORE", days=steps[-1] if steps else 0)]


def supply_report(desk: Desk) -> Report:
    """Openings against people, by family of occupations."""
    lines = supply(desk.book, desk.scope, desk.division, the_office().lexicon)
    short = [line for line in lines if line.gap > 0][:GAPS_SHOWN]
    spare = [line for line in reversed(lines) if line.gap < 0][:GAPS_SHOWN]
    pictures = []
    for code, chosen in (("PAGE_FIG_HANDS_WANTED", short), ("PAGE_FIG_WORK_WANTED", spare)):
        title = t(code)
        drawn = [PairRow(named("occupation", line.family), line.wishing, line.here, _gap_said(line)) for line in chosen]
        desc = described(desk, title, [(one.label, one.said) for one in drawn])
        key = (("b", t("PAGE_FIG_COL_WISHING")), ("a", t("PAGE_FIG_COL_HERE")))
        pictures.append(Picture(title, mirror_rows(drawn, title, desc), key))
    heads = ("HERE", "ELSEWHERE", "WISHING", "ABLE", "GAP")
    sheet = Sheet(
        title=t("PAGE_FIG_SUPPLY"),
        first=t("PAGE_FIG_FAMILY"),
        heads=tuple(t(f"PAGE_FIG_COL_{head}") for head in heads),
        notes=tuple(t(f"PAGE_FIG_DEF_{head}") for head in heads),
        rows=tuple(_supply_row(line, desk.division) for line in lines),
    )
    return Report("supply", t("PAGE_FIG_SUPPLY"), t("PAGE_FIG_SUPPLY_LEAD"), tuple(pictures), (sheet,))


def _gap_said(line: SupplyLine) -> str:
    """People and openings of a family in words."""
    return t("PAGE_FIG_PEOPLE_OPENINGS", people=line.wishing, openings=line.here)


def _supply_row(line: SupplyLine, division: str) -> ShownRow:
    """One family."""
    jobs = url_for("reports.jobs", family=line.family)
    return ShownRow(
        named("occupation", line.family),
        (
            count(line.here, jobs),
            count(line.elsewhere, jobs),
            count(line.wishing, persons_link(f"WISHING-{line.family}", division)),
            count(line.able, persons_link(f"ABLE-{line.family}", division)),
            Cell(f"{line.gap:+,}".replace("-", "−"), line.gap),
        ),
    )


def fairness_report(desk: Desk) -> Report:
    """Whether groups get the same."""
    lines = fairness(desk.book, desk.scope, desk.division, policy().whole("reports.least_cell"))
    pictures, rows = [], []
    for by in dict.fromkeys(line.by for line in lines):
        title = t(f"PAGE_FIG_BY_{by}")
        drawn = [
            Row(_group(line.by, line.group), (Segment("a", line.three or 0.0),), percent(line.three or 0.0))
            for line in lines
            if line.by == by and line.people is not None
        ]
        desc = described(desk, title, [(one.label, one.said) for one in drawn])
        pictures.append(
            Picture(title, bar_rows(drawn, title, desc, whole=1.0), (("a", t("PAGE_FIG_COL_THREE_SHARE")),))
        )
    for line in lines:
        score = Cell("–", None) if line.score is None else Cell(f"{100 * line.score:.0f}", round(line.score, 4))
        cells = (count(line.people), share(line.three), share(line.trained), score)
        rows.append(ShownRow(f"{t(f'PAGE_FIG_{line.by}')} · {_group(line.by, line.group)}", cells))
    heads = ("OWED", "THREE_SHARE", "TRAINED_SHARE", "SCORE")
    sheet = Sheet(
        title=t("PAGE_FIG_FAIRNESS"),
        first=t("PAGE_FIG_GROUP"),
        heads=tuple(t(f"PAGE_FIG_COL_{head}") for head in heads),
        notes=tuple(t(f"PAGE_FIG_DEF_{head}") for head in heads),
        rows=tuple(rows),
        more=(t("PAGE_FIG_FEW_NOTE", least=policy().whole("reports.least_cell")),),
    )
    return Report("fairness", t("PAGE_FIG_FAIRNESS"), t("PAGE_FIG_FAIRNESS_LEAD"), tuple(pictures), (sheet,))


def _group(by: str, group: str) -> str:
    """The name of a group."""
    if not group:
        return t("PAGE_FIG_NOT_KNOWN")
    return t(f"PAGE_FIG_{by}_{group}") if by in ("SEX", "DISABLED") else group


Builder = Callable[[Desk], Report]
