"""How villages are staffed: gaps first, the roster, and what an account without training is told.

In: a scope. Out: the page; the roster, the gap list and a training sheet as files, with a purpose where they name
people.
"""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.coordinators.coverage import VillageStaff, covered
from matcher.coordinators.entry import missing_for
from matcher.coordinators.staffing import save_coordinator
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.coordinators import Coordinator, Coverage, SourcePost
from matcher.domain.settings import SettingName
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_date, typed_division
from web.pages.intake.life import divisions
from web.pages.papers.lists import ENDINGS, Listing, deliver_listing
from web.pages.presentation import named
from web.phrases import t

bp = Blueprint("coordinators", __name__, url_prefix="/coordinators")
SHOWN = 400
LEAST_PURPOSE = 2
COVERAGES = tuple(one.value for one in Coverage)


@bp.get("/")
def index() -> str:
    """Every village of the scope with its coordinators, and the roster."""
    office, mine = the_office(), scope()
    today = office.today()
    policy = office.policy.at(today)
    with office.reading() as unit:
        villages = covered(unit, mine, today)
        people = unit.coordinators.all(division=mine.division)
        serving = unit.staffing.assignments(division=mine.division, on=today)
    wanted = chosen(asked("coverage"), COVERAGES)
    where = Counter(one.coordinator_key for one in serving)
    return render_template(
        "coordinators/index.html",
        villages=[one for one in villages if not wanted or one.coverage.value == wanted][:SHOWN],
        shown=SHOWN,
        counts=Counter(one.coverage for one in villages),
        many=len(villages),
        wanted=wanted,
        coverages=tuple(Coverage),
        most=policy.whole("coordinators.most"),
        people=sorted(people, key=lambda one: (not one.serves_on(today), one.trained_on is not None, one.name)),
        where=where,
        untrained=sum(one.serves_on(today) and one.trained_on is None for one in people),
        asks=bool(policy.whole("coordinators.trained_only")),
        sources=tuple(SourcePost),
        divisions=divisions(mine.division),
        today=today,
    )


@bp.post("/add")
def add() -> Response:
    """Put somebody on the roster."""
    key = save_coordinator(the_office(), scope(), typed_coordinator(None), actor=signed_in().name)
    flash(t("COORD_SAVED"), "done")
    return redirect(url_for("coordinators.one", key=key), 303)


def typed_coordinator(known: Coordinator | None) -> Coordinator:
    """What the form says of a coordinator."""
    source = chosen(typed("source"), tuple(SourcePost)) or SourcePost.OTHER.value
    return Coordinator(
        key=known.key if known else 0,
        name=typed("name", limit=40),
        division=typed_division("place"),
        source=SourcePost(source),
        account=typed("account", limit=60),
        started_on=typed_date("started_on") or the_office().today(),
        ended_on=typed_date("ended_on"),
        contract_until=typed_date("contract_until"),
        contract_no=typed("contract_no", limit=40),
        phone=typed("phone", limit=30),
        note=typed("note", limit=300),
        revision=known.revision if known else 1,
    )


@bp.get("/not-yet")
def untrained() -> str:
    """What an account without training is told: what is missing, and whom to ask."""
    office = the_office()
    with office.reading() as unit:
        missing = missing_for(unit, signed_in(), office.policy.at(office.today()))
        phone = unit.settings.get(SettingName.OFFICE_PHONE)
    return render_template("coordinators/untrained.html", missing=missing, phone=phone)


@bp.post("/list/<which>")
def download(which: str) -> Response:
    """The roster, the villages or a training sheet as a file; noted in the audit record with its purpose."""
    makers = {"roster": roster_listing, "villages": village_listing, "training": training_listing}
    purpose, ending = typed("purpose", limit=120), chosen(typed("ending"), ENDINGS) or ENDINGS[0]
    if which not in makers:
        raise RecordNotFound("no such list")
    if len(purpose) < LEAST_PURPOSE:
        raise InputRefused(t("GRAD_PURPOSE"))
    listing = makers[which]()
    with the_office().unit(actor=signed_in().name) as unit:
        unit.audit.note(f"coordinators_{which}", subject=f"division:{scope().division}", purpose=purpose)
    return deliver_listing(listing, ending)


def _people() -> tuple[list[VillageStaff], list[Coordinator]]:
    """Villages and serving coordinators of the scope."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        villages = covered(unit, mine, office.today())
        people = unit.coordinators.all(division=mine.division)
    return villages, [one for one in people if one.serves_on(office.today())]


def _place() -> str:
    """The area of the account."""
    return named("division", scope().division) if scope().division else ""


def roster_listing() -> Listing:
    """协管员花名册: a row a coordinator and village; one without a village stands once."""
    villages, people = _people()
    rows = []
    for one in people:
        mine = [(row.village, row.people) for row in villages if any(own.key == one.key for own in row.staff)]
        for village, many in mine or [("", None)]:
            rows.append(
                (village, many, one.name, one.phone, t(f"COORD_SOURCE_{one.source.name}"), one.started_on.isoformat(),
                 one.contract_until.isoformat() if one.contract_until else "",
                 one.trained_on.isoformat() if one.trained_on else t("COORD_UNTRAINED"),
                 one.reviewed_on.isoformat() if one.reviewed_on else "")
            )  # fmt: skip
    heads = ("VILLAGE", "PEOPLE", "NAME", "PHONE", "SOURCE", "STARTED", "CONTRACT", "TRAINED", "REVIEWED")
    return Listing(
        name="coordinators",
        title=t("COORD_ROSTER"),
        heads=tuple(t(f"COORD_COL_{head}") for head in heads),
        layout=(16, 10, 10, 14, 14, 12, 12, 12, 12),
        rows=rows,
        notes=(t("COORD_BASIS"),),
        place=_place(),
    )


def village_listing() -> Listing:
    """Every village with how it is staffed, gaps first."""
    villages, _ = _people()
    rows = [
        (one.village, one.place, one.people, len(one.staff), "、".join(own.name for own in one.staff),
         t(f"COORD_COVER_{one.coverage.name}"), one.not_needed.reason if one.not_needed else "")
        for one in villages
    ]  # fmt: skip
    heads = ("VILLAGE", "PLACE", "PEOPLE", "MANY", "NAMES", "COVERAGE", "REASON")
    return Listing(
        name="coordinators-villages",
        title=t("COORD_VILLAGES"),
        heads=tuple(t(f"COORD_COL_{head}") for head in heads),
        layout=(16, 18, 10, 8, 20, 14, 24),
        rows=rows,
        notes=(t("COORD_BASIS"),),
        place=_place(),
    )


def training_listing() -> Listing:
    """A sheet to sign at a training: who has not passed one stands first."""
    _, people = _people()
    ordered = sorted(people, key=lambda one: (one.trained_on is not None, one.division, one.name))
    rows = [
        (number, one.name, named("division", one.division), t(f"COORD_SOURCE_{one.source.name}"),
         one.trained_on.isoformat() if one.trained_on else "", "", "", "")
        for number, one in enumerate(ordered, start=1)
    ]  # fmt: skip
    heads = ("NO", "NAME", "PLACE", "SOURCE", "TRAINED", "SIGN_IN", "RESULT", "TRAINER")
    return Listing(
        name="coordinators-training",
        title=t("COORD_TRAINING_SHEET"),
        heads=tuple(t(f"COORD_COL_{head}") for head in heads),
        layout=(7, 12, 20, 16, 13, 18, 12, 14),
        rows=rows,
        notes=(t("COORD_TRAINING_NOTE"), t("COORD_BASIS")),
        place=_place(),
    )
