"""How the cost grows: a line a size, and exponents that say what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from matcher.office import Office
from matcher.trials.growth import exponent, run_growth
from tests.offices import sample_office
from web.cli import cli


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A village with postings."""
    opened = sample_office(tmp_path_factory.mktemp("growth"), "village")
    yield opened
    opened.close()


def test_twice_the_people_in_twice_the_time_is_growth_in_proportion() -> None:
    assert exponent([1000, 2000, 4000], [1.0, 2.0, 4.0]) == pytest.approx(1.0)
    assert exponent([1000, 2000, 4000], [1.0, 4.0, 16.0]) == pytest.approx(2.0)


def test_postings_grow_with_the_people(office: Office) -> None:
    lines = [json.loads(line) for line in run_growth(office, [40, 80], as_json=True)]
    small, large, growth = lines
    assert (small["people"], large["people"]) == (40, 80)
    assert large["postings"] == pytest.approx(2 * small["postings"], abs=1)
    assert set(growth["exponent"]) == {*small["seconds"], "all"}


def test_people_read_a_line_a_size_and_the_exponents(office: Office) -> None:
    machine, first, second, last = run_growth(office, [40, 80], as_json=False)
    assert "Python" in machine
    assert first.startswith("40 people") and second.startswith("80 people")
    assert last.startswith("exponent")


@pytest.mark.parametrize("sizes", ["0", "10,x", ",", "-5"])
def test_sizes_that_are_no_numbers_are_told_in_one_line(sizes: str) -> None:
    told = CliRunner().invoke(cli, ["bench", f"--growth={sizes}"])
    assert told.exit_code == 2
    assert "--growth" in told.output
