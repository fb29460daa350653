"""Sets of judged cases: loaded whole, or refused with one line that says what and where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher.domain.errors import InputRefused
from matcher.trials.judged.cases import load_sets
from tests.matcher.trials.judged import TINY

Objects = list[dict[str, Any]]


def test_a_set_is_loaded_with_its_rows_and_its_day() -> None:
    (found,) = load_sets(TINY)
    assert (found.name, found.as_of, len(found.people), len(found.postings)) == ("tiny", date(2026, 6, 15), 3, 6)
    mother = found.people[0]
    assert mother.limits == {"NO_HEAVY": (), "DAY_RETURN": (), "HOURS": ("08:00", "17:00")}
    assert mother.row["意向工种"] == "保洁、帮厨"
    assert (mother.owed_postings, mother.owed_training, mother.owed_guidance) == (True, True, True)
    assert not any((found.people[2].owed_postings, found.people[2].owed_training, found.people[2].owed_guidance))


def test_a_folder_of_sets_is_loaded_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        shutil.copytree(TINY, tmp_path / name)
    (tmp_path / "notes").mkdir()
    assert [found.name for found in load_sets(tmp_path)] == ["a", "b"]


def test_a_part_nobody_split_off_is_judged_as_its_advert() -> None:
    (found,) = load_sets(TINY)
    part = found.posting("S-J001#2")
    assert part is not None
    assert part.ref == "S-J001"
    assert found.posting("S-J099") is None


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputRefused):
            load_sets(place)


def changed(folder: Path, name: str, change: Callable[[Objects], object]) -> Path:
    """A copy of the tiny set with one JSON file changed."""
    target = folder / "tiny"
    shutil.copytree(TINY, target)
    objects = json.loads((target / name).read_text(encoding="utf-8"))
    change(objects)
    (target / name).write_text(json.dumps(objects, ensure_ascii=False), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("people.json", lambda found: found[0].update(track="132"), "tiny/people.json S-P001 track"),
        ("people.json", lambda found: found[0]["limits"].update(NO_HEAVYY=[]), "NO_HEAVYY"),
        ("people.json", lambda found: found[0].update(families=["cleanin"]), "S-P001 families"),
        ("people.json", lambda found: found[0]["training"].update(best=["S-C009"]), "S-C009"),
        ("people.json", lambda found: found[0].update(never={"S-J099": "x"}), "S-J099"),
        ("people.json", lambda found: found[0].update(moves="yes"), "S-P001 moves"),
        ("people.json", lambda found: found[0].update(must_mention=[[1]]), "S-P001 must_mention"),
        ("people.json", lambda found: found.pop(), "S-P003"),
        ("people.json", lambda found: found.append(dict(found[0])), "ref"),
        ("postings.json", lambda found: found[0].update(load=5), "S-J001 load"),
        ("postings.json", lambda found: found[0].update(hours=["8", "17"]), "S-J001 hours"),
        ("postings.json", lambda found: found[0].update(hazards=["Q"]), "S-J001 hazards"),
        ("postings.json", lambda found: found[0].update(pay=[None, 3000]), "S-J001 pay"),
        ("postings.json", lambda found: found[0].update(county="奈曼旗"), "S-J001 county"),
        ("postings.json", lambda found: found[0].update(ref="S-J099"), "S-J099"),
        ("postings.json", lambda found: found[0].update(closed="gone"), "S-J001 closed"),
    ],
)
def test_a_bad_field_is_refused_with_file_reference_and_field(
    tmp_path: Path, name: str, change: Callable[[Objects], object], said: str
) -> None:
    with pytest.raises(InputRefused, match=said) as refused:
        load_sets(changed(tmp_path, name, change))
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("workers.csv", "编号,姓名\nS-P001,甲\nS-P001,乙\n", "第 3 行"),
        ("workers.csv", "编号,姓名\nS-P001,甲,多\n", "第 2 行"),
        ("people.json", "[{", "people.json"),
        ("training.csv", None, "training.csv"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, name: str, text: str | None, said: str) -> None:
    target = tmp_path / "tiny"
    shutil.copytree(TINY, target)
    if text is None:
        (target / name).unlink()
    else:
        (target / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=said):
        load_sets(target)
