"""The cards of a pasted text: what was found in each field, how surely, and as what it is understood.

In: drafts, or the form as a person left it. Out: `ShownCard`s, the text cut into marked passages, and what was left
out, ready for the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import request

from jobs_feed.columns import names_of
from jobs_feed.pasted import PastedDraft, PastedText
from jobs_feed.pasted_filing import draft_posting, left_words, with_days
from matcher.domain.facts import Phrase
from matcher.domain.posting import Posting
from matcher.office import Office
from matcher.reading import read_posting
from web.pages.jobs.understanding import column_name, occupation_line, place_line, wage_line
from web.phrases import t, wording

FIELDS = (
    "岗位名称", "用人单位", "工作地点", "招聘人数", "薪资待遇", "联系人", "联系电话", "年龄要求", "工作时间", "食宿",
    "社会保险", "学历要求", "经验要求", "证书要求", "性别要求", "截止日期", "发布日期",
)  # fmt: skip
FIRST = ("招聘人数", "薪资待遇", "联系人", "联系电话")
"""These are shown even where nothing was found."""
LONG_FIELDS = ("岗位描述",)
"""Fields that take several lines."""
MOST_CARDS = 60
_LONGEST_FIELD, _LONGEST_LONG = 200, 4000
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass
class ShownCard:
    """One card of the page."""

    number: int
    line: int
    fields: dict[str, str]
    sureties: dict[str, str] = field(default_factory=dict)
    """Field → how it was found: stated, read, guessed."""
    understood: dict[str, str] = field(default_factory=dict)
    """Field → as what it is understood, in words."""
    problems: dict[str, str] = field(default_factory=dict)
    kept: bool = True

    def say_again(self, before: ShownCard) -> None:
        """Takes over what was said of fields that are as they were."""
        same = {name for name, value in self.fields.items() if value == before.fields.get(name, "").strip()}
        self.sureties = {name: how for name, how in before.sureties.items() if name in same}
        self.understood = {name: words for name, words in before.understood.items() if name in same}

    def state(self, name: str) -> str:
        """What the mark beside a field says: missing, stated, read, guessed, or nothing."""
        if not self.fields.get(name):
            return "missing" if name in names_of("postings").required else ""
        return self.sureties.get(name, "")


def shown_cards(office: Office, found: PastedText) -> list[ShownCard]:
    """Every draft as a card."""
    return [_card(office, number, draft) for number, draft in enumerate(found.drafts[:MOST_CARDS])]


def _card(office: Office, number: int, draft: PastedDraft) -> ShownCard:
    """One draft as a card."""
    today = office.today()
    fields = with_days(draft.fields, today)
    card = ShownCard(number, draft.line, {name: fields.get(name, "") for name in (*FIELDS, *LONG_FIELDS)})
    card.sureties = {spot.field: spot.surety.value for spot in draft.spots}
    card.understood = dict(_understood(office, draft_posting(fields, office.gazetteer, today)))
    return card


def _understood(office: Office, posting: Posting) -> Iterator[tuple[str, str]]:
    """As what the fields of a card are understood that are more than their words."""
    facts = read_posting(posting, office.tools)
    policy = office.policy.at(office.today())
    if posting.title:
        yield "岗位名称", occupation_line(facts, policy, posting.title)
    if posting.place.text:
        yield "工作地点", place_line(posting.place)
    if facts.wage is not None and (line := wage_line(facts.wage)):
        yield "薪资待遇", line
    if posting.openings_text and posting.openings is None:
        yield "招聘人数", t("PAGE_OPENINGS_OPEN")


def typed_cards(office: Office, text: PastedText) -> list[ShownCard]:
    """The cards as the form sends them, with what was said of the fields nobody changed."""
    before = {card.number: card for card in shown_cards(office, text)}
    found = []
    for number in range(MOST_CARDS):
        line = request.form.get(f"line-{number}", "")
        if not line.isdecimal():
            continue
        values = {name: _typed(f"{name}-{number}", _LONGEST_FIELD) for name in FIELDS}
        values |= {name: _typed(f"{name}-{number}", _LONGEST_LONG) for name in LONG_FIELDS}
        kept = request.form.get(f"keep-{number}") == "1"
        card = ShownCard(number, int(line[:6]), values, kept=kept)
        if number in before:
            card.say_again(before[number])
        found.append(card)
    return found


def _typed(name: str, limit: int) -> str:
    """One field of the form."""
    return _CONTROL.sub(" ", request.form.get(name, "").replace("\r\n", "\n")).strip()[:limit]


def passages_of(found: PastedText) -> list[tuple[str, str, str]]:
    """The text cut into (words, mark, what it is): values of fields by how they were found, and what was left out."""
    marks = [("", "")] * len(found.text)
    for one in found.left_out:
        marks[one.start : one.end] = [("left", wording().say(Phrase(one.code)))] * (one.end - one.start)
    for number, draft in enumerate(found.drafts, start=1):
        for spot in draft.spots:
            label = t("PAGE_PASTE_SPOT", number=number, field=column_name(spot.field))
            marks[spot.start : spot.end] = [(spot.surety.value, label)] * (spot.end - spot.start)
    cut: list[tuple[str, str, str]] = []
    for letter, (mark, label) in zip(found.text, marks, strict=True):
        if cut and cut[-1][1:] == (mark, label):
            cut[-1] = (cut[-1][0] + letter, mark, label)
        else:
            cut.append((letter, mark, label))
    return cut


def left_rows(found: PastedText) -> list[tuple[int, str, str]]:
    """(line, words, why) of everything that became no posting."""
    return [(one.line, left_words(found, one), wording().say(Phrase(one.code))) for one in found.left_out]
