"""Changes in the life of a person: written down, listed with who wrote them, and taken back.

In: what a clerk or coordinator learnt. Out: the page of changes of one person, and two records side by side before they
become one.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.rosters.reviewing import join_people, undo_merge
from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.division import Place
from matcher.domain.errors import InputRefused
from matcher.domain.intake.life import BY_HAND, LifeChange, LifeKind
from matcher.domain.worker import Worker
from matcher.intake.correcting import replan
from matcher.intake.living import Change, of_text, record, undo
from web.auth import may_see_identity, scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.pages.presentation import masked_id, masked_phone, named
from web.phrases import t

bp = Blueprint("life", __name__, url_prefix="/people")
KINDS = tuple(kind.value for kind in BY_HAND)


@dataclass(frozen=True, slots=True)
class Line:
    """One change as the page tells it."""

    change: LifeChange
    what: str


@bp.get("/<int:key>/changes")
def index(key: int) -> str:
    """What changed so far, and the forms for what has changed now."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        stored = unit.workers.get(key, division=mine.division, villages=mine.villages)
        changes = unit.life.of_person(key)
        merges = unit.merges.standing(division=mine.division, kept_key=key)
    standing = {one.kind for one in changes if one.undone_at is None}
    return render_template(
        "intake/life.html",
        key=key,
        case_no=case_number(key),
        worker=stored.value,
        lines=[Line(one, told_change(one)) for one in changes],
        merges=merges,
        divisions=divisions(),
        today=office.today(),
        restricted=LifeKind.RESTRICTED in standing,
        gone=any(kind.gone for kind in standing),
    )


@bp.post("/<int:key>/changes")
def change(key: int) -> Response:
    """Write a change down."""
    kind = chosen(typed("kind"), KINDS)
    if not kind:
        raise InputRefused(t("LIFE_NO_KIND"))
    told = Change(
        LifeKind(kind),
        on=typed_date("on"),
        name=typed("name", limit=60),
        phone=typed("phone", limit=30),
        guide=typed("guide", limit=40),
        division=typed("division", limit=30),
        village=typed("village", limit=40),
        note=typed("note", limit=200),
    )
    record(the_office(), key, scope(), told, actor=signed_in().name)
    flash(t("LIFE_KEPT"), "done")
    return _back(key)


@bp.post("/<int:key>/changes/undo")
def take_back(key: int) -> Response:
    """A change is taken back."""
    undo(the_office(), key, typed_key("change") or 0, scope(), actor=signed_in().name)
    flash(t("LIFE_UNDONE"), "done")
    return _back(key)


@bp.post("/<int:key>/same")
def compare(key: int) -> str:
    """Two records side by side, before they become one."""
    office, mine = the_office(), scope()
    other = _other(key)
    with office.reading() as unit:
        both = [unit.workers.get(one, division=mine.division, villages=mine.villages).value for one in (key, other)]
    rows = [(label, *(show(worker) for worker in both)) for label, show in _compared()]
    return render_template(
        "intake/same.html", key=key, other=other, numbers=[case_number(key), case_number(other)], rows=rows
    )


@bp.post("/<int:key>/join")
def join(key: int) -> Response:
    """The two records are one person."""
    mine, other = scope(), _other(key)
    join_people(the_office(), key, other, division=mine.division, villages=mine.villages, actor=signed_in().name)
    replan(the_office(), key, actor=signed_in().name)
    flash(t("LIFE_JOINED"), "done")
    return _back(key)


@bp.post("/<int:key>/part")
def part(key: int) -> Response:
    """They were two people after all."""
    mine = scope()
    with the_office().reading() as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
    undo_merge(the_office(), typed_key("merge") or 0, division=mine.division, actor=signed_in().name)
    flash(t("LIFE_PARTED"), "done")
    return _back(key)


def _back(key: int) -> Response:
    """Where somebody stands after a change; who moved out of the scope is seen on the list no more."""
    mine = scope()
    with the_office().reading() as unit:
        stored = unit.workers.many([key]).get(key)
    home, village = (stored.value.home.code, stored.value.village) if stored else ("", "")
    prefix = mine.division.rstrip("0")
    if not home.startswith(prefix) or (mine.villages and village not in mine.villages):
        flash(t("LIFE_OUT_OF_SIGHT"), "done")
        return redirect(url_for("people.index"), 303)
    return redirect(url_for("life.index", key=key), 303)


def _other(key: int) -> int:
    """The other record, by its case number."""
    other = read_case_number(typed("other", limit=20)) or typed_key("other_key")
    if other is None or other == key:
        raise InputRefused(t("LIFE_NO_OTHER"))
    return other


def told_change(change: LifeChange) -> str:
    """What a change made of what."""
    parts = [t("LIFE_WAS_NOW", was=_shown(one.name, one.was), now=_shown(one.name, one.now)) for one in change.fields]
    return "；".join([t(f"LIFE_{change.kind.name}"), *parts, *([change.note] if change.note else [])])


def _shown(name: str, text: str) -> str:
    """A value of a field as it may be shown."""
    value = of_text(name, text)
    if isinstance(value, Place):
        return named("division", value.code) if value.code else value.text or t("VALUE_NONE")
    if name == "phone":
        return masked_phone(text) or t("VALUE_NONE")
    return text or t("VALUE_NONE")


def _compared() -> list[tuple[str, object]]:
    """What two records are compared by, as the role may see it."""
    rows = [
        ("PAGE_NAME", lambda one: one.name),
        ("PAGE_HOME_PLACE", lambda one: f"{one.home.name or one.home.text} {one.village}"),
        ("PAGE_GUIDE", lambda one: one.guide_name),
    ]
    if may_see_identity():
        rows += [
            ("PAGE_ID_NUMBER", lambda one: masked_id(one.id_number)),
            ("PAGE_PHONE", lambda one: masked_phone(one.phone)),
            ("LIFE_BORN", lambda one: _year(one)),
            ("PAGE_TEXTS", lambda one: one.remarks),
        ]
    return rows


def _year(worker: Worker) -> str:
    """The year of birth, enough to compare by."""
    return str(worker.birth_date.year) if worker.birth_date else ""


def divisions(within: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """Every banner of a division with itself and its townships, by code."""
    gazetteer = the_office().gazetteer
    counties = [one for one in gazetteer.counties_of(gazetteer.home) if one.startswith(within[:6].removesuffix("00"))]
    codes = {county: [county, *gazetteer.children(county)] for county in counties}
    return [
        (named("division", county), [(one, named("division", one)) for one in codes[county]]) for county in counties
    ]
