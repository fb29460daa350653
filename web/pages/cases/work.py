"""Work and proof of one person: spells with claimed and verified side by side, proofs, and the clock of three months.

In: what somebody says or shows of a spell. Out: the page; what was refused stands in its form again, with the reason.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.aftercare import SaidBy
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.service.ladder import (
    Channel,
    Contract,
    Industry,
    Insurance,
    Proof,
    ProofKind,
    RegionClass,
    SpellDetail,
    Stability,
)
from matcher.ladder import add_months
from matcher.ladder.keeping import (
    FIELDS,
    LadderRefused,
    show_proof,
    state_detail,
    take_back_detail,
    take_back_proof,
    work_of,
)
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.pages.village.place import whose
from web.phrases import t

bp = Blueprint("ladder", __name__, url_prefix="/people")
CODED = {
    "region": tuple(RegionClass),
    "channel": tuple(Channel),
    "contract": tuple(Contract),
    "insurance": tuple(Insurance),
    "industry": tuple(Industry),
}
"""Facts that are chosen from a list."""
MORE_MONTHS = 3
"""Months beyond those asked for that the clock still draws."""
Page = str | Response | tuple[str, int]


@bp.get("/<int:key>/employment")
def person(key: int) -> str:
    """The work of one person."""
    return _page(key)


def _page(key: int, *, wrong: str = "", form: str = "") -> str:
    """The page, with a form that was refused where one was."""
    office, mine = the_office(), whose()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        worker = unit.workers.get(key, division=mine.division, villages=mine.villages).value
        work = work_of(unit, key, policy)
    asked = policy.whole("ladder.months")
    return render_template(
        "ladder/person.html",
        key=key,
        case_no=case_number(key),
        worker=worker,
        work=work,
        stable=work.stable,
        asked=asked,
        today=policy.on,
        clock=_clock(work.stable, asked),
        fields=FIELDS,
        shown=_shown,
        coded=CODED,
        tellers=tuple(SaidBy),
        proofs=tuple(ProofKind),
        wrong=wrong,
        wrong_form=form,
    )


def _clock(stable: Stability, asked: int) -> list[dict[str, object]]:
    """The months of the stretch as bars: how much of each is worked and proved, in per cent of the month."""
    if stable.since is None:
        return []
    bars, passed, proved = list[dict[str, object]](), stable.days, stable.proved_days
    for number in range(max(asked, min(stable.months + 1, asked + MORE_MONTHS))):
        first, last = add_months(stable.since, number), add_months(stable.since, number + 1)
        length = (last - first).days
        bars.append(
            {
                "number": number + 1,
                "worked": round(100 * min(max(passed, 0), length) / length),
                "proved": round(100 * min(max(proved, 0), length) / length),
                "asked": number < asked,
            }
        )
        passed, proved = passed - length, proved - length
    return bars


def _shown(name: str, value: object) -> str:
    """A fact in words."""
    if not value:
        return ""
    if name in CODED:
        return t(f"LADDER_{name.upper()}_{value}".upper())
    return t("LADDER_YUAN", yuan=value) if name == "yuan" and isinstance(value, int) else str(value)


def _number(name: str) -> int | None:
    """A whole number from the form."""
    digits = "".join(sign for sign in typed(name, limit=8) if sign.isdecimal())
    return int(digits) if digits else None


def _back(key: int, said: str) -> Response:
    """Where somebody stands afterwards."""
    flash(t(said), "done")
    return redirect(url_for("ladder.person", key=key), 303)


def _refused(key: int, error: InputRefused, form: str) -> tuple[str, int]:
    """The form again, with the reason."""
    said = t(error.code) if isinstance(error, LadderRefused) else error.message
    return _page(key, wrong=said, form=form), 400


@bp.post("/<int:key>/employment/detail")
def detail(key: int) -> Page:
    """A statement about a spell."""
    office, spell = the_office(), typed_key("spell") or 0
    try:
        codes = {name: chosen(typed(name), members) for name, members in CODED.items()}
        places = {name: typed(name, limit=30) for name in ("province", "city", "county")}
        told = SpellDetail(
            worker_key=key,
            spell_key=spell,
            said_by=SaidBy(chosen(typed("said_by"), tuple(SaidBy)) or SaidBy.WORKER),
            told_on=typed_date("told_on") or office.today(),
            verified_how=chosen(typed("verified_how"), tuple(ProofKind)),
            employer=typed("employer", limit=60),
            yuan=_number("yuan"),
            note=typed("note", limit=300),
            **codes,
            **places,
        )
        state_detail(office, told, whose(), actor=signed_in().name)
    except InputRefused as refused:
        return _refused(key, refused, f"detail-{spell}")
    return _back(key, "LADDER_KEPT")


@bp.post("/<int:key>/employment/proof")
def proof(key: int) -> Page:
    """Something that was shown."""
    office, spell = the_office(), typed_key("spell") or 0
    try:
        shown = Proof(
            worker_key=key,
            spell_key=spell,
            kind=ProofKind(chosen(typed("kind"), tuple(ProofKind)) or ProofKind.PHONE_CALL),
            from_on=typed_date("from_on") or office.today(),
            until_on=typed_date("until_on"),
            told_on=typed_date("told_on") or office.today(),
            said_by=SaidBy(chosen(typed("said_by"), tuple(SaidBy)) or SaidBy.WORKER),
            yuan=_number("paid"),
            note=typed("note", limit=300),
        )
        show_proof(office, shown, whose(), actor=signed_in().name)
    except InputRefused as refused:
        return _refused(key, refused, f"proof-{spell}")
    return _back(key, "LADDER_KEPT")


@bp.post("/<int:key>/employment/undo")
def undo(key: int) -> Page:
    """A statement or a proof counts no more."""
    back = take_back_proof if typed("what") == "proof" else take_back_detail
    back(the_office(), key, typed_key("record") or 0, whose(), actor=signed_in().name)
    return _back(key, "LADDER_UNDONE")
