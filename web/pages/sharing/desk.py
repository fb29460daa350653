"""Where staff decide what is shared: the switch, pairings, employers' consents.

In: what staff enter. Out: the page with the addresses to hand on; every decision is kept and noted in the audit record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobs_feed.publishing.adverts import hidden_because
from jobs_feed.publishing.consent import record_consent, subject_of_posting
from jobs_feed.publishing.frame import Frame, frame_of
from jobs_feed.publishing.regions import BEIJING
from jobs_feed.reference import rows_of
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.sharing import ContactConsent, Pairing
from matcher.domain.match import Exclusion
from matcher.domain.settings import SWITCHED_ON, SettingName
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date
from web.phrases import t

if TYPE_CHECKING:
    from matcher.store import StoredPosting, UnitOfWork

bp = Blueprint("sharing", __name__, url_prefix="/sharing")
SHOWN_CONSENTS = 50


@dataclass(frozen=True, slots=True)
class Address:
    """Where a form of the postings is."""

    label: str
    address: str


@bp.get("/")
def index() -> str:
    """The switch, the addresses, pairings and consents."""
    office = the_office()
    with office.reading() as unit:
        frame = frame_of(office, unit)
        pairings = unit.sharing.pairings()
    consents = sorted(frame.consents.values(), key=lambda consent: -consent.number)
    known = {(pairing.banner, pairing.district) for pairing in pairings}
    hints = [hint for hint in rows_of("pairing_hints") if (hint["banner"], hint["district"]) not in known]
    return render_template(
        "sharing.html",
        frame=frame,
        addresses=_addresses(frame),
        regions=_regions(frame),
        pairings=pairings,
        hints=hints,
        banners=_named(office.gazetteer.home),
        districts=_named(BEIJING),
        place_name=office.gazetteer.name,
        consents=consents[:SHOWN_CONSENTS],
        today=office.today(),
    )


def _named(division: str) -> list[tuple[str, str]]:
    """The counties of a division, by code and name."""
    gazetteer = the_office().gazetteer
    return [(code, gazetteer.name(code)) for code in gazetteer.counties_of(division)]


def _addresses(frame: Frame) -> list[Address]:
    """The addresses of everything."""
    root = _root(frame)
    return [
        Address("PAGE_SHARE_FOR_PEOPLE", f"{root}shared/"),
        Address("PAGE_SHARE_FOR_OFFICES", f"{root}shared/feed.json"),
        Address("PAGE_SHARE_FOR_NEWS", f"{root}shared/rss.xml"),
        Address("PAGE_SHARE_FOR_TABLES", f"{root}shared/jobs.xlsx"),
    ]


def _regions(frame: Frame) -> list[tuple[str, str]]:
    """The feeds of single banners and of paired districts, by name and address."""
    root, gazetteer = _root(frame), the_office().gazetteer
    counties = gazetteer.counties_of(gazetteer.home)
    rows = [(gazetteer.name(code), f"{root}shared/feed.json?division={code}") for code in counties]
    districts = sorted({pairing.district for pairing in frame.pairings})
    paired = [
        (frame.wording.text("SHARE_PAIRED", district=gazetteer.name(code)), f"{root}shared/feed.json?district={code}")
        for code in districts
    ]
    return paired + rows


def _root(frame: Frame) -> str:
    """The address others reach this server by."""
    return frame.public_url or request.url_root


@bp.post("/switch")
def switch() -> Response:
    """On or off."""
    wanted = chosen(typed("publishing"), (SWITCHED_ON,))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.settings.put(SettingName.PUBLISHING, wanted)
        unit.audit.note("sharing", subject="office", fields="on" if wanted else "off")
    flash(t("PAGE_SHARE_NOW_ON" if wanted else "PAGE_SHARE_NOW_OFF"), "done")
    return redirect(url_for("sharing.index"))


@bp.post("/pairings")
def pair() -> Response:
    """A banner and a district are paired, on the word of a document."""
    banner = chosen(typed("banner"), [code for code, _ in _named(the_office().gazetteer.home)])
    district = chosen(typed("district"), [code for code, _ in _named(BEIJING)])
    since, basis = typed_date("since"), typed("basis", limit=200)
    if not banner or not district or since is None or not basis:
        raise InputRefused(t("PAGE_PAIRING_INCOMPLETE"))
    until = typed_date("until")
    if until is not None and until < since:
        raise InputRefused(t("PAGE_PAIRING_DATES"))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.sharing.put_pairing(Pairing(banner=banner, district=district, since=since, until=until, basis=basis))
        unit.audit.note("pairing", subject=f"pairing:{banner}-{district}", fields="entered")
    flash(t("PAGE_SAVED"), "done")
    return _back()


@bp.post("/pairings/end")
def unpair() -> Response:
    """A pairing was entered by mistake."""
    banner, district = typed("banner", limit=12), typed("district", limit=12)
    with the_office().unit(actor=signed_in().name) as unit:
        unit.sharing.end_pairing(banner, district)
        unit.audit.note("pairing", subject=f"pairing:{banner}-{district}", fields="removed")
    flash(t("PAGE_SAVED"), "done")
    return _back()


def _back() -> Response:
    """The page a pairing was entered on."""
    return redirect(url_for(chosen(typed("back"), ("pairings.index",)) or "sharing.index"))


@bp.post("/consent/<int:key>")
def consent(key: int) -> Response:
    """The employer of a posting agrees to its contact being published, or no longer does."""
    given, by = chosen(typed("given"), ("yes", "no")), typed("by", limit=60)
    if not given or not by:
        raise InputRefused(t("PAGE_CONSENT_INCOMPLETE"))
    office = the_office()
    with office.unit(actor=signed_in().name) as unit:
        subject = subject_of_posting(unit.postings.get(key).value)
        touched = record_consent(unit, subject, given=given == "yes", by=by, on=office.today())
    flash(t("PAGE_CONSENT_SAVED", postings=touched), "done")
    return redirect(url_for("postings.posting", key=key))


@dataclass(frozen=True, slots=True)
class PostingSharing:
    """How a posting stands towards others."""

    switched_on: bool
    hidden: Exclusion | None
    """Why it is not shown to them."""
    received: str
    """The other office it came from, "" for an own one."""
    agreed: bool
    decision: ContactConsent | None
    """The decision it rests on."""
    phone: str


def posting_sharing(unit: UnitOfWork, stored: StoredPosting) -> PostingSharing:
    """What the page of a posting says about sharing."""
    office = the_office()
    frame = frame_of(office, unit, dated=False)
    return PostingSharing(
        switched_on=frame.switched_on,
        hidden=hidden_because(stored, office, frame),
        received=frame.received.get(stored.value.sender, ""),
        agreed=frame.agreed(stored.value),
        decision=frame.decision(stored.value),
        phone=frame.phone,
    )
