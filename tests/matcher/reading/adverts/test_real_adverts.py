"""Reading adverts that nobody here wrote; figures and method stand in docs/quality.md."""

from __future__ import annotations

import csv
from pathlib import Path

from jobs_feed.splitting import split_posting
from matcher.reading import load_tools, read_posting
from tests.matcher.reading.adverts.real_adverts import age_sample, real_postings

SAMPLE = Path(__file__).with_name("real_age_sample.csv")


def checked_by_hand() -> dict[str, tuple[int | None, int | None]]:
    """The ages a person read in the fifty adverts; two empty ends = no limit for this job."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["key"]: tuple(int(row[end]) if row[end] else None for end in ("low", "high")) for row in rows}


def test_the_hand_checked_sample_is_the_one_drawn_with_seed_131():
    assert list(checked_by_hand()) == age_sample(real_postings())


def test_age_limits_that_stand_only_in_the_text_are_found_in_at_least_45_of_50_adverts():
    postings, tools = real_postings(), load_tools()
    wrong = []
    for key, expected in checked_by_hand().items():
        limit = read_posting(split_posting(postings[key], tools)[0], tools).age
        found = (limit.low, limit.high) if limit else (None, None)
        if found != expected:
            wrong.append(f"{key}: read {found}, by hand {expected}")
    assert len(wrong) <= 5, "\n".join(wrong)


def test_a_pay_column_with_a_figure_is_always_understood():
    tools = load_tools()
    unread = [
        posting.wage_text
        for posting in real_postings().values()
        if any(character.isdigit() for character in posting.wage_text) and read_posting(posting, tools).wage is None
    ]
    assert unread == []


def test_every_part_of_a_split_advert_keeps_the_contact_and_gets_a_reference_of_its_own():
    tools = load_tools()
    split = [parts for posting in real_postings().values() if len(parts := split_posting(posting, tools)) > 1]
    assert len(split) >= 20
    for parts in split:
        assert [part.ref for part in parts[1:]] == [f"{parts[0].ref}#{n}" for n in range(2, len(parts) + 1)]
        assert {part.source_ref for part in parts} == {parts[0].ref}
        assert len({(part.employer, part.phone, part.place) for part in parts}) == 1
        assert len({part.title for part in parts}) == len(parts)
