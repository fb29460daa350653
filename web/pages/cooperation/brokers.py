"""Recorded agencies and brokers with their results, and labour brands.

In: what staff enter; a posting that waits for its sender to be recorded. Out: pages; with a record entered the postings
of its holder are looked at again and open when nothing else holds them.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.trust.brokers import end_broker, record_broker, take_back_broker
from jobs_feed.trust.intermediary import intermediary_words
from jobs_feed.trust.recorded_only import RULE, Concerned, concerned, is_on, switch
from matcher.cooperation.entering import keep_brand, newest_brands
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.intermediaries import Broker, BrokerKind, LabourBrand
from matcher.listings import Scope
from matcher.visiting.books import books, engagements
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_date, typed_key
from web.pages.cooperation.common import TABS, banners, short_name, typed_area, typed_number
from web.phrases import t

bp = Blueprint("brokers", __name__, url_prefix="/brokers")
KINDS = tuple(kind.value for kind in BrokerKind)
HELD = "UNRECORDED_BROKER"
FIELDS = {"来源": "source"}
MOST_SHOWN = 200
"""Postings listed before the rule is switched on; the number is always that of all."""


@bp.get("/")
def index() -> str:
    """The registry with what came of each, and how many postings wait for a record."""
    office, mine = the_office(), scope()
    posting = asked("posting", limit=12)
    with office.reading() as unit:
        brokers = unit.cooperation.brokers.where()
        made = books(engagements(office, unit, Scope(division=mine.division)), office.today())
        held = unit.checks.holding(HELD, division=mine.division)
        waiting = unit.postings.get(int(posting)).value if posting.isdecimal() else None
    prefilled = Broker(
        name="", name_key="", kind=BrokerKind.AGENCY, record_no="", division="", valid_from=office.today()
    )
    if waiting is not None:
        words = intermediary_words(waiting)
        name = words[0].words if words and words[0].field in FIELDS else waiting.employer
        prefilled = replace(prefilled, name=name, uscc=waiting.uscc)
    policy = office.policy.at(office.today())
    return render_template(
        "cooperation/brokers.html",
        tabs=TABS,
        brokers=brokers,
        results={one.name_key: made[one.name_key] for one in brokers if one.name_key in made},
        held=held,
        prefilled=prefilled,
        posting=posting if waiting is not None else "",
        kinds=KINDS,
        banners=banners(),
        home=office.gazetteer.home,
        short_name=short_name,
        ages=(policy.whole("cooperation.broker_age_min"), policy.whole("cooperation.broker_age_max")),
        today=office.today(),
        rule=RULE,
        rule_on=is_on(office),
        concerned=() if is_on(office) else _concerned(mine.division),
        most=MOST_SHOWN,
        mine_covers=lambda division: lies_within(division, mine.division),
    )


def _concerned(division: str) -> list[Concerned]:
    """The open postings of a division the rule would hold."""
    return [one for one in concerned(the_office()) if lies_within(one.place, division) or not one.place]


@bp.post("/rule")
def rule() -> Response:
    """The rule that only recorded intermediaries may post, switched on or off for the whole office."""
    on = typed("on") == "yes"
    many = switch(the_office(), on=on, actor=signed_in().name)
    flash(t("BROKER_RULE_IS_ON" if on else "BROKER_RULE_IS_OFF", count=many), "done")
    return redirect(url_for("brokers.index"), 303)


@bp.post("/")
def record() -> Response:
    """An intermediary put on record, or its record renewed."""
    office = the_office()
    told = Broker(
        name=typed("name", limit=120),
        name_key="",
        kind=BrokerKind(chosen(typed("kind"), KINDS) or BrokerKind.AGENCY.value),
        record_no=typed("record_no", limit=60),
        uscc=typed("uscc", limit=18),
        division=typed_area(),
        valid_from=typed_date("valid_from") or office.today(),
        valid_to=typed_date("valid_to"),
        born_on=typed_date("born_on"),
        phone=typed("phone", limit=30),
        note=typed("note", limit=300),
    )
    _, many = record_broker(office, told, division=scope().division, actor=signed_in().name)
    flash(t("BROKER_RECORDED", count=many), "done")
    key = typed_key("posting")
    return redirect(url_for("postings.posting", key=key) if key is not None else url_for("brokers.index"), 303)


@bp.post("/end")
def end() -> Response:
    """A record that holds no longer, or was entered by mistake."""
    key = typed_key("record")
    if key is None:
        raise InputRefused(t("COOP_NOTHING_CHOSEN"))
    verb = take_back_broker if typed("act") == "mistake" else end_broker
    many = verb(the_office(), key, division=scope().division, actor=signed_in().name)
    flash(t("BROKER_ENDED", count=many), "done")
    return redirect(url_for("brokers.index"), 303)


@bp.get("/brands")
def brands() -> str:
    """Labour brands as counted last."""
    office = the_office()
    with office.reading() as unit:
        found = newest_brands(unit.cooperation.brands.where(division=scope().division))
    families = sorted((office.lexicon.name(code), code) for code in office.lexicon.families)
    return render_template(
        "cooperation/brands.html",
        tabs=TABS,
        brands=found,
        families=families,
        banners=banners(),
        home=office.gazetteer.home,
        short_name=short_name,
        today=office.today(),
    )


@bp.post("/brands")
def brand() -> Response:
    """A brand as counted on a day."""
    told = LabourBrand(
        name=typed("name", limit=60),
        name_key="",
        division=typed_area(),
        occupation=typed("occupation", limit=60),
        headcount=typed_number("headcount", most=1_000_000) or 0,
        yuan_low=typed_number("yuan_low", most=100_000),
        yuan_high=typed_number("yuan_high", most=100_000),
        counted_on=typed_date("counted_on") or the_office().today(),
        source=typed("source", limit=120),
        reputation=typed("reputation", limit=300),
        phone=typed("phone", limit=30),
    )
    keep_brand(the_office(), told, scope(), actor=signed_in().name)
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("brokers.brands"), 303)
