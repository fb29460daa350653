"""What was printed: printings, the parts of papers, and which parts each printing was made of."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

INDEXED = (
    ("printing", "state"),
    ("printing", "actor"),
    ("printing", "division"),
    ("paper", "worker_key"),
    ("paper", "plan_key"),
    ("paper", "digest"),
    ("printing_paper", "printing_key"),
    ("printing_paper", "paper_key"),
)


def _key(table: str) -> tuple[sa.Column[Any], sa.PrimaryKeyConstraint]:
    """A primary key."""
    column = sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)
    return column, sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}"))


def _uid(table: str) -> tuple[sa.Column[Any], sa.UniqueConstraint]:
    """The random name of a row."""
    return sa.Column("uid", sa.String(32), nullable=False), sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid"))


def _text(name: str) -> sa.Column[Any]:
    """A text, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    """Yes or no, no by default."""
    return sa.Column(name, sa.Boolean(), server_default=sa.text("(false)"), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _part_of(table: str, other: str) -> sa.ForeignKeyConstraint:
    """The row goes with the one it points to."""
    name = op.f(f"fk_{table}_{other}_key")
    return sa.ForeignKeyConstraint([f"{other}_key"], [f"{other}.key"], name=name, ondelete="CASCADE")


def _printing() -> None:
    """Table printing."""
    op.create_table(
        "printing",
        *_key("printing"),
        *_uid("printing"),
        *(_text(name) for name in ("kind", "state", "actor", "division", "place", "ending", "lang")),
        *(_flag(name) for name in ("large", "pack", "only_changed")),
        sa.Column("sheets", sa.Integer(), server_default="0", nullable=False),
        sa.Column("progress", sa.Float(), server_default="0", nullable=False),
        _text("message"),
        _text("versions"),
        sa.Column("again", sa.Integer(), nullable=True),
        _flag("stop_asked"),
        sa.Column("wanted", sa.LargeBinary(), nullable=False),
        _moment("asked_at"),
        _moment("heartbeat_at", nullable=True),
        _moment("done_at", nullable=True),
        sqlite_autoincrement=True,
    )


def _papers() -> None:
    """Tables paper and printing_paper."""
    op.create_table(
        "paper",
        *_key("paper"),
        *_uid("paper"),
        *(sa.Column(f"{other}_key", sa.Integer(), nullable=True) for other in ("worker", "plan")),
        *(_text(name) for name in ("kind", "digest", "mark")),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *(_part_of("paper", other) for other in ("worker", "plan")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "printing_paper",
        *_key("printing_paper"),
        *(sa.Column(f"{other}_key", sa.Integer(), nullable=False) for other in ("printing", "paper")),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        *(_part_of("printing_paper", other) for other in ("printing", "paper")),
        sqlite_autoincrement=True,
    )


def upgrade() -> None:
    """Three tables."""
    _printing()
    _papers()
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Away with them."""
    for table in ("printing_paper", "paper", "printing"):
        op.drop_table(table)
