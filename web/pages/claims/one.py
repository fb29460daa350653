"""One claim: what it rests on, every step with who took it, what comes next.

In: a claim, a decision. Out: a page; the step stored.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.claims.boards import topic_of_claim
from matcher.claims.claiming import MOST_YUAN, decide, undo
from matcher.claims.kinds import kind_of
from matcher.domain.casenumber import case_number
from matcher.domain.errors import EditConflict, InputRefused
from matcher.domain.service.claim import BY_HAND, NEXT, ClaimRefused, ClaimState
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date
from web.pages.claims.desk import bp
from web.pages.claims.shown import kind_name, topic_name, yuan_text
from web.phrases import t


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
