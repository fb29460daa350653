"""Reading many records: in order, the same in other processes, what says the same read once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jobs_feed.filing import POSTING_READER
from matcher.domain.posting import Posting, PostingFacts
from matcher.reading import load_tools, read_posting
from matcher.reading_pool import Reader, read_all
from tests.matcher.store.records import a_posting

TODAY = date(2026, 6, 22)


@given(st.lists(st.sampled_from("abcd"), max_size=12))
def test_what_says_the_same_is_read_once_and_told_in_order(titles: list[str]) -> None:
    seen: Counter[str] = Counter()

    def read(posting: Posting, _: date) -> PostingFacts:
        seen[posting.title] += 1
        return PostingFacts(several_jobs=posting.title in "ab")

    reader = Reader(Posting, PostingFacts, read, lambda posting: replace(posting, ref=""))
    postings = [a_posting(f"P-{number}", title=title) for number, title in enumerate(titles)]
    found = list(read_all(reader, postings, TODAY, processes=1))
    assert [one.several_jobs for one in found] == [title in "ab" for title in titles]
    assert set(seen.values()) <= {1}


def test_other_processes_read_the_same() -> None:
    postings = [
        a_posting(f"P-{number}", title=title, phone=str(number), deadline=None)
        for number, title in enumerate(["电焊工", "保洁员", "电焊工"] * 3)
    ]
    expected = [read_posting(posting, load_tools()) for posting in postings]
    assert list(read_all(POSTING_READER, postings, TODAY, processes=2)) == expected
    assert list(read_all(POSTING_READER, postings, TODAY, processes=1)) == expected
