"""What staff decide of a name is put to use at once and by every later import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.placed_name import NameKind
from matcher.office import Office
from matcher.placing import name_key, place_name, unsure_names
from matcher.store import StoredPosting
from tests.jobs_feed.books import csv_file, new_office, postings

TITLE, PLACE = "大院看门的活儿", "老铁桥头"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one posting of a strange title and place."""
    opened = new_office(tmp_path)
    run_import(opened, "postings", csv_file(tmp_path / "a.csv", postings(1, 岗位名称=TITLE, 工作地点=PLACE)))
    yield opened
    opened.close()


def stored(office: Office, ref: str = "GW-001") -> StoredPosting:
    """The posting as stored."""
    with office.reading() as unit:
        return unit.postings.by_ref(ref)


def test_a_placed_title_changes_stored_postings_and_leaves_the_list(office: Office) -> None:
    assert place_name(office, NameKind.TITLE, TITLE, "cleaner", actor="window") == 1
    facts = stored(office).facts
    assert facts is not None
    assert (facts.occupation, facts.occupations[0].confidence) == ("cleaner", 1.0)
    names = unsure_names(office)
    assert TITLE not in {one.text for one in names.titles}
    assert names.decided[0].code == "cleaner"


def test_later_imports_use_the_decision_however_the_title_is_spaced(office: Office, tmp_path: Path) -> None:
    place_name(office, NameKind.TITLE, TITLE, "cleaner", actor="window")
    rows = postings(1, 编号="GW-777", 岗位名称="大院　看门 的活儿")
    run_import(office, "postings", csv_file(tmp_path / "b.csv", rows), sender="另一家")
    facts = stored(office, "GW-777").facts
    assert facts is not None
    assert facts.occupation == "cleaner"


def test_the_same_file_again_is_unchanged_once_a_title_is_placed(office: Office, tmp_path: Path) -> None:
    place_name(office, NameKind.TITLE, TITLE, "cleaner", actor="window")
    place_name(office, NameKind.PLACE, PLACE, "150525", actor="window")
    report = run_import(office, "postings", tmp_path / "a.csv")
    assert (report.updated, report.unchanged) == (0, 1)


def test_a_placed_place_is_used_with_the_words_of_the_advert(office: Office) -> None:
    assert PLACE in {one.text for one in unsure_names(office).places}
    assert place_name(office, NameKind.PLACE, PLACE, "150525", actor="window") == 1
    place = stored(office).value.place
    assert (place.code, place.text) == ("150525", PLACE)
    assert unsure_names(office).places == ()


def test_a_decision_taken_back_leaves_the_title_as_it_is_read(office: Office) -> None:
    before = stored(office).facts
    place_name(office, NameKind.TITLE, TITLE, "cleaner", actor="window")
    place_name(office, NameKind.TITLE, TITLE, "", actor="window")
    assert stored(office).facts == before


@pytest.mark.parametrize(("kind", "code"), [(NameKind.TITLE, "no_such_work"), (NameKind.PLACE, "999999")])
def test_an_unknown_code_is_refused(office: Office, kind: NameKind, code: str) -> None:
    with pytest.raises(InputRefused):
        place_name(office, kind, TITLE, code, actor="window")
    with office.reading() as unit:
        assert unit.placed_names.all(kind) == {}


def test_names_are_kept_in_one_spelling() -> None:
    assert name_key(" Ａ2司 机 ") == name_key("a2司机")
