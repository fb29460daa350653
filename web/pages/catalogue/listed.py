"""The list of offers, found by plain words, and one offer with its versions.

In: what is looked for. Out: pages; nothing about anybody.
"""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from matcher.catalogue.asking import find_items, questions_of
from matcher.catalogue.changing import newest_first
from matcher.catalogue.saying import condition_lines, said_amounts, said_basis, said_material, said_rule
from matcher.domain.division import division_prefix
from matcher.domain.errors import RecordNotFound
from matcher.domain.papers.records import PaperKind
from matcher.domain.service.policies.catalogue import Audience, Item
from matcher.wording.sentences import separator_of
from web.auth import allowed, scope
from web.config import the_office
from web.forms import asked, chosen, typed
from web.pages.catalogue import bp
from web.pages.papers.delivery import at_once, typed_order
from web.phrases import language, wording

PRINTS = tuple(kind.value for kind in (PaperKind.POLICY_LIST, PaperKind.POLICY_QA, PaperKind.EMPLOYER_POLICY))
AUDIENCES = tuple(audience.value for audience in Audience)


def home_division() -> str:
    """The digits of the county an account works in, of the city for the city."""
    return division_prefix(scope().division or the_office().gazetteer.home)


def may_edit(region: str) -> bool:
    """A banner changes what is valid in the banner only, the city everything."""
    return allowed("catalogue.save") and region.startswith(home_division())


def shown_item(item: Item) -> dict[str, object]:
    """What templates say of an offer."""
    words = wording()
    return {
        "item": item,
        "title": item.title.of(language()),
        "plain": item.plain.of(language()),
        "where": item.where.of(language()),
        "basis": said_basis(item),
        "amounts": said_amounts(words, item.amounts),
        "open": any(amount.value is None for amount in item.amounts),
        "lines": [said_rule(words, line) for line in condition_lines(item.rule)],
        "materials": separator_of(language()).join(
            [*(said_material(words, code) for code in item.materials), *item.own_materials]
        ),
    }


@bp.get("/")
def index() -> str:
    """Everything on offer today, narrowed by audience and by plain words."""
    office, audience, text = the_office(), chosen(asked("audience"), AUDIENCES), asked("q")
    standing = office.policy.catalogue.on(office.today(), home_division())
    mine = [item for item in standing if not audience or item.audience.value == audience]
    found = find_items(mine, text)
    return render_template(
        "catalogue/index.html",
        shown=[shown_item(item) for item in found],
        total=len(standing),
        q=text,
        audience=audience,
        audiences=AUDIENCES,
    )


@bp.post("/print")
def printed() -> Response:
    """The list for the wall, the questions, or the notice for an employer, as a file to save."""
    kind = chosen(typed("paper"), PRINTS) or PRINTS[0]
    employer = typed("employer", limit=100) if kind == PaperKind.EMPLOYER_POLICY.value else ""
    return at_once(typed_order(PaperKind(kind), employer=employer, division=scope().division))


@bp.get("/<code>")
def item(code: str) -> str:
    """One offer: what stands, its conditions and papers, its versions, questions about it."""
    office = the_office()
    history = newest_first(office.policy.catalogue.history(code))
    if not history:
        raise RecordNotFound("没有这一条政策", ref=code)
    standing = office.policy.catalogue.version_on(code, on=office.today(), division=home_division())
    current = standing or history[0]
    with office.reading() as unit:
        asked_of = [one for one in questions_of(unit) if code in one.items]
    return render_template(
        "catalogue/item.html",
        **shown_item(current.item),
        standing=standing,
        history=history,
        asked_of=asked_of,
        lang=language(),
        place_name=lambda region: office.gazetteer.name(region.ljust(6, "0"), language()),
        may=may_edit(current.item.region),
    )
