"""One claim: what it rests on, every step with who took it, what comes next; claims of organisations.

In: a claim, a decision. Out: a page; the step stored.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.claims.boards import topic_of_claim
from matcher.claims.bodies import make_body_claim
from matcher.claims.claiming import MOST_YUAN, decide, undo
from matcher.claims.kinds import kind_of, kinds
from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.service.claim import BY_HAND, NEXT, ClaimPerson, ClaimRefused, ClaimState
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_lines
from web.pages.claims.desk import bp
from web.pages.claims.shown import kind_name, topic_name, yuan_text
from web.phrases import t

MOST_PEOPLE = 300
BODY_KINDS = tuple(code for code, kind in kinds().items() if not kind.of_person)


@bp.get("/<int:key>")
def claim(key: int) -> str:
    """One claim."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        found = unit.claims.get(key, division=mine.division, villages=mine.villages)
        steps, people = unit.claims.steps(key), unit.claims.people_of(key)
        keys = [one.worker_key for one in people] + ([found.worker_key] if found.worker_key else [])
        names = unit.run_plans.names(keys, mine.division)
        notices = unit.publicities.of_claims([key]).get(key, [])
    return render_template(
        "claims/claim.html",
        claim=found,
        steps=steps,
        people=people,
        names=names,
        notices=notices,
        next_steps=[state for state in NEXT[found.state] if state in BY_HAND],
        case_no=case_number(found.worker_key) if found.worker_key else "",
        today=office.today(),
        topic=topic_of_claim(found),
        kind=kind_of(found.kind),
        kind_name=kind_name,
        topic_name=topic_name,
        yuan_text=yuan_text,
        case_number=case_number,
    )


@bp.post("/<int:key>/step")
def step(key: int) -> Response:
    """A decision on a claim."""
    state = chosen(typed("state"), [one.value for one in BY_HAND])
    if not state:
        raise InputRefused(t("CLAIM_NOT_NOW"))
    try:
        decide(
            the_office(),
            key,
            ClaimState(state),
            scope(),
            actor=signed_in().name,
            note=typed("note", limit=300),
            yuan=_yuan(typed("yuan", limit=9)),
            on=typed_date("on"),
        )
    except ClaimRefused as refused:
        return _back(key, t(refused.code, **refused.filling))
    except EditConflict as other:
        return _back(key, other.message)
    flash(t(f"PAGE_CLAIM_STEP_{state.upper()}"), "done")
    return redirect(url_for("claims.claim", key=key))


@bp.post("/<int:key>/undo")
def take_back(key: int) -> Response:
    """The last step counts no more."""
    try:
        undo(the_office(), key, scope(), actor=signed_in().name, reason=typed("reason", limit=200))
    except ClaimRefused as refused:
        return _back(key, t(refused.code, **refused.filling))
    except EditConflict as other:
        return _back(key, other.message)
    flash(t("PAGE_CLAIM_UNDONE"), "done")
    return redirect(url_for("claims.claim", key=key))


def _back(key: int, words: str) -> Response:
    """The claim again, with what is wrong."""
    flash(words, "warn")
    return redirect(url_for("claims.claim", key=key))


def _yuan(text: str) -> int | None:
    """An amount typed; empty is none, nonsense is one that is refused."""
    plain = text.replace(",", "").replace("，", "")
    if not plain:
        return None
    return int(plain) if plain.isdecimal() else MOST_YUAN + 1


@bp.get("/organisations/new")
def body() -> str:
    """A claim of an organisation, to be filled in."""
    return render_template(
        "claims/body.html", kinds=BODY_KINDS, kind_name=kind_name, year=the_office().today().year, told={}
    )


@bp.post("/organisations/new")
def make_body() -> Response | str:
    """Keeps the claim of an organisation."""
    told = {name: typed(name, limit=100) for name in ("kind", "claimant", "year")}
    lines = typed_lines("people", lines=MOST_PEOPLE, limit=60)
    try:
        people = [_named(line) for line in lines]
        key = make_body_claim(
            the_office(),
            chosen(told["kind"], BODY_KINDS) or BODY_KINDS[0],
            told["claimant"],
            people,
            scope(),
            actor=signed_in().name,
            division=scope().division,
            year=int(told["year"]) if told["year"].isdecimal() else the_office().today().year,
        )
    except (ClaimRefused, EditConflict, RecordNotFound, _BadLine) as wrong:
        flash(_words(wrong), "warn")
        again = told | {"people": "\n".join(lines)}
        year = the_office().today().year
        return render_template("claims/body.html", kinds=BODY_KINDS, kind_name=kind_name, year=year, told=again)
    flash(t("PAGE_CLAIM_MADE"), "done")
    return redirect(url_for("claims.claim", key=key))


class _BadLine(Exception):
    """A line of people that cannot be read."""


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
