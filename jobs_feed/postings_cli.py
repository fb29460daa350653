"""`job131 postings check`: every posting that may still be suggested, judged anew under today's rules.

In: nothing. Out: how many were judged, held and opened again, and how many wait for a person; with --json one line.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Protocol

import click

from jobs_feed.filing import POSTING_READER
from jobs_feed.trust.checking import check_all
from matcher.cli import progress_bar
from matcher.office import Office


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""


@click.group()
def postings() -> None:
    """岗位：重新核查 · postings: check them again."""


@postings.command()
@click.option("--json", "as_json", is_flag=True, help="一行 JSON · one line of JSON")
@click.pass_obj
def check(edge: Edge, as_json: bool) -> None:
    """按今天的规则重新核查在招岗位：收费、诱骗、低工资、违规限制 · judge open postings anew."""
    office = edge.office()
    wording = office.wording(edge.lang, "jobs_feed")
    with progress_bar(wording) as tell:
        report = check_all(office, POSTING_READER, tell, actor="cli")
    if as_json:
        click.echo(json.dumps(asdict(report)))
    else:
        click.echo(wording.text("CHECK_DONE", **asdict(report)), err=True)
