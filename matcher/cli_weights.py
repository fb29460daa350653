"""`job131 weights fit`: what the recorded answers say of the published weights.

In: the office. Out: a line a weight, hand-made and fitted, the errors on banners left out, and with --save dated
entries in the office's own policy file – refused where the new weights are worse or less fair.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from matcher.cli import Desk, write_lines
from matcher.domain.errors import InputRefused
from matcher.office import POLICY_FILE, Office
from matcher.policy import Entry, toml_entry
from matcher.wording import Wording

if TYPE_CHECKING:
    from matcher.trials.weights import Refit


@click.group()
def weights() -> None:
    """打分权重：用已登记的答复重新估计 · the published weights against recorded answers."""


@weights.command()
@click.option("--save", is_flag=True, help="更好且不更不公平时写进本单位的政策文件 · save if better and no less fair")
@click.option("--json", "as_json", is_flag=True, help="一行 JSON · one line of JSON")
@click.pass_obj
def fit(desk: Desk, *, save: bool, as_json: bool) -> None:
    """按答复重估权重：不低于零，以手定权重为准，逐旗县留一检验 · refit, judged on banners left out."""
    from matcher.trials.answered import collect
    from matcher.trials.weights import refit

    office, wording = desk.office(), desk.wording()
    policy = office.policy.at(office.today())
    found = [refit(examples, policy) for examples in collect(office, policy).values()]
    if as_json:
        click.echo(json.dumps({one.part.value: asdict(one) for one in found}, ensure_ascii=False))
    else:
        for one in found:
            _say(one, wording)
    if save:
        good = [one for one in found if not one.refused_because]
        if not good:
            raise InputRefused(wording.text("WEIGHTS_NOT_SAVED"))
        save_weights(office, good, office.today())
        click.echo(wording.text("WEIGHTS_SAVED", path=str(office.config.home / POLICY_FILE)), err=True)


def _say(one: Refit, wording: Wording) -> None:
    """One part as a table."""
    click.echo(wording.text("WEIGHTS_PART", part=one.part.value, answers=one.answers, banners=one.banners))
    if one.refused_because in {"WEIGHTS_TOO_FEW", "WEIGHTS_ONE_BANNER"}:
        click.echo("  " + wording.text(one.refused_because))
        return
    for name, value in one.hand.items():
        click.echo(f"  {name:<12} {value:.3f} → {one.fitted[name]:.3f}")
    click.echo(
        "  "
        + wording.text(
            "WEIGHTS_ERRORS",
            hand=round(one.hand_error, 4),
            fitted=round(one.fitted_error, 4),
            hand_auc=round(one.hand_auc, 3),
            fitted_auc=round(one.fitted_auc, 3),
            hand_gap=round(one.hand_gap, 3),
            fitted_gap=round(one.fitted_gap, 3),
        )
    )
    click.echo("  " + wording.text(one.refused_because or "WEIGHTS_BETTER"))


def save_weights(office: Office, found: list[Refit], since: date) -> None:
    """Appends the new weights to the office's own policy file, whole or not at all, and notes it in the audit."""
    path = office.config.home / POLICY_FILE
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = [before.rstrip() + "\n"] if before else []
    for one in found:
        basis = (
            f"fitted on {one.answers} answers of {one.banners} banners, {since.isoformat()}: "
            f"error {one.hand_error:.4f} → {one.fitted_error:.4f} on banners left out"
        )
        for name, value in one.fitted.items():
            lines.append(toml_entry(Entry(f"weights.{one.part.value}.{name}", value, "share", since, basis)))
    write_lines(lines, path)
    with office.unit("cli") as unit:
        unit.audit.note("weights", subject=f"policy {since.isoformat()}")
