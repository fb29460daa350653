"""A cluster of two processes makes the plans this process makes, also when processes die under it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.casework import make_plans
from matcher.checkpoint import Checkpoints
from matcher.domain.errors import ClusterUnavailable
from matcher.domain.plan import ServicePlan
from matcher.engines import LocalEngine, open_engine
from matcher.planning import Settled
from matcher.trials.districts import grown_desk
from matcher.trials.scaling import measure
from tests.matcher.engines.samples import Sample, a_sample, assert_same
from web.cli import cli

dask = pytest.importorskip("matcher.engines.dask")
Made = tuple[list[ServicePlan], Settled]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The village, imported once."""
    return a_sample(tmp_path_factory.mktemp("village"))


@pytest.fixture(scope="module")
def here(sample: Sample) -> Made:
    """What this process makes of it."""
    return sample.plans(LocalEngine())


@pytest.fixture(scope="module")
def engine() -> Iterator[object]:
    """Two worker processes."""
    with dask.open_dask(workers=2) as opened:
        yield opened


def pids(engine: object) -> list[int]:
    """The two processes that work at the moment; one that was killed has to come back first."""
    client = engine._client  # type: ignore[attr-defined]
    client.wait_for_workers(2, timeout=60)
    return sorted(client.run(os.getpid).values())


def process_of(part: int) -> int:
    """The process a part is worked on in."""
    return os.getpid()


def test_two_processes_make_the_same_plans(engine: object, sample: Sample, here: Made) -> None:
    assert os.getpid() not in pids(engine)
    assert_same(sample.plans(engine), here)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "share", "everybody"),
    [("RUN_SCORING", 0.16, False), ("RUN_SHARING", 0.52, False), ("RUN_SHARING", 0.5702, True)],
)
def test_a_process_killed_in_the_middle_changes_nothing(
    engine: object, sample: Sample, here: Made, code: str, share: float, everybody: bool
) -> None:
    doomed = pids(engine)[: 2 if everybody else 1]
    killed = []

    def tell(done: float, at: str) -> None:
        if at == code and done >= share and doomed:
            killed.append(done)
            while doomed:
                os.kill(doomed.pop(), signal.SIGKILL)

    made = make_plans(sample.desk, sample.policy, tell, engine=engine)  # type: ignore[arg-type]
    assert killed
    assert_same(made, here)


def test_a_run_stopped_over_a_cluster_can_be_ended_by_this_process(
    engine: object, sample: Sample, here: Made, tmp_path: Path
) -> None:
    checkpoints = Checkpoints(tmp_path / "under-way")
    sample.stopped(engine, checkpoints, 20)  # type: ignore[arg-type]
    assert_same(sample.plans(LocalEngine(), checkpoints), here)


def test_a_cluster_with_another_program_is_refused(
    engine: object, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_version", "other")
    with pytest.raises(ClusterUnavailable, match="版本"):
        sample.plans(engine)  # type: ignore[arg-type]


def test_an_existing_cluster_is_used_by_its_address(engine: object) -> None:
    address = engine._client.scheduler_info()["address"]  # type: ignore[attr-defined]
    with open_engine("dask", address) as joined:
        assert set(joined.map(process_of, iter(range(8)))) <= set(pids(engine))


def test_what_is_held_is_dealt_out_to_all(engine: object) -> None:
    working = pids(engine)
    held = engine.hold(process_of, iter(range(4)))  # type: ignore[attr-defined]
    assert sorted(held.ask(int)) == sorted([*working, *working])


def test_an_address_where_nobody_answers_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "SECONDS_TO_CONNECT", 0.3)
    with pytest.raises(ClusterUnavailable, match="连不上"), open_engine("dask", "tcp://127.0.0.1:9"):
        pass


def test_what_is_not_an_address_is_said_in_one_line() -> None:
    with pytest.raises(ClusterUnavailable, match="连不上"), open_engine("dask", "nowhere at all"):
        pass


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.engines.find_spec", lambda name: None)
    done = on_a_new_desk(tmp_path, "plan", "--engine", "dask")
    assert done.exit_code == 1
    assert "job131[cluster]" in str(done.exception)


def on_a_new_desk(folder: Path, *arguments: str) -> Result:
    """A command on an office without data."""
    environment = {"JOB131_KEY_FILE": str(folder / "key")}
    home = ["--home", str(folder / "data")]
    assert CliRunner().invoke(cli, [*home, "init"], env=environment).exit_code == 0
    return CliRunner().invoke(cli, [*home, *arguments], env=environment)


def test_an_address_without_dask_is_wrong_usage(tmp_path: Path) -> None:
    done = on_a_new_desk(tmp_path, "plan", "--cluster", "tcp://127.0.0.1:1")
    assert done.exit_code == 2
    assert "--engine dask" in done.output


def test_larger_markets_are_districts_side_by_side_and_scale_over_processes(sample: Sample) -> None:
    grown = grown_desk(sample.desk, 100, 90)
    assert (len(grown.people), len(grown.postings)) == (100, 90)
    assert len({row.key for row in grown.people}) == len({row.worker.ref for row in grown.people}) == 100
    near = {row.worker.home.code[:2] for row in grown.people}
    assert len(near) == 3
    measured = measure(grown, sample.policy, 2)
    assert measured.workers == 2
    assert 50 < measured.owed <= 100
    assert measured.sent_mb > 0.01
    assert measured.scoring_s > 0


@pytest.mark.parametrize("workers", ["", "0", "1,,2", "two"])
def test_wrong_numbers_of_workers_are_wrong_usage(tmp_path: Path, workers: str) -> None:
    assert on_a_new_desk(tmp_path, "bench", f"--workers={workers},").exit_code == 2
