"""Slips handed back, work as told, calls that are due, monthly rounds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0020"


def _key() -> sa.Column[Any]:
    """The primary key."""
    return sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)


def _uid() -> sa.Column[Any]:
    """The random name of a row."""
    return sa.Column("uid", sa.String(32), nullable=False)


def _text(name: str) -> sa.Column[Any]:
    """A text, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _link(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """The key of another row."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A date."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Something sealed."""
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _foreign(table: str, name: str, to: str, *, goes_with: bool = True) -> sa.ForeignKeyConstraint:
    """Where a key leads, and whether the row goes with that other one."""
    ondelete = "CASCADE" if goes_with else None
    return sa.ForeignKeyConstraint([name], [f"{to}.key"], name=op.f(f"fk_{table}_{name}"), ondelete=ondelete)


def _finish(table: str, *columns: Any, unique: tuple[str, ...] = ()) -> None:
    """Makes a table with its keys."""
    own = [sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}"))] if unique else []
    primary = sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}"))
    op.create_table(table, *columns, *own, primary, sqlite_autoincrement=True)


def _unique_uid(table: str) -> sa.UniqueConstraint:
    """No two rows share a random name."""
    return sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid"))


def _indexed(table: str, *names: str) -> None:
    """An index for each column."""
    for name in names:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _slip_return() -> None:
    """Tables slip_return and posting_voice."""
    table = "slip_return"
    columns = (_key(), _uid(), _link("worker_key"), _link("plan_key"), _day("handed_in_on"), _sealed("body"))
    marks = (
        _text("actor"),
        _moment("recorded_at"),
        _text("taken_back_by"),
        _moment("taken_back_at", nullable=True),
    )
    ties = (_foreign(table, "worker_key", "worker"), _foreign(table, "plan_key", "plan"), _unique_uid(table))
    _finish(table, *columns, *marks, *ties)
    _indexed(table, "worker_key", "plan_key", "actor")
    table = "posting_voice"
    voices = (_key(), _link("return_key"), _link("posting_key"), _text("voice"), _day("heard_on"))
    _finish(table, *voices, _foreign(table, "return_key", "slip_return"), _foreign(table, "posting_key", "posting"))
    _indexed(table, "return_key", "posting_key")


def _employment_spell() -> None:
    """Table employment_spell."""
    table = "employment_spell"
    columns = (
        _key(),
        _uid(),
        _link("worker_key"),
        _link("posting_key", nullable=True),
        _link("return_key", nullable=True),
        _day("started_on"),
        _day("ended_on", nullable=True),
        _text("said_by"),
        _text("ended_said_by"),
        _sealed("body"),
        _text("actor"),
        _moment("recorded_at"),
    )
    ties = (
        _foreign(table, "worker_key", "worker"),
        _foreign(table, "posting_key", "posting", goes_with=False),
        _foreign(table, "return_key", "slip_return"),
        _unique_uid(table),
    )
    _finish(table, *columns, *ties)
    _indexed(table, "worker_key", "posting_key", "return_key")


def _follow_up() -> None:
    """Table follow_up."""
    table = "follow_up"
    columns = (
        _key(),
        _uid(),
        _link("spell_key"),
        _link("worker_key"),
        _number("after_days"),
        _day("due_on"),
        _day("done_on", nullable=True),
        _text("result"),
        _text("done_by"),
        _number("tries"),
        _day("tried_on", nullable=True),
        _sealed("note", nullable=True),
        _moment("recorded_at", nullable=True),
    )
    ties = (
        _foreign(table, "spell_key", "employment_spell"),
        _foreign(table, "worker_key", "worker"),
        _unique_uid(table),
    )
    _finish(table, *columns, *ties, unique=("spell_key", "after_days"))
    _indexed(table, "worker_key")
    op.create_index("ix_follow_up_open", table, ["done_on", "due_on"])


def _round_row() -> None:
    """Table round_row."""
    table = "round_row"
    changed: sa.Column[Any] = sa.Column("changed", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
    columns = (
        _key(),
        _uid(),
        _link("worker_key"),
        sa.Column("month", sa.String(7), nullable=False),
        changed,
        _day("confirmed_on"),
        _sealed("body"),
        _text("actor"),
        _moment("recorded_at"),
    )
    ties = (_foreign(table, "worker_key", "worker"), _unique_uid(table))
    _finish(table, *columns, *ties, unique=("worker_key", "month"))
    _indexed(table, "worker_key", "month")


def upgrade() -> None:
    """The tables."""
    for make in (_slip_return, _employment_spell, _follow_up, _round_row):
        make()


def downgrade() -> None:
    """Away with them."""
    for table in ("round_row", "follow_up", "employment_spell", "posting_voice", "slip_return"):
        op.drop_table(table)
