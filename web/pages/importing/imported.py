"""One import that was made: its figures, its problems, and taking it back.

In: the key of an import. Out: its page; after an undo what went back and what had to stay, one by one.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.pipeline import kept_problems
from jobs_feed.undo import ImportRecord, Kept, UndoRefused, outcome_of, reason_of, undo_import
from matcher.domain.account import Role
from matcher.domain.errors import RecordNotFound
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.incoming.reception import desk
from web.incoming.shown import SHOWN_PROBLEMS, said
from web.incoming.state import ERROR_SHEET
from web.pages.importing.imports import imports_seen
from web.phrases import say, t

bp = Blueprint("imported", __name__, url_prefix="/imports")
SHOWN_KEPT = 200


@bp.get("/<int:key>")
def record(key: int) -> str:
    """One import as it was made."""
    with the_office().reading() as unit:
        found = unit.imports.get(key, seen=imports_seen())
        undone = unit.versions.undone([key]).get(key)
        ticket = unit.versions.ticket_of(key)
        kept = unit.versions.is_kept(key)
        stays = unit.versions.named(found.kind, undone.kept[:SHOWN_KEPT]) if undone else ()
        division = scope().division
        looks = found.kind == "workers" and allowed("reviews.index")
        reviews = unit.reviews.count(division=division) if looks else 0
        changes = unit.roster_changes.counts([key], division=division).get(key, 0)
    problems = kept_problems(found)
    return render_template(
        "import_record.html",
        one=found,
        undone=undone,
        reviews=reviews,
        roster_changes=changes,
        undoable=kept and undone is None and found.stored + found.updated > 0 and may_undo(found),
        problems=said(problems),
        problems_left=max(0, len(problems) - SHOWN_PROBLEMS),
        stays=_reasons(stays, len(undone.kept) if undone else 0),
        error_sheet=_error_sheet(ticket),
    )


def _error_sheet(ticket: str) -> str:
    """The upload whose sheet of refused rows this account may still download, "" where there is none."""
    staged = desk().get(ticket) if ticket else None
    if staged is None or staged.actor != signed_in().name:
        return ""
    return ticket if (staged.folder / ERROR_SHEET).is_file() else ""


def may_undo(found: ImportRecord) -> bool:
    """Who handed a file in may take it back; so may the city."""
    account = signed_in()
    return found.actor == account.name or account.role is Role.CITY


@bp.post("/<int:key>/undo")
def undo(key: int) -> str | Response:
    """Take a whole import back."""
    with the_office().reading() as unit:
        found = unit.imports.get(key, seen=imports_seen())
    if not may_undo(found):
        raise RecordNotFound("no such import for this account")
    try:
        done = undo_import(the_office(), key, actor=signed_in().name)
    except UndoRefused as refused:
        if not refused.kept:
            flash(say(refused.phrase), "warn")
            return redirect(url_for("imported.record", key=key))
        return render_template(
            "import_stays.html", one=found, message=say(refused.phrase), stays=_reasons(refused.kept, len(refused.kept))
        )
    flash(say(outcome_of(done)), "done")
    return redirect(url_for("imported.record", key=key))


def _reasons(kept: tuple[Kept, ...], count: int) -> list[str]:
    """Why each record stays; of very many the first."""
    reasons = [say(reason_of(one)) for one in kept[:SHOWN_KEPT]]
    if count > SHOWN_KEPT:
        reasons.append(t("PAGE_STAYS_MORE", count=count - SHOWN_KEPT))
    return reasons
