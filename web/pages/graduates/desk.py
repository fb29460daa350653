"""The Rain-Dew register: graduates to be called, pupils, those who could go to school; proposals to confirm.

In: a scope and a kind. Out: the page, the ledger as a file with a purpose; a look through the rosters, decisions.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.intake.errands import ErrandKind, ErrandOrder
from matcher.domain.service.around.graduates import Contact, RainDew, Term, TrackKind, TrackState, term_of
from matcher.graduates.calls import Due, due_of
from matcher.graduates.looking import look
from matcher.graduates.register import decide
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed
from web.pages.errands.ordering import order, takes_long
from web.pages.papers.lists import ENDINGS, Listing, deliver_listing
from web.pages.presentation import named
from web.phrases import t

bp = Blueprint("graduates", __name__, url_prefix="/graduates")
KINDS = (TrackKind.GRADUATE, TrackKind.PUPIL, TrackKind.ENTRANT)
SHOWN = 300
LEAST_PURPOSE = 2
WHOLE_LEDGER = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    due: Due
    term: Term | None

    @property
    def person(self) -> RainDew:
        """Who it is."""
        return self.due.person


def wanted_kind() -> TrackKind:
    """The kind asked for."""
    return TrackKind(chosen(asked("kind"), tuple(TrackKind)) or TrackKind.GRADUATE.value)


@bp.get("/")
def index() -> str:
    """The list of one kind, whoever is to be called first; proposals apart."""
    office, mine, kind = the_office(), scope(), wanted_kind()
    today = office.today()
    policy = office.policy.at(today)
    with office.reading() as unit:
        people = unit.rain_dew.listed(kind, division=mine.division, villages=mine.villages, limit=2 * SHOWN)
        counts = unit.rain_dew.counts(division=mine.division, villages=mine.villages)
        standing = [one for one in people if one.state is not TrackState.PROPOSED]
        due = due_of(unit, standing[:SHOWN], today, policy)
        terms = unit.rain_dew.terms_of([one.worker_key for one in standing[:SHOWN]], term=term_of(today))
    rows = [Row(one, next(iter(terms.get(one.person.worker_key, ())), None)) for one in due]
    return render_template(
        "graduates/index.html",
        kind=kind,
        kinds=KINDS,
        rows=rows,
        proposed=[one for one in people if one.state is TrackState.PROPOSED][:SHOWN],
        counts={
            one: sum(many for (k, s), many in counts.items() if k == one.value and s != "refused") for one in KINDS
        },
        late=sum(1 for one in due if one.overdue_days),
        term=term_of(today),
        months=policy.whole("graduates.contact_months"),
        shown=SHOWN,
    )


@bp.post("/look")
def look_through() -> Response:
    """Look through the rosters."""
    mine = scope().division
    if takes_long(mine):
        return order(ErrandOrder(kind=ErrandKind.RAIN_DEW, division=mine, may_division=mine))
    seen, fresh = look(the_office(), mine, actor=signed_in().name)
    flash(t("GRAD_LOOKED", people=seen, fresh=fresh), "done")
    return redirect(url_for("graduates.index"), 303)


@bp.post("/decide")
def settle() -> Response:
    """Confirm or refuse proposals; with none ticked, everybody of the list shown is confirmed."""
    kind = TrackKind(chosen(typed("kind"), tuple(TrackKind)) or TrackKind.GRADUATE.value)
    ticked = [int(value) for value in request.form.getlist("person") if value.isdecimal()]
    listed = [int(value) for value in request.form.getlist("listed") if value.isdecimal()]
    state = TrackState.REFUSED if typed("do") == "refuse" else TrackState.CONFIRMED
    if state is TrackState.REFUSED and not ticked:
        raise InputRefused(t("GRAD_TICK_FIRST"))
    many = decide(the_office(), scope(), ticked or listed, state, actor=signed_in().name)
    flash(t(f"GRAD_DONE_{state.name}", count=many), "done")
    return redirect(url_for("graduates.index", kind=kind.value), 303)


@bp.post("/ledger")
def ledger() -> Response:
    """The tracking ledger of the scope as a file: every contact is a row; with a purpose, noted in the audit record."""
    office, mine, purpose = the_office(), scope(), typed("purpose", limit=120)
    ending = chosen(typed("ending"), ENDINGS) or ENDINGS[0]
    if len(purpose) < LEAST_PURPOSE:
        raise InputRefused(t("GRAD_PURPOSE"))
    with office.unit(actor=signed_in().name) as unit:
        people = unit.rain_dew.listed(
            TrackKind.GRADUATE,
            state=TrackState.CONFIRMED,
            division=mine.division,
            villages=mine.villages,
            limit=WHOLE_LEDGER,
        )
        contacts = unit.graduate_contacts.of_people([one.worker_key for one in people])
        unit.audit.note(
            "graduate_ledger", subject=f"division:{mine.division}", purpose=purpose, fields=str(len(people))
        )
    rows = [row for one in people for row in _ledger_rows(one, contacts.get(one.worker_key, []))]
    heads = (
        "NAME",
        "VILLAGE",
        "SCHOOL",
        "MAJOR",
        "GRADUATED",
        "CERTIFICATE",
        "OUTCOME",
        "ON",
        "WAY",
        "SAID",
        "NEXT",
        "WHO",
    )
    listing = Listing(
        name="graduates",
        title=t("GRAD_LEDGER"),
        heads=tuple(t(f"GRAD_COL_{head}") for head in heads),
        layout=(9, 12, 13, 10, 11, 11, 10, 12, 8, 20, 16, 9),
        rows=rows,
        notes=(t("GRAD_LEDGER_NOTE"), t("GRAD_BASIS")),
        place=named("division", mine.division) if mine.division else "",
    )
    return deliver_listing(listing, ending)


def _ledger_rows(one: RainDew, contacts: list[Contact]) -> list[tuple[str, ...]]:
    """A graduate with every contact, oldest first; one line where nobody has called yet."""
    outcome = t(f"GRAD_OUTCOME_{one.outcome.name}")
    graduated = one.graduation_on.strftime("%Y-%m") if one.graduation_on else ""
    about = (one.name, one.village, one.school, one.major, graduated, one.certificate, outcome)
    lines = [
        (call.on.isoformat(), t(f"GRAD_WAY_{call.way.name}"), call.said if call.reached else t("GRAD_NOT_REACHED"),
         call.next_step, call.actor)
        for call in reversed(contacts)
    ] or [("", "", "", "", "")]  # fmt: skip
    return [(*about, *line) for line in lines]
