"""One service case: where it stands, what the “131” lacks, what happened, and the forms to put on record what did.

In: what somebody did with or for the person. Out: the page; what was refused stands in its form again, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.cases import recording, referring
from matcher.cases.refusing import CaseRefused
from matcher.cases.timeline import CaseStory, case_story
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.service.casefile import ClassWord, DeliveryWay, ExitKind, GuidanceWay, Signed, StubResult
from matcher.domain.service.casestate import CaseState, Missing
from web.auth import signed_in
from web.config import the_office
from web.forms import typed, typed_date, typed_key
from web.pages.cases.lists import bp
from web.pages.cases.told import told_line
from web.pages.village.place import whose
from web.phrases import t

STEPS = (
    *(CaseState.OPEN, CaseState.GUIDED, CaseState.MATCHED, CaseState.DELIVERED, CaseState.IN_ACTION),
    *(CaseState.PLACED, CaseState.DAY7, CaseState.DAY30, CaseState.STABLE_3M, CaseState.CLOSED),
)
FORMS = {
    Missing.CASE: "open",
    Missing.GUIDANCE: "session",
    Missing.DELIVERY: "deliver",
    Missing.TRAINING: "class",
}
Page = str | Response | tuple[str, int]
E_ = TypeVar("E_", bound=StrEnum)


@bp.get("/<int:key>")
def person(key: int) -> str:
    """The case of one person."""
    return _page(key)


def _page(key: int, *, wrong: str = "", form: str = "") -> str:
    """The page, with a form that was refused where one was."""
    office = the_office()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        story = case_story(unit, key, whose(), policy)
    return render_template(
        "cases/person.html",
        key=key,
        case_no=case_number(key),
        story=story,
        now=story.now,
        standing=story.now.standing,
        lines=[(line, told_line(line)) for line in story.lines],
        steps=STEPS,
        checks=[(one, one not in story.now.standing.missing, FORMS.get(one, "")) for one in Missing],
        forms=_forms(story),
        guidance_ways=tuple(GuidanceWay),
        delivery_ways=tuple(DeliveryWay),
        signatures=tuple(Signed),
        results=tuple(StubResult),
        class_words=_class_words(story),
        exits=tuple(ExitKind),
        least=policy.whole("case.session_minutes"),
        days=policy.whole("case.deliver_working_days"),
        me=signed_in().name,
        today=policy.on,
        first_form=_first_form(story),
        wrong=wrong,
        wrong_form=form,
    )


def _forms(story: CaseStory) -> tuple[str, ...]:
    """The forms that make sense now, the one that is due first."""
    state, found = story.now.standing.state, list[str]()
    has_plan = story.plan is not None and story.plan.plan.track.carries_postings
    if story.now.case is None or state.over:
        found.append("open" if story.now.case is None else "reopen")
    if state is CaseState.STABLE_3M:
        found.append("close")
    if not state.over:
        found.append("session")
        if has_plan:
            found += ["deliver", "class"]
        if has_plan and story.now.case is not None:
            found.append("refer")
        if story.letters:
            found.append("stub")
        if not state.works:
            found.append("leave")
    return (*found, "owner")


def _class_words(story: CaseStory) -> tuple[ClassWord, ...]:
    """What can be said of the class of the plan."""
    holds = story.plan is not None and story.plan.plan.training is not None
    return (ClassWord.WANTED, ClassWord.REFUSED) if holds else (ClassWord.NONE_FITS,)


def _first_form(story: CaseStory) -> str:
    """The form that stands open: what is due now."""
    standing = story.now.standing
    if standing.state is CaseState.STABLE_3M:
        return "close"
    if standing.state is CaseState.IN_ACTION and story.letters:
        return "stub"
    owed = standing.state.waits or standing.state is CaseState.IN_ACTION
    return next((FORMS[one] for one in standing.missing if owed and one in FORMS), "")


def _kept(key: int, form: str, keep: Callable[[], object], said: str) -> Page:
    """Keeps what was typed, or shows its form again with the reason."""
    try:
        keep()
    except CaseRefused as refused:
        return _page(key, wrong=t(refused.code, **refused.filling), form=form), 400
    except InputRefused as refused:
        return _page(key, wrong=refused.message, form=form), 400
    flash(t(said), "done")
    return redirect(url_for("cases.person", key=key), 303)


def _one(kind: type[E_], name: str) -> E_:
    """A member of an enumeration from the form; nothing else can be sent by the page."""
    try:
        return kind(typed(name))
    except ValueError:
        raise CaseRefused("CASE_NOT_CHOSEN") from None


def _day(name: str = "on") -> date:
    """A day from the form, today where it was left out."""
    return typed_date(name) or the_office().today()


def _number(name: str) -> int:
    """A whole number from the form, 0 where there is none."""
    digits = "".join(sign for sign in typed(name, limit=8) if sign.isdecimal())
    return int(digits) if digits else 0


@bp.post("/<int:key>/open")
def open_one(key: int) -> Page:
    """A case for this person."""
    office, me = the_office(), signed_in().name
    return _kept(key, "open", lambda: recording.open_case(office, key, whose(), actor=me), "CASE_OPENED")


@bp.post("/<int:key>/session")
def session(key: int) -> Page:
    """A session of guidance that was held."""
    return _kept(
        key,
        "session",
        lambda: recording.hold_session(
            the_office(),
            key,
            whose(),
            actor=signed_in().name,
            on=_day(),
            way=_one(GuidanceWay, "way"),
            minutes=_number("minutes"),
            guide=typed("guide", limit=40),
            signed=_one(Signed, "signed"),
            read_aloud=typed("read_aloud") == "1",
            note=typed("note", limit=500),
        ),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/deliver")
def deliver(key: int) -> Page:
    """The plan reached the person."""
    return _kept(
        key,
        "deliver",
        lambda: recording.deliver(
            the_office(),
            key,
            whose(),
            actor=signed_in().name,
            on=_day(),
            way=_one(DeliveryWay, "way"),
            who=typed("who", limit=40),
            signed=_one(Signed, "signed"),
            note=typed("note", limit=300),
        ),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/class")
def answer_class(key: int) -> Page:
    """What the person said of the class."""
    office, me, note = the_office(), signed_in().name, typed("note", limit=300)
    return _kept(
        key,
        "class",
        lambda: recording.answer_class(office, key, whose(), _one(ClassWord, "word"), actor=me, on=_day(), note=note),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/refer")
def refer(key: int) -> Page:
    """A referral to one posting of the plan."""
    office, me = the_office(), signed_in().name
    return _kept(
        key,
        "refer",
        lambda: referring.refer(office, key, whose(), _number("rank"), actor=me, on=_day()),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/stub")
def stub(key: int) -> Page:
    """What a return stub says."""
    return _kept(
        key,
        "stub",
        lambda: referring.stub_back(
            the_office(),
            key,
            whose(),
            typed_key("letter") or 0,
            _one(StubResult, "result"),
            actor=signed_in().name,
            on=_day(),
            started_on=typed_date("started_on"),
            yuan=_number("yuan") or None,
            note=typed("note", limit=300),
        ),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/leave")
def leave(key: int) -> Page:
    """A way out beside work that lasts."""
    office, me = the_office(), signed_in().name
    return _kept(
        key,
        "leave",
        lambda: recording.leave(
            office, key, whose(), _one(ExitKind, "exit"), actor=me, on=_day(), note=typed("note", limit=300)
        ),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/owner")
def owner(key: int) -> Page:
    """Who is responsible from now on."""
    office, me = the_office(), signed_in().name
    return _kept(
        key,
        "owner",
        lambda: recording.name_owner(office, key, whose(), typed("owner", limit=40), actor=me),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/close")
def close(key: int) -> Page:
    """The case is closed."""
    office, me = the_office(), signed_in().name
    return _kept(
        key,
        "close",
        lambda: recording.close_case(office, key, whose(), actor=me, note=typed("note", limit=300)),
        "CASE_KEPT",
    )


@bp.post("/<int:key>/undo")
def undo(key: int) -> Page:
    """A record is taken back, with the reason."""
    office, me, number = the_office(), signed_in().name, typed_key("record") or 0
    reason = typed("reason", limit=200)
    return _kept(
        key,
        f"undo-{number}",
        lambda: referring.take_back(office, key, whose(), number, reason, actor=me),
        "CASE_UNDONE",
    )
