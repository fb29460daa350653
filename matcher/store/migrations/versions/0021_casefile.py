"""What staff put on record of cases, what is stated of spells of work, and what proves them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def _text(name: str) -> sa.Column[Any]:
    """A text, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A date."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def _foreign(table: str, name: str, to: str, *, goes_with: bool = True) -> sa.ForeignKeyConstraint:
    """Where a key leads, and whether the row goes with that other one."""
    ondelete = "CASCADE" if goes_with else None
    return sa.ForeignKeyConstraint([name], [f"{to}.key"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete=ondelete)


def _make(table: str, *columns: Any) -> None:
    """A table about a person with its keys, who wrote a row and when."""
    op.create_table(
        table,
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        *columns,
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("actor"),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        _foreign(table, "worker_key", "worker"),
        sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{table}_worker_key"), table, ["worker_key"])


def _of_spell(table: str, *columns: Any) -> None:
    """A table about a spell of work, whose rows can be taken back."""
    _make(
        table,
        sa.Column("spell_key", sa.Integer(), nullable=False),
        *columns,
        sa.Column("undone_at", sa.String(32), nullable=True),
        _text("undone_by"),
        _foreign(table, "spell_key", "employment_spell"),
    )
    op.create_index(op.f(f"ix_{table}_spell_key"), table, ["spell_key"])


def upgrade() -> None:
    """Three tables."""
    _make(
        "case_event",
        _text("step"),
        _day("happened_on"),
        _text("way"),
        _text("who"),
        sa.Column("minutes", sa.Integer(), server_default="0", nullable=False),
        _text("signed"),
        sa.Column("read_aloud", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        _text("plan_code"),
        sa.Column("posting_key", sa.Integer(), nullable=True),
        _day("due_on", nullable=True),
        _text("about"),
        _foreign("case_event", "posting_key", "posting", goes_with=False),
    )
    op.create_index(op.f("ix_case_event_posting_key"), "case_event", ["posting_key"])
    codes = ("region", "channel", "contract", "insurance", "industry", "province", "city", "county")
    _of_spell(
        "spell_detail", _text("said_by"), _day("told_on"), _text("verified_how"), *(_text(name) for name in codes)
    )
    op.create_index("ix_spell_detail_channel", "spell_detail", ["channel"])
    days = (_day("from_on"), _day("until_on", nullable=True), _day("told_on"))
    _of_spell("spell_proof", _text("kind"), *days, _text("said_by"))


def downgrade() -> None:
    """Away with them."""
    for table in ("spell_proof", "spell_detail", "case_event"):
        op.drop_table(table)
