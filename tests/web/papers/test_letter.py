"""The letter to an employer: every flag has its sentence, in both languages, as PDF and as Word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jobs_feed.trust.rules import flag, rules
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Evidence
from matcher.domain.incoming.trust import PostingCheck, Severity
from matcher.domain.posting import Posting
from matcher.wording import Wording, load_catalogue
from web.papers.context import PaperContext
from web.papers.letter import build_letter, write_letters
from web.papers.views import LetterView, words

CONTEXT = PaperContext(
    office_name="示例中心", window_phone="199-0000-0131", complaint_phone="", window_address="示例路"
)
THEIRS = [code for code, rule in rules().items() if rule.severity is not Severity.CAUTION and "EMPLOYER" not in code]


def wording(language: str) -> Wording:
    """The sentences of papers."""
    return Wording(load_catalogue("matcher.wording", "web.translations"), language, lambda kind, code, lang: code)


def letter(*codes: str, language: str = "zh", said: str = "原话") -> LetterView:
    """A letter about some flags."""
    found = tuple(flag(code, (Evidence("岗位描述", said),), least=1850.0, high=30) for code in codes)
    check = PostingCheck(posting_key=1, flags=found, checked_at=datetime(2026, 6, 15, tzinfo=UTC))
    posting = Posting(ref="P-1", title="保洁员", employer="示例物业")
    return build_letter(posting, check, wording(language), CONTEXT, made_on=date(2026, 6, 15))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_flag_says_what_was_found_what_to_change_and_on_what_it_rests(language: str) -> None:
    view = letter(*THEIRS, language=language)
    assert len(view.points) == len(THEIRS)
    for point in view.points:
        assert len(point.lines) == 4
        assert all(line.text and "{" not in line.text for line in point.lines)


def test_what_the_office_knows_and_cautions_stay_out() -> None:
    view = letter("DEPOSIT", "EMPLOYER_BARRED", "ANONYMOUS")
    assert [point.title for point in view.points] == ["1. 押金、压工资"]


def test_a_held_posting_and_a_usable_one_are_told_apart() -> None:
    assert "改正前先不向求职者推荐" in letter("DEPOSIT", "MARRIAGE").lead
    assert "照常推荐" in letter("MARRIAGE").lead


def test_long_numbers_in_the_words_are_masked() -> None:
    assert "13912345678" not in " ".join(words(letter("FEE", said="交100元到13912345678")))


def test_a_letter_is_written_whole_in_both_formats_and_no_other(tmp_path: Path) -> None:
    for ending, mark in (("pdf", b"%PDF"), ("docx", b"PK")):
        path = tmp_path / f"letter.{ending}"
        write_letters([letter(*THEIRS)], path)
        assert path.read_bytes().startswith(mark)
    with pytest.raises(InputRefused):
        write_letters([letter("FEE")], tmp_path / "letter.txt")
