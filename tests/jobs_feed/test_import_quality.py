"""The hand-checked sample of real adverts: drawn by its seed, judged in every field, without any text."""

from __future__ import annotations

import pytest

from tests.import_quality import BEGIN, DATA, END, FIELDS, FILES, drafts_of, sampled_rows, verdicts, with_section


def test_a_hundred_rows_are_judged_in_every_field() -> None:
    rows = verdicts()
    assert len({(row["file"], row["row"]) for row in rows}) == len(rows) == 100
    assert {verdict for row in rows for verdict in (row[field] for field in FIELDS)} <= set("rwmn")
    assert rows[0].keys() == {"file", "row", *FIELDS}


@pytest.mark.skipif(not DATA.is_dir(), reason="the real adverts are not beside this checkout")
def test_the_judged_rows_are_those_of_the_seed() -> None:
    for found in FILES:
        judged = [int(row["row"]) for row in verdicts() if row["file"] == found.key]
        assert judged == sampled_rows(found, [row for row, _ in drafts_of(found)])


def test_the_section_of_the_page_is_renewed_in_place() -> None:
    once = with_section("# Page\n", iter(["one"]))
    assert with_section(once + "\nbelow\n", iter(["two"])) == f"# Page\n\n{BEGIN}\ntwo\n{END}\n\nbelow\n"
