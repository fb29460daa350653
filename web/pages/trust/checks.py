"""Postings that wait for a person: what was found, in which words, and what staff decide.

In: what the checks found. Out: pages; a decision with its reason, or the letter to the employer as a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from jobs_feed.trust.decisions import close_filled, give_back, hold, letter_flags, release, reopen
from jobs_feed.trust.rules import rules
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Evidence
from matcher.domain.incoming.trust import Flag, PostingCheck
from matcher.domain.posting import Posting
from matcher.listings import Page
from matcher.office import UnitOfWork
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed
from web.pages.presentation import passages
from web.papers.context import paper_context
from web.papers.letter import LETTER_ENDINGS, build_letter, write_letters
from web.phrases import t, wording

bp = Blueprint("checks", __name__, url_prefix="/postings/checks")
PAGE_SIZE = 20
MOST_AT_ONCE = 100
EXCERPT = 40
"""Characters shown around the words a flag rests on."""
LISTS = ("held", "letters")


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """A flag as a page says it."""

    code: str
    severity: str
    told: str
    basis: str
    quotes: tuple[tuple[str, list[tuple[str, bool]]], ...]
    """The column, and its text cut into passages with the words marked."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One posting that waits."""

    key: int
    posting: Posting
    state: str
    flags: tuple[ShownFlag, ...]
    check: PostingCheck | None


def shown_flags(posting: Posting, check: PostingCheck | None) -> tuple[ShownFlag, ...]:
    """What was found, in the language of the page."""
    return () if check is None else tuple(_shown(posting, flag) for flag in check.flags)


def _shown(posting: Posting, flag: Flag) -> ShownFlag:
    """One flag with its words in their place."""
    told = wording().text(f"FOUND_{flag.code}", **(flag.args or {}))
    quotes = tuple((one.field, _excerpt(posting, one)) for one in flag.evidence if one.words)
    return ShownFlag(flag.code, flag.severity.value, told, t(rules()[flag.code].basis), quotes)


def _excerpt(posting: Posting, one: Evidence) -> list[tuple[str, bool]]:
    """The words with what stands around them; of long texts only that."""
    texts = {"岗位描述": posting.description, "薪资待遇": posting.wage_text, "岗位名称": posting.title}
    text = texts.get(one.field, "")
    start = one.start if one.start is not None and text.startswith(one.words, one.start) else text.find(one.words)
    if start < 0 or not text:
        return [(one.words, True)]
    first, last = max(0, start - EXCERPT), min(len(text), start + len(one.words) + EXCERPT)
    before, after = "…" if first else "", "…" if last < len(text) else ""
    cut = passages(text[first:last], [Evidence(one.field, one.words, start=start - first)])
    return [(before, False), *cut, (after, False)]


@bp.get("/")
def index() -> str:
    """The postings that wait, oldest first."""
    what, number = chosen(asked("what"), LISTS) or "held", page_number()
    with the_office().reading() as unit:
        keys, total = unit.checks.waiting(
            letters=what == "letters", division=scope().division, first=(number - 1) * PAGE_SIZE, size=PAGE_SIZE
        )
        counts = {name: unit.checks.waiting(letters=name == "letters", division=scope().division)[1] for name in LISTS}
        stored, checks = unit.postings.many(keys), unit.checks.many(keys)
    rows = [
        Waiting(key, stored[key].value, stored[key].state.name, shown_flags(stored[key].value, check), check)
        for key in keys
        for check in (checks.get(key),)
    ]
    page = Page(tuple(rows), total, number, PAGE_SIZE)
    return render_template("checks.html", page=page, what=what, lists=LISTS, counts=counts, endings=LETTER_ENDINGS)


def _ticked() -> list[int]:
    """The postings ticked on the page."""
    keys = [int(text) for text in request.form.getlist("key") if text.isdecimal() and len(text) < 12]
    if not keys:
        raise InputRefused(t("PAGE_CHECK_NONE_TICKED"))
    if len(keys) > MOST_AT_ONCE:
        raise InputRefused(t("PAGE_CHECK_TOO_MANY", most=MOST_AT_ONCE))
    return list(dict.fromkeys(keys))


def _own(unit: UnitOfWork, keys: list[int]) -> None:
    """Refuses postings outside the division of the account."""
    for key in keys:
        unit.postings.get(key, division=scope().division)


@bp.post("/release")
def let_go() -> Response:
    """Ticked postings may be suggested as they stand."""
    keys = _ticked()
    with the_office().reading() as unit:
        _own(unit, keys)
    count = release(the_office(), keys, reason=typed("reason", limit=200), actor=signed_in().name)
    flash(t("PAGE_CHECK_RELEASED", count=count), "done")
    return redirect(_back())


@bp.post("/return")
def send_back() -> Response:
    """The letters of ticked postings as a file; that they were given back is noted."""
    office, keys = the_office(), _ticked()
    ending = chosen(typed("ending"), LETTER_ENDINGS) or "pdf"
    papers = office.wording("zh", "web.translations")
    with office.reading() as unit:
        _own(unit, keys)
        stored, checks = unit.postings.many(keys), unit.checks.many(keys)
        context = paper_context({name.value: value for name, value in unit.settings.all().items()}, papers)
    letters = [
        build_letter(stored[key].value, checks[key], papers, context, made_on=office.today())
        for key in keys
        if key in checks and letter_flags(checks[key])
    ]
    if not letters:
        raise InputRefused(t("PAGE_CHECK_NO_LETTER"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"letters.{ending}"
        write_letters(letters, path)
        content = BytesIO(path.read_bytes())
    give_back(office, [key for key in keys if key in checks and letter_flags(checks[key])], actor=signed_in().name)
    return send_file(content, as_attachment=True, download_name=f"{t('PAGE_LETTER_FILE')}.{ending}")


@bp.post("/<int:key>/hold")
def hold_one(key: int) -> Response:
    """One open posting is suggested no more until staff release it."""
    _check_own(key)
    hold(the_office(), key, reason=typed("reason", limit=200), actor=signed_in().name)
    return _to_posting(key)


@bp.post("/<int:key>/reopen")
def reopen_one(key: int) -> Response:
    """One closed posting looks for people again."""
    _check_own(key)
    reopen(the_office(), key, reason=typed("reason", limit=200), actor=signed_in().name)
    return _to_posting(key)


@bp.post("/<int:key>/filled")
def filled_one(key: int) -> Response:
    """The employer of one posting has everybody wanted; whoever holds a sheet for it is called next."""
    _check_own(key)
    close_filled(the_office(), key, actor=signed_in().name)
    mine = scope()
    with the_office().reading() as unit:
        _, many = unit.holders.of_posting(key, division=mine.division, villages=mine.villages, limit=1)
    if not many:
        return _to_posting(key)
    flash(t("DESK_FILLED_CALL", count=many), "done")
    return redirect(url_for("counter.holders", key=key))


def _check_own(key: int) -> None:
    """Refuses a posting outside the division of the account."""
    with the_office().reading() as unit:
        _own(unit, [key])


def _to_posting(key: int) -> Response:
    """Back to the posting, with a word that it is stored."""
    flash(t("PAGE_CHECK_SAVED"), "done")
    return redirect(url_for("postings.posting", key=key))


def _back() -> str:
    """The list the visitor came from."""
    return url_for("checks.index", what=chosen(typed("what"), LISTS) or "held")
