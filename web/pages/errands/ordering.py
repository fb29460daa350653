"""Ordering an errand: at once where few people are concerned, else by a process of its own.

In: an order. Out: the errand done and told, or the page that shows how far it is.
"""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.domain.intake.errands import ErrandOrder
from web.auth import signed_in
from web.config import the_office, web_config
from web.errands import desk
from web.errands.work import start_errand
from web.phrases import t


def takes_long(division: str) -> bool:
    """Whether so many people are concerned that nobody should wait for one answer."""
    office = the_office()
    with office.reading() as unit:
        many = unit.workers.count(division=division)
    return many > office.policy.at(office.today()).whole("errands.at_once")


def order(wanted: ErrandOrder, whole: bytes = b"") -> Response:
    """Gives an order, with the file that came with it; one of a kind and account at a time."""
    office, actor = the_office(), signed_in().name
    with office.unit(actor) as unit:
        running = unit.errands.running([wanted.kind], actor=actor)
        key = running[0].key if running else unit.errands.order(wanted)
    if running:
        flash(t("ERRAND_RUNS_ALREADY"), "warn")
    else:
        if whole:
            path = desk.brought(office.config, key)
            path.touch(mode=0o600)
            path.write_bytes(whole)
        if web_config().start_runs:
            start_errand(office.config, key)
    return redirect(url_for("errands.one", key=key), 303)
