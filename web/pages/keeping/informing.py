"""The sheet that tells people what is kept of them, why, for how long, and what they may ask: to print and to sign.

In: what the office said of itself, the terms of the policy. Out: a page to print, without anybody's name on it.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from matcher.domain.settings import SettingName
from matcher.intake.requests import ANSWER_DAYS
from matcher.upkeep.keeping.terms import Terms
from web.config import the_office

bp = Blueprint("informing", __name__, url_prefix="/informing")


@bp.get("/")
def index() -> str:
    """The sheet, with blanks for what the office has not entered."""
    office = the_office()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        stored = unit.settings.all()
    return render_template(
        "keeping/informing.html",
        name=stored[SettingName.OFFICE_NAME],
        phone=stored[SettingName.OFFICE_PHONE],
        complaints=stored[SettingName.COMPLAINT_PHONE],
        address=stored[SettingName.OFFICE_ADDRESS],
        terms=Terms.of(policy),
        days=policy.whole(ANSWER_DAYS),
    )
