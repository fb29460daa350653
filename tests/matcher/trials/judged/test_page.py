"""The table of figures, the object for machines, and the section on the page."""

from __future__ import annotations

import json
from datetime import date

from matcher.trials.judged.evaluation import Outcome, as_object, missed_targets, table_lines
from matcher.trials.judged.figures import Tally
from matcher.trials.judged.page import BEGIN, END, with_section

GOOD = {"tracks": Tally(10, 10), "suitable_at_3": Tally(27, 30), "hard_limits": Tally(0, 10)}
POOR = {"tracks": Tally(1, 10), "suitable_at_3": Tally(3, 30), "hard_limits": Tally(2, 10)}
SEARCHED = {"open:TF-IDF, title": Tally(10, 30)}


def outcome(name: str, tallies: dict[str, Tally]) -> Outcome:
    """What was measured on a set of ten."""
    return Outcome(name=name, people=10, postings=20, classes=2, tallies=tallies)


def test_targets_are_judged_over_all_sets() -> None:
    assert missed_targets([outcome("good", GOOD)]) == []
    missed = [figure.code for figure in missed_targets([outcome("good", GOOD), outcome("poor", POOR)])]
    assert missed == ["tracks", "hard_limits", "suitable_at_3"]


def test_the_table_stands_in_both_languages_with_baselines_below() -> None:
    for language, words in (("zh", "服务类别判对"), ("en", "tracks")):
        lines = [*table_lines([outcome("good", GOOD | SEARCHED)], language)]
        assert lines[1].startswith(words)
        assert "✓" in lines[1]
        assert "0.333 (10/30)" in lines[-1]
        assert any("+0.567" in line for line in lines)


def test_machines_get_values_targets_and_what_is_missed() -> None:
    found = json.loads(as_object([outcome("good", GOOD), outcome("poor", POOR)]))
    assert found["overall"]["hard_limits"] == {"value": 2, "part": 2, "whole": 20, "target": "≤ 0", "holds": False}
    assert found["sets"]["good"]["suitable_at_3"]["value"] == 0.9
    assert "suitable_at_3" in found["missed"]


def test_a_page_keeps_everything_but_its_section() -> None:
    page = "# Quality\n\nIntroduction.\n\n## Reading real adverts\n\nText.\n"
    told = {"on": date(2026, 6, 15), "machine": "x86_64", "command": "job131 evaluate tests/cases"}
    first = with_section(page, [outcome("good", GOOD)], **told)  # type: ignore[arg-type]
    again = with_section(first, [outcome("poor", POOR)], **told)  # type: ignore[arg-type]
    assert first.index("Introduction.") < first.index(BEGIN) < first.index("## Reading real adverts")
    assert "All targets are met" in first
    assert "Targets missed: tracks" in again
    assert again.count(BEGIN) == again.count(END) == 1
    assert again.split(END)[1] == first.split(END)[1] == "\n\n## Reading real adverts\n\nText.\n"


def test_sets_that_were_not_looked_at_stand_apart() -> None:
    both = [outcome("worked", GOOD), outcome("unseen_one", POOR), outcome("unseen_two", POOR)]
    heading, first, *_ = table_lines(both, "en")
    assert "unseen" in heading
    assert "0.100 (2/20)" in first
    found = json.loads(as_object(both))["halves"]
    assert found["unseen"]["tracks"]["value"] == 0.1
    assert found["worked with"]["tracks"]["value"] == 1.0


def test_without_unseen_sets_there_are_no_halves() -> None:
    assert json.loads(as_object([outcome("good", GOOD)]))["halves"] == {}
