"""Job fairs: fairs, booths, postings at booths, visitors, results, bus stops, PINs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0020"


def _key() -> sa.Column[Any]:
    """The primary key."""
    return sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)


def _uid() -> sa.Column[Any]:
    """The random name of a row."""
    return sa.Column("uid", sa.String(32), nullable=False)


def _texts(*names: str) -> list[sa.Column[Any]]:
    """Texts, "" where nothing is known."""
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def _number(name: str, default: int = 0) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), server_default=str(default), nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _of(table: str, other: str, name: str, *, nullable: bool = False) -> list[Any]:
    """A row of another table, and that this one goes with it."""
    foreign = sa.ForeignKeyConstraint([name], [f"{other}.key"], name=op.f(f"fk_{table}_{name}"), ondelete="CASCADE")
    return [sa.Column(name, sa.Integer(), nullable=nullable), foreign]


def _make(table: str, *parts: Any, unique: tuple[tuple[str, ...], ...] = (), indexed: tuple[str, ...] = ()) -> None:
    """A table with its keys."""
    once = [sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}")) for names in unique]
    primary = sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}"))
    op.create_table(table, _key(), *parts, primary, *once, sqlite_autoincrement=True)
    for name in indexed:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _visitor() -> None:
    """Table fair_visitor."""
    _make(
        "fair_visitor",
        _uid(),
        *_of("fair_visitor", "fair", "fair_key"),
        *_of("fair_visitor", "worker", "worker_key", nullable=True),
        sa.Column("code", sa.String(8), nullable=False),
        *_texts("name", "initials", "home_code", "home_name", "village", "tail_index"),
        _flag("invited"),
        _flag("away"),
        _moment("arrived_at", nullable=True),
        *_texts("arrived_by"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _moment("changed_at"),
        _moment("base_at", nullable=True),
        unique=(("uid",), ("code",), ("fair_key", "worker_key")),
        indexed=("fair_key", "worker_key", "tail_index"),
    )


def _result() -> None:
    """Table fair_result."""
    _make(
        "fair_result",
        _uid(),
        *_of("fair_result", "fair_visitor", "visitor_key"),
        *_of("fair_result", "fair_posting", "booth_posting_key"),
        *_texts("result", "posting_digest"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("other", sa.LargeBinary(), nullable=True),
        _moment("at"),
        *_texts("by"),
        _moment("base_at", nullable=True),
        *_texts("fed"),
        unique=(("uid",), ("visitor_key", "booth_posting_key")),
        indexed=("visitor_key", "booth_posting_key"),
    )


def _fair() -> None:
    """Table fair."""
    _make(
        "fair",
        _uid(),
        sa.Column("ref", sa.String(40), nullable=False),
        *_texts("name", "division", "owner", "state"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        *_texts("opens_at", "closes_at", "place", "note"),
        _number("revision", 1),
        _moment("changed_at"),
        _moment("base_at", nullable=True),
        _moment("created_at"),
        unique=(("uid",), ("ref",)),
        indexed=("division", "owner"),
    )


def upgrade() -> None:
    """The seven tables."""
    _fair()
    _make(
        "fair_booth",
        _uid(),
        *_of("fair_booth", "fair", "fair_key"),
        *_texts("number"),
        _number("position"),
        *_texts("employer", "name_key", "note"),
        _moment("changed_at"),
        _moment("base_at", nullable=True),
        unique=(("uid",), ("fair_key", "number")),
        indexed=("fair_key", "name_key"),
    )
    _make(
        "fair_posting",
        *_of("fair_posting", "fair_booth", "booth_key"),
        *_of("fair_posting", "posting", "posting_key"),
        unique=(("booth_key", "posting_key"),),
        indexed=("booth_key", "posting_key"),
    )
    _visitor()
    _result()
    _make(
        "fair_stop",
        *_of("fair_stop", "fair", "fair_key"),
        *_texts("home_code", "village", "place", "leaves_at"),
        unique=(("fair_key", "home_code", "village"),),
        indexed=("fair_key",),
    )
    _make(
        "fair_pin",
        *_of("fair_pin", "fair", "fair_key"),
        *_texts("room", "pin_hash"),
        _number("version"),
        _moment("made_at"),
        unique=(("fair_key", "room"),),
        indexed=("fair_key",),
    )


def downgrade() -> None:
    """Away with them."""
    for table in ("fair_pin", "fair_stop", "fair_result", "fair_visitor", "fair_posting", "fair_booth", "fair"):
        op.drop_table(table)
