"""Parts change nothing, nobody's name travels, and a run that was stopped ends as if it had not been."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.casework import Desk, make_plans
from matcher.checkpoint import Checkpoints
from matcher.columns import PostingRow, WorkerRow
from matcher.domain.division import Place
from matcher.engines import LocalEngine
from matcher.parts import Answer, Held, Here, split_people
from tests.matcher.engines.samples import Sample, a_sample, assert_same
from tests.strategies import markets
from tests.worlds import policy

HOMES = [Place(code=code) for code in ("150502001", "150502002", "150525100", "150525101", "150526100")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The village, imported once."""
    return a_sample(tmp_path_factory.mktemp("village"))


@pytest.mark.parametrize("parts", [2, 7, 64])
def test_parts_change_nothing(sample: Sample, parts: int) -> None:
    assert_same(sample.plans(LocalEngine(parts)), sample.plans(LocalEngine()))


@settings(max_examples=15, deadline=None)
@given(markets(most_people=9), st.integers(2, 9))
def test_parts_change_nothing_in_any_small_market(market: tuple[list[WorkerRow], list[PostingRow]], parts: int) -> None:
    desk = Desk(people=tuple(market[0]), postings=tuple(market[1]), classes=(), standing={})
    whole, _ = make_plans(desk, policy(), lambda share, code: None)
    cut, _ = make_plans(desk, policy(), lambda share, code: None, engine=LocalEngine(parts))
    assert cut == whole


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(HOMES) - 1), max_size=60), st.integers(1, 70))
def test_people_are_cut_into_runs_that_hold_everybody_once(homes: list[int], many: int) -> None:
    home = np.sort(np.array(homes, dtype=np.int32))
    parts = split_people(home, HOMES, many)
    assert len(parts) <= many
    assert [at for part in parts for at in range(part.start, part.stop)] == list(range(len(homes)))
    assert all(part.stop > part.start for part in parts)


def test_cuts_follow_the_banners_where_they_are_of_a_size() -> None:
    home = np.repeat(np.arange(5, dtype=np.int32), [48, 4, 30, 17, 51])
    assert [part.start for part in split_people(home, HOMES, 3)] == [0, 52, 99]


def test_one_large_banner_is_cut_between_its_townships_or_its_people() -> None:
    home = np.repeat(np.array([0, 1], dtype=np.int32), [52, 48])
    assert [part.start for part in split_people(home, HOMES, 2)] == [0, 52]
    assert [part.start for part in split_people(home[:52], HOMES, 2)] == [0, 26]


class Postman:
    """An engine that sends everything as bytes and remembers it."""

    name = "postman"

    def __init__(self) -> None:
        self.sent = bytearray()

    def blocks(self, people: int) -> int:
        return 3

    def shares(self, people: int) -> int:
        return 3

    def _by_post(self, value: object) -> object:
        letter = pickle.dumps(value)
        self.sent += letter
        return pickle.loads(letter)

    def map(self, work: Callable[..., Answer], parts: Iterator[object], *told: object) -> Iterator[Answer]:
        return (work(self._by_post(part), *[self._by_post(word) for word in told]) for part in parts)

    def hold(self, make: Callable[..., object], parts: Iterator[object], *told: object) -> Held:
        return Here(list(self.map(make, parts, *told)))


def test_no_name_number_phone_or_text_of_anybody_is_sent(sample: Sample) -> None:
    postman = Postman()
    assert_same(sample.plans(postman), sample.plans(LocalEngine()))
    sent = bytes(postman.sent)
    assert len(sent) > 10_000
    for row in sample.desk.people:
        worker = row.worker
        private = (worker.name, worker.id_number, worker.phone, worker.ref, worker.remarks, worker.village)
        assert [words for words in private if len(words) > 1 and words.encode() in sent] == []


@pytest.mark.parametrize(("after", "parts"), [(1, 1), (25, 3), (61, 1)])
def test_a_stopped_run_goes_on_where_it_was_and_ends_the_same(
    sample: Sample, tmp_path: Path, after: int, parts: int
) -> None:
    checkpoints = Checkpoints(tmp_path / "under-way")
    sample.stopped(LocalEngine(2), checkpoints, after)
    (kept,) = checkpoints.folder.iterdir()
    with np.load(kept) as stored:
        assert int(stored["turn"]) == min(after, sample.policy.whole("crowding.rounds"))
        assert stored["weighed"].dtype == np.int64
    counter = Counting(parts)
    assert_same(sample.plans(counter, checkpoints), sample.plans(LocalEngine()))
    assert counter.rounds == sample.policy.whole("crowding.rounds") - min(after, 60)
    assert list(checkpoints.folder.iterdir()) == []


class Counting(LocalEngine):
    """An engine that counts the rounds of prices it is asked for."""

    rounds = 0

    def hold(self, make: Callable[..., object], parts: Iterator[object], *told: object) -> Held:
        Counting.rounds = 0
        return CountingHeld([make(part, *told) for part in parts])


class CountingHeld(Here):
    """Parts that count the questions of rounds of prices."""

    def total(self, question: Callable[..., Answer], *told: object) -> Answer:
        Counting.rounds += question.__name__ == "take_best"
        return super().total(question, *told)  # type: ignore[type-var]


def test_a_run_over_other_data_does_not_take_the_rounds_of_another(sample: Sample, tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "under-way")
    sample.stopped(LocalEngine(), checkpoints, 30)
    fewer = Sample(Desk(sample.desk.people[1:], sample.desk.postings, sample.desk.classes, {}), sample.policy)
    assert_same(fewer.plans(LocalEngine(), checkpoints), fewer.plans(LocalEngine()))
    assert len(list(checkpoints.folder.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half a file"])
def test_a_damaged_file_counts_as_none(sample: Sample, tmp_path: Path, damage: bytes) -> None:
    checkpoints = Checkpoints(tmp_path / "under-way")
    sample.stopped(LocalEngine(), checkpoints, 30)
    (kept,) = checkpoints.folder.iterdir()
    kept.write_bytes(damage)
    assert_same(sample.plans(LocalEngine(), checkpoints), sample.plans(LocalEngine()))
