"""Labelled messages of many hands: how well they come apart and are read, and that nothing is lost on the way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_feed.pasted import PastedText, read_pasted
from jobs_feed.pasted.people import phones_in
from jobs_feed.pasted.text import plain
from jobs_feed.pasted.vocabulary import labels
from matcher.reading import load_tools
from tests.jobs_feed.pasted.measuring import FIELDS, Figures, measure, messages

SETS = ("worked", "held_out")
LABEL_LETTERS = "".join(labels())
WORDS = re.compile(r"[0-9A-Za-z\u3400-\u9fff]+")


@pytest.fixture(scope="module", params=SETS)
def figures(request: pytest.FixtureRequest) -> Figures:
    """The figures of a set of messages."""
    return measure(request.param)


def test_adverts_are_cut_right(figures: Figures) -> None:
    assert figures.cut_precision >= 0.95
    assert figures.cut_recall >= 0.95


def test_fields_are_read_right(figures: Figures) -> None:
    assert figures.precision(*FIELDS) >= 0.92
    assert figures.recall(*FIELDS) >= 0.90


def test_what_a_posting_needs_is_read_right(figures: Figures) -> None:
    assert figures.precision("t", "ph", "w") >= 0.94
    assert figures.recall("t", "ph", "w") >= 0.93


def test_there_are_enough_messages_of_one_to_eight_adverts() -> None:
    everything = [message for name in SETS for message in messages(name)]
    assert len(everything) >= 110
    assert {1, 2, 3, 4, 5, 8} <= {len(message.adverts) for message in everything}


def lost(found: PastedText) -> list[str]:
    """Words of a text that stand in no field and no description and were not named as left out."""
    kept = plain("\n".join(value for draft in found.drafts for value in draft.fields.values()))
    left = [found.text[one.start : one.end] for one in found.left_out]
    words = [word for word in WORDS.findall(plain(found.text)) if len(word) > 3]
    return [word for word in words if word not in kept and not any(word in plain(part) for part in left)]


def test_every_word_is_in_a_posting_or_named_as_left_out() -> None:
    for name in SETS:
        for message in messages(name):
            found = read_pasted(message.text, load_tools())
            assert [word for word in lost(found) if not _taken_apart(word, found)] == [], message.name


def _taken_apart(word: str, found: PastedText) -> bool:
    """Whether a run of letters was cut into labels and values: all of them stand in fields, or in a label."""
    kept = plain("".join(value for draft in found.drafts for value in draft.fields.values())) + LABEL_LETTERS
    return all(letter.lower() in kept.lower() for letter in word)


def test_whom_to_ask_never_stands_in_the_description() -> None:
    for name in SETS:
        for message in messages(name):
            for draft in read_pasted(message.text, load_tools()).drafts:
                assert phones_in(plain(draft.fields["岗位描述"])) == [] if "岗位描述" in draft.fields else True, (
                    message.name
                )


def test_places_of_values_lie_in_the_text() -> None:
    for message in messages("worked"):
        found = read_pasted(message.text, load_tools())
        for draft in found.drafts:
            for spot in draft.spots:
                assert 0 <= spot.start <= spot.end <= len(found.text)
            title = (
                next(spot for spot in draft.spots if spot.field == "岗位名称") if draft.fields.get("岗位名称") else None
            )
            if title is not None and "、" not in draft.fields["岗位名称"]:
                assert found.text[title.start : title.end].lower() == draft.fields["岗位名称"].lower()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "招聘",
                    "【",
                    "】",
                    "保洁员",
                    "2名",
                    "月薪3000",
                    "13900001111",
                    "\n",
                    "\n\n",
                    "———",
                    "示例公司",
                    "：",
                    "地址",
                ),
                *(
                    "，",
                    "①",
                    "1.",
                    "张姐 10:32",
                    "\t",
                    "  ",
                    "包吃住",
                    "有招保洁的吗？",
                    "1️⃣",
                    "👍",
                    "O",
                    "\u200b",
                    "（",
                ),
            ]
        ),
        max_size=40,
    )
)
def test_any_text_is_read_without_a_fault(parts: list[str]) -> None:
    found = read_pasted("".join(parts), load_tools())
    for one in found.left_out:
        assert found.text[one.start : one.end].strip() or one.start == one.end


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_nonsense_is_no_advert(text: str) -> None:
    assert read_pasted(text, load_tools()).drafts == () or re.search("[一-龥]", text)


@pytest.mark.parametrize(
    "text", ["\t" * 3000, " " * 30_000 + "招", "：招聘：" * 3000, "【岗位】" * 3000, "1、" * 4000, "—" * 30_000]
)
def test_long_runs_of_signs_are_read_at_once(text: str) -> None:
    assert len(read_pasted(text, load_tools()).drafts) <= 1
