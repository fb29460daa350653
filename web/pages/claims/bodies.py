"""Claims of organisations: whom they name is ticked on a list (a class, an employer), or typed as case numbers.

In: a kind, a class or an employer, people. Out: the form with its list; the claim stored.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.claims.bodies import make_body_claim
from matcher.claims.kinds import kind_of, kinds
from matcher.claims.picking import MOST, Candidate, chosen_among, class_choices, of_class, of_employer
from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.claim import ClaimPerson, ClaimRefused
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_key, typed_lines
from web.pages.claims.desk import bp
from web.pages.claims.shown import kind_name
from web.phrases import t

BODY_KINDS = tuple(code for code, kind in kinds().items() if kind.of_body)
_FIELDS = ("kind", "claimant", "year", "class")


class _BadLine(Exception):
    """A line of people that cannot be read."""


@bp.get("/organisations/new")
def body() -> str:
    """A claim of an organisation, to be filled in; with a class or an employer its people are listed."""
    return _form({name: request.args.get(name, "")[:100].strip() for name in _FIELDS})


def _form(told: dict[str, str], *, listed: bool = True) -> str:
    """The form, with the people there are to tick."""
    with the_office().reading() as unit:
        choices = class_choices(unit, scope())
    return render_template(
        "claims/body.html",
        kinds=BODY_KINDS,
        kind_name=kind_name,
        year=the_office().today().year,
        told=told,
        choices=choices,
        candidates=_candidates(told) if listed else [],
        asked=bool(told.get("class") or told.get("claimant")),
        ticked=set(request.form.getlist("pick")),
        case_number=case_number,
    )


def _year(told: dict[str, str]) -> int:
    """The year typed, else this one."""
    return int(told["year"]) if told["year"].isdecimal() else the_office().today().year


def _candidates(told: dict[str, str]) -> list[Candidate]:
    """Whom the organisation may name: of the class where one is chosen, else of the employer."""
    office, mine, course = the_office(), scope(), told.get("class", "")
    with office.reading() as unit:
        if course.isdecimal():
            return of_class(unit, int(course), mine)
        return of_employer(office, unit, told["claimant"], mine, year=_year(told)) if told["claimant"] else []


@bp.post("/organisations/new")
def make_body() -> Response | str:
    """Keeps the claim of an organisation."""
    told = {name: typed(name, limit=100) for name in _FIELDS}
    lines = typed_lines("people", lines=MOST, limit=60)
    kind = chosen(told["kind"], BODY_KINDS) or BODY_KINDS[0]
    try:
        key = make_body_claim(
            the_office(),
            kind,
            told["claimant"],
            [*_picked(told), *map(_named, lines)],
            scope(),
            actor=signed_in().name,
            division=scope().division,
            year=_year(told),
            class_key=typed_key("class") if kind_of(kind).of_class else None,
        )
    except (ClaimRefused, EditConflict, RecordNotFound, _BadLine) as wrong:
        flash(_words(wrong), "warn")
        return _form(told | {"people": "\n".join(lines)})
    flash(t("PAGE_CLAIM_MADE"), "done")
    return redirect(url_for("claims.claim", key=key))


def _picked(told: dict[str, str]) -> list[ClaimPerson]:
    """The people ticked on the list, with months and wages as they stand beside their names."""
    ticked = [int(one) for one in request.form.getlist("pick")[:MOST] if one.isdecimal() and len(one) < 12]
    found = []
    for one in chosen_among(_candidates(told), ticked) if ticked else ():
        months, wages = (typed(f"{name}-{one.worker_key}", limit=8) for name in ("months", "wages"))
        if (months and not months.isdecimal()) or (wages and not wages.isdecimal()):
            raise _BadLine(f"{one.name} {months} {wages}")
        found.append(
            ClaimPerson(
                worker_key=one.worker_key,
                months=int(months) if months else one.months,
                yuan=int(wages) if wages else None,
            )
        )
    return found


def _words(wrong: Exception) -> str:
    """Why the claim of an organisation was not kept."""
    if isinstance(wrong, ClaimRefused):
        return t(wrong.code, **wrong.filling)
    if isinstance(wrong, _BadLine):
        return t("PAGE_BODY_BAD_LINE", line=str(wrong))
    return wrong.message if isinstance(wrong, EditConflict) else t("PAGE_BODY_NOBODY_THERE")


def _named(line: str) -> ClaimPerson:
    """One line: case number, months, wages paid."""
    parts = line.replace("，", " ").replace(",", " ").replace("\t", " ").split()
    key = read_case_number(parts[0]) if parts else None
    numbers = parts[1:3]
    if key is None or not numbers or not all(one.isdecimal() for one in numbers):
        raise _BadLine(line)
    wages = int(numbers[1]) if len(numbers) > 1 else None
    return ClaimPerson(worker_key=key, months=int(numbers[0]), yuan=wages)
