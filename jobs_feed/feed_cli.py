"""`job131 feed`: sources that postings are pulled from.

In: names, addresses, options. Out: with --json one line a feed on standard output, else words on standard error;
exit 0 done or put off, 1 failed or waiting for a person, 3 done with refused rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click
import msgspec

from matcher.domain.errors import StoreUnavailable
from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import Feed, FeedKind, FeedState, StoredFeed
from matcher.domain.localtime import LOCAL_TIME

if TYPE_CHECKING:
    from jobs_feed.feeds.result import PullResult
    from jobs_feed.feeds.surroundings import FeedPolicy, Surroundings
    from matcher.office import Office
    from matcher.wording import Wording

ELSEWHERE = {
    "consent": "jobs_feed.publish_cli:consent_command",
    "publish": "jobs_feed.publish_cli:publish_command",
}
"""Commands of this group that live in modules of their own: name → module:attribute."""
SHOWN_POSTINGS = 5
SHOWN_PROBLEMS = 20
_JSON = click.option("--json", "as_json", is_flag=True, help="每个来源一行 JSON · one JSON line a feed")


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""


class FeedGroup(click.Group):
    """The commands here, and those that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of their names."""
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, attribute = ELSEWHERE[cmd_name].split(":")
        found = getattr(import_module(module), attribute)
        return found if isinstance(found, click.Command) else None


@click.group(cls=FeedGroup)
def feed() -> None:
    """岗位来源：网址或文件夹，定时取，和表格一样核对 · feeds of postings: addresses or folders, pulled and checked."""


def _opened(context: click.Context) -> tuple[Office, Wording]:
    """The office and its sentences."""
    edge: Edge = context.obj
    office = edge.office()
    return office, office.wording(edge.lang, "jobs_feed")


@feed.command()
@click.argument("name")
@click.argument("url")
@click.option("--kind", type=click.Choice([kind.value for kind in FeedKind]), default="auto", show_default=True)
@click.option("--map", "pairs", multiple=True, metavar="字段=路径", help="字段在内容里的位置 · where a field stands")
@click.option(
    "--sender", default="", help="存为谁报来的，默认用来源的名称 · whose postings; the name of the feed by default"
)
@click.option(
    "--every", type=click.IntRange(5, 60 * 24 * 31), default=None, metavar="分钟", help="隔多久取一次 · minutes"
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="主机[:端口]", help="下一页可以在的别的主机 · further hosts"
)
@click.pass_context
def add(
    context: click.Context,
    *,
    name: str,
    url: str,
    kind: str,
    pairs: tuple[str, ...],
    sender: str,
    every: int | None,
    hosts: tuple[str, ...],
) -> None:
    """添加来源：网址或文件夹 · add a feed: an address or a folder."""
    from jobs_feed.feeds.address import is_inner_literal, shown_origin
    from jobs_feed.feeds.managing import add_feed, read_mapping
    from jobs_feed.feeds.surroundings import Surroundings
    from jobs_feed.report import FileRefused

    office, wording = _opened(context)
    around = Surroundings.from_environment()
    declared = Feed(
        name=name,
        url=url,
        kind=FeedKind(kind),
        sender=sender,
        mapping=read_mapping(pairs),
        hosts=hosts,
        every_minutes=every or 0,
    )
    try:
        added = add_feed(office, declared, around, actor="cli")
    except FileRefused as refusal:
        click.echo(wording.say(refusal.phrase), err=True)
        context.exit(1)
    if added.kind is not FeedKind.FOLDER and is_inner_literal(added.url) and not around.loopback:
        click.echo(wording.text("FEED_INNER_TOLD", address=shown_origin(added.url)), err=True)
    click.echo(wording.text("FEED_ADDED", feed=added.name, kind=added.kind.value), err=True)


@feed.command("list")
@click.argument("name", required=False)
@_JSON
@click.pass_context
def list_command(context: click.Context, *, name: str | None, as_json: bool) -> None:
    """所有来源和上次取的情况；写名称就列出它的记录 · every feed and its last pull; with a name its log."""
    from jobs_feed.feeds.surroundings import FeedPolicy

    office, wording = _opened(context)
    policy = FeedPolicy.of(office)
    with office.reading() as unit:
        feeds = unit.feeds.all()
    if name:
        _say_log(office, wording, name, as_json=as_json)
        return
    for stored in feeds:
        line = _json_of(stored, policy, office, wording) if as_json else _lines_of(stored, policy, office, wording)
        click.echo(line)
    if not feeds:
        click.echo(wording.text("FEED_NONE"), err=True)


@feed.command()
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="全部，不管到没到时候 · all of them, due or not")
@_JSON
@click.pass_context
def pull(context: click.Context, *, name: str | None, everything: bool, as_json: bool) -> None:
    """取一个来源；不写名称就取到时候的 · pull a feed; without a name those that are due."""
    from jobs_feed.feeds.pulling import due
    from jobs_feed.feeds.surroundings import Surroundings

    office, wording = _opened(context)
    names = [name] if name else due(office)
    if everything:
        with office.reading() as unit:
            names = [stored.feed.name for stored in unit.feeds.all()]
    if not names:
        click.echo(wording.text("FEED_NONE_DUE"), err=True)
    context.exit(_pull_all(office, wording, names, Surroundings.from_environment(), as_json=as_json))


def _pull_all(office: Office, wording: Wording, names: Sequence[str], around: Surroundings, *, as_json: bool) -> int:
    """Feeds one after the other, each told as soon as it is done; the exit code of all."""
    from jobs_feed.feeds.pulling import pull as pull_feed
    from jobs_feed.feeds.result import PullResult

    codes = {0}
    for one in names:
        try:
            result = pull_feed(office, one, around, actor="cli")
        except StoreUnavailable as refused:
            result = PullResult(
                feed=one, state=FeedState.FAILED, phrase=Phrase("FEED_ERROR", {"text": refused.message})
            )
        codes.add(result.exit_code)
        if as_json:
            click.echo(result.json_line(wording))
        else:
            _say(result, wording)
    return 1 if 1 in codes else max(codes)


@feed.command("test")
@click.argument("name")
@_JSON
@click.pass_context
def test_command(context: click.Context, *, name: str, as_json: bool) -> None:
    """试取：看看会存什么，什么都不存 · fetch and show what would be stored; store nothing."""
    from jobs_feed.feeds.managing import try_feed
    from jobs_feed.feeds.surroundings import Surroundings

    office, wording = _opened(context)
    trial = try_feed(office, name, Surroundings.from_environment())
    if as_json:
        click.echo(trial.result.json_line(wording))
    else:
        _say(trial.result, wording)
        for posting in trial.postings[:SHOWN_POSTINGS]:
            parts = (posting.ref, posting.title, posting.employer, posting.place.text, posting.wage_text)
            click.echo("\t".join(part.replace("\n", " ")[:60] for part in parts))
    context.exit(trial.result.exit_code)


@feed.command()
@click.argument("name")
@click.pass_context
def pause(context: click.Context, *, name: str) -> None:
    """停用来源，岗位照旧 · let a feed rest; its postings stay."""
    from jobs_feed.feeds.managing import pause_feed

    office, wording = _opened(context)
    pause_feed(office, name, paused=True, actor="cli")
    click.echo(wording.text("FEED_PAUSED", feed=name), err=True)


@feed.command()
@click.argument("name")
@click.pass_context
def resume(context: click.Context, *, name: str) -> None:
    """恢复停用的来源 · take up a feed again."""
    from jobs_feed.feeds.managing import pause_feed

    office, wording = _opened(context)
    pause_feed(office, name, paused=False, actor="cli")
    click.echo(wording.text("FEED_RESUMED", feed=name), err=True)


@feed.command()
@click.argument("name")
@click.option("--withdraw", is_flag=True, help="把它的岗位也撤下 · withdraw its postings too")
@click.pass_context
def remove(context: click.Context, *, name: str, withdraw: bool) -> None:
    """删除来源 · forget a feed."""
    from jobs_feed.feeds.managing import remove_feed

    office, wording = _opened(context)
    count = remove_feed(office, name, withdraw=withdraw, actor="cli")
    code = "FEED_REMOVED_WITH" if withdraw else "FEED_REMOVED"
    click.echo(wording.say(Phrase(code, {"feed": name} | ({"count": count} if withdraw else {}))), err=True)


@feed.command()
@click.argument("name")
@_JSON
@click.pass_context
def accept(context: click.Context, *, name: str, as_json: bool) -> None:
    """确认来源确实少了很多，并照此更新 · a person accepts that a feed has shrunk; it is pulled at once."""
    from jobs_feed.feeds.managing import accept_loss
    from jobs_feed.feeds.surroundings import Surroundings

    office, wording = _opened(context)
    if not accept_loss(office, name, actor="cli"):
        click.echo(wording.text("FEED_NOT_ASKED", feed=name), err=True)
        context.exit(1)
    context.exit(_pull_all(office, wording, [name], Surroundings.from_environment(), as_json=as_json))


@feed.command()
@click.pass_context
def run(context: click.Context) -> None:
    """守候进程：到时候就取，直到被停下 · pull what is due, minute by minute, until stopped."""
    from jobs_feed.feeds.schedule import run_schedule
    from jobs_feed.feeds.surroundings import Surroundings

    office, wording = _opened(context)
    click.echo(wording.text("FEED_RUNNING"), err=True)
    run_schedule(office, Surroundings.from_environment())


def _say_log(office: Office, wording: Wording, name: str, *, as_json: bool) -> None:
    """The pulls of one feed, newest first."""
    with office.reading() as unit:
        events = unit.feeds.events(unit.feeds.get(name).key)
    for event in events:
        message = wording.say(Phrase(event.code, dict(event.args)))
        if as_json:
            line = {"feed": name, "at": event.at, "state": event.state.value, "rows": event.rows, "message": message}
            click.echo(msgspec.json.encode(line).decode())
        else:
            state = wording.text(f"FEED_STATE_{event.state.name}")
            click.echo(f"{_moment(event.at)}  {state}  {message}")


def _say(result: PullResult, wording: Wording) -> None:
    """The outcome in words: outcome, refused rows, notices."""
    from jobs_feed.report import grouped

    click.echo(f"{result.feed}", err=True)
    click.echo(f"  {result.message(wording)}", err=True)
    problems = [problem for problem in result.problems if problem.phrase != result.phrase]
    for problem in problems[:SHOWN_PROBLEMS]:
        click.echo(f"  ✗ {problem.line(wording)}", err=True)
    if len(problems) > SHOWN_PROBLEMS:
        click.echo(f"  {wording.text('IMPORT_MORE', count=len(problems) - SHOWN_PROBLEMS)}", err=True)
    for line in grouped(result.notices, wording):
        click.echo(f"  · {line}", err=True)


def _lines_of(stored: StoredFeed, policy: FeedPolicy, office: Office, wording: Wording) -> str:
    """A feed in two lines."""
    standing = stored.standing
    stale = wording.text("FEED_STALE") if policy.is_stale(standing, office.clock()) else ""
    state = wording.text(f"FEED_STATE_{stored.state.name}")
    message = wording.say(Phrase(standing.code, dict(standing.args))) if standing.code else ""
    head = wording.text("FEED_LINE", feed=stored.feed.name, state=state, stale=stale, message=message)
    never = wording.text("FEED_NEVER")
    more = wording.text(
        "FEED_LINE_MORE",
        address=_address(stored),
        kind=stored.feed.kind.value,
        good=_moment(standing.last_good_at) or never,
        rows=standing.rows,
        next_try=_moment(standing.next_try_at) or never,
    )
    return f"{head}\n  {more}"


def _json_of(stored: StoredFeed, policy: FeedPolicy, office: Office, wording: Wording) -> str:
    """A feed as one line for machines."""
    standing = stored.standing
    line = {
        "feed": stored.feed.name,
        "address": _address(stored),
        "kind": stored.feed.kind.value,
        "state": stored.state.value,
        "stale": policy.is_stale(standing, office.clock()),
        "rows": standing.rows,
        "failures": standing.failures,
        "last_pull_at": standing.last_pull_at,
        "last_good_at": standing.last_good_at,
        "next_try_at": standing.next_try_at,
        "message": wording.say(Phrase(standing.code, dict(standing.args))) if standing.code else "",
    }
    return msgspec.json.encode(line).decode()


def _address(stored: StoredFeed) -> str:
    """Where a feed comes from, without path and query, which may hold a key; a folder whole."""
    from jobs_feed.feeds.address import shown_origin

    is_folder = stored.feed.kind is FeedKind.FOLDER
    return str(Path(stored.feed.url)) if is_folder else shown_origin(stored.feed.url)


def _moment(moment: datetime | None) -> str:
    """A moment as people write it, in Tongliao."""
    return "" if moment is None else moment.astimezone(LOCAL_TIME).strftime("%Y-%m-%d %H:%M")
