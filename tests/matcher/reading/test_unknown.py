"""Phrases the lexicon lacks are proposed, known ones are not."""

from __future__ import annotations

from matcher.reading import load_tools
from matcher.reading.unknown import suggest

LINKER = load_tools().linker


def test_a_known_word_is_not_proposed() -> None:
    assert suggest([("电焊工", "occupation"), ("保洁", "occupation")], LINKER) == []


def test_a_new_word_is_proposed_with_the_nearest_known_one() -> None:
    (found,) = suggest([("云锦贴布底", "skill")], LINKER)
    assert found.phrase == "云锦贴布底"
    assert found.seen == 1


def test_the_commonest_unknown_phrase_comes_first() -> None:
    found = suggest([("魔芋雕花", "skill"), ("钢管舞伴奏", "skill"), ("魔芋雕花", "skill")], LINKER)
    assert [(item.phrase, item.seen) for item in found] == [("魔芋雕花", 2), ("钢管舞伴奏", 1)]


def test_width_and_case_make_no_second_phrase() -> None:
    found = suggest([("ＱＷ校准", "skill"), ("qw校准", "skill")], LINKER)
    assert [item.seen for item in found] == [2]


def test_numbers_that_could_be_somebodys_are_never_shown() -> None:
    assert suggest([("找老王15412345678", "occupation"), ("a@b.cn干活", "skill")], LINKER) == []


def test_sentences_are_not_phrases() -> None:
    assert suggest([("想找一个离家近一点不用上夜班的什么活都可以的地方", "occupation")], LINKER) == []


def test_a_phrase_like_nothing_has_no_code() -> None:
    (found,) = suggest([("囍鑫淼焱", "skill")], LINKER)
    assert (found.code, found.likeness) == ("", 0.0)
