"""The exchange by file, sessions that were ended, drafts, and passwords that must be changed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

TABLES = ("slice_office", "slice_base", "slice_conflict", "slice_event", "slice_code", "session_ended", "draft")


def _text(name: str) -> sa.Column[Any]:
    """A text, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _keyed(table: str, *columns: Any, sealed: bool = True) -> None:
    """A table with a key of its own, and a random name where something in it is sealed."""
    own: list[Any] = [sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)]
    rules: list[Any] = [sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}"))]
    if sealed:
        own.append(sa.Column("uid", sa.String(32), nullable=False))
        rules.append(sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")))
    op.create_table(table, *own, *columns, *rules, sqlite_autoincrement=True)


def _worker(table: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    """A person, and that the row goes with the person."""
    rule = sa.ForeignKeyConstraint(
        ["worker_key"], ["worker.key"], name=op.f(f"fk_{table}_worker_key"), ondelete="CASCADE"
    )
    return sa.Column("worker_key", sa.Integer(), nullable=True), rule


def _indexed(table: str, *names: str) -> None:
    """An index for each column."""
    for name in names:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _slices() -> None:
    """What belongs to the exchange by file."""
    _keyed("slice_office", _text("office"), _text("family"), _number("last_number"), _moment("made_at"), sealed=False)
    _keyed(
        "slice_base",
        _text("peer"),
        _text("mark"),
        *_worker("slice_base"),
        _number("number"),
        _number("own_number"),
        sa.Column("decided", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("peer", "mark", name=op.f("uq_slice_base_peer_mark")),
    )
    _indexed("slice_base", "worker_key")
    _keyed(
        "slice_conflict",
        *(_text(name) for name in ("peer", "mark", "kind")),
        *_worker("slice_conflict"),
        *(_text(name) for name in ("home_code", "village", "state")),
        _number("number"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("undo", sa.LargeBinary(), nullable=True),
        _text("theirs_by"),
        _moment("theirs_at", nullable=True),
        _moment("found_at"),
        _text("decided_by"),
        _moment("decided_at", nullable=True),
    )
    _indexed("slice_conflict", "mark", "worker_key", "home_code", "state")
    _keyed(
        "slice_event",
        *(_text(name) for name in ("way", "file_id", "peer", "division")),
        sa.Column("villages", sa.JSON(), nullable=False),
        _number("people"),
        sa.Column("figures", sa.JSON(), nullable=False),
        _text("actor"),
        _moment("at"),
        sealed=False,
    )
    _indexed("slice_event", "way", "file_id")
    op.create_table(
        "slice_code",
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("own", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_slice_code")),
    )


def upgrade() -> None:
    """New tables, and two columns of accounts."""
    _slices()
    op.create_table(
        "session_ended",
        sa.Column("mark", sa.Text(), nullable=False),
        _moment("ended_at"),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_session_ended")),
    )
    _keyed(
        "draft",
        sa.Column("account_key", sa.Integer(), nullable=False),
        _text("form"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _moment("saved_at"),
        sa.UniqueConstraint("account_key", "form", name=op.f("uq_draft_account_key_form")),
    )
    op.add_column("account", sa.Column("must_change", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("account", _moment("signed_in_at", nullable=True))


def downgrade() -> None:
    """Away with them."""
    with op.batch_alter_table("account") as batch:
        batch.drop_column("must_change")
        batch.drop_column("signed_in_at")
    for name in reversed(TABLES):
        op.drop_table(name)
