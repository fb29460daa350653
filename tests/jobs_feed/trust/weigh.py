"""Weights of the scorecard of misconduct: `python -m tests.jobs_feed.trust.weigh [--leave NAME]`.

In: the labelled adverts that were worked with, and the good adverts of the judged sets. Out: conduct_weights.csv;
with `--leave` nothing is written, and recall and false alarms on the one style left out are printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import matcher.reference
from matcher.reading.conduct.disguise import clear
from matcher.reading.conduct.signs import MONEY, Clauses, clauses_of, gates, open_for, signs
from matcher.reading.passages import passages
from tests.jobs_feed.trust.labelled import WORKED_WITH, codes, labelled

JUDGED = Path(__file__).resolve().parents[2] / "cases"
TARGET = Path(matcher.reference.__file__).parent / "conduct_weights.csv"
AS_MONEY = frozenset({"FEE", "DEPOSIT", "CLOTHING_CHARGE"})
SOFTNESS, ROUNDS, BASE = 0.3, 5, 0.25
"""Inverse of the penalty; how often the clause that speaks of misconduct is chosen anew; what the sum must pass."""
Text = tuple[Clauses | None, frozenset[str]]


def clauses(text: str) -> Clauses | None:
    """The clauses of a raw text."""
    (passage,) = passages([("岗位描述", text)])
    return clauses_of(clear(passage).text)


def good_adverts() -> list[str]:
    """Adverts of the judged sets that nobody need hold; sets nobody read stay unread."""
    found = []
    for folder in sorted(path for path in JUDGED.iterdir() if (path / "postings.json").exists()):
        if folder.name.startswith("unseen"):
            continue
        truth = json.loads((folder / "postings.json").read_text(encoding="utf-8"))
        fair = {row["ref"].split("#")[0] for row in truth if row["closed"] in {"", "expired", "stale", "filled"}}
        with (folder / "postings.csv").open(encoding="utf-8") as stream:
            found += [
                "。".join(row[name] for name in ("岗位名称", "薪资待遇", "岗位描述", "备注") if row.get(name))
                for row in csv.DictReader(stream)
                if row["编号"] in fair
            ]
    return found


def read(names: tuple[str, ...]) -> list[Text]:
    """Labelled texts as clauses and kinds of misconduct."""
    return [
        (clauses(row.text), frozenset(MONEY if code in AS_MONEY else code for code in row.codes))
        for name in names
        for row in labelled(name)
    ]


def fitted(code: str, texts: list[Text]) -> LogisticRegression:
    """A scorecard: in a bad advert the clause that speaks most of it counts, in a good one every clause."""
    bad = [_open(code, one) for one, found in texts if code in found and one is not None]
    bad = [rows for rows in bad if len(rows)]
    good = np.vstack([_open(code, one) for one, found in texts if not found and one is not None])
    chosen = np.vstack([rows.mean(axis=0) for rows in bad])
    card = LogisticRegression(C=SOFTNESS, class_weight="balanced", max_iter=500)
    for _ in range(ROUNDS):
        card.fit(np.vstack([chosen, good]), np.r_[np.ones(len(chosen)), np.zeros(len(good))])
        chosen = np.vstack([rows[card.decision_function(rows).argmax()] for rows in bad])
    return card


def _open(code: str, one: Clauses) -> np.ndarray:
    """The clauses whose gate is open."""
    return one.has[open_for(code, one)]


def main() -> None:
    """Fit and write, or leave one style out and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave")
    left = parser.parse_args().leave
    texts = read(tuple(name for name in WORKED_WITH if name != left))
    texts += [(clauses(text), frozenset()) for text in good_adverts()]
    cards = {code: fitted(code, texts) for code in gates()}
    if left:
        sys.stdout.write(measured(cards, left) + "\n")
    else:
        write(cards)


def measured(cards: dict[str, LogisticRegression], name: str) -> str:
    """Recall and false alarms of the rest's scorecards on a style, alone and beside the rules as they stand."""
    kinds: dict[bool, list[tuple[bool, bool]]] = {True: [], False: []}
    for row in labelled(name):
        one = clauses(row.text)
        opened = {code: _open(code, one) for code in cards} if one is not None else {}
        held = any(len(rows) and cards[code].decision_function(rows).max() > BASE for code, rows in opened.items())
        kinds[bool(row.codes)].append((held, held or bool(codes(row.text))))
    alone, both = (
        " / ".join(f"{sum(pair[at] for pair in kinds[bad]) / len(kinds[bad]):.2f}" for bad in (True, False))
        for at in (0, 1)
    )
    return f"{name}: scorecard {alone}, with the rules {both} (recall / false alarms)"


def write(cards: dict[str, LogisticRegression]) -> None:
    """The table."""
    names = list(signs())
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        stream.write("# Weights of the scorecard of misconduct, written by `python -m tests.jobs_feed.trust.weigh`.\n")
        stream.write(
            "# A clause is meant where base and weights sum to more than nought; base: the row without a sign.\n"
        )
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["code", "sign", "here", "beside", "anywhere"])
        for code, card in cards.items():
            table.writerow([code, "", f"{card.intercept_[0] - BASE:.2f}", "", ""])
            weights = card.coef_[0].reshape(3, len(names))
            table.writerows(
                [code, name, *(f"{value:.2f}" for value in weights[:, at])] for at, name in enumerate(names)
            )


if __name__ == "__main__":
    main()
