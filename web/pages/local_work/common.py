"""What the pages of work near home share: refusals in the reader's language, amounts, the fields of a form.

In: values of the register, what was typed. Out: words, form fields, the way back to an entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import redirect, url_for
from werkzeug.wrappers import Response

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.service.around.local_work import Origin, Site, SiteKind
from matcher.listings import Scope
from matcher.local_work.fields import COMMON, LONGEST, STATES, details_fields
from matcher.local_work.refusing import LocalRefused
from matcher.office import StoredWorker
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked, typed
from web.pages.intake.life import divisions
from web.phrases import language, say, t

ENDPOINTS = {
    SiteKind.INDUSTRY: "projects.one",
    SiteKind.RELIEF: "projects.one",
    SiteKind.COOPERATIVE: "cooperatives.one",
    SiteKind.WORKSHOP: "workshops.one",
    SiteKind.POST: "posts.one",
}
HELPED = frozenset(
    {
        *("linked_fund", "invest_yuan", "labour_planned_yuan", "posts_resettled", "hires", "need_note", "need"),
        *("headcount", "allowance_yuan", "months", "budget_yuan", "village", "idle_since", "piece_rate"),
    }
)
"""Fields with a line of help."""
_WAN = 10_000
_LONGEST_TEXT = 300


@contextmanager
def in_words() -> Iterator[None]:
    """A refusal of the register as a line in the language of the page."""
    try:
        yield
    except LocalRefused as refused:
        raise InputRefused(say(refused.phrase)) from refused


def actor() -> str:
    """Who acts."""
    return signed_in().name


def money(yuan: int | float | None) -> str:
    """An amount as people say it; "" where nobody has said it."""
    if yuan is None:
        return ""
    if language() == "zh" and abs(yuan) >= _WAN and yuan % 100 == 0:
        return t("LOCAL_WAN", many=f"{yuan / _WAN:,.2f}".rstrip("0").rstrip("."))
    return t("LOCAL_YUAN", many=f"{yuan:,.0f}")


def percent(share: float | None) -> str:
    """A share in hundredths; "" where it is not known. Never rounded up to what is asked for."""
    return "" if share is None else f"{int(share * 1000 + 1e-9) / 10:g}%"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as the form shows it."""

    name: str
    form: str
    value: str
    limit: int
    choices: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    help: str = ""
    required: bool = False


def form_fields(kind: SiteKind, texts: Mapping[str, str], problems: Mapping[str, Phrase]) -> list[FormField]:
    """The fields of a kind with what was typed and what is wrong with it."""
    common = {"state": "choice", "origin": "choice", "division": "division"}
    named = [(name, common.get(name, "text")) for name in COMMON]
    named += [(one.name, one.form) for one in details_fields(kind)]
    return [
        FormField(
            name=name,
            form=form,
            value=texts.get(name, ""),
            limit=LONGEST.get(name, 80),
            choices=_choices(kind, name),
            problem=say(problems[name]) if name in problems else "",
            help=t(f"LOCAL_H_{name.upper()}") if name in HELPED else "",
            required=name in {"name", "division"},
        )
        for name, form in named
    ]


def _choices(kind: SiteKind, name: str) -> tuple[tuple[str, str], ...]:
    """What can be chosen in a field."""
    if name == "state":
        return tuple((one.value, state_word(kind, one.value)) for one in STATES[kind])
    if name == "origin":
        return tuple((one.value, t(f"LOCAL_ORIGIN_{one.name}")) for one in Origin)
    found = next((one.choices for one in details_fields(kind) if one.name == name), ())
    return tuple((one, t(f"LOCAL_TYPE_{one.upper()}")) for one in found)


def state_word(kind: SiteKind, state: str) -> str:
    """A state in words; a workshop is open or idle."""
    group = "WORKSHOP_" if kind is SiteKind.WORKSHOP and state in {"running", "paused"} else ""
    return t(f"LOCAL_STATE_{group}{state.upper()}")


def typed_texts(kind: SiteKind) -> dict[str, str]:
    """Everything the form says of a kind."""
    names = [*COMMON, *(one.name for one in details_fields(kind))]
    return {name: typed(name, limit=_LONGEST_TEXT) for name in names}


def offered_divisions() -> list[tuple[str, list[tuple[str, str]]]]:
    """The banners and townships an entry may lie in."""
    mine = scope().division
    groups = divisions(mine)
    if len(mine) <= 6:
        return groups
    return [(name, [(code, word) for code, word in codes if code.startswith(mine)]) for name, codes in groups]


def place_word(site: Site) -> str:
    """Where an entry lies."""
    name = the_office().name("division", site.division, language())
    return " ".join(part for part in (name, site.village, site.place) if part)


def address_of(site: Site) -> str:
    """The page of an entry."""
    return url_for(ENDPOINTS[site.kind], key=site.key)


def in_sight(site: Site) -> bool:
    """Whether the account may open the page of an entry."""
    mine = scope()
    inside = lies_within(site.division, mine.division) and (not mine.villages or site.village in mine.villages)
    return inside and allowed(ENDPOINTS[site.kind])


def back_to(key: int, mine: Scope, anchor: str = "") -> Response:
    """The page of an entry after something was done to it."""
    with the_office().reading() as unit:
        site = unit.local_work.sites.get(key, division=mine.division, villages=mine.villages)
    return redirect(address_of(site) + (f"#{anchor}" if anchor else ""), 303)


def seen_here(person: StoredWorker | None, mine: Scope) -> bool:
    """Whether somebody who is on a list lives where the account may look."""
    if person is None or not lies_within(person.value.home.code, mine.division):
        return False
    return not mine.villages or person.value.village in mine.villages


def key_asked(name: str) -> int | None:
    """The key of an entry in the address."""
    text = asked(name, limit=10)
    return int(text) if text.isdecimal() else None
