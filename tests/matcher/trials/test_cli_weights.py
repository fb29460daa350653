"""`job131 weights fit` on an office that has recorded answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.casework import plan_people
from matcher.domain.answer import AnswerKind
from matcher.domain.match import Match
from matcher.office import POLICY_FILE, Office, OfficeConfig, init_office
from matcher.policy import Entry, load_policy, toml_entry
from web.cli import main

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def near(match: Match) -> bool:
    """Whether the way to work speaks for a posting."""
    return sum(reason.effect for reason in match.reasons if reason.code.startswith("PLACE_")) > 0.04


def answer_all(office: Office, folder: Path) -> None:
    """A prefecture that has its plans and took what lies near."""
    files = write_sample(folder / "sample", size="standard", as_of=office.today())
    for kind in ("postings", "training", "workers"):
        assert run_import(office, kind, getattr(files, kind), as_of=office.today()).refused is None
    run = plan_people(office)
    with office.reading() as unit:
        plans = list(unit.plans.of_run(run.key or 0))
    with office.unit() as unit:
        for stored in plans:
            for match in stored.plan.matches:
                kind = AnswerKind.WANTED if near(match) else AnswerKind.NOT_WANTED
                unit.plans.answers.record(stored.key, match.posting_key, kind, on=office.today())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of such a prefecture."""
    folder = tmp_path_factory.mktemp("weights")
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    office = Office.open(config, clock=lambda: NOON)
    answer_all(office, folder)
    office.close()
    yield folder
    assert (config.home / POLICY_FILE).exists()


@pytest.fixture(autouse=True)
def key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key file of the office."""
    monkeypatch.setenv("JOB131_KEY_FILE", str(home / "keys" / "key"))


def run(home: Path, *words: str) -> int:
    """The command on the office's data folder."""
    return main(["--home", str(home / "home"), "weights", "fit", *words])


def set_policy(home: Path, **values: float) -> None:
    """Own entries of the office."""
    entries = [
        Entry(key.replace("__", "."), value, "answer", date(2022, 6, 10), "test") for key, value in values.items()
    ]
    (home / "home" / POLICY_FILE).write_text("".join(map(toml_entry, entries)), encoding="utf-8")


def test_few_answers_change_nothing_and_are_not_saved(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_policy(home, trials__least_answers=100_000)
    before = (home / "home" / POLICY_FILE).read_bytes()
    assert run(home) == 0
    assert "答复太少" in capsys.readouterr().out
    assert run(home, "--save") == 1
    assert "没有可以保存的权重" in capsys.readouterr().err
    assert (home / "home" / POLICY_FILE).read_bytes() == before


def test_answers_that_go_by_the_way_raise_its_weight_from_today_on(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_policy(home, trials__least_answers=20, trials__most_unfairness=1)
    assert run(home, "--json") == 0
    wish = json.loads(capsys.readouterr().out)["wish"]
    assert wish["answers"] >= 20
    assert wish["fitted"]["distance"] > wish["hand"]["distance"]
    assert run(home, "--save") == 0
    office = Office.open(OfficeConfig(home=home / "home", key_file=home / "keys" / "key"))
    weights = office.policy.at(office.today()).group("weights.wish")
    assert weights == wish["fitted"]
    assert office.policy.at(date(2026, 1, 1)).group("weights.wish") == wish["hand"]
    assert office.policy.digest != load_policy().digest
    with office.reading() as unit:
        assert unit.audit.recent()[0].action == "weights"
    office.close()
