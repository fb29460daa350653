"""The file: nothing readable without the passphrase, whatever is wrong is one line, and nothing is stored then."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from matcher.domain.errors import InputRefused
from matcher.office import Office
from matcher.slices import export_slice, merge_slice
from matcher.slices.exporting import export_to
from matcher.slices.sealed_file import open_file, seal_file
from tests.matcher.slices.villages import DIVISION, NUMBERS, PASSPHRASE, VILLAGE, Places, carry, change, copied, person
from web.cli import main


@pytest.fixture
def whole(home: Office) -> bytes:
    """A slice."""
    return export_slice(home, division=DIVISION, passphrase=PASSPHRASE, actor="window").whole


def test_nothing_can_be_read_in_the_file(whole: bytes) -> None:
    secrets = ["包示例", VILLAGE, DIVISION, "150525", "某物业", *NUMBERS, "19900000001", "worker"]
    assert [one for one in secrets if one.encode() in whole] == []


@pytest.mark.parametrize(
    "kind", ["passphrase", "truncated", "longer", "tampered", "header", "no slice", "empty", "cost"]
)
def test_what_is_wrong_with_a_file_is_one_line_and_nothing_is_stored(whole: bytes, kind: str, empty: Office) -> None:
    changed = {
        "passphrase": whole,
        "truncated": whole[: len(whole) // 2],
        "longer": whole + b"x",
        "tampered": whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
        "header": whole[:20] + bytes([whole[20] ^ 1]) + whole[21:],
        "no slice": b"PK\x03\x04 a spreadsheet",
        "empty": b"",
        "cost": whole[:13] + bytes([30]) + whole[14:],
    }[kind]
    before = empty.store.contents()
    passphrase = "another-sheep-4711" if kind == "passphrase" else PASSPHRASE
    with pytest.raises(InputRefused, match="什么都没有存") as refused:
        merge_slice(empty, changed, passphrase=passphrase, actor="test")
    assert "\n" not in refused.value.message
    assert empty.store.contents() == before


def test_a_file_of_another_office_of_this_one_or_of_another_version_is_refused(
    whole: bytes, home: Office, places: Places, tmp_path: Path
) -> None:
    other = copied(places.home, tmp_path / "other")
    before = other.store.contents()
    with pytest.raises(InputRefused, match="另一个单位"):
        merge_slice(other, whole, passphrase=PASSPHRASE, actor="test")
    with pytest.raises(InputRefused, match="本机导出"):
        merge_slice(home, whole, passphrase=PASSPHRASE, actor="test")
    told = json.loads(open_file(whole, PASSPHRASE))
    old = seal_file(json.dumps(told | {"revision": "0001"}).encode(), PASSPHRASE)
    with pytest.raises(InputRefused, match="版本不同"):
        merge_slice(other, old, passphrase=PASSPHRASE, actor="test")
    assert other.store.contents() == before
    other.close()


def test_people_outside_the_accounts_division_are_not_taken_in(whole: bytes, empty: Office) -> None:
    before = empty.store.contents()
    with pytest.raises(InputRefused, match="有1人不在您管的范围内"):
        merge_slice(empty, whole, passphrase=PASSPHRASE, actor="test", may=lambda division, village: village == VILLAGE)
    assert empty.store.contents() == before


def test_an_older_file_after_a_newer_one_changes_nothing(home: Office, laptop: Office) -> None:
    change(laptop, "NM-1", phone="19900000001")
    older = export_slice(laptop, passphrase=PASSPHRASE, actor="coordinator").whole
    change(laptop, "NM-1", phone="19900000002")
    carry(laptop, home)
    merge_slice(home, older, passphrase=PASSPHRASE, actor="test")
    assert person(home).phone == "19900000002"


def test_a_weak_passphrase_and_an_existing_file_are_refused(home: Office, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="12"):
        export_slice(home, division=DIVISION, passphrase="short", actor="test")
    place = tmp_path / "village.j131"
    export_to(home, place, division=DIVISION, villages=(), passphrase=PASSPHRASE, actor="test")
    assert list(tmp_path.glob(".*")) == []
    if os.name == "posix":
        assert place.stat().st_mode & 0o077 == 0
    with pytest.raises(InputRefused, match="没有覆盖"):
        export_to(home, place, division=DIVISION, villages=(), passphrase=PASSPHRASE, actor="test")
    with pytest.raises(InputRefused, match="还没有人"):
        export_slice(home, division="150581", passphrase=PASSPHRASE, actor="test")
    with pytest.raises(InputRefused, match="还没有人"):
        export_slice(home, division=DIVISION, villages=("没有的村",), passphrase=PASSPHRASE, actor="test")
    with pytest.raises(InputRefused, match="--division"):
        export_slice(home, passphrase=PASSPHRASE, actor="test")


def test_the_commands_take_a_village_there_and_back(
    home: Office, empty: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "village.j131"

    def run(office: Office, *words: str) -> int:
        monkeypatch.setenv("JOB131_KEY_FILE", str(office.config.key_file))
        monkeypatch.setattr("sys.stdin", io.StringIO(PASSPHRASE + "\n"))
        return main(["--home", str(office.config.home), "slice", *words])

    assert run(home, "export", str(place), "--division", DIVISION, "--passphrase-stdin") == 0
    assert "3人、3份方案、2条岗位" in capsys.readouterr().err
    assert run(empty, "merge", str(place), "--passphrase-stdin", "--json") == 0
    out = capsys.readouterr()
    assert json.loads(out.out)["people_new"] == 3
    assert "新来3人" in out.err
    assert run(empty, "merge", str(place), "--passphrase-stdin") == 0
    assert "没有新内容" in capsys.readouterr().err
    assert run(home, "merge", str(place), "--passphrase-stdin") == 1
    assert run(home, "merge", str(tmp_path / "nothing"), "--passphrase-stdin") == 1
    with home.reading() as unit:
        assert unit.audit.recent(1)[0].action == "slice_export"
