"""The questions of a plan, answered with one click: which answers there are, and what each of them corrects.

In: the code of a question, what was clicked or typed. Out: corrections; a question answered with “nothing” is closed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.errors import InputRefused
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.worker import Education, HouseholdType, Transport, Willingness, WorkStatus
from matcher.intake.choices import code_of
from matcher.office import Office
from matcher.told import NO, YES

_MONTH = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})(?:\s*[-月./]\s*(\d{1,2})?)?\s*[日号月]?")
_AMOUNT = re.compile(r"\d{3,5}")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to click: its value and the code of its words."""

    value: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a question is answered: buttons, boxes of which several may be ticked, or words in a field."""

    options: tuple[Option, ...] = ()
    several: bool = False
    field: str = ""
    """Of a field: date, yuan, occupation, phone."""


def _enumerated(values: Mapping[str, str], prefix: str) -> tuple[Option, ...]:
    """The options of an enumeration: value → name, worded by prefix and name."""
    return tuple(Option(value, f"{prefix}{name}") for name, value in values.items())


_DATE = Form(field="date")
FORMS: Mapping[str, Form] = {
    "ASK_AGE": _DATE,
    "ASK_AGE_CONTRADICTED": _DATE,
    "ASK_AGE_ESTIMATED": _DATE,
    "ASK_WILLING": Form(
        options=(
            Option(Willingness.WILLING.value, "ANSWER_WILLING"),
            Option(Willingness.UNWILLING.value, "ANSWER_UNWILLING"),
        )
    ),
    "ASK_STATUS": Form(options=_enumerated({one.name: one.value for one in WorkStatus}, "PAGE_WORK_STATUS_")),
    "ASK_MOVE": Form(
        options=(
            Option("away", "ANSWER_MOVE_AWAY"),
            Option("near", "ANSWER_MOVE_NEAR"),
            Option("home", "ANSWER_MOVE_HOME"),
        )
    ),
    "ASK_WISH": Form(field="occupation"),
    "ASK_UNLINKED": Form(options=(Option("nothing", "ANSWER_UNLINKED_NOTHING"),), field="occupation"),
    "ASK_HEALTH": Form(
        options=(
            *(
                Option(code, f"ANSWER_HEALTH_{code}")
                for code in (
                    "NO_HEAVY", "NO_STANDING", "NO_HEIGHT", "NO_NIGHT", "NO_DUST",
                    "NO_COLD_WET", "NO_LIVESTOCK", "NO_CHEMICAL", "NO_DRIVING", "STEP_FREE_ACCESS",
                )
            ),
            Option("nothing", "ANSWER_HEALTH_NOTHING"),
        ),
        several=True,
    ),
    "ASK_EDUCATION": Form(options=_enumerated({one.name: one.name for one in Education}, "PAGE_EDUCATION_")),
    "ASK_TRANSPORT": Form(options=_enumerated({one.name: one.value for one in Transport}, "PAGE_TRANSPORT_")),
    "ASK_PAY": Form(field="yuan"),
    "ASK_HOUSEHOLD": Form(options=_enumerated({one.name: one.value for one in HouseholdType}, "PAGE_HOUSEHOLD_")),
    "ASK_PHONE": Form(field="phone"),
}  # fmt: skip
"""Every question of a plan that is answered here; where somebody lives is a change of life and has its own page."""

_VALUES: Mapping[str, FactKind] = {
    "ASK_WILLING": FactKind.WILLING,
    "ASK_STATUS": FactKind.STATUS,
    "ASK_EDUCATION": FactKind.EDUCATION,
    "ASK_TRANSPORT": FactKind.TRANSPORT,
    "ASK_HOUSEHOLD": FactKind.HOUSEHOLD,
}


def corrections_for(
    office: Office, question: str, clicked: Sequence[str], words: str = "", *, about: Sequence[str] = ()
) -> list[Correction]:
    """What an answer corrects; `about` are the words a question asked about. InputRefused where it is no answer."""
    form = FORMS.get(question)
    known = {option.value for option in form.options} if form is not None else set()
    if form is None or not set(clicked) <= known or not (clicked or words):
        raise InputRefused("没有选答案，没有保存；请点一个答案，或写上再保存")
    if question in _VALUES:
        return [Correction(kind=_VALUES[question], now=clicked[0])]
    if question == "ASK_MOVE":
        return _moving(clicked[0])
    if question == "ASK_HEALTH":
        return _avoiding(clicked)
    if question == "ASK_UNLINKED":
        placed = [Correction(kind=FactKind.UNLINKED, was=one) for one in about]
        return placed + ([_wish(office, words)] if words else [])
    if question == "ASK_WISH":
        return [_wish(office, words)]
    if question == "ASK_PAY":
        return [Correction(kind=FactKind.WAGE, now=_yuan(words))]
    return [Correction(kind=FactKind.BIRTH, now=birth_of(words, office.today()).isoformat())]


def _wish(office: Office, words: str) -> Correction:
    """Work wished for."""
    return Correction(kind=FactKind.WISHED, now=code_of(office, FactKind.WISHED, words))


def _moving(clicked: str) -> list[Correction]:
    """How far somebody would go."""
    if clicked == "home":
        return [Correction(kind=FactKind.CONSTRAINT, now="DAY_RETURN"), Correction(kind=FactKind.MOVES, now=NO)]
    return [Correction(kind=FactKind.MOVES, now=YES if clicked == "away" else NO)]


def _avoiding(clicked: Sequence[str]) -> list[Correction]:
    """What has to be avoided at work, or nothing."""
    if "nothing" in clicked:
        return [Correction(kind=FactKind.ANSWERED, now="ASK_HEALTH")]
    return [Correction(kind=FactKind.CONSTRAINT, now=code) for code in clicked]


def _yuan(words: str) -> str:
    """Pay a month in whole yuan."""
    found = _AMOUNT.search(words)
    if found is None:
        raise InputRefused("没有写清一个月多少元，没有保存；请写成数字，例如 3000")
    return found[0]


def birth_of(words: str, today: date) -> date:
    """A date of birth as typed, a month alone as its first day."""
    found = _MONTH.fullmatch(words.strip())
    try:
        born = date(int(found[1]), int(found[2]), int(found[3] or 1)) if found is not None else None
    except ValueError:
        born = None
    if born is None or not date(1900, 1, 1) <= born <= today:
        raise InputRefused("没有看懂出生年月，没有保存；请写成 1979-03 或 1979-03-02 这样")
    return born
