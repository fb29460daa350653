"""`job131 feed publish` and `job131 feed consent`: our postings for others, and what employers agreed to.

In: a folder, a region; an employer and its word. Out: files; one JSON line with --json, else words on standard error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import click
import msgspec

from jobs_feed.publishing.consent import record_consent, subject_of_name
from jobs_feed.publishing.frame import Frame, frame_of
from jobs_feed.publishing.regions import Region, everything, region_of_district, region_of_division
from jobs_feed.publishing.tree import Written, publish_tree
from matcher.domain.errors import InputRefused
from matcher.office import Office


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""


@click.command("publish")
@click.option("-o", "--output", "folder", required=True, type=click.Path(path_type=Path), help="文件夹 · folder")
@click.option("--division", default="", metavar="CODE", help="只发一个区划的岗位 · one division only")
@click.option("--district", default="", metavar="NAME", help="只发给一个结对的北京区 · one paired Beijing district")
@click.option("--base-url", default="", metavar="URL", help="文件夹以后的网址 · the address the folder will have")
@click.option("--json", "as_json", is_flag=True, help="一行 JSON · one JSON line")
@click.pass_obj
def publish_command(edge: Edge, *, folder: Path, division: str, district: str, base_url: str, as_json: bool) -> None:
    """把在招岗位写成文件供别处接收 · write open postings as feeds, pages and a spreadsheet for others."""
    office = edge.office()
    with office.reading() as unit:
        frame = frame_of(office, unit, language=edge.lang)
        region = _region(office, frame, division, district)
        base = _checked_base(base_url, frame)
        written = publish_tree(office, unit, frame, region, folder, base=base)
    if as_json:
        click.echo(_line(written, region, folder))
    _say(frame, written, folder, base)


def _region(office: Office, frame: Frame, division: str, district: str) -> Region:
    """The part of the postings asked for."""
    if division and district:
        raise click.UsageError(frame.wording.text("SHARE_BOTH"))
    if division:
        return region_of_division(division, office.gazetteer, frame.wording)
    if district:
        return region_of_district(district, office.gazetteer, frame.pairings, frame.wording)
    return everything(frame.wording)


def _checked_base(address: str, frame: Frame) -> str:
    """The address the folder will have, ending in “/”."""
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise InputRefused(frame.wording.text("SHARE_BAD_ADDRESS", address=address[:80]))
    return address.rstrip("/") + "/" if address else ""


def _line(written: Written, region: Region, folder: Path) -> str:
    """The outcome for a program."""
    outcome = {
        "region": region.slug,
        "path": str(folder),
        "postings": written.postings,
        "files": len(written.names),
        "changed": written.changed,
        "removed": written.removed,
    }
    return msgspec.json.encode(outcome).decode()


def _say(frame: Frame, written: Written, folder: Path, base: str) -> None:
    """The outcome for a person, and what is missing."""
    counts = {"postings": written.postings, "changed": written.changed, "removed": written.removed}
    click.echo(frame.wording.text("SHARE_WRITTEN", path=str(folder), **counts), err=True)
    if not base:
        click.echo(frame.wording.text("SHARE_NO_ADDRESS"), err=True)
    if not frame.phone:
        click.echo(frame.wording.text("SHARE_NO_PHONE"), err=True)


@click.command("consent")
@click.argument("employer")
@click.option("--give", "given", flag_value="give", default=None, help="同意公开联系方式 · may be published")
@click.option("--withdraw", "given", flag_value="withdraw", help="不再同意 · no longer")
@click.option("--by", default="", metavar="WHO", help="谁告诉单位的 · who told the office")
@click.pass_obj
def consent_command(edge: Edge, *, employer: str, given: str | None, by: str) -> None:
    """登记用人单位是否同意公开联系方式 · record whether an employer's contact may be published."""
    office = edge.office()
    wording = office.wording(edge.lang, "jobs_feed")
    subject = subject_of_name(employer, wording)
    if given is None and not by:
        with office.reading() as unit:
            known = unit.sharing.consents().get(subject.key)
        if known is None:
            click.echo(wording.text("SHARE_CONSENT_NONE", employer=subject.name), err=True)
            return
        code = "SHARE_CONSENT_STANDS" if known.given else "SHARE_CONSENT_REFUSED"
        click.echo(wording.text(code, employer=subject.name, by=known.by, on=known.on.isoformat()), err=True)
        return
    if given is None or not by.strip():
        raise click.UsageError(wording.text("SHARE_CONSENT_ASK"))
    with office.unit("cli") as unit:
        touched = record_consent(unit, subject, given=given == "give", by=by.strip(), on=office.today())
    code = "SHARE_CONSENT_GIVEN" if given == "give" else "SHARE_CONSENT_WITHDRAWN"
    on = office.today().isoformat()
    click.echo(wording.text(code, employer=subject.name, by=by.strip(), on=on, postings=touched), err=True)
