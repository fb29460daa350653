"""One cooperative.

In: the key of an entry. Out: its page.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from matcher.domain.service.around.local_work import Cooperative, SiteKind
from matcher.local_work.figures import lifted_share, mainly_lifted
from matcher.local_work.register import seen_site
from web.auth import scope
from web.config import the_office
from web.pages.local_work.projects import about_site

bp = Blueprint("cooperatives", __name__, url_prefix="/cooperatives")


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One cooperative: who belongs to it, and whether mainly lifted people do."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        site = seen_site(unit, key, mine, kinds=frozenset({SiteKind.COOPERATIVE}))
        about = about_site(unit, site, mine)
    assert isinstance(site.details, Cooperative)
    policy = office.policy.at(office.today())
    return render_template(
        "local_work/cooperative.html",
        share=lifted_share(site.details),
        mainly=mainly_lifted(site.details, policy),
        majority=policy.number("local_work.majority_share"),
        **about,
    )
