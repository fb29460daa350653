"""A fair goes to a laptop in a sealed file and comes back; twice is once, and both sides are heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.fairs import Fair, FairResult, Room
from matcher.fairs.booth import record
from matcher.fairs.carrying import MAGIC, export_fair, open_file
from matcher.fairs.door import WalkIn, check_in, find, walk_in
from matcher.fairs.merging import merge_fair, newer
from matcher.fairs.pins import PinGuard, make_pin, pin_fits
from matcher.office import Office
from tests.matcher.fairs.hall import Clock, an_open_fair, place_of, visitor

WORDS = "八个字以上的口令"


def _carried(office: Office, laptop: Office) -> tuple[Fair, Fair]:
    """A fair here and there; the clock of the laptop is a minute ahead."""
    fair = an_open_fair(office)
    assert isinstance(laptop.clock, Clock)
    assert isinstance(office.clock, Clock)
    laptop.clock.now = office.clock.now
    done = merge_fair(laptop, export_fair(office, fair, WORDS, actor="x"), WORDS, actor="x")
    with laptop.reading() as unit:
        return fair, unit.fairs.get(done.fair_key)


def test_the_laptop_has_the_whole_fair_and_no_ledger(office: Office, laptop: Office) -> None:
    here, there = _carried(office, laptop)
    with office.reading() as one, laptop.reading() as other:
        assert (there.ref, there.name, there.state) == (here.ref, here.name, here.state)
        names = [
            [person.name for person in unit.fairs.visitors.of(key)]
            for unit, key in ((one, here.key), (other, there.key))
        ]
        assert names[0] == names[1]
        assert all(person.worker_key is None for person in other.fairs.visitors.of(there.key))
        assert other.workers.count() == 0
        assert [booth.number for booth in other.fairs.booths.of(there.key)] == ["A01", "A02", "A03"]
        code = visitor(office, here, "包示例").code
        assert [person.name for person in find(other, there, code)] == ["包示例"]


def test_a_day_on_the_laptop_comes_back_without_doubling(office: Office, laptop: Office) -> None:
    here, there = _carried(office, laptop)
    person = visitor(laptop, there, "包示例")
    check_in(laptop, there, person.key, actor="door")
    record(laptop, there, person.key, place_of(laptop, there, "缝纫工"), FairResult.INTENT, actor="booth")
    walk_in(laptop, there, WalkIn(name="新示例", village="东村", can_do="会踩缝纫机"), actor="door")
    back = export_fair(laptop, there, WORDS, actor="x")
    first, second = (merge_fair(office, back, WORDS, actor="x") for _ in range(2))
    assert (first.created, first.added, first.changed, first.both) == (False, 2, 1, 0)
    assert (second.added, second.changed, second.both) == (0, 0, 0)
    with office.reading() as unit:
        assert unit.fairs.visitors.counts(here.key)[1:] == (2, 1)
        [result] = unit.fairs.results.of(here.key)
    assert result.result is FairResult.INTENT
    assert visitor(office, here, "包示例").worker_key is not None


@pytest.mark.parametrize("later", ["office", "laptop"])
def test_where_both_changed_the_later_one_stands_and_both_are_shown(office: Office, laptop: Office, later: str) -> None:
    here, there = _carried(office, laptop)
    sides = [(office, here, FairResult.TALKED), (laptop, there, FairResult.INTENT)]
    assert isinstance(office.clock, Clock)
    assert isinstance(laptop.clock, Clock)
    for side, fair, result in sides if later == "laptop" else reversed(sides):
        side.clock.now = max(office.clock.now, laptop.clock.now)  # type: ignore[attr-defined]
        person = visitor(side, fair, "包示例")
        record(side, fair, person.key, place_of(side, fair, "缝纫工"), result, actor=f"{result.value}-side")
    back = export_fair(laptop, there, WORDS, actor="x")
    assert [merge_fair(office, back, WORDS, actor="x").both for _ in range(2)] == [1, 0]
    with office.reading() as unit:
        [kept] = unit.fairs.results.of(here.key)
    assert kept.other is not None
    expected = (FairResult.INTENT, FairResult.TALKED) if later == "laptop" else (FairResult.TALKED, FairResult.INTENT)
    assert (kept.result, kept.other.result) == expected


def test_what_only_one_side_changed_is_never_a_conflict(office: Office, laptop: Office) -> None:
    here, there = _carried(office, laptop)
    person, place = visitor(laptop, there, "包示例"), place_of(laptop, there, "缝纫工")
    for result in (FairResult.TALKED, FairResult.INTENT):
        record(laptop, there, person.key, place, result, actor="booth")
        done = merge_fair(office, export_fair(laptop, there, WORDS, actor="x"), WORDS, actor="x")
        assert done.both == 0
    with office.reading() as unit:
        [kept] = unit.fairs.results.of(here.key)
    assert (kept.result, kept.other) == (FairResult.INTENT, None)


def test_the_file_tells_nothing_without_its_passphrase(office: Office, laptop: Office) -> None:
    fair = an_open_fair(office)
    content = export_fair(office, fair, WORDS, actor="x")
    assert content.startswith(MAGIC)
    assert "包示例".encode() not in content
    for wrong, words in (
        (content, "另一个口令另一个"),
        (content[:-1] + b"\0", WORDS),
        (b"PK\3\4", WORDS),
        (MAGIC, WORDS),
    ):
        with pytest.raises(InputRefused, match="没有读入"):
            merge_fair(laptop, wrong, words, actor="x")
    with laptop.reading() as unit:
        assert unit.fairs.count() == 0
    with pytest.raises(InputRefused, match="口令至少"):
        export_fair(office, fair, "short", actor="x")


@given(st.binary(max_size=200))
def test_no_file_whatever_ends_in_anything_but_one_line(content: bytes) -> None:
    with pytest.raises(InputRefused):
        open_file(content, "whatever passphrase")


def test_a_fair_of_another_division_is_not_read_in(office: Office, laptop: Office) -> None:
    content = export_fair(office, an_open_fair(office), WORDS, actor="x")
    with pytest.raises(RecordNotFound):
        merge_fair(laptop, content, WORDS, scope="150523", actor="x")
    with laptop.reading() as unit:
        assert unit.fairs.count() == 0


def test_the_pins_travel_with_the_fair(office: Office, laptop: Office) -> None:
    fair = an_open_fair(office)
    pin = make_pin(office, fair, Room.DOOR, actor="x")
    assert len(pin) == 6
    done = merge_fair(laptop, export_fair(office, fair, WORDS, actor="x"), WORDS, actor="x")
    assert pin_fits(laptop, done.fair_key, Room.DOOR, pin) == 1
    assert pin_fits(laptop, done.fair_key, Room.BOOTH, pin) == 0
    make_pin(office, fair, Room.DOOR, actor="x")
    assert pin_fits(office, fair.key, Room.DOOR, pin) == 0


def test_a_device_that_guesses_waits_and_the_others_go_on() -> None:
    moment = [0.0]
    guard = PinGuard(lambda: moment[0], 3, 60.0)
    for _ in range(3):
        assert not guard.waits("a")
        guard.wrong("a")
    assert guard.waits("a")
    assert not guard.waits("b")
    moment[0] = 61.0
    assert not guard.waits("a")


def test_many_devices_that_guess_make_all_wait() -> None:
    guard = PinGuard(lambda: 0.0, 3, 60.0)
    for number in range(30):
        guard.wrong(f"device {number}")
    assert guard.waits("another one")


@pytest.mark.parametrize(
    ("here", "there", "base", "expected"),
    [(1, 1, 1, (False, False)), (1, 2, 1, (True, False)), (2, 1, 1, (False, False)), (2, 3, 1, (True, True)),
     (3, 2, 1, (False, True)), (1, 2, None, (True, True))],
)  # fmt: skip
def test_who_is_heard(here: int, there: int, base: int | None, expected: tuple[bool, bool]) -> None:
    clock = Clock()
    moments = [clock() for _ in range(4)]
    assert newer(moments[here], moments[there], None if base is None else moments[base]) == expected
