"""Booths of a fair: employers, numbers, the way through the hall, postings stored already or pasted anew.

In: what an organiser types or ticks. Out: the change, and the page it was made on; a posting that is held stays out.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobs_feed.columns import names_of
from jobs_feed.pasted import LONGEST_TEXT, read_pasted
from jobs_feed.pasted_filing import Card, file_cards
from matcher.domain.errors import InputRefused
from matcher.fairs.making import (
    add_booth,
    add_employers,
    booth_views,
    change_booth,
    offered_by,
    place_postings,
    remove_booth,
    take_posting,
)
from web.auth import allowed
from web.config import the_office
from web.forms import asked, chosen, typed, typed_key
from web.pages.fairs.common import actor, fair_here, the_fair
from web.pages.fairs.desk import bp
from web.pages.jobs.pasted_view import FIELDS, FIRST, LONG_FIELDS, ShownCard, shown_cards, typed_cards
from web.pages.jobs.understanding import column_name
from web.phrases import t, wording

STEPS = {"up": -1, "down": 1}
MOST_AT_ONCE = 200


@bp.post("/<int:key>/employers")
def employers(key: int) -> Response:
    """A booth for each employer that was ticked, with its postings."""
    names = [name for name in request.form.getlist("employer")[:MOST_AT_ONCE] if name]
    if not names:
        raise InputRefused(t("FAIR_NONE_TICKED"))
    many = add_employers(the_office(), fair_here(key), names, actor=actor())
    flash(t("FAIR_BOOTHS_ADDED", many=many), "done")
    return redirect(url_for("fairs.fair", key=key))


@bp.post("/<int:key>/booths")
def new_booth(key: int) -> Response:
    """A booth for one employer; its open postings are placed at once."""
    office, fair = the_office(), fair_here(key)
    employer, number = typed("employer", limit=80), typed("number", limit=6)
    booth = add_booth(office, fair, employer, number=number, note=typed("note", limit=200), actor=actor())
    with office.reading() as unit:
        offered = offered_by(office, unit, fair, unit.fairs.booths.get(key, booth))
    place_postings(office, fair, booth, [one.stored.key for one in offered if not one.blocked], actor=actor())
    return redirect(url_for("fairs.booth", key=key, booth=booth))


@bp.get("/<int:key>/booths")
def booth(key: int) -> str:
    """One booth: its postings with what stands against them, others of the employer, a box to paste into."""
    text = asked("booth", limit=10)
    return _booth_page(key, int(text) if text.isdecimal() else 0)


def _booth_page(key: int, booth_key: int, **more: object) -> str:
    """The page of one booth."""
    office = the_office()
    with office.reading() as unit:
        fair = the_fair(unit, key)
        found = unit.fairs.booths.get(key, booth_key)
        view = next(one for one in booth_views(office, unit, fair) if one.booth.key == found.key)
        offered = offered_by(office, unit, fair, found)
    may_paste = allowed("fairs.paste")
    return render_template(
        "fairs/booth_edit.html",
        fair=fair,
        view=view,
        offered=offered,
        may_paste=may_paste,
        longest=LONGEST_TEXT,
        **more,
    )


@bp.post("/<int:key>/booths/save")
def save_booth(key: int) -> Response:
    """Number, note, a step through the hall, or away with it."""
    office, fair, booth_key = the_office(), fair_here(key), typed_key("booth") or 0
    if typed("remove") == "1":
        remove_booth(office, fair, booth_key, actor=actor())
        flash(t("FAIR_BOOTH_GONE"), "done")
        return redirect(url_for("fairs.fair", key=key))
    step = STEPS.get(chosen(typed("step"), STEPS), 0)
    with office.reading() as unit:
        before = unit.fairs.booths.get(key, booth_key)
    number = typed("number", limit=6) or before.number
    note = typed("note", limit=200) if "note" in request.form else before.note
    change_booth(office, fair, booth_key, number=number, note=note, step=step, actor=actor())
    if step:
        return redirect(url_for("fairs.fair", key=key, _anchor=f"booth-{booth_key}"))
    flash(t("FAIR_SAVED"), "done")
    return redirect(url_for("fairs.booth", key=key, booth=booth_key))


@bp.post("/<int:key>/booths/place")
def place(key: int) -> Response:
    """Postings that were ticked stand at the booth."""
    booth_key = typed_key("booth") or 0
    keys = [int(text) for text in request.form.getlist("posting")[:MOST_AT_ONCE] if text.isdecimal() and len(text) < 12]
    if not keys:
        raise InputRefused(t("FAIR_NONE_TICKED"))
    place_postings(the_office(), fair_here(key), booth_key, keys, actor=actor())
    flash(t("FAIR_PLACED", many=len(keys)), "done")
    return redirect(url_for("fairs.booth", key=key, booth=booth_key))


@bp.post("/<int:key>/booths/take")
def take(key: int) -> Response:
    """A posting goes from the booth."""
    booth_key = typed_key("booth") or 0
    take_posting(the_office(), fair_here(key), booth_key, typed_key("posting") or 0, actor=actor())
    return redirect(url_for("fairs.booth", key=key, booth=booth_key))


@bp.post("/<int:key>/booths/paste")
def paste(key: int) -> str:
    """What an employer sends as text, read into cards to look at; nothing is stored."""
    booth_key = typed_key("booth") or 0
    with the_office().reading() as unit:
        fair = the_fair(unit, key)
        booth = unit.fairs.booths.get(key, booth_key)
    text = _text()
    found = read_pasted(text, the_office().tools)
    if not found.drafts:
        return _booth_page(
            key, booth_key, pasted=text, note=t("PAGE_PASTE_NOTHING" if text.strip() else "PAGE_PASTE_EMPTY")
        )
    cards = shown_cards(the_office(), found)
    for card in cards:
        card.fields["用人单位"] = card.fields["用人单位"] or booth.employer
        card.fields["工作地点"] = card.fields["工作地点"] or the_office().gazetteer.name(fair.division, "zh")
    return _cards(key, booth_key, text, cards)


@bp.post("/<int:key>/booths/pasted")
def store_pasted(key: int) -> str | Response:
    """The cards that are kept become postings and stand at the booth."""
    booth_key, office, text = typed_key("booth") or 0, the_office(), _text()
    with office.reading() as unit:
        fair = the_fair(unit, key)
        unit.fairs.booths.get(key, booth_key)
    cards = typed_cards(office, read_pasted(text, office.tools))
    kept = [card for card in cards if card.kept]
    if not kept:
        return _cards(key, booth_key, text, cards, note=t("PAGE_PASTE_NONE_KEPT"))
    listed = [Card(card.fields, card.line) for card in kept]
    filed = file_cards(office, listed, text, actor=actor(), name=t("FAIR_PASTED_NAME", name=fair.name))
    if filed.refused:
        for card, problems in zip(kept, filed.problems, strict=True):
            card.problems = {problem.field: problem.sentence(wording()) for problem in problems}
        return _cards(key, booth_key, text, cards, note=t("PAGE_PASTE_NOT_STORED"))
    try:
        place_postings(office, fair, booth_key, filed.keys, actor=actor())
    except InputRefused as held:
        return _booth_page(key, booth_key, note=held.message)
    flash(t("FAIR_PLACED", many=len(filed.keys)), "done")
    return redirect(url_for("fairs.booth", key=key, booth=booth_key))


def _cards(key: int, booth_key: int, text: str, cards: list[ShownCard], *, note: str = "") -> str:
    """The cards to be looked at."""
    return render_template(
        "fairs/booth_cards.html",
        key=key,
        booth=booth_key,
        text=text,
        cards=cards,
        note=note,
        fields=FIELDS,
        long_fields=LONG_FIELDS,
        first=FIRST,
        required=names_of("postings").required,
        column_name=column_name,
    )


def _text() -> str:
    """The pasted text; line ends as the reader counts them."""
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_TEXT:
        raise InputRefused(t("PAGE_PASTE_TOO_LONG", longest=LONGEST_TEXT))
    return text
