"""Pasting an advert: a group message becomes cards, cards become postings, and the people they suit stand below.

In: a text, then the cards as a person left them. Out: pages; nothing waits on the server in between, and nothing is
stored before every card that is kept has what a posting needs.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobs_feed.columns import names_of
from jobs_feed.pasted import LONGEST_TEXT, PastedText, read_pasted
from jobs_feed.pasted_filing import Card, file_cards
from matcher.domain.errors import InputRefused
from matcher.suiting import suits
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked
from web.pages.jobs.pasted_view import (
    FIELDS,
    FIRST,
    LONG_FIELDS,
    ShownCard,
    left_rows,
    passages_of,
    shown_cards,
    typed_cards,
)
from web.pages.jobs.understanding import column_name
from web.phrases import t, wording

bp = Blueprint("pasted", __name__, url_prefix="/postings/paste")
MOST_KEYS = 40


@bp.get("/")
def index() -> str:
    """One box."""
    return render_template("pasted.html", text="", longest=LONGEST_TEXT)


@bp.post("/read")
def read() -> str:
    """The adverts of the text as cards; nothing is stored."""
    text = _text()
    if not text.strip():
        return render_template("pasted.html", text="", longest=LONGEST_TEXT, note=t("PAGE_PASTE_EMPTY"))
    office = the_office()
    found = read_pasted(text, office.tools)
    if not found.drafts:
        left = left_rows(found)
        return render_template("pasted.html", text=text, longest=LONGEST_TEXT, note=t("PAGE_PASTE_NOTHING"), left=left)
    return _cards_page(text, found, shown_cards(office, found))


@bp.post("/store")
def store() -> str | Response:
    """Store every card that is kept, or show again what is missing."""
    office, text = the_office(), _text()
    found = read_pasted(text, office.tools)
    cards = typed_cards(office, found)
    kept = [card for card in cards if card.kept]
    if not kept:
        return _cards_page(text, found, cards, note=t("PAGE_PASTE_NONE_KEPT"))
    filed = file_cards(
        office,
        [Card(card.fields, card.line) for card in kept],
        text,
        actor=signed_in().name,
        name=t("PAGE_PASTED_NAME"),
    )
    if filed.refused:
        for card, problems in zip(kept, filed.problems, strict=True):
            card.problems = {problem.field: problem.sentence(wording()) for problem in problems}
        return _cards_page(text, found, cards, note=t("PAGE_PASTE_NOT_STORED"))
    return redirect(url_for("pasted.done", keys="-".join(str(key) for key in filed.keys), new=filed.stored))


@bp.get("/done")
def done() -> str:
    """What was stored, and whom it suits at once."""
    office, mine = the_office(), scope()
    parts = asked("keys", limit=400).split("-")
    keys = [int(part) for part in parts if part.isdecimal() and len(part) < 10][:MOST_KEYS]
    with office.reading() as unit:
        stored = unit.postings.many(keys)
    postings = [stored[key] for key in keys if key in stored]
    may_see = allowed("people.person")
    found = suits(office, [one.key for one in postings], mine) if may_see else {}
    return render_template("pasted_done.html", postings=postings, suited=found, may_see=may_see)


def _cards_page(text: str, found: PastedText, cards: list[ShownCard], *, note: str = "") -> str:
    """The cards beside the text."""
    return render_template(
        "pasted_cards.html",
        text=text,
        cards=cards,
        fields=FIELDS,
        long_fields=LONG_FIELDS,
        first=FIRST,
        column_name=column_name,
        required=names_of("postings").required,
        passages=passages_of(found),
        left=left_rows(found),
        note=note,
    )


def _text() -> str:
    """The pasted text; line ends as the reader counts them."""
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_TEXT:
        raise InputRefused(t("PAGE_PASTE_TOO_LONG", longest=LONGEST_TEXT))
    return text
